//! What is wrong with the documents: every rule over every document, then over the whole.
//!
//! Rules report and never ask whether they are wanted: [`check`] gathers what they and the earlier stages found, sets aside what authors
//! have allowed (`suppress`), gives every finding its level (`levels`) and puts all in one fixed order. A rule is one file below
//! `rules/`, whose doc comment is its manual; [`RULES`] lists them.

mod guess;
mod levels;
mod passage;
mod rule;
mod rules;
mod suppress;

use rayon::prelude::*;

use crate::config::{Config, Profile};
use crate::diagnostic::Diagnostic;
use crate::frontmatter::Entry;
use crate::knowledge::Knowledge;
use crate::model::{Corpus, DocumentId, DocumentRef, Head, Postmortem};

pub use rule::{Group, Rule, Run};
pub use rules::{RULES, rule};

/// What a rule may look at.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Every document.
    pub corpus: &'a Corpus,
    /// How they hang together.
    pub knowledge: &'a Knowledge,
    /// What the site has decided.
    pub config: &'a Config,
}

impl<'a> Context<'a> {
    /// The profile of a postmortem: the one its kind names.
    fn profile(&self, postmortem: &Postmortem) -> Option<&'a Profile> {
        self.config.profiles.get(postmortem.kind.as_ref()?.value.as_str())
    }

    /// The entries of the metadata that answer to a field, under whatever names.
    fn entries<'h>(&self, head: &'h Head, field: &str) -> impl Iterator<Item = &'h Entry> {
        head.fields(&self.config.fields, field)
    }
}

/// Everything there is to say about the documents: what the earlier stages `found`, and what the rules find; levels applied, allowances
/// heeded, in order of path, place and rule.
#[must_use]
pub fn check(corpus: &Corpus, knowledge: &Knowledge, config: &Config, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let context = Context { corpus, knowledge, config };
    let mut findings = found;
    findings.extend(over_documents(&context));
    findings.extend(over_corpus(&context));
    findings.extend(levels::unknown_rules(config));
    let mut findings = suppress::allowed(corpus, findings);
    levels::apply(&mut findings, corpus, config);
    Diagnostic::sort(&mut findings);
    findings
}

/// What there is to say about one document, cheaply enough to be asked after every edit: what the earlier stages `found` in it, and what the
/// rules find. Only the rules that look at one document at a time are dear, and they look at this one alone. Whether an allowance is of use
/// is left to [`check`].
#[must_use]
pub fn check_document(corpus: &Corpus, knowledge: &Knowledge, config: &Config, id: DocumentId, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let Some(document) = corpus.get(id) else { return Vec::new() };
    let mut findings = found;
    let context = Context { corpus, knowledge, config };
    findings.extend(over_document(&context, id, document));
    findings.extend(over_corpus(&context).into_iter().filter(|finding| finding.primary.path == document.head().path));
    let alone = corpus.alone(id);
    let mut findings = suppress::allowed(&alone, findings);
    findings.retain(|finding| finding.rule != rules::UNUSED_ALLOWANCE);
    levels::apply(&mut findings, &alone, config);
    Diagnostic::sort(&mut findings);
    findings
}

/// Rules that look at one document at a time, over all documents in parallel.
fn over_documents(context: &Context<'_>) -> Vec<Diagnostic> {
    let documents: Vec<(DocumentId, DocumentRef<'_>)> = context.corpus.documents().collect();
    documents.par_iter().flat_map_iter(|(id, document)| over_document(context, *id, *document)).collect()
}

fn over_document(context: &Context<'_>, id: DocumentId, document: DocumentRef<'_>) -> Vec<Diagnostic> {
    let rules = RULES.iter().filter_map(|rule| if let Run::Document(run) = rule.run { Some(run) } else { None });
    rules.flat_map(|run| run(context, id, document)).collect()
}

/// Rules that need the whole.
fn over_corpus(context: &Context<'_>) -> Vec<Diagnostic> {
    let rules = RULES.iter().filter_map(|rule| if let Run::Corpus(run) = rule.run { Some(run) } else { None });
    rules.flat_map(|run| run(context)).collect()
}

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
