//! Incidents that happened before, in chains, and what has become of the actions agreed on in between.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, Group, day_cell, incident_cell, left_out};
use crate::knowledge::metrics::Population;
use crate::knowledge::statistics::Share;
use crate::knowledge::{Aftermath, Grouping, Outcome, Recurrence, aftermath};
use crate::render::page::view::term_link;
use crate::render::table::{Cell, Column, Table};
use crate::site::Site;
use crate::theme::Words;

/// Incidents in chains that the page shows.
const MOST: usize = 300;

/// What each outcome is called: its badge, the words at the head of the page for one and for several, and what it means.
pub(in crate::render::page) fn outcome_words(words: &Words, outcome: Outcome) -> (&str, &'static str, &str) {
    match outcome {
        Outcome::Open => (words.get("recurrences-open"), "open", words.get("recurrences-open-means")),
        Outcome::Done => (words.get("recurrences-done"), "done", words.get("recurrences-done-means")),
        Outcome::GivenUp => (words.get("recurrences-given-up"), "accepted-risk", words.get("recurrences-given-up-means")),
        Outcome::Untold => (words.get("recurrences-untold"), "untold", words.get("recurrences-untold-means")),
    }
}

/// What has become of the actions of the earlier incident.
pub(in crate::render) fn aftermath_of(site: &Site, recurrence: &Recurrence) -> Option<Aftermath> {
    Some(aftermath(site.postmortem(recurrence.earlier)?, &leaves(site, &recurrence.shared), site.config()))
}

/// The leaves among what incidents share.
fn leaves<'s>(site: &'s Site, shared: &[(usize, usize)]) -> BTreeSet<&'s str> {
    let causes = site.taxonomy(Grouping::Cause).map_or(&[][..], |(_, causes)| &causes.terms);
    shared.iter().filter_map(|(leaf, _)| Some(causes.get(*leaf)?.slug.as_str())).collect()
}

/// "1 open, 2 done"
pub(in crate::render::page) fn states(words: &Words, aftermath: &Aftermath) -> String {
    let states = [
        (aftermath.open, "actions-open-count"),
        (aftermath.done, "actions-done-count"),
        (aftermath.given_up, "actions-given-up-count"),
        (aftermath.untold, "actions-unstated-count"),
    ];
    words.list(&states.into_iter().filter(|(count, _)| *count > 0).map(|(count, id)| words.count(id, count)).collect::<Vec<_>>())
}

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    vec![outcomes(site), chains(site)]
}

fn outcomes(site: &Site) -> Block {
    let words = site.words();
    let all = site.knowledge().recurrences.all();
    let mut counts: BTreeMap<Outcome, usize> = Outcome::ALL.into_iter().map(|outcome| (outcome, 0)).collect();
    for aftermath in all.iter().filter_map(|recurrence| aftermath_of(site, recurrence)) {
        *counts.entry(aftermath.outcome()).or_default() += 1;
    }
    let rows = counts.iter().filter(|(_, count)| **count > 0).map(|(outcome, count)| {
        let (name, class, meaning) = outcome_words(words, *outcome);
        vec![Cell::badge(name, class), Cell::text(count.to_string()), Cell::text(meaning)]
    });
    let columns = [
        Column::words(words.get("column-before-it-happened-again")),
        Column::figures(words.get("column-recurrences")),
        Column::words(words.get("column-what-that-means")),
    ];
    let block = Block::new("outcomes", words.get("recurrences-outcomes"), told(words, all.len(), &counts));
    Block { note: share(site), ..block.with_rows(words, columns, rows.collect(), "outcomes") }
}

/// "Of 7 recurrences, 3 had actions still open, 2 had the actions done and 2 had nothing said of the actions."
fn told(words: &Words, total: usize, counts: &BTreeMap<Outcome, usize>) -> String {
    let part = |(outcome, count): (&Outcome, &usize)| {
        let told = match outcome {
            Outcome::Open => ("recurrences-one-open", "recurrences-some-open"),
            Outcome::Done => ("recurrences-one-done", "recurrences-some-done"),
            Outcome::GivenUp => ("recurrences-one-given-up", "recurrences-some-given-up"),
            Outcome::Untold => ("recurrences-one-untold", "recurrences-some-untold"),
        };
        if total == 1 { words.get(told.0).to_owned() } else { words.count(told.1, *count) }
    };
    let parts: Vec<String> = counts.iter().filter(|(_, count)| **count > 0).map(part).collect();
    let values = [("count", total.into()), ("outcomes", words.list(&parts).into())];
    let told = words.with("recurrences-told", &values);
    let is_open = counts.get(&Outcome::Open).is_some_and(|open| *open > 0);
    if is_open { format!("{told} {}", words.get("recurrences-as-today")) } else { told }
}

/// How many incidents had happened before, of how many of which it can be told, as the metrics page counts them.
fn share(site: &Site) -> String {
    let words = site.words();
    let metrics = site.metrics();
    let Share { part, known, missing } = metrics.recurrence.share;
    if known == 0 || metrics.population != Population::Incidents {
        return String::new();
    }
    let told =
        words.with("recurrences-share", &[("part", part.into()), ("count", known.into()), ("months", metrics.recurrence.months.into())]);
    let untold = (missing > 0).then(|| words.count("recurrences-share-untold", missing));
    [told].into_iter().chain(untold).collect::<Vec<_>>().join(" ")
}

/// A chain: incidents, oldest first, and the leaves and services they share.
struct Chain<'a> {
    shared: Vec<(usize, usize)>,
    links: Vec<&'a Recurrence>,
}

