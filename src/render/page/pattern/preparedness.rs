//! Drills: the incidents that called for them, what they found and what has become of it; and causes that nobody has rehearsed of late.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Block, day_cell, incident_cell, incidents_cell, listed, newest, newest_items, said};
use crate::knowledge::metrics::Population;
use crate::knowledge::{Grouping, Target};
use crate::model::{ActionStatus, DocumentId, Moment, Postmortem};
use crate::render::page::table::{Cell, Column, Table};
use crate::render::wording::{civil_view, plural};
use crate::site::{Listing, Pattern, Route, Site, says_something};

/// Incidents that a row names.
const NAMED: usize = 3;
/// Within so many months a drill counts as of late.
const MONTHS: i64 = 12;

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    let of = |population| {
        let places = site.knowledge().newest_first.iter().copied();
        places.filter(|n| site.postmortem(*n).is_some_and(|p| Population::of(p) == population)).collect::<Vec<_>>()
    };
    let drills = of(Population::Drills);
    if drills.is_empty() {
        return Vec::new();
    }
    let incidents: BTreeSet<usize> = of(Population::Incidents).into_iter().collect();
    vec![held(site, &drills, &incidents), gaps(site, &drills), unrehearsed(site, &drills, &incidents)]
}

fn held(site: &Site, drills: &[usize], incidents: &BTreeSet<usize>) -> Block {
    let mut actions = BTreeMap::new();
    let rows = drills.iter().filter_map(|n| {
        let drill = site.postmortem(*n)?;
        let (called_for, note) = called_for(site, *n, incidents);
        let cell = incidents_cell(site, Pattern::Preparedness, &called_for, NAMED).noted(note);
        for action in &drill.actions {
            *actions.entry(standing(action.status.as_ref().map(|status| status.value))).or_insert(0) += 1;
        }
        Some(vec![day_cell(site, *n), incident_cell(site, *n), cell, Cell::text(states(drill))])
    });
    let (rows, note) = newest(rows.collect(), ("drill", "drills"));
    let columns = vec![Column::words("Day"), Column::words("Drill"), Column::words("Called for by"), Column::words("Its actions")];
    let told: Vec<String> = actions.into_iter().map(|((_, word), count): ((u8, &str), usize)| format!("{count} {word}")).collect();
    let told = if told.is_empty() { String::new() } else { format!(" Of the actions they led to, {}.", listed(&told)) };
    Block {
        id: "drills".into(),
        heading: "Drills".into(),
        text: format!("Exercises, with the incidents they name or link to; where they name none, those before with the same cause.{told}"),
        tables: vec![Table::new("Drills", columns, rows)],
        note,
        ..Block::default()
    }
}

/// How an action stands, in order of telling.
fn standing(status: Option<ActionStatus>) -> (u8, &'static str) {
    match status {
        Some(ActionStatus::Open | ActionStatus::InProgress | ActionStatus::Delayed) => (0, "open"),
        Some(ActionStatus::Done) => (1, "done"),
        Some(ActionStatus::Cancelled | ActionStatus::AcceptedRisk) => (2, "given up"),
        None => (3, "without a status"),
    }
}

