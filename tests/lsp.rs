//! The language server as an editor meets it: the binary, spoken to over its standard input and output.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files and processes, and panics when they are not what it made"
)]

mod editor;

use std::fs;
use std::process::Command;

use afterword::model::{ActionKind, EventKind};
use editor::{Editor, edited};
use serde_json::{Value, json};

const PROJECT: &str = r#"-- site.toml --
[site]
title = "Knowledge"
base_url = "https://kb.example.org/"
rules = true

[content]
profile = "note"

[rules]
missing-procedural-cause = "off"
missing-prevention = "off"
timeline-without-leadup = "off"

[profiles.note]
required = ["summary", "timeline", "actions"]
optional = ["lessons"]
fields = ["severity"]

[owners.shop]
name = "Shop"

[services.checkout]
name = "Checkout"
description = "Takes orders."
owner = "shop"

[services.payments]

[tags.dns]

[people.ada]
name = "Ada King"
role = "the engineer on call"

[causes.change.seasonal]
name = "Seasonal switch"
definition = "A switch that is thrown once a year."
-- content/glossary.md --
# Glossary

## Failover

Going over to the other one.
-- content/postmortems/2024-checkout.md --
---
id: KB-1
title: Checkout failed
severity: sev2
started_at: 2024-03-17T10:00Z
services: [checkout]
tags: [dns]
root_causes: [change/seasonal]
related: [{id: KB-2, why: same-cause}]
---

## Summary

