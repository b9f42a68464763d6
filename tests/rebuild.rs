//! A second build of the same has nothing to do, and one of anything else makes what a first build would have made.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files and processes, and panics when they are not what it made"
)]

mod archive;
mod folder;
mod program;
mod tree;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use program::{afterword, command};
use tree::files;

const PROJECT: &str = r#"-- site.toml --
[site]
title = "Knowledge"
logo = "logo.svg"
history = "words"

[editions.public]
base_url = "https://incidents.example.org/"
drop = ["summary", "impact", "timeline", "root-cause", "resolution", "lessons", "actions"]
-- content/logo.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>
-- content/postmortems/a/index.md --
---
title: Checkout failed
visibility: public
started_at: 2026-03-04T09:12:00Z
---

It failed, as the [log](log.txt) says.
-- content/postmortems/a/log.txt --
09:12 down
-- content/postmortems/b.md --
---
title: Search failed
status: draft
tag: [dns]
---

It failed, too.
-- themes/default/templates/partials/footer.html --
<footer class="site-footer">Ours</footer>
"#;

/// The day on which the program is run, in seconds since 1970.
const DAY: u64 = 1_795_219_200;

/// Builds, and says which stages that took, and what was told besides.
fn build(folder: &Path, day: u64, arguments: &[&str]) -> (Vec<String>, String) {
    let mut command = command(folder, &[&["build", "--timings"], arguments].concat());
    let output = command.env("SOURCE_DATE_EPOCH", day.to_string()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    let (told, timings) = said.split_once(" s\n").unwrap();
    let stages = timings.lines().map(|line| line.trim().split("  ").next().unwrap().to_owned()).collect();
    (stages, told.rsplit_once(": ").map_or(told, |(told, _)| told).to_owned())
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git")
        .args(identity)
        .args(arguments)
        .current_dir(folder)
        .env("GIT_COMMITTER_DATE", "2026-03-05T00:00:00Z")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn replace(folder: &Path, path: &str, old: &str, new: &str) {
    let text = fs::read_to_string(folder.join(path)).unwrap();
    assert!(text.contains(old), "{path}");
    fs::write(folder.join(path), text.replace(old, new)).unwrap();
}

#[test]
fn what_is_not_the_same_is_built_as_if_for_the_first_time() {
    type Change = fn(&Path);
    let changes: &[(&str, Change, u64, &[&str])] = &[
        ("the first", |_| {}, DAY, &[]),
        ("a text", |folder| replace(folder, "content/postmortems/a/index.md", "It failed", "It broke"), DAY, &[]),
        ("a file beside it", |folder| replace(folder, "content/postmortems/a/log.txt", "09:12", "09:13"), DAY, &[]),
        (
            "a file of the same length, long ago",
            |folder| {
                let log = folder.join("content/postmortems/a/log.txt");
                let age = fs::metadata(&log).unwrap().modified().unwrap();
                replace(folder, "content/postmortems/a/log.txt", "09:13", "09:14");
                fs::File::options().write(true).open(&log).unwrap().set_modified(age).unwrap();
            },
            DAY,
            &[],
        ),
        (
            "a name",
            |folder| fs::rename(folder.join("content/postmortems/b.md"), folder.join("content/postmortems/c.md")).unwrap(),
            DAY,
            &[],
        ),
        ("a template", |folder| replace(folder, "themes/default/templates/partials/footer.html", "Ours", "Theirs"), DAY, &[]),
        ("a logo", |folder| replace(folder, "content/logo.svg", "0 0 1 1", "0 0 2 2"), DAY, &[]),
        ("a setting", |folder| replace(folder, "site.toml", "Knowledge", "Wisdom"), DAY, &[]),
        (
            "what was committed",
            |folder| {
                git(folder, &["add", "."]);
                git(folder, &["commit", "--quiet", "--date", "2026-03-05T00:00:00Z", "-m", "More"]);
            },
            DAY,
            &[],
        ),
        ("the day", |_| {}, DAY + 86_400, &[]),
        ("the address", |_| {}, DAY, &["--base-url", "https://example.org/kb/"]),
        ("drafts", |_| {}, DAY, &["--drafts"]),
        ("the public", |_| {}, DAY, &["--edition", "public"]),
    ];
    let project = archive::project(PROJECT);
    let folder = project.path();
    fs::write(folder.join(".gitignore"), "/_site*\n").unwrap();
    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "."]);
    git(folder, &["commit", "--quiet", "--date", "2026-03-04T00:00:00Z", "-m", "Begin"]);
    let mut sites: Vec<BTreeMap<String, Vec<u8>>> = Vec::new();
    for (what, change, day, arguments) in changes {
        change(folder);
        let (stages, told) = build(folder, *day, arguments);
        assert!(stages.contains(&"render and publish".to_owned()), "{what}: {stages:?}");
        let output = if arguments.contains(&"public") { "_site-public" } else { "_site" };
        let site = files(&folder.join(output));

        let elsewhere = tempfile::tempdir().unwrap();
        folder::copy(folder, elsewhere.path());
        for made in [".afterword", "_site", "_site-public"] {
            let _ = fs::remove_dir_all(elsewhere.path().join(made));
        }
        build(elsewhere.path(), *day, arguments);
        assert!(site == files(&elsewhere.path().join(output)), "{what}");

        assert_eq!(build(folder, *day, arguments), (vec!["read".to_owned(), "compare".to_owned()], told), "{what}");
        assert!(site == files(&folder.join(output)), "{what}: the second time");
        sites.push(site);
    }
    let differ = sites.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!(differ >= changes.len() - 2, "the changes are seen in the site: {differ}");
}

