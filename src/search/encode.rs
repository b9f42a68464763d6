//! The bundle as files: terms cut into shards, rows into blocks, a column for each facet, and `meta.bin` that names them all.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::ops::Range;

use flate2::write::GzEncoder;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::bytes::{put, put_after, put_length, put_text};
use super::decode::{MARK, META, Name};
use super::invert::{Inverted, Term, invert};
use super::rank::is_everywhere;
use super::{BundleFile, Compression, Facet, FacetOrder, Record, Searched};

/// A bundle is cut into about this many shards, within the weights below.
const SHARDS: usize = 160;
/// The least and the most that a shard weighs, in bytes before compression; a single term may weigh more.
const SHARD_WEIGHTS: (usize, usize) = (10_000, 48_000);
/// From this many documents on, words that say little are told apart to save what they would cost to fetch.
const MANY_DOCUMENTS: usize = 512;
/// Characters of the words that are offered for mistyped ones.
const MENDABLE: std::ops::RangeInclusive<usize> = 3..=24;
/// Characters of a summary kept in a row.
const SUMMARY_LENGTH: usize = 320;
/// Gzip levels, for what most queries fetch and for what is large and seldom fetched.
const LEVEL: u32 = 4;
const LEVEL_OF_PLACES: u32 = 2;

/// The search bundle of some documents: the same bytes for the same records in any order, on any number of threads.
#[must_use]
pub fn bundle<S: Searched>(searched: &[S], facets: &[Facet<'_>], compression: Compression) -> Vec<BundleFile> {
    let mut records: Vec<(Record<'_>, &S)> = searched.iter().map(|of| (of.record(), of)).collect();
    records.sort_by(|(a, _), (b, _)| newest_first((a.date, a.url, a.title), (b.date, b.url, b.title)));
    let inverted = invert(&records, facets);
    let records: Vec<Record<'_>> = records.into_iter().map(|(record, _)| record).collect();
    let mut meta = MARK.to_vec();
    put_length(&mut meta, records.len());
    meta.extend_from_slice(&inverted.lengths);
    put_common_words(&mut meta, &inverted);

    let mut files = Files { compression, files: BTreeMap::new() };
    put_shards(&mut meta, &mut files, &inverted);
    put_blocks(&mut meta, &mut files, &records);
    put_facets(&mut meta, &mut files, &records, facets);
    put_vocabulary(&mut meta, &mut files, &inverted);
    files.files.insert(META.to_owned(), compress(&meta, compression, LEVEL));
    files.files.into_iter().map(|(path, bytes)| BundleFile { path, bytes }).collect()
}

/// The order of documents in a bundle, by their day, address and title: the newest first, those without a day last.
#[must_use]
pub fn newest_first(a: (Option<&str>, &str, &str), b: (Option<&str>, &str, &str)) -> Ordering {
    (b.0, a.1, a.2).cmp(&(a.0, b.1, b.2))
}

/// The files made so far, by path: two with the same content are one file.
struct Files {
    compression: Compression,
    files: BTreeMap<String, Vec<u8>>,
}

impl Files {
    /// Adds files named by their content and gives the names in order.
    fn add(&mut self, kind: char, contents: &[Vec<u8>]) -> Vec<Name> {
        let names: Vec<Name> = contents.iter().map(|content| name(&[content])).collect();
        let compression = self.compression;
        let compressed: Vec<Vec<u8>> = contents.par_iter().map(|content| compress(content, compression, LEVEL)).collect();
        self.files.extend(names.iter().map(|name| name.path(kind)).zip(compressed));
        names
    }
}

fn name(contents: &[&[u8]]) -> Name {
    Name::of_hash(contents.iter().fold(0, |hash, content| xxh3_64_with_seed(content, hash)))
}

/// The bytes as they are written to disk. The header of the gzip form has neither a time nor a name.
fn compress(bytes: &[u8], compression: Compression, level: u32) -> Vec<u8> {
    match compression {
        Compression::None => bytes.to_vec(),
        Compression::Gzip => {
            let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), flate2::Compression::new(level));
            // Writing to memory does not fail; were it to, the reader takes the plain bytes as well.
            encoder.write_all(bytes).and_then(|()| encoder.finish()).unwrap_or_else(|_| bytes.to_vec())
        }
    }
}

