//! Whether an edit changed anything that linking looks at.

use std::sync::Arc;

use crate::diagnostic::Spanned;
use crate::model::{Body, Cause, Corpus, Head, Page, Postmortem};

/// Whether linking a corpus anew would come to the same, because in whatever documents differ nothing differs that [`link`](super::link) looks at: what
/// most edits change is prose. Attachments and settings are for the caller to compare.
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
    let words = |words: &[Spanned<String>]| words.iter().map(|word| word.value.clone()).collect::<Vec<_>>();
    let causes = |causes: &[Cause]| causes.iter().map(|cause| (cause.path.value.clone(), cause.known)).collect::<Vec<_>>();
    let word = |word: &Option<Spanned<String>>| word.as_ref().map(|word| word.value.clone());
    let custom = |of: &Postmortem| of.custom.iter().map(|(key, terms)| (key.clone(), words(terms))).collect::<Vec<_>>();
    let related = |of: &Postmortem| of.related.iter().map(|related| (related.id.value.clone(), related.why)).collect::<Vec<_>>();
    let severity = |of: &Postmortem| of.severity.as_ref().map(|severity| (severity.word.value.clone(), severity.step));
    heads_alike(&a.head, &b.head)
        && a.id.value == b.id.value
        && a.date == b.date
        && (word(&a.kind), word(&a.trigger), word(&a.owner), severity(a)) == (word(&b.kind), word(&b.trigger), word(&b.owner), severity(b))
        && (words(&a.services), words(&a.tags), custom(a), related(a)) == (words(&b.services), words(&b.tags), custom(b), related(b))
        && (causes(&a.root_causes), causes(&a.contributing)) == (causes(&b.root_causes), causes(&b.contributing))
        && anchors(&a.body) == anchors(&b.body)
}

fn heads_alike(a: &Head, b: &Head) -> bool {
    let links = |head: &Head| head.links.iter().map(|link| (link.target.value.clone(), link.origin)).collect::<Vec<_>>();
    (&a.path, &a.title_text, &a.slug.value) == (&b.path, &b.title_text, &b.slug.value) && links(a) == links(b)
}

/// Where links may lead within a document.
fn anchors(body: &Body) -> Vec<&str> {
    let mut anchors: Vec<&str> = body.sections.iter().map(|section| &*section.id).collect();
    body.each_definition(&mut |entry| anchors.push(&entry.id));
    anchors
}
