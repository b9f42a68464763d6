//! What documents say of teaching with them: how an incident is played as a drill, and in which order incidents are read.

use super::timeline::words;
use crate::diagnostic::{Span, Spanned};

/// What `training` says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Training {
    /// For how experienced a reader.
    pub level: Option<Difficulty>,
    /// For whom; may be empty.
    pub audience: String,
    /// How long it is meant to take.
    pub minutes: Option<u32>,
    /// What a reader can do afterwards.
    pub objectives: Vec<String>,
    /// What to talk about afterwards.
    pub questions: Vec<String>,
    /// How the incident is played as a drill; nothing where it is not chosen for one.
    pub drill: Option<DrillPlan>,
    /// The incidents that a reading path leads to, in order.
    pub reading: Vec<ReadingEntry>,
}

words! {
    /// For how experienced a reader.
    Difficulty {
        /// For people new to the work.
        Introductory = "introductory", "Introductory";
        /// For people who take part in responses.
        Intermediate = "intermediate", "Intermediate";
        /// For people who lead them.
        Advanced = "advanced", "Advanced";
    }
}

/// How an incident is played as a drill, as far as its document says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DrillPlan {
    /// What the drill is called, which must not tell how it ends; may be empty.
    pub title: String,
    /// What the players are told before it begins, in paragraphs; may be empty.
    pub briefing: Vec<String>,
    /// The time of the event with which the players begin; without it, that of the detection.
    pub from: Option<Spanned<String>>,
    /// The times of events that the responders did not know of then.
    pub unknown: Vec<Spanned<String>>,
    /// The questions that its author asks at certain moments.
    pub prompts: Vec<PromptPlan>,
    /// Where it is written.
    pub span: Span,
}

/// A question of a drill that its author asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PromptPlan {
    /// The time of the event before which it is asked, as on the page of the incident (`14:02`) or as written in its timeline.
    pub before: Spanned<String>,
    /// The question; empty for the one that is always asked.
    pub ask: String,
    /// What a facilitator may say to those who are stuck, the weakest first.
    pub hints: Vec<String>,
}

/// An entry of a reading path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingEntry {
    /// The incident: its id, slug, file name or title.
    pub incident: Spanned<String>,
    /// Why it is read here; may be empty.
    pub why: String,
    /// What to ask oneself while reading.
    pub questions: Vec<String>,
}
