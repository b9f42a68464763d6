//! Whether search finds what a person would want: queries over the shipped case studies and over postmortems that nobody here wrote, each
//! with the documents that answer it, and the place at which the first of them comes.
//!
//! The places are held as an order, not as scores: a document may not come later than it did. `UPDATE=1 cargo test --test relevance` writes
//! them anew into `tests/search/relevance.json`, and the table of `content/guide/searching.md`; read the difference. Without
//! `AFTERWORD_CORPORA` the queries over other people's postmortems are skipped.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod folder;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use afterword::edition::Edition;
use afterword::pipeline::{self, Memo};
use afterword::search::{Index, Query, Sort};
use afterword::site::{BuildInfo, Site};
use serde::{Deserialize, Serialize};

const QUERIES: &str = "tests/search/relevance.json";
const TABLE: &str = "content/guide/searching.md";

/// A query and what answers it.
#[derive(Debug, Deserialize, Serialize)]
struct Asked {
    /// "case-studies", or a folder of the corpora.
    site: String,
    /// What sort of query it is.
    shows: String,
    query: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    filters: BTreeMap<String, BTreeSet<String>>,
    /// The documents a person would want, by the beginning of their slugs; any of them will do.
    wants: Vec<String>,
    /// The place of the first of them, from 1; nothing where none is among the first ten.
    #[serde(default)]
    at: Option<usize>,
}

fn site(name: &str) -> Option<(Site, Option<tempfile::TempDir>)> {
    let (root, kept) = if name == "case-studies" {
        (PathBuf::from(env!("CARGO_MANIFEST_DIR")), None)
    } else {
        let corpora = std::env::var_os("AFTERWORD_CORPORA").map(PathBuf::from)?;
        let folder = tempfile::tempdir().unwrap();
        folder::copy(&corpora.join(name), folder.path());
        fs::copy(format!("tests/corpora/{name}.toml"), folder.path().join("site.toml")).unwrap();
        (folder.path().to_owned(), Some(folder))
    };
    let project = pipeline::open(&root).unwrap();
    let understood = pipeline::understand(&project, &mut Memo::default());
    let (look, _) = pipeline::look(&project);
    let build = BuildInfo { today: jiff::civil::date(2026, 1, 1), base_url: None };
    let (site, _) = pipeline::site(&project, &understood, Arc::new(look), Edition::default(), build);
    Some((site, kept))
}

/// The place of the first document that is wanted, among the first ten.
fn place(index: &Index<'_>, asked: &Asked) -> Option<usize> {
    let query = Query { text: asked.query.clone(), filters: asked.filters.clone(), sort: Sort::Relevance, limit: 10 };
    let answer = index.search(&query).unwrap();
    let is_wanted = |url: &str| {
        let slug = url.trim_start_matches("incidents/").trim_end_matches('/');
        asked.wants.iter().any(|wanted| slug.starts_with(wanted.as_str()))
    };
    answer.hits.iter().position(|hit| is_wanted(&hit.url)).map(|at| at + 1)
}

#[test]
fn what_a_person_would_want_comes_as_early_as_it_did() {
    let mut queries: Vec<Asked> = serde_json::from_str(&fs::read_to_string(QUERIES).unwrap()).unwrap();
    assert!(queries.len() >= 40, "{} queries", queries.len());
    let names: BTreeSet<String> = queries.iter().map(|asked| asked.site.clone()).collect();
    let updates = std::env::var_os("UPDATE").is_some();
    let mut later = Vec::new();
    for name in names {
        let Some((site, _folder)) = site(&name) else {
            println!("skipped: AFTERWORD_CORPORA is not set, so nothing is asked of {name}");
            continue;
        };
        let files: BTreeMap<&str, &[u8]> = site.search_bundle().iter().map(|file| (file.path.as_str(), &*file.bytes)).collect();
        let index = Index::open(|path: &str| files.get(path).map(|bytes| bytes.to_vec())).unwrap();
        for asked in queries.iter_mut().filter(|asked| asked.site == name) {
            let found = place(&index, asked);
            if updates {
                asked.at = found;
            } else if found.unwrap_or(usize::MAX) > asked.at.unwrap_or(usize::MAX) {
                later.push(format!("{name}: `{}`: {:?}, was {:?}", asked.query, found, asked.at));
            }
        }
    }
    if updates {
        fs::write(QUERIES, serde_json::to_string_pretty(&queries).unwrap() + "\n").unwrap();
    }
    assert!(later.is_empty(), "{}", later.join("\n"));
    the_guide_says_so(&queries, updates);
}

/// The table of the guide is made of the queries.
fn the_guide_says_so(queries: &[Asked], updates: bool) {
    const START: &str = "<!-- The table is written by `UPDATE=1 cargo test --test relevance`. -->\n\n";
    let text = fs::read_to_string(TABLE).unwrap();
    let (before, _) = text.split_once(START).unwrap();
    let expected = format!("{before}{START}{}", table(queries));
    if updates {
        fs::write(Path::new(TABLE), &expected).unwrap();
    } else {
        assert_eq!(text, expected, "{TABLE} says something else; UPDATE=1 writes it anew");
    }
}

fn table(queries: &[Asked]) -> String {
    let mut sorts: Vec<&str> = Vec::new();
    for asked in queries {
        if !sorts.contains(&asked.shows.as_str()) {
            sorts.push(&asked.shows);
        }
    }
    let mut table =
        String::from("| Query | Asked | Answered first | Among the first 3 | Among the first 10 |\n|---|---:|---:|---:|---:|\n");
    let mut row = |name: &str, of: &[&Asked]| {
        let within = |most: usize| of.iter().filter(|asked| asked.at.is_some_and(|at| at <= most)).count();
        writeln!(table, "| {name} | {} | {} | {} | {} |", of.len(), within(1), within(3), within(10)).unwrap();
    };
    for sort in sorts {
        row(sort, &queries.iter().filter(|asked| asked.shows == sort).collect::<Vec<_>>());
    }
    row("All", &queries.iter().collect::<Vec<_>>());
    table
}
