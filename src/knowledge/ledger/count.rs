//! The ledger in numbers: how many stand how, how old the open ones are, how long closing takes, and whether what was done has held.

use std::collections::{BTreeMap, HashMap};

use super::{Entry, Ledger, LookBackResult, Named, State, days_between};
use crate::knowledge::statistics::{Outcome, Survival, kaplan_meier};
use crate::model::{ActionKind, ActionStatus};

/// How many actions stand how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally([usize; State::ALL.len()]);

impl Tally {
    /// How many of some actions stand how.
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Self {
        let mut tally = Self::default();
        entries.into_iter().for_each(|entry| tally.add(entry.state));
        tally
    }

    /// Counts one more.
    pub fn add(&mut self, state: State) {
        if let Some(count) = self.0.get_mut(state as usize) {
            *count += 1;
        }
    }

    /// Those in a state.
    #[must_use]
    pub fn count(&self, state: State) -> usize {
        self.0.get(state as usize).copied().unwrap_or_default()
    }

    /// Those that are still to be done.
    #[must_use]
    pub fn open(&self) -> usize {
        State::ALL.into_iter().filter(|state| state.is_open()).map(|state| self.count(state)).sum()
    }

    /// Those that will not be done.
    #[must_use]
    pub fn dropped(&self) -> usize {
        self.count(State::Cancelled) + self.count(State::AcceptedRisk)
    }

    /// All.
    #[must_use]
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }
}

/// The actions of a team, a cause, a severity or a kind, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they have in common; nothing for those of which it is not known.
    pub of: Option<Named>,
    /// How they stand.
    pub tally: Tally,
}

/// How long open actions have been open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ageing {
    /// From the youngest to the oldest.
    pub bands: Vec<AgeingBand>,
    /// The open ones of which it is not known since when, or only from a day to come.
    pub unknown: usize,
}

/// The open actions of an age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeingBand {
    /// "under 30 days"
    pub name: &'static str,
    /// How many.
    pub count: usize,
}

/// The bands of age: the first number of days that is too old for one, and its name.
const BANDS: [(i64, &str); 4] = [(30, "under 30 days"), (90, "30 to 89 days"), (180, "90 to 179 days"), (i64::MAX, "180 days or more")];

/// How long it takes until an action is done, and what could not be counted for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Closing {
    /// The share still to be done, by days since the action was agreed on.
    pub survival: Survival,
    /// Done, on a day that nobody wrote down.
    pub undated: usize,
    /// Given up, likewise.
    pub dropped_undated: usize,
    /// Without a status.
    pub unstated: usize,
    /// Of which it is not known when they were agreed on, or which were closed before that or on a day to come.
    pub unopened: usize,
}

/// What look backs showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effectiveness {
    /// Actions with a result.
    pub checked: usize,
    /// Those that had their effect.
    pub held: usize,
    /// Those that had not.
    pub not_held: usize,
    /// Done actions whose look back is due, or was.
    pub due: usize,
    /// Actions whose look back is still to come.
    pub planned: usize,
}

