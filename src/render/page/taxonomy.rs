//! The terms of a taxonomy.

use serde::Serialize;

use super::view::{Framed, frame, meta, term_link};
use crate::knowledge::{Grouping, Taxonomy};
use crate::render::wording::plural;
use crate::site::{Route, Site};

#[derive(Debug, Serialize)]
pub(super) struct TaxonomyView {
    heading: String,
    lead: String,
    groups: Vec<Group>,
}

#[derive(Debug, Serialize)]
struct Group {
    name: String,
    definition: String,
    url: Option<String>,
    count: usize,
    terms: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    url: String,
    count: usize,
    definition: String,
}

pub(super) fn view(site: &Site, n: usize) -> Framed<TaxonomyView> {
    let Some(taxonomy) = site.knowledge().taxonomies.get(n) else {
        return frame(
            site,
            meta(site, "taxonomy", String::new(), String::new()),
            TaxonomyView { heading: String::new(), lead: String::new(), groups: Vec::new() },
        );
    };
    let mut meta = meta(site, "taxonomy", taxonomy.plural.clone(), site.url(Route::Taxonomy(n)));
    let lead = lead(taxonomy);
    meta.description.clone_from(&lead);
    frame(site, meta, TaxonomyView { heading: taxonomy.plural.clone(), lead, groups: groups(site, n, taxonomy) })
}

fn lead(taxonomy: &Taxonomy) -> String {
    let leaves = taxonomy.terms.iter().filter(|term| !taxonomy.is_hierarchical() || term.parent.is_some()).count();
    match taxonomy.grouping {
        Grouping::Cause => format!(
            "Why the system allowed it: {} named by these incidents. An incident may have several; what set it off is its trigger, told apart.",
            plural(leaves, "cause", "causes")
        ),
        Grouping::Severity => "How bad it was, as judged afterwards, worst first.".into(),
        _ => format!("{leaves} in all."),
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
        }];
    }
    let branches = taxonomy.terms.iter().enumerate().filter(|(_, term)| term.parent.is_none());
    branches
        .map(|(place, term)| Group {
            name: term.name.clone(),
            definition: term.definition.clone(),
            url: Some(term_link(site, n, place).url),
            count: term.members.len(),
            terms: children(Some(place)),
        })
        .collect()
}
