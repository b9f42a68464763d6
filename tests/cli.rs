//! The program from outside, as somebody at a terminal uses it.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn afterword(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_afterword"))
        .args(arguments)
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .env_remove("GITHUB_ACTIONS")
        .env_remove("AFTERWORD_FORMAT")
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_new_site_checks_clean_and_builds() {
    let folder = tempfile::tempdir().unwrap();
    let init = afterword(folder.path(), &["init", "my-site"]);
    assert_eq!(init.status.code(), Some(0), "{}", stderr(&init));
    let site = folder.path().join("my-site");
    let check = afterword(&site, &["check", "--strict"]);
    assert_eq!(stdout(&check), "", "the example has no finding");
    assert_eq!(check.status.code(), Some(0));
    let build = afterword(&site, &["build"]);
    assert_eq!(build.status.code(), Some(0), "{}", stderr(&build));
    let page = fs::read_to_string(site.join("_site/incidents/example/index.html")).unwrap();
    assert!(page.contains("search results were a day old"));
}

#[test]
fn a_new_postmortem_holds_what_its_kind_asks_for_and_is_a_draft() {
    let folder = tempfile::tempdir().unwrap();
    afterword(folder.path(), &["init"]);
    let title = "Checkout \"down\" after config push";
    let new = afterword(folder.path(), &["new", title, "--kind", "outage", "--service", "checkout"]);
    assert_eq!(stdout(&new), "content/postmortems/2026-01-01-checkout-down-after-config-push.md\n", "{}", stderr(&new));
    let text = fs::read_to_string(folder.path().join(stdout(&new).trim())).unwrap();
    for expected in [
        "title: \"Checkout \\\"down\\\" after config push\"",
        "status: draft",
        "services: [checkout]",
        "\n## Timeline\n",
        "\n## Root cause\n",
    ] {
        assert!(text.contains(expected), "{expected} is in\n{text}");
    }
    let again = afterword(folder.path(), &["new", title]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("already exists"), "{}", stderr(&again));
    let build = afterword(folder.path(), &["build"]);
    assert_eq!(build.status.code(), Some(0), "{}", stderr(&build));
    assert!(!folder.path().join("_site/incidents/2026-01-01-checkout-down-after-config-push").exists(), "a draft is not published");
    let check = afterword(folder.path(), &["check"]);
    assert_eq!(check.status.code(), Some(0), "an unfinished draft is no error: {}", stdout(&check));
}

#[test]
fn findings_are_told_with_their_place_and_decide_the_exit_status() {
    let folder = tempfile::tempdir().unwrap();
    afterword(folder.path(), &["init"]);
    let file = folder.path().join("content/postmortems/x.md");
    fs::write(&file, "---\ntitle: X\nstarted_at: 2026-02-30\n---\n\nSee [that](nowhere.md).\n").unwrap();
    let check = afterword(folder.path(), &["check", "--format", "concise", "content/postmortems/x.md"]);
    assert_eq!(check.status.code(), Some(1));
    let lines: Vec<String> = stdout(&check).lines().map(str::to_owned).collect();
    assert!(lines[0].starts_with("content/postmortems/x.md:3:13: error[unreadable-date]"), "{lines:?}");
    assert!(lines[1].starts_with("content/postmortems/x.md:6:12: error[broken-link]"), "{lines:?}");
    assert_eq!(lines.len(), 2, "{lines:?}");
    let other = afterword(folder.path(), &["check", "content/about.md"]);
    assert_eq!((other.status.code(), stdout(&other).as_str()), (Some(0), ""));
    let quiet = afterword(folder.path(), &["check", "-q"]);
    assert_eq!(quiet.status.code(), Some(1), "-q does not change the exit status");
    let build = afterword(folder.path(), &["build"]);
    assert_eq!(build.status.code(), Some(0), "findings do not keep a site back: {}", stderr(&build));
    assert!(stderr(&build).contains("2 errors"), "but they are summed up: {}", stderr(&build));
    let strict = afterword(folder.path(), &["build", "--strict"]);
    assert_eq!(strict.status.code(), Some(1));
}

#[test]
fn what_cannot_work_exits_2_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let cases: &[(&[&str], &str)] = &[
        (&["build"], "content"),
        (&["frobnicate"], "frobnicate"),
        (&["explain", "broken-lnk"], "did you mean `broken-link`"),
        (&["check", "-C", "no/such/folder"], "no/such/folder"),
    ];
    for (arguments, said) in cases {
        let output = afterword(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn a_folder_that_is_not_ours_is_never_cleared() {
    let folder = tempfile::tempdir().unwrap();
    afterword(folder.path(), &["init"]);
    let theirs = folder.path().join("theirs");
    fs::create_dir(&theirs).unwrap();
    fs::write(theirs.join("precious.txt"), "keep me").unwrap();
    let build = afterword(folder.path(), &["build", "--output", "theirs"]);
    assert_eq!(build.status.code(), Some(2), "{}", stderr(&build));
    assert_eq!(fs::read_to_string(theirs.join("precious.txt")).unwrap(), "keep me");
    assert_eq!(fs::read_dir(&theirs).unwrap().count(), 1);
}

#[test]
fn every_rule_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let list = afterword(folder.path(), &["explain"]);
    let rules: Vec<String> = stdout(&list).lines().map(|line| line.split_whitespace().next().unwrap().to_owned()).collect();
    assert!(rules.len() >= 13, "{rules:?}");
    for rule in rules {
        let explained = afterword(folder.path(), &["explain", &rule]);
        assert_eq!(explained.status.code(), Some(0));
        assert!(stdout(&explained).contains(&rule), "{rule}");
    }
}

#[test]
fn nothing_is_coloured_in_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    afterword(folder.path(), &["init"]);
    fs::write(folder.path().join("content/postmortems/x.md"), "---\ntitle: X\nstarted_at: soon\n---\n").unwrap();
    let check = afterword(folder.path(), &["check"]);
    assert!(!stdout(&check).contains('\u{1b}'), "{}", stdout(&check));
    let coloured = afterword(folder.path(), &["check", "--color", "always"]);
    assert!(stdout(&coloured).contains('\u{1b}'));
}
