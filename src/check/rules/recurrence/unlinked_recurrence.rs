//! `unlinked-recurrence`

use crate::check::rule::declare_rule;
use crate::check::rules::causes::known_causes;
use crate::check::{Context, Run};
use crate::diagnostic::{Diagnostic, Edit, Span};
use crate::frontmatter::{self, Entry, Format, Node, Value};
use crate::knowledge::{Recurrence, Target};
use crate::model::{DocumentId, portable};

declare_rule! {
    /// The same cause struck the same service within two years, and neither postmortem names the other.
    ///
    /// ## Why
    ///
    /// A second incident with the cause of the first is the best evidence there is on the first one's actions: they are still open, they did
    /// not hold, or the risk was accepted. A reader who is not told will repeat them.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// id: INC-2024-031
    /// services: [checkout]
    /// root_causes: [change/config]     # as in INC-2023-007, which was on checkout, too
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// id: INC-2024-031
    /// services: [checkout]
    /// root_causes: [change/config]
    /// related:
    ///   - {id: INC-2023-007, why: recurrence-of}
    /// ```
    ///
    /// A link in the text, in either document, is enough. If the two have nothing to do with each other, name the earlier one with the reason
    /// `same-cause`.
    ///
    /// Only documents with a profile are looked at, and each is held against the one before it with the same leaf and service. How far back is
    /// for the site to say; drills are left out.
    ///
    /// ```toml
    /// [metrics]
    /// recurrence_months = 24
    /// ```
    static UNLINKED_RECURRENCE = {
        name: "unlinked-recurrence",
        group: Recurrence,
        level: Warning,
        in_draft: Hint,
        run: Run::Corpus(find),
    }
}

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let has_profile = |place: usize| context.corpus.postmortems.get(place).is_some_and(|p| context.profile(p).is_some());
    let recurrences = context.knowledge.recurrences.all().iter();
    let untold = recurrences.filter(|met| has_profile(met.later) && !is_linked(context, met.earlier, met.later));
    untold.filter_map(|recurrence| report(context, recurrence)).collect()
}

/// Whether either names the other, in its metadata or by a link.
fn is_linked(context: &Context<'_>, one: usize, other: usize) -> bool {
    let knowledge = context.knowledge;
    let is_stated = knowledge.stated.get(&one).is_some_and(|related| related.iter().any(|(place, _)| *place == other));
    let links = |from: usize, to: usize| {
        let targets = knowledge.references.of(DocumentId::Postmortem(from));
        targets.iter().any(|target| matches!(target, Target::Document { id, .. } if *id == DocumentId::Postmortem(to)))
    };
    is_stated || links(one, other) || links(other, one)
}

fn report(context: &Context<'_>, recurrence: &Recurrence) -> Option<Diagnostic> {
    let postmortem = |place: usize| context.corpus.postmortems.get(place);
    let (before, now) = (postmortem(recurrence.earlier)?, postmortem(recurrence.later)?);
    let (leaf, service) = *recurrence.shared.first()?;
    let term = |key: &str, place: usize| context.knowledge.taxonomy(key)?.terms.get(place);
    let (leaf, service) = (&term("causes", leaf)?.slug, &term("services", service)?.slug);
    let cause = known_causes(now).find(|cause| cause.path.value == *leaf)?;
    let service = now.services.iter().find(|written| portable(&written.value) == *service)?;
    let day = before.date.as_ref().and_then(crate::model::Moment::day)?;
    let message = format!("`{leaf}` struck `{}` before, on `{day}`: `{}` (`{}`)", service.value, before.id.value, before.head.path);
    let finding = UNLINKED_RECURRENCE.finding(&now.head.path, cause.path.span, message);
    let finding = finding.help("name it in `related`, and say what became of its actions");
    // The id must lead back to the earlier one, or the mend would mend nothing.
    let is_named = context.knowledge.references.named(&before.id.value) == Some(DocumentId::Postmortem(recurrence.earlier));
    let entry = context.entries(&now.head, "related").next();
    Some(match entry_of_related(context.text(&now.head.path), entry, &before.id.value).filter(|_| is_named) {
        Some(edits) => finding.fix(format!("name `{}` in `related`", before.id.value), edits),
        None => finding,
    })
}

/// The edits that put an incident among those that YAML metadata name as related; nothing where that takes more than an insertion.
fn entry_of_related(text: &str, entry: Option<&Entry>, id: &str) -> Option<Vec<Edit>> {
    let front = frontmatter::parse(text);
    if front.format != Some(Format::Yaml) || !front.problems.is_empty() {
        return None;
    }
    let line_end = if front.block.slice(text).contains("\r\n") { "\r\n" } else { "\n" };
    let item = format!("{{id: {}, why: recurrence-of}}", scalar(id)?);
    let insert = |at: usize, replacement: String| Edit { span: Span::at(at), replacement };
    let Some(Entry { value, key }) = entry else {
        // Where the keys do not begin their lines, or the block is ended by a mark of its own, there is no place for one more.
        let block = front.block.slice(text);
        let first = front.metadata.entries.first()?.key.span.range().start;
        let is_plain = first == 0 || text.get(..first)?.ends_with('\n');
        let is_open = !block.lines().any(|line| line.starts_with("..."));
        let before = if block.is_empty() || block.ends_with('\n') { "" } else { line_end };
        let after = if before.is_empty() { line_end } else { "" };
        let lines = format!("{before}related:{line_end}  - {item}{after}");
        return (is_plain && is_open).then(|| vec![insert(front.block.range().end, lines)]);
    };
    let written = value.span.slice(text);
    match &value.value {
        Value::Sequence(items) if written.starts_with('[') && written.ends_with(']') => {
            let inner = written.get(1..written.len() - 1)?.trim_end();
            let between = if items.is_empty() && !inner.contains('#') { "" } else { comma(inner)? };
            Some(vec![insert(value.span.range().end - 1, format!("{between}{item}"))])
        }
        Value::Sequence(items) => {
            let indent = indent_of(text, items.last()?)?;
            let last = items.last()?.span;
            let end = last.range().start + last.slice(text).trim_end().len();
            Some(vec![insert(end_of_line(text, end), format!("{line_end}{indent}- {item}"))])
        }
        Value::Scalar(scalar) if scalar.text.is_empty() => {
            let end = end_of_line(text, key.span.range().end);
            let is_bare = text.get(key.span.range().end..end)?.trim() == ":";
            is_bare.then(|| vec![insert(end, format!("{line_end}  - {item}"))])
        }
        Value::Scalar(_) if is_plain(written) => {
            Some(vec![insert(value.span.range().start, "[".into()), insert(value.span.range().end, format!(", {item}]"))])
        }
        Value::Scalar(_) | Value::Mapping(_) => None,
    }
}

