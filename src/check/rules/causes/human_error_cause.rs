//! `human-error-cause`

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::passage::Kind;
use crate::check::pattern::pattern;
use crate::check::rule::declare_rule;
use crate::check::rules::sections::under;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Span};
use crate::model::Postmortem;

declare_rule! {
    /// A person's mistake is given as the cause of an incident.
    ///
    /// ## Why
    ///
    /// "Human error" is where an explanation begins. People will always mistype, misread and forget; why did the system make it easy, and
    /// why did nothing stop it? An explanation that ends with the person leaves all of that as it was. It also tells everybody what
    /// happens to those who report.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Root cause
    ///
    /// The root cause was human error: the operator chose the wrong cluster.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// ## Root cause
    ///
    /// The console shows all clusters under the same name, and asks for no confirmation before it drains one.
    /// ```
    ///
    /// The taxonomy has leaves for what made the mistake possible: `process/documentation`, `process/staffing-skills`,
    /// `architecture/automation-runaway` and others. A sentence that calls the mistake insufficient as an explanation is not meant, nor is
    /// one that says there was none.
    static HUMAN_ERROR_CAUSE = { name: "human-error-cause", group: Causes, level: Warning, run: Run::Document(find) }
}

/// Whose mistakes they are, and what they are called.
const WHOSE: [&str; 9] = ["developer", "employee", "engineer", "human", "manual", "operator", "personnel", "pilot", "user"];
const MISTAKES: [&str; 4] = ["error", "errors", "mistake", "mistakes"];

/// Words in front that make the mistake a cause.
const ATTRIBUTIONS: [&str; 12] =
    ["attributable", "attributed", "because", "cause", "caused", "causes", "due", "reason", "resulted", "through", "triggered", "via"];

/// Words in front, or behind "is", with which a sentence takes back that the mistake was the cause.
const TAKEN_BACK: [&str; 16] = [
    "avoid",
    "beyond",
    "blame",
    "cannot",
    "insufficient",
    "limit",
    "neither",
    "never",
    "no",
    "nor",
    "not",
    "prevent",
    "prone",
    "rather",
    "than",
    "without",
];

/// Words behind a mistake that something is then said of.
const COPULAS: [&str; 7] = ["alone", "are", "can", "cannot", "is", "was", "were"];

/// Somebody's mistake, whatever marks stand between the words.
static TRACE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"(?i-u)(?:{})(?:'s|’s)?(?u-i:[^a-zA-Z]{{1,9}})(?:error|mistake)", WHOSE.join("|"))));

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let mut places = in_metadata(postmortem);
    let sections: Vec<Span> = under(postmortem, "root-cause").into_iter().map(|section| section.span).collect();
    for passage in subject.passages_with(&TRACE).into_iter().filter(|passage| passage.kind != Kind::ColumnHead) {
        let is_about_cause = sections.iter().any(|section| section.contains(passage.span));
        let is_cause = if is_about_cause { is_attribution } else { speaks_of_root_cause };
        places.extend(blamed(&passage.text, is_cause).into_iter().map(|range| passage.place(range.start, range.end)));
    }
    places.sort_unstable();
    places.dedup();
    let tell = |span| {
        let finding = HUMAN_ERROR_CAUSE.finding(&postmortem.head.path, span, "a person's mistake is given as the cause");
        finding.help("say what made the mistake easy, and why nothing stopped it")
    };
    places.into_iter().map(tell).collect()
}

/// Causes that are called so, or explained so, in the metadata.
fn in_metadata(postmortem: &Postmortem) -> Vec<Span> {
    let says_so = |text: &str| !blamed(&text.replace(['-', '_', '/'], " "), |_| true).is_empty();
    let causes = postmortem.root_causes.iter().filter(|cause| (!cause.known && says_so(&cause.path.value)) || says_so(&cause.note));
    causes.map(|cause| cause.path.span).collect()
}

