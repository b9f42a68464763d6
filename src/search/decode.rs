//! The bundle's files read again, nothing trusted; the counterpart of `encode`, and what the reader in the browser does too.

use std::io::Read;

use super::bytes::{Malformed, Reader, TOO_MUCH};

/// The first bytes of `meta.bin`: a mark and the version of the format.
pub(super) const MARK: [u8; 4] = *b"AWS\x01";
/// Where everything begins.
pub(super) const META: &str = "search/meta.bin";
/// Bytes a file may unfold to; the largest real ones are a hundredth of it.
const LARGEST: u64 = 256 << 20;

/// The name of a file: 48 bits of a hash of its content before compression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name(u64);

impl Name {
    pub(super) fn of_hash(hash: u64) -> Self {
        Self(hash >> 16)
    }

    /// The path of the file from the root of the site.
    pub(super) fn path(self, kind: char) -> String {
        format!("search/{kind}/{:012x}.bin", self.0)
    }

    pub(super) fn put(self, out: &mut Vec<u8>) {
        let [_, _, name @ ..] = self.0.to_be_bytes();
        out.extend_from_slice(&name);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(Self(from.bytes(6)?.iter().fold(0, |name, &byte| name << 8 | u64::from(byte))))
    }
}

/// `meta.bin`.
#[derive(Debug, Clone, Default)]
pub(super) struct Meta {
    pub(super) lengths: Vec<u8>,
    pub(super) common: Vec<String>,
    /// The first term of each shard, and its name.
    pub(super) shards: Vec<(String, Name)>,
    pub(super) rows_of_block: usize,
    pub(super) blocks: Vec<Name>,
    pub(super) facets: Vec<FacetFile>,
    /// The length of the words in it, and its name.
    pub(super) vocabulary: Vec<(usize, Name)>,
}

/// What `meta.bin` says of a facet.
#[derive(Debug, Clone)]
pub(super) struct FacetFile {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) frequent_first: bool,
    pub(super) name: Name,
}

/// One term of a shard.
#[derive(Debug, Clone)]
pub(super) struct ShardTerm {
    pub(super) term: String,
    pub(super) documents: u32,
    pub(super) forms: Vec<String>,
    pub(super) postings: Vec<Posting>,
}

/// One document a term stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) document: u32,
    /// Occurrences in the body in the lower half, the bits of other fields above.
    pub(super) detail: u8,
}

/// What is shown of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) url: String,
    pub(super) title: String,
    pub(super) date: String,
    pub(super) note: String,
    pub(super) summary: String,
    /// Anchors and headings.
    pub(super) sections: Vec<(String, String)>,
}

/// The values of a facet.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Ids and labels.
    pub(super) values: Vec<(String, String)>,
    /// For each document the places of its values.
    pub(super) documents: Vec<Vec<u32>>,
}

/// The bytes of a file as they were before compression.
pub(super) fn unfold(bytes: Vec<u8>) -> Result<Vec<u8>, Malformed> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut plain = Vec::new();
    let read = flate2::read::GzDecoder::new(&*bytes).take(LARGEST).read_to_end(&mut plain);
    read.map(|_| plain).map_err(|_| Malformed("is not gzip as it says"))
}

pub(super) fn meta(bytes: &[u8]) -> Result<Meta, Malformed> {
    let mut from = Reader::new(bytes);
    if from.bytes(MARK.len())? != MARK {
        return Err(Malformed("is of another version"));
    }
    let documents = from.length()?;
    let mut meta = Meta { lengths: from.bytes(documents)?.to_vec(), ..Meta::default() };
    for _ in 0..from.length()? {
        meta.common.push(from.text()?.to_owned());
    }
    let mut first = String::new();
    for _ in 0..from.length()? {
        first = from.after(&first)?;
        meta.shards.push((first.clone(), Name::read(&mut from)?));
    }
    meta.rows_of_block = from.number()? as usize;
    if meta.rows_of_block == 0 {
        return Err(Malformed("has blocks without rows"));
    }
    for _ in 0..documents.div_ceil(meta.rows_of_block) {
        meta.blocks.push(Name::read(&mut from)?);
    }
    for _ in 0..from.length()? {
        let (key, title) = (from.text()?.to_owned(), from.text()?.to_owned());
        meta.facets.push(FacetFile { key, title, frequent_first: from.byte()? == 1, name: Name::read(&mut from)? });
    }
    for _ in 0..from.length()? {
        meta.vocabulary.push((from.number()? as usize, Name::read(&mut from)?));
    }
    Ok(meta)
}

/// The terms of a shard. `documents` is how many there are; no posting may point past them.
pub(super) fn shard(bytes: &[u8], documents: usize) -> Result<Vec<ShardTerm>, Malformed> {
    let whole = |(mut term, bytes): (ShardTerm, &[u8])| {
        term.postings = postings(bytes, documents).collect::<Result<_, _>>()?;
        Ok(term)
    };
    terms(bytes)?.into_iter().map(whole).collect()
}