fn chains(site: &Site) -> Block {
    let words = site.words();
    let mut groups = Vec::new();
    let (mut shown, mut more) = (0, 0);
    for chain in collect(site.knowledge().recurrences.all()) {
        if shown + chain.links.len() + 1 > MOST {
            more += 1;
            continue;
        }
        shown += chain.links.len() + 1;
        groups.push(group(site, &chain));
    }
    let text = words.get("recurrences-chains-text");
    Block { groups, note: left_out(words, "chains", more), ..Block::new("chains", words.get("recurrences-chains"), text) }
}

/// The recurrences in chains, the one with the newest incident first. A leaf and a service make one; two of them with the same incidents are told
/// as one.
fn collect(all: &[Recurrence]) -> Vec<Chain<'_>> {
    // From the newest on, so that a chain is met at its end and grows backwards.
    let mut open: BTreeMap<((usize, usize), usize), usize> = BTreeMap::new();
    let mut chains: Vec<((usize, usize), Vec<&Recurrence>)> = Vec::new();
    let mut stated: Vec<Chain<'_>> = Vec::new();
    let mut order: Vec<Option<usize>> = Vec::new();
    for recurrence in all {
        if recurrence.shared.is_empty() {
            order.push(None);
            stated.push(Chain { shared: Vec::new(), links: vec![recurrence] });
        }
        for shared in &recurrence.shared {
            let place = open.remove(&(*shared, recurrence.later)).unwrap_or_else(|| {
                chains.push((*shared, Vec::new()));
                order.push(Some(chains.len() - 1));
                chains.len() - 1
            });
            if let Some((_, links)) = chains.get_mut(place) {
                links.push(recurrence);
            }
            open.insert((*shared, recurrence.earlier), place);
        }
    }
    let mut collected: Vec<Chain<'_>> = Vec::new();
    let mut by_links: BTreeMap<Vec<(usize, usize)>, usize> = BTreeMap::new();
    let mut stated = stated.into_iter();
    for place in order {
        let Some((shared, links)) = place.and_then(|place| chains.get(place)) else {
            collected.extend(stated.next());
            continue;
        };
        let key: Vec<(usize, usize)> = links.iter().map(|link| (link.later, link.earlier)).collect();
        if let Some(chain) = by_links.get(&key).and_then(|known| collected.get_mut(*known)) {
            chain.shared.push(*shared);
            continue;
        }
        by_links.insert(key, collected.len());
        collected.push(Chain { shared: vec![*shared], links: links.iter().rev().copied().collect() });
    }
    collected
}

fn group(site: &Site, chain: &Chain<'_>) -> Group {
    let words = site.words();
    let leaves = leaves(site, &chain.shared);
    let (mut rows, last) = (Vec::new(), chain.links.len());
    let first = chain.links.first().map(|first| (first.earlier, Cell::default()));
    let later = chain
        .links
        .iter()
        .map(|link| (link.later, link.months_between.map_or_else(Cell::default, |between| Cell::text(months(words, between)))));
    for (place, (n, since)) in first.into_iter().chain(later).enumerate() {
        let Some(postmortem) = site.postmortem(n) else { continue };
        let aftermath = aftermath(postmortem, &leaves, site.config());
        let (name, class, _) = outcome_words(words, aftermath.outcome());
        let basis = if aftermath.by_cause || aftermath.actions.is_empty() { "" } else { words.get("recurrences-all-of-incident") };
        let told = Cell::text(states(words, &aftermath)).noted(basis);
        // What has become of the actions of the newest one is for the next to show.
        let outcome = if place < last { Cell::badge(name, class) } else { Cell::default() };
        rows.push(vec![day_cell(site, n), incident_cell(site, n), since, told, outcome]);
    }
    let columns = ["column-day", "column-incident", "column-after", "column-its-actions", "column-when-it-came-again"]
        .map(|id| Column::words(words.get(id)))
        .into();
    let (name, url) = title(site, chain);
    let table = Table::new(name.clone(), columns, rows);
    Group { note: words.count("incidents", chain.links.len() + 1), name, url, tables: vec![table], ..Group::default() }
}

/// "7 months", "less than a month"
pub(in crate::render) fn months(words: &Words, months: i32) -> String {
    match usize::try_from(months) {
        Ok(0) | Err(_) => words.get("recurrences-less-than-a-month").into(),
        Ok(months) => words.count("months", months),
    }
}

/// "Configuration in Checkout", and the page of the cause.
fn title(site: &Site, chain: &Chain<'_>) -> (String, Option<String>) {
    let words = site.words();
    let Some((leaf, _)) = chain.shared.first() else { return (words.get("said-by-authors").into(), None) };
    (shared_words(words, site, &chain.shared), site.taxonomy(Grouping::Cause).map(|(causes, _)| term_link(site, causes, *leaf).url))
}

/// "Configuration in Checkout and Ledger", with each cause named once.
pub(in crate::render) fn shared_words(words: &Words, site: &Site, shared: &[(usize, usize)]) -> String {
    let term = |grouping, place: usize| {
        site.taxonomy(grouping).and_then(|(_, taxonomy)| taxonomy.terms.get(place)).map_or_else(String::new, |term| term.name.clone())
    };
    let mut services: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (leaf, service) in shared {
        services.entry(*leaf).or_default().push(term(Grouping::Service, *service));
    }
    let parts: Vec<String> = services
        .iter()
        .map(|(leaf, services)| {
            words.with(
                "recurrences-in-services",
                &[("cause", term(Grouping::Cause, *leaf).into()), ("services", words.list(services).into())],
            )
        })
        .collect();
    parts.join("; ")
}
