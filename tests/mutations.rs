//! Documents that chance has damaged: cut off, spliced, repeated, with bytes changed. Whatever is left is read, checked and made into pages, and
//! nothing panics. `AFTERWORD_MUTATIONS` says how many of them, where the few thousand of every run are not enough.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test works on real files")]

mod numbers;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use afterword::diagnostic::SourcePath;
use afterword::edition::{Audience, Drafts, Edition};
use afterword::pipeline::{self, Memo};
use afterword::render::render;
use afterword::report::{self, Colour, Format, Style};
use afterword::site::BuildInfo;
use afterword::source::{Role, SourceFile};
use numbers::Numbers;

/// How many damaged documents a run has, where nothing else is said.
const MUTATIONS: u64 = 3_000;
/// How many of them make a site. Few: a page of one that breaks is then quickly found.
const SITE: u64 = 150;

/// What is damaged: the case studies of this repository, and the rows of attacks where there are any.
fn texts() -> Vec<Vec<u8>> {
    let own = walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/content")).sort_by_file_name().into_iter().map(Result::unwrap);
    let mut texts: Vec<Vec<u8>> =
        own.filter(|entry| entry.path().extension().is_some_and(|e| e == "md")).map(|entry| fs::read(entry.path()).unwrap()).collect();
    if let Ok(folder) = std::env::var("AFTERWORD_ATTACKS") {
        for (file, field) in [("gfm-spec.jsonl", "markdown"), ("xss-markdown-own.jsonl", "markdown"), ("yaml-test-suite.jsonl", "yaml")] {
            let rows = fs::read_to_string(Path::new(&folder).join(file)).unwrap();
            let rows = rows.lines().filter_map(|row| serde_json::from_str::<serde_json::Value>(row).ok());
            texts.extend(rows.filter_map(|row| Some(row[field].as_str()?.as_bytes().to_vec())));
        }
    }
    assert!(texts.len() > 20, "{}", texts.len());
    texts
}

/// What a parser may take for the beginning or the end of something.
const MARKS: [&str; 22] = [
    "---\n",
    "+++\n",
    "```\n",
    "> [!INTERNAL]\n",
    "<!-- afterword: internal -->",
    "<!-- afterword: end -->",
    "|",
    "\n| --- |\n",
    "[^1]: ",
    "[[",
    "- [ ] ",
    "\u{feff}",
    "\r",
    "\0",
    "\u{202e}",
    "2026-02-29T25:61Z",
    "@",
    "{visibility=internal}",
    ": ",
    "\t",
    "é",
    "\u{d7ff}",
];

fn damaged(texts: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut text = texts[numbers.below(texts.len())].clone();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(text.len());
        let to = (at + numbers.below(400)).min(text.len());
        match numbers.below(7) {
            0 => text.truncate(at),
            1 => drop(text.drain(at..to)),
            2 => drop(text.splice(at..at, MARKS[numbers.below(MARKS.len())].bytes())),
            3 => {
                let again = text[at..to].to_vec();
                text.splice(to..to, again.repeat(1 + numbers.below(8)));
            }
            4 => {
                let other = &texts[numbers.below(texts.len())];
                let from = numbers.below(other.len());
                text.splice(at..to, other[from..(from + 300).min(other.len())].iter().copied());
            }
            5 => drop(text.drain(..at)),
            _ => {
                let bit = 1 << numbers.below(8);
                if let Some(byte) = text.get_mut(at) {
                    *byte ^= bit;
                }
            }
        }
    }
    text
}

#[test]
fn a_damaged_document_is_read_and_shown_as_far_as_it_goes() {
    let texts = texts();
    let wanted = std::env::var("AFTERWORD_MUTATIONS").map_or(MUTATIONS, |count| count.parse().unwrap());
    for site in 0..wanted.div_ceil(SITE) {
        // A panic names the seed of the site that it is in.
        println!("site {site}");
        let mut numbers = Numbers(site);
        let mut project =
            pipeline::from_archive("-- site.toml --\n[site]\nbase_url = 'https://example.org/'\n[editions.public]\ntraining = true\n");
        for n in 0..SITE {
            let path = SourcePath::from(format!("content/{}/{n}.md", ["postmortems", "training", "pages"][numbers.below(12) / 5]));
            let file = SourceFile::new(path, Role::Document, &damaged(&texts, &mut numbers));
            Arc::make_mut(&mut project.sources).insert(file);
        }
        let understood = pipeline::understand(&project, &mut Memo::default());
        let today = jiff::civil::date(2026, 1, 1);
        let findings = pipeline::check(&project, &understood, &[], today);
        let text = |path: &SourcePath| project.text(path);
        for format in Format::ALL {
            assert!(!report::write(format, &findings, &text, Style { colour: Colour::Never, width: 80 }).is_empty());
        }
        // Every finding leads to a place that is there.
        for finding in &findings {
            let Some(text) = project.text(&finding.primary.path) else { continue };
            let span = finding.primary.span;
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{site}: {finding:?}");
        }
        let (look, _) = pipeline::look(&project);
        let look = Arc::new(look);
        for audience in [Audience::Internal, Audience::Public] {
            let edition = Edition { audience, drafts: Drafts::Shown };
            let (laid_out, _) = pipeline::site(&project, &understood, Arc::clone(&look), edition, BuildInfo { today, base_url: None });
            for (url, route) in laid_out.routes().map(|(url, route)| (url, *route)).chain(laid_out.search_routes()) {
                assert!(render(&laid_out, route).is_ok(), "{site}: /{url}");
            }
        }
    }
}
