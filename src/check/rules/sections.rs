//! What is there of the sections a profile requires; shared by the rules that ask for them.

pub(super) mod crowded_lessons;
pub(super) mod empty_section;
pub(super) mod incomplete_section;
pub(super) mod leftover_placeholder;
pub(super) mod missing_section;
mod said;
pub(super) mod unanswered_checklist;

use crate::check::Context;
use crate::check::passage::{self, Passage};
use crate::diagnostic::Span;
use crate::markdown::{Block, BlockKind, Inline, InlineKind, ListItem, walk};
use crate::model::Withheld;
use crate::model::{Piece, Postmortem, Section};
use said::{Said, said};

/// What is there of a section.
pub(super) enum State<'a> {
    /// Nothing; not even a heading.
    Missing,
    /// A heading, and nothing said under it.
    Empty(&'a Section),
    /// `n/a` without a reason.
    Unreasoned(&'a Section),
    /// Something is said.
    Filled,
}

/// Every section the postmortem's profile requires, in the profile's order, with what is there of it.
pub(super) fn required<'a>(context: &Context<'a>, postmortem: &'a Postmortem) -> Vec<(&'a str, State<'a>)> {
    let Some(profile) = context.profile(postmortem) else { return Vec::new() };
    // A profile that asks for the field asks for the section beside it; otherwise either will do.
    let asks_for_both = profile.fields.iter().any(|field| field == "summary");
    let reading = Reading { context, postmortem, withheld: &passage::NOTHING };
    let state = |key: &str| if key == "summary" && asks_for_both { reading.sections(key) } else { reading.state(key) };
    let mut keys: Vec<&str> = profile.required.iter().map(String::as_str).collect();
    for key in context.conditions(postmortem).flat_map(|condition| &condition.required) {
        if !keys.contains(&key.as_str()) {
            keys.push(key);
        }
    }
    keys.into_iter().map(|key| (key, state(key))).collect()
}

/// Whether `missing-section` or `empty-section` says that there are no actions.
pub(super) fn lacks_actions(context: &Context<'_>, postmortem: &Postmortem) -> bool {
    required(context, postmortem).iter().any(|(key, state)| *key == "actions" && !matches!(state, State::Filled))
}

/// A postmortem as somebody reads it from whom something may be withheld.
pub(super) struct Reading<'r, 'a> {
    pub(super) context: &'r Context<'a>,
    pub(super) postmortem: &'a Postmortem,
    pub(super) withheld: &'r Withheld,
}

impl<'a> Reading<'_, 'a> {
    /// What there is to read of a section. A timeline, actions and the summary of the metadata count wherever they stand.
    pub(super) fn state(&self, key: &str) -> State<'a> {
        let Postmortem { timeline, actions, summary, .. } = self.postmortem;
        let is_told_elsewhere = match key {
            "timeline" => timeline.iter().any(|event| self.is_seen(event.span)),
            "actions" => actions.iter().any(|action| self.is_seen(action.span)),
            "summary" => summary.is_some(),
            _ => false,
        };
        if is_told_elsewhere { State::Filled } else { self.sections(key) }
    }

    /// What is there of the sections with this key: the fullest counts.
    fn sections(&self, key: &str) -> State<'a> {
        let sections = &self.postmortem.body.sections;
        let mut state = State::Missing;
        for (place, section) in sections.iter().enumerate().filter(|(_, section)| section.key.as_deref() == Some(key)) {
            if !self.is_seen(section.heading_span) {
                continue;
            }
            let below = sections.iter().skip(place + 1).take_while(|below| below.level > section.level);
            match said(self, std::iter::once(section).chain(below)) {
                Said::Something => return State::Filled,
                Said::NotApplicable if !matches!(state, State::Unreasoned(_)) => state = State::Unreasoned(section),
                Said::Nothing if matches!(state, State::Missing) => state = State::Empty(section),
                Said::NotApplicable | Said::Nothing => {}
            }
        }
        state
    }

    /// Whether a piece is events or actions, some of them to be seen.
    fn shows_rows(&self, piece: &Piece) -> bool {
        let Postmortem { timeline, actions, .. } = self.postmortem;
        match piece {
            Piece::Prose(_) => false,
            Piece::Timeline { first, end } => timeline.get(*first..*end).unwrap_or_default().iter().any(|event| self.is_seen(event.span)),
            Piece::Actions { first, end } => actions.get(*first..*end).unwrap_or_default().iter().any(|action| self.is_seen(action.span)),
        }
    }

    fn is_seen(&self, span: Span) -> bool {
        !self.withheld.hides(span)
    }
}