Checkout failed, and the failover as well. See [the other one](2024-payments.md#summary) and [[KB-2]].

## Timeline

| Time (UTC) | Event |
|---|---|
| 2024-03-17 10:00 | [started] Orders fail 𝄞 |
| 10:10 | [detected] Pager |
| 10:45 | [mitigate] Switched back |

## Action items

| ID | Action | Kind | Owner | Status |
|---|---|---|---|---|
| A1 | Watch the switch | detect | ada | open |
-- content/postmortems/2024-payments.md --
---
id: KB-2
title: Payments failed
severity: sev1
started_at: 2024-05-01T08:00Z
services: [payments]
root_causes:
  - cause: change/seasonal
---

## Summary

As in [[KB-1]].

## Timeline

- 2024-05-01 08:00 UTC: [started] Payments fail
- 2024-05-01 09:00 UTC: [resolved] They work

## Action items

None: it cannot happen again.
"#;

const CHECKOUT: &str = "content/postmortems/2024-checkout.md";
const PAYMENTS: &str = "content/postmortems/2024-payments.md";

#[test]
fn it_says_what_it_can_do() {
    let editor = Editor::open(PROJECT);
    let can = &editor.abilities;
    assert_eq!(can["positionEncoding"], "utf-16");
    assert_eq!(can["textDocumentSync"], json!({ "openClose": true, "change": 2 }));
    assert_eq!(can["codeActionProvider"]["codeActionKinds"], json!(["quickfix", "source.fixAll"]));
    assert_eq!(can["renameProvider"], json!({ "prepareProvider": true }));
    for ability in ["hover", "definition", "references", "documentSymbol", "workspaceSymbol", "foldingRange", "inlayHint"] {
        assert_eq!(can[format!("{ability}Provider")], true, "{ability}");
    }
    editor.end();
}

#[test]
fn findings_come_while_one_writes_and_go_when_it_is_mended() {
    let mut editor = Editor::open(PROJECT);
    let text = editor.open_file(CHECKOUT, None);
    editor.findings(CHECKOUT, &[]);
    let broken = text.replace("sev2", "sev9").replace("[[KB-2]]", "[[KB-9]]").replace("## Action items", "## Action itmes");
    editor.type_whole(CHECKOUT, &broken);
    let found = editor.findings(
        CHECKOUT,
        &[
            "2:7 error missing-section: the section `Action items` is missing",
            "3:10 warning unknown-term: unknown severity `sev9`",
            "13:95 error broken-link: no document is called `KB-9`",
        ],
    );
    assert_eq!(found[0]["source"], "afterword");
    assert_eq!(found[0]["codeDescription"]["href"], "https://kb.example.org/rules/missing-section/");
    assert_eq!(
        found[0]["message"],
        "the section `Action items` is missing\nhelp: the profile `note` requires it; `n/a: reason` under a heading is an answer"
    );
    assert_eq!(found[0]["relatedInformation"][0]["message"], "is this meant to be `Action items`?");
    assert_eq!(found[0]["relatedInformation"][0]["location"]["range"]["start"], json!({ "line": 23, "character": 0 }));
    // What only the whole can tell keeps its place while lines are added above it.
    editor.change(
        CHECKOUT,
        json!([{ "range": { "start": { "line": 11, "character": 0 }, "end": { "line": 11, "character": 0 } }, "text": "Before.\n\n" }]),
    );
    editor.findings(
        CHECKOUT,
        &[
            "2:7 error missing-section: the section `Action items` is missing",
            "3:10 warning unknown-term: unknown severity `sev9`",
            "15:95 error broken-link: no document is called `KB-9`",
        ],
    );
    editor.type_whole(CHECKOUT, &text);
    editor.findings(CHECKOUT, &[]);
    editor.end();
}

#[test]
fn what_one_document_says_unsaved_counts_for_the_other() {
    let mut editor = Editor::open(PROJECT);
    let text = editor.open_file(PAYMENTS, None);
    editor.open_file(CHECKOUT, None);
    editor.findings(CHECKOUT, &[]);
    editor.type_whole(PAYMENTS, &text.replace("id: KB-2", "id: KB-3").replace("## Summary", "## In short"));
    editor.findings(
        CHECKOUT,
        &[
            "8:15 error broken-link: no document is called `KB-2`",
            "13:63 error broken-anchor: no heading of `content/postmortems/2024-payments.md` is called `#summary`",
            "13:95 error broken-link: no document is called `KB-2`",
        ],
    );
    // The file on disk is as it was: with the document closed, so is the project.
    let document = json!({ "textDocument": { "uri": editor.uri(PAYMENTS) } });
    editor.notify("textDocument/didClose", document);
    editor.findings(CHECKOUT, &[]);
    editor.end();
}

#[test]
fn documents_that_nobody_has_open_are_told_of_when_it_is_quiet() {
    let project = PROJECT.replace("As in [[KB-1]].", "As in [[KB-1]] and [[KB-7]].");
    let mut editor = Editor::open(&project);
    editor.findings(PAYMENTS, &["12:21 error broken-link: no document is called `KB-7`"]);
    let text = editor.open_file(CHECKOUT, None);
    editor.type_whole(CHECKOUT, &text.replace("id: KB-1", "id: KB-7"));
    editor.findings(PAYMENTS, &["12:8 error broken-link: no document is called `KB-1`"]);
    editor.type_whole(CHECKOUT, &text.replace("id: KB-1", "id: KB-1\nslug: kb-7"));
    editor.findings(PAYMENTS, &[]);
    editor.end();
}

#[test]
fn files_that_change_on_disk_are_read_again() {
    let mut editor = Editor::open(PROJECT);
    let registered = editor.note().unwrap();
    assert_eq!(registered["method"], "client/registerCapability");
    assert_eq!(registered["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    editor.open_file(CHECKOUT, None);
    editor.findings(CHECKOUT, &[]);
    fs::remove_file(editor.root.join(PAYMENTS)).unwrap();
    let gone = json!({ "changes": [{ "uri": editor.uri(PAYMENTS), "type": 3 }, { "uri": editor.uri("_site/index.html"), "type": 1 }] });
    editor.notify("workspace/didChangeWatchedFiles", gone);
    editor.findings(
        CHECKOUT,
        &[
            "8:15 error broken-link: no document is called `KB-2`",
            "13:63 error broken-link: the file `2024-payments.md#summary` does not exist",
            "13:95 error broken-link: no document is called `KB-2`",
        ],
    );
    editor.end();
}

#[test]
fn columns_are_utf_16_or_bytes() {
    let text =
        "---\nid: KB-4\ntitle: 𝄞𝄞\nseverity: sev1\n---\n\n## Summary\n\n𝄞é [[KB-9]]\n\n## Timeline\n\n- x\n\n## Action items\n\nnone\n";
    for (abilities, column) in [(json!({}), 6), (json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] } }), 9)] {
        let mut editor = Editor::open_as(PROJECT, &abilities);
        let path = "content/postmortems/new.md";
        editor.open_file(path, Some(text));
        editor.findings(path, &[&format!("8:{column} error broken-link: no document is called `KB-9`")]);
        // A change in the line, behind what is beyond the basic plane.
        let (from, to) = (column + 3, column + 4);
        let range = json!({ "start": { "line": 8, "character": from }, "end": { "line": 8, "character": to } });
        editor.change(path, json!([{ "range": range, "text": "1" }]));
        editor.findings(path, &[]);
        editor.end();
    }
}

/// A document with some metadata and text.
fn document(metadata: &str, body: &str) -> String {
    format!("---\nid: KB-4\ntitle: T\n{metadata}---\n\n## Summary\n\nx\n\n{body}")
}

