//! Whether an edit changed anything that linking looks at.

use std::sync::Arc;

use crate::diagnostic::Spanned;
use crate::markdown::LinkOrigin;
use crate::model::{Body, Cause, Corpus, Head, Page, Postmortem};

/// Whether linking a corpus anew would come to the same, because in whatever documents differ nothing differs that [`link`](super::link)
/// looks at: what most edits change is prose. Attachments and settings are for the caller to compare.
#[must_use]
pub fn links_alike(before: &Corpus, now: &Corpus) -> bool {
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
