//! The feeds of a small site, byte by byte.

#![expect(clippy::unwrap_used, reason = "a test panics when things are not what it made")]

mod site;

use afterword::edition::Audience;
use afterword::render::{Body, render};
use afterword::site::Site;
use site::{site, site_for};

const ARCHIVE: &str = r#"-- site.toml --
[site]
title = "Incidents at <Northwind>"
description = "What we learned."

[services.checkout]
name = "Checkout & pay"
description = "Takes the order."
-- content/postmortems/one.md --
---
title: Orders were refused
severity: sev2
started_at: 2025-03-01T09:00Z
resolved_at: 2025-03-01T11:00Z
published_at: 2025-03-10
updates:
  - {at: 2025-03-01T09:30Z, state: investigating, text: We are looking.}
  - {at: 2025-03-12T08:00Z, state: Resolved, text: A second limit was found and raised.}
services: [checkout]
tags: [limits, "a & b"]
summary: Orders were refused for *two* hours.
---

It was a limit.
-- content/postmortems/two.md --
---
title: Search was slow
date: 2024-11-05
---

Search was slow & nobody knew.
"#;

/// The site at an address of its own.
fn addressed() -> Site {
    site_for(ARCHIVE, Audience::Internal, Some("https://incidents.example/"))
}

fn read(site: &Site, url: &str) -> (&'static str, String) {
    let artifact = render(site, site.route(url).unwrap()).unwrap();
    let Body::Bytes(bytes) = artifact.body else { panic!("{url} is a file") };
    (artifact.media_type, String::from_utf8(bytes.into_owned()).unwrap())
}

#[test]
fn the_atom_feed_of_a_term_has_its_incidents_and_leads_back() {
    let (media_type, feed) = read(&site(ARCHIVE), "services/checkout/feed.xml");
    assert_eq!(media_type, "application/atom+xml; charset=utf-8");
    let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
 <title>Service: Checkout &amp; pay · Incidents at &lt;Northwind&gt;</title>
 <subtitle>Takes the order.</subtitle>
 <id>urn:afterword:term:services/checkout</id>
 <updated>2025-03-12T08:00:00Z</updated>
 <link rel="self" href="../../services/checkout/feed.xml"/>
 <link rel="alternate" href="../../services/checkout/"/>
 <author>
  <name>Incidents at &lt;Northwind&gt;</name>
 </author>
 <entry>
  <title>Orders were refused</title>
  <id>urn:afterword:incident:one</id>
  <updated>2025-03-12T08:00:00Z</updated>
  <published>2025-03-10T00:00:00Z</published>
  <link rel="alternate" href="../../incidents/one/"/>
  <category term="limits"/>
  <category term="a &amp; b"/>
  <summary>Orders were refused for two hours.</summary>
 </entry>
</feed>"#;
    assert_eq!(feed, expected);
}

#[test]
fn the_json_feed_tells_what_a_reader_does_not_know_of_incidents() {
    let (media_type, feed) = read(&addressed(), "feed.json");
    assert_eq!(media_type, "application/feed+json; charset=utf-8");
    let expected = concat!(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"Incidents at <Northwind>","#,
        r#""home_page_url":"https://incidents.example/","feed_url":"https://incidents.example/feed.json","#,
        r#""description":"What we learned.","language":"en","authors":[{"name":"Incidents at <Northwind>"}],"items":["#,
        r#"{"id":"https://incidents.example/incidents/one/","url":"https://incidents.example/incidents/one/","title":"Orders were refused","#,
        r#""content_text":"Orders were refused for two hours.","date_published":"2025-03-10T00:00:00Z","date_modified":"2025-03-12T08:00:00Z","tags":["limits","a & b"],"#,
        r#""_incident":{"severity":"SEV2","started":"2025-03-01T09:00:00Z","resolved":"2025-03-01T11:00:00Z","services":["Checkout & pay"]}},"#,
        r#"{"id":"https://incidents.example/incidents/two/","url":"https://incidents.example/incidents/two/","title":"Search was slow","#,
        r#""content_text":"Search was slow & nobody knew.","date_published":"2024-11-05T00:00:00Z","date_modified":"2024-11-05T00:00:00Z","_incident":{"started":"2024-11-05"}}]}"#,
    );
    assert_eq!(feed, expected);
}

#[test]
fn what_identifies_a_feed_and_its_entries_is_the_same_in_all_feeds() {
    let site = addressed();
    let (_, all) = read(&site, "feed.xml");
    let (_, of_tag) = read(&site, "tags/limits/feed.xml");
    assert!(all.contains("<id>https://incidents.example/</id>") && of_tag.contains("<id>https://incidents.example/tags/limits/</id>"));
    for feed in [&all, &of_tag] {
        assert!(feed.contains("<id>https://incidents.example/incidents/one/</id>"));
    }
    assert!(site.route("incidents/2025/feed.xml").is_none(), "a year that has passed brings no news");
    let (_, page) = read(&site, "tags/limits/");
    assert!(
        page.contains(r#"type="application/feed+json" title="limits · Incidents at &lt;Northwind&gt;" href="../../tags/limits/feed.json""#)
    );
}
