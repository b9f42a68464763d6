//! What the metadata decides about the document itself: slug, language, zone, status, visibility.

use jiff::tz::TimeZone;

use super::field::{Fields, choose, chosen};
use super::finding::Findings;
use super::moment::zone;
use super::{INVALID_VALUE, field, name};
use crate::diagnostic::{SourcePath, Span, Spanned, did_you_mean};
use crate::frontmatter::{FrontMatter, Node, ScalarKind, Value};
use crate::model::{Status, Visibility, portable};

/// The last part of the document's address; never empty.
pub(super) fn slug(fields: &Fields<'_>, path: &SourcePath, findings: &mut Findings<'_>) -> Spanned<String> {
    let from_name = || Some(portable(name::stem(path))).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "document".to_owned());
    let Some(written) = fields.text("slug", findings) else { return Spanned::new(from_name(), Span::default()) };
    let slug = portable(&written.value);
    if slug == written.value {
        return written;
    }
    let finding = findings.error(INVALID_VALUE, written.span, format!("`{}` cannot stand in an address as it is", written.value));
    let slug = if slug.is_empty() { from_name() } else { slug };
    findings.push(finding.help(format!("a slug is made of a–z, 0–9 and single hyphens; `{slug}` is used")));
    Spanned::new(slug, written.span)
}

/// The language of the document, as a BCP 47 tag.
pub(super) fn language(fields: &Fields<'_>, findings: &mut Findings<'_>) -> Option<String> {
    let written = fields.text("lang", findings)?;
    let mut parts = written.value.split('-');
    let alphanumeric = |part: &str, length: std::ops::RangeInclusive<usize>| {
        length.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let primary = parts.next().is_some_and(|part| alphanumeric(part, 2..=3) && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    if primary && parts.all(|part| alphanumeric(part, 1..=8)) {
        return Some(written.value);
    }
    let finding = findings.error(INVALID_VALUE, written.span, format!("`{}` is no language tag", written.value));
    findings.push(finding.help("write a BCP 47 tag such as `en`, `da` or `pt-BR`"));
    None
}

/// The zone of times written without one.
pub(super) fn zone(fields: &Fields<'_>, findings: &mut Findings<'_>) -> Option<TimeZone> {
    let written = fields.text("timezone", findings)?;
    let zone = zone::named(&written.value);
    if zone.is_none() {
        let finding = findings.error(INVALID_VALUE, written.span, format!("there is no time zone `{}`", written.value));
        findings.push(finding.help(match zone::similar(&written.value) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write `UTC`, an offset (`+02:00`) or an IANA name (`Europe/Copenhagen`)".to_owned(),
        }));
    }
    zone
}

/// Where the document stands. What is meant for a draft and cannot be read is one: it is better missed than published.
pub(super) fn status(fields: &Fields<'_>, front: &FrontMatter, text: &str, findings: &mut Findings<'_>) -> Status {
    let stated = fields.get("status").and_then(|node| chosen(node, "status", &Status::ALL, Status::word, findings));
    let draft = match fields.get("draft") {
        None => mentions(front, text, "draft"),
        Some(node) => {
            let word = node.text().unwrap_or_default().to_lowercase();
            match (&node.value, word.as_str()) {
                (Value::Scalar(scalar), _) if matches!(scalar.kind, ScalarKind::Bool(_)) => scalar.kind == ScalarKind::Bool(true),
                (_, "true" | "yes" | "on") => true,
                (_, "false" | "no" | "off") => false,
                _ => {
                    let word = Spanned::new(node.text().unwrap_or("a list or mapping").to_owned(), node.span);
                    findings.push(field::not_among(&word, "draft", &["true", "false"], findings));
                    true
                }
            }
        }
    };
    if draft { Status::Draft } else { stated.map_or_else(Status::default, |status| status.value) }
}

/// Who may see the document. Nothing that was meant for `visibility` and cannot be read is ever public, nor is what may have been meant for
/// a draft.
pub(super) fn visibility(fields: &Fields<'_>, front: &FrontMatter, text: &str, findings: &mut Findings<'_>) -> Visibility {
    match stated_visibility(fields, front, text, findings) {
        Visibility::Public if is_status_doubtful(fields) => Visibility::Unreadable,
        visibility => visibility,
    }
}

/// Whether something that says where the document stands is not understood, a misspelt `draft` perhaps.
fn is_status_doubtful(fields: &Fields<'_>) -> bool {
    let unknown = |node: &Node| !node.is_empty() && node.text().and_then(|word| choose(word, &Status::ALL, Status::word)).is_none();
    fields.get("status").is_some_and(unknown) || fields.extra.iter().any(|entry| did_you_mean(&entry.key.value, ["draft"]).is_some())
}

fn stated_visibility(fields: &Fields<'_>, front: &FrontMatter, text: &str, findings: &mut Findings<'_>) -> Visibility {
    let doubled =
        front.problems.iter().any(|problem| problem.span.slice(text).trim_matches(['"', '\'']).eq_ignore_ascii_case("visibility"));
    if let Some(entry) = fields.entry("visibility") {
        if entry.value.is_empty() {
            let finding = findings.error(INVALID_VALUE, entry.key.span, "`visibility` is written and says nothing");
            findings.push(finding.help("write `visibility: internal` or `visibility: public`, or leave it out"));
            return Visibility::Unreadable;
        }
        if let Some(other) = fields.outdone.iter().find(|other| other.key.value.trim().eq_ignore_ascii_case("visibility")) {
            let finding = findings.error(INVALID_VALUE, other.key.span, "`visibility` is written twice");
            findings.push(finding.help("keep one of the two; until then the document is not shown in public"));
            return Visibility::Unreadable;
        }
        let named = visibility_named(&entry.value, "visibility", findings);
        return if doubled { Visibility::Unreadable } else { named };
    }
    let misspelt = fields.extra.iter().find(|entry| did_you_mean(&entry.key.value, ["visibility"]).is_some());
    if let Some(entry) = misspelt {
        let finding = findings.error(INVALID_VALUE, entry.key.span, format!("`{}` is nearly `visibility`", entry.key.value));
        findings.push(finding.help("correct the word; until then the document is not shown in public"));
        return Visibility::Unreadable;
    }
    if doubled || mentions(front, text, "visibility") { Visibility::Unreadable } else { Visibility::Unstated }
}

/// The visibility that the value of a field names. One that names none is a finding, and not for the public.
pub(super) fn visibility_named(node: &Node, field: &str, findings: &mut Findings<'_>) -> Visibility {
    const CHOICES: [Visibility; 2] = [Visibility::Internal, Visibility::Public];
    let named = chosen(node, field, &CHOICES, |visibility| visibility.word().unwrap_or_default(), findings);
    named.map_or(Visibility::Unreadable, |visibility| visibility.value)
}

/// Whether metadata that could not be read may have held a field.
fn mentions(front: &FrontMatter, text: &str, field: &str) -> bool {
    if front.problems.is_empty() {
        return false;
    }
    let place = if front.format.is_some() { front.block } else { front.body };
    let begins = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '{', '"', '\'']);
        let rest = line.get(field.len()..).unwrap_or_default().trim_start_matches(['"', '\'', ' ', '\t']);
        line.get(..field.len()).is_some_and(|head| head.eq_ignore_ascii_case(field)) && rest.starts_with([':', '='])
    };
    place.slice(text).lines().any(begins)
}
