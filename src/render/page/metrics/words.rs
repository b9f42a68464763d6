//! Figures in words: bounds, shares, periods, and the page in a few sentences.

use quick_xml::escape::escape;

use super::Scene;
use crate::knowledge::Measure;
use crate::knowledge::statistics::{Bounds, Share};
use crate::render::wording::{duration, from_to, in_percent, length, population};
use crate::theme::{Given, Words};

/// From the lower end to the upper: "0 min to 2 h". Unlike [`crate::knowledge::Minutes`], which is one length within bounds, it always has two.
pub(super) fn range(words: &Words, from: Bounds, to: Bounds) -> String {
    let from = duration(words, from.minutes().least);
    match to.minutes().most.map(|given| duration(words, given)) {
        Some(to) if to == from => from,
        Some(to) => from_to(words, from, to),
        None => words.with("or-more", &[("number", from.into())]),
    }
}

/// Minutes to the nearest whole one.
pub(super) fn whole(minutes: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "minutes of incidents are far below 2^63")]
    let whole = minutes.round() as i64;
    whole
}

/// "4 of 5 (80%; 95% interval 38% to 96%)"
pub(super) fn share(words: &Words, share: Share) -> String {
    let percent = |share: f64| Given::from(in_percent(words, whole(share * 100.0)));
    let (part, known) = (Given::from(share.part), Given::from(share.known));
    match (share.value(), share.interval()) {
        (Some(value), Some((low, high))) => words.with(
            "metrics-share",
            &[("part", part), ("whole", known), ("percent", percent(value)), ("low", percent(low)), ("high", percent(high))],
        ),
        _ => words.with("part-of", &[("part", part), ("whole", known)]),
    }
}

/// "2026-Q1" as people say it: "Q1 2026"; other periods as they are.
pub(super) fn period(words: &Words, period: &str) -> String {
    period.split_once('-').map_or_else(
        || period.to_owned(),
        |(year, quarter)| {
            let quarter = quarter_name(words, quarter);
            words.with("metrics-quarter-of-year", &[("quarter", quarter.into()), ("year", year.into())])
        },
    )
}

/// "Q1"
pub(super) fn quarter_name(words: &Words, quarter: &str) -> String {
    quarter.strip_prefix('Q').map_or_else(|| quarter.to_owned(), |number| words.with("metrics-quarter", &[("number", number.into())]))
}

/// Words with code in backticks, as HTML.
pub(super) fn code(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(n, part)| if n % 2 == 1 { format!("<code>{}</code>", escape(part)) } else { escape(part).into_owned() }).collect()
}

/// The page in a few sentences.
pub(super) fn summary(scene: &Scene) -> Vec<String> {
    let words = scene.words();
    let metrics = scene.metrics;
    let all = metrics.incidents.len();
    let years = &metrics.handled.years;
    let counted = Given::from(scene.counted(all));
    let documented = match (years.first(), years.iter().rev().find(|year| year.count > 0)) {
        (Some(first), Some(last)) if first.period != last.period => words.with(
            "metrics-documented-span",
            &[("incidents", counted), ("first", first.period.as_str().into()), ("last", last.period.as_str().into())],
        ),
        (Some(first), _) => words.with("metrics-documented-year", &[("incidents", counted), ("year", first.period.as_str().into())]),
        _ => words.with("metrics-documented", &[("incidents", counted)]),
    };
    let mut sentences = vec![documented];
    let median = |measure: Measure| {
        let figures = metrics.measures.iter().find(|figures| figures.measure == measure)?;
        Some((figures.summary?.median.minutes(), figures.n))
    };
    let halves = [
        (Measure::TimeToDetect, "metrics-half-detected"),
        (Measure::TimeToMitigate, "metrics-half-mitigated"),
        (Measure::TimeToResolve, "metrics-half-resolved"),
    ];
    for (measure, id) in halves {
        if let Some((median, n)) = median(measure) {
            sentences.push(words.with(id, &[("count", n.into()), ("time", length(words, median).into())]));
        }
    }
    let found = metrics.detection.self_detected;
    if found.known > 0 {
        let values = [("part", found.part.into()), ("count", found.known.into())];
        sentences.push(words.with("metrics-found-by-us", &values));
    }
    let again = metrics.recurrence.share;
    if again.known > 0 {
        let id = if again.part == 0 { "metrics-none-again" } else { "metrics-some-again" };
        sentences.push(words.with(id, &[("part", again.part.into()), ("count", again.known.into())]));
    }
    let apart: Vec<String> = metrics.apart.iter().map(|apart| population(words, apart.population, apart.count)).collect();
    if !apart.is_empty() {
        sentences.push(words.with("metrics-counted-apart", &[("counts", words.list(&apart).into())]));
    }
    sentences
}

/// "6.5 person-hours"
pub(super) fn plain_hours(words: &Words, hours: f64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "hours of work are far below 2^53")]
    let hours = whole(hours * 10.0) as f64 / 10.0;
    words.with("metrics-person-hours", &[("hours", hours.into())])
}
