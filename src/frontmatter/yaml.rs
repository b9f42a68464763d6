//! YAML by the parser's events: the tree with places, the scalar kinds of the YAML 1.2 core schema, and everything that is wrong.
//!
//! Aliases, anchors, tags, merge keys, directives and further documents are refused, each at its place: they are what makes YAML dangerous
//! (an alias can grow a file a million-fold) and nothing in a postmortem needs them. After a syntax error reading goes on at the next line
//! that begins with a key, so that one slip hides nothing else.

use std::borrow::Cow;
use std::collections::HashSet;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle};

use super::{Entry, MAX_DEPTH, MAX_NODES, MAX_PROBLEMS, Mapping, Node, Problem, Scalar, ScalarKind, Value, first_content_line, from};
use crate::diagnostic::{Span, Spanned};

/// How often reading starts again after a syntax error; a bound, so that time stays linear.
const MAX_RESTARTS: usize = 16;

/// The mapping in `block`, and what is wrong with it.
pub(super) fn read(text: &str, block: Span) -> (Mapping, Vec<Problem>) {
    let Reading { mapping, wrong_root, mut problems, syntax } = Reading::of(text, block);
    problems.extend(syntax);
    problems.extend(wrong_root.map(|span| {
        Problem::new(span, NOT_A_MAPPING)
            .help("write `key: value` lines; if the `---` on the first line is meant as a thematic break, put a blank line after it")
    }));
    (mapping, problems)
}

/// Whether a line of metadata could begin like this: `key:`, or a character that only YAML would put there.
pub(super) fn opens_mapping(line: &str) -> bool {
    if line.starts_with(['{', '?', '!', '&', '%']) {
        return true;
    }
    let (key, rest) = match line.chars().next() {
        Some(quote @ ('"' | '\'')) => line.get(1..).and_then(|line| line.split_once(quote)).unwrap_or_default(),
        _ => line.split_at(line.find(|c: char| !(c.is_alphanumeric() || "_-./".contains(c))).unwrap_or(line.len())),
    };
    let after = rest.trim_start().strip_prefix(':');
    !key.is_empty() && after.is_some_and(|after| after.is_empty() || after.starts_with([' ', '\t']))
}

/// What is said of metadata that is a list or a single value.
pub(super) const NOT_A_MAPPING: &str = "the metadata is not made of keys and values";

/// What was read.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) mapping: Mapping,
    /// The place of the whole, where it is neither keys and values nor empty.
    pub(super) wrong_root: Option<Span>,
    pub(super) problems: Vec<Problem>,
    /// Syntax errors; JSON has a stricter reader for them.
    pub(super) syntax: Vec<Problem>,
}

impl Reading {
    pub(super) fn of(text: &str, block: Span) -> Self {
        let mut reading = Self { problems: control_characters(text, block), ..Self::default() };
        let source = if reading.problems.is_empty() { Cow::Borrowed(block.slice(text)) } else { without_controls(block.slice(text)) };
        let mut keys = HashSet::new();
        let mut resume = Some(0);
        let mut restarts = 0;
        while let Some(offset) = resume.filter(|_| restarts <= MAX_RESTARTS) {
            resume = reading.segment(&source, offset, block.start as usize, &mut keys);
            restarts += 1;
        }
        reading
    }

    /// Reads from `offset` to the end or the first syntax error, and says where to go on after one.
    fn segment(&mut self, source: &str, offset: usize, base: usize, keys: &mut HashSet<Box<str>>) -> Option<usize> {
        let options = granit_parser::options! {
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
            disallow_directives: true,
        };
        let mut builder = Builder::new(source, offset, base);
        let mut failed = None;
        for event in Parser::new_from_str_with_options(from(source, offset), options) {
            match event {
                Ok((event, span)) => builder.take(event, span),
                Err(error) => failed = Some(error),
            }
            if failed.is_some() || builder.full {
                break;
            }
        }
        let last_key = builder.last_key;
        let (root, problems) = builder.finish();
        self.problems.extend(problems);
        match root.map(|node| (node.span, node.value)) {
            Some((_, Value::Mapping(mapping))) => {
                for entry in mapping.entries {
                    insert(&mut self.mapping.entries, keys, entry, &mut self.problems);
                }
            }
            Some((span, value)) if failed.is_none() && offset == 0 && !is_null(&value) => self.wrong_root = Some(span),
            _ => {}
        }
        let error = failed?;
        let at = offset + error.marker().byte_offset().unwrap_or_default();
        self.syntax.push(syntax_problem(&error, source, at, base));
        next_key_line(source, at, last_key.unwrap_or(offset))
    }
}

