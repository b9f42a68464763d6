//! The links in the header and at the foot of every page.

use super::address::leads_somewhere;
use super::{Listing, Route, Site};
use crate::config::NavItem;
use crate::knowledge::Grouping;

/// How many entries the navigation has when site.toml does not say; more do not fit on one row.
const MOST: usize = 7;

/// An entry of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavLink {
    /// The words.
    pub title: String,
    /// The address: site-relative, or another site's.
    pub url: String,
    /// What pages call themselves to be shown as active: the address's first part.
    pub key: String,
}

/// The navigation: that of site.toml without pages that only another edition has, else the incidents, the ways they group, their patterns, and the pages at the top of the content.
#[must_use]
pub fn navigation(site: &Site) -> Vec<NavLink> {
    if !site.config().nav.is_empty() {
        return stated(site, &site.config().nav);
    }
    let mut links = Vec::new();
    if !site.corpus().postmortems.is_empty() {
        links.push(nav_link(site.words().get("incidents-title").into(), site.url(Route::List(Listing::All, 1))));
    }
    for (n, taxonomy) in site.knowledge().taxonomies.iter().enumerate() {
        if !matches!(taxonomy.grouping, Grouping::Year | Grouping::Severity | Grouping::Trigger | Grouping::Owner) {
            let title = if taxonomy.grouping == Grouping::Cause {
                site.words().get("incident-section-causes").to_owned()
            } else {
                site.words().terms(taxonomy).to_owned()
            };
            links.push(nav_link(title, site.url(Route::Taxonomy(n))));
        }
    }
    let whole = [(Route::Patterns, "patterns"), (Route::Learn, "learn")].into_iter().filter(|(route, _)| site.has(*route));
    let whole: Vec<NavLink> = whole.map(|(route, title)| nav_link(site.words().get(title).into(), site.url(route))).collect();
    links.truncate(MOST - whole.len());
    links.extend(whole);
    links.extend(site.top_pages().map(|(url, page)| nav_link(page.head.title_text.clone(), url)));
    links.truncate(MOST);
    links
}

/// The links of site.toml for the foot of every page, without pages that only another edition has.
#[must_use]
pub fn footer_links(site: &Site) -> Vec<NavLink> {
    stated(site, &site.config().site.footer_links)
}

/// Links of site.toml, as far as they lead somewhere.
fn stated(site: &Site, items: &[NavItem]) -> Vec<NavLink> {
    let there = items.iter().filter(|item| !item.url.value.starts_with('/') || leads_somewhere(site, &item.url.value));
    there.map(|item| nav_link(item.title.clone(), item.url.value.trim_start_matches('/').to_owned())).collect()
}

/// What a page calls itself to be shown as active, by the first part of its address: what an entry leads to, else the way into
/// the pages of its kind.
#[must_use]
pub fn active_key(site: &Site, first: &str) -> String {
    let way_in = match first {
        "actions" | "metrics" => Route::Patterns,
        "drills" | "packets" => Route::Learn,
        _ => return first.to_owned(),
    };
    let has_entry = navigation(site).iter().any(|link| link.key == first);
    if has_entry { first.to_owned() } else { site.url(way_in).trim_end_matches('/').to_owned() }
}

fn nav_link(title: String, url: String) -> NavLink {
    let key = url.split('/').next().unwrap_or_default().to_owned();
    NavLink { title, url, key }
}
