//! The history of an incident as its editions show it: only what each of them could read, from a real repository.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const SETTINGS: &str = "[site]\nhistory = 'words'\n[people.ada]\nname = 'Ada Kanary'\nrole = 'Engineer'\n";
const PUBLIC: &str = "[editions.public]\nhistory = 'words'\npublic_fields = ['owner']\n[rules]\nunfinished-public-report = 'off'\n";

fn git(root: &Path, day: u8, arguments: &[&str]) {
    let date = format!("2026-01-{day:02}T12:00:00Z");
    let who = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"].map(|name| (name, "kanary"));
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(arguments).envs(who).env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
    let output = git.env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// Writes files and commits them at noon of a day of January 2026.
fn commit(root: &Path, day: u8, files: &[(&str, &str)]) {
    for (path, text) in files {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), text).unwrap();
    }
    git(root, day, &["add", "-A"]);
    git(root, day, &["commit", "-q", "-m", "kanary"]);
}

fn afterword(root: &Path, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_afterword"));
    program.arg("-C").arg(root).args(arguments).env("SOURCE_DATE_EPOCH", "1780000000").output().unwrap()
}

/// What the history.json of the incident has: (day, text), each.
fn history(root: &Path, edition: &str) -> Vec<(String, String)> {
    let built = afterword(root, &["build", "-q", "--edition", edition, "-o", "out"]);
    assert!(built.status.success(), "{built:?}");
    let json = fs::read(root.join("out/incidents/a/history.json")).unwrap_or_else(|_| b"{\"entries\":[]}".to_vec());
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let entry = |entry: &serde_json::Value| (entry["on"].as_str().unwrap().to_owned(), entry["text"].as_str().unwrap().to_owned());
    json["entries"].as_array().unwrap().iter().map(entry).collect()
}

fn public(body: &str) -> String {
    format!("---\ntitle: It failed\nvisibility: public\nowner: kanary\n---\n\n{body}\n")
}

fn repository() -> TempDir {
    let folder = TempDir::new().unwrap();
    git(folder.path(), 1, &["init", "-q", "-b", "main"]);
    folder
}

#[test]
fn the_public_sees_its_own_history() {
    let folder = repository();
    let root = folder.path();
    let settings = |with: &str| format!("{SETTINGS}{with}");
    commit(root, 1, &[("content/postmortems/old.md", &public("Long before there was a public edition, a kanary."))]);
    commit(root, 2, &[("content/postmortems/old.md", &public("Before there was one."))]);
    commit(root, 3, &[("site.toml", &settings(&PUBLIC.replace("public_fields = ['owner']\n", "")))]);
    commit(root, 4, &[("content/postmortems/old.md", &public("By Ada Kanary, at night.\n\n> [!INTERNAL]\n> A kanary."))]);
    commit(root, 5, &[("content/postmortems/old.md", &public("By Ada Kanary, at night.\n\n> [!INTERNAL]\n> Another kanary."))]);
    commit(root, 6, &[("content/postmortems/old.md", &public("A kanary.").replace("visibility: public", "visibility: internal"))]);
    fs::rename(root.join("content/postmortems/old.md"), root.join("content/postmortems/a.md")).unwrap();
    commit(root, 7, &[]);
    commit(
        root,
        8,
        &[("content/postmortems/a.md", &public("By the engineer, at noon.").replace("---\n\n", "publish_after: 2026-01-20\n---\n\n"))],
    );
    // Ada is gone from the settings, and owners are for everybody now.
    commit(root, 9, &[("site.toml", &format!("[site]\nhistory = 'words'\n{PUBLIC}"))]);
    let told = history(root, "public");
    let days: Vec<&str> = told.iter().map(|(on, _)| on.as_str()).collect();
    assert_eq!(days, ["2026-01-03", "2026-01-04", "2026-01-20"], "{told:#?}");
    let texts: Vec<&str> = told.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(
        texts,
        ["It failed\nBefore there was one.", "It failed\nBy the engineer, at night.", "It failed\nBy the engineer, at noon."]
    );
    let page = fs::read_to_string(root.join("out/incidents/a/index.html")).unwrap();
    assert!(page.contains("By the engineer, at <del>night.</del><ins>noon.</ins>"), "{page}");
    assert!(!page.to_lowercase().contains("kanary"));

    let internal = history(root, "internal");
    let days: Vec<&str> = internal.iter().map(|(on, _)| on.as_str()).collect();
    assert_eq!(days, ["2026-01-01", "2026-01-02", "2026-01-04", "2026-01-05", "2026-01-06", "2026-01-08"]);
    assert!(internal[2].1.contains("By Ada Kanary") && internal[3].1.contains("Another kanary"));
}

