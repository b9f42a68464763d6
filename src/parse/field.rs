//! The metadata by the fields it speaks of, and its plain values.

use std::collections::BTreeMap;

use super::finding::Findings;
use super::vocabulary::{LIST_FIELDS, WEAK_KEYS};
use super::{DUPLICATE_FIELD, INVALID_VALUE};
use crate::config::{Config, CustomTaxonomy};
use crate::diagnostic::{Diagnostic, Spanned, did_you_mean};
use crate::frontmatter::{Entry, Mapping, Node};

/// The metadata of a document, by field.
#[derive(Debug, Default)]
pub(super) struct Fields<'a> {
    /// The entries of each field: one, or several for a field that is a list.
    known: BTreeMap<&'a str, Vec<&'a Entry>>,
    /// What stands under a key that may stand for a field and is outdone by a better one: `date` beside `started_at`.
    pub(super) outdone: Vec<&'a Entry>,
    /// Terms of the site's own taxonomies.
    pub(super) custom: BTreeMap<String, Vec<Spanned<String>>>,
    /// The entries that no field answers to.
    pub(super) extra: Vec<Entry>,
}

/// Sorts the entries of `metadata` by field. Empty values count as absent everywhere but for `visibility`, where an empty one is not
/// the same as none.
pub(super) fn gather<'a>(metadata: &'a Mapping, config: &'a Config, findings: &mut Findings<'_>) -> Fields<'a> {
    let mut fields = Fields::default();
    for entry in &metadata.entries {
        let mut custom = false;
        for taxonomy in taxonomies(&entry.key, config) {
            custom = true;
            fields.custom.entry(taxonomy.key.clone()).or_default().extend(texts(&entry.value, &entry.key.value, findings));
        }
        match config.fields.canonical(&entry.key.value) {
            Some(_) if entry.value.is_empty() && folded(&entry.key.value) != "visibility" => {}
            Some(field) => fields.add(field, entry, findings),
            None if !custom => fields.extra.push(entry.clone()),
            None => {}
        }
    }
    fields.custom.retain(|_, terms| !terms.is_empty());
    fields
}

/// The taxonomies of the site's own that a key holds terms of.
pub(super) fn taxonomies<'c>(key: &str, config: &'c Config) -> impl Iterator<Item = &'c CustomTaxonomy> {
    config.taxonomies.iter().filter(move |taxonomy| folded(&taxonomy.field) == folded(key))
}

/// A key without what does not matter in it.
fn folded(key: &str) -> String {
    key.trim().to_lowercase().replace(['-', ' '], "_")
}

impl<'a> Fields<'a> {
    fn add(&mut self, field: &'a str, entry: &'a Entry, findings: &mut Findings<'_>) {
        let entries = self.known.entry(field).or_default();
        let Some(first) = entries.first().copied().filter(|_| !LIST_FIELDS.contains(&field)) else {
            entries.push(entry);
            return;
        };
        // The field's own name goes before its other names; `date` may mean the day of writing and gives way to every other name.
        let rank = |entry: &Entry| (WEAK_KEYS.contains(&&*folded(&entry.key.value)), folded(&entry.key.value) != field);
        let (kept, other) = if rank(entry) < rank(first) { (entry, first) } else { (first, entry) };
        *entries = vec![kept];
        self.outdone.push(other);
        if rank(other).0 {
            return;
        }
        let message = format!("`{}` and `{}` both stand for the field `{field}`", kept.key.value, other.key.value);
        findings.push(
            findings
                .error(DUPLICATE_FIELD, other.key.span, message)
                .also(findings.path(), kept.key.span, "this one is read")
                .help("keep one of the two"),
        );
    }

