//! Documents as an edition reads them: parsed anew from what is left of their text and metadata.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::cut::{Cut, cut};
use super::sight::Sight;
use super::{Edition, Read, Whole};
use crate::config::{ActionAspect, Config, owners_named};
use crate::diagnostic::Span;
use crate::frontmatter::Mapping;
use crate::markdown::{self, BlockKind, InlineKind};
use crate::model::{AnyDocument, DocumentRef, Page, Postmortem};
use crate::{frontmatter, parse};

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
pub fn part(document: &AnyDocument, text: &str, config: &Config, edition: Edition, today: Date) -> Option<Part> {
    let sight = Sight::of(config, edition);
    let whole = document.borrowed();
    if !sight.sees(whole, config, today) {
        return None;
    }
    if is_cut(whole, config, &sight, today) {
        read(whole, text, config, (&sight, today), &|metadata| sight.take_out(metadata, config))
    } else {
        Some(Part { document: document.clone(), cut: cut(text, &[]) })
    }
}

/// A document read from what is left of its text and, after `take_out`, of its metadata; nothing where that would show more than the whole.
pub(super) fn read(
    document: DocumentRef<'_>,
    text: &str,
    config: &Config,
    (sight, today): (&Sight<'_>, Date),
    take_out: &dyn Fn(&mut Mapping),
) -> Option<Part> {
    let role = match document {
        DocumentRef::Postmortem(_) => parse::Role::Postmortem,
        DocumentRef::Page(_) => parse::Role::Page,
    };
    let mut cut = cut(text, &sight.stretches(document, today));
    if shows_more(text, &cut.text) {
        return None;
    }
    let parse = |text: &str| parse::document_in_part(&document.head().path, text, role, config, take_out);
    let mut parsed = parse(&cut.text);
    // Which words stand for a name depends on what is before it, so on what is left.
    let instead = sight.other_words(parsed.document.borrowed());
    if !instead.is_empty() {
        cut = cut.reworded(&instead);
        parsed = parse(&cut.text);
    }
    let document = match parsed.document {
        AnyDocument::Postmortem(mut postmortem) if sight.is_public() => {
            take_people_out(Arc::make_mut(&mut postmortem), config);
            AnyDocument::Postmortem(postmortem)
        }
        document => document,
    };
    Some(Part { document, cut })
}

impl Whole<'_> {
    fn read(&self, document: DocumentRef<'_>, sight: &Sight<'_>) -> Option<Part> {
        let text = (self.text)(&document.head().path)?;
        read(document, text, self.config, (sight, self.today), &|metadata| sight.take_out(metadata, self.config))
    }

    /// A postmortem as an edition reads it; nothing where its text is not there to be read anew, or nothing of it can be shown.
    pub(super) fn postmortem(&self, postmortem: &Arc<Postmortem>, sight: &Sight<'_>) -> Option<Read<Postmortem>> {
        let document = DocumentRef::Postmortem(postmortem);
        if !is_cut(document, self.config, sight, self.today) {
            return Some((Arc::clone(postmortem), None));
        }
        if let Some(part) = self.with_same_text(postmortem, sight) {
            return Some((Arc::new(part), None));
        }
        let Part { document, cut } = self.read(document, sight)?;
        let AnyDocument::Postmortem(part) = document else { return None };
        Some((part, Some(Arc::new(cut))))
    }

    /// A postmortem of which the public reads the whole text, and less of the metadata; nothing where it has to be read anew.
    fn with_same_text(&self, postmortem: &Postmortem, sight: &Sight<'_>) -> Option<Postmortem> {
        let whole = DocumentRef::Postmortem(postmortem);
        if !sight.is_public() || !sight.stretches(whole, self.today).is_empty() {
            return None;
        }
        let mut part = parse::without(postmortem, self.config, &|entry| !sight.unread(entry, self.config).is_empty())?;
        if !sight.other_words(DocumentRef::Postmortem(&part)).is_empty() {
            return None;
        }
        take_people_out(&mut part, self.config);
        debug_assert!(
            self.read(whole, sight).is_some_and(|read| matches!(read.document, AnyDocument::Postmortem(read) if *read == part)),
            "more than what is withheld is read otherwise without it"
        );
        Some(part)
    }

    /// The same of a page.
    pub(super) fn page(&self, page: &Arc<Page>, sight: &Sight<'_>) -> Option<Read<Page>> {
        let document = DocumentRef::Page(page);
        if !is_cut(document, self.config, sight, self.today) {
            return Some((Arc::clone(page), None));
        }
        let Part { document, cut } = self.read(document, sight)?;
        let AnyDocument::Page(part) = document else { return None };
        Some((part, Some(Arc::new(cut))))
    }
}

/// Whether there is anything in a document that an edition does not see.
fn is_cut(document: DocumentRef<'_>, config: &Config, sight: &Sight<'_>, today: Date) -> bool {
    let names_people = || match document {
        DocumentRef::Postmortem(postmortem) => {
            postmortem.actions.iter().any(|action| action.owner.is_some() || action.further.iter().any(|(head, _)| says_who(head)))
        }
        DocumentRef::Page(_) => false,
    };
    !sight.stretches(document, today).is_empty()
        || !sight.other_words(document).is_empty()
        || document.head().metadata.entries.iter().any(|entry| !sight.unread(entry, config).is_empty())
        || (sight.is_public() && names_people())
}

/// Whether a column of actions says who sees to them.
fn says_who(head: &str) -> bool {
    parse::action_aspect(head) == Some(ActionAspect::Owner)
}

/// Whoever sees to an action is told by the team or the role, where these are known, and otherwise not at all: a word that nobody knows may be
/// anybody's name.
fn take_people_out(postmortem: &mut Postmortem, config: &Config) {
    for action in &mut postmortem.actions {
        // A second column that says who.
        action.further.retain(|(head, _)| !says_who(head));
        let Some(owner) = action.owner.take() else { continue };
        let mut known: Vec<String> = owners_named(&owner.value).filter_map(|part| known_owner(part, config)).collect();
        known.dedup();
        action.owner = (!known.is_empty()).then(|| owner.map(|_| known.join(", ")));
    }
}

/// The role of a person, or the name of a team.
fn known_owner(part: &str, config: &Config) -> Option<String> {
    let person = config.person(part).map(|person| person.role.as_str());
    let team = || config.registered_owner(part.trim().trim_start_matches('@')).map(|team| team.name);
    person.or_else(team).filter(|known| !known.is_empty()).map(str::to_owned)
}

/// Whether what is left of a text shows a comment that the whole does not show, because it reads otherwise without what was around it.
fn shows_more(whole: &str, left: &str) -> bool {
    let shown = |text: &str| {
        let front = frontmatter::parse(text);
        let mut shown: BTreeSet<String> = BTreeSet::new();
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
    left.contains("<!--") && !shown(left).is_subset(&shown(whole))
}
