//! The baseline on disk.

use std::path::Path;

use super::Failure;
use super::rewrite::rewrite;
use crate::check::{BASELINE_PATH, Baseline, Remaining};
use crate::diagnostic::{Diagnostic, SourcePath};
use crate::pipeline::Project;
use crate::source::walk;

/// Sets aside the findings that the project's baseline knows, if it has one.
pub(super) fn subtract(root: &Path, project: &Project, findings: Vec<Diagnostic>) -> Result<Remaining, Failure> {
    let Some(baseline) = read(root)? else { return Ok(Remaining { findings, known: 0 }) };
    Ok(baseline.subtract(findings, &|path| project.text(path)))
}

/// Writes down all findings as known; says how many.
pub(super) fn write(root: &Path, project: &Project, findings: &[Diagnostic]) -> Result<usize, Failure> {
    let baseline = Baseline::of(findings, &|path| project.text(path));
    rewrite(&root.join(BASELINE_PATH), &baseline.to_text())?;
    Ok(baseline.len())
}

fn read(root: &Path) -> Result<Option<Baseline>, Failure> {
    let Some(file) = walk::read_config(root, &SourcePath::from(BASELINE_PATH))? else { return Ok(None) };
    let text = file.text().ok_or_else(|| Failure(format!("`{BASELINE_PATH}` cannot be read as text")))?;
    let broken = |why| Failure(format!("`{BASELINE_PATH}`: {why}\nMake it anew with `afterword check --write-baseline`."));
    Baseline::parse(text).map(Some).map_err(broken)
}
