//! How many incidents there were: by severity, kind, service, year and month, and by cause.

use std::collections::{BTreeMap, BTreeSet};

use super::words::quarter_name;
use super::{Part, Scene, Section};
use crate::knowledge::metrics::{Count, Population};
use crate::knowledge::{Grouping, cause_slug};
use crate::render::chart::{self, Bar, Bars, Chart, Grid, GridColumn, GridRow, Year};
use crate::render::wording::percent;

pub(super) fn handled(scene: &Scene) -> Option<Section> {
    let words = scene.words();
    let metrics = scene.metrics;
    let handled = &metrics.handled;
    let all = metrics.incidents.len();
    if all == 0 {
        return None;
    }
    let mut parts = Vec::new();
    if handled.years.len() > 1 {
        let years: Vec<Year> = handled.years.iter().map(|year| self::year(scene, &year.period, year.count)).collect();
        let caption = if handled.years.last().is_some_and(|year| year.running) { words.get("metrics-year-running") } else { "" };
        parts.push(Part::of(chart::years(&scene.frame("by-year", words.get("metrics-by-year"), caption), &years)));
    }
    let groups = [
        ("by-severity", words.get("metrics-by-severity"), words.get("column-severity"), Some(Grouping::Severity), &handled.severities, ""),
        ("by-kind", words.get("metrics-by-kind"), words.get("column-kind"), None, &handled.kinds, ""),
        (
            "by-service",
            words.get("metrics-by-service"),
            words.get("column-service"),
            Some(Grouping::Service),
            &handled.services,
            words.get("metrics-by-service-text"),
        ),
    ];
    for (id, title, name, grouping, counts, caption) in groups {
        if counts.iter().any(|count| count.key.is_some()) && counts.len() > 1 {
            let bars = Bars {
                name: name.to_owned(),
                counted: scene.counted_name(),
                whole: None,
                entries: counts.iter().map(|count| bar(scene, count, grouping, all)).collect(),
            };
            parts.push(Part::of(chart::bars(&scene.frame(id, title, caption), &bars)));
        }
    }
    let mut sentences = vec![words.with("metrics-handled-text", &[("incidents", scene.counted(all).into())])];
    if handled.undated > 0 {
        sentences.push(words.count("metrics-undated", handled.undated));
    }
    Some(Section { id: "handled", title: handled_title(scene), sentences, parts, more: None })
}

fn handled_title(scene: &Scene) -> String {
    let is_handled = scene.metrics.population == Population::Incidents;
    if is_handled { scene.words().get("metrics-handled").to_owned() } else { scene.counted_name() }
}

fn year(scene: &Scene, period: &str, count: usize) -> Year {
    Year { name: period.to_owned(), url: scene.term_url(Grouping::Year, period), count }
}

fn bar(scene: &Scene, count: &Count, grouping: Option<Grouping>, all: usize) -> Bar {
    Bar {
        name: grouping.map_or_else(|| scene.words().named("kind", &count.name), |_| count.name.clone()),
        url: grouping.zip(count.key.as_deref()).and_then(|(grouping, key)| scene.term_url(grouping, key)),
        count: count.count,
        note: percent(scene.words(), count.count, all),
    }
}

