//! `afterword import` from outside: what is made of each form, and that nothing is lost, overwritten or written twice.
//!
//! `tests/import/<case>.txt` holds a project with a source in it (`-- path --` before each file), a line `$ import …`, and after `-- expected --` the exit status,
//! what `--dry-run` tells, and every file that is written. `UPDATE=1 cargo test` writes down what is made; a person reads the difference.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod archive;
mod program;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use afterword::config::Config;
use afterword::frontmatter::{self, Node, ScalarKind, Value as Metadata};
use afterword::import::{self, Ground};
use afterword::markdown;
use afterword::markdown::text::block_text;
use afterword::source::{Selection, walk};
use archive::project;
use program::afterword;
use serde_json::Value;
use tree::files;

const CASES: &str = "tests/import";
const EXPECTED: &str = "-- expected --\n";

/// Runs the program; its status, what it prints and what it says.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = afterword(folder, arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// What the check finds, as `path: rule`.
fn checked(folder: &Path) -> BTreeSet<String> {
    let (_, findings, _) = run(folder, &["check", "--format", "json"]);
    let findings: Value = serde_json::from_str(&findings).unwrap();
    let findings = findings.as_array().cloned().unwrap_or_else(|| findings["findings"].as_array().cloned().unwrap());
    let rows = findings.iter().map(|finding| format!("{}: {}", finding["path"].as_str().unwrap(), finding["rule"].as_str().unwrap()));
    rows.filter(|row| row.contains(".md: ")).collect()
}

/// What a report says that the check finds.
fn reported(report: &str) -> BTreeSet<String> {
    let report: Value = serde_json::from_str(report).unwrap();
    let documents = report["documents"].as_array().unwrap();
    let of = |document: &Value| -> Vec<String> {
        let path = document["path"].as_str().unwrap().to_owned();
        document["findings"].as_array().unwrap().iter().map(|finding| format!("{path}: {}", finding["rule"].as_str().unwrap())).collect()
    };
    documents.iter().flat_map(of).collect()
}

#[test]
fn every_form_becomes_what_is_expected_of_it() {
    let mut wrong = Vec::new();
    for entry in fs::read_dir(CASES).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let (source, expected) = text.split_once(EXPECTED).unwrap_or((&text, ""));
        let command = source.lines().find_map(|line| line.strip_prefix("$ ")).unwrap();
        let arguments: Vec<&str> = command.split(' ').collect();
        let with = |more: &[&'static str]| -> Vec<&str> { arguments.iter().copied().chain(more.iter().copied()).collect() };
        let folder = project(source);
        fs::create_dir_all(folder.path().join("content")).unwrap();
        let before = files(folder.path());

        let (status, told, said) = run(folder.path(), &with(&["--dry-run"]));
        let (same, report, _) = run(folder.path(), &with(&["--dry-run", "--format", "json"]));
        assert_eq!(status, same, "{path:?}: {said}");
        assert_eq!(files(folder.path()), before, "{path:?}: a dry run writes nothing");

        let (again, _, summary) = run(folder.path(), &arguments);
        assert_eq!(status, again, "{path:?}: a dry run tells what will be: {summary}");
        let after = files(folder.path());
        assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)), "{path:?}: nothing is overwritten");
        assert_eq!(checked(folder.path()), reported(&report), "{path:?}: the report says what the check finds");

        let (second, repeated, _) = run(folder.path(), &arguments);
        let looks = repeated.lines().filter(|line| !line.contains("(skipped: ")).count();
        assert_eq!((looks, files(folder.path())), (0, after.clone()), "{path:?}: a second run changes nothing: {repeated}");
        assert!(second == 0 || repeated.contains("skipped"), "{path:?}: {repeated}");

        let mut made = format!("status {status}\n{told}{summary}");
        for (path, bytes) in after.iter().filter(|(path, _)| !before.contains_key(*path)) {
            let _ = write!(made, "\n== {path}\n{}", String::from_utf8_lossy(bytes));
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, format!("{source}{EXPECTED}{made}")).unwrap();
        } else if made != expected {
            wrong.push(format!("{}\n--- expected\n{expected}\n--- made\n{made}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words of a text, each as often as it is there.
fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_lowercase()).or_default() += 1;
    }
    words
}

