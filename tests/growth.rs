//! Texts of one to four marks, repeated: what a document costs grows with its length and no faster. Every run looks at what pages and findings such texts
//! become, which is the same each time; how long they take is measured by `cargo test --test growth -- --ignored`, for as many texts as `AFTERWORD_GROWTH` says.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the clock of the processor")]

mod numbers;

use std::sync::Arc;

use afterword::diagnostic::SourcePath;
use afterword::edition::{Audience, Drafts, Edition};
use afterword::pipeline::{self, Memo};
use afterword::render::{Body, render};
use afterword::report::{self, Format, Style};
use afterword::site::{BuildInfo, Look};
use afterword::source::{Role, SourceFile};
use numbers::Numbers;

/// What a text begins with: where the marks then stand.
const PLACES: [&str; 9] = [
    "",
    "---\n",
    "---\ntitle: x\ntags: ",
    "---\ntitle: x\n---\n\n",
    "---\ntitle: x\nvisibility: public\n---\n\n## Timeline\n\n",
    "---\ntitle: x\n---\n\n## Timeline\n\n| Time | Event |\n|---|---|\n",
    "---\ntitle: x\n---\n\n## Action items\n\n| Action | Owner | Status | Due |\n|---|---|---|---|\n",
    "+++\n",
    "---\ntitle: x\nvisibility: public\n---\n\n## Root cause\n\n",
];

/// What may be the beginning or the end of something, for Markdown, for metadata, or for us.
const MARKS: [&str; 72] = [
    "*",
    "_",
    "**",
    "~~",
    "`",
    "```\n",
    "[",
    "]",
    "](",
    "![",
    "[[",
    "]]",
    "(",
    ")",
    "<",
    ">",
    "<!--",
    "-->",
    "</",
    "<a ",
    "http://",
    "www.",
    "a@b.c",
    "&amp;",
    "&#",
    "\\",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "1. ",
    "- [ ] ",
    "# ",
    "\n## a\n",
    "|",
    "\n| --- |\n",
    ":-",
    "[^1]",
    "[^1]: ",
    "[a]: b\n",
    "[a]",
    "---\n",
    "===\n",
    "    ",
    "\t",
    "a",
    "b ",
    "é",
    "{",
    "}",
    "{visibility=internal}",
    "<!-- afterword: internal -->",
    "<!-- afterword: end -->",
    "<!-- afterword: allow vague-cause: x -->",
    "> [!INTERNAL]\n",
    "> [!NOTE]\n",
    "- 14:05 ",
    "2026-03-17T14:05Z ",
    "10 minutes ",
    "$1,000 ",
    "@ada ",
    "(owner: b, due: 2026-01-01)",
    "Root cause: ",
    "key: ",
    "a: b\n",
    "- a: b\n",
    "\"",
    "'",
    "x = 1\n",
    "[a.b]\n",
    ", ",
    "0x",
];

/// One to four marks, again and again behind the beginning of a document.
struct Pattern {
    place: &'static str,
    unit: String,
}

impl Pattern {
    fn of_chance(numbers: &mut Numbers) -> Self {
        let unit = (0..=numbers.below(4)).map(|_| MARKS[numbers.below(MARKS.len())]).collect();
        Self { place: PLACES[numbers.below(PLACES.len())], unit }
    }

    fn text(&self, length: usize) -> String {
        format!("{}{}", self.place, self.unit.repeat(length / self.unit.len()))
    }
}

/// Everything that is made of one document.
struct Made {
    pages: usize,
    findings: usize,
}

