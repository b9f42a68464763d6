//! `[causes]`: branches, leaves and triggers of the site's own, foreign words for leaves, and words that are no causes.
//!
//! What is built in can be added to but not renamed: ids and names are what makes causes comparable between houses.

use std::collections::BTreeSet;

use super::super::table::{Findings, INVALID_SETTING, Setting, Table, finding};
use super::super::value::{self, Refusal};
use super::super::{CauseBranch, CauseLeaf, Causes, fold};
use super::{key, plain, words};
use crate::diagnostic::Diagnostic;

/// `[causes.<branch>.<leaf>]`, `[causes.trigger.<id>]`, `[causes.map]` and `ignore`.
pub(super) fn causes(mut table: Table<'_>, causes: &mut Causes, findings: &mut Findings) {
    let map = table.table("map", findings);
    let ignored = table.texts("ignore", value::filled, findings).unwrap_or_default();
    causes.ignore.extend(ignored.iter().map(|word| fold(&word.value)));
    if let Some(table) = table.table("trigger", findings) {
        add_leaves(table, &mut causes.triggers, findings);
    }
    let built_in = causes.branches.len();
    let built_in_paths = paths(causes);
    for entry in table.others() {
        let added = branch(&entry, causes.branches.iter_mut().take(built_in), findings);
        causes.branches.extend(added);
    }
    // What a leaf of the site's own is called elsewhere is the site's word, too, and goes before what built-in leaves are called.
    let own = causes.branches.iter().flat_map(|branch| branch.leaves.iter().map(move |leaf| (branch, leaf)));
    let own = own.filter(|(branch, leaf)| !built_in_paths.contains(&format!("{}/{}", branch.id, leaf.id)));
    let own: Vec<_> =
        own.flat_map(|(branch, leaf)| leaf.maps.iter().map(move |word| (fold(word), format!("{}/{}", branch.id, leaf.id)))).collect();
    causes.map.extend(own);
    let paths = paths(causes);
    for word in map.map(Table::others).unwrap_or_default() {
        if paths.contains(&fold(word.key)) {
            let message = format!("{} is a cause itself, and stays one", word.name);
            let finding = finding(INVALID_SETTING, word.key_span, message);
            findings.push(finding.help("map words that are no causes, or write the other cause in the documents"));
        } else if let Some(path) = word.text(|path| leaf_path(path, &paths), findings) {
            causes.map.insert(fold(word.key), path.value);
        }
    }
}

/// The paths of all leaves.
fn paths(causes: &Causes) -> BTreeSet<String> {
    causes.branches.iter().flat_map(|branch| branch.leaves.iter().map(|leaf| format!("{}/{}", branch.id, leaf.id))).collect()
}

/// A branch of the site's own; leaves for a built-in one go straight there.
fn branch<'b>(
    entry: &Setting<'_>,
    mut built_in: impl Iterator<Item = &'b mut CauseBranch>,
    findings: &mut Findings,
) -> Option<CauseBranch> {
    let mut table = entry.table(findings)?;
    let id = key(entry, findings)?;
    if let Some(branch) = built_in.find(|branch| branch.id == id) {
        let fixed = ["name", "definition"].into_iter().filter_map(|key| table.ask(key));
        findings.extend(fixed.map(|setting| fixed_for_all(&setting)));
        add_leaves(table, &mut branch.leaves, findings);
        return None;
    }
    let name = table.text("name", value::filled, findings).unwrap_or_else(|| words(&id));
    let definition = table.text("definition", value::any, findings).unwrap_or_default();
    let mut leaves = Vec::new();
    add_leaves(table, &mut leaves, findings);
    Some(CauseBranch { id, name, definition, leaves })
}

fn add_leaves(table: Table<'_>, leaves: &mut Vec<CauseLeaf>, findings: &mut Findings) {
    // TOML lets no key occur twice, so a new leaf can only clash with one that is built in.
    let built_in = leaves.len();
    for entry in table.others() {
        let Some(mut table) = entry.table(findings) else { continue };
        let name = table.text("name", value::filled, findings);
        let leaf = CauseLeaf {
            id: String::new(),
            name: String::new(),
            definition: table.text("definition", value::any, findings).unwrap_or_default(),
            signs: plain(table.texts("signs", value::filled, findings)),
            prevention: plain(table.texts("prevention", value::filled, findings)),
            not: table.text("not", value::any, findings).unwrap_or_default(),
            maps: plain(table.texts("maps", value::filled, findings)),
            span: Some(entry.key_span),
        };
        table.finish(findings);
        let Some(id) = key(&entry, findings) else { continue };
        if leaves.iter().take(built_in).any(|leaf| leaf.id == id) {
            findings.push(fixed_for_all(&entry));
        } else {
            leaves.push(CauseLeaf { name: name.unwrap_or_else(|| words(&id)), id, ..leaf });
        }
    }
}

fn fixed_for_all(setting: &Setting<'_>) -> Diagnostic {
    finding(INVALID_SETTING, setting.key_span, format!("{} is built in and stays as it is", setting.name))
        .help("add a leaf under another id, or map your word onto a built-in leaf in `[causes.map]`")
}

/// The path of a leaf that is there.
fn leaf_path(word: &str, paths: &BTreeSet<String>) -> Result<String, Refusal> {
    let path = fold(word);
    if paths.contains(&path) { Ok(path) } else { Err(value::unknown(word, "cause", paths.iter().map(String::as_str))) }
}