/// The terms of a shard without their postings, and the bytes of these.
fn terms(bytes: &[u8]) -> Result<Vec<(ShardTerm, &[u8])>, Malformed> {
    let mut from = Reader::new(bytes);
    let mut terms: Vec<(ShardTerm, usize)> = Vec::new();
    let mut before = String::new();
    for _ in 0..from.length()? {
        let term = from.after(&before)?;
        let (frequency, length) = (from.number()?, from.length()?);
        let mut forms = Vec::new();
        for _ in 0..from.length()? {
            forms.push(from.after(&term)?);
        }
        before.clone_from(&term);
        terms.push((ShardTerm { term, documents: frequency, forms, postings: Vec::new() }, length));
    }
    terms.into_iter().map(|(term, length)| Ok((term, from.bytes(length)?))).collect()
}

fn postings(bytes: &[u8], documents: usize) -> impl Iterator<Item = Result<Posting, Malformed>> {
    let mut from = Reader::new(bytes);
    let mut next = 0_u32;
    let mut posting = move || {
        let number = from.number()?;
        let absent = Malformed("names a document that is not there");
        let document = next.checked_add(number >> 1).filter(|&document| (document as usize) < documents).ok_or(absent)?;
        let detail = if number & 1 == 1 { from.byte()? } else { 1 };
        next = document.checked_add(1).ok_or(absent)?;
        Ok((Posting { document, detail }, from.is_empty()))
    };
    let mut is_over = bytes.is_empty();
    std::iter::from_fn(move || {
        let next = (!is_over).then(&mut posting)?;
        is_over = next.as_ref().map_or(true, |(_, is_last)| *is_last);
        Some(next.map(|(posting, _)| posting))
    })
}

/// The places of each of a shard's `terms`, as bytes; nothing for a word whose places are not kept.
pub(super) fn places(bytes: &[u8], terms: usize) -> Result<Vec<&[u8]>, Malformed> {
    let mut from = Reader::new(bytes);
    let lengths: Vec<usize> = (0..terms).map(|_| from.length()).collect::<Result<_, _>>()?;
    lengths.into_iter().map(|length| from.bytes(length)).collect()
}

/// The places of one term, a list for each of its postings.
pub(super) fn places_of_term(bytes: &[u8]) -> Result<Vec<Vec<u32>>, Malformed> {
    let mut from = Reader::new(bytes);
    let mut documents: Vec<Vec<u32>> = Vec::new();
    let mut place = 0_u32;
    while !from.is_empty() {
        let number = from.number()?;
        if number & 1 == 1 {
            documents.push(Vec::new());
            place = 0;
        }
        place = place.saturating_add(number >> 1);
        documents.last_mut().ok_or(Malformed("has a place in no document"))?.push(place);
    }
    Ok(documents)
}

pub(super) fn block(bytes: &[u8]) -> Result<Vec<Row>, Malformed> {
    let mut from = Reader::new(bytes);
    let mut rows = Vec::new();
    while !from.is_empty() {
        let [url, title, date, note, summary] = [from.text()?, from.text()?, from.text()?, from.text()?, from.text()?].map(str::to_owned);
        let mut sections = Vec::new();
        for _ in 0..from.length()? {
            sections.push((from.text()?.to_owned(), from.text()?.to_owned()));
        }
        rows.push(Row { url, title, date, note, summary, sections });
    }
    Ok(rows)
}

/// A facet's column for `documents` documents.
pub(super) fn column(bytes: &[u8], documents: usize) -> Result<Column, Malformed> {
    let mut from = Reader::new(bytes);
    let mut column = Column { values: values(&mut from)?, documents: Vec::new() };
    for _ in 0..documents {
        let values: Vec<u32> = (0..from.length()?).map(|_| from.number()).collect::<Result<_, _>>()?;
        if values.iter().any(|&value| value as usize >= column.values.len()) {
            return Err(Malformed("names a value that is not there"));
        }
        column.documents.push(values);
    }
    Ok(column)
}

/// The ids and labels at the beginning of a facet's column.
fn values(from: &mut Reader<'_>) -> Result<Vec<(String, String)>, Malformed> {
    let count = from.length()?;
    (0..count).map(|_| Ok((from.text()?.to_owned(), from.text()?.to_owned()))).collect()
}

/// Words and in how many documents they stand.
pub(super) fn vocabulary(bytes: &[u8]) -> Result<Vec<(String, u32)>, Malformed> {
    let mut from = Reader::new(bytes);
    let mut words = Vec::new();
    let mut before = String::new();
    while !from.is_empty() {
        let word = from.after(&before)?;
        before.clone_from(&word);
        words.push((word, from.number()?));
    }
    Ok(words)
}

/// Says that the texts of a file are more than any search holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuch;

