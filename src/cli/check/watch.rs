//! `check --watch`

use super::{Asked, all_findings, tell};
use crate::check::BASELINE_PATH;
use crate::cli::{Failure, Outcome, Terminal};
use crate::pipeline::{self, Memo, Project};
use crate::serve::{self, Changes, Watched};
use crate::source::CONFIG_FILE;

/// Checks now, and again after every change; ends only by an error, or with the process.
pub(super) fn run(terminal: Terminal, asked: &Asked<'_>) -> Result<Outcome, Failure> {
    let root = asked.root;
    let mut project = pipeline::open(root)?;
    let mut memo = Memo::default();
    check(terminal, asked, &mut project, &mut memo)?;
    loop {
        let files = vec![root.join(CONFIG_FILE), root.join(BASELINE_PATH)];
        let watched = Watched { root: root.to_path_buf(), selection: project.selection().clone(), files };
        let settings = project.config.clone();
        let again = |changes: &Changes| -> Result<bool, Failure> {
            match pipeline::reopen(&project, root, changes.paths()) {
                Ok(read) => project = read,
                // A file may be gone again before it is read.
                Err(error) => {
                    terminal.error(&error.to_string());
                    return Ok(true);
                }
            }
            // A baseline that cannot be read is soon mended, say in the midst of a merge.
            if let Err(failure) = check(terminal, asked, &mut project, &mut memo) {
                terminal.error(&failure.0);
            }
            Ok(project.config == settings)
        };
        serve::watch(&watched, |cause| terminal.say(&format!("Looking every second ({cause}).")), again)??;
    }
}

fn check(terminal: Terminal, asked: &Asked<'_>, project: &mut Project, memo: &mut Memo) -> Result<(), Failure> {
    let understood = pipeline::understand(project, memo);
    pipeline::read_published(project, &understood, asked.root)?;
    let findings = all_findings(project, &understood)?;
    terminal.clear();
    tell(terminal, asked, project, &asked.remaining(project, findings)?)?;
    terminal.say("Watching for changes. Ctrl-C ends it.");
    Ok(())
}
