//! Keys and values of metadata in YAML, and keys and plain values in TOML.

use std::collections::BTreeSet;

use super::{Completion, Item, ItemKind, causes, owners, people, postmortems, terms, words};
use crate::config::{CauseLeaf, Field, Profile, SeverityTerm};
use crate::diagnostic::Span;
use crate::knowledge::Grouping;
use crate::lsp::view::View;
use crate::model::{
    CauseLayer, CauseOrigin, ContractState, DetectedBy, Difficulty, Disclosure, FundState, PlanKind, RelatedWhy, Stage, Status,
    VerificationKind,
};

/// Where in the metadata the cursor is.
#[derive(Debug, PartialEq, Eq)]
struct Cursor<'t> {
    /// The keys that lead there, the outermost first; the last is the one whose value is written, where one is.
    keys: Vec<&'t str>,
    /// What was begun.
    begun: Span,
    /// Whether a key can stand there.
    may_be_key: bool,
    /// Whether a value can stand there.
    may_be_value: bool,
    /// Whether the blank behind the key is not there yet.
    wants_blank: bool,
}

pub(super) fn complete(view: &View<'_>, block: Span, offset: usize) -> Option<Completion> {
    let cursor = Cursor::at(view, block, offset)?;
    let (mut items, mut is_part) = (Vec::new(), false);
    if cursor.may_be_key {
        items = keys(view, block, &cursor);
    }
    if let Some((field, below)) = cursor.keys.split_first().filter(|_| cursor.may_be_value)
        && let Some(field) = view.config().fields.canonical(field).or_else(|| custom(view, field))
    {
        let (values, more) = values(view, field, below, cursor.begun.slice(view.text));
        items.extend(values);
        is_part = more;
    }
    for item in items.iter_mut().filter(|_| cursor.wants_blank) {
        item.text.insert(0, ' ');
    }
    (!items.is_empty()).then_some(Completion { replaced: cursor.begun, items, is_part })
}

/// The field of a taxonomy of the site's own that a key is.
fn custom<'a>(view: &View<'a>, key: &str) -> Option<&'a str> {
    view.config().taxonomies.iter().find(|taxonomy| taxonomy.field == key).map(|taxonomy| taxonomy.field.as_str())
}

impl<'t> Cursor<'t> {
    fn at(view: &View<'t>, block: Span, offset: usize) -> Option<Self> {
        let line = view.line(offset);
        let written = view.text.get(line.range().start..offset)?;
        let entry = Line::read(written);
        let mut keys = parents(view.text.get(block.range().start..line.range().start)?, entry.column);
        let (rest, at) = match entry.key {
            Some((key, value)) => {
                keys.push(key);
                (value, offset - value.len())
            }
            None => (entry.rest, offset - entry.rest.len()),
        };
        if rest.starts_with('#') || rest.contains(" #") {
            return None;
        }
        if let Some(inner) = innermost(rest) {
            let piece = inner.rest.rsplit(',').next().unwrap_or_default();
            keys.extend(inner.keys);
            let (value, may_be_key) = match piece.split_once(": ").filter(|_| inner.is_mapping) {
                Some((key, value)) => {
                    keys.push(key.trim());
                    (value, false)
                }
                None => (piece, inner.is_mapping),
            };
            let begun = value.trim_start().trim_start_matches(['"', '\'']);
            return Some(Self {
                keys,
                begun: Span::new(offset - begun.len(), offset),
                may_be_key,
                may_be_value: !may_be_key,
                wants_blank: false,
            });
        }
        let begun = rest.trim_start().trim_start_matches(['"', '\'']);
        let begun_at = at + (rest.len() - begun.len());
        let is_value = entry.key.is_some();
        // What stands behind a dash may be a value of the list, or the first key of a mapping in it.
        let may_be_value = is_value || entry.is_item;
        let wants_blank = is_value && rest.is_empty();
        Some(Self { keys, begun: Span::new(begun_at, offset), may_be_key: !is_value, may_be_value, wants_blank })
    }
}

/// A line of YAML, or the part of one that is written.
struct Line<'t> {
    /// The column in which it begins, behind dashes.
    column: usize,
    /// Whether a dash stands before it.
    is_item: bool,
    /// Its key and what is behind that.
    key: Option<(&'t str, &'t str)>,
    /// All of it behind dashes.
    rest: &'t str,
}