/// Words that stand in more than four fifths of many documents. They tell documents apart so little that a query with other words goes without.
fn put_common_words(meta: &mut Vec<u8>, inverted: &Inverted) {
    let documents = inverted.lengths.len();
    let is_common = |term: &&Term| documents >= MANY_DOCUMENTS && is_everywhere(term.documents as usize, documents);
    let common: Vec<&Term> = inverted.terms.iter().filter(is_common).collect();
    put_length(meta, common.len());
    for term in common {
        put_text(meta, inverted.text(term));
    }
}

/// Terms in order, and beside each shard a file with their places, of the same name.
fn put_shards(meta: &mut Vec<u8>, files: &mut Files, inverted: &Inverted) {
    let compression = files.compression;
    let ranges = cut(inverted);
    let shards: Vec<(Name, Vec<u8>, Vec<u8>)> = ranges
        .par_iter()
        .map(|range| {
            let terms = inverted.terms.get(range.clone()).unwrap_or_default();
            let (shard, places) = (shard(inverted, terms), places(inverted, terms));
            let name = name(&[&shard, &places]);
            (name, compress(&shard, compression, LEVEL), compress(&places, compression, LEVEL_OF_PLACES))
        })
        .collect();
    put_length(meta, shards.len());
    let mut before = "";
    for (range, (name, shard, places)) in ranges.iter().zip(shards) {
        let first = inverted.terms.get(range.start).map_or("", |term| inverted.text(term));
        put_after(meta, before, first);
        before = first;
        name.put(meta);
        files.files.insert(name.path('s'), shard);
        files.files.insert(name.path('p'), places);
    }
}

/// Ranges of terms that weigh about the same.
fn cut(inverted: &Inverted) -> Vec<Range<usize>> {
    let weights: Vec<usize> = inverted.terms.iter().map(|term| inverted.weight(term)).collect();
    let most = (weights.iter().sum::<usize>() / SHARDS).clamp(SHARD_WEIGHTS.0, SHARD_WEIGHTS.1);
    let mut ranges = Vec::new();
    let (mut start, mut weight) = (0, 0);
    for (i, next) in weights.into_iter().enumerate() {
        if weight + next > most && start < i {
            ranges.push(start..i);
            (start, weight) = (i, 0);
        }
        weight += next;
    }
    if start < inverted.terms.len() {
        ranges.push(start..inverted.terms.len());
    }
    ranges
}

/// The terms, each with its frequency, the length of its postings and the other forms of its word; then all postings.
fn shard(inverted: &Inverted, terms: &[Term]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut all_postings = Vec::new();
    put_length(&mut out, terms.len());
    let mut before = "";
    for term in terms {
        let text = inverted.text(term);
        let postings = inverted.postings(term);
        put_after(&mut out, before, text);
        put(&mut out, term.documents);
        put_length(&mut out, postings.len());
        put_length(&mut out, term.forms.len());
        for form in term.forms.iter().filter_map(|&form| inverted.terms.get(form as usize)) {
            put_after(&mut out, text, inverted.text(form));
        }
        all_postings.extend_from_slice(&postings);
        before = text;
    }
    out.extend_from_slice(&all_postings);
    out
}

/// The lengths of the places of each term, then all places. A word that stands in a quarter of many documents has none: its places are
/// most of the bytes, and a phrase with it is still told by the words around it.
fn places(inverted: &Inverted, terms: &[Term]) -> Vec<u8> {
    let documents = inverted.lengths.len();
    let mut out = Vec::new();
    let mut all_places = Vec::new();
    for term in terms {
        let places =
            if documents >= MANY_DOCUMENTS && term.documents as usize * 4 > documents { Vec::new() } else { inverted.places(term) };
        put_length(&mut out, places.len());
        all_places.extend_from_slice(&places);
    }
    out.extend_from_slice(&all_places);
    out
}

