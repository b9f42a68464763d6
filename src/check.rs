//! What is wrong with the documents: every rule over every document, then over the whole.
//!
//! Rules report and never ask whether they are wanted: [`check`] gathers what they and the earlier stages found, sets aside what authors
//! have allowed (`suppress`), gives every finding its level (`levels`) and puts all in one fixed order. A rule is one file below
//! `rules/`, whose doc comment is its manual; [`RULES`] lists them.

mod baseline;
mod exposure;
mod guess;
mod levels;
mod manual;
mod passage;
mod pattern;
mod rule;
mod rules;
mod suppress;

use std::cell::OnceCell;

use jiff::civil::Date;
use rayon::prelude::*;
use regex::Regex;

use crate::config::{Condition, Config, Profile};
use crate::diagnostic::{Diagnostic, SourcePath};
use crate::frontmatter::Entry;
use crate::knowledge::Knowledge;
use crate::model::{Corpus, DocumentId, DocumentRef, Head, Postmortem};
use crate::source::{Selection, Sources};
use passage::{Passage, Whole};

pub use baseline::{BASELINE_PATH, Baseline, Remaining};
pub use exposure::{Exposure, Exposures};
pub use manual::pages as manual_pages;
pub use rule::{Group, Rule, Run};
pub use rules::{ALTERED_EVIDENCE, INCOMPLETE_EVIDENCE, MISSING_EVIDENCE, RULES, names, published, rule};

/// What a rule may look at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Every document.
    pub corpus: &'a Corpus,
    /// How they hang together.
    pub knowledge: &'a Knowledge,
    /// What the site has decided.
    pub config: &'a Config,
    /// What was read: the texts of the documents, and the files beside them.
    pub sources: &'a Sources,
    /// Which files of the project are read at all.
    pub selection: &'a Selection,
    /// The day on which it is asked what is overdue.
    pub today: Date,
}

impl<'a> Context<'a> {
    /// The profile of a postmortem: the one its kind names.
    fn profile(&self, postmortem: &Postmortem) -> Option<&'a Profile> {
        self.config.profiles.get(postmortem.kind.as_ref()?.value.as_str())
    }

    /// The postmortem under review, if a profile says what is asked of it.
    fn profiled<'s>(&self, subject: &Subject<'s>) -> Option<&'s Postmortem> {
        subject.postmortem().filter(|postmortem| self.profile(postmortem).is_some())
    }

    /// The text of a document as it was read.
    #[must_use]
    pub fn text(&self, path: &SourcePath) -> &'a str {
        self.sources.get(path.as_str()).and_then(|file| file.text()).map_or("", |text| text)
    }

    /// What is asked of this postmortem by conditions of its profile that hold.
    fn conditions(&self, postmortem: &Postmortem) -> impl Iterator<Item = &'a Condition> {
        let says = |field: &String, values: &Vec<String>| {
            let is_one = |said: &str| values.iter().any(|value| value.eq_ignore_ascii_case(said));
            match field.as_str() {
                // These have defaults, and the severity may be written by its name.
                "status" => is_one(postmortem.status.word()),
                "severity" => {
                    let step = postmortem.severity.as_ref().and_then(|severity| self.config.severities.get(severity.step?));
                    step.is_some_and(|term| is_one(&term.id))
                }
                field => self.entries(&postmortem.head, field).any(|entry| entry.value.text().is_some_and(is_one)),
            }
        };
        let conditions: &'a [Condition] = self.profile(postmortem).map_or(&[], |profile| &profile.when);
        conditions.iter().filter(move |condition| condition.fields_are.iter().all(|(field, values)| says(field, values)))
    }

    /// The entries of the metadata that answer to a field, under whatever names.
    fn entries<'h>(&self, head: &'h Head, field: &str) -> impl Iterator<Item = &'h Entry> {
        head.fields(&self.config.fields, field)
    }
}

