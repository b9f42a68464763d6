//! What the search knows of a site: a record for each postmortem and page, made from the trees that were parsed anyway.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Route, Site};
use crate::diagnostic::Span;
use crate::knowledge::{Grouping, Taxonomy, Term};
use crate::markdown::text::{TakesWords, block_text, plain_text};
use crate::model::{Body, DocumentId, DocumentRef, Piece, Postmortem, Precision, Section, portable};
use crate::search::{self, BundleFile, Compression, Facet, FacetOrder, FacetValue, Record, Searched, SectionText, bundle};
use crate::theme::Words;

/// The facet of kinds, which are no grouping of the site's.
const KIND: &str = "kind";

/// The search bundle of a site: only what its edition may show, because a site holds nothing else.
pub(super) fn search_bundle(site: &Site, compression: Compression) -> Vec<BundleFile> {
    let documents: Vec<(DocumentId, DocumentRef<'_>)> = site.corpus().documents().collect();
    let entries: Vec<Entry<'_>> = documents.into_par_iter().map(|(id, document)| Entry::of(site, id, document)).collect();
    bundle(&entries, &facets(site), compression)
}

/// A document, and what of its record is made for it: the record borrows both.
struct Entry<'s> {
    site: &'s Site,
    id: DocumentId,
    document: DocumentRef<'s>,
    url: String,
    summary: String,
    date: Option<String>,
    kind: Option<String>,
    /// The fragment that leads to each section, and its heading; both empty for what stands before the first heading.
    headings: Vec<(&'s str, String)>,
}

impl<'s> Entry<'s> {
    fn of(site: &'s Site, id: DocumentId, document: DocumentRef<'s>) -> Self {
        let (postmortem, Body { lead, sections, .. }) = (postmortem(document), document.body());
        let lead = (!block_text(lead).is_empty()).then(|| ("", String::new()));
        Self {
            site,
            id,
            document,
            url: site.document_url(id),
            summary: postmortem.and_then(|of| of.summary.as_ref()).map(|summary| plain_text(summary)).unwrap_or_default(),
            date: postmortem.and_then(day),
            kind: postmortem.and_then(|of| of.kind.as_ref()).map(|kind| portable(kind)),
            headings: lead.into_iter().chain(sections.iter().map(|section| (&*section.id, plain_text(&section.title)))).collect(),
        }
    }

    /// Its values by facet; of causes only the leaves.
    fn facets(&self) -> Vec<(&str, Vec<&str>)> {
        let taxonomies = self.site.knowledge().taxonomies.iter().map(|taxonomy| {
            let terms = terms(taxonomy, self.id).filter(|term| !taxonomy.is_hierarchical() || term.parent.is_some());
            (taxonomy.key.as_str(), terms.map(|term| term.slug.as_str()).collect())
        });
        taxonomies.chain([(KIND, self.kind.as_deref().into_iter().collect())]).collect()
    }
}

impl Searched for Entry<'_> {
    fn record(&self) -> Record<'_> {
        let head = self.document.head();
        let severity = self.site.taxonomy(Grouping::Severity).and_then(|(_, taxonomy)| terms(taxonomy, self.id).next());
        Record {
            url: &self.url,
            title: &head.title_text,
            id: postmortem(self.document).map_or("", |postmortem| &postmortem.id.value),
            summary: &self.summary,
            note: severity.map_or("", |severity| &severity.name),
            date: self.date.as_deref(),
            language: head.language.as_deref().unwrap_or(&self.site.config().site.language),
            facets: self.facets(),
            sections: self.headings.iter().map(|(anchor, heading)| SectionText { anchor, heading, text: Cow::default() }).collect(),
        }
    }

    fn texts(&self) -> Vec<Cow<'_, str>> {
        let (lead, texts) = texts::<String>(self.document);
        Some(lead).filter(|lead| !lead.is_empty()).into_iter().chain(texts).map(Cow::Owned).collect()
    }
}

fn postmortem(document: DocumentRef<'_>) -> Option<&Postmortem> {
    if let DocumentRef::Postmortem(postmortem) = document { Some(postmortem) } else { None }
}

/// The terms of a document; pages have none.
fn terms(taxonomy: &Taxonomy, id: DocumentId) -> impl Iterator<Item = &Term> {
    let place = if let DocumentId::Postmortem(n) = id { Some(n) } else { None };
    place.into_iter().flat_map(|n| taxonomy.terms_of(n)).map(|(_, term)| term)
}

impl<T> SectionWords<T> {
    /// It, as the search takes it.
    pub(crate) fn as_text<'s>(&'s self, text: &'s str) -> SectionText<'s> {
        SectionText { anchor: &self.anchor, heading: &self.heading, text: Cow::Borrowed(text) }
    }
}