impl Ledger {
    /// How all of them stand.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::of(&self.entries)
    }

    /// How the actions of each postmortem stand that has any, by its place.
    #[must_use]
    pub fn tallies(&self) -> HashMap<usize, Tally> {
        let mut tallies: HashMap<usize, Tally> = HashMap::new();
        for entry in &self.entries {
            tallies.entry(entry.postmortem).or_default().add(entry.state);
        }
        tallies
    }

    /// By team; an action of several teams counts for each. Those with most left to do first.
    #[must_use]
    pub fn by_team(&self) -> Vec<Group> {
        self.grouped(|entry| entry.teams.iter().collect(), Order::Pressing)
    }

    /// By cause; an action that answers several counts for each.
    #[must_use]
    pub fn by_cause(&self) -> Vec<Group> {
        self.grouped(|entry| entry.causes.iter().collect(), Order::Pressing)
    }

    /// By the severity of the incident; `worst_first` are the ids of the severities.
    #[must_use]
    pub fn by_severity(&self, worst_first: &[&str]) -> Vec<Group> {
        self.grouped(|entry| entry.severity.iter().collect(), Order::Listed(worst_first))
    }

    /// By what they are for.
    #[must_use]
    pub fn by_kind(&self) -> Vec<Group> {
        let kinds: Vec<Named> = ActionKind::ALL.iter().map(|kind| Named { id: kind.word().into(), name: kind.name().into() }).collect();
        let words: Vec<&str> = ActionKind::ALL.iter().map(|kind| kind.word()).collect();
        let of = |entry: &Entry| kinds.iter().filter(|named| entry.kind.is_some_and(|kind| kind.word() == named.id)).collect();
        self.grouped(of, Order::Listed(&words))
    }

    fn grouped<'g>(&'g self, of: impl Fn(&'g Entry) -> Vec<&'g Named>, order: Order<'_>) -> Vec<Group> {
        let mut tallies: BTreeMap<Option<&Named>, Tally> = BTreeMap::new();
        for entry in &self.entries {
            let named = of(entry);
            for named in named.iter().copied().map(Some).chain(named.is_empty().then_some(None)) {
                tallies.entry(named).or_default().add(entry.state);
            }
        }
        let mut groups: Vec<Group> = tallies.into_iter().map(|(named, tally)| Group { of: named.cloned(), tally }).collect();
        groups.sort_by_key(|group| {
            let place = match (order, &group.of) {
                (Order::Listed(ids), Some(named)) => ids.iter().position(|id| *id == named.id).unwrap_or(usize::MAX),
                _ => 0,
            };
            let pressing = std::cmp::Reverse((group.tally.open(), group.tally.total()));
            (group.of.is_none(), place, pressing, group.of.as_ref().map(|named| named.name.clone()))
        });
        groups
    }

    /// How long the open actions have been open, today.
    #[must_use]
    pub fn ageing(&self) -> Ageing {
        let mut ageing = Ageing { bands: BANDS.iter().map(|(_, name)| AgeingBand { name, count: 0 }).collect(), unknown: 0 };
        for entry in self.entries.iter().filter(|entry| entry.state.is_open()) {
            let age = entry.opened.map(|opened| days_between(opened, self.today)).filter(|age| *age >= 0);
            let band = age.and_then(|age| BANDS.iter().position(|(limit, _)| age < *limit));
            match band.and_then(|band| ageing.bands.get_mut(band)) {
                Some(band) => band.count += 1,
                None => ageing.unknown += 1,
            }
        }
        ageing
    }

    /// How long it takes until an action is done, by the estimator of Kaplan and Meier: what is still open counts as long as it has been, and so
    /// does what was given up until the day it was.
    #[must_use]
    pub fn closing(&self) -> Closing {
        let mut watched = Vec::new();
        let mut closing = Closing { survival: Survival::default(), undated: 0, dropped_undated: 0, unstated: 0, unopened: 0 };
        for entry in &self.entries {
            let (end, outcome) = match (entry.state, entry.closed) {
                (State::Unstated, _) => {
                    closing.unstated += 1;
                    continue;
                }
                (State::Done, None) => {
                    closing.undated += 1;
                    continue;
                }
                (State::Cancelled | State::AcceptedRisk, None) => {
                    closing.dropped_undated += 1;
                    continue;
                }
                (State::Done, Some(closed)) => (closed, Outcome::Closed),
                (State::Cancelled | State::AcceptedRisk, Some(closed)) => (closed, Outcome::Censored),
                (State::Overdue | State::DueSoon | State::Open, _) => (self.today, Outcome::Censored),
            };
            match entry.opened.map(|opened| days_between(opened, end)).filter(|days| *days >= 0 && end <= self.today) {
                Some(days) => watched.push((days, outcome)),
                None => closing.unopened += 1,
            }
        }
        closing.survival = kaplan_meier(&watched);
        closing
    }

    /// What look backs showed.
    #[must_use]
    pub fn effectiveness(&self) -> Effectiveness {
        let mut found = Effectiveness::default();
        for entry in &self.entries {
            found.checked += usize::from(entry.look_back.result.is_some());
            found.held += usize::from(entry.look_back.result == Some(LookBackResult::Held));
            found.not_held += usize::from(entry.look_back.result == Some(LookBackResult::NotHeld));
            found.due += usize::from(self.is_look_back_due(entry));
            let waits = entry.look_back.result.is_none() && !matches!(entry.state, State::Cancelled | State::AcceptedRisk);
            found.planned += usize::from(waits && entry.look_back.on.is_some_and(|on| on > self.today));
        }
        found
    }

    /// How many open actions are marked as delayed.
    #[must_use]
    pub fn delayed(&self) -> usize {
        self.entries.iter().filter(|entry| entry.status == Some(ActionStatus::Delayed)).count()
    }
}

/// What groups are ordered by.
#[derive(Clone, Copy)]
enum Order<'o> {
    /// Most left to do first.
    Pressing,
    /// As listed.
    Listed(&'o [&'o str]),
}
