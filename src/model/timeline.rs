//! What happened, and the moments an incident is measured by.

use super::Moment;
use crate::diagnostic::{Span, Spanned};
use crate::markdown::Block;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When, where that could be read.
    pub when: Option<Moment>,
    /// The time as written; empty where there was none.
    pub written: Spanned<String>,
    /// What sort of thing it was: from a bracketed word, else from the first words of the text.
    pub kind: Option<EventKind>,
    /// What happened.
    pub content: Vec<Block>,
    /// The whole row, item or sub-section.
    pub span: Span,
}

/// A stretch of time with impact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// When it began.
    pub from: Moment,
    /// When it ended.
    pub to: Moment,
    /// Where it is written.
    pub span: Span,
}

/// Something said in public while an incident went on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// When it was said, where that could be read.
    pub at: Option<Moment>,
    /// How far things were: `investigating`, `identified`, `monitoring`, `resolved` or another word; may be empty.
    pub state: String,
    /// What was said; may be empty.
    pub text: String,
    /// By when the next word was promised.
    pub next_by: Option<Moment>,
    /// Where it is written.
    pub span: Span,
}

/// Makes an enum of words with its two tables.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal, $title:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// All, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as written in documents.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The name on pages.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }

            /// The value a word stands for, without regard to case.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                let word = word.trim();
                Self::ALL.iter().copied().find(|value| value.word().eq_ignore_ascii_case(word))
            }
        }
    };
}
pub(super) use words;

words! {
    /// The sorts of event.
    EventKind {
        /// The fault came into the system.
        Introduced = "introduced", "Introduced";
        /// Something was changed.
        Change = "change", "Change";
        /// Impact began.
        Started = "started", "Started";
        /// Somebody or something knew.
        Detected = "detected", "Detected";
        /// A person took it on.
        Acknowledged = "acknowledged", "Acknowledged";
        /// An incident was declared.
        Declared = "declared", "Declared";
        /// Something was decided.
        Decision = "decision", "Decision";
        /// Something was done.
        Action = "action", "Action";
        /// The attacker or fault was cut off.
        Contain = "contain", "Contained";
        /// Operations were paused.
        Pause = "pause", "Paused";
        /// Users were no longer affected.
        Mitigate = "mitigate", "Mitigated";
        /// The fix was shown to work.
        Verified = "verified", "Verified";
        /// A stage of a rollout.
        Rollout = "rollout", "Rollout";
        /// Operations were resumed.
        Resume = "resume", "Resumed";
        /// Normal operation.
        Resolved = "resolved", "Resolved";
        /// Something was said to others.
        Comms = "comms", "Communication";
        /// Worth noting.
        Note = "note", "Note";
    }
}

words! {
    /// The moments an incident is measured by, in the order they usually come. The words are the names of the fields.
    Milestone {
        /// The latent fault entered.
        Introduced = "introduced_at", "Fault introduced";
        /// Impact began.
        Started = "started_at", "Impact started";
        /// We knew.
        Detected = "detected_at", "Detected";
        /// A person took it on.
        Acknowledged = "acknowledged_at", "Acknowledged";
        /// An incident was declared.
        Declared = "declared_at", "Declared";
        /// The attacker or exploit could not go on.
        Contained = "contained_at", "Contained";
        /// Users were no longer affected.
        Mitigated = "mitigated_at", "Mitigated";
        /// Normal operation, temporary measures gone.
        Resolved = "resolved_at", "Resolved";
        /// First public statement.
        Public = "public_at", "First public statement";
    }
}

impl EventKind {
    /// The milestone an event of this sort marks.
    #[must_use]
    pub fn milestone(self) -> Option<Milestone> {
        Some(match self {
            Self::Introduced => Milestone::Introduced,
            Self::Started => Milestone::Started,
            Self::Detected => Milestone::Detected,
            Self::Acknowledged => Milestone::Acknowledged,
            Self::Declared => Milestone::Declared,
            Self::Contain => Milestone::Contained,
            Self::Mitigate => Milestone::Mitigated,
            Self::Resolved => Milestone::Resolved,
            _ => return None,
        })
    }
}