/// One document under review.
pub struct Subject<'a> {
    /// Its place in the corpus.
    pub id: DocumentId,
    /// The document.
    pub document: DocumentRef<'a>,
    passages: OnceCell<Vec<Passage<'a>>>,
    whole: OnceCell<Whole>,
}

impl<'a> Subject<'a> {
    fn new(id: DocumentId, document: DocumentRef<'a>) -> Self {
        Self { id, document, passages: OnceCell::new(), whole: OnceCell::new() }
    }

    /// What every document has.
    fn head(&self) -> &'a Head {
        self.document.head()
    }

    /// The postmortem, if it is one.
    fn postmortem(&self) -> Option<&'a Postmortem> {
        match self.document {
            DocumentRef::Postmortem(postmortem) => Some(postmortem),
            DocumentRef::Page(_) => None,
        }
    }

    /// Its text in passages, read once for all rules that want words.
    fn passages(&self) -> &[Passage<'a>] {
        self.passages.get_or_init(|| passage::of_document(self.document))
    }

    /// The passages in which a pattern is found, in order.
    fn passages_with(&self, pattern: &Regex) -> Vec<&Passage<'a>> {
        let passages = self.passages();
        self.whole.get_or_init(|| Whole::new(passages)).places_of(pattern).into_iter().filter_map(|at| passages.get(at)).collect()
    }
}

/// Everything there is to say about the documents: what the earlier stages `found`, and what the rules find; levels applied, allowances
/// heeded, in order of path, place and rule.
#[must_use]
pub fn check(context: &Context<'_>, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let Context { corpus, config, .. } = *context;
    let mut findings = found;
    findings.extend(over_documents(context));
    findings.extend(over_corpus(context));
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
pub fn check_document(context: &Context<'_>, id: DocumentId, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let Some(document) = context.corpus.get(id) else { return Vec::new() };
    let mut findings = found;
    findings.extend(over_corpus(context).into_iter().filter(|finding| finding.primary.path == document.head().path));
    check_alone(context, id, findings)
}

/// The same without the rules that need the whole, which at ten thousand documents take longer than a keystroke may.
#[must_use]
pub fn check_alone(context: &Context<'_>, id: DocumentId, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let Context { corpus, config, .. } = *context;
    let Some(document) = corpus.get(id) else { return Vec::new() };
    let mut findings = found;
    findings.extend(over_document(context, id, document));
    let alone = corpus.alone(id);
    let mut findings = suppress::allowed(&alone, findings);
    findings.retain(|finding| finding.rule != rules::UNUSED_ALLOWANCE);
    levels::apply(&mut findings, &alone, config);
    Diagnostic::sort(&mut findings);
    findings
}

/// What the earlier stages `found` in a file that is no document, levels applied.
#[must_use]
pub fn check_found(context: &Context<'_>, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut findings = found;
    levels::apply(&mut findings, context.corpus, context.config);
    Diagnostic::sort(&mut findings);
    findings
}

/// What there is to say about the settings, cheaply enough to be asked for every page of a preview: what the earlier stages `found`, and whom they name in
/// public.
#[must_use]
pub fn check_settings(context: &Context<'_>, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut findings = found;
    findings.extend(rules::named_in_settings(context));
    check_found(context, findings)
}

/// Rules that look at one document at a time, over all documents in parallel.
fn over_documents(context: &Context<'_>) -> Vec<Diagnostic> {
    let documents: Vec<(DocumentId, DocumentRef<'_>)> = context.corpus.documents().collect();
    documents.par_iter().flat_map_iter(|(id, document)| over_document(context, *id, *document)).collect()
}

fn over_document(context: &Context<'_>, id: DocumentId, document: DocumentRef<'_>) -> Vec<Diagnostic> {
    let rules = RULES.iter().filter_map(|rule| if let Run::Document(run) = rule.run { Some(run) } else { None });
    let subject = Subject::new(id, document);
    rules.flat_map(|run| run(context, &subject)).collect()
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
