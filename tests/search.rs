//! The search bundle from outside: golden queries through Rust and, where Node is there, through the reader of the browser; the same bytes
//! from any order and number of threads; damaged files.
//!
//! `UPDATE=1 cargo test --test search` writes the answers of the Rust side into `tests/search/golden.json`; read the difference.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test reads its fixtures, writes a bundle for Node, fails where it cannot, and says what it skips"
)]

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use afterword::search::{Answer, BundleFile, Compression, Facet, FacetOrder, FacetValue, Index};
use afterword::search::{Passage, Query, Record, SectionText, Sort, bundle, passages};
use serde::{Deserialize, Serialize};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/search");

#[derive(Deserialize)]
struct Corpus {
    facets: Vec<CorpusFacet>,
    records: Vec<CorpusRecord>,
}

#[derive(Deserialize)]
struct CorpusFacet {
    key: String,
    title: String,
    order: String,
    values: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct CorpusRecord {
    url: String,
    title: String,
    date: Option<String>,
    language: String,
    note: String,
    summary: String,
    facets: BTreeMap<String, Vec<String>>,
    sections: Vec<(String, String, String)>,
}

/// A golden query and what answers it.
#[derive(Deserialize, Serialize, Default)]
struct Golden {
    /// What the query is there to show.
    shows: String,
    query: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    filters: BTreeMap<String, BTreeSet<String>>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    sort: String,
    /// Whether facets are part of the answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    counts: bool,
    #[serde(default)]
    answer: Expected,
}

/// An answer in a form that is read easily: the first five results, the passages of the first.
#[derive(Deserialize, Serialize, Default, Debug, PartialEq)]
struct Expected {
    total: usize,
    urls: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    missing: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    passages: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    facets: BTreeMap<String, String>,
}

fn corpus() -> Corpus {
    serde_json::from_str(include_str!("search/corpus.json")).unwrap()
}

fn golden() -> Vec<Golden> {
    serde_json::from_str(&std::fs::read_to_string(format!("{FOLDER}/golden.json")).unwrap()).unwrap()
}

fn records(corpus: &Corpus) -> Vec<Record<'_>> {
    corpus.records.iter().map(record).collect()
}

fn record(record: &CorpusRecord) -> Record<'_> {
    Record {
        url: &record.url,
        title: &record.title,
        id: "",
        summary: &record.summary,
        note: &record.note,
        date: record.date.as_deref(),
        language: &record.language,
        facets: record.facets.iter().map(|(key, values)| (key.as_str(), values.iter().map(String::as_str).collect())).collect(),
        sections: record.sections.iter().map(section).collect(),
    }
}

fn section((anchor, heading, text): &(String, String, String)) -> SectionText<'_> {
    SectionText { anchor, heading, text: Cow::Borrowed(text) }
}

fn facets(corpus: &Corpus) -> Vec<Facet<'_>> {
    corpus.facets.iter().map(facet_of).collect()
}

fn facet_of(facet: &CorpusFacet) -> Facet<'_> {
    Facet {
        key: &facet.key,
        title: &facet.title,
        values: facet.values.iter().map(|(id, label)| FacetValue { id, label }).collect(),
        order: if facet.order == "listed" { FacetOrder::Listed } else { FacetOrder::Frequent },
    }
}

fn ask(index: &Index<'_>, golden: &Golden) -> Answer {
    let sort = if golden.sort == "date" { Sort::Date } else { Sort::Relevance };
    index.search(&Query { text: golden.query.clone(), filters: golden.filters.clone(), sort, limit: 5 }).unwrap()
}

fn expected(corpus: &Corpus, golden: &Golden, answer: Answer) -> Expected {
    let first = answer.hits.first().and_then(|hit| corpus.records.iter().find(|record| record.url == hit.url));
    let found = first.map(|first| passages(&record(first).sections, &answer.words, 2)).unwrap_or_default();
    let mut facets = BTreeMap::new();
    for facet in answer.facets.iter().filter(|_| golden.counts) {
        let value =
            |value: &afterword::search::FacetCount| format!("{}{} {}", if value.chosen { "+" } else { "" }, value.label, value.count);
        facets.insert(facet.key.clone(), facet.values.iter().map(value).collect::<Vec<_>>().join(", "));
    }
    Expected {
        total: answer.total,
        urls: answer.hits.into_iter().map(|hit| hit.url).collect(),
        corrections: answer.corrections,
        missing: answer.missing,
        passages: found.iter().map(shown).collect(),
        facets,
    }
}

