//! What a site teaches: its reading paths, questions and takeaways, edition by edition.

#![expect(clippy::unwrap_used, reason = "a test panics when things are not what it made")]

use std::sync::Arc;

use afterword::edition::{Audience, Drafts, Edition};
use afterword::pipeline::{self, Memo};
use afterword::render::{Body, render};
use afterword::site::{BuildInfo, Site};

const ARCHIVE: &str = r"-- site.toml --
[site]
title = 'House'

[editions.public]

[[training.of_the_month]]
month = '2026-02'
incident = 'PM-1'
why = 'It is short.'

[[training.of_the_month]]
month = '2026-03'
incident = 'PM-2'
why = 'Nobody outside reads it.'
-- content/training/retries.md --
---
title: Retries & what they cost
visibility: public
training:
  level: introductory
  audience: people new to on-call
  objectives: [Know a retry when they see one]
  questions: ['What <retries> here?']
  reading:
    - {incident: PM-2, why: The first.}
    - {incident: PM-1, why: The second., questions: [Why again?]}
---

Two incidents.
-- content/postmortems/one.md --
---
id: PM-1
title: Orders were confirmed twice
visibility: public
severity: sev2
started_at: 2025-03-01T09:00Z
detected_at: 2025-03-01T09:20Z
---

A retry was not known as one.

## Lessons learned

- A retry is a change.
-- content/postmortems/two.md --
---
id: PM-2
title: Mail was late
date: 2024-11-05
---

It was late.

## Lessons learned

none
";

fn site(archive: &str, audience: Audience) -> Site {
    let project = pipeline::from_archive(archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let (look, findings) = pipeline::look(&project);
    assert_eq!(findings, []);
    let build = BuildInfo { today: jiff::civil::date(2026, 3, 21), base_url: Some("https://house.example/".into()) };
    let (site, findings) = pipeline::site(&project, &understood, Arc::new(look), Edition { audience, drafts: Drafts::Hidden }, build);
    assert_eq!(findings, []);
    site
}

fn read(site: &Site, url: &str) -> String {
    let artifact = render(site, site.route(url).unwrap_or_else(|| panic!("no {url}"))).unwrap();
    let Body::Bytes(bytes) = artifact.body else { panic!("{url} is a file") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// The addresses of everything that teaches.
fn teaching(site: &Site) -> Vec<&str> {
    let is_ours = |url: &&str| ["learn/", "drills/", "packets/"].iter().any(|folder| url.starts_with(folder));
    site.routes().map(|(url, _)| url).filter(is_ours).collect()
}

#[test]
fn a_path_has_a_page_for_each_incident_in_its_order() {
    let site = site(ARCHIVE, Audience::Internal);
    assert_eq!(
        teaching(&site),
        [
            "learn/",
            "learn/one-year-ago/",
            "learn/one-year-ago/1/",
            "learn/retries/",
            "learn/retries/1/",
            "learn/retries/2/",
            "learn/retries/index.md",
            "learn/takeaways/",
            "learn/takeaways/feed.json",
            "learn/takeaways/feed.xml",
            "packets/one-year-ago/",
            "packets/retries/",
        ]
    );
    let path = read(&site, "learn/retries/");
    let [first, second] = ["Mail was late", "Orders were confirmed twice"].map(|title| path.find(title).unwrap());
    assert!(first < second);
    assert!(path.contains("<h1>Retries &amp; what they cost</h1>") && path.contains("For people new to on-call"));
    assert!(path.contains("Introductory") && path.contains("What &lt;retries&gt; here?") && path.contains("<p>Two incidents.</p>"));
    let second = read(&site, "learn/retries/2/");
    assert!(second.contains("The second.") && second.contains("Why again?") && second.contains("href=\"../../../incidents/one/\""));
    assert!(
        second.contains("rel=\"prev\" href=\"../../../learn/retries/1/\"")
            && second.contains("rel=\"next\" href=\"../../../learn/retries/\"")
    );
    assert!(!site.routes().any(|(url, _)| url.starts_with("training/")), "the page is at one address");
}

#[test]
fn an_incident_says_what_to_talk_about_and_where_it_is_read() {
    let site = site(ARCHIVE, Audience::Internal);
    let page = read(&site, "incidents/one/");
    assert!(page.contains("It took 20 min from the start of the impact until somebody knew."), "{page}");
    assert!(page.contains("On the reading path <a href=\"../../learn/retries/2/\">Retries &amp; what they cost</a>, 2 of 2"));
    let page = read(&site, "incidents/two/");
    assert!(
        !page.contains("What in this surprised you") && page.contains("On the reading path"),
        "a question for any incident is not put to each"
    );
}

#[test]
fn takeaways_are_those_that_say_something() {
    let site = site(ARCHIVE, Audience::Internal);
    let page = read(&site, "learn/takeaways/");
    assert!(page.contains("<li>A retry is a change.</li>") && !page.contains("learn/takeaways/#"), "{page}");
    assert!(!page.contains("incidents/two/#"));
    let [newest, oldest] = ["March 2026", "February 2026"].map(|month| page.find(month).unwrap());
    assert!(newest < oldest);
    let feed = read(&site, "learn/takeaways/feed.xml");
    assert!(feed.contains("<id>https://house.example/incidents/one/#takeaways</id>"), "{feed}");
    assert!(feed.contains("href=\"https://house.example/incidents/one/#lessons-learned\"") && feed.contains("A retry is a change."));
    assert_eq!(feed.matches("<entry>").count(), 1);
}

#[test]
fn a_link_within_a_report_leads_there_from_where_its_lessons_are_gathered() {
    let archive = ARCHIVE.replace("A retry is a change.", "A retry is a change, [they found](#lessons-learned).");
    let page = read(&site(&archive, Audience::Internal), "learn/takeaways/");
    assert!(page.contains("<a href=\"../../incidents/one/#lessons-learned\">they found</a>"), "{page}");
}

#[test]
fn the_public_is_taught_only_where_it_was_chosen_and_of_what_it_reads() {
    let off = site(ARCHIVE, Audience::Public);
    assert_eq!(teaching(&off), [""; 0]);
    let page = read(&off, "incidents/one/");
    assert!(!page.contains("To talk about") && !page.contains("learn/"));
    let on = site(&ARCHIVE.replace("[editions.public]\n", "[editions.public]\ntraining = true\n"), Audience::Public);
    let path = read(&on, "learn/retries/");
    assert!(path.contains("The second.") && !path.contains("The first.") && !path.contains("Mail was late"));
    assert!(on.route("learn/retries/2/").is_none() && read(&on, "learn/retries/1/").contains("1 of 1"));
    let takeaways = read(&on, "learn/takeaways/");
    assert!(takeaways.contains("It is short.") && !takeaways.contains("Nobody outside reads it."));
}

#[test]
fn a_path_of_nothing_that_an_edition_reads_is_a_page_without_incidents() {
    let archive = ARCHIVE
        .replace("[editions.public]\n", "[editions.public]\ntraining = true\n")
        .replace("    - {incident: PM-1, why: The second., questions: [Why again?]}\n", "");
    let site = site(&archive, Audience::Public);
    assert!(!teaching(&site).iter().any(|url| url.contains("retries")), "{:?}", teaching(&site));
}
