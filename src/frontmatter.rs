//! The metadata at the head of a file: found, split off and parsed, with every value at its place.
//!
//! YAML stands between `---` lines, TOML between `+++` lines (or `---toml` and `---`), JSON between `---json` and `---` or as one leading
//! `{…}` object followed by a blank line. `gray_matter` splits and hosts the YAML engine; the spans come from our own walk over the
//! parser's events. Nothing here knows what a field means.

mod value;

pub use value::{Entry, Mapping, Node, Scalar, ScalarKind, Value};

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
