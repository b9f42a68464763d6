//! Metadata of others brought onto our fields: names by the aliases that every document may use, values by the vocabulary of the site.

use super::Outcome;
use super::draft::{Draft, Guess, day_of};
use super::yaml::Yaml;
use crate::config::Config;
use crate::diagnostic::did_you_mean;
use crate::frontmatter::Mapping;
use crate::model::{Stage, Status, portable};
use crate::parse;

/// Fields of several values: what stands under several keys is put together.
const LISTS: [&str; 5] = ["services", "tags", "authors", "aliases", "root_causes"];

/// Fields of one moment, beside those that end in `_at`.
const MOMENTS: [&str; 3] = ["publish_after", "next_update", "review_on"];

/// Fields of one word or text.
const TEXTS: [&str; 8] = ["title", "id", "summary", "source", "archive", "owner", "lang", "timezone"];

/// Why a day of writing may not be that of an incident.
pub(super) const WRITTEN: &str = "it is the day of writing; say when the impact began";

/// What a key of a source stands for there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    /// A field of ours.
    Field(&'static str),
    /// The day of writing, which may not be that of the incident.
    Written,
    /// An address at which the page was found.
    Address,
    /// Whether it was published, the other way round than `draft`.
    Published,
    /// A field of ours that is a list, whose words may stand in one text with blanks between them.
    Words(&'static str),
    /// A mapping whose entries count as though they stood outside of it.
    Within,
    /// Something of the other tool alone.
    Theirs,
}

/// Takes over the metadata of a source. `means` is what the preset says of a key; of others the aliases of our fields decide.
pub(super) fn take(draft: &mut Draft, metadata: &Mapping, config: &Config, means: &dyn Fn(&str) -> Option<Means>) {
    for entry in &metadata.entries {
        let key = &*entry.key.value;
        match means(&folded(key)) {
            Some(Means::Within) if entry.value.mapping().is_some() => {
                for entry in entry.value.mapping().into_iter().flat_map(|inner| &inner.entries) {
                    one(draft, &entry.key.value, Yaml::of_node(&entry.value), config, None);
                }
            }
            means => one(draft, key, Yaml::of_node(&entry.value), config, means),
        }
    }
}

/// A key without what does not matter in it.
pub(super) fn folded(key: &str) -> String {
    key.trim().to_lowercase().replace(['-', ' '], "_")
}

fn one(draft: &mut Draft, key: &str, value: Yaml, config: &Config, means: Option<Means>) {
    let is_field = config.fields.canonical(key).is_some();
    if folded(key) == "visibility" || (!is_field && did_you_mean(&folded(key), ["visibility"]).is_some()) {
        // A list or an empty value is no word of ours either.
        visibility(draft, key, if is_field { value.word().unwrap_or_default() } else { "" });
        if !is_field {
            draft.keep(key, value, "it is nearly `visibility`");
        }
        return;
    }
    if value.is_empty() {
        return;
    }
    if !is_field && did_you_mean(&folded(key), ["draft"]).is_some() {
        be_draft(draft, key, Outcome::Guessed, "it is nearly `draft`");
    }
    if config.taxonomies.iter().any(|taxonomy| folded(&taxonomy.field) == folded(key)) && !matches!(means, Some(Means::Field(_))) {
        draft.note(Outcome::Mapped, key, key, "");
        draft.set(key, value);
        return;
    }
    match means {
        Some(Means::Theirs | Means::Within) => draft.keep(key, value, "it means nothing here"),
        Some(Means::Field(field)) => put(draft, key, field, value, config),
        Some(Means::Words(field)) => match value.word() {
            Some(words) => put(draft, key, field, Yaml::texts(words.split_whitespace()), config),
            None => put(draft, key, field, value, config),
        },
        Some(Means::Written) => written(draft, key, value, config),
        Some(Means::Address) => match value.word() {
            Some(address) if !address.contains("://") => {
                put(draft, key, "aliases", Yaml::texts([format!("/{}", address.trim_start_matches('/'))]), config);
            }
            _ => draft.keep(key, value, "it is no address below this site"),
        },
        Some(Means::Published) => match value.word() {
            Some("true") => draft.note(Outcome::LeftOut, key, "", "published is what a document is that says nothing else"),
            _ => put(draft, key, "draft", Yaml::Plain("true".to_owned()), config),
        },
        None => match config.fields.canonical(key).map(str::to_owned) {
            Some(field) if field == "x" => match value {
                Yaml::Map(entries) => entries.into_iter().for_each(|(key, value)| draft.keep(&key, value, "")),
                other => draft.keep(key, other, ""),
            },
            Some(field) if field != "imported_from" => put(draft, key, &field, value, config),
            _ => draft.keep(key, value, "no field answers to it"),
        },
    }
}

/// The day of writing: when the report was published, and, if nothing better is found, about when the incident was.
fn written(draft: &mut Draft, key: &str, value: Yaml, config: &Config) {
    if let Some(day) = value.word().and_then(day_of) {
        draft.guesses.retain(|guess| guess.field != "started_at");
        draft.guesses.push(Guess { field: "started_at", moment: day, from: key.to_owned(), why: WRITTEN, is_told: true });
    }
    put(draft, key, "published_at", value, config);
}

/// Gives a field its value, said as the site says it.
pub(super) fn put(draft: &mut Draft, key: &str, field: &str, value: Yaml, config: &Config) {
    if value.is_empty() {
        return;
    }
    if LISTS.contains(&field) {
        return list(draft, key, field, value, config);
    }
    if draft.get(field).is_some() {
        return draft.keep(key, value, &format!("`{field}` is said by another key, too"));
    }
    let is_moment = field.ends_with("_at") || MOMENTS.contains(&field);
    let word = value.word().map(str::to_owned);
    match (field, word) {
        ("severity", Some(word)) => severity(draft, key, &word, config),
        ("draft", Some(word)) => draft_or_not(draft, key, &word),
        ("resolved", Some(word)) if matches!(word.as_str(), "true" | "false") => plain(draft, key, field, value),
        ("kind", Some(word)) if config.profiles.contains_key(&word) => plain(draft, key, field, value),
        ("status", Some(word)) if Status::ALL.iter().any(|status| status.word() == word) => plain(draft, key, field, value),
        ("stage", Some(word)) if Stage::ALL.iter().any(|stage| stage.word() == word) => plain(draft, key, field, value),
        ("slug", Some(word)) if portable(&word) == word => plain(draft, key, field, value),
        ("trigger", Some(word)) if config.causes.trigger(&word).is_some() => plain(draft, key, field, value),
        ("visibility", Some(word)) => visibility(draft, key, &word),
        ("resolved" | "kind" | "status" | "stage" | "slug" | "trigger" | "draft" | "severity" | "visibility", _) => {
            draft.keep(key, value, &format!("it is no value of `{field}` here"));
        }
        (_, Some(word)) if is_moment => match parse::moment(&word) {
            // No page shows thousandths.
            Some(_) => plain(draft, key, field, Yaml::text(word.replace(".000", ""))),
            None => draft.keep(key, value, &format!("it is no moment, which `{field}` is")),
        },
        (_, None) if is_moment || TEXTS.contains(&field) => draft.keep(key, value, &format!("`{field}` is one word or text")),
        _ => plain(draft, key, field, value),
    }
}

fn plain(draft: &mut Draft, key: &str, field: &str, value: Yaml) {
    draft.note(Outcome::Mapped, key, field, "");
    draft.set(field, value);
}

fn draft_or_not(draft: &mut Draft, key: &str, word: &str) {
    match word.to_lowercase().as_str() {
        "false" | "no" | "off" => draft.note(Outcome::LeftOut, key, "", "it is no draft, as is a document that says nothing of it"),
        "true" | "yes" | "on" => be_draft(draft, key, Outcome::Mapped, ""),
        _ => be_draft(draft, key, Outcome::Guessed, "what is meant for a draft and cannot be read is one"),
    }
}

/// Makes it a draft, unless it is one.
pub(super) fn be_draft(draft: &mut Draft, from: &str, outcome: Outcome, why: &str) {
    draft.note(outcome, from, "status", why);
    draft.fields.retain(|(name, _)| name != "status");
    draft.set("status", Yaml::text(Status::Draft.word()));
}

/// Who may see it. Nothing becomes public by an import, and whatever was meant to keep something in keeps it in, misspelt or empty.
fn visibility(draft: &mut Draft, key: &str, word: &str) {
    if word == "public" {
        draft.note(
            Outcome::Guessed,
            key,
            "x.visibility",
            "it was public there; write `visibility: public` once you know that it may be public here",
        );
        draft.extra.push((key.to_owned(), Yaml::text(word)));
        return;
    }
    let (outcome, why) = match word {
        "internal" => (Outcome::Mapped, ""),
        _ => (Outcome::Guessed, "what is meant for `visibility` and cannot be read is never public"),
    };
    draft.note(outcome, key, "visibility", why);
    if draft.get("visibility").is_none() {
        draft.set("visibility", Yaml::text("internal"));
    }
    if word != "internal" {
        draft.keep(key, Yaml::text(word), "");
    }
}

/// What others call a severity, each with how bad it is: 0 is the worst of a scale of five, 4 the least. By cState's archetype, the impacts of
/// Statuspage's API, the severities of GitLab's incidents, and what stands in status pages.
const SEVERITIES: [(&str, usize); 22] = [
    ("critical", 0),
    ("s1", 0),
    ("p1", 0),
    ("1", 0),
    ("high", 1),
    ("major", 1),
    ("major-outage", 1),
    ("down", 1),
    ("s2", 1),
    ("p2", 1),
    ("2", 1),
    ("medium", 2),
    ("minor", 2),
    ("partial-outage", 2),
    ("disrupted", 2),
    ("s3", 2),
    ("p3", 2),
    ("3", 2),
    ("low", 3),
    ("degraded-performance", 3),
    ("s4", 3),
    ("none", 4),
];

/// A severity on the scale of the site: by its id or name, else by how bad others mean it.
pub(super) fn severity(draft: &mut Draft, key: &str, word: &str, config: &Config) {
    let own = config.severities.iter().find(|term| [&term.id, &term.name].iter().any(|name| name.eq_ignore_ascii_case(word)));
    if let Some(term) = own {
        return plain(draft, key, "severity", Yaml::text(&term.id));
    }
    let meant = word.to_lowercase().replace([' ', '_'], "-");
    let meant = match meant.as_str() {
        "notice" | "maintenance" | "under-maintenance" | "informational" => "none",
        other => other.strip_prefix("sev").unwrap_or(other).trim_start_matches('-'),
    };
    let step = SEVERITIES.iter().find(|(name, _)| *name == meant).map(|(_, step)| step);
    let last = config.severities.len().saturating_sub(1);
    match step.and_then(|step| config.severities.get((step * last + 2) / 4)) {
        Some(term) => {
            let from = if key.ends_with(word) { key.to_owned() } else { format!("{key}: {word}") };
            draft.note(Outcome::Guessed, from, "severity", format!("`{}` is the nearest step of this site's scale", term.id));
            draft.set("severity", Yaml::text(&term.id));
        }
        None => draft.keep(key, Yaml::text(word), "it is no step of this site's scale"),
    }
}

fn list(draft: &mut Draft, key: &str, field: &str, value: Yaml, config: &Config) {
    let Some(words) = value.words() else {
        // Causes may be mappings; a list of them is as good as ours.
        if draft.get(field).is_none() && field == "root_causes" {
            plain(draft, key, field, value);
        } else {
            draft.keep(key, value, &format!("`{field}` is a list of words"));
        }
        return;
    };
    match field {
        "root_causes" => words.iter().for_each(|word| cause(draft, key, word, config)),
        "services" => words.iter().for_each(|word| add(draft, key, field, &service(word, config))),
        _ => words.iter().for_each(|word| add(draft, key, field, word)),
    }
}

/// A cause by the taxonomy; what is none is a word to find it by.
pub(super) fn cause(draft: &mut Draft, key: &str, word: &str, config: &Config) {
    match config.causes.resolve(word) {
        Some(path) => {
            draft.note(Outcome::Mapped, format!("{key}: {word}"), format!("root_causes: {path}"), "");
            add(draft, "", "root_causes", &path);
        }
        None if config.causes.is_ignored(word) => draft.keep(key, Yaml::text(word), "the site says that it is no cause"),
        None => {
            draft.note(Outcome::Mapped, format!("{key}: {word}"), "tags", "no cause of the taxonomy goes by this name");
            add(draft, "", "tags", word);
        }
    }
}

/// The id of a service of the site that goes by this id or name.
pub(super) fn service(word: &str, config: &Config) -> String {
    let own = config.services.iter().find(|(id, term)| id.eq_ignore_ascii_case(word) || term.name.eq_ignore_ascii_case(word));
    own.map_or_else(|| word.to_owned(), |(id, _)| id.clone())
}

/// Adds a word to a list, once.
pub(super) fn add(draft: &mut Draft, key: &str, field: &str, word: &str) {
    if !key.is_empty() {
        draft.note(Outcome::Mapped, key, field, "");
    }
    if draft.get(field).is_none() {
        draft.set(field, Yaml::List(Vec::new()));
    }
    let value = draft.fields.iter_mut().find(|(name, _)| name == field).map(|(_, value)| value);
    if let Some(Yaml::List(items)) = value
        && !items.iter().any(|item| item.word() == Some(word))
    {
        items.push(Yaml::text(word));
    }
}
