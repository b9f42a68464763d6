//! How incidents were found, how often they came again, how much is recorded, the work they took and the words that were kept.

use super::words::{plain_hours, share};
use super::{Part, Scene, Section};
use crate::knowledge::metrics::Count;
use crate::knowledge::statistics::FEWEST_FOR_MEDIAN;
use crate::model::{DetectedBy, Milestone};
use crate::render::chart::{self, Bar, Bars};
use crate::render::table::{Cell, Column, Table};
use crate::render::wording::percent;
use crate::site::{Pattern, Route};
use crate::theme::Words;

/// How many rows a table on this page has.
const MOST_ROWS: usize = 10;

pub(super) fn found(scene: &Scene) -> Option<Section> {
    let words = scene.words();
    let detection = &scene.metrics.detection;
    let found = detection.self_detected;
    if found.known == 0 {
        return None;
    }
    let mut sentences = vec![words.with("metrics-found-text", &[("share", share(words, found).into())])];
    sentences.extend(silent(scene, found.missing));
    let bars = Bars {
        name: words.get("metrics-found-by-column").to_owned(),
        counted: scene.counted_name(),
        whole: None,
        entries: detection
            .by
            .iter()
            .map(|by| Bar { name: found_by(words, by), url: None, count: by.count, note: percent(words, by.count, found.known) })
            .collect(),
    };
    let mut parts = vec![Part::of(chart::bars(&scene.frame("found-by", words.get("metrics-found-by"), ""), &bars))];
    let years: Vec<_> = detection.years.iter().filter(|year| year.share.known > 0).collect();
    if years.iter().filter(|year| year.share.known >= FEWEST_FOR_MEDIAN).count() > 1 {
        let rows = years.iter().map(|year| {
            vec![Cell::text(year.period.clone()), Cell::text(share(words, year.share)), Cell::text(year.share.missing.to_string())]
        });
        let columns = vec![
            Column::words(words.get("column-year")),
            Column::words(words.get("column-found-by-monitoring-or-staff")),
            Column::figures(words.get("column-not-known")),
        ];
        parts.push(Part { table: Some(Table::new(words.get("metrics-found-by-year"), columns, rows.collect())), ..Part::default() });
    }
    Some(Section { id: "found", title: words.get("metrics-found").to_owned(), sentences, parts, more: None })
}

/// By whom incidents were found.
fn found_by(words: &Words, by: &Count) -> String {
    let known = DetectedBy::ALL.iter().find(|known| known.name() == by.name);
    known.map_or_else(|| by.name.clone(), |by| words.name(*by).to_owned())
}

/// How many do not tell what a section is about, if any.
fn silent(scene: &Scene, missing: usize) -> Option<String> {
    let words = scene.words();
    let values = [("incidents", scene.counted(missing).into()), ("count", missing.into())];
    (missing > 0).then(|| words.with("metrics-silent", &values))
}

pub(super) fn recurrence(scene: &Scene) -> Option<Section> {
    let words = scene.words();
    let recurrence = &scene.metrics.recurrence;
    if recurrence.share.known == 0 {
        return None;
    }
    let mut sentences = vec![
        words.with("metrics-recurrence-text", &[("months", recurrence.months.into()), ("share", share(words, recurrence.share).into())]),
    ];
    if recurrence.share.missing > 0 {
        sentences.push(words.with("metrics-recurrence-missing", &[("incidents", scene.counted(recurrence.share.missing).into())]));
    }
    if recurrence.short_look_back > 0 {
        sentences.push(words.count("metrics-recurrence-short", recurrence.short_look_back));
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
        sentences.push(words.count("metrics-latest-shown", MOST_ROWS));
    }
    let columns = vec![
        Column::words(words.get("column-again")),
        Column::words(words.get("column-before")),
        Column::words(words.get("column-cause")),
        Column::words(words.get("column-service")),
    ];
    let table = (!rows.is_empty()).then(|| Table::new(words.get("metrics-recurrence"), columns, rows));
    let parts = table.map(|table| Part { table: Some(table), ..Part::default() }).into_iter().collect();
    Some(Section {
        id: "recurrence",
        title: words.get("metrics-recurrence").to_owned(),
        sentences,
        parts,
        more: scene.more(Route::Pattern(Pattern::Recurrences), words.get("metrics-all-recurrences")),
    })
}

