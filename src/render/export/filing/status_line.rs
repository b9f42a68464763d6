//! The incident in one line, for a status page or a chat.

use super::account::Account;
use crate::knowledge::Measure;
use crate::model::Milestone;
use crate::render::wording::excerpt;

/// The most characters of a line.
const MOST: usize = 280;

/// The most characters of the services, and of the severity.
const TERMS: usize = 60;

/// "Title. SEV1, Checkout. Started …; resolved …; impact 47 min." A title that is too long is cut at a word.
pub(super) fn status_line(account: &Account<'_>) -> String {
    let or_not = |name: &str, words: Option<String>| words.map_or_else(|| format!("{name} not stated"), |words| excerpt(&words, TERMS));
    let severity = or_not("severity", account.severity());
    let services = or_not("services", account.services());
    let started = account.moment(Milestone::Started);
    let dated = || account.date().map_or_else(|| "Start not stated".to_owned(), |date| format!("On {date}, start not stated"));
    let started = started.map_or_else(dated, |at| format!("Started {at}"));
    let ended = match (account.moment(Milestone::Resolved), account.moment(Milestone::Mitigated)) {
        (Some(at), _) => format!("resolved {at}"),
        (None, Some(at)) => format!("mitigated {at}; resolution not stated"),
        (None, None) => "resolution not stated".to_owned(),
    };
    let impact =
        account.measure(Measure::ImpactDuration).map_or_else(|| "duration not stated".to_owned(), |minutes| format!("impact {minutes}"));
    let facts = format!(" — {severity}, {services}. {started}; {ended}; {impact}.");
    // An excerpt may have one character more than it is asked for, the mark of the cut.
    let title = excerpt(&account.title(), MOST.saturating_sub(facts.chars().count() + 1));
    format!("{title}{facts}\n")
}
