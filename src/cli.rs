//! The command line: one file for each command, and nothing here that another door would need.
//!
//! Exit status of every command: 0 done; 1 findings; 2 the tool could not work. `-q` never changes it.

mod audit;
mod baseline;
mod build;
mod bundle;
mod check;
mod edition;
mod explain;
mod export;
mod filter;
mod import;
mod incident;
mod init;
mod inputs;
mod list;
mod lsp;
mod man;
mod metrics;
mod new;
mod packet;
mod rewrite;
mod schema;
mod search;
mod serve;
mod settings;
mod terminal;
mod unfit;
mod verify;
mod verify_history;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::config;
use crate::pipeline::{UNREADABLE_FILE, Understood};
use crate::site::BuildInfo;
use crate::source::CONFIG_FILE;
use terminal::Terminal;

/// Postmortems in git, checked, cross-linked, searchable, and published.
#[derive(Debug, Parser)]
#[command(name = "afterword", version, propagate_version = true, max_term_width = 100, after_help = EXIT_STATUS)]
struct Arguments {
    /// Work in this folder instead of the nearest one that holds a site.toml.
    #[arg(short = 'C', long, global = true, value_name = "FOLDER")]
    directory: Option<PathBuf>,

    /// Say only what went wrong.
    #[arg(short, long, global = true)]
    quiet: bool,

    /// When to colour what is printed.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: terminal::ColorChoice,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a site: settings, a first page, an example.
    Init(init::Arguments),
    /// Start a postmortem with the sections its kind asks for.
    New(new::Arguments),
    /// Make postmortems of what other tools have kept: sites, status pages, issues, exports.
    Import(import::Arguments),
    /// Review every document and say what is wrong, where, and how to mend it.
    Check(check::Arguments),
    /// Write the site.
    Build(build::Arguments),
    /// Show the site while you write; pages reload when you save.
    Serve(serve::Arguments),
    /// Find postmortems and pages by words, best first, each with the passage and its line.
    Search(search::Arguments),
    /// List incidents, actions and causes: as a table, CSV or JSON.
    List(list::Arguments),
    /// Print the figures of the page on metrics: times, ways of detection, causes, and of how many each is made.
    Metrics(metrics::Arguments),
    /// Write an incident in a form that others ask for: brief, customer mail, status line, CCADB, VERIS, DORA, drill.
    Export(export::Arguments),
    /// Print a reading path, or one incident, as a booklet in PDF.
    Packet(packet::Arguments),
    /// Put an incident and its evidence into one archive for counsel, the same bytes on any machine.
    Bundle(bundle::Arguments),
    /// Find any byte that was changed: in a built site, in a bundle, in the evidence of the project.
    Verify(verify::Arguments),
    /// Find what was rewritten in the history of a report.
    VerifyHistory(verify_history::Arguments),
    /// Look for anything internal in the files of a built public site, whoever had a hand in them.
    Audit(audit::Arguments),
    /// Help editors: findings while you write, completion, fixes, renames (Language Server Protocol).
    Lsp(lsp::Arguments),
    /// Say what a rule is for, with examples.
    Explain(explain::Arguments),
    /// Show the settings in force, and where they come from.
    Config(settings::Arguments),
    /// Print the JSON Schema of the settings, of front matter, or of a file for other programs.
    Schema(schema::Arguments),
    /// Print a completion script for your shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual pages, one for each command.
    Man(man::Arguments),
}

const EXIT_STATUS: &str = "Exit status: 0 done, 1 findings (check: any error; build: it refused to publish; import: a person must look; verify, audit: anything), 2 the tool could not work.";

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    Findings,
}

