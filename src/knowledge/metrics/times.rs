//! How long things took: each measure over all incidents and by period, by severity, and phase by phase.

use std::collections::BTreeMap;

use super::period::Number;
use super::{
    Comparison, Figures, MOST_BARS, Mean, PeriodFigures, PeriodKind, Phase, PhaseBar, Phases, Scene, Segment, SeverityFigures, Value,
    Verdict,
};
use crate::knowledge::measure::{Measure, Measured, Minutes};
use crate::knowledge::statistics::{FEWEST_FOR_MEDIAN, Summary, distribution};
use crate::model::{Bound, Milestone, Moment, Postmortem};

/// The measures whose distribution is shown.
const DISTRIBUTED: [Measure; 2] = [Measure::TimeToDetect, Measure::TimeToMitigate];

/// What is known of one measure.
pub(super) fn figures(scene: &Scene<'_>, measure: Measure) -> Figures {
    let applicable: Vec<(usize, &Postmortem)> = scene.members().enumerate().filter(|(_, postmortem)| measure.applies(postmortem)).collect();
    let measured: Vec<Measured> = applicable.iter().map(|(_, postmortem)| measure.of(postmortem)).collect();
    let values: Vec<Value> = applicable
        .iter()
        .zip(&measured)
        .filter_map(|((incident, _), measured)| Some(Value { incident: *incident, minutes: measured.minutes()? }))
        .collect();
    let lengths = lengths(&values);
    let bounded = lengths.iter().filter(|length| length.exact().is_none()).count();
    let (periods_by, periods) = periods(scene, &applicable, &measured);
    Figures {
        measure,
        name: measure.name(),
        abbreviation: measure.abbreviation(),
        definition: measure.definition(),
        question: measure.question(),
        applicable: applicable.len(),
        n: values.len(),
        missing: applicable.len() - values.len(),
        negative: measured.iter().filter(|measured| **measured == Measured::Negative).count(),
        bounded,
        unbounded: lengths.iter().filter(|length| length.most.is_none()).count(),
        summary: Summary::of(&lengths),
        mean: if scene.config.metrics.show_mean { mean(&lengths) } else { None },
        distribution: if DISTRIBUTED.contains(&measure) { distribution(&lengths) } else { Vec::new() },
        comparison: comparison(&periods),
        values,
        periods_by,
        periods,
    }
}

fn lengths(values: &[Value]) -> Vec<Minutes> {
    values.iter().map(|value| value.minutes).collect()
}

/// The mean of the lengths that are known exactly.
#[expect(clippy::cast_precision_loss, reason = "minutes of incidents are far below 2^52")]
fn mean(lengths: &[Minutes]) -> Option<Mean> {
    let exact: Vec<i64> = lengths.iter().filter_map(|length| length.exact()).collect();
    let of = exact.len();
    (of >= FEWEST_FOR_MEDIAN).then(|| Mean {
        minutes: exact.iter().map(|minutes| *minutes as f64).sum::<f64>() / of as f64,
        of,
        left_out: lengths.len() - of,
    })
}

/// The values of one measure by quarter where that shows something: where two quarters and at least half of those with values have enough of
/// them. Else by year.
fn periods(scene: &Scene<'_>, applicable: &[(usize, &Postmortem)], measured: &[Measured]) -> (PeriodKind, Vec<PeriodFigures>) {
    let by = |kind: PeriodKind| {
        let mut periods: BTreeMap<Number, (Vec<Value>, usize)> = BTreeMap::new();
        for ((incident, _), measured) in applicable.iter().zip(measured) {
            let Some(number) = scene.period(kind, *incident) else { continue };
            let (values, missing) = periods.entry(number).or_default();
            match measured.minutes() {
                Some(minutes) => values.push(Value { incident: *incident, minutes }),
                None => *missing += 1,
            }
        }
        periods
    };
    let quarters = by(PeriodKind::Quarter);
    let with = |fewest: usize| quarters.values().filter(|(values, _)| values.len() >= fewest).count();
    let (some, enough) = (with(1), with(FEWEST_FOR_MEDIAN));
    let (kind, periods) =
        if enough >= 2 && 2 * enough >= some { (PeriodKind::Quarter, quarters) } else { (PeriodKind::Year, by(PeriodKind::Year)) };
    let running = kind.on(scene.today);
    let periods = periods.into_iter().map(|(number, (values, missing))| PeriodFigures {
        period: kind.label(number),
        n: values.len(),
        missing,
        summary: Summary::of(&lengths(&values)),
        values,
        running: number >= running,
    });
    (kind, periods.collect())
}

