//! `counterfactual`

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Person, Phrases, find_in_own_words, person_before};
use crate::check::pattern::pattern;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::config::People;
use crate::diagnostic::Diagnostic;

declare_rule! {
    /// A sentence tells what people did not do: "we should have checked", "the team failed to notice", "had we known".
    ///
    /// ## Why
    ///
    /// What somebody should have done is a story about an incident that did not take place. It is seen only from its end, and it explains
    /// nothing: those involved acted on what they saw. A reader learns more from what they saw, and what made their choice the sensible one.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// We should have tested the migration with production data.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// The migration was tested with the sample data, which has no order without an address. A copy of production data takes a day to get.
    /// ```
    ///
    /// What a system would have done is not meant ("an alert would have shown it sooner"): that is a gap, and a gap can be closed. Only
    /// English is read, and neither code nor what is quoted.
    static COUNTERFACTUAL = { name: "counterfactual", group: Wording, level: Warning, in_draft: Hint, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let findings = find_in_own_words(&COUNTERFACTUAL, (context, subject), Phrases { trace: &PHRASES, places: phrases }, |words| {
        format!("`{words}` tells what did not happen")
    });
    let help = "say what people saw at the time, and what made it the sensible thing to do";
    findings.into_iter().map(|finding| finding.help(help)).collect()
}

/// What may be meant. Whether it is, the words around it say.
static PHRASES: LazyLock<Regex> = LazyLock::new(|| {
    let expression = r"(?x-u) \b (?:
        (?<passive> (?: should | could ) (?: n't | n’t | \s+not )? \s+have\s+been ) \s+ (?: [a-z]+ly \s+ | sooner\s+ | better\s+ )?
            (?: anticipated | asked | avoided | called\s+in | caught | checked | consulted | detected | discovered | escalated | foreseen | informed
              | involved | noticed | notified | paged | prevented | reviewed | spotted | tested | told
              | (?: deployed | done | made | merged | released | rolled\s+back | set\s+up ) \s+ (?: earlier | sooner | before | in\s+the\s+first\s+place ) )
      | (?<undone> should (?: n't | n’t | \s+not ) \s+have\s+been ) \s+ (?: approved | deployed | merged | released | shipped )
      | (?<modal> (?i: should | could | ought\s+to ) (?: n't | n’t | \s+not )? (?: \s+ (?: [a-z]+ly | also | just | perhaps | then ) )?
            (?: \s+have | 've | ’ve ) ) \s+ (?: (?: [a-z]+ly | also | already | at\s+least | just | never | not | perhaps ) \s+ )* (?<modal_done> [a-z]+ )
      | (?<omitted> (?: failed | neglected ) \s+to ) \s+ (?<omitted_verb> [a-z]+ )
      | (?<chance> might (?: \s+have | 've | ’ve ) ) \s+ (?: [a-z]+ly \s+ )? (?: caught | noticed | seen | found | spotted | prevented | avoided | detected )
      | (?<unthought> (?: did\s+not | didn't | didn’t ) \s+think ) \s+to
      | (?<condition> [Ii]f\s+ (?: we | I | he | she | they | somebody | someone | anybody | anyone | the\s+ (?: team | engineer | operator ) )
            (?: \s+had (?: \s+not | n't | n’t )? | hadn't | hadn’t ) ) \s+ (?: (?: also | already | just | only ) \s+ )* (?<condition_done> [a-z]+ )
      | (?<wish> [Ii]f\s+only\s+ (?: we | I | he | she | they | somebody | someone | people | the\s+ (?: team | engineer | operator ) ) ) \b
      | (?<inverted> Had\s+ (?: we | I | he | she | they | somebody | someone | anybody | anyone | the\s+ (?: team | engineer | operator ) ) )
            \s+ (?: (?: not | also | just | already | only ) \s+ )* (?<inverted_done> [a-z]+ )
    ) \b";
    pattern(expression)
});

/// Participles that do not end in "-ed".
const PARTICIPLES: [&str; 49] = [
    "been",
    "begun",
    "broken",
    "brought",
    "built",
    "caught",
    "chosen",
    "come",
    "cut",
    "done",
    "drawn",
    "driven",
    "felt",
    "forgotten",
    "found",
    "given",
    "gone",
    "got",
    "gotten",
    "had",
    "heard",
    "held",
    "kept",
    "known",
    "led",
    "left",
    "let",
    "made",
    "meant",
    "met",
    "overridden",
    "paid",
    "put",
    "read",
    "rewritten",
    "run",
    "seen",
    "sent",
    "set",
    "shown",
    "shut",
    "spent",
    "split",
    "spoken",
    "taken",
    "thought",
    "told",
    "understood",
    "written",
];

/// What people fail to do without trying. That they failed to reproduce or to restore something is what happened.
const OMISSIONS: [&str; 33] = [
    "account",
    "anticipate",
    "appreciate",
    "ask",
    "catch",
    "check",
    "communicate",
    "consider",
    "document",
    "ensure",
    "escalate",
    "foresee",
    "include",
    "inform",
    "maintain",
    "monitor",
    "notice",
    "notify",
    "plan",
    "realise",
    "realize",
    "recognise",
    "recognize",
    "remember",
    "renew",
    "review",
    "rotate",
    "see",
    "spot",
    "test",
    "understand",
    "update",
    "verify",
];

fn phrases(text: &str, people: &People) -> Vec<Range<usize>> {
    PHRASES.captures_iter(text).filter_map(|found| phrase(text, &found, people)).collect()
}

fn phrase(text: &str, found: &Captures<'_>, people: &People) -> Option<Range<usize>> {
    let word = |name: &str| found.name(name).map_or("", |word| word.as_str());
    if let Some(modal) = found.name("modal") {
        let (person, done) = (person_before(text, modal.start(), people)?, word("modal_done"));
        return (is_participle(done) && !is_said_of_things(&person, done)).then(|| modal.range());
    }
    if let Some(omitted) = found.name("omitted") {
        let person = person_before(text, omitted.start(), people)?;
        let is_meant = omitted.as_str().starts_with('n') || OMISSIONS.contains(&word("omitted_verb"));
        return (is_meant && person.word != "they").then(|| omitted.range());
    }
    if let Some(inverted) = found.name("inverted") {
        return is_participle(word("inverted_done")).then(|| inverted.range());
    }
    if let Some(personal) = found.name("chance").or_else(|| found.name("unthought")) {
        return person_before(text, personal.start(), people).map(|_| personal.range());
    }
    if let Some(condition) = found.name("condition") {
        return (is_participle(word("condition_done")) && is_unreal(text, condition.start())).then(|| condition.range());
    }
    ["wish", "passive", "undone"].into_iter().find_map(|name| found.name(name)).map(|found| found.range())
}

/// Whether the sentence at a place says what would have been.
fn is_unreal(text: &str, at: usize) -> bool {
    // Few sentences are longer; one made to hold us up may be as long as its file.
    const REACH: usize = 1000;
    let (first, last) = (text.floor_char_boundary(at.saturating_sub(REACH)), text.floor_char_boundary(at.saturating_add(REACH)));
    let (before, after) = (text.get(first..at).unwrap_or_default(), text.get(at..last).unwrap_or_default());
    let from = first + before.rfind(['.', '!', '?', ';']).unwrap_or_default();
    let to = at + after.find(['.', '!', '?', ';']).unwrap_or(after.len());
    let sentence = text.get(from..to).unwrap_or_default();
    ["would have", "wouldn't have", "wouldn’t have", "would not have", "would've", "would’ve"]
        .iter()
        .any(|unreal| sentence.contains(unreal))
}

/// Whether somebody is not the one who should or could have done it, in spite of the order of words.
fn is_said_of_things(person: &Person<'_>, done: &str) -> bool {
    let is_pronoun = matches!(&*person.word, "we" | "i" | "he" | "she" | "they");
    let last = person.before.split_whitespace().next_back().unwrap_or_default();
    match done {
        // What we could have lost is luck, and who "should have known" is blamed, which is another rule's.
        "lost" | "known" => true,
        // "They" may be things.
        "been" if person.word == "they" => true,
        // "A call to the team could have prevented it."
        _ if !is_pronoun && EFFECTS.contains(&done) => true,
        // "We assumed we could have …" is what people thought, and what "no team could have" done blames none.
        _ => last == "no" || THOUGHTS.contains(&last),
    }
}

/// What things rather than people do to the course of events.
const EFFECTS: [&str; 14] = [
    "allowed",
    "avoided",
    "been",
    "caused",
    "enabled",
    "helped",
    "led",
    "made",
    "prevented",
    "reduced",
    "resulted",
    "saved",
    "shortened",
    "stopped",
];

/// Words before a thought.
const THOUGHTS: [&str; 8] = ["assume", "assumed", "assumes", "believe", "believed", "think", "thought", "whether"];

fn is_participle(word: &str) -> bool {
    word.ends_with("ed") || PARTICIPLES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = phrases(text, &People::default()).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_people_did_not_do_is_found() {
        check("We should have tested it.", &["should have"]);
        check("the on-call engineer could’ve perhaps also paged; we shouldn't have trusted it", &["could’ve", "shouldn't have"]);
        check("@ada should not have done it. The team ought to have asked.", &["should not have", "ought to have"]);
        check("Unfortunately we failed\nto verify that it ran", &["failed\nto"]);
        check("The vendor neglected to tell us. If only we had known! Had we not upgraded,", &["neglected to", "If only we", "Had we"]);
    }

    #[test]
    fn what_was_not_done_is_found_whoever_did_not() {
        check("The change should have been tested. It could have easily been seen.", &["should have been"]);
        check("The Platform team should have been paged. Customers could have been told.", &["should have been", "could have been"]);
        check("The change should not have been merged.", &["should not have been"]);
        check("This could have been prevented; it should have been rolled back sooner.", &["could have been", "should have been"]);
        check("If we had tested it, we would have seen it.", &["If we had"]);
        check("We would have noticed if someone had looked.", &["if someone had"]);
        check("We might have caught it, but we didn’t think to look.", &["might have", "didn’t think"]);
        for text in [
            "We asked if we had deployed it. Rows that should have been deleted were kept; it should have been 10.",
            "They could have been read. An attacker might have found it. The value should have been set.",
            "It could have been worse, and could have been done by anyone.",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn what_systems_would_have_done_and_what_shall_be_is_left_alone() {
        for text in [
            "An alert per provider would have named the cause.",
            "We should have a talk with the platform team; everybody should have access.",
            "We should have more tests, and each team should have clear rules.",
            "The pods failed to verify the certificate; they failed to start. We failed to reproduce it.",
            "They could have been exposed. We could have lost everything. Anyone could have read it.",
            "This could have been a lot worse. Appointing an incident manager could have helped.",
            "Do not assume we could have started it faster; no team could have predicted it.",
            "if only one node is up; we had checked; What had they done?",
            "Any change of ours could have caused it.",
        ] {
            check(text, &[]);
        }
    }
}
