//! The pages on what repeats. Each gathers one thing from every incident and lays it out in blocks; they share a template.

mod luck;
mod year_ago;

use serde::Serialize;

use super::table::Table;
use super::view::{Crumb, Framed, frame, meta};
use crate::site::{Pattern, Route, Site};

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
    pub(super) items: Vec<Item>,
    /// What is not shown and where it is, or what is missing.
    pub(super) note: String,
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

pub(super) fn view(site: &Site, pattern: Pattern) -> Framed<PatternView> {
    let mut meta = meta(site, "pattern", pattern.title().into(), site.url(Route::Pattern(pattern)));
    meta.description = pattern.lead().into();
    meta.crumbs.push(Crumb { title: "Patterns".into(), url: site.url(Route::Patterns) });
    let blocks = blocks(site, pattern);
    frame(site, meta, PatternView { heading: pattern.title().into(), lead: pattern.lead().into(), blocks })
}

fn blocks(site: &Site, pattern: Pattern) -> Vec<Block> {
    match pattern {
        Pattern::Luck => luck::blocks(site),
        Pattern::YearAgo => year_ago::blocks(site),
        _ => Vec::new(),
    }
}
