//! `aliased-field`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Edit, Span};
use crate::frontmatter::Entry;
use crate::model::Head;

declare_rule! {
    /// A field of the metadata under another name than its own.
    ///
    /// ## Why
    ///
    /// `start_time`, `impact_start` and `startedAt` are all read as `started_at`, so nothing is lost here. But who searches the files, or reads
    /// them with another program, has to know every name; with one name for one field, nobody has to. Only documents whose kind has a profile
    /// are held to it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// start_time: 2024-03-17T14:05Z
    /// Severity: sev2
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// started_at: 2024-03-17T14:05Z
    /// severity: sev2
    /// ```
    ///
    /// A plain `date` is left alone: it may be the day of the incident or the day of writing.
    ///
    /// ## Options
    ///
    /// A house that has its own name for a field says so, and is not spoken to:
    ///
    /// ```toml
    /// [fields]
    /// start_time = "started_at"
    /// ```
    static ALIASED_FIELD = { name: "aliased-field", group: Metadata, level: Hint, run: Run::Document(find) }
}

/// Names that may stand for something else.
const UNCERTAIN: &[&str] = &["date", "datetime"];

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem().filter(|postmortem| context.profile(postmortem).is_some()) else { return Vec::new() };
    let head = &postmortem.head;
    head.metadata.entries.iter().filter_map(|entry| of_entry(context, head, entry)).collect()
}

fn of_entry(context: &Context<'_>, head: &Head, entry: &Entry) -> Option<Diagnostic> {
    let key = &*entry.key.value;
    let field = context.config.fields.canonical(key)?;
    let is_fine = key == field || context.config.fields.is_chosen(key) || UNCERTAIN.contains(&key.to_lowercase().as_str());
    if is_fine || context.entries(head, field).nth(1).is_some() {
        return None;
    }
    let finding = ALIASED_FIELD.finding(&head.path, entry.key.span, format!("`{key}` is another name for the field `{field}`"));
    let finding = finding.help(format!("write `{field}`, or name `{key}` in site.toml: [fields]"));
    Some(match bare_key(context.text(&head.path), entry) {
        Some(span) => finding.fix(format!("rename the field to `{field}`"), vec![Edit { span, replacement: field.to_owned() }]),
        None => finding,
    })
}

/// Where the key is written, without quotes, if its value follows at once. The key of a TOML table may be written more than once.
fn bare_key(source: &str, entry: &Entry) -> Option<Span> {
    let span = entry.key.span;
    let key = &*entry.key.value;
    let written = span.slice(source);
    let at = written.find(key).filter(|_| written.trim_matches(['"', '\'']) == key)?;
    let rest = source.get(span.range().end..)?.trim_start_matches(['"', '\'', ' ', '\t']);
    let start = span.range().start + at;
    rest.starts_with([':', '=']).then(|| Span::new(start, start + key.len()))
}
