//! What a published report has promised, and what became of it.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::config::Config;
use crate::model::{Milestone, Moment, Postmortem};

/// How far an incident is, in the words of status pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Progress {
    /// Nobody knows yet what it is.
    Investigating,
    /// The cause is known.
    Identified,
    /// It was mended, and is watched.
    Monitoring,
    /// It is over.
    Resolved,
    /// It is over, by a word that status pages have for other things: maintenance, reports.
    Ended,
}

impl Progress {
    /// What the state of an update, as it is written, says; nothing where it is a word of the authors' own.
    #[must_use]
    pub fn of(state: &str) -> Option<Self> {
        let words = [
            ("investigating", Self::Investigating),
            ("identified", Self::Identified),
            ("monitoring", Self::Monitoring),
            ("resolved", Self::Resolved),
            ("closed", Self::Ended),
            ("completed", Self::Ended),
            ("postmortem", Self::Ended),
        ];
        words.into_iter().find(|(word, _)| word.eq_ignore_ascii_case(state.trim())).map(|(_, progress)| progress)
    }

    /// The word that status pages have for it; none for an end of another kind.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Investigating => Some("investigating"),
            Self::Identified => Some("identified"),
            Self::Monitoring => Some("monitoring"),
            Self::Resolved => Some("resolved"),
            Self::Ended => None,
        }
    }

    /// Whether nothing goes on any more.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Resolved | Self::Ended)
    }
}

/// What became of the promise of a next public word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Promise {
    /// The next update, or the published report, came in time.
    Kept,
    /// It came late, or not at all.
    Broken,
    /// Its day has not passed.
    Pending,
    /// Later updates do not say when they came.
    Unknown,
}

impl Promise {
    /// The word in classes.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Broken => "broken",
            Self::Pending => "pending",
            Self::Unknown => "unknown",
        }
    }
}

/// What became of the promise of the update at a place of `updates`; nothing where it made none.
#[must_use]
pub fn promise(postmortem: &Postmortem, update: usize, today: Date) -> Option<Promise> {
    let promised = postmortem.updates.get(update)?.next_by.as_ref()?;
    let deadline = promised.last_second();
    let report = postmortem.published_at.as_ref().map(|at| &at.value);
    let (mut words, mut undated) = (Vec::new(), false);
    for later in postmortem.updates.iter().skip(update + 1) {
        match &later.at {
            Some(at) => words.push(at),
            None => undated = true,
        }
    }
    words.extend(report);
    Some(if words.iter().any(|word| Some(word.at.as_second()) <= deadline) {
        Promise::Kept
    } else if undated {
        Promise::Unknown
    } else if words.is_empty() && promised.civil_date() >= today {
        Promise::Pending
    } else {
        Promise::Broken
    })
}

/// How an incident stands that is not over, as the last public word has it: `monitoring`. Nothing for one that is over, and for one of which neither
/// an update nor the report's stage says that it may not be.
#[must_use]
pub fn ongoing(postmortem: &Postmortem) -> Option<&str> {
    let last = postmortem.updates.iter().rev().find(|update| !update.state.is_empty()).map(|update| update.state.trim());
    let is_over = postmortem.milestone(Milestone::Resolved).is_some() || last.and_then(Progress::of).is_some_and(Progress::is_over);
    if is_over { None } else { last.or_else(|| postmortem.is_preliminary().then_some("")) }
}

/// The day by which the first public word, or the full report, has to be out: so many days after the incident was detected, else after it started.
#[must_use]
pub fn report_due(postmortem: &Postmortem, days: Option<u16>) -> Option<Date> {
    let known = [Milestone::Detected, Milestone::Started].into_iter().find_map(|milestone| postmortem.milestone(milestone));
    known?.day()?.checked_add(i64::from(days?).days()).ok()
}

/// The day by which the full report has to follow a preliminary one, where the site has a deadline for it.
#[must_use]
pub fn full_report_due(postmortem: &Postmortem, config: &Config) -> Option<Date> {
    report_due(postmortem, config.deadlines.report.full).filter(|_| postmortem.is_preliminary())
}

/// When something was first said in public: the first of `public_at`, the updates and the publication of the report.
#[must_use]
pub fn first_word(postmortem: &Postmortem) -> Option<&Moment> {
    let updates = postmortem.updates.iter().filter_map(|update| update.at.as_ref());
    let report = postmortem.published_at.as_ref().map(|at| &at.value);
    postmortem.milestone(Milestone::Public).into_iter().chain(updates).chain(report).min_by_key(|moment| moment.at)
}
