//! `/robots.txt` (RFC 9309).

use crate::site::{Route, Site};

/// Everything may be read, and the sitemap is named where the site knows its own address; nothing of an edition that is for the organisation.
pub(in crate::render) fn robots(site: &Site) -> String {
    if site.is_internal() {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = site.base_url() {
        text.push_str("\nSitemap: ");
        text.push_str(base);
        text.push_str(&site.url(Route::Sitemap));
        text.push('\n');
    }
    text
}
