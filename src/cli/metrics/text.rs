//! Figures to be read at a terminal: short paragraphs, each figure with its definition, how many it rests on and how many are missing.

use std::fmt::Write as _;

use crate::knowledge::metrics::{Count, Figures, Incident, Metrics, PeriodCount, Value, Verdict};
use crate::knowledge::spoken;
use crate::knowledge::statistics::{Bounds, Share, Summary};

/// Longer lines are hard to read, however wide the terminal is.
pub(super) const WIDEST: usize = 96;

/// How many single values, incidents or causes are listed before the rest is counted.
const MOST_LISTED: usize = 12;

/// The figures as a text of lines no longer than `width`, where words allow it.
pub(super) fn text(metrics: &Metrics, width: usize) -> String {
    let mut page = Page { text: String::new(), width };
    population(metrics, &mut page);
    if metrics.incidents.is_empty() {
        return page.text;
    }
    numbers(metrics, &mut page);
    durations(metrics, &mut page);
    phases(metrics, &mut page);
    found(metrics, &mut page);
    causes(metrics, &mut page);
    coverage(metrics, &mut page);
    work(metrics, &mut page);
    cautions(metrics, &mut page);
    page.text
}

/// Lines as they come.
struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn heading(&mut self, words: &str) {
        let _ = writeln!(self.text, "\n{words}");
    }

    /// Prose, `indent` columns in.
    fn prose(&mut self, indent: usize, words: &str) {
        self.set(&" ".repeat(indent), indent, words);
    }

    /// What a line is about, and in a column beside it what there is to say.
    fn entry(&mut self, label: &str, column: usize, words: &str) {
        self.set(&format!("  {label:column$}"), column + 2, words);
    }

    /// Sets words in lines that begin at column `left`, the first after `begin`. A number stays with its unit, and what is joined by a
    /// [`JOINED`] stays together.
    fn set(&mut self, begin: &str, left: usize, words: &str) {
        let mut line = begin.to_owned();
        let (mut length, mut is_empty) = (begin.chars().count(), true);
        let mut rest = words.split(' ').filter(|word| !word.is_empty()).peekable();
        while let Some(word) = rest.next() {
            let mut word = word.replace(JOINED, " ");
            while let Some(unit) = rest.next_if(|next| word.ends_with(|c: char| c.is_ascii_digit()) && is_unit(next)) {
                word.push(' ');
                word.push_str(unit);
            }
            let letters = word.chars().count();
            if !is_empty && length + 1 + letters > self.width {
                let _ = writeln!(self.text, "{line}");
                line = " ".repeat(left);
                (length, is_empty) = (left, true);
            }
            if !is_empty {
                line.push(' ');
                length += 1;
            }
            line.push_str(&word);
            length += letters;
            is_empty = false;
        }
        let _ = writeln!(self.text, "{}", line.trim_end());
    }
}

/// A blank at which no line ends.
const JOINED: char = '\u{a0}';

fn is_unit(word: &str) -> bool {
    ["min", "h", "day", "days", "%"].contains(&word.trim_end_matches([',', ';', '.', ')', ':']))
}

fn population(metrics: &Metrics, page: &mut Page) {
    let dates: Vec<&str> = metrics.incidents.iter().filter_map(|incident| incident.date.as_deref()).collect();
    let range = match (dates.iter().min(), dates.iter().max()) {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        (Some(only), _) => format!(", {only}"),
        _ => String::new(),
    };
    let number = metrics.population.counted(metrics.incidents.len());
    page.prose(0, &format!("{number}{range}, as documented in this edition. Fewer is not better by itself."));
    if !metrics.apart.is_empty() {
        let apart: Vec<String> = metrics.apart.iter().map(|apart| apart.population.counted(apart.count)).collect();
        page.prose(0, &format!("Not counted here: {}.", apart.join(", ")));
    }
}

