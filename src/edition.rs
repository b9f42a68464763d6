//! Who may see what: the projection of a corpus onto an edition.
//!
//! Only [`project`] makes a [`Projected`], and a site is made of nothing else, so templates, search, feeds and counts have nothing to leak.
//!
//! A document of which only a part may be seen is not hidden in places: what may not be seen is cut out of its text and its metadata, and what
//! is left is read as though nothing else had ever been written. So whatever is made of a document (headings and their addresses, words
//! counted, milestones, footnotes, references) is made of what the edition may see.

mod cut;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use rayon::prelude::*;

use crate::config::{Config, PublicEdition};
use crate::diagnostic::{SourcePath, Span};
use crate::knowledge::{Attachments, Knowledge, LastLink};
use crate::model::{AnyDocument, Corpus, DocumentRef, Page, Postmortem, Secrecy, Status, Visibility};
use crate::parse;
use cut::{Cut, cut};

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
    corpus: Corpus,
    knowledge: Arc<Knowledge>,
    config: Arc<Config>,
    withheld: usize,
    cuts: HashMap<SourcePath, Arc<Cut>>,
}

impl Projected {
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
}

/// Leaves in a corpus what an edition may see, and links what is left. Documents are shared, not copied; those of which a part is withheld are read
/// anew. A visibility that cannot be read is treated as internal.
#[must_use]
pub fn project(whole: &Whole<'_>, edition: Edition) -> Projected {
    let sight = Sight::of(whole.config, edition);
    let corpus = whole.corpus;
    let postmortem = |postmortem: &Arc<Postmortem>| {
        let seen = sight.sees(postmortem.visibility, postmortem.status);
        seen.then(|| whole.postmortem(postmortem, &sight)).flatten()
    };
    let page = |page: &Arc<Page>| sight.sees(page.visibility, page.status).then(|| whole.page(page, &sight)).flatten();
    let postmortems: Vec<Read<Postmortem>> = corpus.postmortems.par_iter().filter_map(postmortem).collect();
    let pages: Vec<Read<Page>> = corpus.pages.par_iter().filter_map(page).collect();
    let withheld = corpus.postmortems.len() + corpus.pages.len() - postmortems.len() - pages.len();
    let cut_postmortems = postmortems.iter().filter_map(|(document, cut)| Some((document.head.path.clone(), Arc::clone(cut.as_ref()?))));
    let cut_pages = pages.iter().filter_map(|(document, cut)| Some((document.head.path.clone(), Arc::clone(cut.as_ref()?))));
    let cuts: HashMap<SourcePath, Arc<Cut>> = cut_postmortems.chain(cut_pages).collect();
    let corpus = Corpus {
        postmortems: postmortems.into_iter().map(|(document, _)| document).collect(),
        pages: pages.into_iter().map(|(document, _)| document).collect(),
    };
    let config = whole.remembered.config(whole.config, &sight);
    let is_whole = withheld == 0 && cuts.is_empty() && Arc::ptr_eq(&config, whole.config);
    let knowledge =
        if is_whole { Arc::clone(whole.knowledge) } else { whole.remembered.linked(&sight).link(&corpus, &config, whole.attachments) };
    Projected { corpus, knowledge, config, withheld, cuts }
}

/// Why the public does not read a document, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It does not say that it is public.
    Document(Visibility),
    /// It is still being written.
    Draft,
    /// The author has marked it.
    Marked(Secrecy),
    /// A field of the metadata that `internal_fields` names.
    Field,
    /// A key of the metadata that no field answers to and that `public_fields` does not name.
    UnknownField,
}

/// What the public edition does not see of a document, in order of place; of one that it does not see at all, only why not. Nothing where there is no
/// public edition.
#[must_use]
pub fn withheld_from_public(document: DocumentRef<'_>, config: &Config) -> Vec<(Span, Reason)> {
    let Some(public) = &config.editions.public else { return Vec::new() };
    let head = document.head();
    let (visibility, status) = match document {
        DocumentRef::Postmortem(postmortem) => (postmortem.visibility, postmortem.status),
        DocumentRef::Page(page) => (page.visibility, page.status),
    };
    if visibility != Visibility::Public {
        let place = head.fields(&config.fields, "visibility").next().map(|entry| entry.key.span.to(entry.value.span));
        return vec![(place.unwrap_or(head.title.span), Reason::Document(visibility))];
    }
    if status == Status::Draft {
        return vec![(head.title.span, Reason::Draft)];
    }
    let sight = Sight::Public(Drafts::Hidden, public);
    let fields = head.metadata.entries.iter().filter(|entry| !sight.reads(&entry.key, config)).map(|entry| {
        let reason = if config.fields.canonical(&entry.key).is_some() { Reason::Field } else { Reason::UnknownField };
        (entry.key.span.to(entry.value.span), reason)
    });
    let secrecy = |span: &Span| if head.withheld.internal().contains(span) { Secrecy::Internal } else { Secrecy::Reasoning };
    let stretches = head.withheld.from_the_public().iter().map(|span| (*span, Reason::Marked(secrecy(span))));
    fields.chain(stretches).collect()
}