/// The tree as it grows. Nesting is a list of frames, so that no input can exhaust the stack.
struct Builder<'a> {
    source: &'a str,
    /// Where the parser's offsets begin in `source`.
    offset: usize,
    /// Where `source` begins in the file.
    base: usize,
    frames: Vec<Frame>,
    root: Option<Node>,
    /// How many collections of a refused value are open.
    skipping: usize,
    nodes: usize,
    documents: usize,
    /// Where in `source` the latest key of the outermost mapping begins.
    last_key: Option<usize>,
    /// Whether a limit was met and the rest is not read.
    full: bool,
    problems: Vec<Problem>,
}

/// A collection that is not closed yet.
struct Frame {
    start: u32,
    style: StructureStyle,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, keys: HashSet<Box<str>>, key: Key },
}

/// What a mapping waits for.
enum Key {
    /// A key.
    Awaited,
    /// The value of this key.
    Read(Spanned<Box<str>>),
    /// The value of a key that was refused; it is dropped.
    Refused,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str, offset: usize, base: usize) -> Self {
        Self {
            source,
            offset,
            base,
            frames: Vec::new(),
            root: None,
            skipping: 0,
            nodes: 0,
            documents: 0,
            last_key: None,
            full: false,
            problems: Vec::new(),
        }
    }

    fn take(&mut self, event: Event<'_>, place: granit_parser::Span) {
        let span = self.span(place);
        if let Some(tag) = place.tag_span().filter(|_| self.skipping == 0) {
            let span = self.span(tag);
            self.refuse(span, "YAML tags are not read", "remove the tag; quote the value if it is meant as text");
        }
        match event {
            Event::DocumentStart(..) => self.document(span),
            Event::Anchor(_, name) => {
                self.refuse(span, format!("YAML anchors are not read (`&{name}`)"), "write the value out where it is needed");
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.refuse(span, "YAML aliases are not read", "write the value out, or quote it if it is meant to begin with `*`");
                if !self.refuse_key() {
                    self.scalar(Scalar { text: Box::default(), kind: ScalarKind::Null }, span);
                }
            }
            Event::Scalar(text, style, ..) => {
                let written = self.scalar_span(span, style);
                self.scalar(scalar(&text, style, place.is_empty()), written);
            }
            Event::SequenceStart(style, ..) => {
                let start = self.first_dash(span.start, style);
                self.open(span, Frame { start, style, content: Content::Sequence(Vec::new()) });
            }
            Event::MappingStart(style, ..) => {
                let content = Content::Mapping { entries: Vec::new(), keys: HashSet::new(), key: Key::Awaited };
                self.open(span, Frame { start: span.start, style, content });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end),
            _ => {}
        }
    }

    fn document(&mut self, span: Span) {
        self.documents += 1;
        if self.documents > 1 {
            self.refuse(span, "metadata is one YAML document; a second one begins here", "end the metadata with `---` alone on its line");
            self.full = true;
        }
    }

    fn scalar(&mut self, scalar: Scalar, span: Span) {
        if !self.count(span) || self.skipping > 0 {
            return;
        }
        let outermost = self.frames.len() == 1;
        if let Some(Frame { content: Content::Mapping { key: key @ Key::Awaited, .. }, .. }) = self.frames.last_mut() {
            if outermost {
                self.last_key = Some((span.start as usize).saturating_sub(self.base));
            }
            let refusal = refused_key(&scalar);
            *key = if refusal.is_some() { Key::Refused } else { Key::Read(Spanned::new(scalar.text, span)) };
            if let Some((message, help)) = refusal {
                self.refuse(span, message, help);
            }
            return;
        }
        self.place(Node { span, value: Value::Scalar(scalar) });
    }

    fn open(&mut self, span: Span, frame: Frame) {
        if !self.count(span) {
            return;
        }
        if self.skipping > 0 {
            self.skipping += 1;
            return;
        }
        if self.refuse_key() {
            self.skipping = 1;
            self.refuse(span, "a list or mapping cannot be a key", "write a word as the key");
        } else if self.frames.len() == MAX_DEPTH {
            self.skipping = 1;
            self.refuse(span, format!("metadata is nested deeper than {MAX_DEPTH} levels"), "write it flatter");
        } else {
            self.frames.push(frame);
        }
    }

    /// Where a key is awaited: takes what comes for a key that is refused.
    fn refuse_key(&mut self) -> bool {
        match self.frames.last_mut() {
            Some(Frame { content: Content::Mapping { key: key @ Key::Awaited, .. }, .. }) if self.skipping == 0 => {
                *key = Key::Refused;
                true
            }
            _ => false,
        }
    }

    fn close(&mut self, end: u32) {
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        let (value, last) = match frame.content {
            Content::Sequence(items) => {
                let last = items.last().map(|item| item.span.end);
                (Value::Sequence(items), last)
            }
            Content::Mapping { entries, .. } => {
                let last = entries.last().map(|entry| entry.key.span.end.max(entry.value.span.end));
                (Value::Mapping(Mapping { entries }), last)
            }
        };
        // A block collection ends where its last item does; the parser tells the end only when it meets the next thing.
        let end = if frame.style == StructureStyle::Block { last.unwrap_or(end) } else { end };
        self.place(Node { span: Span { start: frame.start, end: end.max(frame.start) }, value });
    }

    /// Puts a finished value where it belongs.
    fn place(&mut self, node: Node) {
        match self.frames.last_mut().map(|frame| &mut frame.content) {
            None => {
                self.root.get_or_insert(node);
            }
            Some(Content::Sequence(items)) => items.push(node),
            Some(Content::Mapping { entries, keys, key }) => {
                if let Key::Read(key) = std::mem::replace(key, Key::Awaited) {
                    insert(entries, keys, Entry { key, value: node }, &mut self.problems);
                }
            }
        }
    }

    /// Counts a value or key; false when there are too many.
    fn count(&mut self, span: Span) -> bool {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            self.refuse(span, format!("metadata holds more than {MAX_NODES} values; the rest is not read"), "move it to the body");
            self.full = true;
        }
        !self.full
    }

    fn refuse(&mut self, span: Span, message: impl Into<String>, help: &str) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(Problem::new(span, message).help(help));
        }
    }

    /// The root as far as it was read, open collections closed.
    fn finish(mut self) -> (Option<Node>, Vec<Problem>) {
        self.skipping = 0;
        while let Some(frame) = self.frames.last() {
            let end = frame.start;
            self.close(end);
        }
        (self.root, self.problems)
    }

    fn span(&self, place: granit_parser::Span) -> Span {
        let base = self.base + self.offset;
        place.byte_range().map_or(Span::at(base), |range| Span::new(base + range.start, base + range.end))
    }

    /// The place of a scalar; a block scalar ends with its last line of text, not after the blank lines that follow.
    fn scalar_span(&self, span: Span, style: ScalarStyle) -> Span {
        if !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            return span;
        }
        let start = span.start as usize;
        let written = self.source.get(start - self.base..(span.end as usize).saturating_sub(self.base)).unwrap_or_default();
        Span::new(start, start + written.trim_end().len())
    }

    /// Where a block sequence begins: its first dash, which the parser leaves out where the list is not indented below its key.
    fn first_dash(&self, start: u32, style: StructureStyle) -> u32 {
        let before = self.source.get(..(start as usize).saturating_sub(self.base)).unwrap_or_default();
        let dash = before.trim_end_matches([' ', '\t']);
        let is_dash = self.source.get(before.len()..).is_some_and(|after| after.starts_with('-'));
        if style == StructureStyle::Block && !is_dash && dash.ends_with('-') {
            return Span::at(self.base + dash.len() - 1).start;
        }
        start
    }
}