#[test]
fn keys_and_values_of_metadata_are_completed() {
    let mut editor = Editor::open(PROJECT);
    let path = "content/postmortems/new.md";
    editor.open_file(path, Some(""));
    let mut check = |metadata: &str, expected: &[&str], taken: &str| {
        let marked = document(metadata, "");
        let (labels, text) = editor.complete(path, &marked, expected[0]);
        assert_eq!(labels, expected, "{metadata}");
        assert_eq!(text, document(taken, ""), "{metadata}");
    };
    check("severity: ¦\n", &["sev1", "sev2", "sev3", "sev4", "sev5"], "severity: sev1\n");
    check("severity:¦\n", &["sev1", "sev2", "sev3", "sev4", "sev5"], "severity: sev1\n");
    check("severity: se¦v3\n", &["sev1", "sev2", "sev3", "sev4", "sev5"], "severity: sev1\n");
    check("status: ¦\n", &["draft", "in-review", "reviewed", "closed"], "status: draft\n");
    check("visibility: p¦\n", &["internal", "public"], "visibility: internal\n");
    check("stage: ¦\n", &["preliminary", "full", "closure"], "stage: preliminary\n");
    check("services: [payments, ch¦]\n", &["checkout", "payments"], "services: [payments, checkout]\n");
    check("affected: [¦\n", &["checkout", "payments"], "affected: [checkout\n");
    check("services:\n  - ¦\n", &["checkout", "payments"], "services:\n  - checkout\n");
    check("services:\n- ch¦\nowner: x\n", &["checkout", "payments"], "services:\n- checkout\nowner: x\n");
    check("tags: [¦]\n", &["dns"], "tags: [dns]\n");
    check("owner: ¦\n", &["shop", "ada"], "owner: shop\n");
    check("authors: [¦]\n", &["ada"], "authors: [ada]\n");
    check("related: [{id: ¦}]\n", &["KB-2", "KB-1"], "related: [{id: KB-2}]\n");
    check(
        "related:\n  - id: KB-1\n    why: same-s¦\n",
        &["same-cause", "same-service", "caused-by", "duplicate-of", "recurrence-of", "drill-of"],
        "related:\n  - id: KB-1\n    why: same-cause\n",
    );
    check("related: [{id: KB-1, ¦}]\n", &["id", "why"], "related: [{id: KB-1, id: }]\n");
    check(
        "root_causes:\n  - cause: change/config\n    la¦\n",
        &["cause", "layer", "origin", "note"],
        "root_causes:\n  - cause: change/config\n    cause: \n",
    );
    check("root_causes: [{cause: x, layer: ¦}]\n", &["technical", "procedural"], "root_causes: [{cause: x, layer: technical}]\n");
    check("detection:\n  ¦\n", &["by", "how", "gap"], "detection:\n  by: \n");
    check(
        "detection:\n  by: ¦\n",
        &["monitoring", "user", "staff", "researcher", "partner", "third-party", "audit", "attacker"],
        "detection:\n  by: monitoring\n",
    );
    check("data_integrity: ¦\n", &["affected", "intact", "unknown"], "data_integrity: affected\n");
    let mut offers = |metadata: &str, label: &str, taken: &str| {
        let (labels, text) = editor.complete(path, &document(metadata, ""), label);
        assert_eq!(text, document(taken, ""), "{metadata}: {labels:?}");
        labels
    };
    offers("root_causes: [change/s¦]\n", "change/seasonal", "root_causes: [change/seasonal]\n");
    offers("trigger: ¦\n", "binary-push", "trigger: binary-push\n");
    offers("kind: ¦\n", "note", "kind: note\n");
    let keys = offers("st¦\nowner: x\nsev: sev1\n", "status", "status: \nowner: x\nsev: sev1\n");
    for taken in ["id", "title", "owner", "severity"] {
        assert!(!keys.contains(&taken.to_owned()), "{taken} is there already");
    }
    offers("sev¦: x\n", "severity", "severity: x\n");
    assert_eq!(offers("¦\n", "severity", "severity: \n")[0], "severity", "what the profile asks for comes first");
    for quiet in ["# a comm¦\n", "owner: x # wh¦\n", "started_at: ¦\n"] {
        assert_eq!(editor.labels(path, &document(quiet, "")), [""; 0], "{quiet}");
    }
    let (_, begun) = editor.complete(path, "---\nsever¦\n", "severity");
    assert_eq!(begun, "---\nseverity: \n", "before the second fence is there");
    let (_, toml) = editor.complete(path, "+++\nsever¦\n+++\n", "severity");
    assert_eq!(toml, "+++\nseverity = \n+++\n");
    editor.end();
}

