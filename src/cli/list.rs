//! `afterword list`: incidents, actions and causes, narrowed, as a table, CSV or JSON.

mod filter;
mod table;

use std::path::Path;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::edition::Choice;
use super::filter::Filter as IncidentFilter;
use super::unfit::{refuse, unfit};
use super::{Failure, Outcome, Terminal, build_info, leave, say_unread};
use crate::edition::Audience;
use crate::knowledge::ledger::State;
use crate::pipeline::{self, Memo};
use crate::render::export::row::{self, Row};
use crate::render::export::{ActionRow, CauseRow, IncidentRow, action_row, cause_rows, incident_row};
use crate::site::Site;
use filter::Filter;
use table::{Column, Style};

const EXAMPLES: &str = "\
Examples:
  afterword list --since 2025 --severity sev1
  afterword list actions --overdue --owner payments
  afterword list actions --due-within 14 --format csv > due.csv
  afterword list actions --kind detect --cause change/config
  afterword list causes --service checkout --since 2024-07
  afterword list incidents --cause change/config --format json

The rows are those of incidents.json and actions.json in the built site; the guide says what each key means.

Exit status: 0 done, also where nothing was found; 1 the public edition is asked for, and `build` would refuse it; 2 the tool could not work, or a word is not known.";

/// The arguments of `list`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to list.
    #[arg(value_enum, default_value = "incidents")]
    what: What,

    /// How to print it.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "table")]
    format: Format,

    #[command(flatten)]
    choice: Choice,

    /// So many rows at most.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,

    /// The address the site is published at, which links begin with.
    #[arg(short = 'u', long, value_name = "URL", env = "AFTERWORD_BASE_URL")]
    base_url: Option<String>,

    #[command(flatten)]
    incidents: IncidentFilter,

    /// Of this team: incidents of its services, actions that it sees to.
    #[arg(long, value_name = "TEAM", help_heading = "Which incidents")]
    owner: Vec<String>,

    /// That stand so: documents (reviewed), actions (done, unstated, in-progress).
    #[arg(long, value_name = "STATUS", help_heading = "Which incidents")]
    status: Option<String>,

    /// Still to be done.
    #[arg(long, help_heading = "Which actions")]
    open: bool,

    /// That should have been done by now.
    #[arg(long, help_heading = "Which actions")]
    overdue: bool,

    /// Still to be done and due within so many days, overdue ones among them.
    #[arg(long, value_name = "DAYS", help_heading = "Which actions")]
    due_within: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Incidents, drills and whatever else is written up, newest first.
    Incidents,
    /// Action items, what presses most first; `--kind` takes their kinds, too: prevent, detect.
    Actions,
    /// Causes, the most frequent first.
    Causes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Columns for a person.
    Table,
    /// For a spreadsheet.
    Csv,
    /// For a program.
    Json,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut project = pipeline::open(root)?;
    let understood = pipeline::understand(&project, &mut Memo::default());
    say_unread(terminal, &understood);
    let (look, mut further) = pipeline::look(&project);
    let edition = arguments.choice.edition(&project.config)?;
    let build = build_info(arguments.base_url.as_deref())?;
    let today = build.today;
    let (site, collisions) = pipeline::site(&project, &understood, Arc::new(look), edition, build);
    further.extend(collisions);
    if edition.audience == Audience::Public {
        let unfit = unfit(root, &mut project, &understood, &further, today)?;
        if !unfit.is_empty() {
            return Ok(refuse(terminal, &project, &unfit, "listed"));
        }
    }
    let filter = Filter::new(&site, arguments)?;
    let outcome = match arguments.what {
        What::Incidents => print(terminal, arguments, &incidents(&site, &filter), "incident", incident_columns()),
        What::Actions => print(terminal, arguments, &actions(&site, &filter), "action", action_columns()),
        What::Causes => print(terminal, arguments, &causes(&site, &filter), "cause", cause_columns()),
    };
    drop(filter);
    leave((project, understood, site));
    outcome
}

fn incidents(site: &Site, filter: &Filter<'_>) -> Vec<IncidentRow> {
    let tallies = site.ledger().tallies();
    let kept = site.knowledge().newest_first.iter().copied().filter(|n| filter.keeps_incident(*n));
    kept.filter_map(|n| incident_row(site, n, tallies.get(&n).copied().unwrap_or_default())).collect()
}

