//! Action items over all incidents and drills: how long they stay open, how old the open ones are, and what is done about each cause.

use super::{Part, Scene, Section};
use crate::knowledge::metrics::Population;
use crate::knowledge::{self, Grouping};
use crate::render::chart::{self, CoverageRow};
use crate::render::page::actions::{charts, closing_text};
use crate::render::page::view::term_named;
use crate::site::Route;

/// How many causes the figure on controls shows, the most frequent.
const MOST_CAUSES: usize = 15;

pub(super) fn actions(scene: &Scene) -> Option<Section> {
    let words = scene.words();
    let ledger = scene.site.ledger();
    let tally = ledger.tally();
    if tally.total() == 0 {
        return None;
    }
    let overdue = tally.count(knowledge::ledger::State::Overdue);
    let apart = ledger.entries.iter().filter(|entry| entry.population != Population::Incidents).count();
    let all = words.count("action-items-count", tally.total());
    let all = if apart == 0 { all } else { words.with("metrics-actions-apart", &[("actions", all.into()), ("count", apart.into())]) };
    let open = words.count("actions-open-count", tally.open());
    let open = match (tally.open(), overdue) {
        (0, _) => open,
        (_, 0) => words.with("metrics-actions-none-overdue", &[("open", open.into())]),
        (_, overdue) => words.with("metrics-actions-some-overdue", &[("open", open.into()), ("count", overdue.into())]),
    };
    let rest = [
        (tally.count(knowledge::ledger::State::Done), "actions-done-count"),
        (tally.dropped(), "actions-given-up-count"),
        (tally.count(knowledge::ledger::State::Unstated), "actions-unstated-count"),
    ];
    let rest = rest.into_iter().filter(|(count, _)| *count > 0).map(|(count, id)| words.count(id, count));
    let counts: Vec<String> = [open].into_iter().chain(rest).collect();
    let mut sentences = vec![words.with("metrics-actions-counts", &[("actions", all.into()), ("counts", counts.join("; ").into())])];
    sentences.extend(Some(closing_text(words, &ledger.closing())).filter(|text| !text.is_empty()));
    let mut parts: Vec<Part> = charts(words, ledger, &scene.root).into_iter().map(Part::of).collect();
    let rows = controls(scene);
    if !rows.is_empty() {
        let caption = words.get("metrics-controls-text");
        parts.push(Part::of(chart::coverage(&scene.frame("controls", words.get("metrics-controls"), caption), &rows)));
    }
    Some(Section {
        id: "actions",
        title: words.get("action-items").to_owned(),
        sentences,
        parts,
        more: scene.more(Route::Actions, words.get("metrics-all-actions")),
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
