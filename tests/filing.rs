//! `afterword export` from outside: every form of an incident that says much and of one that says nothing, in both editions.
//!
//! `tests/filing/*.txt` are archives: the files of a project, and under `-- expected/<edition>/<form> --` what is written of its last document.
//! `UPDATE=1 cargo test` writes what was found into the archives; a person reads the difference.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod archive;
mod program;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use afterword::diagnostic::Span;
use afterword::markdown::text::plain_text;
use afterword::markdown::{BlockKind, read};
use archive::project;
use program::afterword;
use serde_json::Value;
use tempfile::TempDir;

const FORMS: [&str; 7] = ["exec-brief", "customer-mail", "status-line", "ccadb", "veris", "dora", "drill"];

/// What is written, where all goes well.
#[track_caller]
fn filed(folder: &Path, id: &str, form: &str, further: &[&str]) -> String {
    let output = afterword(folder, &[&["export", id, "--as", form], further].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap()
}

/// Why nothing is.
#[track_caller]
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = afterword(folder, &[&["export"], arguments].concat());
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    String::from_utf8(output.stderr).unwrap()
}

fn rich() -> TempDir {
    project(include_str!("filing/rich.txt"))
}

#[track_caller]
fn as_expected(name: &str, id: &str, editions: &[&str], forms: &[&str]) {
    let path = format!("tests/filing/{name}.txt");
    let archive = fs::read_to_string(&path).unwrap();
    let folder = project(&archive);
    let (source, _) = archive.split_once("-- expected/").unwrap_or((&archive, ""));
    let mut found = source.to_owned();
    for edition in editions {
        for form in forms {
            let text = filed(folder.path(), id, form, &["--edition", edition]);
            let _ = write!(found, "-- expected/{edition}/{form} --\n{text}");
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(&path).unwrap());
}

#[test]
fn what_is_said_stands_in_every_form() {
    as_expected("rich", "INC-2026-007", &["internal", "public"], &FORMS);
}

#[test]
fn what_is_not_said_is_said_to_be_not_stated() {
    as_expected("bare", "bare", &["internal"], &["exec-brief", "customer-mail", "status-line", "ccadb", "dora"]);
}

#[test]
fn mail_and_status_line_are_for_everybody_unless_told_otherwise() {
    let folder = rich();
    for form in FORMS {
        let edition = if matches!(form, "customer-mail" | "status-line") { "public" } else { "internal" };
        let [meant, named] = [&[][..], &["--edition", edition]].map(|further| filed(folder.path(), "INC-2026-007", form, further));
        assert_eq!(meant, named, "{form}");
    }
}

#[test]
fn nothing_internal_is_in_a_form_of_the_public_edition() {
    let folder = rich();
    let written = |form: &str, edition: &str| filed(folder.path(), "INC-2026-007", form, &["--edition", edition]).to_lowercase();
    for form in FORMS {
        assert!(!written(form, "public").contains("kanary"), "{form}");
    }
    // Where it is looked for, it is in the other edition.
    assert_eq!(["customer-mail", "ccadb", "exec-brief"].map(|form| written(form, "internal").contains("kanary")), [true; 3]);
    // Whatever is internal may be another and nothing changes.
    let path = folder.path().join("content/postmortems/2026-10-05-log-in.md");
    let before = FORMS.map(|form| written(form, "public"));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("Kanary Bank was", "Two banks were").replace("owner: kanary", "owner: bea").replace(": 77", ": 7"))
        .unwrap();
    fs::remove_file(folder.path().join("content/postmortems/2026-09-03-kanary.md")).unwrap();
    assert_eq!(FORMS.map(|form| written(form, "public")), before);
    // So may fields that a form alone reads.
    let settings = folder.path().join("site.toml");
    let hidden =
        fs::read_to_string(&settings).unwrap().replace("\"roles\"", "\"roles\", \"attack\", \"weakness\", \"next_update\", \"impact\"");
    fs::write(&settings, hidden).unwrap();
    let canaries =
        text.replace("T1078", "Kanary").replace("CWE-613", "Kanary").replace("2026-12-01", "Kanary").replace(">= 18,400", "Kanary");
    fs::write(&path, canaries).unwrap();
    for form in FORMS {
        assert!(!written(form, "public").contains("kanary"), "{form}");
    }
    assert_eq!(["customer-mail", "veris", "dora"].map(|form| written(form, "internal").contains("kanary")), [true; 3]);
}

#[test]
fn what_a_public_build_refuses_is_in_no_form_of_the_public_edition() {
    for exposed in ["By `Ada Kanary`.", "On db.kanary.net.", "It was DB_PASSWORD=Tr0ub4dor-and-3."] {
        let folder = project(&format!(
            "-- site.toml --\n[editions.public]\n[people.ada]\nname = 'Ada Kanary'\nrole = 'Engineer'\n[privacy]\ninternal_hosts = ['kanary.net']\n\
             -- content/postmortems/a.md --\n---\nid: A-1\ntitle: It failed\nvisibility: public\n---\n\n{exposed}\n"
        ));
        for form in ["customer-mail", "status-line"] {
            let output = afterword(folder.path(), &["export", "A-1", "--as", form]);
            assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{exposed}: {output:?}");
        }
        assert!(filed(folder.path(), "A-1", "customer-mail", &["--edition", "internal"]).contains("It failed"));
    }
}

