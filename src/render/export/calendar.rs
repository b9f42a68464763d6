//! `/actions.ics`: the days on which action items are due and looked back on, as a calendar (RFC 5545).
//!
//! Written by hand: the one well-kept crate for it reads the clock through another library of dates.

use std::collections::HashMap;

use jiff::civil::Date;
use xxhash_rust::xxh3::xxh3_64;

use super::action_row::action_url;
use super::full_url;
use crate::knowledge::DueOf;
use crate::knowledge::ledger::{Entry, State};
use crate::model::{ActionItem, portable};
use crate::site::Site;

/// The calendar: an all-day event for each open action with a due day, and for each look back that is to come or has no result yet.
///
/// Nothing in it comes from the clock but the day of the build (`DTSTAMP`), so that the same inputs give the same bytes.
pub(in crate::render) fn calendar(site: &Site) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| fold(&format!("{name}:{value}"), &mut text);
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Afterword//Action items//EN");
    line("CALSCALE", "GREGORIAN");
    line("METHOD", "PUBLISH");
    line("X-WR-CALNAME", &escaped(&format!("{}: action items", site.config().site.title)));
    let mut times: HashMap<String, usize> = HashMap::new();
    for entry in &site.ledger().entries {
        for event in events(site, entry) {
            // Two actions of an incident may say the same. No key holds a dot.
            let nth = times.entry(event.uid.clone()).or_default();
            *nth += 1;
            let uid = if *nth == 1 { event.uid } else { format!("{}.{nth}", event.uid) };
            line("BEGIN", "VEVENT");
            line("UID", &format!("{uid}@{}", host(site)));
            line("DTSTAMP", &format!("{}T000000Z", basic(site.build().today)));
            line("DTSTART;VALUE=DATE", &basic(event.day));
            line("SUMMARY", &escaped(&event.summary));
            line("DESCRIPTION", &escaped(&event.description));
            if site.base_url().is_some() {
                line("URL", &event.url);
            }
            if !event.teams.is_empty() {
                line("CATEGORIES", &event.teams.iter().map(|team| escaped(team)).collect::<Vec<_>>().join(","));
            }
            line("TRANSP", "TRANSPARENT");
            line("END", "VEVENT");
        }
    }
    line("END", "VCALENDAR");
    text
}

struct Event {
    uid: String,
    day: Date,
    summary: String,
    description: String,
    url: String,
    teams: Vec<String>,
}

fn events(site: &Site, entry: &Entry) -> Vec<Event> {
    let Some(postmortem) = site.postmortem(entry.postmortem) else { return Vec::new() };
    let Some(action) = postmortem.actions.get(entry.action) else { return Vec::new() };
    let is_dropped = matches!(entry.state, State::Cancelled | State::AcceptedRisk);
    let due = entry.due.filter(|_| entry.state.is_open()).map(|due| ("due", due.on, "Due", due.of == DueOf::Severity));
    let look_back = entry.look_back.on.filter(|_| entry.look_back.result.is_none() && !is_dropped);
    let look_back = look_back.map(|on| ("look-back", on, "Look back", false));
    let event = |(what, day, word, by_severity): (&str, Date, &str, bool)| {
        let severity = entry.severity.as_ref().map_or("the severity", |severity| &severity.name);
        let deadline = by_severity.then(|| format!("By the deadline of {severity}."));
        let done_when = action.done_when.as_ref().map(|words| format!("Done when: {}", words.value));
        let incident = format!("{} ({})", postmortem.head.title_text, postmortem.id.value);
        let description: Vec<String> = std::iter::once(incident).chain(deadline).chain(done_when).collect();
        Event {
            uid: format!("{what}-{}-{}", postmortem.head.slug.value, key(action)),
            day,
            summary: format!("{word}: {}{}", id(action), action.text),
            description: description.join("\n"),
            url: full_url(site, &action_url(site, entry.postmortem, postmortem, entry.action)),
            teams: entry.teams.iter().map(|team| team.name.clone()).collect(),
        }
    };
    due.into_iter().chain(look_back).map(event).collect()
}

fn id(action: &ActionItem) -> String {
    action.id.as_ref().map(|id| format!("{} ", id.value)).unwrap_or_default()
}

/// What tells an action from others of its incident for as long as it is the same: its id, else its words.
fn key(action: &ActionItem) -> String {
    let id = action.id.as_ref().map(|id| portable(id)).filter(|id| !id.is_empty());
    id.unwrap_or_else(|| format!("{:016x}", xxh3_64(action.text.as_bytes())))
}

/// The host of the site's address; an identifier needs none that answers.
fn host(site: &Site) -> &str {
    let after_scheme = site.base_url().and_then(|base| base.split("://").nth(1));
    after_scheme.and_then(|rest| rest.split('/').next()).filter(|host| !host.is_empty()).unwrap_or("afterword.invalid")
}

/// `20260317`
fn basic(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A text as a value (§3.3.11); control characters, which it may not hold (§3.1), are left out.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => value.extend(['\\', c]),
            '\n' => value.push_str("\\n"),
            c if c.is_control() => {}
            c => value.push(c),
        }
    }
    value
}

/// Writes a content line (§3.1): no more than 75 octets each, the rest on lines that begin with a blank, never within a character.
fn fold(line: &str, text: &mut String) {
    const LONGEST: usize = 75;
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > LONGEST {
            text.push_str("\r\n ");
            width = 1;
        }
        text.push(c);
        width += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_holds_no_control_character() {
        assert_eq!(escaped("a; b, c\\d\ne\r\u{1b}[2J:\"x\""), "a\\; b\\, c\\\\d\\ne[2J:\"x\"");
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut text = String::new();
        fold(&format!("SUMMARY:{}", "ü".repeat(60)), &mut text);
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines.iter().map(|line| line.len()).collect::<Vec<_>>(), [74, 55, 0]);
        assert_eq!(text.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "ü".repeat(60)));
        assert!(lines[1].starts_with(" ü"));
    }
}
