//! Names beside the documents: in what the public edition shows of `site.toml`, in the logo and the icon, and in the files that public documents
//! link to.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::BTreeSet;

use super::finding;
use crate::check::Context;
use crate::config::{CONFIG_PATH, Manner, Stated, stated};
use crate::diagnostic::{Diagnostic, SourcePath, Span};
use crate::edition::public_reads_setting;
use crate::knowledge::{Knowledge, Target};
use crate::model::{Corpus, Visibility, portable};
use crate::source::as_text;

const LINKED: &str = "a public document links to this file, and it is published as it is: take the name out, or the link";
const SHOWN: &str = "every page of the public edition shows this file, and it is published as it is: take the name out";

/// Whoever is named in the settings that the public edition shows.
pub(in crate::check) fn named_in_settings(context: &Context<'_>) -> Vec<Diagnostic> {
    let (config, path) = (context.config, SourcePath::from(CONFIG_PATH));
    if config.editions.public.is_none() || config.people.is_empty() {
        return Vec::new();
    }
    let text = context.text(&path);
    let mut findings = Vec::new();
    let (services, tags) = (LazyCell::new(|| terms(context, "services")), LazyCell::new(|| terms(context, "tags")));
    for Stated { keys, is_key, text: words, span } in stated(text) {
        let named = config.people.named_in(&words);
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        // Of services and tags the public reads about those that it reads elsewhere.
        let is_term_read = || match keys.as_slice() {
            ["services", term, ..] => services.contains(&portable(term)),
            ["tags", term, ..] => tags.contains(&portable(term)),
            _ => true,
        };
        if named.is_empty() || !public_reads_setting(&keys, config) || !is_term_read() {
            continue;
        }
        // A word that is a key is no name; a sentence may have one.
        for naming in named.into_iter().filter(|naming| !is_key || naming.manner != Manner::Word) {
            let verbatim = span.slice(text).find(&words).map(|at| span.range().start + at);
            let place = verbatim.map_or(span, |at| Span::new(at + naming.range.start, at + naming.range.end));
            let name = words.get(naming.range).unwrap_or_default();
            findings.push(finding(&path, place, name).help(
                "every reader of the public edition is shown this setting; name the role, or for the title and the description give `[editions.public]` its own",
            ));
        }
    }
    findings
}

/// The services or tags of public documents.
fn terms(context: &Context<'_>, field: &str) -> BTreeSet<String> {
    let public = context.corpus.postmortems.iter().filter(|postmortem| postmortem.visibility == Visibility::Public);
    let words = public.flat_map(|postmortem| if field == "tags" { &postmortem.tags } else { &postmortem.services });
    words.filter(|_| context.config.public_reads(field)).map(|word| portable(word)).collect()
}

/// The files beside the documents that public documents link to, by path.
#[must_use]
pub fn published<'k>(corpus: &Corpus, knowledge: &'k Knowledge) -> BTreeSet<&'k str> {
    let public = corpus.documents().filter(|(_, document)| document.visibility() == Visibility::Public);
    let linked = public.flat_map(|(id, document)| {
        let head = document.head();
        let targets = head.links.iter().zip(knowledge.references.of(id)).filter(|(link, _)| !head.withheld.hides(link.span));
        targets.filter_map(|(_, target)| if let Target::Attachment(path) = target { Some(path.as_str()) } else { None })
    });
    linked.collect()
}

/// Whoever is named in the files that public documents link to, and in the logo and the icon: each person once for each file.
pub(super) fn named_in_files(context: &Context<'_>) -> Vec<Diagnostic> {
    if context.config.editions.public.is_none() || context.config.people.is_empty() {
        return Vec::new();
    }
    let files = published(context.corpus, context.knowledge).into_iter().filter_map(|path| context.sources.attachment(path));
    let linked = files.map(|file| (&file.path, Cow::Borrowed(context.sources.noted_text(file).unwrap_or_default()), LINKED));
    let identity = context.config.site.identity().filter_map(|file| {
        let path = SourcePath::from(context.config.content.path(file));
        let (path, bytes) = context.sources.assets().find(|(asset, _)| **asset == path)?;
        Some((path, as_text(bytes)?, SHOWN))
    });
    let mut findings = Vec::new();
    for (path, text, help) in linked.chain(identity) {
        let mut told = BTreeSet::new();
        for naming in context.config.people.named_in(&text).into_iter().filter(|naming| told.insert(naming.id)) {
            let (place, name) = (Span::new(naming.range.start, naming.range.end), text.get(naming.range).unwrap_or_default());
            findings.push(finding(path, place, name).help(help));
        }
    }
    findings
}
