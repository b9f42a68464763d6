//! Who may see what: the projection of a corpus onto an edition.
//!
//! Only [`project`] makes a [`Projected`], and a site is made of nothing else, so templates, search, feeds and counts have nothing to leak.
//!
//! A document of which only a part may be seen is not hidden in places: what may not be seen is cut out of its text and its metadata, and what
//! is left is read as though nothing else had ever been written. So whatever is made of a document (headings and their addresses, words
//! counted, milestones, footnotes, references) is made of what the edition may see.

mod cut;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError, RwLock, Weak};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::config::{Config, PublicEdition};
use crate::diagnostic::{SourcePath, Span};
use crate::frontmatter::{self, Node};
use crate::knowledge::{Attachments, Knowledge, LastLink};
use crate::markdown::{self, BlockKind, InlineKind};
use crate::model::{ActionStatus, AnyDocument, Corpus, DocumentRef, Head, Page, Postmortem, Secrecy, Status, Visibility};
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
    unfit: Vec<(SourcePath, Span)>,
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

    /// The documents of which nothing can be shown, because what is left of them reads otherwise than it did, each with the place of its title.
    #[must_use]
    pub fn unfit(&self) -> &[(SourcePath, Span)] {
        &self.unfit
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
    /// The day it is, on which embargoes depend.
    pub today: Date,
}

/// Leaves in a corpus what an edition may see, and links what is left. Documents are shared, not copied; those of which a part is withheld are read
/// anew. A visibility that cannot be read is treated as internal.
#[must_use]
pub fn project(whole: &Whole<'_>, edition: Edition) -> Projected {
    let sight = Sight::of(whole.config, edition);
    let corpus = whole.corpus;
    let seen = |document: DocumentRef<'_>| sight.sees(document, whole.config, whole.today);
    let title = |head: &Head| (head.path.clone(), head.title.span);
    let postmortem = |postmortem: &Arc<Postmortem>| {
        let read = || whole.postmortem(postmortem, &sight).ok_or_else(|| title(&postmortem.head));
        seen(DocumentRef::Postmortem(postmortem)).then(read)
    };
    let page = |page: &Arc<Page>| seen(DocumentRef::Page(page)).then(|| whole.page(page, &sight).ok_or_else(|| title(&page.head)));
    let postmortems: Vec<Result<Read<Postmortem>, _>> = corpus.postmortems.par_iter().filter_map(postmortem).collect();
    let pages: Vec<Result<Read<Page>, _>> = corpus.pages.par_iter().filter_map(page).collect();
    let mut unfit = Vec::new();
    let postmortems: Vec<Read<Postmortem>> =
        postmortems.into_iter().filter_map(|read| read.map_err(|place| unfit.push(place)).ok()).collect();
    let pages: Vec<Read<Page>> = pages.into_iter().filter_map(|read| read.map_err(|place| unfit.push(place)).ok()).collect();
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
    Projected { corpus, knowledge, config, withheld, unfit, cuts }
}

/// Why the public does not read a document, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It does not say that it is public.
    Document(Visibility),
    /// It is still being written.
    Draft,
    /// Something that seems to withhold is not understood.
    Doubtful,
    /// Its day has not come, or what it waits for is not done.
    Embargo,
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
pub fn withheld_from_public(document: DocumentRef<'_>, config: &Config, today: Date) -> Vec<(Span, Reason)> {
    let Some(public) = &config.editions.public else { return Vec::new() };
    let head = document.head();
    let (visibility, status) = standing(document);
    if visibility != Visibility::Public {
        let place = head.fields(&config.fields, "visibility").next().map(|entry| entry.key.span.to(entry.value.span));
        return vec![(place.unwrap_or(head.title.span), Reason::Document(visibility))];
    }
    let whole = [
        (status == Status::Draft, Reason::Draft),
        (head.withheld.is_doubtful(), Reason::Doubtful),
        (is_embargoed(document, config, today), Reason::Embargo),
    ];
    if let Some((_, reason)) = whole.into_iter().find(|(holds, _)| *holds) {
        return vec![(head.title.span, reason)];
    }
    let sight = Sight::Public(Drafts::Hidden, public);
    let fields = head.metadata.entries.iter().filter(|entry| !sight.reads(&entry.key, config)).map(|entry| {
        let reason = if config.fields.canonical(&entry.key).is_some() { Reason::Field } else { Reason::UnknownField };
        (entry.key.span.to(entry.value.span), reason)
    });
    let stretches = head.withheld.from_the_public().iter().map(|span| (*span, Reason::Marked(head.withheld.secrecy(*span))));
    fields.chain(stretches).collect()
}

/// One document as an edition reads it.
#[derive(Debug)]
pub struct Part {
    /// The document; its places are in [`Part::text`].
    pub document: AnyDocument,
    cut: Cut,
}

impl Part {
    /// What is left of the text of the file.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.cut.text
    }

    /// Where in the file a place of the text is.
    #[must_use]
    pub fn place(&self, span: Span) -> Span {
        self.cut.place(span)
    }
}

/// One document by itself as an edition reads it; nothing where the edition does not see it.
#[must_use]
pub fn part(document: DocumentRef<'_>, text: &str, config: &Config, edition: Edition, today: Date) -> Option<Part> {
    let sight = Sight::of(config, edition);
    if !sight.sees(document, config, today) {
        return None;
    }
    let role = match document {
        DocumentRef::Postmortem(_) => parse::Role::Postmortem,
        DocumentRef::Page(_) => parse::Role::Page,
    };
    let cut = cut(text, sight.stretches(document));
    let parsed = parse::document_in_part(&document.head().path, &cut.text, role, config, &|key| sight.reads(key, config));
    (!shows_more(text, &cut.text)).then_some(Part { document: parsed.document, cut })
}

