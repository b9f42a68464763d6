//! What of a text can be folded away: the metadata, sections, and the tables and lists of timelines and actions.

use std::cmp::Reverse;

use super::view::View;
use crate::diagnostic::Span;
use crate::frontmatter;
use crate::model::Piece;

/// Stretches of a document that can be folded, in order of place, each from where its first line begins to where its last one ends.
pub(super) fn folds(view: &View<'_>) -> Vec<Span> {
    let mut folds = Vec::new();
    let front = frontmatter::parse(view.text);
    if front.format.is_some() && front.block.start > 0 {
        let opening = view.line(front.block.range().start.saturating_sub(1));
        folds.push(opening.to(view.line(front.block.range().end)));
    }
    let Some((_, document)) = view.document() else { return folds };
    let sections = &document.body().sections;
    for (n, section) in sections.iter().enumerate() {
        let below = sections.get(n + 1..).unwrap_or_default().iter().take_while(|below| below.level > section.level);
        folds.push(below.fold(section.span, |whole, below| whole.to(below.span)));
        let Some(postmortem) = view.postmortem() else { continue };
        for piece in &section.content {
            let spans: Vec<Span> = match *piece {
                Piece::Prose(_) => Vec::new(),
                Piece::Timeline { first, end } => {
                    postmortem.timeline.get(first..end).unwrap_or_default().iter().map(|event| event.span).collect()
                }
                Piece::Actions { first, end } => {
                    postmortem.actions.get(first..end).unwrap_or_default().iter().map(|action| action.span).collect()
                }
            };
            folds.extend(spans.into_iter().reduce(Span::to));
        }
    }
    folds.sort_by_key(|fold| (fold.start, Reverse(fold.end)));
    folds
}
