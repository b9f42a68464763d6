//! Dates, durations and counts as people read them, in the language of the site.

use jiff::civil::Date;
use serde::Serialize;

use crate::knowledge::Minutes;
use crate::knowledge::metrics::Population;
use crate::markdown::html::Label;
use crate::markdown::text::on_one_line;
use crate::model::{Bound, Decimal, Extent, Moment, Precision, Sum, Total, affixes};
use crate::theme::{Given, Words, ungrouped};

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
pub(super) fn date_view(words: &Words, moment: &Moment) -> DateView {
    let date = day(words, moment);
    let text = match moment.time() {
        Some(time) => words.with("date-and-time", &[("date", date.into()), ("time", time.into())]),
        None => date,
    };
    DateView { text: bounded(words, moment.bound, text), machine: moment.machine(), date: moment.date() }
}

/// A moment in words, with the end of a stretch: "11 Mar 2026, 14:30 to 14:40 UTC".
pub(super) fn moment_text(words: &Words, moment: &Moment) -> String {
    let Some(end) = moment.end() else { return date_view(words, moment).text };
    match (moment.time(), end.time().filter(|_| end.date() == moment.date())) {
        (Some(from), Some(to)) => {
            let values = [("date", day(words, moment).into()), ("from", from.into()), ("to", to.into())];
            bounded(words, moment.bound, words.with("date-and-times", &values))
        }
        _ => from_to(words, date_view(words, moment).text, date_view(words, &end).text),
    }
}

/// "0 min to 2 h"
pub(super) fn from_to<'v>(words: &Words, from: impl Into<Given<'v>>, to: impl Into<Given<'v>>) -> String {
    words.with("from-to", &[("from", from.into()), ("to", to.into())])
}

/// The same for forms and programs, in RFC 3339 and UTC: "about 2026-03-11T14:30:00Z".
pub(super) fn moment_machine(moment: &Moment) -> String {
    let end = moment.end().map(|end| format!(" to {}", end.machine()));
    let qualifier = match moment.bound {
        Bound::Exact => "",
        Bound::About => "about ",
        Bound::AtLeast => "not before ",
        Bound::AtMost => "not after ",
    };
    format!("{qualifier}{}{}", moment.machine(), end.unwrap_or_default())
}

/// A moment as a date alone.
pub(super) fn day_view(words: &Words, moment: &Moment) -> DateView {
    DateView { text: day(words, moment), machine: moment.date(), date: moment.date() }
}

/// A civil date, as of an action's deadline.
pub(super) fn civil_view(words: &Words, date: Date) -> DateView {
    DateView { text: civil(words, date), machine: date.to_string(), date: date.to_string() }
}

/// "11 Mar 2026", "Mar 2026", "2026".
pub(super) fn day(words: &Words, moment: &Moment) -> String {
    let date = moment.date();
    match moment.precision {
        Precision::Year => date,
        Precision::Month => format!("{date}-01").parse().map_or(date, |first| in_month(words, first, &MONTHS_SHORT)),
        _ => date.parse().map_or(date, |date| civil(words, date)),
    }
}

/// "March 2026"
pub(super) fn month(words: &Words, date: Date) -> String {
    in_month(words, date, &MONTHS)
}

/// "11 March"
pub(super) fn day_of_year(words: &Words, date: Date) -> String {
    words.with("date-of-year", &[("day", date.day().into()), ("month", month_name(words, date, &MONTHS).into())])
}

/// "11 Mar 2026"
fn civil(words: &Words, date: Date) -> String {
    let month = month_name(words, date, &MONTHS_SHORT);
    words.with("date", &[("day", date.day().into()), ("month", month.into()), ("year", year(date))])
}

fn in_month(words: &Words, date: Date, names: &'static [&'static str; 12]) -> String {
    words.with("date-month", &[("month", month_name(words, date, names).into()), ("year", year(date))])
}

fn month_name<'w>(words: &'w Words, date: Date, names: &[&'static str; 12]) -> &'w str {
    let place = usize::try_from(date.month() - 1).unwrap_or_default();
    words.get(names.get(place).copied().unwrap_or_default())
}

fn year(date: Date) -> Given<'static> {
    format!("{:04}", date.year()).into()
}