#[test]
fn what_is_not_in_an_edition_is_not_filed() {
    let folder = project(
        "-- site.toml --\n[editions.public]\n-- content/about.md --\n# About\n-- content/postmortems/a.md --\n---\nid: A-1\ntitle: A\n---\n\
         -- content/postmortems/b.md --\n---\nid: B-1\ntitle: B\nvisibility: public\nkind: outage\n---\n\
         -- content/postmortems/c.md --\n---\nid: B-1\ntitle: C\n---\n\
         -- content/postmortems/d.md --\n---\nid: D-1\ntitle: D\nstatus: draft\nvisibility: public\n---\n\
         -- content/postmortems/e.md --\n---\nid: E-1\ntitle: E\nkind: security\n---\n",
    );
    let says = |arguments: &[&str]| refused(folder.path(), arguments);
    // Of the public edition nothing more is said, whether there is such an incident or not.
    for id in ["A-1", "a", "D-1", "nowhere", "about", "content/postmortems/a.md"] {
        assert_eq!(says(&[id, "--as", "status-line"]), format!("error: `{id}` is not in the public edition\n"));
    }
    assert_eq!(filed(folder.path(), "B-1", "status-line", &[]).split(' ').next(), Some("B"), "there is but one in public");
    assert_eq!(says(&["A-2", "--as", "dora"]), "error: there is no postmortem `A-2`; did you mean `A-1`?\n");
    assert_eq!(says(&["about", "--as", "dora"]), "error: there is no postmortem `about`\n");
    assert_eq!(
        says(&["D-1", "--as", "dora"]),
        "error: `D-1` is a draft, which is not in the internal edition; `--drafts` takes drafts in\n"
    );
    assert!(filed(folder.path(), "d-1", "dora", &["--drafts"]).starts_with("# D\n"));
    assert_eq!(
        says(&["B-1", "--as", "dora"]),
        "error: several postmortems have the id `B-1`; name one by its file: content/postmortems/b.md, content/postmortems/c.md\n"
    );
    assert!(filed(folder.path(), "content/postmortems/c.md", "dora", &[]).starts_with("# C\n"));
    assert_eq!(
        says(&["b", "--as", "veris"]),
        "error: `b`: VERIS describes security incidents (`kind: security` or `smart-contract`), and this one is of kind `outage`\n"
    );
    assert_eq!(
        says(&["a", "--as", "veris"]),
        "error: `a`: VERIS describes security incidents (`kind: security` or `smart-contract`), and this one says no kind\n"
    );
    assert_eq!(
        says(&["e", "--as", "veris"]),
        "error: `e`: VERIS asks for the year of the incident, 1950 to 2050, and this one says none\n"
    );
    assert_eq!(
        says(&["a", "--as", "drill"]),
        "error: `a`: a drill asks before each thing that responders did, and no event of the timeline says so (`[decision]`, `[action]`, `[contain]`)\n"
    );
    let alone = project("-- content/postmortems/a.md --\n---\nvisibility: internal\n---\n# A\n");
    assert_eq!(refused(alone.path(), &["a", "--as", "dora"]), "error: `a` is not in the internal edition\n");
    assert_eq!(
        refused(alone.path(), &["a", "--as", "dora", "--edition", "public"]),
        "error: site.toml has no `[editions.public]`, so there is no public edition\nBegin one with a line `[editions.public]` and the `base_url` that it will be found at.\n"
    );
}

#[test]
fn a_file_is_written_where_it_is_wanted() {
    let folder = rich();
    let output = afterword(folder.path(), &["export", "INC-2026-007", "--as", "status-line", "-o", "line.txt"]);
    assert_eq!((output.status.code(), output.stdout, output.stderr), (Some(0), Vec::new(), Vec::new()));
    let line = filed(folder.path(), "INC-2026-007", "status-line", &[]);
    assert_eq!(fs::read_to_string(folder.path().join("line.txt")).unwrap(), line);
    let said = refused(folder.path(), &["INC-2026-007", "--as", "dora", "-o", "no/such/folder.md"]);
    assert!(said.starts_with("error: `no/such/folder.md` cannot be written: "), "{said}");
}

