//! How many incidents there were: by kind, severity, service and period, cause by period, and day by day.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::period::Number;
use super::{Calendar, CauseGrid, CauseRow, Count, Handled, Incident, PeriodCount, PeriodKind, Scene};
use crate::knowledge::{cause_slug, sentence_case};
use crate::model::{Moment, Postmortem};

/// The population, one by one.
pub(super) fn incidents(scene: &Scene<'_>) -> Vec<Incident> {
    let severities = scene.config.severities.as_slice();
    let incidents = scene.places.iter().filter_map(|place| {
        let postmortem = scene.corpus.postmortems.get(*place)?;
        let severity = postmortem.severity.as_ref().map(|severity| {
            let known = severity.step.and_then(|step| severities.get(step));
            known.map_or_else(|| severity.word.value.clone(), |known| known.name.clone())
        });
        Some(Incident {
            place: *place,
            id: postmortem.id.value.clone(),
            slug: postmortem.head.slug.value.clone(),
            title: postmortem.head.title_text.clone(),
            kind: postmortem.kind.as_ref().map(|kind| kind.value.clone()),
            severity,
            date: postmortem.date.as_ref().map(Moment::date),
        })
    });
    incidents.collect()
}

/// How many there were, each way it is counted.
pub(super) fn handled(scene: &Scene<'_>) -> Handled {
    let mut kinds: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for postmortem in scene.members() {
        *kinds.entry(postmortem.kind.as_ref().map(|kind| kind.value.to_lowercase())).or_default() += 1;
    }
    let mut kinds: Vec<Count> = kinds
        .into_iter()
        .map(|(key, count)| Count { name: key.as_deref().map_or_else(|| "No kind".to_owned(), sentence_case), key, count })
        .collect();
    kinds.sort_by_key(|kind| (kind.key.is_none(), Reverse(kind.count)));
    let (quarters, without) = PeriodKind::Quarter.count(&scene.when, scene.today);
    let (years, undated) = PeriodKind::Year.count(&scene.when, scene.today);
    Handled {
        kinds,
        severities: counts(scene, "severity", "No severity"),
        services: by_number(counts(scene, "services", "No service")),
        quarters,
        years,
        without_quarter: without - undated,
        undated,
    }
}

fn counts(scene: &Scene<'_>, taxonomy: &str, none: &str) -> Vec<Count> {
    scene.groups(taxonomy, none).into_iter().map(|(key, name, incidents)| Count { key, name, count: incidents.len() }).collect()
}

/// The most frequent first, those that name none last. (Terms are in the order of all postmortems, drills included.)
fn by_number(mut counts: Vec<Count>) -> Vec<Count> {
    counts.sort_by_key(|count| (count.key.is_none(), Reverse(count.count)));
    counts
}

/// Root causes over time, each once for an incident.
pub(super) fn causes(scene: &Scene<'_>) -> CauseGrid {
    /// More quarters than those of three years are too many columns to read.
    const MOST_QUARTERS: usize = 12;
    let slugs = |postmortem: &Postmortem| -> BTreeSet<String> {
        postmortem.root_causes.iter().filter_map(|cause| cause_slug(&cause.path, scene.config)).collect()
    };
    let named: Vec<(usize, BTreeSet<String>)> = scene.members().map(slugs).enumerate().filter(|(_, slugs)| !slugs.is_empty()).collect();
    let taxonomy = scene.knowledge.taxonomy("causes");
    let name = |slug: &str| Some(taxonomy?.terms.get(taxonomy?.position(slug)?)?.name.clone());
    let columns = |kind: PeriodKind| {
        let numbers: Vec<Number> = named.iter().filter_map(|(incident, _)| scene.period(kind, *incident)).collect();
        kind.without_gaps(numbers.into_iter(), Number::MIN)
    };
    let quarters = columns(PeriodKind::Quarter);
    let (periods_by, periods) =
        if quarters.len() <= MOST_QUARTERS { (PeriodKind::Quarter, quarters) } else { (PeriodKind::Year, columns(PeriodKind::Year)) };
    let mut rows: BTreeMap<&str, CauseRow> = BTreeMap::new();
    let mut undated = 0;
    for (incident, slugs) in &named {
        let column = scene.period(periods_by, *incident).and_then(|number| periods.binary_search(&number).ok());
        undated += usize::from(column.is_none());
        for slug in slugs {
            let row = rows.entry(slug).or_insert_with(|| CauseRow {
                key: slug.clone(),
                name: name(slug).unwrap_or_else(|| slug.clone()),
                counts: vec![0; periods.len()],
                total: 0,
            });
            row.total += 1;
            if let Some(count) = column.and_then(|column| row.counts.get_mut(column)) {
                *count += 1;
            }
        }
    }
    let mut rows: Vec<CauseRow> = rows.into_values().collect();
    rows.sort_by_key(|row| Reverse(row.total));
    CauseGrid {
        periods_by,
        periods: periods.into_iter().map(|number| periods_by.label(number)).collect(),
        rows,
        undated,
        missing: scene.places.len() - named.len(),
    }
}

/// When incidents were.
pub(super) fn calendar(scene: &Scene<'_>) -> Calendar {
    let (months, without_month) = PeriodKind::Month.count(&scene.when, scene.today);
    let mut days: BTreeMap<jiff::civil::Date, usize> = BTreeMap::new();
    for day in scene.when.iter().filter_map(|when| when.day()) {
        *days.entry(day).or_default() += 1;
    }
    let days = days.into_iter().map(|(day, count)| PeriodCount { period: day.to_string(), count, running: day >= scene.today });
    Calendar { months, days: days.collect(), without_month }
}
