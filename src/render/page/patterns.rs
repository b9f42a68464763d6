//! The way into what only the whole can tell.

use serde::Serialize;

use super::listing::total;
use super::view::{Framed, frame, meta};
use crate::knowledge::{Grouping, Taxonomy};
use crate::render::wording::thousands;
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
    let mut meta = meta(site, "patterns", "Patterns".into(), site.url(Route::Patterns));
    meta.description = format!("What {} show when read together.", total(site, site.members(Listing::All)));
    let fixed = [
        (Route::Actions, "Action items", "What was agreed after incidents, and what has become of it."),
        (Route::Metrics, "Metrics", "How long things took, how they were found, and how sure we can be."),
    ];
    let fixed = fixed.into_iter().map(|(route, title, text)| (route, title.to_owned(), text.to_owned()));
    let patterns = Pattern::ALL.into_iter().map(|pattern| (Route::Pattern(pattern), pattern.title().to_owned(), pattern.lead().to_owned()));
    let doors = fixed.chain(patterns).filter(|(route, ..)| site.has(*route));
    let groupings = site.knowledge().taxonomies.iter().enumerate().filter(|(_, taxonomy)| taxonomy.grouping != Grouping::Year);
    let view = Patterns {
        lead: meta.description.clone(),
        doors: doors.map(|(route, title, text)| Door { title, count: None, url: site.url(route), text }).collect(),
        groupings: groupings
            .map(|(n, taxonomy)| Door {
                title: taxonomy.plural.clone(),
                count: Some(thousands(leaves(taxonomy))),
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
