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

pub(super) use recurrences::{aftermath_of, months, outcome_words, shared_words};

use std::fmt::Write as _;

use serde::Serialize;

use super::table::{Cell, Table};
use super::view::{Crumb, Framed, frame, meta, terms_of};
use crate::knowledge::Grouping;
use crate::markdown::{SafeUrl, escape};
use crate::model::{DocumentId, Section};
use crate::render::prose::Prose;
use crate::render::wording::{day, day_view, plural};
use crate::site::{Listing, Pattern, Route, Site, root_of};

/// Rows and items of a block that are shown; what is older is counted and left out, so that a page stays readable however large the archive.
const MOST: usize = 300;
/// Characters of gathered words that a block shows, for archives whose items are long.
const MOST_TEXT: usize = 240_000;

#[derive(Debug, Serialize)]
pub(super) struct PatternView {
    heading: String,
    lead: String,
    blocks: Vec<Block>,
}

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
    /// Its words as HTML.
    pub(super) html: String,
    /// The incident.
    pub(super) title: String,
    pub(super) url: String,
    /// When and what else is worth a word: "11 Mar 2026, SEV1".
    pub(super) note: String,
}

impl Block {
    /// Whether there is nothing in it.
    fn is_empty(&self) -> bool {
        self.tables.iter().all(Table::is_empty) && self.items.is_empty() && self.groups.is_empty()
    }
}

pub(super) fn view(site: &Site, pattern: Pattern) -> Framed<PatternView> {
    let mut meta = meta(site, "pattern", pattern.title().into(), site.url(Route::Pattern(pattern)));
    meta.description = pattern.lead().into();
    meta.crumbs.push(Crumb { title: "Patterns".into(), url: site.url(Route::Patterns) });
    let mut blocks = blocks(site, pattern);
    blocks.retain(|block| !block.is_empty());
    frame(site, meta, PatternView { heading: pattern.title().into(), lead: pattern.lead().into(), blocks })
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

/// What a section of a postmortem says, with the way back to it.
fn said(site: &Site, pattern: Pattern, n: usize, section: &Section) -> Option<Item> {
    let prose = prose(site, pattern, n);
    let html: String = section.prose().map(|blocks| prose.blocks(blocks)).collect();
    let postmortem = site.postmortem(n).filter(|_| !html.is_empty())?;
    let url = format!("{}#{}", site.url(Route::Incident(n)), section.id);
    Some(Item { html, title: postmortem.head.title_text.clone(), url, note: postmortem.date.as_ref().map(day).unwrap_or_default() })
}

/// A link to an incident.
fn incident_cell(site: &Site, n: usize) -> Cell {
    let title = site.postmortem(n).map_or("", |postmortem| &postmortem.head.title_text);
    Cell::link(title, site.url(Route::Incident(n)))
}

/// The day of an incident.
fn day_cell(site: &Site, n: usize) -> Cell {
    let date = site.postmortem(n).and_then(|postmortem| postmortem.date);
    date.map_or_else(Cell::default, |date| Cell::date(&day_view(&date)))
}

/// Links to incidents, the first `most` of them, and how many more there are.
fn incidents_cell(site: &Site, pattern: Pattern, incidents: &[usize], most: usize) -> Cell {
    let root = root_of(&site.url(Route::Pattern(pattern)));
    let mut html = String::new();
    for (place, n) in incidents.iter().take(most).enumerate() {
        let Some(postmortem) = site.postmortem(*n) else { continue };
        let before = if place > 0 { "; " } else { "" };
        let _ = write!(html, "{before}<a href=\"{root}{}\">{}</a>", site.url(Route::Incident(*n)), escape(&postmortem.head.title_text));
    }
    let more = incidents.len().saturating_sub(most);
    if more > 0 {
        let _ = write!(html, "; {more} more");
    }
    Cell::html(html)
}

/// Words with a link out, or to a document of the site, where `link` is one of the two; the words alone elsewhere.
fn linked_cell(site: &Site, pattern: Pattern, words: &str, link: &str) -> Cell {
    if let Some(url) = SafeUrl::new(link).filter(SafeUrl::is_external) {
        return Cell::html(format!("<a href=\"{}\">{}</a>", escape(url.as_str()), escape(words)));
    }
    let named = [link, words].into_iter().filter(|name| !name.is_empty()).find_map(|name| site.knowledge().references.named(name));
    let root = root_of(&site.url(Route::Pattern(pattern)));
    match named {
        Some(id) => Cell::html(format!("<a href=\"{root}{}\">{}</a>", site.document_url(id), escape(words))),
        None => Cell::text(words),
    }
}

/// The names of a postmortem's causes, with links to their pages.
fn causes(site: &Site, n: usize) -> Vec<super::view::TermLink> {
    let taxonomy = site.knowledge().taxonomies.iter().position(|taxonomy| taxonomy.grouping == Grouping::Cause);
    taxonomy.map_or_else(Vec::new, |taxonomy| terms_of(site, taxonomy, n))
}

/// The link to the page of a term of a grouping.
fn term_url(site: &Site, grouping: Grouping, term: usize) -> Option<String> {
    let taxonomy = site.knowledge().taxonomies.iter().position(|taxonomy| taxonomy.grouping == grouping)?;
    Some(site.url(Route::List(Listing::Term { taxonomy, term }, 1)))
}

/// The newest rows, and words on how many there are besides.
fn newest<T>(mut rows: Vec<T>, what: (&str, &str)) -> (Vec<T>, String) {
    let more = rows.len().saturating_sub(MOST);
    rows.truncate(MOST);
    (rows, left_out(more, what))
}

/// The newest items within the bounds of a page, and words on how many there are besides.
fn newest_items(mut items: Vec<Item>, what: (&str, &str)) -> (Vec<Item>, String) {
    let mut length = 0;
    let within = items.iter().take(MOST).take_while(|item| {
        length += item.html.len();
        length <= MOST_TEXT
    });
    let shown = within.count().max(1).min(items.len());
    let more = items.len() - shown;
    items.truncate(shown);
    (items, left_out(more, what))
}

fn left_out(more: usize, (one, many): (&str, &str)) -> String {
    if more == 0 {
        return String::new();
    }
    format!(
        "{} more, of older incidents, {} on the pages of the incidents themselves.",
        plural(more, one, many),
        if more == 1 { "is" } else { "are" }
    )
}

/// "a", "a and b", "a, b and c"
fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
