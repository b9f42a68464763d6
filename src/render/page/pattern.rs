//! The pages on what repeats. Each gathers one thing from every incident and lays it out in blocks; they share a template.

mod acknowledgements;
mod losses;
mod luck;
mod plans;
mod preparedness;
mod records;
mod recurrences;
mod response;
mod year_ago;

pub(super) use recurrences::outcome_words;
pub(in crate::render) use recurrences::{aftermath_of, months, shared_words};

use std::fmt::Write as _;

use serde::Serialize;

use super::view::{Crumb, Framed, frame, meta};
use crate::markdown::{SafeUrl, escape};
use crate::model::{DocumentId, Section};
use crate::render::prose::Prose;
use crate::render::table::{Cell, Column, Table};
use crate::render::wording::{day, day_view};
use crate::site::{Pattern, Route, Site, root_of, says_something};
use crate::theme::Words;

/// Rows and items of a block that are shown; what is older is counted and left out, so that a page stays readable however large the archive.
const MOST: usize = 300;
/// Characters of gathered words that a block shows, for archives whose items are long.
const MOST_TEXT: usize = 240_000;

#[derive(Debug, Serialize)]
pub(super) struct PatternView {
    heading: String,
    lead: String,
    jump: Vec<Jump>,
    blocks: Vec<Block>,
}

/// A way to a part of a page.
#[derive(Debug, Serialize)]
pub(super) struct Jump {
    /// The fragment it leads to.
    pub(super) id: String,
    pub(super) title: String,
}

/// Blocks up to so many are seen at once, and need no ways to them.
const SEEN_AT_ONCE: usize = 2;

/// A stretch of such a page under a heading of its own. What is empty is left out.
#[derive(Debug, Default, Serialize)]
pub(super) struct Block {
    /// The fragment that leads to it.
    pub(super) id: String,
    pub(super) heading: String,
    /// What it shows and how it was counted, in plain words.
    pub(super) text: String,
    pub(super) tables: Vec<Table>,
    /// The words that unfold the tables, where they are folded.
    pub(super) folded: String,
    pub(super) items: Vec<Item>,
    /// Parts under a heading of their own.
    pub(super) groups: Vec<Group>,
    /// What is not shown and where it is, or what is missing.
    pub(super) note: String,
}

/// A part of a block: of one cause, one drill.
#[derive(Debug, Default, Serialize)]
pub(super) struct Group {
    pub(super) name: String,
    /// Where there is a page on what it is about.
    pub(super) url: Option<String>,
    /// Plain words behind the name: "3 incidents".
    pub(super) note: String,
    pub(super) tables: Vec<Table>,
    pub(super) items: Vec<Item>,
}

/// Something an incident said.
#[derive(Debug, Serialize)]
pub(super) struct Item {
    /// Which: its place in the corpus.
    #[serde(skip)]
    pub(super) incident: usize,
    /// Its words as HTML.
    pub(super) html: String,
    /// The incident.
    pub(super) title: String,
    pub(super) url: String,
    /// When and what else is worth a word: "11 Mar 2026, SEV1".
    pub(super) note: String,
}

impl Block {
    /// A block with nothing in it yet.
    pub(super) fn new(id: &str, heading: &str, text: impl Into<String>) -> Self {
        Self { id: id.into(), heading: heading.into(), text: text.into(), ..Self::default() }
    }

    /// The same with a table of the newest rows, named as the block is. `what` is the message for rows that are left out.
    fn with_rows(self, words: &Words, columns: impl Into<Vec<Column>>, mut rows: Vec<Vec<Cell>>, what: &str) -> Self {
        let more = rows.len().saturating_sub(MOST);
        rows.truncate(MOST);
        Self { tables: vec![Table::new(&self.heading, columns.into(), rows)], note: left_out(words, what, more), ..self }
    }

    /// The same without the columns of its tables in which no row has anything.
    fn without_empty_columns(self) -> Self {
        Self { tables: self.tables.into_iter().map(Table::without_empty_columns).collect(), ..self }
    }

    /// The same with the newest items within the bounds of a page. `what` is the message for those that are
    /// left out.
    fn with_items(self, words: &Words, mut items: Vec<Item>, what: &str) -> Self {
        let mut length = 0;
        let within = items.iter().take(MOST).take_while(|item| {
            length += item.html.len();
            length <= MOST_TEXT
        });
        let shown = within.count().max(1).min(items.len());
        let more = items.len() - shown;
        items.truncate(shown);
        Self { items, note: left_out(words, what, more), ..self }
    }

    /// The way to it.
    pub(super) fn way(&self) -> Jump {
        Jump { id: self.id.clone(), title: self.heading.clone() }
    }

    /// Whether there is nothing in it.
    fn is_empty(&self) -> bool {
        self.tables.iter().all(Table::is_empty) && self.items.is_empty() && self.groups.is_empty()
    }
}

pub(super) fn view(site: &Site, pattern: Pattern) -> Framed<PatternView> {
    let words = site.words();
    let mut meta = meta(site, "pattern", title(words, pattern).into(), site.url(Route::Pattern(pattern)));
    meta.description = lead(words, pattern).into();
    meta.crumbs.push(Crumb { title: words.get("patterns").into(), url: site.url(Route::Patterns) });
    let mut blocks = blocks(site, pattern);
    blocks.retain(|block| !block.is_empty());
    let jump = if blocks.len() > SEEN_AT_ONCE { blocks.iter().map(Block::way).collect() } else { Vec::new() };
    frame(site, meta, PatternView { heading: title(words, pattern).into(), lead: lead(words, pattern).into(), jump, blocks })
}

