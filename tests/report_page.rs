//! How far a report is, as its page says it: at its head, in its updates and corrections.

#![expect(clippy::unwrap_used, reason = "a test panics when a page is not what it expects")]

mod site;

use afterword::render::{Body, render};
use site::site;

/// The words of the incident's page, a line for each element that holds some.
fn words(archive: &str) -> Vec<String> {
    words_of(archive, "incidents/a/")
}

/// The words of the main part of a page.
fn words_of(archive: &str, url: &str) -> Vec<String> {
    let site = site(archive);
    let Body::Bytes(bytes) = render(&site, site.route(url).unwrap()).unwrap().body else { panic!("a page is made") };
    let html = String::from_utf8(bytes.into_owned()).unwrap();
    let main = html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let mut lines = Vec::new();
    for line in main.lines() {
        let text: String = line.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
        lines.extend(Some(text.trim().to_owned()).filter(|text| !text.is_empty()));
    }
    lines
}

const REPORT: &str = "\
-- site.toml --
[deadlines.report]
full = 14
-- content/postmortems/a.md --
---
title: Payments failed
stage: preliminary
detected_at: 2025-12-10T14:09Z
next_update: 2025-12-31
updates:
  - {at: 2025-12-10T14:20Z, state: investigating, text: \"We <look> into it.\", next_by: 2025-12-10T14:40Z}
  - at: 2025-12-10T15:05Z
    state: Partly recovered
    text: |
      It was a certificate,
      and it is replaced.

      We are checking orders.
    next_by: 2025-12-10T17:00Z
  - {at: 2025-12-10T16:50Z, text: All are checked., next_by: 2026-02-01}
corrections:
  - {on: 2025-12-12, learned: 2025-12-11, said: 2 were affected., now: 3 were affected., why: We had not counted one.}
---

## Impact

Payments failed.
";

#[test]
fn a_report_says_how_far_it_is() {
    let words = words(REPORT);
    let head = words.iter().position(|line| line == "Impact").unwrap();
    let told = |text: &str| words.iter().any(|line| line == text);
    for notice in [
        "Ongoing This incident is not over. Its state is: partly recovered.",
        "Preliminary report What is known so far; some of it may turn out to be otherwise. The full report was due on 24 Dec 2025 and is late.",
        "Next update The next word was promised by 31 Dec 2025 and is late.",
        "Corrected This report was corrected on 12 Dec 2025. What changed",
    ] {
        assert!(words[..head].iter().any(|line| line == notice), "{notice}: {words:#?}");
    }
    for text in [
        "Preliminary report",
        "We &lt;look&gt; into it.",
        "Next update promised by 10 Dec 2025, 14:40 UTC: 25 min late",
        "It was a certificate, and it is replaced.",
        "We are checking orders.",
        "Next update promised by 10 Dec 2025, 17:00 UTC: kept",
        "Next update promised by 1 Feb 2026: still to come",
        "What we said2 were affected.",
        "What is true3 were affected.",
        "When we learned it11 Dec 2025",
        "WhyWe had not counted one.",
    ] {
        assert!(told(text), "{text}: {words:#?}");
    }
}

#[test]
fn a_report_that_is_whole_says_nothing_of_itself() {
    let words = words(
        "-- content/postmortems/a.md --\n---\ntitle: Payments failed\nresolved_at: 2025-12-10\nnext_update: n/a\n---\n\n## Impact\n\nNone.\n",
    );
    let head = words.iter().position(|line| line == "Impact").unwrap();
    assert!(words[..head].iter().all(|line| !line.contains("report") && !line.contains("update")), "{words:#?}");
}

#[test]
fn a_list_says_which_reports_are_not_whole() {
    let standing = |metadata: &str| {
        let archive = format!("-- content/postmortems/a.md --\n---\ntitle: Payments failed\n{metadata}---\n");
        words_of(&archive, "incidents/").into_iter().find(|line| ["Ongoing", "Preliminary report", "In review"].contains(&line.as_str()))
    };
    assert_eq!(standing("stage: preliminary\nstatus: in-review\n").as_deref(), Some("Ongoing"));
    assert_eq!(standing("stage: preliminary\nresolved_at: 2025-12-10\n").as_deref(), Some("Preliminary report"));
    assert_eq!(standing("status: in-review\nresolved_at: 2025-12-10\n").as_deref(), Some("In review"));
    assert_eq!(standing("stage: full\nresolved_at: 2025-12-10\n"), None);
}
