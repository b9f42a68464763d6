//! `[profiles.<name>]`: a built-in profile changed, or one of the site's own, from scratch or from one that comes before it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::table::{Findings, INVALID_SETTING, Setting, Table, finding};
use super::super::value::{self, Refusal};
use super::super::{ActionAspect, Condition, Config, CustomTaxonomy, Fields, Profile, fold_key};
use super::fields::canonical;
use super::{key, rules, set};
use crate::diagnostic::Spanned;

/// Lays the profiles of the site over the built-in ones.
pub(super) fn profiles(entries: &[Setting<'_>], config: &mut Config, findings: &mut Findings) {
    for entry in entries {
        if let Some(profile) = profile(entry, config, findings) {
            config.profiles.insert(profile.name.clone(), profile);
        }
    }
}

fn profile(entry: &Setting<'_>, config: &Config, findings: &mut Findings) -> Option<Profile> {
    let mut table = entry.table(findings)?;
    let earlier = |word: &str| {
        let known = config.profiles.keys().map(String::as_str);
        config.profiles.get(word).cloned().ok_or_else(|| value::unknown(word, "profile that is built in or comes before", known))
    };
    let base = table.text("extends", earlier, findings);
    let mut profile = base.or_else(|| config.profiles.get(entry.key).cloned()).unwrap_or_default();
    set(&mut profile.description, table.text("description", value::any, findings));
    change_sections(&mut table, &mut profile, config, findings);
    change_fields(&mut table, &mut profile, config, findings);
    change_impact(&mut table, &mut profile, findings);
    change_actions(&mut table, &mut profile, findings);
    conditions(&mut table, &mut profile, config, findings);
    parts(&mut table, &mut profile, config, findings);
    if let Some(entries) = table.entries("rules", findings) {
        profile.rules.extend(rules::levels(&entries, findings));
    }
    table.finish(findings);
    profile.name = key(entry, findings)?;
    Some(profile)
}

/// `required` and `optional` add sections or move them from one to the other, `drop` takes them away. They stay in the order of the sections.
fn change_sections(table: &mut Table<'_>, profile: &mut Profile, config: &Config, findings: &mut Findings) {
    let keys: Vec<&str> = config.sections.iter().map(|section| section.key.as_str()).collect();
    let positions: BTreeMap<&str, usize> = keys.iter().enumerate().map(|(at, key)| (*key, at)).collect();
    let section = |word: &str| section(word, config).map(|key| positions.get(key.as_str()).copied().unwrap_or_default());
    let placed = |names: &[String]| names.iter().filter_map(|name| positions.get(name.as_str()).copied()).collect::<BTreeSet<_>>();
    let named = |places: BTreeSet<usize>| places.into_iter().filter_map(|at| keys.get(at).map(|key| (*key).to_owned())).collect();

    let (mut required, mut optional) = (placed(&profile.required), placed(&profile.optional));
    for at in table.texts("required", section, findings).unwrap_or_default() {
        optional.remove(&at.value);
        required.insert(at.value);
    }
    for at in table.texts("optional", section, findings).unwrap_or_default() {
        required.remove(&at.value);
        optional.insert(at.value);
    }
    for at in table.texts("drop", section, findings).unwrap_or_default() {
        required.remove(&at.value);
        optional.remove(&at.value);
    }
    profile.required = named(required);
    profile.optional = named(optional);
}

/// `fields` and `reviewed_fields` add fields, `drop_fields` takes them away from both.
fn change_fields(table: &mut Table<'_>, profile: &mut Profile, config: &Config, findings: &mut Findings) {
    let field = |word: &str| asked_for(word, &config.fields, &config.taxonomies);
    for (key, fields) in [("fields", &mut profile.fields), ("reviewed_fields", &mut profile.reviewed_fields)] {
        for name in table.texts(key, field, findings).unwrap_or_default() {
            if !fields.contains(&name.value) {
                fields.push(name.value);
            }
        }
    }
    let dropped = table.texts("drop_fields", field, findings).unwrap_or_default();
    let stays = |name: &String| dropped.iter().all(|dropped| dropped.value != *name);
    profile.fields.retain(stays);
    profile.reviewed_fields.retain(stays);
}

/// The key of a section.
pub(super) fn section(word: &str, config: &Config) -> Result<String, Refusal> {
    let known = || config.sections.iter().map(|section| section.key.as_str());
    if known().any(|key| key == word) { Ok(word.to_owned()) } else { Err(value::unknown(word, "section", known())) }
}

/// `impact` adds dimensions of impact, `drop_impact` takes them away.
fn change_impact(table: &mut Table<'_>, profile: &mut Profile, findings: &mut Findings) {
    for name in table.texts("impact", value::slug, findings).unwrap_or_default() {
        if !profile.impact.contains(&name.value) {
            profile.impact.push(name.value);
        }
    }
    let dropped = table.texts("drop_impact", value::slug, findings).unwrap_or_default();
    profile.impact.retain(|name| dropped.iter().all(|dropped| dropped.value != *name));
}

/// `actions` adds what must be said of an action, `drop_actions` takes it away.
fn change_actions(table: &mut Table<'_>, profile: &mut Profile, findings: &mut Findings) {
    let aspect = |word: &str| {
        let found = ActionAspect::ALL.into_iter().find(|aspect| aspect.word() == word);
        found.ok_or_else(|| value::unknown(word, "aspect of an action", ActionAspect::ALL.map(ActionAspect::word)))
    };
    for added in table.texts("actions", aspect, findings).unwrap_or_default() {
        if !profile.actions.contains(&added.value) {
            profile.actions.push(added.value);
        }
    }
    let dropped = table.texts("drop_actions", aspect, findings).unwrap_or_default();
    profile.actions.retain(|aspect| dropped.iter().all(|dropped| dropped.value != *aspect));
}

/// `[[profiles.<name>.when]]` adds conditions.
fn conditions(table: &mut Table<'_>, profile: &mut Profile, config: &Config, findings: &mut Findings) {
    for mut condition in table.tables("when", findings).unwrap_or_default() {
        let field = |word: &str| asked_for(word, &config.fields, &config.taxonomies);
        let mut fields_are = BTreeMap::new();
        for entry in condition.entries("if", findings).unwrap_or_default() {
            let values = entry.text_or_texts(value::filled, findings).into_iter().map(|value| value.value).collect();
            match field(entry.key) {
                Ok(name) => drop(fields_are.insert(name, values)),
                Err(refusal) => findings.push(entry.refused_key(refusal)),
            }
        }
        let required = condition.texts("required", |word| section(word, config), findings).unwrap_or_default();
        let fields = condition.texts("fields", field, findings).unwrap_or_default();
        if fields_are.is_empty() {
            findings.push(finding(INVALID_SETTING, condition.span, format!("{} says not when: it has no `if`", condition.name)));
        } else {
            let plain = |texts: Vec<Spanned<String>>| texts.into_iter().map(|text| text.value).collect();
            profile.when.push(Condition { fields_are, required: plain(required), fields: plain(fields) });
        }
        condition.finish(findings);
    }
}

/// `[profiles.<name>.parts]`: what a section must speak of; an empty list asks for nothing.
fn parts(table: &mut Table<'_>, profile: &mut Profile, config: &Config, findings: &mut Findings) {
    for entry in table.entries("parts", findings).unwrap_or_default() {
        match section(entry.key, config) {
            Ok(key) => {
                let parts = entry.text_or_texts(value::filled, findings).into_iter().map(|part| part.value).collect();
                profile.parts.insert(key, parts);
            }
            Err(refusal) => findings.push(entry.refused_key(refusal)),
        }
    }
}

/// The name of a field a profile may ask for: a known one under its canonical name, or one of the site's own as it is written.
fn asked_for(word: &str, fields: &Fields, taxonomies: &[CustomTaxonomy]) -> Result<String, Refusal> {
    let is_own = fields.is_extra(word) || taxonomies.iter().any(|taxonomy| fold_key(&taxonomy.field) == fold_key(word));
    if is_own { Ok(word.to_owned()) } else { canonical(word, fields) }
}