#[test]
fn the_text_is_completed_where_it_stands() {
    let mut editor = Editor::open(PROJECT);
    let path = "content/postmortems/new.md";
    editor.open_file(path, Some(""));
    let mut offers = |body: &str, expected: &[&str], take: &str, taken: &str| {
        let (labels, text) = editor.complete(path, &document("", body), take);
        assert_eq!(labels, expected, "{body}");
        assert_eq!(text, document("", taken), "{body}");
    };
    let missing = ["Timeline", "Action items", "Lessons learned"];
    offers("## ¦\n", &missing, "Timeline", "## Timeline\n");
    offers("##¦\n", &missing, "Timeline", "## Timeline\n");
    offers("## Les¦\n", &missing, "Lessons learned", "## Lessons learned\n");
    let kinds = [
        "introduced",
        "change",
        "started",
        "detected",
        "acknowledged",
        "declared",
        "decision",
        "action",
        "contain",
        "pause",
        "mitigate",
        "verified",
        "rollout",
        "resume",
        "resolved",
        "comms",
        "note",
    ];
    offers("## Timeline\n\n- 10:00 [de¦\n", &kinds, "detected", "## Timeline\n\n- 10:00 [detected] \n");
    offers("## Timeline\n\n| 10:00 | [¦] Pager |\n", &kinds, "detected", "## Timeline\n\n| 10:00 | [detected] Pager |\n");
    let table = |row: &str| format!("## Action items\n\n| ID | Action | Kind | Owner(s) | Status | Due |\n|--|--|--|--|--|--|\n{row}\n");
    let statuses = ["open", "in-progress", "done", "delayed", "cancelled", "accepted-risk"];
    offers(
        &table("| A1 | Do | ¦"),
        &["prevent", "mitigate", "detect", "repair", "investigate", "process"],
        "detect",
        &table("| A1 | Do | detect"),
    );
    offers(&table("| A1 | Do | x | a¦ |"), &["shop", "ada"], "ada", &table("| A1 | Do | x | ada |"));
    offers(&table("| A1 | Do | x | y | o¦ | |"), &statuses, "open", &table("| A1 | Do | x | y | open | |"));
    offers("[[¦", &["KB-2", "KB-1", "glossary"], "KB-1", "[[KB-1]]");
    offers("[[checkout¦]]", &["KB-1", "glossary"], "KB-1", "[[KB-1]]");
    offers("[x](¦)", &["2024-checkout.md", "2024-payments.md", "../glossary.md"], "../glossary.md", "[x](../glossary.md)");
    let directives = ["allow", "internal", "internal item", "internal row", "internal column", "internal until", "end"];
    offers("<!-- afterword: i¦ -->", &directives, "internal item", "<!-- afterword: internal item -->");
    offers(
        "<!-- ¦",
        &directives.map(|directive| format!("afterword: {directive}")).each_ref().map(String::as_str),
        "afterword: end",
        "<!-- afterword: end",
    );
    offers("> [!IN¦\n", &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "INTERNAL", "REASONING"], "INTERNAL", "> [!INTERNAL]\n");
    let (labels, text) = editor.complete(path, &document("", "<!-- afterword: allow broken-l¦"), "broken-link");
    assert_eq!(text, document("", "<!-- afterword: allow broken-link: "));
    assert!(!labels.contains(&"route-collision".to_owned()), "what makes a site wrong cannot be allowed");
    for quiet in ["plain word¦", "## Summary\n\n- [de¦", "<!-- a remark ¦ -->", "[x](https://e¦)", "| a | b¦ |", "<!-- x --> [w¦"] {
        assert_eq!(editor.labels(path, &document("", quiet)), [""; 0], "{quiet}");
    }
    editor.end();
}

#[test]
fn settings_are_completed_and_checked_as_they_are_typed() {
    let mut editor = Editor::open(PROJECT);
    let settings = editor.open_file("site.toml", None);
    editor.open_file(CHECKOUT, None);
    editor.findings(CHECKOUT, &[]);
    let mut offers = |typed: &str, expected: &[&str], taken: &str| {
        let (labels, text) = editor.complete("site.toml", &format!("{settings}{typed}"), expected[0]);
        assert_eq!(labels, expected, "{typed}");
        assert_eq!(text, format!("{settings}{taken}"));
    };
    offers("\n[theme]\n¦", &["name", "accent"], "\n[theme]\nname = ");
    offers("\n[theme]\naccent = 1\nna¦ = 2", &["name"], "\n[theme]\naccent = 1\nname = 2");
    offers("\n[theme]\nname = ¦", &["default", "plain"], "\n[theme]\nname = \"default\"");
    offers("\n[rules.in.\"x/**\"]\nlinks = \"o¦\"", &["off", "hint", "warning", "error"], "\n[rules.in.\"x/**\"]\nlinks = \"off\"");
    offers("\n[services.x]\nowner = \"¦\"", &["shop"], "\n[services.x]\nowner = \"shop\"");
    offers("\n[[training.of_the_month]]\nincident = \"pay¦\"", &["KB-2"], "\n[[training.of_the_month]]\nincident = \"KB-2\"");
    offers("\n[editions.¦", &["public"], "\n[editions.public");
    let (_, rule) = editor.complete("site.toml", &format!("{settings}[rules.in.x]\nbroken-l¦"), "broken-link");
    assert_eq!(rule, format!("{settings}[rules.in.x]\nbroken-link = "));
    editor.type_whole(
        "site.toml",
        &settings.replace("[tags.dns]", "[tags.dns]\nnaem = \"DNS\"").replace("severity\"]", "severity\", \"owner\"]"),
    );
    editor.findings("site.toml", &["29:0 error unknown-setting: there is no setting `tags.dns.naem`"]);
    // Before it is saved, what it says of documents holds.
    editor.findings(CHECKOUT, &["2:7 error missing-field: the field `owner` is missing"]);
    editor.type_whole("site.toml", "[site\n");
    editor.findings("site.toml", &["0:5 error unreadable-config: `site.toml` is not TOML: unclosed table, expected `]`"]);
    editor.type_whole("site.toml", &settings);
    editor.findings("site.toml", &[]);
    editor.findings(CHECKOUT, &[]);
    editor.end();
}

