//! What responders did, counted over all timelines; decisions in their words; and how plans and playbooks held.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, Item, day_cell, incident_cell, incidents_cell, linked_cell, newest, newest_items, prose};
use crate::knowledge::metrics::Population;
use crate::knowledge::playbook::{Answer, scored};
use crate::markdown::text::plain_text;
use crate::model::{Event, EventKind, Piece, Postmortem};
use crate::render::page::table::{Cell, Column, Table};
use crate::render::wording::{date_view, day, plural};
use crate::site::{Pattern, Route, Site};

/// Incidents that a row names.
const NAMED: usize = 3;

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    let [scorecard, held_not] = scorecard(site);
    vec![catalogue(site), scorecard, held_not, plans_used(site), decisions(site)]
}

/// What kind of event stands in how many timelines.
fn catalogue(site: &Site) -> Block {
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
        vec![Cell::text(kind.name()), Cell::text(count.to_string()), Cell::text(format!("{of} of {with_timeline}"))]
    });
    // What is counted apart elsewhere is counted here, too: steps are practised in drills.
    let of: Vec<String> = populations.iter().map(|(of, count)| format!("{count} of {}", of.name())).collect();
    let is_mixed = populations.keys().any(|population| *population != Population::Incidents);
    let of = if is_mixed { format!(" ({})", of.join(", ")) } else { String::new() };
    let columns = vec![Column::words("Step"), Column::figures("Events"), Column::figures("In timelines")];
    let note = match (plain, site.corpus().postmortems.len() - with_timeline) {
        (0, 0) => String::new(),
        (0, without) => format!("{} without a timeline.", plural(without, "document", "documents")),
        (plain, 0) => format!("{} without a type.", plural(plain, "event", "events")),
        (plain, without) => {
            format!("{} without a type; {} without a timeline.", plural(plain, "event", "events"), plural(without, "document", "documents"))
        }
    };
    Block {
        id: "steps".into(),
        heading: "What was done, and how often".into(),
        text: format!(
            "{} in {}{of}, by the type written before each or taken from its first words. A step that few timelines show was not taken, or not \
             written down.",
            plural(told, "event", "events"),
            plural(with_timeline, "timeline", "timelines")
        ),
        tables: vec![Table::new("What was done, and how often", columns, rows.collect())],
        note,
        ..Block::default()
    }
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
    fn told(&self) -> String {
        match (self.yes + self.partly + self.no, self.partly) {
            (0, _) => String::new(),
            (known, 0) => format!("{} of {known}", self.yes),
            (known, partly) => format!("{} of {known} ({partly} partly)", self.yes),
        }
    }
}

/// How playbooks did, and where they were not followed or did not do.
fn scorecard(site: &Site) -> [Block; 2] {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut failed = Vec::new();
    for n in &site.knowledge().newest_first {
        let Some(postmortem) = site.postmortem(*n) else { continue };
        for row in scored(postmortem) {
            let name = plain_text(row.item).split_whitespace().collect::<Vec<_>>().join(" ");
            let score = scores.entry(name.to_lowercase()).or_insert_with(|| Score { name, ..Score::default() });
            score.rows += 1;
            score.followed.add(row.followed);
            score.adequate.add(row.adequate);
            score.last.get_or_insert(*n);
            if matches!((row.followed, row.adequate), (Answer::No | Answer::Partly, _) | (_, Answer::No | Answer::Partly)) {
                let item = Cell::html(prose(site, Pattern::Response, *n).line(row.item));
                let [followed, adequate] = [row.followed, row.adequate].map(|answer| Cell::text(answer_word(answer)));
                failed.push(vec![item, followed, adequate, Cell::text(row.remark), incident_cell(site, *n), day_cell(site, *n)]);
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
            Cell::text(score.followed.told()),
            Cell::text(score.adequate.told()),
            score.last.map_or_else(Cell::default, |n| incident_cell(site, n)),
        ]
    });
    let (rows, note) = newest(rows.collect(), ("playbook", "playbooks"));
    let columns = vec![
        Column::words("Plan or playbook"),
        Column::figures("Times looked at"),
        Column::figures("Followed"),
        Column::figures("Adequate"),
        Column::words("Last incident"),
    ];
    let all = Block {
        id: "playbooks".into(),
        heading: "How plans and playbooks held".into(),
        text: "From the tables in postmortems that say of each plan or playbook whether it was followed and adequate. Those that fell short most \
               often come first; figures are of the times that somebody says."
            .into(),
        tables: vec![Table::new("How plans and playbooks held", columns, rows)],
        note,
        ..Block::default()
    };
    let (failed, note) = newest(failed, ("time", "times"));
    let columns = vec![
        Column::words("Plan or playbook"),
        Column::words("Followed"),
        Column::words("Adequate"),
        Column::words("Why"),
        Column::words("Incident"),
        Column::words("Day"),
    ];
    let short = Block {
        id: "fell-short".into(),
        heading: "Where they fell short".into(),
        text: "Each time one was not followed or was not enough, with what the postmortem says of it.".into(),
        tables: vec![Table::new("Where they fell short", columns, failed).without_empty_columns()],
        note,
        ..Block::default()
    };
    [all, short]
}

