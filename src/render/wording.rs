//! Dates, durations and counts as people read them.

use serde::Serialize;

use crate::knowledge::metrics::Population;
pub(super) use crate::knowledge::spoken as duration;
use crate::markdown::text::on_one_line;
use crate::model::{Bound, Moment, Precision};

/// A moment for a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct DateView {
    /// "11 Mar 2026, 13:52 UTC", or as much of it as is known.
    pub(super) text: String,
    /// For `<time datetime>`.
    pub(super) machine: String,
    /// "2026-03-11"
    pub(super) date: String,
}

/// A moment as a date and, where one is known, a time in UTC.
pub(super) fn date_view(moment: &Moment) -> DateView {
    let date = day(moment);
    let text = match moment.time() {
        Some(time) => format!("{}{date}, {time} UTC", qualifier(moment.bound)),
        None => format!("{}{date}", qualifier(moment.bound)),
    };
    DateView { text, machine: moment.machine(), date: moment.date() }
}

/// A moment in words, with the end of a stretch: "11 Mar 2026, 14:30 to 14:40 UTC".
pub(super) fn moment_text(moment: &Moment) -> String {
    let from = date_view(moment).text;
    let Some(end) = moment.end() else { return from };
    match end.time().filter(|_| end.date() == moment.date()) {
        Some(time) => format!("{} to {time} UTC", from.trim_end_matches(" UTC")),
        None => format!("{from} to {}", date_view(&end).text),
    }
}

/// The same for forms and programs, in RFC 3339 and UTC: "about 2026-03-11T14:30:00Z".
pub(super) fn moment_machine(moment: &Moment) -> String {
    let end = moment.end().map(|end| format!(" to {}", end.machine()));
    format!("{}{}{}", qualifier(moment.bound), moment.machine(), end.unwrap_or_default())
}

/// A moment as a date alone.
pub(super) fn day_view(moment: &Moment) -> DateView {
    DateView { text: day(moment), machine: moment.date(), date: moment.date() }
}

/// A civil date, as of an action's deadline.
pub(super) fn civil_view(date: jiff::civil::Date) -> DateView {
    DateView { text: date.strftime("%-d %b %Y").to_string(), machine: date.to_string(), date: date.to_string() }
}

/// "11 Mar 2026", "Mar 2026", "2026".
pub(super) fn day(moment: &Moment) -> String {
    let date = moment.date();
    let format = match moment.precision {
        Precision::Year => return date,
        Precision::Month => "%b %Y",
        _ => "%-d %b %Y",
    };
    let full = if moment.precision == Precision::Month { format!("{date}-01") } else { date.clone() };
    full.parse::<jiff::civil::Date>().map_or(date, |day| day.strftime(format).to_string())
}

fn qualifier(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "",
        Bound::About => "about ",
        Bound::AtLeast => "not before ",
        Bound::AtMost => "not after ",
    }
}

/// "1 incident", "4,120 incidents".
pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count), if count == 1 { one } else { many })
}

/// So many of what is counted: "1 incident", "4,120 catalogue entries".
pub(super) fn population(population: Population, count: usize) -> String {
    plural(count, population.one(), population.name())
}

/// A count with its thousands set apart: "45,149".
pub(super) fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let apart = |place: usize| place > 0 && (digits.len() - place).is_multiple_of(3);
    digits.char_indices().flat_map(|(place, digit)| apart(place).then_some(',').into_iter().chain([digit])).collect()
}

/// A share to the nearest hundredth: "24%". Nothing of nothing is 0%.
pub(super) fn percent(part: usize, of: usize) -> String {
    format!("{}%", (part * 100 + of / 2).checked_div(of).unwrap_or_default())
}

/// "a, b and c"
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// How fast somebody reads.
pub(super) const WORDS_A_MINUTE: usize = 220;

/// How long reading takes, rounded up to the minute.
pub(super) fn reading_time(words: usize) -> String {
    format!("{} min read", words.div_ceil(WORDS_A_MINUTE).max(1))
}

/// The first `limit` characters of a text, cut at a word and marked as cut.
pub(super) fn excerpt(text: &str, limit: usize) -> String {
    let text = on_one_line(text);
    let Some((cut, _)) = text.char_indices().nth(limit) else { return text };
    let head = text.get(..cut).unwrap_or_default();
    let head = head.rsplit_once(' ').map_or(head, |(head, _)| head);
    format!("{}…", head.trim_end_matches([',', ';', ':', '.', '–', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let told = [0, 7, 999, 1_000, 45_149, 1_234_567].map(thousands);
        assert_eq!(told, ["0", "7", "999", "1,000", "45,149", "1,234,567"]);
    }

    #[test]
    fn a_moment_keeps_its_end_and_its_bound() {
        let told = |text: &str| {
            let moment = crate::parse::moment(text).unwrap();
            (moment_text(&moment), moment_machine(&moment))
        };
        let pair = |text: &str, machine: &str| (text.to_owned(), machine.to_owned());
        assert_eq!(told("2026-03-11 14:30Z"), pair("11 Mar 2026, 14:30 UTC", "2026-03-11T14:30:00Z"));
        assert_eq!(
            told("2026-03-11 14:30-14:40Z"),
            pair("11 Mar 2026, 14:30 to 14:40 UTC", "2026-03-11T14:30:00Z to 2026-03-11T14:40:00Z")
        );
        assert_eq!(
            told("2026-03-11 23:50-00:10Z"),
            pair("11 Mar 2026, 23:50 UTC to 12 Mar 2026, 00:10 UTC", "2026-03-11T23:50:00Z to 2026-03-12T00:10:00Z")
        );
        assert_eq!(told(">=2026-03-11 14:30Z"), pair("not before 11 Mar 2026, 14:30 UTC", "not before 2026-03-11T14:30:00Z"));
        assert_eq!(told("~2026-03-11"), pair("about 11 Mar 2026", "about 2026-03-11"));
        assert_eq!(told("2026-03"), pair("Mar 2026", "2026-03"));
    }

    #[test]
    fn a_share_is_rounded_to_a_hundredth() {
        assert_eq!([percent(0, 0), percent(1, 3), percent(2, 3), percent(5, 5)], ["0%", "33%", "67%", "100%"]);
    }

    #[test]
    fn an_excerpt_is_cut_at_a_word() {
        assert_eq!(excerpt("one two  three", 50), "one two three");
        assert_eq!(excerpt("one two, three", 9), "one two…");
        assert_eq!(excerpt("éééééééé", 3), "ééé…");
    }
}
