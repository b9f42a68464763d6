//! `/robots.txt` (RFC 9309).

use crate::site::{Route, Site};

/// Everything may be read; the sitemap is named where the site knows its own address.
pub(in crate::render) fn robots(site: &Site) -> String {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = site.base_url() {
        text.push_str("\nSitemap: ");
        text.push_str(base);
        text.push_str(&site.url(Route::Sitemap));
        text.push('\n');
    }
    text
}
