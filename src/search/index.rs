//! A bundle to ask: in memory, or read file by file as the browser does.

use std::collections::BTreeMap;
use std::fmt;

use super::bytes::Malformed;
use super::decode::{self, Column, META, Meta, Name, Row, ShardTerm};
use super::rank::{Answer, answer};
use super::{Compression, Facet, Query, Record, bundle};

/// Gives a file by its path from the root of the site.
type Load<'l> = dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync + 'l;

/// A search index that answers queries.
pub struct Index<'l> {
    load: Box<Load<'l>>,
    meta: Meta,
}

/// A bundle that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The file, from the root of the site.
    pub path: String,
    /// What is the matter with it, to be read after its name.
    pub why: &'static str,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the search index cannot be read: {} {}", self.path, self.why)
    }
}

impl std::error::Error for Broken {}

impl<'l> Index<'l> {
    /// The index of some records, in memory.
    pub fn build(records: &[Record<'_>], facets: &[Facet<'_>]) -> Result<Self, Broken> {
        let files = bundle(records, facets, Compression::None);
        let files: BTreeMap<String, Vec<u8>> = files.into_iter().map(|file| (file.path, file.bytes)).collect();
        Self::open(move |path| files.get(path).cloned())
    }

    /// An index whose files `load` gives by their path from the root of the site; only those that a query needs are asked for.
    pub fn open(load: impl Fn(&str) -> Option<Vec<u8>> + Send + Sync + 'l) -> Result<Self, Broken> {
        let mut index = Self { load: Box::new(load), meta: Meta::default() };
        index.meta = index.read(META, decode::meta)?;
        Ok(index)
    }

    /// The documents that answer a query, how many there are of each facet, and what was made of the words.
    pub fn search(&self, query: &Query) -> Result<Answer, Broken> {
        self.search_among(query, &|_| true)
    }

    /// The same, among the documents with some numbers; see [`newest_first`](super::newest_first) for how they are numbered. What other
    /// documents have is not counted.
    pub fn search_among(&self, query: &Query, is_among: &dyn Fn(usize) -> bool) -> Result<Answer, Broken> {
        answer(self, query, is_among)
    }

    pub(super) fn meta(&self) -> &Meta {
        &self.meta
    }

    /// How many documents there are.
    pub(super) fn documents(&self) -> usize {
        self.meta.lengths.len()
    }

    pub(super) fn shard(&self, name: Name) -> Result<Vec<ShardTerm>, Broken> {
        self.read(&name.path('s'), |bytes| decode::shard(bytes, self.documents()))
    }

    /// The places of the term at `position` of a shard of `terms` terms; nothing where they are not kept.
    pub(super) fn places(&self, name: Name, terms: usize, position: usize) -> Result<Vec<Vec<u32>>, Broken> {
        self.read(&name.path('p'), |bytes| {
            let places = decode::places(bytes, terms)?;
            decode::places_of_term(places.get(position).copied().unwrap_or_default())
        })
    }

    pub(super) fn row(&self, document: usize) -> Result<Option<Row>, Broken> {
        let Some(name) = self.meta.blocks.get(document / self.meta.rows_of_block) else { return Ok(None) };
        let mut rows = self.read(&name.path('b'), decode::block)?;
        let place = document % self.meta.rows_of_block;
        Ok((place < rows.len()).then(|| rows.swap_remove(place)))
    }

    pub(super) fn column(&self, name: Name) -> Result<Column, Broken> {
        self.read(&name.path('f'), |bytes| decode::column(bytes, self.documents()))
    }

    pub(super) fn vocabulary(&self, name: Name) -> Result<Vec<(String, u32)>, Broken> {
        self.read(&name.path('v'), decode::vocabulary)
    }

    fn read<T>(&self, path: &str, decode: impl FnOnce(&[u8]) -> Result<T, Malformed>) -> Result<T, Broken> {
        let broken = |why| Broken { path: path.to_owned(), why };
        let bytes = (self.load)(path).ok_or_else(|| broken("is missing"))?;
        let plain = decode::unfold(bytes).map_err(|Malformed(why)| broken(why))?;
        decode(&plain).map_err(|Malformed(why)| broken(why))
    }
}
