//! Action items over all incidents and drills: how long they stay open, how old the open ones are, and what is done about each cause.

use super::{Part, Scene, Section};
use crate::knowledge::metrics::Population;
use crate::knowledge::{self, Grouping};
use crate::render::chart::{self, CoverageRow};
use crate::render::page::actions::{charts, closing_text};
use crate::render::page::view::term_named;
use crate::render::wording::{plural, thousands};
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
    sentences.extend(Some(closing_text(&ledger.closing())).filter(|text| !text.is_empty()));
    let mut parts: Vec<Part> = charts(ledger, &scene.root).into_iter().map(Part::of).collect();
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
    let rows = causes.into_iter().take(MOST_CAUSES).filter_map(|(slug, _, controls)| {
        let link = term_named(site, Grouping::Cause, &slug)?;
        Some(CoverageRow { name: link.name, url: Some(link.url), controls })
    });
    rows.collect()
}