impl<'t> Line<'t> {
    fn read(line: &'t str) -> Self {
        let mut rest = line.trim_start_matches(' ');
        let mut is_item = false;
        while let Some(item) = rest.strip_prefix("- ").or_else(|| rest.strip_prefix('-').filter(|item| item.is_empty())) {
            (rest, is_item) = (item.trim_start_matches(' '), true);
        }
        let is_key = |key: &&str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c));
        let yaml = rest.split_once(':').filter(|(key, value)| is_key(key) && (value.is_empty() || value.starts_with(' ')));
        let key = yaml.or_else(|| rest.split_once(" = ").filter(|(key, _)| is_key(key)));
        Self { column: line.len() - rest.len(), is_item, key: key.map(|(key, value)| (key.trim(), value)), rest }
    }
}

/// The keys of the lines above that a line in some column is below of.
fn parents(above: &str, column: usize) -> Vec<&str> {
    let mut keys = Vec::new();
    let mut column = column;
    for line in above.lines().rev().filter(|line| !line.trim().is_empty()) {
        let read = Line::read(line);
        let Some((key, value)) = read.key else { continue };
        // A list may stand in the column of its key.
        let is_parent = read.column < column && (value.trim().is_empty() || value.trim_start().starts_with('#'));
        if is_parent {
            keys.push(key);
            column = line.len() - line.trim_start_matches(' ').len();
        } else if read.column < column {
            break;
        }
        if column == 0 && is_parent {
            break;
        }
    }
    keys.reverse();
    keys
}

/// What stands in the innermost bracket that is open.
struct Inner<'t> {
    rest: &'t str,
    is_mapping: bool,
    /// The keys before the brackets within others.
    keys: Vec<&'t str>,
}

fn innermost(text: &str) -> Option<Inner<'_>> {
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (None, '"' | '\'') if text.get(..at).is_some_and(|before| before.ends_with([' ', '[', '{', ','])) => quote = Some(c),
            (None, '[' | '{') => open.push((at, c == '{')),
            (None, ']' | '}') => drop(open.pop()),
            _ => {}
        }
    }
    let (at, is_mapping) = *open.last()?;
    let before = |(from, to): (usize, usize)| text.get(from..to)?.rsplit(',').next()?.trim().strip_suffix(':').map(str::trim);
    let keys = open.windows(2).filter_map(|pair| if let [(outer, _), (inner, _)] = pair { before((outer + 1, *inner)) } else { None });
    Some(Inner { rest: text.get(at + 1..)?, is_mapping, keys: keys.collect() })
}

/// The keys that are not there yet.
fn keys(view: &View<'_>, block: Span, cursor: &Cursor<'_>) -> Vec<Item> {
    let fields = &view.config().fields;
    let Some((field, below)) = cursor.keys.split_first() else {
        return fields_missing(view, block, cursor);
    };
    let Some(known) = fields.canonical(field).and_then(|field| fields.known.get(field)).filter(|_| below.is_empty()) else {
        return Vec::new();
    };
    let keys = known.keys().into_iter();
    keys.map(|key| Item::new(ItemKind::Key, key).text(format!("{key}: "))).collect()
}

/// The fields that the document does not have: what its profile asks for first.
fn fields_missing(view: &View<'_>, block: Span, cursor: &Cursor<'_>) -> Vec<Item> {
    let config = view.config();
    let here = view.line(cursor.begun.range().start);
    let is_toml = view.text.starts_with("+++");
    let lines = block.slice(view.text).lines().filter(|line| !line.starts_with([' ', '-', '#']));
    let keys = lines.filter(|line| line.as_ptr() != here.slice(view.text).as_ptr()).filter_map(|line| Line::read(line).key);
    let taken: BTreeSet<&str> = keys.filter_map(|(key, _)| config.fields.canonical(key)).collect();
    let profile = view.profile();
    let is_asked =
        |name: &str| profile.is_some_and(|profile| profile.fields.iter().chain(&profile.reviewed_fields).any(|field| field == name));
    let mut missing: Vec<(&String, &Field)> = config.fields.known.iter().filter(|(name, _)| !taken.contains(name.as_str())).collect();
    missing.sort_by_key(|(name, _)| !is_asked(name));
    let item = |(name, field): (&String, &Field)| {
        let text = if is_toml { format!("{name} = ") } else { format!("{name}: ") };
        Item::new(ItemKind::Key, name.as_str()).detail(field.shape.as_str()).meaning(field.meaning.as_str()).text(text)
    };
    missing.into_iter().map(item).collect()
}

