//! Where the links of a document lead, for a click.

use super::view::View;
use crate::diagnostic::{SourcePath, Span};
use crate::knowledge::Target;

/// A link that leads to a file of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// The target as it is written.
    pub(super) span: Span,
    /// The file.
    pub(super) to: SourcePath,
    /// Where in it.
    pub(super) place: Span,
}

/// The links of a document that lead to files, in order. Editors find addresses of the web themselves.
pub(super) fn links(view: &View<'_>) -> Vec<Link> {
    let Some((id, document)) = view.document() else { return Vec::new() };
    let targets = view.understood.knowledge.references.of(id);
    let lead = document.head().links.iter().zip(targets).filter_map(|(link, target)| {
        let (to, place) = match target {
            Target::Document { id, fragment, .. } => {
                let document = view.understood.corpus.get(*id)?;
                let section = document.body().sections.iter().find(|section| *section.id == **fragment);
                (document.head().path.clone(), section.map_or_else(Span::default, |section| section.heading_span))
            }
            Target::Attachment(path) => (SourcePath::from(path.as_str()), Span::default()),
            _ => return None,
        };
        Some(Link { span: link.target.span, to, place })
    });
    lead.collect()
}
