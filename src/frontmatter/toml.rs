//! TOML through the `toml` crate, which reads on after errors and keeps the place of everything.

use toml::Spanned as Placed;
use toml::de::{DeTable, DeValue};

use super::{Entry, MAX_DEPTH, MAX_NODES, Mapping, Node, Problem, Scalar, ScalarKind, Value};
use crate::diagnostic::{Span, Spanned};

/// The table in `block`, and what is wrong with it.
pub(super) fn read(text: &str, block: Span) -> (Mapping, Vec<Problem>) {
    let base = block.start as usize;
    let (table, errors) = DeTable::parse_recoverable(block.slice(text));
    let errors = errors.iter().map(|error| {
        let span = error.span().unwrap_or_default();
        Problem::new(Span::new(base + span.start, base + span.end), format!("this is not valid TOML: {}", error.message()))
    });
    let mut reader = Reader { text, base, nodes: 0, problems: errors.collect() };
    let metadata = reader.mapping(table.get_ref(), 1);
    (metadata, reader.problems)
}

/// Whether a line of metadata could begin like this: `key =`, or a table header.
pub(super) fn opens_table(line: &str) -> bool {
    let is_header = line.starts_with('[') && line.ends_with(']');
    let is_key = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-.\"'".contains(c));
    is_header || line.split_once('=').is_some_and(|(key, _)| is_key(key.trim_end()))
}

struct Reader<'a> {
    text: &'a str,
    base: usize,
    nodes: usize,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn mapping(&mut self, table: &DeTable<'_>, depth: usize) -> Mapping {
        let mut entries: Vec<Entry> = Vec::with_capacity(table.len());
        for (key, value) in table {
            let Some(value) = self.node(value, depth) else { continue };
            entries.push(Entry { key: Spanned::new(key.get_ref().as_ref().into(), self.span(key.span())), value });
        }
        entries.sort_by_key(|entry| entry.key.span);
        Mapping { entries }
    }

    /// A value that stands in a collection `depth` deep; nothing beyond the limits.
    fn node(&mut self, value: &Placed<DeValue<'_>>, depth: usize) -> Option<Node> {
        let span = self.span(value.span());
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            if self.nodes == MAX_NODES + 1 {
                let message = format!("metadata holds more than {MAX_NODES} values; the rest is not read");
                self.problems.push(Problem::new(span, message).help("move it to the body"));
            }
            return None;
        }
        let nests = matches!(value.get_ref(), DeValue::Array(_) | DeValue::Table(_));
        if nests && depth == MAX_DEPTH {
            self.problems.push(Problem::new(span, format!("metadata is nested deeper than {MAX_DEPTH} levels")).help("write it flatter"));
            return None;
        }
        let scalar = |text: &str, kind| Value::Scalar(Scalar { text: text.into(), kind });
        let written = span.slice(self.text).trim();
        let value = match value.get_ref() {
            DeValue::String(text) => scalar(text, ScalarKind::String),
            DeValue::Integer(number) => scalar(&number.to_string(), ScalarKind::Integer),
            DeValue::Float(number) => scalar(&number.to_string(), ScalarKind::Float),
            // A bare word that is no boolean is an error, but arrives as one.
            DeValue::Boolean(value) if matches!(written, "true" | "false") => scalar(written, ScalarKind::Bool(*value)),
            DeValue::Boolean(_) => scalar(written, ScalarKind::String),
            DeValue::Datetime(_) => scalar(written, ScalarKind::Datetime),
            DeValue::Array(items) => Value::Sequence(items.iter().filter_map(|item| self.node(item, depth + 1)).collect()),
            DeValue::Table(table) => Value::Mapping(self.mapping(table, depth + 1)),
        };
        Some(Node { span, value })
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }
}
