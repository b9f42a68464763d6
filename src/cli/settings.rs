//! `afterword config show`

use std::fmt::Write as _;
use std::path::Path;

use clap::{Args, Subcommand};

use super::{CONFIG_FILE, Failure, Outcome, Terminal};
use crate::{pipeline, schema};

/// The arguments of `config`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print the settings in force: those of site.toml, then the defaults of the others.
    Show(Show),
}

#[derive(Debug, Args)]
struct Show {
    /// Only settings whose keys begin so: `site`, `editions.public`.
    key: Option<String>,

    /// Say of each where it comes from: a line of site.toml, the environment, or the default.
    #[arg(long)]
    origin: bool,

    /// The address the site is published at, in place of `site.base_url`.
    #[arg(short = 'u', long, value_name = "URL", env = "AFTERWORD_BASE_URL")]
    base_url: Option<String>,
}

pub(super) fn run(terminal: Terminal, root: &Path, Arguments { command: Command::Show(show) }: &Arguments) -> Result<Outcome, Failure> {
    let text = pipeline::settings_text(root)?;
    let mut settings = schema::in_force(&text);
    let mut told = String::new();
    if let Some(address) = &show.base_url {
        settings.retain(|setting| setting.key != "site.base_url");
        settings.insert(0, schema::Setting { key: "site.base_url".to_owned(), value: format!("{address:?}"), line: None });
    }
    let is_asked = |key: &str| {
        show.key.as_deref().is_none_or(|asked| key.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    };
    for setting in settings.iter().filter(|setting| is_asked(&setting.key)) {
        let origin = match setting.line {
            _ if !show.origin => String::new(),
            Some(line) => format!("  # {CONFIG_FILE}:{line}"),
            None if setting.key == "site.base_url" => "  # --base-url or AFTERWORD_BASE_URL".to_owned(),
            None => "  # default".to_owned(),
        };
        let _ = writeln!(told, "{} = {}{origin}", setting.key, setting.value);
    }
    if told.is_empty() {
        return Err(Failure(format!("there is no setting `{}`", show.key.as_deref().unwrap_or_default())));
    }
    terminal.data(&told)?;
    Ok(Outcome::Done)
}
