//! The search page. Without JavaScript it is the lists that lead everywhere.

use serde::Serialize;

use super::view::{Card, Facet, Framed, Made, facets, frame, latest, meta};
use crate::site::{Route, Site};

#[derive(Debug, Serialize)]
pub(super) struct Search {
    facets: Vec<Facet>,
    latest: Vec<Made<Card>>,
}

pub(super) fn view(site: &Site) -> Framed<Search> {
    let words = site.words();
    let mut meta = meta(site, "search", words.get("search").into(), site.url(Route::Search));
    meta.noindex = true;
    meta.description = words.get("search-description").into();
    frame(site, meta, Search { facets: facets(site, 12), latest: latest(site, 10) })
}
