//! From records to postings: which term stands in which document, how often, in what field, and where.
//!
//! Documents are taken in batches, in parallel; the batches depend on the number of documents alone and are put together in order, so that
//! the outcome is the same on any number of threads. A posting is written as bytes the moment its document is done, in the form the bundle
//! has, so that the whole costs little more memory than the bundle itself.

use std::ops::Range;

use foldhash::HashMap;
use rayon::prelude::*;
use rust_stemmers::Stemmer;

use super::bytes::put;
use super::token::{Chunk, Spot, chunks, spots};
use super::{Facet, Record, Searched, stem};

/// Times a term is counted in the body of one document; more says nothing more.
const MOST_OCCURRENCES: u8 = 15;
/// Other forms of a word kept with it.
const MOST_FORMS: usize = 12;
/// Places are counted up to here; a text that long is not read for its phrases.
const LAST_PLACE: u32 = 1 << 27;

/// The field a term stands in, as the bit of a posting's second byte. The body has no bit: its occurrences are counted in the lower half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Body = 0,
    Title = 0x10,
    Heading = 0x20,
    Facet = 0x40,
    Summary = 0x80,
}

/// The index before it is cut into files.
pub(super) struct Inverted {
    batches: Vec<Batch>,
    entries: Vec<Entry>,
    /// Every term, sorted by its bytes.
    pub(super) terms: Vec<Term>,
    /// A measure of each document's length: four times the square root of its number of words, at most 255.
    pub(super) lengths: Vec<u8>,
}

/// A term of the whole index.
pub(super) struct Term {
    entries: Range<usize>,
    /// In how many documents it stands.
    pub(super) documents: u32,
    /// Other terms that are forms of the same word, the most frequent first.
    pub(super) forms: Vec<u32>,
}

/// Where a term is found: the batch, and its place in it.
#[derive(Clone, Copy)]
struct Entry {
    batch: u16,
    word: u32,
}

/// The index of some documents that follow each other.
struct Batch {
    words: Vec<Word>,
    /// (stem, language, place in `words`)
    stems: Vec<(Keyed<Box<str>>, u8, u32)>,
    postings: Vec<u8>,
    places: Vec<u8>,
    lengths: Vec<u8>,
}

/// A term of one batch. Its first posting is kept apart, because the gap before it depends on the batches before.
struct Word {
    term: Box<str>,
    documents: u32,
    first: u32,
    first_detail: u8,
    last: u32,
    postings: Range<usize>,
    places: Range<usize>,
}

/// A text that sorts by its first eight bytes before the rest is looked at: most comparisons then stay away from the text itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Keyed<T>(u64, T);

impl<T: AsRef<str>> Keyed<T> {
    fn new(text: T) -> Self {
        let key = text.as_ref().bytes().chain(std::iter::repeat(0)).take(8).fold(0, |key, byte| key << 8 | u64::from(byte));
        Self(key, text)
    }
}