    /// The value of a field, if it holds something.
    pub(super) fn get(&self, field: &str) -> Option<&'a Node> {
        self.entry(field).map(|entry| &entry.value)
    }

    /// The entry of a field.
    pub(super) fn entry(&self, field: &str) -> Option<&'a Entry> {
        self.known.get(field)?.first().copied()
    }

    /// The text of a field that is a text.
    pub(super) fn text(&self, field: &str, findings: &mut Findings<'_>) -> Option<Spanned<String>> {
        let node = self.get(field)?;
        let text = node.text();
        if text.is_none() {
            findings.push(findings.error(INVALID_VALUE, node.span, format!("`{field}` is a list or mapping where a text is expected")));
        }
        text.map(|text| Spanned::new(text.to_owned(), node.span))
    }

    /// The texts of a field that is a list of texts.
    pub(super) fn list(&self, field: &str, findings: &mut Findings<'_>) -> Vec<Spanned<String>> {
        let entries = self.known.get(field).map(Vec::as_slice).unwrap_or_default();
        entries.iter().flat_map(|entry| texts(&entry.value, &entry.key.value, findings)).collect()
    }

    /// The nodes of a field that is a list of anything.
    pub(super) fn items(&self, field: &str) -> impl Iterator<Item = &'a Node> {
        let entries = self.known.get(field).map(Vec::as_slice).unwrap_or_default().to_vec();
        entries.into_iter().flat_map(|entry| items(&entry.value))
    }
}

/// The items of a list; a mapping alone counts as a list of one, as a scalar does.
fn items(node: &Node) -> &[Node] {
    if node.is_empty() { &[] } else { node.items_or_mapping() }
}

fn texts(node: &Node, field: &str, findings: &mut Findings<'_>) -> Vec<Spanned<String>> {
    let mut texts = Vec::new();
    for item in items(node) {
        match item.text() {
            Some(text) => texts.push(Spanned::new(text.to_owned(), item.span)),
            None if item.is_empty() => {}
            None => findings.push(findings.error(
                INVALID_VALUE,
                item.span,
                format!("`{field}` holds a list or mapping where a text is expected"),
            )),
        }
    }
    texts
}

/// The value among `choices` that a word names, without regard to case, `_` and blanks.
pub(super) fn choose<T: Copy>(word: &str, choices: &[T], name: fn(T) -> &'static str) -> Option<T> {
    let word = word.trim().to_lowercase().replace(['_', ' '], "-");
    choices.iter().copied().find(|choice| name(*choice) == word)
}

/// Says that `word` is none of `choices`.
pub(super) fn not_among(word: &Spanned<String>, field: &str, choices: &[&'static str], findings: &Findings<'_>) -> Diagnostic {
    let message = format!("`{}` is no value of `{field}`", word.value);
    let list = one_of(choices);
    let help = match did_you_mean(&word.value, choices.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? It is {list}"),
        None => format!("write {list}"),
    };
    findings.error(INVALID_VALUE, word.span, message).help(help)
}

/// "`a`, `b` or `c`"
pub(super) fn one_of(choices: &[&str]) -> String {
    match choices {
        [] => String::new(),
        [only] => format!("`{only}`"),
        [first @ .., last] => format!("`{}` or `{last}`", first.join("`, `")),
    }
}

/// The value that a field names among `choices`; a finding where it names none.
pub(super) fn chosen<T: Copy>(
    node: &Node,
    field: &str,
    choices: &[T],
    name: fn(T) -> &'static str,
    findings: &mut Findings<'_>,
) -> Option<Spanned<T>> {
    if node.is_empty() {
        return None;
    }
    let names: Vec<_> = choices.iter().copied().map(name).collect();
    let Some(text) = node.text() else {
        let finding = findings.error(INVALID_VALUE, node.span, format!("`{field}` is a list or mapping where a word is expected"));
        findings.push(finding.help(format!("write {}", one_of(&names))));
        return None;
    };
    let word = Spanned::new(text.to_owned(), node.span);
    let value = choose(&word.value, choices, name);
    if value.is_none() {
        findings.push(not_among(&word, field, &names, findings));
    }
    value.map(|value| Spanned::new(value, node.span))
}
