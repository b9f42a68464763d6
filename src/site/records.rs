//! What the search knows of a site: a record for each postmortem and page, made from the trees that were parsed anyway.

use std::borrow::Cow;

use super::{Route, Site};
use crate::knowledge::Grouping;
use crate::markdown::text::{block_text, plain_text};
use crate::model::{ActionItem, Body, DocumentId, Event, Piece};
use crate::search::{BundleFile, Compression, Facet, FacetOrder, FacetValue, Record, SectionText, bundle};

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
    sections: Vec<(String, String, String)>,
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
            sections: self
                .sections
                .iter()
                .map(|(anchor, heading, text)| SectionText { anchor, heading, text: Cow::Borrowed(text) })
                .collect(),
        }
    }
}

fn entries(site: &Site) -> Vec<Entry> {
    let language = site.config().site.language.as_str();
    let postmortems = site.corpus().postmortems.iter().enumerate().map(|(n, postmortem)| {
        let severity = site.taxonomy(Grouping::Severity);
        let severity = severity.and_then(|(_, taxonomy)| taxonomy.terms_of(n).next()).map(|(_, term)| term.name.clone());
        Entry {
            url: site.url(Route::Incident(n)),
            title: postmortem.head.title_text.clone(),
            id: postmortem.id.value.clone(),
            summary: postmortem.summary.as_ref().map(|summary| plain_text(summary)).unwrap_or_default(),
            note: severity.unwrap_or_default(),
            date: postmortem.date.filter(|date| date.precision >= crate::model::Precision::Day).map(|date| date.date()),
            language: postmortem.head.language.clone().unwrap_or_else(|| language.to_owned()),
            facets: facet_values(site, n),
            sections: sections(&postmortem.body, &postmortem.timeline, &postmortem.actions),
        }
    });
    let pages = site.corpus().pages.iter().enumerate().map(|(n, page)| Entry {
        url: site.document_url(DocumentId::Page(n)),
        title: page.head.title_text.clone(),
        id: String::new(),
        summary: String::new(),
        note: String::new(),
        date: None,
        language: page.head.language.clone().unwrap_or_else(|| language.to_owned()),
        facets: Vec::new(),
        sections: sections(&page.body, &[], &[]),
    });
    postmortems.chain(pages).collect()
}

/// A postmortem's values by facet; of causes only the leaves.
fn facet_values(site: &Site, n: usize) -> Vec<(String, Vec<String>)> {
    site.knowledge()
        .taxonomies
        .iter()
        .map(|taxonomy| {
            let terms = taxonomy.terms_of(n).filter(|(_, term)| !taxonomy.is_hierarchical() || term.parent.is_some());
            (taxonomy.key.clone(), terms.map(|(_, term)| term.slug.clone()).collect())
        })
        .collect()
}

/// (anchor, heading, text) of each section, what stands before the first one without either.
fn sections(body: &Body, timeline: &[Event], actions: &[ActionItem]) -> Vec<(String, String, String)> {
    let mut sections = Vec::with_capacity(body.sections.len() + 1);
    let lead = block_text(&body.lead);
    if !lead.is_empty() {
        sections.push((String::new(), String::new(), lead));
    }
    for section in &body.sections {
        let mut text = String::new();
        for piece in &section.content {
            match piece {
                Piece::Prose(blocks) => add(&mut text, &block_text(blocks)),
                Piece::Timeline { first, end } => {
                    for event in timeline.get(*first..*end).unwrap_or_default() {
                        add(&mut text, &block_text(&event.content));
                    }
                }
                Piece::Actions { first, end } => {
                    for action in actions.get(*first..*end).unwrap_or_default() {
                        add(&mut text, &action.text);
                    }
                }
            }
        }
        sections.push((section.id.to_string(), plain_text(&section.title), text));
    }
    sections
}

fn add(text: &mut String, more: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(more);
}

fn facets(site: &Site) -> Vec<Facet<'_>> {
    site.knowledge()
        .taxonomies
        .iter()
        .map(|taxonomy| Facet {
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
        })
        .collect()
}
