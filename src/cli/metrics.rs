//! `afterword metrics`

mod text;

use std::path::Path;

use clap::{Args, ValueEnum};

use super::edition::Choice;
use super::filter::Filter;
use super::{Failure, Outcome, Terminal, build_info, leave, say_unread};
use crate::knowledge::{self, metrics};
use crate::pipeline::{self, Memo};

/// The arguments of `metrics`.
#[derive(Debug, Args)]
#[command(after_help = NOTE)]
pub(super) struct Arguments {
    /// How the figures are written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    #[command(flatten)]
    choice: Choice,

    #[command(flatten)]
    filter: Filter,
}

const NOTE: &str = "Drills, near misses and catalogue entries are never counted with incidents; `--kind` asks for them by themselves.\n\
                    Everything is computed from the incidents asked for alone: with `--since`, what happened before is not known to have \
                    happened again.";

/// How figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To be read.
    Text,
    /// For other programs: what a built site has as metrics.json.
    Json,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let project = pipeline::open(root)?;
    let understood = pipeline::understand(&project, &mut Memo::default());
    say_unread(terminal, &understood);
    let edition = arguments.choice.edition(&project.config)?;
    let today = build_info(None)?.today;
    let projected = pipeline::projected(&project, &understood, edition, today);
    let asked = arguments.filter.restrict(projected.corpus(), &project.config)?;
    let relinked;
    let known = if asked.postmortems.len() == projected.corpus().postmortems.len() {
        projected.knowledge()
    } else {
        relinked = knowledge::link(&asked, &project.config, &|path| project.sources.attachment(path).is_some());
        &relinked
    };
    let figures = metrics(&asked, known, &project.config, today);
    match arguments.format {
        Format::Json => terminal.data(&format!("{}\n", serde_json::to_string_pretty(&figures)?))?,
        Format::Text => terminal.data(&text::text(&figures, terminal.style().width.min(text::WIDEST)))?,
    }
    leave((project, understood, projected, asked));
    Ok(Outcome::Done)
}
