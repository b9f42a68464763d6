//! What became of the action items of every incident and drill: a value that the actions page, the exports and the command line share.
//!
//! Nothing is guessed. An action without a status is neither open nor done, an action that is done on no day anybody wrote down has no time to
//! close, and names of people are never groups: an action counts for the team its owner is or belongs to.

mod count;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use serde::Serialize;

use super::Knowledge;
use super::coverage::answers;
use super::metrics::Population;
use crate::config::{Config, owners_named};
use crate::model::{ActionDetail, ActionItem, ActionKind, ActionStatus, Corpus, Milestone, Postmortem, portable};
use crate::parse::moment;

pub use count::{Ageing, AgeingBand, Closing, Effectiveness, Group, Tally};

/// How many days ahead something is due soon.
pub const SOON: i64 = 30;

/// Every action of a corpus, what presses most first: overdue ones by the day they were due, those due soon, the other open ones, those
/// without a status, those that are done, newest first, and those that will not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// The actions.
    pub entries: Vec<Entry>,
    /// The day all this is true of.
    pub today: Date,
}

/// An action and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose it is: a place in [`Corpus::postmortems`].
    pub postmortem: usize,
    /// Which of its actions.
    pub action: usize,
    /// What it comes from: an incident, a drill, a near miss.
    pub population: Population,
    /// How it stands.
    pub state: State,
    /// What was written of how far it is.
    pub status: Option<ActionStatus>,
    /// The day it was agreed on: its own, else the day the incident was resolved, else the incident's date; never after the day it was closed.
    pub opened: Option<Date>,
    /// By when it has to be done.
    pub due: Option<Due>,
    /// The day it was done or given up, where somebody wrote it down.
    pub closed: Option<Date>,
    /// What it is for.
    pub kind: Option<ActionKind>,
    /// The teams that see to it.
    pub teams: Vec<Named>,
    /// The causes it answers: those it names, else the first root cause of its incident.
    pub causes: Vec<Named>,
    /// The severity of its incident.
    pub severity: Option<Named>,
    /// When one looks whether it had the effect, and what that showed.
    pub look_back: LookBack,
}

/// A term: the last part of its address below that of its grouping, and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Named {
    /// `change/config`
    pub id: String,
    /// "Configuration change"
    pub name: String,
}

/// How an action stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Open, and due before today.
    Overdue,
    /// Open, and due within [`SOON`] days.
    DueSoon,
    /// Open, due later or on no day.
    Open,
    /// Nobody wrote how far it is.
    Unstated,
    /// Done.
    Done,
    /// Will not be done.
    Cancelled,
    /// Will not be done, and the risk is accepted.
    AcceptedRisk,
}

impl State {
    /// All, in the order the ledger has them.
    pub const ALL: [Self; 7] = [Self::Overdue, Self::DueSoon, Self::Open, Self::Unstated, Self::Done, Self::Cancelled, Self::AcceptedRisk];

    /// The word in machine formats and classes.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::DueSoon => "due-soon",
            Self::Open => "open",
            Self::Unstated => "unstated",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::AcceptedRisk => "accepted-risk",
        }
    }

    /// The name on pages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue => "Overdue",
            Self::DueSoon => "Due soon",
            Self::Open => "Open",
            Self::Unstated => "No status",
            Self::Done => "Done",
            Self::Cancelled => "Cancelled",
            Self::AcceptedRisk => "Risk accepted",
        }
    }

    /// Whether somebody wrote that it is still to be done.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Overdue | Self::DueSoon | Self::Open)
    }
}

/// A day by which an action has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub on: Date,
    /// Where it comes from.
    pub of: DueOf,
}

/// Where a due day comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueOf {
    /// The action says it.
    Action,
    /// The deadline of the incident's severity, `[deadlines.actions]`.
    Severity,
}

/// A look whether an action had the effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LookBack {
    /// The day of it.
    pub on: Option<Date>,
    /// What it showed, where somebody has looked.
    pub result: Option<LookBackResult>,
}

/// What a look back showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LookBackResult {
    /// The action had its effect.
    Held,
    /// It had not.
    NotHeld,
    /// Other words than those that say either.
    Other,
}

/// The days that `[deadlines]` give for something at the severity of a postmortem.
#[must_use]
pub fn days_allowed(postmortem: &Postmortem, config: &Config, days: &BTreeMap<String, u16>) -> Option<u16> {
    let severity = config.severities.get(postmortem.severity.as_ref()?.step?)?;
    days.get(&severity.id).copied()
}

/// The day by which something has to be done: so many days, by severity, after the incident was resolved.
#[must_use]
pub fn deadline(postmortem: &Postmortem, config: &Config, days: &BTreeMap<String, u16>) -> Option<Date> {
    let days = i64::from(days_allowed(postmortem, config, days)?);
    postmortem.milestone(Milestone::Resolved)?.day()?.checked_add(jiff::Span::new().days(days)).ok()
}

