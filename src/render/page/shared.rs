//! What every page shares: made and converted for templates once a site.

use serde::Serialize;

use super::view::{TermLink, years};
use crate::knowledge::Grouping;
use crate::site::{FeedFormat, Listing, NavLink, Route, Site, footer_links, navigation};
use crate::theme::{self, Words, is_rtl};

#[derive(Serialize)]
struct SiteView {
    title: String,
    description: String,
    /// As BCP 47 has it: `en`.
    language: String,
    /// Whether it is written from right to left.
    is_rtl: bool,
    /// What scripts say otherwise than in English, as JSON that can stand in HTML; may be empty.
    script_words_html: String,
    /// The line at the foot of every page; may be empty.
    footer: String,
    footer_links: Vec<Nav>,
    /// The picture in the header, where the site has one of its own.
    logo: Option<Logo>,
    /// The picture in the tab of the browser.
    icon: Option<Icon>,
    /// That of Afterword.
    version: &'static str,
    /// "Afterword"
    generator: &'static str,
    /// The version of what templates are given.
    theme_api: usize,
    base_url: Option<String>,
    /// Whether this is the internal edition of a site that has a public one, too.
    is_internal: bool,
    /// Whether there are any in this edition.
    has_postmortems: bool,
    total: usize,
    nav: Vec<Nav>,
    taxonomies: Vec<TaxonomyLink>,
    /// Pages on all incidents together.
    together: Vec<Nav>,
    years: Vec<TermLink>,
    assets: Assets,
    feed_url: &'static str,
    json_feed_url: &'static str,
}

#[derive(Serialize)]
struct Nav {
    title: String,
    url: String,
    /// What a page of it has as `page.active`.
    key: String,
    /// Whether `url` is that of another site, which `root` does not go before.
    elsewhere: bool,
}

#[derive(Serialize)]
struct Logo {
    url: String,
    /// Whether it says the name of the site.
    has_name: bool,
}

#[derive(Serialize)]
struct Icon {
    url: String,
    /// For `<link type>`.
    media_type: &'static str,
}

#[derive(Serialize)]
struct TaxonomyLink {
    /// The first part of its address: `services`.
    key: String,
    name: String,
    /// The name of the list: "Services".
    plural: String,
    url: String,
    count: usize,
}

#[derive(Serialize)]
struct Assets {
    /// The style sheet of every page.
    css: Option<String>,
    /// What sets the colour scheme that the reader has chosen, before anything is painted.
    theme_js: Option<String>,
    /// What opens the search and switches the colour scheme: a module.
    site_js: Option<String>,
    /// The search: a module that is fetched when somebody searches.
    search_js: Option<String>,
}

impl From<NavLink> for Nav {
    fn from(NavLink { title, url, key }: NavLink) -> Self {
        let elsewhere = url.contains("://") || url.starts_with("mailto:");
        Self { title, url, key, elsewhere }
    }
}

/// The `site` of every template.
pub(super) fn view(site: &Site) -> minijinja::Value {
    let words = site.words();
    let config = site.config();
    let asset = |name: &str| site.theme().asset_url(name).map(str::to_owned);
    let icon = config.site.icon.as_ref().map_or("favicon.svg", |icon| &icon.value);
    let icon = site.theme().assets().find(|asset| asset.name == icon);
    let taxonomies = site.knowledge().taxonomies.iter().enumerate().filter(|(_, t)| t.grouping != Grouping::Year);
    minijinja::Value::from(minijinja::value::Serde(&SiteView {
        title: config.site.title.clone(),
        description: config.site.description.clone(),
        language: config.site.language.clone(),
        is_rtl: is_rtl(&config.site.language),
        script_words_html: script_words(words),
        footer: config.site.footer.clone(),
        footer_links: footer_links(site).into_iter().map(Nav::from).collect(),
        logo: config.site.logo.as_ref().and_then(|logo| Some(Logo { url: asset(logo)?, has_name: config.site.logo_has_name })),
        icon: icon.map(|icon| Icon { url: icon.path.clone(), media_type: icon.media_type }),
        version: env!("CARGO_PKG_VERSION"),
        generator: "Afterword",
        theme_api: theme::API,
        base_url: site.base_url().map(str::to_owned),
        is_internal: site.is_internal(),
        has_postmortems: !site.members(Listing::All).is_empty(),
        total: site.members(Listing::All).len(),
        nav: navigation(site).into_iter().map(Nav::from).collect(),
        taxonomies: taxonomies
            .map(|(n, t)| TaxonomyLink {
                key: t.key.clone(),
                name: words.term(t).to_owned(),
                plural: words.terms(t).to_owned(),
                url: site.url(Route::Taxonomy(n)),
                count: t.terms.len(),
            })
            .collect(),
        together: together(site),
        years: years(site),
        assets: Assets { css: asset("style.css"), theme_js: asset("theme.js"), site_js: asset("site.js"), search_js: asset("search.js") },
        feed_url: FeedFormat::Atom.file_name(),
        json_feed_url: FeedFormat::Json.file_name(),
    }))
}

/// What scripts say, as far as it is not what they say of their own accord.
fn script_words(words: &Words) -> String {
    let said = words.unlike_english("js-");
    let json = serde_json::to_string(&said).unwrap_or_default();
    if said.is_empty() { String::new() } else { json.replace('<', "\\u003c") }
}

/// The pages on all incidents together that there are.
fn together(site: &Site) -> Vec<Nav> {
    let words = site.words();
    let pages = [
        (Route::Learn, words.get("learn")),
        (Route::Actions, words.get("action-items")),
        (Route::Metrics, words.get("metrics")),
        (Route::Patterns, words.get("patterns")),
    ];
    let pages = pages.into_iter().filter(|(route, _)| site.has(*route));
    pages.map(|(route, title)| Nav { title: title.to_owned(), url: site.url(route), key: String::new(), elsewhere: false }).collect()
}
