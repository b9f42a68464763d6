//! Lists of postmortems: all, a year, a term.

use serde::Serialize;

use super::view::{Card, Crumb, Facet, Framed, Pagination, TermLink, cards, facets, frame, meta, pagination, term_link, years};
use crate::knowledge::{Grouping, Taxonomy, Term};
use crate::model::DocumentId;
use crate::render::prose::Prose;
use crate::render::wording::plural;
use crate::site::{Listing, Route, Site};

/// The view of a list, by the template that shows it.
pub(super) enum View {
    /// All postmortems, or a year's.
    Incidents(Framed<Incidents>),
    /// Those with a term.
    Term(Framed<TermView>),
}

#[derive(Debug, Serialize)]
pub(super) struct Incidents {
    heading: String,
    lead: String,
    total: usize,
    cards: Vec<Card>,
    pagination: Pagination,
    facets: Vec<Facet>,
    years: Vec<TermLink>,
}

#[derive(Debug, Serialize)]
pub(super) struct TermView {
    heading: String,
    taxonomy: TaxonomyName,
    definition: String,
    prose_html: String,
    total: usize,
    parent: Option<TermLink>,
    children: Vec<TermLink>,
    together: Vec<Together>,
    cards: Vec<Card>,
    pagination: Pagination,
    feed_url: Option<String>,
}

#[derive(Debug, Serialize)]
struct TaxonomyName {
    name: String,
    plural: String,
    url: String,
}

#[derive(Debug, Serialize)]
struct Together {
    plural: String,
    terms: Vec<TermLink>,
}

pub(super) fn view(site: &Site, listing: Listing, page: usize) -> View {
    match listing {
        Listing::Term { taxonomy, term } => match site.term(taxonomy, term) {
            Some((entry, found)) if entry.grouping != Grouping::Year => {
                View::Term(term_view(site, Place { taxonomy, term, page }, entry, found))
            }
            found => View::Incidents(incidents(site, listing, page, found.map(|(_, term)| term.name.as_str()))),
        },
        Listing::All => View::Incidents(incidents(site, listing, page, None)),
    }
}

fn incidents(site: &Site, listing: Listing, page: usize, year: Option<&str>) -> Framed<Incidents> {
    let total = site.members(listing).len();
    let heading = year.map_or_else(|| "Incidents".to_owned(), |year| format!("Incidents of {year}"));
    let mut meta = meta(site, "incidents", numbered(&heading, page), site.url(Route::List(listing, page)));
    meta.description = format!("{}, newest first.", plural(total, "incident", "incidents"));
    if year.is_some() {
        meta.crumbs.push(Crumb { title: "Incidents".into(), url: site.url(Route::List(Listing::All, 1)) });
    }
    let mut facets = facets(site, 10);
    facets.retain(|facet| facet.key != "year");
    let mut years = years(site);
    for link in &mut years {
        link.current = Some(link.name.as_str()) == year;
    }
    let view = Incidents {
        lead: if year.is_some() { String::new() } else { site.config().site.description.clone() },
        heading,
        total,
        cards: cards(site, listing, page),
        pagination: pagination(site, listing, page),
        facets,
        years,
    };
    frame(site, meta, view)
}

/// Which page of which list.
#[derive(Clone, Copy)]
struct Place {
    taxonomy: usize,
    term: usize,
    page: usize,
}

fn term_view(site: &Site, place: Place, entry: &Taxonomy, term: &Term) -> Framed<TermView> {
    let Place { taxonomy, term: n, page } = place;
    let listing = Listing::Term { taxonomy, term: n };
    let mut meta = meta(site, "term", numbered(&format!("{}: {}", entry.name, term.name), page), site.url(Route::List(listing, page)));
    meta.description =
        if term.definition.is_empty() { plural(term.members.len(), "incident", "incidents") } else { term.definition.clone() };
    meta.crumbs.push(Crumb { title: entry.plural.clone(), url: site.url(Route::Taxonomy(taxonomy)) });
    let parent = term.parent.map(|parent| term_link(site, taxonomy, parent));
    if let Some(parent) = &parent {
        meta.crumbs.push(Crumb { title: parent.name.clone(), url: parent.url.clone() });
    }
    let children = entry.terms.iter().enumerate().filter(|(_, other)| other.parent == Some(n)).map(|(c, _)| term_link(site, taxonomy, c));
    let prose =
        site.prose(taxonomy, n).and_then(|page| Some(Prose::new(site, DocumentId::Page(page), &meta.url).whole(&site.page(page)?.body)));
    let view = TermView {
        heading: term.name.clone(),
        taxonomy: TaxonomyName { name: entry.name.clone(), plural: entry.plural.clone(), url: site.url(Route::Taxonomy(taxonomy)) },
        definition: term.definition.clone(),
        prose_html: prose.unwrap_or_default(),
        total: term.members.len(),
        parent,
        children: children.collect(),
        together: together(site, taxonomy, term),
        cards: cards(site, listing, page),
        pagination: pagination(site, listing, page),
        feed_url: None,
    };
    frame(site, meta, view)
}

/// The terms of other taxonomies that most often come with this one, up to six of each.
fn together(site: &Site, taxonomy: usize, term: &Term) -> Vec<Together> {
    let others = site.knowledge().taxonomies.iter().enumerate().filter(|(n, other)| *n != taxonomy && other.grouping != Grouping::Year);
    others
        .filter_map(|(n, other)| {
            let mut counts = vec![0_usize; other.terms.len()];
            for member in &term.members {
                for (place, found) in other.terms_of(*member) {
                    if (!other.is_hierarchical() || found.parent.is_some())
                        && let Some(count) = counts.get_mut(place)
                    {
                        *count += 1;
                    }
                }
            }
            let mut places: Vec<(usize, usize)> = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
            places.sort_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
            places.truncate(6);
            let terms: Vec<TermLink> = places.into_iter().map(|(place, count)| TermLink { count, ..term_link(site, n, place) }).collect();
            (!terms.is_empty()).then(|| Together { plural: other.plural.clone(), terms })
        })
        .collect()
}

fn numbered(title: &str, page: usize) -> String {
    if page > 1 { format!("{title}, page {page}") } else { title.to_owned() }
}
