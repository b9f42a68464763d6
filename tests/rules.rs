//! Every rule on small projects, each written into one file: what is bad is found, what is good is left alone.
//!
//! `tests/rules/<rule>/<case>.txt` holds a project (`-- path --` before each file) and, after `-- expected --`, every finding in it in the
//! concise format. A case whose name begins with `bad` has a finding of its rule; one that begins with `good` has none of any.
//! `UPDATE=1 cargo test` writes down what is found; a person reads the difference.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "the cases are files, and a test fails where it cannot read them")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use afterword::check::RULES;
use afterword::edition::{Drafts, Edition};
use afterword::pipeline::{self, Memo};
use afterword::report::{self, Format, Style};
use afterword::site::BuildInfo;

/// Rules of which no case can be written as text: bytes that are not UTF-8, and what only the command line reads (`tests/cli.rs`,
/// `tests/evidence.rs`, `tests/history.rs`).
const WITHOUT_CASES: [&str; 4] = ["altered-evidence", "incomplete-history", "stale-baseline", "unreadable-file"];

const CASES: &str = "tests/rules";
const EXPECTED: &str = "-- expected --\n";

#[test]
fn what_is_bad_is_found_and_what_is_good_is_left_alone() {
    let wrong: Vec<String> = names_in(CASES).iter().flat_map(|rule| wrong_cases(rule)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_bad_and_a_good_case() {
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.name.to_string()).collect();
    let with_cases: BTreeSet<String> = names_in(CASES).into_iter().chain(WITHOUT_CASES.map(str::to_owned)).collect();
    assert_eq!(with_cases, rules);
    for rule in names_in(CASES) {
        let cases = names_in(format!("{CASES}/{rule}"));
        assert!(["bad", "good"].iter().all(|kind| cases.iter().any(|case| case.starts_with(kind))), "{rule}: {cases:?}");
    }
}

/// The cases of a rule that do not give what they expect, or are not what their name says.
fn wrong_cases(rule: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for case in names_in(format!("{CASES}/{rule}")) {
        let path = format!("{CASES}/{rule}/{case}");
        let text = fs::read_to_string(&path).unwrap();
        let (project, expected) = text.split_once(EXPECTED).unwrap_or_else(|| panic!("{path} expects nothing"));
        let found = findings(project);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, format!("{project}{EXPECTED}{found}")).unwrap();
        } else if found != expected {
            wrong.push(format!("{path}\n--- expected\n{expected}--- found\n{found}"));
        }
        if case.starts_with("bad") != found.contains(&format!("[{rule}] ")) || case.starts_with("good") != found.is_empty() {
            wrong.push(format!("{path} is not what its name says\n{found}"));
        }
    }
    wrong
}

/// Everything that is found in a project, drafts and the laying out of the site included.
fn findings(archive: &str) -> String {
    let project = pipeline::from_archive(archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let (look, mut further) = pipeline::look(&project);
    let build = BuildInfo { today: jiff::civil::date(2026, 1, 1), base_url: None };
    let (_, collisions) =
        pipeline::site(&project, &understood, Arc::new(look), Edition { drafts: Drafts::Shown, ..Edition::default() }, build);
    further.extend(collisions);
    let findings = pipeline::check(&project, &understood, &further, jiff::civil::date(2026, 1, 1));
    report::write(Format::Concise, &findings, &|path| project.text(path), Style::default())
}

fn names_in(folder: impl AsRef<Path>) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
