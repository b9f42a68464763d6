//! Zones by the names people give them.

use std::sync::LazyLock;

use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};

use crate::parse::vocabulary::{REGIONS, ZONE_ANNOUNCEMENTS, ZONES};

/// The database that is part of the program, so that a site is built alike on every machine.
static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// The zone of a name: an abbreviation in upper case, an offset (`+02:00`, `UTC+2`) or an IANA name with its `/`.
pub(in crate::parse) fn named(name: &str) -> Option<TimeZone> {
    if name == "Z" {
        return Some(TimeZone::UTC);
    }
    if let Some(rest) = name.get(..3).filter(|head| ["utc", "gmt"].iter().any(|word| head.eq_ignore_ascii_case(word))) {
        let rest = name.get(rest.len()..).unwrap_or_default();
        return if rest.is_empty() { Some(TimeZone::UTC) } else { offset(rest).map(Offset::to_time_zone) };
    }
    if let Some(offset) = offset(name) {
        return Some(offset.to_time_zone());
    }
    if let Some((_, minutes)) = ZONES.iter().find(|(word, _)| *word == name) {
        return Offset::from_seconds(minutes * 60).ok().map(Offset::to_time_zone);
    }
    let region = REGIONS.iter().find(|(word, _)| *word == name).map_or(name, |(_, region)| region);
    if region.contains('/') { DATABASE.get(region).ok() } else { None }
}

/// The zone that a table's header, a heading or a short paragraph names: "Time (UTC)", "All times US/Pacific, 24-hour clock".
pub(in crate::parse) fn named_in(text: &str) -> Option<TimeZone> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || "/_+-:".contains(c)))
        .map(|word| word.trim_end_matches(':'))
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()))
        .find_map(named)
}

/// The zone that a paragraph announces for all times of the document.
pub(in crate::parse) fn announced_in(text: &str) -> Option<TimeZone> {
    const LONGEST: usize = 200;
    if text.len() > LONGEST {
        return None;
    }
    let lower = text.to_lowercase();
    ZONE_ANNOUNCEMENTS.iter().any(|words| lower.contains(words)).then(|| named_in(text)).flatten()
}

/// The IANA name nearest to what was written, for a hint.
pub(in crate::parse) fn similar(name: &str) -> Option<String> {
    let names: Vec<_> = DATABASE.available().map(|name| name.as_str().to_owned()).collect();
    crate::diagnostic::did_you_mean(name, names.iter().map(String::as_str)).map(str::to_owned)
}

/// `+02:00`, `+0200`, `+02`, `+2`; at most 14 hours east and 12 hours west, where the earth's zones end.
pub(super) fn offset(text: &str) -> Option<Offset> {
    let (sign, digits) = if let Some(rest) = text.strip_prefix('+') {
        (1, rest)
    } else {
        (-1, text.strip_prefix('-').or_else(|| text.strip_prefix('−'))?)
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "00"),
    };
    let all_digits = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(hours) || !all_digits(minutes) {
        return None;
    }
    let total = sign * (hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok().filter(|minutes| *minutes < 60)?);
    if !(-12 * 60..=14 * 60).contains(&total) {
        return None;
    }
    Offset::from_seconds(total * 60).ok()
}
