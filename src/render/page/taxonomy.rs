//! The terms of a taxonomy.

use serde::Serialize;

use super::cause::{Unused, cause_columns, cause_row, unused};
use super::view::{Framed, frame, meta, term_link};
use crate::knowledge::{Controls, Grouping, Taxonomy, coverage};
use crate::render::table::Table;
use crate::site::{Route, Site};
use crate::theme::Words;

#[derive(Debug, Default, Serialize)]
pub(super) struct TaxonomyView {
    heading: String,
    lead: String,
    groups: Vec<Group>,
    /// Of causes: branches that no incident names, with their leaves.
    unnamed: Vec<Unnamed>,
    /// Of causes: those without a done action that detects them.
    gaps: Option<Table>,
    /// What the table of gaps counts, in sentences.
    gaps_note: String,
}

/// A branch of the taxonomy that no incident names.
#[derive(Debug, Serialize)]
struct Unnamed {
    name: String,
    leaves: Vec<Unused>,
}

/// How many causes the table of gaps has.
const MOST_GAPS: usize = 40;

#[derive(Debug, Serialize)]
struct Group {
    name: String,
    /// One sentence; may be empty.
    definition: String,
    url: Option<String>,
    count: usize,
    terms: Vec<Row>,
    /// Of a branch of causes: its leaves that no incident names.
    unused: Vec<Unused>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    url: String,
    count: usize,
    /// One sentence; may be empty.
    definition: String,
}

pub(super) fn view(site: &Site, n: usize) -> Framed<TaxonomyView> {
    let words = site.words();
    let Some(taxonomy) = site.knowledge().taxonomies.get(n) else {
        return frame(site, meta(site, "taxonomy", String::new(), String::new()), TaxonomyView::default());
    };
    let mut meta = meta(site, "taxonomy", words.terms(taxonomy).to_owned(), site.url(Route::Taxonomy(n)));
    let lead = lead(words, taxonomy);
    meta.description.clone_from(&lead);
    let mut view =
        TaxonomyView { heading: words.terms(taxonomy).to_owned(), lead, groups: groups(site, n, taxonomy), ..TaxonomyView::default() };
    if taxonomy.grouping == Grouping::Cause {
        view.unnamed = unnamed(site, taxonomy);
        (view.gaps, view.gaps_note) = gaps(site, n, taxonomy);
    }
    frame(site, meta, view)
}

/// The branches that no incident names.
fn unnamed(site: &Site, taxonomy: &Taxonomy) -> Vec<Unnamed> {
    let branches = site.config().causes.branches.iter().filter(|branch| taxonomy.position(&branch.id).is_none());
    branches.map(|branch| Unnamed { name: branch.name.clone(), leaves: unused(site, &branch.id, taxonomy) }).collect()
}

/// The causes without a done action that detects them, those with most incidents first; nothing where no incident has actions, since then nothing is
/// known of what is done.
fn gaps(site: &Site, n: usize, taxonomy: &Taxonomy) -> (Option<Table>, String) {
    let words = site.words();
    if site.corpus().postmortems.iter().all(|postmortem| postmortem.actions.is_empty()) {
        return (None, String::new());
    }
    let mut open: Vec<_> = coverage(site.corpus(), site.config());
    let covered = open.len();
    open.retain(|(.., controls)| controls.detect.done == 0);
    open.sort_by_key(|(_, incidents, _)| std::cmp::Reverse(*incidents));
    let without = open.len();
    let row =
        |(slug, incidents, controls): &(String, usize, Controls)| Some(cause_row(site, n, taxonomy.position(slug)?, *incidents, controls));
    let rows: Vec<_> = open.iter().take(MOST_GAPS).filter_map(row).collect();
    let shown = (without > MOST_GAPS).then(|| words.count("taxonomy-gaps-shown", MOST_GAPS));
    let note = words.with("taxonomy-gaps-note", &[("open", without.into()), ("count", covered.into())]);
    let note = [note].into_iter().chain(shown).collect::<Vec<_>>().join(" ");
    let table = Table::new(words.get("taxonomy-gaps"), cause_columns(words), rows);
    (Some(table).filter(|table| !table.is_empty()), note)
}

fn lead(words: &Words, taxonomy: &Taxonomy) -> String {
    let leaves = taxonomy.terms.iter().filter(|term| !taxonomy.is_hierarchical() || term.parent.is_some()).count();
    match taxonomy.grouping {
        Grouping::Cause => words.count("taxonomy-causes-lead", leaves),
        Grouping::Severity => words.get("taxonomy-severities-lead").into(),
        Grouping::Trigger => words.get("taxonomy-triggers-lead").into(),
        Grouping::Owner => words.get("taxonomy-owners-lead").into(),
        _ => words.count("taxonomy-in-all", leaves),
    }
}

fn groups(site: &Site, n: usize, taxonomy: &Taxonomy) -> Vec<Group> {
    let row = |place: usize| {
        let link = term_link(site, n, place);
        let definition = taxonomy.terms.get(place).map(|term| term.definition.clone()).unwrap_or_default();
        Row { name: link.name, url: link.url, count: link.count, definition }
    };
    let children = |parent: Option<usize>| -> Vec<Row> {
        taxonomy.terms.iter().enumerate().filter(|(_, term)| term.parent == parent).map(|(place, _)| row(place)).collect()
    };
    if !taxonomy.is_hierarchical() {
        return vec![Group {
            name: String::new(),
            definition: String::new(),
            url: None,
            count: taxonomy.terms.len(),
            terms: children(None),
            unused: Vec::new(),
        }];
    }
    let branches = taxonomy.terms.iter().enumerate().filter(|(_, term)| term.parent.is_none());
    branches
        .map(|(place, term)| Group {
            name: term.name.clone(),
            definition: term.definition.clone(),
            url: Some(term_link(site, n, place).url),
            count: term.incidents(),
            terms: children(Some(place)),
            unused: unused(site, &term.slug, taxonomy),
        })
        .collect()
}