/// The day by which an action has to be done: its own, else the deadline of the severity.
#[must_use]
pub fn due(postmortem: &Postmortem, action: &ActionItem, config: &Config) -> Option<Due> {
    let own = action.due.as_ref().map(|due| Due { on: due.value, of: DueOf::Action });
    own.or_else(|| Some(Due { on: deadline(postmortem, config, &config.deadlines.actions)?, of: DueOf::Severity }))
}

/// How an action stands on a day. What nobody gave a status is not held to its date: it may have been done long ago.
#[must_use]
pub fn state(postmortem: &Postmortem, action: &ActionItem, config: &Config, today: Date) -> State {
    match action.status.as_ref().map(|status| status.value) {
        None => State::Unstated,
        Some(ActionStatus::Done) => State::Done,
        Some(ActionStatus::Cancelled) => State::Cancelled,
        Some(ActionStatus::AcceptedRisk) => State::AcceptedRisk,
        Some(ActionStatus::Open | ActionStatus::InProgress | ActionStatus::Delayed) => {
            match due(postmortem, action, config).map(|due| days_between(today, due.on)) {
                Some(left) if left < 0 => State::Overdue,
                Some(left) if left <= SOON => State::DueSoon,
                _ => State::Open,
            }
        }
    }
}

/// The ledger of a corpus on a day.
#[must_use]
pub fn ledger(corpus: &Corpus, knowledge: &Knowledge, config: &Config, today: Date) -> Ledger {
    let reader = Reader { knowledge, config, today, teams: RefCell::default() };
    let mut entries: Vec<Entry> = corpus.postmortems.iter().enumerate().flat_map(|(n, postmortem)| reader.entries(n, postmortem)).collect();
    entries.sort_by_cached_key(|entry| {
        let due = entry.state.is_open().then(|| (entry.due.is_none(), entry.due.map(|due| due.on)));
        let closed = std::cmp::Reverse(entry.closed);
        (entry.state, due, closed, knowledge.rank.get(entry.postmortem).copied(), entry.action)
    });
    Ledger { entries, today }
}

/// The actions of the postmortem at a place, in the order they are written.
#[must_use]
pub fn of_postmortem(corpus: &Corpus, knowledge: &Knowledge, config: &Config, today: Date, n: usize) -> Vec<Entry> {
    let reader = Reader { knowledge, config, today, teams: RefCell::default() };
    corpus.postmortems.get(n).map(|postmortem| reader.entries(n, postmortem)).unwrap_or_default()
}

impl Ledger {
    /// The actions that an owner's team sees to, by the last part of the owner's address.
    pub fn of_owner<'l>(&'l self, owner: &'l str) -> impl Iterator<Item = &'l Entry> {
        self.entries.iter().filter(move |entry| entry.teams.iter().any(|team| team.id == owner))
    }

    /// How long an action has been overdue, in days.
    #[must_use]
    pub fn days_overdue(&self, entry: &Entry) -> Option<i64> {
        (entry.state == State::Overdue).then(|| Some(days_between(entry.due?.on, self.today))).flatten()
    }

    /// Whether the effect of a done action was to be looked at by now, and no result is written down.
    #[must_use]
    pub fn is_look_back_due(&self, entry: &Entry) -> bool {
        let on = entry.look_back.on.filter(|_| entry.state == State::Done && entry.look_back.result.is_none());
        on.is_some_and(|on| on <= self.today)
    }
}

/// Days from one day to a later one; negative where it is earlier.
fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// What is needed to read the actions of a document.
struct Reader<'a> {
    knowledge: &'a Knowledge,
    config: &'a Config,
    today: Date,
    /// The teams of the words read so far: a few words stand in many rows, and looking one up goes through whole registries.
    teams: RefCell<HashMap<String, Vec<Named>>>,
}

