//! Who may see what: the projection of a corpus onto an edition.
//!
//! Only [`project`] makes a [`Projected`], and a site is made of nothing else, so templates, search, feeds and counts have nothing to leak.
//!
//! A document of which only a part may be seen is not hidden in places: what may not be seen is cut out of its text and its metadata, and what
//! is left is read as though nothing else had ever been written. So whatever is made of a document (headings and their addresses, words
//! counted, milestones, footnotes, references) is made of what the edition may see.

mod cut;
mod history;
mod part;
mod remembered;
mod sight;
mod told;

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::Config;
use crate::diagnostic::{SourcePath, Span};
use crate::knowledge::{Attachments, Knowledge};
use crate::model::{Corpus, DocumentRef, Head};
use crate::source::history::History;
use cut::Cut;
use history::Past;
use remembered::{Eye, Seen};
use sight::Sight;

pub use history::{FORM, Saying, said};
pub use part::{Part, part};
pub use remembered::Remembered;
pub use sight::{Reason, held_back, public_reads_setting, withheld_from_public};

/// What is being made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Edition {
    /// For whom it is.
    pub audience: Audience,
    /// Whether documents still being written are in it.
    pub drafts: Drafts,
}

/// For whom an edition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Audience {
    /// The organisation. A site without `[editions.public]` has this edition alone, and in it what nowhere says that it is internal.
    #[default]
    Internal,
    /// Everybody.
    Public,
}

impl Audience {
    /// Whether it is everybody.
    #[must_use]
    pub fn is_public(self) -> bool {
        self == Self::Public
    }

    /// The name of its edition.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Public => "public",
        }
    }

    /// The audience of the edition with a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Internal, Self::Public].into_iter().find(|audience| audience.name() == name)
    }
}

/// Whether documents still being written are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Drafts {
    /// Left out.
    #[default]
    Hidden,
    /// Shown, marked as drafts.
    Shown,
}

/// A corpus as one edition may see it. Everything that is published is made from this.
#[derive(Debug, Clone)]
pub struct Projected {
    edition: Edition,
    corpus: Corpus,
    knowledge: Arc<Knowledge>,
    config: Arc<Config>,
    withheld: usize,
    unfit: Vec<(SourcePath, Span)>,
    cuts: HashMap<SourcePath, Arc<Cut>>,
    past: Option<Arc<Past>>,
}

impl Projected {
    /// The edition.
    #[must_use]
    pub fn edition(&self) -> Edition {
        self.edition
    }

    /// The documents the edition may see.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// What is true of them together; nothing that was withheld is in it.
    #[must_use]
    pub fn knowledge(&self) -> &Arc<Knowledge> {
        &self.knowledge
    }

    /// The settings, without the people and whatever else the edition may not see.
    #[must_use]
    pub fn config(&self) -> &Arc<Config> {
        &self.config
    }

    /// How many documents were withheld.
    #[must_use]
    pub fn withheld(&self) -> usize {
        self.withheld
    }

    /// The documents of which nothing can be shown, because what is left of them reads otherwise than it did, each with the place of its title.
    #[must_use]
    pub fn unfit(&self) -> &[(SourcePath, Span)] {
        &self.unfit
    }

    /// What the edition has said of a postmortem, the oldest first; nothing where it shows no history. Earlier texts are read when this is asked.
    #[must_use]
    pub fn sayings(&self, path: &SourcePath) -> Vec<Saying> {
        self.past.as_ref().map(|past| past.sayings(path)).unwrap_or_default()
    }

    /// The settings by which earlier texts are read: today's, with everybody who ever was in `[people]`; nothing where the edition shows no history.
    #[must_use]
    pub fn settings_of_history(&self) -> Option<&Config> {
        self.past.as_deref().map(Past::config)
    }

    /// Whether the edition shows the history of a postmortem, so that [`Projected::sayings`] may have something to tell.
    #[must_use]
    pub fn has_history(&self, path: &SourcePath) -> bool {
        self.past.as_ref().is_some_and(|past| past.knows(path))
    }

    /// Where in the file of a document a place of it is, as the edition reads it.
    #[must_use]
    pub fn place(&self, path: &SourcePath, span: Span) -> Span {
        self.cuts.get(path).map_or(span, |cut| cut.place(span))
    }
}

