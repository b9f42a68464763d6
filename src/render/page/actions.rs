//! `/actions/`: what became of the action items of all incidents and drills.

use std::collections::HashMap;

use serde::Serialize;

use super::pattern::{Block, Jump};
use super::view::{Crumb, Framed, frame, meta};
use crate::knowledge::ledger::{self, Closing, Effectiveness, Entry, Group, Ledger, Named, State, Tally};
use crate::knowledge::metrics::Population;
use crate::knowledge::statistics::FEWEST_FOR_MEDIAN;
use crate::knowledge::{DueOf, Grouping};
use crate::markdown::escape;
use crate::model::{ActionItem, ActionStatus, DocumentId, Postmortem};
use crate::render::chart::{self, Bar, Bars, Chart, Frame, Survival};
use crate::render::export::action_url;
use crate::render::prose::Prose;
use crate::render::table::{Cell, Column, Table};
use crate::render::wording::{civil_view, percent};
use crate::site::{Export, Route, Site, root_of};
use crate::theme::Words;

/// How many rows a table has at most; the files for other programs have all.
const MOST_ROWS: usize = 200;
/// From how many rows on a table of settled actions is folded.
const MOST_UNFOLDED: usize = 10;
/// How many of those that are done are shown, the newest first.
const MOST_DONE: usize = 50;

#[derive(Debug, Serialize)]
pub(super) struct Actions {
    lead: String,
    downloads: Vec<Crumb>,
    jump: Vec<Jump>,
    /// What is to be done.
    open: Vec<Block>,
    charts: Vec<Chart>,
    /// Counts, and what is done or will not be.
    rest: Vec<Block>,
}

pub(super) fn view(site: &Site) -> Framed<Actions> {
    let words = site.words();
    let mut meta = meta(site, "actions", words.get("action-items").into(), site.url(Route::Actions));
    meta.description = words.get("actions-description").into();
    meta.crumbs.push(Crumb { title: words.get("patterns").into(), url: site.url(Route::Patterns) });
    let mut rows = Rows::new(site);
    let open = [
        rows.group(State::Overdue, "overdue", words.name(State::Overdue), words.get("actions-overdue-text")),
        rows.group(State::DueSoon, "due-soon", words.get("actions-due-soon"), ""),
        rows.group(State::Open, "open", words.name(State::Open), words.get("actions-open-text")),
        look_backs(&mut rows),
        rows.group(State::Unstated, "unstated", words.get("actions-unstated"), words.get("actions-unstated-text")),
    ];
    let rest = [
        grouped(site, "team", &site.ledger().by_team(), Some(Grouping::Owner)),
        grouped(site, "cause", &site.ledger().by_cause(), Some(Grouping::Cause)),
        grouped(site, "severity", &by_severity(site), Some(Grouping::Severity)),
        grouped(site, "kind", &site.ledger().by_kind(), None),
        rows.group(State::Done, "done", words.name(State::Done), ""),
        rows.dropped(),
    ];
    let open: Vec<Block> = open.into_iter().flatten().collect();
    let rest: Vec<Block> = rest.into_iter().flatten().collect();
    let charts = charts(words, site.ledger(), &root_of(&meta.url));
    let figures = (!charts.is_empty()).then(|| Jump { id: "time".into(), title: words.get("actions-time").into() });
    let jump = open.iter().map(Block::way).chain(figures).chain(rest.iter().map(Block::way)).collect();
    let downloads = [(Export::ActionsCsv, "CSV"), (Export::ActionsJson, "JSON"), (Export::ActionsIcs, words.get("actions-calendar"))];
    let downloads = downloads.map(|(export, title)| Crumb { title: title.into(), url: site.url(Route::Export(export)) });
    frame(site, meta, Actions { lead: lead(site), downloads: downloads.into(), jump, open, charts, rest })
}

