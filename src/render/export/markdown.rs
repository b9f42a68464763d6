//! `index.md` beside a page: the document as Markdown, as this edition reads it.
//!
//! It is written anew from the tree that the page is made of, and the metadata from what was understood of it, so that it holds nothing that
//! the page could not: no comments, no marks of what is internal, no key that the edition does not read. A reader of the copy finds its links
//! where those of the page lead.

use serde_json::{Value, json};

use super::{full_url, incident_row, told_change};
use crate::knowledge::ledger::Tally;
use crate::markdown::text::{capitalised, on_one_line};
use crate::markdown::walk::LinkRole;
use crate::markdown::write::{self, MarkdownWriter, cell_text, paragraph_text, prefixed};
use crate::markdown::{Block, BlockKind, Link};
use crate::model::{ActionItem, Body, Bound, Cause, Correction, DocumentId, Event, Moment, Piece, Postmortem, Update};
use crate::render::page::{RecordsTable, record_tables};
use crate::render::prose::{Prose, outline};
use crate::site::{Route, Site};
use crate::theme::Words;

/// The document as Markdown; empty where there is none.
pub(in crate::render) fn markdown(site: &Site, id: DocumentId) -> String {
    let Some(document) = site.corpus().get(id) else { return String::new() };
    let prose = Prose::new(site, id, &site.document_url(id));
    let resolve = |link: &Link, role: LinkRole| prose.address(link, role);
    let writer = DocumentWriter { markdown: MarkdownWriter { resolve: &resolve }, prose: &prose, postmortem: None };
    let head = document.head();
    let title = writer.markdown.heading(1, &head.title.value);
    match id {
        DocumentId::Page(_) => title + &writer.body(document.body()),
        DocumentId::Postmortem(n) => {
            let Some(postmortem) = site.postmortem(n) else { return String::new() };
            let summary = postmortem.summary.as_ref().map(|summary| format!("\n{}\n", writer.markdown.line(&summary.value)));
            let body = DocumentWriter { postmortem: Some(postmortem), ..writer }.body(document.body());
            front_matter(site, n, postmortem) + &title + &summary.unwrap_or_default() + &body + &records(postmortem) + &report(postmortem)
        }
    }
}

/// What is known of an incident, in YAML: each value is one of JSON, which YAML takes as it is.
fn front_matter(site: &Site, n: usize, postmortem: &Postmortem) -> String {
    let Some(row) = incident_row(site, n, Tally::default()) else { return String::new() };
    let causes = |causes: &[Cause]| causes.iter().map(cause).collect::<Vec<_>>();
    let impact = postmortem.impact.iter().map(|(dimension, words)| (dimension.value.clone(), json!(words.value)));
    let milestones = row.milestones.into_iter().map(|(key, at)| (key, json!(at)));
    let entries = [
        ("title", json!(row.title)),
        ("id", json!(row.id)),
        ("url", json!(full_url(site, &site.url(Route::Incident(n))))),
        ("kind", json!(row.kind)),
        ("status", json!(row.status)),
        ("severity", json!(row.severity)),
        ("date", json!(row.date)),
    ];
    let further = [
        ("stage", json!(postmortem.stage.map(|stage| stage.value.word()))),
        ("next_update", json!(postmortem.next_update.map(|next| next.value.machine()))),
        ("published_at", json!(postmortem.published_at.as_ref().map(|at| at.value.machine()))),
        ("updated", json!(told_change(site, n).map(|at| at.machine()))),
        ("services", json!(row.services)),
        ("tags", json!(row.tags)),
        ("trigger", json!(row.trigger)),
        ("root_causes", json!(causes(&postmortem.root_causes))),
        ("contributing", json!(causes(&postmortem.contributing))),
        ("detected_by", json!(row.detected_by)),
        ("impact", Value::Object(impact.collect())),
    ];
    let lines = entries.into_iter().chain(milestones).chain(further).filter(|(_, value)| !is_nothing(value));
    let lines: Vec<String> = lines.map(|(key, value)| format!("{key}: {}\n", yaml(&value))).collect();
    format!("---\n{}---\n\n", lines.concat())
}

