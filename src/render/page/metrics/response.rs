//! How incidents were found, how often they came again, how much is recorded, the work they took and the words that were kept.

use super::words::{plain_hours, share};
use super::{Part, Scene, Section};
use crate::knowledge::statistics::FEWEST_FOR_MEDIAN;
use crate::render::chart::{self, Bar, Bars};
use crate::render::table::{Cell, Column, Table};
use crate::render::wording::percent;
use crate::site::{Pattern, Route};

/// How many rows a table on this page has.
const MOST_ROWS: usize = 10;

pub(super) fn found(scene: &Scene) -> Option<Section> {
    let detection = &scene.metrics.detection;
    let found = detection.self_detected;
    if found.known == 0 {
        return None;
    }
    let mut sentences = vec![format!("Found by monitoring or staff: {} of those that say who found them.", share(found))];
    sentences.extend(silent(scene, found.missing));
    let bars = Bars {
        name: "Found by".to_owned(),
        counted: scene.counted_name(),
        whole: None,
        entries: detection
            .by
            .iter()
            .map(|by| Bar { name: by.name.clone(), url: None, count: by.count, note: percent(by.count, found.known) })
            .collect(),
    };
    let mut parts = vec![Part::of(chart::bars(&scene.frame("found-by", "Who or what found them", ""), &bars))];
    let years: Vec<_> = detection.years.iter().filter(|year| year.share.known > 0).collect();
    if years.iter().filter(|year| year.share.known >= FEWEST_FOR_MEDIAN).count() > 1 {
        let rows = years
            .iter()
            .map(|year| vec![Cell::text(year.period.clone()), Cell::text(share(year.share)), Cell::text(year.share.missing.to_string())]);
        let columns = vec![Column::words("Year"), Column::words("Found by monitoring or staff"), Column::figures("Not known")];
        parts.push(Part { table: Some(Table::new("Found by monitoring or staff, by year", columns, rows.collect())), ..Part::default() });
    }
    Some(Section { id: "found", title: "How they were found".to_owned(), sentences, parts, more: None })
}

/// How many do not tell what a section is about, if any.
fn silent(scene: &Scene, missing: usize) -> Option<String> {
    let verb = if missing == 1 { "does" } else { "do" };
    (missing > 0).then(|| format!("{} {verb} not say.", scene.counted(missing)))
}

pub(super) fn recurrence(scene: &Scene) -> Option<Section> {
    let recurrence = &scene.metrics.recurrence;
    if recurrence.share.known == 0 {
        return None;
    }
    let mut sentences = vec![format!(
        "The same cause had struck the same service within the {} months before, or the authors say so: {}. Only those that name a cause, a \
         service and a day are counted.",
        recurrence.months,
        share(recurrence.share)
    )];
    if recurrence.share.missing > 0 {
        sentences.push(format!("{} left out, since one of these is missing.", scene.counted(recurrence.share.missing)));
    }
    if recurrence.short_look_back > 0 {
        sentences.push(format!(
            "For {} of them the record does not reach back that far, so an earlier one may be unknown.",
            recurrence.short_look_back
        ));
    }
    let rows: Vec<Vec<Cell>> = recurrence
        .incidents
        .iter()
        .take(MOST_ROWS)
        .filter_map(|recurring| {
            let link = |n| Some(Cell::link(scene.incident(n)?.title.clone(), scene.incident_url(n)?));
            let service = scene.site.config().services.get(&recurring.service).map_or(&recurring.service, |service| &service.name);
            let cause = scene.site.config().causes.get(&recurring.cause).map_or(&recurring.cause, |(_, leaf)| &leaf.name);
            Some(vec![link(recurring.incident)?, link(recurring.earlier)?, Cell::text(cause.clone()), Cell::text(service.clone())])
        })
        .collect();
    if recurrence.incidents.len() > MOST_ROWS {
        sentences.push(format!("The latest {MOST_ROWS} are shown."));
    }
    let columns = vec![Column::words("Again"), Column::words("Before"), Column::words("Cause"), Column::words("Service")];
    let table = (!rows.is_empty()).then(|| Table::new("What came again", columns, rows));
    let parts = table.map(|table| Part { table: Some(table), ..Part::default() }).into_iter().collect();
    Some(Section {
        id: "recurrence",
        title: "What came again".to_owned(),
        sentences,
        parts,
        more: scene.more(Route::Pattern(Pattern::Recurrences), "All recurrences"),
    })
}

