//! A message to customers, in plain text. People and owners are not in it; whoever sends it signs it.

use super::account::Account;
use super::{NOT_STATED, or_not_stated, sentence};
use crate::knowledge::Measure;
use crate::markdown::text::plain_text;
use crate::model::{Milestone, Section};
use crate::parse;
use crate::render::wording::moment_text;

pub(super) fn customer_mail(account: &Account<'_>) -> String {
    let parts = [
        format!("Subject: {}", account.title()),
        "Hello,".to_owned(),
        part("What happened", &what_happened(account)),
        part("Were you affected?", &affected(account)),
        part("What you can do", &account.lines_where(says_what_to_do)),
        part("What we are doing", &doing(account)),
        part("Next update", &[or_not_stated(next_update(account))]),
        part("Read more", &[or_not_stated(account.url())]),
    ];
    format!("{}\n", parts.join("\n\n"))
}

/// A heading and what stands under it.
fn part(heading: &str, lines: &[String]) -> String {
    let text = if lines.is_empty() { NOT_STATED.to_owned() } else { lines.join("\n") };
    format!("{heading}\n{text}")
}

fn what_happened(account: &Account<'_>) -> Vec<String> {
    let at = |milestone| or_not_stated(account.moment(milestone));
    let end = match (account.moment(Milestone::Mitigated), account.moment(Milestone::Resolved)) {
        (Some(mitigated), None) => format!("Customers no longer affected: {mitigated}"),
        (_, resolved) => format!("Resolved: {}", or_not_stated(resolved)),
    };
    let impact = account.measure(Measure::ImpactDuration).map(|minutes| minutes.to_string());
    vec![
        or_not_stated(account.summary()),
        String::new(),
        account.date().map_or_else(|| format!("Began: {}", at(Milestone::Started)), |date| format!("Date: {date}")),
        end,
        format!("Time with impact: {}", or_not_stated(impact)),
        format!("Services: {}", or_not_stated(account.services())),
    ]
}

/// The dimensions of impact, the section on it, and sections whose headings ask who was affected.
fn affected(account: &Account<'_>) -> Vec<String> {
    let dimensions = account.impact().into_iter().map(|(dimension, words)| format!("- {dimension}: {}", or_not_stated(words)));
    let mut lines: Vec<String> = dimensions.collect();
    lines.extend(account.lines("impact"));
    lines.extend(account.lines_where(says_who_was_affected));
    lines
}

/// The words of a heading that stands for no section of the program's.
fn own_words(section: &Section) -> Vec<String> {
    let words = plain_text(&section.title).to_lowercase();
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned);
    if section.key.is_some() { Vec::new() } else { words.collect() }
}

/// "Was I affected?", "Who is affected"
fn says_who_was_affected(section: &Section) -> bool {
    own_words(section).iter().any(|word| word == "affected")
}

/// "What you should do", "What do customers need to do?"
fn says_what_to_do(section: &Section) -> bool {
    let words = own_words(section);
    let has = |any: &[&str]| words.iter().any(|word| any.contains(&word.as_str()));
    has(&["do"]) && has(&["you", "i", "customers", "users"]) && !has(&["we"])
}

fn doing(account: &Account<'_>) -> Vec<String> {
    account.actions().iter().map(|action| format!("- {} ({})", action.text().trim_end_matches('.'), action.standing())).collect()
}

/// The day that the metadata promise, else what the last update promised.
fn next_update(account: &Account<'_>) -> Option<String> {
    let promised = account.texts("next_update").into_iter().next();
    let promised = promised.map(|words| parse::moment(&words).map_or(words, |moment| moment_text(&moment)));
    let by = || account.postmortem.updates.iter().rev().find_map(|update| update.next_by.as_ref()).map(moment_text);
    promised.or_else(by).map(|by| sentence(&by))
}
