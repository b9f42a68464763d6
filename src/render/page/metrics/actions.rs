//! Action items over all incidents and drills: how long they stay open, how old the open ones are, and what is done about each cause.

use super::words::percent;
use super::{Part, Scene, Section};
use crate::knowledge::{self, Grouping};
use crate::render::chart::{self, Bar, Bars, Control, CoverageRow, Survival};
use crate::render::wording::plural;
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
    let mut sentences = vec![format!(
        "{}: {} open, {overdue} of them overdue; {} done, {} given up, {} without a status.",
        plural(tally.total(), "action item", "action items"),
        tally.open(),
        tally.count(knowledge::ledger::State::Done),
        tally.dropped(),
        tally.count(knowledge::ledger::State::Unstated),
    )];
    let mut parts = Vec::new();
    let closing = ledger.closing();
    if closing.survival.closed == 0 {
        sentences.push("How long it takes until one is done cannot be told: of none is it written down on which day it was.".to_owned());
    }
    if closing.survival.closed > 0 {
        let caption = format!(
            "The share still open, by days since an action was agreed on (Kaplan–Meier). What is still open counts for as long as it has been. \
             Not counted: {} done on no known day, {} given up on no known day, {} without a status, {} of which it is not known since when.",
            closing.undated, closing.dropped_undated, closing.unstated, closing.unopened
        );
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
        let caption = if ageing.unknown > 0 { format!("Of {} it is not known since when.", ageing.unknown) } else { String::new() };
        parts.push(Part::of(chart::bars(&scene.frame("ageing", "How old the open ones are", &caption), &bars)));
    }
    let rows = controls(scene);
    if !rows.is_empty() {
        let caption = "Actions of incidents and drills by the cause they answer. An empty cell is something to think about, not a fault.";
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
