//! Who helped, and agreed to be named.

use std::collections::BTreeSet;

use super::{Block, day_cell, incident_cell, linked_cell};
use crate::model::Acknowledgement;
use crate::render::table::{Cell, Column};
use crate::site::{Pattern, Site};

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    let words = site.words();
    let mut rows = Vec::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (n, postmortem) in site.newest_first() {
        for thanked in &postmortem.acknowledgements {
            names.insert(thanked.name.to_lowercase());
            rows.push(row(site, n, thanked));
        }
    }
    let text = words.count("thanks-text", names.len());
    let columns = ["column-who", "column-what-for", "column-incident", "column-day"].map(|id| Column::words(words.get(id)));
    vec![Block::new("thanks", words.get("with-thanks"), text).with_rows(words, columns, rows, "entries")]
}

fn row(site: &Site, n: usize, thanked: &Acknowledgement) -> Vec<Cell> {
    vec![
        linked_cell(site, Pattern::Acknowledgements, &thanked.name, &thanked.link),
        Cell::text(thanked.contribution.clone()),
        incident_cell(site, n),
        day_cell(site, n),
    ]
}