/// Adds an entry, unless its key was there before: then the first one stands.
fn insert(entries: &mut Vec<Entry>, keys: &mut HashSet<Box<str>>, entry: Entry, problems: &mut Vec<Problem>) {
    if keys.insert(entry.key.value.clone()) {
        entries.push(entry);
    } else if problems.len() < MAX_PROBLEMS {
        let message = format!("the key `{}` is written twice", entry.key.value);
        problems.push(Problem::new(entry.key.span, message).help("remove one of the two; until then the first one counts"));
    }
}

/// Why a scalar cannot be a key.
fn refused_key(key: &Scalar) -> Option<(&'static str, &'static str)> {
    match (key.kind, &*key.text) {
        (ScalarKind::Null, _) => Some(("a key is missing here", "write a word before the colon")),
        (_, "<<") => Some(("YAML merge keys are not read", "write the fields out")),
        _ => None,
    }
}

fn scalar(text: &str, style: ScalarStyle, nothing_written: bool) -> Scalar {
    match style {
        ScalarStyle::Plain if nothing_written => Scalar { text: Box::default(), kind: ScalarKind::Null },
        ScalarStyle::Plain => Scalar { text: text.into(), kind: core_schema(text) },
        _ => Scalar { text: text.into(), kind: ScalarKind::String },
    }
}

/// The kind of an unquoted scalar: YAML 1.2.2, section 10.3.2.
fn core_schema(text: &str) -> ScalarKind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return ScalarKind::Null,
        "true" | "True" | "TRUE" => return ScalarKind::Bool(true),
        "false" | "False" | "FALSE" => return ScalarKind::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return ScalarKind::Float,
        _ => {}
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let all = |digits: &str, of: fn(&u8) -> bool| !digits.is_empty() && digits.as_bytes().iter().all(of);
    let decimal: fn(&u8) -> bool = u8::is_ascii_digit;
    let is_radix = |prefix, of| text.strip_prefix(prefix).is_some_and(|digits| all(digits, of));
    if all(unsigned, decimal) || is_radix("0o", |byte| (b'0'..=b'7').contains(byte)) || is_radix("0x", u8::is_ascii_hexdigit) {
        return ScalarKind::Integer;
    }
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_number =
        (all(whole, decimal) && fraction.bytes().all(|byte| byte.is_ascii_digit())) || (whole.is_empty() && all(fraction, decimal));
    let is_float = is_number && all(exponent.strip_prefix(['-', '+']).unwrap_or(exponent), decimal);
    if is_float || matches!(unsigned, ".inf" | ".Inf" | ".INF") { ScalarKind::Float } else { ScalarKind::String }
}

