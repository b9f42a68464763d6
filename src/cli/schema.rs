//! `afterword schema <of>`

use std::path::Path;

use clap::{Args, ValueEnum};

use super::{Failure, Outcome, Terminal};
use crate::render::export::schema;
use crate::{pipeline, schema as written};

/// The arguments of `schema`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Of what.
    of: Of,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    /// `site.toml`, with the words that the project has added to the vocabulary.
    Config,
    /// The front matter of a postmortem of this project.
    Postmortem,
    /// `/incidents.json` of a built site.
    Incidents,
    /// `/actions.json`.
    Actions,
    /// `index.json` beside the page of an incident.
    Incident,
    /// `drill.json` beside the pages of a drill.
    Drill,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    // What is wrong with the settings is for `check` to say.
    let config = || pipeline::settings(root).map(|(config, _)| config);
    let text = match arguments.of {
        Of::Config => format!("{:#}\n", written::settings(&config()?)),
        Of::Postmortem => format!("{:#}\n", written::front_matter(&config()?)),
        Of::Incidents => schema::INCIDENTS.to_owned(),
        Of::Actions => schema::ACTIONS.to_owned(),
        Of::Incident => schema::INCIDENT.to_owned(),
        Of::Drill => schema::DRILL.to_owned(),
    };
    terminal.data(&text)?;
    Ok(Outcome::Done)
}