/// Rows of results, in blocks: the more documents, the larger, lest there be too many files.
fn put_blocks(meta: &mut Vec<u8>, files: &mut Files, records: &[Record<'_>]) {
    let rows = match records.len() {
        0..2_000 => 8,
        2_000..20_000 => 16,
        _ => 32,
    };
    let blocks: Vec<Vec<u8>> = records.chunks(rows).map(block).collect();
    put_length(meta, rows);
    for name in files.add('b', &blocks) {
        name.put(meta);
    }
}

fn block(records: &[Record<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    for record in records {
        for text in [record.url, record.title, record.date.unwrap_or_default(), record.note] {
            put_text(&mut out, text);
        }
        match record.summary.char_indices().nth(SUMMARY_LENGTH) {
            Some((end, _)) => put_text(&mut out, &format!("{}…", record.summary.get(..end).unwrap_or_default().trim_end())),
            None => put_text(&mut out, record.summary),
        }
        let linked = || record.sections.iter().filter(|section| !section.anchor.is_empty());
        put_length(&mut out, linked().count());
        for section in linked() {
            put_text(&mut out, section.anchor);
            put_text(&mut out, section.heading);
        }
    }
    out
}

/// The facets in the order given; each has a file with its values and, for each document, which it has.
fn put_facets(meta: &mut Vec<u8>, files: &mut Files, records: &[Record<'_>], facets: &[Facet<'_>]) {
    let columns: Vec<Vec<u8>> = facets.par_iter().map(|facet| column(records, facet)).collect();
    put_length(meta, facets.len());
    for (facet, name) in facets.iter().zip(files.add('f', &columns)) {
        put_text(meta, facet.key);
        put_text(meta, facet.title);
        meta.push(u8::from(facet.order == FacetOrder::Frequent));
        name.put(meta);
    }
}

fn column(records: &[Record<'_>], facet: &Facet<'_>) -> Vec<u8> {
    let present: BTreeSet<&str> = records.iter().flat_map(|record| record.values(facet.key)).collect();
    let listed = facet.values.iter().map(|value| (value.id, value.label));
    let mut values: Vec<(&str, &str)> = Vec::new();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, label) in listed.chain(present.iter().map(|id| (*id, *id))) {
        if present.contains(id) && !numbers.contains_key(id) {
            numbers.insert(id, values.len());
            values.push((id, label));
        }
    }
    let mut out = Vec::new();
    put_length(&mut out, values.len());
    for (id, label) in values {
        put_text(&mut out, id);
        put_text(&mut out, label);
    }
    for record in records {
        let of_record: BTreeSet<usize> = record.values(facet.key).filter_map(|value| numbers.get(value).copied()).collect();
        put_length(&mut out, of_record.len());
        for number in of_record {
            put_length(&mut out, number);
        }
    }
    out
}

/// Words that are offered for a mistyped one, in a file for each length, because a mistyped word is about as long as the one that was meant.
/// In a large archive a word must be in several documents, so that typing errors in the archive are not offered.
fn put_vocabulary(meta: &mut Vec<u8>, files: &mut Files, inverted: &Inverted) {
    let least = match inverted.lengths.len() {
        0..100 => 1,
        100..1_000 => 2,
        _ => 3,
    };
    let mut lists: BTreeMap<usize, Vec<&Term>> = BTreeMap::new();
    for term in inverted.terms.iter().filter(|term| term.documents >= least) {
        let text = inverted.text(term);
        let length = text.chars().count();
        if MENDABLE.contains(&length) && text.chars().all(char::is_alphabetic) {
            lists.entry(length).or_default().push(term);
        }
    }
    let words: Vec<Vec<u8>> = lists.values().map(|terms| vocabulary(inverted, terms)).collect();
    put_length(meta, lists.len());
    for (length, name) in lists.keys().zip(files.add('v', &words)) {
        put_length(meta, *length);
        name.put(meta);
    }
}

fn vocabulary(inverted: &Inverted, terms: &[&Term]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut before = "";
    for term in terms {
        let text = inverted.text(term);
        put_after(&mut out, before, text);
        put(&mut out, term.documents);
        before = text;
    }
    out
}
