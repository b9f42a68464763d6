//! `afterword list` from outside, and whether it, the exports and the page of action items count the same.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod archive;
mod folder;
mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use archive::project;
use program::afterword;
use serde_json::Value;
use tempfile::TempDir;

/// What is printed where all goes well.
#[track_caller]
fn listed(folder: &Path, arguments: &[&str]) -> String {
    let output = afterword(folder, &[&["list"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Why it does not work.
#[track_caller]
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = afterword(folder, &[&["list"], arguments].concat());
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    String::from_utf8(output.stderr).unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let text = listed(folder, &[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&text).unwrap()
}

/// One key of each row.
fn keys(rows: &[Value], keys: &[&str]) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    rows.iter().map(|row| keys.iter().map(|key| text(&row[key])).collect::<Vec<_>>().join(" ")).collect()
}

fn house() -> TempDir {
    project(include_str!("knowledge/house.txt"))
}

/// The shipped site.
fn shipped() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy("site.toml", folder.path().join("site.toml")).unwrap();
    folder::copy(Path::new("content"), &folder.path().join("content"));
    folder
}

const SMALL: &str = "\
-- site.toml --
[deadlines.actions]
sev1 = 30
[owners.payments]
[people.ada]
team = 'payments'
-- content/postmortems/2026-10-01-a.md --
---
title: Orders refused, \"again\"
id: A
kind: outage
severity: sev1
started_at: 2026-10-01T10:00Z
resolved_at: 2026-10-01T12:00Z
services: [checkout]
tags: [limits]
---

## Action items

| ID | Action | Kind | Owner | Due | Status |
|---|---|---|---|---|---|
| A1 | =SUM(A1) is what it said | detect | ada | 2026-12-01 | open |
| A2 | Say who may take it back | process | Bea | | in progress |
-- content/postmortems/2026-11-01-b.md --
---
title: Drill
id: B
kind: drill
status: draft
started_at: 2026-11-01
---

## Action items

- [x] Write it down (done 2026-11-03)
";

#[test]
fn a_table_is_aligned_and_counted() {
    let folder = project(SMALL);
    let output = afterword(folder.path(), &["list", "actions", "--drafts"]);
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "State     Due         Id  Action                    Kind     Team      Incident\n\
         Overdue   2026-10-31  A2  Say who may take it back  process            A\n\
         Due soon  2026-12-01  A1  =SUM(A1) is what it said  detect   payments  A\n\
         Done                      Write it down                                B\n"
    );
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "3 actions\n");
    assert_eq!(
        listed(folder.path(), &[]),
        "Date        Severity  Kind    Id  Title                    Services   To do\n\
         2026-10-01  sev1      outage  A   Orders refused, \"again\"  checkout  2 of 2\n"
    );
    assert_eq!(String::from_utf8(afterword(folder.path(), &["list", "-q"]).stderr).unwrap(), "");
    let limited = afterword(folder.path(), &["list", "actions", "--limit", "1"]);
    assert_eq!(String::from_utf8(limited.stderr).unwrap(), "1 of 2 actions\n");
}

#[test]
fn csv_is_harmless_and_json_has_every_key() {
    let folder = project(SMALL);
    let csv = listed(folder.path(), &["actions", "--due-within", "10", "--format", "csv"]);
    assert_eq!(
        csv,
        "incident,incident_title,incident_kind,incident_date,severity,url,id,action,kind,state,status,opened,due,due_of,days_overdue,\
         closed,teams,causes,priority,done_when,check_on,result,result_words\r\n\
         A,\"Orders refused, \"\"again\"\"\",outage,2026-10-01,sev1,incidents/2026-10-01-a/#action-items,A2,Say who may take it back,process,\
         overdue,in-progress,2026-10-01,2026-10-31,severity,21,,,,,,,,\r\n\
         A,\"Orders refused, \"\"again\"\"\",outage,2026-10-01,sev1,incidents/2026-10-01-a/#action-items,A1,'=SUM(A1) is what it said,detect,\
         due-soon,open,2026-10-01,2026-12-01,action,,,payments,,,,,,\r\n"
    );
    let rows = listed(folder.path(), &["incidents", "--format", "json", "-u", "https://example.org/kb/"]);
    let rows: Vec<Value> = serde_json::from_str(&rows).unwrap();
    let minutes = |least: i64, most: i64| serde_json::json!({"least": least, "most": most});
    assert_eq!(rows[0]["url"], "https://example.org/kb/incidents/2026-10-01-a/");
    assert_eq!(rows[0]["milestones"]["resolved_at"], "2026-10-01T12:00:00Z");
    assert_eq!(rows[0]["milestones"]["detected_at"], Value::Null);
    assert_eq!(rows[0]["measures"]["time_to_resolve"], minutes(120, 120));
    assert_eq!(rows[0]["measures"]["time_to_detect"], Value::Null);
    let actions = serde_json::json!({"overdue": 1, "due_soon": 1, "open": 0, "unstated": 0, "done": 0, "cancelled": 0, "accepted_risk": 0});
    assert_eq!(rows[0]["actions"], actions);
}

