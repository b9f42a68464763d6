//! The material that the facts of an incident rest on, as its metadata lists it.

use super::{Moment, Visibility};
use crate::checksum::Sha256;
use crate::diagnostic::{SourcePath, Span, Spanned};

/// A piece of evidence: what it is, its hash, and who collected it when (after NIST SP 800-86 and the forensic readiness of SEAL). An entry that is a
/// text alone is its note, or its address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// What it is called; may be empty.
    pub id: String,
    /// The file, as written.
    pub path: Option<Spanned<String>>,
    /// Where on the web it is; may be empty.
    pub url: String,
    /// The SHA-256 of the file when it was collected.
    pub sha256: Option<Spanned<Sha256>>,
    /// Who collected it; may be empty.
    pub collected_by: String,
    /// When.
    pub collected_at: Option<Spanned<Moment>>,
    /// Where it comes from: a system, a person; may be empty.
    pub source: String,
    /// Through whose hands it went since, in the order written.
    pub custody: Vec<Handover>,
    /// How long it must be kept.
    pub retain_until: Option<Spanned<Moment>>,
    /// Who may see the entry.
    pub visibility: Visibility,
    /// A sentence; may be empty.
    pub note: String,
    /// Where the entry is written.
    pub span: Span,
}

/// A step on the way of a piece of evidence. One that is a text alone is its note.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handover {
    /// When.
    pub at: Option<Moment>,
    /// Who had it from then on; may be empty.
    pub by: String,
    /// What was done with it; may be empty.
    pub note: String,
}

impl Evidence {
    /// The file of an entry of `document` as a path below the project folder; nothing where there is none, or it is outside.
    #[must_use]
    pub fn file(&self, document: &SourcePath) -> Option<String> {
        document.beside(&self.path.as_ref()?.value).filter(|path| !path.is_empty())
    }
}
