//! Who helped, and agreed to be named.

use std::collections::BTreeMap;

use super::{Block, day_cell, incident_cell, linked_cell, newest};
use crate::model::Acknowledgement;
use crate::render::page::table::{Cell, Column, Table};
use crate::render::wording::plural;
use crate::site::{Pattern, Site};

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    let mut rows = Vec::new();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for n in &site.knowledge().newest_first {
        for thanked in site.postmortem(*n).map_or(&[][..], |postmortem| &postmortem.acknowledgements) {
            *names.entry(thanked.name.to_lowercase()).or_default() += 1;
            rows.push(row(site, *n, thanked));
        }
    }
    let (rows, note) = newest(rows, ("entry", "entries"));
    let columns = vec![Column::words("Who"), Column::words("What for"), Column::words("Incident"), Column::words("Day")];
    let block = Block {
        id: "thanks".into(),
        heading: "With thanks".into(),
        text: format!("{} helped and agreed to be named here.", plural(names.len(), "person or organisation", "people and organisations")),
        tables: vec![Table::new("With thanks", columns, rows)],
        note,
        ..Block::default()
    };
    vec![block]
}

fn row(site: &Site, n: usize, thanked: &Acknowledgement) -> Vec<Cell> {
    vec![
        linked_cell(site, Pattern::Acknowledgements, &thanked.name, &thanked.link),
        Cell::text(thanked.contribution.clone()),
        incident_cell(site, n),
        day_cell(site, n),
    ]
}
