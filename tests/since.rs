//! `check --since`: what a change is answerable for, and nothing else, in real repositories.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod program;

use std::fs;
use std::path::Path;
use std::process::Command;

use program::afterword;
use tempfile::TempDir;

fn git(root: &Path, arguments: &[&str]) {
    let who = ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"].map(|name| (name, "somebody"));
    let mut git = Command::new("git");
    let output = git.arg("-C").arg(root).args(arguments).envs(who).env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

fn write(root: &Path, path: &str, text: &str) {
    fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
    fs::write(root.join(path), text).unwrap();
}

fn commit(root: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        write(root, path, text);
    }
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", "a commit"]);
}

/// A repository whose `main` has an old finding and links to what a branch may take away; the current branch is `change`.
fn repository(below: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    git(root, &["init", "-q", "-b", "main"]);
    fs::create_dir_all(root.join(below)).unwrap();
    let project = root.join(below);
    let old = "---\ntitle: Old\nstarted_at: 2026-02-30\n---\n\nSee [nothing](nothing.md), [that](target.md) and [a log](log.txt).\n";
    let others = [("content/postmortems/target.md", "---\ntitle: Target\n---\n\nText.\n"), ("content/postmortems/log.txt", "a log\n")];
    commit(&project, &[&[("site.toml", ""), ("content/postmortems/old.md", old)], &others[..]].concat());
    git(root, &["switch", "-q", "-c", "change"]);
    folder
}

/// The findings since a revision, a line each, and the exit status.
fn since(root: &Path, revision: &str, further: &[&str]) -> (Vec<String>, Option<i32>) {
    let output = afterword(root, &[&["check", "--format", "concise", "--since", revision], further].concat());
    let lines = String::from_utf8(output.stdout).unwrap();
    // The place, the level and the rule.
    let told = lines.lines().map(|line| line.split(']').next().unwrap().to_owned() + "]");
    (told.collect(), output.status.code())
}

#[test]
fn what_was_wrong_before_is_not_told_and_what_a_change_breaks_is() {
    for below in ["", "docs/incidents"] {
        let folder = repository(below);
        let (root, project) = (folder.path(), folder.path().join(below));
        assert_eq!(since(&project, "main", &[]), (vec![], Some(0)), "nothing has changed");

        commit(&project, &[("content/postmortems/new.md", "---\ntitle: New\nstarted_at: 2026-02-31\n---\n")]);
        write(root, "elsewhere.md", "[no](where.md)\n");
        let new = "content/postmortems/new.md:3:13: error[unreadable-date]".to_owned();
        assert_eq!(since(&project, "main", &[]), (vec![new.clone()], Some(1)));

        // What is not committed counts: a file that went, one that was renamed, one that git has not heard of.
        fs::remove_file(project.join("content/postmortems/log.txt")).unwrap();
        fs::rename(project.join("content/postmortems/target.md"), project.join("content/postmortems/renamed.md")).unwrap();
        write(&project, "content/postmortems/untracked.md", "---\ntitle: Untracked\n---\n\n[no](where.md)\n");
        let told = [
            new,
            "content/postmortems/old.md:6:35: error[broken-link]".into(),
            "content/postmortems/old.md:6:58: error[broken-link]".into(),
            "content/postmortems/untracked.md:5:6: error[broken-link]".into(),
        ];
        assert_eq!(since(&project, "main", &[]), (told.to_vec(), Some(1)));
        assert_eq!(since(&project, "main", &["content/postmortems/old.md"]), (told[1..3].to_vec(), Some(1)), "with paths, what is in both");
        assert_eq!(since(&project, "main", &["--only", "privacy"]), (vec![], Some(0)));
        assert_eq!(since(&project, "HEAD", &[]).0, told[1..], "since the last commit");
    }
}

