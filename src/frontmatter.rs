//! The metadata at the head of a file: found, split off and parsed, with every value at its place.
//!
//! YAML stands between `---` lines, TOML between `+++` lines (or `---toml` and `---`), JSON between `---json` and `---` or as one leading
//! `{…}` object followed by a blank line. `gray_matter` splits; it would hand its engine a block that is trimmed and has its line ends
//! changed, so the engine here only takes the block over, and the readers (`yaml`, `toml`, `json`) work on the file's own bytes,
//! where places are true. Nothing here knows what a field means.
//!
//! A file must never lose its metadata silently, since that is where `visibility: internal` stands: whatever looks like metadata but cannot
//! be taken for it is a [`Problem`].

mod json;
mod toml;
mod value;
mod yaml;

pub use value::{Entry, Mapping, Node, Scalar, ScalarKind, Value};

use gray_matter::engine::Engine;
use gray_matter::{Matter, Pod};

use crate::diagnostic::Span;

/// The language a file's metadata is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// YAML between `---` lines.
    Yaml,
    /// TOML between `+++` lines, or `---toml` and `---`.
    Toml,
    /// JSON between `---json` and `---`, or a leading object.
    Json,
}

/// A file taken apart. Parsing never fails: what could not be understood is in `problems`, and the body is still there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// The format found; nothing where the file has no metadata.
    pub format: Option<Format>,
    /// The text between the fences; empty where there is none.
    pub block: Span,
    /// The metadata; empty where there is none or nothing of it could be read. Entries that could be read are kept beside a broken one
    /// where the format allows.
    pub metadata: Mapping,
    /// The rest of the file, to be read as Markdown.
    pub body: Span,
    /// What is wrong with the block, in order of place.
    pub problems: Vec<Problem>,
}

/// Something wrong with the metadata as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What, in one sentence without a full stop.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

/// The largest block that is read, in bytes.
const MAX_BYTES: usize = 64 * 1024;
/// The deepest nesting of lists and mappings that is read; the metadata itself counts as one.
const MAX_DEPTH: usize = 32;
/// The largest number of values and keys that is read.
const MAX_NODES: usize = 5_000;
/// After so many problems no more are told: whoever meets the first hundred has enough to do.
const MAX_PROBLEMS: usize = 100;

/// Takes a file apart. `text` is the whole file; every span is an offset of bytes in it, a byte order mark and CRLF included.
///
/// Where the metadata cannot be told from the body (no closing fence), the whole file is body. Linear in the length of `text`.
#[must_use]
pub fn parse(text: &str) -> FrontMatter {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut parts = match opening(from(text, start)) {
        Opening::Fence(format) => fenced(text, start, format),
        Opening::UnknownFence => unknown_language(text, start),
        Opening::Object => json::leading(text, start),
        Opening::CarriageReturns => refused(
            text,
            start,
            Problem::new(Span::new(start, start + 3), "the lines of this file end with a carriage return alone")
                .help("save the file with line feeds (LF) or CRLF; until then its metadata is not seen"),
        ),
        Opening::None => misplaced(text, start),
    };
    parts.problems.sort_by_key(|problem| problem.span);
    parts.problems.truncate(MAX_PROBLEMS);
    parts
}

/// What the first line says.
enum Opening {
    Fence(Format),
    /// `---` and a word that is no language of ours.
    UnknownFence,
    /// `{` and a key, or `{}`.
    Object,
    /// A fence that ends in a lone carriage return, as do all lines of such a file.
    CarriageReturns,
    None,
}

fn opening(text: &str) -> Opening {
    let line = first_line(text).trim_end();
    if line.split_once('\r').is_some_and(|(line, _)| matches!(line.trim_end(), "---" | "+++")) {
        return Opening::CarriageReturns;
    }
    match line.strip_prefix("---") {
        Some("") => Opening::Fence(Format::Yaml),
        Some(word) if ["yaml", "yml"].iter().any(|name| word.trim_start().eq_ignore_ascii_case(name)) => Opening::Fence(Format::Yaml),
        Some(word) if word.trim_start().eq_ignore_ascii_case("toml") => Opening::Fence(Format::Toml),
        Some(word) if word.trim_start().eq_ignore_ascii_case("json") => Opening::Fence(Format::Json),
        Some(word) if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) => Opening::UnknownFence,
        None if line == "+++" => Opening::Fence(Format::Toml),
        None if json::opens(text) => Opening::Object,
        _ => Opening::None,
    }
}

