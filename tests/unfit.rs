//! What `build --edition public` refuses, every command of the public edition refuses: the same findings, the same exit status, nothing printed.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod archive;
mod program;

use std::fs;
use std::path::Path;

use afterword::pipeline::{self, Memo};
use archive::project;
use program::afterword;

const PROJECT: &str = "\
-- site.toml --
[site]
title = \"House\"
[editions.public]
[rules]
unfinished-public-report = \"off\"
[people.ada]
name = \"Ada Kanary\"
role = \"On-call engineer\"
-- content/postmortems/a.md --
---
id: A-1
title: It failed
visibility: public
---

It failed. See [the log](a.log).
-- content/postmortems/a.log --
14:05 it failed
-- content/postmortems/b.md --
---
id: B-1
title: It failed inside
---

By `Ada Kanary`, as [the log](b.log) says.
-- content/postmortems/b.log --
Ada Kanary
";

/// Every command that prints or writes what is public.
const COMMANDS: [&[&str]; 7] = [
    &["search", "failed"],
    &["search", "failed", "--format", "json"],
    &["list"],
    &["list", "causes", "--format", "csv"],
    &["metrics"],
    &["export", "A-1", "--as", "status-line"],
    &["bundle", "A-1", "--force"],
];

/// The exit status in the public edition, how much is printed, and what is said without the last line.
fn asked(folder: &Path, arguments: &[&str]) -> (Option<i32>, usize, String) {
    let output = afterword(folder, &[arguments, &["--edition", "public"]].concat());
    let told = String::from_utf8(output.stderr).unwrap();
    let findings = told.trim_end().rsplit_once('\n').map_or("", |(findings, _)| findings);
    (output.status.code(), output.stdout.len(), findings.to_owned())
}

#[track_caller]
fn all_refuse(folder: &Path, place: &str) {
    let (status, printed, findings) = asked(folder, &["build"]);
    assert_eq!((status, printed), (Some(1), 0), "{findings}");
    assert!(findings.contains(&format!(" --> {place}\n")), "{findings}");
    for command in COMMANDS {
        assert_eq!(asked(folder, command), (Some(1), 0, findings.clone()), "{command:?}");
        let internal = afterword(folder, &[command, &["--edition", "internal"]].concat());
        assert_eq!(internal.status.code(), Some(0), "{command:?} for the organisation");
    }
    assert!(!folder.join("_site-public").exists());
    fs::remove_file(folder.join("a.tar")).unwrap();
}

#[test]
fn what_a_build_publishes_every_command_prints() {
    let folder = project(PROJECT);
    for command in COMMANDS.iter().chain([&["build"][..]].iter()) {
        let output = afterword(folder.path(), &[command, &["--edition", "public"][..]].concat());
        assert_eq!(output.status.code(), Some(0), "{command:?}: {output:?}");
        assert!(!output.stdout.is_empty(), "{command:?}");
    }
}

#[test]
fn what_a_build_refuses_no_command_prints() {
    let folder = project(PROJECT);
    let path = |file: &str| folder.path().join(file);
    let [settings, document, log] = ["site.toml", "content/postmortems/a.md", "content/postmortems/a.log"];
    // A search that was made of what was fit is not used for what is not.
    assert_eq!(asked(folder.path(), &["search", "failed"]).0, Some(0));
    for (file, from, to, place) in [
        (settings, "\"House\"", "\"House of Ada Kanary\"", "site.toml:2:19"),
        (document, "It failed. See", "By `Ada Kanary`. See", "content/postmortems/a.md:7:5"),
        (log, "it failed", "it failed for Ada Kanary", "content/postmortems/a.log:1:21"),
    ] {
        let before = fs::read_to_string(path(file)).unwrap();
        assert!(before.contains(from), "{file}");
        fs::write(path(file), before.replace(from, to)).unwrap();
        all_refuse(folder.path(), place);
        fs::write(path(file), before).unwrap();
        assert_eq!(asked(folder.path(), &["search", "failed"]).0, Some(0), "{file} is mended");
    }
}

#[test]
fn a_report_that_is_not_finished_is_no_reason_to_write_nothing_of_one_incident() {
    let folder = project(PROJECT);
    let settings = folder.path().join("site.toml");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, text.replace("unfinished-public-report = \"off\"", "")).unwrap();
    let statuses = COMMANDS.map(|command| asked(folder.path(), command).0);
    assert_eq!(statuses, [1, 1, 1, 1, 1, 0, 0].map(Some));
    assert_eq!(asked(folder.path(), &["build"]).0, Some(1));
}

#[test]
fn attachments_are_read_whatever_their_encoding_and_only_where_the_public_is_given_them() {
    let folder = project(PROJECT);
    let log = folder.path().join("content/postmortems/a.log");
    let found = || {
        let output = afterword(folder.path(), &["check", "--only", "name-in-public", "--format", "concise"]);
        String::from_utf8(output.stdout).unwrap()
    };
    let told = |place: &str, name: &str| format!("content/postmortems/a.log:{place}: error[name-in-public] `{name}` is named in public\n");
    assert_eq!(found(), "");
    fs::write(&log, "é\nby Ada Kanary, Ada Kanary\n").unwrap();
    assert_eq!(found(), told("2:4", "Ada Kanary"), "once for each person");
    let wide: Vec<u8> = "\u{feff}é by Ada Kanary".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(&log, wide).unwrap();
    assert_eq!(found(), told("1:6", "Ada Kanary"));
    fs::write(&log, b"caf\xe9 by A. Kanary").unwrap();
    assert_eq!(found(), told("1:9", "A. Kanary"));
    // What is no text is for `audit` to look through.
    fs::write(&log, b"\0\x01Ada Kanary").unwrap();
    assert_eq!(found(), "");
    assert_eq!(asked(folder.path(), &["build"]).0, Some(0));
    let audited = afterword(folder.path(), &["audit", "_site-public", "--format", "json"]);
    assert!(String::from_utf8(audited.stdout).unwrap().contains("\"Ada Kanary\""));
}

#[test]
fn the_preview_tells_of_settings_on_every_page() {
    let archive = PROJECT.replace("\"House\"", "\"House of Ada Kanary\"").replace("[rules]\n", "[rules]\nname-in-public = \"warning\"\n");
    let project = pipeline::from_archive(&archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let findings = pipeline::check_settings(&project, &understood, &[], jiff::civil::date(2026, 11, 21));
    let told: Vec<String> =
        findings.iter().map(|finding| format!("{} {} {}", finding.level.word(), finding.primary.path, finding.message)).collect();
    assert_eq!(told, ["warning site.toml `Ada Kanary` is named in public"]);
}