fn cause(cause: &Cause) -> Value {
    let said = [
        ("cause", json!(cause.path.value)),
        ("layer", json!(cause.layer.map(crate::model::CauseLayer::word))),
        ("origin", json!(cause.origin.map(crate::model::CauseOrigin::word))),
        ("note", json!(Some(&cause.note).filter(|note| !note.is_empty()))),
    ];
    Value::Object(said.into_iter().filter(|(_, value)| !is_nothing(value)).map(|(key, value)| (key.to_owned(), value)).collect())
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.is_empty(),
        Value::Object(values) => values.is_empty(),
        _ => false,
    }
}

/// A value as JSON that YAML 1.2 takes, too (§5.1): characters that are not printable are escaped.
fn yaml(value: &Value) -> String {
    let is_printable = |c: char| !matches!(c, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    let text = value.to_string();
    if text.chars().all(is_printable) {
        return text;
    }
    text.chars().map(|c| if is_printable(c) { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) }).collect()
}

/// Writes the text of one document.
#[derive(Clone, Copy)]
struct DocumentWriter<'a> {
    markdown: MarkdownWriter<'a>,
    prose: &'a Prose<'a>,
    /// Whose events and actions stand in the text.
    postmortem: Option<&'a Postmortem>,
}

impl DocumentWriter<'_> {
    /// Each part with a blank line before it.
    fn body(&self, body: &Body) -> String {
        let mut parts = vec![self.markdown.blocks(&body.lead)];
        for (section, level) in body.sections.iter().zip(outline(body.sections.iter().map(|section| section.level))) {
            parts.push(self.markdown.heading(level, &section.title));
            parts.extend(section.content.iter().map(|piece| self.piece(piece)));
        }
        let footnotes = body.footnotes.iter().filter(|footnote| self.prose.shows(footnote));
        parts.extend(footnotes.map(|footnote| self.markdown.blocks(std::slice::from_ref(footnote))));
        parts.into_iter().filter(|part| !part.is_empty()).flat_map(|part| ["\n".to_owned(), part]).collect()
    }

    fn piece(&self, piece: &Piece) -> String {
        let of = self.postmortem;
        match piece {
            Piece::Prose(blocks) => self.markdown.blocks(blocks),
            Piece::Timeline { first, end } => {
                let events = of.and_then(|of| of.timeline.get(*first..*end)).unwrap_or_default();
                events.iter().map(|event| self.event(event)).collect()
            }
            Piece::Actions { first, end } => self.actions(of.and_then(|of| of.actions.get(*first..*end)).unwrap_or_default()),
        }
    }

    /// An event as an item: when, what sort of thing, and what happened.
    fn event(&self, event: &Event) -> String {
        let when = event.when.as_ref().map_or_else(|| paragraph_text(&event.written.value), stamp);
        let kind = event.kind.map(|kind| format!("[{}]", kind.word())).unwrap_or_default();
        let content = self.markdown.blocks(&event.content);
        let goes_on = matches!(event.content.first(), Some(Block { kind: BlockKind::Paragraph(_), .. }));
        let content = if goes_on || content.is_empty() { content } else { format!("\n\n{content}") };
        let said = [when, kind, content].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        prefixed(&format!("{}\n", said.trim_end()), "- ", "  ")
    }

    /// Actions as a table of the columns in which any of them says something.
    fn actions(&self, actions: &[ActionItem]) -> String {
        let text = |value: Option<&str>| value.map(cell_text).unwrap_or_default();
        let mut columns: Vec<(&str, Vec<String>)> = vec![
            ("ID", actions.iter().map(|action| text(action.id.as_ref().map(|id| id.as_str()))).collect()),
            ("Action", actions.iter().map(|action| self.markdown.cell(&action.content)).collect()),
            ("Kind", actions.iter().map(|action| text(action.kind.as_ref().map(|kind| kind.word()))).collect()),
            ("Owner", actions.iter().map(|action| text(action.owner.as_ref().map(|owner| owner.as_str()))).collect()),
            ("Due", actions.iter().map(|action| action.due.as_ref().map(|due| due.value.to_string()).unwrap_or_default()).collect()),
            ("Status", actions.iter().map(|action| text(action.status.as_ref().map(|status| status.word()))).collect()),
            ("Done when", actions.iter().map(|action| text(action.done_when.as_ref().map(|words| words.as_str()))).collect()),
        ];
        for (name, _) in actions.iter().flat_map(|action| &action.further) {
            if columns.iter().all(|(known, _)| known != name) {
                let of = |action: &ActionItem| action.further.iter().find(|(other, _)| other == name).map(|(_, value)| cell_text(value));
                columns.push((name, actions.iter().map(|action| of(action).unwrap_or_default()).collect()));
            }
        }
        columns.retain(|(name, cells)| *name == "Action" || cells.iter().any(|cell| !cell.is_empty()));
        let row = |at: usize| columns.iter().map(|(_, cells)| cells.get(at).cloned().unwrap_or_default()).collect();
        let names = columns.iter().map(|(name, _)| cell_text(name)).collect();
        write::table(names, columns.iter().map(|_| "---"), (0..actions.len()).map(row))
    }
}

