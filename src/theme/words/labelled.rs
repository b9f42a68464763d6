//! The words of the program that pages show by name: each has a message, called by what it is a word of and by the word itself, `status-draft`.

use crate::knowledge::Measure;
use crate::knowledge::ledger::State;
use crate::knowledge::metrics::{Phase, Population};
use crate::model::{
    ActionKind, ActionStatus, CauseLayer, CauseOrigin, ContractState, CorrectionPart, DetectedBy, Difficulty, Disclosure, EventKind,
    FundState, Milestone, PlanKind, RelatedWhy, Stage, Status, VerificationKind,
};

/// A word that pages show by name.
pub trait Labelled: Copy {
    /// What it is a word of, as the first part of the name of its message.
    const KIND: &'static str;

    /// All of them.
    fn all() -> &'static [Self];

    /// The word itself, the second part.
    fn word(self) -> &'static str;

    /// Its name in English.
    fn name(self) -> &'static str;
}

macro_rules! labelled {
    ($($name:ident $kind:literal, $word:ident;)+) => {$(
        impl Labelled for $name {
            const KIND: &'static str = $kind;

            fn all() -> &'static [Self] {
                &$name::ALL
            }

            fn word(self) -> &'static str {
                $name::$word(self)
            }

            fn name(self) -> &'static str {
                $name::name(self)
            }
        }
    )+

    /// Each word with what it is a word of, and its name in English.
    #[cfg(test)]
    pub(super) fn each() -> Vec<(String, &'static str)> {
        let mut each = Vec::new();
        $(each.extend($name::ALL.iter().map(|of| (format!("{}-{}", $kind, $name::$word(*of)), $name::name(*of))));)+
        each
    }};
}

labelled! {
    ActionKind "action-kind", word;
    ActionStatus "action", word;
    CauseLayer "layer", word;
    CauseOrigin "origin", word;
    ContractState "contract", word;
    CorrectionPart "correction", word;
    DetectedBy "detected-by", word;
    Difficulty "level", word;
    Disclosure "disclosure", word;
    EventKind "event", word;
    FundState "funds", word;
    Measure "measure", key;
    Milestone "milestone", word;
    Phase "phase", word;
    PlanKind "plan", word;
    Population "population", word;
    RelatedWhy "related", word;
    Stage "stage", word;
    State "ledger", word;
    Status "status", word;
    VerificationKind "verification", word;
}