#[test]
fn filters_narrow() {
    let house = house();
    let house = house.path();
    let actions = |arguments: &[&str]| keys(&json(house, &[&["actions"], arguments].concat()), &["incident", "id"]).join(", ");
    assert_eq!(actions(&["--overdue"]), "NW-1 A2, NW-2 A2, NW-5 A1, NW-7 A1");
    assert_eq!(actions(&["--open"]), "NW-1 A2, NW-2 A2, NW-5 A1, NW-7 A1, NW-5 A2");
    assert_eq!(actions(&["--due-within", "20"]), "NW-1 A2, NW-2 A2, NW-5 A1, NW-7 A1, NW-5 A2");
    assert_eq!(actions(&["--owner", "identity", "--open"]), "NW-5 A1, NW-5 A2");
    assert_eq!(actions(&["--owner", "Bo Larch", "--kind", "process"]), "NW-8 D1, NW-3 A2");
    assert_eq!(actions(&["--kind", "drill"]), "NW-8 D1");
    assert_eq!(actions(&["--cause", "ownership"]), "NW-3 A2");
    assert_eq!(actions(&["--cause", "change", "--service", "ledger"]), "NW-2 A2, NW-2 A1");
    assert_eq!(actions(&["--status", "accepted-risk"]), "NW-3 A1");
    assert_eq!(actions(&["--status", "in-progress"]), "NW-5 A1");
    assert_eq!(actions(&["--since", "2026", "--until", "2026-05", "--status", "done"]), "NW-8 D1, NW-5 A3");
    let incidents = |arguments: &[&str]| keys(&json(house, arguments), &["id"]).join(", ");
    assert_eq!(incidents(&["--cause", "change/config"]), "NW-2, NW-1");
    assert_eq!(incidents(&["--severity", "SEV1", "--until", "2025-01-20"]), "NW-3, NW-2");
    assert_eq!(incidents(&["--tag", "limits", "--owner", "payments"]), "NW-2, NW-1");
    assert_eq!(incidents(&["--kind", "drill", "--kind", "near-miss"]), "NW-9, NW-8");
    let causes = json(house, &["causes", "--service", "checkout"]);
    let counts = keys(&causes, &["id", "incidents", "root", "contributing", "open", "overdue", "done", "dropped"]);
    assert_eq!(counts, ["change/config 2 2 0 2 2 2 0", "process/review-gap 1 1 0 0 0 0 1"]);
}

#[test]
fn an_unknown_word_is_a_failure_and_nothing_found_is_none() {
    let house = house();
    let house = house.path();
    for (arguments, said) in [
        (&["--service", "chekout"][..], "error: there is no service `chekout`; did you mean `checkout`?\n"),
        (&["--cause", "confg"], "error: there is no cause `confg`; did you mean `config`?\n"),
        (&["--tag", "limit"], "error: there is no tag `limit`; did you mean `limits`?\n"),
        (&["actions", "--owner", "paymets"], "error: there is no team `paymets`; did you mean `payments`?\n"),
        (&["--severity", "sev9"], "error: there is no severity `sev9`; did you mean `sev1`?\n"),
        (&["--kind", "detect"], "error: there is no kind `detect`\n"),
        (
            &["actions", "--status", "late"],
            "error: there is no status `late` of an action; there are overdue, due-soon, open, unstated, done, cancelled, accepted-risk, \
             in-progress, delayed\n",
        ),
        (&["--overdue"], "error: `--overdue` is about actions: `afterword list actions --overdue`\n"),
        (&["causes", "--status", "done"], "error: `--status` is about incidents and actions: causes have none\n"),
    ] {
        assert_eq!(refused(house, arguments), said, "{arguments:?}");
    }
    assert!(refused(house, &["--since", "March"]).contains("`March` is no year, month or day"));
    assert_eq!(listed(house, &["--since", "2030"]), "");
    assert_eq!(listed(house, &["--since", "2030", "--format", "json"]), "[]\n");
    assert_eq!(listed(house, &["actions", "--since", "2030", "--format", "csv"]).lines().count(), 1);
    let empty = project("-- content/about.md --\n# About\n");
    assert_eq!(listed(empty.path(), &["actions"]), "");
}

