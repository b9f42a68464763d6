//! One page for management: what happened, what it cost, what is being done, what is asked of them.

use unicode_segmentation::UnicodeSegmentation as _;

use super::account::{Account, ToldAction};
use super::markdown::{item, items, list, paragraph};
use super::{NOT_STATED, or_not_stated, sentence};
use crate::knowledge::ledger::{State, Tally};
use crate::knowledge::{Measure, is_security_incident};
use crate::markdown::write::{cell_text, paragraph_text};
use crate::model::Milestone;
use crate::render::wording::civil_view;
use crate::theme::Words;

/// How many sentences of the summary are told.
const SENTENCES: usize = 2;

/// How many actions are named that press, and how many earlier incidents.
const MOST: usize = 5;

pub(super) fn exec_brief(account: &Account<'_>) -> String {
    let head = [account.severity(), account.kind(), account.services()].map(or_not_stated);
    let [severity, kind, services] = head.map(|words| cell_text(&words));
    let actions = account.actions();
    [
        format!("# {}\n", paragraph_text(&account.title())),
        format!("{} · Severity: {severity} · Kind: {kind} · Services: {services}\n", paragraph_text(&account.id())),
        section("What happened", &paragraph(account.summary().as_deref().map(first_sentences).as_deref())),
        section("When", &times(account)),
        section("Impact", &impact(account)),
        section("Why", &causes(account)),
        section("What is being done", &doing(&actions)),
        section("Decisions asked of management", &decisions(&actions)),
        section("Has it happened before?", &before(account)),
    ]
    .join("\n")
}

fn section(heading: &str, text: &str) -> String {
    format!("## {heading}\n\n{text}")
}

fn first_sentences(text: &str) -> String {
    text.split_sentence_bounds().take(SENTENCES).collect::<String>().trim_end().to_owned()
}

/// Containment is asked of what an attacker can spread, and told wherever it is stated.
fn times(account: &Account<'_>) -> String {
    let can_spread = is_security_incident(account.postmortem) || account.moment(Milestone::Contained).is_some();
    let at = |label, milestone| item(label, account.moment(milestone));
    let took = |measure: Measure| item(measure.name(), account.measure(measure).map(|minutes| minutes.to_string()));
    [
        account.date().map(|date| item("Date", Some(date))).unwrap_or_default(),
        at("Impact started", Milestone::Started),
        at("Detected", Milestone::Detected),
        if can_spread { at("Contained", Milestone::Contained) } else { String::new() },
        at("Mitigated", Milestone::Mitigated),
        at("Resolved", Milestone::Resolved),
        took(Measure::TimeToDetect),
        if can_spread { took(Measure::TimeToContain) } else { String::new() },
        took(Measure::ImpactDuration),
        took(Measure::TimeToResolve),
    ]
    .concat()
}

fn impact(account: &Account<'_>) -> String {
    let impact = account.impact();
    let mut text: String = impact.into_iter().map(|(dimension, words)| item(&cell_text(&dimension), words)).collect();
    let records = [("Data involved", account.data()), ("Funds", account.funds())];
    for (label, told) in records.into_iter().filter(|(_, told)| !told.is_empty()) {
        text.push_str(&items(label, &told));
    }
    if text.is_empty() { paragraph(None) } else { text }
}

fn causes(account: &Account<'_>) -> String {
    let causes = account.causes().into_iter().map(|cause| {
        let note = cause.note.map(|note| format!(". {note}")).unwrap_or_default();
        item(cause.role, Some(format!("{}{note}", cause.name)))
    });
    let text: String = causes.collect();
    let text = if text.is_empty() { item("Root cause", None) } else { text };
    format!("{text}{}", item("Trigger", account.trigger()))
}

/// How the actions stand, and those that press.
fn doing(actions: &[ToldAction<'_>]) -> String {
    let words = Words::english();
    let tally = Tally::of(actions.iter().map(|action| action.entry));
    let parts = [
        (tally.count(State::Done), "done"),
        (tally.open(), "open"),
        (tally.dropped(), "given up"),
        (tally.count(State::Unstated), "without a status"),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if parts.is_empty() {
        return paragraph(None);
    }
    let overdue = match (tally.open(), tally.count(State::Overdue)) {
        (0, _) => String::new(),
        (_, 0) => " None is overdue.".to_owned(),
        (_, 1) => " One is overdue.".to_owned(),
        (_, overdue) => format!(" {overdue} are overdue."),
    };
    let open: Vec<&ToldAction<'_>> = actions.iter().filter(|action| action.entry.state.is_open()).collect();
    let next = open.iter().filter(|action| action.entry.state != State::Overdue).find_map(|action| action.entry.due);
    let next = match next {
        Some(due) => format!(" Next due: {}.", civil_view(words, due.on).text),
        None if open.is_empty() => String::new(),
        None => format!(" Next due: {NOT_STATED}."),
    };
    let mut lines: Vec<String> = open.iter().take(MOST).map(|action| action.told()).collect();
    if open.len() > MOST {
        lines.push(format!("{} more are open", open.len() - MOST));
    }
    let named = if lines.is_empty() { String::new() } else { format!("\n{}", list(&lines)) };
    format!("{}: {}.{overdue}{next}\n{named}", words.count("actions", actions.len()), words.list(&parts))
}

/// What only the organisation as a whole can do and is not done.
fn decisions(actions: &[ToldAction<'_>]) -> String {
    let asked = actions.iter().filter(|action| action.is_for_the_organisation() && !action.item.is_settled());
    list(&asked.map(ToldAction::told).collect::<Vec<_>>())
}

fn before(account: &Account<'_>) -> String {
    let mut before = account.happened_before();
    if before.is_empty() {
        let months = account.site.config().metrics.recurrence_months;
        let known =
            format!("Not as far as is known: no incident of the {months} months before has the same root cause in the same service.");
        let untold = "It cannot be told: a root cause, a service or the day is not stated.";
        return paragraph(Some(if account.can_have_happened_before() { &known } else { untold }));
    }
    let more = before.len().saturating_sub(MOST);
    before.truncate(MOST);
    if more > 0 {
        before.push(format!("{more} more"));
    }
    list(&before.iter().map(|words| sentence(words)).collect::<Vec<_>>())
}