/// What stood in one of two commits and was mended in the next is in no public history.
#[track_caller]
fn check_never_public(settings: &str, exposed: &str) {
    let folder = repository();
    let root = folder.path();
    commit(root, 1, &[("site.toml", settings), ("content/postmortems/a.md", &public("One."))]);
    commit(root, 2, &[("content/postmortems/a.md", &public(exposed))]);
    let refused = afterword(root, &["build", "-q", "--edition", "public", "-o", "out"]);
    assert_eq!(refused.status.code(), Some(1), "{exposed}: {refused:?}");
    commit(root, 3, &[("content/postmortems/a.md", &public("One."))]);
    commit(root, 4, &[("content/postmortems/a.md", &public("Two."))]);
    let told = history(root, "public");
    assert_eq!(told, [("2026-01-01", "It failed\nOne."), ("2026-01-04", "It failed\nTwo.")].map(|(on, text)| (on.into(), text.into())));
    assert_eq!(history(root, "internal").len(), 4);
}

#[test]
fn what_a_build_refused_was_never_public() {
    let settings = format!("{SETTINGS}[people.grace]\nname = 'Grace Kanary'\n[privacy]\ninternal_hosts = ['kanary.net']\n{PUBLIC}");
    for exposed in
        ["By `Ada Kanary`.", "By **Ada** Kanary.", "By Grace Kanary.", "On db.kanary.net.", "It was DB_PASSWORD=Tr0ub4dor-and-3."]
    {
        check_never_public(&settings, exposed);
    }
}

#[test]
fn what_a_build_let_through_stays() {
    let folder = repository();
    let root = folder.path();
    let settings = format!("{SETTINGS}{PUBLIC}name-in-public = 'off'\n");
    commit(root, 1, &[("site.toml", &settings), ("content/postmortems/a.md", &public("By `Ada Kanary`.\n\nOne."))]);
    commit(root, 2, &[("content/postmortems/a.md", &public("By `Ada Kanary`.\n\nTwo."))]);
    assert_eq!(history(root, "public").len(), 2);
}

#[test]
fn what_lay_outside_the_content_was_never_public() {
    let folder = repository();
    let root = folder.path();
    let settings = format!("{SETTINGS}{PUBLIC}");
    let excluding = format!("{settings}[content]\nexclude = ['postmortems/*']\n");
    let rest = "It goes on.\n\n".repeat(20);
    commit(root, 1, &[("site.toml", &settings), ("drafts/a.md", &public(&format!("A kanary.\n\n{rest}")))]);
    fs::create_dir_all(root.join("content/postmortems")).unwrap();
    fs::rename(root.join("drafts/a.md"), root.join("content/postmortems/a.md")).unwrap();
    commit(root, 2, &[("site.toml", &excluding), ("content/postmortems/a.md", &public(&format!("A second kanary.\n\n{rest}")))]);
    commit(root, 3, &[("site.toml", &settings), ("content/postmortems/a.md", &public(&format!("A bird.\n\n{rest}")))]);
    let told = history(root, "public");
    assert_eq!(told.iter().map(|(on, _)| on.as_str()).collect::<Vec<_>>(), ["2026-01-03"], "{told:#?}");
    assert_eq!(history(root, "internal").len(), 3);
}

