//! Why it happened, how it was found, what it is related to.

use super::timeline::words;
use crate::diagnostic::{Span, Spanned};

/// Whether a word that stands where a term is asked for is an honest answer rather than a term: `none`, `unknown`, `n/a: reason`.
#[must_use]
pub fn is_answer(word: &str) -> bool {
    let word = word.trim().to_ascii_lowercase();
    matches!(word.as_str(), "none" | "unknown") || word.starts_with("n/a")
}

/// A cause: a leaf of the taxonomy and what is said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The leaf's path (`change/config`) where the taxonomy has it, else the word as written.
    pub path: Spanned<String>,
    /// Whether the taxonomy has it.
    pub known: bool,
    /// Technical or procedural.
    pub layer: Option<CauseLayer>,
    /// Code, design or external.
    pub origin: Option<CauseOrigin>,
    /// A sentence; may be empty.
    pub note: String,
}

words! {
    /// Whether a cause lies in the system or in how people work with it.
    CauseLayer {
        /// In the system.
        Technical = "technical", "Technical";
        /// In how people work with it.
        Procedural = "procedural", "Procedural";
    }
}

words! {
    /// Where a cause comes from.
    CauseOrigin {
        /// A coding flaw.
        Code = "code", "Code";
        /// A design oversight.
        Design = "design", "Design";
        /// Something outside.
        External = "external", "External";
    }
}

/// How an incident was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Detection {
    /// By whom or what.
    pub by: Option<Spanned<DetectedBy>>,
    /// How; may be empty.
    pub how: String,
    /// What would have found it sooner; may be empty.
    pub gap: String,
    /// Where it is written.
    pub span: Span,
}

words! {
    /// Who or what found an incident (after VERIS `discovery_method`).
    DetectedBy {
        /// An alert.
        Monitoring = "monitoring", "Monitoring";
        /// A user or customer.
        User = "user", "User report";
        /// Somebody of the organisation, by hand.
        Staff = "staff", "Staff";
        /// A researcher.
        Researcher = "researcher", "Researcher";
        /// A partner.
        Partner = "partner", "Partner";
        /// Another third party.
        ThirdParty = "third-party", "Third party";
        /// An audit.
        Audit = "audit", "Audit";
        /// The attacker.
        Attacker = "attacker", "Attacker";
    }
}

/// Another incident named in the metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The id, slug or file named.
    pub id: Spanned<String>,
    /// Why, where it says.
    pub why: Option<RelatedWhy>,
}

words! {
    /// Why two incidents are related.
    RelatedWhy {
        /// They share a cause.
        SameCause = "same-cause", "Same cause";
        /// They hit the same service.
        SameService = "same-service", "Same service";
        /// This one was caused by that one.
        CausedBy = "caused-by", "Caused by";
        /// They are the same incident.
        DuplicateOf = "duplicate-of", "Duplicate of";
        /// This one is that one again.
        RecurrenceOf = "recurrence-of", "Recurrence of";
        /// This one is a drill that replays that one.
        DrillOf = "drill-of", "Drill of";
    }
}