/// What the metadata lists of contracts, funds, data and the like, each a section of its own.
fn records(postmortem: &Postmortem) -> String {
    let section = |RecordsTable { title, table, total, .. }| {
        let total = if total.is_empty() { total } else { format!("\n{}\n", paragraph_text(&total)) };
        format!("\n## {title}\n\n{}{total}", table.markdown())
    };
    record_tables(Words::english(), postmortem).into_iter().map(section).collect::<Vec<_>>().concat()
}

/// What was said in public in the meantime, and what the report once said otherwise.
fn report(postmortem: &Postmortem) -> String {
    let item = |at: Option<&Moment>, parts: &[(&str, &str)]| {
        let parts = parts.iter().filter(|(_, words)| !words.is_empty());
        let parts = parts.map(|(head, words)| paragraph_text(&format!("{head}{}", on_one_line(words))));
        let said: Vec<String> = at.map(stamp).into_iter().chain(parts).collect();
        prefixed(&format!("{}\n", said.join(" – ")), "- ", "  ")
    };
    let next = |update: &Update| update.next_by.as_ref().map(stamp).unwrap_or_default();
    let update = |update: &Update| item(update.at.as_ref(), &[("", &update.state), ("", &update.text), ("Next update by ", &next(update))]);
    let correction = |correction: &Correction| {
        let told: Vec<(String, String)> =
            correction.told(stamp).map(|(part, words)| (format!("{}: ", capitalised(part.word())), words)).collect();
        item(correction.on.as_ref(), &told.iter().map(|(head, words)| (head.as_str(), words.as_str())).collect::<Vec<_>>())
    };
    let section = |title: &str, items: String| if items.is_empty() { items } else { format!("\n## {title}\n\n{items}") };
    section("Updates", postmortem.updates.iter().map(update).collect())
        + &section("Corrections", postmortem.corrections.iter().map(correction).collect())
}

/// "2026-03-11 13:52 UTC", "~2026-03-11 13:50 UTC", "2026-03-11 13:52 UTC – 2026-03-11 14:05 UTC", or as much of it as is known.
fn stamp(moment: &Moment) -> String {
    let of = |moment: &Moment| moment.time().map_or_else(|| moment.date(), |time| format!("{} {time} UTC", moment.date()));
    let mark = match moment.bound {
        Bound::Exact => "",
        Bound::About => "~",
        Bound::AtLeast => "≥",
        Bound::AtMost => "≤",
    };
    let until = moment.end().map(|end| format!(" – {}", of(&end)));
    format!("{mark}{}{}", of(moment), until.unwrap_or_default())
}
