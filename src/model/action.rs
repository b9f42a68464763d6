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
    /// Further columns as written: (column, value).
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

impl ActionStatus {
    /// Whether nothing more is to be done.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::AcceptedRisk)
    }
}