fn answer_word(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::Partly => "partly",
        Answer::No => "no",
        Answer::Unsaid => "",
    }
}

/// Which plan was taken out how often, from `plan_used`.
fn plans_used(site: &Site) -> Block {
    let mut used: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    for n in &site.knowledge().newest_first {
        if let Some(plan) = site.postmortem(*n).and_then(|postmortem| postmortem.plan_used.as_ref()) {
            used.entry(plan.value.to_lowercase()).or_insert_with(|| (plan.value.clone(), Vec::new())).1.push(*n);
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
    let (rows, note) = newest(rows.collect(), ("plan", "plans"));
    let columns = vec![Column::words("Plan"), Column::figures("Times used"), Column::words("Last used"), Column::words("Incidents")];
    Block {
        id: "plans-used".into(),
        heading: "Plans that were used".into(),
        text: "Response plans that incidents and drills say were used.".into(),
        tables: vec![Table::new("Plans that were used", columns, rows)],
        note,
        ..Block::default()
    }
}

/// Decisions as timelines tell them, newest incident first.
fn decisions(site: &Site) -> Block {
    let mut items = Vec::new();
    for n in &site.knowledge().newest_first {
        let Some(postmortem) = site.postmortem(*n) else { continue };
        let prose = prose(site, Pattern::Response, *n);
        let url = timeline_url(site, *n, postmortem);
        let decided = postmortem.timeline.iter().filter(|event| event.kind == Some(EventKind::Decision));
        items.extend(decided.map(|event| Item {
            html: prose.blocks(&event.content),
            title: postmortem.head.title_text.clone(),
            url: url.clone(),
            note: moment_of(postmortem, event),
        }));
    }
    let total = items.len();
    let (items, note) = newest_items(items, ("decision", "decisions"));
    Block {
        id: "decisions".into(),
        heading: "Decisions".into(),
        text: format!("{} that timelines mark as such: what people chose, on what they knew then.", plural(total, "decision", "decisions")),
        items,
        note,
        ..Block::default()
    }
}

/// When it was decided, else the day of the incident.
fn moment_of(postmortem: &Postmortem, event: &Event) -> String {
    let when = event.when.as_ref().map(|when| date_view(when).text);
    when.or_else(|| postmortem.date.as_ref().map(day)).unwrap_or_default()
}

/// The address of an incident's timeline.
fn timeline_url(site: &Site, n: usize, postmortem: &Postmortem) -> String {
    let url = site.url(Route::Incident(n));
    let has_events = |piece: &Piece| matches!(piece, Piece::Timeline { .. });
    let section = postmortem.body.sections.iter().find(|section| section.content.iter().any(has_events));
    section.map_or(url.clone(), |section| format!("{url}#{}", section.id))
}
