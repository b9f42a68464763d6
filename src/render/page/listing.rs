//! Lists of postmortems: all, a year, a term.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use super::cause::{self, CauseView};
use super::months::{self, Months};
use super::view::{
    Card, Crumb, Facet, Framed, Made, Pagination, TermLink, card, cards, facets, frame, meta, new_card, pagination, term_link, term_named,
    years,
};
use crate::knowledge::ledger::Tally;
use crate::knowledge::{Grouping, Taxonomy, Term, is_drill};
use crate::model::{DocumentId, Postmortem, portable};
use crate::render::chart::{self, Bar, Chart};
use crate::render::prose::Prose;
use crate::site::{Companions, FeedFormat, Listing, Route, Site, root_of};
use crate::theme::Words;

/// The view of a list, by the template that shows it.
pub(super) enum View {
    /// All postmortems, or a year's.
    Incidents(Box<Framed<Incidents>>),
    /// Those with a term.
    Term(Box<Framed<TermView>>),
    /// Those with a cause.
    Cause(Box<Framed<CauseView>>),
}

#[derive(Debug, Serialize)]
pub(super) struct Incidents {
    heading: String,
    lead: String,
    /// Whether facets narrow the list in place, where scripts run.
    narrow: bool,
    /// "6 incidents and 1 drill"
    total: String,
    /// Of a year: what began in each of its months.
    months: Option<Months>,
    /// Of a year: its severities and causes.
    together: Vec<Together>,
    cards: Vec<Made<Card>>,
    pagination: Pagination,
    /// Of all: which causes were at work how often.
    causes: Option<Chart>,
    facets: Vec<Facet>,
    years: Vec<TermLink>,
}

#[derive(Debug, Serialize)]
pub(super) struct TermView {
    heading: String,
    taxonomy: TaxonomyName,
    /// What it is; may be empty.
    definition: String,
    prose_html: String,
    /// Who owns a service, what a team owns, how many actions are open.
    about: Vec<About>,
    total: String,
    strip: Option<Chart>,
    together: Vec<Together>,
    cards: Vec<Made<Card>>,
    pagination: Pagination,
    feeds: Option<Feeds>,
}