fn made_of(text: &str, look: &Arc<Look>) -> Made {
    let mut project = pipeline::from_archive("-- site.toml --\n[editions.public]\n");
    let path = SourcePath::from("content/postmortems/one.md");
    Arc::make_mut(&mut project.sources).insert(SourceFile::new(path, Role::Document, text.as_bytes()));
    let understood = pipeline::understand(&project, &mut Memo::default());
    let today = jiff::civil::date(2026, 1, 1);
    let findings = pipeline::check(&project, &understood, &[], today);
    // Without excerpts, of which a finding may have a few kilobytes.
    let findings = report::write(Format::Concise, &findings, &|path| project.text(path), Style::default()).len();
    let mut pages = 0;
    for audience in [Audience::Internal, Audience::Public] {
        let edition = Edition { audience, drafts: Drafts::Shown };
        let (site, _) = pipeline::site(&project, &understood, Arc::clone(look), edition, BuildInfo { today, base_url: None });
        for (_, route) in site.routes().filter(|(url, _)| url.starts_with("incidents/one/")) {
            if let Body::Bytes(bytes) = render(&site, *route).unwrap().body {
                pages += bytes.len();
            }
        }
    }
    Made { pages, findings }
}

fn look() -> Arc<Look> {
    Arc::new(pipeline::look(&pipeline::from_archive("")).0)
}

#[test]
fn pages_and_findings_grow_with_the_text_and_no_faster() {
    let look = look();
    let mut numbers = Numbers(1);
    let alone = MARKS.iter().map(|mark| Pattern { place: "", unit: (*mark).to_owned() });
    let mut of_chance = std::iter::repeat_with(|| Pattern::of_chance(&mut numbers));
    for pattern in alone.chain(of_chance.by_ref().take(100)) {
        let [small, large] = [2 << 10, 8 << 10].map(|length| made_of(&pattern.text(length), &look));
        let grown = |small: usize, large: usize| large > (64 << 10) + 5 * small;
        assert!(
            !grown(small.pages, large.pages),
            "{:?}, {:?}: {} bytes of pages, then {}",
            pattern.place,
            pattern.unit,
            small.pages,
            large.pages
        );
        assert!(
            !grown(small.findings, large.findings),
            "{:?}, {:?}: {} bytes, then {}",
            pattern.place,
            pattern.unit,
            small.findings,
            large.findings
        );
    }
}

/// The time that the processor has spent on this program so far, in nanoseconds.
fn spent() -> u64 {
    let threads = std::fs::read_dir("/proc/self/task").unwrap();
    let of_thread = |path: std::path::PathBuf| std::fs::read_to_string(path.join("schedstat")).ok()?.split(' ').next()?.parse::<u64>().ok();
    threads.filter_map(|thread| of_thread(thread.unwrap().path())).sum()
}

#[test]
#[ignore = "measures for minutes, on Linux alone"]
fn time_grows_with_the_text_and_no_faster() {
    /// What is less than this is lost among everything else.
    const LEAST: u64 = 20_000_000;
    let wanted = std::env::var("AFTERWORD_GROWTH").map_or(300, |count| count.parse().unwrap());
    let seed = std::env::var("AFTERWORD_SEED").map_or(1, |seed| seed.parse().unwrap());
    let look = look();
    let cost = |pattern: &Pattern, length: usize, times: usize| {
        let text = pattern.text(length);
        let once = || {
            let before = spent();
            let _ = made_of(&text, &look);
            spent() - before
        };
        (0..times).map(|_| once()).min().unwrap()
    };
    let mut numbers = Numbers(seed);
    let mut slow = Vec::new();
    for n in 0..wanted {
        let pattern = Pattern::of_chance(&mut numbers);
        let is_suspect = |lengths: [usize; 2], times: usize, most: u64| {
            let [small, large] = lengths.map(|length| cost(&pattern, length, times));
            (large > LEAST && large > most * small.max(LEAST / most)).then_some((small, large))
        };
        // Once and in small first; whatever looks as if it grew too fast, again, with care.
        let suspect = is_suspect([4 << 10, 16 << 10], 1, 6).or_else(|| is_suspect([16 << 10, 64 << 10], 1, 6));
        if suspect.is_some()
            && let Some((small, large)) = is_suspect([16 << 10, 64 << 10], 5, 9)
        {
            let told = format!(
                "{n}: {:?} and {:?} again and again: {} ms, then {} ms",
                pattern.place,
                pattern.unit,
                small / 1_000_000,
                large / 1_000_000
            );
            println!("{told}");
            slow.push(told);
        }
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}