/// The single values of metadata, but for truth values and nothing.
fn values(node: &Node, found: &mut Vec<String>) {
    match &node.value {
        Metadata::Scalar(scalar) if matches!(scalar.kind, ScalarKind::Bool(_) | ScalarKind::Null) => {}
        Metadata::Scalar(scalar) => found.push(scalar.text.replace(".000", "")),
        Metadata::Sequence(items) => items.iter().for_each(|item| values(item, found)),
        Metadata::Mapping(mapping) => mapping.entries.iter().for_each(|entry| values(&entry.value, found)),
    }
}

/// Every word that a reader of the source sees is in the document, as often as there; what the metadata say is in it, or the report tells of it.
#[test]
fn no_word_of_real_postmortems_is_lost() {
    let Some(corpora) = std::env::var_os("AFTERWORD_CORPORA").map(PathBuf::from) else {
        println!("skipped: AFTERWORD_CORPORA is not set");
        return;
    };
    let everything = Selection::default().content(".").unwrap().include(&["**/*.md", "**/*.md.*"]).unwrap();
    let config = Config::default();
    let folders: Vec<PathBuf> = fs::read_dir(&corpora).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    assert!(folders.len() >= 7);
    let mut documents = 0;
    for folder in folders {
        let sources = walk::load(&folder, &everything).unwrap();
        for format in import::markdown::PRESETS {
            let imported = import::markdown::read(format, &sources, &config);
            let told = imported.drafts.len() + imported.skipped.len();
            assert!(told >= sources.documents().count(), "{folder:?}: every file is a document, or is told");
            let ground =
                Ground { config: &config, folder: "content/postmortems".to_owned(), taken: BTreeSet::new(), known: BTreeMap::new() };
            for document in import::lay_out(imported, &ground) {
                documents += 1;
                let source = sources.get(&document.id).unwrap().text().unwrap();
                let front = frontmatter::parse(source);
                let mut seen = block_text(&markdown::read(source, front.body).blocks);
                // A mark of cState is a time, and stands in the timeline as one.
                while let Some((before, after)) = seen.split_once("{{<") {
                    seen = format!("{before}{}", after.split_once(">}}").unwrap().1);
                }
                // A backslash guards a sign of a word, or stands before one in code.
                let mut there = ["", " "].map(|instead| words(&document.text.replace('\\', instead))).to_vec();
                let visible = block_text(&markdown::read(&document.text, frontmatter::parse(&document.text).body).blocks);
                there.push(words(&format!("{visible} {}", document.text.lines().nth(1).unwrap_or_default())));
                for (word, count) in words(&seen) {
                    let found = there.iter().filter_map(|there| there.get(&word)).max().copied().unwrap_or_default();
                    assert!(found >= count, "{format:?} {folder:?} {}: `{word}` {count} times, now {found}", document.id);
                }
                let notes: Vec<&str> = document.notes.iter().map(|note| note.from.as_str()).collect();
                let known = words(&format!("{} {}", document.text.replace(".000", ""), notes.join(" ")));
                let mut said = Vec::new();
                front.metadata.entries.iter().for_each(|entry| values(&entry.value, &mut said));
                for word in words(&said.join(" ")).into_keys() {
                    assert!(known.contains_key(&word), "{format:?} {}: `{word}` of the metadata", document.id);
                }
            }
        }
    }
    assert!(documents >= 380 * import::markdown::PRESETS.len(), "{documents}");
}

