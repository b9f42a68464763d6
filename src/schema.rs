//! JSON Schemas (draft 7) of what people write, for editors that complete and check by them: the settings, and the front matter of postmortems.
//!
//! That of the settings is written by hand beside the code that reads them, and a test holds one to the other; what a project adds to the
//! vocabulary (severities, profiles, causes) is put in. That of the front matter follows from the fields and their shapes.

use std::ops::Range;

use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};

use crate::check::{RULES, names};
use crate::config::{ActionAspect, Config, Field};
use crate::diagnostic::LineIndex;

const SITE: &str = include_str!("schema/site.json");

/// What may stand in `site.toml`, with the words that a project's settings have added to the vocabulary.
#[must_use]
pub fn settings(config: &Config) -> Value {
    let mut schema: Value = serde_json::from_str(SITE).unwrap_or_default();
    let causes = config.causes.branches.iter();
    let causes = causes.flat_map(|branch| branch.leaves.iter().map(move |leaf| format!("{}/{}", branch.id, leaf.id)));
    let known: [(&str, Vec<String>); 6] = [
        ("aspect", ActionAspect::ALL.iter().map(|aspect| aspect.word().to_owned()).collect()),
        ("section", config.sections.iter().map(|section| section.key.clone()).collect()),
        ("field", config.fields.known.keys().cloned().collect()),
        ("profile", config.profiles.keys().cloned().collect()),
        ("severity", config.severities.iter().map(|severity| severity.id.clone()).collect()),
        ("cause", causes.collect()),
    ];
    let Some(definitions) = schema.get_mut("definitions").and_then(Value::as_object_mut) else { return schema };
    for (name, words) in known {
        // A site may name fields of its own where fields are named, and profiles before they are there.
        let kind = if matches!(name, "field" | "profile") { "examples" } else { "enum" };
        definitions.insert(name.to_owned(), json!({"type": "string", kind: words}));
    }
    let level = json!({"$ref": "#/definitions/level"});
    let about =
        |name: &str| RULES.iter().find(|rule| rule.name.0 == name).map_or_else(|| "A group of rules.".to_owned(), |rule| rule.summary());
    let rules: Map<String, Value> = names().map(|name| (name.to_owned(), json!({"description": about(name), "allOf": [level]}))).collect();
    if let Some(levels) = definitions.get_mut("rule_levels").and_then(Value::as_object_mut) {
        levels.insert("properties".to_owned(), Value::Object(rules.clone()));
        levels.insert("additionalProperties".to_owned(), false.into());
    }
    if let Some(own) = schema.pointer_mut("/properties/rules/properties").and_then(Value::as_object_mut) {
        own.extend(rules);
    }
    if let Some(own) = schema.pointer_mut("/properties/rules").and_then(Value::as_object_mut) {
        own.insert("additionalProperties".to_owned(), false.into());
    }
    schema
}

/// What may stand in the front matter of a postmortem of a project. Keys that are no fields are kept, so a schema cannot refuse them.
#[must_use]
pub fn front_matter(config: &Config) -> Value {
    let field = |(name, field): (&String, &Field)| {
        let mut schema = shape(field, config);
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".to_owned(), field.meaning.as_str().into());
        }
        (name.clone(), schema)
    };
    let own = config.taxonomies.iter().filter(|taxonomy| !config.fields.known.contains_key(&taxonomy.field));
    let own = own.map(|taxonomy| (taxonomy.field.clone(), json!({"description": taxonomy.plural, "type": ["string", "array"]})));
    let properties: Map<String, Value> = config.fields.known.iter().map(field).chain(own).collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Front matter of a postmortem",
        "description": "What stands between the two lines of hyphens at the top of a postmortem. Everything may be left out but the title.",
        "type": "object",
        "properties": properties,
        "required": ["title"],
    })
}