#[test]
fn what_cannot_be_read_is_said_to_be_missing() {
    let house = house();
    fs::write(house.path().join("content/postmortems/2026-09-09-latin.md"), b"---\ntitle: Caf\xe9\n---\n").unwrap();
    for arguments in [&["list"][..], &["list", "actions", "--format", "csv"], &["metrics"], &["metrics", "--format", "json"]] {
        let output = afterword(house.path(), arguments);
        assert!(output.status.success(), "{arguments:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("1 document cannot be read and is not counted; `afterword check` says why\n"), "{arguments:?}: {said}");
    }
    assert!(!String::from_utf8(afterword(self::house().path(), &["list"]).stderr).unwrap().contains("cannot be read"));
}

#[test]
fn a_cause_that_is_written_twice_is_one_cause() {
    let twice = project(
        "-- content/postmortems/a.md --\n---\nid: A-1\nroot_causes: [change/config, Change/Config]\ncontributing: [change/config]\n---\n",
    );
    let rows = json(twice.path(), &["incidents"]);
    assert_eq!(rows[0]["causes"], serde_json::json!([{ "id": "change/config", "role": "primary" }]));
}

/// The parts of a page of action items: what their headings count, and the rows of their tables, in words.
type Parts = BTreeMap<String, (Option<usize>, Vec<Vec<String>>)>;

fn parts(page: &str) -> Parts {
    let sections = page.split("<section class=\"pattern-block\">").skip(1);
    sections
        .filter_map(|section| {
            let section = section.split("</section>").next().unwrap();
            let (id, rest) = section.split_once("<h2 id=\"")?.1.split_once("\">")?;
            let heading = rest.split("</h2>").next().unwrap();
            let count = heading.rsplit_once(": ").map(|(_, count)| count.parse().unwrap());
            let body = section.split_once("<tbody>").map_or("", |(_, body)| body.split("</tbody>").next().unwrap());
            let rows = body.split("<tr>").skip(1).map(|row| row.split("<td").skip(1).map(words).collect()).collect();
            Some((id.to_owned(), (count, rows)))
        })
        .collect()
}

/// The words of a cell, from behind its `<td`.
fn words(cell: &str) -> String {
    let mut text = String::new();
    let mut is_tag = true;
    for c in cell.chars() {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            c if !is_tag => text.push(c),
            _ => {}
        }
    }
    text.trim().replace("&amp;", "&")
}

