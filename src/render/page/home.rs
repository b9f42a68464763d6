//! The home page: what this is, the newest incident, when there were others, and the ways in for whoever comes.

use serde::Serialize;

use super::listing::total;
use super::months::{self, Months};
use super::view::{Card, Facet, Framed, Made, card, facets, frame, meta};
use crate::knowledge::{Grouping, is_drill};
use crate::model::DocumentId;
use crate::render::prose::Prose;
use crate::render::wording::excerpt;
use crate::site::{FeedFormat, Listing, Pattern, Route, Site};
use crate::training::PathOrigin;

/// How many postmortems the home page shows.
const LATEST: usize = 5;
/// How many years of months it shows.
const YEARS: i16 = 3;

#[derive(Debug, Serialize)]
pub(super) struct Home {
    intro_html: String,
    /// "6 incidents and 1 drill"
    total: String,
    /// The newest incident; a drill is none.
    newest: Option<Made<Card>>,
    /// Those before it.
    latest: Vec<Made<Card>>,
    months: Option<Months>,
    doors: Vec<Door>,
    facets: Vec<Facet>,
    pages: Vec<PageEntry>,
}

#[derive(Debug, Serialize)]
struct PageEntry {
    title: String,
    url: String,
    description: String,
}

/// The ways in for one kind of reader.
#[derive(Debug, Serialize)]
struct Door {
    title: String,
    links: Vec<Way>,
}

#[derive(Debug, Serialize)]
struct Way {
    title: String,
    url: String,
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
    let members = site.members(Listing::All);
    let newest = members.iter().copied().find(|n| site.postmortem(*n).is_some_and(|postmortem| !is_drill(postmortem)));
    let others = members.iter().copied().filter(|n| Some(*n) != newest).take(LATEST - usize::from(newest.is_some()));
    frame(
        site,
        meta,
        Home {
            intro_html: introduction.unwrap_or_default(),
            total: total(site, Listing::All),
            newest: newest.and_then(|n| card(site, n)),
            latest: others.filter_map(|n| card(site, n)).collect(),
            months: months::of_site(site, YEARS),
            doors: doors(site),
            facets: facets(site, 8),
            pages: pages.collect(),
        },
    )
}

/// The ways in for those who were affected, those who respond and those who are new, as far as the site has them; none where there is
/// little to choose from.
fn doors(site: &Site) -> Vec<Door> {
    let words = site.words();
    let door = |title: &str, ways: [Option<(&str, Route)>; 4]| {
        let there = ways.into_iter().flatten().filter(|(_, route)| site.has(*route));
        Door {
            title: words.get(title).to_owned(),
            links: there.map(|(title, route)| Way { title: words.get(title).to_owned(), url: site.url(route) }).collect(),
        }
    };
    let grouping = |title: &'static str, grouping| site.taxonomy(grouping).map(|(n, _)| (title, Route::Taxonomy(n)));
    let path = site
        .programme()
        .paths
        .iter()
        .position(|path| path.origin == PathOrigin::FirstWeek)
        .map(|n| ("home-incidents-for-the-first-week", Route::Path(n)));
    let affected = [
        Some(("home-all-incidents-newest-first", Route::List(Listing::All, 1))),
        grouping("home-what-happened-to-a-service", Grouping::Service),
        Some(("home-what-we-do-about-them", Route::Actions)),
        Some(("home-follow-them-in-a-feed", Route::Feed(Listing::All, FeedFormat::Atom))),
    ];
    let responders = [
        grouping("home-causes-how-to-recognise-and", Grouping::Cause),
        Some(("home-what-came-back", Route::Pattern(Pattern::Recurrences))),
        Some(("home-how-long-things-take", Route::Metrics)),
        Some(("search", Route::Search)),
    ];
    let learners = [
        path,
        Some(("home-reading-paths", Route::Learn)),
        Some(("home-drills-to-play", Route::Drills)),
        Some(("home-what-was-learned", Route::Takeaways)),
    ];
    let doors = [
        door("home-if-you-were-affected", affected),
        door("home-if-you-run-or-build", responders),
        door("home-if-you-are-new-here", learners),
    ];
    doors.into_iter().filter(|door| door.links.len() > 1).collect()
}
