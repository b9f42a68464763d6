//! What is there of the sections a profile requires; shared by the rules that ask for them.

pub(super) mod empty_section;
pub(super) mod leftover_placeholder;
pub(super) mod missing_section;

use crate::check::Context;
use crate::check::passage;
use crate::model::{Postmortem, Section};

/// What is there of a section.
enum State<'a> {
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
fn required<'a>(context: &Context<'a>, postmortem: &'a Postmortem) -> Vec<(&'a str, State<'a>)> {
    let Some(profile) = context.profile(postmortem) else { return Vec::new() };
    let asks_for_summary = profile.fields.iter().any(|field| field == "summary");
    let is_told_elsewhere = |key: &str| match key {
        "timeline" => !postmortem.timeline.is_empty(),
        "actions" => !postmortem.actions.is_empty(),
        // A profile that asks for the field asks for the section beside it; otherwise either will do.
        "summary" => !asks_for_summary && postmortem.summary.is_some(),
        _ => false,
    };
    let state = |key: &str| if is_told_elsewhere(key) { State::Filled } else { state(context, postmortem, key) };
    let mut keys: Vec<&str> = profile.required.iter().map(String::as_str).collect();
    for key in context.conditions(postmortem).flat_map(|condition| &condition.required) {
        if !keys.contains(&key.as_str()) {
            keys.push(key);
        }
    }
    keys.into_iter().map(|key| (key, state(key))).collect()
}

/// What is there of the sections with this key: the fullest counts.
fn state<'a>(context: &Context<'_>, postmortem: &'a Postmortem, key: &str) -> State<'a> {
    let sections = &postmortem.body.sections;
    let mut state = State::Missing;
    for (place, section) in sections.iter().enumerate().filter(|(_, section)| section.key.as_deref() == Some(key)) {
        let below = sections.iter().skip(place + 1).take_while(|below| below.level > section.level);
        match said(context, std::iter::once(section).chain(below)) {
            Said::Something => return State::Filled,
            Said::NotApplicable if !matches!(state, State::Unreasoned(_)) => state = State::Unreasoned(section),
            Said::Nothing if matches!(state, State::Missing) => state = State::Empty(section),
            Said::NotApplicable | Said::Nothing => {}
        }
    }
    state
}

enum Said {
    Nothing,
    NotApplicable,
    Something,
}

/// What is said under a heading and the headings below it: words that are no placeholder, events or actions.
fn said<'a>(context: &Context<'_>, sections: impl Iterator<Item = &'a Section>) -> Said {
    let mut passages = Vec::new();
    for section in sections {
        if section.content.iter().any(|piece| !matches!(piece, crate::model::Piece::Prose(_))) {
            return Said::Something;
        }
        passage::of_prose(section, &mut passages);
    }
    let mut said = Said::Nothing;
    for passage in passages.iter().filter(|passage| passage.kind == passage::Kind::Text) {
        let words = leftover_placeholder::without_placeholders(passage, &context.config.sections);
        if is_bare_na(&words) {
            said = Said::NotApplicable;
        } else if passage::says_something(&words) {
            return Said::Something;
        }
    }
    said
}

fn is_bare_na(words: &str) -> bool {
    let word = words.trim().trim_end_matches(['.', ':']).to_ascii_lowercase();
    matches!(word.as_str(), "n/a" | "na" | "not applicable")
}

/// The usual heading of a section; the key itself where the site has no such section.
fn title<'a>(context: &Context<'a>, key: &'a str) -> &'a str {
    context.config.section(key).map_or(key, |kind| &kind.title)
}
