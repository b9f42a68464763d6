//! The page at an old address of a document: it leads on to the new one, on any host and with scripts off.

use serde::Serialize;

use super::view::{Framed, frame, meta};
use crate::site::{Redirect as OldAddress, Site};

#[derive(Debug, Serialize)]
pub(super) struct Redirect {
    /// The title of the document.
    target: String,
    target_url: String,
}

pub(super) fn view(site: &Site, redirect: &OldAddress) -> Framed<Redirect> {
    let target_url = site.document_url(redirect.to);
    let target = site.corpus().get(redirect.to).map(|document| document.head().title_text.clone()).unwrap_or_default();
    let mut meta = meta(site, "redirect", target.clone(), redirect.from.clone());
    meta.canonical = site.base_url().map(|base| format!("{base}{target_url}"));
    meta.noindex = true;
    frame(site, meta, Redirect { target, target_url })
}
