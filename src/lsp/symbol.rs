//! The outline of a document, and postmortems found by their names.

use std::iter::Peekable;
use std::sync::Arc;

use super::view::View;
use crate::diagnostic::Span;
use crate::markdown::text::{block_text, plain_text};
use crate::model::{Piece, Postmortem, Section};
use crate::pipeline::Understood;

/// How many postmortems are found at once.
const MOST_FOUND: usize = 200;
/// How many characters of a text are shown.
const MOST_SHOWN: usize = 80;

/// An entry of an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Symbol {
    pub(super) name: String,
    /// A few words beside the name; may be empty.
    pub(super) detail: String,
    pub(super) kind: SymbolKind,
    /// All of it.
    pub(super) span: Span,
    /// Its name.
    pub(super) name_span: Span,
    pub(super) children: Vec<Self>,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SymbolKind {
    Section,
    Event,
    Action,
}

/// The sections of a document, each with its events, actions and sections below it.
pub(super) fn outline(view: &View<'_>) -> Vec<Symbol> {
    let Some((_, document)) = view.document() else { return Vec::new() };
    let mut sections = document.body().sections.iter().peekable();
    let mut outline = Vec::new();
    while let Some(section) = sections.next() {
        outline.push(with_below(section, &mut sections, view.postmortem()));
    }
    outline
}

/// A section with those that follow and stand below it.
fn with_below<'s>(
    section: &'s Section,
    following: &mut Peekable<impl Iterator<Item = &'s Section>>,
    postmortem: Option<&Postmortem>,
) -> Symbol {
    let mut symbol = Symbol {
        name: shown(&plain_text(&section.title)),
        detail: section.key.clone().unwrap_or_default(),
        kind: SymbolKind::Section,
        span: section.span,
        name_span: section.heading_span,
        children: postmortem.map(|postmortem| within(section, postmortem)).unwrap_or_default(),
    };
    while let Some(below) = following.next_if(|below| below.level > section.level) {
        let below = with_below(below, following, postmortem);
        symbol.span = symbol.span.to(below.span);
        symbol.children.push(below);
    }
    symbol
}

fn within(section: &Section, postmortem: &Postmortem) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    for piece in &section.content {
        match *piece {
            Piece::Prose(_) => {}
            Piece::Timeline { first, end } => symbols.extend(postmortem.timeline.get(first..end).unwrap_or_default().iter().map(|event| {
                let name = [event.written.value.as_str(), &block_text(&event.content)].join(" ");
                let detail = event.kind.map_or("", |kind| kind.name()).to_owned();
                leaf(&name, detail, SymbolKind::Event, event.span)
            })),
            Piece::Actions { first, end } => symbols.extend(postmortem.actions.get(first..end).unwrap_or_default().iter().map(|action| {
                let id = action.id.as_ref().map(|id| format!("{} ", id.value)).unwrap_or_default();
                let detail = action.status.as_ref().map_or("", |status| status.value.name()).to_owned();
                leaf(&format!("{id}{}", action.text), detail, SymbolKind::Action, action.span)
            })),
        }
    }
    symbols
}

fn leaf(name: &str, detail: String, kind: SymbolKind, span: Span) -> Symbol {
    Symbol { name: shown(name.trim()), detail, kind, span, name_span: span, children: Vec::new() }
}

/// The beginning of a text, on one line; editors show no entry without a name.
fn shown(text: &str) -> String {
    let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(MOST_SHOWN) {
        line.truncate(at);
        line.push('…');
    }
    if line.is_empty() { "…".to_owned() } else { line }
}

/// The postmortems whose id or title has all the words that were typed, newest first; nothing typed finds all.
pub(super) fn find<'u>(understood: &'u Understood, query: &str) -> Vec<&'u Postmortem> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let newest = understood.knowledge.newest_first.iter().filter_map(|n| understood.corpus.postmortems.get(*n));
    let is_meant = |postmortem: &&Arc<Postmortem>| {
        let name = format!("{} {}", postmortem.id.value, postmortem.head.title_text).to_lowercase();
        words.iter().all(|word| name.contains(word))
    };
    newest.filter(is_meant).take(MOST_FOUND).map(|postmortem| &**postmortem).collect()
}
