//! `index.json` beside the page of an incident: its row of `/incidents.json`, with its text, its timeline and its action items.

use serde::Serialize;

use super::{ActionRow, IncidentRow, action_row, incident_row, told_change};
use crate::knowledge::ledger::{self, Tally};
use crate::knowledge::report;
use crate::markdown::text::{block_text, plain_text};
use crate::model::{Correction, Event, Moment, Postmortem, Section, Update};
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
    /// How far the report is: `preliminary`, `full` or `closure`.
    stage: Option<&'static str>,
    /// By when the next public word is promised, likewise.
    next_update: Option<String>,
    /// What was said in public in the meantime, in order.
    updates: Vec<UpdateText>,
    /// What the report once said otherwise, in order.
    corrections: Vec<CorrectionText>,
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
struct UpdateText {
    /// When: RFC 3339 in UTC, or a date alone.
    at: Option<String>,
    /// How far things were, as written; may be empty.
    state: String,
    text: String,
    /// By when the next one was promised.
    next_by: Option<String>,
    /// What became of the promise: `kept`, `broken`, `pending` or `unknown`.
    promise: Option<&'static str>,
}

#[derive(Serialize)]
struct CorrectionText {
    /// When it was corrected, and when it became known.
    on: Option<String>,
    learned: Option<String>,
    /// What was said, what is true, and why it was said otherwise; each may be empty.
    said: String,
    now: String,
    why: String,
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
        updated: told_change(site, n).as_ref().map(Moment::machine),
        stage: postmortem.stage.map(|stage| stage.value.word()),
        next_update: postmortem.next_update.map(|next| next.value.machine()),
        updates: (0..).zip(&postmortem.updates).map(|(at, update)| self::update(site, postmortem, at, update)).collect(),
        corrections: postmortem.corrections.iter().map(correction).collect(),
        summary: summary_text(postmortem, SUMMARY),
        lead: block_text(&postmortem.body.lead),
        sections: postmortem.body.sections.iter().map(section).collect(),
        timeline: postmortem.timeline.iter().map(event).collect(),
        action_items: entries.iter().filter_map(|entry| action_row(site, entry)).collect(),
    })
}

fn update(site: &Site, postmortem: &Postmortem, at: usize, update: &Update) -> UpdateText {
    UpdateText {
        at: update.at.as_ref().map(Moment::machine),
        state: update.state.clone(),
        text: update.text.clone(),
        next_by: update.next_by.as_ref().map(Moment::machine),
        promise: report::promise(postmortem, at, site.build().today).map(report::Promise::word),
    }
}

fn correction(correction: &Correction) -> CorrectionText {
    CorrectionText {
        on: correction.on.as_ref().map(Moment::machine),
        learned: correction.learned.as_ref().map(Moment::machine),
        said: correction.said.clone(),
        now: correction.now.clone(),
        why: correction.why.clone(),
    }
}

fn section(section: &Section) -> SectionText {
    SectionText { key: section.key.clone(), title: plain_text(&section.title), level: section.level, text: section.text() }
}

fn event(event: &Event) -> EventText {
    let until = event.when.and_then(|when| when.end()).map(|end| end.machine());
    EventText {
        at: event.when.as_ref().map(Moment::machine),
        until,
        written: event.written.value.clone(),
        kind: event.kind.map(crate::model::EventKind::word),
        text: block_text(&event.content),
    }
}
