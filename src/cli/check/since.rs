//! `check --since`: what a change is answerable for, found by checking the project as it was before it, too.

use std::collections::HashMap;

use super::{Asked, all_findings};
use crate::cli::Failure;
use crate::diagnostic::{Diagnostic, Fingerprint, Level, fingerprints};
use crate::pipeline::{self, Memo, Project};
use crate::source::history::changes;

/// What was found before a change in files that it leaves alone.
pub(super) struct Before {
    known: HashMap<Fingerprint, Level>,
}

impl Before {
    /// Checks the project as it was when the current commit and `revision` parted.
    pub(super) fn read(asked: &Asked<'_>, revision: &str, project: &Project, memo: &mut Memo) -> Result<Self, Failure> {
        let changes = changes::since(asked.root, revision).map_err(|why| Failure(format!("`--since {revision}`: {why}")))?;
        let mut before = pipeline::before(project, asked.root, &changes)?;
        let understood = pipeline::understand(&before, memo);
        pipeline::read_published(&mut before, &understood, asked.root)?;
        let mut findings = asked.remaining(&before, all_findings(&before, &understood)?)?.findings;
        findings.retain(|finding| !changes.contains_key(&finding.primary.path));
        let prints = fingerprints(&findings, &|path| before.text(path));
        Ok(Self { known: prints.into_iter().zip(findings.iter().map(|finding| finding.level)).collect() })
    }

    /// Takes out what was found before and weighs no more than it did.
    pub(super) fn subtract(&self, findings: &mut Vec<Diagnostic>, project: &Project) {
        let mut prints = fingerprints(findings, &|path| project.text(path)).into_iter();
        findings.retain(|finding| {
            let known = prints.next().and_then(|print| self.known.get(&print));
            known.is_none_or(|level| finding.level > *level)
        });
    }
}
