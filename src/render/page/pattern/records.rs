//! Tools that responders wished for, and numbers missing among the incidents.

use super::{Block, day_cell, incident_cell, prose, said};
use crate::knowledge::Gap;
use crate::knowledge::playbook::Area;
use crate::render::page::actions::standing_cell;
use crate::render::table::{Cell, Column};
use crate::render::wording::from_to;
use crate::site::{Pattern, Site, asks_for_tools};

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    vec![tools(site), said_of_tools(site), gaps(site)]
}

fn tools(site: &Site) -> Block {
    let words = site.words();
    let mut wishes: Vec<(bool, Vec<Cell>)> = Vec::new();
    let mut open = 0;
    for (n, postmortem) in site.newest_first() {
        for action in postmortem.actions.iter().filter(|action| Area::Tooling.is_of(action)) {
            open += usize::from(!action.is_settled());
            let text = Cell::html(prose(site, Pattern::Records, n).line(&action.content));
            let row = vec![text, standing_cell(site, postmortem, action), incident_cell(site, n), day_cell(site, n)];
            wishes.push((action.is_settled(), row));
        }
    }
    let total = wishes.len();
    wishes.sort_by_key(|(is_settled, _)| *is_settled);
    let rows = wishes.into_iter().map(|(_, row)| row).collect();
    let text = words.with("gaps-tools-text", &[("open", open.into()), ("count", total.into())]);
    let columns = ["column-tool", "column-state", "column-asked-for-after", "column-day"].map(|id| Column::words(words.get(id)));
    Block::new("tools", words.get("gaps-tools"), text).with_rows(words, columns, rows, "wishes")
}

fn said_of_tools(site: &Site) -> Block {
    let words = site.words();
    let items = said(site, Pattern::Records, site.knowledge().newest_first.iter().copied(), asks_for_tools);
    let text = words.get("gaps-wishes-text");
    Block::new("wishes", words.get("gaps-wishes"), text).with_items(words, items, "entries")
}

fn gaps(site: &Site) -> Block {
    let words = site.words();
    let found = &site.knowledge().gaps_in_ids;
    let missing: u64 = found.iter().map(|gap| u64::from(gap.missing())).sum();
    let rows = found.iter().map(|gap| {
        vec![
            Cell::text(told(site, gap)),
            Cell::text(gap.missing().to_string()),
            incident_cell(site, gap.earlier),
            incident_cell(site, gap.later),
        ]
    });
    let columns = [
        Column::words(words.get("column-missing")),
        Column::figures(words.get("column-numbers")),
        Column::words(words.get("column-the-one-before")),
        Column::words(words.get("column-the-one-after")),
    ];
    let text = words.with("gaps-numbers-text", &[("count", missing.into())]);
    Block::new("gaps", words.get("gaps-numbers"), text).with_rows(words, columns, rows.collect(), "gaps")
}

/// The missing ids as they would be written: "INC-2026-004", "INC-2026-004 to INC-2026-006".
fn told(site: &Site, gap: &Gap) -> String {
    let id = site.postmortem(gap.later).map_or("", |postmortem| postmortem.id.value.trim());
    let (prefix, number) = id.rsplit_once('-').unwrap_or(("", id));
    let width = number.len().min(12);
    let name = |number: u32| format!("{prefix}-{number:0width$}");
    match gap.missing() {
        1 => name(gap.before + 1),
        _ => from_to(site.words(), name(gap.before + 1), name(gap.after - 1)),
    }
}