/// The values that a key can have, and whether there are more.
fn values(view: &View<'_>, field: &str, below: &[&str], begun: &str) -> (Vec<Item>, bool) {
    let config = view.config();
    let all = |items: Vec<Item>| (items, false);
    match (field, below.last().copied().unwrap_or_default()) {
        ("severity", "") => {
            let step = |step: &SeverityTerm| {
                Item::new(ItemKind::Term, step.id.as_str()).detail(step.name.as_str()).meaning(step.description.as_str())
            };
            all(config.severities.iter().map(step).collect())
        }
        ("kind", "") => {
            let profile = |profile: &Profile| Item::new(ItemKind::Term, profile.name.as_str()).meaning(profile.description.as_str());
            all(config.profiles.values().map(profile).collect())
        }
        ("status", "") => all(words(&Status::ALL, Status::word, Status::name)),
        ("stage", "") => all(words(Stage::ALL, Stage::word, Stage::name)),
        ("services", "") => all(terms(view, Grouping::Service)),
        ("tags", "") => all(terms(view, Grouping::Tag)),
        ("root_causes" | "contributing", "" | "cause") => all(causes(config)),
        ("root_causes" | "contributing", "layer") => all(words(CauseLayer::ALL, CauseLayer::word, CauseLayer::name)),
        ("root_causes" | "contributing", "origin") => all(words(CauseOrigin::ALL, CauseOrigin::word, CauseOrigin::name)),
        ("trigger", "") => {
            let trigger =
                |leaf: &CauseLeaf| Item::new(ItemKind::Term, leaf.id.as_str()).detail(leaf.name.as_str()).meaning(leaf.definition.as_str());
            all(config.causes.triggers.iter().map(trigger).collect())
        }
        ("detection", "by") => all(words(DetectedBy::ALL, DetectedBy::word, DetectedBy::name)),
        ("related", "" | "id") | ("training", "incident") => postmortems(view, begun),
        ("related", "why") => all(words(RelatedWhy::ALL, RelatedWhy::word, RelatedWhy::name)),
        ("training", "level") => all(words(Difficulty::ALL, Difficulty::word, Difficulty::name)),
        ("contracts", "state") => all(words(ContractState::ALL, ContractState::word, ContractState::name)),
        ("funds", "state") => all(words(FundState::ALL, FundState::word, FundState::name)),
        ("data", "disclosed") => all(words(Disclosure::ALL, Disclosure::word, Disclosure::name)),
        ("verification", "kind") => all(words(VerificationKind::ALL, VerificationKind::word, VerificationKind::name)),
        ("plan_updates", "type") => all(words(PlanKind::ALL, PlanKind::word, PlanKind::name)),
        ("owner", "") => all([owners(config), people(config)].concat()),
        ("authors" | "facilitator", "") | ("roles", _) => all(people(config)),
        ("hold_until", "") => {
            let actions = view.postmortem().map(|postmortem| postmortem.actions.as_slice()).unwrap_or_default();
            let named = actions.iter().filter_map(|action| Some((action.id.as_ref()?, &action.text)));
            all(named.map(|(id, text)| Item::new(ItemKind::Term, id.as_str()).detail(text.as_str())).collect())
        }
        (field, "") if config.fields.known.contains_key(field) => {
            let known = config.fields.known.get(field);
            all(known.map(Field::choices).unwrap_or_default().into_iter().map(|word| Item::new(ItemKind::Word, word)).collect())
        }
        (field, "") => {
            let taxonomy = config.taxonomies.iter().find(|taxonomy| taxonomy.field == field);
            let used = taxonomy.and_then(|taxonomy| view.understood.knowledge.taxonomy(&taxonomy.key));
            all(used.into_iter().flat_map(|used| &used.terms).map(|term| Item::new(ItemKind::Term, term.name.as_str())).collect())
        }
        _ => (Vec::new(), false),
    }
}
