//! Machine formats, one file each.

mod action_row;
mod atom;
mod calendar;
mod cause_row;
mod feed;
pub mod filing;
mod headers;
pub mod history;
mod incident_row;
mod json_feed;
mod robots;
pub mod row;
mod sitemap;

use crate::site::{Export, Site};

pub(super) use action_row::action_url;
pub use action_row::{ActionRow, action_row, action_rows};
pub(super) use atom::atom;
pub use cause_row::{CauseRow, cause_rows};
pub use headers::CONTENT_SECURITY_POLICY;
pub(super) use headers::headers;
pub use incident_row::{CauseOf, IncidentRow, incident_row, incident_rows};
pub(super) use json_feed::json_feed;
pub(super) use robots::robots;
pub(super) use sitemap::sitemap;

/// The content of an export.
pub(super) fn bytes(site: &Site, export: Export) -> Vec<u8> {
    let text = match export {
        Export::IncidentsJson => row::json(&incident_rows(site)),
        Export::IncidentsCsv => row::csv(&incident_rows(site)),
        Export::ActionsJson => row::json(&action_rows(site)),
        Export::ActionsCsv => row::csv(&action_rows(site)),
        Export::ActionsIcs => calendar::calendar(site),
        // Its keys are the fields of `Metrics`; numbers, words and lists always have a form in JSON.
        Export::MetricsJson => serde_json::to_string(site.metrics()).unwrap_or_default(),
    };
    text.into_bytes()
}

/// An address of this site for readers that are not on it: whole where the site knows its own, else from the top of the site.
fn full_url(site: &Site, url: &str) -> String {
    format!("{}{url}", site.base_url().unwrap_or_default())
}

/// `text` without the characters that XML 1.0 (§2.2) does not allow.
fn xml_text(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)).collect()
}
