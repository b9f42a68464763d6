//! How long things took: each measure with its definition, how many it rests on, its middle and how sure that is.

use super::words::{code, period, range, whole};
use super::{Fact, Part, Scene, Section};
use crate::knowledge::metrics::{self, Comparison, Figures, PeriodKind, Value, Verdict};
use crate::knowledge::statistics::{FEWEST_FOR_MEDIAN, Summary};
use crate::knowledge::{Measure, Minutes};
use crate::render::chart::{self, Curve, CurveStep, Group, Mark, Middle, PhaseBar, PhasePart, Strip};
use crate::render::table::{Cell, Column, Table};
use crate::render::wording::listed;

/// The measures whose periods are drawn; of the others they are in a table.
const DRAWN: [Measure; 3] = [Measure::TimeToDetect, Measure::TimeToMitigate, Measure::ImpactDuration];
/// How many periods a figure has, the last ones.
const MOST_PERIODS: usize = 12;

/// The section on times, and the names of the measures that nothing is known of.
pub(super) fn times(scene: &Scene) -> (Option<Section>, Vec<String>) {
    let (known, unknown): (Vec<&Figures>, Vec<&Figures>) = scene.metrics.measures.iter().partition(|figures| figures.n > 0);
    let unknown = unknown.into_iter().map(|figures| figures.name.to_lowercase()).collect();
    if known.is_empty() {
        return (None, unknown);
    }
    let groups = known.iter().map(|figures| Group {
        name: figures.name.to_owned(),
        marks: marks(scene, &figures.values),
        missing: figures.missing,
        middle: figures.summary.as_ref().and_then(middle),
    });
    let strip = Strip { groups: groups.collect(), group_name: "Measure".to_owned(), severities: severities(scene) };
    let caption = "The axis is logarithmic: each step to the right is many times as long.";
    let mut parts = vec![Part::of(chart::strip(&scene.frame("times-compared", "All times on one axis", caption), &strip))];
    parts.extend(known.into_iter().map(|figures| measure(scene, figures)));
    let sentences = vec![
        "Each time is defined below, since the same names are used for different things elsewhere.".to_owned(),
        "A median and the middle half are given from five values on; below that, the values are listed. The true median may lie anywhere \
         in its 95% interval, which is wide where values are few."
            .to_owned(),
    ];
    (Some(Section { id: "times", title: "Times".to_owned(), sentences, parts, more: None }), unknown)
}

fn measure(scene: &Scene, figures: &Figures) -> Part {
    let title = figures.abbreviation.map_or_else(|| figures.name.to_owned(), |short| format!("{} ({short})", figures.name));
    let mut sentences = Vec::new();
    if figures.negative > 0 {
        sentences.push(format!("In {} the end comes before the beginning; these count as not known.", scene.counted(figures.negative)));
    }
    if let Some(mean) = &figures.mean {
        let left_out = if mean.left_out > 0 { format!("; {} left out, known within bounds only", mean.left_out) } else { String::new() };
        let words = crate::render::wording::duration(whole(mean.minutes));
        sentences.push(format!("The mean, which a few long incidents pull up: {words} (of {}{left_out}).", mean.of));
    }
    sentences.extend(figures.comparison.as_ref().map(comparison));
    let several = figures.n >= FEWEST_FOR_MEDIAN && figures.periods.iter().filter(|of| of.n > 0).count() > 1;
    let drawn = several && DRAWN.contains(&figures.measure);
    let tabled = several && !drawn && figures.periods.iter().filter(|of| of.summary.is_some()).count() > 1;
    if tabled {
        sentences.push("The table has the periods with five values or more.".to_owned());
    }
    Part {
        id: figures.measure.key().replace('_', "-"),
        title,
        definition_html: code(figures.definition),
        question: figures.question.to_owned(),
        facts: facts(scene, figures),
        sentences,
        chart: drawn.then(|| by_period(scene, figures)),
        table: tabled.then(|| period_table(figures)),
    }
}

fn facts(scene: &Scene, figures: &Figures) -> Vec<Fact> {
    let missing = if figures.missing > 0 { format!("{} not known", figures.missing) } else { String::new() };
    let mut facts = vec![Fact { name: "Known", value: format!("{} of {}", figures.n, figures.applicable), note: missing }];
    if let Some(summary) = &figures.summary {
        let interval = range(summary.interval, summary.interval);
        facts.push(Fact { name: "Median", value: summary.median.minutes().to_string(), note: format!("95% interval {interval}") });
        let half = range(summary.lower_quartile, summary.upper_quartile);
        facts.push(Fact { name: "Middle half", value: half, note: String::new() });
        facts.extend(summary.p90.map(|p90| Fact { name: "Nine in ten within", value: p90.minutes().to_string(), note: String::new() }));
    } else {
        let named = |value: &Value| Some(format!("{} ({})", value.minutes, scene.incident(value.incident)?.id));
        let values: Vec<String> = figures.values.iter().filter_map(named).collect();
        facts.push(Fact { name: "Values", value: String::new(), note: listed(&values) });
    }
    if figures.bounded > 0 {
        facts.push(Fact { name: "Within bounds", value: figures.bounded.to_string(), note: "drawn open".to_owned() });
    }
    facts
}

