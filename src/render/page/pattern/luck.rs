//! Where luck decided, and what surprised: what postmortems say under those headings, and near misses, newest first. Where there is much of it, it
//! stands under the cause.

use std::collections::BTreeMap;

use super::{Block, Group, Item, is_told, item, said};
use crate::knowledge::Grouping;
use crate::knowledge::metrics::Population;
use crate::markdown::escape;
use crate::render::page::view::{summary_text, term_link, terms_in};
use crate::site::{Pattern, Site};

/// From this number of items on they are laid out by cause.
const MANY: usize = 24;

/// The sections that are gathered: key, the messages for the heading of the block and what it says.
const SECTIONS: [(&str, &str, &str); 2] =
    [("lucky", "luck-lucky", "luck-lucky-text"), ("surprised", "luck-surprised", "luck-surprised-text")];

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    let words = site.words();
    let mut blocks = vec![near_misses(site)];
    blocks.extend(SECTIONS.iter().map(|(key, heading, text)| {
        let all = site.knowledge().newest_first.iter().copied();
        let items = said(site, Pattern::Luck, all, |section| is_told(section, key));
        laid_out(site, Block::new(key, words.get(heading), words.get(text)).with_items(words, items, "entries"))
    }));
    blocks
}

fn near_misses(site: &Site) -> Block {
    let words = site.words();
    let near_misses = site.newest_first().filter(|(_, postmortem)| Population::of(postmortem) == Population::NearMisses);
    let items = near_misses.filter_map(|(n, postmortem)| {
        let summary = summary_text(postmortem, 400);
        let html = if summary.is_empty() { String::new() } else { format!("<p>{}</p>", escape(&summary)) };
        item(site, n, html, None)
    });
    let text = words.get("luck-near-misses-text");
    laid_out(site, Block::new("near-misses", words.get("luck-near-misses"), text).with_items(words, items.collect(), "entries"))
}

/// A block whose items stand one after another with their causes beside them, or where there are many under their first cause.
fn laid_out(site: &Site, mut block: Block) -> Block {
    let words = site.words();
    if block.items.len() < MANY {
        for item in &mut block.items {
            let causes: Vec<String> = terms_in(site, Grouping::Cause, item.incident).into_iter().map(|cause| cause.name).collect();
            let between = if item.note.is_empty() || causes.is_empty() { "" } else { " · " };
            item.note = format!("{}{between}{}", item.note, words.row(&causes));
        }
        return block;
    }
    let mut by_cause: BTreeMap<Option<usize>, Vec<Item>> = BTreeMap::new();
    for item in std::mem::take(&mut block.items) {
        by_cause.entry(primary(site, item.incident)).or_default().push(item);
    }
    let mut groups: Vec<(Option<usize>, Vec<Item>)> = by_cause.into_iter().collect();
    // Most first; those without a cause last.
    groups.sort_by_key(|(cause, items)| (cause.is_none(), std::cmp::Reverse(items.len())));
    block.groups = groups.into_iter().map(|(cause, items)| group(site, cause, items)).collect();
    block
}

/// The first root cause of a postmortem, as a place among the terms.
fn primary(site: &Site, n: usize) -> Option<usize> {
    let (_, taxonomy) = site.taxonomy(Grouping::Cause)?;
    let first = &site.postmortem(n)?.root_causes.first()?.path.value;
    taxonomy.terms_of(n).find(|(_, term)| term.slug == *first).map(|(place, _)| place)
}

fn group(site: &Site, cause: Option<usize>, items: Vec<Item>) -> Group {
    let words = site.words();
    let link = cause.and_then(|term| Some(term_link(site, site.taxonomy(Grouping::Cause)?.0, term)));
    let (name, url) = link.map_or_else(|| (words.get("luck-no-cause").to_owned(), None), |link| (link.name, Some(link.url)));
    Group { name, url, note: words.count("entries", items.len()), items, ..Group::default() }
}
