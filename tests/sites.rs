//! Whole sites in one file each: `tests/sites/*.txt`.
//!
//! An archive holds the files of a project (`-- content/x.md --`) and what is expected of it:
//!
//! - `-- expected/findings --`: what `check` says, one line each;
//! - `-- expected/routes --`: every address, assets left out;
//! - `-- expected/text/<address> --`: the words of a page's `<main>`, one block a line.
//!
//! `UPDATE=1 cargo test` writes what was found into the archives; a person reads the difference.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use afterword::edition::Edition;
use afterword::pipeline::{self, Memo};
use afterword::render::{Body, render};
use afterword::report;
use afterword::site::{BuildInfo, Site};

const EXPECTED: &str = "expected/";

#[test]
fn every_archive_gives_what_it_expects() {
    let mut archives: Vec<_> = fs::read_dir("tests/sites").unwrap().map(|entry| entry.unwrap().path()).collect();
    archives.sort();
    assert!(archives.len() >= 5, "the archives are there");
    let wrong: Vec<String> = archives.iter().filter_map(|path| run(path).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn run(path: &Path) -> Result<(), String> {
    let archive = fs::read_to_string(path).unwrap();
    let (input, expected) = split(&archive);
    assert!(!expected.is_empty(), "{} expects nothing", path.display());
    let project = pipeline::from_archive(&input);
    let understood = pipeline::understand(&project, &mut Memo::default());
    let (look, mut further) = pipeline::look(&project);
    let build = BuildInfo { today: jiff::civil::date(2026, 1, 1), base_url: None };
    let edition = Edition::default();
    let (site, collisions) = pipeline::site(&project, &understood, Arc::new(look), edition, build);
    further.extend(collisions);
    let findings = pipeline::check(&project, &understood, &further, jiff::civil::date(2026, 1, 1));

    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for name in expected.keys() {
        let value = match name.as_str() {
            "findings" => report::write(
                report::Format::Concise,
                &findings,
                &|path| project.text(path),
                report::Style { colour: report::Colour::Never, width: 140 },
            ),
            "routes" => site.routes().filter(|(url, _)| !url.starts_with("assets/")).fold(String::new(), |mut text, (url, _)| {
                let _ = writeln!(text, "/{url}");
                text
            }),
            name => page_text(&site, name.strip_prefix("text/").unwrap_or_else(|| panic!("{}: what is `{name}`?", path.display()))),
        };
        found.insert(name.clone(), value);
    }
    if std::env::var_os("UPDATE").is_some() {
        let expectations = found.iter().map(|(name, text)| format!("-- {EXPECTED}{name} --\n{text}"));
        fs::write(path, format!("{}\n{}", input.trim_end(), expectations.collect::<String>())).unwrap();
        return Ok(());
    }
    for (name, text) in &found {
        if text.trim() != expected[name].trim() {
            return Err(format!("{} {name}\n--- expected\n{}\n--- found\n{text}", path.display(), expected[name]));
        }
    }
    Ok(())
}

/// The files of the project as an archive, and the expectations by name.
fn split(archive: &str) -> (String, BTreeMap<String, String>) {
    let mut input = String::new();
    let mut expected: BTreeMap<String, String> = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in archive.split_inclusive('\n') {
        if let Some(name) = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --")) {
            current = name.strip_prefix(EXPECTED).map(str::to_owned);
            if let Some(name) = &current {
                expected.insert(name.clone(), String::new());
                continue;
            }
        }
        match &current {
            Some(name) => expected.get_mut(name).unwrap().push_str(line),
            None => input.push_str(line),
        }
    }
    (input, expected)
}

/// The words of a page's `<main>`: tags become line ends, runs of blanks one blank, empty lines none.
fn page_text(site: &Site, url: &str) -> String {
    let Some(route) = site.route(url) else { return format!("(there is no /{url})\n") };
    let artifact = match render(site, route) {
        Ok(artifact) => artifact,
        Err(finding) => return format!("{}: {}\n", finding.primary.path, finding.message),
    };
    let Body::Bytes(bytes) = artifact.body else { return "(a file)\n".into() };
    let html = String::from_utf8(bytes.into_owned()).unwrap();
    let main = html.split_once("<main").and_then(|(_, rest)| rest.rsplit_once("</main>")).map_or(html.as_str(), |(main, _)| main);
    let main = main.split_once('>').map_or(main, |(_, rest)| rest);
    let mut text = String::new();
    let mut rest = main;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap();
        let inline = ["a", "b", "strong", "em", "code", "span", "time", "sup", "small", "abbr", "mark", "del"];
        text.push(if inline.contains(&name) { '\u{0}' } else { '\n' });
        rest = after;
    }
    text.push_str(rest);
    let lines = text.split('\n').map(|line| line.replace('\u{0}', "").split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).map(|line| line + "\n").collect()
}
