//! What stands beside the pages for other programs, and what each edition says of itself.

#![expect(clippy::unwrap_used, reason = "a test panics when things are not what it made")]

mod site;

use std::collections::BTreeSet;
use std::sync::Arc;

use afterword::edition::{Audience, Edition};
use afterword::pipeline::{self, Memo};
use afterword::render::{Body, render};
use afterword::site::{BuildInfo, Route, Site};
use serde_json::Value;
use site::{site, site_for};

const ARCHIVE: &str = r#"-- site.toml --
[site]
title = "Northwind"
description = "What we learned."
[editions.public]
base_url = "https://public.example/"
[owners.edge]
name = "Edge"
[people.ada]
name = "Ada"
role = "On-call engineer"
-- content/about.md --
---
visibility: public
---

# About us

See [the report](postmortems/one.md).
-- content/postmortems/one.md --
---
title: Orders were *refused* for <b>all</b>
id: INC-1
kind: security
severity: sev2
visibility: public
published_at: 2025-03-10
started_at: 2025-03-01T09:00Z
resolved_at: 2025-03-01T11:00Z
services: [checkout]
root_causes: [{cause: change/config, note: A limit was too low.}]
impact: {users: 'all of them', data: none}
aliases: [/2025/orders]
owner: ada
x: {ticket: Secret}
---

It was a limit. <!-- a remark -->See [[about]] and [a file](../nowhere.md).[^1]

> [!INTERNAL]
> Secret.

[^1]: A note.

[^2]: Nobody leads here.

## Timeline

| Time (UTC) | Event |
|---|---|
| 09:00 | [started] Orders fail |
| ~09:05 | [detected] An alert <!-- afterword: internal row --> |
| 11:00 | [resolved] The limit is raised |

## Actions

| Action | Owner | Status |
|---|---|---|
| Raise a\|b | @ada, Bob | open |
| Watch it | edge | done |
"#;

fn public(archive: &str) -> Site {
    site_for(archive, Audience::Public, None)
}