fn comparison(comparison: &Comparison) -> String {
    let (earlier, later) = (period(&comparison.earlier), period(&comparison.later));
    match comparison.verdict {
        Verdict::NoDifference => {
            format!("Between {earlier} and {later} no difference can be shown: the intervals of their medians overlap.")
        }
        Verdict::Shorter => format!("The median of {later} is lower than that of {earlier}: their intervals do not overlap."),
        Verdict::Longer => format!("The median of {later} is higher than that of {earlier}: their intervals do not overlap."),
    }
}

fn by_period(scene: &Scene, figures: &Figures) -> chart::Chart {
    let periods = figures.periods.get(figures.periods.len().saturating_sub(MOST_PERIODS)..).unwrap_or_default();
    let groups = periods.iter().map(|of| {
        let running = if of.running { ", so far" } else { "" };
        Group {
            name: format!("{}{running}", period(&of.period)),
            marks: marks(scene, &of.values),
            missing: of.missing,
            middle: of.summary.as_ref().and_then(middle),
        }
    });
    let (name, words) = match figures.periods_by {
        PeriodKind::Quarter => ("Quarter", "quarter"),
        PeriodKind::Month => ("Month", "month"),
        PeriodKind::Year => ("Year", "year"),
    };
    let strip = Strip { groups: groups.collect(), group_name: name.to_owned(), severities: severities(scene) };
    let id = format!("{}-by-{words}", figures.measure.key().replace('_', "-"));
    let caption = if figures.periods.len() > MOST_PERIODS {
        format!("The last {MOST_PERIODS} of {} periods that have any.", figures.periods.len())
    } else {
        String::new()
    };
    chart::strip(&scene.frame(&id, &format!("{} by {words}", figures.name), &caption), &strip)
}

fn period_table(figures: &Figures) -> Table {
    let enough = figures.periods.iter().rev().filter_map(|of| Some((of, of.summary.as_ref()?)));
    let rows = enough.take(MOST_PERIODS).map(|(of, summary)| {
        let running = if of.running { ", so far" } else { "" };
        vec![
            Cell::text(format!("{}{running}", period(&of.period))),
            Cell::text(of.n.to_string()),
            Cell::text(of.missing.to_string()),
            Cell::text(summary.median.minutes().to_string()),
            Cell::text(range(summary.interval, summary.interval)),
            Cell::text(range(summary.lower_quartile, summary.upper_quartile)),
        ]
    });
    let columns = vec![
        Column::words("Period"),
        Column::figures("Known"),
        Column::figures("Not known"),
        Column::figures("Median"),
        Column::figures("95% interval"),
        Column::figures("Middle half"),
    ];
    Table::new(format!("{} by period", figures.name), columns, rows.collect())
}

/// How soon incidents were detected and mitigated.
pub(super) fn how_soon(scene: &Scene) -> Option<Section> {
    let verbs = [(Measure::TimeToDetect, "detected"), (Measure::TimeToMitigate, "mitigated")];
    let mut few = Vec::new();
    let curves: Vec<Curve> = verbs
        .into_iter()
        .filter_map(|(measure, verb)| {
            let figures = scene.metrics.measures.iter().find(|figures| figures.measure == measure && !figures.distribution.is_empty())?;
            if figures.n < FEWEST_FOR_MEDIAN {
                few.push(format!("{verb} ({})", figures.n));
                return None;
            }
            let steps = figures.distribution.iter().map(|step| CurveStep {
                minutes: u64::try_from(step.minutes).unwrap_or_default(),
                certain: step.certain,
                possible: step.possible,
            });
            Some(Curve { name: verb.to_owned(), steps: steps.collect(), known: figures.n, missing: figures.missing })
        })
        .collect();
    if curves.is_empty() {
        return None;
    }
    let missing = |missing: usize| if missing > 0 { format!(" ({missing} not known)") } else { String::new() };
    let of = curves.iter().map(|curve| format!("{} {}{}", curve.known, curve.name, missing(curve.missing))).collect::<Vec<_>>();
    let caption = format!("Read up from a time: the height of the curve is the share that took no longer. Known: {}.", of.join(", "));
    let caption = if few.is_empty() { caption } else { format!("{caption} Too few for a curve: {}.", few.join(", ")) };
    let done: Vec<String> = curves.iter().map(|curve| curve.name.clone()).collect();
    let title = format!("Share {} within a time", listed(&done));
    let chart = chart::distribution(&scene.frame("distribution", &title, &caption), &curves);
    Some(Section { id: "how-soon", title: "How soon".to_owned(), sentences: Vec::new(), parts: vec![Part::of(chart)], more: None })
}

