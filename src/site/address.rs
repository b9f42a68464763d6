//! Addresses of this site that people wrote by hand (`/incidents/`), held against the routes there are.

use super::Site;
use crate::config::CONFIG_PATH;
use crate::diagnostic::{Diagnostic, SourcePath, Span};
use crate::knowledge::Target;
use crate::parse::BROKEN_LINK;

/// Written addresses that lead to no page: entries of the navigation, then links of documents.
pub(super) fn broken(site: &Site) -> Vec<Diagnostic> {
    let navigation = site.config().nav.iter().filter(|item| item.url.starts_with('/') && !leads_somewhere(site, &item.url));
    let mut broken: Vec<Diagnostic> =
        navigation.map(|item| finding(&SourcePath::from(CONFIG_PATH), item.url.span, &item.url.value)).collect();
    for (id, targets) in site.knowledge().references.iter() {
        let Some(document) = site.corpus().get(id) else { continue };
        for (link, target) in document.head().links.iter().zip(targets) {
            if let Target::Address(address) = target
                && !leads_somewhere(site, address)
            {
                broken.push(finding(&document.head().path, link.target.span, address));
            }
        }
    }
    broken
}

/// Whether there is a page at a path of the site; a missing last `/` is put right by hosts.
pub(super) fn leads_somewhere(site: &Site, address: &str) -> bool {
    let url = address.trim_start_matches('/');
    let url = url.split(['?', '#']).next().unwrap_or_default();
    site.route(url).is_some() || site.route(&format!("{url}/")).is_some()
}

fn finding(path: &SourcePath, span: Span, address: &str) -> Diagnostic {
    Diagnostic::new(BROKEN_LINK, path, span, format!("this site has no page at `{address}`"))
        .help("write the path of the file (`../about.md`), or an address that is there")
}
