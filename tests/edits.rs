//! An edit costs one document, and what is true of the whole is what it would be had everything been read anew.

use std::sync::Arc;

use afterword::edition::Edition;
use afterword::pipeline::{self, Memo, Project};
use afterword::site::{BuildInfo, Look, Route};
use afterword::source::{Role, SourceFile};

/// What is done to a text, and whether linking has to look at it.
type Edit = (&'static str, fn(&str) -> String);

const OF_PROSE: &[Edit] = &[
    ("a sentence at the end", |text| format!("{text}\nOne sentence more.\n")),
    ("a sentence that moves everything", |text| text.replacen("\n## ", "\n\nMore words, and nothing else.\n\n## ", 1)),
    ("another summary", |text| text.replacen("status: reviewed", "status: reviewed\nsummary: Told again", 1)),
    ("an action that is done", |text| text.replace("| open |", "| done |")),
];

const OF_MORE: &[Edit] = &[
    ("another title", |text| text.replacen("title: ", "title: Again ", 1)),
    ("another tag", |text| text.replacen("tags: [", "tags: [other, ", 1)),
    ("another service", |text| text.replacen("services: [", "services: [other, ", 1)),
    ("another cause", |text| text.replacen("root_causes:\n", "root_causes:\n  - {cause: software/time}\n", 1)),
    ("another day", |text| text.replacen("-03T", "-04T", 1)),
    ("another severity", |text| text.replacen("severity: sev1", "severity: sev4", 1)),
    ("another kind", |text| text.replacen("kind: outage", "kind: minor", 1)),
    ("another owner", |text| text.replacen("owner: ada", "owner: bo", 1)),
    ("another trigger", |text| text.replacen("trigger: config-push", "trigger: hardware", 1)),
    ("another id", |text| text.replacen("id: NW-", "id: ZZ-", 1)),
    ("another relation", |text| text.replacen("why: recurrence-of", "why: same-cause", 1)),
    ("a link", |text| format!("{text}\nSee [the other](2024-02-10-checkout-config.md#response).\n")),
    ("a heading", |text| format!("{text}\n## Response\n\nQuick.\n")),
    ("another heading", |text| text.replace("## Response", "## Reply")),
    ("a slug", |text| text.replacen("status: reviewed", "status: reviewed\nslug: elsewhere", 1)),
];

fn edited(project: &Project, path: &str, text: &str) -> Project {
    let mut project = project.clone();
    Arc::make_mut(&mut project.sources).insert(SourceFile::new(path.into(), Role::Document, text.as_bytes()));
    project
}

#[test]
fn what_is_kept_from_before_is_what_would_be_found() {
    let project = pipeline::from_archive(include_str!("knowledge/house.txt"));
    let mut memo = Memo::default();
    let before = pipeline::understand(&project, &mut memo).knowledge;
    let documents: Vec<(String, String)> =
        project.sources.documents().map(|file| (file.path.to_string(), file.text().unwrap().to_string())).collect();
    let (mut kept, mut made) = (0, 0);
    for (path, text) in &documents {
        for (what, edit) in OF_PROSE.iter().chain(OF_MORE) {
            let now = edited(&project, path, &edit(text));
            let found = pipeline::understand(&now, &mut memo).knowledge;
            let fresh = pipeline::understand(&now, &mut Memo::default()).knowledge;
            assert_eq!(found, fresh, "{path}: {what}");
            let back = pipeline::understand(&project, &mut memo).knowledge;
            assert_eq!(back, before, "{path}: {what}, and back");
            if OF_PROSE.iter().any(|(of_prose, _)| of_prose == what) {
                kept += 1;
                assert!(Arc::ptr_eq(&found, &back), "{path}: {what} costs no linking");
            } else if *fresh != *before {
                made += 1;
            }
        }
    }
    assert!(kept >= 30 && made >= 50, "{kept} edits of prose, {made} that change what is true of the whole");
}

#[test]
fn addresses_that_are_kept_are_those_that_would_be_given() {
    let project = pipeline::from_archive(include_str!("knowledge/house.txt"));
    let (look, _) = pipeline::look(&project);
    let look = Arc::new(look);
    let routes = |project: &Project, memo: &mut Memo, look: Arc<Look>| -> Vec<(String, Route)> {
        let understood = pipeline::understand(project, memo);
        let build = BuildInfo { today: jiff::civil::date(2026, 11, 21), base_url: None };
        let (site, _) = pipeline::site(project, &understood, look, Edition::default(), build);
        site.routes().map(|(url, route)| (url.to_owned(), *route)).collect()
    };
    let mut memo = Memo::default();
    let documents: Vec<(String, String)> =
        project.sources.documents().map(|file| (file.path.to_string(), file.text().unwrap().to_string())).collect();
    let of_patterns: Edit = ("what only a page on patterns tells", |text| format!("{text}\n## Where we got lucky\n\nThe disk held.\n"));
    let attached: Edit = ("a picture", |text| format!("{text}\n![A graph](graph.png)\n"));
    for (path, text) in &documents {
        for (what, edit) in OF_PROSE.iter().chain(OF_MORE).chain([&of_patterns, &attached]) {
            let now = edited(&project, path, &edit(text));
            let found = routes(&now, &mut memo, Arc::clone(&look));
            assert_eq!(found, routes(&now, &mut Memo::default(), Arc::new(pipeline::look(&now).0)), "{path}: {what}");
        }
    }
}

#[test]
fn a_document_that_goes_and_one_in_its_place_are_seen() {
    const HOUSE: &str = include_str!("knowledge/house.txt");
    let (kept, _) = HOUSE.rsplit_once("-- content/").unwrap();
    let mut memo = Memo::default();
    let before = pipeline::understand(&pipeline::from_archive(HOUSE), &mut memo).knowledge;
    for archive in [kept.to_owned(), HOUSE.replace("2026-06-11-search-slow.md", "2026-06-11-search-slower.md")] {
        let project = pipeline::from_archive(&archive);
        let found = pipeline::understand(&project, &mut memo).knowledge;
        assert_eq!(found, pipeline::understand(&project, &mut Memo::default()).knowledge);
        assert_ne!(found, before);
    }
}