/// Every text that a search reads from a file of a bundle, by its path from the root of the site and its bytes before compression; nothing where it
/// is no such file, or a damaged one. There may be more in the file than that: no search looks behind the end.
///
/// # Errors
/// The texts would take more than 32 MiB.
pub fn texts(path: &str, bytes: &[u8]) -> Result<Option<Vec<String>>, TooMuch> {
    let Some(below) = path.strip_prefix("search/") else { return Ok(None) };
    let texts = match below.split_once('/').map_or(below, |(kind, _)| kind) {
        "meta.bin" => meta(bytes).map(|Meta { common, shards, facets, .. }| {
            let firsts = shards.into_iter().map(|(first, _)| first);
            common.into_iter().chain(firsts).chain(facets.into_iter().flat_map(|facet| [facet.key, facet.title])).collect()
        }),
        "s" => terms(bytes).and_then(|terms| {
            terms.iter().try_for_each(|(_, bytes)| postings(bytes, usize::MAX).try_for_each(|posting| posting.map(|_| ())))?;
            Ok(terms.into_iter().flat_map(|(term, _)| std::iter::once(term.term).chain(term.forms)).collect())
        }),
        "b" => block(bytes).map(|rows| {
            let row = |row: Row| {
                let sections = row.sections.into_iter().flat_map(|(anchor, heading)| [anchor, heading]);
                [row.url, row.title, row.date, row.note, row.summary].into_iter().chain(sections)
            };
            rows.into_iter().flat_map(row).collect()
        }),
        "f" => values(&mut Reader::new(bytes)).map(|values| values.into_iter().flat_map(|(id, label)| [id, label]).collect()),
        // Numbers alone.
        "p" => Ok(Vec::new()),
        "v" => vocabulary(bytes).map(|words| words.into_iter().map(|(word, _)| word).collect()),
        _ => return Ok(None),
    };
    if matches!(texts, Err(TOO_MUCH)) { Err(TooMuch) } else { Ok(texts.ok()) }
}

#[cfg(test)]
mod tests {
    use super::super::bytes::{put, put_after, put_length};
    use super::*;

    #[test]
    fn postings_past_the_last_number_are_refused() {
        let texts_with = |numbers: &[u32]| {
            let mut postings = Vec::new();
            for number in numbers {
                put(&mut postings, *number);
            }
            let mut bytes = Vec::new();
            put_length(&mut bytes, 1);
            put_after(&mut bytes, "", "dns");
            put(&mut bytes, 1);
            put_length(&mut bytes, postings.len());
            put_length(&mut bytes, 0);
            texts("search/s/0.bin", &[bytes, postings].concat())
        };
        // The upper bits of each say how many documents it passes over: after the second one there are none left.
        let half = u32::MAX - 1;
        assert_eq!(texts_with(&[half]), Ok(Some(vec!["dns".to_owned()])));
        assert_eq!(texts_with(&[half, half]), Ok(None));
        assert_eq!(texts_with(&[half, half, 0]), Ok(None));
    }

    #[test]
    fn a_file_that_unfolds_to_more_than_it_has_is_refused() {
        const TIMES: usize = 400_000;
        let long = "a".repeat(320);
        // Each is four bytes: as the one before, which has 320, and nothing more.
        let mut again = Vec::new();
        put_after(&mut again, &long, &long);
        let mut words = Vec::new();
        put_after(&mut words, "", &long);
        put(&mut words, 1);
        let mut vocabulary = words.clone();
        (0..TIMES).for_each(|_| vocabulary.extend([&again[..], &[1]].concat()));
        assert_eq!(texts("search/v/0.bin", &vocabulary), Err(TooMuch));

        let mut forms = Vec::new();
        put_length(&mut forms, 1);
        put_after(&mut forms, "", &long);
        put(&mut forms, 1);
        put_length(&mut forms, 0);
        put_length(&mut forms, TIMES);
        (0..TIMES).for_each(|_| forms.extend(&again));
        assert_eq!(texts("search/s/0.bin", &forms), Err(TooMuch));

        let mut firsts = MARK.to_vec();
        put_length(&mut firsts, 0);
        put_length(&mut firsts, 0);
        put_length(&mut firsts, TIMES);
        put_after(&mut firsts, "", &long);
        (0..TIMES).for_each(|_| firsts.extend([&[0; 6], &again[..]].concat()));
        assert_eq!(texts("search/meta.bin", &firsts), Err(TooMuch));

        // Texts without a letter take room, too.
        let rows = vec![0; 6 * TIMES];
        assert_eq!(texts("search/b/0.bin", &rows), Err(TooMuch));
        let mut values = Vec::new();
        put_length(&mut values, TIMES);
        values.extend(vec![0; 2 * TIMES]);
        assert_eq!(texts("search/f/0.bin", &values), Err(TooMuch));
    }

    #[test]
    fn counts_beyond_what_there_is_are_refused() {
        let huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
        for path in ["search/meta.bin", "search/s/0.bin", "search/b/0.bin", "search/f/0.bin", "search/v/0.bin"] {
            let mark = if path.ends_with("meta.bin") { &MARK[..] } else { &[] };
            assert_eq!(texts(path, &[mark, &huge].concat()), Ok(None), "{path}");
        }
        let term = [1, 0, 1, b'a', 1];
        assert_eq!(texts("search/s/0.bin", &[&term[..], &huge].concat()), Ok(None), "so many bytes of postings");
        assert_eq!(texts("search/s/0.bin", &[&term[..], &[0], &huge].concat()), Ok(None), "so many forms");
    }
}
