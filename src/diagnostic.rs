//! What the program has to say about somebody's text: findings as data, with the place they speak of.
//!
//! A finding is a value, never an `Err`: bad content becomes a [`Diagnostic`] in a list, and an error type is kept for a tool that cannot
//! work. Every place is a [`Span`] of bytes in the file the author edits; [`LineIndex`] turns it into lines and columns for the terminal,
//! for machine formats and for editors.

mod fingerprint;
mod line_index;
mod mend;
mod span;

use std::borrow::Cow;
use std::fmt;

pub use fingerprint::{Fingerprint, fingerprints};
pub use line_index::{LineIndex, Position};
pub use mend::mend;
pub use span::{SourcePath, Span, Spanned};

/// The name of a rule in kebab-case; it is the rule's whole identity. It names the defect and reads after "allow": `broken-link`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleName(pub &'static str);

impl fmt::Display for RuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// How much a finding weighs. Not to be mistaken for an incident's severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported.
    Off,
    /// Worth knowing; never changes an exit status.
    Hint,
    /// Should be mended; fails only a strict run.
    Warning,
    /// Wrong; a check with an error exits 1.
    Error,
}

impl Level {
    /// The word used in site.toml and in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The level a word of site.toml stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Off, Self::Hint, Self::Warning, Self::Error].into_iter().find(|level| level.word() == word)
    }
}

/// A place in a file, with a few words on why it matters to the finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The file.
    pub path: SourcePath,
    /// The bytes spoken of.
    pub span: Span,
    /// What is to be seen there; may be empty for the primary place.
    pub text: String,
}

/// One replacement of bytes in the file the finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The bytes to replace; empty for an insertion.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

/// A mend that needs no judgement: applying it removes the finding and changes nothing else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// What the fix does, in the imperative: "rename the field to `severity`".
    pub title: String,
    /// The edits, sorted, not overlapping, all in the file of the finding.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that speaks.
    pub rule: RuleName,
    /// How much it weighs. Whoever finds it leaves the default here; levels are applied once, at the sink (`check::Levels`).
    pub level: Level,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where: the primary label.
    pub primary: Label,
    /// Other places that explain it.
    pub labels: Vec<Label>,
    /// Why it matters or how to mend it.
    pub help: Option<Cow<'static, str>>,
    /// The mend, where it is certain.
    pub fix: Option<Fix>,
    /// Whether a report may show the text it speaks of. A secret is not to be shown again, in a log of a build server least of all.
    pub may_be_quoted: bool,
}

impl Diagnostic {
    /// A finding of `rule` at `span` of `path`.
    pub fn new(rule: RuleName, path: &SourcePath, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: Level::Error,
            message: message.into(),
            primary: Label { path: path.clone(), span, text: String::new() },
            labels: Vec::new(),
            help: None,
            fix: None,
            may_be_quoted: true,
        }
    }

    /// Says a few words at the primary place.
    #[must_use]
    pub fn labelled(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Points at a further place.
    #[must_use]
    pub fn also(mut self, path: &SourcePath, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { path: path.clone(), span, text: text.into() });
        self
    }

    /// Says why it matters or how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Keeps the text it speaks of out of reports.
    #[must_use]
    pub fn unquoted(mut self) -> Self {
        self.may_be_quoted = false;
        self
    }

    /// Offers a mend.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix { title: title.into(), edits });
        self
    }

    /// The order in which findings are told: by file, place, rule, words. It does not depend on who found what first.
    pub fn sort(findings: &mut [Self]) {
        findings.sort_by(|a, b| {
            (&a.primary.path, a.primary.span, a.rule, &a.message).cmp(&(&b.primary.path, b.primary.span, b.rule, &b.message))
        });
    }
}

/// The word of `known` that `word` was probably meant to be: at most a third of its letters wrong.
///
/// Distance is Damerau–Levenshtein (optimal string alignment), so that two swapped letters count once.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    let limit = (folded.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .filter_map(|candidate| Some((distance(&folded, &candidate.to_lowercase(), limit)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// How far apart two words are, where that is no more than `limit`. Measuring is dear and candidates are many, so what both begin or end with
/// is set aside, and letters are counted first: one step takes away one letter, adds one, or both.
fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b) = without_shared_ends(a, b);
    let mut surplus = [0_i32; 64];
    for (word, step) in [(a, 1), (b, -1)] {
        for c in word.chars() {
            if let Some(count) = surplus.get_mut(c as usize % 64) {
                *count += step;
            }
        }
    }
    let odd: usize = surplus.iter().map(|count| count.unsigned_abs() as usize).sum();
    (odd <= 2 * limit).then(|| strsim::osa_distance(a, b)).filter(|distance| *distance <= limit)
}

/// Two words without what both begin with and what both then end with.
fn without_shared_ends<'w>(a: &'w str, b: &'w str) -> (&'w str, &'w str) {
    fn shared(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
        a.zip(b).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum()
    }
    let start = shared(a.chars(), b.chars());
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    let end = shared(a.chars().rev(), b.chars().rev());
    (a.get(..a.len() - end).unwrap_or_default(), b.get(..b.len() - end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised_and_another_word_is_not() {
        let known = ["severity", "services", "started_at", "status"];
        assert_eq!(did_you_mean("severty", known), Some("severity"));
        assert_eq!(did_you_mean("Services", known), Some("services"));
        assert_eq!(did_you_mean("stauts", known), Some("status"));
        assert_eq!(did_you_mean("company", known), None);
    }

    #[test]
    fn the_short_way_measures_as_the_long_one_does() {
        let letters = ['a', 'b', 'é', '1'];
        let mut words = vec![String::new()];
        let mut last = words.clone();
        for _ in 0..4 {
            last = last.iter().flat_map(|word| letters.map(|letter| format!("{word}{letter}"))).collect();
            words.extend(last.iter().cloned());
        }
        for a in &words {
            for b in &words {
                let whole = strsim::osa_distance(a, b);
                assert_eq!(distance(a, b, 3), Some(whole).filter(|whole| *whole <= 3), "{a} {b}");
            }
        }
    }

    #[test]
    fn findings_are_told_by_file_then_place() {
        let (a, b) = (SourcePath::from("a.md"), SourcePath::from("b.md"));
        let rule = RuleName("broken-link");
        let mut findings = vec![
            Diagnostic::new(rule, &b, Span::new(0, 1), "x"),
            Diagnostic::new(rule, &a, Span::new(9, 10), "y"),
            Diagnostic::new(rule, &a, Span::new(2, 3), "z"),
        ];
        Diagnostic::sort(&mut findings);
        assert_eq!(findings.iter().map(|f| f.message.as_str()).collect::<Vec<_>>(), ["z", "y", "x"]);
    }
}
