//! Tools that responders wished for, and numbers missing among the incidents.

use super::{Block, day_cell, incident_cell, newest, newest_items, prose, said};
use crate::knowledge::numbering::{Gap, gaps_in_ids};
use crate::knowledge::playbook::Area;
use crate::render::page::actions::standing_cell;
use crate::render::page::table::{Cell, Column, Table};
use crate::site::{Pattern, Site, asks_for_tools};

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    vec![tools(site), said_of_tools(site), gaps(site)]
}

fn tools(site: &Site) -> Block {
    let mut wishes: Vec<(bool, Vec<Cell>)> = Vec::new();
    let mut open = 0;
    for n in &site.knowledge().newest_first {
        let Some(postmortem) = site.postmortem(*n) else { continue };
        for action in postmortem.actions.iter().filter(|action| Area::Tooling.is_of(action)) {
            open += usize::from(!action.is_settled());
            let words = Cell::html(prose(site, Pattern::Records, *n).line(&action.content));
            let row = vec![words, standing_cell(site, postmortem, action), incident_cell(site, *n), day_cell(site, *n)];
            wishes.push((action.is_settled(), row));
        }
    }
    let total = wishes.len();
    wishes.sort_by_key(|(is_settled, _)| *is_settled);
    let (rows, note) = newest(wishes.into_iter().map(|(_, row)| row).collect(), ("wish", "wishes"));
    let columns = vec![Column::words("Tool"), Column::words("State"), Column::words("Asked for after"), Column::words("Day")];
    Block {
        id: "tools".into(),
        heading: "Tools asked for".into(),
        text: format!("Actions whose area is tooling. {open} of {total} are not settled yet; they come first."),
        tables: vec![Table::new("Tools asked for", columns, rows)],
        note,
        ..Block::default()
    }
}

fn said_of_tools(site: &Site) -> Block {
    let mut items = Vec::new();
    for n in &site.knowledge().newest_first {
        let Some(postmortem) = site.postmortem(*n) else { continue };
        let sections = postmortem.body.sections.iter().filter(|section| asks_for_tools(section));
        items.extend(sections.filter_map(|section| said(site, Pattern::Records, *n, section)));
    }
    let (items, note) = newest_items(items, ("entry", "entries"));
    Block {
        id: "wishes".into(),
        heading: "What incidents say of tools".into(),
        text: "What stands under headings that name tools.".into(),
        items,
        note,
        ..Block::default()
    }
}

fn gaps(site: &Site) -> Block {
    let found = gaps_in_ids(site.corpus());
    let missing: u64 = found.iter().map(|gap| u64::from(gap.missing())).sum();
    let rows = found.iter().map(|gap| {
        vec![
            Cell::text(told(site, gap)),
            Cell::text(gap.missing().to_string()),
            incident_cell(site, gap.earlier),
            incident_cell(site, gap.later),
        ]
    });
    let (rows, note) = newest(rows.collect(), ("gap", "gaps"));
    let columns =
        vec![Column::words("Missing"), Column::figures("Numbers"), Column::words("The one before"), Column::words("The one after")];
    let many = if missing == 1 { "1 number is".to_owned() } else { format!("{missing} numbers are") };
    Block {
        id: "gaps".into(),
        heading: "Numbers that are missing".into(),
        text: format!(
            "{many} missing where incidents are numbered one after the other. Behind each is an incident that nobody has written up, a number \
             that was used for something else, or a document that is not shown here."
        ),
        tables: vec![Table::new("Numbers that are missing", columns, rows)],
        note,
        ..Block::default()
    }
}

/// The missing ids as they would be written: "INC-2026-004", "INC-2026-004 to INC-2026-006".
fn told(site: &Site, gap: &Gap) -> String {
    let id = site.postmortem(gap.later).map_or("", |postmortem| postmortem.id.value.trim());
    let (prefix, number) = id.rsplit_once('-').unwrap_or(("", id));
    let width = number.len().min(12);
    let name = |number: u32| format!("{prefix}-{number:0width$}");
    match gap.missing() {
        1 => name(gap.before + 1),
        _ => format!("{} to {}", name(gap.before + 1), name(gap.after - 1)),
    }
}