/// What is there of the sections with this key, to those who read everything.
pub(super) fn state<'a>(context: &Context<'a>, postmortem: &'a Postmortem, key: &str) -> State<'a> {
    Reading { context, postmortem, withheld: &passage::NOTHING }.sections(key)
}

/// The sections with this key, each with those below its heading, in order.
pub(super) fn under<'a>(postmortem: &'a Postmortem, key: &str) -> Vec<&'a Section> {
    let mut inside = None;
    let mut found = Vec::new();
    for section in &postmortem.body.sections {
        if section.key.as_deref() == Some(key) && inside.is_none_or(|level| section.level <= level) {
            inside = Some(section.level);
        } else if inside.is_some_and(|level| section.level <= level) {
            inside = None;
        }
        found.extend(inside.map(|_| section));
    }
    found
}

/// The passages of prose in the sections with this key, and below them.
pub(super) fn prose_under<'a>(postmortem: &'a Postmortem, key: &str) -> Vec<Passage<'a>> {
    let mut passages = Vec::new();
    for section in under(postmortem, key) {
        passages.extend(passage::of_prose(section, &passage::NOTHING));
    }
    passages
}

/// The items of the lists right under a heading.
pub(super) fn list_items(section: &Section) -> impl Iterator<Item = &ListItem> {
    section.prose().flatten().filter_map(|block| if let BlockKind::List(list) = &block.kind { Some(&list.items) } else { None }).flatten()
}

/// What the section with this key speaks of, in lower case: the headings below it, and what stands in front of a paragraph, an item or a row
/// as its label, in bold or before a colon.
pub(super) fn labels(postmortem: &Postmortem, key: &str) -> Vec<String> {
    let mut labels = Vec::new();
    for section in under(postmortem, key) {
        if section.key.as_deref() != Some(key) {
            labels.push(passage::words(&section.title).to_lowercase());
        }
        for blocks in section.prose() {
            labels_of(blocks, &mut labels);
        }
    }
    labels
}

fn labels_of(blocks: &[Block], labels: &mut Vec<String>) {
    walk::blocks(blocks, &mut |block| match &block.kind {
        BlockKind::Heading(heading) => labels.push(passage::words(&heading.content).to_lowercase()),
        BlockKind::Paragraph(content) => labels.extend(label(content)),
        BlockKind::Definitions(entries) => labels.extend(entries.iter().map(|entry| passage::words(&entry.term).to_lowercase())),
        BlockKind::Table(table) => {
            let first = table.rows.iter().filter_map(|row| row.cells.first());
            labels.extend(first.map(|cell| passage::words(&cell.content).to_lowercase()));
        }
        _ => {}
    });
}

/// What a paragraph begins with in bold, or before a colon where that is a few words.
fn label(content: &[Inline]) -> Option<String> {
    const LONGEST: usize = 4;
    let is_blank = |inline: &&Inline| matches!(&inline.kind, InlineKind::Text(text) if text.trim().is_empty());
    if let Some(Inline { kind: InlineKind::Strong(bold), .. }) = content.iter().find(|inline| !is_blank(inline)) {
        return Some(passage::words(bold).to_lowercase());
    }
    let words = passage::words(content);
    let (label, _) = words.split_once(':')?;
    (label.split_whitespace().count() <= LONGEST).then(|| label.to_lowercase())
}

/// Whether a text says that there is nothing, and why: "n/a: reason", "none: reason".
pub(super) fn is_reasoned_none(text: &str) -> bool {
    let (word, reason) = text.trim().split_once(':').unwrap_or_default();
    passage::is_among(word.trim(), &["n/a", "none", "not applicable"]) && passage::says_something(reason)
}

/// The usual heading of a section; the key itself where the site has no such section.
pub(super) fn title<'a>(context: &Context<'a>, key: &'a str) -> &'a str {
    context.config.section(key).map_or(key, |kind| &kind.title)
}
