//! How long things took: each measure with its definition, how many it rests on, its middle and how sure that is.

use super::words::{code, period, range, whole};
use super::{Fact, Part, Scene, Section};
use crate::knowledge::metrics::{self, Comparison, Figures, PeriodKind, Value, Verdict};
use crate::knowledge::statistics::{FEWEST_FOR_MEDIAN, Summary};
use crate::knowledge::{Measure, Minutes};
use crate::render::chart::{self, Curve, CurveStep, Group, Mark, Middle, PhaseBar, PhasePart, Strip};
use crate::render::table::{Cell, Column, Table};
use crate::render::wording::{duration, length};
use crate::theme::Words;

/// The measures whose periods are drawn; of the others they are in a table.
const DRAWN: [Measure; 3] = [Measure::TimeToDetect, Measure::TimeToMitigate, Measure::ImpactDuration];
/// How many periods a figure has, the last ones.
const MOST_PERIODS: usize = 12;

/// The section on times, and the names of the measures that nothing is known of.
pub(super) fn times(scene: &Scene) -> (Option<Section>, Vec<String>) {
    let words = scene.words();
    let (known, unknown): (Vec<&Figures>, Vec<&Figures>) = scene.metrics.measures.iter().partition(|figures| figures.n > 0);
    let unknown = unknown.into_iter().map(|figures| words.within(words.name(figures.measure))).collect();
    if known.is_empty() {
        return (None, unknown);
    }
    let groups = known.iter().map(|figures| Group {
        name: words.name(figures.measure).to_owned(),
        marks: marks(scene, &figures.values),
        missing: figures.missing,
        middle: figures.summary.as_ref().and_then(|summary| middle(words, summary)),
    });
    let strip = Strip { groups: groups.collect(), group_name: words.get("column-measure").to_owned(), severities: severities(scene) };
    let caption = words.get("metrics-times-compared-text");
    let mut parts = vec![Part::of(chart::strip(&scene.frame("times-compared", words.get("metrics-times-compared"), caption), &strip))];
    parts.extend(known.into_iter().map(|figures| measure(scene, figures)));
    let sentences = vec![words.get("metrics-times-text").to_owned(), words.get("metrics-times-medians").to_owned()];
    (Some(Section { id: "times", title: words.get("metrics-times").to_owned(), sentences, parts, more: None }), unknown)
}

fn measure(scene: &Scene, figures: &Figures) -> Part {
    let words = scene.words();
    let title = figures
        .abbreviation
        .map_or_else(|| words.name(figures.measure).to_owned(), |short| format!("{} ({short})", words.name(figures.measure)));
    let mut sentences = Vec::new();
    if figures.negative > 0 {
        sentences.push(words.with("metrics-negative", &[("incidents", scene.counted(figures.negative).into())]));
    }
    if let Some(mean) = &figures.mean {
        let id = if mean.left_out > 0 { "metrics-mean-left-out" } else { "metrics-mean" };
        let time = duration(words, whole(mean.minutes));
        sentences.push(words.with(id, &[("time", time.into()), ("count", mean.of.into()), ("left", mean.left_out.into())]));
    }
    sentences.extend(figures.comparison.as_ref().map(|given| comparison(words, given)));
    let several = figures.n >= FEWEST_FOR_MEDIAN && figures.periods.iter().filter(|of| of.n > 0).count() > 1;
    let drawn = several && DRAWN.contains(&figures.measure);
    let tabled = several && !drawn && figures.periods.iter().filter(|of| of.summary.is_some()).count() > 1;
    if tabled {
        sentences.push(words.get("metrics-table-of-periods").to_owned());
    }
    Part {
        id: figures.measure.key().replace('_', "-"),
        title,
        definition_html: code(words.get(&format!("measure-definition-{}", figures.measure.key()))),
        question: words.get(&format!("measure-question-{}", figures.measure.key())).to_owned(),
        facts: facts(scene, figures),
        sentences,
        chart: drawn.then(|| by_period(scene, figures)),
        table: tabled.then(|| period_table(words, figures)),
    }
}