/// The guide names every form there is.
#[test]
fn the_guide_has_a_row_for_every_form() {
    let guide = fs::read_to_string("content/guide/importing.md").unwrap();
    let rows: Vec<&str> = guide.lines().filter_map(|line| line.strip_prefix("| `import ")?.split('`').next()).collect();
    let presets = import::markdown::PRESETS.map(|format| format!("markdown --preset {}", format.word()));
    let lists = ["statuspage", "github", "gitlab", "danluu"].map(str::to_owned);
    assert_eq!(rows, presets.into_iter().chain(lists).collect::<Vec<_>>());
}

const REPORT: &str =
    "-- site.toml --\n-- content/about.md --\n# About\n-- old/a.md --\n---\ntitle: A\nstart: 2024-01-01T10:00Z\n---\n\nText.\n";

#[test]
fn what_somebody_has_edited_is_left_alone_and_told() {
    let folder = project(REPORT);
    let import = ["import", "markdown", "--preset", "hugo", "old"];
    let file = folder.path().join("content/postmortems/a.md");
    assert_eq!(run(folder.path(), &import).0, 0);
    let edited = fs::read_to_string(&file).unwrap().replace("Text.", "Better text.");
    fs::write(&file, &edited).unwrap();
    let told = "content/postmortems/a.md  (imported before and edited since, left alone)\n  from      a.md\n";
    assert_eq!(run(folder.path(), &import), (0, told.to_owned(), "0 documents written; 1 edited since.\n".to_owned()));

    // Under another name it is still the same, and a document that links to it finds it there.
    fs::rename(&file, folder.path().join("content/postmortems/better.md")).unwrap();
    fs::write(folder.path().join("old/b.md"), "---\ntitle: B\nstart: 2024-01-02T10:00Z\n---\n\n[A](a.md)\n").unwrap();
    assert_eq!(run(folder.path(), &import).0, 0);
    assert!(fs::read_to_string(folder.path().join("content/postmortems/b.md")).unwrap().ends_with("\n[A](better.md)\n"));
    assert_eq!(fs::read_to_string(folder.path().join("content/postmortems/better.md")).unwrap(), edited);

    // Where the source says something new a person must look.
    fs::write(folder.path().join("old/a.md"), "---\ntitle: A\n---\n\nOther text.\n").unwrap();
    let (status, told, _) = run(folder.path(), &import);
    assert_eq!(status, 1);
    assert!(told.contains("the source has changed since it was imported; left alone"), "{told}");
    assert_eq!(fs::read_to_string(folder.path().join("content/postmortems/better.md")).unwrap(), edited);
}

#[test]
fn no_file_of_the_project_is_overwritten() {
    let folder = project(&format!("{REPORT}-- content/postmortems/a.md --\nMine.\n"));
    assert_eq!(run(folder.path(), &["import", "markdown", "--preset", "hugo", "old/a.md"]).0, 0);
    let read = |name: &str| fs::read_to_string(folder.path().join("content/postmortems").join(name)).unwrap();
    assert_eq!(read("a.md"), "Mine.\n");
    assert!(read("a-2.md").contains("\ntitle: A\n") || read("a-2.md").starts_with("---\ntitle: A\n"));
}

#[test]
fn what_is_no_source_is_refused() {
    let folder = project(&format!("{REPORT}-- a.json --\n{{\"a\": 1}}\n-- b.json --\n[1, 2\n-- c.json --\n[]\n"));
    let refused = |arguments: &[&str]| {
        let (status, told, said) = run(folder.path(), &[&["import"], arguments].concat());
        assert_eq!((status, told.as_str()), (2, ""), "{arguments:?}: {said}");
        said
    };
    assert_eq!(
        refused(&["statuspage", "a.json"]),
        "error: `a.json`: this is no list of incidents of a status page; /api/v2/incidents.json of the page is one\n"
    );
    assert_eq!(refused(&["github", "a.json"]), "error: `a.json`: these are no issues of GitHub\n");
    assert!(refused(&["gitlab", "b.json"]).starts_with("error: `b.json`: this is no JSON: EOF while parsing a list"));
    assert_eq!(refused(&["danluu", "d.md"]), "error: there is no file `d.md`\n");
    assert!(refused(&["markdown", "--preset", "hugo", "nowhere"]).contains("nowhere"));
    assert!(refused(&["markdown", "--preset", "gatsby", "old"]).contains("invalid value 'gatsby'"));
    assert_eq!(run(folder.path(), &["import", "github", "c.json"]), (0, String::new(), "0 documents written.\n".to_owned()));

    fs::write(folder.path().join("site.toml"), "[content]\npostmortems = ['postmortems/20*']\n").unwrap();
    let said = refused(&["markdown", "--preset", "hugo", "old"]);
    assert!(said.starts_with("error: by site.toml, `content/postmortems/a.md` would be no postmortem"), "{said}");
}

