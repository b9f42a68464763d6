//! Times the stages of a build one by one, over a thousand postmortems in memory.
//!
//! ```sh
//! cargo bench --bench stages
//! ```
//!
//! `afterword build --timings` says the same of a site of one's own.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a measurement works on real files, and panics when they are not what it made"
)]

#[expect(dead_code, reason = "what other generators need is for the other benchmarks")]
mod corpus;

use std::sync::{Arc, LazyLock};

use afterword::diagnostic::{SourcePath, Span};
use afterword::edition::{Audience, Drafts, Edition};
use afterword::markdown::{Highlighter, read};
use afterword::parse::{self, Role};
use afterword::pipeline::{self, Memo, Project, Understood};
use afterword::render::render;
use afterword::search::Compression;
use afterword::site::{BuildInfo, Listing, Look, Route, Site};
use afterword::{frontmatter, knowledge};
use divan::{Bencher, black_box};

use corpus::{Corpus, Flavour};

const DOCUMENTS: usize = 1000;
const CORPUS: Corpus = Corpus { flavour: Flavour::Afterword, seed: 1, documents: DOCUMENTS };
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

static PROJECT: LazyLock<Project> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    CORPUS.write(folder.path());
    pipeline::open(folder.path()).unwrap()
});
static UNDERSTOOD: LazyLock<Understood> = LazyLock::new(|| pipeline::understand(&PROJECT, &mut Memo::default()));
static LOOK: LazyLock<Arc<Look>> = LazyLock::new(|| Arc::new(pipeline::look(&PROJECT).0));
static SITE: LazyLock<Site> = LazyLock::new(site);

fn site() -> Site {
    let edition = Edition { audience: Audience::Internal, drafts: Drafts::Hidden };
    pipeline::site(&PROJECT, &UNDERSTOOD, Arc::clone(&LOOK), edition, BuildInfo { today: TODAY, base_url: None }).0
}

fn main() {
    if corpus::is_asked_to_measure() {
        divan::main();
    }
}

#[divan::bench]
fn document_read_to_a_tree(bencher: Bencher) {
    let text = CORPUS.postmortem(DOCUMENTS / 2);
    bencher.bench(|| read(black_box(&text), Span::new(0, text.len())));
}

#[divan::bench]
fn document_parsed(bencher: Bencher) {
    let (path, text) = (SourcePath::from(corpus::path(DOCUMENTS / 2)), CORPUS.postmortem(DOCUMENTS / 2));
    bencher.bench(|| parse::document(&path, black_box(&text), Role::Postmortem, &PROJECT.config));
}

#[divan::bench]
fn front_matter_parsed(bencher: Bencher) {
    let text = CORPUS.postmortem(DOCUMENTS / 2);
    bencher.bench(|| frontmatter::parse(black_box(&text)));
}

#[divan::bench]
fn code_highlighted(bencher: Bencher) {
    let text = include_str!("stages.rs");
    bencher.bench(|| Highlighter::new().highlight(Some("rust"), black_box(text)));
}

#[divan::bench]
fn all_parsed_and_linked(bencher: Bencher) {
    LazyLock::force(&PROJECT);
    bencher.bench(|| pipeline::understand(&PROJECT, &mut Memo::default()));
}

#[divan::bench]
fn all_linked(bencher: Bencher) {
    LazyLock::force(&UNDERSTOOD);
    bencher.bench(|| knowledge::link(&UNDERSTOOD.corpus, &PROJECT.config, &|_| false));
}

#[divan::bench]
fn all_checked(bencher: Bencher) {
    LazyLock::force(&UNDERSTOOD);
    bencher.bench(|| pipeline::check(&PROJECT, &UNDERSTOOD, &[], TODAY));
}

#[divan::bench]
fn site_made(bencher: Bencher) {
    LazyLock::force(&UNDERSTOOD);
    LazyLock::force(&LOOK);
    bencher.bench(site);
}

#[divan::bench]
fn search_files_made(bencher: Bencher) {
    LazyLock::force(&UNDERSTOOD);
    bencher.with_inputs(site).bench_refs(|site| site.search_bundle_as(Compression::Gzip).len());
}

#[divan::bench]
fn incident_rendered(bencher: Bencher) {
    LazyLock::force(&SITE);
    bencher.bench(|| render(&SITE, Route::Incident(black_box(DOCUMENTS / 2))).is_ok());
}

#[divan::bench]
fn list_rendered(bencher: Bencher) {
    LazyLock::force(&SITE);
    bencher.bench(|| render(&SITE, Route::List(Listing::All, black_box(3))).is_ok());
}

#[divan::bench]
fn metrics_rendered(bencher: Bencher) {
    LazyLock::force(&SITE);
    bencher.bench(|| render(&SITE, black_box(Route::Metrics)).is_ok());
}
