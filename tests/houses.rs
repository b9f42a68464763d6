//! The templates that houses publish, as their built-in profiles read them.
//!
//! `tests/houses/<house>.txt` is a project whose documents have the headings, labels and columns of the house's template and none of its
//! prose. As they are they lack no section and say nothing; with an answer in every place, or with `n/a: reason` in each, they are whole.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use afterword::config::Config;
use afterword::diagnostic::{Diagnostic, Level};
use afterword::markdown::text::plain_text;
use afterword::pipeline::{self, Memo};

/// Each house, and the headings and labels of its template that are no canonical section.
const HOUSES: &[(&str, &str)] = &[
    ("google-sre", "Date|Authors|Status"),
    ("pagerduty", "Responders|How'd We Do?"),
    ("atlassian", "Backlog check"),
    ("gitlab", "Post Incident Analysis|Guidelines|Metrics"),
    ("seal", "Metadata|Users|Reputation|Meeting Notes"),
    ("ccadb", "Additional"),
    ("wikimedia", "Scorecard"),
];

fn template(house: &str) -> String {
    fs::read_to_string(format!("tests/houses/{house}.txt")).unwrap()
}

fn findings(archive: &str) -> Vec<Diagnostic> {
    let project = pipeline::from_archive(archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    pipeline::check(&project, &understood, &[], jiff::civil::date(2026, 1, 1))
}

/// The findings as one line each.
fn told(findings: &[Diagnostic]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| format!("{}: {} [{}] {}", finding.primary.path, finding.level.word(), finding.rule, finding.message))
        .collect()
}

/// The titles of the sections that are said to say nothing, by document.
fn empty(findings: &[Diagnostic]) -> BTreeMap<String, BTreeSet<String>> {
    let mut empty: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.rule.0 == "empty-section" && finding.level == Level::Error) {
        let title = finding.message.split('`').nth(1).unwrap().to_owned();
        empty.entry(finding.primary.path.to_string()).or_default().insert(title);
    }
    empty
}

/// The usual headings of the sections that a profile requires.
fn required(profile: &str) -> BTreeSet<String> {
    let config = Config::default();
    config.profiles[profile].required.iter().map(|key| config.section(key).unwrap().title.clone()).collect()
}

/// What stands in a column of the filled form; a sentence in all others.
const CELLS: &[(&str, &str)] = &[
    ("time", "2026-03-17 10:00"),
    ("date", "2026-04-01"),
    ("deadline", "2026-04-01"),
    ("status", "ongoing"),
    ("kind", "prevent"),
    ("type", "prevent"),
    ("owner", "ada"),
];

/// How the places of a form are filled in.
struct Answers<'a> {
    /// Under headings and behind labels.
    words: &'a str,
    /// Whether tables get rows.
    rows: bool,
}

/// A template with an answer in every place: under each heading, behind each label, in each blank cell.
fn answered(template: &str, answers: &Answers<'_>) -> String {
    let lines: Vec<&str> = template.lines().collect();
    let mut columns: Vec<String> = Vec::new();
    let mut text: Vec<String> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1).copied().unwrap_or_default();
        let is_open = line.ends_with(":**") || line.ends_with(':') || line.trim_end_matches('.').parse::<u8>().is_ok();
        if line.starts_with('|') && is_delimiter(next) {
            columns = cells(line).map(str::to_lowercase).collect();
        }
        text.push(match line {
            _ if line.starts_with('|') && !answers.rows => (*line).to_owned(),
            _ if is_delimiter(line) && !next.starts_with('|') => format!("{line}\n{}", filled_row("", &columns, answers.words)),
            _ if line.starts_with('|') && !is_delimiter(line) && !is_delimiter(next) => filled_row(line, &columns, answers.words),
            _ if line.starts_with("##") => format!("{line}\n\n{}", answers.words),
            _ if is_open => format!("{line} {}", answers.words),
            _ => (*line).to_owned(),
        });
    }
    text.join("\n") + "\n"
}

/// Whether a line stands between the head of a table and its rows.
fn is_delimiter(line: &str) -> bool {
    line.starts_with('|') && line.contains('-') && line.chars().all(|c| "|- ".contains(c))
}

fn cells(row: &str) -> impl Iterator<Item = &str> {
    row.trim().trim_matches('|').split('|').map(str::trim)
}

/// A row whose blank cells, and those that begin with a question mark, are filled by their column.
fn filled_row(row: &str, columns: &[String], words: &str) -> String {
    let answer = |column: &String| CELLS.iter().find(|(word, _)| column.contains(word)).map_or(words, |(_, answer)| answer);
    let given: Vec<&str> = cells(row).collect();
    let filled = columns.iter().enumerate().map(|(at, column)| match given.get(at).copied().unwrap_or_default() {
        cell if cell.is_empty() || cell.starts_with('?') => answer(column),
        cell => cell,
    });
    format!("| {} |", filled.collect::<Vec<_>>().join(" | "))
}