/// A file whose first line is a fence.
fn fenced(text: &str, start: usize, format: Format) -> FrontMatter {
    let fence = first_line(from(text, start)).trim_end();
    let Some(split) = split(text, start, fence) else {
        return unclosed(text, start, fence, format);
    };
    let block = split.block.slice(text);
    if fence == "---" && is_thematic_break(block) {
        return whole_file_is_body(text, start);
    }
    if block.trim().is_empty() && repeats_fence(split.body.slice(text)) {
        let problem =
            Problem::new(Span::new(split.block.end as usize, split.body.start as usize), "the metadata is closed before its first field")
                .help("remove this line; until then the fields below it are read as text");
        return FrontMatter {
            format: Some(format),
            block: split.block,
            metadata: Mapping::default(),
            body: split.body,
            problems: vec![problem],
        };
    }
    let (metadata, problems) = if block.len() > MAX_BYTES {
        let problem = Problem::new(Span::new(start, start + fence.len()), "the metadata is longer than 64 KiB and is not read")
            .help("move long texts to the body of the document");
        (Mapping::default(), vec![problem])
    } else {
        match format {
            Format::Yaml => yaml::read(text, split.block),
            Format::Toml => toml::read(text, split.block),
            Format::Json => json::read(text, split.block),
        }
    };
    FrontMatter { format: Some(format), block: split.block, metadata, body: split.body, problems }
}

/// Where the parts of a fenced file are.
struct Split {
    block: Span,
    body: Span,
}

/// Splits at the fences; nothing where the block is not closed.
///
/// `gray_matter` says what the block is; it gives the text without its place, trimmed and with its line ends changed, so the place is found
/// by walking along the file with that text in hand.
fn split(text: &str, start: usize, fence: &str) -> Option<Split> {
    let close = match fence {
        "---" => "...",
        "+++" => "+++",
        _ => "---",
    };
    let mut matter = Matter::<Verbatim>::new();
    fence.clone_into(&mut matter.delimiter);
    matter.close_delimiter = Some(close.to_owned());
    let entity = matter.parse::<String>(through_closing(from(text, start), [fence, close])?).ok()?;
    let block_start = start + line_with_end(from(text, start)).len();
    let mut end = skip_blank(text, block_start);
    for line in entity.matter.split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        end += from(text, end).strip_prefix(content).map(|_| content.len())?;
        if content.len() < line.len() {
            end += line_end_len(from(text, end));
        }
    }
    let closing = skip_blank(text, end);
    let closing_line = first_line(from(text, closing)).trim_end();
    let at_line_start = text.as_bytes().get(closing.wrapping_sub(1)) == Some(&b'\n');
    if !at_line_start || (closing_line != fence && closing_line != close) {
        return None;
    }
    let body = closing + line_with_end(from(text, closing)).len();
    Some(Split { block: Span::new(block_start, closing), body: Span::new(body, text.len()) })
}

/// The text up to its first line behind the opening one that closes a block. `gray_matter` copies all it is given, line by line.
fn through_closing<'a>(text: &'a str, closing: [&str; 2]) -> Option<&'a str> {
    let mut end = line_with_end(text).len();
    for line in from(text, end).split_inclusive('\n') {
        end += line.len();
        if closing.contains(&line.trim_end()) {
            return text.get(..end);
        }
    }
    None
}

/// The engine that `gray_matter` hosts: it takes the block over as it is.
struct Verbatim;

impl Engine for Verbatim {
    fn parse(content: &str) -> Result<Pod, gray_matter::Error> {
        Ok(Pod::String(content.to_owned()))
    }
}

