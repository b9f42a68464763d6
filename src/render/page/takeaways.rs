//! What was learned, incident by incident.

use serde::Serialize;

use super::learn::{Chosen, chosen, crumbs};
use super::listing::counted;
use super::view::{Framed, copies, frame, meta};
use crate::knowledge::is_drill;
use crate::model::{DocumentId, Section};
use crate::render::prose::{Prose, title};
use crate::render::wording::{DateView, day_view};
use crate::site::{FeedFormat, Route, Site, lessons};

#[derive(Debug, Serialize)]
pub(super) struct Takeaways {
    lead: String,
    of_the_month: Vec<Chosen>,
    items: Vec<Takeaway>,
    /// How many incidents tell of lessons that are not on the page.
    more: usize,
    feed_url: String,
}

#[derive(Debug, Serialize)]
struct Takeaway {
    title_html: String,
    url: String,
    date: Option<DateView>,
    html: String,
}

/// How many incidents the page has.
const MOST: usize = 50;

pub(super) fn view(site: &Site) -> Framed<Takeaways> {
    let words = site.words();
    let url = site.url(Route::Takeaways);
    let mut meta = meta(site, "takeaways", words.get("takeaways").into(), url.clone());
    meta.crumbs = crumbs(site);
    meta.copies = copies(
        site,
        [
            ("Atom", "application/atom+xml", Route::TakeawaysFeed(FeedFormat::Atom)),
            ("JSON Feed", "application/feed+json", Route::TakeawaysFeed(FeedFormat::Json)),
        ],
    );
    let told: Vec<usize> = site.newest_first().filter(|(_, postmortem)| lessons(postmortem).next().is_some()).map(|(n, _)| n).collect();
    let drills = told.iter().filter(|n| site.postmortem(**n).is_some_and(is_drill)).count();
    meta.description = words.with("takeaways-lead", &[("incidents", counted(words, told.len() - drills, drills).into())]);
    let item = |n: &usize| {
        let postmortem = site.postmortem(*n)?;
        let prose = Prose::gathered(site, DocumentId::Postmortem(*n), &url);
        let html = lessons(postmortem).flat_map(Section::prose).map(|blocks| prose.blocks(blocks)).collect();
        let first = lessons(postmortem).next()?;
        Some(Takeaway {
            title_html: title(&postmortem.head.title, site),
            url: format!("{}#{}", site.url(Route::Incident(*n)), first.id),
            date: postmortem.date.as_ref().map(|given| day_view(words, given)),
            html,
        })
    };
    let view = Takeaways {
        lead: meta.description.clone(),
        of_the_month: chosen(site),
        items: told.iter().take(MOST).filter_map(item).collect(),
        more: told.len().saturating_sub(MOST),
        feed_url: site.url(Route::TakeawaysFeed(FeedFormat::Atom)),
    };
    frame(site, meta, view)
}