fn actions(site: &Site, filter: &Filter<'_>) -> Vec<ActionRow> {
    let ledger = site.ledger();
    ledger.entries.iter().filter(|entry| filter.keeps_action(entry)).filter_map(|entry| action_row(site, entry)).collect()
}

fn causes(site: &Site, filter: &Filter<'_>) -> Vec<CauseRow> {
    let mut rows = cause_rows(site, &|n| filter.keeps_incident(n));
    rows.retain(|row| filter.keeps_cause(&row.id));
    rows.sort_by(|a, b| b.incidents.cmp(&a.incidents).then_with(|| a.id.cmp(&b.id)));
    rows
}

fn print<R: Row>(terminal: Terminal, arguments: &Arguments, rows: &[R], name: &str, columns: Vec<Column<R>>) -> Result<Outcome, Failure> {
    let shown = rows.get(..arguments.limit.unwrap_or(rows.len()).min(rows.len())).unwrap_or(rows);
    match arguments.format {
        Format::Table => terminal.data(&table::text(shown, columns, terminal.table_width()))?,
        Format::Csv => Terminal::for_programs(&row::csv(shown))?,
        Format::Json => Terminal::for_programs(&row::json(shown))?,
    }
    let of = if shown.len() < rows.len() { format!("{} of ", shown.len()) } else { String::new() };
    terminal.say(&format!("{of}{} {name}{}", rows.len(), if rows.len() == 1 { "" } else { "s" }));
    Ok(Outcome::Done)
}

fn words(value: Option<&String>) -> String {
    value.cloned().unwrap_or_default()
}

fn incident_columns() -> Vec<Column<IncidentRow>> {
    let actions = |row: &IncidentRow| -> (usize, usize) {
        let of = |state: &State| row.actions.iter().find(|(key, _)| *key == state.word().replace('-', "_")).map_or(0, |(_, count)| *count);
        (State::ALL.iter().filter(|state| state.is_open()).map(of).sum(), State::ALL.iter().map(of).sum())
    };
    vec![
        Column::fixed("Date", |row: &IncidentRow| words(row.date.as_ref())),
        Column::fixed("Severity", |row: &IncidentRow| words(row.severity.as_ref())),
        Column::fixed("Kind", |row: &IncidentRow| words(row.kind.as_ref())).optional(),
        Column::fixed("Id", |row: &IncidentRow| row.id.clone()),
        Column::flexible("Title", |row: &IncidentRow| row.title.clone()),
        Column::flexible("Services", |row: &IncidentRow| row.services.join(", ")).optional(),
        Column::figures("To do", move |row: &IncidentRow| match actions(row) {
            (_, 0) => String::new(),
            (open, all) => format!("{open} of {all}"),
        }),
    ]
}

fn action_columns() -> Vec<Column<ActionRow>> {
    vec![
        Column::fixed("State", |row: &ActionRow| row.state.name().to_owned()).styled(|row: &ActionRow| match row.state {
            State::Overdue => Style::Alarm,
            State::DueSoon => Style::Attention,
            State::Done => Style::Good,
            State::Open => Style::Plain,
            State::Unstated | State::Cancelled | State::AcceptedRisk => Style::Faint,
        }),
        Column::fixed("Due", |row: &ActionRow| words(row.due.as_ref().filter(|_| row.state.is_open() || row.state == State::Unstated))),
        Column::fixed("Id", |row: &ActionRow| words(row.id.as_ref())),
        Column::flexible("Action", |row: &ActionRow| row.action.clone()),
        Column::fixed("Kind", |row: &ActionRow| row.kind.unwrap_or_default().to_owned()).optional(),
        Column::flexible("Team", |row: &ActionRow| row.teams.join(", ")),
        Column::flexible("Incident", |row: &ActionRow| row.incident.clone()),
    ]
}

fn cause_columns() -> Vec<Column<CauseRow>> {
    vec![
        Column::flexible("Cause", |row: &CauseRow| row.id.clone()),
        Column::flexible("Name", |row: &CauseRow| row.name.clone()).optional(),
        Column::figures("Incidents", |row: &CauseRow| row.incidents.to_string()),
        Column::figures("Root", |row: &CauseRow| row.root.to_string()),
        Column::figures("To do", |row: &CauseRow| row.open.to_string()),
        Column::figures("Overdue", |row: &CauseRow| row.overdue.to_string())
            .styled(|row: &CauseRow| if row.overdue > 0 { Style::Alarm } else { Style::Plain }),
        Column::figures("Done", |row: &CauseRow| row.done.to_string()),
    ]
}
