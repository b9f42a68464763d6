//! Search without a server: records in, a bundle of small files out, which the reader in the browser fetches a few of for each query.
//!
//! [`bundle`] makes the files; [`Index`] answers queries from them, on the command line and in tests, by the rules the browser follows
//! (`themes/default/assets/js/search.js`). One set of golden queries holds both to the same answers. The files, all but `meta.bin` named by
//! a hash of what is in them, so that they can be cached for ever:
//!
//! | file | what it holds | fetched |
//! |---|---|---|
//! | `search/meta.bin` | the format's version, lengths of documents, names of all other files | before the first query |
//! | `search/s/*.bin` | terms in order, their other forms, their postings | one or two a word |
//! | `search/p/*.bin` | the places of the same terms in their documents | for a quoted phrase |
//! | `search/b/*.bin` | what is shown of a document: address, title, date, summary, sections | for the results on the screen |
//! | `search/f/*.bin` | the values of one facet, and which document has which | when facets are shown |
//! | `search/v/*.bin` | the frequent words of one length | when a word is not found |
//!
//! Documents are numbered from the newest to the oldest, so sorting by date needs nothing and ties fall to the newer. `token` says what a
//! term is, `rank` how documents are weighed.

mod bytes;
mod decode;
mod encode;
mod facet;
mod index;
mod invert;
pub mod likeness;
mod lookup;
mod passage;
mod query;
mod rank;
mod stem;
mod token;

use std::borrow::Cow;

pub use decode::{TooMuch, texts};
pub use encode::{bundle, newest_first};
pub use facet::{FacetCount, FacetCounts};
pub use index::{Broken, Index};
pub use passage::{Passage, Piece, passages};
pub use query::{Query, Sort};
pub use rank::{Answer, Hit, Words};
pub(crate) use token::{fold, is_spaceless};

/// One page that can be found.
#[derive(Debug, Clone, Default)]
pub struct Record<'a> {
    /// Its address from the root of the site, without a leading slash: `incidents/dns-outage/`.
    pub url: &'a str,
    /// Its title.
    pub title: &'a str,
    /// What it is called in lists and links; weighs as much as the title, and is not shown. Empty where it has no such name.
    pub id: &'a str,
    /// What it says in short; weighs more than the body, and is shown until a passage with the words is found.
    pub summary: &'a str,
    /// A few words shown beside the date, such as severity and services; not searched.
    pub note: &'a str,
    /// The day it is sorted by, `YYYY-MM-DD`. Pages without one come after those with one.
    pub date: Option<&'a str>,
    /// Its language (BCP 47); decides which words are forms of one word.
    pub language: &'a str,
    /// The ids of its values, by key of the facet. A key without a [`Facet`] is not searched.
    pub facets: Vec<(&'a str, Vec<&'a str>)>,
    /// Its text.
    pub sections: Vec<SectionText<'a>>,
}

/// A document that can be found. Its text is asked for when it is read, so that the texts of all are never there at once.
pub trait Searched: Sync {
    /// Its record; what its sections hold is looked at but for their text.
    fn record(&self) -> Record<'_>;

    /// The text of each section of the record.
    fn texts(&self) -> Vec<Cow<'_, str>>;
}

impl Searched for Record<'_> {
    fn record(&self) -> Record<'_> {
        self.clone()
    }

    fn texts(&self) -> Vec<Cow<'_, str>> {
        self.sections.iter().map(|section| Cow::Borrowed(&*section.text)).collect()
    }
}

/// The text under one heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SectionText<'a> {
    /// The fragment that leads to it; empty for text before the first heading.
    pub anchor: &'a str,
    /// The heading.
    pub heading: &'a str,
    /// The text up to the next heading, plain.
    pub text: Cow<'a, str>,
}

/// A way to narrow results: severity, service, cause, tag, year.
#[derive(Debug, Clone)]
pub struct Facet<'a> {
    /// Its key in records and in the query string of the search page; not `q` nor `sort`, which the page uses itself.
    pub key: &'a str,
    /// Its name for readers.
    pub title: &'a str,
    /// What its values are called, in the order they are shown. A value that is missing here is called by its id and comes after these.
    pub values: Vec<FacetValue<'a>>,
    /// How its values are ordered where they are shown.
    pub order: FacetOrder,
}

/// A value of a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FacetValue<'a> {
    /// Its id in records and in addresses.
    pub id: &'a str,
    /// Its name for readers; it is searched.
    pub label: &'a str,
}

/// How the values of a facet are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FacetOrder {
    /// As they are listed: severities, years.
    Listed,
    /// The most frequent among the results first: services, tags.
    Frequent,
}

/// Whether the files are made smaller. The reader tells by their first bytes, and their names do not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// Gzip, for publishing.
    Gzip,
    /// None, for what is read at once and thrown away.
    None,
}

/// One file of the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleFile {
    /// Its path from the root of the site: `search/meta.bin`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl<'a> Record<'a> {
    /// The ids of its values of one facet.
    fn values(&self, key: &str) -> impl Iterator<Item = &'a str> {
        self.facets.iter().filter(move |(of, _)| *of == key).flat_map(|(_, values)| values.iter().copied())
    }
}