/// The page, the exports and the list of a project say the same.
#[track_caller]
fn agrees(folder: &Path) {
    let built = afterword(folder, &["build", "-q"]);
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    let built = |path: &str| fs::read_to_string(folder.join("_site").join(path)).unwrap();
    for (what, file) in [("incidents", "incidents"), ("actions", "actions")] {
        assert_eq!(built(&format!("{file}.json")), listed(folder, &[what, "--format", "json"]), "{file}.json");
        assert_eq!(built(&format!("{file}.csv")), listed(folder, &[what, "--format", "csv"]), "{file}.csv");
    }
    let actions = json(folder, &["actions"]);
    let is = |row: &Value, states: &[&str]| states.contains(&row["state"].as_str().unwrap());
    let parts = parts(&built("actions/index.html"));
    let states: &[(&str, &[&str])] = &[
        ("overdue", &["overdue"]),
        ("due-soon", &["due-soon"]),
        ("open", &["open"]),
        ("unstated", &["unstated"]),
        ("done", &["done"]),
        ("dropped", &["cancelled", "accepted-risk"]),
    ];
    for (part, of) in states {
        let expected = actions.iter().filter(|row| is(row, of)).count();
        let (count, rows) = parts.get(*part).cloned().unwrap_or_default();
        assert_eq!((count.unwrap_or(0), rows.len()), (expected, expected.min(50)), "{part}");
    }
    for (part, key) in [("by-team", "teams"), ("by-cause", "causes"), ("by-severity", "severity"), ("by-kind", "kind")] {
        let mut expected: BTreeMap<Option<String>, [usize; 5]> = BTreeMap::new();
        for row in &actions {
            let named: Vec<Option<String>> = match &row[key] {
                Value::Array(ids) if !ids.is_empty() => ids.iter().map(|id| id.as_str().map(str::to_owned)).collect(),
                value => vec![value.as_str().map(str::to_owned)],
            };
            for id in named {
                let counts = expected.entry(id).or_default();
                for (at, states) in
                    [&["overdue", "due-soon", "open"][..], &["overdue"], &["done"], &["cancelled", "accepted-risk"], &["unstated"]]
                        .iter()
                        .enumerate()
                {
                    counts[at] += usize::from(is(row, states));
                }
            }
        }
        if expected.keys().all(Option::is_none) {
            assert!(!parts.contains_key(part), "{part} is left out where no action says it");
            continue;
        }
        // A column of noughts is left out.
        let told: Vec<usize> = (0..5).filter(|at| expected.values().any(|counts| counts[*at] > 0)).collect();
        let mut expected: Vec<Vec<usize>> = expected.values().map(|counts| told.iter().map(|at| counts[*at]).collect()).collect();
        let mut found: Vec<Vec<usize>> =
            parts[part].1.iter().map(|row| row[1..].iter().map(|count| count.replace(',', "").parse().unwrap()).collect()).collect();
        expected.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, expected, "{part}");
    }
    let page = built("actions/index.html");
    let open = actions.iter().filter(|row| is(row, &["overdue", "due-soon", "open"])).count();
    assert!(page.contains(&format!(": {open} open")), "the lead counts {open} open");
    for row in json(folder, &["causes"]) {
        let id = row["id"].as_str().unwrap();
        let listed = json(folder, &["incidents", "--cause", id]);
        let drills = listed.iter().filter(|incident| incident["kind"] == "drill").count();
        assert_eq!((&row["incidents"], &row["drills"]), (&(listed.len() - drills).into(), &drills.into()), "{id}");
        let answering = actions.iter().filter(|action| action["causes"].as_array().unwrap().iter().any(|cause| cause == id));
        assert_eq!(row["done"], answering.filter(|action| is(action, &["done"])).count(), "{id}");
    }
    let calendar = built("actions.ics");
    let due = actions.iter().filter(|row| is(row, &["overdue", "due-soon", "open"]) && row["due"].is_string()).count();
    assert_eq!(calendar.matches("\r\nUID:due-").count(), due);
}

#[test]
fn the_page_the_exports_and_the_list_of_a_made_up_house_agree() {
    agrees(house().path());
}

#[test]
fn the_page_the_exports_and_the_list_of_the_shipped_site_agree() {
    agrees(shipped().path());
}

#[test]
fn the_page_says_what_is_overdue_and_so_does_the_incident() {
    let house = house();
    let built = afterword(house.path(), &["build", "-q"]);
    assert_eq!(built.status.code(), Some(0));
    let built = |path: &str| fs::read_to_string(house.path().join("_site").join(path)).unwrap();
    let parts = parts(&built("actions/index.html"));
    let overdue: Vec<String> = parts["overdue"].1.iter().map(|row| row.join(" | ")).collect();
    assert_eq!(
        overdue,
        [
            "A2 Alert on refused orders | Orders refused after a wrong limit | Payments | 1 Mar 2024 | Detect | Overdue by 995 days",
            "A2 Halve the time to take a release back | Orders refused again after a release | Payments | 15 Jan 2025 | Mitigate | Overdue by 675 days",
            "A1 Restart after renewal | Sign-in failed on half of the machines | Identity | 1 Apr 2026 | Repair | Overdue by 234 days",
            "A1 Refuse a message seen before | Funds left the bridge | Payments | 1 Sep 2026 | Prevent | Overdue by 81 days",
        ]
    );
    let incident = built("incidents/2026-03-02-login-certificate-second/index.html");
    assert!(incident.contains("<span class=\"badge status status-overdue\">Overdue</span> <span class=\"reading\">in progress</span>"));
    assert!(incident.contains("<span class=\"badge status status-open\">Open</span>"));
}
