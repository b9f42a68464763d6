//! `afterword metrics`

mod text;

use std::path::Path;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::edition::Choice;
use super::filter::Filter;
use super::unfit::{refuse, unfit};
use super::{Failure, Outcome, Terminal, build_info, leave, say_unread};
use crate::edition::Audience;
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
                    happened again.\n\n\
                    Exit status: 0 done; 1 the public edition is asked for, and `build` would refuse it; 2 the tool could not work, or a word of a \
                    filter is not known.";

/// How figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To be read.
    Text,
    /// For other programs: what a built site has as metrics.json.
    Json,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut project = pipeline::open(root)?;
    let understood = pipeline::understand(&project, &mut Memo::default());
    say_unread(terminal, &understood);
    let edition = arguments.choice.edition(&project.config)?;
    let build = build_info(None)?;
    let today = build.today;
    if edition.audience == Audience::Public {
        let (look, mut further) = pipeline::look(&project);
        further.extend(pipeline::site(&project, &understood, Arc::new(look), edition, build).1);
        let unfit = unfit(root, &mut project, &understood, &further, today)?;
        if !unfit.is_empty() {
            return Ok(refuse(terminal, &project, &unfit, "counted"));
        }
    }
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
