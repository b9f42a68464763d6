//! What pages say: every message is there and used.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use regex::Regex;

const ENGLISH: &str = include_str!("../themes/default/messages/en.ftl");

/// The names of the messages of a file.
fn ids(text: &str) -> BTreeSet<&str> {
    text.lines().filter(|line| !line.starts_with([' ', '#'])).filter_map(|line| line.split_once(" =")).map(|(id, _)| id).collect()
}

/// Files of the rooms that pages are made in, without their tests, and the templates.
fn sources() -> Vec<String> {
    let folder = |path: &str| walkdir::WalkDir::new(format!("{}/{path}", env!("CARGO_MANIFEST_DIR")));
    let files = ["src/render", "src/site", "src/theme", "themes/default/templates", "themes/default/assets/js"]
        .into_iter()
        .flat_map(folder)
        .map(Result::unwrap);
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
        // What scripts say: `tell('order', 'Order')`; numbers have plural forms.
        let told = id.strip_prefix("js-").map(|id| format!("'{}'", id.trim_end_matches("-one").trim_end_matches("-other")));
        // Names that are put together: `"actions-by-{id}"`.
        let parts: Vec<String> = id.match_indices('-').map(|(at, _)| format!("\"{}{{", &id[..=at])).collect();
        kinds.iter().any(|kind| id.starts_with(kind))
            || id.starts_with("js-theme-")
            || told.is_some_and(|told| sources.iter().any(|text| text.contains(&told)))
            || ENGLISH.contains(&by_another)
            || sources.iter().any(|text| text.contains(&literal) || parts.iter().any(|part| text.contains(part)))
    };
    assert_eq!(ids(ENGLISH).into_iter().filter(|id| !is_used(id)).collect::<Vec<_>>(), Vec::<&str>::new());
}

/// Settings, and an incident whose words are all Greek: whatever has Latin letters is the theme's.
const SITE: &str = "[site]\ntitle = \"Αρχείο\"\nlanguage = \"LANGUAGE\"\n[[severities]]\nid = \"sev1\"\nname = \"Β1\"\n";
const INCIDENT: &str = "---\ntitle: Διακοπή\nid: Δ-1\nseverity: sev1\nstarted_at: 2026-03-11T13:52Z\ndetected_at: 2026-03-11T14:02Z\nmitigated_at: \
                        2026-03-11T14:40Z\nresolved_at: 2026-03-11T17:02Z\nstatus: reviewed\nservices: [Πύλη]\ntags: [δίκτυο]\neffort_hours: 6.5\n\
                        detection:\n  by: monitoring\nupdates:\n  - at: 2026-03-11T14:10Z\n    text: Ερευνούμε.\n    next_by: 2026-03-11T14:20Z\n---\n\
                        Κάτι έγινε.\n\n## Χρόνος\n\nΤέλος.\n";

/// The pages of a site in `language`, with a file of messages for it if there is one: path and text.
fn pages(language: &str, messages: Option<String>) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("site.toml", &SITE.replace("LANGUAGE", language));
    write("content/postmortems/a.md", INCIDENT);
    if let Some(messages) = messages {
        write(&format!("themes/default/messages/{language}.ftl"), &messages);
    }
    let built = Command::new(env!("CARGO_BIN_EXE_afterword")).args(["build", "-q", "-C"]).arg(folder.path()).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let files = walkdir::WalkDir::new(folder.path().join("_site")).into_iter().map(Result::unwrap);
    let pages = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "html"));
    pages.map(|page| (page.path().display().to_string(), fs::read_to_string(page.path()).unwrap())).collect()
}

/// The page of the incident.
fn incident(pages: &[(String, String)]) -> &str {
    &pages.iter().find(|(path, _)| path.ends_with("incidents/a/index.html")).unwrap().1
}

/// The English messages, each within marks.
fn marked() -> String {
    let value = Regex::new(r"(?m)^([a-z][a-zA-Z0-9_-]* = | +\*?\[[a-z]+\] )(.*[^>\n])$").unwrap();
    let fixed = ["names-within-sentences", "thousands-mark", "decimal-mark"];
    let mark = |found: &regex::Captures<'_>| {
        if fixed.iter().any(|id| found[1].starts_with(id)) { found[0].to_owned() } else { format!("{}⟦{}⟧", &found[1], &found[2]) }
    };
    value.replace_all(ENGLISH, mark).into_owned()
}

#[test]
fn no_word_of_a_page_is_outside_the_messages() {
    let inner = Regex::new("⟦[^⟦⟧]*⟧").unwrap();
    let skipped = Regex::new("(?s)<(?:script|code|style)[^>]*>.*?</(?:script|code|style)>").unwrap();
    let said = Regex::new("<[^>]*>").unwrap();
    let attributes = Regex::new("(?:aria-label|title|alt|data-label|placeholder)=\"([^\"]*)\"").unwrap();
    // Names of formats and works, abbreviations, and questions, which are the vocabulary's.
    let names = r"SHA-256|Markdown|JSON|CSAF|Atom|CSV|(?:incidents|actions)\.csv|metrics\.json|\((?:TTD|TTM|TTR|TTC|TTA)\)|The VOID[^<.]*\.|Š\. Davidovič, [^.]*\.|NIST SP[^⟦]*|It took [^?]*\?";
    let names = Regex::new(names).unwrap();
    let mut outside = Vec::new();
    for (path, html) in pages("xx", Some(marked())) {
        let body = skipped.replace_all(html.split_once("<body>").unwrap().1, "").into_owned();
        let mut left = format!(
            "{} {}",
            said.replace_all(&body, ""),
            attributes.captures_iter(&body).map(|found| found[1].to_owned()).collect::<Vec<_>>().join(" ")
        );
        while inner.is_match(&left) {
            left = inner.replace_all(&left, "").into_owned();
        }
        let left = names.replace_all(&left, "");
        let words: Vec<&str> = left.split_whitespace().filter(|word| word.contains(|c: char| c.is_ascii_alphabetic())).collect();
        outside.extend((!words.is_empty()).then(|| format!("{path}: {words:?}")));
    }
    assert_eq!(outside, Vec::<String>::new());
}

#[test]
fn a_site_in_german_says_dates_and_durations_in_german() {
    let pages = pages("de", None);
    let page = incident(&pages);
    for told in [
        "<html lang=\"de\" data-root",
        "11. März 2026, 13:52 UTC",
        "3 h 10 min",
        "Zeit bis zur Entdeckung",
        "Zum Inhalt springen",
        "1 min Lesezeit",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
}

#[test]
fn a_site_in_arabic_is_written_from_right_to_left() {
    assert!(incident(&pages("ar", None)).contains("<html lang=\"ar\" dir=\"rtl\" data-root"));
}