pub(super) fn causes(scene: &Scene) -> Option<Section> {
    let words = scene.words();
    let metrics = scene.metrics;
    let grid = &metrics.causes;
    if grid.rows.is_empty() {
        return None;
    }
    let known = metrics.incidents.len() - grid.missing;
    let mut parts = vec![Part::of(ranking(scene, known))];
    if grid.periods.len() > 1 {
        let columns = grid.periods.iter().map(|period| match period.split_once('-') {
            Some((year, quarter)) => GridColumn { name: quarter_name(words, quarter), group: year.to_owned() },
            None => GridColumn { name: period.clone(), group: String::new() },
        });
        let rows = grid.rows.iter().map(|row| GridRow {
            name: row.name.clone(),
            url: scene.term_url(Grouping::Cause, &row.key),
            counts: row.counts.iter().map(|count| Some(*count)).collect(),
        });
        let grid = Grid { row_name: words.get("column-cause").to_owned(), columns: columns.collect(), rows: rows.collect() };
        parts.push(Part::of(chart::heat_map(
            &scene.frame("causes-over-time", words.get("metrics-causes-over-time"), words.get("metrics-causes-over-time-text")),
            &grid,
        )));
    }
    let mut sentences = vec![words.with("metrics-causes-text", &[("incidents", scene.counted(known).into())])];
    let silent = [(grid.missing, "metrics-causes-missing"), (grid.undated, "metrics-causes-undated")];
    let silent: Vec<String> = silent.iter().filter(|(count, _)| *count > 0).map(|(count, id)| words.count(id, *count)).collect();
    if !silent.is_empty() {
        sentences.push(words.with("metrics-sentence", &[("text", words.list(&silent).into())]));
    }
    Some(Section { id: "causes", title: words.get("incident-section-causes").to_owned(), sentences, parts, more: None })
}

/// Causes by number of incidents, with the share of those that the first of them stand behind together.
fn ranking(scene: &Scene, known: usize) -> Chart {
    let words = scene.words();
    let mut members: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for incident in &scene.metrics.incidents {
        for cause in scene.site.postmortem(incident.place).into_iter().flat_map(|postmortem| &postmortem.root_causes) {
            if let Some(slug) = cause_slug(&cause.path, scene.site.config()) {
                members.entry(slug).or_default().insert(incident.place);
            }
        }
    }
    let sets = scene.metrics.causes.rows.iter().map(|row| {
        let bar = Bar { name: row.name.clone(), url: scene.term_url(Grouping::Cause, &row.key), ..Bar::default() };
        (bar, members.get(&row.key).into_iter().flatten().copied().collect())
    });
    let frame = scene.frame("causes-by-number", words.get("metrics-causes-by-number"), words.get("metrics-together"));
    chart::causes(&frame, &scene.counted_name(), sets.collect(), known)
}

/// The messages with the first letters of months.
const MONTHS: [&str; 12] = [
    "month-letter-1",
    "month-letter-2",
    "month-letter-3",
    "month-letter-4",
    "month-letter-5",
    "month-letter-6",
    "month-letter-7",
    "month-letter-8",
    "month-letter-9",
    "month-letter-10",
    "month-letter-11",
    "month-letter-12",
];

pub(super) fn calendar(scene: &Scene) -> Option<Section> {
    let words = scene.words();
    let calendar = &scene.metrics.calendar;
    let mut years: BTreeMap<&str, Vec<Option<usize>>> = BTreeMap::new();
    for month in &calendar.months {
        let Some((year, number)) = month.period.split_once('-') else { continue };
        let place = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let counts = years.entry(year).or_insert_with(|| vec![None; MONTHS.len()]);
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count = Some(month.count);
        }
    }
    let (Some(first), Some(last)) = (calendar.months.first(), calendar.months.last()) else { return None };
    // Over centuries only months with something in them are counted; those between had nothing.
    for (year, counts) in &mut years {
        for (number, count) in (1..).zip(counts) {
            let month = format!("{year}-{number:02}");
            if count.is_none() && (&first.period..=&last.period).contains(&&month) {
                *count = Some(0);
            }
        }
    }
    let rows =
        years.into_iter().rev().map(|(year, counts)| GridRow { name: year.to_owned(), url: scene.term_url(Grouping::Year, year), counts });
    let columns = MONTHS.iter().map(|name| GridColumn { name: words.get(name).to_owned(), group: String::new() });
    let grid = Grid { row_name: words.get("term-year").to_owned(), columns: columns.collect(), rows: rows.collect() };
    let chart = chart::calendar(&scene.frame("months", words.get("by-month"), words.get("metrics-months-text")), &grid);
    let mut sentences = Vec::new();
    if calendar.without_month > 0 {
        sentences.push(words.with("metrics-months-missing", &[("incidents", scene.counted(calendar.without_month).into())]));
    }
    Some(Section { id: "calendar", title: words.get("metrics-calendar").to_owned(), sentences, parts: vec![Part::of(chart)], more: None })
}
