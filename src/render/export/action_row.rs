//! An action item as a row.

use serde::Serialize;

use super::full_url;
use super::row::Row;
use crate::knowledge::DueOf;
use crate::knowledge::ledger::{Entry, LookBackResult, Named, State};
use crate::model::{ActionDetail, Piece, Postmortem};
use crate::site::{Route, Site};

/// An action item of an incident or drill. Days are `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActionRow {
    /// The id of the incident or drill.
    pub incident: String,
    /// Its title.
    pub incident_title: String,
    /// Its kind as written: `outage`, `drill`.
    pub incident_kind: Option<String>,
    /// Its date, as much of it as is known.
    pub incident_date: Option<String>,
    /// Its severity: the last part of the address of its page.
    pub severity: Option<String>,
    /// Where the action stands: an address where the site knows its own, else a path from the top of the site.
    pub url: String,
    /// The action's own id.
    pub id: Option<String>,
    /// What will be done, in plain words.
    pub action: String,
    /// What it is for: `prevent`, `mitigate`, `detect`, `repair`, `investigate`, `process`.
    pub kind: Option<&'static str>,
    /// How it stands today: `overdue`, `due-soon` (within 30 days), `open` (later, or without a day), `unstated` (no status is written),
    /// `done`, `cancelled`, `accepted-risk`.
    pub state: State,
    /// The status as written: `open`, `in-progress`, `done`, `delayed`, `cancelled`, `accepted-risk`.
    pub status: Option<&'static str>,
    /// The day it was agreed on: its own, else the day the incident was resolved, else its date.
    pub opened: Option<String>,
    /// By when it has to be done.
    pub due: Option<String>,
    /// Whether it says that itself (`action`) or the deadline of the severity does (`severity`).
    pub due_of: Option<DueOf>,
    /// For how many days it has been overdue.
    pub days_overdue: Option<i64>,
    /// The day it was done or given up.
    pub closed: Option<String>,
    /// The teams that see to it: the last parts of the addresses of their pages. Names of people are not exported.
    pub teams: Vec<String>,
    /// The causes it answers, by path: those it names, else the first root cause of its incident.
    pub causes: Vec<String>,
    /// How soon it matters, as written.
    pub priority: Option<String>,
    /// How one will know that it is done.
    pub done_when: Option<String>,
    /// When one looks whether it had the effect.
    pub check_on: Option<String>,
    /// What that showed: `held`, `not-held`, `other`.
    pub result: Option<LookBackResult>,
    /// The same as written.
    pub result_words: Option<String>,
}

/// Every action item of a site, what presses most first.
#[must_use]
pub fn action_rows(site: &Site) -> Vec<ActionRow> {
    site.ledger().entries.iter().filter_map(|entry| action_row(site, entry)).collect()
}

/// An entry of the ledger of a site as a row.
#[must_use]
pub fn action_row(site: &Site, entry: &Entry) -> Option<ActionRow> {
    let postmortem = site.postmortem(entry.postmortem)?;
    let action = postmortem.actions.get(entry.action)?;
    let day = |day: jiff::civil::Date| day.to_string();
    let words = |detail| action.detail(detail).map(|words| words.value.clone());
    let ids = |named: &[Named]| named.iter().map(|named| named.id.clone()).collect();
    Some(ActionRow {
        incident: postmortem.id.value.clone(),
        incident_title: postmortem.head.title_text.clone(),
        incident_kind: postmortem.kind.as_ref().map(|kind| kind.value.clone()),
        incident_date: postmortem.date.map(|date| date.date()),
        severity: entry.severity.as_ref().map(|severity| severity.id.clone()),
        url: full_url(site, &action_url(site, entry.postmortem, postmortem, entry.action)),
        id: action.id.as_ref().map(|id| id.value.clone()),
        action: action.text.clone(),
        kind: entry.kind.map(crate::model::ActionKind::word),
        state: entry.state,
        status: entry.status.map(crate::model::ActionStatus::word),
        opened: entry.opened.map(day),
        due: entry.due.map(|due| due.on.to_string()),
        due_of: entry.due.map(|due| due.of),
        days_overdue: site.ledger().days_overdue(entry),
        closed: entry.closed.map(day),
        teams: ids(&entry.teams),
        causes: ids(&entry.causes),
        priority: words(ActionDetail::Priority),
        done_when: action.done_when.as_ref().map(|words| words.value.clone()),
        check_on: entry.look_back.on.map(day),
        result: entry.look_back.result,
        result_words: words(ActionDetail::Result),
    })
}

/// Where an action of the postmortem at `n` stands, from the top of the site: the page, at the section it is in.
pub(in crate::render) fn action_url(site: &Site, n: usize, postmortem: &Postmortem, action: usize) -> String {
    let holds = |piece: &Piece| matches!(piece, Piece::Actions { first, end } if (*first..*end).contains(&action));
    let section = postmortem.body.sections.iter().find(|section| section.content.iter().any(holds));
    let page = site.url(Route::Incident(n));
    section.map_or_else(|| page.clone(), |section| format!("{page}#{}", section.id))
}

impl Row for ActionRow {
    fn columns() -> Vec<String> {
        let names = [
            "incident",
            "incident_title",
            "incident_kind",
            "incident_date",
            "severity",
            "url",
            "id",
            "action",
            "kind",
            "state",
            "status",
            "opened",
            "due",
            "due_of",
            "days_overdue",
            "closed",
            "teams",
            "causes",
            "priority",
            "done_when",
            "check_on",
            "result",
            "result_words",
        ];
        names.map(str::to_owned).into()
    }
}
