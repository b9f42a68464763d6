//! The pages on what repeats, and what relates incidents, over whole sites: what holds of all of them.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod site;

use std::fs;
use std::sync::Arc;

use afterword::edition::Edition;
use afterword::knowledge::Reason;
use afterword::pipeline::{self, Memo};
use afterword::render::{Body, render};
use afterword::site::{BuildInfo, Pattern, Route, Site};
use site::site;

/// Every archive of the tests on sites and on what the whole can tell: its name and its text without what is expected of it.
fn archives() -> Vec<(String, String)> {
    let folders = ["tests/sites", "tests/knowledge"];
    let mut paths: Vec<_> = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path())).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        let end = text.find("\n-- expected/").map_or(text.len(), |at| at + 1);
        (path.display().to_string(), text[..end].to_owned())
    };
    paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt")).map(read).collect()
}

fn bytes(site: &Site, route: Route) -> Vec<u8> {
    match render(site, route).unwrap().body {
        Body::Bytes(bytes) => bytes.into_owned(),
        Body::File(_) => Vec::new(),
    }
}

#[test]
fn a_page_is_there_exactly_if_it_has_something_to_say() {
    let mut pages = 0;
    for (name, archive) in archives() {
        let site = site(&archive);
        for pattern in Pattern::ALL {
            let page = String::from_utf8(bytes(&site, Route::Pattern(pattern))).unwrap();
            let is_there = site.has(Route::Pattern(pattern));
            assert_eq!(is_there, page.contains("<section class=\"pattern-block\">"), "{name}: {pattern:?}");
            pages += usize::from(is_there);
        }
    }
    assert!(pages > 25, "{pages}");
}

/// The page of a route in a made-up house.
fn page(archive: &str, route: Route) -> String {
    String::from_utf8(bytes(&site(archive), route)).unwrap()
}

#[test]
fn a_figure_that_counts_more_than_incidents_says_so() {
    let house = include_str!("knowledge/house.txt");
    let metrics = page(house, Route::Metrics);
    assert!(metrics.contains("Counted apart, and in no figure here but those on action items: 1 near miss and 1 drill."), "{metrics}");
    assert!(metrics.contains("12 action items, 1 of them not from incidents:"), "{metrics}");
    let response = page(house, Route::Pattern(Pattern::Response));
    assert!(response.contains("22 events in 5 timelines (4 of incidents, 1 of drills), by the type"), "{response}");
    // A drill by a plan is no incident that was handled by it.
    let drilled = house.replace("kind: drill\n", "kind: drill\nplan_used: Checkout response plan\n");
    let plans = page(&drilled, Route::Pattern(Pattern::Plans));
    let row = plans.split("<tr>").find(|row| row.contains("Checkout response plan")).unwrap();
    assert!(row.contains(">1</td>") && !row.contains(">2</td>"), "{row}");
    let response = page(&drilled, Route::Pattern(Pattern::Response));
    assert!(response.contains("Response plans that incidents and drills say were used."), "{response}");
}

#[test]
fn the_share_of_recurrences_is_that_of_the_metrics() {
    let told = "root_causes: [change/config]\nservices: [a]\n---\n\n## Summary\n\nText.\n";
    let archive = format!(
        "-- site.toml --\n-- content/postmortems/a.md --\n---\nid: A-1\nkind: near-miss\nstarted_at: 2025-01-01\n{told}\
         -- content/postmortems/b.md --\n---\nid: A-2\nstarted_at: 2025-02-01\nrelated: [{{id: A-1, why: recurrence-of}}]\n{told}\
         -- content/postmortems/c.md --\n---\nid: A-3\nstarted_at: 2025-03-01\n{told}"
    );
    let recurrences = page(&archive, Route::Pattern(Pattern::Recurrences));
    assert!(recurrences.contains("1 of 2 incidents had happened before"), "{recurrences}");
    let metrics = page(&archive, Route::Metrics);
    assert!(metrics.contains("In 1 of 2 the same cause had struck the same service before"), "{metrics}");
}

#[test]
fn phases_say_what_is_known_within_bounds_and_what_is_not_shown() {
    let metrics = page(include_str!("knowledge/house.txt"), Route::Metrics);
    assert!(metrics.contains("Of 1 incident an end is known within bounds only, and its phases are drawn to the earliest."), "{metrics}");
    let one = |n: usize| {
        let hours = ["started_at", "detected_at", "mitigated_at"].iter().zip(10..);
        let times = hours.map(|(key, hour)| format!("{key}: 2025-01-01T{hour}:00Z\n")).collect::<Vec<_>>().concat();
        format!("-- content/postmortems/{n}.md --\n---\nid: A-{n}\n{times}---\n\n## Summary\n\nText.\n")
    };
    let many = (0..230).map(one).collect::<Vec<_>>().concat();
    let metrics = page(&format!("-- site.toml --\n{many}"), Route::Metrics);
    assert!(metrics.contains("Where the time went") && !metrics.contains("of which no two phases are known"), "{metrics}");
}

#[test]
fn what_was_given_up_is_not_still_open() {
    let house = include_str!("knowledge/house.txt");
    for route in [Route::Metrics, Route::Actions] {
        let page = page(house, route);
        assert!(page.contains("3 done, 4 still open or given up;"), "{page}");
        assert!(page.contains("still open when last looked at, or given up"), "{page}");
    }
}

