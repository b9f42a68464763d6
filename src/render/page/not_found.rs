//! The page for addresses that lead nowhere: it helps on.

use serde::Serialize;

use super::view::{Card, Facet, Framed, Made, facets, frame, latest, meta};
use crate::site::{Route, Site};

#[derive(Debug, Serialize)]
pub(super) struct NotFound {
    latest: Vec<Made<Card>>,
    facets: Vec<Facet>,
}

pub(super) fn view(site: &Site) -> Framed<NotFound> {
    let words = site.words();
    let mut meta = meta(site, "not-found", words.get("not-found-title").into(), site.url(Route::NotFound));
    meta.noindex = true;
    meta.canonical = None;
    frame(site, meta, NotFound { latest: latest(site, 5), facets: facets(site, 8) })
}