/// What an edition is made of.
pub struct Whole<'w> {
    /// All documents.
    pub corpus: &'w Corpus,
    /// What is known of them; it is so of the edition too where nothing is withheld.
    pub knowledge: &'w Arc<Knowledge>,
    /// All settings.
    pub config: &'w Arc<Config>,
    /// The text that a document was read from.
    pub text: &'w (dyn Fn(&SourcePath) -> Option<&'w str> + Sync),
    /// The files beside the documents.
    pub attachments: Attachments<'w>,
    /// What was read for earlier editions.
    pub remembered: &'w Remembered,
    /// What was committed of documents and settings.
    pub history: &'w Arc<History>,
    /// The day it is, on which embargoes depend.
    pub today: Date,
}

/// Leaves in a corpus what an edition may see, and links what is left. Documents are shared, not copied; those of which a part is withheld are read
/// anew. A visibility that cannot be read is treated as internal.
#[must_use]
pub fn project(whole: &Whole<'_>, edition: Edition) -> Projected {
    let sight = Sight::of(whole.config, edition);
    let corpus = whole.corpus;
    let eye = Eye { edition, config: Arc::clone(whole.config), today: whole.today };
    let mut seen = whole.remembered.take_seen(&eye);
    let is_seen = |document: DocumentRef<'_>| sight.sees(document, whole.config, whole.today);
    let of_postmortems = seen.postmortems.of(&corpus.postmortems, |postmortem| {
        Seen::of(is_seen(DocumentRef::Postmortem(postmortem)), || whole.postmortem(postmortem, &sight))
    });
    let of_pages = seen.pages.of(&corpus.pages, |page| Seen::of(is_seen(DocumentRef::Page(page)), || whole.page(page, &sight)));
    let mut unfit = Vec::new();
    let postmortems = readable(&corpus.postmortems, of_postmortems, |postmortem| &postmortem.head, &mut unfit);
    let pages = readable(&corpus.pages, of_pages, |page| &page.head, &mut unfit);
    let past = whole.remembered.past(whole.history, &eye);
    whole.remembered.put_seen(eye, seen);
    let withheld = corpus.postmortems.len() + corpus.pages.len() - postmortems.len() - pages.len();
    let cut_postmortems = postmortems.iter().filter_map(|(document, cut)| Some((document.head.path.clone(), Arc::clone(cut.as_ref()?))));
    let cut_pages = pages.iter().filter_map(|(document, cut)| Some((document.head.path.clone(), Arc::clone(cut.as_ref()?))));
    let cuts: HashMap<SourcePath, Arc<Cut>> = cut_postmortems.chain(cut_pages).collect();
    let corpus = Corpus {
        postmortems: postmortems.into_iter().map(|(document, _)| document).collect(),
        pages: pages.into_iter().map(|(document, _)| document).collect(),
    };
    let config = whole.remembered.config(whole.config, &sight);
    let is_whole = corpus.is(whole.corpus) && Arc::ptr_eq(&config, whole.config);
    let knowledge =
        if is_whole { Arc::clone(whole.knowledge) } else { whole.remembered.linked(&sight).link(&corpus, &config, whole.attachments) };
    Projected { edition, corpus, knowledge, config, withheld, unfit, cuts, past }
}

/// What is seen of documents. Those of which nothing can be shown are told, each with the place of its title.
fn readable<T>(documents: &[Arc<T>], seen: &[Seen<T>], head: impl Fn(&T) -> &Head, unfit: &mut Vec<(SourcePath, Span)>) -> Vec<Read<T>> {
    let read = |(document, seen): (&Arc<T>, &Seen<T>)| match seen {
        Seen::Nothing => None,
        Seen::Unfit => {
            let Head { path, title, .. } = head(document);
            unfit.push((path.clone(), title.span));
            None
        }
        Seen::Read((document, cut)) => Some((Arc::clone(document), cut.clone())),
    };
    documents.iter().zip(seen).filter_map(read).collect()
}

/// A document as an edition reads it, and what was cut out of its text.
type Read<T> = (Arc<T>, Option<Arc<Cut>>);
