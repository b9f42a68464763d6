//! Which rows are wanted: the words of the command line, held against what the site knows.

use jiff::civil::Date;

use super::{Arguments, What};
use crate::cli::Failure;
use crate::cli::filter::{Facts, Wanted, known};
use crate::knowledge::ledger::{Entry, State};
use crate::model::{ActionKind, ActionStatus, Status, portable};
use crate::site::Site;

/// What is wanted; what is not said is not asked for.
pub(super) struct Filter<'s> {
    site: &'s Site,
    wanted: Wanted<'s>,
    /// Of every postmortem, in order.
    facts: Vec<Facts>,
    /// Teams: of incidents by their grouping, of actions by who sees to them.
    owners: Vec<String>,
    action_kinds: Vec<ActionKind>,
    status: Option<Status>,
    standing: Option<Standing>,
    open: bool,
    overdue: bool,
    due_by: Option<Date>,
}

/// How an action is asked to stand: as the ledger tells, or as it is written.
#[derive(Debug, Clone, Copy)]
enum Standing {
    State(State),
    Written(ActionStatus),
}

impl<'s> Filter<'s> {
    /// The filter of a command line.
    pub(super) fn new(site: &'s Site, arguments: &Arguments) -> Result<Self, Failure> {
        let is_actions = arguments.what == What::Actions;
        let flags = [("--open", arguments.open), ("--overdue", arguments.overdue), ("--due-within", arguments.due_within.is_some())];
        if let Some((flag, _)) = flags.into_iter().find(|(_, is_set)| *is_set && !is_actions) {
            return Err(Failure(format!("`{flag}` is about actions: `afterword list actions {flag}`")));
        }
        let status = arguments.status.as_deref();
        if status.is_some() && arguments.what == What::Causes {
            return Err(Failure("`--status` is about incidents and actions: causes have none".into()));
        }
        let mut incidents = arguments.incidents.clone();
        let action_kinds = if is_actions { incidents.take_kinds(|word| ActionKind::from_word(word).is_some()) } else { Vec::new() };
        let due_by = arguments.due_within.map(|days| site.build().today.saturating_add(jiff::Span::new().days(i64::from(days))));
        let facts = Facts::of_all(site.corpus());
        Ok(Self {
            site,
            wanted: incidents.wanted(&facts.iter().collect::<Vec<_>>(), site.config())?,
            facts,
            owners: owners(site, &arguments.owner)?,
            action_kinds: action_kinds.iter().filter_map(|word| ActionKind::from_word(word)).collect(),
            status: status.filter(|_| !is_actions).map(document_status).transpose()?,
            standing: status.filter(|_| is_actions).map(standing).transpose()?,
            open: arguments.open,
            overdue: arguments.overdue,
            due_by,
        })
    }

    /// Whether the postmortem at a place is wanted.
    pub(super) fn keeps_incident(&self, n: usize) -> bool {
        let (Some(postmortem), Some(facts)) = (self.site.postmortem(n), self.facts.get(n)) else { return false };
        self.wanted.keeps(facts) && self.status.is_none_or(|status| postmortem.status == status) && self.is_owned_by(n)
    }

    /// Whether an action is wanted.
    pub(super) fn keeps_action(&self, entry: &Entry) -> bool {
        let Some(facts) = self.facts.get(entry.postmortem) else { return false };
        let stands = |wanted: Standing| match wanted {
            Standing::State(state) => entry.state == state,
            Standing::Written(status) => entry.status == Some(status),
        };
        let is_due = |by: Date| entry.state.is_open() && entry.due.is_some_and(|due| due.on <= by);
        self.wanted.keeps_whatever_cause(facts)
            && self.wanted.is_among(entry.causes.iter().map(|cause| cause.id.as_str()))
            && (self.owners.is_empty() || entry.teams.iter().any(|team| self.owners.contains(&team.id)))
            && (self.action_kinds.is_empty() || entry.kind.is_some_and(|kind| self.action_kinds.contains(&kind)))
            && self.standing.is_none_or(stands)
            && (!self.open || entry.state.is_open())
            && (!self.overdue || entry.state == State::Overdue)
            && self.due_by.is_none_or(is_due)
    }

    /// Whether a cause is wanted.
    pub(super) fn keeps_cause(&self, id: &str) -> bool {
        self.wanted.is_among([id])
    }

    /// Whether a postmortem is one of the teams asked for; every one is where there are none.
    fn is_owned_by(&self, n: usize) -> bool {
        let taxonomy = || self.site.knowledge().taxonomy("owners");
        self.owners.is_empty() || taxonomy().is_some_and(|taxonomy| taxonomy.terms_of(n).any(|(_, term)| self.owners.contains(&term.slug)))
    }
}

/// Teams; somebody's name stands for the team they belong to.
fn owners(site: &Site, words: &[String]) -> Result<Vec<String>, Failure> {
    let config = site.config();
    let listed = config.owners.iter().map(|(id, owner)| (portable(id), owner.name.clone()));
    let acting = site.ledger().entries.iter().flat_map(|entry| &entry.teams).map(|team| (team.id.clone(), team.name.clone()));
    let meant_teams = words.iter().map(|word| config.owner_of(word).map_or_else(|| word.clone(), |owner| portable(owner.id)));
    let grouped = site.knowledge().taxonomy("owners").into_iter().flat_map(|taxonomy| &taxonomy.terms);
    let known_teams: Vec<(String, String)> =
        grouped.map(|term| (term.slug.clone(), term.name.clone())).chain(listed).chain(acting).collect();
    let meant = |word: &str| {
        let named = |(slug, name): &&(String, String)| *slug == portable(word) || name.to_lowercase() == word.trim().to_lowercase();
        known_teams.iter().find(named).map(|(slug, _)| slug.clone())
    };
    let hints: Vec<String> = known_teams.iter().map(|(slug, _)| slug.clone()).collect();
    let words = known("team", &meant_teams.collect::<Vec<_>>(), &|word| meant(word).is_some(), &hints)?;
    Ok(words.iter().filter_map(|word| meant(word)).collect())
}

fn standing(word: &str) -> Result<Standing, Failure> {
    let state = State::ALL.into_iter().find(|state| state.word().eq_ignore_ascii_case(word)).map(Standing::State);
    let written = [ActionStatus::InProgress, ActionStatus::Delayed].map(ActionStatus::word);
    let words: Vec<&str> = State::ALL.map(State::word).into_iter().chain(written).collect();
    state.or_else(|| ActionStatus::from_word(word).map(Standing::Written)).ok_or_else(|| no_status("of an action", word, &words))
}

fn document_status(word: &str) -> Result<Status, Failure> {
    let found = Status::ALL.into_iter().find(|status| status.word().eq_ignore_ascii_case(word));
    found.ok_or_else(|| no_status("of a document", word, &Status::ALL.map(Status::word)))
}

fn no_status(of: &str, word: &str, known: &[&str]) -> Failure {
    Failure(format!("there is no status `{word}` {of}; there are {}", known.join(", ")))
}