#[test]
fn every_house_has_a_template_and_a_profile() {
    let mut templates: Vec<String> =
        fs::read_dir("tests/houses").unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    templates.sort();
    let mut houses: Vec<String> = HOUSES.iter().map(|(house, _)| format!("{house}.txt")).collect();
    houses.sort();
    assert_eq!(templates, houses);
    assert!(HOUSES.iter().all(|(house, _)| Config::default().profiles.contains_key(*house)));
}

#[test]
fn a_template_lacks_no_section_of_its_house() {
    for (house, expected) in HOUSES {
        let template = template(house);
        let found = told(&findings(&template));
        assert!(!found.iter().any(|finding| finding.contains("[missing-section]")), "{house}: {found:#?}");
        let project = pipeline::from_archive(&template);
        let understood = pipeline::understand(&project, &mut Memo::default());
        let sections = understood.corpus.postmortems.iter().flat_map(|postmortem| &postmortem.body.sections);
        let unnamed: BTreeSet<String> =
            sections.filter(|section| section.key.is_none()).map(|section| plain_text(&section.title)).collect();
        assert_eq!(unnamed, expected.split('|').map(str::to_owned).collect(), "{house}");
    }
}

#[test]
fn a_template_left_as_it_is_says_nothing() {
    for (house, _) in HOUSES {
        let template = template(house);
        let documents = template.matches("-- content/").count();
        let empty = empty(&findings(&template));
        assert_eq!(empty.len(), documents, "{house}: {empty:?}");
        for (path, titles) in empty {
            assert_eq!(titles, required(house), "{house}: {path}");
        }
    }
}

#[test]
fn a_template_that_is_filled_in_has_no_error() {
    for (house, _) in HOUSES {
        let filled = answered(&template(house), &Answers { words: "The pool was too small.", rows: true });
        let errors: Vec<_> = findings(&filled).into_iter().filter(|finding| finding.level == Level::Error).collect();
        assert!(errors.is_empty(), "{house}: {:#?}\n{filled}", told(&errors));
    }
}

#[test]
fn not_applicable_with_a_reason_is_an_answer_everywhere() {
    for (house, _) in HOUSES {
        let filled = answered(&template(house), &Answers { words: "n/a: it did not apply here", rows: false });
        let found = told(&findings(&filled));
        assert!(
            !found.iter().any(|finding| finding.contains("[missing-section]") || finding.contains("[empty-section]")),
            "{house}: {found:#?}"
        );
        let bare = answered(&template(house), &Answers { words: "n/a", rows: false });
        for (path, titles) in empty(&findings(&bare)) {
            assert_eq!(titles, required(house), "{house}: {path}: `n/a` alone is none");
        }
    }
}

#[test]
fn a_site_may_keep_to_a_house_for_one_kind() {
    let site = "-- site.toml --\n[profiles.outage]\nextends = \"gitlab\"\nfields = [\"severity\"]\n";
    let document = "-- content/postmortems/a.md --\n---\nkind: outage\n---\n# Checkout failed\n\n## Impact\n\nAll.\n\n## 5 Whys\n\nOne.\n";
    assert_eq!(
        told(&findings(&format!("{site}{document}"))),
        [
            "content/postmortems/a.md: error [missing-field] the field `severity` is missing",
            "content/postmortems/a.md: error [missing-section] the section `Response` is missing",
        ]
    );
}

#[test]
fn the_ccadb_lets_no_placeholder_pass() {
    let template = answered(&template("ccadb"), &Answers { words: "The pool was too small, TBD.", rows: true });
    let findings = findings(&template);
    let errors: BTreeSet<_> = findings.iter().filter(|finding| finding.level == Level::Error).map(|finding| finding.rule.0).collect();
    assert_eq!(errors, BTreeSet::from(["leftover-placeholder"]));
}

/// The templates that real folders ship beside their postmortems, and the sections of an outage in them, all without an answer.
const SHIPPED: &[(&str, &str)] = &[
    ("learningequality-postmortems/TEMPLATE.md", "Summary|What happened|Root cause|Resolution|Action items"),
    ("univaf-incidents/template.md", "Summary|Timeline|What went well|What went wrong|Lessons learned"),
    ("posthog-post-mortems/investigations/template.md", "Timeline|Root cause|Detection|Response|Resolution|Action items"),
    ("dfds-postmortems/PMyyyy-nnn - Postmortem template.md", "Summary|Timeline|Root cause|Action items|Lessons learned"),
];

#[test]
fn the_prompts_of_a_template_are_no_answers() {
    let Some(corpora) = std::env::var_os("AFTERWORD_CORPORA").map(PathBuf::from) else {
        println!("skipped: AFTERWORD_CORPORA is not set");
        return;
    };
    let asked = required("outage");
    for (path, expected) in SHIPPED {
        let template = fs::read_to_string(corpora.join(path)).unwrap();
        let found = findings(&format!("-- site.toml --\n[content]\nprofile = \"outage\"\n-- content/postmortems/a.md --\n{template}"));
        let empty = empty(&found).into_values().next().unwrap_or_default();
        let expected: BTreeSet<String> = expected.split('|').map(str::to_owned).filter(|title| asked.contains(title)).collect();
        assert_eq!(empty, expected, "{path}: {:#?}", told(&found));
    }
}