/// A passage in one line, with the marked words in brackets.
fn shown(passage: &Passage) -> String {
    let mut line = format!("#{}: ", passage.anchor);
    for piece in &passage.pieces {
        let _ = if piece.marked { write!(line, "[{}]", piece.text) } else { write!(line, "{}", piece.text) };
    }
    line
}

fn write_bundle(folder: &Path, files: &[BundleFile]) {
    for file in files {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.bytes).unwrap();
    }
}

#[test]
fn golden_queries_in_memory() {
    let corpus = corpus();
    let index = Index::build(&records(&corpus), &facets(&corpus)).unwrap();
    let mut goldens = golden();
    if std::env::var_os("UPDATE").is_some() {
        for golden in &mut goldens {
            golden.answer = expected(&corpus, golden, ask(&index, golden));
        }
        std::fs::write(format!("{FOLDER}/golden.json"), serde_json::to_string_pretty(&goldens).unwrap() + "\n").unwrap();
    }
    for golden in &goldens {
        assert_eq!(expected(&corpus, golden, ask(&index, golden)), golden.answer, "{}: {}", golden.query, golden.shows);
    }
}

#[test]
fn golden_queries_from_files() {
    let corpus = corpus();
    let folder = tempfile::tempdir().unwrap();
    write_bundle(folder.path(), &bundle(&records(&corpus), &facets(&corpus), Compression::Gzip));
    let index = Index::open(|path| std::fs::read(folder.path().join(path)).ok()).unwrap();
    for golden in golden() {
        assert_eq!(expected(&corpus, &golden, ask(&index, &golden)), golden.answer, "{}: {}", golden.query, golden.shows);
    }
}

/// The reader in the browser answers the same, and neither hangs on damaged files nor takes them for whole.
#[test]
fn golden_queries_in_node() {
    let corpus = corpus();
    ask_in_node(&bundle(&records(&corpus), &facets(&corpus), Compression::Gzip), &golden());
}

/// So it does where there are several shards and blocks, and words that are too common to be looked for or to have their places kept.
#[test]
fn a_large_site_in_node() {
    let corpus = corpus();
    let facets = facets(&corpus);
    let names: Vec<(String, String)> =
        (0..700).map(|i| (format!("large/{i}/"), format!("20{:02}-{:02}-{:02}", i % 27, i % 12 + 1, i % 28 + 1))).collect();
    let texts: Vec<String> = (0..700).map(|i| format!("The incident on host-{i} in zone {} was like the others.", i % 7)).collect();
    let source = records(&corpus);
    let mut many = Vec::new();
    for (i, (url, date)) in names.iter().enumerate() {
        let [one, two, three] = [i * 7, i * 11 + 3, i * 13 + 5].map(|n| &source[n % source.len()]);
        let sections = [one, two, three].into_iter().flat_map(|record| record.sections.iter().take(2).cloned());
        let own = SectionText { anchor: "host", heading: "Host", text: Cow::Borrowed(&texts[i]) };
        many.push(Record { url, date: Some(date), sections: sections.chain([own]).collect(), ..one.clone() });
    }
    let files = bundle(&many, &facets, Compression::Gzip);
    assert!(files.iter().filter(|file| file.path.starts_with("search/s/")).count() > 3);
    let index = Index::build(&many, &facets).unwrap();
    let queries = [
        "host-123",
        "host-12",
        "the",
        "incident",
        "the incident",
        "certificate",
        "certificat",
        "\"on host 7\"",
        "\"the incident on host\"",
        "\"thundering herd\" cache",
        "conection",
        "kubernets",
        "payments-api latency",
        "障害",
        "zone 3 kafka",
        "back off jitter",
        "s",
        "se",
    ];
    let mut goldens: Vec<Golden> = golden();
    goldens.extend(queries.map(|query| Golden { query: query.to_owned(), counts: true, ..Golden::default() }));
    for golden in &mut goldens {
        golden.answer = expected(&corpus, golden, ask(&index, golden));
    }
    assert!(goldens.iter().any(|golden| golden.query == "the" && golden.answer.total > 600));
    ask_in_node(&files, &goldens);
}

