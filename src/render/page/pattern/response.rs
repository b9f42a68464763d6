//! What responders did, counted over all timelines; decisions in their words; and how plans and playbooks held.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, Item, day_cell, incident_cell, incidents_cell, item, linked_cell, prose};
use crate::knowledge::metrics::Population;
use crate::knowledge::playbook::{Answer, scored};
use crate::markdown::text::{on_one_line, plain_text};
use crate::model::{EventKind, Piece};
use crate::render::table::{Cell, Column};
use crate::render::wording::date_view;
use crate::site::{Pattern, Site};
use crate::theme::Words;

/// Incidents that a row names.
const NAMED: usize = 3;

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    let [scorecard, held_not] = scorecard(site);
    vec![catalogue(site), scorecard, held_not, plans_used(site), decisions(site)]
}

/// What kind of event stands in how many timelines.
fn catalogue(site: &Site) -> Block {
    let words = site.words();
    let mut events: BTreeMap<EventKind, usize> = BTreeMap::new();
    let mut incidents: BTreeMap<EventKind, usize> = BTreeMap::new();
    let (mut told, mut plain, mut with_timeline) = (0, 0, 0);
    let mut populations: BTreeMap<Population, usize> = BTreeMap::new();
    for postmortem in &site.corpus().postmortems {
        let kinds = || postmortem.timeline.iter().filter_map(|event| event.kind);
        told += postmortem.timeline.len();
        plain += postmortem.timeline.len() - kinds().count();
        if !postmortem.timeline.is_empty() {
            with_timeline += 1;
            *populations.entry(Population::of(postmortem)).or_default() += 1;
        }
        kinds().for_each(|kind| *events.entry(kind).or_default() += 1);
        for kind in kinds().collect::<BTreeSet<_>>() {
            *incidents.entry(kind).or_default() += 1;
        }
    }
    let rows = events.iter().map(|(kind, count)| {
        let of = incidents.get(kind).copied().unwrap_or_default();
        vec![
            Cell::text(words.name(*kind)),
            Cell::text(count.to_string()),
            Cell::text(words.with("part-of", &[("part", of.into()), ("whole", with_timeline.into())])),
        ]
    });
    // What is counted apart elsewhere is counted here, too: steps are practised in drills.
    let of: Vec<String> = populations
        .iter()
        .map(|(of, count)| words.with("part-of", &[("part", (*count).into()), ("whole", words.name(*of).into())]))
        .collect();
    let is_mixed = populations.keys().any(|population| *population != Population::Incidents);
    let columns = [
        Column::words(words.get("column-step")),
        Column::figures(words.get("column-events")),
        Column::figures(words.get("column-in-timelines")),
    ];
    let note = match (plain, site.corpus().postmortems.len() - with_timeline) {
        (0, 0) => String::new(),
        (0, without) => words.count("response-without-timeline", without),
        (plain, 0) => words.count("response-without-type", plain),
        (plain, without) => words.with("response-without-either", &[("events", plain.into()), ("count", without.into())]),
    };
    let values = [("events", told.into()), ("count", with_timeline.into()), ("of", words.row(&of).into())];
    let id = if is_mixed { "response-steps-text-mixed" } else { "response-steps-text" };
    let text = words.with(id, &values);
    let block = Block::new("steps", words.get("response-steps"), text).with_rows(words, columns, rows.collect(), "steps");
    Block { note, ..block }
}

/// How one item did over all incidents.
#[derive(Default)]
struct Score {
    name: String,
    rows: usize,
    followed: Count,
    adequate: Count,
    /// The newest incident that speaks of it.
    last: Option<usize>,
}

#[derive(Default)]
struct Count {
    yes: usize,
    partly: usize,
    no: usize,
}

impl Count {
    fn add(&mut self, answer: Answer) {
        match answer {
            Answer::Yes => self.yes += 1,
            Answer::Partly => self.partly += 1,
            Answer::No => self.no += 1,
            Answer::Unsaid => {}
        }
    }

    /// "3 of 4 (1 partly)"
    fn told(&self, words: &Words) -> String {
        match (self.yes + self.partly + self.no, self.partly) {
            (0, _) => String::new(),
            (known, 0) => words.with("part-of", &[("part", self.yes.into()), ("whole", known.into())]),
            (known, partly) => {
                words.with("response-part-and-partly", &[("part", self.yes.into()), ("whole", known.into()), ("partly", partly.into())])
            }
        }
    }
}

