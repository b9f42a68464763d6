//! The way into what only the whole can tell.

use serde::Serialize;

use super::listing::total;
use super::pattern::{lead, title};
use super::view::{Framed, frame, meta};
use crate::knowledge::{Grouping, Taxonomy};
use crate::site::{Listing, Pattern, Route, Site};

#[derive(Debug, Serialize)]
pub(super) struct Patterns {
    lead: String,
    doors: Vec<Door>,
    groupings: Vec<Door>,
}

/// A page and what is behind it.
#[derive(Debug, Serialize)]
struct Door {
    title: String,
    /// How many things are behind it.
    count: Option<String>,
    url: String,
    text: String,
}

pub(super) fn view(site: &Site) -> Framed<Patterns> {
    let words = site.words();
    let mut meta = meta(site, "patterns", words.get("patterns").into(), site.url(Route::Patterns));
    let incidents = total(site, Listing::All);
    meta.description = words.with("patterns-lead", &[("incidents", incidents.into())]);
    let fixed = [(Route::Actions, "action-items", "patterns-actions"), (Route::Metrics, "metrics", "patterns-metrics")];
    let fixed = fixed.into_iter().map(|(route, title, text)| (route, words.get(title).to_owned(), words.get(text).to_owned()));
    let patterns = Pattern::ALL
        .into_iter()
        .map(|pattern| (Route::Pattern(pattern), title(words, pattern).to_owned(), lead(words, pattern).to_owned()));
    let doors = fixed.chain(patterns).filter(|(route, ..)| site.has(*route));
    let groupings = site.knowledge().taxonomies.iter().enumerate().filter(|(_, taxonomy)| taxonomy.grouping != Grouping::Year);
    let view = Patterns {
        lead: meta.description.clone(),
        doors: doors.map(|(route, title, text)| Door { title, count: None, url: site.url(route), text }).collect(),
        groupings: groupings
            .map(|(n, taxonomy)| Door {
                title: words.terms(taxonomy).to_owned(),
                count: Some(words.number(leaves(taxonomy))),
                url: site.url(Route::Taxonomy(n)),
                text: String::new(),
            })
            .collect(),
    };
    frame(site, meta, view)
}

/// The terms of a taxonomy without the branches they stand in.
fn leaves(taxonomy: &Taxonomy) -> usize {
    taxonomy.terms.iter().filter(|term| !taxonomy.is_hierarchical() || term.parent.is_some()).count()
}
