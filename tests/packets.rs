//! Packets: what is on the page of one, what of it each edition sees, and the booklet that Chromium prints of it.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod archive;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use afterword::edition::{Audience, Edition};
use afterword::pipeline::{self, Memo};
use afterword::render::{Body, Packet, packet_on_paper, render};
use afterword::site::{BuildInfo, Route, Site};
use archive::project;

/// Three incidents, two of them public, on a path: with footnotes, tables of the same columns, headings of the same names, and links among them.
const HOUSE: &str = "\
-- site.toml --
[site]
title = 'House'
[editions.public]
training = true
[rules]
unfinished-public-report = 'off'
-- content/training/on-call.md --
---
title: On call
visibility: public
training:
  level: intermediate
  audience: people <on call>
  minutes: 90
  objectives: [read a graph]
  reading:
    - {incident: PM-2, why: The first to read., questions: [What did they see?]}
    - PM-1
    - {incident: PM-3, why: For us alone.}
  questions: [What now?]
---

Read [the first](../postmortems/b.md#root-cause) twice.[^n]

## How to read

Slowly.

[^n]: With a pencil.
-- content/postmortems/a.md --
---
title: A pool ran dry
id: PM-1
visibility: public
date: 2025-03-01
---

## Impact

Much.[^a]

| Cause | Count |
|---|---|
| x | 1 |

## Root cause

As in [the other](b.md), see [above](#impact) and [there](b.md#impact). [Elsewhere](d.md), [outside](https://example.org/).

> ### A heading in a quote

[^a]: A note of A.
-- content/postmortems/b.md --
---
title: A disk was full
id: PM-2
visibility: public
date: 2025-01-01
training: {questions: [What did they see?, Who knew?]}
---

## Impact

Little.[^a]

| Cause | Count |
|---|---|
| y | 2 |

## Root cause

No room.

[^a]: A note of B.
-- content/postmortems/c.md --
---
title: A secret matter
id: PM-3
date: 2025-02-01
---

## Impact

Ours.
-- content/postmortems/d.md --
---
title: Not on the path
visibility: public
date: 2025-04-01
---

## Impact

Some.
";

fn site(archive: &str, audience: Audience, base_url: Option<&str>) -> Site {
    let project = pipeline::from_archive(archive);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let (look, _) = pipeline::look(&project);
    let build = BuildInfo { today: jiff::civil::date(2026, 1, 1), base_url: base_url.map(str::to_owned) };
    pipeline::site(&project, &understood, Arc::new(look), Edition { audience, ..Edition::default() }, build).0
}

/// The packet of the path that somebody wrote down, as a page of the site.
fn page(site: &Site) -> String {
    let Body::Bytes(bytes) = render(site, Route::Packet(0)).unwrap().body else { panic!("a page") };
    String::from_utf8(bytes.into_owned()).unwrap()
}

/// The text between each of some starts and the next end.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

fn plain(html: &str) -> String {
    let text: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    text.trim_end_matches(" #").to_owned()
}

/// Headings as `2 Contents`.
fn headings(html: &str) -> Vec<String> {
    let starts = html.match_indices("<h").filter(|(at, _)| html.as_bytes()[at + 2].is_ascii_digit());
    let heading = |(at, _): (usize, &str)| {
        let rest = &html[at..];
        format!("{} {}", &rest[2..3], plain(&rest[..rest.find("</h").unwrap()]))
    };
    starts.map(heading).collect()
}

#[test]
fn a_packet_is_a_cover_the_contents_each_incident_and_the_questions() {
    let html = page(&site(HOUSE, Audience::Internal, None));
    let parts = ["2 A disk was full", "3 Impact", "3 Root cause", "3 Questions", "2 A pool ran dry", "3 Impact", "3 Root cause"];
    let rest = ["3 A heading in a quote", "3 Questions", "2 A secret matter", "3 Impact", "3 Questions", "2 Questions on the whole"];
    let head = ["1 On call", "2 Contents", "2 Introduction", "3 How to read"];
    assert_eq!(headings(&html), [&head[..], &parts, &rest].concat());
    let cover = between(&html, "<header class=\"packet-cover\">", "</header>")[0];
    let facts: Vec<String> = between(cover, "<dt>", "</dd>").iter().map(|fact| fact.replace("</dt><dd>", ": ")).collect();
    let expected =
        ["For: people &lt;on call&gt;", "Level: Intermediate", "Incidents: 3", "Reading time: 1 min", "Time to plan for: 1 h 30 min"];
    assert_eq!(facts[..5], expected);
    assert_eq!(facts[5..], ["As of: 1 Jan 2026"]);
    assert!(
        cover.contains("<li>read a graph</li>") && cover.contains("Internal edition · not for sharing outside the organisation"),
        "{cover}"
    );
    let contents = between(&html, "<section class=\"packet-contents\">", "</section>")[0];
    let entries: Vec<String> = between(contents, "<li>", "</li>").into_iter().map(plain).collect();
    assert_eq!(entries, ["1 A disk was full 1 Jan 2025\n", "2 A pool ran dry 1 Mar 2025\n", "3 A secret matter 1 Feb 2025\n"]);
    let whys: Vec<&str> = between(&html, "<p class=\"packet-why\"><b>Why it is read here.</b> ", "</p>");
    assert_eq!(whys, ["The first to read.", "For us alone."]);
    let asked: Vec<Vec<&str>> =
        between(&html, "<ol class=\"packet-questions\">", "</ol>").into_iter().map(|list| between(list, "<li>", "</li>")).collect();
    assert_eq!((&asked[0][..], asked[1].len(), &asked[3][..]), (&["What did they see?", "Who knew?"][..], 1, &["What now?"][..]));
    for chrome in ["toc", "related", "neighbours", "This page as", "revisions"] {
        assert!(!html.contains(&format!("class=\"{chrome}\"")) && !html.contains(chrome), "{chrome}");
    }
}

#[test]
fn what_several_incidents_have_is_told_apart() {
    let html = page(&site(HOUSE, Audience::Internal, None));
    let ids = between(&html, " id=\"", "\"");
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{ids:?}");
    for fragment in between(&html, " href=\"#", "\"") {
        assert!(ids.contains(&fragment), "{fragment}");
    }
    assert!(["p1_fn_1", "p2_fn_1", "p0_fn_1", "p1_impact", "p2_impact", "p3_impact"].iter().all(|id| ids.contains(id)), "{ids:?}");
    let named = between(&html, "<section class=\"table\" tabindex=\"0\" aria-label=\"", "\"");
    assert_eq!(named, ["Table 1.1: Cause, Count", "Table 2.1: Cause, Count"]);
    let notes = between(&html, "role=\"doc-endnotes\" aria-label=\"", "\"");
    assert_eq!(notes, ["Footnotes of part 0", "Footnotes of part 1", "Footnotes of part 2"]);
}

#[test]
fn links_lead_to_parts_and_else_to_the_site() {
    let html = page(&site(HOUSE, Audience::Internal, None));
    let links = [
        "<a href=\"#p1_root-cause\">the first</a>",
        "<a href=\"#part-1\">the other</a>",
        "<a href=\"#p2_impact\">above</a>",
        "<a href=\"#p1_impact\">there</a>",
        "<a href=\"../../incidents/d/\">Elsewhere</a>",
        "<a href=\"https://example.org/\" rel=\"noopener\">outside</a>",
    ];
    for link in links {
        assert!(html.contains(link), "{link}\n{html}");
    }
}

#[test]
fn on_paper_links_lead_to_the_address_of_the_site_or_nowhere() {
    let paper = |base_url| packet_on_paper(&site(HOUSE, Audience::Internal, base_url), Packet::Path(0), &[3, 5, 8]).unwrap();
    let (led, alone) = (paper(Some("https://house.example/kb/")), paper(None));
    assert!(led.contains("<a data-site href=\"https://house.example/kb/incidents/d/\">Elsewhere</a>"), "{led}");
    assert!(alone.contains("<a>Elsewhere</a>") && alone.contains("<a href=\"#part-1\">the other</a>"), "{alone}");
    for html in [led, alone] {
        let body = html.split_once("<body").unwrap().1;
        assert!(!body.contains("href=\"../"), "{body}");
        assert_eq!(between(body, "<span class=\"packet-page\">", "</span>"), ["3", "5", "8"]);
        assert!(html.contains("<link rel=\"stylesheet\" href=\"../../assets/figures."), "{html}");
    }
}

#[test]
fn one_incident_is_a_packet_too() {
    let site = site(HOUSE, Audience::Internal, None);
    let place = (0..4).find(|n| site.postmortem(*n).unwrap().id.value == "PM-2").unwrap();
    let html = packet_on_paper(&site, Packet::Incident(place), &[]).unwrap();
    let headings = headings(&html);
    assert_eq!(headings, ["1 A disk was full", "2 Contents", "2 A disk was full", "3 Impact", "3 Root cause", "3 Questions"]);
    assert!(!html.contains("packet-page"), "no page is known");
}

#[test]
fn the_public_packet_has_nothing_internal() {
    let html = page(&site(HOUSE, Audience::Public, None));
    for internal in ["secret", "For us alone", "PM-3", "Internal edition", "Part 3", "part-3"] {
        assert!(!html.contains(internal), "{internal}");
    }
    assert!(html.contains("Part 2 of 2") && html.contains("<p class=\"packet-edition\">Public edition</p>"), "{html}");
    let silent = site(&HOUSE.replace("training = true\n", ""), Audience::Public, None);
    assert!(!silent.routes().any(|(url, _)| url.starts_with("packets/")));
    assert_eq!(silent.programme().paths, []);
}

/// Runs `afterword packet` in a folder with the house, with no other programs than those named.
fn packet(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
    command.arg("packet").args(arguments).current_dir(folder).env("SOURCE_DATE_EPOCH", "1767225600").env_remove("AFTERWORD_CHROMIUM");
    command.envs(environment.iter().copied()).output().unwrap()
}

fn told(output: &Output) -> (Option<i32>, String) {
    (output.status.code(), String::from_utf8(output.stderr.clone()).unwrap())
}

#[test]
fn what_is_not_there_is_told() {
    let folder = project(HOUSE);
    let run = |arguments: &[&str], environment: &[(&str, &str)]| told(&packet(folder.path(), arguments, environment));
    let (code, said) = run(&["on-cal"], &[]);
    assert_eq!(
        (code, said.as_str()),
        (Some(2), "error: there is no reading path `on-cal`; did you mean `on-call`?\nReading paths: on-call, one-year-ago\n")
    );
    let (code, said) = run(&["PM-9"], &[]);
    assert_eq!(
        (code, said.as_str()),
        (Some(2), "error: there is no postmortem `PM-9`; did you mean `PM-1`?\nReading paths: on-call, one-year-ago\n")
    );
    let (code, said) = run(&["PM-3", "--edition", "public"], &[]);
    assert_eq!((code, said.as_str()), (Some(2), "error: `PM-3` is not in the public edition\nReading paths: on-call, one-year-ago\n"));
    let (code, said) = run(&["on-call"], &[("PATH", "/nowhere")]);
    let is_told = said.starts_with(
        "error: no Chromium is installed to print with: install `chromium` or Google Chrome, or name one in AFTERWORD_CHROMIUM.",
    );
    assert!(is_told && code == Some(2) || cfg!(target_os = "macos"), "{said}");
    let (code, said) = run(&["on-call"], &[("AFTERWORD_CHROMIUM", "/nowhere/chromium")]);
    let expected = "error: AFTERWORD_CHROMIUM is `/nowhere/chromium`, which is no program that is there\n";
    assert_eq!((code, said.as_str()), (Some(2), expected));
    assert!(!folder.path().join("on-call.pdf").exists());
}

#[test]
fn an_edition_without_training_has_no_packets() {
    let folder = project(&HOUSE.replace("training = true\n", ""));
    let (code, said) = told(&packet(folder.path(), &["on-call", "--edition", "public"], &[]));
    let expected = "error: the public edition has no pages for training; `training = true` under `[editions.public]` gives it some\n";
    assert_eq!((code, said.as_str()), (Some(2), expected));
}

#[test]
fn what_build_refuses_is_not_printed() {
    let folder = project(&format!("{HOUSE}-- content/postmortems/e.md --\n---\nslug: a\ndate: 2025-05-01\n---\n\n# Again\n\nText.\n"));
    let (code, said) = told(&packet(folder.path(), &["on-call"], &[]));
    assert_eq!(code, Some(1));
    assert!(said.contains("route-collision") && said.ends_with("Nothing was printed.\n"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_chromium_that_fails_is_quoted_and_leaves_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = project(HOUSE);
    let program = folder.path().join("chromium");
    fs::write(&program, "#!/bin/sh\necho 'No usable sandbox!' >&2\necho '[1:1:0101/000000.0:ERROR:dbus/bus.cc:1] no bus' >&2\nexit 7\n")
        .unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let places = folder.path().join("places");
    fs::create_dir(&places).unwrap();
    let environment = [("AFTERWORD_CHROMIUM", program.to_str().unwrap()), ("TMPDIR", places.to_str().unwrap())];
    let (code, said) = told(&packet(folder.path(), &["on-call", "-q"], &environment));
    let expected = format!("error: `{}` printed nothing (exit status: 7): No usable sandbox!\n", program.display());
    assert_eq!((code, said), (Some(2), expected));
    assert_eq!(fs::read_dir(&places).unwrap().count(), 0);
    assert!(!folder.path().join("on-call.pdf").exists());
}

/// The words of each page of a PDF, by `pdftotext` of Poppler.
fn words(pdf: &Path) -> Option<Vec<String>> {
    let output = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output().ok()?;
    let text = String::from_utf8(output.stdout).unwrap();
    let pages = text.trim_end_matches('\u{c}').split('\u{c}');
    Some(pages.map(|page| page.split_whitespace().collect::<Vec<_>>().join(" ")).collect())
}

#[test]
fn the_contents_name_the_pages_on_which_the_incidents_begin() {
    // The second incident is long, so that the third begins pages later.
    let long = "Words of a long account, one line and then another.\n\n".repeat(120);
    let folder = project(&HOUSE.replace("Much.[^a]\n", &format!("Much.[^a]\n\n{long}")));
    let output = packet(folder.path(), &["On call", "--base-url", "https://house.example/kb/"], &[]);
    let (code, said) = told(&output);
    if said.contains("no Chromium is installed") {
        eprintln!("skipped: there is no Chromium");
        return;
    }
    assert_eq!((code, String::from_utf8(output.stdout).unwrap().as_str()), (Some(0), "on-call.pdf\n"), "{said}");
    let file = folder.path().join("on-call.pdf");
    let pdf = hayro_syntax::Pdf::new(fs::read(&file).unwrap()).unwrap();
    let count = pdf.pages().len();
    assert!(count >= 3 + 2 && said.contains(&format!("Printed 3 incidents on {count} pages.")), "{count}: {said}");
    let Some(pages) = words(&file) else {
        eprintln!("skipped: there is no pdftotext");
        return;
    };
    assert_eq!(pages.len(), count);
    let begin = |title: &str| pages.iter().position(|page| page.contains(&format!("of 3 {title}"))).unwrap() + 1;
    let titles = [("A disk was full", "1 Jan 2025"), ("A pool ran dry", "1 Mar 2025"), ("A secret matter", "1 Feb 2025")];
    for (n, (title, date)) in titles.into_iter().enumerate() {
        let entry = format!("{} {title} {date} {}", n + 1, begin(title));
        assert!(pages[1].contains(&entry), "{entry}: {}", pages[1]);
    }
    assert!(begin("A pool ran dry") + 2 < begin("A secret matter"), "the second is long");
    assert!(pages[0].ends_with("Internal edition · not for sharing outside the organisation"), "{}", pages[0]);
    for (n, page) in pages.iter().enumerate().skip(1) {
        assert!(page.starts_with("Internal edition ·") && page.ends_with(&format!(" {}", n + 1)), "page {}: {page}", n + 1);
    }
}
