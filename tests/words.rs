//! What pages say: every message is there and used.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

use std::collections::BTreeSet;
use std::fs;

use regex::Regex;

const ENGLISH: &str = include_str!("../themes/default/messages/en.ftl");

/// The names of the messages of a file.
fn ids(text: &str) -> BTreeSet<&str> {
    text.lines().filter(|line| !line.starts_with([' ', '#'])).filter_map(|line| line.split_once(" =")).map(|(id, _)| id).collect()
}

/// Files of the rooms that pages are made in, without their tests, and the templates.
fn sources() -> Vec<String> {
    let folder = |path: &str| walkdir::WalkDir::new(format!("{}/{path}", env!("CARGO_MANIFEST_DIR")));
    let files = ["src/render", "src/site", "src/theme", "themes/default/templates"].into_iter().flat_map(folder).map(Result::unwrap);
    let files = files.filter(|file| file.file_type().is_file() && !file.path().ends_with("tests.rs"));
    files.map(|file| fs::read_to_string(file.path()).unwrap()).collect()
}

#[test]
fn every_message_that_is_asked_for_is_there() {
    let asked = Regex::new(r#"(?:words(?:\(\))?[ \n]*\.(?:get|with|count)|[^a-z_]t)\([ \n]*"([a-zA-Z0-9_-]+)""#).unwrap();
    let (known, sources) = (ids(ENGLISH), sources());
    let asked: BTreeSet<&str> =
        sources.iter().flat_map(|text| asked.captures_iter(text)).map(|found| found.get(1).unwrap().as_str()).collect();
    assert!(asked.len() > 300, "{}", asked.len());
    assert_eq!(asked.difference(&known).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn every_message_is_asked_for() {
    let sources = sources();
    let labelled = sources.iter().find(|text| text.contains("labelled! {")).unwrap();
    let kinds: Vec<String> = Regex::new(r#"    [A-Za-z]+ "([a-z-]+)", (?:word|key);"#)
        .unwrap()
        .captures_iter(labelled)
        .map(|found| format!("{}-", found.get(1).unwrap().as_str()))
        .collect();
    let is_used = |id: &str| {
        let (literal, by_another) = (format!("\"{id}\""), format!("{{ {id} }}"));
        // Names that are put together: `"actions-by-{id}"`.
        let parts: Vec<String> = id.match_indices('-').map(|(at, _)| format!("\"{}{{", &id[..=at])).collect();
        kinds.iter().any(|kind| id.starts_with(kind))
            || ENGLISH.contains(&by_another)
            || sources.iter().any(|text| text.contains(&literal) || parts.iter().any(|part| text.contains(part)))
    };
    assert_eq!(ids(ENGLISH).into_iter().filter(|id| !is_used(id)).collect::<Vec<_>>(), Vec::<&str>::new());
}
