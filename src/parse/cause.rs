//! Structured metadata: causes, detection, impact, related incidents.

use super::INVALID_VALUE;
use super::field::{Fields, choose, chosen, not_among, one_of};
use super::finding::Findings;
use super::vocabulary::is_nothing;
use crate::config::Causes;
use crate::diagnostic::{Spanned, did_you_mean};
use crate::frontmatter::{Mapping, Node};
use crate::model::{Cause, CauseLayer, CauseOrigin, DetectedBy, Detection, Related, RelatedWhy};

/// The causes of a field: words, or mappings of `cause`, `layer`, `origin` and `note`. Words that the site passes over are none.
pub(super) fn causes(fields: &Fields<'_>, field: &str, taxonomy: &Causes, findings: &mut Findings<'_>) -> Vec<Cause> {
    fields
        .items(field)
        .filter_map(|item| cause(item, field, taxonomy, findings))
        .filter(|cause| !taxonomy.is_ignored(&cause.path))
        .collect()
}

fn cause(item: &Node, field: &str, taxonomy: &Causes, findings: &mut Findings<'_>) -> Option<Cause> {
    let Some(mapping) = item.mapping() else {
        let word = plain(item, field, findings)?;
        return Some(known(word, taxonomy));
    };
    check_keys(mapping, field, &["cause", "layer", "origin", "note"], findings);
    let Some(word) = value(mapping, "cause").and_then(|node| plain(node, "cause", findings)) else {
        let finding = findings.error(INVALID_VALUE, item.span, format!("this entry of `{field}` names no `cause`"));
        findings.push(finding.help("write `cause: branch/leaf`, or the word alone in place of the mapping"));
        return None;
    };
    let mut cause = known(word, taxonomy);
    cause.layer = answer(mapping, "layer", "layer", CauseLayer::ALL, CauseLayer::word, findings).map(|layer| layer.value);
    cause.origin = answer(mapping, "origin", "origin", CauseOrigin::ALL, CauseOrigin::word, findings).map(|origin| origin.value);
    cause.note = words(mapping, "note");
    Some(cause)
}

fn known(word: Spanned<String>, taxonomy: &Causes) -> Cause {
    let path = taxonomy.resolve(&word.value);
    let known = path.is_some();
    Cause { path: word.map(|word| path.unwrap_or(word)), known, layer: None, origin: None, note: String::new() }
}

/// How the incident was found: a mapping of `by`, `how` and `gap`, the word of `by` alone, or a sentence.
pub(super) fn detection(fields: &Fields<'_>, findings: &mut Findings<'_>) -> Option<Detection> {
    let node = fields.get("detection")?;
    let mut detection = Detection { span: node.span, ..Detection::default() };
    if let Some(mapping) = node.mapping() {
        check_keys(mapping, "detection", &["by", "how", "gap"], findings);
        detection.by = answer(mapping, "by", "detection.by", DetectedBy::ALL, DetectedBy::word, findings);
        detection.how = words(mapping, "how");
        detection.gap = words(mapping, "gap");
    } else {
        let text = plain(node, "detection", findings)?;
        match choose(&text.value, DetectedBy::ALL, DetectedBy::word) {
            Some(by) => detection.by = Some(Spanned::new(by, text.span)),
            None => detection.how = text.value,
        }
    }
    Some(detection)
}

/// The dimensions of impact: a mapping of dimension to words, or words alone, which are the dimension `summary`.
pub(super) fn impact(fields: &Fields<'_>, findings: &mut Findings<'_>) -> Vec<(Spanned<String>, Spanned<String>)> {
    let Some(node) = fields.get("impact") else { return Vec::new() };
    let Some(mapping) = node.mapping() else {
        let summary = Spanned::new("summary".to_owned(), node.span);
        return plain(node, "impact", findings).map(|words| (summary, words)).into_iter().collect();
    };
    let mut dimensions = Vec::new();
    for entry in mapping.entries.iter().filter(|entry| !entry.value.is_empty()) {
        let dimension = Spanned::new(entry.key.value.trim().to_owned(), entry.key.span);
        let words: Vec<_> = entry.value.items().iter().filter_map(Node::text).collect();
        if words.is_empty() {
            findings.push(findings.error(INVALID_VALUE, entry.value.span, format!("`impact.{}` is no text", dimension.value)));
        } else {
            dimensions.push((dimension, Spanned::new(words.join("; "), entry.value.span)));
        }
    }
    dimensions
}