#[test]
fn what_stands_under_the_cursor_is_explained() {
    let mut editor = Editor::open(PROJECT);
    let text = editor.open_file(CHECKOUT, None).replace("## Timeline", "<!-- afterword: allow broken-anchor: moved -->\n\n## Timeline");
    editor.type_whole(CHECKOUT, &text);
    let mut told = |before: &str| {
        let place = editor.place(CHECKOUT, &text, before);
        editor.ask("textDocument/hover", place)["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(told("services: [check"), "**Checkout**\n\nTakes orders.\n\nOwner: Shop");
    assert_eq!(told("root_causes: [change/s"), "**Seasonal switch** (Change)\n\nA switch that is thrown once a year.");
    assert_eq!(told("related: [{id: KB"), "**Payments failed**\n\nKB-2 · 2024-05-01 · SEV1 · 1 h");
    assert_eq!(told("[[KB"), "**Payments failed**\n\nKB-2 · 2024-05-01 · SEV1 · 1 h");
    assert_eq!(told("the fail"), "**Failover**\n\nGoing over to the other one.");
    let durations = "- Time to detect: 10 min\n- Time to mitigate: 45 min\n- Impact duration: 45 min\n- Repair time: 35 min";
    assert_eq!(
        told("started_at: 2024"),
        format!("**started_at**: instant, date or stretch of time\n\nWhen the impact began.\n\n{durations}")
    );
    assert_eq!(told("10:4"), format!("2024-03-17 10:45 UTC\n\n45 min after impact began\n\nMitigated\n\n{durations}"));
    assert!(told("## Time").starts_with("**Timeline**\n\nWhat happened when, as a table or a list"));
    assert!(told("allow broken-").starts_with("# broken-anchor (error, links)\n\n"));
    assert!(told("\nsever").starts_with("**severity**: a step of the severity scale\n\nHow bad the incident was"));
    assert_eq!(told("Checkout failed, an"), "");
    editor.end();
}

/// What can be done about a stretch of a line: the titles, and the answers.
fn actions(editor: &mut Editor, path: &str, line: u32, only: &[&str]) -> Vec<Value> {
    let here = json!({ "line": line, "character": 0 });
    let context = if only.is_empty() { json!({ "diagnostics": [] }) } else { json!({ "diagnostics": [], "only": only }) };
    let range = json!({ "start": here, "end": { "line": line, "character": 999 } });
    let asked = json!({ "textDocument": { "uri": editor.uri(path) }, "range": range, "context": context });
    editor.ask("textDocument/codeAction", asked).as_array().unwrap().clone()
}

#[test]
fn fixes_are_offered_and_mend_what_they_are_for() {
    let mut editor = Editor::open(PROJECT);
    let path = "content/postmortems/new.md";
    let text = "---\nid: KB-4\ntitle: T\nsev: sev1\n---\n\n## Summary\n\nSee [[KB-9]].\n\nAnd [[KB-8]].\n\n## Timeline\n\n- x\n";
    editor.open_file(path, Some(text));
    editor.findings(
        path,
        &[
            "2:7 error missing-section: the section `Action items` is missing",
            "3:0 hint aliased-field: `sev` is another name for the field `severity`",
            "8:6 error broken-link: no document is called `KB-9`",
            "10:6 error broken-link: no document is called `KB-8`",
        ],
    );
    let titles = |actions: &[Value]| -> Vec<String> { actions.iter().map(|action| action["title"].as_str().unwrap().to_owned()).collect() };
    let edit = |action: &Value| action["edit"]["documentChanges"][0]["edits"].clone();
    let found = actions(&mut editor, path, 3, &["quickfix"]);
    assert_eq!(titles(&found), ["Rename the field to `severity`", "Allow `aliased-field` in this document, with a reason"]);
    assert_eq!(
        (&found[0]["isPreferred"], &found[0]["kind"], &found[0]["diagnostics"][0]["code"]),
        (&json!(true), &json!("quickfix"), &json!("aliased-field"))
    );
    assert_eq!(found[0]["edit"]["documentChanges"][0]["textDocument"]["version"], 1);
    assert_eq!(edited(text, &edit(&found[0])), text.replace("sev:", "severity:"));
    let found = actions(&mut editor, path, 10, &[]);
    assert_eq!(titles(&found), ["Allow `broken-link` here, with a reason", "Mend all: 2 fixes"]);
    let allowed = edited(text, &edit(&found[0]));
    assert_eq!(allowed, text.replace("And [[", "<!-- afterword: allow broken-link: -->\nAnd [["));
    let mended = edited(text, &edit(&found[1]));
    assert_eq!(
        mended,
        format!(
            "{}\n## Action items\n\n<!-- What will be done: each begins with a verb and has an owner, a date and a way to know that it is done. -->\n",
            text.replace("sev:", "severity:")
        )
    );
    assert_eq!(titles(&actions(&mut editor, path, 10, &["source"])), ["Mend all: 2 fixes"]);
    assert_eq!(titles(&actions(&mut editor, path, 10, &["refactor"])), [""; 0]);
    // The allowance asks for its reason, and covers the finding once that is there.
    editor.type_whole(path, &allowed.replace("link: -->", "link: it is a riddle -->"));
    editor.findings(
        path,
        &[
            "2:7 error missing-section: the section `Action items` is missing",
            "3:0 hint aliased-field: `sev` is another name for the field `severity`",
            "8:6 error broken-link: no document is called `KB-9`",
        ],
    );
    editor.end();
}

/// Whether the project on disk is without a finding.
#[track_caller]
fn assert_clean(editor: &Editor) {
    let check = Command::new(env!("CARGO_BIN_EXE_afterword"))
        .args(["check", "--strict", "--format", "concise", "-C"])
        .arg(&editor.root)
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&check.stdout), "");
    assert!(check.status.success());
}

/// Renames what stands behind `before` in a file, on disk.
fn rename(editor: &mut Editor, path: &str, before: &str, name: &str) {
    let text = fs::read_to_string(editor.root.join(path)).unwrap();
    let mut asked = editor.place(path, &text, before);
    asked["newName"] = json!(name);
    let edit = editor.ask("textDocument/rename", asked);
    Editor::apply(&edit);
}

#[test]
fn a_name_is_changed_wherever_it_stands() {
    for (path, before, name) in [
        (CHECKOUT, "id: KB-1", "KB-100"),
        (CHECKOUT, "[[KB", "KB-200"),
        (CHECKOUT, "services: [check", "shop-front"),
        (CHECKOUT, "[change/sea", "yearly"),
        (PAYMENTS, "cause: change/sea", "change/yearly"),
        ("site.toml", "[tags.d", "name-service"),
        ("site.toml", "[services.pay", "money"),
    ] {
        let mut editor = Editor::open(PROJECT);
        assert_clean(&editor);
        editor.open_file(path, None);
        rename(&mut editor, path, before, name);
        assert_clean(&editor);
        let last = name.rsplit('/').next().unwrap();
        let all = ["site.toml", CHECKOUT, PAYMENTS].map(|path| fs::read_to_string(editor.root.join(path)).unwrap()).concat();
        let places = all.matches(last).count();
        assert!(places >= 2, "{name}: {places}\n{all}");
        editor.end();
    }
}

#[test]
fn a_slug_leaves_an_address_that_leads_on() {
    let project =
        PROJECT.replace("As in [[KB-1]].", "As in [[2024-checkout]], [there](../2024-checkout/) and [the file](2024-checkout.md).");
    let project = project
        .replace("id: KB-1\n", "id: KB-1\nslug: till\n")
        .replace("2024-checkout]]", "till]]")
        .replace("../2024-checkout/", "../till/");
    let mut editor = Editor::open(&project);
    assert_clean(&editor);
    editor.open_file(CHECKOUT, None);
    rename(&mut editor, CHECKOUT, "slug: ti", "counter");
    assert_clean(&editor);
    let (checkout, payments) =
        (fs::read_to_string(editor.root.join(CHECKOUT)).unwrap(), fs::read_to_string(editor.root.join(PAYMENTS)).unwrap());
    assert!(checkout.contains("slug: counter\n") && checkout.contains("\naliases: [/incidents/till/]\n---\n"), "{checkout}");
    assert!(payments.contains("As in [[counter]], [there](../counter/) and [the file](2024-checkout.md)."), "{payments}");
    // The file goes into a folder of its own: links follow, and so does its own.
    let (from, to) = (editor.uri(CHECKOUT), editor.uri("content/postmortems/2024/checkout.md"));
    let edit = editor.ask("workspace/willRenameFiles", json!({ "files": [{ "oldUri": from, "newUri": to }] }));
    Editor::apply(&edit);
    fs::create_dir(editor.root.join("content/postmortems/2024")).unwrap();
    fs::rename(editor.root.join(CHECKOUT), editor.root.join("content/postmortems/2024/checkout.md")).unwrap();
    assert_clean(&editor);
    editor.end();
}

#[test]
fn what_cannot_be_renamed_says_why() {
    let mut editor = Editor::open(PROJECT);
    let text = editor.open_file(CHECKOUT, None);
    let mut refusal = |before: &str, name: &str| {
        let mut asked = editor.place(CHECKOUT, &text, before);
        asked["newName"] = json!(name);
        let answer = editor.request("textDocument/rename", asked);
        assert_eq!(answer["error"]["code"], -32803, "{answer}");
        answer["error"]["message"].as_str().unwrap().to_owned()
    };
    assert_eq!(refusal("id: KB-1", "KB-2"), "`content/postmortems/2024-payments.md` is called `KB-2` already");
    assert_eq!(refusal("id: KB-1", "a b"), "an id is made of letters, digits, dashes, dots and underscores");
    assert_eq!(refusal("[check", "Shop Front"), "`Shop Front` cannot stand in an address; `shop-front` can");
    assert_eq!(refusal("(2024-pay", "x"), "only ids and slugs are renamed; rename the file itself, and links to it follow");
    let place = editor.place(CHECKOUT, &text, "services: [check");
    let prepared = editor.ask("textDocument/prepareRename", place);
    assert_eq!(prepared["placeholder"], "checkout");
    let place = editor.place(CHECKOUT, &text, "(2024-pay");
    assert_eq!(
        editor.request("textDocument/prepareRename", place)["error"]["message"],
        "this is the path of a file: rename the file, and links to it follow"
    );
    let place = editor.place(CHECKOUT, &text, "Checkout failed, ");
    assert_eq!(editor.ask("textDocument/prepareRename", place), Value::Null);
    editor.end();
}

#[test]
fn one_gets_from_a_name_to_what_it_names_and_back() {
    let mut editor = Editor::open(PROJECT);
    let text = editor.open_file(CHECKOUT, None);
    let root = editor.uri("");
    let place = |location: &Value| {
        let path = location["uri"].as_str().unwrap().strip_prefix(&root).unwrap();
        format!("{path}:{}:{}", location["range"]["start"]["line"], location["range"]["start"]["character"])
    };
    let mut leads = |before: &str| {
        let asked = editor.place(CHECKOUT, &text, before);
        let found = editor.ask("textDocument/definition", asked);
        if found.is_null() { String::new() } else { place(&found) }
    };
    assert_eq!(leads("services: [check"), "site.toml:21:10");
    assert_eq!(leads("[change/s"), "site.toml:34:15");
    assert_eq!(leads("id: KB-2"), "content/postmortems/2024-payments.md:2:7");
    assert_eq!(leads("md#sum"), "content/postmortems/2024-payments.md:10:0");
    assert_eq!(leads("Checkout failed, "), "");
    let mut named = |path: &str, text: &str, before: &str, with_own: bool| -> Vec<String> {
        let mut asked = editor.place(path, text, before);
        asked["context"] = json!({ "includeDeclaration": with_own });
        editor.ask("textDocument/references", asked).as_array().unwrap().iter().map(&place).collect()
    };
    let of_payments = [
        "content/postmortems/2024-checkout.md:8:15",
        "content/postmortems/2024-checkout.md:13:63",
        "content/postmortems/2024-checkout.md:13:95",
    ];
    assert_eq!(named(CHECKOUT, &text, "[[KB", false), of_payments);
    assert_eq!(named(CHECKOUT, &text, "[[KB", true).last().unwrap(), "content/postmortems/2024-payments.md:1:4");
    let causes = ["content/postmortems/2024-checkout.md:7:14", "content/postmortems/2024-payments.md:7:11", "site.toml:34:15"];
    assert_eq!(named(CHECKOUT, &text, "[change/s", true), causes);
    let settings = editor.open_file("site.toml", None);
    let mut asked = editor.place("site.toml", &settings, "[services.pay");
    asked["context"] = json!({ "includeDeclaration": false });
    let found: Vec<String> = editor.ask("textDocument/references", asked).as_array().unwrap().iter().map(&place).collect();
    assert_eq!(found, ["content/postmortems/2024-payments.md:5:11"]);
    editor.end();
}

#[test]
fn a_document_has_an_outline_folds_links_and_hints() {
    let mut editor = Editor::open(PROJECT);
    editor.open_file(CHECKOUT, None);
    let document = json!({ "textDocument": { "uri": editor.uri(CHECKOUT) } });
    let symbols = editor.ask("textDocument/documentSymbol", document.clone());
    let mut outline = Vec::new();
    for section in symbols.as_array().unwrap() {
        outline.push(section["name"].as_str().unwrap().to_owned());
        let below = section["children"].as_array().cloned().unwrap_or_default();
        outline
            .extend(below.iter().map(|symbol| format!("  {} ({})", symbol["name"].as_str().unwrap(), symbol["detail"].as_str().unwrap())));
    }
    assert_eq!(
        outline,
        [
            "Summary",
            "Timeline",
            "  2024-03-17 10:00 Orders fail 𝄞 (Started)",
            "  10:10 Pager (Detected)",
            "  10:45 Switched back (Mitigated)",
            "Action items",
            "  A1 Watch the switch (Open)",
        ]
    );
    let folds = editor.ask("textDocument/foldingRange", document.clone());
    let folds: Vec<(u64, u64)> =
        folds.as_array().unwrap().iter().map(|fold| (fold["startLine"].as_u64().unwrap(), fold["endLine"].as_u64().unwrap())).collect();
    assert_eq!(folds, [(0, 9), (11, 13), (15, 21), (19, 21), (23, 27)]);
    let links = editor.ask("textDocument/documentLink", document.clone());
    let links: Vec<&str> = links.as_array().unwrap().iter().map(|link| link["target"].as_str().unwrap()).collect();
    assert_eq!(links, [editor.uri(PAYMENTS), editor.uri(PAYMENTS)]);
    let mut asked = document;
    asked["range"] = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let hints = editor.ask("textDocument/inlayHint", asked.clone());
    let hints: Vec<String> = hints
        .as_array()
        .unwrap()
        .iter()
        .map(|hint| format!("{}:{} {}", hint["position"]["line"], hint["position"]["character"], hint["label"].as_str().unwrap()))
        .collect();
    assert_eq!(hints, ["20:7 +10 min, 10 min in", "21:7 +35 min, 45 min in"]);
    asked["range"]["end"]["line"] = json!(21);
    assert_eq!(editor.ask("textDocument/inlayHint", asked).as_array().unwrap().len(), 1, "only what is seen");
    let found = editor.ask("workspace/symbol", json!({ "query": "kb fail" }));
    let names: Vec<&str> = found.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["KB-2 Payments failed", "KB-1 Checkout failed"]);
    editor.end();
}

