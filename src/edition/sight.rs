//! How much an edition sees: of documents, of their metadata, of the settings; and why the public does not see the rest.

use jiff::civil::Date;

use super::{Audience, Drafts, Edition};
use crate::config::{Config, People, Privacy, PublicEdition};
use crate::diagnostic::Span;
use crate::frontmatter::{Entry, Mapping, Node, Value};
use crate::model::{ActionItem, ActionStatus, DocumentRef, Secrecy, Status, Until, Visibility, merged};
use crate::parse;

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
            (Audience::Public, _) => Self::Public(drafts, config.public_edition()),
            (Audience::Internal, Some(_)) => Self::All(drafts),
            (Audience::Internal, None) => Self::NotInternal(drafts),
        }
    }

    pub(super) fn sees(&self, document: DocumentRef<'_>, config: &Config, today: Date) -> bool {
        let shown = |drafts: &Drafts| document.status() != Status::Draft || *drafts == Drafts::Shown;
        match self {
            Self::All(drafts) => shown(drafts),
            Self::NotInternal(drafts) => matches!(document.visibility(), Visibility::Public | Visibility::Unstated) && shown(drafts),
            Self::Public(drafts, _) => reason_for_all(document, config, *drafts, today).is_none(),
        }
    }

    /// Whether it is the public's.
    pub(super) fn is_public(&self) -> bool {
        matches!(self, Self::Public(..))
    }

    /// The stretches of a document's text that are cut out on a day, in order.
    pub(super) fn stretches(&self, document: DocumentRef<'_>, today: Date) -> Vec<Span> {
        let withheld = &document.head().withheld;
        let always = match self {
            Self::All(_) => return Vec::new(),
            Self::NotInternal(_) => withheld.internal(),
            Self::Public(..) => withheld.from_the_public(),
        };
        let held = still_held(document, today).map(|(span, _)| *span);
        merged(always.iter().copied().chain(held).collect())
    }

    /// What this edition reads in place of a name or an `@id`, in order. Who sees to an action is told otherwise.
    pub(super) fn other_words<'d>(&self, document: DocumentRef<'d>) -> Vec<(Span, &'d str)> {
        let words = document.head().named.iter().filter(|named| !named.is_owner).filter_map(|named| {
            let words = if self.is_public() { &named.in_public } else { &named.internally };
            Some((named.span, words.as_deref()?))
        });
        words.collect()
    }

    /// Whether a key of the metadata is read.
    fn reads(&self, key: &str, config: &Config) -> bool {
        !self.is_public() || config.public_reads(key)
    }

    /// Takes out of the metadata what is not read.
    pub(super) fn take_out(&self, metadata: &mut Mapping, config: &Config) {
        metadata
            .entries
            .retain_mut(|entry| self.reads(&entry.key, config) && (!is_evidence(entry, config) || self.keep_of_evidence(&mut entry.value)));
    }

    /// Leaves of evidence what is read of it; whether anything is left.
    fn keep_of_evidence(&self, evidence: &mut Node) -> bool {
        let keep = |item: &mut Node| {
            if let Value::Mapping(mapping) = &mut item.value {
                mapping.entries.retain(|entry| !self.is_public() || !is_about_hands(entry));
            }
            self.reads_evidence(item)
        };
        match &mut evidence.value {
            Value::Sequence(items) => {
                items.retain_mut(keep);
                !items.is_empty()
            }
            Value::Scalar(_) | Value::Mapping(_) => keep(evidence),
        }
    }

    /// Whether a piece of evidence is read: in public, where it says itself that it is public.
    fn reads_evidence(&self, item: &Node) -> bool {
        let said = item.mapping().and_then(|mapping| mapping.get("visibility"));
        let says_public = || said.and_then(|said| said.value.text()).is_some_and(|word| word.eq_ignore_ascii_case("public"));
        match self {
            Self::All(_) => true,
            Self::NotInternal(_) => said.is_none() || says_public(),
            Self::Public(..) => says_public(),
        }
    }

    /// What is not read of an entry of the metadata, and why.
    pub(super) fn unread(&self, entry: &Entry, config: &Config) -> Vec<(Span, Reason)> {
        if let Self::All(_) = self {
            return Vec::new();
        }
        if !self.reads(&entry.key, config) {
            let reason = if config.fields.canonical(&entry.key).is_some() { Reason::Field } else { Reason::UnknownField };
            return vec![(entry.span(), reason)];
        }
        if !is_evidence(entry, config) {
            return Vec::new();
        }
        let of_item = |item: &Node| match item.mapping() {
            _ if !self.reads_evidence(item) => vec![(item.span, Reason::Evidence)],
            Some(mapping) if self.is_public() => {
                mapping.entries.iter().filter(|entry| is_about_hands(entry)).map(|entry| (entry.span(), Reason::Field)).collect()
            }
            _ => Vec::new(),
        };
        entry.value.items_or_mapping().iter().flat_map(of_item).collect()
    }

    /// The settings that the edition may see.
    pub(super) fn config(&self, config: &Config) -> Config {
        let mut seen = config.clone();
        let Self::Public(_, public) = self else { return seen };
        seen.people = People::default();
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
        seen.site.footer_links.clone_from(&public.footer_links);
        seen.site.edit_url = None;
        seen
    }
}

