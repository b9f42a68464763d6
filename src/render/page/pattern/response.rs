//! What responders did, counted over all timelines; decisions in their words; and how plans and playbooks held.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, Item, day_cell, incident_cell, incidents_cell, item, linked_cell, prose};
use crate::knowledge::metrics::Population;
use crate::knowledge::playbook::{Answer, scored};
use crate::markdown::text::{on_one_line, plain_text};
use crate::model::{EventKind, Piece};
use crate::render::table::{Cell, Column};
use crate::render::wording::{date_view, plural};
use crate::site::{Pattern, Site};

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
    let columns = [Column::words("Step"), Column::figures("Events"), Column::figures("In timelines")];
    let note = match (plain, site.corpus().postmortems.len() - with_timeline) {
        (0, 0) => String::new(),
        (0, without) => format!("{} without a timeline.", plural(without, "document", "documents")),
        (plain, 0) => format!("{} without a type.", plural(plain, "event", "events")),
        (plain, without) => {
            format!("{} without a type; {} without a timeline.", plural(plain, "event", "events"), plural(without, "document", "documents"))
        }
    };
    let text = format!(
        "{} in {}{of}, by the type written before each or taken from its first words. A step that few timelines show was not taken, or not \
         written down.",
        plural(told, "event", "events"),
        plural(with_timeline, "timeline", "timelines")
    );
    let block = Block::new("steps", "What was done, and how often", text).with_rows(columns, rows.collect(), ("step", "steps"));
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
                let [followed, adequate] = [row.followed, row.adequate].map(|answer| Cell::text(answer_word(answer)));
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
            Cell::text(score.followed.told()),
            Cell::text(score.adequate.told()),
            score.last.map_or_else(Cell::default, |n| incident_cell(site, n)),
        ]
    });
    let columns = [
        Column::words("Plan or playbook"),
        Column::figures("Times looked at"),
        Column::figures("Followed"),
        Column::figures("Adequate"),
        Column::words("Last incident"),
    ];
    let text = "From the tables in postmortems that say of each plan or playbook whether it was followed and adequate. Those that fell short \
                most often come first; figures are of the times that somebody says.";
    let all = Block::new("playbooks", "How plans and playbooks held", text).with_rows(columns, rows.collect(), ("playbook", "playbooks"));
    let text = "Each time one was not followed or was not enough, with what the postmortem says of it.";
    let columns = ["Plan or playbook", "Followed", "Adequate", "Why", "Incident", "Day"].map(Column::words);
    [all, Block::new("fell-short", "Where they fell short", text).with_rows(columns, failed, ("time", "times")).without_empty_columns()]
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
    let columns = [Column::words("Plan"), Column::figures("Times used"), Column::words("Last used"), Column::words("Incidents")];
    let text = "Response plans that incidents and drills say were used.";
    Block::new("plans-used", "Plans that were used", text).with_rows(columns, rows.collect(), ("plan", "plans"))
}

/// Decisions as timelines tell them, newest incident first.
fn decisions(site: &Site) -> Block {
    let mut items = Vec::new();
    let has_events = |piece: &Piece| matches!(piece, Piece::Timeline { .. });
    for (n, postmortem) in site.newest_first() {
        let prose = prose(site, Pattern::Response, n);
        let timeline = postmortem.body.sections.iter().find(|section| section.content.iter().any(has_events)).map(|section| &*section.id);
        for event in postmortem.timeline.iter().filter(|event| event.kind == Some(EventKind::Decision)) {
            let item = item(site, n, prose.blocks(&event.content), timeline);
            // The moment of the decision says more than the day of the incident.
            let when = event.when.as_ref().map(|when| date_view(when).text);
            items.extend(item.map(|item| Item { note: when.unwrap_or(item.note), ..item }));
        }
    }
    let decisions = plural(items.len(), "decision", "decisions");
    let text = format!("{decisions} that timelines mark as such: what people chose, on what they knew then.");
    Block::new("decisions", "Decisions", text).with_items(items, ("decision", "decisions"))
}
