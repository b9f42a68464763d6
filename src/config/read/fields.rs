//! `[fields]` and `[taxonomies]`: which key of the metadata means what.

use super::super::table::{Findings, INVALID_SETTING, Setting, Table, finding};
use super::super::value::{self, Refusal};
use super::super::{CustomTaxonomy, Fields, fold_key};
use super::{key, words};

/// The first parts of addresses the site itself uses, which no taxonomy may take.
const RESERVED: [&str; 19] = [
    "about",
    "actions",
    "api",
    "assets",
    "causes",
    "drills",
    "glossary",
    "incidents",
    "learn",
    "metrics",
    "owners",
    "packets",
    "patterns",
    "rules",
    "search",
    "services",
    "severity",
    "tags",
    "triggers",
];

/// `[fields]`: foreign names for fields, and the list of keys to pass over. A key to pass over no longer stands for a field.
pub(super) fn fields(mut table: Table<'_>, fields: &mut Fields, findings: &mut Findings) {
    let unread = |word: &str| {
        let key = fold_key(word).into_owned();
        if fields.known.contains_key(&key) { Err(Refusal::new(format!("names a field that is read: `{word}`"))) } else { Ok(key) }
    };
    let extra = table.texts("extra", unread, findings).unwrap_or_default();
    for entry in table.others() {
        let foreign = fold_key(entry.key).into_owned();
        if fields.known.contains_key(&foreign) {
            let message = format!("{} cannot stand for another field: it is one itself", entry.name);
            findings.push(finding(INVALID_SETTING, entry.key_span, message));
        } else if let Some(name) = entry.text(|word| canonical(word, fields), findings) {
            fields.chosen.insert(foreign.clone());
            fields.aliases.insert(foreign, name.value);
        }
    }
    for key in extra {
        fields.aliases.remove(&key.value);
        fields.extra.push(key.value);
    }
}

/// The canonical name of a field.
pub(super) fn canonical(word: &str, fields: &Fields) -> Result<String, Refusal> {
    match fields.canonical(word) {
        Some(name) => Ok(name.to_owned()),
        None => Err(value::unknown(word, "field", fields.known.keys().map(String::as_str))),
    }
}

/// `[taxonomies.<key>]`. A taxonomy has its field to itself: a key that was another name of some field no longer is, unless the site has chosen that
/// name itself, in `[fields]`; then it is both.
pub(super) fn taxonomies(entries: &[Setting<'_>], fields: &mut Fields, findings: &mut Findings) -> Vec<CustomTaxonomy> {
    let taxonomies: Vec<_> = entries.iter().filter_map(|entry| taxonomy(entry, findings)).collect();
    for taxonomy in &taxonomies {
        let key = fold_key(&taxonomy.field);
        if !fields.chosen.contains(&*key) {
            fields.aliases.remove(&*key);
        }
    }
    taxonomies
}

fn taxonomy(entry: &Setting<'_>, findings: &mut Findings) -> Option<CustomTaxonomy> {
    let mut table = entry.table(findings)?;
    let field = table.text("field", value::filled, findings).unwrap_or_else(|| entry.key.to_owned());
    let name = table.text("name", value::filled, findings).unwrap_or_else(|| words(entry.key));
    let plural = table.text("plural", value::filled, findings).unwrap_or_else(|| name.clone());
    table.finish(findings);
    let key = key(entry, findings)?;
    if RESERVED.contains(&key.as_str()) {
        let message = format!("{} would stand where the site has its own `/{key}/`", entry.name);
        findings.push(finding(INVALID_SETTING, entry.key_span, message).help("choose another key and name the field with `field`"));
        return None;
    }
    Some(CustomTaxonomy { key, field, name, plural })
}