/// The other incidents a document names: ids, or mappings of `id` and `why`.
pub(super) fn related(fields: &Fields<'_>, findings: &mut Findings<'_>) -> Vec<Related> {
    let mut related = Vec::new();
    for item in fields.items("related") {
        let Some(mapping) = item.mapping() else {
            related.extend(plain(item, "related", findings).map(|id| Related { id, why: None }));
            continue;
        };
        check_keys(mapping, "related", &["id", "why"], findings);
        let Some(id) = value(mapping, "id").and_then(|node| plain(node, "id", findings)) else {
            let finding = findings.error(INVALID_VALUE, item.span, "this entry of `related` names no `id`");
            findings.push(finding.help("write `{id: …, why: …}`, or the id alone"));
            continue;
        };
        let why = answer(mapping, "why", "related.why", RelatedWhy::ALL, RelatedWhy::word, findings).map(|why| why.value);
        related.push(Related { id, why });
    }
    related
}

/// Who found it, from `{by: …}` behind an event.
pub(super) fn detected_by(word: &Spanned<String>, findings: &mut Findings<'_>) -> Option<Spanned<DetectedBy>> {
    let by = choose(&word.value, DetectedBy::ALL, DetectedBy::word);
    if by.is_none() {
        let names: Vec<_> = DetectedBy::ALL.iter().map(|by| by.word()).collect();
        findings.push(not_among(word, "by", &names, findings));
    }
    by.map(|by| Spanned::new(by, word.span))
}

/// The value a key names among `choices`; "unknown" and its like are answers that name none.
pub(super) fn answer<T: Copy>(
    mapping: &Mapping,
    key: &str,
    field: &str,
    choices: &[T],
    name: fn(T) -> &'static str,
    findings: &mut Findings<'_>,
) -> Option<Spanned<T>> {
    let node = value(mapping, key).filter(|node| !node.text().is_some_and(is_nothing))?;
    chosen(node, field, choices, name, findings)
}

pub(super) fn value<'a>(mapping: &'a Mapping, key: &str) -> Option<&'a Node> {
    mapping.get(key).map(|entry| &entry.value).filter(|node| !node.is_empty())
}

/// The text of a key, empty where there is none.
pub(super) fn words(mapping: &Mapping, key: &str) -> String {
    value(mapping, key).and_then(Node::text).unwrap_or_default().to_owned()
}

pub(super) fn plain(node: &Node, field: &str, findings: &mut Findings<'_>) -> Option<Spanned<String>> {
    if node.is_empty() {
        return None;
    }
    let text = node.text();
    if text.is_none() {
        findings.push(findings.error(INVALID_VALUE, node.span, format!("`{field}` is a list or mapping where a text is expected")));
    }
    text.map(|text| Spanned::new(text.to_owned(), node.span))
}

pub(super) fn check_keys(mapping: &Mapping, field: &str, keys: &[&str], findings: &mut Findings<'_>) {
    for entry in mapping.entries.iter().filter(|entry| !keys.contains(&&*entry.key.value)) {
        let message = format!("`{}` is no key of `{field}`", entry.key.value);
        let help = match did_you_mean(&entry.key.value, keys.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? The keys are {}", one_of(keys).replace("` or `", "` and `")),
            None => format!("the keys are {}", one_of(keys).replace("` or `", "` and `")),
        };
        findings.push(findings.error(INVALID_VALUE, entry.key.span, message).help(help));
    }
}