#[test]
fn what_has_been_built_is_looked_at_before_it_is_left_as_it_is() {
    let project = archive::project(PROJECT);
    let folder = project.path();
    build(folder, DAY, &[]);
    let site = files(&folder.join("_site"));
    let rebuilt = |what: &str| {
        let (stages, _) = build(folder, DAY, &[]);
        assert!(stages.contains(&"render and publish".to_owned()), "{what}: {stages:?}");
        assert!(files(&folder.join("_site")) == site, "{what}");
    };
    fs::write(folder.join("_site/index.html"), "x").unwrap();
    rebuilt("a page that somebody has changed");
    let log = site.keys().find(|path| path.ends_with("log.txt")).unwrap();
    fs::remove_file(folder.join("_site").join(log)).unwrap();
    rebuilt("a file that somebody has taken away");
    fs::remove_dir_all(folder.join("_site")).unwrap();
    rebuilt("a site that is gone");
    let kept = folder.join(".afterword/cache/build-internal");
    let bytes = fs::read(&kept).unwrap();
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        fs::write(&kept, damaged).unwrap();
        if at % 40 == 0 {
            rebuilt("what was kept is damaged");
        }
    }
    build(folder, DAY, &[]);
    fs::write(folder.join("_site/mine.txt"), "x").unwrap();
    let refused = afterword(folder, &["build"]);
    assert_eq!(refused.status.code(), Some(2), "{}", String::from_utf8_lossy(&refused.stderr));
    fs::remove_file(folder.join("_site/mine.txt")).unwrap();
    let stages = |arguments| build(folder, DAY, arguments).0.contains(&"compare".to_owned());
    assert!(stages(&[]) && !stages(&["--output", "elsewhere"]) && stages(&["--output", "elsewhere"]) && stages(&[]));
}

#[test]
fn a_strict_build_is_not_that_of_one_that_let_findings_pass() {
    let project = archive::project(PROJECT);
    let folder = project.path();
    replace(folder, "content/postmortems/a/index.md", "started_at: 2026-03-04T09:12:00Z", "started_at: 2026-02-30T09:12:00Z");
    build(folder, DAY, &[]);
    let strict = afterword(folder, &["build", "--strict"]);
    assert_eq!(strict.status.code(), Some(1), "{}", String::from_utf8_lossy(&strict.stderr));
    afterword(folder, &["check", "--write-baseline"]);
    let (stages, _) = build(folder, DAY, &["--strict"]);
    assert!(stages.contains(&"render and publish".to_owned()), "the baseline has changed");
    assert_eq!(build(folder, DAY, &["--strict"]).0, ["read", "compare"]);
}
