//! How people speak of people, in English; shared by the rules on wording.

pub(super) mod blameful_wording;
pub(super) mod counterfactual;
pub(super) mod hard_summary;
pub(super) mod long_sentence;
pub(super) mod undefined_acronym;

use std::ops::Range;

use regex::Regex;

use super::told_once;
use crate::check::passage::{self, Passage, Voice};
use crate::check::{Context, Rule, Subject};
use crate::config::People;
use crate::diagnostic::Diagnostic;
use crate::markdown::text::on_one_line;
use crate::model::{Head, Postmortem, Visibility};

/// Words for people, as they stand right before a verb. "Who" and "anyone" are not among them: "anyone could have read it" blames nobody.
const PEOPLE: [&str; 47] = [
    "admin",
    "administrator",
    "administrators",
    "admins",
    "author",
    "authors",
    "colleague",
    "colleagues",
    "contractor",
    "contractors",
    "dba",
    "developer",
    "developers",
    "employee",
    "employees",
    "engineer",
    "engineers",
    "he",
    "i",
    "intern",
    "maintainer",
    "maintainers",
    "management",
    "manager",
    "managers",
    "on-call",
    "oncall",
    "operator",
    "operators",
    "responder",
    "responders",
    "reviewer",
    "reviewers",
    "she",
    "somebody",
    "someone",
    "sre",
    "sres",
    "staff",
    "supplier",
    "team",
    "teams",
    "technician",
    "technicians",
    "they",
    "vendor",
    "we",
];

/// Words that may stand between one for people and a verb; so may those in "-ly".
const BETWEEN: [&str; 10] = ["all", "also", "both", "had", "has", "have", "just", "perhaps", "simply", "then"];

/// Phrases that a rule looks for.
#[derive(Clone, Copy)]
struct Phrases<'p> {
    /// What is found in every text that may have one.
    trace: &'p Regex,
    /// Where they are in a text.
    places: fn(&str, &People) -> Vec<Range<usize>>,
}

/// The findings of a rule on what the author of a postmortem says in words of their own. `phrases` gives the places in a text that it is
/// about, `message` says what is wrong with one.
fn find_in_own_words(
    rule: &Rule,
    (context, subject): (&Context<'_>, &Subject<'_>),
    phrases: Phrases<'_>,
    message: fn(&str) -> String,
) -> Vec<Diagnostic> {
    // Pages are left alone: a guide may say how not to write.
    let Some(Postmortem { head, .. }) = subject.postmortem().filter(|postmortem| is_english(context, &postmortem.head)) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for passage in subject.passages_with(phrases.trace).into_iter().filter(|passage| passage.voice == Voice::Author) {
        let places = (phrases.places)(&passage.text, &context.config.people);
        let quotations = if places.is_empty() { Default::default() } else { quotations(&passage.text) };
        for range in places.into_iter().filter(|range| !is_quoted(&quotations, range.start)) {
            let words = on_one_line(passage.text.get(range.clone()).unwrap_or_default());
            findings.push(rule.finding(&head.path, passage.place(range.start, range.end), message(&words)));
        }
    }
    told_once(findings)
}

/// The summary of an English postmortem as the public reads it; nothing where the postmortem is not public.
fn public_summary<'a>(context: &Context<'_>, postmortem: &'a Postmortem) -> Vec<Passage<'a>> {
    if postmortem.visibility != Visibility::Public || !is_english(context, &postmortem.head) {
        return Vec::new();
    }
    passage::of_public_summary(postmortem, &postmortem.head.withheld)
}

/// Whether a document is in English, as far as it or its site says.
fn is_english(context: &Context<'_>, head: &Head) -> bool {
    let language = head.language.as_deref().unwrap_or(&context.config.site.language);
    language.split(['-', '_']).next().is_some_and(|language| language.eq_ignore_ascii_case("en"))
}

/// The stretches of a text between quotation marks, by the kind of mark, in order. A mark that is not closed opens nothing.
fn quotations(text: &str) -> [Vec<Range<usize>>; 2] {
    let (mut curly, mut open) = (Vec::new(), None);
    for (at, mark) in text.match_indices(['“', '”']) {
        if mark == "“" {
            open.get_or_insert(at);
        } else if let Some(start) = open.take() {
            curly.push(start..at);
        }
    }
    let marks: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
    let straight = marks.chunks_exact(2).filter_map(|pair| if let [start, end] = pair { Some(*start..*end) } else { None });
    [curly, straight.collect()]
}

/// Whether somebody is quoted at this place of a text, or a phrase only spoken of.
fn is_quoted(quotations: &[Vec<Range<usize>>; 2], at: usize) -> bool {
    quotations.iter().any(|stretches| {
        let next = stretches.partition_point(|stretch| stretch.end <= at);
        stretches.get(next).is_some_and(|stretch| stretch.contains(&at))
    })
}

/// Somebody a verb is said of.
struct Person<'t> {
    /// The word, in lower case.
    word: String,
    /// What is said before it.
    before: &'t str,
}

/// Who is named right before a place of a text, where a verb stands: by a word for people, with an `@`, or by a name that the site knows.
fn person_before<'t>(text: &'t str, at: usize, people: &People) -> Option<Person<'t>> {
    let mut before = text.get(..at)?.trim_end();
    for duty in [" on call", " on duty"] {
        before = before.strip_suffix(duty).unwrap_or(before).trim_end();
    }
    while let Some(written) = before.split_whitespace().next_back() {
        if written.ends_with([',', '.', ';', ':', '!', '?', ')']) {
            return None;
        }
        before = before.get(..before.len() - written.len())?.trim_end();
        // "We've" is "we".
        let written = written.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@').split(['\'', '’']).next().unwrap_or_default();
        let word = &*written.to_lowercase();
        let is_known = || people.values().any(|person| person.name.split_whitespace().any(|name| name == written));
        if PEOPLE.contains(&word) || word.starts_with('@') || is_known() {
            return Some(Person { word: word.to_owned(), before });
        }
        if !BETWEEN.contains(&word) && !word.ends_with("ly") {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subject_of_a_verb_is_the_word_before_it() {
        let ada = crate::config::Person { name: "Ada Lovelace".into(), ..Default::default() };
        let people = std::iter::once(("ada".to_owned(), ada)).collect();
        let person = |text: &str| person_before(text, text.len(), &people).map(|person| (person.word, person.before.to_owned()));
        for (text, expected) in [
            ("the on-call engineer ", Some(("engineer", "the on-call"))),
            ("We had also certainly ", Some(("we", ""))),
            ("so (@ada ", Some(("@ada", "so"))),
            ("I’ve ", Some(("i", ""))),
            ("the engineer on call ", Some(("engineer", "the"))),
            ("the cache ", None),
            ("then Ada ", Some(("ada", "then"))),
            ("Lovelace clearly ", Some(("lovelace", ""))),
            ("the ada ", None),
            ("the team, ", None),
            ("also ", None),
            ("", None),
        ] {
            let expected = expected.map(|(word, before)| (word.to_owned(), before.to_owned()));
            assert_eq!(person(text), expected, "{text}");
        }
    }

    #[test]
    fn words_between_quotation_marks_are_somebody_elses() {
        let is_quoted = |text: &str| is_quoted(&quotations(text), text.find('x').unwrap());
        for (text, expected) in [("a “b x” c", true), ("a “b” x “c”", false), ("\"a x\"", true), ("\"a\" x \"b\"", false), ("5\" x", false)]
        {
            assert_eq!(is_quoted(text), expected, "{text}");
        }
    }
}