#[test]
fn what_no_project_reads_is_left_alone() {
    let mut editor = Editor::open(PROJECT);
    for (path, text) in [("README.md", "[[nowhere]]"), ("content/postmortems/x.txt", "x")] {
        editor.open_file(path, Some(text));
        let asked = json!({ "textDocument": { "uri": editor.uri(path) }, "position": { "line": 0, "character": 3 } });
        for method in ["hover", "completion", "definition"] {
            assert_eq!(editor.ask(&format!("textDocument/{method}"), asked.clone()), Value::Null, "{path}");
        }
    }
    let elsewhere = json!({ "uri": "untitled:Untitled-1", "languageId": "markdown", "version": 1, "text": "[[nowhere]]" });
    editor.notify("textDocument/didOpen", json!({ "textDocument": elsewhere }));
    // Nothing was said of any of them.
    editor.open_file(CHECKOUT, None);
    editor.findings(CHECKOUT, &[]);
    fs::remove_file(editor.root.join("site.toml")).unwrap();
    let gone = json!({ "changes": [{ "uri": editor.uri("site.toml"), "type": 3 }] });
    editor.notify("workspace/didChangeWatchedFiles", gone);
    let asked = json!({ "textDocument": { "uri": editor.uri(CHECKOUT) }, "position": { "line": 5, "character": 12 } });
    assert_eq!(editor.ask("textDocument/hover", asked), Value::Null, "without settings it is a folder like others");
    editor.end();
}

