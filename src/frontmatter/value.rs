//! The tree that metadata is read into: every key and value with its place, numbers kept as they were written.

use crate::diagnostic::{Span, Spanned};

/// A value and its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where the value is written, without the key.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A single value.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// Keys and values in the order they were written; no key occurs twice.
    Mapping(Mapping),
}

/// A single value, with its text as written (quotes and escapes resolved), so that nothing is lost to a number type: `id: 007` stays `007`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The text. Empty for a null written as nothing.
    pub text: Box<str>,
    /// What the format says it is.
    pub kind: ScalarKind,
}

/// What the format's own rules (YAML 1.2 core schema, TOML 1.0, RFC 8259) take a scalar for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarKind {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer,
    /// A number with a fraction or exponent.
    Float,
    /// A TOML date, time or date-time. (YAML and JSON have none: there it is a string.)
    Datetime,
    /// Text.
    String,
}

/// Keys and values in the order they were written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    /// The entries.
    pub entries: Vec<Entry>,
}

/// One key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key, as written.
    pub key: Spanned<Box<str>>,
    /// Its value.
    pub value: Node,
}

impl Entry {
    /// Where the key and its value are written.
    #[must_use]
    pub fn span(&self) -> Span {
        self.key.span.to(self.value.span)
    }
}

impl Mapping {
    /// The entry with this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| &*entry.key.value == key)
    }
}

impl Node {
    /// The text of a scalar that holds something; nothing for null, an empty string, a list or a mapping.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(Scalar { text, kind }) if *kind != ScalarKind::Null && !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        }
    }

    /// The items of a list; a single scalar that holds something counts as a list of one, as people write `tags: dns`.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Sequence(items) => items,
            Value::Scalar(_) if self.text().is_some() => std::slice::from_ref(self),
            _ => &[],
        }
    }

    /// The items of a list; a mapping alone counts as a list of one, and so does a single scalar that holds something.
    #[must_use]
    pub fn items_or_mapping(&self) -> &[Self] {
        if self.mapping().is_some() { std::slice::from_ref(self) } else { self.items() }
    }

    /// The mappings of a list; a mapping alone counts as a list of one.
    pub fn mappings(&self) -> impl Iterator<Item = &Mapping> {
        self.items_or_mapping().iter().filter_map(Self::mapping)
    }

    /// The mapping, if it is one.
    #[must_use]
    pub fn mapping(&self) -> Option<&Mapping> {
        match &self.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    /// Whether nothing was written: null, an empty string, an empty list or mapping.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Scalar(_) => self.text().is_none(),
            Value::Sequence(items) => items.is_empty(),
            Value::Mapping(mapping) => mapping.entries.is_empty(),
        }
    }
}
