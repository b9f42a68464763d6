//! The program from outside, as somebody at a terminal uses it.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod folder;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

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
fn a_record_of_a_drill_begins_with_what_was_replayed() {
    let folder = tempfile::tempdir().unwrap();
    afterword(folder.path(), &["init"]);
    let played = "---\nid: INC-7\ntitle: Cards | were [refused]\nstatus: draft\ntimezone: UTC\nservices: [checkout]\n\
        root_causes: [{cause: change/config, layer: procedural}, gremlins]\ntraining:\n  objectives: [Ask | first]\n  drill:\n    title: No card will do\n\
        \x20   briefing: You are on call.\n---\n\n## Timeline\n\n- 2025-12-01 10:00 [detected] A page\n- 10:05 [decision] Back\n- 10:09 [action] It is back\n";
    fs::create_dir_all(folder.path().join("content/postmortems/2025")).unwrap();
    fs::write(folder.path().join("content/postmortems/2025/cards (1).md"), played).unwrap();
    let new = afterword(folder.path(), &["new", "--kind", "drill", "--from", "inc-7"]);
    assert_eq!(stdout(&new), "content/postmortems/2026-01-01-drill-no-card-will-do.md\n", "{}", stderr(&new));
    let text = fs::read_to_string(folder.path().join(stdout(&new).trim())).unwrap();
    for expected in [
        "title: \"Drill: No card will do\"\nkind: drill\nstatus: draft\n",
        "\nservices: [checkout]\n",
        "\nrelated: [{id: \"INC-7\", why: drill-of}]\nroot_causes: [{cause: change/config, layer: procedural}]  # what was rehearsed\n",
        "\n## Scenario\n\nPlayed as [No card will do](/drills/inc-7/), which replays [Cards | were \\[refused\\]](<2025/cards (1).md>).\n",
        "\n|---|---|---|\n| Ask \\| first | | |\n",
        "\n| | [decision] Step 2: what was decided, and why |\n| | [resolved] The drill ended |\n\n## Detection\n",
        "\n| ID | Action | Kind | Owner | Priority | Due | Status | Done when |\n",
    ] {
        assert!(text.contains(expected), "{expected} is in\n{text}");
    }
    let check = afterword(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(check.status.code(), Some(0), "{}", stdout(&check));
    assert!(!stdout(&check).contains("link"), "{}", stdout(&check));
    let bare = afterword(folder.path(), &["new", "Game day", "--kind", "drill", "--from", "example", "--service", "search"]);
    let text = fs::read_to_string(folder.path().join(stdout(&bare).trim())).unwrap();
    assert!(text.starts_with("---\ntitle: \"Game day\"\n") && text.contains("services: [search]"), "{text}");
    assert!(text.contains("## Scenario\n\nIt replays [") && !text.contains("/drills/"), "what is not chosen has no page: {text}");
    for (arguments, said) in [
        (&["new", "--from", "INC-7"][..], "`outage` is no drill; add `--kind drill`"),
        (&["new", "--kind", "drill", "--from", "INC-8"], "there is no postmortem `INC-8`; did you mean `INC-7`?"),
        (&["new", "--kind", "drill"], "what happened? say it in one line"),
    ] {
        let refused = afterword(folder.path(), arguments);
        assert_eq!((refused.status.code(), stdout(&refused).as_str()), (Some(2), ""), "{arguments:?}");
        assert!(stderr(&refused).contains(said), "{}", stderr(&refused));
    }
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
    let (rules, groups): (Vec<String>, Vec<String>) =
        stdout(&list).lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).partition(|word| !word.ends_with(':'));
    assert!(rules.len() >= 13, "{rules:?}");
    for rule in rules {
        let explained = afterword(folder.path(), &["explain", &rule]);
        assert_eq!(explained.status.code(), Some(0));
        assert!(stdout(&explained).contains(&rule), "{rule}");
    }
    let listed: String = groups
        .iter()
        .map(|group| stdout(&afterword(folder.path(), &["explain", group.trim_end_matches(':')])))
        .collect::<Vec<_>>()
        .join("\n");
    assert_eq!(listed, stdout(&list), "a group is listed by itself");
    let unknown = afterword(folder.path(), &["explain", "actoins"]);
    assert_eq!((unknown.status.code(), stderr(&unknown).contains("did you mean `actions`?")), (Some(2), true), "{}", stderr(&unknown));
}

