//! Action items over all incidents and drills: how long they stay open, how old the open ones are, and what is done about each cause.

use super::{Part, Scene, Section};
use crate::knowledge::metrics::Population;
use crate::knowledge::{self, Grouping};
use crate::render::chart::{self, Bar, Bars, Control, CoverageRow, Survival};
use crate::render::page::actions::survival_caption;
use crate::render::wording::{percent, plural, thousands};
use crate::site::Route;

/// How many causes the figure on controls shows, the most frequent.
const MOST_CAUSES: usize = 15;

pub(super) fn actions(scene: &Scene) -> Option<Section> {
    let ledger = scene.site.ledger();
    let tally = ledger.tally();
    if tally.total() == 0 {
        return None;
    }
    let overdue = tally.count(knowledge::ledger::State::Overdue);
    let apart = ledger.entries.iter().filter(|entry| entry.population != Population::Incidents).count();
    let apart = if apart == 0 { String::new() } else { format!(", {} of them not from incidents", thousands(apart)) };
    let late = match (tally.open(), overdue) {
        (0, _) => String::new(),
        (_, 0) => ", none of them overdue".to_owned(),
        (_, overdue) => format!(", {} of them overdue", thousands(overdue)),
    };
    let rest = [
        (tally.count(knowledge::ledger::State::Done), "done"),
        (tally.dropped(), "given up"),
        (tally.count(knowledge::ledger::State::Unstated), "without a status"),
    ];
    let rest: Vec<String> =
        rest.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("; {} {what}", thousands(count))).collect();
    let rest = rest.concat();
    let all = plural(tally.total(), "action item", "action items");
    let mut sentences = vec![format!("{all}{apart}: {} open{late}{rest}.", thousands(tally.open()))];
    let mut parts = Vec::new();
    let closing = ledger.closing();
    if closing.survival.closed == 0 && closing.undated > 0 {
        sentences.push("How long they take is not known: no action says on which day it was done.".to_owned());
    }
    if closing.survival.closed > 0 {
        let caption = survival_caption(&closing);
        let frame = scene.frame("closing", "How long actions stay open", &caption);
        parts.push(Part::of(chart::survival(&frame, &Survival::of(&closing.survival, "done"))));
    }
    let ageing = ledger.ageing();
    if tally.open() > 0 {
        let bars = ageing.bands.iter().map(|band| Bar {
            name: band.name.to_owned(),
            url: None,
            count: band.count,
            note: percent(band.count, tally.open()),
        });
        let bars = Bars { name: "Open for".to_owned(), counted: "Actions".to_owned(), whole: None, entries: bars.collect() };
        let caption =
            if ageing.unknown > 0 { format!("Not counted: {} that do not say since when.", ageing.unknown) } else { String::new() };
        parts.push(Part::of(chart::bars(&scene.frame("ageing", "How old the open ones are", &caption), &bars)));
    }
    let rows = controls(scene);
    if !rows.is_empty() {
        let caption = "Actions of incidents and drills, by the cause they answer. An empty cell is something to think about, not a fault.";
        parts.push(Part::of(chart::coverage(&scene.frame("controls", "What is done about each cause", caption), &rows)));
    }
    Some(Section {
        id: "actions",
        title: "Action items".to_owned(),
        sentences,
        parts,
        more: scene.more(Route::Actions, "All action items"),
    })
}

fn controls(scene: &Scene) -> Vec<CoverageRow> {
    let site = scene.site;
    let mut causes = knowledge::coverage(site.corpus(), site.config());
    causes.sort_by(|(a, of_a, _), (b, of_b, _)| of_b.cmp(of_a).then_with(|| a.cmp(b)));
    let taxonomy = site.knowledge().taxonomies.iter().find(|taxonomy| taxonomy.grouping == Grouping::Cause);
    let control = |control: knowledge::Control| Control { done: control.done, open: control.open, unsaid: control.unsaid };
    let rows = causes.into_iter().take(MOST_CAUSES).filter_map(|(slug, _, controls)| {
        let taxonomy = taxonomy?;
        let name = taxonomy.terms.get(taxonomy.position(&slug)?)?.name.clone();
        Some(CoverageRow {
            name,
            url: scene.term_url(Grouping::Cause, &slug),
            prevent: control(controls.prevent),
            mitigate: control(controls.mitigate),
            detect: control(controls.detect),
        })
    });
    rows.collect()
}
