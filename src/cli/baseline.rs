//! The baseline on disk.

use std::path::Path;

use super::Failure;
use super::rewrite::rewrite;
use crate::check::{BASELINE_PATH, Baseline, Remaining};
use crate::diagnostic::{Diagnostic, SourcePath};
use crate::pipeline::Project;
use crate::source::walk;

/// The largest baseline that is read, in bytes: some millions of findings.
const LIMIT: u64 = 512 * 1024 * 1024;

/// Sets aside the findings that the project's baseline knows, if it has one.
pub(super) fn subtract(root: &Path, project: &Project, findings: Vec<Diagnostic>) -> Result<Remaining, Failure> {
    let Some(baseline) = read(root)? else { return Ok(Remaining { findings, known: 0 }) };
    Ok(baseline.subtract(findings, &|path| project.text(path)))
}

/// A hash of the project's baseline, whether or not it can be read as one; 0 where there is none.
pub(super) fn hash(root: &Path) -> Result<u64, Failure> {
    Ok(walk::read_config_of(root, &SourcePath::from(BASELINE_PATH), LIMIT)?.map_or(0, |file| file.hash))
}

/// Writes down all findings as known; says how many.
pub(super) fn write(root: &Path, project: &Project, findings: &[Diagnostic]) -> Result<usize, Failure> {
    let baseline = Baseline::of(findings, &|path| project.text(path));
    rewrite(&root.join(BASELINE_PATH), &baseline.to_text())?;
    Ok(baseline.len())
}

fn read(root: &Path) -> Result<Option<Baseline>, Failure> {
    let Some(file) = walk::read_config_of(root, &SourcePath::from(BASELINE_PATH), LIMIT)? else { return Ok(None) };
    let broken = |why| Failure(format!("`{BASELINE_PATH}`: {why}\nMake it anew with `afterword check --write-baseline`."));
    let text = file.text().ok_or_else(|| broken("it cannot be read as text".to_owned()))?;
    Baseline::parse(text).map(Some).map_err(broken)
}
