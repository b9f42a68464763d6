//! Where an incident had happened before, and where it happened again: with what has become of the actions agreed on in between.

use serde::Serialize;

use crate::knowledge::{Aftermath, Outcome, Recurrence};
use crate::render::page::pattern::{aftermath_of, months, outcome_words, shared_words};
use crate::render::prose::title;
use crate::render::wording::{DateView, day_view};
use crate::site::{Route, Site};
use crate::theme::Words;

/// How many a page shows of each: what lies further back is in the chain of the one before.
const MOST: usize = 3;

#[derive(Debug, Serialize)]
pub(super) struct HappenedView {
    heading: String,
    items: Vec<HappenedItem>,
}

#[derive(Debug, Serialize)]
struct HappenedItem {
    title_html: String,
    url: String,
    date: Option<DateView>,
    /// "7 months before"
    between: String,
    /// "Configuration in Checkout"
    shared: String,
    outcome: OutcomeView,
    /// What has become of the actions, in a sentence.
    told: String,
    /// Which actions were counted; may be empty.
    basis: String,
}

#[derive(Debug, Serialize)]
struct OutcomeView {
    /// The same for a class.
    word: &'static str,
    name: String,
}

/// The blocks, and the postmortems they name.
pub(super) fn happened(site: &Site, n: usize) -> (Vec<HappenedView>, Vec<usize>) {
    let words = site.words();
    let recurrences = &site.knowledge().recurrences;
    let before: Vec<(usize, &Recurrence)> = recurrences.before(n).take(MOST).map(|met| (met.earlier, met)).collect();
    let mut again: Vec<(usize, &Recurrence)> = recurrences.again(n).map(|met| (met.later, met)).collect();
    again.reverse();
    again.truncate(MOST);
    let named = before.iter().chain(&again).map(|(other, _)| *other).collect();
    let block = |heading: &str, met: Vec<(usize, &Recurrence)>, side| {
        let items: Vec<_> = met.into_iter().filter_map(|(other, recurrence)| item(site, other, recurrence, side)).collect();
        (!items.is_empty()).then_some(HappenedView { heading: heading.to_owned(), items })
    };
    (
        block(words.get("happened-before"), before, "happened-between-before")
            .into_iter()
            .chain(block(words.get("happened-again"), again, "happened-between-after"))
            .collect(),
        named,
    )
}

fn item(site: &Site, other: usize, recurrence: &Recurrence, between: &str) -> Option<HappenedItem> {
    let words = site.words();
    let postmortem = site.postmortem(other)?;
    let aftermath = aftermath_of(site, recurrence)?;
    let (name, word, _) = outcome_words(words, aftermath.outcome());
    let shared = match (recurrence.shared.is_empty(), recurrence.stated) {
        (true, _) => words.get("said-by-authors").to_owned(),
        (false, true) => words.with("happened-said-too", &[("shared", shared_words(words, site, &recurrence.shared).into())]),
        (false, false) => shared_words(words, site, &recurrence.shared),
    };
    Some(HappenedItem {
        title_html: title(&postmortem.head.title, site),
        url: site.url(Route::Incident(other)),
        date: postmortem.date.as_ref().map(|given| day_view(words, given)),
        between: recurrence.months_between.map_or_else(String::new, |time| words.with(between, &[("time", months(words, time).into())])),
        shared,
        outcome: OutcomeView { word, name: name.to_owned() },
        told: told(words, &aftermath),
        basis: basis(words, &aftermath).to_owned(),
    })
}

/// What has become of the actions agreed on after the earlier one, in a sentence that blames nobody.
pub(in crate::render) fn told(words: &Words, aftermath: &Aftermath) -> String {
    let total = aftermath.actions.len();
    let of = |id, some: usize| words.with(id, &[("count", total.into()), ("some", some.into())]);
    match (aftermath.outcome(), aftermath) {
        (Outcome::Open, _) if total == 1 => words.get("happened-one-open").to_owned(),
        (Outcome::Done, _) if total == 1 => words.get("happened-one-done").to_owned(),
        (Outcome::GivenUp, _) if total == 1 => words.get("happened-one-given-up").to_owned(),
        (Outcome::Open, Aftermath { open, .. }) if *open == total => of("happened-none-done", 0),
        (Outcome::Open, Aftermath { open, .. }) => of("happened-some-open", *open),
        (Outcome::Done, Aftermath { done, .. }) => of("happened-some-done", *done),
        (Outcome::GivenUp, _) => of("happened-none-to-be-done", 0),
        (Outcome::Untold, _) if total == 0 && aftermath.by_cause => words.get("happened-no-answer").to_owned(),
        (Outcome::Untold, _) if total == 0 => words.get("happened-no-action").to_owned(),
        (Outcome::Untold, _) => of("happened-nothing-said", 0),
    }
}

fn basis<'w>(words: &'w Words, aftermath: &Aftermath) -> &'w str {
    match (aftermath.actions.is_empty(), aftermath.by_cause) {
        (true, _) => "",
        (false, true) => words.get("happened-basis-cause"),
        (false, false) => words.get("happened-basis-all"),
    }
}