/// Whether the public reads the last of some keys of `site.toml`, or the text that stands there. What is not known here is read.
///
/// Whether it reads of a term at all is another question: of services and tags it does where a public document names them.
#[must_use]
pub fn public_reads_setting(keys: &[&str], config: &Config) -> bool {
    let public = config.public_edition();
    match keys {
        ["site", "title"] => public.title.is_none(),
        ["site", "description"] => public.description.is_none(),
        ["editions", "public", key] => matches!(*key, "title" | "description" | "base_url" | "footer"),
        // The name of a picture stands in its address.
        ["site", "logo" | "icon"] | ["people", _, "role"] | ["owners", _, "name"] => true,
        // A team that sees to an action is told by its name, and without one by its id.
        ["owners", id] => config.public_reads("owner") || config.owners.get(*id).is_none_or(|owner| owner.name == *id),
        ["owners", ..] | ["services" | "tags", _, "owner"] => config.public_reads("owner"),
        // A key alone has its name from the program.
        [_]
        | [
            "rules" | "deadlines" | "metrics" | "wording" | "glossary" | "privacy" | "theme" | "content" | "fields" | "site" | "people",
            ..,
        ]
        | ["sections" | "profiles", _, _, ..]
        | ["taxonomies", _, "field"]
        | ["causes", "map" | "ignore", ..] => false,
        _ => true,
    }
}

fn is_evidence(entry: &Entry, config: &Config) -> bool {
    config.fields.canonical(&entry.key) == Some("evidence")
}

/// Whether a key of a piece of evidence says who had it.
fn is_about_hands(entry: &Entry) -> bool {
    matches!(&*entry.key.value, "collected_by" | "custody")
}

/// Until when a document is not for the public yet: before its `publish_after`, before the actions of `hold_until` are done. A day or an action that nobody
/// can make out is one that has not come.
fn embargoes(document: DocumentRef<'_>, config: &Config, today: Date) -> Vec<Until> {
    let actions = |node: &Node| Until::Done(node.items().iter().map(|item| item.text().unwrap_or_default().to_owned()).collect());
    let days = publish_days(document, config).map(|day| day.map_or(Until::Done(Vec::new()), Until::Day));
    let actions = document.head().fields(&config.fields, "hold_until").map(|entry| actions(&entry.value));
    days.chain(actions).filter(|until| !has_come(until, document, today)).collect()
}

/// What of a document is withheld for a time that has not come.
fn still_held(document: DocumentRef<'_>, today: Date) -> impl Iterator<Item = &(Span, Until)> {
    document.head().withheld.held().iter().filter(move |(_, until)| !has_come(until, document, today))
}

/// Whether what is withheld until then is withheld no longer.
fn has_come(until: &Until, document: DocumentRef<'_>, today: Date) -> bool {
    match (until, document) {
        (Until::Day(day), _) => *day <= today,
        (Until::Done(ids), DocumentRef::Postmortem(postmortem)) => {
            let are_done = |id: &String| {
                let is_meant = |action: &&ActionItem| action.id.as_ref().is_some_and(|own| own.value.eq_ignore_ascii_case(id));
                // Of two with one id both have to be done, for nobody knows which is meant.
                let mut named = postmortem.actions.iter().filter(is_meant).peekable();
                let is_done = |action: &ActionItem| action.status.as_ref().is_some_and(|status| status.value == ActionStatus::Done);
                named.peek().is_some() && named.all(is_done)
            };
            !ids.is_empty() && ids.iter().all(are_done)
        }
        (Until::Done(_), DocumentRef::Page(_)) => false,
    }
}

/// Why the public reads nothing of a document; nothing where it reads at least a part.
fn reason_for_all(document: DocumentRef<'_>, config: &Config, drafts: Drafts, today: Date) -> Option<Reason> {
    let visibility = document.visibility();
    if visibility != Visibility::Public {
        return Some(Reason::Document(visibility));
    }
    if let DocumentRef::Page(page) = document
        && !page.reading().is_empty()
        && !config.public_edition().training
    {
        return Some(Reason::Training);
    }
    if document.status() == Status::Draft && drafts == Drafts::Hidden {
        return Some(Reason::Draft);
    }
    if document.head().withheld.is_doubtful() {
        return Some(Reason::Doubtful);
    }
    (!embargoes(document, config, today).is_empty()).then_some(Reason::Embargo)
}