fn facts(scene: &Scene, figures: &Figures) -> Vec<Fact> {
    let words = scene.words();
    let missing = if figures.missing > 0 { words.count("metrics-not-known", figures.missing) } else { String::new() };
    let mut facts = vec![Fact {
        name: words.get("column-known").to_owned(),
        value: words.with("part-of", &[("part", figures.n.into()), ("whole", figures.applicable.into())]),
        note: missing,
    }];
    if let Some(summary) = &figures.summary {
        let interval = range(words, summary.interval, summary.interval);
        facts.push(Fact {
            name: words.get("column-median").to_owned(),
            value: length(words, summary.median.minutes()),
            note: words.with("metrics-interval", &[("interval", interval.into())]),
        });
        let half = range(words, summary.lower_quartile, summary.upper_quartile);
        facts.push(Fact { name: words.get("column-middle-half").to_owned(), value: half, note: String::new() });
        facts.extend(summary.p90.map(|p90| Fact {
            name: words.get("metrics-nine-in-ten").to_owned(),
            value: length(words, p90.minutes()),
            note: String::new(),
        }));
    } else {
        let named = |value: &Value| Some(format!("{} ({})", length(words, value.minutes), scene.incident(value.incident)?.id));
        let values: Vec<String> = figures.values.iter().filter_map(named).collect();
        facts.push(Fact { name: words.get("metrics-values").to_owned(), value: String::new(), note: words.list(&values) });
    }
    if figures.bounded > 0 {
        facts.push(Fact {
            name: words.get("metrics-within-bounds").to_owned(),
            value: words.number(figures.bounded),
            note: words.get("metrics-drawn-open").to_owned(),
        });
    }
    facts
}

fn comparison(words: &Words, comparison: &Comparison) -> String {
    let (earlier, later) = (period(words, &comparison.earlier), period(words, &comparison.later));
    let id = match comparison.verdict {
        Verdict::NoDifference => "metrics-no-difference",
        Verdict::Shorter => "metrics-shorter",
        Verdict::Longer => "metrics-longer",
    };
    words.with(id, &[("earlier", earlier.into()), ("later", later.into())])
}

fn by_period(scene: &Scene, figures: &Figures) -> chart::Chart {
    let words = scene.words();
    let periods = figures.periods.get(figures.periods.len().saturating_sub(MOST_PERIODS)..).unwrap_or_default();
    let groups = periods.iter().map(|of| {
        let name = period(words, &of.period);
        let name = if of.running { words.with("metrics-so-far", &[("period", name.into())]) } else { name };
        Group {
            name,
            marks: marks(scene, &of.values),
            missing: of.missing,
            middle: of.summary.as_ref().and_then(|summary| middle(words, summary)),
        }
    });
    let (name, kind) = match figures.periods_by {
        PeriodKind::Quarter => ("column-quarter", "quarter"),
        PeriodKind::Month => ("column-month", "month"),
        PeriodKind::Year => ("term-year", "year"),
    };
    let strip = Strip { groups: groups.collect(), group_name: words.get(name).to_owned(), severities: severities(scene) };
    let id = format!("{}-by-{kind}", figures.measure.key().replace('_', "-"));
    let caption = if figures.periods.len() > MOST_PERIODS {
        words.with("metrics-last-periods", &[("shown", MOST_PERIODS.into()), ("count", figures.periods.len().into())])
    } else {
        String::new()
    };
    chart::strip(
        &scene.frame(&id, &words.with(&format!("metrics-measure-by-{kind}"), &[("measure", words.name(figures.measure).into())]), &caption),
        &strip,
    )
}

fn period_table(words: &Words, figures: &Figures) -> Table {
    let enough = figures.periods.iter().rev().filter_map(|of| Some((of, of.summary.as_ref()?)));
    let rows = enough.take(MOST_PERIODS).map(|(of, summary)| {
        let name = period(words, &of.period);
        let name = if of.running { words.with("metrics-so-far", &[("period", name.into())]) } else { name };
        vec![
            Cell::text(name),
            Cell::text(of.n.to_string()),
            Cell::text(of.missing.to_string()),
            Cell::text(length(words, summary.median.minutes())),
            Cell::text(range(words, summary.interval, summary.interval)),
            Cell::text(range(words, summary.lower_quartile, summary.upper_quartile)),
        ]
    });
    let columns = vec![
        Column::words(words.get("column-period")),
        Column::figures(words.get("column-known")),
        Column::figures(words.get("column-not-known")),
        Column::figures(words.get("column-median")),
        Column::figures(words.get("column-95-interval")),
        Column::figures(words.get("column-middle-half")),
    ];
    Table::new(words.with("metrics-measure-by-period", &[("measure", words.name(figures.measure).into())]), columns, rows.collect())
}