/// A document as an edition reads it, and what was cut out of its text.
type Read<T> = (Arc<T>, Option<Arc<Cut>>);

/// What a public edition is where site.toml says nothing of it.
static NOTHING_SAID: LazyLock<PublicEdition> = LazyLock::new(PublicEdition::default);

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
            (Audience::Public, None) => Self::Public(drafts, &NOTHING_SAID),
            (Audience::Internal, Some(_)) => Self::All(drafts),
            (Audience::Internal, None) => Self::NotInternal(drafts),
        }
    }

    fn sees(&self, document: DocumentRef<'_>, config: &Config, today: Date) -> bool {
        let (visibility, status) = standing(document);
        let (visible, drafts) = match self {
            Self::All(drafts) => (true, drafts),
            Self::NotInternal(drafts) => (matches!(visibility, Visibility::Public | Visibility::Unstated), drafts),
            Self::Public(drafts, _) => {
                let held = || document.head().withheld.is_doubtful() || is_embargoed(document, config, today);
                (visibility == Visibility::Public && !held(), drafts)
            }
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
        seen.site.base_url.clone_from(&public.base_url);
        seen.site.footer.clone_from(&public.footer);
        seen
    }
}

fn standing(document: DocumentRef<'_>) -> (Visibility, Status) {
    match document {
        DocumentRef::Postmortem(postmortem) => (postmortem.visibility, postmortem.status),
        DocumentRef::Page(page) => (page.visibility, page.status),
    }
}

/// Whether a document is not for the public yet: before its `publish_after`, or before the actions of `hold_until` are done. A day or an action
/// that nobody can make out is one that has not come.
fn is_embargoed(document: DocumentRef<'_>, config: &Config, today: Date) -> bool {
    let head = document.head();
    let is_early = |node: &Node| node.text().and_then(parse::moment).and_then(|moment| moment.day()).is_none_or(|day| today < day);
    let is_undone = |node: &Node| {
        let DocumentRef::Postmortem(postmortem) = document else { return true };
        let is_done = |id: &str| {
            let mut actions = postmortem.actions.iter();
            let named = actions.find(|action| action.id.as_ref().is_some_and(|own| own.value.eq_ignore_ascii_case(id)));
            named.is_some_and(|action| action.status.as_ref().is_some_and(|status| status.value == ActionStatus::Done))
        };
        let items = node.items();
        items.is_empty() || !items.iter().all(|item| item.text().is_some_and(is_done))
    };
    let early = head.fields(&config.fields, "publish_after").any(|entry| is_early(&entry.value));
    early || head.fields(&config.fields, "hold_until").any(|entry| is_undone(&entry.value))
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
        let text = (self.text)(path)?;
        let cut = cut(text, sight.stretches(document));
        if shows_more(text, &cut.text) {
            return None;
        }
        let parsed = parse::document_in_part(path, &cut.text, role, self.config, &|key| sight.reads(key, self.config));
        Some((parsed.document, cut))
    }

    /// Whoever sees to an action is told by the team or the role, where these are known, and otherwise not at all: a word that nobody knows may
    /// be anybody's name.
    fn take_people_out(&self, postmortem: &mut Postmortem) {
        for action in &mut postmortem.actions {
            let Some(owner) = action.owner.take() else { continue };
            let parts = owner.value.split(|c: char| ",;/&+".contains(c)).flat_map(|part| part.split(" and "));
            let mut known: Vec<String> = parts.filter_map(|part| self.known_owner(part)).collect();
            known.dedup();
            action.owner = (!known.is_empty()).then(|| owner.map(|_| known.join(", ")));
        }
    }

    fn known_owner(&self, part: &str) -> Option<String> {
        let word = part.trim().trim_start_matches('@').to_lowercase();
        let is_meant = |id: &str, name: &str| id.to_lowercase() == word || (!name.is_empty() && name.to_lowercase() == word);
        let person = self.config.people.iter().find(|(id, person)| is_meant(id, &person.name)).map(|(_, person)| person.role.clone());
        let team = || {
            let owner = self.config.owners.iter().find(|(id, owner)| is_meant(id, &owner.name));
            owner.map(|(id, owner)| if owner.name.is_empty() { id.clone() } else { owner.name.clone() })
        };
        person.or_else(team).filter(|known| !known.is_empty())
    }
}

/// Whether what is left of a text shows a comment that the whole does not show, because it reads otherwise without what was around it.
fn shows_more(whole: &str, left: &str) -> bool {
    let shown = |text: &str| {
        let front = frontmatter::parse(text);
        let mut shown: Vec<String> = Vec::new();
        let blocks = markdown::read(text, front.body).blocks;
        markdown::walk::blocks(&blocks, &mut |block| {
            if let BlockKind::Code(code) = &block.kind {
                shown.extend(code.text.lines().filter(|line| line.contains("<!--")).map(|line| line.trim().to_owned()));
            }
        });
        markdown::walk::inlines(&blocks, &mut |inline| {
            if let InlineKind::Text(words) | InlineKind::Code(words) | InlineKind::Html(words) = &inline.kind {
                shown.extend(Some(words.trim().to_owned()).filter(|words| words.contains("<!--")));
            }
        });
        shown
    };
    left.contains("<!--") && {
        let before = shown(whole);
        shown(left).iter().any(|words| !before.contains(words))
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