/// "12 open, 3 of them late, 41 done. Half are done within 23 days (of 55, 12 still to be done or given up)."
fn lead(site: &Site) -> String {
    let words = site.words();
    let ledger = site.ledger();
    let tally = ledger.tally();
    let open = words.count("actions-open-count", tally.open());
    let open = match (tally.open(), tally.count(State::Overdue)) {
        (0, _) => open,
        (_, 0) => words.with("actions-open-none-late", &[("open", open.into())]),
        (_, late) => words.with("actions-open-some-late", &[("open", open.into()), ("count", late.into())]),
    };
    let mut told = vec![open, words.count("actions-done-count", tally.count(State::Done))];
    told.extend((tally.dropped() > 0).then(|| words.count("actions-given-up-count", tally.dropped())));
    told.extend((tally.count(State::Unstated) > 0).then(|| words.count("actions-unstated-count", tally.count(State::Unstated))));
    let drills = ledger.entries.iter().filter(|entry| entry.population == Population::Drills).count();
    let today = words.with("actions-lead", &[("date", civil_view(words, ledger.today).text.into()), ("counts", words.row(&told).into())]);
    let from_drills = (drills > 0).then(|| words.count("actions-from-drills", drills));
    // The last may be empty: the space before it stays.
    Some(today).into_iter().chain(from_drills).chain([closing_text(words, &ledger.closing())]).collect::<Vec<_>>().join(" ")
}

/// How long closing takes, as far as it can be told; may be empty.
pub(super) fn closing_text(words: &Words, closing: &Closing) -> String {
    let survival = &closing.survival;
    let of = |id, days: usize| {
        words.with(id, &[("days", days.into()), ("total", survival.n.into()), ("waiting", (survival.n - survival.closed).into())])
    };
    match survival.median {
        _ if survival.closed == 0 && closing.undated > 0 => words.get("actions-closing-unknown").to_owned(),
        _ if survival.closed == 0 => String::new(),
        _ if survival.closed < FEWEST_FOR_MEDIAN => words.count("actions-closing-few", survival.closed),
        Some(days) => of("actions-closing-half", usize::try_from(days).unwrap_or(0)),
        None => of("actions-closing-fewer", 0),
    }
}

/// The rows of tables of actions.
struct Rows<'a> {
    site: &'a Site,
    /// The words of documents are printed as they are on their pages.
    prose: HashMap<usize, Prose<'a>>,
}

impl<'a> Rows<'a> {
    fn new(site: &'a Site) -> Self {
        Self { site, prose: HashMap::new() }
    }

    /// The actions in a state; nothing where there are none.
    fn group(&mut self, state: State, id: &str, heading: &str, text: &str) -> Option<Block> {
        let of_state = |entry: &&'a Entry| entry.state == state;
        let entries: Vec<&Entry> = self.site.ledger().entries.iter().filter(of_state).collect();
        self.block(id, heading, text, &entries)
    }

    fn dropped(&mut self) -> Option<Block> {
        let dropped = |entry: &&'a Entry| matches!(entry.state, State::Cancelled | State::AcceptedRisk);
        let entries: Vec<&Entry> = self.site.ledger().entries.iter().filter(dropped).collect();
        let words = self.site.words();
        self.block("dropped", words.get("given-up"), words.get("actions-dropped-text"), &entries)
    }

