//! Addresses of this site that people wrote by hand (`/incidents/`), held against the routes there are; and incidents that settings name.

use super::Site;
use crate::config::CONFIG_PATH;
use crate::diagnostic::{Diagnostic, SourcePath, Span, Spanned};
use crate::knowledge::Target;
use crate::model::DocumentId;
use crate::parse::BROKEN_LINK;

/// Written addresses that lead to no page: entries of the navigation, links at the foot of pages, then links of documents.
pub(super) fn broken(site: &Site) -> Vec<Diagnostic> {
    let links = site.config().nav.iter().chain(&site.config().site.footer_links);
    let nowhere = links.filter(|item| item.url.starts_with('/') && !leads_somewhere(site, &item.url));
    let mut broken: Vec<Diagnostic> = nowhere.map(|item| finding(&SourcePath::from(CONFIG_PATH), item.url.span, &item.url.value)).collect();
    // The public edition need not have every incident that was chosen.
    if !site.is_public() {
        broken.extend(site.config().training.of_the_month.iter().filter_map(|chosen| unknown_incident(site, &chosen.incident)));
    }
    for (id, targets) in site.knowledge().references.by_address() {
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

/// An incident that was chosen for a month and is not there.
fn unknown_incident(site: &Site, name: &Spanned<String>) -> Option<Diagnostic> {
    let is_known = matches!(site.knowledge().references.named(name), Some(DocumentId::Postmortem(_)));
    let message = format!("there is no incident `{}`", name.value);
    let finding = Diagnostic::new(BROKEN_LINK, &SourcePath::from(CONFIG_PATH), name.span, message);
    (!is_known).then(|| finding.help("name it by its id, slug, file name or title"))
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
