//! Machine formats, one file each.

mod action_row;
mod atom;
mod calendar;
mod cause_row;
mod changed;
mod csaf;
mod drill_json;
mod feed;
pub mod filing;
mod headers;
pub mod history;
mod incident_json;
mod incident_row;
mod json_feed;
mod linked_data;
mod llms_txt;
mod markdown;
mod redirects;
mod robots;
pub mod row;
pub mod schema;
mod sitemap;
mod statuspage;

use crate::site::{Export, Site};

pub(super) use action_row::action_url;
pub use action_row::{ActionRow, action_row, action_rows};
pub(super) use atom::atom;
pub use cause_row::{CauseRow, cause_rows};
pub(super) use changed::{last_changed, told_change};
pub(super) use csaf::csaf;
pub(super) use drill_json::drill_json;
pub(super) use feed::Subject;
pub(super) use headers::headers;
pub use headers::{ASSETS_CACHE_CONTROL, CONTENT_SECURITY_POLICY, HEADERS};
pub(super) use incident_json::incident_json;
pub use incident_row::{CauseOf, IncidentRow, incident_row, incident_rows};
pub(super) use json_feed::json_feed;
pub(super) use linked_data::linked_data;
pub(super) use markdown::markdown;
pub(super) use redirects::redirects;
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
        Export::Statuspage => statuspage::statuspage(site),
        Export::LlmsTxt => llms_txt::llms_txt(site),
        Export::IncidentsSchema => schema::INCIDENTS.to_owned(),
        Export::ActionsSchema => schema::ACTIONS.to_owned(),
        Export::IncidentSchema => schema::INCIDENT.to_owned(),
        Export::DrillSchema => schema::DRILL.to_owned(),
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