/// Where the time of each incident went.
pub(super) fn phases(scene: &Scene) -> Option<Section> {
    let phases = &scene.metrics.phases;
    let is_divided = |bar: &&metrics::PhaseBar| bar.segments.iter().filter(|segment| segment.minutes > 0).count() > 1;
    let bounded = phases.incidents.iter().filter(is_divided).filter(|bar| bar.bounded).count();
    let bars: Vec<PhaseBar> = phases
        .incidents
        .iter()
        .filter(is_divided)
        .filter_map(|bar| {
            let parts = bar
                .segments
                .iter()
                .map(|segment| PhasePart { phase: segment.phase, minutes: u64::try_from(segment.minutes).unwrap_or_default() });
            Some(PhaseBar {
                name: scene.incident(bar.incident)?.title.clone(),
                url: scene.incident_url(bar.incident),
                parts: parts.collect(),
            })
        })
        .collect();
    if bars.is_empty() {
        return None;
    }
    let left_out = scene.metrics.incidents.len() - bars.len() - phases.more;
    let caption = "Each bar is one incident from start to end, newest first. All bars are drawn equally long; the real length is at the right. \
                   Time in a phase that is not known is counted in the next one that is.";
    let chart = chart::phase_bars(&scene.frame("phases-of-each", "Phases of each", caption), &bars);
    let mut sentences = vec![
        "Time passes before anybody notices, before somebody takes it on, before users are well again, and before all is back to normal. \
         Better monitoring shortens the first, better paging the second, a better response the third."
            .to_owned(),
    ];
    if bounded > 0 {
        let of = scene.counted(bounded);
        let its = if bounded == 1 { "its" } else { "their" };
        sentences.push(format!("Of {of} an end is known within bounds only, and {its} phases are drawn to the earliest."));
    }
    if phases.more > 0 {
        sentences.push(format!("Of those whose phases are known, these are the newest; {} older are not here.", phases.more));
    }
    if left_out > 0 {
        sentences.push(format!("{} left out: no two of its phases are known to the minute.", scene.counted(left_out)));
    }
    Some(Section { id: "phases", title: "Where the time went".to_owned(), sentences, parts: vec![Part::of(chart)], more: None })
}

/// How long the impact was, by severity.
pub(super) fn by_severity(scene: &Scene) -> Option<Section> {
    let figures = &scene.metrics.severities;
    if figures.iter().filter(|of| of.n > 0 && of.key.is_some()).count() < 2 {
        return None;
    }
    let groups = figures.iter().map(|of| Group {
        name: of.name.clone(),
        marks: marks(scene, &of.values),
        missing: of.missing,
        middle: of.summary.as_ref().and_then(middle),
    });
    let strip = Strip { groups: groups.collect(), group_name: "Severity".to_owned(), severities: severities(scene) };
    let chart = chart::strip(&scene.frame("impact-by-severity", "Impact duration by severity", ""), &strip);
    let sentences = vec![
        "Long is not severe: in the public reports that the VOID has gathered, how long an incident lasted says next to nothing about how severe \
         it was. Compare severities only where the strips below differ."
            .to_owned(),
    ];
    Some(Section { id: "severity", title: "Duration and severity".to_owned(), sentences, parts: vec![Part::of(chart)], more: None })
}

fn severities(scene: &Scene) -> Vec<String> {
    scene.site.config().severities.iter().map(|severity| severity.name.clone()).collect()
}

fn marks(scene: &Scene, values: &[Value]) -> Vec<Mark> {
    let marks = values.iter().filter_map(|value| {
        let incident = scene.incident(value.incident)?;
        let severity = scene.site.postmortem(incident.place).and_then(|postmortem| postmortem.severity.as_ref()?.step);
        Some(Mark {
            minutes: drawn(value.minutes),
            bound: value.minutes.exact().is_none().then(|| value.minutes.to_string()),
            severity,
            name: incident.title.clone(),
            url: scene.incident_url(value.incident),
        })
    });
    marks.collect()
}

/// Where a length is drawn: in the middle of its bounds, or at the one it has.
fn drawn(length: Minutes) -> u64 {
    let minutes = length.most.map_or(length.least, |most| i64::midpoint(length.least, most));
    u64::try_from(minutes).unwrap_or_default()
}

fn middle(summary: &Summary) -> Option<Middle> {
    let minutes = |minutes: f64| u64::try_from(whole(minutes)).unwrap_or_default();
    Some(Middle {
        words: summary.median.minutes().to_string(),
        median: minutes(f64::midpoint(summary.median.least, summary.median.most?)),
        low: minutes(summary.lower_quartile.least),
        high: minutes(summary.upper_quartile.most?),
    })
}
