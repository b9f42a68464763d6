//! `[training]`: what drills ask, and the postmortem of the month.

use super::super::table::{Findings, Table};
use super::super::value::{self, Refusal};
use super::super::{DebriefTopic, DrillRole, OfTheMonth, Training};
use super::{plain, set};

/// Lays `[training]` over the built-in one. Each list replaces the built-in list as a whole.
pub(super) fn training(mut table: Table<'_>, training: &mut Training, findings: &mut Findings) {
    set(&mut training.prompt, table.text("prompt", value::filled, findings));
    if let Some(tables) = table.tables("debrief", findings) {
        training.debrief = tables.into_iter().filter_map(|table| topic(table, findings)).collect();
    }
    if let Some(tables) = table.tables("roles", findings) {
        training.roles = tables.into_iter().filter_map(|table| role(table, findings)).collect();
    }
    if let Some(tables) = table.tables("of_the_month", findings) {
        training.of_the_month = tables.into_iter().filter_map(|table| of_the_month(table, findings)).collect();
        training.of_the_month.sort_by(|one, other| other.month.cmp(&one.month));
    }
    table.finish(findings);
}

fn topic(mut table: Table<'_>, findings: &mut Findings) -> Option<DebriefTopic> {
    let topic = table.required_text("topic", value::filled, findings);
    let questions = plain(table.texts("questions", value::filled, findings));
    table.finish(findings);
    Some(DebriefTopic { topic: topic?.value, questions })
}

fn role(mut table: Table<'_>, findings: &mut Findings) -> Option<DrillRole> {
    let name = table.required_text("name", value::filled, findings);
    let task = table.required_text("task", value::filled, findings);
    table.finish(findings);
    Some(DrillRole { name: name?.value, task: task?.value })
}

fn of_the_month(mut table: Table<'_>, findings: &mut Findings) -> Option<OfTheMonth> {
    let month = table.required_text("month", month, findings);
    let incident = table.required_text("incident", value::filled, findings);
    let why = table.required_text("why", value::filled, findings);
    table.finish(findings);
    Some(OfTheMonth { month: month?.value, incident: incident?, why: why?.value })
}

/// A month as `YYYY-MM`.
fn month(text: &str) -> Result<String, Refusal> {
    let is_month = text.len() == 7 && format!("{text}-01").parse::<jiff::civil::Date>().is_ok();
    if is_month { Ok(text.to_owned()) } else { Err(Refusal::new("must be a month").help("write it as `2026-11`")) }
}