#[test]
fn dates_alone_show_no_words() {
    let folder = repository();
    let root = folder.path();
    let settings = format!("{SETTINGS}{}", PUBLIC.replace("'words'", "'dates'"));
    commit(root, 1, &[("site.toml", &settings), ("content/postmortems/a.md", &public("One kanary less."))]);
    commit(root, 2, &[("content/postmortems/a.md", &public("One."))]);
    let built = afterword(root, &["build", "-q", "--edition", "public", "-o", "out"]);
    assert!(built.status.success(), "{built:?}");
    let (json, page) =
        ["history.json", "index.html"].map(|file| fs::read_to_string(root.join("out/incidents/a").join(file)).unwrap()).into();
    assert!(json.contains("2026-01-01") && json.contains("2026-01-02") && !json.contains("kanary") && !json.contains("text"), "{json}");
    assert!(page.contains("1 word added, 3 removed") && !page.contains("kanary"), "{page}");
}

#[test]
fn what_was_rewritten_is_found() {
    let folder = repository();
    let root = folder.path();
    commit(root, 1, &[("site.toml", SETTINGS), ("content/postmortems/a.md", "# It failed\n\nBadly.\n")]);
    commit(root, 2, &[("content/postmortems/a.md", "# It failed\n\nVery badly.\n")]);
    history(root, "internal");
    fs::copy(root.join("out/incidents/a/history.json"), root.join("kept.json")).unwrap();
    commit(root, 3, &[("content/postmortems/a.md", "# It failed\n\nA little.\n")]);
    history(root, "internal");
    let verify = |arguments: &[&str]| {
        let output = afterword(root, &[&["verify-history"], arguments].concat());
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap().replace(root.to_str().unwrap(), ""))
    };
    assert_eq!(verify(&["kept.json", "out/incidents/a/history.json"]), (0, String::new()));
    let gone = "/kept.json: revision 3 of 2026-01-03 is gone\n";
    assert_eq!(verify(&["out/incidents/a/history.json", "kept.json"]), (1, gone.to_owned()));
    let changed = fs::read_to_string(root.join("kept.json")).unwrap().replace("Very badly", "A little");
    fs::write(root.join("changed.json"), changed).unwrap();
    assert_eq!(verify(&["changed.json"]), (1, "/changed.json: revision 2 of 2026-01-02: its text is not the one of its hash\n".to_owned()));
    fs::write(root.join("other.json"), "{}").unwrap();
    assert_eq!(verify(&["other.json"]).0, 2);
}

#[test]
fn a_part_of_the_history_is_told_to_be_one() {
    let folder = repository();
    let root = folder.path();
    commit(root, 1, &[("site.toml", SETTINGS), ("content/postmortems/a.md", "# It failed\n\nBadly.\n")]);
    commit(root, 2, &[("content/postmortems/a.md", "# It failed\n\nVery badly.\n")]);
    let shallow = TempDir::new().unwrap();
    let from = format!("file://{}", root.display());
    git(shallow.path(), 3, &["clone", "-q", "--depth", "1", &from, "."]);
    let told = |root: &Path| String::from_utf8(afterword(root, &["check", "--format", "concise"]).stdout).unwrap();
    let line = |gap: &str| format!("site.toml:1:1: warning[incomplete-history] the history of incidents is not whole: {gap}\n");
    assert!(
        told(shallow.path()).contains(&line("the repository is a shallow clone, which has but the last commits")),
        "{}",
        told(shallow.path())
    );
    assert!(!told(root).contains("incomplete-history"));
    let bare = TempDir::new().unwrap();
    fs::write(bare.path().join("site.toml"), SETTINGS).unwrap();
    fs::create_dir(bare.path().join("content")).unwrap();
    assert!(told(bare.path()).contains(&line("the folder is in no git repository")), "{}", told(bare.path()));
}