/// A document as an edition reads it, and what was cut out of its text.
type Read<T> = (Arc<T>, Option<Arc<Cut>>);

/// How much an edition sees.
#[derive(Debug, Clone, Copy)]
enum Sight<'c> {
    /// Everything: there is a public edition beside it.
    All(Drafts),
    /// What nowhere says that it is internal: there is no other edition.
    NotInternal(Drafts),
    /// What says that it is public, without what may not be seen of it.
    Public(Drafts, &'c PublicEdition),
}

impl<'c> Sight<'c> {
    fn of(config: &'c Config, Edition { audience, drafts }: Edition) -> Self {
        match (audience, &config.editions.public) {
            (Audience::Public, Some(public)) => Self::Public(drafts, public),
            (Audience::Internal, Some(_)) => Self::All(drafts),
            (_, None) => Self::NotInternal(drafts),
        }
    }

    fn sees(&self, visibility: Visibility, status: Status) -> bool {
        let (visible, drafts) = match self {
            Self::All(drafts) => (true, drafts),
            Self::NotInternal(drafts) => (matches!(visibility, Visibility::Public | Visibility::Unstated), drafts),
            Self::Public(drafts, _) => (visibility == Visibility::Public, drafts),
        };
        visible && (status != Status::Draft || *drafts == Drafts::Shown)
    }

    /// The stretches of a document's text that are cut out.
    fn stretches<'d>(&self, document: DocumentRef<'d>) -> &'d [Span] {
        let withheld = &document.head().withheld;
        match self {
            Self::All(_) => &[],
            Self::NotInternal(_) => withheld.internal(),
            Self::Public(..) => withheld.from_the_public(),
        }
    }

    /// Whether a key of the metadata is read.
    fn reads(&self, key: &str, config: &Config) -> bool {
        let Self::Public(_, public) = self else { return true };
        match config.fields.canonical(key) {
            Some(name) => !public.internal_fields.iter().any(|field| field == name),
            // What the program does not know it cannot know to be harmless.
            None => config.taxonomies.iter().any(|taxonomy| taxonomy.field == key) || public.public_fields.iter().any(|field| field == key),
        }
    }

    /// The settings that the edition may see.
    fn config(&self, config: &Config) -> Config {
        let mut seen = config.clone();
        let Self::Public(_, public) = self else { return seen };
        seen.people.clear();
        seen.privacy = crate::config::Privacy::default();
        if public.internal_fields.iter().any(|field| field == "owner") {
            seen.owners.clear();
            seen.services.values_mut().for_each(|service| service.owner.clear());
        }
        let laid_over = [(&mut seen.site.title, &public.title), (&mut seen.site.description, &public.description)];
        for (setting, own) in laid_over {
            if let Some(own) = own {
                setting.clone_from(own);
            }
        }
        if public.base_url.is_some() {
            seen.site.base_url.clone_from(&public.base_url);
        }
        seen
    }
}

