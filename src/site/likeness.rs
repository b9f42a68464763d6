//! The words of postmortems, for telling which are alike. Only what tells the story counts: title, summary, what happened and why. Timelines,
//! action items and references are full of words that say when and who rather than what.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::{Arc, PoisonError, RwLock, Weak};

use crate::config::Config;
use crate::markdown::text::{block_text, plain_text};
use crate::model::{Corpus, Postmortem};
use crate::search::likeness::{Likeness, Reader, Words};

/// Bytes of a postmortem that are read: its story is told by then, and what follows are details.
const MOST_BYTES: usize = 1_600;

/// Sections that are read first, and those that are not read at all.
const FIRST: [&str; 4] = ["summary", "root-cause", "trigger", "what-happened"];
const NEVER: [&str; 9] =
    ["timeline", "actions", "evidence", "related", "glossary", "acknowledgements", "communication", "plan-updates", "commitment"];

/// The words of postmortems that were read before. It outlives a site, so that an edit costs one document; what it holds are pure functions of
/// what was parsed, so nothing depends on whether it was remembered.
#[derive(Default)]
pub struct RememberedWords {
    /// By the address of the parsed document, which the weak reference keeps from being given to another.
    by_document: RwLock<HashMap<usize, Remembered>>,
}

/// A document that was read, and its words.
type Remembered = (Weak<Postmortem>, Arc<Words>);

/// Which postmortems of a corpus are alike.
pub(super) fn likeness(corpus: &Corpus, config: &Config, remembered: &RememberedWords) -> Likeness {
    let language = config.site.language.as_str();
    let before = std::mem::take(&mut *remembered.by_document.write().unwrap_or_else(PoisonError::into_inner));
    let read = |postmortems: &[Arc<Postmortem>]| -> Vec<Arc<Words>> {
        let mut reader = Reader::default();
        let words = |postmortem: &Arc<Postmortem>| match before.get(&Arc::as_ptr(postmortem).addr()) {
            Some((_, words)) => Arc::clone(words),
            None => Arc::new(reader.read(&text(postmortem), postmortem.head.language.as_deref().unwrap_or(language))),
        };
        postmortems.iter().map(words).collect()
    };
    // Threads of our own: those of the pool may be waiting for what is made here.
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let share = corpus.postmortems.len().div_ceil(threads).max(1);
    let texts: Vec<Arc<Words>> = std::thread::scope(|scope| {
        let parts: Vec<_> = corpus.postmortems.chunks(share).map(|part| (part, scope.spawn(|| read(part)))).collect();
        parts.into_iter().flat_map(|(part, thread)| thread.join().unwrap_or_else(|_| read(part))).collect()
    });
    let mut kept = before;
    kept.retain(|_, (document, _)| document.strong_count() > 0);
    for (postmortem, words) in corpus.postmortems.iter().zip(&texts) {
        kept.insert(Arc::as_ptr(postmortem).addr(), (Arc::downgrade(postmortem), Arc::clone(words)));
    }
    *remembered.by_document.write().unwrap_or_else(PoisonError::into_inner) = kept;
    Likeness::of(texts)
}

/// What a postmortem tells, up to a bound.
fn text(postmortem: &Postmortem) -> String {
    let mut text = postmortem.head.title_text.clone();
    let mut add = |more: &str| {
        text.push('\n');
        text.push_str(more);
        text.len() < MOST_BYTES
    };
    let is = |section: &crate::model::Section, keys: &[&str]| section.key.as_deref().is_some_and(|key| keys.contains(&key));
    let sections = &postmortem.body.sections;
    let first = sections.iter().filter(|section| is(section, &FIRST));
    let rest = sections.iter().filter(|section| !is(section, &FIRST) && !is(section, &NEVER));
    let summary = postmortem.summary.as_ref().map(|summary| plain_text(summary)).unwrap_or_default();
    let notes = postmortem.root_causes.iter().map(|cause| cause.note.as_str());
    if std::iter::once(summary.as_str()).chain(notes).all(&mut add) {
        let lead = std::iter::once(postmortem.body.lead.as_slice());
        let prose = lead.chain(first.chain(rest).flat_map(crate::model::Section::prose));
        let _ = prose.flatten().all(|block| add(&block_text(std::slice::from_ref(block))));
    }
    let end = (0..=MOST_BYTES.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text.truncate(end);
    text
}
