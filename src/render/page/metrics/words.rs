//! Figures in words: bounds, shares, periods, and the page in a few sentences.

use quick_xml::escape::escape;

use super::Scene;
use crate::knowledge::Measure;
use crate::knowledge::statistics::{Bounds, Share};
use crate::render::wording::{duration, listed, population, thousands};

/// From the lower end to the upper: "0 min to 2 h". Unlike [`crate::knowledge::Minutes`], which is one length within bounds, it always has two.
pub(super) fn range(from: Bounds, to: Bounds) -> String {
    let from = duration(from.minutes().least);
    match to.minutes().most.map(duration) {
        Some(to) if to == from => from,
        Some(to) => format!("{from} to {to}"),
        None => format!("{from} or more"),
    }
}

/// Minutes to the nearest whole one.
pub(super) fn whole(minutes: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "minutes of incidents are far below 2^63")]
    let whole = minutes.round() as i64;
    whole
}

/// "4 of 5 (80%; 95% interval 38% to 96%)"
pub(super) fn share(share: Share) -> String {
    let percent = |share: f64| format!("{}%", whole(share * 100.0));
    let of = format!("{} of {}", thousands(share.part), thousands(share.known));
    match (share.value(), share.interval()) {
        (Some(value), Some((low, high))) => format!("{of} ({}; 95% interval {} to {})", percent(value), percent(low), percent(high)),
        _ => of,
    }
}

/// "2026-Q1" as people say it: "Q1 2026"; other periods as they are.
pub(super) fn period(period: &str) -> String {
    period.split_once('-').map_or_else(|| period.to_owned(), |(year, quarter)| format!("{quarter} {year}"))
}

/// Words with code in backticks, as HTML.
pub(super) fn code(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts.map(|(n, part)| if n % 2 == 1 { format!("<code>{}</code>", escape(part)) } else { escape(part).into_owned() }).collect()
}

/// The page in a few sentences.
pub(super) fn summary(scene: &Scene) -> Vec<String> {
    let metrics = scene.metrics;
    let all = metrics.incidents.len();
    let years = &metrics.handled.years;
    let span = match (years.first(), years.iter().rev().find(|year| year.count > 0)) {
        (Some(first), Some(last)) if first.period != last.period => format!(", from {} to {}", first.period, last.period),
        (Some(first), _) => format!(", all of {}", first.period),
        _ => String::new(),
    };
    let mut sentences = vec![format!("{} documented in this edition{span}.", scene.counted(all))];
    let median = |measure: Measure| {
        let figures = metrics.measures.iter().find(|figures| figures.measure == measure)?;
        Some((figures.summary?.median.minutes(), figures.n))
    };
    for (measure, verb) in
        [(Measure::TimeToDetect, "detected"), (Measure::TimeToMitigate, "mitigated"), (Measure::TimeToResolve, "resolved")]
    {
        if let Some((median, n)) = median(measure) {
            sentences.push(format!("Of {} whose time is known, half were {verb} within {median}.", thousands(n)));
        }
    }
    let found = metrics.detection.self_detected;
    if found.known > 0 {
        sentences.push(format!("{} of {} were found by monitoring or staff.", thousands(found.part), thousands(found.known)));
    }
    let again = metrics.recurrence.share;
    if again.known > 0 {
        let words = if again.part == 0 { "none".to_owned() } else { thousands(again.part) };
        sentences.push(format!("In {words} of {} the same cause had struck the same service before.", thousands(again.known)));
    }
    let apart: Vec<String> = metrics.apart.iter().map(|apart| population(apart.population, apart.count)).collect();
    if !apart.is_empty() {
        sentences.push(format!("Counted apart, and in no figure here but those on action items: {}.", listed(&apart)));
    }
    sentences
}

/// "6.5 person-hours"
pub(super) fn plain_hours(hours: f64) -> String {
    let tenths = whole(hours * 10.0);
    let number = if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) };
    format!("{number} person-{}", if tenths == 10 { "hour" } else { "hours" })
}
