//! `[profiles.<name>]`: a built-in profile changed, or one of the site's own, from scratch or from one that comes before it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::table::{Findings, Setting, Table};
use super::super::value::{self, Refusal};
use super::super::{Config, CustomTaxonomy, Fields, Profile, fold_key};
use super::fields::canonical;
use super::{key, set};

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
    table.finish(findings);
    profile.name = key(entry, findings)?;
    Some(profile)
}

/// `required` and `optional` add sections or move them from one to the other, `drop` takes them away. They stay in the order of the sections.
fn change_sections(table: &mut Table<'_>, profile: &mut Profile, config: &Config, findings: &mut Findings) {
    let keys: Vec<&str> = config.sections.iter().map(|section| section.key.as_str()).collect();
    let positions: BTreeMap<&str, usize> = keys.iter().enumerate().map(|(at, key)| (*key, at)).collect();
    let section = |word: &str| positions.get(word).copied().ok_or_else(|| value::unknown(word, "section", keys.iter().copied()));
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

/// The name of a field a profile may ask for: a known one under its canonical name, or one of the site's own as it is written.
fn asked_for(word: &str, fields: &Fields, taxonomies: &[CustomTaxonomy]) -> Result<String, Refusal> {
    let is_own = fields.is_extra(word) || taxonomies.iter().any(|taxonomy| fold_key(&taxonomy.field) == fold_key(word));
    if is_own { Ok(word.to_owned()) } else { canonical(word, fields) }
}