/// How soon incidents were detected and mitigated.
pub(super) fn how_soon(scene: &Scene) -> Option<Section> {
    let words = scene.words();
    let verbs = [(Measure::TimeToDetect, words.get("metrics-detected")), (Measure::TimeToMitigate, words.get("metrics-mitigated"))];
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
    let of = curves.iter().map(|curve| {
        let id = if curve.missing > 0 { "metrics-curve-known-and-missing" } else { "metrics-curve-known" };
        words.with(id, &[("known", curve.known.into()), ("what", curve.name.as_str().into()), ("missing", curve.missing.into())])
    });
    let of: Vec<String> = of.collect();
    let caption = words.with("metrics-distribution-text", &[("counts", words.row(&of).into())]);
    let too_few = (!few.is_empty()).then(|| words.with("metrics-distribution-few", &[("counts", words.row(&few).into())]));
    let caption = [caption].into_iter().chain(too_few).collect::<Vec<_>>().join(" ");
    let done: Vec<String> = curves.iter().map(|curve| curve.name.clone()).collect();
    let title = words.with("metrics-distribution", &[("what", words.list(&done).into())]);
    let chart = chart::distribution(&scene.frame("distribution", &title, &caption), &curves);
    Some(Section {
        id: "how-soon",
        title: words.get("metrics-how-soon").to_owned(),
        sentences: Vec::new(),
        parts: vec![Part::of(chart)],
        more: None,
    })
}

/// Where the time of each incident went.
pub(super) fn phases(scene: &Scene) -> Option<Section> {
    let words = scene.words();
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
    let caption = words.get("metrics-phases-of-each-text");
    let chart = chart::phase_bars(&scene.frame("phases-of-each", words.get("metrics-phases-of-each"), caption), &bars);
    let mut sentences = vec![words.get("metrics-phases-text").to_owned()];
    if bounded > 0 {
        let of = scene.counted(bounded);
        sentences.push(words.with("metrics-phases-bounded", &[("count", bounded.into()), ("incidents", of.into())]));
    }
    if phases.more > 0 {
        sentences.push(words.count("metrics-phases-older", phases.more));
    }
    if left_out > 0 {
        sentences.push(words.with("metrics-phases-missing", &[("incidents", scene.counted(left_out).into())]));
    }
    Some(Section { id: "phases", title: words.get("metrics-phases").to_owned(), sentences, parts: vec![Part::of(chart)], more: None })
}

/// How long the impact was, by severity.
pub(super) fn by_severity(scene: &Scene) -> Option<Section> {
    let words = scene.words();
    let figures = &scene.metrics.severities;
    if figures.iter().filter(|of| of.n > 0 && of.key.is_some()).count() < 2 {
        return None;
    }
    let groups = figures.iter().map(|of| Group {
        name: of.name.clone(),
        marks: marks(scene, &of.values),
        missing: of.missing,
        middle: of.summary.as_ref().and_then(|summary| middle(words, summary)),
    });
    let strip = Strip { groups: groups.collect(), group_name: words.get("column-severity").to_owned(), severities: severities(scene) };
    let chart = chart::strip(&scene.frame("impact-by-severity", words.get("metrics-impact-by-severity"), ""), &strip);
    let sentences = vec![words.get("metrics-severity-text").to_owned()];
    Some(Section { id: "severity", title: words.get("metrics-severity").to_owned(), sentences, parts: vec![Part::of(chart)], more: None })
}

fn severities(scene: &Scene) -> Vec<String> {
    scene.site.config().severities.iter().map(|severity| severity.name.clone()).collect()
}

fn marks(scene: &Scene, values: &[Value]) -> Vec<Mark> {
    let words = scene.words();
    let marks = values.iter().filter_map(|value| {
        let incident = scene.incident(value.incident)?;
        let severity = scene.site.postmortem(incident.place).and_then(|postmortem| postmortem.severity.as_ref()?.step);
        Some(Mark {
            minutes: drawn(value.minutes),
            bound: value.minutes.exact().is_none().then(|| length(words, value.minutes)),
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

fn middle(words: &Words, summary: &Summary) -> Option<Middle> {
    let minutes = |minutes: f64| u64::try_from(whole(minutes)).unwrap_or_default();
    Some(Middle {
        words: length(words, summary.median.minutes()),
        median: minutes(f64::midpoint(summary.median.least, summary.median.most?)),
        low: minutes(summary.lower_quartile.least),
        high: minutes(summary.upper_quartile.most?),
    })
}