#[test]
fn a_document_that_was_touched_is_told_whole() {
    let folder = repository("");
    let file = folder.path().join("content/postmortems/old.md");
    fs::write(&file, fs::read_to_string(&file).unwrap() + "\nA word more.\n").unwrap();
    let told = ["content/postmortems/old.md:3:13: error[unreadable-date]", "content/postmortems/old.md:6:15: error[broken-link]"];
    assert_eq!(since(folder.path(), "main", &[]), (told.map(str::to_owned).to_vec(), Some(1)));
}

#[test]
fn what_the_other_branch_did_meanwhile_is_not_ours() {
    let folder = repository("");
    let root = folder.path();
    git(root, &["switch", "-q", "main"]);
    commit(root, &[("content/postmortems/theirs.md", "[no](where.md)\n"), ("content/postmortems/target.md", "# Another target\n")]);
    git(root, &["switch", "-q", "change"]);
    assert_eq!(since(root, "main", &[]), (vec![], Some(0)));
}

#[test]
fn settings_answer_for_what_they_make_of_other_documents() {
    let folder = repository("");
    let root = folder.path();
    let old = "content/postmortems/old.md";
    write(root, "site.toml", "[rules]\nbroken-link = 'hint'\n");
    assert_eq!(since(root, "main", &[]), (vec![], Some(0)), "a finding that weighs less is no news");
    commit(root, &[]);
    write(root, "site.toml", "[rules]\nbroken-link = 'warning'\n");
    assert_eq!(since(root, "HEAD", &[]), (vec![format!("{old}:6:15: warning[broken-link]")], Some(0)), "one that weighs more is");
    assert_eq!(since(root, "HEAD", &["--strict"]).1, Some(1));
    write(root, "site.toml", "[content]\nroot = 'texts'\n");
    fs::rename(root.join("content"), root.join("texts")).unwrap();
    assert_eq!(since(root, "HEAD", &[]).0.len(), 2, "a folder that was renamed is new");
}

#[test]
fn a_baseline_holds_here_too() {
    let folder = repository("");
    let root = folder.path();
    let file = root.join("content/postmortems/old.md");
    assert!(afterword(root, &["check", "--write-baseline"]).status.success());
    commit(root, &[]);
    fs::write(&file, fs::read_to_string(&file).unwrap() + "\nSee [also](nowhere.md).\n").unwrap();
    assert_eq!(since(root, "HEAD", &[]).0, ["content/postmortems/old.md:8:12: error[broken-link]"]);
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("2026-02-30", "2026-02-03")).unwrap();
    let told = since(root, "HEAD", &[]).0;
    assert_eq!(told, ["afterword-baseline.json:1:1: warning[stale-baseline]", "content/postmortems/old.md:8:12: error[broken-link]"]);
}

#[test]
fn where_git_cannot_tell_nothing_passes() {
    let folder = repository("");
    let root = folder.path();
    commit(root, &[("content/postmortems/target.md", "# Another\n")]);
    git(root, &["switch", "-q", "--orphan", "stranger"]);
    commit(root, &[("content/postmortems/x.md", "# X\n")]);
    let shallow = TempDir::new().unwrap();
    let origin = format!("file://{}", root.display());
    git(shallow.path(), &["clone", "-q", "--depth", "1", "--no-single-branch", "--branch", "change", &origin, "."]);
    let bare = TempDir::new().unwrap();
    write(bare.path(), "content/x.md", "# X\n");
    let no_ancestor = "the current commit has no ancestor in common with it here; a shallow clone has to fetch all commits";
    for (root, revision, said) in [
        (root, "nowhere", "git knows no revision `nowhere` here; a build server may have to fetch it first"),
        (root, "-h", "git knows no revision `-h` here"),
        (root, "main", no_ancestor),
        (shallow.path(), "origin/main", no_ancestor),
        (bare.path(), "main", "the folder is in no git repository"),
    ] {
        let output = afterword(root, &["check", &format!("--since={revision}")]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{told}");
        assert!(told.starts_with(&format!("error: `--since {revision}`: {said}")), "{told}");
    }
}
