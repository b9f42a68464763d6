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
use crate::render::wording::{civil_view, percent, plural, thousands};
use crate::site::{Export, Route, Site, root_of};

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
    let mut meta = meta(site, "actions", "Action items".into(), site.url(Route::Actions));
    meta.description = "What was agreed on after incidents and drills, and what has become of it.".into();
    meta.crumbs.push(Crumb { title: "Patterns".into(), url: site.url(Route::Patterns) });
    let mut rows = Rows::new(site);
    let open = [
        rows.group(State::Overdue, "overdue", "Overdue", "Open, and due before today."),
        rows.group(State::DueSoon, "due-soon", "Due in 30 days", ""),
        rows.group(State::Open, "open", "Open", "Due later, or without a day."),
        look_backs(&mut rows),
        rows.group(
            State::Unstated,
            "unstated",
            "No status written",
            "Nothing says how far these have come. They may have been done long ago, so none is counted as open, late or done.",
        ),
    ];
    let rest = [
        grouped(site, "team", "Team", "teams", &site.ledger().by_team(), Some(Grouping::Owner)),
        grouped(site, "cause", "Cause", "causes", &site.ledger().by_cause(), Some(Grouping::Cause)),
        grouped(site, "severity", "Severity", "severities", &by_severity(site), Some(Grouping::Severity)),
        grouped(site, "kind", "Kind", "kinds", &site.ledger().by_kind(), None),
        rows.group(State::Done, "done", "Done", ""),
        rows.dropped(),
    ];
    let open: Vec<Block> = open.into_iter().flatten().collect();
    let rest: Vec<Block> = rest.into_iter().flatten().collect();
    let charts = charts(site.ledger(), &root_of(&meta.url));
    let figures = (!charts.is_empty()).then(|| Jump { id: "time".into(), title: "How long it takes".into() });
    let jump = open.iter().map(Block::way).chain(figures).chain(rest.iter().map(Block::way)).collect();
    let downloads = [(Export::ActionsCsv, "CSV"), (Export::ActionsJson, "JSON"), (Export::ActionsIcs, "Calendar of due days")];
    let downloads = downloads.map(|(export, title)| Crumb { title: title.into(), url: site.url(Route::Export(export)) });
    frame(site, meta, Actions { lead: lead(site), downloads: downloads.into(), jump, open, charts, rest })
}

/// "12 open, 3 of them late, 41 done. Half are done within 23 days (of 55, 12 still to be done or given up)."
fn lead(site: &Site) -> String {
    let ledger = site.ledger();
    let tally = ledger.tally();
    let late = match (tally.open(), tally.count(State::Overdue)) {
        (0, _) => String::new(),
        (_, 0) => ", none of them late".into(),
        (_, late) => format!(", {} of them late", thousands(late)),
    };
    let mut told = vec![format!("{} open{late}", thousands(tally.open())), format!("{} done", thousands(tally.count(State::Done)))];
    told.extend((tally.dropped() > 0).then(|| format!("{} given up", thousands(tally.dropped()))));
    told.extend((tally.count(State::Unstated) > 0).then(|| format!("{} without a status", thousands(tally.count(State::Unstated)))));
    let drills = ledger.entries.iter().filter(|entry| entry.population == Population::Drills).count();
    let from_drills = if drills == 0 {
        String::new()
    } else {
        format!(" {}.", if drills == 1 { "One of them comes from a drill".into() } else { format!("{drills} of them come from drills") })
    };
    let today = civil_view(ledger.today).text;
    format!("On {today}: {}.{from_drills} {}", told.join(", "), closing_text(&ledger.closing()))
}

