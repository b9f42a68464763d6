//! Action items out of tables and lists.

use crate::model::ActionItem;
use crate::parse::tests::{check_findings, postmortem, show_sections};

fn show(action: &ActionItem) -> String {
    let mut parts = vec![action.text.replace('\n', " / ")];
    let mut add = |name: &str, value: Option<String>| parts.extend(value.map(|value| format!("{name}={value}")));
    add("id", action.id.as_ref().map(|id| id.value.clone()));
    add("kind", action.kind.as_ref().map(|kind| kind.value.word().to_owned()));
    add("owner", action.owner.as_ref().map(|owner| owner.value.clone()));
    add("due", action.due.as_ref().map(|due| due.value.to_string()));
    add("status", action.status.as_ref().map(|status| status.value.word().to_owned()));
    add("when", action.done_when.as_ref().map(|when| when.value.clone()));
    for (column, value) in &action.further {
        parts.push(format!("{column}: {}", value.value));
    }
    parts.join("; ")
}

#[track_caller]
fn check(section: &str, expected: &[&str]) {
    let (postmortem, _) = postmortem(&format!("## Action items\n\n{section}\n"));
    assert_eq!(postmortem.actions.iter().map(show).collect::<Vec<_>>(), expected, "{section}");
}

#[test]
fn a_table_is_read_by_its_columns() {
    check(
        "| ID | Action | Kind | Area | Owner | Due | Status | Done when |\n|--|--|--|--|--|--|--|--|\n| A1 | Check *it* | prevent | tooling | @ada | 2026-04-01 | in progress | a test fails |\n| | Watch | Detection | | - | April 2026 | ✅ | n/a: no way to tell |\n| A3 | Wait | | | n/a: not published | before May | won't do |\n| | | | | | | | |\n",
        &[
            "Check it; id=A1; kind=prevent; owner=ada; due=2026-04-01; status=in-progress; when=a test fails; Area: tooling",
            "Watch; kind=detect; due=2026-04-30; status=done; when=n/a: no way to tell",
            "Wait; id=A3; status=cancelled; Owner: n/a: not published; Due: before May",
        ],
    );
    check(
        "| Action Item | Type | Owner(s) | Bug |\n|--|--|--|--|\n| Fix | other | a, b | [#12](https://x) |\n",
        &["Fix; id=#12; owner=a, b"],
    );
    check("| Name | Phone |\n|--|--|\n| a | b |\n", &[]);
    check("| Action | Owner |\n|--|--|\n| none | |\n", &[]);
}

#[test]
fn a_list_is_read_with_its_remarks() {
    check(
        "- [ ] open\n- [x] done *well*\n- ✅ ticked\n- with an owner @ada\n- with another. Owner: @grace\n- a third (owner: Ada Lovelace)\n- a fourth. Owner: Ada L\n- two (owner: ada) (done)\n- due (due: 2026-04-01)\n- (not) an owner (really)\n- ask ada@example.org\n- @ada\n",
        &[
            "open; status=open",
            "done well; status=done",
            "ticked; status=done",
            "with an owner; owner=ada",
            "with another.; owner=grace",
            "a third; owner=Ada Lovelace",
            "a fourth.; owner=Ada L",
            "two; owner=ada; status=done",
            "due; due=2026-04-01",
            "(not) an owner (really)",
            "ask ada@example.org",
            "@ada",
        ],
    );
    check(
        "- **Checks**: more of them\n  - one\n    - two\n\n  and `text`\n\n  ```\n  code\n  ```\n",
        &["Checks: more of them – one – two and text code"],
    );
}

#[test]
fn a_day_may_be_written_with_the_status() {
    check(
        "| Action | Status |\n|--|--|\n| a | done 2024-05-03 |\n| b | Done (2024-05-03) |\n| c | cancelled on 3 May 2024 |\n| d | ✅ 2024-05 |\n| e | in progress since 2024-05-03 |\n| f | Completed: 2024-05-03 |\n",
        &[
            "a; status=done; Done on: 2024-05-03",
            "b; status=done; Done on: 2024-05-03",
            "c; status=cancelled; Cancelled on: 3 May 2024",
            "d; status=done; Done on: 2024-05",
            "e; status=in-progress; Status on: 2024-05-03",
            "f; status=done; Done on: 2024-05-03",
        ],
    );
    check(
        "- [x] one (done 2024-05-03)\n- two (risk accepted on 2024-05-03)\n- three (done by 2024-05-03)\n",
        &["one; status=done; Done on: 2024-05-03", "two; status=accepted-risk; Risk accepted on: 2024-05-03", "three (done by 2024-05-03)"],
    );
}

#[test]
fn what_is_no_action_stays_text() {
    check("none\n", &[]);
    check("n/a: nothing to do\n", &[]);
    check("-\n", &[]);
    check("- None\n- n/a: why\n", &[]);
    check("1. First\n\n   - detail\n\n- aside\n\n2. Second\n", &["First – detail", "Second"]);
    let (postmortem, _) =
        postmortem("## Remediation\n\nWe did:\n\n- a\n- b\n\nThen:\n\n### Immediate actions (completed)\n\n- c\n\n## Lessons\n\n- d\n");
    assert_eq!(
        show_sections(&postmortem),
        [
            "2 actions #remediation \"Remediation\" [We did: | actions 0..2 | Then:]",
            "3 actions #immediate-actions-completed \"Immediate actions (completed)\" [actions 2..3]",
            "2 lessons #lessons \"Lessons\" [d]",
        ]
    );
}

#[test]
fn wrong_values_of_actions_are_told() {
    check_findings(
        "## Action items\n\n| Action | Kind | Due | Status |\n|--|--|--|--|\n| a | prevnt | 2026-02-30 | halfway |\n",
        &[
            "invalid-value \"prevnt\": `prevnt` is no value of `the kind of an action`",
            "unreadable-date \"2026-02-30\": `2026-02-30` cannot be read: February 2026 has no day 30",
            "invalid-value \"halfway\": `halfway` is no value of `the status of an action`",
        ],
    );
}

#[test]
fn places_are_those_of_the_file() {
    let text = "## Actions\n\n- Do it (owner: ada)\n";
    let (postmortem, _) = postmortem(text);
    let action = &postmortem.actions[0];
    assert_eq!(action.owner.as_ref().map(|owner| owner.span.slice(text)), Some("ada"));
    assert_eq!(action.span.slice(text).trim_end(), "- Do it (owner: ada)");
}
