//! `[rules]`, `[rules.in."<glob>"]` and `[profiles.<name>.rules]`: what findings weigh.

use super::super::table::{Findings, Setting, Table};
use super::super::value::{self, Refusal};
use super::super::{Config, Levels, LevelsIn};
use crate::diagnostic::{Level, Spanned};

/// The levels of the whole site, and those of folders.
pub(super) fn rules(mut table: Table<'_>, config: &mut Config, findings: &mut Findings) {
    for entry in table.entries("in", findings).unwrap_or_default() {
        match value::glob(entry.key) {
            Ok(glob) => {
                let levels = entry.table(findings).map(|table| levels(&table.others(), findings)).unwrap_or_default();
                config.rules_in.push(LevelsIn { glob, levels });
            }
            Err(refusal) => findings.push(entry.refused_key(refusal)),
        }
    }
    config.rules = levels(&table.others(), findings);
}

/// Levels by name.
pub(super) fn levels(entries: &[Setting<'_>], findings: &mut Findings) -> Levels {
    let levels = entries.iter().filter_map(|rule| {
        let level = rule.text(level, findings)?.value;
        Some((rule.key.to_owned(), Spanned::new(level, rule.key_span)))
    });
    levels.collect()
}

fn level(word: &str) -> Result<Level, Refusal> {
    Level::from_word(word).ok_or_else(|| Refusal::new("must be `error`, `warning`, `hint` or `off`"))
}