/// How long closing takes, as far as it can be told; may be empty.
pub(super) fn closing_text(closing: &Closing) -> String {
    let survival = &closing.survival;
    let watched = format!("of {}, {} still to be done or given up", thousands(survival.n), thousands(survival.n - survival.closed));
    match survival.median {
        _ if survival.closed == 0 && closing.undated > 0 => {
            "How long they take is not known: no action says on which day it was done.".into()
        }
        _ if survival.closed == 0 => String::new(),
        _ if survival.closed < FEWEST_FOR_MEDIAN => format!(
            "How long they take cannot be said yet: only {} on which {} agreed and done.",
            plural(survival.closed, "action names the days", "actions name the days"),
            if survival.closed == 1 { "it was" } else { "they were" }
        ),
        Some(days) => format!("Half are done within {} ({watched}).", plural(usize::try_from(days).unwrap_or(0), "day", "days")),
        None => format!("Fewer than half of those with known days are done ({watched})."),
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
        self.block("dropped", "Given up", "Cancelled, or the risk is accepted.", &entries)
    }

    fn block(&mut self, id: &str, heading: &str, text: &str, entries: &[&'a Entry]) -> Option<Block> {
        let most = if id == "done" { MOST_DONE } else { MOST_ROWS };
        let rows: Vec<Vec<Cell>> = entries.iter().take(most).filter_map(|entry| self.row(entry)).collect();
        let columns = ["Action", "Incident", "Team", "Due", "Look back", "Closed", "Kind", "State"].map(Column::words);
        let table = Table::new(heading, columns.into(), rows).without_empty_columns();
        let left = entries.len().saturating_sub(most);
        let note = if left > 0 { format!("{} more are in {}.", thousands(left), Export::ActionsCsv.file_name()) } else { String::new() };
        let heading = format!("{heading}: {}", thousands(entries.len()));
        // What is to be done is read; what is settled, or of which nothing is known, is looked up.
        let is_folded = entries.len() > MOST_UNFOLDED && matches!(id, "done" | "dropped" | "unstated");
        let folded = if is_folded { format!("Show {}", plural(entries.len().min(most), "action", "actions")) } else { String::new() };
        let block = Block { tables: vec![table], folded, note, ..Block::new(id, &heading, text) };
        (!entries.is_empty()).then_some(block)
    }

    fn row(&mut self, entry: &Entry) -> Option<Vec<Cell>> {
        let site = self.site;
        let n = entry.postmortem;
        let postmortem = site.postmortem(n)?;
        let action = postmortem.actions.get(entry.action)?;
        let page = site.url(Route::Actions);
        let prose = self.prose.entry(n).or_insert_with(|| Prose::gathered(site, DocumentId::Postmortem(n), &page));
        let id = action.id.as_ref().map(|id| format!("<span class=\"action-id\">{}</span> ", escape(&id.value))).unwrap_or_default();
        let from = match entry.population {
            Population::Drills => "drill",
            Population::NearMisses => "near miss",
            Population::Incidents | Population::Catalogue => "",
        };
        let incident = Cell::link(postmortem.head.title_text.clone(), action_url(site, n, postmortem, entry.action)).noted(from);
        let closed = entry.closed.map_or_else(Cell::default, |closed| Cell::date(&civil_view(closed)));
        let look_back = entry.look_back.on.filter(|_| entry.look_back.result.is_none());
        Some(vec![
            Cell::html(format!("{id}{}", prose.line(&action.content))),
            incident,
            team_cell(site, &entry.teams),
            due_cell(entry),
            look_back.map_or_else(Cell::default, |on| Cell::date(&civil_view(on))),
            closed,
            entry.kind.map_or_else(Cell::default, |kind| Cell::text(kind.name())),
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

fn due_cell(entry: &Entry) -> Cell {
    let Some(due) = entry.due.filter(|_| entry.state.is_open() || entry.state == State::Unstated) else { return Cell::default() };
    let cell = Cell::date(&civil_view(due.on));
    match (due.of, &entry.severity) {
        (DueOf::Severity, Some(severity)) => cell.noted(format!("by the deadline of {}", severity.name)),
        _ => cell,
    }
}

/// How an action stands, in words: what is overdue is told to be so, whatever else is written.
fn state_cell(site: &Site, entry: &Entry) -> Cell {
    let days = site.ledger().days_overdue(entry).and_then(|days| usize::try_from(days).ok());
    match (entry.state, entry.status) {
        (State::Unstated, _) | (_, None) => Cell::default(),
        (State::Overdue, status) => {
            let delayed = if status == Some(ActionStatus::Delayed) { ", marked as delayed" } else { "" };
            let note = days.map(|days| format!("by {}{delayed}", plural(days, "day", "days"))).unwrap_or_default();
            Cell::badge(State::Overdue.name(), State::Overdue.word()).noted(note)
        }
        (_, Some(status)) => Cell::badge(status.name(), status.word()),
    }
}

/// How an action of a postmortem stands, for pages on something else: overdue where it is, else as it is written.
pub(super) fn standing_cell(site: &Site, postmortem: &Postmortem, action: &ActionItem) -> Cell {
    if ledger::state(postmortem, action, site.config(), site.build().today) == State::Overdue {
        return Cell::badge(State::Overdue.name(), State::Overdue.word());
    }
    action.status.as_ref().map_or_else(Cell::default, |status| Cell::badge(status.name(), status.word()))
}

/// What was looked back on, and what waits for it; nothing where nobody planned to.
fn look_backs(rows: &mut Rows<'_>) -> Option<Block> {
    let ledger = rows.site.ledger();
    let found = ledger.effectiveness();
    if found == Effectiveness::default() {
        return None;
    }
    let due: Vec<&Entry> = ledger.entries.iter().filter(|entry| ledger.is_look_back_due(entry)).collect();
    let text = look_back_text(found);
    let block = rows.block("look-backs", "Due for a look back", &text, &due);
    Some(block.unwrap_or_else(|| Block::new("look-backs", "Looked back on", text)))
}

fn look_back_text(found: Effectiveness) -> String {
    let mut told = Vec::new();
    if found.checked > 0 {
        let other = found.checked - found.held - found.not_held;
        let other = if other > 0 { format!(", and of {other} something else is written") } else { String::new() };
        told.push(format!(
            "{} looked back on: {} held, {} did not{other}.",
            plural(found.checked, "action has been", "actions have been"),
            found.held,
            found.not_held
        ));
    }
    if found.due > 0 {
        told.push(format!("{} due for a look back: no result is written down.", plural(found.due, "done action is", "done actions are")));
    }
    if found.planned > 0 {
        told.push(format!("{} still to come.", plural(found.planned, "look back is", "look backs are")));
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
fn grouped(site: &Site, id: &str, name: &str, plural_name: &str, groups: &[Group], grouping: Option<Grouping>) -> Option<Block> {
    if groups.iter().all(|group| group.of.is_none()) {
        return None;
    }
    let figures: [(&str, Figure); 5] = [
        ("Open", Tally::open),
        ("Overdue", |tally| tally.count(State::Overdue)),
        ("Done", |tally| tally.count(State::Done)),
        ("Given up", Tally::dropped),
        ("No status", |tally| tally.count(State::Unstated)),
    ];
    // A column of noughts says nothing.
    let figures: Vec<(&str, Figure)> = figures.into_iter().filter(|(_, of)| groups.iter().any(|group| of(&group.tally) > 0)).collect();
    let row = |group: &Group| {
        let first = group.of.as_ref().map_or_else(|| Cell::text("Not named"), |named| named_cell(site, named, grouping));
        std::iter::once(first).chain(figures.iter().map(|(_, of)| Cell::text(thousands(of(&group.tally))))).collect::<Vec<_>>()
    };
    let rows = groups.iter().take(MOST_ROWS).map(row).collect();
    let columns = figures.iter().map(|(name, _)| Column::figures(*name));
    let columns = std::iter::once(Column::words(name)).chain(columns).collect();
    let left = groups.len().saturating_sub(MOST_ROWS);
    let note = if left > 0 { format!("{left} more {plural_name} are in {}.", Export::ActionsCsv.file_name()) } else { String::new() };
    let heading = format!("By {}", name.to_lowercase());
    let text = match grouping {
        Some(Grouping::Owner) => "An action counts for the team that its owner is or belongs to. Overdue ones are among the open ones.",
        Some(Grouping::Cause) => "An action counts for the causes it names; one that names none, for the first root cause of its incident.",
        _ => "",
    };
    let table = Table::new(heading.as_str(), columns, rows).unstacked();
    Some(Block { tables: vec![table], note, ..Block::new(&format!("by-{id}"), &heading, text) })
}

/// How long actions take and have been open; the metrics page shows the same.
pub(super) fn charts(ledger: &Ledger, root: &str) -> Vec<Chart> {
    let closing = ledger.closing();
    let ageing = ledger.ageing();
    let open = ledger.tally().open();
    let mut charts = Vec::new();
    if closing.survival.closed > 0 {
        let caption = survival_caption(&closing);
        let frame = Frame { id: "closing", title: "Share of actions still to be done", caption: &caption, root };
        let curve = Survival::of(&closing.survival);
        // The median of a few says nothing.
        let median = curve.median.filter(|_| closing.survival.closed >= FEWEST_FOR_MEDIAN);
        charts.push(chart::survival(&frame, &Survival { median, ..curve }));
    }
    if open > 0 {
        let unknown = match ageing.unknown {
            0 => String::new(),
            unknown => format!(" Not counted: {unknown} that do not say since when."),
        };
        let caption = format!(
            "Days until {} since the open actions were agreed on: on the day they name, else when the incident was resolved, else on its date.\
             {unknown}",
            civil_view(ledger.today).text
        );
        let bars = ageing.bands.iter().map(|band| Bar {
            name: band.name.to_owned(),
            count: band.count,
            note: percent(band.count, open),
            ..Bar::default()
        });
        let bars = Bars { name: "Age".into(), counted: "Open actions".into(), whole: None, entries: bars.collect() };
        charts.push(chart::bars(&Frame { id: "ageing", title: "Age of open actions", caption: &caption, root }, &bars));
    }
    charts
}

/// What the curve of closing counts, and what it leaves out.
fn survival_caption(closing: &Closing) -> String {
    let left_out = [
        (closing.undated, "done on a day nobody wrote down"),
        (closing.dropped_undated, "given up on a day nobody wrote down"),
        (closing.unopened, "whose days are not known or out of order"),
        (closing.unstated, "without a status"),
    ];
    let left_out: Vec<String> =
        left_out.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let left_out = if left_out.is_empty() { String::new() } else { format!(" Not counted: {}.", left_out.join("; ")) };
    format!(
        "Days from the day an action was agreed on to the day it was done, for {} (Kaplan–Meier estimate). What is still open counts for as long \
         as it has been; what was given up counts until that day.{left_out}",
        plural(closing.survival.n, "action", "actions")
    )
}
