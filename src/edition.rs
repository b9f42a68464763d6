//! Who may see what: the projection of a corpus onto an edition.
//!
//! Only [`project`] makes a [`Projected`], and a site is made of nothing else, so templates, search, feeds and counts have nothing to leak.

mod withheld;

use std::sync::Arc;

use crate::config::Config;
use crate::knowledge::{self, IsAttachment, Knowledge};
use crate::model::{Corpus, Status, Visibility};

pub use withheld::{Withheld, withheld};

/// What is being made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition {
    /// Whether documents still being written are in it.
    pub drafts: Drafts,
}

/// Whether documents still being written are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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
    corpus: Corpus,
    knowledge: Arc<Knowledge>,
    withheld: usize,
}

impl Projected {
    /// The documents the edition may see.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// What is true of them together; nothing that was withheld is in it.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// How many documents were withheld.
    #[must_use]
    pub fn withheld(&self) -> usize {
        self.withheld
    }
}

/// Leaves in a corpus what an edition may see, and links what is left: `whole` is what is known of the corpus, and is so of the edition too
/// where nothing is withheld. Documents are shared, not copied.
///
/// A site without `[editions.public]` has one edition: everything but drafts and what says `visibility: internal`. A visibility that cannot
/// be read is treated as internal.
#[must_use]
pub fn project(corpus: &Corpus, whole: &Arc<Knowledge>, config: &Config, attachments: &IsAttachment<'_>, edition: Edition) -> Projected {
    let seen = |status: Status, visibility: Visibility| {
        let visible = match visibility {
            Visibility::Public | Visibility::Unstated => true,
            // With a public edition configured, the edition being made is the internal one.
            Visibility::Internal | Visibility::Unreadable => config.editions.public.is_some(),
        };
        visible && (status != Status::Draft || edition.drafts == Drafts::Shown)
    };
    let postmortems: Vec<_> = corpus.postmortems.iter().filter(|p| seen(p.status, p.visibility)).map(Arc::clone).collect();
    let pages: Vec<_> = corpus.pages.iter().filter(|p| seen(p.status, p.visibility)).map(Arc::clone).collect();
    let withheld = corpus.postmortems.len() + corpus.pages.len() - postmortems.len() - pages.len();
    let corpus = Corpus { postmortems, pages };
    let knowledge = if withheld == 0 { Arc::clone(whole) } else { Arc::new(knowledge::link(&corpus, config, attachments)) };
    Projected { corpus, knowledge, withheld }
}
