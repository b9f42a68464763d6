//! Where luck decided, and what surprised: what postmortems say under those headings, and near misses, newest first. Where there is much of it, it
//! stands under the cause.

use std::collections::BTreeMap;

use super::{Block, Group, Item, causes, newest_items, said};
use crate::knowledge::Grouping;
use crate::knowledge::metrics::Population;
use crate::markdown::escape;
use crate::render::page::view::summary_text;
use crate::render::wording::{day, plural};
use crate::site::{Listing, Pattern, Route, Site, says_something};

/// From this number of items on they are laid out by cause.
const MANY: usize = 24;

/// The sections that are gathered: key, heading of the block, what it says.
const SECTIONS: [(&str, &str, &str); 2] = [
    (
        "lucky",
        "Where we got lucky",
        "What went well, or was not worse, only by chance. What luck did once, an action can do the next time.",
    ),
    ("surprised", "What surprised us", "Where the system, or our picture of it, was not what we took it for."),
];

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    let mut blocks = vec![near_misses(site)];
    blocks.extend(SECTIONS.iter().map(|(key, heading, text)| gather(site, key, heading, text)));
    blocks
}

/// An item and the incident that says it.
type Told = (usize, Item);

fn gather(site: &Site, key: &str, heading: &str, text: &str) -> Block {
    let mut told: Vec<Told> = Vec::new();
    for n in &site.knowledge().newest_first {
        let Some(postmortem) = site.postmortem(*n) else { continue };
        let sections = postmortem.body.sections.iter().filter(|section| section.key.as_deref() == Some(key) && says_something(section));
        told.extend(sections.filter_map(|section| Some((*n, said(site, Pattern::Luck, *n, section)?))));
    }
    block(site, key, heading, text, told)
}

fn near_misses(site: &Site) -> Block {
    let places = site.knowledge().newest_first.iter();
    let told = places.filter_map(|n| {
        let postmortem = site.postmortem(*n).filter(|postmortem| Population::of(postmortem) == Population::NearMisses)?;
        let words = summary_text(postmortem, 400);
        let html = if words.is_empty() { String::new() } else { format!("<p>{}</p>", escape(&words)) };
        let note = postmortem.date.as_ref().map(day).unwrap_or_default();
        Some((*n, Item { html, title: postmortem.head.title_text.clone(), url: site.url(Route::Incident(*n)), note }))
    });
    let text = "What almost was an incident: risks that are known, and have not struck yet.";
    block(site, "near-misses", "Near misses", text, told.collect())
}

/// A block of items: one after another with their causes beside them, or where there are many under their first cause.
fn block(site: &Site, key: &str, heading: &str, text: &str, told: Vec<Told>) -> Block {
    let mut block = Block { id: key.into(), heading: heading.into(), text: text.into(), ..Block::default() };
    let incidents: Vec<usize> = told.iter().map(|(n, _)| *n).collect();
    let (items, note) = newest_items(told.into_iter().map(|(_, item)| item).collect(), ("entry", "entries"));
    block.note = note;
    if items.len() < MANY {
        let noted = incidents.into_iter().zip(items).map(|(n, item)| {
            let names: Vec<String> = causes(site, n).into_iter().map(|cause| cause.name).collect();
            let parts = [item.note.clone(), names.join(", ")];
            let note = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            Item { note, ..item }
        });
        block.items = noted.collect();
        return block;
    }
    let taxonomy = site.knowledge().taxonomies.iter().position(|taxonomy| taxonomy.grouping == Grouping::Cause);
    let mut by_cause: BTreeMap<Option<usize>, Vec<Item>> = BTreeMap::new();
    for (n, item) in incidents.into_iter().zip(items) {
        by_cause.entry(primary(site, taxonomy, n)).or_default().push(item);
    }
    let mut groups: Vec<(Option<usize>, Vec<Item>)> = by_cause.into_iter().collect();
    // Most first; those without a cause last.
    groups.sort_by_key(|(cause, items)| (cause.is_none(), std::cmp::Reverse(items.len())));
    block.groups = groups.into_iter().map(|(cause, items)| group(site, taxonomy.zip(cause), items)).collect();
    block
}

/// The first root cause of a postmortem, as a place among the terms.
fn primary(site: &Site, taxonomy: Option<usize>, n: usize) -> Option<usize> {
    let taxonomy = site.knowledge().taxonomies.get(taxonomy?)?;
    let first = &site.postmortem(n)?.root_causes.first()?.path.value;
    taxonomy.terms_of(n).find(|(_, term)| term.slug == *first).map(|(place, _)| place)
}

fn group(site: &Site, cause: Option<(usize, usize)>, items: Vec<Item>) -> Group {
    let term = cause.and_then(|(taxonomy, term)| site.term(taxonomy, term));
    Group {
        name: term.map_or_else(|| "No cause of the taxonomy named".to_owned(), |(_, term)| term.name.clone()),
        url: cause.map(|(taxonomy, term)| site.url(Route::List(Listing::Term { taxonomy, term }, 1))),
        note: plural(items.len(), "entry", "entries"),
        items,
        ..Group::default()
    }
}