/// "1 open, 2 done"
fn states(drill: &Postmortem) -> String {
    let mut counts: BTreeMap<(u8, &str), usize> = BTreeMap::new();
    for action in &drill.actions {
        *counts.entry(standing(action.status.as_ref().map(|status| status.value))).or_default() += 1;
    }
    counts.iter().map(|((_, word), count)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}

/// The incidents that a drill names, links to or is named by, else those before it with a cause of its own, newest first; and how they were found.
fn called_for(site: &Site, drill: usize, incidents: &BTreeSet<usize>) -> (Vec<usize>, &'static str) {
    let knowledge = site.knowledge();
    let stated = knowledge.stated.get(&drill).into_iter().flatten().map(|(other, _)| *other);
    let place = |id: &DocumentId| if let DocumentId::Postmortem(n) = id { Some(*n) } else { None };
    let targets = knowledge.references.of(DocumentId::Postmortem(drill)).iter();
    let linked = targets.filter_map(|target| if let Target::Document { id, .. } = target { place(id) } else { None });
    let linking = knowledge.backlinks.get(&DocumentId::Postmortem(drill)).into_iter().flatten().filter_map(place);
    let named: BTreeSet<usize> = stated.chain(linked).chain(linking).filter(|n| incidents.contains(n)).collect();
    if !named.is_empty() {
        return (newest_of(site, named), "");
    }
    let Some(causes) = knowledge.taxonomies.iter().find(|taxonomy| taxonomy.grouping == Grouping::Cause) else { return (Vec::new(), "") };
    let rank = |n: usize| knowledge.rank.get(n).copied().unwrap_or_default();
    let is_before = |n: usize| rank(n) > rank(drill);
    let leaves = causes.terms_of(drill).filter(|(_, term)| term.parent.is_some());
    let alike: BTreeSet<usize> =
        leaves.flat_map(|(_, term)| &term.members).copied().filter(|n| incidents.contains(n) && is_before(*n)).collect();
    let note = if alike.is_empty() { "" } else { "same cause" };
    (newest_of(site, alike), note)
}

fn newest_of(site: &Site, places: BTreeSet<usize>) -> Vec<usize> {
    let mut places: Vec<usize> = places.into_iter().collect();
    places.sort_by_key(|n| site.knowledge().rank.get(*n).copied());
    places
}

/// What drills found wanting.
fn gaps(site: &Site, drills: &[usize]) -> Block {
    let mut items = Vec::new();
    for n in drills {
        let Some(drill) = site.postmortem(*n) else { continue };
        let is_gap = |section: &&crate::model::Section| section.key.as_deref() == Some("went-wrong") && says_something(section);
        items.extend(drill.body.sections.iter().filter(is_gap).filter_map(|section| said(site, Pattern::Preparedness, *n, section)));
    }
    let (items, note) = newest_items(items, ("entry", "entries"));
    Block {
        id: "gaps".into(),
        heading: "What drills found wanting".into(),
        text: "What went wrong in an exercise, where it cost nobody anything.".into(),
        items,
        note,
        ..Block::default()
    }
}

/// Causes that struck and that no drill of late has rehearsed.
fn unrehearsed(site: &Site, drills: &[usize], incidents: &BTreeSet<usize>) -> Block {
    let knowledge = site.knowledge();
    let since = site.build().today.checked_sub(MONTHS.months()).unwrap_or(Date::MIN);
    let day = |n: &usize| site.postmortem(*n).and_then(|postmortem| postmortem.date.as_ref()).and_then(Moment::day);
    let drills: BTreeSet<usize> = drills.iter().copied().collect();
    let mut rows: Vec<(usize, Vec<Cell>)> = Vec::new();
    let mut rehearsed = 0;
    for (taxonomy, causes) in knowledge.taxonomies.iter().enumerate().filter(|(_, taxonomy)| taxonomy.grouping == Grouping::Cause) {
        for (place, term) in causes.terms.iter().enumerate().filter(|(_, term)| term.parent.is_some() && !term.slug.starts_with("unknown/"))
        {
            let struck: Vec<usize> = term.members.iter().copied().filter(|n| incidents.contains(n)).collect();
            let Some(last) = struck.first() else { continue };
            let last_drill = term.members.iter().filter(|n| drills.contains(n)).find_map(day);
            if last_drill.is_some_and(|drill| drill >= since) {
                rehearsed += 1;
                continue;
            }
            let url = site.url(Route::List(Listing::Term { taxonomy, term: place }, 1));
            let drill = last_drill.map_or_else(|| Cell::text("none"), |day| Cell::date(&civil_view(day)));
            rows.push((
                struck.len(),
                vec![Cell::link(term.name.clone(), url), Cell::text(struck.len().to_string()), day_cell(site, *last), drill],
            ));
        }
    }
    rows.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let total = rows.len() + rehearsed;
    let (rows, note) = newest(rows.into_iter().map(|(_, row)| row).collect(), ("cause", "causes"));
    let columns = vec![Column::words("Cause"), Column::figures("Incidents"), Column::words("Last struck"), Column::words("Last drill")];
    Block {
        id: "unrehearsed".into(),
        heading: "Causes not rehearsed of late".into(),
        text: format!(
            "Of {} that struck, {rehearsed} {} rehearsed within {MONTHS} months. The others, most frequent first.",
            plural(total, "cause", "causes"),
            if rehearsed == 1 { "was" } else { "were" }
        ),
        tables: vec![Table::new("Causes not rehearsed of late", columns, rows)],
        note,
        ..Block::default()
    }
}
