//! Whether an edit changed anything that linking looks at.

use std::sync::{Arc, Mutex, PoisonError};

use super::{IsAttachment, Knowledge, link};
use crate::config::Config;

use crate::diagnostic::Spanned;
use crate::markdown::LinkOrigin;
use crate::model::{Body, Cause, Corpus, Head, Page, Postmortem};

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
        let before = last.filter(|before| {
            (Arc::ptr_eq(&before.config, config) || before.config == *config)
                && before.attachments == attachments.print
                && links_alike(&before.corpus, corpus)
        });
        let anew = || link(corpus, config, attachments.is_one);
        let knowledge = before.map_or_else(|| Arc::new(anew()), |before| before.knowledge);
        debug_assert!(*knowledge == anew(), "linking looks at more than is compared");
        let (corpus, config) = (corpus.clone(), Arc::clone(config));
        let linked = Linked { corpus, config, attachments: attachments.print, knowledge: Arc::clone(&knowledge) };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(linked);
        knowledge
    }
}

/// Whether linking a corpus anew would come to the same, because in whatever documents differ nothing differs that [`link`]
/// looks at: what most edits change is prose. Attachments and settings are for the caller to compare.
fn links_alike(before: &Corpus, now: &Corpus) -> bool {
    let same = |(a, b): (&Arc<Postmortem>, &Arc<Postmortem>)| Arc::ptr_eq(a, b) || postmortems_alike(a, b);
    let same_page =
        |(a, b): (&Arc<Page>, &Arc<Page>)| Arc::ptr_eq(a, b) || heads_alike(&a.head, &b.head) && anchors(&a.body) == anchors(&b.body);
    before.postmortems.len() == now.postmortems.len()
        && before.pages.len() == now.pages.len()
        && before.postmortems.iter().zip(&now.postmortems).all(same)
        && before.pages.iter().zip(&now.pages).all(same_page)
}

fn postmortems_alike(a: &Postmortem, b: &Postmortem) -> bool {
    heads_alike(&a.head, &b.head)
        && a.id.value == b.id.value
        && (a.id == a.head.slug) == (b.id == b.head.slug)
        && a.date == b.date
        && (word(a.kind.as_ref()), word(a.trigger.as_ref()), word(a.owner.as_ref()))
            == (word(b.kind.as_ref()), word(b.trigger.as_ref()), word(b.owner.as_ref()))
        && severity(a) == severity(b)
        && (words(&a.services), words(&a.tags)) == (words(&b.services), words(&b.tags))
        && a.custom.iter().map(|(key, terms)| (key, words(terms))).eq(b.custom.iter().map(|(key, terms)| (key, words(terms))))
        && a.related
            .iter()
            .map(|related| (&related.id.value, related.why))
            .eq(b.related.iter().map(|related| (&related.id.value, related.why)))
        && (causes(&a.root_causes), causes(&a.contributing)) == (causes(&b.root_causes), causes(&b.contributing))
        && anchors(&a.body) == anchors(&b.body)
}

fn heads_alike(a: &Head, b: &Head) -> bool {
    (&a.path, &a.title_text, &a.slug.value, links(a)) == (&b.path, &b.title_text, &b.slug.value, links(b))
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
