//! What incidents changed in plans, standards and documents.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::{Block, day_cell, incident_cell, is_told, linked_cell, prose, said};
use crate::knowledge::metrics::Population;
use crate::knowledge::playbook::Area;
use crate::markdown::{SafeUrl, escape};
use crate::model::{ActionDetail, ActionItem, DocumentId, PlanKind, PlanUpdate};
use crate::parse::moment;
use crate::render::page::actions::standing_cell;
use crate::render::table::{Cell, Column};
use crate::render::wording::civil_view;
use crate::site::{Pattern, Site};

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    let words = site.words();
    let updates = updates(site);
    let kinds: Vec<Option<PlanKind>> = PlanKind::ALL.iter().copied().map(Some).chain([None]).collect();
    let several = updates.iter().map(|update| update.change.kind).collect::<BTreeSet<_>>().len() > 1;
    let mut blocks = vec![documents(site, &updates)];
    if several {
        blocks.extend(kinds.into_iter().map(|kind| log(site, &updates, kind)));
    } else {
        blocks.push(log_of(site, updates.iter(), "changes", words.get("plans-changes")));
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
    for (incident, postmortem) in site.newest_first() {
        let of_incident = postmortem.date.as_ref().and_then(crate::model::Moment::day);
        updates.extend(postmortem.plan_updates.iter().map(|change| Update { incident, change, day: change.date.or(of_incident) }));
    }
    updates.sort_by_key(|update| std::cmp::Reverse(update.day));
    updates
}

/// Each document that was changed: how often, when last, and when it was last reviewed, where a page of this site says.
fn documents(site: &Site, updates: &[Update<'_>]) -> Block {
    let words = site.words();
    let mut documents: BTreeMap<String, (&str, usize, Option<Date>)> = BTreeMap::new();
    for update in updates.iter().filter(|update| !update.change.document.is_empty()) {
        let (_, count, last) = documents.entry(update.change.document.to_lowercase()).or_insert((&update.change.document, 0, None));
        *count += 1;
        *last = (*last).max(update.change.date);
    }
    let mut documents: Vec<(&str, usize, Option<Date>)> = documents.into_values().collect();
    documents.sort_by_key(|(name, count, _)| (std::cmp::Reverse(*count), name.to_lowercase()));
    let mut used: HashMap<String, usize> = HashMap::new();
    let incidents = site.corpus().postmortems.iter().filter(|postmortem| Population::of(postmortem) == Population::Incidents);
    for plan in incidents.filter_map(|postmortem| postmortem.plan_used.as_ref()) {
        *used.entry(plan.value.to_lowercase()).or_default() += 1;
    }
    let day = |day: Option<Date>| day.map_or_else(Cell::default, |day| Cell::date(&civil_view(words, day)));
    let rows = documents.into_iter().map(|(name, count, last)| {
        let used = used.get(&name.to_lowercase()).copied().unwrap_or_default();
        vec![
            linked_cell(site, Pattern::Plans, name, ""),
            Cell::text(count.to_string()),
            day(last),
            day(reviewed(site, name)),
            Cell::text(used.to_string()),
        ]
    });
    let columns = [
        Column::words(words.get("column-document")),
        Column::figures(words.get("column-changes")),
        Column::words(words.get("column-last-changed")),
        Column::words(words.get("column-last-reviewed")),
        Column::figures(words.get("column-incidents-handled-by-it")),
    ];
    let text = words.get("plans-documents-text");
    let block = Block::new("documents", words.get("plans-documents"), text);
    block.with_rows(words, columns, rows.collect(), "documents").without_empty_columns()
}

/// When a page of this site with this name says that it was last reviewed.
fn reviewed(site: &Site, name: &str) -> Option<Date> {
    const KEYS: [&str; 4] = ["reviewed_on", "last_reviewed", "reviewed_at", "reviewed"];
    let DocumentId::Page(n) = site.knowledge().references.named(name)? else { return None };
    let metadata = &site.page(n)?.head.metadata;
    KEYS.iter().find_map(|key| moment(metadata.get(key)?.value.text()?)?.day())
}

fn log(site: &Site, updates: &[Update<'_>], kind: Option<PlanKind>) -> Block {
    let words = site.words();
    let (id, heading) = kind.map_or(("other", words.get("plans-other")), |kind| (kind.word(), words.name(kind)));
    log_of(site, updates.iter().filter(|update| update.change.kind == kind), id, heading)
}

fn log_of<'u>(site: &Site, updates: impl Iterator<Item = &'u Update<'u>>, id: &str, heading: &str) -> Block {
    let words = site.words();
    let rows = updates.map(|Update { incident, change, .. }| {
        let date = change.date.map_or_else(Cell::default, |date| Cell::date(&civil_view(words, date)));
        let text = if change.change.is_empty() { words.get("plans-changed") } else { &change.change };
        vec![
            date,
            Cell::text(change.document.clone()),
            linked_cell(site, Pattern::Plans, text, &change.link),
            incident_cell(site, *incident),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let text = words.count("plans-changes-text", rows.len());
    let columns = ["column-date", "column-document", "column-change", "column-after"].map(|id| Column::words(words.get(id)));
    Block::new(id, heading, text).with_rows(words, columns, rows, "changes")
}

/// What postmortems say under the heading on plan updates.
fn told(site: &Site) -> Block {
    let words = site.words();
    let all = site.knowledge().newest_first.iter().copied();
    let items = said(site, Pattern::Plans, all, |section| is_told(section, "plan-updates"));
    let text = words.get("plans-told-text");
    Block::new("told", words.get("plans-told"), text).with_items(words, items, "entries")
}

/// Actions that change how code is written, with what shows that they did.
fn standards(site: &Site) -> Block {
    let words = site.words();
    let text = words.get("plans-standards-text");
    actions_of(site, Area::CodePractice, Block::new("standards", words.get("plans-standards"), text))
}

fn actions(site: &Site) -> Block {
    let words = site.words();
    let text = words.get("plans-actions-text");
    actions_of(site, Area::Plans, Block::new("actions", words.get("plans-actions"), text))
}

fn actions_of(site: &Site, area: Area, block: Block) -> Block {
    let words = site.words();
    let mut rows = Vec::new();
    for (n, postmortem) in site.newest_first() {
        for action in postmortem.actions.iter().filter(|action| area.is_of(action)) {
            let text = Cell::html(prose(site, Pattern::Plans, n).line(&action.content));
            rows.push(vec![text, standing_cell(site, postmortem, action), proof(action), incident_cell(site, n), day_cell(site, n)]);
        }
    }
    let columns = ["column-action", "column-state", "column-proof", "column-after", "column-day"].map(|id| Column::words(words.get(id)));
    block.with_rows(words, columns, rows, "actions").without_empty_columns()
}

/// What shows that an action is done: a link where it is an address.
fn proof(action: &ActionItem) -> Cell {
    let Some(proof) = action.detail(ActionDetail::Proof) else { return Cell::default() };
    let text = proof.value.trim();
    let Some(url) = SafeUrl::new(text).filter(SafeUrl::is_external) else { return Cell::text(text) };
    let shown = text.split_once("://").map_or(text, |(_, rest)| rest);
    Cell::html(format!("<a href=\"{}\">{}</a>", escape(url.as_str()), escape(shown)))
}
