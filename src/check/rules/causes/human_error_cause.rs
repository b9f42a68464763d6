//! `human-error-cause`

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::check::passage::{Kind, is_among};
use crate::check::pattern::pattern;
use crate::check::rule::declare_rule;
use crate::check::rules::sections::under;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{Cause, Postmortem};

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
const WHOSE: [&str; 12] =
    ["admin", "administrator", "developer", "employee", "engineer", "finger", "human", "manual", "operator", "personnel", "pilot", "user"];
const MISTAKES: [&str; 4] = ["error", "errors", "mistake", "mistakes"];

/// The same in a sentence: "a mistake made by an engineer", "an engineer made a mistake", "human failure".
static SENTENCES: LazyLock<Regex> = LazyLock::new(|| {
    let person = r"(?: (?: a | an | one\s+of | our | the ) \s+ )* (?: on-call \s+ )? (?: admin | administrator | colleague | contractor | dba
        | developer | employee | engineer | intern | operator | responder | technician | somebody | someone ) s?";
    let mistake = r"(?: error | mistake | oversight | slip | typo ) s?";
    pattern(&format!(
        r"(?xi-u) \b (?: {mistake} \s+ (?: (?: made | committed ) \s+ )? (?: by | of \s+ (?: an? | one\s+of ) | on\s+the\s+part\s+of ) \s+ {person}
          | {person} \s+ (?: had \s+ )? (?: made | committed ) \s+ (?: a | an ) \s+ (?: [a-z-]+ \s+ )? {mistake}
          | human \s+ failures? ) \b"
    ))
});

/// Words in front that make the mistake a cause.
const ATTRIBUTIONS: [&str; 12] =
    ["attributable", "attributed", "because", "cause", "caused", "causes", "due", "reason", "resulted", "through", "triggered", "via"];

/// Words that may all stand in front of a mistake with which a sentence begins: "it was a simple".
const OPENINGS: [&str; 15] =
    ["a", "an", "another", "classic", "fat", "honest", "is", "it", "plain", "pure", "simple", "that", "the", "this", "was"];

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

/// What is found in every text that may give somebody's mistake as a cause.
static TRACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?xi-u) (?: {} ) (?: 's | ’s )? (?u-i: [^a-zA-Z]{{1,9}} ) (?: error | mistake )
            | (?: error | mistake | oversight | slip | typo ) s? \s+ (?: made | committed | by | of | on ) \s
            | (?: made | committed ) \s+ an? \s | human \s+ failure",
        WHOSE.join("|")
    ))
});

/// So many words of a sentence are read before a mistake, and behind it: people write no longer ones.
const REACH: usize = 80;

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let mut places = in_metadata(postmortem);
    let sections: Vec<Span> = under(postmortem, "root-cause").into_iter().map(|section| section.span).collect();
    for passage in subject.passages_with(&TRACE).into_iter().filter(|passage| passage.kind != Kind::ColumnHead) {
        let begun = sections.partition_point(|section| section.start <= passage.span.start);
        let is_about_cause = sections.get(..begun).and_then(<[Span]>::last).is_some_and(|section| section.contains(passage.span));
        let is_cause = if is_about_cause { is_attribution } else { is_clear_attribution };
        let told =
            |range: Range<usize>| (passage.place(range.start, range.end), format!("`{}`", &passage.text.get(range).unwrap_or_default()));
        places.extend(blamed(&passage.text, is_cause).into_iter().map(told));
    }
    places.sort_unstable();
    places.dedup_by_key(|(span, _)| *span);
    let tell = |(span, what)| {
        let finding = HUMAN_ERROR_CAUSE.finding(&postmortem.head.path, span, format!("{what} is given as the cause"));
        finding.help("say what made the mistake easy, and why nothing stopped it")
    };
    places.into_iter().map(tell).collect()
}

/// Causes that are called so, or explained so, in the metadata.
fn in_metadata(postmortem: &Postmortem) -> Vec<(Span, String)> {
    let causes = postmortem.root_causes.iter().filter(|cause| is_called_human_error(cause) || says_so(&cause.note));
    causes.map(|cause| (cause.path.span, "a person's mistake".to_owned())).collect()
}

/// Whether a cause has no other name than somebody's mistake: `human-error`.
pub(in crate::check::rules) fn is_called_human_error(cause: &Cause) -> bool {
    !cause.known && says_so(&cause.path.value)
}

fn says_so(text: &str) -> bool {
    !blamed(&text.replace(['-', '_', '/'], " "), is_attribution).is_empty()
}

/// A mistake that a sentence begins with, or that an attribution goes before.
fn is_attribution(before: &[&str], _: &[&str]) -> bool {
    let is_opening = before.len() < 2 || before.iter().all(|word| is_among(word, &OPENINGS));
    is_opening || before.iter().any(|word| is_among(word, &ATTRIBUTIONS))
}