/// The documents in the order in which the search numbers them.
pub(super) fn search_order(site: &Site) -> Vec<DocumentId> {
    let mut entries: Vec<(Option<String>, String, &str, DocumentId)> = Vec::new();
    for (n, postmortem) in site.corpus().postmortems.iter().enumerate() {
        entries.push((day(postmortem), site.url(Route::Incident(n)), &postmortem.head.title_text, DocumentId::Postmortem(n)));
    }
    for (n, page) in site.corpus().pages.iter().enumerate() {
        let id = DocumentId::Page(n);
        entries.push((None, site.document_url(id), &page.head.title_text, id));
    }
    entries.sort_by(|a, b| search::newest_first((a.0.as_deref(), &a.1, a.2), (b.0.as_deref(), &b.1, b.2)));
    entries.into_iter().map(|(.., id)| id).collect()
}

/// The day a postmortem is sorted by in search.
fn day(postmortem: &Postmortem) -> Option<String> {
    postmortem.date.filter(|date| date.precision >= Precision::Day).map(|date| date.date())
}

/// The text under one heading of a document, as search reads it.
#[derive(Debug, Clone, Default)]
pub(crate) struct SectionWords<T> {
    /// The fragment that leads to it; empty for what stands before the first heading.
    pub(crate) anchor: String,
    /// The heading.
    pub(crate) heading: String,
    /// The place of the heading in the file.
    pub(crate) heading_span: Span,
    /// The text.
    pub(crate) text: T,
}

/// The text of a document by section, with what was moved out of it into events and actions.
pub(crate) fn section_words<T: TakesWords>(document: DocumentRef<'_>) -> Vec<SectionWords<T>> {
    let (mut lead, texts) = texts::<T>(document);
    let has_lead = !lead.text().is_empty();
    let lead = SectionWords { anchor: String::new(), heading: String::new(), heading_span: Span::default(), text: lead };
    let sections = document.body().sections.iter().zip(texts).map(|(section, text)| SectionWords {
        anchor: section.id.to_string(),
        heading: plain_text(&section.title),
        heading_span: section.heading_span,
        text,
    });
    has_lead.then_some(lead).into_iter().chain(sections).collect()
}

/// The text before the first heading, and that of each section.
fn texts<T: TakesWords>(document: DocumentRef<'_>) -> (T, Vec<T>) {
    let body = document.body();
    let (timeline, actions) = match document {
        DocumentRef::Postmortem(postmortem) => (&*postmortem.timeline, postmortem.actions.as_slice()),
        DocumentRef::Page(_) => (&[][..], &[][..]),
    };
    let mut lead = T::default();
    lead.add_blocks(&body.lead);
    let text = |section: &Section| {
        let mut text = T::default();
        for piece in &section.content {
            match piece {
                Piece::Prose(blocks) => text.add_blocks(blocks),
                Piece::Timeline { first, end } => {
                    timeline.get(*first..*end).unwrap_or_default().iter().for_each(|event| text.add_blocks(&event.content));
                }
                Piece::Actions { first, end } => {
                    actions.get(*first..*end).unwrap_or_default().iter().for_each(|action| text.add_line(&action.content));
                }
            }
        }
        text
    };
    (lead, body.sections.iter().map(text).collect())
}

/// The groupings of the site, and the kind of a postmortem where there are several.
fn facets(site: &Site) -> Vec<Facet<'_>> {
    fn facet<'s>(words: &'s Words, taxonomy: &'s Taxonomy) -> Facet<'s> {
        Facet {
            key: &taxonomy.key,
            title: words.term(taxonomy),
            values: taxonomy
                .terms
                .iter()
                .filter(|term| !taxonomy.is_hierarchical() || term.parent.is_some())
                .map(|term| FacetValue { id: &term.slug, label: &term.name })
                .collect(),
            order: match taxonomy.grouping {
                Grouping::Year | Grouping::Severity => FacetOrder::Listed,
                _ => FacetOrder::Frequent,
            },
        }
    }
    let mut facets: Vec<Facet<'_>> = site.knowledge().taxonomies.iter().map(|taxonomy| facet(site.words(), taxonomy)).collect();
    let kinds: BTreeSet<&str> = site.corpus().postmortems.iter().filter_map(|p| p.kind.as_ref()).map(|kind| kind.value.as_str()).collect();
    if kinds.len() > 1 && facets.iter().all(|facet| facet.key != KIND) {
        let profiles = site.config().profiles.iter();
        let values = profiles.map(|(id, profile)| FacetValue { id, label: &profile.name }).collect();
        facets.push(Facet { key: KIND, title: site.words().get("column-kind"), values, order: FacetOrder::Frequent });
    }
    facets
}
