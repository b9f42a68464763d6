//! What incidents changed in plans, standards and documents.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Block, day_cell, incident_cell, linked_cell, newest, newest_items, prose, said};
use crate::knowledge::metrics::Population;
use crate::knowledge::playbook::Area;
use crate::markdown::{SafeUrl, escape};
use crate::model::{ActionDetail, ActionItem, DocumentId, PlanKind, PlanUpdate};
use crate::parse::moment;
use crate::render::page::actions::standing_cell;
use crate::render::page::table::{Cell, Column, Table};
use crate::render::wording::{civil_view, plural};
use crate::site::{Pattern, Site, says_something};

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    let updates = updates(site);
    let kinds: Vec<Option<PlanKind>> = PlanKind::ALL.iter().copied().map(Some).chain([None]).collect();
    let several = updates.iter().map(|update| update.change.kind).collect::<BTreeSet<_>>().len() > 1;
    let mut blocks = vec![documents(site, &updates)];
    if several {
        blocks.extend(kinds.into_iter().map(|kind| log(site, &updates, kind)));
    } else {
        blocks.push(log_of(site, updates.iter(), "changes", "Changes"));
    }
    blocks.extend([told(site), standards(site), actions(site)]);
    blocks
}

/// A change and the incident it came from.
struct Update<'a> {
    incident: usize,
    change: &'a PlanUpdate,
    /// When it was made, else when the incident was.
    day: Option<Date>,
}

/// Every change, newest first.
fn updates(site: &Site) -> Vec<Update<'_>> {
    let mut updates = Vec::new();
    for n in &site.knowledge().newest_first {
        let Some(postmortem) = site.postmortem(*n) else { continue };
        let of_incident = postmortem.date.as_ref().and_then(crate::model::Moment::day);
        updates.extend(postmortem.plan_updates.iter().map(|change| Update { incident: *n, change, day: change.date.or(of_incident) }));
    }
    updates.sort_by_key(|update| std::cmp::Reverse(update.day));
    updates
}