/// The schema that the words for the shape of a field stand for.
fn shape(field: &Field, config: &Config) -> Value {
    let one_of = |words: Vec<&str>| json!({"type": "string", "enum": words});
    let (keys, choices) = (field.keys(), field.choices());
    let is_list = field.shape.starts_with("list of ");
    let keys: Map<String, Value> = keys.into_iter().map(|key| (key.to_owned(), json!({}))).collect();
    match field.shape.as_str() {
        "true or false" => json!({"type": "boolean"}),
        "number of hours" => json!({"type": "number", "minimum": 0}),
        "the name of a profile" => json!({"type": "string", "examples": config.profiles.keys().collect::<Vec<_>>()}),
        "a step of the severity scale" => one_of(config.severities.iter().map(|severity| severity.id.as_str()).collect()),
        "a trigger of the taxonomy" => {
            json!({"type": "string", "examples": config.causes.triggers.iter().map(|leaf| &leaf.id).collect::<Vec<_>>()})
        }
        "list of service ids" => list(&config.services.keys().map(String::as_str).collect::<Vec<_>>()),
        _ if is_list && keys.is_empty() => list(&[]),
        // An entry may be a text as well, and so may the whole: `none`, `n/a: reason`.
        _ if is_list => json!({"type": ["array", "string"], "items": {"type": ["object", "string"], "properties": keys}}),
        _ if !keys.is_empty() => json!({"type": ["object", "string"], "properties": keys}),
        words if words.starts_with("mapping") => json!({"type": "object"}),
        _ if !choices.is_empty() => one_of(choices),
        words => match example(words) {
            [] => json!({"type": ["string", "number"]}),
            examples => json!({"type": ["string", "number"], "examples": examples}),
        },
    }
}

/// A list of texts, or one of them alone; where `known` are said, one of those.
fn list(known: &[&str]) -> Value {
    let text = if known.is_empty() { json!({"type": ["string", "number"]}) } else { json!({"type": "string", "enum": known}) };
    json!({"anyOf": [{"type": "array", "items": text}, text]})
}

/// How a value of a shape may look.
fn example(words: &str) -> &'static [&'static str] {
    match words {
        "instant" | "instant or date" | "instant, date or stretch of time" => &["2026-03-11T13:52Z"],
        "date" => &["2026-03-11"],
        "IANA zone name, or UTC" => &["UTC", "Europe/Berlin"],
        "BCP 47 tag" => &["en"],
        _ => &[],
    }
}

/// A setting as it is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Where it stands, with dots: `site.title`, `nav.1.url`.
    pub key: String,
    /// Its value in TOML, as it is written.
    pub value: String,
    /// The line of `site.toml`, from 1 on; nothing where nobody wrote it.
    pub line: Option<u32>,
}

/// The settings that a text of `site.toml` writes, in its order, and after them the defaults of those it does not. What is wrong with them is for
/// `config::parse` to say.
#[must_use]
pub fn in_force(text: &str) -> Vec<Setting> {
    let (document, _) = DeTable::parse_recoverable(text);
    let mut written = Vec::new();
    flatten("", document.get_ref(), &mut written);
    written.sort_by_key(|(_, span)| span.start);
    let lines = LineIndex::new(text);
    let written: Vec<Setting> = written
        .into_iter()
        .map(|(key, span)| {
            let line = lines.position(text, u32::try_from(span.start).unwrap_or(u32::MAX)).line;
            Setting { key, value: text.get(span).unwrap_or_default().to_owned(), line: Some(line) }
        })
        .collect();
    let schema: Value = serde_json::from_str(SITE).unwrap_or_default();
    let tables = schema.pointer("/properties").and_then(Value::as_object).into_iter().flatten();
    let defaults = tables.flat_map(|(table, of)| {
        let settings = of.pointer("/properties").and_then(Value::as_object).into_iter().flatten();
        settings.filter_map(move |(key, of)| Some((format!("{table}.{key}"), of.get("default")?.to_string())))
    });
    let defaults = defaults.filter(|(key, _)| !written.iter().any(|setting| setting.key == *key));
    let defaults: Vec<Setting> = defaults.map(|(key, value)| Setting { key, value, line: None }).collect();
    written.into_iter().chain(defaults).collect()
}

/// The values of a table and of all below it, each with its key and its place.
fn flatten(above: &str, table: &DeTable<'_>, found: &mut Vec<(String, Range<usize>)>) {
    for (key, value) in table {
        let key = key.get_ref();
        let is_bare = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let key = if is_bare { key.to_string() } else { format!("\"{}\"", key.escape_default()) };
        let key = if above.is_empty() { key } else { format!("{above}.{key}") };
        match value.get_ref() {
            DeValue::Table(below) => flatten(&key, below, found),
            DeValue::Array(items) if items.iter().any(|item| matches!(item.get_ref(), DeValue::Table(_))) => {
                for (n, item) in (1..).zip(items.iter()) {
                    if let DeValue::Table(below) = item.get_ref() {
                        flatten(&format!("{key}.{n}"), below, found);
                    }
                }
            }
            _ => found.push((key, value.span())),
        }
    }
}
