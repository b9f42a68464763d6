//! `orphaned-attachment`

use std::collections::BTreeSet;

use crate::check::baseline::BASELINE_PATH;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run};
use crate::diagnostic::{Diagnostic, SourcePath, Span};
use crate::frontmatter::{Mapping, Node, Value};
use crate::knowledge::Target;
use crate::source::is_below;

declare_rule! {
    /// A file beside the documents that no document links to.
    ///
    /// ## Why
    ///
    /// Only files that a document links to are published. A graph or a log that nobody links to was forgotten when the text was written, or
    /// left behind when it changed; and what is left behind in a folder of incidents is often what nobody meant to keep.
    ///
    /// ## Example
    ///
    /// `content/postmortems/error-rate.png`, and in no document:
    ///
    /// ```markdown
    /// ![Errors rise from 0 to 32% at 10:02](error-rate.png)
    /// ```
    ///
    /// ## Instead
    ///
    /// Link to the file where it is spoken of, or remove it. Files that are there for other tools can be left out:
    ///
    /// ```toml
    /// [content]
    /// exclude = ["scripts/**"]
    /// ```
    static ORPHANED_ATTACHMENT = { name: "orphaned-attachment", group: Links, level: Hint, run: Run::Corpus(find) }
}

/// Files that hosts and repositories look for by their names, in lower case, without ending and leading `_`.
const KNOWN_NAMES: &[&str] = &[
    "apple-touch-icon",
    "authors",
    "changelog",
    "cname",
    "codeowners",
    "dockerfile",
    "favicon",
    "gemfile",
    "headers",
    "humans",
    "licence",
    "license",
    "makefile",
    "package",
    "package-lock",
    "readme",
    "redirects",
    "robots",
    "security",
];

/// Endings of files that programs read and no reader is meant to.
const KNOWN_ENDINGS: &[&str] = &["lock", "toml", "yaml", "yml"];

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let root = context.config.content.folder();
    let files = context.sources.attachments().map(|file| &file.path);
    let candidates = files.filter(|path| is_below(path.as_str(), root) && !is_known(path));
    let mut candidates = candidates.peekable();
    if candidates.peek().is_none() {
        return Vec::new();
    }
    let used = used(context);
    let is_used = |path: &SourcePath| {
        used.linked.contains(path.as_str()) || used.named.contains(path.file_name()) || used.evidence.contains(path.as_str())
    };
    let orphans = candidates.filter(|path| !is_used(path));
    orphans.map(report).collect()
}

fn report(path: &SourcePath) -> Diagnostic {
    let message = format!("no document links to `{}`, and it is not published", path.file_name());
    ORPHANED_ATTACHMENT.finding(path, Span::default(), message).help("link to it where it is spoken of, or remove it")
}

fn is_known(path: &SourcePath) -> bool {
    let name = path.file_name().to_lowercase();
    let (stem, ending) = name.split_once('.').unwrap_or((&name, ""));
    path.as_str() == BASELINE_PATH || KNOWN_NAMES.contains(&stem.trim_start_matches('_')) || KNOWN_ENDINGS.contains(&ending)
}

/// The files that documents speak of.
struct Used<'a> {
    /// By path, in links.
    linked: BTreeSet<&'a str>,
    /// By name, in metadata (`image: cover.png`, `path: logs/proxy.txt`).
    named: BTreeSet<&'a str>,
    /// By path, in `evidence`.
    evidence: BTreeSet<String>,
}

fn used<'a>(context: &Context<'a>) -> Used<'a> {
    let targets = context.knowledge.references.iter().flat_map(|(_, targets)| targets);
    let linked = targets.filter_map(|target| if let Target::Attachment(path) = target { Some(path.as_str()) } else { None }).collect();
    let mut named = BTreeSet::new();
    for (_, document) in context.corpus.documents() {
        names_in(&document.head().metadata, &mut named);
    }
    let postmortems = context.corpus.postmortems.iter();
    let evidence = postmortems.flat_map(|postmortem| postmortem.evidence.iter().filter_map(|entry| entry.file(&postmortem.head.path)));
    Used { linked, named, evidence: evidence.collect() }
}

fn names_in<'a>(metadata: &'a Mapping, names: &mut BTreeSet<&'a str>) {
    metadata.entries.iter().for_each(|entry| names_of(&entry.value, names));
}

/// The last part of every value that may be a path.
fn names_of<'a>(node: &'a Node, names: &mut BTreeSet<&'a str>) {
    match &node.value {
        Value::Scalar(scalar) => {
            let name = scalar.text.trim().rsplit('/').next().unwrap_or_default();
            if name.contains('.') && !name.contains(char::is_whitespace) {
                names.insert(name);
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| names_of(item, names)),
        Value::Mapping(mapping) => names_in(mapping, names),
    }
}
