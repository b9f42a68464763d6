//! `check --fix` and `check --diff`

use super::{Asked, all_findings, tell};
use crate::check::Remaining;
use crate::cli::rewrite::rewrite;
use crate::cli::{Failure, Outcome, Terminal};
use crate::diagnostic::SourcePath;
use crate::pipeline::{self, Memo, Mended, Project};
use crate::report;
use crate::source::SourceFile;
use crate::source::walk;

/// Mends the project, or shows what would be changed. A text from standard input goes to standard output.
pub(super) fn run(
    terminal: Terminal,
    asked: &Asked<'_>,
    project: &mut Project,
    stdin: Option<(&SourcePath, &str)>,
) -> Result<Outcome, Failure> {
    let mut memo = Memo::default();
    let understood = pipeline::understand(project, &mut memo);
    pipeline::read_published(project, &understood, asked.root)?;
    let mut known = 0;
    let find = |project: &Project| {
        let findings = all_findings(project, &pipeline::understand(project, &mut memo))?;
        let left = asked.remaining(project, findings)?;
        known = left.known;
        Ok::<_, Failure>(left.findings)
    };
    let mended = pipeline::mend(project, find)?;
    if asked.arguments.diff {
        return show(terminal, project, &mended);
    }
    terminal.progress_end();
    match stdin {
        Some((path, _)) if mended.changed.contains(path) => Terminal::text(mended.project.text(path).unwrap_or_default())?,
        Some((_, text)) => Terminal::text(text)?,
        None => write(asked, project, &mended)?,
    }
    if mended.fixes > 0 {
        terminal.say(&format!("Mended {}.", extent(mended.fixes, mended.changed.len())));
    }
    let Mended { project, findings, .. } = mended;
    if stdin.is_some() {
        return Ok(asked.outcome(&findings));
    }
    tell(terminal, asked, &project, &Remaining { findings, known })
}

fn extent(findings: usize, files: usize) -> String {
    format!("{} in {}", report::counted(findings, "finding"), report::counted(files, "file"))
}

fn show(terminal: Terminal, project: &Project, mended: &Mended) -> Result<Outcome, Failure> {
    terminal.progress_end();
    let text = |project: &'_ Project, path| project.text(path).map(str::to_owned).unwrap_or_default();
    for path in &mended.changed {
        terminal.data(&report::difference(path, &text(project, path), &text(&mended.project, path), terminal.style()))?;
    }
    terminal.say(&match mended.changed.len() {
        0 => "Nothing to mend.".to_owned(),
        files => format!("`--fix` mends {}.", extent(mended.fixes, files)),
    });
    Ok(if mended.changed.is_empty() { Outcome::Done } else { Outcome::Findings })
}

/// Writes the documents that were mended. One that cannot be written keeps none of the others back.
fn write(asked: &Asked<'_>, project: &Project, mended: &Mended) -> Result<(), Failure> {
    let outcomes = mended.changed.iter().map(|path| write_one(asked, project, mended, path));
    let failures: Vec<String> = outcomes.filter_map(Result::err).map(|failure| failure.0).collect();
    if failures.is_empty() {
        return Ok(());
    }
    let written = match mended.changed.len() - failures.len() {
        0 => "nothing was mended".to_owned(),
        files => format!("{} mended all the same", report::counted(files, "other file")),
    };
    Err(Failure(format!("{}\n{written}", failures.join("\n"))))
}

/// Writes a document, unless somebody else has written it in the meantime.
fn write_one(asked: &Asked<'_>, project: &Project, mended: &Mended, path: &SourcePath) -> Result<(), Failure> {
    let now = walk::read_config(asked.root, path)?;
    if now.as_ref().and_then(SourceFile::text).map(|text| &**text) != project.text(path) {
        return Err(Failure(format!("`{path}` was changed while it was checked; nothing was written to it")));
    }
    rewrite(&asked.root.join(path.as_str()), mended.project.text(path).unwrap_or_default())
}