fn numbers(metrics: &Metrics, page: &mut Page) {
    const COLUMN: usize = 10;
    page.heading("How many");
    let handled = &metrics.handled;
    page.entry("Kind", COLUMN, &listed(&handled.kinds));
    page.entry("Severity", COLUMN, &listed(&handled.severities));
    page.entry("Service", COLUMN, &listed(&handled.services));
    let quarters = over_time(&handled.quarters, handled.undated + handled.without_quarter);
    page.entry("Year", COLUMN, &over_time(&handled.years, handled.undated));
    if handled.quarters.iter().filter(|quarter| quarter.count > 0).count() <= 2 * MOST_LISTED {
        page.entry("Quarter", COLUMN, &quarters);
    }
}

/// "SEV1 5, SEV2 1"
fn listed(counts: &[Count]) -> String {
    let mut words: Vec<String> = counts.iter().take(MOST_LISTED).map(|count| format!("{}{JOINED}{}", count.name, count.count)).collect();
    if counts.len() > MOST_LISTED {
        words.push(format!("and {} more", counts.len() - MOST_LISTED));
    }
    words.join(", ")
}

/// "2024 3, 2026 1 so far", and how many are in no period.
fn over_time(periods: &[PeriodCount], unplaced: usize) -> String {
    let words = periods.iter().filter(|period| period.count > 0).map(|period| {
        let so_far = if period.running { " so far" } else { "" };
        format!("{}{JOINED}{}{so_far}", period.period, period.count)
    });
    let unplaced = (unplaced > 0).then(|| format!("not known{JOINED}{unplaced}"));
    words.chain(unplaced).collect::<Vec<_>>().join(", ")
}

fn durations(metrics: &Metrics, page: &mut Page) {
    page.heading("How long");
    for figures in metrics.measures.iter().filter(|figures| figures.n > 0) {
        measure(figures, page);
    }
    let unknown: Vec<&str> =
        metrics.measures.iter().filter(|figures| figures.n == 0 && figures.applicable > 0).map(|figures| figures.name).collect();
    if !unknown.is_empty() {
        page.prose(2, &format!("Known of none: {}", unknown.join(", ")));
    }
    let severities = || metrics.severities.iter().filter(|severity| severity.key.is_some());
    if severities().any(|severity| severity.n > 0) {
        page.prose(2, "Impact duration by severity");
    }
    for severity in severities() {
        let lengths = severity.summary.as_ref().map_or_else(|| each(&severity.values), summed_up);
        page.prose(4, &format!("{}: n {}, {} missing. {lengths}", severity.name, severity.n, severity.missing));
    }
}

