//! Drills: the incidents that called for them, what they found and what has become of it; and causes that nobody has rehearsed of late.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Block, day_cell, incident_cell, incidents_cell, is_told, said};
use crate::knowledge::ledger::{State, Tally};
use crate::knowledge::metrics::Population;
use crate::knowledge::{Grouping, Target};
use crate::model::{DocumentId, Moment};
use crate::render::page::view::term_named;
use crate::render::table::{Cell, Column};
use crate::render::wording::civil_view;
use crate::site::{Pattern, Site};
use crate::theme::Words;

/// Incidents that a row names.
const NAMED: usize = 3;
/// Within so many months a drill counts as of late.
const MONTHS: i64 = 12;

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    let of = |population| site.newest_first().filter(move |(_, postmortem)| Population::of(postmortem) == population).map(|(n, _)| n);
    let drills: Vec<usize> = of(Population::Drills).collect();
    if drills.is_empty() {
        return Vec::new();
    }
    let incidents: BTreeSet<usize> = of(Population::Incidents).collect();
    vec![held(site, &drills, &incidents), gaps(site, &drills), unrehearsed(site, &drills, &incidents)]
}

fn held(site: &Site, drills: &[usize], incidents: &BTreeSet<usize>) -> Block {
    let words = site.words();
    let tallies = site.ledger().tallies();
    let rows = drills.iter().map(|n| {
        let (called_for, note) = called_for(site, *n, incidents);
        let cell = incidents_cell(site, Pattern::Preparedness, &called_for, NAMED).noted(note);
        let actions = tallies.get(n).copied().unwrap_or_default();
        vec![day_cell(site, *n), incident_cell(site, *n), cell, Cell::text(words.row(&states(words, actions)))]
    });
    let of_drills = site.ledger().entries.iter().filter(|entry| entry.population == Population::Drills);
    let told = states(words, Tally::of(of_drills));
    let about = words.get("drills-text").to_owned();
    let told = (!told.is_empty()).then(|| words.with("drills-their-actions", &[("counts", words.list(&told).into())]));
    let text = [about].into_iter().chain(told).collect::<Vec<_>>().join(" ");
    let columns = ["column-day", "column-drill", "column-called-for-by", "column-its-actions"].map(|id| Column::words(words.get(id)));
    Block::new("drills", words.get("drills-title"), text).with_rows(words, columns, rows.collect(), "drills")
}

/// "1 open", "2 done"
fn states(words: &Words, actions: Tally) -> Vec<String> {
    let states = [
        (actions.open(), "actions-open-count"),
        (actions.count(State::Done), "actions-done-count"),
        (actions.dropped(), "actions-given-up-count"),
        (actions.count(State::Unstated), "actions-unstated-count"),
    ];
    states.into_iter().filter(|(count, _)| *count > 0).map(|(count, id)| words.count(id, count)).collect()
}

/// The incidents that a drill names, links to or is named by, else those before it with a cause of its own, newest first; and how they were found.
fn called_for<'s>(site: &'s Site, drill: usize, incidents: &BTreeSet<usize>) -> (Vec<usize>, &'s str) {
    let words = site.words();
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
    let Some((_, causes)) = site.taxonomy(Grouping::Cause) else { return (Vec::new(), "") };
    let rank = |n: usize| knowledge.rank.get(n).copied().unwrap_or_default();
    let is_before = |n: usize| rank(n) > rank(drill);
    let leaves = causes.terms_of(drill).filter(|(_, term)| term.parent.is_some());
    let alike: BTreeSet<usize> =
        leaves.flat_map(|(_, term)| &term.members).copied().filter(|n| incidents.contains(n) && is_before(*n)).collect();
    let note = if alike.is_empty() { "" } else { words.get("drills-same-cause") };
    (newest_of(site, alike), note)
}

fn newest_of(site: &Site, places: BTreeSet<usize>) -> Vec<usize> {
    let mut places: Vec<usize> = places.into_iter().collect();
    places.sort_by_key(|n| site.knowledge().rank.get(*n).copied());
    places
}

/// What drills found wanting.
fn gaps(site: &Site, drills: &[usize]) -> Block {
    let words = site.words();
    let items = said(site, Pattern::Preparedness, drills.iter().copied(), |section| is_told(section, "went-wrong"));
    let text = words.get("drills-gaps-text");
    Block::new("gaps", words.get("drills-gaps"), text).with_items(words, items, "entries")
}

/// Causes that struck and that no drill of late has rehearsed.
fn unrehearsed(site: &Site, drills: &[usize], incidents: &BTreeSet<usize>) -> Block {
    let words = site.words();
    let since = site.build().today.checked_sub(MONTHS.months()).unwrap_or(Date::MIN);
    let day = |n: &usize| site.postmortem(*n).and_then(|postmortem| postmortem.date.as_ref()).and_then(Moment::day);
    let drills: BTreeSet<usize> = drills.iter().copied().collect();
    let mut rows: Vec<(usize, Vec<Cell>)> = Vec::new();
    let mut rehearsed = 0;
    let leaves = site.taxonomy(Grouping::Cause).into_iter().flat_map(|(_, causes)| &causes.terms).filter(|term| term.parent.is_some());
    for term in leaves.filter(|term| !term.slug.starts_with("unknown/")) {
        let struck: Vec<usize> = term.members.iter().copied().filter(|n| incidents.contains(n)).collect();
        let Some(last) = struck.first() else { continue };
        let last_drill = term.members.iter().filter(|n| drills.contains(n)).find_map(day);
        if last_drill.is_some_and(|drill| drill >= since) {
            rehearsed += 1;
            continue;
        }
        let Some(link) = term_named(site, Grouping::Cause, &term.slug) else { continue };
        let drill = last_drill.map_or_else(|| Cell::text(words.get("drills-none")), |day| Cell::date(&civil_view(words, day)));
        rows.push((
            struck.len(),
            vec![Cell::link(link.name, link.url), Cell::text(struck.len().to_string()), day_cell(site, *last), drill],
        ));
    }
    rows.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let total = rows.len() + rehearsed;
    let text =
        words.with("drills-unrehearsed-text", &[("count", total.into()), ("rehearsed", rehearsed.into()), ("months", MONTHS.into())]);
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    let columns = [
        Column::words(words.get("column-cause")),
        Column::figures(words.get("column-incidents")),
        Column::words(words.get("column-last-struck")),
        Column::words(words.get("column-last-drill")),
    ];
    Block::new("unrehearsed", words.get("drills-unrehearsed"), text).with_rows(words, columns, rows, "causes")
}