/// Each document that was changed: how often, when last, and when it was last reviewed, where a page of this site says.
fn documents(site: &Site, updates: &[Update<'_>]) -> Block {
    let mut documents: BTreeMap<String, (&str, usize, Option<Date>)> = BTreeMap::new();
    for update in updates.iter().filter(|update| !update.change.document.is_empty()) {
        let (_, count, last) = documents.entry(update.change.document.to_lowercase()).or_insert((&update.change.document, 0, None));
        *count += 1;
        *last = (*last).max(update.change.date);
    }
    let mut documents: Vec<(&str, usize, Option<Date>)> = documents.into_values().collect();
    documents.sort_by_key(|(name, count, _)| (std::cmp::Reverse(*count), name.to_lowercase()));
    let used = |name: &str| {
        let named = |postmortem: &&std::sync::Arc<crate::model::Postmortem>| {
            Population::of(postmortem) == Population::Incidents
                && postmortem.plan_used.as_ref().is_some_and(|plan| plan.value.to_lowercase() == name.to_lowercase())
        };
        site.corpus().postmortems.iter().filter(named).count()
    };
    let day = |day: Option<Date>| day.map_or_else(Cell::default, |day| Cell::date(&civil_view(day)));
    let (documents, note) = newest(documents, ("document", "documents"));
    let rows = documents.into_iter().map(|(name, count, last)| {
        let reviewed = reviewed(site, name);
        vec![
            linked_cell(site, Pattern::Plans, name, ""),
            Cell::text(count.to_string()),
            day(last),
            day(reviewed),
            Cell::text(used(name).to_string()),
        ]
    });
    let columns = vec![
        Column::words("Document"),
        Column::figures("Changes"),
        Column::words("Last changed"),
        Column::words("Last reviewed"),
        Column::figures("Incidents handled by it"),
    ];
    Block {
        id: "documents".into(),
        heading: "Documents that changed".into(),
        text: "Documents that incidents name as changed. A last review is shown where the document is a page of this site and names one."
            .into(),
        tables: vec![Table::new("Documents that changed", columns, rows.collect()).without_empty_columns()],
        note,
        ..Block::default()
    }
}

/// When a page of this site with this name says that it was last reviewed.
fn reviewed(site: &Site, name: &str) -> Option<Date> {
    const KEYS: [&str; 4] = ["reviewed_on", "last_reviewed", "reviewed_at", "reviewed"];
    let DocumentId::Page(n) = site.knowledge().references.named(name)? else { return None };
    let metadata = &site.page(n)?.head.metadata;
    KEYS.iter().find_map(|key| moment(metadata.get(key)?.value.text()?)?.day())
}

fn log(site: &Site, updates: &[Update<'_>], kind: Option<PlanKind>) -> Block {
    let (id, heading) = kind.map_or(("other", "Other changes"), |kind| (kind.word(), kind.name()));
    log_of(site, updates.iter().filter(|update| update.change.kind == kind), id, heading)
}

fn log_of<'u>(site: &Site, updates: impl Iterator<Item = &'u Update<'u>>, id: &str, heading: &str) -> Block {
    let rows = updates.map(|Update { incident, change, .. }| {
        let date = change.date.map_or_else(Cell::default, |date| Cell::date(&civil_view(date)));
        let words = if change.change.is_empty() { "Changed" } else { &change.change };
        vec![
            date,
            Cell::text(change.document.clone()),
            linked_cell(site, Pattern::Plans, words, &change.link),
            incident_cell(site, *incident),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let text = plural(rows.len(), "change, newest first.", "changes, newest first.");
    let (rows, note) = newest(rows, ("change", "changes"));
    let columns = vec![Column::words("Date"), Column::words("Document"), Column::words("Change"), Column::words("After")];
    Block { id: id.into(), heading: heading.into(), text, tables: vec![Table::new(heading, columns, rows)], note, ..Block::default() }
}

/// What postmortems say under the heading on plan updates.
fn told(site: &Site) -> Block {
    let mut items = Vec::new();
    for n in &site.knowledge().newest_first {
        let Some(postmortem) = site.postmortem(*n) else { continue };
        let is_told = |section: &&crate::model::Section| section.key.as_deref() == Some("plan-updates") && says_something(section);
        items.extend(postmortem.body.sections.iter().filter(is_told).filter_map(|section| said(site, Pattern::Plans, *n, section)));
    }
    let (items, note) = newest_items(items, ("entry", "entries"));
    Block {
        id: "told".into(),
        heading: "What postmortems say of plans".into(),
        text: "What stands under the heading on plan updates.".into(),
        items,
        note,
        ..Block::default()
    }
}

/// Actions that change how code is written, with what shows that they did.
fn standards(site: &Site) -> Block {
    actions_of(site, Area::CodePractice, "standards", "Standards changed", "Actions that change how code is written, with their proof.")
}

fn actions(site: &Site) -> Block {
    let text = "Actions whose area is documents, runbooks, policies or procedures, with their proof.";
    actions_of(site, Area::Plans, "actions", "Agreed in action items", text)
}

fn actions_of(site: &Site, area: Area, id: &str, heading: &str, text: &str) -> Block {
    let mut rows = Vec::new();
    for n in &site.knowledge().newest_first {
        let Some(postmortem) = site.postmortem(*n) else { continue };
        for action in postmortem.actions.iter().filter(|action| area.is_of(action)) {
            let words = Cell::html(prose(site, Pattern::Plans, *n).line(&action.content));
            rows.push(vec![words, standing_cell(site, postmortem, action), proof(action), incident_cell(site, *n), day_cell(site, *n)]);
        }
    }
    let (rows, note) = newest(rows, ("action", "actions"));
    let columns =
        vec![Column::words("Action"), Column::words("State"), Column::words("Proof"), Column::words("After"), Column::words("Day")];
    Block {
        id: id.into(),
        heading: heading.into(),
        text: text.into(),
        tables: vec![Table::new(heading, columns, rows).without_empty_columns()],
        note,
        ..Block::default()
    }
}

/// What shows that an action is done: a link where it is an address.
fn proof(action: &ActionItem) -> Cell {
    let Some(proof) = action.detail(ActionDetail::Proof) else { return Cell::default() };
    let text = proof.value.trim();
    let Some(url) = SafeUrl::new(text).filter(SafeUrl::is_external) else { return Cell::text(text) };
    let shown = text.split_once("://").map_or(text, |(_, rest)| rest);
    Cell::html(format!("<a href=\"{}\">{}</a>", escape(url.as_str()), escape(shown)))
}