/// The title of a page.
pub(super) fn title(words: &Words, pattern: Pattern) -> &str {
    words.plain(&format!("pattern-{}", pattern.key())).unwrap_or_default()
}

/// What it is for, in one sentence.
pub(super) fn lead(words: &Words, pattern: Pattern) -> &str {
    words.plain(&format!("pattern-{}-lead", pattern.key())).unwrap_or_default()
}

fn blocks(site: &Site, pattern: Pattern) -> Vec<Block> {
    match pattern {
        Pattern::Losses => losses::blocks(site),
        Pattern::Recurrences => recurrences::blocks(site),
        Pattern::Luck => luck::blocks(site),
        Pattern::Response => response::blocks(site),
        Pattern::Plans => plans::blocks(site),
        Pattern::Preparedness => preparedness::blocks(site),
        Pattern::YearAgo => year_ago::blocks(site),
        Pattern::Acknowledgements => acknowledgements::blocks(site),
        Pattern::Records => records::blocks(site),
    }
}

/// Prints words of a postmortem on a page that gathers them.
fn prose(site: &Site, pattern: Pattern, n: usize) -> Prose<'_> {
    Prose::gathered(site, DocumentId::Postmortem(n), &site.url(Route::Pattern(pattern)))
}

/// What sections of some postmortems say, in their order, each with the way back to it.
fn said(site: &Site, pattern: Pattern, incidents: impl Iterator<Item = usize>, is_meant: impl Fn(&Section) -> bool) -> Vec<Item> {
    let mut items = Vec::new();
    for n in incidents {
        let sections = site.postmortem(n).into_iter().flat_map(|postmortem| &postmortem.body.sections);
        for section in sections.filter(|section| is_meant(section)) {
            let prose = prose(site, pattern, n);
            let html: String = section.prose().map(|blocks| prose.blocks(blocks)).collect();
            if !html.is_empty() {
                items.extend(item(site, n, html, Some(&section.id)));
            }
        }
    }
    items
}

/// Whether a section has a key and says something.
fn is_told(section: &Section, key: &str) -> bool {
    section.key.as_deref() == Some(key) && says_something(section)
}

/// Words of a postmortem with the way back to them, at a fragment of its page if there is one.
fn item(site: &Site, n: usize, html: String, fragment: Option<&str>) -> Option<Item> {
    let words = site.words();
    let postmortem = site.postmortem(n)?;
    let page = site.url(Route::Incident(n));
    let url = fragment.map_or_else(|| page.clone(), |fragment| format!("{page}#{fragment}"));
    Some(Item {
        incident: n,
        html,
        title: postmortem.head.title_text.clone(),
        url,
        note: postmortem.date.as_ref().map(|given| day(words, given)).unwrap_or_default(),
    })
}

/// A link to an incident.
fn incident_cell(site: &Site, n: usize) -> Cell {
    let title = site.postmortem(n).map_or("", |postmortem| &postmortem.head.title_text);
    Cell::link(title, site.url(Route::Incident(n)))
}

/// The day of an incident.
fn day_cell(site: &Site, n: usize) -> Cell {
    let words = site.words();
    let date = site.postmortem(n).and_then(|postmortem| postmortem.date);
    date.map_or_else(Cell::default, |date| Cell::date(&day_view(words, &date)))
}

/// Links to incidents, the first `most` of them, and how many more there are.
fn incidents_cell(site: &Site, pattern: Pattern, incidents: &[usize], most: usize) -> Cell {
    let words = site.words();
    let root = root_of(&site.url(Route::Pattern(pattern)));
    let mut html = String::new();
    for (place, n) in incidents.iter().take(most).enumerate() {
        let Some(postmortem) = site.postmortem(*n) else { continue };
        let before = if place > 0 { "; " } else { "" };
        let _ = write!(html, "{before}<a href=\"{root}{}\">{}</a>", site.url(Route::Incident(*n)), escape(&postmortem.head.title_text));
    }
    let more = incidents.len().saturating_sub(most);
    if more > 0 {
        let _ = write!(html, "; {}", words.count("pattern-more", more));
    }
    Cell::html(html)
}

/// Words with a link out, or to a document of the site, where `link` is one of the two; the words alone elsewhere.
fn linked_cell(site: &Site, pattern: Pattern, text: &str, link: &str) -> Cell {
    if let Some(url) = SafeUrl::new(link).filter(SafeUrl::is_external) {
        return Cell::html(format!("<a href=\"{}\">{}</a>", escape(url.as_str()), escape(text)));
    }
    let named = [link, text].into_iter().filter(|name| !name.is_empty()).find_map(|name| site.knowledge().references.named(name));
    let root = root_of(&site.url(Route::Pattern(pattern)));
    match named {
        Some(id) => Cell::html(format!("<a href=\"{root}{}\">{}</a>", site.document_url(id), escape(text))),
        None => Cell::text(text),
    }
}

/// How many more there are, and where: a message called by what they are.
fn left_out(words: &Words, what: &str, more: usize) -> String {
    if more == 0 { String::new() } else { words.count(&format!("left-out-{what}"), more) }
}