/// A fence that nothing closes: metadata if what follows looks like it, else a thematic break or plain text.
fn unclosed(text: &str, start: usize, fence: &str, format: Format) -> FrontMatter {
    let rest = from(text, start + line_with_end(from(text, start)).len());
    let looks_like_metadata = match format {
        Format::Yaml => first_content_line(rest).is_some_and(yaml::opens_mapping),
        Format::Toml => first_content_line(rest).is_some_and(toml::opens_table),
        Format::Json => json::opens(rest.trim_start()),
    };
    if !looks_like_metadata {
        return whole_file_is_body(text, start);
    }
    let close = if fence == "+++" { fence } else { "---" };
    let problem = Problem::new(Span::new(start, start + fence.len()), format!("the metadata opened by `{fence}` is never closed"))
        .help(format!("put a line with `{close}` alone after the last field; until then the whole file is read as text"));
    refused(text, start, problem)
}

/// Whether the `---` that opened this block is a thematic break: a blank line follows it, and then no line that could be metadata.
fn is_thematic_break(block: &str) -> bool {
    first_line(block).trim().is_empty() && first_content_line(block).is_some_and(|line| !yaml::opens_mapping(line))
}

/// Whether the text behind an empty block is what should have stood in it: fields, and a fence after them.
fn repeats_fence(body: &str) -> bool {
    yaml::opens_mapping(first_line(body).trim_end()) && body.lines().any(|line| line.trim_end() == "---")
}

/// `---js` and its like: nothing of it is run or guessed at.
fn unknown_language(text: &str, start: usize) -> FrontMatter {
    let fence = first_line(from(text, start)).trim_end();
    let Some(split) = split(text, start, fence) else {
        return whole_file_is_body(text, start);
    };
    let word = fence.trim_start_matches('-').trim();
    let problem = Problem::new(Span::new(start, start + fence.len()), format!("metadata cannot be written in `{word}`"))
        .help("write YAML between lines of `---`, TOML after `---toml`, or JSON after `---json`");
    FrontMatter { format: None, block: split.block, metadata: Mapping::default(), body: split.body, problems: vec![problem] }
}

/// A file that begins otherwise. Metadata behind a blank line, indented or between longer fences would be printed as text; that is told.
fn misplaced(text: &str, start: usize) -> FrontMatter {
    let at = skip_blank(text, start);
    let fence = first_line(from(text, at)).trim();
    let after = from(text, at + line_with_end(from(text, at)).len());
    let is_fence = fence.len() >= 3 && (fence.bytes().all(|byte| byte == b'-') || fence == "+++");
    let opens = |line| if fence == "+++" { toml::opens_table(line) } else { yaml::opens_mapping(line) };
    if !is_fence || !first_content_line(after).is_some_and(opens) || !after.lines().any(|line| line.trim() == fence) {
        return whole_file_is_body(text, start);
    }
    let expected = if fence == "+++" { "+++" } else { "---" };
    let problem = Problem::new(Span::new(at, at + fence.len()), "this looks like metadata but is read as text")
        .help(format!("metadata begins on the first line of the file, with `{expected}` and nothing before or after it"));
    refused(text, start, problem)
}

fn refused(text: &str, start: usize, problem: Problem) -> FrontMatter {
    FrontMatter { problems: vec![problem], ..whole_file_is_body(text, start) }
}

fn whole_file_is_body(text: &str, start: usize) -> FrontMatter {
    FrontMatter {
        format: None,
        block: Span::at(start),
        metadata: Mapping::default(),
        body: Span::new(start, text.len()),
        problems: Vec::new(),
    }
}

impl Problem {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The text from `offset` on.
fn from(text: &str, offset: usize) -> &str {
    text.get(offset..).unwrap_or_default()
}

/// The first line without its end.
fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

/// The first line with its end.
fn line_with_end(text: &str) -> &str {
    text.split_inclusive('\n').next().unwrap_or_default()
}

fn line_end_len(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { usize::from(text.starts_with('\n')) }
}

/// The offset of the first character that is not white space, from `offset` on.
fn skip_blank(text: &str, offset: usize) -> usize {
    text.len() - from(text, offset).trim_start().len()
}

/// The first line that is neither blank nor a comment.
fn first_content_line(text: &str) -> Option<&str> {
    text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests;
