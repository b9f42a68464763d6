//! `[[severities]]`, `[services]`, `[tags]`, `[owners]` and `[people]`: the words whose list is the site's alone.

use std::collections::BTreeMap;

use super::super::table::{Findings, INVALID_SETTING, Setting, Table, finding};
use super::super::value::{self, Refusal};
use super::super::{Config, Owner, People, Person, SeverityTerm, Term};
use super::CONFIG_PATH;
use crate::diagnostic::{SourcePath, Span};

/// `[[severities]]`: a scale of the site's own. Nothing of the built-in one stays, unless there is no step that can be read.
pub(super) fn severities(tables: Vec<Table<'_>>, severities: &mut Vec<SeverityTerm>, findings: &mut Findings) {
    let mut scale = Vec::new();
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for mut table in tables {
        let id = table.required_text("id", value::filled, findings);
        let name = table.text("name", value::filled, findings);
        let description = table.text("description", value::any, findings).unwrap_or_default();
        table.finish(findings);
        let Some(id) = id else { continue };
        if let Some(first) = seen.get(&id.to_lowercase()) {
            let twice = finding(INVALID_SETTING, id.span, format!("the severity `{}` is there twice", id.value));
            findings.push(twice.also(&SourcePath::from(CONFIG_PATH), *first, "first here"));
            continue;
        }
        seen.insert(id.to_lowercase(), id.span);
        scale.push(SeverityTerm { name: name.unwrap_or_else(|| id.to_uppercase()), id: id.value, description });
    }
    if !scale.is_empty() {
        *severities = scale;
    }
}

/// `[services.<id>]` or `[tags.<id>]`. A term without a name goes by its id.
pub(super) fn terms(entries: &[Setting<'_>], config: &Config, findings: &mut Findings) -> BTreeMap<String, Term> {
    let mut term = |entry: &Setting<'_>| {
        let mut table = entry.table(findings)?;
        let term = Term {
            name: table.text("name", value::filled, findings).unwrap_or_else(|| entry.key.to_owned()),
            description: table.text("description", value::any, findings).unwrap_or_default(),
            owner: table.text("owner", |word| owner(word, config), findings).unwrap_or_default(),
            span: entry.key_span,
        };
        table.finish(findings);
        Some((entry.key.to_owned(), term))
    };
    entries.iter().filter_map(&mut term).collect()
}

/// Who owns something: any word, unless owners are listed; then one of them, or somebody with a team.
fn owner(word: &str, config: &Config) -> Result<String, Refusal> {
    if config.owners.is_empty() || word.trim().is_empty() || config.owner_of(word).is_some() {
        return Ok(word.to_owned());
    }
    Err(value::unknown(word, "owner", config.owners.keys().map(String::as_str)))
}

/// `[owners.<id>]`. An owner without a name goes by its id.
pub(super) fn owners(entries: &[Setting<'_>], findings: &mut Findings) -> BTreeMap<String, Owner> {
    let mut owner = |entry: &Setting<'_>| {
        let mut table = entry.table(findings)?;
        let owner = Owner {
            name: table.text("name", value::filled, findings).unwrap_or_else(|| entry.key.to_owned()),
            description: table.text("description", value::any, findings).unwrap_or_default(),
            span: entry.key_span,
        };
        table.finish(findings);
        Some((entry.key.to_owned(), owner))
    };
    entries.iter().filter_map(&mut owner).collect()
}

/// `[people.<id>]`. Somebody without a name goes by their id; where owners are listed, a team is one of them.
pub(super) fn people(entries: &[Setting<'_>], config: &Config, findings: &mut Findings) -> People {
    let mut person = |entry: &Setting<'_>| {
        let mut table = entry.table(findings)?;
        let person = Person {
            name: table.text("name", value::filled, findings).unwrap_or_else(|| entry.key.to_owned()),
            role: table.text("role", value::any, findings).unwrap_or_default(),
            team: table.text("team", |word| owner(word, config), findings).unwrap_or_default(),
            span: entry.key_span,
        };
        table.finish(findings);
        Some((entry.key.to_owned(), person))
    };
    entries.iter().filter_map(&mut person).collect()
}
