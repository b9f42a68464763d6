//! `check --fix` and `check --diff`

use std::convert::identity;

use super::{Asked, all_findings, tell};
use crate::cli::rewrite::rewrite;
use crate::cli::{Failure, Outcome, Terminal};
use crate::diagnostic::SourcePath;
use crate::pipeline::{self, Memo, Mended, Project};
use crate::report;
use crate::source::SourceFile;
use crate::source::walk;

/// Mends the project, or shows what would be changed. A text from standard input goes to standard output.
pub(super) fn run(terminal: Terminal, asked: &Asked<'_>, project: &Project, stdin: Option<&SourcePath>) -> Result<Outcome, Failure> {
    let mut memo = Memo::default();
    let find = |project: &Project| all_findings(project, &pipeline::understand(project, &mut memo));
    let mended = pipeline::mend(project, find, |finding| asked.is_wanted(finding))?;
    if asked.arguments.diff {
        return Ok(show(terminal, project, &mended));
    }
    terminal.progress_end();
    match stdin {
        Some(path) => terminal.data(mended.project.text(path).map_or("", identity)),
        None => write(asked, project, &mended)?,
    }
    if mended.fixes > 0 {
        terminal.say(&format!("Mended {}.", extent(mended.fixes, mended.changed.len())));
    }
    let findings = all_findings(&mended.project, &pipeline::understand(&mended.project, &mut memo))?;
    if stdin.is_some() {
        let fails = findings.iter().any(|finding| asked.is_wanted(finding) && finding.level == crate::diagnostic::Level::Error);
        return Ok(if fails { Outcome::Findings } else { Outcome::Done });
    }
    tell(terminal, asked, &mended.project, findings)
}

fn extent(findings: usize, files: usize) -> String {
    format!("{} in {}", report::counted(findings, "finding"), report::counted(files, "file"))
}

fn show(terminal: Terminal, project: &Project, mended: &Mended) -> Outcome {
    terminal.progress_end();
    let text = |project: &'_ Project, path| project.text(path).map(str::to_owned).unwrap_or_default();
    for path in &mended.changed {
        terminal.data(&report::difference(path, &text(project, path), &text(&mended.project, path), terminal.style()));
    }
    terminal.say(&match mended.changed.len() {
        0 => "Nothing to mend.".to_owned(),
        files => format!("`--fix` mends {}.", extent(mended.fixes, files)),
    });
    if mended.changed.is_empty() { Outcome::Done } else { Outcome::Findings }
}

/// Writes the documents that were mended, unless somebody else has written one in the meantime.
fn write(asked: &Asked<'_>, project: &Project, mended: &Mended) -> Result<(), Failure> {
    for path in &mended.changed {
        let now = walk::read_config(asked.root, path)?;
        let is_as_read = now.as_ref().and_then(SourceFile::text).map(|text| &**text) == project.text(path);
        if !is_as_read {
            return Err(Failure(format!("`{path}` was changed while it was checked; nothing was written to it")));
        }
        rewrite(&asked.root.join(path.as_str()), mended.project.text(path).unwrap_or_default())?;
    }
    Ok(())
}