/// Inverts the records, which are in the order of their document numbers, with the text of what they are of.
pub(super) fn invert<S: Searched>(records: &[(Record<'_>, &S)], facets: &[Facet<'_>]) -> Inverted {
    let values = facets.iter().flat_map(|facet| facet.values.iter().map(|value| ((facet.key, value.id), value.label)));
    let labels: Labels<'_> = values.collect();
    let size = (records.len() / 16).clamp(32, 8192);
    let batches: Vec<Batch> = records
        .par_chunks(size)
        .enumerate()
        .map(|(i, records)| invert_batch(records, facets, &labels, u32::try_from(i * size).unwrap_or(u32::MAX)))
        .collect();
    let (entries, mut terms) = merge(&batches);
    relate_forms(&batches, &entries, &mut terms);
    let lengths = batches.iter().flat_map(|batch| batch.lengths.iter().copied()).collect();
    Inverted { batches, entries, terms, lengths }
}

impl Inverted {
    /// The text of a term.
    pub(super) fn text(&self, term: &Term) -> &str {
        self.words(term).next().map_or("", |word| &word.term)
    }

    /// The postings of a term: for each document the gap to the one before, doubled, plus one if a second byte follows. The second byte
    /// has the occurrences in the body and the bits of the other fields; without it there is one occurrence in the body.
    pub(super) fn postings(&self, term: &Term) -> Vec<u8> {
        let mut out = Vec::new();
        let mut next = 0;
        for (entry, word) in self.entries(term).zip(self.words(term)) {
            put_posting(&mut out, word.first - next, word.first_detail);
            let batch = self.batches.get(usize::from(entry.batch));
            out.extend_from_slice(batch.and_then(|batch| batch.postings.get(word.postings.clone())).unwrap_or_default());
            next = word.last + 1;
        }
        out
    }

    /// The places of a term in the documents of its postings: the gap to the place before, doubled, plus one where a document begins.
    pub(super) fn places(&self, term: &Term) -> Vec<u8> {
        let mut out = Vec::new();
        for (entry, word) in self.entries(term).zip(self.words(term)) {
            let batch = self.batches.get(usize::from(entry.batch));
            out.extend_from_slice(batch.and_then(|batch| batch.places.get(word.places.clone())).unwrap_or_default());
        }
        out
    }

    /// About how many bytes a term takes in a bundle file.
    pub(super) fn weight(&self, term: &Term) -> usize {
        self.words(term).map(|word| word.postings.len() + 2).sum::<usize>() + self.text(term).len() / 2 + 4
    }

    fn entries(&self, term: &Term) -> impl Iterator<Item = Entry> {
        self.entries.get(term.entries.clone()).unwrap_or_default().iter().copied()
    }

    fn words(&self, term: &Term) -> impl Iterator<Item = &Word> {
        self.entries(term).filter_map(|entry| word(&self.batches, entry))
    }
}

fn word(batches: &[Batch], entry: Entry) -> Option<&Word> {
    batches.get(usize::from(entry.batch))?.words.get(entry.word as usize)
}

fn put_posting(out: &mut Vec<u8>, gap: u32, detail: u8) {
    if detail == 1 {
        put(out, gap << 1);
    } else {
        put(out, (gap << 1) | 1);
        out.push(detail);
    }
}

/// Puts the terms of all batches in one order.
fn merge(batches: &[Batch]) -> (Vec<Entry>, Vec<Term>) {
    let mut words: Vec<(Keyed<&str>, Entry, u32)> = Vec::new();
    for (batch, found) in (0..).zip(batches) {
        words.extend((0..).zip(&found.words).map(|(word, found)| (Keyed::new(&*found.term), Entry { batch, word }, found.documents)));
    }
    // Each batch is in order already, which a merging sort makes use of; it also keeps the batches in order.
    words.sort_by_key(|(text, ..)| *text);
    let mut terms = Vec::new();
    let mut start = 0;
    for same in words.chunk_by(|a, b| a.0 == b.0) {
        let documents = same.iter().map(|(.., documents)| documents).sum();
        terms.push(Term { entries: start..start + same.len(), documents, forms: Vec::new() });
        start += same.len();
    }
    (words.into_iter().map(|(_, entry, _)| entry).collect(), terms)
}

/// Notes for each term the other forms of its word.
fn relate_forms(batches: &[Batch], entries: &[Entry], terms: &mut [Term]) {
    let mut numbers: Vec<Vec<u32>> = batches.iter().map(|batch| vec![0; batch.words.len()]).collect();
    for (number, term) in (0..).zip(terms.iter()) {
        for entry in entries.get(term.entries.clone()).unwrap_or_default() {
            if let Some(slot) = numbers.get_mut(usize::from(entry.batch)).and_then(|batch| batch.get_mut(entry.word as usize)) {
                *slot = number;
            }
        }
    }
    let mut stems: Vec<(Keyed<&str>, u8, u32)> = Vec::new();
    for (batch, numbers) in batches.iter().zip(&numbers) {
        let number = |word: u32| numbers.get(word as usize).copied();
        stems.extend(batch.stems.iter().filter_map(|(stem, language, word)| Some((Keyed(stem.0, &*stem.1), *language, number(*word)?))));
    }
    // The batches' lists are in order already, as above.
    stems.sort();
    stems.dedup();
    let frequency = |number: u32| terms.get(number as usize).map_or(0, |term| term.documents);
    let mut related: Vec<(u32, Vec<u32>)> = Vec::new();
    for same in stems.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|same| same.len() > 1) {
        let mut forms: Vec<u32> = same.iter().map(|&(_, _, number)| number).collect();
        forms.sort_by_key(|&number| (std::cmp::Reverse(frequency(number)), number));
        for &(_, _, number) in same {
            related.push((number, forms.iter().copied().filter(|&form| form != number).take(MOST_FORMS).collect()));
        }
    }
    for (number, forms) in related {
        if let Some(term) = terms.get_mut(number as usize) {
            let new: Vec<u32> = forms.into_iter().filter(|form| !term.forms.contains(form)).collect();
            term.forms.extend(new);
        }
    }
}

/// What is being gathered about a term in a batch.
#[derive(Default)]
struct Tally {
    documents: u32,
    first: u32,
    first_detail: u8,
    last: u32,
    postings: Vec<u8>,
    places: Vec<u8>,
}