/// Why a command could not work, in words for the person at the terminal.
#[derive(Debug)]
struct Failure(String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Runs the program on the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let terminal = Terminal::new(arguments.color, arguments.quiet);
    let project = || project_folder(arguments.directory.as_deref());
    let outcome = match arguments.command {
        Command::Init(init) => init::run(terminal, arguments.directory.as_deref(), &init),
        Command::New(new) => project().and_then(|root| new::run(terminal, &root, &new)),
        Command::Import(import) => project().and_then(|root| import::run(terminal, &root, &import)),
        Command::Check(check) => project().and_then(|root| check::run(terminal, &root, &check)),
        Command::Build(build) => project().and_then(|root| build::run(terminal, &root, &build)),
        Command::Serve(serve) => project().and_then(|root| serve::run(terminal, &root, &serve)),
        Command::Search(search) => project().and_then(|root| search::run(terminal, &root, &search)),
        Command::List(list) => project().and_then(|root| list::run(terminal, &root, &list)),
        Command::Metrics(metrics) => project().and_then(|root| metrics::run(terminal, &root, &metrics)),
        Command::Export(export) => project().and_then(|root| export::run(terminal, &root, &export)),
        Command::Packet(packet) => project().and_then(|root| packet::run(terminal, &root, &packet)),
        Command::Bundle(bundle) => project().and_then(|root| bundle::run(terminal, &root, &bundle)),
        Command::Verify(verify) => verify::run(terminal, arguments.directory.as_deref(), &verify),
        Command::VerifyHistory(verify) => verify_history::run(terminal, arguments.directory.as_deref(), &verify),
        Command::Audit(audit) => project().and_then(|root| audit::run(terminal, &root, &audit)),
        Command::Config(config) => project().and_then(|root| settings::run(terminal, &root, &config)),
        Command::Schema(schema) => project().and_then(|root| schema::run(terminal, &root, &schema)),
        Command::Lsp(lsp) => lsp::run(&lsp),
        Command::Explain(explain) => explain::run(terminal, &explain),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "afterword", &mut script);
            terminal.data(&String::from_utf8_lossy(&script)).map(|()| Outcome::Done)
        }
        Command::Man(man) => man::run(terminal, Arguments::command(), &man),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) => {
            terminal.error(&failure.0);
            ExitCode::from(2)
        }
    }
}

/// The folder to work in: the one named, else the nearest above that holds a site.toml, else the current one.
fn project_folder(named: Option<&Path>) -> Result<PathBuf, Failure> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    let current = std::env::current_dir().map_err(|error| Failure(format!("the current folder cannot be read: {error}")))?;
    if let Some(named) = named {
        let folder = current.join(named);
        return if folder.is_dir() { Ok(folder) } else { Err(Failure(format!("there is no folder `{}`", named.display()))) };
    }
    let found = current.ancestors().find(|folder| folder.join(CONFIG_FILE).is_file());
    Ok(found.unwrap_or(&current).to_path_buf())
}

/// Leaves values to the process, which is about to end: the system takes its memory back at once, and to give back every node of every tree
/// first takes time.
fn leave<T>(values: T) {
    std::mem::forget(values);
}

/// Says how many documents are in no figure and no list because they cannot be read.
fn say_unread(terminal: Terminal, understood: &Understood) {
    let unread = understood.findings.iter().filter(|finding| finding.rule == UNREADABLE_FILE).count();
    if unread > 0 {
        let documents =
            if unread == 1 { "1 document cannot be read and is" } else { &format!("{unread} documents cannot be read and are") };
        terminal.say(&format!("{documents} not counted; `afterword check` says why"));
    }
}

/// What is known of this run: the day from `SOURCE_DATE_EPOCH`, else the clock.
fn build_info(base_url: Option<&str>) -> Result<BuildInfo, Failure> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the clock and the environment are read")]
    let now = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => {
            let seconds =
                seconds.parse().map_err(|_| Failure(format!("SOURCE_DATE_EPOCH is `{seconds}`, which is no number of seconds")))?;
            jiff::Timestamp::from_second(seconds).map_err(|error| Failure(format!("SOURCE_DATE_EPOCH: {error}")))?
        }
        Err(_) => jiff::Timestamp::now(),
    };
    let base_url =
        base_url.map(config::base_url).transpose().map_err(|flaw| Failure(format!("the base address cannot be used: {flaw}")))?;
    Ok(BuildInfo { today: now.to_zoned(jiff::tz::TimeZone::UTC).date(), base_url })
}