#[test]
fn what_is_asked_wrongly_is_refused_and_the_conversation_goes_on() {
    let mut editor = Editor::start(PROJECT);
    assert_eq!(editor.request("textDocument/hover", json!({}))["error"]["code"], -32002, "before it began");
    assert_eq!(editor.request("initialize", json!({ "capabilities": 7 }))["error"]["code"], -32602);
    let answer = editor.ask("initialize", json!({ "processId": null, "rootUri": editor.uri(""), "capabilities": {} }));
    assert_eq!(answer["serverInfo"]["name"], "afterword");
    editor.notify("initialized", json!({}));
    assert_eq!(editor.request("textDocument/moveTo", json!({}))["error"]["code"], -32601);
    assert_eq!(editor.request("textDocument/hover", json!({ "position": "here" }))["error"]["code"], -32602);
    editor.notify("textDocument/didChange", json!({ "textDocument": 7 }));
    editor.notify("$/nobodyKnows", json!({}));
    editor.notify("$/cancelRequest", json!({ "id": 99 }));
    let far = json!({ "start": { "line": 900, "character": 900 }, "end": { "line": 1, "character": 0 } });
    let text = editor.open_file(CHECKOUT, None);
    editor.change(CHECKOUT, json!([{ "range": far, "text": "" }]));
    editor.type_whole(CHECKOUT, &text);
    let place = editor.place(CHECKOUT, &text, "services: [check");
    assert!(editor.ask("textDocument/hover", place.clone()).is_object());
    assert_eq!(editor.ask("shutdown", Value::Null), Value::Null);
    assert_eq!(editor.request("textDocument/hover", place)["error"]["code"], -32600);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.wait().0.code(), Some(0));
}

