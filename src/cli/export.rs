//! `afterword export`: an incident in the forms that others ask for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::edition::{EditionName, drafts};
use super::rewrite::write_out;
use super::unfit::{exposing, refuse};
use super::{Failure, Outcome, Terminal, build_info, incident, leave, say_unread};
use crate::config::Config;
use crate::edition::{Audience, Edition};
use crate::pipeline::{self, Memo};
use crate::render::export::filing::{self, Form};

const NOTES: &str = "\
Examples:
  afterword export INC-2026-007 --as exec-brief
  afterword export INC-2026-007 --as customer-mail --base-url https://status.example.org/
  afterword export INC-2026-007 --as status-line --drafts
  afterword export INC-2026-007 --as veris -o inc-2026-007.json

What the incident does not say is `not stated` (in VERIS: `Unknown`). Fields of the law and of other registers that ask for a judgement are left to \
you.

Exit status: 0 done; 1 the public must not read something, as `build --edition public` would say; 2 the tool could not work, \
the edition has no such incident, or the form is not one for it.";

/// The arguments of `export`.
#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    /// The incident: its id, the last part of its address, or its file.
    id: String,

    /// The form.
    #[arg(long = "as", value_enum, value_name = "FORM")]
    form: Form,

    /// For whom [default: `public` for customer-mail and status-line where site.toml has a public edition, else `internal`]
    #[arg(long, value_enum, value_name = "EDITION")]
    edition: Option<EditionName>,

    /// With drafts, too.
    #[arg(long)]
    drafts: bool,

    /// Write it to this file instead of the terminal.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The address the site is published at, which links begin with.
    #[arg(short = 'u', long, value_name = "URL", env = "AFTERWORD_BASE_URL")]
    base_url: Option<String>,
}

impl ValueEnum for Form {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(match self {
            Self::ExecBrief => "One page for management, in Markdown",
            Self::CustomerMail => "A message to customers, in plain text",
            Self::StatusLine => "One line of at most 280 characters",
            Self::Ccadb => "The full incident report of the CCADB, in Markdown",
            Self::Veris => "A record of VERIS 1.4.1, in JSON; security incidents only",
            Self::Dora => "A sheet of the fields of a report under DORA (EU 2025/302), in Markdown",
            Self::Drill => "A drill that replays it, in JSON, whether it is chosen for one or not",
        }))
    }
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut project = pipeline::open(root)?;
    let edition = arguments.edition(&project.config)?;
    let build = build_info(arguments.base_url.as_deref())?;
    let understood = pipeline::understand(&project, &mut Memo::default());
    say_unread(terminal, &understood);
    let (look, mut further) = pipeline::look(&project);
    let today = build.today;
    let (site, collisions) = pipeline::site(&project, &understood, Arc::new(look), edition, build);
    further.extend(collisions);
    let (n, _) = incident::named(&arguments.id, edition, site.corpus(), &site.knowledge().references, &understood.corpus)?;
    if edition.audience == Audience::Public {
        let exposing = exposing(root, &mut project, &understood, &further, today)?;
        if !exposing.is_empty() {
            return Ok(refuse(terminal, &project, &exposing, "written"));
        }
    }
    let text = filing::file(&site, n, arguments.form).map_err(|unfit| Failure(format!("`{}`: {unfit}", arguments.id)))?;
    match &arguments.output {
        Some(file) => write_out(file, &text)?,
        None => Terminal::for_programs(&text)?,
    }
    leave((project, understood, site));
    Ok(Outcome::Done)
}

impl Arguments {
    /// The edition that is asked for, else the one that the form is meant for.
    fn edition(&self, config: &Config) -> Result<Edition, Failure> {
        let meant = || {
            let is_public = self.form.is_for_everybody() && config.editions.public.is_some();
            Ok(if is_public { Audience::Public } else { Audience::Internal })
        };
        Ok(Edition { audience: self.edition.map_or_else(meant, |name| name.audience(config))?, drafts: drafts(self.drafts) })
    }
}