fn read(site: &Site, url: &str) -> String {
    let route = site.route(url).unwrap_or_else(|| panic!("there is no {url}"));
    let Body::Bytes(bytes) = render(site, route).unwrap().body else { panic!("{url} is a file") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

#[test]
fn the_markdown_of_an_edition_is_what_its_page_says() {
    let expected = r#"---
title: "Orders were refused for all"
id: "INC-1"
url: "https://public.example/incidents/one/"
kind: "security"
status: "reviewed"
severity: "sev2"
date: "2025-03-01"
started_at: "2025-03-01T09:00:00Z"
resolved_at: "2025-03-01T11:00:00Z"
published_at: "2025-03-10"
updated: "2025-03-10"
services: ["checkout"]
root_causes: [{"cause":"change/config","note":"A limit was too low."}]
impact: {"data":"none","users":"all of them"}
---

# Orders were *refused* for \<b>all\</b>

It was a limit. See [about](../../about/) and a file.[^1]

## Timeline

- 2025-03-01 09:00 UTC [started] Orders fail
- 2025-03-01 11:00 UTC [resolved] The limit is raised

## Actions

| Action | Owner | Status |
| --- | --- | --- |
| Raise a\|b | On-call engineer | open |
| Watch it | Edge | done |

[^1]: A note.
"#;
    assert_eq!(read(&public(ARCHIVE), "incidents/one/index.md"), expected);
    let internal = read(&site(ARCHIVE), "incidents/one/index.md");
    assert!(
        internal.contains("> [!INTERNAL]\n> Secret.\n") && internal.contains("- ~2025-03-01 09:05 UTC [detected] An alert\n"),
        "{internal}"
    );
    assert!(!internal.contains("remark") && !internal.contains("afterword:") && !internal.contains("ticket"), "{internal}");
    let about = read(&public(ARCHIVE), "about/index.md");
    assert_eq!(about, "# About us\n\nSee [the report](../incidents/one/).\n");
}

#[test]
fn a_page_leads_to_its_copies_and_says_what_it_is() {
    let page = read(&public(ARCHIVE), "incidents/one/");
    for link in [
        r#"<link rel="alternate" type="text/markdown" href="../../incidents/one/index.md">"#,
        r#"<link rel="alternate" type="application/json" href="../../incidents/one/index.json">"#,
        r#"<link rel="alternate" type="application/json" href="../../csaf/inc-1.json">"#,
        r#"<link rel="canonical" href="https://public.example/incidents/one/">"#,
        r#"<meta property="og:type" content="article">"#,
        r#"<meta property="og:url" content="https://public.example/incidents/one/">"#,
        r#"<meta property="article:published_time" content="2025-03-10">"#,
        r#"<a href="../../incidents/one/index.json" type="application/json">JSON</a>"#,
    ] {
        assert!(page.contains(link), "{link}");
    }
    let expected = concat!(
        r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"TechArticle","#,
        r#""about":{"@type":"Event","endDate":"2025-03-01T11:00:00Z","name":"Orders were refused for all","startDate":"2025-03-01T09:00:00Z"},"#,
        r#""dateModified":"2025-03-10","datePublished":"2025-03-10","description":"It was a limit. See about and a file.","#,
        r#""headline":"Orders were refused for all","inLanguage":"en","#,
        r#""publisher":{"@type":"Organization","name":"Northwind","url":"https://public.example/"},"#,
        r#""url":"https://public.example/incidents/one/"},{"@type":"BreadcrumbList","itemListElement":["#,
        r#"{"@type":"ListItem","item":"https://public.example/incidents/","name":"Incidents","position":1},"#,
        r#"{"@type":"ListItem","item":"https://public.example/incidents/2025/","name":"2025","position":2},"#,
        r#"{"@type":"ListItem","item":"https://public.example/incidents/one/","name":"Orders were refused for all","position":3}]}]}</script>"#,
    );
    assert!(page.contains(expected), "{page}");
}

#[test]
fn an_edition_for_the_organisation_says_so_and_is_for_no_search_engine() {
    const NOTE: &str = "Internal edition";
    const NOINDEX: &str = r#"<meta name="robots" content="noindex">"#;
    let (internal, public) = (site(ARCHIVE), public(ARCHIVE));
    let alone = site(&ARCHIVE.replace("[editions.public]\nbase_url", "base_url"));
    for (url, route) in internal.routes() {
        if let Body::Bytes(bytes) = render(&internal, *route).unwrap().body
            && bytes.starts_with(b"<!doctype html>")
        {
            let page = String::from_utf8_lossy(&bytes).into_owned();
            assert_eq!((page.matches(NOTE).count(), page.matches(NOINDEX).count()), (1, 1), "/{url}");
        }
    }
    for other in [&public, &alone] {
        let page = read(other, "incidents/one/");
        assert_eq!((page.matches(NOTE).count(), page.matches(NOINDEX).count()), (0, 0));
    }
    assert_eq!(read(&internal, "robots.txt"), "User-agent: *\nDisallow: /\n");
    assert_eq!(read(&public, "robots.txt"), "User-agent: *\nAllow: /\n\nSitemap: https://public.example/sitemap.xml\n");
    let tags = [&internal, &public, &alone].map(|site| read(site, "_headers").matches("\n  X-Robots-Tag: noindex\n\n/assets/*").count());
    assert_eq!(tags, [1, 0, 0]);
}

#[test]
fn an_old_address_leads_on_and_is_not_found_by_search() {
    let site = public(ARCHIVE);
    let page = read(&site, "2025/orders/");
    assert!(page.contains(r#"<meta http-equiv="refresh" content="0; url=../../incidents/one/">"#), "{page}");
    assert!(page.contains(r#"<meta name="robots" content="noindex">"#) && page.contains("Content-Security-Policy"));
    assert_eq!(read(&site, "_redirects"), "/2025/orders /incidents/one/ 301\n/2025/orders/ /incidents/one/ 301\n");
    assert!(!read(&site, "sitemap.xml").contains("orders"));
}

#[test]
fn the_list_for_language_models_is_short_and_whole() {
    let expected = "# Northwind\n\n> What we learned.\n\n## Pages\n\n- [About us](https://public.example/about/index.md)\n\n## Incidents\n\n\
                    - [Orders were refused for all](https://public.example/incidents/one/index.md): 2025-03-01. It was a limit. See about and a file.\n\n\
                    ## Data\n\n- [Incidents](https://public.example/incidents.json): every incident with its times, services, causes and counts of action items\n\
                    - [Schema of the incidents](https://public.example/schema/incidents.json)\n\
                    - [Action items](https://public.example/actions.json): every action item with how it stands\n\
                    - [Schema of the action items](https://public.example/schema/actions.json)\n\
                    - [Metrics](https://public.example/metrics.json): what the incidents come to in figures\n\
                    - [Schema of one incident](https://public.example/schema/incident.json): as in the index.json beside each page of an incident\n\n\
                    ## Optional\n\n- [All incidents](https://public.example/incidents/)\n- [Feed](https://public.example/feed.xml)\n";
    assert_eq!(read(&public(ARCHIVE), "llms.txt"), expected);
}

/// The keys of an object, those of objects in it too.
fn keys(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    for (key, value) in value.as_object().into_iter().flatten() {
        found.insert(format!("{path}{key}"));
        keys(value, &format!("{path}{key}."), found);
    }
}

/// The keys that a schema asks for.
fn asked(schema: &Value, path: &str, found: &mut BTreeSet<String>) {
    let properties = schema["properties"].as_object();
    let required: BTreeSet<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert_eq!(required, properties.into_iter().flatten().map(|(key, _)| key.as_str()).collect(), "every key is always there: {path}");
    for (key, schema) in properties.into_iter().flatten() {
        found.insert(format!("{path}{key}"));
        asked(schema, &format!("{path}{key}."), found);
    }
}

#[test]
fn the_published_schemas_name_the_keys_there_are() {
    let site = public(ARCHIVE);
    let json = |url: &str| serde_json::from_str::<Value>(&read(&site, url)).unwrap();
    let [incidents, actions, incident] = ["incidents", "actions", "incident"].map(|name| json(&format!("schema/{name}.json")));
    let drilled = site_for(&ARCHIVE.replace("x: {ticket", "training: {drill: true}\nx: {ticket"), Audience::Internal, None);
    let [drill, drill_schema] =
        ["drills/inc-1/drill.json", "schema/drill.json"].map(|url| serde_json::from_str::<Value>(&read(&drilled, url)).unwrap());
    let of_drill = &drill_schema["definitions"];
    let mut row = json("incidents.json")[0].clone();
    for measure in row["measures"].as_object_mut().unwrap().values_mut() {
        *measure = Value::Null;
    }
    let mut document = json("incidents/one/index.json");
    for key in row.as_object().unwrap().keys() {
        document.as_object_mut().unwrap().remove(key);
    }
    for (value, schema) in [
        (&row, &incidents["definitions"]["incident"]),
        (&json("actions.json")[0], &actions["definitions"]["action"]),
        (&document, &incident),
        (&document["sections"][0], &incident["properties"]["sections"]["items"]),
        (&document["timeline"][0], &incident["properties"]["timeline"]["items"]),
        (&drill, &drill_schema),
        (&drill["steps"][0], &of_drill["step"]),
        (&drill["steps"][0]["reveal"][0], &of_drill["event"]),
        (&drill["debrief"][0], &of_drill["topic"]),
        (&drill["roles"][0], &of_drill["role"]),
    ] {
        let (mut there, mut told) = (BTreeSet::new(), BTreeSet::new());
        keys(value, "", &mut there);
        asked(schema, "", &mut told);
        assert_eq!(there, told);
        assert!(there.len() > 1);
    }
}

#[test]
fn a_site_without_an_address_has_what_needs_none() {
    let site = public(&ARCHIVE.replace("base_url = \"https://public.example/\"\n", ""));
    for route in [Route::Sitemap, Route::Csaf(0)] {
        assert!(!site.has(route), "{route:?}");
    }
    assert!(read(&site, "incidents/one/index.md").contains("\nurl: \"incidents/one/\"\n"));
    let page = read(&site, "incidents/one/");
    assert!(page.contains(r#""publisher":{"@type":"Organization","name":"Northwind"}}]}"#) && !page.contains("og:url"), "{page}");
}

#[test]
fn an_id_that_names_no_csaf_document_of_its_own_is_told() {
    let document = |id: &str| format!("---\nid: {id}\nkind: security\ndate: 2025-01-01\n---\n\nText.\n");
    let archive = format!(
        "-- site.toml --\n[site]\nbase_url = 'https://a.example/'\n-- content/postmortems/a.md --\n{}-- content/postmortems/b.md --\n{}\
         -- content/postmortems/c.md --\n{}",
        document("A/1"),
        document("\"a:1\""),
        document("con")
    );
    let project = pipeline::from_archive(&archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let build = BuildInfo { today: jiff::civil::date(2026, 1, 1), base_url: None };
    let (site, findings) = pipeline::site(&project, &understood, Arc::new(pipeline::look(&project).0), Edition::default(), build);
    let told: Vec<String> = findings.iter().map(|finding| format!("{}: {}", finding.rule.0, finding.message)).collect();
    assert_eq!(
        told,
        [
            "invalid-value: `a:1` gives the CSAF document of this incident the name that another one has, so there is none",
            "invalid-value: `con` gives the CSAF document of this incident the name of a Windows device, so there is none",
        ]
    );
    assert_eq!(site.routes().filter(|(url, _)| url.starts_with("csaf/")).map(|(url, _)| url).collect::<Vec<_>>(), ["csaf/a_1.json"]);
}
