//! What will be done about it.

use super::timeline::words;
use crate::diagnostic::{Span, Spanned};
use crate::markdown::Inline;

/// An action item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionItem {
    /// Its own id, where it has one.
    pub id: Option<Spanned<String>>,
    /// What will be done.
    pub content: Vec<Inline>,
    /// The same as plain text.
    pub text: String,
    /// What it is for.
    pub kind: Option<Spanned<ActionKind>>,
    /// Who sees to it.
    pub owner: Option<Spanned<String>>,
    /// By when, `YYYY-MM-DD`.
    pub due: Option<Spanned<jiff::civil::Date>>,
    /// How far it is; a ticked task is done, an unticked one open.
    pub status: Option<Spanned<ActionStatus>>,
    /// How one will know that it is done.
    pub done_when: Option<Spanned<String>>,
    /// Further columns as written, and in the others what is no value of theirs ("before May", "n/a: reason"): (column, value). A day that is
    /// written with the status (`done 2024-05-03`) stands here as a column of its own, `Done on`.
    pub further: Vec<(String, Spanned<String>)>,
    /// The whole row or item.
    pub span: Span,
}

words! {
    /// What an action is for.
    ActionKind {
        /// That it does not happen again.
        Prevent = "prevent", "Prevent";
        /// That it hurts less.
        Mitigate = "mitigate", "Mitigate";
        /// That it is found sooner.
        Detect = "detect", "Detect";
        /// That the damage is undone.
        Repair = "repair", "Repair";
        /// That it is understood.
        Investigate = "investigate", "Investigate";
        /// That people work differently.
        Process = "process", "Process";
    }
}

words! {
    /// How far an action is.
    ActionStatus {
        /// Not begun.
        Open = "open", "Open";
        /// Begun.
        InProgress = "in-progress", "In progress";
        /// Done.
        Done = "done", "Done";
        /// Later than promised.
        Delayed = "delayed", "Delayed";
        /// Will not be done.
        Cancelled = "cancelled", "Cancelled";
        /// Will not be done, and the risk is accepted.
        AcceptedRisk = "accepted-risk", "Risk accepted";
    }
}

/// What a table of actions may say beside the columns that have a field of their own. It is kept among `further`, under the heading that the
/// author gave it, and found by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionDetail {
    /// How soon it matters.
    Priority,
    /// The cause it answers.
    Cause,
    /// What it changes: code practice, tests, docs, training, tooling, policy.
    Area,
    /// Whether it changes the system or the response.
    Target,
    /// Whether it is for the team or for the whole organisation to do.
    Scope,
    /// When one will look whether it had the effect.
    CheckOn,
    /// What that look showed.
    Result,
    /// What shows that it is done.
    Proof,
    /// The day it was agreed on.
    Opened,
    /// The day it was done, or given up.
    Closed,
}

impl ActionDetail {
    /// The headings of its column, in lower case.
    fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Priority => &["priority", "prio", "p", "risk", "urgency"],
            Self::Cause => {
                &["cause", "causes", "root cause", "corresponding root cause", "factor", "contributing factor", "addresses", "for cause"]
            }
            Self::Area => &["area", "category"],
            Self::Target => &["target", "improves"],
            Self::Scope => &["scope"],
            Self::CheckOn => &["check on", "check by", "look back", "effectiveness check", "review on", "verify on"],
            Self::Result => &["result", "effectiveness", "effective", "effect"],
            Self::Proof => &["proof", "evidence", "link", "pr"],
            Self::Opened => &["opened", "opened on", "created", "created on", "date opened", "date created", "raised", "raised on"],
            Self::Closed => &[
                "closed",
                "closed on",
                "done on",
                "completed",
                "completed on",
                "finished",
                "finished on",
                "cancelled on",
                "risk accepted on",
            ],
        }
    }
}

impl ActionItem {
    /// What the action's row says under a heading that the program knows, where it says anything.
    #[must_use]
    pub fn detail(&self, detail: ActionDetail) -> Option<&Spanned<String>> {
        let headings = detail.headings();
        // `Root cause(s)` and `Priority (1 to 3)` are headings of theirs, too.
        let bare = |name: &'_ str| name.split('(').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_meant = |name: &str| headings.contains(&bare(name).as_str());
        self.further.iter().find(|(name, value)| is_meant(name) && !value.value.is_empty()).map(|(_, value)| value)
    }

    /// Whether nothing more is to be done: done, cancelled, or the risk accepted.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.value.is_settled())
    }
}

impl ActionStatus {
    /// Whether nothing more is to be done.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::AcceptedRisk)
    }
}