#[test]
fn nothing_is_coloured_in_a_pipe() {
    let folder = tempfile::tempdir().unwrap();
    afterword(folder.path(), &["init"]);
    fs::write(folder.path().join("content/postmortems/x.md"), "---\ntitle: X\nstarted_at: soon\n---\n").unwrap();
    let check = afterword(folder.path(), &["check"]);
    assert!(!stdout(&check).contains('\u{1b}'), "{}", stdout(&check));
    assert!(!stderr(&check).contains('\u{1b}'), "{}", stderr(&check));
    let coloured = afterword(folder.path(), &["check", "--color", "always"]);
    assert!(stdout(&coloured).contains('\u{1b}'));
}

#[test]
fn colour_is_as_the_environment_and_then_the_argument_want_it() {
    let folder = flawed();
    let is_coloured = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
        command.arg("check").args(arguments).current_dir(folder.path()).env_remove("GITHUB_ACTIONS").env_remove("NO_COLOR");
        stdout(&command.envs(variables.iter().copied()).output().unwrap()).contains('\u{1b}')
    };
    assert!(is_coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
    assert!(is_coloured(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1")], &["--output-file", "report.txt"]));
    assert!(!fs::read_to_string(folder.path().join("report.txt")).unwrap().contains('\u{1b}'), "a file is no terminal");
}

/// A site with one postmortem that has three findings, one of which can be mended.
fn flawed() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content/postmortems")).unwrap();
    fs::write(folder.path().join("site.toml"), "[profiles.short]\nrequired = [\"summary\", \"impact\"]\n").unwrap();
    let text = "---\ntitle: X\nkind: short\nstarted_at: 2026-02-30\n---\n\n## Summary\n\nSee [that](nowhere.md).\n";
    fs::write(folder.path().join("content/postmortems/x.md"), text).unwrap();
    folder
}

fn rules(output: &Output) -> Vec<String> {
    stdout(output).lines().map(|line| line.split(['[', ']']).nth(1).unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_baseline_makes_an_old_folder_pass_until_something_new_is_wrong() {
    let folder = flawed();
    let concise = |arguments: &[&str]| afterword(folder.path(), &[&["check", "--format", "concise"], arguments].concat());
    let written = afterword(folder.path(), &["check", "--write-baseline"]);
    assert_eq!((written.status.code(), stderr(&written)), (Some(0), "3 findings written down in afterword-baseline.json.\n".into()));
    let check = concise(&["--strict"]);
    assert_eq!((check.status.code(), stdout(&check)), (Some(0), String::new()));
    assert!(stderr(&check).ends_with("The baseline knows 3 further findings.\n"), "{}", stderr(&check));
    assert_eq!(afterword(folder.path(), &["build", "--strict"]).status.code(), Some(0));

    fs::write(folder.path().join("content/postmortems/new.md"), "---\ntitle: N\nkind: short\n---\n\nSee [that](nowhere.md).\n").unwrap();
    let check = concise(&[]);
    assert_eq!(check.status.code(), Some(1));
    assert!(stdout(&check).lines().all(|line| line.starts_with("content/postmortems/new.md:")), "{}", stdout(&check));
    assert_eq!(rules(&check), ["missing-section", "broken-link"]);
    assert_eq!(rules(&concise(&["--no-baseline"])).len(), 5);

    let x = folder.path().join("content/postmortems/x.md");
    let (old, fixed) = (fs::read_to_string(&x).unwrap(), concise(&["--fix"]));
    assert_eq!(fs::read_to_string(&x).unwrap(), old, "what is known is left to those who know it: {}", stderr(&fixed));
    assert!(
        stderr(&fixed).starts_with("Mended 1 finding in 1 file.\n") && stderr(&fixed).ends_with("The baseline knows 3 further findings.\n")
    );
    assert!(stdout(&concise(&["--diff", "--no-baseline"])).contains("content/postmortems/x.md"), "but where one asks for it");
    fs::remove_file(folder.path().join("content/postmortems/new.md")).unwrap();

    let x = folder.path().join("content/postmortems/x.md");
    fs::write(&x, fs::read_to_string(&x).unwrap().replace("02-30", "02-03")).unwrap();
    let check = concise(&[]);
    assert_eq!((check.status.code(), rules(&check)), (Some(0), vec!["stale-baseline".to_owned()]));
    assert_eq!(concise(&["--strict"]).status.code(), Some(1), "the ratchet");
    afterword(folder.path(), &["check", "--write-baseline"]);
    assert_eq!(concise(&["--strict"]).status.code(), Some(0));

    fs::write(folder.path().join("afterword-baseline.json"), "<<<<<<< HEAD\n").unwrap();
    let check = concise(&[]);
    assert_eq!(check.status.code(), Some(2));
    assert!(stderr(&check).contains("`afterword-baseline.json`: it is no baseline: "), "{}", stderr(&check));
}

#[test]
fn what_can_be_mended_is_shown_then_mended_then_gone() {
    let folder = flawed();
    let file = folder.path().join("content/postmortems/x.md");
    let before = fs::read_to_string(&file).unwrap();
    let diff = afterword(folder.path(), &["check", "--diff"]);
    assert_eq!(diff.status.code(), Some(1));
    assert!(stdout(&diff).starts_with("--- a/content/postmortems/x.md\n+++ b/content/postmortems/x.md\n"), "{}", stdout(&diff));
    assert!(stdout(&diff).contains("\n+## Impact\n"), "{}", stdout(&diff));
    assert_eq!(fs::read_to_string(&file).unwrap(), before, "nothing is written");

    let fix = afterword(folder.path(), &["check", "--fix", "--format", "concise"]);
    assert_eq!((fix.status.code(), rules(&fix)), (Some(1), vec!["unreadable-date".into(), "broken-link".into(), "empty-section".into()]));
    assert!(stderr(&fix).starts_with("Mended 1 finding in 1 file.\n"), "{}", stderr(&fix));
    let after = fs::read_to_string(&file).unwrap();
    assert!(after.starts_with(&before) && after.contains("\n## Impact\n\n<!-- "), "{after}");
    let again = afterword(folder.path(), &["check", "--diff"]);
    assert_eq!((again.status.code(), stdout(&again)), (Some(0), String::new()));
    let names: Vec<_> = fs::read_dir(file.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["x.md"], "nothing is left beside it");
}

#[test]
fn a_text_on_standard_input_is_checked_where_it_would_be_saved() {
    let folder = flawed();
    let run = |arguments: &[&str]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_afterword"))
            .args(arguments)
            .current_dir(folder.path().join("content"))
            .env_remove("GITHUB_ACTIONS")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let text = b"---\ntitle: Y\nkind: short\n---\n\n## Summary\n\n[x](x.md) [z](z.md)\n";
        // A program that refuses its arguments reads nothing.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), text);
        child.wait_with_output().unwrap()
    };
    let check = run(&["check", "-", "--stdin-filename", "postmortems/y.md", "--format", "concise"]);
    assert_eq!(
        stdout(&check),
        "content/postmortems/y.md:2:8: error[missing-section] the section `Impact` is missing\n\
         content/postmortems/y.md:8:15: error[broken-link] the file `z.md` does not exist\n"
    );
    assert_eq!(check.status.code(), Some(1));
    let fix = run(&["check", "--fix", "-", "--stdin-filename", "postmortems/y.md"]);
    assert!(stdout(&fix).starts_with("---\ntitle: Y\n") && stdout(&fix).contains("\n## Impact\n"), "{}", stdout(&fix));
    assert!(!folder.path().join("content/postmortems/y.md").exists());
    let nameless = run(&["check", "-"]);
    assert_eq!(nameless.status.code(), Some(2));
    assert!(stderr(&nameless).contains("`-` needs `--stdin-filename`"), "{}", stderr(&nameless));
}

#[test]
fn only_what_is_asked_for_is_told_and_counted() {
    let folder = flawed();
    let check = |arguments: &[&str]| afterword(folder.path(), &[&["check"], arguments].concat());
    assert_eq!(rules(&check(&["--format", "concise", "--only", "links,unreadable-date"])), ["unreadable-date", "broken-link"]);
    assert_eq!(check(&["--only", "wording"]).status.code(), Some(0));
    let unknown = check(&["--only", "linsk"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("did you mean `links`?"), "{}", stderr(&unknown));
    assert_eq!(
        stdout(&check(&["--statistics"])),
        "1  error    broken-link\n1  error    missing-section  1 with a fix\n1  error    unreadable-date\n"
    );
    let report = folder.path().join("report.json");
    let written = check(&["--format", "json", "--output-file", "report.json"]);
    assert_eq!((written.status.code(), stdout(&written)), (Some(1), String::new()));
    assert_eq!(fs::read_to_string(report).unwrap().lines().count(), 5);
}

#[test]
fn in_github_actions_findings_are_annotations_by_their_path_in_the_repository_and_a_summary_of_the_job() {
    let folder = flawed();
    let repository = tempfile::tempdir().unwrap();
    fs::create_dir(repository.path().join(".git")).unwrap();
    let site = repository.path().join("handbook/incidents");
    fs::create_dir_all(site.parent().unwrap()).unwrap();
    fs::rename(folder.path(), &site).unwrap();
    let summary = repository.path().join("summary.md");
    let output = Command::new(env!("CARGO_BIN_EXE_afterword"))
        .args(["check", "--only", "links"])
        .current_dir(&site)
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", &summary)
        .env_remove("AFTERWORD_FORMAT")
        .output()
        .unwrap();
    let expected = "::error file=handbook/incidents/content/postmortems/x.md,line=9,endLine=9,col=12,endColumn=22,title=broken-link::";
    assert!(stdout(&output).starts_with(expected), "{}", stdout(&output));
    assert!(fs::read_to_string(summary).unwrap().contains("broken-link"));
}

#[test]
fn every_old_folder_is_adopted_by_two_commands() {
    let Some(corpora) = std::env::var_os("AFTERWORD_CORPORA").map(std::path::PathBuf::from) else {
        println!("skipped: AFTERWORD_CORPORA is not set");
        return;
    };
    let corpora = fs::read_dir(corpora).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    for corpus in corpora {
        let name = corpus.display();
        let folder = tempfile::tempdir().unwrap();
        folder::copy(&corpus, folder.path());
        let files = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(afterword(folder.path(), &["init"]).status.code(), Some(0), "{name}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), files + 1, "{name}: settings and nothing else");
        assert_eq!(afterword(folder.path(), &["check", "--write-baseline"]).status.code(), Some(0), "{name}");

        let check = afterword(folder.path(), &["check", "--strict"]);
        assert_eq!((check.status.code(), stdout(&check)), (Some(0), String::new()), "{name}");
        let ending = if name.to_string().ends_with("moj-cloud-platform") { "html.md.erb" } else { "md" };
        let new = format!("2026-01-02-new.{ending}");
        fs::write(folder.path().join(&new), "---\nstarted_at: 2026-02-30\n---\n\nSee [that](nowhere.md).\n").unwrap();
        let check = afterword(folder.path(), &["check", "--format", "concise"]);
        assert_eq!(check.status.code(), Some(1), "{name}");
        assert!(stdout(&check).lines().all(|line| line.starts_with(&format!("{new}:"))), "{name}: {}", stdout(&check));
        assert_eq!(rules(&check), ["unreadable-date", "broken-link"], "{name}");
    }
}

#[test]
fn where_nobody_can_be_asked_a_site_begins_with_what_is_usual() {
    for (arguments, title) in
        [(&["init"][..], "Postmortems"), (&["init", "--yes"], "Postmortems"), (&["init", "--title", "A 'B' \"C\""], "A 'B' \"C\"")]
    {
        let folder = tempfile::tempdir().unwrap();
        let init = afterword(folder.path(), arguments);
        assert_eq!(init.status.code(), Some(0), "{}", stderr(&init));
        let settings: toml::Table = fs::read_to_string(folder.path().join("site.toml")).unwrap().parse().unwrap();
        assert_eq!(settings["site"]["title"].as_str(), Some(title));
    }
}

#[test]
fn a_folder_with_documents_is_adopted_and_nothing_is_added_to_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("incidents/2024")).unwrap();
    fs::write(folder.path().join("README.md"), "# Ours\n").unwrap();
    fs::write(folder.path().join("incidents/2024/a.md"), "# A\n\nText.\n").unwrap();
    fs::write(folder.path().join("incidents/template.md"), "# TITLE\n\nTODO\n").unwrap();
    let init = afterword(folder.path(), &["init"]);
    assert_eq!((init.status.code(), stdout(&init)), (Some(0), "site.toml\n".into()), "{}", stderr(&init));
    let check = afterword(folder.path(), &["check", "--strict"]);
    assert_eq!((check.status.code(), stdout(&check)), (Some(0), String::new()));
    assert!(stderr(&check).contains("no findings in 1 file"), "{}", stderr(&check));
    assert_eq!(afterword(folder.path(), &["build"]).status.code(), Some(0));
    assert!(folder.path().join("_site/incidents/a/index.html").exists());
}

/// The files of a folder, by name, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A site with five postmortems, each of which lacks a section.
fn five() -> tempfile::TempDir {
    let folder = flawed();
    let postmortems = folder.path().join("content/postmortems");
    fs::remove_file(postmortems.join("x.md")).unwrap();
    for name in ["a", "b", "c", "d", "e"] {
        let text = format!("---\ntitle: {name}\nkind: short\n---\n\n## Summary\n\nIt broke.\n");
        fs::write(postmortems.join(name).with_extension("md"), text).unwrap();
    }
    folder
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_mended_is_left_whole_and_keeps_no_other_back() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = five();
    let postmortems = folder.path().join("content/postmortems");
    let set_mode = |name: &str, mode| fs::set_permissions(postmortems.join(name), fs::Permissions::from_mode(mode)).unwrap();
    set_mode("c.md", 0o444);
    set_mode("a.md", 0o750);
    let fix = afterword(folder.path(), &["check", "--fix"]);
    assert_eq!(fix.status.code(), Some(2));
    assert!(stderr(&fix).ends_with("c.md` cannot be written: it is read-only\n4 other files mended all the same\n"), "{}", stderr(&fix));
    let is_mended = |name: &&str| fs::read_to_string(postmortems.join(name)).unwrap().contains("\n## Impact\n");
    assert_eq!(
        ["a.md", "b.md", "c.md", "d.md", "e.md"].into_iter().filter(is_mended).collect::<Vec<_>>(),
        ["a.md", "b.md", "d.md", "e.md"]
    );
    assert_eq!(fs::metadata(postmortems.join("a.md")).unwrap().permissions().mode() & 0o777, 0o750);
    assert_eq!(names(&postmortems), ["a.md", "b.md", "c.md", "d.md", "e.md"]);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_a_project_holds() {
    let folder = five();
    let outside = tempfile::NamedTempFile::new().unwrap();
    fs::write(outside.path(), "precious").unwrap();
    let link = |path: &str| std::os::unix::fs::symlink(outside.path(), folder.path().join(path)).unwrap();
    link("content/postmortems/.a.md.afterword-new");
    link("content/postmortems/f.md");
    link("afterword-baseline.json");
    let baseline = afterword(folder.path(), &["check", "--write-baseline"]);
    assert_eq!(baseline.status.code(), Some(2), "{}", stderr(&baseline));
    fs::remove_file(folder.path().join("afterword-baseline.json")).unwrap();
    assert_eq!(afterword(folder.path(), &["check", "--fix"]).status.code(), Some(1));
    assert!(fs::read_to_string(folder.path().join("content/postmortems/a.md")).unwrap().contains("## Impact"));
    assert_eq!(fs::read_to_string(outside.path()).unwrap(), "precious");
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_goes_where_it_is_sent_and_a_device_stays_one() {
    let folder = flawed();
    let report = |to: &str| afterword(folder.path(), &["check", "--format", "concise", "--output-file", to]);
    fs::write(folder.path().join("real.txt"), "old").unwrap();
    // Devices are named by links, lest a mistake replaces one.
    for (link, to) in [("link.txt", "real.txt"), ("null", "/dev/null"), ("full", "/dev/full")] {
        std::os::unix::fs::symlink(to, folder.path().join(link)).unwrap();
    }
    for link in ["link.txt", "null"] {
        assert_eq!(report(link).status.code(), Some(1), "{link}");
        assert!(folder.path().join(link).is_symlink(), "{link}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("real.txt")).unwrap().lines().count(), 3);
    for (to, why) in [("missing/report.txt", "No such file"), ("content", "is a directory"), ("full", "No space left")] {
        let output = report(to);
        assert_eq!(output.status.code(), Some(2), "{to}");
        assert!(stderr(&output).contains(&format!("error: `{to}` cannot be written: {why}")), "{}", stderr(&output));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_a_failure_and_a_reader_who_leaves_is_none() {
    let folder = flawed();
    let check = |to: Stdio| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
        command.args(["check", "-q"]).current_dir(folder.path()).env_remove("GITHUB_ACTIONS").env("COLUMNS", usize::MAX.to_string());
        command.stdout(to).status().unwrap().code()
    };
    assert_eq!(check(fs::OpenOptions::new().write(true).open("/dev/full").unwrap().into()), Some(2));
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(check(writer.into()), Some(1));
}

#[test]
fn a_path_that_names_nothing_of_the_project_is_an_error() {
    let folder = flawed();
    let content = folder.path().join("content");
    let whole = content.join("postmortems/x.md");
    let check = |from: &Path, path: &str| afterword(from, &["check", "--format", "concise", path]);
    for (from, path) in [
        (folder.path(), "content/postmortems/"),
        (&content, "."),
        (&content, ".."),
        (&content, "../.."),
        (&content, whole.to_str().unwrap()),
    ] {
        assert_eq!(rules(&check(from, path)).len(), 3, "{path}");
    }
    for (path, said) in [
        ("content/y.md", "there is no file or folder `content/y.md`"),
        ("/", ""),
        (env!("CARGO_MANIFEST_DIR"), "is not in the project folder"),
    ] {
        let output = check(folder.path(), path);
        assert_eq!(output.status.code(), Some(if said.is_empty() { 1 } else { 2 }), "{path}");
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
    let from_outside = afterword(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &["check", "--format", "concise", "-C", folder.path().to_str().unwrap(), "content/postmortems/x.md"],
    );
    assert_eq!(rules(&from_outside).len(), 3, "{}", stderr(&from_outside));
}

#[test]
fn a_text_from_standard_input_comes_back_whole_or_not_at_all() {
    let folder = flawed();
    fs::write(folder.path().join("afterword-baseline.json"), "{\"version\":1,\"findings\":[]}").unwrap();
    let fix = |name: &str, text: &[u8]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_afterword"))
            .args(["check", "--fix", "-", "--stdin-filename", name])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), text);
        let output = child.wait_with_output().unwrap();
        (output.status.code(), output.stdout)
    };
    let plain = "\u{feff}# Y\r\n\r\nText\u{0}\rwithout an end".as_bytes();
    for name in ["content/postmortems/y.md", "content/nowhere/y.md", "y.md", "content/y.txt", "content/.y.md", "site.toml"] {
        assert_eq!(fix(name, plain), (Some(0), plain.to_vec()), "{name}");
    }
    assert_eq!(fix("content/y.md", b""), (Some(0), Vec::new()));
    for (name, text) in [("content/y.md", &b"a\xff"[..]), ("../y.md", b"a"), ("/y.md", b"a"), ("content", b"a")] {
        assert_eq!(fix(name, text), (Some(2), Vec::new()), "{name}");
    }
    let (status, mended) = fix("content/postmortems/y.md", b"---\r\ntitle: Y\r\nkind: short\r\n---\r\n\r\n## Summary\r\n\r\nIt broke.\r\n");
    assert_eq!(status, Some(1), "the new section is empty");
    assert!(String::from_utf8(mended).unwrap().lines().count() == 12);
}

#[test]
fn a_baseline_that_is_spoilt_says_how_and_one_that_is_only_rewritten_is_read() {
    let folder = flawed();
    let file = folder.path().join("afterword-baseline.json");
    afterword(folder.path(), &["check", "--write-baseline"]);
    let good = fs::read_to_string(&file).unwrap();
    let check = |text: String| {
        fs::write(&file, text).unwrap();
        afterword(folder.path(), &["check", "--strict", "-q"])
    };
    let entry = good.lines().nth(1).unwrap().trim_end_matches(',');
    for (why, text) in [
        ("entries twice", good.replacen("[\n", &format!("[\n{entry},\n"), 1)),
        ("line ends of Windows", good.replace('\n', "\r\n")),
        ("a byte order mark", format!("\u{feff}{good}")),
        ("very large", good.replace('\n', &"\n".repeat(4_000_000))),
    ] {
        let output = check(text);
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()), "{why}");
    }
    for (text, said) in [
        (good[..60].to_owned(), "EOF while parsing"),
        (good.replace("\"version\":1", "\"version\":1,\"\\u001b[2J\":1"), "unknown field `\\u{1b}[2J`"),
        (good.replace("\"version\":1", "\"version\":2"), "this program reads version 1"),
        (format!("<<<<<<< HEAD\n{good}=======\n{good}>>>>>>> x\n"), "it is no baseline"),
    ] {
        let output = check(text);
        assert_eq!(output.status.code(), Some(2));
        let told = stderr(&output);
        assert!(told.contains(said) && told.ends_with("Make it anew with `afterword check --write-baseline`.\n"), "{told}");
    }
}

#[test]
fn a_site_is_begun_whole_or_not_at_all_and_entered_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let init = afterword(folder.path(), &["init", "our site's"]);
    assert!(stderr(&init).starts_with(r"Next: cd 'our site'\''s' && afterword new"), "{}", stderr(&init));
    fs::create_dir(folder.path().join("odd")).unwrap();
    fs::write(folder.path().join("odd/content"), "a file").unwrap();
    let init = afterword(folder.path(), &["init", "odd"]);
    assert_eq!((init.status.code(), names(&folder.path().join("odd"))), (Some(2), vec!["content".to_owned()]));
    assert!(stderr(&init).contains("`odd/content` cannot be made"), "{}", stderr(&init));
}

#[test]
fn a_public_build_says_what_is_held_back_and_until_when() {
    let folder = tempfile::tempdir().unwrap();
    let postmortems = folder.path().join("content/postmortems");
    fs::create_dir_all(&postmortems).unwrap();
    let settings = "[editions.public]\n[rules]\nunfinished-public-report = 'off'\n";
    fs::write(folder.path().join("site.toml"), settings).unwrap();
    let write = |name: &str, metadata: &str, text: &str| {
        fs::write(postmortems.join(name), format!("---\ntitle: {name}\n{metadata}---\n\n{text}\n")).unwrap();
    };
    let part = "<!-- afterword: internal until A1, A2 done -->Later.<!-- afterword: end -->";
    write("a.md", "visibility: public\npublish_after: 2026-03-01\n", part);
    write("b.md", "visibility: public\n", &format!("Now.\n\nAnd {part}"));
    write("c.md", "visibility: public\nhold_until: [A1]\npublish_after: soon\n", "");
    write("d.md", "publish_after: 2026-03-01\n", "It is for nobody else.");
    write("e.md", "visibility: public\npublish_after: 2025-03-01\n", "Out.");
    let build = afterword(folder.path(), &["build", "--edition", "public"]);
    let told = stderr(&build);
    let held = told.split("Held back:\n").nth(1).unwrap_or_else(|| panic!("{told}"));
    assert_eq!(
        held,
        "  content/postmortems/a.md until 2026-03-01\n  content/postmortems/b.md:8 until A1 and A2 are done\n  \
         content/postmortems/c.md until nobody knows when\n  content/postmortems/c.md until A1 is done\n"
    );
    assert!(!stderr(&afterword(folder.path(), &["build"])).contains("Held back"), "the organisation reads all of it");
}

/// What a person who types `answers` at a terminal sees of a command in `folder`, and how it ends.
fn at_a_terminal(folder: &Path, command: &str, answers: &str) -> (String, Option<i32>) {
    let mut child = Command::new("script")
        .args(["-qec", &format!("'{}' {command}", env!("CARGO_BIN_EXE_afterword")), "/dev/null"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(answers.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

#[test]
fn at_a_terminal_new_asks_for_what_is_not_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("site.toml"), "[services.checkout]\n[[severities]]\nid = 'p1'\n").unwrap();
    let (seen, status) =
        at_a_terminal(folder.path(), "new", "\nPayments failed\noutge\noutage\nP1\nchekout\ncheckout\nlater\n2026-03-11T13:52Z\n");
    assert_eq!(status, Some(0), "{seen}");
    for told in [
        "a few words are needed",
        "did you mean `outage`?",
        "did you mean `checkout`?",
        "Severity (p1; empty: not known yet)",
        "write it as 2026-03-11",
    ] {
        assert!(seen.contains(told), "{told}: {seen}");
    }
    let text = fs::read_to_string(folder.path().join("content/postmortems/2026-03-11-payments-failed.md")).unwrap();
    let front = "---\ntitle: \"Payments failed\"\nkind: outage\nstatus: draft\nseverity: p1\n";
    assert!(
        text.starts_with(front) && text.contains("started_at: 2026-03-11T13:52Z\n") && text.contains("services: [checkout]\n"),
        "{text}"
    );
    // Nobody is there any more: nothing is written.
    let (seen, status) = at_a_terminal(folder.path(), "new", "Gone\n\u{4}");
    assert!(status == Some(2) && seen.contains("nothing was written"), "{seen}");
    assert_eq!(fs::read_dir(folder.path().join("content/postmortems")).unwrap().count(), 1);
}

#[test]
fn without_a_terminal_new_asks_nothing_and_an_editor_opens_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let silent = afterword(folder.path(), &["new"]);
    assert_eq!(silent.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&silent.stderr).contains("what happened? say it in one line"));
    let edited = Command::new(env!("CARGO_BIN_EXE_afterword"))
        .args(["new", "Payments failed", "--start", "2026-03-11", "--edit"])
        .current_dir(folder.path())
        .env_remove("VISUAL")
        .env("EDITOR", "rm -v")
        .output()
        .unwrap();
    assert!(edited.status.success(), "{}", String::from_utf8_lossy(&edited.stderr));
    assert!(!folder.path().join("content/postmortems/2026-03-11-payments-failed.md").exists(), "the editor had the file");
}
