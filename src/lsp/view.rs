//! What there is to answer with: one file as its editor shows it, and all that is understood of its project.

use std::path::Path;

use crate::config::{Config, Profile};
use crate::diagnostic::{SourcePath, Span};
use crate::model::{DocumentId, DocumentRef, Head, Postmortem};
use crate::pipeline::{Project, Understood};

/// One file, and the project it is of.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    /// The folder of the project.
    pub(super) root: &'a Path,
    /// The project, what editors hold laid over its files.
    pub(super) project: &'a Project,
    /// What is understood of it.
    pub(super) understood: &'a Understood,
    /// The file.
    pub(super) path: &'a SourcePath,
    /// Its text as the editor shows it; empty where it has none.
    pub(super) text: &'a str,
}

impl<'a> View<'a> {
    pub(super) fn config(&self) -> &'a Config {
        &self.project.config
    }

    /// The file as a document, where it is one.
    pub(super) fn document(&self) -> Option<(DocumentId, DocumentRef<'a>)> {
        self.understood.corpus.by_path(self.path)
    }

    pub(super) fn head(&self) -> Option<&'a Head> {
        self.document().map(|(_, document)| document.head())
    }

    pub(super) fn postmortem(&self) -> Option<&'a Postmortem> {
        match self.document()?.1 {
            DocumentRef::Postmortem(postmortem) => Some(postmortem),
            DocumentRef::Page(_) => None,
        }
    }

    /// What is asked of the file, where it is a postmortem with a profile.
    pub(super) fn profile(&self) -> Option<&'a Profile> {
        self.config().profiles.get(self.postmortem()?.kind.as_ref()?.value.as_str())
    }

    /// The line that an offset is in, without its end.
    pub(super) fn line(&self, offset: usize) -> Span {
        let start = self.before(offset).rfind('\n').map_or(0, |end| end + 1);
        let rest = self.text.get(start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        Span::new(start, start + line.trim_end_matches('\r').len())
    }

    /// The text before an offset.
    pub(super) fn before(&self, offset: usize) -> &'a str {
        self.text.get(..offset).unwrap_or(self.text)
    }
}
