//! Tools that responders wished for, and numbers missing among the incidents.

use super::{Block, day_cell, incident_cell, prose, said};
use crate::knowledge::Gap;
use crate::knowledge::playbook::Area;
use crate::render::page::actions::standing_cell;
use crate::render::table::{Cell, Column};
use crate::site::{Pattern, Site, asks_for_tools};

pub(super) fn blocks(site: &Site) -> Vec<Block> {
    vec![tools(site), said_of_tools(site), gaps(site)]
}

fn tools(site: &Site) -> Block {
    let mut wishes: Vec<(bool, Vec<Cell>)> = Vec::new();
    let mut open = 0;
    for (n, postmortem) in site.newest_first() {
        for action in postmortem.actions.iter().filter(|action| Area::Tooling.is_of(action)) {
            open += usize::from(!action.is_settled());
            let words = Cell::html(prose(site, Pattern::Records, n).line(&action.content));
            let row = vec![words, standing_cell(site, postmortem, action), incident_cell(site, n), day_cell(site, n)];
            wishes.push((action.is_settled(), row));
        }
    }
    let total = wishes.len();
    wishes.sort_by_key(|(is_settled, _)| *is_settled);
    let rows = wishes.into_iter().map(|(_, row)| row).collect();
    let text = format!("Actions whose area is tooling. {open} of {total} are not settled yet; they come first.");
    let columns = ["Tool", "State", "Asked for after", "Day"].map(Column::words);
    Block::new("tools", "Tools asked for", text).with_rows(columns, rows, ("wish", "wishes"))
}

fn said_of_tools(site: &Site) -> Block {
    let items = said(site, Pattern::Records, site.knowledge().newest_first.iter().copied(), asks_for_tools);
    let text = "What stands under headings that name tools.";
    Block::new("wishes", "What incidents say of tools", text).with_items(items, ("entry", "entries"))
}

fn gaps(site: &Site) -> Block {
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
    let columns = [Column::words("Missing"), Column::figures("Numbers"), Column::words("The one before"), Column::words("The one after")];
    let many = if missing == 1 { "1 number is".to_owned() } else { format!("{missing} numbers are") };
    let text = format!(
        "{many} missing where incidents are numbered one after the other. Behind each is an incident that nobody has written up, a number \
         that was used for something else, or a document that is not shown here."
    );
    Block::new("gaps", "Numbers that are missing", text).with_rows(columns, rows.collect(), ("gap", "gaps"))
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
