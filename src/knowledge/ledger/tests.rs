//! The ledger of made-up documents.

use std::sync::Arc;

use jiff::civil::{Date, date};

use super::*;
use crate::diagnostic::SourcePath;
use crate::knowledge::link;
use crate::model::AnyDocument;
use crate::parse::{self, Role};

const TODAY: Date = date(2024, 6, 30);

/// The ledger of documents on [`TODAY`].
fn of(settings: &str, documents: &[&str]) -> (Corpus, Ledger) {
    let (config, findings) = crate::config::parse(settings);
    assert_eq!(findings, []);
    let mut corpus = Corpus::default();
    for (n, text) in documents.iter().enumerate() {
        let path = SourcePath::from(format!("content/postmortems/{n}.md").as_str());
        if let AnyDocument::Postmortem(postmortem) = parse::document(&path, text, Role::Postmortem, &config).document {
            corpus.postmortems.push(Arc::clone(&postmortem));
        }
    }
    let knowledge = link(&corpus, &config, &|_| false);
    let ledger = ledger(&corpus, &knowledge, &config, TODAY);
    (corpus, ledger)
}

fn document(metadata: &str, table: &str) -> String {
    format!("---\n{metadata}\n---\n\n## Action items\n\n{table}\n")
}

/// Each entry in a line: words, state, due, opened to closed.
fn told((corpus, ledger): &(Corpus, Ledger)) -> Vec<String> {
    let tell = |entry: &Entry| {
        let action = &corpus.postmortems[entry.postmortem].actions[entry.action];
        let day = |day: Option<Date>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
        let due = entry.due.map(|due| format!(" by {} ({:?})", due.on, due.of)).unwrap_or_default();
        format!("{}: {}{due}, {}..{}", action.text, entry.state.word(), day(entry.opened), day(entry.closed))
    };
    ledger.entries.iter().map(tell).collect()
}

const TABLE: &str = "\
| Action | Status | Due | Created | Closed |
|---|---|---|---|---|
| a | open | 2024-06-29 | | |
| b | open | 2024-06-30 | | |
| c | in progress | 2024-07-30 | | |
| d | open | 2024-07-31 | | |
| e | delayed | | 2024-03-01 | |
| f | done | | | 2024-05-02 |
| g | done 2024-05-20 | 2024-04-01 | | |
| h | done | | | |
| i | cancelled on 2024-04-30 | | | |
| j | risk accepted | 2024-01-01 | | |
| k | | 2024-01-01 | | |
| l | done 2024-03-02 | | | |
| m | open | 2024-01-05 | | |
";

#[test]
fn what_presses_most_goes_first_and_nothing_is_guessed() {
    let text = document("started_at: 2024-03-01\nresolved_at: 2024-03-10T10:00Z", TABLE);
    assert_eq!(
        told(&of("", &[&text])),
        [
            "m: overdue by 2024-01-05 (Action), 2024-03-10..?",
            "a: overdue by 2024-06-29 (Action), 2024-03-10..?",
            "b: due-soon by 2024-06-30 (Action), 2024-03-10..?",
            "c: due-soon by 2024-07-30 (Action), 2024-03-10..?",
            "d: open by 2024-07-31 (Action), 2024-03-10..?",
            "e: open, 2024-03-01..?",
            "k: unstated by 2024-01-01 (Action), 2024-03-10..?",
            "g: done by 2024-04-01 (Action), 2024-03-10..2024-05-20",
            "f: done, 2024-03-10..2024-05-02",
            "l: done, 2024-03-01..2024-03-02",
            "h: done, 2024-03-10..?",
            "i: cancelled, 2024-03-10..2024-04-30",
            "j: accepted-risk by 2024-01-01 (Action), 2024-03-10..?",
        ]
    );
}

#[test]
fn numbers_are_those_of_the_entries() {
    let text = document("started_at: 2024-03-01\nresolved_at: 2024-03-10T10:00Z", TABLE);
    let (_, ledger) = of("", &[&text]);
    let tally = ledger.tally();
    assert_eq!(State::ALL.map(|state| tally.count(state)), [2, 2, 2, 1, 4, 1, 1]);
    assert_eq!((tally.open(), tally.dropped(), tally.total(), ledger.delayed()), (6, 2, 13, 1));
    assert_eq!(ledger.entries.iter().filter_map(|entry| ledger.days_overdue(entry)).collect::<Vec<_>>(), [177, 1]);
    let ageing = ledger.ageing();
    assert_eq!((ageing.bands.iter().map(|band| band.count).collect::<Vec<_>>(), ageing.unknown), (vec![0, 0, 6, 0], 0));
    let closing = ledger.closing();
    assert_eq!((closing.undated, closing.dropped_undated, closing.unstated, closing.unopened), (1, 1, 1, 0));
    // l after 1 day, i given up after 51, f done after 53, g after 71; five open for 112 days and one for 121.
    let steps: Vec<_> = closing.survival.steps.iter().map(|step| (step.time, step.at_risk, step.closed, step.censored)).collect();
    assert_eq!(steps, [(1, 10, 1, 0), (51, 9, 0, 1), (53, 8, 1, 0), (71, 7, 1, 0), (112, 6, 0, 5), (121, 1, 0, 1)]);
    assert_eq!((closing.survival.n, closing.survival.closed, closing.survival.median), (10, 3, None));
}