/// Something to know of a term: links where it has them, else words.
#[derive(Debug, Serialize)]
struct About {
    label: String,
    links: Vec<TermLink>,
    text: String,
    url: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct TaxonomyName {
    name: String,
    /// The name of the list: "Services".
    plural: String,
    url: String,
}

impl TaxonomyName {
    pub(super) fn of(site: &Site, taxonomy: usize, entry: &Taxonomy) -> Self {
        let words = site.words();
        Self { name: words.term(entry).to_owned(), plural: words.terms(entry).to_owned(), url: site.url(Route::Taxonomy(taxonomy)) }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Together {
    /// The name of the list: "Services".
    plural: String,
    terms: Vec<TermLink>,
}

/// The addresses of a list's feeds.
#[derive(Debug, Serialize)]
pub(super) struct Feeds {
    /// The address of the Atom feed.
    atom: String,
    /// The address of the JSON feed.
    json: String,
}

pub(super) fn view(site: &Site, listing: Listing, page: usize) -> View {
    match listing {
        Listing::Term { taxonomy, term } => {
            let place = Place { taxonomy, term, page };
            match site.term(taxonomy, term) {
                Some((entry, found)) if entry.grouping == Grouping::Cause => View::Cause(Box::new(cause::view(site, place, entry, found))),
                Some((entry, found)) if entry.grouping != Grouping::Year => View::Term(Box::new(term_view(site, place, entry, found))),
                found => View::Incidents(Box::new(incidents(site, listing, page, found.map(|(_, term)| (place, term))))),
            }
        }
        Listing::All => View::Incidents(Box::new(incidents(site, listing, page, None))),
    }
}

fn incidents(site: &Site, listing: Listing, page: usize, year: Option<(Place, &Term)>) -> Framed<Incidents> {
    let words = site.words();
    let total = total(site, listing);
    let name = year.map(|(_, term)| term.name.as_str());
    let heading = name.map_or_else(|| words.get("incidents-title").to_owned(), |year| words.with("list-of-year", &[("year", year.into())]));
    let mut meta = meta(site, "incidents", numbered(words, &heading, page), site.url(Route::List(listing, page)));
    meta.description = words.with("list-newest-first", &[("incidents", total.as_str().into())]);
    if year.is_some() {
        meta.crumbs.push(Crumb { title: words.get("incidents-title").into(), url: site.url(Route::List(Listing::All, 1)) });
    }
    let mut facets = facets(site, 10);
    facets.retain(|facet| facet.key != "year");
    let mut years = years(site);
    for link in &mut years {
        link.current = Some(link.name.as_str()) == name;
    }
    let of_year = year.filter(|_| page == 1);
    let view = Incidents {
        lead: if year.is_some() { String::new() } else { site.config().site.description.clone() },
        heading,
        narrow: year.is_none(),
        total,
        months: of_year.and_then(|(place, _)| months::of_year(site, place.taxonomy, place.term)),
        together: of_year.map(|(place, term)| of_year_together(site, place, term)).unwrap_or_default(),
        cards: if year.is_some() { by_month(site, listing, page) } else { cards(site, listing, page) },
        pagination: pagination(site, listing, page),
        causes: if year.is_none() && page == 1 { causes(site, &meta.url) } else { None },
        facets,
        years,
    };
    frame(site, meta, view)
}

/// The cards of a year, of which the first of each month can be led to.
fn by_month(site: &Site, listing: Listing, page: usize) -> Vec<Made<Card>> {
    let mut last = None;
    let one = |n: &usize| {
        let month = site.postmortem(*n).and_then(|postmortem| months::month_key(postmortem.date.as_ref()?));
        if month == last {
            return card(site, *n);
        }
        last.clone_from(&month);
        Some(Made::of(&Card { anchor: month, ..new_card(site, *n)? }))
    };
    site.members_on(listing, page).iter().filter_map(one).collect()
}

/// The causes by number of incidents; nothing where fewer than two are named.
fn causes(site: &Site, url: &str) -> Option<Chart> {
    let words = site.words();
    let (taxonomy, causes) = site.taxonomy(Grouping::Cause)?;
    let leaves = causes.terms.iter().enumerate().filter(|(_, term)| term.parent.is_some() && term.incidents() > 0);
    let set = |(n, term): (usize, &Term)| {
        let url = site.url(Route::List(Listing::Term { taxonomy, term: n }, 1));
        let incidents = term.members.iter().copied().filter(|n| site.postmortem(*n).is_some_and(|postmortem| !is_drill(postmortem)));
        (Bar { name: term.name.clone(), url: Some(url), ..Bar::default() }, incidents.collect())
    };
    let sets: Vec<(Bar, Vec<usize>)> = leaves.map(set).collect();
    if sets.len() < 2 {
        return None;
    }
    let known = sets.iter().flat_map(|(_, incidents)| incidents).collect::<HashSet<_>>().len();
    let caption = words.get("metrics-together");
    let root = root_of(url);
    let frame = chart::Frame { id: "causes-by-number", title: words.get("list-causes-by-number"), caption, root: &root, words };
    Some(chart::causes(&frame, words.get("column-incidents"), sets, known))
}

/// The severities and causes of a year.
fn of_year_together(site: &Site, place: Place, term: &Term) -> Vec<Together> {
    let words = site.words();
    let Place { taxonomy, term: n, .. } = place;
    let wanted = |key: &str| {
        site.knowledge().taxonomies.iter().any(|t| words.terms(t) == key && matches!(t.grouping, Grouping::Severity | Grouping::Cause))
    };
    together(site, taxonomy, n, term).into_iter().filter(|group| wanted(&group.plural)).collect()
}

/// Which page of which list.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) taxonomy: usize,
    pub(super) term: usize,
    pub(super) page: usize,
}

fn term_view(site: &Site, place: Place, entry: &Taxonomy, term: &Term) -> Framed<TermView> {
    let words = site.words();
    let Place { taxonomy, term: n, page } = place;
    let listing = Listing::Term { taxonomy, term: n };
    let mut meta = meta(
        site,
        "term",
        numbered(words, &words.with("label-and-text", &[("label", words.term(entry).into()), ("text", term.name.as_str().into())]), page),
        site.url(Route::List(listing, page)),
    );
    meta.description = if term.definition.is_empty() { counted(words, term.incidents(), term.drills) } else { term.definition.clone() };
    meta.crumbs.push(Crumb { title: words.terms(entry).to_owned(), url: site.url(Route::Taxonomy(taxonomy)) });
    let is_first = page == 1;
    let view = TermView {
        heading: term.name.clone(),
        taxonomy: TaxonomyName::of(site, taxonomy, entry),
        definition: term.definition.clone(),
        prose_html: if is_first { prose(site, taxonomy, n, &meta.url) } else { String::new() },
        about: if is_first { about(site, entry, term) } else { Vec::new() },
        total: counted(words, term.incidents(), term.drills),
        strip: if is_first { strip(site, &meta.url, &years_of(site, &term.members)) } else { None },
        together: together(site, taxonomy, n, term),
        cards: cards(site, listing, page),
        pagination: pagination(site, listing, page),
        feeds: feeds(site, listing),
    };
    frame(site, meta, view)
}

/// What a document of `content/` says of a term, as HTML.
pub(super) fn prose(site: &Site, taxonomy: usize, term: usize, url: &str) -> String {
    let prose =
        site.prose(taxonomy, term).and_then(|page| Some(Prose::new(site, DocumentId::Page(page), url).whole(&site.page(page)?.body)));
    prose.unwrap_or_default()
}

/// The feeds of a list, where it has them.
pub(super) fn feeds(site: &Site, listing: Listing) -> Option<Feeds> {
    let [atom, json] = FeedFormat::ALL.map(|format| Route::Feed(listing, format));
    (site.has(atom) && site.has(json)).then(|| Feeds { atom: site.url(atom), json: site.url(json) })
}

/// What there is to know of a service or a team beside its incidents.
fn about(site: &Site, entry: &Taxonomy, term: &Term) -> Vec<About> {
    let words = site.words();
    match entry.grouping {
        Grouping::Service => {
            let service = site.config().services.iter().find(|(id, _)| portable(id) == term.slug).map(|(_, service)| service);
            let owner = service.and_then(|service| site.config().owner_named(&service.owner));
            let owner = owner.map(|owner| About {
                label: words.get("term-owners").to_owned(),
                links: term_named(site, Grouping::Owner, &portable(owner.id)).into_iter().collect(),
                text: owner.name.to_owned(),
                url: None,
            });
            let members: HashSet<usize> = term.members.iter().copied().collect();
            let of_members = site.ledger().entries.iter().filter(|entry| members.contains(&entry.postmortem));
            let open = open_actions(site, Tally::of(of_members), "list-open-of-incidents");
            owner.into_iter().chain(open).collect()
        }
        Grouping::Owner => {
            let owned = site
                .config()
                .services
                .iter()
                .filter(|(_, service)| site.config().owner_named(&service.owner).is_some_and(|owner| portable(owner.id) == term.slug));
            let services: Vec<(String, Option<TermLink>)> =
                owned.map(|(id, service)| (service.name.clone(), term_named(site, Grouping::Service, &portable(id)))).collect();
            // A service that no public document names is not there in public.
            let quiet = services.iter().filter(|(_, link)| link.is_none() && !site.is_public());
            let quiet: Vec<String> = quiet.map(|(name, _)| name.clone()).collect();
            let links: Vec<TermLink> = services.into_iter().filter_map(|(_, link)| link).collect();
            let hit = About { label: words.get("terms-services").to_owned(), links, text: String::new(), url: None };
            let spared =
                About { label: words.get("list-without-incident").to_owned(), links: Vec::new(), text: words.row(&quiet), url: None };
            let open = open_actions(site, Tally::of(site.ledger().of_owner(&term.slug)), "list-open-of-team");
            [hit, spared].into_iter().filter(|about| !about.links.is_empty() || !about.text.is_empty()).chain(open).collect()
        }
        _ => Vec::new(),
    }
}

/// How many actions are still to be done, with the way to all of them; nothing where there are none at all.
fn open_actions(site: &Site, actions: Tally, id: &str) -> Option<About> {
    let words = site.words();
    let (all, open) = (actions.total(), actions.open());
    let text = words.with(id, &[("count", all.into()), ("open", open.into())]);
    (all > 0).then(|| About {
        label: words.get("action-items").to_owned(),
        links: Vec::new(),
        text,
        url: site.has(Route::Actions).then(|| site.url(Route::Actions)),
    })
}

/// The years of incidents, in order of time, with those between them that had none. Drills are no incidents.
fn years_of(site: &Site, members: &[usize]) -> Vec<(i16, usize)> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    let incidents = members.iter().filter_map(|n| site.postmortem(*n)).filter(|postmortem: &&Postmortem| !is_drill(postmortem));
    for date in incidents.filter_map(|postmortem| postmortem.date) {
        *counts.entry(date.year()).or_default() += 1;
    }
    let span = counts.keys().next().copied().zip(counts.keys().next_back().copied());
    span.into_iter().flat_map(|(first, last)| first..=last).map(|year| (year, counts.get(&year).copied().unwrap_or(0))).collect()
}

/// Incidents by year, as a drawing; nothing where they are all of one year.
pub(super) fn strip(site: &Site, url: &str, years: &[(i16, usize)]) -> Option<Chart> {
    let words = site.words();
    if years.len() < 2 {
        return None;
    }
    let year = |(year, count): &(i16, usize)| {
        let name = format!("{year:04}");
        chart::Year { url: term_named(site, Grouping::Year, &name).map(|link| link.url), name, count: *count }
    };
    let years: Vec<chart::Year> = years.iter().map(year).collect();
    let root = root_of(url);
    Some(chart::years(&chart::Frame { id: "by-year", title: words.get("list-by-year"), caption: "", root: &root, words }, &years))
}

/// The other terms that most often come with this one, up to six of each taxonomy. Its own branch and leaves are told elsewhere.
pub(super) fn together(site: &Site, taxonomy: usize, term: usize, entry: &Term) -> Vec<Together> {
    let words = site.words();
    let companions = site.companions(taxonomy, term, || companions(site, taxonomy, term, entry));
    let group = |(n, places): &Companions| {
        let terms = places.iter().map(|(place, count)| TermLink { count: *count, ..term_link(site, *n, *place) });
        Some(Together { plural: words.terms(site.knowledge().taxonomies.get(*n)?).to_owned(), terms: terms.collect() })
    };
    companions.iter().filter_map(group).collect()
}

/// The same by their places, counted over all members: every page of a long list shows them.
fn companions(site: &Site, taxonomy: usize, term: usize, entry: &Term) -> Vec<Companions> {
    let others = site.knowledge().taxonomies.iter().enumerate().filter(|(_, other)| other.grouping != Grouping::Year);
    others
        .filter_map(|(n, other)| {
            let mut counts = vec![0_usize; other.terms.len()];
            for member in &entry.members {
                for (place, found) in other.terms_of(*member) {
                    let is_kin = n == taxonomy && (place == term || found.parent == Some(term));
                    if (!other.is_hierarchical() || found.parent.is_some())
                        && !is_kin
                        && let Some(count) = counts.get_mut(place)
                    {
                        *count += 1;
                    }
                }
            }
            let mut places: Vec<(usize, usize)> = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
            places.sort_by_key(|(place, count)| (std::cmp::Reverse(*count), *place));
            places.truncate(6);
            (!places.is_empty()).then_some((n, places))
        })
        .collect()
}

/// How many postmortems of a list are incidents, and how many drills.
pub(super) fn total(site: &Site, listing: Listing) -> String {
    let drills = match listing {
        Listing::All => site.knowledge().drills,
        Listing::Term { taxonomy, term } => site.term(taxonomy, term).map_or(0, |(_, term)| term.drills),
    };
    counted(site.words(), site.members(listing).len() - drills, drills)
}

/// "4 incidents", "4 incidents and 1 drill".
pub(super) fn counted(words: &Words, incidents: usize, drills: usize) -> String {
    let incidents = words.count("incidents", incidents);
    if drills == 0 { incidents } else { words.list(&[incidents, words.count("drills", drills)]) }
}

pub(super) fn numbered(words: &Words, title: &str, page: usize) -> String {
    if page > 1 { words.with("list-numbered", &[("title", title.into()), ("page", page.into())]) } else { title.to_owned() }
}
