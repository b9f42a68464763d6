//! Whether an edit changed anything that linking looks at.

use std::sync::{Arc, Mutex, PoisonError};

use super::{IsAttachment, Knowledge, link, link_after};
use crate::config::Config;

use crate::diagnostic::Spanned;
use crate::markdown::LinkOrigin;
use crate::model::{Body, Cause, Corpus, Head, Postmortem, RelatedWhy};

/// The files beside the documents.
#[derive(Clone, Copy)]
pub struct Attachments<'a> {
    /// Whether a path is one.
    pub is_one: &'a IsAttachment<'a>,
    /// A hash of all their paths.
    pub print: u64,
}

/// The last linking, taken up again where nothing differs that linking looks at.
#[derive(Debug, Default)]
pub struct LastLink(Mutex<Option<Linked>>);

/// What linking came to, and of what.
#[derive(Debug)]
struct Linked {
    corpus: Corpus,
    config: Arc<Config>,
    attachments: u64,
    knowledge: Arc<Knowledge>,
}

impl LastLink {
    /// What is true of the documents of a corpus together.
    pub fn link(&self, corpus: &Corpus, config: &Arc<Config>, attachments: Attachments<'_>) -> Arc<Knowledge> {
        // Not held while linking, which may wait for other threads.
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let before = last
            .filter(|before| (Arc::ptr_eq(&before.config, config) || before.config == *config) && before.attachments == attachments.print);
        let alike = before.as_ref().and_then(|before| Alike::of(&before.corpus, corpus));
        let knowledge = match (&before, alike) {
            (Some(before), Some(Alike { names: true, groups: true, links: true })) => Arc::clone(&before.knowledge),
            (Some(before), Some(alike)) => Arc::new(link_after(corpus, config, attachments.is_one, Some((&before.knowledge, alike)))),
            _ => Arc::new(link(corpus, config, attachments.is_one)),
        };
        debug_assert!(*knowledge == link(corpus, config, attachments.is_one), "linking looks at more than is compared");
        let mut known = before.map(|before| before.corpus).unwrap_or_default();
        known.become_like(corpus);
        let linked =
            Linked { corpus: known, config: Arc::clone(config), attachments: attachments.print, knowledge: Arc::clone(&knowledge) };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(linked);
        knowledge
    }
}

/// In what an edit has changed nothing that linking looks at: what most edits change is prose. Attachments and settings are for the caller to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Alike {
    /// What documents are called, and where they are.
    pub(super) names: bool,
    /// What postmortems are grouped and ordered by.
    pub(super) groups: bool,
    /// Where documents link to, and where in them links may lead.
    pub(super) links: bool,
}

impl Alike {
    /// Nothing where there are more documents or fewer.
    fn of(before: &Corpus, now: &Corpus) -> Option<Self> {
        if before.postmortems.len() != now.postmortems.len() || before.pages.len() != now.pages.len() {
            return None;
        }
        let mut alike = Self { names: true, groups: true, links: true };
        for (a, b) in before.postmortems.iter().zip(&now.postmortems).filter(|(a, b)| !Arc::ptr_eq(a, b)) {
            alike.names &= names_alike(&a.head, &b.head) && a.id.value == b.id.value;
            alike.groups &= groups_alike(a, b);
            alike.links &= links(&a.head) == links(&b.head) && anchors(&a.body) == anchors(&b.body) && related(a) == related(b);
        }
        for (a, b) in before.pages.iter().zip(&now.pages).filter(|(a, b)| !Arc::ptr_eq(a, b)) {
            alike.names &= names_alike(&a.head, &b.head);
            alike.links &= links(&a.head) == links(&b.head) && anchors(&a.body) == anchors(&b.body);
        }
        Some(alike)
    }
}

fn names_alike(a: &Head, b: &Head) -> bool {
    (&a.path, &a.title_text, &a.slug.value) == (&b.path, &b.title_text, &b.slug.value)
}

fn groups_alike(a: &Postmortem, b: &Postmortem) -> bool {
    (&a.head.slug.value, &a.id.value, a.id == a.head.slug) == (&b.head.slug.value, &b.id.value, b.id == b.head.slug)
        && a.date == b.date
        && (word(a.kind.as_ref()), word(a.trigger.as_ref()), word(a.owner.as_ref()))
            == (word(b.kind.as_ref()), word(b.trigger.as_ref()), word(b.owner.as_ref()))
        && severity(a) == severity(b)
        && (words(&a.services), words(&a.tags)) == (words(&b.services), words(&b.tags))
        && a.custom.iter().map(|(key, terms)| (key, words(terms))).eq(b.custom.iter().map(|(key, terms)| (key, words(terms))))
        && (causes(&a.root_causes), causes(&a.contributing)) == (causes(&b.root_causes), causes(&b.contributing))
}

fn related(of: &Postmortem) -> Vec<(&str, Option<RelatedWhy>)> {
    of.related.iter().map(|related| (related.id.value.as_str(), related.why)).collect()
}

fn word(word: Option<&Spanned<String>>) -> Option<&str> {
    word.map(|word| word.value.as_str())
}

fn severity(of: &Postmortem) -> Option<(&str, Option<usize>)> {
    of.severity.as_ref().map(|severity| (severity.word.value.as_str(), severity.step))
}

fn words(words: &[Spanned<String>]) -> Vec<&str> {
    words.iter().map(|word| word.value.as_str()).collect()
}

fn causes(causes: &[Cause]) -> Vec<(&str, bool)> {
    causes.iter().map(|cause| (cause.path.value.as_str(), cause.known)).collect()
}

fn links(head: &Head) -> Vec<(&str, LinkOrigin)> {
    head.links.iter().map(|link| (&*link.target.value, link.origin)).collect()
}

/// Where links may lead within a document.
fn anchors(body: &Body) -> Vec<&str> {
    let mut anchors: Vec<&str> = body.sections.iter().map(|section| &*section.id).collect();
    body.each_definition(&mut |entry| anchors.push(&entry.id));
    anchors
}
