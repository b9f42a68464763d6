//! The body in its final form: sections of prose, with events and actions taken out and their place kept.

use super::moment::Anchor;
use super::section::{Draft, Outline};
use super::timeline::{self, Timeline, Trust};
use super::vocabulary::STORY_SECTIONS;
use super::{action, finding::Findings};
use crate::model::{ActionItem, Body, Piece, Section};

/// A body with all sections as prose.
pub(super) fn prose(outline: Outline) -> Body {
    let sections = outline.sections.into_iter().map(|draft| {
        let (draft, blocks) = taken(draft);
        section(draft, if blocks.is_empty() { Vec::new() } else { vec![Piece::Prose(blocks)] })
    });
    Body { lead: outline.lead, sections: sections.collect(), footnotes: outline.footnotes }
}

/// A body with events and actions found in it.
pub(super) fn read(outline: Outline, anchor: Anchor, source: &str, findings: &mut Findings<'_>) -> (Body, Timeline, Vec<ActionItem>) {
    let mut reader = timeline::Reader::new(source, anchor, findings);
    let mut actions = Vec::new();
    let mut sections: Vec<Section> = Vec::new();
    for draft in outline.sections {
        let first = reader.len();
        let below_timeline = draft.key.is_none() && draft.topic.as_deref() == Some("timeline");
        let draft = if below_timeline { reader.sub_section(draft) } else { Some(draft) };
        if let Some(draft) = draft {
            let (draft, blocks) = taken(draft);
            let content = match draft.topic.as_deref() {
                Some("timeline") => reader.pieces(blocks, Trust::Timeline),
                Some("actions") => action::pieces(blocks, &mut actions, source, reader.findings()),
                Some(key) if STORY_SECTIONS.contains(&key) => reader.pieces(blocks, Trust::Story),
                _ if blocks.is_empty() => Vec::new(),
                _ => vec![Piece::Prose(blocks)],
            };
            sections.push(section(draft, content));
        } else if let Some(above) = sections.last_mut() {
            // A sub-section that is an event belongs to the section above it.
            timeline::push_events(&mut above.content, first, reader.len());
            let end = reader.end_of_last();
            above.span.end = above.span.end.max(end);
        }
    }
    sections.shrink_to_fit();
    let body = Body { lead: outline.lead, sections, footnotes: outline.footnotes };
    (body, reader.finish(), actions)
}

fn taken(mut draft: Draft) -> (Draft, Vec<crate::markdown::Block>) {
    let blocks = std::mem::take(&mut draft.blocks);
    (draft, blocks)
}

fn section(draft: Draft, mut content: Vec<Piece>) -> Section {
    // A tree is kept as long as the site is: what it grew in is given back.
    for piece in &mut content {
        if let Piece::Prose(blocks) = piece {
            blocks.shrink_to_fit();
        }
    }
    content.shrink_to_fit();
    Section {
        key: draft.key,
        title: draft.title,
        id: draft.id,
        level: draft.level,
        origin: draft.origin,
        heading_span: draft.heading_span,
        span: draft.span,
        attributes: draft.attributes,
        content,
    }
}
