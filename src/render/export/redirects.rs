//! `/_redirects`, which Netlify and Cloudflare Pages read: old addresses answer with a redirect. Elsewhere the page at each of them does.

use crate::markdown::SafeUrl;
use crate::site::Site;

/// A line for each old address. A folder is named with its last `/` and without, for Cloudflare takes them for two.
pub(in crate::render) fn redirects(site: &Site) -> String {
    let root = site.root_on_host();
    let path = |url: &str| SafeUrl::new(&format!("{root}{url}")).map(|url| url.as_str().to_owned()).unwrap_or_default();
    let lines = site.redirects().iter().map(|redirect| {
        let (from, to) = (path(&redirect.from), path(&site.document_url(redirect.to)));
        let bare = from.strip_suffix('/').map(|bare| format!("{bare} {to} 301\n")).unwrap_or_default();
        format!("{bare}{from} {to} 301\n")
    });
    lines.collect()
}
