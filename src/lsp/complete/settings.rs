//! Keys and values of `site.toml`.

use std::collections::BTreeSet;

use super::{Completion, Item, ItemKind, causes, owners, postmortems, words};
use crate::check;
use crate::config::{self, ActionAspect, Config, Field, HistoryShown, SectionKind};
use crate::diagnostic::{Level, Span};
use crate::lsp::view::View;
use crate::theme;

pub(super) fn complete(view: &View<'_>, offset: usize) -> Option<Completion> {
    let line = view.line(offset);
    let written = view.text.get(line.range().start..offset)?;
    let begun = written.trim_start();
    if begun.starts_with('#') {
        return None;
    }
    if let Some(header) = begun.strip_prefix('[') {
        let name = header.trim_start_matches('[');
        return (!name.contains(']')).then(|| tables(name, offset));
    }
    let header = header_above(view.before(line.range().start));
    let Some((key, value)) = begun.split_once('=') else {
        return keys(view, header, line, Span::new(offset - begun.len(), offset));
    };
    let last = value.rsplit(['[', ',', '{']).next().unwrap_or_default().trim_start();
    let is_quoted = last.starts_with('"');
    let word = last.trim_start_matches('"');
    if word.contains('"') {
        return None;
    }
    let (mut items, is_part) = values(view, header, key.trim(), word);
    for item in items.iter_mut().filter(|_| !is_quoted) {
        item.text = format!("\"{}\"", item.text);
    }
    let replaced = Span::new(offset - word.len(), offset);
    (!items.is_empty()).then_some(Completion { replaced, items, is_part })
}

/// The header of the table that a line behind this text is in; empty for the top of the file.
fn header_above(above: &str) -> &str {
    above.lines().rev().map(str::trim).find(|line| line.starts_with('[') && line.ends_with(']')).unwrap_or_default()
}

/// The names of tables, one part at a time.
fn tables(name: &str, offset: usize) -> Completion {
    let (outer, begun) = name.rsplit_once('.').unwrap_or(("", name));
    let header = if outer.is_empty() { String::new() } else { format!("[{outer}]") };
    let items = config::keys(&header).into_iter().map(|key| Item::new(ItemKind::Key, key)).collect();
    Completion::whole(Span::new(offset - begun.len(), offset), items)
}

/// The keys that a table can have and does not have yet.
fn keys(view: &View<'_>, header: &str, line: Span, begun: Span) -> Option<Completion> {
    let is_of_table = |line: &&str| !line.trim_start().starts_with('[');
    let before = view.before(line.range().start).lines().rev().take_while(is_of_table);
    let behind = view.text.get(line.range().end..).unwrap_or_default().lines().skip(1).take_while(is_of_table);
    let taken: BTreeSet<&str> = before.chain(behind).filter_map(|line| Some(line.split_once('=')?.0.trim())).collect();
    let names: Vec<Item> = if weighs(header) {
        let rule = |name: &str| {
            let item = Item::new(ItemKind::Key, name);
            check::rule(name).map_or(item.clone(), |rule| item.detail(rule.level.word()).meaning(rule.manual_text()))
        };
        check::names().map(rule).collect()
    } else {
        config::keys(header).into_iter().map(|key| Item::new(ItemKind::Key, key)).collect()
    };
    let missing = names.into_iter().filter(|item| !taken.contains(item.label.as_str()));
    let items: Vec<Item> = missing.map(|item| Item { text: format!("{} = ", item.label), ..item }).collect();
    (!items.is_empty()).then(|| Completion::whole(begun, items))
}

/// Whether a table holds levels by the names of rules.
fn weighs(header: &str) -> bool {
    let name = header.trim_matches(['[', ']']);
    let of_profile = name.strip_prefix("profiles.").and_then(|rest| rest.rsplit_once('.'));
    name == "rules" || name.starts_with("rules.in.") || of_profile.is_some_and(|(_, table)| table == "rules")
}

/// The values that a setting can have, and whether there are more.
fn values(view: &View<'_>, header: &str, key: &str, begun: &str) -> (Vec<Item>, bool) {
    let config = view.config();
    let all = |items: Vec<Item>| (items, false);
    let name = header.trim_matches(['[', ']']);
    match key {
        _ if weighs(header) => {
            let levels = [Level::Off, Level::Hint, Level::Warning, Level::Error];
            all(levels.map(|level| Item::new(ItemKind::Word, level.word())).to_vec())
        }
        "history" => all(HistoryShown::ALL.map(|shown| Item::new(ItemKind::Word, shown.word())).to_vec()),
        "profile" | "extends" => all(profiles(config)),
        "required" | "optional" | "drop" | "within" => all(sections(config)),
        "fields" | "reviewed_fields" | "drop_fields" | "internal_fields" | "public_fields" => all(fields(config)),
        "actions" | "drop_actions" => all(words(&ActionAspect::ALL, ActionAspect::word, ActionAspect::column)),
        "owner" | "team" => all(owners(config)),
        "incident" => postmortems(view, begun),
        "name" if name == "theme" => all(theme::built_in().map(|name| Item::new(ItemKind::Word, name)).collect()),
        _ if name == "causes.map" => all(causes(config)),
        _ => (Vec::new(), false),
    }
}

fn profiles(config: &Config) -> Vec<Item> {
    config.profiles.values().map(|profile| Item::new(ItemKind::Term, profile.name.as_str()).meaning(profile.description.as_str())).collect()
}

fn sections(config: &Config) -> Vec<Item> {
    let section = |section: &SectionKind| {
        Item::new(ItemKind::Term, section.key.as_str()).detail(section.title.as_str()).meaning(section.prompt.as_str())
    };
    config.sections.iter().map(section).collect()
}

fn fields(config: &Config) -> Vec<Item> {
    let field = |(name, field): (&String, &Field)| {
        Item::new(ItemKind::Term, name.as_str()).detail(field.shape.as_str()).meaning(field.meaning.as_str())
    };
    config.fields.known.iter().map(field).collect()
}