impl Reader<'_> {
    fn entries(&self, n: usize, postmortem: &Postmortem) -> Vec<Entry> {
        if postmortem.actions.is_empty() {
            return Vec::new();
        }
        let severity = self.terms_of("severity", n).into_iter().next();
        let entry = |(at, action): (usize, &ActionItem)| {
            let state = state(postmortem, action, self.config, self.today);
            let closed = detail_day(action, ActionDetail::Closed).filter(|_| action.is_settled());
            Entry {
                postmortem: n,
                action: at,
                population: Population::of(postmortem),
                state,
                status: action.status.as_ref().map(|status| status.value),
                opened: opened(postmortem, action, closed),
                due: due(postmortem, action, self.config),
                closed,
                kind: action.kind.as_ref().map(|kind| kind.value),
                teams: action.owner.as_ref().map(|owner| self.teams(owner)).unwrap_or_default(),
                causes: self.causes(postmortem, action),
                severity: severity.clone(),
                look_back: LookBack {
                    on: detail_day(action, ActionDetail::CheckOn),
                    result: action.detail(ActionDetail::Result).and_then(|words| look_back_result(words)),
                },
            }
        };
        postmortem.actions.iter().enumerate().map(entry).collect()
    }

    /// The terms of a postmortem in a grouping; of one in branches only the leaves.
    fn terms_of(&self, key: &str, n: usize) -> Vec<Named> {
        let Some(taxonomy) = self.knowledge.taxonomy(key) else { return Vec::new() };
        let terms = taxonomy.terms_of(n).filter(|(_, term)| !taxonomy.is_hierarchical() || term.parent.is_some());
        terms.map(|(_, term)| Named { id: term.slug.clone(), name: term.name.clone() }).collect()
    }

    /// The teams that the owner of an action is or belongs to; several may be named.
    fn teams(&self, owner: &str) -> Vec<Named> {
        if let Some(known) = self.teams.borrow().get(owner) {
            return known.clone();
        }
        let each = || owners_named(owner).filter_map(|word| self.team(word));
        let mut teams: Vec<Named> = self.team(owner).map_or_else(|| each().collect(), |team| vec![team]);
        teams.sort();
        teams.dedup();
        self.teams.borrow_mut().insert(owner.to_owned(), teams.clone());
        teams
    }

    /// A team by its id or name, or that of a person; else the owner of a service that goes by this word.
    fn team(&self, word: &str) -> Option<Named> {
        let word = word.trim().trim_start_matches('@');
        if let Some(owner) = self.config.owner_of(word) {
            return Some(Named { id: portable(owner.id), name: owner.name.to_owned() }).filter(|team| !team.id.is_empty());
        }
        let slug = portable(word);
        let owners = self.knowledge.taxonomy("owners")?;
        owners.terms.iter().find(|term| term.slug == slug).map(|term| Named { id: slug, name: term.name.clone() })
    }

    /// The causes an action answers, by name.
    fn causes(&self, postmortem: &Postmortem, action: &ActionItem) -> Vec<Named> {
        let (slugs, _) = answers(action, postmortem, self.config);
        let name = |id: &str| match self.config.causes.get(id) {
            Some((_, leaf)) => leaf.name.clone(),
            // A word the taxonomy does not have goes by what the postmortem calls it.
            None => postmortem.root_causes.first().map_or_else(|| id.to_owned(), |cause| cause.path.value.clone()),
        };
        slugs.into_iter().map(|id| Named { name: name(&id), id }).collect()
    }
}

/// The day that a column of an action says.
fn detail_day(action: &ActionItem, detail: ActionDetail) -> Option<Date> {
    moment(action.detail(detail)?)?.day()
}

/// The day an action was agreed on. Where it does not say so itself, it was agreed on when the incident was resolved; one that was done
/// before that, when the incident began.
fn opened(postmortem: &Postmortem, action: &ActionItem, closed: Option<Date>) -> Option<Date> {
    let resolved = || postmortem.milestone(Milestone::Resolved).and_then(crate::model::Moment::day);
    let begun = || postmortem.date.and_then(|date| date.day());
    let is_in_order = |day: &Date| closed.is_none_or(|closed| *day <= closed);
    detail_day(action, ActionDetail::Opened).or_else(|| resolved().filter(is_in_order)).or_else(|| begun().filter(is_in_order))
}

/// What the words of a look back say, by how they begin; nothing where they say that nobody has looked yet. Any other words are a result,
/// too.
fn look_back_result(words: &str) -> Option<LookBackResult> {
    let folded = words.trim().to_lowercase().replace('’', "'");
    let begins = |word: &str| folded.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    LOOK_BACK_WORDS.iter().find(|(word, _)| begins(word)).map_or(Some(LookBackResult::Other), |(_, result)| *result)
}

/// How the results of look backs begin, in lower case, in the order they are tried: "not yet" goes before "not".
const LOOK_BACK_WORDS: &[(&str, Option<LookBackResult>)] = &[
    ("not yet", None),
    ("not checked", None),
    ("pending", None),
    ("unknown", None),
    ("no recurrence", Some(LookBackResult::Held)),
    ("no repeat", Some(LookBackResult::Held)),
    ("not recurred", Some(LookBackResult::Held)),
    ("held", Some(LookBackResult::Held)),
    ("holds", Some(LookBackResult::Held)),
    ("effective", Some(LookBackResult::Held)),
    ("yes", Some(LookBackResult::Held)),
    ("kept", Some(LookBackResult::Held)),
    ("worked", Some(LookBackResult::Held)),
    ("works", Some(LookBackResult::Held)),
    ("confirmed", Some(LookBackResult::Held)),
    ("ok", Some(LookBackResult::Held)),
    ("✓", Some(LookBackResult::Held)),
    ("✔", Some(LookBackResult::Held)),
    ("✅", Some(LookBackResult::Held)),
    ("not", Some(LookBackResult::NotHeld)),
    ("no", Some(LookBackResult::NotHeld)),
    ("did not", Some(LookBackResult::NotHeld)),
    ("didn't", Some(LookBackResult::NotHeld)),
    ("does not", Some(LookBackResult::NotHeld)),
    ("doesn't", Some(LookBackResult::NotHeld)),
    ("failed", Some(LookBackResult::NotHeld)),
    ("ineffective", Some(LookBackResult::NotHeld)),
    ("recurred", Some(LookBackResult::NotHeld)),
    ("came back", Some(LookBackResult::NotHeld)),
    ("✗", Some(LookBackResult::NotHeld)),
    ("✘", Some(LookBackResult::NotHeld)),
    ("❌", Some(LookBackResult::NotHeld)),
];

#[cfg(test)]
mod tests;