fn is_null(value: &Value) -> bool {
    matches!(value, Value::Scalar(Scalar { kind: ScalarKind::Null, .. }))
}

/// Whether YAML does not allow the character (YAML 1.2.2, section 5.1). Such characters could also upset a terminal.
fn is_refused(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')
}

/// The text with something harmless and as long in place of each refused character, so that the parser reads on and places stay true.
fn without_controls(text: &str) -> Cow<'_, str> {
    text.chars()
        .map(|c| {
            if !is_refused(c) {
                c
            } else if c.is_ascii() {
                '_'
            } else {
                '\u{a0}'
            }
        })
        .collect()
}

fn control_characters(text: &str, block: Span) -> Vec<Problem> {
    block
        .slice(text)
        .char_indices()
        .filter(|(_, c)| is_refused(*c))
        .take(MAX_PROBLEMS)
        .map(|(offset, c)| {
            let start = block.start as usize + offset;
            let message = format!("the metadata holds a control character (U+{:04X})", u32::from(c));
            Problem::new(Span::new(start, start + c.len_utf8()), message).help("remove it")
        })
        .collect()
}

/// Where to go on after a syntax error at `error`: the first line from there on that begins with a key, as far in as the first key of all,
/// and lies behind the line of `last_key`.
fn next_key_line(source: &str, error: usize, last_key: usize) -> Option<usize> {
    let line_start = |offset: usize| source.get(..offset)?.rfind('\n').map_or(Some(0), |line_end| Some(line_end + 1));
    let last_line = line_start(last_key)?;
    let first = first_content_line(source).filter(|line| !line.starts_with(['{', '[']))?;
    let indent = source.lines().find(|line| line.trim() == first).map_or(0, |line| line.len() - line.trim_start().len());
    let mut start = line_start(error)?;
    for line in from(source, start).split_inclusive('\n') {
        let content = line.trim_start();
        if start > last_line && line.len() - content.len() == indent && opens_mapping(content.trim_end()) {
            return Some(start);
        }
        start += line.len();
    }
    None
}

/// The parser's complaint in words for somebody who writes postmortems, not YAML parsers.
fn syntax_problem(error: &ScanError, source: &str, at: usize, base: usize) -> Problem {
    let width = from(source, at).chars().next().filter(|c| !c.is_control()).map_or(0, char::len_utf8);
    let span = Span::new(base + at, base + at + width);
    let (message, help) = match error.kind() {
        ErrorKind::MappingValueNotAllowed => {
            ("a second `:` in an unquoted value", "put the value in quotes: `title: \"Checkout: errors\"`")
        }
        ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabNotAllowed
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => ("a tab is used to indent", "indent with spaces"),
        ErrorKind::UnexpectedCharacter { .. } | ErrorKind::MissingAnchorOrAliasName => {
            ("a value cannot begin with this character", "put the value in quotes")
        }
        ErrorKind::InvalidQuotedScalarIndent | ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => {
            ("a quoted value is not closed before this place", "add the closing quote")
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            ("text follows a quoted value", "put the whole value in quotes; between single quotes, `''` stands for an apostrophe")
        }
        ErrorKind::UnknownQuotedScalarEscape => {
            ("an unknown escape in a quoted value", "write `\\\\` for a backslash, or use single quotes, which know no escapes")
        }
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence => (
            "a list or mapping in brackets is not closed, or a comma is missing",
            "close it with `]` or `}`, and put commas between its items",
        ),
        ErrorKind::SimpleKeyExpected => {
            ("this line has no `key:`", "write `key: value`, or indent the line if it continues the value above")
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidIndentation | ErrorKind::ExpectedBlockSequenceEntry => (
            "this line is not in line with those above it",
            "indent the keys of one mapping, and the dashes of one list, by the same number of spaces",
        ),
        ErrorKind::BlockSequenceEntryNotAllowed => {
            ("a list cannot begin on the line of its key", "begin the list on the next line, or quote the value if it begins with a dash")
        }
        ErrorKind::DirectiveDisallowed => ("YAML directives are not read", "remove the line"),
        ErrorKind::RecursionLimitExceeded => ("metadata is nested too deeply", "write it flatter"),
        _ => return Problem::new(span, format!("this is not valid YAML: {}", error.info())),
    };
    Problem::new(span, message).help(help)
}