fn bounded(words: &Words, bound: Bound, moment: String) -> String {
    let id = match bound {
        Bound::Exact => return moment,
        Bound::About => "moment-about",
        Bound::AtLeast => "moment-not-before",
        Bound::AtMost => "moment-not-after",
    };
    words.with(id, &[("moment", moment.into())])
}

/// The messages with the names of months.
const MONTHS: [&str; 12] =
    ["month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10", "month-11", "month-12"];
/// Those with their short names, as they stand in dates.
pub(super) const MONTHS_SHORT: [&str; 12] = [
    "month-short-1",
    "month-short-2",
    "month-short-3",
    "month-short-4",
    "month-short-5",
    "month-short-6",
    "month-short-7",
    "month-short-8",
    "month-short-9",
    "month-short-10",
    "month-short-11",
    "month-short-12",
];

/// A length of time, the two largest units that say something: "47 min", "2 h 45 min", "3 days 4 h".
pub(super) fn duration(words: &Words, minutes: i64) -> String {
    let length = minutes.unsigned_abs();
    let (days, hours, rest) = (ungrouped(length / 1440), ungrouped(length / 60 % 24), ungrouped(length % 60));
    let text = match (length / 1440, length / 60 % 24, length % 60) {
        (0, 0, _) => words.with("duration-minutes", &[("minutes", rest)]),
        (0, _, 0) => words.with("duration-hours", &[("hours", hours)]),
        (0, _, _) => words.with("duration-hours-and-minutes", &[("hours", hours), ("minutes", rest)]),
        (_, 0, _) => words.with("duration-days", &[("days", days)]),
        _ => words.with("duration-days-and-hours", &[("days", days), ("hours", hours)]),
    };
    if minutes < 0 { format!("−{text}") } else { text }
}

/// A length of time that may be known within bounds only: "47 min", "30 to 40 min", "at least 2 h".
pub(super) fn length(words: &Words, length: Minutes) -> String {
    let bound = |id, minutes| words.with(id, &[("time", duration(words, minutes).into())]);
    match (length.least, length.most) {
        (least, None) => bound("duration-at-least", least),
        (least, Some(most)) if most == least => duration(words, most),
        (0, Some(most)) => bound("duration-at-most", most),
        (least, Some(most)) if most < 60 => from_to(words, least, duration(words, most)),
        (least, Some(most)) => from_to(words, duration(words, least), duration(words, most)),
    }
}

/// So many of what is counted: "1 incident", "4,120 catalogue entries".
pub(super) fn population(words: &Words, population: Population, count: usize) -> String {
    let id = match population {
        Population::Incidents => "incidents",
        Population::Catalogue => "catalogue-entries",
        Population::NearMisses => "near-misses",
        Population::Drills => "drills",
    };
    words.count(id, count)
}

/// A share to the nearest hundredth: "24%". Nothing of nothing is 0%.
pub(super) fn percent(words: &Words, part: usize, of: usize) -> String {
    in_percent(words, (part * 100 + of / 2).checked_div(of).unwrap_or_default())
}

/// "24%"
pub(super) fn in_percent<'v>(words: &Words, percent: impl Into<Given<'v>>) -> String {
    words.with("percent", &[("number", percent.into())])
}

/// What something comes to: "at least 513,774.16 ETH", "about US$30 million", "none".
pub(super) fn sum_text(words: &Words, sum: &Sum, unit: &str) -> String {
    match sum.total() {
        Total::Extent(total) => extent(words, total, unit),
        Total::TooLarge => words.get("amount-too-large").to_owned(),
    }
}

/// The same of one amount.
pub(super) fn extent(words: &Words, extent: Extent, unit: &str) -> String {
    let (before, behind) = affixes(unit);
    let bounded = |id, amount: String| words.with(id, &[("amount", amount.into())]);
    let (low, high) = extent.ends();
    let (bound, number) = match high {
        Some(_) if extent.is_none() => return words.get("amount-none").to_owned(),
        Some(high) if high == low => (None, decimal(words, low)),
        Some(high) if low.is_zero() => (Some("amount-up-to"), decimal(words, high)),
        Some(high) => (None, from_to(words, decimal(words, low), decimal(words, high))),
        None if low.is_zero() => return words.get("amount-unknown").to_owned(),
        None => (Some("amount-at-least"), decimal(words, low)),
    };
    let amount = format!("{before}{number}{behind}");
    let amount = if extent.is_rough() { bounded("amount-about", amount) } else { amount };
    bound.map_or(amount.clone(), |id| bounded(id, amount))
}

