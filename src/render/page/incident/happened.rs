//! Where an incident had happened before, and where it happened again: with what has become of the actions agreed on in between.

use serde::Serialize;

use crate::knowledge::{Aftermath, Outcome, Recurrence};
use crate::render::page::pattern::{aftermath_of, months, outcome_words, shared_words};
use crate::render::prose::title;
use crate::render::wording::{DateView, day_view, plural};
use crate::site::{Route, Site};

/// How many a page shows of each: what lies further back is in the chain of the one before.
const MOST: usize = 3;

#[derive(Debug, Serialize)]
pub(super) struct HappenedView {
    heading: &'static str,
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
    basis: &'static str,
}

#[derive(Debug, Serialize)]
struct OutcomeView {
    /// The same for a class.
    word: &'static str,
    name: &'static str,
}

/// The blocks, and the postmortems they name.
pub(super) fn happened(site: &Site, n: usize) -> (Vec<HappenedView>, Vec<usize>) {
    let recurrences = &site.knowledge().recurrences;
    let before: Vec<(usize, &Recurrence)> = recurrences.before(n).take(MOST).map(|met| (met.earlier, met)).collect();
    let mut again: Vec<(usize, &Recurrence)> = recurrences.again(n).map(|met| (met.later, met)).collect();
    again.reverse();
    again.truncate(MOST);
    let named = before.iter().chain(&again).map(|(other, _)| *other).collect();
    let block = |heading, met: Vec<(usize, &Recurrence)>, side| {
        let items: Vec<_> = met.into_iter().filter_map(|(other, recurrence)| item(site, other, recurrence, side)).collect();
        (!items.is_empty()).then_some(HappenedView { heading, items })
    };
    (block("Happened before", before, "before").into_iter().chain(block("Happened again", again, "after")).collect(), named)
}

fn item(site: &Site, other: usize, recurrence: &Recurrence, direction: &str) -> Option<HappenedItem> {
    let postmortem = site.postmortem(other)?;
    let aftermath = aftermath_of(site, recurrence)?;
    let (name, word, _) = outcome_words(aftermath.outcome());
    let shared = match (recurrence.shared.is_empty(), recurrence.stated) {
        (true, _) => "Said by its authors".to_owned(),
        (false, true) => format!("{}; said by its authors, too", shared_words(site, &recurrence.shared)),
        (false, false) => shared_words(site, &recurrence.shared),
    };
    Some(HappenedItem {
        title_html: title(&postmortem.head.title, site),
        url: site.url(Route::Incident(other)),
        date: postmortem.date.as_ref().map(day_view),
        between: recurrence.months_between.map_or_else(String::new, |between| format!("{} {direction}", months(between))),
        shared,
        outcome: OutcomeView { word, name },
        told: told(&aftermath),
        basis: basis(&aftermath),
    })
}

/// What has become of the actions agreed on after the earlier one, in a sentence that blames nobody.
pub(in crate::render) fn told(aftermath: &Aftermath) -> String {
    let total = aftermath.actions.len();
    let actions = plural(total, "action", "actions");
    let be = |count: usize| if count == 1 { "is" } else { "are" };
    let one = "The one action agreed on after the earlier one";
    match (aftermath.outcome(), aftermath) {
        (Outcome::Open, _) if total == 1 => format!("{one} is not done yet."),
        (Outcome::Done, _) if total == 1 => format!("{one} is done by now: it did not hold, or it came too late."),
        (Outcome::GivenUp, _) if total == 1 => format!("{one} was not to be done in the end: the risk was accepted."),
        (Outcome::Open, Aftermath { open, .. }) if *open == total => {
            format!("Of {actions} agreed on after the earlier one, none is done yet.")
        }
        (Outcome::Open, Aftermath { open, .. }) => {
            format!("Of {actions} agreed on after the earlier one, {open} {} not done yet.", be(*open))
        }
        (Outcome::Done, Aftermath { done, .. }) => {
            format!("Of {actions} agreed on after the earlier one, {done} {} done by now: it did not hold, or it came too late.", be(*done))
        }
        (Outcome::GivenUp, _) => {
            format!("Of {actions} agreed on after the earlier one, none was to be done in the end: the risk was accepted.")
        }
        (Outcome::Untold, _) if total == 0 && aftermath.by_cause => "No action of the earlier one answers this cause.".into(),
        (Outcome::Untold, _) if total == 0 => "The earlier one names no action.".into(),
        (Outcome::Untold, _) => format!("The earlier one names {actions}; nothing says what has become of them."),
    }
}

fn basis(aftermath: &Aftermath) -> &'static str {
    match (aftermath.actions.is_empty(), aftermath.by_cause) {
        (true, _) => "",
        (false, true) => "This counts the actions that answer the shared cause.",
        (false, false) => "This counts all its actions; none says which cause it answers.",
    }
}