/// What the public does not read of a document yet, and until when: the whole of it, or parts. Nothing of one that is not for the public at all.
#[must_use]
pub fn held_back(document: DocumentRef<'_>, config: &Config, drafts: Drafts, today: Date) -> Vec<(Span, Until)> {
    let head = document.head();
    match reason_for_all(document, config, drafts, today) {
        None => still_held(document, today).cloned().collect(),
        Some(Reason::Embargo) => embargoes(document, config, today).into_iter().map(|until| (head.title.span, until)).collect(),
        Some(_) => Vec::new(),
    }
}

/// The days of `publish_after`; nothing for one that nobody can make out.
fn publish_days<'d>(document: DocumentRef<'d>, config: &'d Config) -> impl Iterator<Item = Option<Date>> {
    let entries = document.head().fields(&config.fields, "publish_after");
    entries.map(|entry| entry.value.text().and_then(parse::moment).and_then(|moment| moment.day_after()))
}

/// The day on which a document is for the public at the earliest, where it says one.
pub(super) fn publish_day(document: DocumentRef<'_>, config: &Config) -> Option<Date> {
    publish_days(document, config).flatten().max()
}

/// Why the public does not read a document, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It does not say that it is public.
    Document(Visibility),
    /// It is a reading path, and the public edition has no training.
    Training,
    /// It is still being written.
    Draft,
    /// Something that seems to withhold is not understood.
    Doubtful,
    /// Its day has not come, or what it waits for is not done.
    Embargo,
    /// Its time has not come.
    Held,
    /// The author has marked it.
    Marked(Secrecy),
    /// A field of the metadata that `internal_fields` names.
    Field,
    /// A key of the metadata that no field answers to and that `public_fields` does not name.
    UnknownField,
    /// A piece of evidence that does not say that it is public.
    Evidence,
}

impl Reason {
    /// Whether it is the whole document that the public does not read.
    #[must_use]
    pub fn is_of_whole(self) -> bool {
        matches!(self, Self::Document(_) | Self::Training | Self::Draft | Self::Doubtful | Self::Embargo)
    }

    /// The reason in words: of a whole document a sentence without its full stop, of a part what it is.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Document(Visibility::Internal) => "it says `visibility: internal`",
            Self::Document(Visibility::Unreadable) => "nobody can tell what its `visibility` means",
            Self::Document(Visibility::Unstated | Visibility::Public) => "it does not say `visibility: public`",
            Self::Training => "it is a reading path, and the public edition has no training",
            Self::Draft => "it is a draft",
            Self::Doubtful => "something in it that seems to withhold is not understood",
            Self::Embargo => "its day has not come, or what it waits for is not done",
            Self::Held => "marked as internal for a time",
            Self::Marked(Secrecy::Internal) => "marked as internal",
            Self::Marked(Secrecy::Comment) => "a comment",
            Self::Marked(Secrecy::Reasoning) => "what responders thought at the time",
            Self::Field => "a field for the organisation",
            Self::UnknownField => "a field that the program does not know, and that `public_fields` does not name",
            Self::Evidence => "evidence that does not say `visibility: public`",
        }
    }
}

/// What the public edition does not see of a document, in order of place; of one that it does not see at all, only why not. Nothing where there is no
/// public edition.
#[must_use]
pub fn withheld_from_public(document: DocumentRef<'_>, config: &Config, drafts: Drafts, today: Date) -> Vec<(Span, Reason)> {
    let Some(public) = &config.editions.public else { return Vec::new() };
    let head = document.head();
    match reason_for_all(document, config, drafts, today) {
        None => {}
        Some(reason @ Reason::Document(_)) => {
            let place = head.fields(&config.fields, "visibility").next().map(Entry::span);
            return vec![(place.unwrap_or(head.title.span), reason)];
        }
        Some(reason) => return vec![(head.title.span, reason)],
    }
    let sight = Sight::Public(drafts, public);
    let fields = head.metadata.entries.iter().flat_map(|entry| sight.unread(entry, config));
    let stretches = head.withheld.from_the_public().iter().map(|span| (*span, Reason::Marked(head.withheld.secrecy(*span))));
    let for_a_time = still_held(document, today).map(|(span, _)| (*span, Reason::Held));
    let mut all: Vec<(Span, Reason)> = fields.chain(stretches).chain(for_a_time).collect();
    all.sort_by_key(|(span, _)| *span);
    all
}