/// A mistake that a sentence begins with, or that an attribution goes before.
fn is_attribution(before: &[&str]) -> bool {
    before.len() < 3 || before.iter().any(|word| is_among(word, &ATTRIBUTIONS))
}

fn speaks_of_root_cause(before: &[&str]) -> bool {
    before.windows(2).any(|pair| {
        pair.first().is_some_and(|word| is_among(word, &["root"])) && pair.last().is_some_and(|word| is_among(word, &["cause", "causes"]))
    })
}

/// The mistakes of people that a text gives as a cause. `is_cause` is asked of the words before one, in its sentence.
fn blamed(text: &str, is_cause: fn(&[&str]) -> bool) -> Vec<Range<usize>> {
    let words = words(text);
    let mut found = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let [(start, who), (last, what)] = pair else { continue };
        let who = who.trim_end_matches("'s").trim_end_matches("’s");
        // "User errors" are as often errors that users see.
        let is_mistake = is_among(who, &WHOSE) && is_among(what, &MISTAKES) && !(is_among(who, &["user"]) && what.ends_with('s'));
        let end = last + what.len();
        if !is_mistake || text.get(*start..*last).is_some_and(|between| between.contains(['.', ','])) || is_quoted(text, *start) {
            continue;
        }
        let from = text.get(..*start).and_then(|head| head.rfind(['.', '!', '?', ';'])).unwrap_or_default();
        let before: Vec<&str> = words.iter().take(at).filter(|(at, _)| *at >= from).map(|(_, word)| *word).collect();
        let behind: Vec<&str> = words.iter().skip(at + 2).take(4).map(|(_, word)| *word).collect();
        let sentence_end = text.get(end..).and_then(|rest| rest.chars().find(|c| ".!?".contains(*c)));
        if is_cause(&before) && !is_taken_back(&before, &behind) && sentence_end != Some('?') {
            found.push(*start..end);
        }
    }
    found
}

fn is_taken_back(before: &[&str], behind: &[&str]) -> bool {
    let denies = |word: &&str| is_among(word, &TAKEN_BACK) || word.ends_with("n't") || word.ends_with("n’t");
    let is_spoken_of = behind.first().is_some_and(|word| is_among(word, &COPULAS) || denies(word));
    before.iter().any(&denies) || (is_spoken_of && behind.iter().any(denies))
}

/// Whether a quotation mark opens right before a place.
fn is_quoted(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|head| head.ends_with(['"', '“', '‘', '«', '\'']))
}

/// The words of a text with their places; an apostrophe is part of a word.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let pieces = text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let placed = pieces.map(|piece| {
        let start = at;
        at += piece.len();
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        let core = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        (start + word.len() - core.len(), core)
    });
    placed.filter(|(_, word)| !word.is_empty()).collect()
}

fn is_among(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_given_as_the_cause_is_told() {
        for text in [
            "Human error.",
            "Human error in not knowing where the logs are.",
            "The root cause was human error: somebody mistyped.",
            "All good. This was due to operator error.",
            "It was caused by an engineer's mistake",
            "User error",
        ] {
            assert_eq!(blamed(text, is_attribution).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_mistake_that_explains_nothing_is_let_pass() {
        for text in [
            "The cause was not human error.",
            "Human error is not a cause.",
            "Human error isn't a root cause.",
            "Human error alone cannot explain it.",
            "Blaming this, rather than human error, the cause is the console",
            "The cause \u{201c}human error\u{201d} explains nothing",
            "Was this caused by human error?",
            "The console made operator errors likely because all looked alike.",
            "The process is prone to human error because of its length.",
            "User errors rose because the service was down.",
            "The system returned an error to the user, error 500",
        ] {
            assert!(blamed(text, is_attribution).is_empty(), "{text}");
        }
    }

    #[test]
    fn elsewhere_it_must_be_called_the_root_cause() {
        assert_eq!(blamed("The root causes were power and a human error.", speaks_of_root_cause).len(), 1);
        assert!(blamed("It was triggered by human error.", speaks_of_root_cause).is_empty());
    }
}