/// How playbooks did, and where they were not followed or did not do.
fn scorecard(site: &Site) -> [Block; 2] {
    let words = site.words();
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut failed = Vec::new();
    for (n, postmortem) in site.newest_first() {
        for row in scored(postmortem) {
            let name = on_one_line(&plain_text(row.item));
            let score = scores.entry(name.to_lowercase()).or_insert_with(|| Score { name, ..Score::default() });
            score.rows += 1;
            score.followed.add(row.followed);
            score.adequate.add(row.adequate);
            score.last.get_or_insert(n);
            if matches!((row.followed, row.adequate), (Answer::No | Answer::Partly, _) | (_, Answer::No | Answer::Partly)) {
                let item = Cell::html(prose(site, Pattern::Response, n).line(row.item));
                let [followed, adequate] = [row.followed, row.adequate].map(|answer| Cell::text(answer_word(words, answer)));
                failed.push(vec![item, followed, adequate, Cell::text(row.remark), incident_cell(site, n), day_cell(site, n)]);
            }
        }
    }
    let mut scores: Vec<Score> = scores.into_values().collect();
    // What did not do most often comes first, then what was used most.
    scores.sort_by_key(|score| std::cmp::Reverse((score.adequate.no + score.adequate.partly, score.followed.no, score.rows)));
    let rows = scores.into_iter().map(|score| {
        vec![
            Cell::text(score.name.clone()),
            Cell::text(score.rows.to_string()),
            Cell::text(score.followed.told(words)),
            Cell::text(score.adequate.told(words)),
            score.last.map_or_else(Cell::default, |n| incident_cell(site, n)),
        ]
    });
    let columns = [
        Column::words(words.get("column-plan-or-playbook")),
        Column::figures(words.get("column-times-looked-at")),
        Column::figures(words.get("column-followed")),
        Column::figures(words.get("column-adequate")),
        Column::words(words.get("column-last-incident")),
    ];
    let text = words.get("response-playbooks-text");
    let all = Block::new("playbooks", words.get("response-playbooks"), text).with_rows(words, columns, rows.collect(), "playbooks");
    let text = words.get("response-fell-short-text");
    let columns = ["column-plan-or-playbook", "column-followed", "column-adequate", "column-why", "column-incident", "column-day"]
        .map(|id| Column::words(words.get(id)));
    [
        all,
        Block::new("fell-short", words.get("response-fell-short"), text).with_rows(words, columns, failed, "times").without_empty_columns(),
    ]
}

fn answer_word(words: &Words, answer: Answer) -> &str {
    match answer {
        Answer::Yes => words.get("response-yes"),
        Answer::Partly => words.get("response-partly"),
        Answer::No => words.get("response-no"),
        Answer::Unsaid => "",
    }
}

/// Which plan was taken out how often, from `plan_used`.
fn plans_used(site: &Site) -> Block {
    let words = site.words();
    let mut used: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for (n, postmortem) in site.newest_first() {
        if let Some(plan) = &postmortem.plan_used {
            used.entry(plan.value.to_lowercase()).or_insert_with(|| (plan.value.clone(), Vec::new())).1.push(n);
        }
    }
    let mut used: Vec<(String, Vec<usize>)> = used.into_values().collect();
    used.sort_by_key(|(_, incidents)| std::cmp::Reverse(incidents.len()));
    let rows = used.into_iter().map(|(plan, incidents)| {
        let last = incidents.first().map_or_else(Cell::default, |n| day_cell(site, *n));
        vec![
            linked_cell(site, Pattern::Response, &plan, &plan),
            Cell::text(incidents.len().to_string()),
            last,
            incidents_cell(site, Pattern::Response, &incidents, NAMED),
        ]
    });
    let columns = [
        Column::words(words.get("column-plan")),
        Column::figures(words.get("column-times-used")),
        Column::words(words.get("column-last-used")),
        Column::words(words.get("column-incidents")),
    ];
    let text = words.get("response-plans-used-text");
    Block::new("plans-used", words.get("response-plans-used"), text).with_rows(words, columns, rows.collect(), "plans")
}

/// Decisions as timelines tell them, newest incident first.
fn decisions(site: &Site) -> Block {
    let words = site.words();
    let mut items = Vec::new();
    let has_events = |piece: &Piece| matches!(piece, Piece::Timeline { .. });
    for (n, postmortem) in site.newest_first() {
        let prose = prose(site, Pattern::Response, n);
        let timeline = postmortem.body.sections.iter().find(|section| section.content.iter().any(has_events)).map(|section| &*section.id);
        for event in postmortem.timeline.iter().filter(|event| event.kind == Some(EventKind::Decision)) {
            let item = item(site, n, prose.blocks(&event.content), timeline);
            // The moment of the decision says more than the day of the incident.
            let when = event.when.as_ref().map(|when| date_view(words, when).text);
            items.extend(item.map(|item| Item { note: when.unwrap_or(item.note), ..item }));
        }
    }
    let text = words.count("response-decisions-text", items.len());
    Block::new("decisions", words.get("response-decisions"), text).with_items(words, items, "decisions")
}