/// A link in the place of the folder of postmortems leads out of the project: nothing is written there.
#[test]
#[cfg(unix)]
fn nothing_is_written_through_a_link() {
    let (folder, outside) = (project(REPORT), tempfile::tempdir().unwrap());
    std::os::unix::fs::symlink(outside.path(), folder.path().join("content/postmortems")).unwrap();
    let (status, _, said) = run(folder.path(), &["import", "markdown", "--preset", "hugo", "old"]);
    assert_eq!(status, 2);
    assert!(said.contains("is a link, and nothing is written through it"), "{said}");
    assert_eq!(files(outside.path()).len(), 0);

    // A link in the source is not read either.
    fs::remove_file(folder.path().join("content/postmortems")).unwrap();
    fs::write(outside.path().join("secret.md"), "# Secret").unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.md"), folder.path().join("old/secret.md")).unwrap();
    let (_, told, _) = run(folder.path(), &["import", "markdown", "--preset", "hugo", "old"]);
    assert!(told.contains("secret.md  (skipped: not read, for it is a symbolic link)"), "{told}");
    assert_eq!(files(&folder.path().join("content/postmortems")).keys().collect::<Vec<_>>(), ["a.md"]);
}

/// Names and texts that mean harm: whatever they say, files appear in the folder of postmortems alone, their metadata can be read, and nobody
/// but us has written a field that decides who may see them.
#[test]
fn hostile_sources_do_no_harm() {
    let deep = |open: &str, close: &str| open.repeat(1_000) + &close.repeat(1_000);
    let bodies = [
        "{{<".repeat(10_000),
        "{% highlight %}".repeat(2_000),
        "!!! note\n    ".repeat(1_000),
        deep("> ", ""),
        deep("[", "](a)"),
        "<a href=\"".repeat(5_000),
        format!("---\ntitle: {}\n---\n", "x".repeat(70_000)),
        format!("---\n{}---\n", (0..6_000).map(|n| format!("k{n}: v")).collect::<Vec<_>>().join("\n") + "\n"),
        "---\na: &a [x]\nb: *a\nvisibility: public\n---\nText".to_owned(),
        "---\nvisiblity: internal\ntitle: \"x\\nvisibility: public\"\ndraft: maybe\n---\nText".to_owned(),
        "\u{feff}---\r\ntitle: A\r\n---\r\n# A\r\n\0\u{1b}[31m".to_owned(),
        "+++\ntitle = 'x'\n[x]\n'<<' = 'y'\n'' = 'z'\n+++\n![a](../../../../etc/passwd) ![b](/etc/passwd) ![c](file:///etc/passwd) ![d](%2e%2e/%2e%2e/etc/passwd)".to_owned(),
        "![][a]\n\n[a]: <data:image/png;base64,../../x>\n[b]: <data:image/png;base64,iVBORw0KGgo=>\n![](data:image/svg+xml;base64,AAAA)".to_owned(),
        "<!-- afterword: allow exposed-secret: mine -->\n{{< track \"9999-99-99\" >}} {{< track \"-1\" >}}".to_owned(),
        "| a | b |\n|---|---|\n| severity | <br>".to_owned(),
    ];
    for format in import::markdown::PRESETS {
        let folder = project("-- site.toml --\n-- content/a.md --\n# A\n");
        let old = folder.path().join("old");
        fs::create_dir_all(&old).unwrap();
        for (n, body) in bodies.iter().enumerate() {
            fs::write(old.join(format!("report {n}.md")), body).unwrap();
        }
        for name in ["-rf.md", "con.md", "a\nb.md", "..md", "%2e%2e%2f.md", "2020.md", "\u{202e}x.md", "index.md"] {
            fs::write(old.join(name), "Text.").unwrap();
        }
        let before = files(folder.path());
        let (status, told, said) = run(folder.path(), &["import", "markdown", "--preset", format.word(), "old"]);
        assert_eq!(status, 1, "{format:?}: {said}");
        assert!(!told.contains('\u{1b}') && !said.contains('\u{1b}'));
        let after = files(folder.path());
        for (path, bytes) in after.iter().filter(|(path, _)| !before.contains_key(*path)) {
            assert!(
                path.starts_with("content/postmortems/") && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.-".contains(&byte)),
                "{path}"
            );
            if Path::new(path).extension().is_some_and(|ending| ending == "md") {
                let text = String::from_utf8(bytes.clone()).unwrap();
                let front = frontmatter::parse(&text);
                assert_eq!(front.problems, [], "{format:?} {path}");
                assert!(front.metadata.get("imported_from").is_some(), "{format:?} {path}");
                assert!(front.metadata.get("visibility").is_none_or(|entry| entry.value.text() == Some("internal")), "{text}");
            }
        }
        assert!(after.len() >= before.len() + bodies.len(), "{format:?}");
        // What was meant to keep it in is misspelt, and keeps it in.
        let misspelt = String::from_utf8(after["content/postmortems/report-9.md"].clone()).unwrap();
        assert!(misspelt.contains("\nstatus: draft\nvisibility: internal\n"), "{misspelt}");
        let (again, ..) = run(folder.path(), &["import", "markdown", "--preset", format.word(), "old"]);
        assert_eq!((again, files(folder.path())), (0, after), "{format:?}");
    }
}

