//! What the search knows of a site: a record for each postmortem and page, made from the trees that were parsed anyway.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Route, Site};
use crate::diagnostic::Span;
use crate::knowledge::{Grouping, Taxonomy};
use crate::markdown::text::{TakesWords, plain_text};
use crate::model::{DocumentId, DocumentRef, Piece, Postmortem, Precision, portable};
use crate::search::{self, BundleFile, Compression, Facet, FacetOrder, FacetValue, Record, SectionText, bundle};

/// The facet of kinds, which are no grouping of the site's.
const KIND: &str = "kind";

/// The search bundle of a site: only what its edition may show, because a site holds nothing else.
pub(super) fn search_bundle(site: &Site, compression: Compression) -> Vec<BundleFile> {
    let entries: Vec<Entry> = entries(site);
    let records: Vec<Record<'_>> = entries.iter().map(Entry::record).collect();
    bundle(&records, &facets(site), compression)
}

/// A record's own text; the record borrows it.
struct Entry {
    url: String,
    title: String,
    id: String,
    summary: String,
    note: String,
    date: Option<String>,
    language: String,
    facets: Vec<(String, Vec<String>)>,
    sections: Vec<SectionWords<String>>,
}

impl Entry {
    fn record(&self) -> Record<'_> {
        Record {
            url: &self.url,
            title: &self.title,
            id: &self.id,
            summary: &self.summary,
            note: &self.note,
            date: self.date.as_deref(),
            language: &self.language,
            facets: self.facets.iter().map(|(key, values)| (key.as_str(), values.iter().map(String::as_str).collect())).collect(),
            sections: self.sections.iter().map(|section| section.as_text(&section.text)).collect(),
        }
    }
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

fn entries(site: &Site) -> Vec<Entry> {
    let language = site.config().site.language.as_str();
    let postmortems = site.corpus().postmortems.par_iter().enumerate().map(|(n, postmortem)| {
        let severity = site.taxonomy(Grouping::Severity);
        let severity = severity.and_then(|(_, taxonomy)| taxonomy.terms_of(n).next()).map(|(_, term)| term.name.clone());
        Entry {
            url: site.url(Route::Incident(n)),
            title: postmortem.head.title_text.clone(),
            id: postmortem.id.value.clone(),
            summary: postmortem.summary.as_ref().map(|summary| plain_text(summary)).unwrap_or_default(),
            note: severity.unwrap_or_default(),
            date: day(postmortem),
            language: postmortem.head.language.clone().unwrap_or_else(|| language.to_owned()),
            facets: facet_values(site, n, postmortem),
            sections: section_words(DocumentRef::Postmortem(postmortem)),
        }
    });
    let pages = site.corpus().pages.par_iter().enumerate().map(|(n, page)| Entry {
        url: site.document_url(DocumentId::Page(n)),
        title: page.head.title_text.clone(),
        id: String::new(),
        summary: String::new(),
        note: String::new(),
        date: None,
        language: page.head.language.clone().unwrap_or_else(|| language.to_owned()),
        facets: Vec::new(),
        sections: section_words(DocumentRef::Page(page)),
    });
    postmortems.chain(pages).collect()
}

/// A postmortem's values by facet; of causes only the leaves.
fn facet_values(site: &Site, n: usize, postmortem: &Postmortem) -> Vec<(String, Vec<String>)> {
    let taxonomies = site.knowledge().taxonomies.iter().map(|taxonomy| {
        let terms = taxonomy.terms_of(n).filter(|(_, term)| !taxonomy.is_hierarchical() || term.parent.is_some());
        (taxonomy.key.clone(), terms.map(|(_, term)| term.slug.clone()).collect())
    });
    let kind = postmortem.kind.as_ref().map(|kind| portable(kind)).into_iter().collect();
    taxonomies.chain([(KIND.to_owned(), kind)]).collect()
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
    let body = document.body();
    let (timeline, actions) = match document {
        DocumentRef::Postmortem(postmortem) => (&*postmortem.timeline, postmortem.actions.as_slice()),
        DocumentRef::Page(_) => (&[][..], &[][..]),
    };
    let mut sections = Vec::with_capacity(body.sections.len() + 1);
    let mut lead = T::default();
    lead.add_blocks(&body.lead);
    if !lead.text().is_empty() {
        sections.push(SectionWords { anchor: String::new(), heading: String::new(), heading_span: Span::default(), text: lead });
    }
    for section in &body.sections {
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
        let (anchor, heading) = (section.id.to_string(), plain_text(&section.title));
        sections.push(SectionWords { anchor, heading, heading_span: section.heading_span, text });
    }
    sections
}

/// The groupings of the site, and the kind of a postmortem where there are several.
fn facets(site: &Site) -> Vec<Facet<'_>> {
    fn facet(taxonomy: &Taxonomy) -> Facet<'_> {
        Facet {
            key: &taxonomy.key,
            title: &taxonomy.name,
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
    let mut facets: Vec<Facet<'_>> = site.knowledge().taxonomies.iter().map(facet).collect();
    let kinds: BTreeSet<&str> = site.corpus().postmortems.iter().filter_map(|p| p.kind.as_ref()).map(|kind| kind.value.as_str()).collect();
    if kinds.len() > 1 && facets.iter().all(|facet| facet.key != KIND) {
        let profiles = site.config().profiles.iter();
        let values = profiles.map(|(id, profile)| FacetValue { id, label: &profile.name }).collect();
        facets.push(Facet { key: KIND, title: "Kind", values, order: FacetOrder::Frequent });
    }
    facets
}