/// Single lengths, shortest first.
fn each(values: &[Value]) -> String {
    let mut lengths: Vec<_> = values.iter().map(|value| value.minutes).collect();
    lengths.sort_by_key(|length| (length.least, length.most));
    lengths.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The id, or the title where that is a long number nobody knows it by.
fn called(incident: &Incident) -> &str {
    const LONGEST_ID: usize = 24;
    if incident.id.chars().count() <= LONGEST_ID { &incident.id } else { &incident.title }
}

/// Where the time of the newest incidents went.
fn phases(metrics: &Metrics, page: &mut Page) {
    let bars = &metrics.phases.incidents;
    if bars.is_empty() {
        return;
    }
    page.heading("Where the time went");
    for bar in bars.iter().take(MOST_LISTED) {
        let Some(incident) = metrics.incidents.get(bar.incident) else { continue };
        let segments = bar.segments.iter().filter(|segment| segment.minutes > 0);
        let segments: Vec<String> =
            segments.map(|segment| format!("{} {}", segment.phase.name().to_lowercase(), spoken(segment.minutes))).collect();
        let segments = if segments.is_empty() { "0 min in all".to_owned() } else { segments.join(", ") };
        let unknown: Vec<String> = bar.left_out.iter().map(|phase| phase.name().to_lowercase()).collect();
        let unknown = if unknown.is_empty() { String::new() } else { format!("; not known: {}", unknown.join(", ")) };
        let bounds = if bar.bounded { "; an end is known within bounds only, and the earliest counted" } else { "" };
        page.prose(2, &format!("{}: {segments}{unknown}{bounds}", called(incident)));
    }
    let older = bars.len().saturating_sub(MOST_LISTED) + metrics.phases.more;
    let missing = metrics.phases.missing;
    let hidden = [(older, "older ones"), (missing, "without a start and two later milestones to the minute")];
    let hidden: Vec<String> = hidden.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if !hidden.is_empty() {
        page.prose(2, &format!("Not shown: {}.", hidden.join("; ")));
    }
}

fn measure(figures: &Figures, page: &mut Page) {
    let abbreviation = figures.abbreviation.map(|letters| format!(" ({letters})")).unwrap_or_default();
    let mut known = format!("n {}, {} missing", figures.n, figures.missing);
    if figures.negative > 0 {
        let _ = write!(known, " ({} ended before it began)", figures.negative);
    }
    if figures.bounded > 0 {
        let _ = write!(known, ", {} within bounds only", figures.bounded);
    }
    page.prose(2, &format!("{}{abbreviation}: {known}", figures.name));
    page.prose(4, &figures.definition.replace('`', ""));
    if let Some(summary) = &figures.summary {
        page.prose(4, &summed_up(summary));
    } else {
        page.prose(4, &format!("{}; too few for a median.", each(&figures.values)));
    }
    if let Some(mean) = figures.mean {
        let left_out = if mean.left_out == 0 { String::new() } else { format!(", {} without exact ends left out", mean.left_out) };
        let minutes = Bounds { least: mean.minutes, most: Some(mean.minutes) }.minutes();
        page.prose(4, &format!("Mean {minutes} (of {}{left_out}). A few long incidents decide it: do not compare it.", mean.of));
    }
    if let Some(comparison) = &figures.comparison {
        let median = |name: &str| {
            let period = figures.periods.iter().find(|period| period.period == name);
            period.map_or_else(String::new, |period| {
                let so_far = if period.running { " so far" } else { "" };
                let median = period.summary.map(|summary| summary.median.minutes().to_string()).unwrap_or_default();
                format!("{name}{so_far}: {median} (n {})", period.n)
            })
        };
        let verdict = match comparison.verdict {
            Verdict::NoDifference => "no difference can be shown",
            Verdict::Shorter => "shorter, by more than the intervals of the two medians",
            Verdict::Longer => "longer, by more than the intervals of the two medians",
        };
        page.prose(4, &format!("{}; {}; {verdict}.", median(&comparison.earlier), median(&comparison.later)));
    }
}

/// "Median 24 min (95% interval 3 min to 2 h); middle half 5 min to 1 h; nine in ten within 3 h."
fn summed_up(summary: &Summary) -> String {
    let middle = Bounds { least: summary.lower_quartile.least, most: summary.upper_quartile.most };
    let median = summary.median.minutes();
    let mut words = format!("Median {median} (95% interval {}); middle half {}", summary.interval.minutes(), middle.minutes());
    if let Some(p90) = summary.p90 {
        let _ = write!(words, "; nine in ten within {}", p90.minutes());
    }
    words.push('.');
    words
}

/// "3 of 5, 1 not known", with a percentage and its interval where there are enough.
fn share(share: Share) -> String {
    /// Below this a percentage says more than there is.
    const FEWEST_FOR_PERCENT: usize = 20;
    let missing = if share.missing == 0 { String::new() } else { format!(", {} not known", share.missing) };
    let percent = share.value().filter(|_| share.known >= FEWEST_FOR_PERCENT).zip(share.interval());
    let percent =
        percent.map(|(value, (low, high))| format!(" ({:.0}%, 95% interval {:.0} to {:.0}%)", value * 100.0, low * 100.0, high * 100.0));
    format!("{} of {}{}{missing}", share.part, share.known, percent.unwrap_or_default())
}

fn found(metrics: &Metrics, page: &mut Page) {
    page.heading("How found, and whether for the first time");
    let detection = &metrics.detection;
    page.prose(2, &format!("Found by monitoring or staff: {}", share(detection.self_detected)));
    if !detection.by.is_empty() {
        page.prose(4, &listed(&detection.by));
    }
    let recurrence = &metrics.recurrence;
    page.prose(
        2,
        &format!(
            "Same cause and service within {} months before, or said to be a recurrence: {}",
            recurrence.months,
            share(recurrence.share)
        ),
    );
    if recurrence.short_look_back > 0 {
        let short = recurrence.short_look_back;
        page.prose(4, &format!("Of {short} of them the months before are not all documented: it may be more."));
    }
    let id = |n: usize| metrics.incidents.get(n).map_or("", called);
    for again in recurrence.incidents.iter().take(MOST_LISTED) {
        let shared = if again.cause.is_empty() { "said so".to_owned() } else { format!("{} in {}", again.cause, again.service) };
        page.prose(4, &format!("{} after {}: {shared}", id(again.incident), id(again.earlier)));
    }
    if recurrence.incidents.len() > MOST_LISTED {
        page.prose(4, &format!("and {} more", recurrence.incidents.len() - MOST_LISTED));
    }
}

fn causes(metrics: &Metrics, page: &mut Page) {
    const NONE: &str = "None named";
    page.heading("Root causes");
    let grid = &metrics.causes;
    let shown = || grid.rows.iter().take(MOST_LISTED);
    let names = shown().map(|row| row.name.chars().count()).chain([NONE.len()]);
    let column = names.max().unwrap_or_default().min(page.width / 2) + 2;
    for row in shown() {
        let periods = grid.periods.iter().zip(&row.counts).filter(|(_, count)| **count > 0);
        let periods: Vec<String> = periods.map(|(period, count)| format!("{period}{JOINED}{count}")).collect();
        page.entry(&row.name, column, &format!("{} in all: {}", row.total, periods.join(", ")));
    }
    if grid.rows.len() > MOST_LISTED {
        page.prose(2, &format!("and {} more", grid.rows.len() - MOST_LISTED));
    }
    page.entry(NONE, column, &grid.missing.to_string());
}

fn coverage(metrics: &Metrics, page: &mut Page) {
    const COLUMN: usize = 26;
    page.heading("What is recorded");
    for coverage in &metrics.coverage {
        let day = if coverage.to_the_day == 0 { String::new() } else { format!(", {} to the day or less", coverage.to_the_day) };
        let midnight = match coverage.at_midnight {
            0 => String::new(),
            number => format!(" ({number} at midnight sharp, as dates are written by programs)"),
        };
        let known = format!("{} to the minute{midnight}{day}, {} missing", coverage.to_the_minute, coverage.missing);
        page.entry(coverage.name, COLUMN, &known);
    }
}

fn work(metrics: &Metrics, page: &mut Page) {
    page.heading("Work and words");
    let effort = &metrics.effort;
    let median = effort.median.map(|median| format!(", median {}", hours(median))).unwrap_or_default();
    if effort.n > 0 {
        page.prose(2, &format!("Effort: {} in all{median}; n {}, {} missing", hours(effort.hours), effort.n, effort.missing));
        page.prose(4, &effort.definition.replace('`', ""));
    } else {
        page.prose(2, "Effort: recorded of none");
    }
    let promises = &metrics.promises;
    if promises.kept.known + promises.kept.missing + promises.pending > 0 {
        page.prose(2, &format!("Promises of a next update kept: {}; {} not due yet", share(promises.kept), promises.pending));
        page.prose(4, &promises.definition.replace('`', ""));
    } else {
        page.prose(2, "Promises of a next update: none recorded");
    }
}

fn hours(hours: f64) -> String {
    let text = format!("{hours:.1}");
    format!("{} h", text.strip_suffix(".0").unwrap_or(&text))
}

fn cautions(metrics: &Metrics, page: &mut Page) {
    page.heading("Before you quote any of this");
    for caution in &metrics.cautions {
        page.prose(2, &format!("{}. {}", caution.title, caution.text));
        if let Some(source) = caution.source {
            page.prose(4, &format!("{}: {}", source.name, source.url));
        }
    }
}
