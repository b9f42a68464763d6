//! The engine's errors as findings: the innermost place first, the includes that led there beside it, and the names that would have done.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as _;

use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Value};

use super::TEMPLATE_ERROR;
use crate::diagnostic::{Diagnostic, SourcePath, Span, did_you_mean};

/// The finding for `error`, which came up while `template` was read or printed with `context`. `sources` says where templates are written.
pub(super) fn diagnose(error: &Error, sources: &BTreeMap<String, SourcePath>, template: &str, context: &Value) -> Diagnostic {
    let chain = chain(error);
    let cause = chain.last().copied().unwrap_or(error);
    let (path, span) = place(cause, sources, template);
    let mut finding = Diagnostic::new(TEMPLATE_ERROR, &path, span, message(cause));
    for outer in chain.iter().rev().skip(1) {
        let (path, span) = place(outer, sources, template);
        finding = finding.also(&path, span, "included here");
    }
    match help(cause, sources, context) {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// An error and the errors it wraps, outermost first: an include that failed wraps what failed in it.
fn chain(error: &Error) -> Vec<&Error> {
    std::iter::successors(Some(error), |&error| error.source().and_then(|source| source.downcast_ref())).collect()
}

fn place(error: &Error, sources: &BTreeMap<String, SourcePath>, template: &str) -> (SourcePath, Span) {
    let name = error.name().unwrap_or(template);
    let path = sources.get(name).cloned().unwrap_or_else(|| SourcePath::from(format!("themes/{}/templates/{name}", super::DEFAULT)));
    (path, error.range().map_or(Span::at(0), |range| Span::new(range.start, range.end)))
}

fn message(error: &Error) -> String {
    match (error.kind(), error.detail()) {
        (ErrorKind::OutOfFuel, _) => "the template takes too many steps; a loop in it does not end".to_owned(),
        (ErrorKind::UndefinedError | ErrorKind::TemplateNotFound | ErrorKind::InvalidOperation, Some(detail)) => detail.to_owned(),
        (kind, Some(detail)) => format!("{kind}: {detail}"),
        (kind, None) => kind.to_string(),
    }
}

fn help(error: &Error, sources: &BTreeMap<String, SourcePath>, context: &Value) -> Option<String> {
    match error.kind() {
        ErrorKind::UndefinedError => names_instead(undefined(error)?, context),
        ErrorKind::TemplateNotFound => {
            let wanted = error.detail()?.split(['"', '\'']).nth(1)?;
            Some(format!("did you mean `{}`?", did_you_mean(wanted, sources.keys().map(String::as_str))?))
        }
        _ => None,
    }
}

/// The expression the engine says is undefined: `card.titel`.
fn undefined(error: &Error) -> Option<&str> {
    error.detail()?.split_once('`')?.1.split_once("` is undefined").map(|(expression, _)| expression)
}

/// What could have been meant by `expression`: the fields of the value it looks into, where that value hangs from the top of the page's
/// data; the nearest field name anywhere, where it is the variable of a loop.
fn names_instead(expression: &str, context: &Value) -> Option<String> {
    let (parents, wanted) = expression.rsplit_once('.').unwrap_or(("", expression));
    let mut parent = Some(context.clone());
    for part in parents.split('.').filter(|part| !part.is_empty()) {
        parent = parent.and_then(|value| value.get_attr(part).ok()).filter(|value| !value.is_undefined());
    }
    let known = parent.as_ref().map(keys).unwrap_or_default();
    if known.is_empty() {
        let mut everywhere = BTreeSet::new();
        names_below(context, &mut everywhere);
        return did_you_mean(wanted, everywhere.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
    }
    let near = did_you_mean(wanted, known.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`? "));
    let there = if parents.is_empty() { "a page of this kind has".to_owned() } else { format!("`{parents}` has") };
    Some(format!("{}{there}: {}", near.unwrap_or_default(), known.into_iter().collect::<Vec<_>>().join(", ")))
}

fn keys(value: &Value) -> BTreeSet<String> {
    if value.kind() != ValueKind::Map {
        return BTreeSet::new();
    }
    value.try_iter().into_iter().flatten().map(|key| key.to_string()).collect()
}

/// The field names in `value` and below it. The first item of a list stands for all of it: items of a list are alike.
fn names_below(value: &Value, names: &mut BTreeSet<String>) {
    match value.kind() {
        ValueKind::Map => {
            for key in keys(value) {
                if let Ok(below) = value.get_attr(&key) {
                    names_below(&below, names);
                }
                names.insert(key);
            }
        }
        ValueKind::Seq => {
            if let Ok(first) = value.get_item_by_index(0) {
                names_below(&first, names);
            }
        }
        _ => {}
    }
}