impl Whole<'_> {
    /// A postmortem as an edition reads it; nothing where its text is not there to be read anew.
    fn postmortem(&self, postmortem: &Arc<Postmortem>, sight: &Sight<'_>) -> Option<Read<Postmortem>> {
        if !self.is_cut(DocumentRef::Postmortem(postmortem), sight) {
            return Some((Arc::clone(postmortem), None));
        }
        self.remembered.postmortems.get(postmortem, sight, || {
            let (document, cut) = self.read(DocumentRef::Postmortem(postmortem), parse::Role::Postmortem, sight)?;
            let AnyDocument::Postmortem(mut read) = document else { return None };
            if matches!(sight, Sight::Public(..)) {
                self.take_people_out(Arc::make_mut(&mut read));
            }
            Some((read, Some(Arc::new(cut))))
        })
    }

    fn page(&self, page: &Arc<Page>, sight: &Sight<'_>) -> Option<Read<Page>> {
        if !self.is_cut(DocumentRef::Page(page), sight) {
            return Some((Arc::clone(page), None));
        }
        self.remembered.pages.get(page, sight, || match self.read(DocumentRef::Page(page), parse::Role::Page, sight)? {
            (AnyDocument::Page(read), cut) => Some((read, Some(Arc::new(cut)))),
            (AnyDocument::Postmortem(_), _) => None,
        })
    }

    /// Whether there is anything in a document that an edition does not see.
    fn is_cut(&self, document: DocumentRef<'_>, sight: &Sight<'_>) -> bool {
        let names_people = || match document {
            DocumentRef::Postmortem(postmortem) => postmortem.actions.iter().any(|action| action.owner.is_some()),
            DocumentRef::Page(_) => false,
        };
        !sight.stretches(document).is_empty()
            || document.head().metadata.entries.iter().any(|entry| !sight.reads(&entry.key, self.config))
            || (matches!(sight, Sight::Public(..)) && names_people())
    }

    /// A document read from what is left of its text.
    fn read(&self, document: DocumentRef<'_>, role: parse::Role, sight: &Sight<'_>) -> Option<(AnyDocument, Cut)> {
        let path = &document.head().path;
        let cut = cut((self.text)(path)?, sight.stretches(document));
        let parsed = parse::document_in_part(path, &cut.text, role, self.config, &|key| sight.reads(key, self.config));
        Some((parsed.document, cut))
    }

    /// Whoever sees to an action is told by their role, or not at all, where they are a person.
    fn take_people_out(&self, postmortem: &mut Postmortem) {
        for action in &mut postmortem.actions {
            let Some(owner) = &action.owner else { continue };
            let word = owner.value.trim().trim_start_matches('@').to_lowercase();
            let is_meant =
                |(id, person): &(&String, &crate::config::Person)| id.to_lowercase() == word || person.name.to_lowercase() == word;
            let person = self.config.people.iter().find(is_meant).map(|(_, person)| person);
            if let Some(person) = person {
                action.owner = Some(owner.clone().map(|_| person.role.clone())).filter(|role| !role.value.is_empty());
            }
        }
    }
}

/// Documents as editions read them. It outlives a projection, so that an edit costs one document; what it holds are pure functions of what was
/// parsed, so nothing depends on whether it was remembered.
#[derive(Debug, Default)]
pub struct Remembered {
    postmortems: Kept<Postmortem>,
    pages: Kept<Page>,
    /// The last settings, and what the public sees of them.
    config: Mutex<Option<(Arc<Config>, Arc<Config>)>>,
    public: LastLink,
    internal: LastLink,
}

/// By the address of the whole document and by whether it was read for the public.
#[derive(Debug)]
struct Kept<T>(RwLock<HashMap<(usize, bool), Earlier<T>>>);

/// The whole document, which while it is referred to keeps its address from being given to another, and what was read of it.
type Earlier<T> = (Weak<T>, Read<T>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<T> Kept<T> {
    fn get(&self, whole: &Arc<T>, sight: &Sight<'_>, read: impl FnOnce() -> Option<Read<T>>) -> Option<Read<T>> {
        let key = (Arc::as_ptr(whole).addr(), matches!(sight, Sight::Public(..)));
        if let Some((_, read)) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Some(read.clone());
        }
        let read = read()?;
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, (Arc::downgrade(whole), read.clone()));
        Some(read)
    }

    fn forget(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).retain(|_, (whole, _)| whole.strong_count() > 0);
    }
}

impl Remembered {
    fn config(&self, whole: &Arc<Config>, sight: &Sight<'_>) -> Arc<Config> {
        if !matches!(sight, Sight::Public(..)) {
            return Arc::clone(whole);
        }
        let mut last = self.config.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((of, seen)) if Arc::ptr_eq(of, whole) => Arc::clone(seen),
            _ => {
                let seen = Arc::new(sight.config(whole));
                *last = Some((Arc::clone(whole), Arc::clone(&seen)));
                seen
            }
        }
    }

    fn linked(&self, sight: &Sight<'_>) -> &LastLink {
        if matches!(sight, Sight::Public(..)) { &self.public } else { &self.internal }
    }

    /// Forgets what was made of documents that are no more.
    pub fn forget(&self) {
        self.postmortems.forget();
        self.pages.forget();
    }
}
