//! What every page shares: made and converted for templates once a site.

use serde::Serialize;

use super::view::{TermLink, years};
use crate::knowledge::Grouping;
use crate::site::{FeedFormat, Listing, Route, Site, navigation};
use crate::theme::{Words, is_rtl};

#[derive(Serialize)]
struct SiteView {
    title: String,
    description: String,
    language: String,
    /// Whether it is written from right to left.
    is_rtl: bool,
    /// What scripts say otherwise than in English, as JSON that can stand in HTML; may be empty.
    script_words_html: String,
    footer: String,
    version: &'static str,
    generator: &'static str,
    base_url: Option<String>,
    /// Whether this is the internal edition of a site that has a public one, too.
    is_internal: bool,
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
    key: String,
}

#[derive(Serialize)]
struct TaxonomyLink {
    key: String,
    name: String,
    plural: String,
    url: String,
    count: usize,
}

#[derive(Serialize)]
struct Assets {
    css: String,
    icon: String,
    theme_js: String,
    site_js: String,
    search_js: String,
}

/// The `site` of every template.
pub(super) fn view(site: &Site) -> minijinja::Value {
    let words = site.words();
    let config = site.config();
    let asset = |name: &str| site.theme().asset_url(name).unwrap_or_default().to_owned();
    let taxonomies = site.knowledge().taxonomies.iter().enumerate().filter(|(_, t)| t.grouping != Grouping::Year);
    minijinja::Value::from(minijinja::value::Serde(&SiteView {
        title: config.site.title.clone(),
        description: config.site.description.clone(),
        language: config.site.language.clone(),
        is_rtl: is_rtl(&config.site.language),
        script_words_html: script_words(words),
        footer: config.site.footer.clone(),
        version: env!("CARGO_PKG_VERSION"),
        generator: "Afterword",
        base_url: site.base_url().map(str::to_owned),
        is_internal: site.is_internal(),
        has_postmortems: !site.members(Listing::All).is_empty(),
        total: site.members(Listing::All).len(),
        nav: navigation(site).into_iter().map(|link| Nav { title: link.title, url: link.url, key: link.key }).collect(),
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
        assets: Assets {
            css: asset("style.css"),
            icon: asset("favicon.svg"),
            theme_js: asset("theme.js"),
            site_js: asset("site.js"),
            search_js: asset("search.js"),
        },
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
    pages.map(|(route, title)| Nav { title: title.to_owned(), url: site.url(route), key: String::new() }).collect()
}
