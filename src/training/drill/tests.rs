//! Which events are known, asked for and told when.

use super::*;
use crate::config::Config;
use crate::diagnostic::SourcePath;
use crate::markdown::text::block_text;
use crate::model::AnyDocument;
use crate::parse::{Role, document};

fn postmortem(metadata: &str, timeline: &str) -> std::sync::Arc<Postmortem> {
    let text = format!("---\ntitle: T\ntimezone: UTC\nstarted_at: 2026-03-17\n{metadata}---\n\n## Timeline\n\n{timeline}");
    match document(&SourcePath::from("content/postmortems/a.md"), &text, Role::Postmortem, &Config::default()).document {
        AnyDocument::Postmortem(postmortem) => postmortem,
        AnyDocument::Page(_) => panic!("a postmortem"),
    }
}

/// A drill in short: what is shown at each step, what is asked, what is revealed; then the rest.
fn played(metadata: &str, timeline: &str) -> Vec<String> {
    let postmortem = postmortem(metadata, timeline);
    let Some(drill) = drill(0, &postmortem) else { return vec!["nothing to play".into()] };
    let steps = drill.steps.iter().map(|step| {
        let ask = step.prompt.ask.as_deref().unwrap_or("?");
        let at = step.at.and_then(|at| at.time()).unwrap_or_default();
        format!("{at} {:?} {ask} {:?}", step.shown, step.reveal)
    });
    let rest = format!("then {:?}, unknown {:?}", drill.aftermath, drill.hindsight);
    let mut all: Vec<usize> = drill
        .steps
        .iter()
        .flat_map(|step| step.shown.iter().chain(&step.reveal))
        .chain(&drill.aftermath)
        .chain(&drill.hindsight)
        .copied()
        .collect();
    all.sort_unstable();
    assert_eq!(all, (0..postmortem.timeline.len()).collect::<Vec<_>>(), "each event has one place");
    steps.chain([rest]).collect()
}

const OUTAGE: &str = "- 13:31 [introduced] A rule is merged.\n- 13:42 [started] Pages fail.\n- 13:45 [detected] A page goes out.\n- 13:50 [note] More tests fail.\n\
    - 14:02 [decision] The rule set is to be switched off.\n- 14:07 [action] It is switched off.\n- 14:09 [mitigate] Traffic is back.\n\
    - 14:52 [resolved] The rules are on again.\n- 20:09 [comms] A report is published.\n";

#[test]
fn what_nobody_knew_is_told_at_the_end() {
    assert_eq!(played("", OUTAGE), ["13:50 [2, 3] ? [4]", "14:02 [] ? [5]", "14:09 [6] ? [7]", "then [8], unknown [0, 1]"]);
}

#[test]
fn authors_say_where_it_begins_what_was_unknown_and_what_is_asked() {
    let plan = "training:\n  drill:\n    from: '13:42'\n    unknown: ['13:50']\n    prompts: [{before: '14:09', ask: Did it help?}, {before: '14:02', hints: [h]}]\n";
    assert_eq!(
        played(plan, OUTAGE),
        ["13:45 [1, 2] ? [4]", "14:02 [] ? [5]", "14:07 [] Did it help? [6]", "14:09 [] ? [7]", "then [8], unknown [0, 3]"]
    );
    let with_hints = postmortem(plan, OUTAGE);
    assert_eq!(drill(0, &with_hints).unwrap().steps[0].prompt.hints, ["h"]);
}

#[test]
fn getting_better_is_a_deed_only_where_no_other_did_it() {
    assert_eq!(
        played("", "- 14:08 [detected] An alert.\n- 14:09 [mitigate] The worker is stopped.\n- 15:30 [resolved] All is checked.\n"),
        ["14:08 [0] ? [1]", "14:09 [] ? [2]", "then [], unknown []"]
    );
    assert_eq!(
        played("", "- 14:08 [detected] An alert.\n- 14:09 [comms] A word.\n- 14:20 [mitigate] It is back.\n"),
        ["14:08 [0] ? [1]", "14:09 [] ? [2]", "then [], unknown []"]
    );
}

#[test]
fn deeds_of_one_moment_are_told_together() {
    let day = "- 2026-03-17 [detected] An account.\n- 2026-03-18 [contain] It is disabled.\n- 2026-03-18 [action] Sessions end.\n- 2026-03-19 [comms] A word.\n";
    assert_eq!(played("", day), [" [0] ? [1, 2]", " [] ? [3]", "then [], unknown []"]);
}

#[test]
fn an_incident_without_deeds_is_no_drill() {
    assert_eq!(played("", "- 14:08 [detected] An alert.\n- 14:30 [note] It passed.\n"), ["nothing to play"]);
    assert_eq!(played("", "Nothing was written down.\n"), ["nothing to play"]);
}

#[test]
fn neither_address_nor_title_tell_what_the_incident_is_called() {
    let known = |metadata: &str| drill(0, &postmortem(metadata, OUTAGE)).map(|drill| (drill.key, drill.title)).unwrap();
    assert_eq!(known(""), ("drill-of-2026-03-17".into(), "Drill of 2026-03-17".into()));
    assert_eq!(known("id: CS-2019-001\n"), ("cs-2019-001".into(), "Drill of 2026-03-17".into()));
    assert_eq!(known("training: {drill: {title: Error pages}}\n"), ("error-pages".into(), "Error pages".into()));
}

#[test]
fn times_without_an_event_are_known() {
    let with_slip = postmortem(
        "training: {drill: {from: '13:45', unknown: ['13:51'], prompts: [{before: '2026-03-17 14:02'}, {before: '15:00'}]}}\n",
        OUTAGE,
    );
    let plan = with_slip.training.as_ref().unwrap().drill.as_ref().unwrap();
    assert_eq!(unmatched(&with_slip, plan).map(|time| time.value.as_str()).collect::<Vec<_>>(), ["13:51", "15:00"]);
}

#[test]
fn questions_that_are_never_asked_are_known() {
    let prompts = "[{before: '13:42'}, {before: '13:45'}, {before: '14:02', ask: One}, {before: '14:02', ask: Another}, {before: '14:07'}]";
    let with_slips = postmortem(&format!("training: {{drill: {{prompts: {prompts}}}}}\n"), OUTAGE);
    let plan = with_slips.training.as_ref().unwrap().drill.as_ref().unwrap();
    let found = unasked(&with_slips, plan, &drill(0, &with_slips).unwrap());
    assert_eq!(found.iter().map(|time| time.value.as_str()).collect::<Vec<_>>(), ["13:42", "13:45", "14:02"]);
    assert!(found[2].span > plan.prompts[2].before.span, "the second of the two");
}

#[test]
fn players_learn_that_something_began_and_not_when_it_ended_nor_what_was_thought_of_it() {
    let postmortem = postmortem(
        "",
        "- 13:45-14:30 [detected] A page goes out.\n\n  > [!REASONING]\n  > Another test that flaps.\n- 14:02 [decision] Stop.\n",
    );
    let event = &postmortem.timeline[0];
    let told = |event: &Event| (event.when.and_then(|when| when.end()).is_some(), block_text(&event.content));
    assert_eq!(told(event), (true, "A page goes out.\nAnother test that flaps.".into()));
    assert_eq!(told(&as_revealed(event)), (false, "A page goes out.\nAnother test that flaps.".into()));
    assert_eq!(told(&as_shown(event)), (false, "A page goes out.".into()));
}
