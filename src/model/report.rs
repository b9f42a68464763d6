//! How far a published report is, and what it once said otherwise.

use super::Moment;
use super::timeline::words;
use crate::diagnostic::Span;

words! {
    /// How far the report is (the stages of CCADB, and of the reports that DORA asks for).
    Stage {
        /// What is known so far.
        Preliminary = "preliminary", "Preliminary report";
        /// What happened, why, and what is done about it.
        Full = "full", "Full report";
        /// What became of what was promised.
        Closure = "closure", "Closure report";
    }
}

words! {
    /// What is said of a correction.
    CorrectionPart {
        /// What the report said before.
        Said = "said", "What we said";
        /// What holds.
        True = "true", "What is true";
        /// When it became known.
        Learned = "learned", "When we learned it";
        /// Why it was said otherwise.
        Why = "why", "Why";
    }
}

/// Something the report once said otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// When it was corrected, where that could be read.
    pub on: Option<Moment>,
    /// When it became known, where that is told and could be read.
    pub learned: Option<Moment>,
    /// What was said; may be empty.
    pub said: String,
    /// What is true; may be empty.
    pub now: String,
    /// Why it was said otherwise; may be empty.
    pub why: String,
    /// Where it is written.
    pub span: Span,
}

impl Correction {
    /// All that is said of it, in order: what it is, and the words. `date` puts a moment into words.
    pub fn told(&self, date: impl Fn(&Moment) -> String) -> impl Iterator<Item = (CorrectionPart, String)> {
        let told = [
            (CorrectionPart::Said, self.said.clone()),
            (CorrectionPart::True, self.now.clone()),
            (CorrectionPart::Learned, self.learned.as_ref().map(date).unwrap_or_default()),
            (CorrectionPart::Why, self.why.clone()),
        ];
        told.into_iter().filter(|(_, words)| !words.is_empty())
    }
}