#[test]
fn a_deadline_by_severity_stands_in_for_a_date() {
    let settings = "[deadlines.actions]\nsev1 = 14\n";
    let text = document("severity: SEV1\nresolved_at: 2024-06-10T10:00Z", "- [ ] a\n- [ ] b (due: 2024-08-01)\n- [x] c\n- d\n");
    let no_deadline = document("severity: sev2\nresolved_at: 2024-06-10T10:00Z", "- [ ] e\n");
    assert_eq!(
        told(&of(settings, &[&text, &no_deadline])),
        [
            "a: overdue by 2024-06-24 (Severity), 2024-06-10..?",
            "b: open by 2024-08-01 (Action), 2024-06-10..?",
            "e: open, 2024-06-10..?",
            "d: unstated by 2024-06-24 (Severity), 2024-06-10..?",
            "c: done by 2024-06-24 (Severity), 2024-06-10..?",
        ]
    );
}

#[test]
fn an_action_counts_for_teams_and_never_for_people() {
    let settings = "[owners.payments]\nname = 'Team Payments'\n[owners.edge]\n[people.ada]\nteam = 'payments'\n[people.bea]\n\
                    [services.cdn]\nowner = 'edge'\n";
    let table = "| Action | Owner | Status |\n|--|--|--|\n| a | @ada | open |\n| b | Team Payments, edge | done |\n| c | bea | open |\n| d | | open |\n";
    let (_, ledger) = of(settings, &[&document("services: [cdn]", table)]);
    let groups: Vec<_> = ledger
        .by_team()
        .into_iter()
        .map(|group| (group.of.map(|of| (of.id, of.name)), group.tally.open(), group.tally.count(State::Done)))
        .collect();
    let named = |id: &str, name: &str| Some((id.to_owned(), name.to_owned()));
    assert_eq!(groups, [(named("payments", "Team Payments"), 1, 1), (named("edge", "edge"), 0, 1), (None, 2, 0)]);
    assert_eq!(ledger.of_owner("payments").count(), 2);
}

#[test]
fn the_owner_of_a_service_is_a_team_even_where_no_owners_are_listed() {
    let table = "| Action | Owner | Status |\n|--|--|--|\n| a | cloudflare | open |\n| b | Dot | open |\n";
    let (_, ledger) = of("[services.cdn]\nowner = 'Cloudflare'\n", &[&document("services: [cdn]", table)]);
    let teams: Vec<_> = ledger.entries.iter().map(|entry| entry.teams.iter().map(|team| team.name.as_str()).collect::<Vec<_>>()).collect();
    assert_eq!(teams, [vec!["Cloudflare"], vec![]]);
}

#[test]
fn an_action_answers_the_causes_it_names_or_else_the_first() {
    let metadata = "severity: sev2\nkind: drill\nroot_causes: [change/config]\ncontributing: [process/monitoring-gap]";
    let table = "| Action | Cause | Kind | Status |\n|--|--|--|--|\n| a | config | prevent | open |\n| b | the weather | detect | done |\n\
                 | c | monitoring-gap | detect | done |\n| d | n/a: none of those | detect | done |\n";
    let (_, ledger) = of("", &[&document(metadata, table)]);
    let causes: Vec<_> =
        ledger.entries.iter().map(|entry| entry.causes.iter().map(|cause| cause.id.as_str()).collect::<Vec<_>>()).collect();
    let expected: [&[&str]; 4] = [&["change/config"], &["change/config"], &["process/monitoring-gap"], &[]];
    let mut causes = causes;
    causes.sort_by_key(|of| (std::cmp::Reverse(of.len()), of.first().copied()));
    assert_eq!(causes, expected);
    let names = |groups: Vec<Group>| groups.into_iter().map(|group| group.of.map(|of| of.name)).collect::<Vec<_>>();
    assert_eq!(names(ledger.by_kind()), [Some("Prevent".to_owned()), Some("Detect".to_owned())]);
    assert_eq!(names(ledger.by_severity(&["sev1", "sev2"])), [Some("SEV2".to_owned())]);
    assert_eq!(ledger.entries[0].population, Population::Drills);
}

#[test]
fn a_look_back_is_due_until_somebody_writes_what_it_showed() {
    let table = "\
| Action | Status | Check on | Result |
|---|---|---|---|
| a | done | 2024-06-30 | |
| b | done | 2024-07-01 | |
| c | done | 2024-01-01 | held |
| d | done | 2024-01-01 | No recurrence since |
| e | done | 2024-01-01 | Did not hold: it came back in May |
| f | done | 2024-01-01 | see the report |
| g | open | 2024-01-01 | |
| h | done | 2024-01-01 | not yet |
";
    let (_, ledger) = of("", &[&document("started_at: 2024-01-01", table)]);
    let expected = Effectiveness { checked: 4, held: 2, not_held: 1, due: 2, planned: 1 };
    assert_eq!(ledger.effectiveness(), expected);
}

#[test]
fn a_day_that_is_still_to_come_is_no_age_and_no_end() {
    let table = "| Action | Status | Opened | Closed |\n|--|--|--|--|\n| a | open | 2024-07-01 | |\n| b | done | 2024-06-01 | 2024-07-01 |\n\
                 | c | cancelled | 2024-06-01 | 2030-01-01 |\n| d | done | 2024-06-01 | 2024-06-30 |\n| e | open | 2024-06-30 | |\n";
    let (_, ledger) = of("", &[&document("started_at: 2024-01-01", table)]);
    let ageing = ledger.ageing();
    assert_eq!((ageing.bands.iter().map(|band| band.count).collect::<Vec<_>>(), ageing.unknown), (vec![1, 0, 0, 0], 1));
    let closing = ledger.closing();
    assert_eq!((closing.survival.n, closing.survival.closed, closing.unopened), (2, 1, 3));
    assert_eq!(closing.survival.steps.iter().map(|step| step.time).collect::<Vec<_>>(), [0, 29]);
}