#[test]
fn hostile_lists_do_no_harm() {
    let nested = "[".repeat(5_000);
    let entry = |id: &str| {
        format!(
            "{{\"title\": \"---\\nvisibility: public\", \"name\": \"../../x\", \"impact\": \"{id}\", \"body\": \"\\u0000<b>\", \"url\": \"{id}\", \"id\": \"{id}\", \"<<\": 1, \"\": [[1]], \"labels\": [null, {{}}, 7], \"incident_updates\": [null, {{\"body\": 3}}, {{\"body\": \"{}\"}}]}}",
            "x".repeat(80_000)
        )
    };
    let list = format!("[{}, {}, {}, 1, null]", entry("a: b\\n---"), entry("a: b\\n---"), entry("../../etc"));
    for kind in ["github", "gitlab", "statuspage"] {
        let folder = project("-- site.toml --\n-- content/a.md --\n# A\n");
        fs::write(folder.path().join("nested.json"), &nested).unwrap();
        fs::write(folder.path().join("list.json"), &list).unwrap();
        assert_eq!(run(folder.path(), &["import", kind, "nested.json"]).0, 2);
        let (status, _, said) = run(folder.path(), &["import", kind, "list.json"]);
        assert_eq!(status, 1, "{kind}: {said}");
        let written = files(&folder.path().join("content/postmortems"));
        assert_eq!(written.len(), 2, "{kind}: two that are the same are one: {:?}", written.keys());
        for (path, bytes) in written {
            let text = String::from_utf8(bytes).unwrap();
            let front = frontmatter::parse(&text);
            assert_eq!(front.problems, [], "{path}");
            assert!(front.metadata.get("visibility").is_none(), "{text}");
        }
    }
}
