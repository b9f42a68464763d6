//! A route to bytes. Pure: the same site and route give the same bytes, on any thread and whoever asks.
//!
//! `page` builds one typed view for each template, complete and already decided; `export` writes machine formats. The preview's reload
//! script is no business of this room.

mod chart;
mod difference;
pub mod export;
mod page;
mod prose;
mod question;
mod table;
mod wording;

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, SourcePath};
use crate::site::{FeedFormat, Route, Site};

use export::Subject;
pub use export::{ASSETS_CACHE_CONTROL, CONTENT_SECURITY_POLICY, HEADERS};
pub use page::{Packet, part_ids};
pub(crate) use wording::text_label;

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
        Route::Home
        | Route::Incident(_)
        | Route::Page(_)
        | Route::List(..)
        | Route::Taxonomy(_)
        | Route::Actions
        | Route::Metrics
        | Route::Patterns
        | Route::Pattern(_)
        | Route::Learn
        | Route::Path(_)
        | Route::PathStep(..)
        | Route::Packet(_)
        | Route::Drills
        | Route::Drill(_)
        | Route::DrillStep(..)
        | Route::Facilitator(_)
        | Route::Takeaways
        | Route::Redirect(_)
        | Route::Search
        | Route::NotFound => bytes(HTML, page::render(site, route)?),
        Route::History(n) => bytes("application/json", export::history::json(site, n)),
        Route::Feed(listing, format) => feed(site, Subject::Incidents(listing), format),
        Route::TakeawaysFeed(format) => feed(site, Subject::Takeaways, format),
        Route::DrillJson(n) => {
            bytes("application/json", site.drill(n).and_then(|drill| export::drill_json(site, drill.incident)).unwrap_or_default())
        }
        Route::Export(export) => bytes(media_type(export.file_name()), export::bytes(site, export)),
        Route::Markdown(id) => bytes("text/markdown; charset=utf-8", export::markdown(site, id)),
        Route::IncidentJson(n) => bytes("application/json", export::incident_json(site, n)),
        Route::Csaf(n) => bytes("application/json", export::csaf(site, n)),
        Route::Redirects => bytes("text/plain; charset=utf-8", export::redirects(site)),
        Route::Sitemap => bytes("application/xml; charset=utf-8", export::sitemap(site)),
        Route::Robots => bytes("text/plain; charset=utf-8", export::robots(site)),
        Route::Headers => bytes("text/plain; charset=utf-8", export::headers(site)),
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

fn feed(site: &Site, subject: Subject, format: FeedFormat) -> Artifact<'static> {
    match format {
        FeedFormat::Atom => bytes("application/atom+xml; charset=utf-8", export::atom(site, subject)),
        FeedFormat::Json => bytes("application/feed+json; charset=utf-8", export::json_feed(site, subject)),
    }
}

/// The page of a packet as it is printed: links out of it lead to the address of the site, or nowhere. `pages` are the numbers of the pages on which
/// its incidents begin, for the contents; none where they are not known yet.
///
/// # Errors
/// A template error, located in the template.
pub fn packet_on_paper(site: &Site, packet: Packet, pages: &[usize]) -> Result<String, Box<Diagnostic>> {
    page::packet_on_paper(site, packet, pages)
}

fn bytes(media_type: &'static str, bytes: impl Into<Vec<u8>>) -> Artifact<'static> {
    Artifact { media_type, body: Body::Bytes(Cow::Owned(bytes.into())) }
}

/// The media type of a file of a site, by its name. Files beside the documents that a browser would run are no attachments in the first place:
/// see [`crate::source::Selection`].
#[must_use]
pub fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "md" => "text/markdown; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