fn ask_in_node(files: &[BundleFile], goldens: &[Golden]) {
    if Command::new("node").arg("--version").output().is_err() {
        println!("skipped: node is not on the PATH");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    write_bundle(folder.path(), files);
    std::fs::write(folder.path().join("golden.json"), serde_json::to_string(goldens).unwrap()).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/search-golden.mjs");
    let output = Command::new("node").arg(script).arg(folder.path()).output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "{said}");
}

#[test]
fn the_same_bytes_from_any_order_on_any_number_of_threads() {
    let corpus = corpus();
    let facets = facets(&corpus);
    // Enough of them for several batches, blocks and shards.
    let urls: Vec<String> = (0..200).map(|i| format!("incidents/{i:03}/")).collect();
    let source = records(&corpus);
    let many: Vec<Record<'_>> = urls.iter().zip(source.iter().cycle()).map(|(url, record)| Record { url, ..record.clone() }).collect();
    let backwards: Vec<Record<'_>> = many.iter().rev().cloned().collect();
    let with_threads = |count: usize, records: &[Record<'_>]| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build().unwrap();
        pool.install(|| bundle(records, &facets, Compression::Gzip))
    };
    let once = with_threads(1, &many);
    assert!(once.len() > 20);
    assert!(with_threads(4, &many) == once);
    assert!(with_threads(3, &backwards) == once);
}

#[test]
fn names_come_from_the_content_and_compression_changes_none() {
    let corpus = corpus();
    let paths = |compression| -> Vec<String> {
        bundle(&records(&corpus), &facets(&corpus), compression).into_iter().map(|file| file.path).collect()
    };
    assert_eq!(paths(Compression::Gzip), paths(Compression::None));
    let mut other = records(&corpus);
    other[0].summary = "Something else.";
    let changed = bundle(&other, &facets(&corpus), Compression::None);
    let kept = changed.iter().filter(|file| paths(Compression::None).contains(&file.path)).count();
    assert!(kept > 3 && kept < changed.len(), "{kept} of {}", changed.len());
}

#[test]
fn an_empty_site_has_a_bundle_too() {
    let index = Index::build(&[], &[]).unwrap();
    for text in ["", "dns", "\"split brain\"", "kubernets"] {
        let answer = index.search(&Query { text: text.to_owned(), limit: 10, ..Query::default() }).unwrap();
        assert_eq!((answer.total, answer.hits.len()), (0, 0));
    }
}

/// Bundle files that are cut short or have a bit turned give an answer or an error, never a panic.
#[test]
fn damaged_files_are_refused() {
    let corpus = corpus();
    let files = bundle(&records(&corpus), &facets(&corpus), Compression::None);
    let whole: BTreeMap<String, Vec<u8>> = files.into_iter().map(|file| (file.path, file.bytes)).collect();
    let queries = ["dns outage", "\"split brain\"", "kubernets", "payments-ap"];
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % below
    };
    let mut refused = 0;
    for round in 0..600 {
        let mut damaged = whole.clone();
        for bytes in damaged.values_mut() {
            if round % 2 == 0 {
                bytes.truncate(next(bytes.len()));
            } else {
                for _ in 0..3 {
                    let at = next(bytes.len());
                    bytes[at] ^= 1 << next(8);
                }
            }
        }
        if round % 3 != 0 {
            damaged.insert("search/meta.bin".to_owned(), whole["search/meta.bin"].clone());
        }
        let Ok(index) = Index::open(|path| damaged.get(path).cloned()) else {
            refused += 1;
            continue;
        };
        for text in queries {
            refused += usize::from(index.search(&Query { text: text.to_owned(), limit: 5, ..Query::default() }).is_err());
        }
    }
    assert!(refused > 600, "{refused}");
}

#[test]
fn a_missing_file_is_named() {
    let files = bundle(&[Record { title: "DNS", ..Record::default() }], &[], Compression::None);
    let meta = files.iter().find(|file| file.path == "search/meta.bin").unwrap().bytes.clone();
    let index = Index::open(move |path| (path == "search/meta.bin").then(|| meta.clone())).unwrap();
    let error = index.search(&Query { text: "dns".to_owned(), ..Query::default() }).unwrap_err();
    assert!(error.path.starts_with("search/s/"), "{error}");
    assert_eq!(error.why, "is missing");
}
