//! `index.json` beside the page of an incident: its row of `/incidents.json`, with its text, its timeline and its action items.

use serde::Serialize;

use super::{ActionRow, IncidentRow, action_row, incident_row, stated_change};
use crate::knowledge::ledger::{self, Tally};
use crate::markdown::text::{block_text, plain_text};
use crate::model::{Event, Moment, Postmortem, Section};
use crate::render::page::summary_text;
use crate::site::Site;

/// An incident with all that is written of it, in plain words. Keys are always all there, `null` where nothing is known; they are added in time,
/// never renamed or removed.
#[derive(Serialize)]
struct IncidentDocument {
    #[serde(flatten)]
    row: IncidentRow,
    /// When the report was published: RFC 3339, or a date alone.
    published_at: Option<String>,
    /// When it last changed, likewise, where it says.
    updated: Option<String>,
    /// The incident in a few words.
    summary: String,
    /// The words before the first section.
    lead: String,
    /// The sections in order, flat as headings are.
    sections: Vec<SectionText>,
    /// What happened, in the order of the author.
    timeline: Vec<EventText>,
    /// The action items in order, as rows of `/actions.json`.
    action_items: Vec<ActionRow>,
}

#[derive(Serialize)]
struct SectionText {
    /// The section of the vocabulary that it is: `impact`.
    key: Option<String>,
    title: String,
    /// How deep it is, from 1.
    level: u8,
    /// Its words but for events and action items, a line for each paragraph, item or row.
    text: String,
}

#[derive(Serialize)]
struct EventText {
    /// When: RFC 3339 in UTC, or a date alone.
    at: Option<String>,
    /// The end of a stretch of time.
    until: Option<String>,
    /// The time as written.
    written: String,
    /// What sort of thing it was: `detected`.
    kind: Option<&'static str>,
    text: String,
}

/// How many characters a summary has at most.
const SUMMARY: usize = 600;

/// The incident at a place.
pub(in crate::render) fn incident_json(site: &Site, n: usize) -> Vec<u8> {
    // Texts, numbers and lists always have a form in JSON.
    view(site, n).and_then(|view| serde_json::to_vec(&view).ok()).unwrap_or_default()
}

fn view(site: &Site, n: usize) -> Option<IncidentDocument> {
    let postmortem: &Postmortem = site.postmortem(n)?;
    let entries = ledger::of_postmortem(site.corpus(), site.knowledge(), site.config(), site.build().today, n);
    Some(IncidentDocument {
        row: incident_row(site, n, Tally::of(&entries))?,
        published_at: postmortem.published_at.as_ref().map(|at| at.value.machine()),
        updated: stated_change(postmortem).as_ref().map(Moment::machine),
        summary: summary_text(postmortem, SUMMARY),
        lead: block_text(&postmortem.body.lead),
        sections: postmortem.body.sections.iter().map(section).collect(),
        timeline: postmortem.timeline.iter().map(event).collect(),
        action_items: entries.iter().filter_map(|entry| action_row(site, entry)).collect(),
    })
}

fn section(section: &Section) -> SectionText {
    let text: Vec<String> = section.prose().map(block_text).filter(|text| !text.is_empty()).collect();
    SectionText { key: section.key.clone(), title: plain_text(&section.title), level: section.level, text: text.join("\n") }
}

fn event(event: &Event) -> EventText {
    let until = event.when.and_then(|when| Some(Moment { at: when.until?, until: None, ..when }.machine()));
    EventText {
        at: event.when.as_ref().map(Moment::machine),
        until,
        written: event.written.value.clone(),
        kind: event.kind.map(crate::model::EventKind::word),
        text: block_text(&event.content),
    }
}
