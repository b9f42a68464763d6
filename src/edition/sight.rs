//! How much an edition sees: of documents, of their metadata, of the settings; and why the public does not see the rest.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::{Audience, Drafts, Edition};
use crate::config::{Config, Privacy, PublicEdition};
use crate::diagnostic::Span;
use crate::frontmatter::Node;
use crate::model::{ActionStatus, DocumentRef, Secrecy, Status, Visibility};
use crate::parse;

/// What a public edition is where site.toml says nothing of it.
static NOTHING_SAID: LazyLock<PublicEdition> = LazyLock::new(PublicEdition::default);

/// How much an edition sees.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sight<'c> {
    /// Everything: there is a public edition beside it.
    All(Drafts),
    /// What nowhere says that it is internal: there is no other edition.
    NotInternal(Drafts),
    /// What says that it is public, without what may not be seen of it.
    Public(Drafts, &'c PublicEdition),
}

impl<'c> Sight<'c> {
    pub(super) fn of(config: &'c Config, Edition { audience, drafts }: Edition) -> Self {
        match (audience, &config.editions.public) {
            (Audience::Public, Some(public)) => Self::Public(drafts, public),
            (Audience::Public, None) => Self::Public(drafts, &NOTHING_SAID),
            (Audience::Internal, Some(_)) => Self::All(drafts),
            (Audience::Internal, None) => Self::NotInternal(drafts),
        }
    }

    pub(super) fn sees(&self, document: DocumentRef<'_>, config: &Config, today: Date) -> bool {
        let (visibility, status) = (document.visibility(), document.status());
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

    /// Whether it is the public's.
    pub(super) fn is_public(&self) -> bool {
        matches!(self, Self::Public(..))
    }

    /// The stretches of a document's text that are cut out.
    pub(super) fn stretches<'d>(&self, document: DocumentRef<'d>) -> &'d [Span] {
        let withheld = &document.head().withheld;
        match self {
            Self::All(_) => &[],
            Self::NotInternal(_) => withheld.internal(),
            Self::Public(..) => withheld.from_the_public(),
        }
    }

    /// Whether a key of the metadata is read.
    pub(super) fn reads(&self, key: &str, config: &Config) -> bool {
        let Self::Public(_, public) = self else { return true };
        match config.fields.canonical(key) {
            Some(name) => !public.internal_fields.iter().any(|field| field == name),
            // What the program does not know it cannot know to be harmless.
            None => config.taxonomies.iter().any(|taxonomy| taxonomy.field == key) || public.public_fields.iter().any(|field| field == key),
        }
    }

    /// The settings that the edition may see.
    pub(super) fn config(&self, config: &Config) -> Config {
        let mut seen = config.clone();
        let Self::Public(_, public) = self else { return seen };
        seen.people.clear();
        seen.privacy = Privacy::default();
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

impl Reason {
    /// Whether it is the whole document that the public does not read.
    #[must_use]
    pub fn is_of_whole(self) -> bool {
        matches!(self, Self::Document(_) | Self::Draft | Self::Doubtful | Self::Embargo)
    }

    /// The reason in words: of a whole document a sentence without its full stop, of a part what it is.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Document(Visibility::Internal) => "it says `visibility: internal`",
            Self::Document(Visibility::Unreadable) => "nobody can tell what its `visibility` means",
            Self::Document(Visibility::Unstated | Visibility::Public) => "it does not say `visibility: public`",
            Self::Draft => "it is a draft",
            Self::Doubtful => "something in it that seems to withhold is not understood",
            Self::Embargo => "its day has not come, or what it waits for is not done",
            Self::Marked(Secrecy::Internal) => "marked as internal",
            Self::Marked(Secrecy::Comment) => "a comment",
            Self::Marked(Secrecy::Reasoning) => "what responders thought at the time",
            Self::Field => "a field for the organisation",
            Self::UnknownField => "a field that the program does not know, and that `public_fields` does not name",
        }
    }
}

/// What the public edition does not see of a document, in order of place; of one that it does not see at all, only why not. Nothing where there is no
/// public edition.
#[must_use]
pub fn withheld_from_public(document: DocumentRef<'_>, config: &Config, drafts: Drafts, today: Date) -> Vec<(Span, Reason)> {
    let Some(public) = &config.editions.public else { return Vec::new() };
    let head = document.head();
    let (visibility, status) = (document.visibility(), document.status());
    if visibility != Visibility::Public {
        let place = head.fields(&config.fields, "visibility").next().map(|entry| entry.key.span.to(entry.value.span));
        return vec![(place.unwrap_or(head.title.span), Reason::Document(visibility))];
    }
    let whole = [
        (status == Status::Draft && drafts == Drafts::Hidden, Reason::Draft),
        (head.withheld.is_doubtful(), Reason::Doubtful),
        (is_embargoed(document, config, today), Reason::Embargo),
    ];
    if let Some((_, reason)) = whole.into_iter().find(|(holds, _)| *holds) {
        return vec![(head.title.span, reason)];
    }
    let sight = Sight::Public(drafts, public);
    let fields = head.metadata.entries.iter().filter(|entry| !sight.reads(&entry.key, config)).map(|entry| {
        let reason = if config.fields.canonical(&entry.key).is_some() { Reason::Field } else { Reason::UnknownField };
        (entry.key.span.to(entry.value.span), reason)
    });
    let stretches = head.withheld.from_the_public().iter().map(|span| (*span, Reason::Marked(head.withheld.secrecy(*span))));
    fields.chain(stretches).collect()
}