/// Words that would be something else in Markdown, in a mail, on a terminal or in a spreadsheet.
const HOSTILE: [&str; 8] = [
    "=1+1 | x || y\\n# Heading\\n\\n- item",
    "<script>alert(1)</script> <!-- x --> &lt;",
    "\\e[31mred\\a \\u202etxt.exe \\u0000",
    "Subject: x\\r\\nBcc: a@example.org\\r\\n.\\r\\n",
    "``` ~~~ ** __ [a](javascript:b) ![c](d)",
    "1. one\\n2. two\\n> quote\\n***\\n===",
    "\\\\| \\\\ \\\" ' ${x} {{ y }} %s %41",
    "| a | b |\\n|---|---|\\n| c | d |",
];

/// Headings and tables of a Markdown text: "2 What happened", "table of 3".
fn outline(text: &str) -> Vec<String> {
    let blocks = read(text, Span::new(0, text.len())).blocks;
    let told = blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Heading(heading) => Some(format!("{} {}", heading.level, plain_text(&heading.content))),
        BlockKind::Table(table) => Some(format!("table of {}", table.header.cells.len())),
        BlockKind::Html(_) | BlockKind::Comment(_) | BlockKind::Code(_) | BlockKind::Quote(_) | BlockKind::Rule => {
            Some("a stray block".into())
        }
        _ => None,
    });
    told.collect()
}

#[test]
fn no_words_break_a_form() {
    let document = |words: &str| {
        let quoted = format!("\"{words}\"");
        format!(
            "-- content/postmortems/x.md --\n---\nid: {quoted}\ntitle: {quoted}\nkind: security\ndate: 2026-01-02\nseverity: {quoted}\n\
             summary: {quoted}\nservices: [{quoted}]\ntrigger: {quoted}\nroot_causes: [{{cause: {quoted}, note: {quoted}}}]\n\
             detection: {{by: staff, how: {quoted}, gap: {quoted}}}\nimpact: {{users: {quoted}, {quoted}: {quoted}, downtime: {quoted}}}\n\
             data: [{{class: {quoted}, records: {quoted}, note: {quoted}}}]\nfunds: [{{asset: {quoted}, amount: {quoted}}}]\n\
             attack: [{quoted}]\nweakness: [{quoted}]\nnext_update: {quoted}\n\
             training: {{objectives: [{quoted}], questions: [{quoted}], drill: {{title: {quoted}, briefing: {quoted}, prompts: [{{before: '10:05', ask: {quoted}}}]}}}}\n\
             ---\n\n## Timeline\n\n- 2026-01-02 10:00 UTC [detected] {0}\n- 10:05 UTC [decision] {0}\n\n## Impact\n\n```\n# code | `x`\n```\n\n\\# {0}\n\n## Actions\n\n- [ ] {0}\n",
            "<b>bold</b> | \\* [a](b)"
        )
    };
    let plain = project(&document("plain"));
    let expected = ["exec-brief", "ccadb", "dora"].map(|form| outline(&filed(plain.path(), "x", form, &[])));
    for words in HOSTILE {
        let folder = project(&document(words));
        let file = "content/postmortems/x.md";
        let texts = FORMS.map(|form| filed(folder.path(), file, form, &[]));
        for text in &texts {
            assert!(text.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{text:?}");
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{text:?}");
        }
        let [brief, mail, line, ccadb, veris, dora, drill] = texts;
        // A title of its own is all that the headings differ in.
        for (text, expected) in [brief, ccadb, dora].iter().zip(&expected) {
            let own = |outline: &[String]| outline.iter().filter(|part| !part.starts_with("1 ")).cloned().collect::<Vec<_>>();
            assert_eq!(own(&outline(text)), own(expected), "{text}");
        }
        let lines: Vec<&str> = mail.lines().collect();
        assert!(lines[0].starts_with("Subject: ") && lines[1].is_empty(), "one field, and the text after it: {mail}");
        assert!(!lines.iter().any(|line| line.starts_with("Bcc:") || *line == "."), "{mail}");
        assert_eq!((line.lines().count(), line.chars().count() <= 281), (1, true), "{line}");
        let record: Value = serde_json::from_str(&veris).unwrap();
        assert_eq!(record["schema_version"], "1.4.1");
        let drill: Value = serde_json::from_str(&drill).unwrap();
        assert_eq!((drill["steps"].as_array().unwrap().len(), &drill["steps"][0]["reveal"][0]["text"]), (1, &"bold | * a".into()));
    }
}

#[test]
fn a_status_line_is_cut_at_a_word() {
    let title = "word ".repeat(90);
    let folder = project(&format!(
        "-- content/postmortems/x.md --\n---\ntitle: {title}\nseverity: sev1\nstarted_at: 2026-01-02T10:00Z\nresolved_at: 2026-01-02T12:30Z\n---\n"
    ));
    let line = filed(folder.path(), "x", "status-line", &[]);
    let (head, rest) = line.split_once(" — ").unwrap();
    assert_eq!(rest, "SEV1, services not stated. Started 2 Jan 2026, 10:00 UTC; resolved 2 Jan 2026, 12:30 UTC; impact 2 h 30 min.\n");
    assert!(head.ends_with(" word…") && (276..=281).contains(&line.chars().count()), "{line}");
}