/// "513,774.16", "1.5 million"
fn decimal(words: &Words, number: Decimal) -> String {
    let written = number.to_string();
    let (digits, round) = written.split_once(' ').map_or((written.as_str(), None), |(digits, round)| (digits, Some(round)));
    let mark = |digit| match digit {
        ',' => words.get("thousands-mark").to_owned(),
        '.' => words.get("decimal-mark").to_owned(),
        digit => digit.to_string(),
    };
    let digits: String = digits.chars().map(mark).collect();
    match round {
        Some("billion") => words.with("number-billion", &[("number", digits.into())]),
        Some(_) => words.with("number-million", &[("number", digits.into())]),
        None => digits,
    }
}

/// What is printed beside the words of an author.
pub(crate) fn text_label(words: &Words, label: Label<'_>) -> String {
    let numbered = |id: &str, number: &str| words.with(id, &[("number", number.into())]);
    match label {
        Label::Done => words.get("text-done").to_owned(),
        Label::NotDone => words.get("text-not-done").to_owned(),
        Label::Footnote(number) => numbered("text-footnote", number),
        Label::Back(number) => numbered("text-back", number),
        Label::Table { number: None, columns: "" } => words.get("text-table").to_owned(),
        Label::Table { number: None, columns } => words.with("text-table-of", &[("columns", columns.into())]),
        Label::Table { number: Some(number), columns: "" } => numbered("text-table-numbered", number),
        Label::Table { number: Some(number), columns } => {
            words.with("text-table-numbered-of", &[("number", number.into()), ("columns", columns.into())])
        }
        Label::Footnotes(None) => words.get("text-footnotes").to_owned(),
        Label::Footnotes(Some(number)) => numbered("text-footnotes-of", &number.to_string()),
        Label::Alert(word) => words.get(&format!("text-alert-{}", word.to_lowercase())).to_owned(),
    }
}

/// How fast somebody reads.
const WORDS_A_MINUTE: usize = 220;

/// How many minutes reading so many words takes, rounded up.
pub(super) fn reading_minutes(count: usize) -> usize {
    count.div_ceil(WORDS_A_MINUTE).max(1)
}

/// "10 min read"
pub(super) fn reading_time(words: &Words, count: usize) -> String {
    words.with("reading-time", &[("minutes", reading_minutes(count).into())])
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
        let told = [0, 7, 999, 1_000, 45_149, 1_234_567].map(|number| Words::english().number(number));
        assert_eq!(told, ["0", "7", "999", "1,000", "45,149", "1,234,567"]);
    }

    #[test]
    fn durations_are_those_of_the_command_line() {
        for minutes in [0, 1, 47, 60, 61, 165, 1440, 1500, 2880, 4560, 1_500_000, -30] {
            assert_eq!(duration(Words::english(), minutes), crate::knowledge::spoken(minutes));
        }
        let lengths = [(0, Some(0)), (30, Some(40)), (0, Some(90)), (30, Some(90)), (120, None)];
        for length in lengths.map(|(least, most)| Minutes { least, most }) {
            assert_eq!(super::length(Words::english(), length), length.to_string());
        }
    }

    #[test]
    fn a_moment_keeps_its_end_and_its_bound() {
        let told = |text: &str| {
            let moment = crate::parse::moment(text).unwrap();
            (moment_text(Words::english(), &moment), moment_machine(&moment))
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
        assert_eq!([(0, 0), (1, 3), (2, 3), (5, 5)].map(|(part, of)| percent(Words::english(), part, of)), ["0%", "33%", "67%", "100%"]);
    }

    #[test]
    fn an_excerpt_is_cut_at_a_word() {
        assert_eq!(excerpt("one two  three", 50), "one two three");
        assert_eq!(excerpt("one two, three", 9), "one two…");
        assert_eq!(excerpt("éééééééé", 3), "ééé…");
    }
}
