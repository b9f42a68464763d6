//! `incomplete-evidence`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::frontmatter::{Mapping, Node};
use crate::parse::is_nothing;

declare_rule! {
    /// A piece of evidence that does not say which file or address it is, its SHA-256, who collected it, or when.
    ///
    /// ## Why
    ///
    /// Evidence may be asked for years later, by a court, an insurer or whoever was harmed. What it proves then depends on whether it can be shown
    /// to be what was collected: by the hash that was taken at the time, and by somebody who can say how it was.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// evidence:
    ///   - path: logs/proxy.txt
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// evidence:
    ///   - path: logs/proxy.txt
    ///     sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    ///     collected_by: security
    ///     collected_at: 2024-03-17T15:20Z
    /// ```
    ///
    /// `sha256sum logs/proxy.txt` says the hash. `n/a: reason` is an answer. Of a file in the project `afterword verify` asks for the hash all the
    /// same, for without it there is nothing to compare the file with.
    static INCOMPLETE_EVIDENCE = { name: "incomplete-evidence", group: Metadata, level: Warning, in_draft: Hint, run: Run::Document(find) }
}

/// What an entry must say: one of some keys, and how it is asked for.
const ASKED: [(&[&str], &str); 4] = [
    (&["path", "url"], "which file or address it is"),
    (&["sha256"], "its SHA-256"),
    (&["collected_by"], "who collected it"),
    (&["collected_at"], "when it was collected"),
];

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let values = context.entries(&postmortem.head, "evidence").map(|entry| &entry.value);
    let items = values.flat_map(Node::items_or_mapping);
    let entries = items.filter(|item| !item.is_empty() && (item.mapping().is_some() || says(item)));
    entries.filter_map(|item| lack(subject, item)).collect()
}

fn lack(subject: &Subject<'_>, item: &Node) -> Option<Diagnostic> {
    let has = |mapping: &Mapping, keys: &[&str]| keys.iter().any(|key| mapping.get(key).is_some_and(|entry| says(&entry.value)));
    let is_address = item.text().is_some_and(|text| text.contains("://"));
    let lacks = |keys: &[&str]| !item.mapping().map_or(is_address && keys.contains(&"url"), |mapping| has(mapping, keys));
    let lacking: Vec<&str> = ASKED.iter().filter(|(keys, _)| lacks(keys)).map(|(_, asked)| *asked).collect();
    let (last, others) = lacking.split_last()?;
    let what = if others.is_empty() { (*last).to_owned() } else { format!("{} and {last}", others.join(", ")) };
    let finding = INCOMPLETE_EVIDENCE.finding(&subject.head().path, item.span, format!("this evidence does not say {what}"));
    Some(finding.help("`sha256sum FILE` says the hash; `n/a: reason` is an answer"))
}

/// Whether a value says anything: `unknown` alone does not, `n/a: handed over on paper` does.
fn says(value: &Node) -> bool {
    !value.is_empty() && value.text().is_none_or(|text| !is_nothing(text) || text.contains(':'))
}