    fn block(&mut self, id: &str, heading: &str, text: &str, entries: &[&'a Entry]) -> Option<Block> {
        let words = self.site.words();
        let most = if id == "done" { MOST_DONE } else { MOST_ROWS };
        let rows: Vec<Vec<Cell>> = entries.iter().take(most).filter_map(|entry| self.row(entry)).collect();
        let columns = [
            "column-action",
            "column-incident",
            "column-team",
            "column-due",
            "column-look-back",
            "column-closed",
            "column-kind",
            "column-state",
        ]
        .map(|id| Column::words(words.get(id)));
        let table = Table::new(heading, columns.into(), rows).without_empty_columns();
        let left = entries.len().saturating_sub(most);
        let note = more_in_file(words, "actions-more", left);
        let heading = words.with("heading-and-count", &[("heading", heading.into()), ("count", entries.len().into())]);
        // What is to be done is read; what is settled, or of which nothing is known, is looked up.
        let is_folded = entries.len() > MOST_UNFOLDED && matches!(id, "done" | "dropped" | "unstated");
        let folded = if is_folded { words.count("actions-show", entries.len().min(most)) } else { String::new() };
        let block = Block { tables: vec![table], folded, note, ..Block::new(id, &heading, text) };
        (!entries.is_empty()).then_some(block)
    }

    fn row(&mut self, entry: &Entry) -> Option<Vec<Cell>> {
        let words = self.site.words();
        let site = self.site;
        let n = entry.postmortem;
        let postmortem = site.postmortem(n)?;
        let action = postmortem.actions.get(entry.action)?;
        let page = site.url(Route::Actions);
        let prose = self.prose.entry(n).or_insert_with(|| Prose::gathered(site, DocumentId::Postmortem(n), &page));
        let id = action.id.as_ref().map(|id| format!("<span class=\"action-id\">{}</span> ", escape(&id.value))).unwrap_or_default();
        let from = match entry.population {
            Population::Drills => words.get("actions-from-a-drill"),
            Population::NearMisses => words.get("actions-from-a-near-miss"),
            Population::Incidents | Population::Catalogue => "",
        };
        let incident = Cell::link(postmortem.head.title_text.clone(), action_url(site, n, postmortem, entry.action)).noted(from);
        let closed = entry.closed.map_or_else(Cell::default, |closed| Cell::date(&civil_view(words, closed)));
        let look_back = entry.look_back.on.filter(|_| entry.look_back.result.is_none());
        Some(vec![
            Cell::html(format!("{id}{}", prose.line(&action.content))),
            incident,
            team_cell(site, &entry.teams),
            due_cell(words, entry),
            look_back.map_or_else(Cell::default, |on| Cell::date(&civil_view(words, on))),
            closed,
            entry.kind.map_or_else(Cell::default, |kind| Cell::text(words.name(kind))),
            state_cell(site, entry),
        ])
    }
}

fn team_cell(site: &Site, teams: &[Named]) -> Cell {
    match teams {
        [team] => named_cell(site, team, Some(Grouping::Owner)),
        teams => Cell::text(teams.iter().map(|team| team.name.as_str()).collect::<Vec<_>>().join(", ")),
    }
}

/// A term as a link to its page, where it has one.
fn named_cell(site: &Site, named: &Named, grouping: Option<Grouping>) -> Cell {
    let listing = grouping.and_then(|grouping| site.listing(grouping, &named.id));
    listing.map_or_else(|| Cell::text(&named.name), |listing| Cell::link(&named.name, site.url(Route::List(listing, 1))))
}

fn due_cell(words: &Words, entry: &Entry) -> Cell {
    let Some(due) = entry.due.filter(|_| entry.state.is_open() || entry.state == State::Unstated) else { return Cell::default() };
    let cell = Cell::date(&civil_view(words, due.on));
    match (due.of, &entry.severity) {
        (DueOf::Severity, Some(severity)) => cell.noted(words.with("actions-deadline", &[("severity", severity.name.as_str().into())])),
        _ => cell,
    }
}

/// How an action stands, in words: what is overdue is told to be so, whatever else is written.
fn state_cell(site: &Site, entry: &Entry) -> Cell {
    let words = site.words();
    let days = site.ledger().days_overdue(entry).and_then(|days| usize::try_from(days).ok());
    match (entry.state, entry.status) {
        (State::Unstated, _) | (_, None) => Cell::default(),
        (State::Overdue, status) => {
            let id = if status == Some(ActionStatus::Delayed) { "actions-overdue-delayed" } else { "actions-overdue-by" };
            let note = days.map(|days| words.count(id, days)).unwrap_or_default();
            Cell::badge(words.name(State::Overdue), State::Overdue.word()).noted(note)
        }
        (_, Some(status)) => Cell::badge(words.name(status), status.word()),
    }
}

/// How an action of a postmortem stands, for pages on something else: overdue where it is, else as it is written.
pub(super) fn standing_cell(site: &Site, postmortem: &Postmortem, action: &ActionItem) -> Cell {
    let words = site.words();
    if ledger::state(postmortem, action, site.config(), site.build().today) == State::Overdue {
        return Cell::badge(words.name(State::Overdue), State::Overdue.word());
    }
    action.status.as_ref().map_or_else(Cell::default, |status| Cell::badge(words.name(status.value), status.word()))
}

/// What was looked back on, and what waits for it; nothing where nobody planned to.
fn look_backs(rows: &mut Rows<'_>) -> Option<Block> {
    let words = rows.site.words();
    let ledger = rows.site.ledger();
    let found = ledger.effectiveness();
    if found == Effectiveness::default() {
        return None;
    }
    let due: Vec<&Entry> = ledger.entries.iter().filter(|entry| ledger.is_look_back_due(entry)).collect();
    let text = look_back_text(words, found);
    let block = rows.block("look-backs", words.get("actions-look-backs-due"), &text, &due);
    Some(block.unwrap_or_else(|| Block::new("look-backs", words.get("actions-looked-back-on"), text)))
}

fn look_back_text(words: &Words, found: Effectiveness) -> String {
    let mut told = Vec::new();
    if found.checked > 0 {
        let other = found.checked - found.held - found.not_held;
        let id = if other > 0 { "actions-checked-and-other" } else { "actions-checked" };
        told.push(words.with(
            id,
            &[("count", found.checked.into()), ("held", found.held.into()), ("failed", found.not_held.into()), ("other", other.into())],
        ));
    }
    if found.due > 0 {
        told.push(words.count("actions-look-back-without-result", found.due));
    }
    if found.planned > 0 {
        told.push(words.count("actions-look-backs-to-come", found.planned));
    }
    told.join(" ")
}

fn by_severity(site: &Site) -> Vec<Group> {
    let terms = site.knowledge().taxonomy("severity").map(|taxonomy| taxonomy.terms.iter()).into_iter().flatten();
    let worst_first: Vec<&str> = terms.map(|term| term.slug.as_str()).collect();
    site.ledger().by_severity(&worst_first)
}

/// A count of a tally.
type Figure = fn(&Tally) -> usize;

/// Counts by one thing that actions have in common; nothing where none has it.
fn grouped(site: &Site, id: &str, groups: &[Group], grouping: Option<Grouping>) -> Option<Block> {
    let words = site.words();
    if groups.iter().all(|group| group.of.is_none()) {
        return None;
    }
    let figures: [(&str, Figure); 5] = [
        (words.name(State::Open), Tally::open),
        (words.name(State::Overdue), |tally| tally.count(State::Overdue)),
        (words.name(State::Done), |tally| tally.count(State::Done)),
        (words.get("given-up"), Tally::dropped),
        (words.name(State::Unstated), |tally| tally.count(State::Unstated)),
    ];
    // A column of noughts says nothing.
    let figures: Vec<(&str, Figure)> = figures.into_iter().filter(|(_, of)| groups.iter().any(|group| of(&group.tally) > 0)).collect();
    let row = |group: &Group| {
        let first = match &group.of {
            None => Cell::text(words.get("actions-not-named")),
            // Kinds are words of the program, and lead nowhere.
            Some(named) if grouping.is_none() => Cell::text(words.named("action-kind", &named.id)),
            Some(named) => named_cell(site, named, grouping),
        };
        std::iter::once(first).chain(figures.iter().map(|(_, of)| Cell::text(words.number(of(&group.tally))))).collect::<Vec<_>>()
    };
    let rows = groups.iter().take(MOST_ROWS).map(row).collect();
    let columns = figures.iter().map(|(name, _)| Column::figures(*name));
    let columns = std::iter::once(Column::words(words.get(&format!("actions-by-{id}-column")))).chain(columns).collect();
    let left = groups.len().saturating_sub(MOST_ROWS);
    let note = more_in_file(words, &format!("actions-by-{id}-more"), left);
    let heading = words.get(&format!("actions-by-{id}")).to_owned();
    let text = match grouping {
        Some(Grouping::Owner) => words.get("actions-by-team-text"),
        Some(Grouping::Cause) => words.get("actions-by-cause-text"),
        _ => "",
    };
    let table = Table::new(heading.as_str(), columns, rows).unstacked();
    Some(Block { tables: vec![table], note, ..Block::new(&format!("by-{id}"), &heading, text) })
}

/// How many more there are, and in which file; nothing where there are none.
fn more_in_file(words: &Words, id: &str, more: usize) -> String {
    let values = [("count", more.into()), ("file", Export::ActionsCsv.file_name().into())];
    if more > 0 { words.with(id, &values) } else { String::new() }
}

/// How long actions take and have been open; the metrics page shows the same.
pub(super) fn charts(words: &Words, ledger: &Ledger, root: &str) -> Vec<Chart> {
    let closing = ledger.closing();
    let ageing = ledger.ageing();
    let open = ledger.tally().open();
    let mut charts = Vec::new();
    if closing.survival.closed > 0 {
        let caption = survival_caption(words, &closing);
        let frame = Frame { id: "closing", title: words.get("actions-chart-closing"), caption: &caption, root, words };
        let curve = Survival::of(&closing.survival);
        // The median of a few says nothing.
        let median = curve.median.filter(|_| closing.survival.closed >= FEWEST_FOR_MEDIAN);
        charts.push(chart::survival(&frame, &Survival { median, ..curve }));
    }
    if open > 0 {
        let caption = words.with("actions-chart-ageing-caption", &[("date", civil_view(words, ledger.today).text.into())]);
        let unknown = (ageing.unknown > 0).then(|| words.count("actions-chart-ageing-unknown", ageing.unknown));
        let caption = [caption].into_iter().chain(unknown).collect::<Vec<_>>().join(" ");
        let bars = ageing.bands.iter().map(|band| Bar {
            name: words.get(&age_id(band.name)).to_owned(),
            count: band.count,
            note: percent(words, band.count, open),
            ..Bar::default()
        });
        let bars = Bars {
            name: words.get("actions-chart-ageing-age").into(),
            counted: words.get("actions-chart-ageing-count").into(),
            whole: None,
            entries: bars.collect(),
        };
        charts.push(chart::bars(&Frame { id: "ageing", title: words.get("actions-chart-ageing"), caption: &caption, root, words }, &bars));
    }
    charts
}

/// The message that names a band of ages: `actions-age-30-to-89-days`.
fn age_id(band: &str) -> String {
    format!("actions-age-{}", band.replace(' ', "-"))
}

/// What the curve of closing counts, and what it leaves out.
fn survival_caption(words: &Words, closing: &Closing) -> String {
    let left_out = [
        (closing.undated, "actions-left-out-done"),
        (closing.dropped_undated, "actions-left-out-given-up"),
        (closing.unopened, "actions-left-out-unopened"),
        (closing.unstated, "actions-left-out-unstated"),
    ];
    let left_out: Vec<String> = left_out.into_iter().filter(|(count, _)| *count > 0).map(|(count, id)| words.count(id, count)).collect();
    let caption = words.count("actions-chart-closing-caption", closing.survival.n);
    if left_out.is_empty() {
        return caption;
    }
    format!("{caption} {}", words.with("not-counted", &[("what", left_out.join("; ").into())]))
}
