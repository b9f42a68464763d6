//! A message to customers, in plain text. People and owners are not in it; whoever sends it signs it.

use super::account::Account;
use super::{NOT_STATED, or_not_stated, sentence};
use crate::knowledge::Measure;
use crate::model::Milestone;
use crate::render::wording::moment_text;
use crate::theme::Words;

pub(super) fn customer_mail(account: &Account<'_>) -> String {
    let parts = [
        format!("Subject: {}", account.title()),
        "Hello,".to_owned(),
        part("What happened", &what_happened(account)),
        part("Impact", &impact(account)),
        part("Are you affected?", &account.lines("affected")),
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

/// The dimensions of impact, and the section on it.
fn impact(account: &Account<'_>) -> Vec<String> {
    let dimensions = account.impact().into_iter().map(|(dimension, words)| format!("- {dimension}: {}", or_not_stated(words)));
    dimensions.chain(account.lines("impact")).collect()
}

fn doing(account: &Account<'_>) -> Vec<String> {
    account.actions().iter().map(|action| format!("- {}", action.told())).collect()
}

/// What is promised by itself, else what the last update promised.
fn next_update(account: &Account<'_>) -> Option<String> {
    let words = Words::english();
    let promised = account.postmortem.next_update.as_ref().map(|next| &next.value);
    let by = || account.postmortem.updates.iter().rev().find_map(|update| update.next_by.as_ref());
    promised.or_else(by).map(|by| sentence(&moment_text(words, by)))
}