pub(super) fn coverage(scene: &Scene) -> Option<Section> {
    let words = scene.words();
    let metrics = scene.metrics;
    let all = metrics.incidents.len();
    if metrics.coverage.iter().all(|coverage| coverage.to_the_minute + coverage.to_the_day == 0) {
        return None;
    }
    let bars = metrics.coverage.iter().map(|coverage| {
        let percent = percent(words, coverage.to_the_minute, all);
        let values = [("percent", percent.as_str().into()), ("count", coverage.to_the_day.into())];
        let note = if coverage.to_the_day > 0 { words.with("metrics-to-the-day", &values) } else { percent };
        Bar {
            name: Milestone::from_word(coverage.milestone).map_or(coverage.name, |milestone| words.name(milestone)).to_owned(),
            url: None,
            count: coverage.to_the_minute,
            note,
        }
    });
    let bars = Bars {
        name: words.get("metrics-milestone").to_owned(),
        counted: words.get("metrics-to-the-minute").to_owned(),
        whole: Some(all),
        entries: bars.collect(),
    };
    let chart = chart::bars(&scene.frame("milestones", words.get("metrics-milestones"), words.get("metrics-milestones-text")), &bars);
    let sentences = vec![
        words.with("metrics-coverage-text", &[("incidents", scene.counted(all).into())]),
        words.get("metrics-coverage-why").to_owned(),
    ];
    Some(Section { id: "coverage", title: words.get("metrics-coverage").to_owned(), sentences, parts: vec![Part::of(chart)], more: None })
}

pub(super) fn effort(scene: &Scene) -> Option<Section> {
    let words = scene.words();
    let effort = &scene.metrics.effort;
    if effort.n == 0 {
        return None;
    }
    let hours = plain_hours(words, effort.hours);
    let whole = words.with("metrics-effort-text", &[("hours", hours.into()), ("incidents", scene.counted(effort.n).into())]);
    let median = effort.median.map(|median| words.with("metrics-effort-median", &[("hours", plain_hours(words, median).into())]));
    let mut sentences = vec![[whole].into_iter().chain(median).collect::<Vec<_>>().join(" ")];
    sentences.extend(silent(scene, effort.missing));
    if effort.values.len() > MOST_ROWS {
        sentences.push(words.count("metrics-latest-shown", MOST_ROWS));
    }
    let rows: Vec<Vec<Cell>> = effort
        .values
        .iter()
        .take(MOST_ROWS)
        .filter_map(|(n, hours)| {
            Some(vec![Cell::link(scene.incident(*n)?.title.clone(), scene.incident_url(*n)?), Cell::text(plain_hours(words, *hours))])
        })
        .collect();
    let table = Table::new(
        words.get("metrics-effort"),
        vec![Column::words(words.get("column-incident")), Column::figures(words.get("column-effort"))],
        rows,
    );
    let part = Part { definition_html: super::words::code(words.get("metrics-effort-definition")), table: Some(table), ..Part::default() };
    Some(Section { id: "effort", title: words.get("metrics-effort").to_owned(), sentences, parts: vec![part], more: None })
}

pub(super) fn promises(scene: &Scene) -> Option<Section> {
    let words = scene.words();
    let promises = &scene.metrics.promises;
    if promises.kept.known + promises.pending == 0 {
        return None;
    }
    let mut sentences = Vec::new();
    if promises.kept.known > 0 {
        sentences.push(words.with("metrics-promises-kept", &[("share", share(words, promises.kept).into())]));
    }
    if promises.kept.missing > 0 {
        sentences.push(words.count("metrics-promises-missing", promises.kept.missing));
    }
    if promises.pending > 0 {
        sentences.push(words.count("metrics-promises-pending", promises.pending));
    }
    let part = Part { definition_html: super::words::code(words.get("metrics-promises-definition")), ..Part::default() };
    Some(Section { id: "promises", title: words.get("metrics-promises").to_owned(), sentences, parts: vec![part], more: None })
}
