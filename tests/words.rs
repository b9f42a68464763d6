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
    // Those of words that authors choose: `words.named("kind", …)`.
    let named = Regex::new(r#"words\.named\("([a-z]+)""#).unwrap();
    let named: BTreeSet<String> =
        sources.iter().flat_map(|text| named.captures_iter(text)).map(|found| format!("{}-", &found[1])).collect();
    let is_used = |id: &str| {
        let (literal, by_another) = (format!("\"{id}\""), format!("{{ {id} }}"));
        // What scripts say: `tell('order', 'Order')`; numbers have plural forms.
        let told = id.strip_prefix("js-").map(|id| format!("'{}'", id.trim_end_matches("-one").trim_end_matches("-other")));
        // Names that are put together: `"actions-by-{id}"`.
        let parts: Vec<String> = id.match_indices('-').map(|(at, _)| format!("\"{}{{", &id[..=at])).collect();
        kinds.iter().chain(&named).any(|kind| id.starts_with(kind.as_str()))
            || id.starts_with("js-theme-")
            || told.is_some_and(|told| sources.iter().any(|text| text.contains(&told)))
            || ENGLISH.contains(&by_another)
            || sources.iter().any(|text| text.contains(&literal) || parts.iter().any(|part| text.contains(part)))
    };
    assert_eq!(ids(ENGLISH).into_iter().filter(|id| !is_used(id)).collect::<Vec<_>>(), Vec::<&str>::new());
}

/// Settings, and documents whose words are all Greek: whatever has Latin letters is the theme's.
const SITE: &str = "
[site]
title = 'Αρχείο'
language = 'LANGUAGE'
edit_url = 'https://git.example/{path}'
[[severities]]
id = 'sev1'
name = 'Β1'
[sections.timeline]
aliases = ['Χρόνος']
[sections.actions]
aliases = ['Έργα']
[sections.lucky]
aliases = ['Τύχη']
[training]
prompt = 'Τώρα τι;'
[[training.debrief]]
topic = 'Ομάδα'
questions = ['Ποιος;']
[[training.roles]]
name = 'Οδηγός'
task = 'Διαβάζει.'
";
const INCIDENT: &str = "---
title: Διακοπή
id: Δ-1
kind: outage
severity: sev1
started_at: 2026-03-11T13:52Z
detected_at: 2026-03-11T14:02Z
mitigated_at: 2026-03-11T14:40Z
resolved_at: 2026-03-11T17:02Z
status: reviewed
services: [Πύλη]
tags: [δίκτυο]
effort_hours: 6.5
detection:
  by: monitoring
updates:
  - at: 2026-03-11T14:10Z
    text: Ερευνούμε.
    next_by: 2026-03-11T14:20Z
corrections:
  - {on: 2026-03-12, said: Δέκα., now: Είκοσι.}
impact: {users: πολλοί, data: 'όχι'}
funds:
  - {asset: Ω, amount: ~1200, state: lost}
contracts:
  - {chain: αλυσίδα, address: '0', name: Θήκη, state: impacted}
evidence:
  - {id: Α, collected_at: 2026-03-11T15:00Z, collected_by: Β, note: Καταγραφή}
related: [{id: Δ-2, why: same-cause}]
training:
  level: introductory
  minutes: 45
  objectives: [Βλέπω]
  drill:
    title: Άσκηση
    briefing: Είσαι εδώ.
    prompts: [{before: '14:40', ask: Τώρα;, hints: [Ένα, Δύο]}]
---

Κάτι έγινε.[^α] Και πάλι.[^α]

> [!WARNING]
> Προσοχή.

- [x] Ένα
- [ ] Δύο

| Α | Β | Γ | Δ |
|---|--:|---|---|
| 1 | 2 | 3 | 4 |

## Χρόνος

- 2026-03-11 13:52 [started] Αρχή
- 14:02 [detected] Είδαμε
- 14:20 [decision] Πίσω.
- 14:40 [mitigate] Καλύτερα
- 17:02 [resolved] Τέλος

## Τύχη

Ήταν μέρα.

## Έργα

| Action | Owner | Due | Status | Kind |
|---|---|---|---|---|
| Πρώτο | Ομάδα | 2026-03-20 | open | prevent |
| Δεύτερο | Ομάδα | 2026-03-20 | done | detect |

[^α]: Πηγή.
";
const SECOND: &str = "---
title: Δεύτερη διακοπή
id: Δ-2
kind: drill
date: 2025-03-05
services: [Πύλη]
tags: [δίκτυο]
---

Άσκηση.
";
const PATH: &str = "---
title: Διαδρομή
training:
  level: advanced
  audience: όλοι
  objectives: [Βλέπω]
  reading: [{incident: Δ-1, why: Πρώτη}, Δ-2]
  questions: [Τι;]
---

Διάβασε.
";

/// The pages of a site in `language`, with a file of messages for it if there is one: path and text.
fn pages(language: &str, messages: Option<String>) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("site.toml", &SITE.replace("LANGUAGE", language));
    for (path, text) in [("postmortems/a.md", INCIDENT), ("postmortems/b.md", SECOND), ("training/path.md", PATH)] {
        write(&format!("content/{path}"), text);
    }
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
    // Names of formats and works, and abbreviations.
    let names = r"SHA-256|Markdown|JSON|CSAF|Atom|CSV|(?:incidents|actions)\.csv|metrics\.json|\((?:TTD|TTM|TTR|TTC|TTA)\)|The VOID[^<.]*\.|Š\. Davidovič, [^.]*\.|NIST SP[^⟦]*";
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