impl Tally {
    /// Adds the next document that has the term, with its places there in the form the bundle has.
    fn add(&mut self, document: u32, detail: u8, places: &[u8]) {
        if self.documents == 0 {
            (self.first, self.first_detail) = (document, detail);
        } else {
            put_posting(&mut self.postings, document - self.last - 1, detail);
        }
        self.documents += 1;
        self.last = document;
        self.places.extend_from_slice(places);
    }
}

/// What the values of facets are called, by key and id.
type Labels<'t> = HashMap<(&'t str, &'t str), &'t str>;

/// The terms of a chunk that was seen before. Nearly all chunks are one word, which is one term.
#[derive(Clone, Copy)]
enum Known {
    One(u32),
    /// Its place among the chunks of several terms.
    Several(usize),
}

/// The chunks of one language seen before; most text is words that were seen before. Short ones are kept as a number, which is compared
/// without a look at the text they came from.
#[derive(Default)]
struct Memory {
    short: HashMap<u128, Known>,
    long: HashMap<Box<str>, Known>,
    several: Vec<Several>,
    /// The language's stemmer, and its number.
    stemmer: Option<(u8, Stemmer)>,
}

/// (term, place) of each term of a chunk, and how many words long the chunk is.
type Several = (Box<[(u32, u32)]>, u32);

/// A text of at most 15 bytes as a number: its bytes and its length.
fn as_number(text: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    let (of_text, of_length) = bytes.split_at_mut(15);
    of_text.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
    of_length.fill(u8::try_from(text.len()).ok()?);
    Some(u128::from_le_bytes(bytes))
}

impl Memory {
    fn get(&self, chunk: &str) -> Option<Known> {
        match as_number(chunk) {
            Some(number) => self.short.get(&number).copied(),
            None => self.long.get(chunk).copied(),
        }
    }

    fn keep(&mut self, chunk: &str, known: Known) {
        match as_number(chunk) {
            Some(number) => self.short.insert(number, known),
            None => self.long.insert(chunk.into(), known),
        };
    }
}

/// The terms met so far.
#[derive(Default)]
struct Vocabulary {
    numbers: HashMap<Box<str>, u32>,
    tallies: Vec<Tally>,
    /// (stem, language, term)
    stems: Vec<(Keyed<Box<str>>, u8, u32)>,
}

impl Vocabulary {
    fn number(&mut self, term: String) -> u32 {
        let next = u32::try_from(self.tallies.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(term.into_boxed_str()).or_insert_with(|| {
            self.tallies.push(Tally::default());
            next
        })
    }

    fn learn(&mut self, spots: Vec<Spot>, stemmer: Option<&(u8, Stemmer)>) -> Vec<(u32, u32)> {
        let mut learnt = Vec::with_capacity(spots.len());
        for spot in spots {
            let number = self.number(spot.term);
            if let Some((language, stemmer)) = stemmer
                && let Some(stem) = spot.word.as_deref().and_then(|word| stem::stem(stemmer, word))
            {
                self.stems.push((Keyed::new(stem), *language, number));
            }
            learnt.push((number, spot.place));
        }
        learnt
    }
}

/// A term at a place in a field, as one number that sorts by term, then place: 32 bits, 28 bits, and the upper half of the field's bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Spotted(u64);

impl Spotted {
    fn new(term: u32, place: u32, field: Field) -> Self {
        Self(u64::from(term) << 32 | u64::from(place) << 4 | u64::from(field as u8 >> 4))
    }

    fn term(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn place(self) -> u32 {
        (self.0 & 0xffff_ffff) as u32 >> 4
    }

    fn field(self) -> u8 {
        (self.0 & 0xf) as u8 * 16
    }
}

/// One document being read.
struct Reading<'v> {
    vocabulary: &'v mut Vocabulary,
    memory: &'v mut Memory,
    /// Every term in the order of the text.
    terms: &'v mut Vec<Spotted>,
    place: u32,
}

impl Reading<'_> {
    /// Notes the terms of a field; phrases never run on from one field into the next.
    fn field(&mut self, text: &str, field: Field) {
        for chunk in chunks(text) {
            match self.memory.get(chunk.text).unwrap_or_else(|| self.learn(&chunk)) {
                Known::One(term) => {
                    self.terms.push(Spotted::new(term, self.place, field));
                    self.place += 1;
                }
                Known::Several(several) => {
                    let Some((terms, length)) = self.memory.several.get(several) else { continue };
                    self.terms.extend(terms.iter().map(|&(term, place)| Spotted::new(term, self.place + place, field)));
                    self.place += length;
                }
            }
            self.place = self.place.min(LAST_PLACE);
        }
        self.place += 1;
    }

