//! `blameful-wording`

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{PEOPLE, Phrases, find_in_own_words, person_before};
use crate::check::pattern::pattern;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::config::People;
use crate::diagnostic::Diagnostic;

declare_rule! {
    /// Words that put the blame on people: "careless", "the operator's fault", "forgot to", "failed to follow", "should have known".
    ///
    /// ## Why
    ///
    /// Where people are blamed, the next ones keep silent, and what they would have told is what the organisation has to know. Blame also
    /// ends the search too early: somebody else in the same place, with the same screen before them, would have done the same.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// The engineer carelessly ran the script on production and forgot to take a backup.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// The script takes its target from the shell's environment, and the prompt looks the same for staging and for production. Backups are a
    /// step by hand, which the runbook mentions on another page.
    /// ```
    ///
    /// Say what those involved saw, what made it the sensible thing to do, and what let one slip go so far. Only English is read, and
    /// neither code nor what is quoted.
    static BLAMEFUL_WORDING = { name: "blameful-wording", group: Wording, level: Warning, in_draft: Hint, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let findings = find_in_own_words(&BLAMEFUL_WORDING, (context, subject), Phrases { trace: &HINTS, places: phrases }, |words| {
        format!("`{words}` puts the blame on people")
    });
    let help = "say what they saw and what made it the sensible thing to do, or what let a slip go so far";
    findings.into_iter().map(|finding| finding.help(help)).collect()
}

/// Parts of the words below, without a first letter that may be a capital. Few texts have any, and a text without them needs no more
/// than a glance.
static HINTS: LazyLock<Regex> = LazyLock::new(|| {
    let parts = "areless|egligen|ncompeten|rresponsib|eckless|aziness|tupidi|tupidly|neptitude|nexcusab|loppiness|ack of|sleep at|ropped the|\
                 e known|orgot|follow|gnored|blame|fault|rewed up|essed up|bother|isciplined|eprimanded|loppy|lazy|nattentive|omplacent|\
                 ttention|too slow|isregarded|iolated|kipped|lacked";
    pattern(&format!("(?-u){parts}"))
});

/// What may be meant: words that blame whoever they are said of, and words that do where they are said of people.
static PHRASES: LazyLock<Regex> = LazyLock::new(|| {
    let expression = r"(?xi-u) \b (?:
        (?<plain>
            careless (?: ly | ness )? | negligen (?: ce | t | tly ) | incompeten (?: ce | t | tly ) | irresponsib (?: le | ly | ility )
          | reckless (?: ly | ness )? | laziness | stupidity | stupidly | ineptitude | inexcusabl [ey] | sloppiness
          | lack\s+of\s+ (?: care | diligence | discipline ) | asleep\s+at\s+the\s+wheel | dropped\s+the\s+ball
          | (?: should | ought\s+to ) \s+have\s+known | forgot (?: ten )? \s+to | (?: did\s+not | didn't | didn’t ) \s+bother\s+to
          | (?: was | were ) \s+ (?: disciplined | reprimanded ) )
      | (?<personal>
            (?: failed\s+to\s+follow | (?: did\s+not | didn't | didn’t ) \s+follow | ignored | disregarded | skipped | violated )
            (?: \s+ (?: a | all | an | any | her | his | our | the | their ) )? (?: \s+ [a-z-]+ )?
            \s+ (?: alarm | alert | checklist | guideline | instruction | playbook | polic (?: y | ie ) | procedure | process | protocol
                   | rule | runbook | warning ) (?: e? s )?
          | (?: is | are | was | were ) (?: \s+ (?: largely | partly | solely ) )? \s+ (?: to\s+blame | at\s+fault )
          | (?: am | are | is | was | were ) \s+ (?: (?: a\s+bit | rather | simply | too | very ) \s+ )? (?: sloppy | lazy | inattentive | complacent )
          | (?: (?: was | were ) \s+ not | wasn't | wasn’t | weren't | weren’t ) \s+paying\s+attention
          | (?: was | were ) \s+too\s+slow\s+to\s+ (?: act | react | respond | notice )
          | lacked \s+ (?: the\s+ )? (?: (?: necessary | needed | required | right ) \s+ )? (?: care | competence | discipline | knowledge | skills? )
          | (?: screwed | messed ) \s+up )
      | (?<fault> fault ) (?: [.,;:!?)] | $ | \s+ (?: and | as | because | but | for | that ) )
    )";
    pattern(expression)
});

/// Whose fault something may be.
const OWNERS: [&str; 5] = ["her", "his", "my", "our", "their"];

fn phrases(text: &str, people: &People) -> Vec<Range<usize>> {
    PHRASES.captures_iter(text).filter_map(|found| phrase(text, &found, people)).collect()
}

fn phrase(text: &str, found: &Captures<'_>, people: &People) -> Option<Range<usize>> {
    if let Some(plain) = found.name("plain") {
        return is_whole(text, plain.end()).then(|| plain.range());
    }
    if let Some(personal) = found.name("personal") {
        person_before(text, personal.start(), people).filter(|person| person.word != "they")?;
        return Some(personal.range());
    }
    let fault = found.name("fault")?;
    let before = text.get(..fault.start())?.trim_end();
    let before = before.strip_suffix(" own").unwrap_or(before);
    let owner = before.split_whitespace().next_back()?;
    let word = owner.to_lowercase();
    let is_a_persons = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).is_some_and(|person| PEOPLE.contains(&person));
    (is_a_persons || OWNERS.contains(&word.as_str())).then(|| before.len() - owner.len()..fault.end())
}

/// Whether a word ends here: "careless" is not in "carelessware".
fn is_whole(text: &str, end: usize) -> bool {
    !text.get(end..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
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
    fn blame_is_found() {
        check("Carelessly, an operator forgot to take a backup out of negligence.", &["Carelessly", "forgot to", "negligence"]);
        check("It was the operator's own fault, and not our fault.", &["operator's own fault", "our fault"]);
        check("The team did not follow the rollout procedure and was at fault.", &["did not follow the rollout procedure"]);
        check("The on-call engineer was partly to blame and should have known.", &["was partly to blame", "should have known"]);
        check(
            "We ignored the warnings. The vendor failed to follow our instructions.",
            &["ignored the warnings", "failed to follow our instructions"],
        );
    }

    #[test]
    fn what_people_are_told_to_lack_is_blame() {
        check("The operator was not paying attention; she skipped the checklist.", &["was not paying attention", "skipped the checklist"]);
        check("The team was too slow to react and the vendor was sloppy.", &["was too slow to react", "was sloppy"]);
        check("An engineer violated the change policy and lacked the necessary skills.", &["violated the change policy"]);
        check("The developer lacked the necessary skills.", &["lacked the necessary skills"]);
        for text in [
            "The job skipped the rule; the pods violated the policy; replication was too slow to act.",
            "We skipped the backfill. The console was lazy; the report lacked knowledge of zones.",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn faults_of_machines_and_words_for_them_are_left_alone() {
        for text in [
            "Our fault domains; their fault tolerance; a ground fault, the node's fault.",
            "The cache was to blame. `git blame` names the line.",
            "The pods ignored the rule; they ignored the protocol and did not follow redirects.",
            "negligible load, carelessware, lazy loading, a mistake, a recklessness-free day: no, reckless",
            "The runbook says what to do where an alert is ignored.",
        ] {
            let expected: &[&str] = if text.contains("no, reckless") { &["reckless"] } else { &[] };
            check(text, expected);
        }
    }
}
