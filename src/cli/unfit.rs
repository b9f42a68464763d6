//! What the public must not read: a command of the public edition refuses to print what `build` refuses to publish.

use std::path::Path;

use jiff::civil::Date;

use super::{Failure, Outcome, Terminal};
use crate::check::{Group, rule};
use crate::diagnostic::{Diagnostic, Level, RuleName};
use crate::model::Visibility;
use crate::parse::UNKNOWN_DIRECTIVE;
use crate::pipeline::{self, Project, Understood};
use crate::report;

/// How many of the findings that refuse a command are told.
const REFUSALS: usize = 20;

/// Rules on what nobody outside should read. That a report is not finished yet is no reason to keep one incident back.
const EXPOSING: [&str; 4] = ["exposed-secret", "internal-host", "internal-link", "name-in-public"];

/// What a public build of the project refuses. `further` is what the look and the site gave rise to.
pub(super) fn unfit(
    root: &Path,
    project: &mut Project,
    understood: &Understood,
    further: &[Diagnostic],
    today: Date,
) -> Result<Vec<Diagnostic>, Failure> {
    pipeline::read_published(project, understood, root)?;
    Ok(unfit_for_public(understood, further, &pipeline::check(project, understood, further, today)))
}

/// Those of [`unfit`] that would be read outside, whatever is asked for: an incident is told with the titles of others and the words of the settings.
pub(super) fn exposing(
    root: &Path,
    project: &mut Project,
    understood: &Understood,
    further: &[Diagnostic],
    today: Date,
) -> Result<Vec<Diagnostic>, Failure> {
    let mut unfit = unfit(root, project, understood, further, today)?;
    unfit.retain(|finding| EXPOSING.contains(&finding.rule.0));
    Ok(unfit)
}

/// The errors in public documents, and beside the documents in what is public, that are about what the public may read. That a directive is understood no
/// setting and no allowance excuses.
pub(super) fn unfit_for_public(understood: &Understood, further: &[Diagnostic], findings: &[Diagnostic]) -> Vec<Diagnostic> {
    let is_in_public = |finding: &Diagnostic| {
        let document = understood.corpus.by_path(&finding.primary.path);
        document.is_none_or(|(_, document)| document.visibility() == Visibility::Public)
    };
    let is_about_readers =
        |name: RuleName| rule(name.0).is_some_and(|rule| matches!(rule.group, Group::Public | Group::Privacy | Group::Directives));
    let of_readers = findings.iter().filter(|finding| finding.level == Level::Error && is_about_readers(finding.rule)).cloned();
    let of_directives = understood.findings.iter().chain(further).filter(|finding| finding.rule == UNKNOWN_DIRECTIVE).cloned();
    let of_directives = of_directives.map(|finding| Diagnostic { level: Level::Error, ..finding });
    let mut unfit: Vec<Diagnostic> = of_readers.chain(of_directives).filter(is_in_public).collect();
    Diagnostic::sort(&mut unfit);
    unfit.dedup_by(|next, kept| next.primary == kept.primary && next.message == kept.message);
    unfit
}

/// Shows what is wrong, and that nothing was `done` for it: "Nothing was published."
pub(super) fn refuse(terminal: Terminal, project: &Project, wrong: &[Diagnostic], done: &str) -> Outcome {
    let (shown, rest) = wrong.split_at(wrong.len().min(REFUSALS));
    let told = report::write(report::Format::Full, shown, &|path| project.text(path), terminal.style());
    let more = if rest.is_empty() { String::new() } else { format!("\nAnd {} more; `afterword check` shows them all.", rest.len()) };
    terminal.error(&format!("{}{more}\nNothing was {done}.", told.trim_end()));
    Outcome::Findings
}