    fn learn(&mut self, chunk: &Chunk<'_>) -> Known {
        let (spots, length) = spots(chunk);
        let learnt = self.vocabulary.learn(spots, self.memory.stemmer.as_ref());
        let known = match *learnt {
            [(term, 0)] if length == 1 => Known::One(term),
            _ => {
                self.memory.several.push((learnt.into_boxed_slice(), length));
                Known::Several(self.memory.several.len() - 1)
            }
        };
        self.memory.keep(chunk.text, known);
        known
    }
}

fn invert_batch<S: Searched>(records: &[(Record<'_>, &S)], facets: &[Facet<'_>], labels: &Labels<'_>, first: u32) -> Batch {
    let mut vocabulary = Vocabulary::default();
    let mut memories: HashMap<Option<u8>, Memory> = HashMap::default();
    let mut lengths = Vec::with_capacity(records.len());
    let mut terms = Vec::new();
    for (document, (record, searched)) in (first..).zip(records) {
        let language = stem::language(record.language);
        let stemmer = || language.and_then(|language| Some((language, stem::stemmer(language)?)));
        let memory = memories.entry(language).or_insert_with(|| Memory { stemmer: stemmer(), ..Memory::default() });
        terms.clear();
        let mut reading = Reading { vocabulary: &mut vocabulary, memory, terms: &mut terms, place: 0 };
        reading.field(record.title, Field::Title);
        reading.field(record.summary, Field::Summary);
        for (section, text) in record.sections.iter().zip(searched.texts()) {
            reading.field(section.heading, Field::Heading);
            reading.field(&text, Field::Body);
        }
        lengths.push(u8::try_from(reading.place.saturating_mul(16).isqrt()).unwrap_or(u8::MAX));
        reading.field(record.id, Field::Title);
        for facet in facets {
            for value in record.values(facet.key) {
                reading.field(value, Field::Facet);
                reading.field(labels.get(&(facet.key, value)).copied().unwrap_or_default(), Field::Facet);
            }
        }
        tally(&mut vocabulary, document, &mut terms);
    }
    settle(vocabulary, lengths)
}

/// Adds a document to the tallies of its terms.
fn tally(vocabulary: &mut Vocabulary, document: u32, terms: &mut [Spotted]) {
    terms.sort_unstable();
    let mut places = Vec::new();
    for same in terms.chunk_by(|a, b| a.term() == b.term()) {
        places.clear();
        let (mut occurrences, mut fields, mut before) = (0_u8, 0, None);
        for spotted in same {
            let place = spotted.place();
            put(&mut places, before.map_or((place << 1) | 1, |before| (place - before) << 1));
            before = Some(place);
            fields |= spotted.field();
            occurrences = (occurrences + u8::from(spotted.field() == Field::Body as u8)).min(MOST_OCCURRENCES);
        }
        let term = same.first().map_or(0, |spotted| spotted.term());
        if let Some(tally) = vocabulary.tallies.get_mut(term as usize) {
            tally.add(document, fields | occurrences, &places);
        }
    }
}

/// Sorts the terms of a batch and lays their bytes one after the other.
fn settle(vocabulary: Vocabulary, lengths: Vec<u8>) -> Batch {
    let mut order: Vec<(Keyed<Box<str>>, u32)> = vocabulary.numbers.into_iter().map(|(term, number)| (Keyed::new(term), number)).collect();
    order.sort_unstable();
    let mut tallies = vocabulary.tallies;
    let mut batch =
        Batch { words: Vec::with_capacity(order.len()), stems: vocabulary.stems, postings: Vec::new(), places: Vec::new(), lengths };
    let mut sorted = vec![0; tallies.len()];
    for (Keyed(_, term), number) in order {
        let Some(tally) = tallies.get_mut(number as usize) else { continue };
        if let Some(slot) = sorted.get_mut(number as usize) {
            *slot = u32::try_from(batch.words.len()).unwrap_or(u32::MAX);
        }
        let (postings, places) = (batch.postings.len(), batch.places.len());
        batch.postings.append(&mut tally.postings);
        batch.places.append(&mut tally.places);
        batch.words.push(Word {
            term,
            documents: tally.documents,
            first: tally.first,
            first_detail: tally.first_detail,
            last: tally.last,
            postings: postings..batch.postings.len(),
            places: places..batch.places.len(),
        });
    }
    for (_, _, word) in &mut batch.stems {
        *word = sorted.get(*word as usize).copied().unwrap_or_default();
    }
    batch.stems.sort_unstable();
    batch.stems.dedup();
    batch
}