#[test]
fn a_conversation_can_break_off() {
    let mut gone = Editor::open(PROJECT);
    assert_eq!(gone.wait().0.code(), Some(0), "the editor has gone");
    let mut unborn = Editor::start(PROJECT);
    assert_eq!(unborn.wait().0.code(), Some(0));
    let mut abrupt = Editor::open(PROJECT);
    abrupt.notify("exit", Value::Null);
    assert_eq!(abrupt.wait().0.code(), Some(1), "as the protocol asks for");
    for noise in ["Content-Length: 5\r\n\r\n{nope", "GET / HTTP/1.1\r\n\r\n", "Content-Length: 14\r\n\r\n{\"jsonrpc\":\"2\"}"] {
        let mut editor = Editor::open(PROJECT);
        editor.send_raw(noise.as_bytes());
        let (status, said) = editor.wait();
        assert_eq!(status.code(), Some(2), "{noise}: {said}");
        assert!(said.starts_with("error: ") && !said.contains("panicked"), "{said}");
    }
}

#[test]
fn the_snippets_of_the_extension_offer_words_that_are_read() {
    let snippets: Value = serde_json::from_str(&fs::read_to_string("editors/vscode/snippets/markdown.json").unwrap()).unwrap();
    let choices = |name: &str| -> Vec<String> {
        let body = snippets[name]["body"].as_str().unwrap();
        let (_, choices) = body.split_once("${2|").unwrap();
        choices.split_once("|}").unwrap().0.split(',').map(str::to_owned).collect()
    };
    assert!(choices("Event").iter().all(|word| EventKind::from_word(word).is_some()));
    assert!(choices("Action").iter().all(|word| ActionKind::from_word(word).is_some()));
}
