//! What the program promises of a whole site: the same bytes every time, on any number of threads, in any folder, for whoever asks.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod folder;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use afterword::check::RULES;
use afterword::edition::Edition;
use afterword::pipeline::{self, Memo};
use afterword::render::{Body, render};
use afterword::site::BuildInfo;

const DAY: &str = "1767225600"; // 2026-01-01

/// Every file below a folder, by its path there; what the publisher keeps for itself left out.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn walk(top: &Path, folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(top, &path, found);
            } else {
                found.insert(path.strip_prefix(top).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found.retain(|path, _| !path.to_string_lossy().starts_with(".afterword"));
    found
}

/// A copy of the shipped site in a folder of its own.
fn shipped_site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    folder::copy(Path::new("content"), &folder.path().join("content"));
    fs::copy("site.toml", folder.path().join("site.toml")).unwrap();
    folder
}

fn build(folder: &Path, threads: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let output = Command::new(env!("CARGO_BIN_EXE_afterword"))
        .args(["build", "--quiet", "-C"])
        .arg(folder)
        .env("SOURCE_DATE_EPOCH", DAY)
        .env("RAYON_NUM_THREADS", threads)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    tree(&folder.join("_site"))
}

#[test]
fn the_same_bytes_on_any_number_of_threads_and_in_any_folder() {
    let (first, second) = (shipped_site(), shipped_site());
    let one = build(first.path(), "1");
    let four = build(second.path(), "4");
    assert!(one.len() > 40, "the whole site is there: {} files", one.len());
    assert_eq!(one.keys().collect::<Vec<_>>(), four.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(four[path] == *bytes, "{} differs", path.display());
    }
}

#[test]
fn what_is_published_is_what_is_rendered_for_every_route() {
    let folder = shipped_site();
    let published = build(folder.path(), "2");
    let project = pipeline::open(folder.path()).unwrap();
    let understood = pipeline::understand(&project, &mut Memo::default());
    let (look, _) = pipeline::look(&project);
    let build = BuildInfo { today: jiff::civil::date(2026, 1, 1), base_url: None };
    let (site, _) = pipeline::site(&project, &understood, Arc::new(look), Edition::default(), build);
    let mut seen = 0;
    let routes: Vec<_> = site.routes().map(|(url, route)| (url.to_owned(), *route)).collect();
    for (url, route) in routes.into_iter().chain(site.search_routes().map(|(url, route)| (url.to_owned(), route))) {
        assert_eq!(site.route(&url), Some(route), "/{url} leads to its route");
        let bytes = match render(&site, route).unwrap().body {
            Body::Bytes(bytes) => bytes.into_owned(),
            Body::File(path) => fs::read(folder.path().join(path.as_str())).unwrap(),
        };
        let file = if url.is_empty() || url.ends_with('/') { format!("{url}index.html") } else { url.clone() };
        assert!(published[Path::new(&file)] == bytes, "/{url} differs");
        seen += 1;
    }
    assert!(published.contains_key(Path::new("SHA256SUMS")));
    assert_eq!(seen + 1, published.len(), "nothing else is published");
}

#[test]
fn a_second_build_changes_nothing_and_one_edit_changes_what_shows_it() {
    let folder = shipped_site();
    let before = build(folder.path(), "2");
    assert_eq!(before, build(folder.path(), "2"));
    let file = folder.path().join("content/about.md");
    fs::write(&file, format!("{}\nOne more sentence.\n", fs::read_to_string(&file).unwrap())).unwrap();
    let after = build(folder.path(), "2");
    let page = Path::new("about/index.html");
    assert_ne!(before[page], after[page]);
    assert_eq!(before[Path::new("incidents/index.html")], after[Path::new("incidents/index.html")]);
}

#[test]
fn a_build_that_cannot_be_finished_leaves_the_old_site_whole() {
    let folder = shipped_site();
    let before = build(folder.path(), "2");
    let template = folder.path().join("themes/default/templates/home.html");
    fs::create_dir_all(template.parent().unwrap()).unwrap();
    fs::write(&template, "{{ there_is_no_such_thing }}").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_afterword")).args(["build", "-C"]).arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("themes/default/templates/home.html") && said.contains("there_is_no_such_thing"), "{said}");
    assert!(before == tree(&folder.path().join("_site")), "the old site is whole");
}

#[test]
fn a_document_by_itself_has_the_findings_it_has_among_others() {
    let project = pipeline::from_archive(
        "-- content/postmortems/a.md --\n---\ntitle: A\nstarted_at: someday\n---\n\nText.\n\n<!-- afterword: allow broken-link: gone for good -->\n\
         [x](nowhere.md)\n\n[y](elsewhere.md)\n-- content/postmortems/b.md --\n---\ntitle: B\nkind: outage\nstatus: draft\n---\n[z](gone.md)\n",
    );
    let understood = pipeline::understand(&project, &mut Memo::default());
    let today = jiff::civil::date(2026, 1, 1);
    let all = pipeline::check(&project, &understood, &[], today);
    for (name, count) in [("content/postmortems/a.md", 2), ("content/postmortems/b.md", 3)] {
        let path = afterword::diagnostic::SourcePath::from(name);
        let expected: Vec<_> = all.iter().filter(|finding| finding.primary.path == path).cloned().collect();
        assert_eq!(expected.len(), count, "{expected:#?}");
        assert_eq!(pipeline::check_document(&project, &understood, &[], &path, today), expected);
    }
}

#[test]
fn the_rules_are_pages_where_a_site_wants_them_and_its_own_page_goes_before() {
    let pages = |archive: &str| -> BTreeSet<String> {
        let project = pipeline::from_archive(archive);
        let understood = pipeline::understand(&project, &mut Memo::default());
        let (look, _) = pipeline::look(&project);
        let build = BuildInfo { today: jiff::civil::date(2026, 1, 1), base_url: None };
        let edition = Edition::default();
        let (site, collisions) = pipeline::site(&project, &understood, Arc::new(look), edition, build);
        assert_eq!(collisions, []);
        let found = pipeline::check(&project, &understood, &collisions, jiff::civil::date(2026, 1, 1));
        assert_eq!(found, [], "nobody has to check them");
        site.routes().filter(|(url, _)| url.starts_with("rules/") && url.ends_with('/')).map(|(url, _)| url.to_owned()).collect()
    };
    assert_eq!(pages("-- content/a.md --\n# A\n"), BTreeSet::new());
    let wanted = "-- site.toml --\nsite.rules = true\n-- content/a.md --\n# A\n\nSee [the rules](/rules/).\n";
    let expected: BTreeSet<String> = RULES.iter().map(|rule| format!("rules/{}/", rule.name)).chain(["rules/".to_owned()]).collect();
    assert_eq!(pages(wanted), expected);
    assert_eq!(pages(&format!("{wanted}-- content/rules/index.md --\n# Our rules\n")), expected);
}
