//! `afterword verify-history`: whether what a report once said was rewritten.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, Outcome, Terminal};
use crate::render::export::history::{Chain, flaws, rewritten};
use crate::report::{counted, visible};

const EXAMPLES: &str = "\
Examples:
  afterword verify-history history.json                  whether its texts, hashes and links agree
  afterword verify-history kept.json history.json        and whether the later copy begins with the earlier one

The file is the `history.json` beside the page of an incident.

Exit status: 0 nothing was rewritten; 1 something was; 2 the tool could not work.";

/// The arguments of `verify-history`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The history of an incident; the earlier copy, where there are two.
    file: PathBuf,

    /// A later copy of it.
    later: Option<PathBuf>,
}

pub(super) fn run(terminal: Terminal, directory: Option<&Path>, arguments: &Arguments) -> Result<Outcome, Failure> {
    let below = directory.unwrap_or(Path::new(""));
    let files: Vec<PathBuf> =
        [Some(&arguments.file), arguments.later.as_ref()].into_iter().flatten().map(|file| below.join(file)).collect();
    let chains = files.iter().map(|file| read(file)).collect::<Result<Vec<Chain>, Failure>>()?;
    let told = |file: &PathBuf, flaw: String| format!("{}: {flaw}\n", visible(&file.display().to_string()));
    let mut lines: Vec<String> = Vec::new();
    for (file, chain) in files.iter().zip(&chains) {
        lines.extend(flaws(chain).into_iter().map(|flaw| told(file, flaw)));
    }
    if let ([_, later], [earlier, chain]) = (files.as_slice(), chains.as_slice()) {
        lines.extend(rewritten(earlier, chain).into_iter().map(|flaw| told(later, flaw)));
    }
    terminal.data(&lines.concat())?;
    if lines.is_empty() {
        let entries = chains.last().map_or(0, |chain| chain.entries.len());
        terminal.say(&format!("Nothing was rewritten: {}", counted(entries, "revision")));
        return Ok(Outcome::Done);
    }
    Ok(Outcome::Findings)
}

#[expect(clippy::disallowed_methods, reason = "somebody at the command line asked for the file to be read")]
fn read(file: &Path) -> Result<Chain, Failure> {
    let failed = |why: &dyn std::fmt::Display| Failure(format!("`{}` cannot be read: {why}", visible(&file.display().to_string())));
    let bytes = std::fs::read(file).map_err(|error| failed(&error))?;
    serde_json::from_slice(&bytes).map_err(|error| failed(&format!("it is no history of an incident: {error}")))
}