/// What stands between the last item of a flow list and one more; nothing where a remark might swallow it.
fn comma(inner: &str) -> Option<&'static str> {
    match inner {
        inner if inner.contains('#') => None,
        inner if inner.ends_with(',') => Some(" "),
        _ => Some(", "),
    }
}

/// The blanks before the dash of an item of a block list.
fn indent_of<'t>(text: &'t str, item: &Node) -> Option<&'t str> {
    let head = text.get(..item.span.range().start)?;
    let line = head.get(head.rfind('\n').map_or(0, |at| at + 1)..)?;
    let indent = line.get(..line.len() - line.trim_start_matches(' ').len())?;
    (line.trim() == "-").then_some(indent)
}

/// Where the line ends that holds a place, without its line feed.
fn end_of_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    at + line.trim_end_matches('\r').len()
}

/// An id as a YAML scalar within a flow mapping, in quotes where it needs them.
fn scalar(id: &str) -> Option<String> {
    if is_plain(id) && id.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Some(id.to_owned());
    }
    (!id.contains(char::is_control)).then(|| format!("\"{}\"", id.replace('\\', "\\\\").replace('"', "\\\"")))
}

fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::diagnostic::SourcePath;
    use crate::model::AnyDocument;
    use crate::parse::{Role, document};

    /// The metadata with the earlier incident named, and whether it is then read as named.
    fn named(metadata: &str) -> Option<String> {
        let text = format!("---\n{metadata}---\n\nText.\n");
        let config = Config::default();
        let parsed = |text: &str| {
            let parsed = document(&SourcePath::from("a.md"), text, Role::Postmortem, &config);
            assert!(parsed.findings.is_empty(), "{text}: {:?}", parsed.findings);
            let AnyDocument::Postmortem(postmortem) = parsed.document else { panic!("a postmortem") };
            postmortem
        };
        let before = parsed(&text);
        let entry = before.head.fields(&config.fields, "related").next();
        let mut mended = text.clone();
        for edit in entry_of_related(&text, entry, "INC-1")?.iter().rev() {
            mended.replace_range(edit.span.range(), &edit.replacement);
        }
        let after = parsed(&mended);
        assert_eq!(after.related.len(), before.related.len() + 1, "{mended}");
        assert_eq!(after.related.last().unwrap().id.value, "INC-1", "{mended}");
        assert_eq!(after.related.last().unwrap().why, Some(crate::model::RelatedWhy::RecurrenceOf));
        Some(mended.trim_start_matches("---\n").trim_end_matches("---\n\nText.\n").to_owned())
    }

    const ITEM: &str = "{id: INC-1, why: recurrence-of}";

    #[test]
    fn the_earlier_one_is_named_however_the_list_is_written() {
        let check = |metadata: &str, expected: &str| {
            assert_eq!(named(metadata).as_deref(), Some(expected.replace("ITEM", ITEM).as_str()), "{metadata}");
        };
        check("title: T\n", "title: T\nrelated:\n  - ITEM\n");
        check("title: T\nrelated:\ntags: [a]\n", "title: T\nrelated:\n  - ITEM\ntags: [a]\n");
        check("related: []\n", "related: [ITEM]\n");
        check("related: [INC-0]\n", "related: [INC-0, ITEM]\n");
        check("related: [INC-0, ]\n", "related: [INC-0,  ITEM]\n");
        check("related: INC-0\n", "related: [INC-0, ITEM]\n");
        check("related:\n  - INC-0 # remark\ntags: [a]\n", "related:\n  - INC-0 # remark\n  - ITEM\ntags: [a]\n");
        check("related:\n- id: INC-0\n  why: same-cause\n\ntags: [a]\n", "related:\n- id: INC-0\n  why: same-cause\n- ITEM\n\ntags: [a]\n");
        check("related:\n  - {id: INC-0}\n", "related:\n  - {id: INC-0}\n  - ITEM\n");
        check("see_also: [INC-0]\n", "see_also: [INC-0, ITEM]\n");
    }

    #[test]
    fn what_takes_more_than_an_insertion_is_left_to_a_person() {
        for metadata in ["related: {id: INC-0}\n", "related: [INC-0 # remark\n  ]\n", "related: ~\n", "  title: T\n"] {
            assert_eq!(named(metadata), None, "{metadata}");
        }
    }

    #[test]
    fn an_id_is_quoted_where_it_must_be() {
        assert_eq!(scalar("INC-2024-1").as_deref(), Some("INC-2024-1"));
        assert_eq!(scalar("2024-1").as_deref(), Some("\"2024-1\""));
        assert_eq!(scalar("a: \"b\"").as_deref(), Some("\"a: \\\"b\\\"\""));
    }
}
