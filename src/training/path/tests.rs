//! Which paths there are, and what is on them.

use super::*;
use crate::knowledge::link;
use crate::model::AnyDocument;
use crate::parse::{Role, document};

/// The paths of a site with some postmortems, as `key: incidents`.
fn paths_of(postmortems: &[(&str, &str)], pages: &[(&str, &str)], today: &str) -> Vec<String> {
    let config = Config::default();
    let mut corpus = Corpus::default();
    for (list, role, folder) in [(postmortems, Role::Postmortem, "postmortems"), (pages, Role::Page, "training")] {
        for (name, metadata) in list {
            let path = format!("content/{folder}/{name}.md").as_str().into();
            match document(&path, &format!("---\n{metadata}\n---\n\nSome words.\n"), role, &config).document {
                AnyDocument::Postmortem(postmortem) => corpus.postmortems.push(postmortem),
                AnyDocument::Page(page) => corpus.pages.push(page),
            }
        }
    }
    let knowledge = link(&corpus, &config, &|_| false);
    let standings: Vec<Standing> = corpus.postmortems.iter().map(|postmortem| Standing::of(postmortem)).collect();
    let told = paths(&corpus, &standings, &knowledge, &config, today.parse().unwrap()).into_iter().map(|path| {
        let steps = path.steps.iter().map(|step| {
            let why = if step.why.is_empty() { String::new() } else { format!(" ({})", step.why) };
            format!("{}{why}", corpus.postmortems[step.incident].head.slug.value)
        });
        format!("{}: {}", path.key, steps.collect::<Vec<_>>().join(", "))
    });
    told.collect()
}

#[test]
fn an_authors_path_is_in_the_order_it_is_written() {
    let page = "title: Operations\ntraining:\n  reading:\n    - {incident: PM-2, why: First.}\n    - one\n    - gone";
    let found = paths_of(&[("one", "date: 2024-01-01"), ("two", "id: PM-2\ndate: 2025-01-01")], &[("operations", page)], "2026-06-01");
    assert_eq!(found, ["operations: two (First.), one"]);
}

#[test]
fn a_page_without_incidents_of_this_edition_is_no_path() {
    let page = "training: {reading: [gone]}";
    assert_eq!(paths_of(&[("one", "date: 2024-01-01")], &[("a", page), ("b", "training: {level: advanced}")], "2026-06-01"), [""; 0]);
}

#[test]
fn three_of_a_cause_are_a_path_and_drills_are_not_among_them() {
    let of = |date: &str, more: &str| format!("date: {date}\nroot_causes: [{{cause: change/config, note: N}}]\n{more}");
    let (a, b, c, d) = (of("2024-03-01", ""), of("2024-01-01", ""), of("2024-02-01", ""), of("2024-04-01", "kind: drill"));
    assert_eq!(paths_of(&[("a", &a), ("b", &b), ("d", &d)], &[], "2026-06-01"), [""; 0]);
    assert_eq!(paths_of(&[("a", &a), ("b", &b), ("c", &c), ("d", &d)], &[], "2026-06-01"), ["causes/change/config: b (N), c (N), a (N)"]);
}

#[test]
fn the_first_week_has_the_worst_of_each_frequent_cause() {
    let of = |cause: &str, severity: &str| format!("date: 2024-03-01\nroot_causes: [{cause}]\nseverity: {severity}");
    let documents = [
        ("a", of("change/config", "sev3")),
        ("b", of("change/config", "sev1")),
        ("c", of("capacity/saturation", "sev2")),
        ("d", of("change/code-defect", "sev4")),
    ];
    let documents: Vec<(&str, &str)> = documents.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let found = paths_of(&documents, &[], "2026-06-01");
    let week = found.iter().find(|path| path.starts_with("first-week")).unwrap();
    assert!(week.starts_with("first-week: b (") && week.contains("c (") && week.contains("d (") && !week.contains("a ("), "{week}");
}

#[test]
fn a_year_ago_is_the_month_of_a_year_ago() {
    let documents = [
        ("a", "date: 2025-06-30"),
        ("b", "date: 2025-06-01"),
        ("c", "date: 2025-07-01"),
        ("d", "date: 2024-06-10"),
        ("e", "date: 2025-06"),
    ];
    assert_eq!(paths_of(&documents, &[], "2026-06-15"), ["one-year-ago: b, a"]);
    assert_eq!(paths_of(&documents, &[], "2028-02-29"), [""; 0]);
}
