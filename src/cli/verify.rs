//! `afterword verify`: whether files are what they were.

use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::bundle::elsewhere;
use super::{Failure, Outcome, Terminal, leave, project_folder};
use crate::checksum::SUMS;
use crate::diagnostic::Diagnostic;
use crate::evidence::{Flaw, examine, unread, verify_archive, verify_folder};
use crate::pipeline::{self, Memo};
use crate::report::{self, counted, visible};

const EXAMPLES: &str = "\
Examples:
  afterword verify                 the evidence of every postmortem, beside the hashes that are stated
  afterword verify _site           a site that `build` wrote
  afterword verify inc-7.tar       a bundle, as it is or unpacked

A list of sums tells what was changed by chance or by somebody who could not change the list. Keep a copy of it, or its own SHA-256, elsewhere.

Exit status: 0 every byte is what it was; 1 something was changed, is missing, or is not listed; 2 the tool could not work.";

/// The arguments of `verify`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// A built site, or a bundle; the evidence of the project, where none is named.
    path: Option<PathBuf>,
}

pub(super) fn run(terminal: Terminal, directory: Option<&Path>, arguments: &Arguments) -> Result<Outcome, Failure> {
    match &arguments.path {
        Some(path) => files(terminal, &directory.unwrap_or(Path::new("")).join(path)),
        None => evidence(terminal, &project_folder(directory)?),
    }
}

/// A folder with a list of sums, or an archive.
#[expect(clippy::disallowed_methods, reason = "somebody at the command line asked for the file to be read")]
fn files(terminal: Terminal, path: &Path) -> Result<Outcome, Failure> {
    let failed = |error: std::io::Error| Failure(format!("`{}` cannot be read: {error}", path.display()));
    let verified = if std::fs::metadata(path).map_err(failed)?.is_dir() {
        verify_folder(path)?.ok_or_else(|| Failure(format!("`{}` has no {SUMS} at its top", path.display())))?
    } else {
        verify_archive(std::fs::File::open(path).map_err(failed)?).map_err(failed)?
    };
    let lines: Vec<String> = verified.flaws.iter().map(|Flaw { path, words }| format!("{} {words}\n", visible(path))).collect();
    terminal.data(&lines.concat())?;
    let files = counted(verified.files, "file");
    if verified.flaws.is_empty() {
        terminal.say(&format!("{files}, all as listed."));
        return Ok(Outcome::Done);
    }
    terminal.say(&format!("{} in {files}.", counted(verified.flaws.len(), "flaw")));
    Ok(Outcome::Findings)
}

/// The evidence of every postmortem of a project.
fn evidence(terminal: Terminal, root: &Path) -> Result<Outcome, Failure> {
    let project = pipeline::open(root)?;
    let understood = pipeline::understand(&project, &mut Memo::default());
    let listed = understood.corpus.postmortems.par_iter().filter(|postmortem| !postmortem.evidence.is_empty());
    let examined = listed.map(|postmortem| examine(root, &postmortem.head.path, &postmortem.evidence));
    // Gathered before an error is looked for, so that of several the first by path is told.
    let examined: Vec<_> = examined.collect();
    let mut findings: Vec<Diagnostic> = unread(&understood).cloned().collect();
    let (mut files, mut pieces) = (0, 0);
    for examined in examined {
        let (exhibits, found) = examined?;
        pieces += exhibits.iter().filter(|exhibit| exhibit.evidence.path.is_none()).count();
        files += exhibits.iter().filter(|exhibit| exhibit.evidence.path.is_some()).count();
        findings.extend(found);
    }
    Diagnostic::sort(&mut findings);
    terminal.data(&report::write(report::Format::Full, &findings, &|path| project.text(path), terminal.style()))?;
    let files = format!("{} of evidence", counted(files, "file"));
    let outcome = if findings.is_empty() { Outcome::Done } else { Outcome::Findings };
    match outcome {
        Outcome::Done => terminal.say(&format!("{files}, all as stated{}.", elsewhere(pieces))),
        Outcome::Findings => terminal.say(&format!("{} in {files}{}.", counted(findings.len(), "finding"), elsewhere(pieces))),
    }
    leave((project, understood));
    Ok(outcome)
}