#[test]
fn whoever_did_not_agree_is_named_nowhere() {
    for (archive, agreed, never) in [
        ("tests/sites/plans.txt", "Mira Fenn", ["Unnamed Wren", "Silent Stork", "Plain Plover"].as_slice()),
        ("tests/knowledge/house.txt", "Mira Fenn", &["Unnamed Wren"]),
    ] {
        let (_, archive) = archives().into_iter().find(|(name, _)| name == archive).unwrap();
        let site = site(&archive);
        let search = site.search_routes().map(|(url, route)| (url.to_owned(), route));
        let routes: Vec<_> = site.routes().map(|(url, route)| (url.to_owned(), *route)).chain(search).collect();
        let mut is_named = false;
        for (url, route) in routes {
            let mut bytes = bytes(&site, route);
            if bytes.starts_with(&[0x1f, 0x8b]) {
                let mut plain = Vec::new();
                std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(bytes.as_slice()), &mut plain).unwrap();
                bytes = plain;
            }
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            is_named |= text.contains(&agreed.to_lowercase());
            for name in never.iter().flat_map(|name| [(*name).to_lowercase(), name.split(' ').next_back().unwrap().to_lowercase()]) {
                assert!(!text.contains(&name), "{name} in {url}");
            }
        }
        assert!(is_named);
    }
}

/// Postmortems of words, causes, services, tags and relations drawn by a fixed generator (xorshift, Marsaglia 2003).
fn drawn(count: usize) -> String {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut draw = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % (below as u64)).unwrap()
    };
    let causes = ["change/config", "change/rollout-plan", "process/review-gap", "software/concurrency", "capacity/saturation"];
    let whys = ["same-cause", "same-service", "caused-by", "duplicate-of", "recurrence-of", "drill-of"];
    let syllables = ["ba", "ce", "di", "fo", "gu", "ha", "ke"];
    let mut parts = vec!["-- site.toml --\n[site]\ntitle = \"Drawn\"\n".to_owned()];
    for n in 0..count {
        parts.push(format!("-- content/postmortems/p{n}.md --\n---\nid: P-{n}\ntitle: Number {n}\n"));
        parts.push(format!("started_at: {}-0{}-1{}\n", 2018 + draw(6), 1 + draw(9), draw(9)));
        if draw(3) == 0 {
            parts.push(format!("root_causes: [{}]\nservices: [s{}]\n", causes[draw(5)], draw(20)));
        }
        if draw(3) == 0 {
            parts.push(format!("tags: [t{}, t{}]\n", draw(12), draw(12)));
        }
        if draw(8) == 0 {
            parts.push(format!("related: [{{id: P-{}, why: {}}}, P-{}]\n", draw(count), whys[draw(6)], draw(count)));
        }
        parts.push("---\n\n## Summary\n\n".to_owned());
        parts.extend((0..30).map(|_| format!("{}{}{}q ", syllables[draw(7)], syllables[draw(7)], syllables[draw(7)])));
        parts.push("\n".to_owned());
    }
    parts.concat()
}

#[test]
fn one_is_related_to_another_exactly_if_that_is_to_it_and_for_the_same_reasons() {
    let seen_from_there = |reason: &Reason| match reason.clone() {
        Reason::Stated(why) => Reason::StatedThere(why),
        Reason::StatedThere(why) => Reason::Stated(why),
        Reason::Before => Reason::Again,
        Reason::Again => Reason::Before,
        same => same,
    };
    let mut alike = 0;
    for (name, archive) in archives().into_iter().chain([("drawn".to_owned(), drawn(250))]) {
        let site = site(&archive);
        let count = site.corpus().postmortems.len();
        let all: Vec<_> = (0..count).map(|n| site.related(n, usize::MAX)).collect();
        for (n, relations) in all.iter().enumerate() {
            for relation in relations {
                assert!(relation.other != n && !relation.reasons.is_empty(), "{name}: {n}");
                let back = all[relation.other].iter().find(|back| back.other == n);
                let back = back
                    .unwrap_or_else(|| panic!("{name}: {n} is related to {}, which does not know: {:?}", relation.other, relation.reasons));
                let mut mirrored: Vec<_> = relation.reasons.iter().map(seen_from_there).collect();
                mirrored.sort();
                assert_eq!(back.reasons, mirrored, "{name}: {n} and {}", relation.other);
                alike += usize::from(matches!(relation.reasons[0], Reason::SimilarText(_)));
            }
        }
    }
    assert!(alike > 50, "{alike}");
}

#[test]
fn texts_are_read_once_whatever_is_edited_and_it_changes_nothing() {
    let archive = drawn(120);
    let edited = archive.replace("title: Number 7\n", "title: Number seven\nsummary: aaaq bbbq cccq\n");
    let related = |site: &Site| (0..120).map(|n| site.related(n, 6)).collect::<Vec<_>>();
    let build = BuildInfo { today: jiff::civil::date(2026, 1, 1), base_url: None };
    let (mut memo, edition) = (Memo::default(), Edition::default());
    let project = pipeline::from_archive(&archive);
    let look = Arc::new(pipeline::look(&project).0);
    for text in [&archive, &edited, &archive] {
        let project = pipeline::from_archive(text);
        let understood = pipeline::understand(&project, &mut memo);
        let again = pipeline::site(&project, &understood, Arc::clone(&look), edition, build.clone()).0;
        assert_eq!(related(&again), related(&site(text)));
    }
}