/// Outside the section on the cause: a mistake that is called the root cause, or right in front of which the words say "caused by".
fn is_clear_attribution(before: &[&str], behind: &[&str]) -> bool {
    let speaks_of_root_cause = before.windows(2).any(|pair| {
        pair.first().is_some_and(|word| is_among(word, &["root"])) && pair.last().is_some_and(|word| is_among(word, &["cause", "causes"]))
    });
    // "Caused by a simple human error" has two words between.
    let near = before.get(before.len().saturating_sub(4)..).unwrap_or_default();
    let is_caused_by = near.windows(2).any(|pair| {
        let [verb, by] = pair else { return false };
        is_among(verb, &["caused"]) && is_among(by, &["by"]) || is_among(verb, &["due"]) && is_among(by, &["to"])
    });
    let leads_to = before.is_empty() && behind.iter().any(|word| is_among(word, &["caused", "led"]));
    speaks_of_root_cause || is_caused_by || leads_to
}

/// The mistakes of people that a text gives as a cause. `is_cause` is asked of the words before one, in its sentence, and of those
/// behind it.
fn blamed(text: &str, is_cause: fn(&[&str], &[&str]) -> bool) -> Vec<Range<usize>> {
    let words = words(text);
    let mut mistakes = pairs(text, &words);
    mistakes.extend(SENTENCES.find_iter(text).map(|found| found.range()));
    mistakes.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    mistakes.dedup_by(|next, kept| next.start < kept.end);
    let is_blamed = |mistake: &Range<usize>| {
        let at = words.partition_point(|(start, _)| *start < mistake.start);
        let near = words.get(at.saturating_sub(REACH)..at).unwrap_or_default();
        let nearest = near.first().map_or(mistake.start, |(start, _)| *start);
        let sentence = text.get(nearest..mistake.start).and_then(|head| head.rfind(['.', '!', '?', ';']));
        let from = sentence.map_or(0, |sentence| nearest + sentence);
        let before: Vec<&str> = near.iter().filter(|(start, _)| *start >= from).map(|(_, word)| *word).collect();

        let next = words.partition_point(|(start, _)| *start < mistake.end);
        let far = words.get(next + REACH).map_or(text.len(), |(start, _)| *start);
        let to = text.get(mistake.end..far).and_then(|rest| rest.find(['.', '!', '?'])).map_or(far, |length| mistake.end + length);
        let behind: Vec<&str> = words.iter().skip(next).take_while(|(start, _)| *start < to).map(|(_, word)| *word).collect();
        let is_question = text.get(to..).is_some_and(|rest| rest.starts_with('?'));
        let close = behind.get(..4).unwrap_or(&behind);
        is_cause(&before, &behind) && !is_taken_back(&before, close) && !is_question && !is_quoted(text, mistake.start)
    };
    mistakes.retain(is_blamed);
    mistakes
}

/// Where a text has the words for a person and for a mistake one after the other.
fn pairs(text: &str, words: &[(usize, &str)]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for pair in words.windows(2) {
        let [(start, who), (last, what)] = pair else { continue };
        let who = who.trim_end_matches("'s").trim_end_matches("’s");
        // "User errors" are as often errors that users see.
        let is_mistake = is_among(who, &WHOSE) && is_among(what, &MISTAKES) && !(is_among(who, &["user"]) && what.ends_with('s'));
        if is_mistake && !text.get(*start..*last).is_some_and(|between| between.contains(['.', ','])) {
            found.push(*start..last + what.len());
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
            "A typo by an engineer deleted the zone.",
            "An engineer made a mistake.",
            "The root cause was a mistake made by the on-call engineer.",
            "It was caused by an error of an employee.",
            "Somebody made a simple error during the deploy.",
            "The cause is human failure.",
            "It was a human mistake.",
            "A fat-finger mistake by the operator.",
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
            "The console let a slip by an operator reach every host.",
            "Nothing stopped the command, although an operator made a typo in it.",
            "The parser has an error in the code of the engineers' tool.",
            "The cause is an error of the employee portal.",
            "This makes operator errors likely.",
        ] {
            assert!(blamed(text, is_attribution).is_empty(), "{text}");
        }
    }

    #[test]
    fn elsewhere_it_must_be_called_the_cause() {
        for text in [
            "The root causes were power and a human error.",
            "The outage was caused by a simple human error.",
            "Human error during a routine upgrade led to a resource crunch.",
        ] {
            assert_eq!(blamed(text, is_clear_attribution).len(), 1, "{text}");
        }
        for text in ["It was triggered by human error.", "Human error is what the form invites.", "An operator made a typo."] {
            assert!(blamed(text, is_clear_attribution).is_empty(), "{text}");
        }
    }
}
