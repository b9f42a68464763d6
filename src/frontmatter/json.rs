//! JSON: checked strictly by `serde_json`, which knows the exact place of an error, then read as the YAML it also is (YAML 1.2.2,
//! section 1.3), which gives every value its place.

use serde::de::IgnoredAny;

use super::{Format, FrontMatter, MAX_BYTES, Mapping, Problem, first_line, from, line_end_len, whole_file_is_body, yaml};
use crate::diagnostic::Span;

/// The object in `block`, and what is wrong with it.
pub(super) fn read(text: &str, block: Span) -> (Mapping, Vec<Problem>) {
    let source = block.slice(text);
    let reading = yaml::Reading::of(text, block);
    let mut problems = reading.problems;
    match serde_json::from_str::<IgnoredAny>(source) {
        Err(_) if source.trim().is_empty() => {}
        Err(error) => problems.push(syntax_problem(&error, source, block.start as usize)),
        Ok(IgnoredAny) => problems.extend(reading.syntax),
    }
    if let Some(span) = reading.wrong_root {
        problems.push(Problem::new(span, yaml::NOT_A_MAPPING).help("write one object: `{\"key\": \"value\"}`"));
    }
    (reading.mapping, problems)
}

/// Whether the text begins as an object with keys does: `{` and a quoted key with its colon, or `{}`.
pub(super) fn opens(text: &str) -> bool {
    let Some(after) = text.strip_prefix('{').map(str::trim_start) else { return false };
    let key = after.strip_prefix('"').and_then(|key| key.split_once(['"', '\n']));
    after.starts_with('}') || key.is_some_and(|(_, rest)| rest.trim_start().starts_with(':'))
}

/// A file that begins with an object. Its end is where `serde_json` says; of a broken one, the first blank line.
pub(super) fn leading(text: &str, start: usize) -> FrontMatter {
    let rest = from(text, start);
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
    let is_whole = values.next().is_some_and(|value| value.is_ok());
    let end = start + if is_whole { values.byte_offset() } else { paragraph_len(rest) };
    let after = from(text, end);
    if is_whole && !first_line(after).trim().is_empty() {
        // Something follows on the same line: prose that begins with a brace.
        return whole_file_is_body(text, start);
    }
    let block = Span::new(start, end);
    let (metadata, mut problems) = if end - start > MAX_BYTES {
        let problem = Problem::new(Span::new(start, start + 1), "the metadata is longer than 64 KiB and is not read")
            .help("move long texts to the body of the document");
        (Mapping::default(), vec![problem])
    } else {
        read(text, block)
    };
    let body = end + first_line(after).len();
    let body = body + line_end_len(from(text, body));
    let next = first_line(from(text, body));
    if is_whole && !next.trim().is_empty() {
        let problem = Problem::new(Span::new(end - 1, end), "no blank line follows the metadata");
        problems.push(problem.help("put a blank line between the closing `}` and the text"));
    }
    FrontMatter { format: Some(Format::Json), block, metadata, body: Span::new(body, text.len()), problems }
}

/// The length of the text up to the first blank line.
fn paragraph_len(text: &str) -> usize {
    let lines = text.split_inclusive('\n').take_while(|line| !line.trim().is_empty());
    lines.map(str::len).sum::<usize>()
}

fn syntax_problem(error: &serde_json::Error, source: &str, base: usize) -> Problem {
    let lines = source.split_inclusive('\n').take(error.line().saturating_sub(1));
    let line_start: usize = lines.map(str::len).sum();
    // The column counts bytes from 1, and is 0 where the error is the line break before.
    let mut at = (line_start + error.column().saturating_sub(1)).min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    let width = from(source, at).chars().next().filter(|c| !c.is_control()).map_or(0, char::len_utf8);
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Problem::new(Span::new(base + at, base + at + width), format!("this is not valid JSON: {message}"))
}
