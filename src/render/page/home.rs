//! The home page.

use serde::Serialize;

use super::view::{Card, Facet, Framed, facets, frame, latest, meta};
use crate::model::DocumentId;
use crate::render::prose::Prose;
use crate::render::wording::excerpt;
use crate::site::{Listing, Site};

/// How many postmortems the home page shows.
const LATEST: usize = 5;

#[derive(Debug, Serialize)]
pub(super) struct Home {
    intro_html: String,
    total: usize,
    latest: Vec<Card>,
    facets: Vec<Facet>,
    pages: Vec<PageEntry>,
}

#[derive(Debug, Serialize)]
struct PageEntry {
    title: String,
    url: String,
    description: String,
}

pub(super) fn view(site: &Site) -> Framed<Home> {
    let introduction = site.introduction().and_then(|n| Some(Prose::new(site, DocumentId::Page(n), "").whole(&site.page(n)?.body)));
    let pages = site.top_pages().map(|(url, page)| PageEntry {
        title: page.head.title_text.clone(),
        url,
        description: excerpt(&super::view::first_words(&page.body.lead), 140),
    });
    let mut meta = meta(site, "home", String::new(), String::new());
    meta.description.clone_from(&site.config().site.description);
    frame(
        site,
        meta,
        Home {
            intro_html: introduction.unwrap_or_default(),
            total: site.members(Listing::All).len(),
            latest: latest(site, LATEST),
            facets: facets(site, 8),
            pages: pages.collect(),
        },
    )
}