/// Holds the latest two periods that have enough values against each other.
fn comparison(periods: &[PeriodFigures]) -> Option<Comparison> {
    let mut latest = periods.iter().rev().filter_map(|period| Some((period, period.summary?.interval)));
    let ((later, now), (earlier, before)) = (latest.next()?, latest.next()?);
    let is_below = |a: Option<f64>, b: f64| a.is_some_and(|a| a < b);
    let verdict = if is_below(now.most, before.least) {
        Verdict::Shorter
    } else if is_below(before.most, now.least) {
        Verdict::Longer
    } else {
        Verdict::NoDifference
    };
    Some(Comparison { earlier: earlier.period.clone(), later: later.period.clone(), verdict })
}

/// The impact duration by severity, worst first, those that say none last.
pub(super) fn severities(scene: &Scene<'_>) -> Vec<SeverityFigures> {
    let measured: Vec<Option<Minutes>> = scene.members().map(|postmortem| Measure::ImpactDuration.of(postmortem).minutes()).collect();
    let groups = scene.groups("severity", "No severity");
    let figures = groups.into_iter().map(|(key, name, incidents)| {
        let values = incidents.iter().filter_map(|incident| {
            let minutes = measured.get(*incident).copied().flatten()?;
            Some(Value { incident: *incident, minutes })
        });
        let values: Vec<Value> = values.collect();
        let (n, missing) = (values.len(), incidents.len() - values.len());
        SeverityFigures { key, name, n, missing, summary: Summary::of(&lengths(&values)), values }
    });
    figures.collect()
}

/// Where the time of each incident went.
pub(super) fn phases(scene: &Scene<'_>) -> Phases {
    let mut incidents: Vec<PhaseBar> =
        scene.members().enumerate().filter_map(|(incident, postmortem)| phase_bar(incident, postmortem)).collect();
    let shown = incidents.len();
    incidents.truncate(MOST_BARS);
    Phases { more: shown - incidents.len(), missing: scene.places.len() - shown, incidents }
}

/// The phases of one incident. Each ends with a milestone; where that is not known, its time is in the next phase that ends, and that is
/// said. What came before the impact, as an alert may, ended its phase at once.
fn phase_bar(incident: usize, postmortem: &Postmortem) -> Option<PhaseBar> {
    let at = |milestone| postmortem.milestone(milestone).filter(|moment: &&Moment| moment.has_time());
    let ends = [
        (Phase::Undetected, at(Milestone::Detected)),
        (Phase::Unacknowledged, at(Milestone::Acknowledged)),
        (Phase::Unmitigated, at(Milestone::Mitigated).or_else(|| at(Milestone::Contained))),
        (Phase::Unresolved, at(Milestone::Resolved)),
    ];
    let start = at(Milestone::Started)?;
    let is_bounded = |moment: &Moment| moment.bound != Bound::Exact || moment.until.is_some();
    let (mut segments, mut left_out, mut minutes, mut bounded) = (Vec::new(), Vec::new(), 0, is_bounded(start));
    for (phase, end) in ends {
        let Some(end) = end else {
            left_out.push(phase);
            continue;
        };
        let until = start.minutes_until(end)?.max(minutes);
        segments.push(Segment { phase, from: minutes, minutes: until - minutes });
        bounded |= is_bounded(end);
        minutes = until;
    }
    // One phase alone is a length, and says nothing of where it went.
    (segments.len() > 1).then_some(PhaseBar { incident, segments, left_out, minutes, bounded })
}