pub(super) fn coverage(scene: &Scene) -> Option<Section> {
    let metrics = scene.metrics;
    let all = metrics.incidents.len();
    if metrics.coverage.iter().all(|coverage| coverage.to_the_minute + coverage.to_the_day == 0) {
        return None;
    }
    let bars = metrics.coverage.iter().map(|coverage| {
        let day = if coverage.to_the_day > 0 { format!(", {} to the day only", coverage.to_the_day) } else { String::new() };
        let note = format!("{}{day}", percent(coverage.to_the_minute, all));
        Bar { name: coverage.name.to_owned(), url: None, count: coverage.to_the_minute, note }
    });
    let bars = Bars { name: "Milestone".to_owned(), counted: "To the minute".to_owned(), whole: Some(all), entries: bars.collect() };
    let chart = chart::bars(&scene.frame("milestones", "Milestones known to the minute", "A full bar is all of them."), &bars);
    let sentences = vec![
        format!("How many of {} say when each milestone was reached.", scene.counted(all)),
        "A time can only be measured between two known milestones, so every figure on times is about incidents with good records."
            .to_owned(),
    ];
    Some(Section { id: "coverage", title: "How much is recorded".to_owned(), sentences, parts: vec![Part::of(chart)], more: None })
}

pub(super) fn effort(scene: &Scene) -> Option<Section> {
    let effort = &scene.metrics.effort;
    if effort.n == 0 {
        return None;
    }
    let median = effort.median.map(|median| format!(" Half took no more than {}.", plain_hours(median))).unwrap_or_default();
    let hours = plain_hours(effort.hours);
    let mut sentences = vec![format!("{hours} of people’s work in all, in {}.{median}", scene.counted(effort.n))];
    sentences.extend(silent(scene, effort.missing));
    if effort.values.len() > MOST_ROWS {
        sentences.push(format!("The latest {MOST_ROWS} are shown."));
    }
    let rows: Vec<Vec<Cell>> = effort
        .values
        .iter()
        .take(MOST_ROWS)
        .filter_map(|(n, hours)| {
            Some(vec![Cell::link(scene.incident(*n)?.title.clone(), scene.incident_url(*n)?), Cell::text(plain_hours(*hours))])
        })
        .collect();
    let table = Table::new("Effort", vec![Column::words("Incident"), Column::figures("Effort")], rows);
    let part = Part { definition_html: super::words::code(effort.definition), table: Some(table), ..Part::default() };
    Some(Section { id: "effort", title: "Effort".to_owned(), sentences, parts: vec![part], more: None })
}

pub(super) fn promises(scene: &Scene) -> Option<Section> {
    let promises = &scene.metrics.promises;
    if promises.kept.known + promises.pending == 0 {
        return None;
    }
    let mut sentences = Vec::new();
    if promises.kept.known > 0 {
        sentences.push(format!("Kept: {}.", share(promises.kept)));
    }
    if promises.kept.missing > 0 {
        sentences.push(format!("Of {} it is not known.", promises.kept.missing));
    }
    if promises.pending > 0 {
        sentences.push(format!("{} still to come.", promises.pending));
    }
    let part = Part { definition_html: super::words::code(promises.definition), ..Part::default() };
    Some(Section { id: "promises", title: "Promises of a next public word".to_owned(), sentences, parts: vec![part], more: None })
}
