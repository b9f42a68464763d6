//! A route to bytes. Pure: the same site and route give the same bytes, on any thread and whoever asks.
//!
//! `page` builds one typed view for each template, complete and already decided; `export` writes machine formats. The preview's reload
//! script is no business of this room.

mod export;
mod page;
mod prose;
mod wording;

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, SourcePath};
use crate::site::{Route, Site};

pub use export::CONTENT_SECURITY_POLICY;

/// What a route answers with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact<'site> {
    /// The media type, with its charset where it is text.
    pub media_type: &'static str,
    /// The content.
    pub body: Body<'site>,
}

/// The content of an artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body<'site> {
    /// Bytes.
    Bytes(Cow<'site, [u8]>),
    /// The bytes of a source file, which are read only when they are sent or written.
    File(&'site SourcePath),
}

/// The media type of pages.
pub const HTML: &str = "text/html; charset=utf-8";

/// Renders a route.
///
/// # Errors
/// A template error, located in the template.
pub fn render(site: &Site, route: Route) -> Result<Artifact<'_>, Box<Diagnostic>> {
    let artifact = match route {
        Route::Home | Route::Incident(_) | Route::Page(_) | Route::List(..) | Route::Taxonomy(_) | Route::Search | Route::NotFound => {
            bytes(HTML, page::render(site, route)?)
        }
        Route::Feed => bytes("application/atom+xml; charset=utf-8", export::atom(site)),
        Route::Sitemap => bytes("application/xml; charset=utf-8", export::sitemap(site)),
        Route::Robots => bytes("text/plain; charset=utf-8", export::robots(site)),
        Route::Headers => bytes("text/plain; charset=utf-8", export::headers()),
        Route::Asset(n) => match site.theme().assets().nth(n) {
            Some(asset) => Artifact { media_type: asset.media_type, body: Body::Bytes(Cow::Borrowed(&asset.bytes)) },
            None => bytes("application/octet-stream", Vec::new()),
        },
        Route::SearchFile(n) => match site.search_bundle().get(n) {
            Some(file) => Artifact { media_type: "application/octet-stream", body: Body::Bytes(Cow::Borrowed(&file.bytes)) },
            None => bytes("application/octet-stream", Vec::new()),
        },
        Route::Attachment(n) => match site.attachment(n) {
            Some(path) => Artifact { media_type: media_type(path.as_str()), body: Body::File(path) },
            None => bytes("application/octet-stream", Vec::new()),
        },
    };
    Ok(artifact)
}

fn bytes(media_type: &'static str, bytes: impl Into<Vec<u8>>) -> Artifact<'static> {
    Artifact { media_type, body: Body::Bytes(Cow::Owned(bytes.into())) }
}

/// The media type of an attachment by its ending; what a browser would run as script or show as a page is sent as plain bytes.
fn media_type(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "pdf" => "application/pdf",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "log" => "text/plain; charset=utf-8",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}
