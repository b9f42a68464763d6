//! Which documents answer a query, and in what order.
//!
//! 1. Each needle becomes terms with weights (`lookup`).
//! 2. A document's *strength* for a needle adds up its terms by field, the body in proportion to its length; a needle's score is BM25F
//!    (Robertson, Zaragoza and Taylor 2004): strength saturates, and a needle that few documents have counts for more.
//! 3. A document must have most of what was asked: its needles, weighed by rarity, at least `LEAST_COVERAGE` of the best document's.
//!    Phrases must be there. The score is in proportion to what was found.
//! 4. Ties fall to the newer document.
//!
//! The reader in the browser does the same sums in the same order.

use std::collections::BTreeMap;

use super::decode::{Posting, Row};
use super::facet::{FacetCounts, Match, narrow};
use super::index::{Broken, Index};
use super::invert::Field;
use super::lookup::{Found, Lookup, Member};
use super::query::{Needle, Query, Sort, needles};

/// BM25: how slowly strength saturates, and how much the length of a document matters.
const SATURATION: f64 = 2.0;
const LENGTH_MATTERS: f64 = 0.5;
/// What a term is worth in a field, against one occurrence in the body of a document of average length.
const FIELDS: [(Field, f64); 4] = [(Field::Title, 8.0), (Field::Heading, 2.5), (Field::Facet, 4.0), (Field::Summary, 2.0)];
/// What the parts of a name are worth against the name.
const PARTS_OF_NAME: f64 = 0.7;
/// The share of the best document's needles that a result must have.
const LEAST_COVERAGE: f64 = 0.6;

/// What the index answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// How many documents there are.
    pub total: usize,
    /// The first of them, as many as the query asks for.
    pub hits: Vec<Hit>,
    /// How many of the results have each value, were that facet not narrowed.
    pub facets: Vec<FacetCounts>,
    /// Words that were not found, each with the word that was taken in its place.
    pub corrections: Vec<(String, String)>,
    /// What was not found at all.
    pub missing: Vec<String>,
    /// The terms that were found, to mark them in passages.
    pub words: Words,
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The number of the document; see [`newest_first`](super::newest_first).
    pub document: usize,
    /// Its address from the root of the site, without a leading slash.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its day, or nothing.
    pub date: String,
    /// A few words to show beside the date.
    pub note: String,
    /// What it says in short.
    pub summary: String,
    /// Anchors and headings of its sections.
    pub sections: Vec<(String, String)>,
    /// How well it answers; comparable within one answer only.
    pub score: f64,
}

/// The terms that answered a query, each with the number of its needle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(pub(super) BTreeMap<String, usize>);

/// Answers a query.
pub(super) fn answer(index: &Index<'_>, query: &Query, is_among: &dyn Fn(usize) -> bool) -> Result<Answer, Broken> {
    let needles = without_common_words(needles(&query.text), &index.meta().common);
    let mut search = Search { lookup: Lookup::new(index), norms: norms(&index.meta().lengths), seen: Seen::default() };
    let mut matches = search.matches(&needles)?;
    matches.retain(|(document, _)| is_among(*document));
    let (mut results, facets) = narrow(index, query, matches)?;
    if query.sort == Sort::Relevance {
        results.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    }
    let mut hits = Vec::new();
    for &(document, score) in results.iter().take(query.limit) {
        if let Some(Row { url, title, date, note, summary, sections }) = index.row(document)? {
            hits.push(Hit { document, url, title, date, note, summary, sections, score });
        }
    }
    let Seen { corrections, missing, words } = search.seen;
    Ok(Answer { total: results.len(), hits, facets, corrections, missing, words })
}

/// A query that has other words goes without those that nearly every document has.
fn without_common_words(needles: Vec<Needle>, common: &[String]) -> Vec<Needle> {
    let says_little = |needle: &Needle| match needle {
        Needle::Word { whole: Some(whole), parts, .. } => parts.is_empty() && common.contains(whole),
        _ => false,
    };
    if needles.iter().all(says_little) { needles } else { needles.into_iter().filter(|needle| !says_little(needle)).collect() }
}

/// For each document, what its length divides an occurrence in the body by.
fn norms(lengths: &[u8]) -> Vec<f64> {
    let words = |length: u8| f64::from(u32::from(length) * u32::from(length));
    let sum: f64 = lengths.iter().map(|&length| words(length)).sum();
    let average = (sum / number(lengths.len())).max(1.0);
    lengths.iter().map(|&length| 1.0 - LENGTH_MATTERS + LENGTH_MATTERS * words(length) / average).collect()
}

/// A search under way.
struct Search<'i, 'l> {
    lookup: Lookup<'i, 'l>,
    norms: Vec<f64>,
    seen: Seen,
}

/// What is learnt on the way.
#[derive(Default)]
struct Seen {
    corrections: Vec<(String, String)>,
    missing: Vec<String>,
    words: Words,
}

/// What is added up for a document.
#[derive(Clone, Copy, Default)]
struct Sum {
    score: f64,
    coverage: f64,
    /// Whether a phrase is wanting.
    refused: bool,
}

/// How strongly a document has the parts of a name.
#[derive(Clone, Copy)]
struct OfParts {
    least: f64,
    sum: f64,
    /// How many of them it has.
    count: usize,
}

impl Default for OfParts {
    fn default() -> Self {
        Self { least: f64::INFINITY, sum: 0.0, count: 0 }
    }
}

impl OfParts {
    fn add(&mut self, strength: f64) {
        self.least = self.least.min(strength);
        self.sum += strength;
        self.count += usize::from(strength > 0.0);
    }
}

impl Search<'_, '_> {
    /// The documents that have enough of the needles, in the order of their numbers.
    fn matches(&mut self, needles: &[Needle]) -> Result<Vec<Match>, Broken> {
        let documents = self.norms.len();
        if needles.is_empty() {
            return Ok((0..documents).map(|document| (document, 0.0)).collect());
        }
        let mut sums = vec![Sum::default(); documents];
        let mut all = 0.0;
        let mut telling = Vec::new();
        for (i, needle) in needles.iter().enumerate() {
            let strengths = self.strengths(i, needle)?;
            let found = strengths.iter().filter(|&&strength| strength > 0.0).count();
            let rarity = rarity(documents, found);
            telling.push(found > 0 && !is_everywhere(found, documents));
            if found > 0 {
                all += rarity;
            } else {
                self.seen.missing.push(needle.typed());
            }
            for (sum, strength) in sums.iter_mut().zip(strengths) {
                if strength > 0.0 {
                    sum.score += rarity * strength * (SATURATION + 1.0) / (strength + SATURATION);
                    sum.coverage += rarity;
                } else if matches!(needle, Needle::Phrase(_)) {
                    sum.refused = true;
                }
            }
        }
        // Beside words that tell documents apart, those that do not are no use to mark.
        if telling.contains(&true) {
            self.seen.words.0.retain(|_, needle| telling.get(*needle) == Some(&true));
        }
        let best = sums.iter().filter(|sum| !sum.refused).map(|sum| sum.coverage).fold(0.0, f64::max);
        let enough = |sum: &Sum| !sum.refused && sum.coverage > 0.0 && sum.coverage >= LEAST_COVERAGE * best;
        let results = sums.iter().enumerate().filter(|(_, sum)| enough(sum));
        Ok(results.map(|(document, sum)| (document, sum.score * sum.coverage / all)).collect())
    }

    /// How strongly each document has a needle.
    fn strengths(&mut self, needle: usize, what: &Needle) -> Result<Vec<f64>, Broken> {
        match what {
            Needle::Phrase(terms) => self.phrase(needle, terms),
            Needle::Word { whole, parts, open, .. } if parts.is_empty() => self.word(needle, whole.as_deref().unwrap_or_default(), *open),
            Needle::Word { whole, parts, open, .. } => {
                let found = whole.as_ref().map(|whole| self.lookup.find(whole, *open, 1.0)).transpose()?.unwrap_or_default();
                let mut strengths = self.add_up(needle, &found);
                let mut of_parts = vec![OfParts::default(); strengths.len()];
                for (i, part) in parts.iter().enumerate() {
                    let of_part = self.word(needle, part, *open && i + 1 == parts.len())?;
                    of_parts.iter_mut().zip(of_part).for_each(|(parts, strength)| parts.add(strength));
                }
                // Words that were written without a blank between them need not follow each other in the text.
                let is_loose = whole.is_none() && of_parts.iter().all(|of| of.count < parts.len());
                let of_parts = of_parts.into_iter().map(|of| match of.count {
                    count if count == parts.len() => of.least,
                    count if is_loose && 2 * count > parts.len() => of.sum / number(parts.len()),
                    _ => 0.0,
                });
                strengths.iter_mut().zip(of_parts).for_each(|(strength, of_parts)| *strength += PARTS_OF_NAME * of_parts);
                Ok(strengths)
            }
        }
    }

    fn word(&mut self, needle: usize, word: &str, open: bool) -> Result<Vec<f64>, Broken> {
        let resolved = self.lookup.find_or_mend(word, open)?;
        self.seen.corrections.extend(resolved.mended);
        Ok(self.add_up(needle, &resolved.found))
    }

    /// How strongly each document has any of the terms.
    fn add_up(&mut self, needle: usize, found: &[Found]) -> Vec<f64> {
        let mut strengths = vec![0.0; self.norms.len()];
        for Found { term, weight } in found {
            self.seen.words.0.entry(term.term.clone()).or_insert(needle);
            for &Posting { document, detail } in &term.postings {
                let document = document as usize;
                if let (Some(strength), Some(norm)) = (strengths.get_mut(document), self.norms.get(document)) {
                    *strength += weight * strength_of(detail, *norm);
                }
            }
        }
        strengths
    }

    /// How strongly each document has terms that follow each other.
    fn phrase(&mut self, needle: usize, terms: &[String]) -> Result<Vec<f64>, Broken> {
        let mut strengths = vec![0.0; self.norms.len()];
        let members = self.lookup.members(terms)?.unwrap_or_default();
        for member in &members {
            self.seen.words.0.entry(member.term.term.clone()).or_insert(needle);
        }
        for posting in members.first().map_or(&[][..], |first| &first.term.postings) {
            let document = posting.document as usize;
            let times = occurrences(&members, posting.document);
            if let (Some(detail), Some(strength), Some(norm)) = (times, strengths.get_mut(document), self.norms.get(document)) {
                *strength = strength_of(detail, *norm);
            }
        }
        Ok(strengths)
    }
}

/// What a posting says, in a document of some length.
fn strength_of(detail: u8, norm: f64) -> f64 {
    let fields: f64 = FIELDS.iter().filter(|(field, _)| detail & *field as u8 != 0).map(|(_, worth)| worth).sum();
    f64::from(detail & 15) / norm + fields
}

/// Whether something that `found` of the documents have tells so little that other words of a query are better followed alone.
pub(super) fn is_everywhere(found: usize, documents: usize) -> bool {
    found.saturating_mul(5) > documents.saturating_mul(4)
}

/// The inverse document frequency of BM25.
fn rarity(documents: usize, found: usize) -> f64 {
    (1.0 + (number(documents) - number(found) + 0.5) / (number(found) + 0.5)).ln()
}

fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// The detail of a posting for a phrase: how often a document has the members one after the other, and the fields they share. A member
/// without places stands anywhere.
fn occurrences(members: &[Member], document: u32) -> Option<u8> {
    let mut fields = 0xf0;
    let mut placed: Vec<(u32, &[u32])> = Vec::new();
    for (offset, Member { term, places }) in (0..).zip(members) {
        let at = term.postings.binary_search_by_key(&document, |posting| posting.document).ok()?;
        fields &= term.postings.get(at)?.detail;
        if !places.is_empty() {
            placed.push((offset, places.get(at)?));
        }
    }
    let Some(((first, starts), others)) = placed.split_first() else { return Some(fields | 1) };
    let follow = |start: u32| others.iter().all(|(offset, places)| places.binary_search(&start.saturating_add(offset - first)).is_ok());
    let times = starts.iter().filter(|&&start| follow(start)).take(15).count();
    u8::try_from(times).ok().filter(|&times| times > 0).map(|times| fields | times)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::fmt::Write;

    use crate::search::{Index, Query, Record, SectionText, Sort};

    fn record<'a>(url: &'a str, title: &'a str, date: Option<&'a str>, text: &'a str) -> Record<'a> {
        let sections = vec![SectionText { anchor: "text", heading: "Text", text: Cow::Borrowed(text) }];
        Record { url, title, date, language: "en", sections, ..Record::default() }
    }

    /// The addresses of what answers `text`, in order.
    fn check(records: &[Record<'_>], text: &str, sort: Sort, expected: &str) {
        let index = Index::build(records, &[]).unwrap();
        let answer = index.search(&Query { text: text.to_owned(), sort, limit: 10, ..Query::default() }).unwrap();
        let mut urls = String::new();
        for hit in &answer.hits {
            let _ = write!(urls, "{} ", hit.url);
        }
        assert_eq!(urls.trim_end(), expected, "{text}");
    }

    #[test]
    fn a_title_weighs_more_than_a_body_and_ties_fall_to_the_newer() {
        let records = [
            record("a", "Other", Some("2024-01-01"), "dns"),
            record("b", "Other", Some("2025-01-01"), "dns"),
            record("c", "DNS", None, "nothing"),
            record("d", "Other", None, "dns"),
            record("e", "Other", None, "nothing"),
        ];
        check(&records, "dns", Sort::Relevance, "c b a d");
        check(&records, "dns", Sort::Date, "b a c d");
        check(&records, "", Sort::Relevance, "b a c d e");
    }

    #[test]
    fn a_shorter_text_says_more_with_one_word() {
        let long = "dns ".to_owned() + &"filler ".repeat(400);
        check(&[record("long", "x", None, &long), record("short", "x", None, "dns filler")], "dns", Sort::Relevance, "short long");
    }

    #[test]
    fn of_three_rare_words_two_are_enough_and_of_two_both_are_wanted() {
        let records = [
            record("abc", "x", None, "alpha beta gamma"),
            record("ab", "x", None, "alpha beta"),
            record("c", "x", None, "gamma"),
            record("none", "x", None, "delta"),
        ];
        check(&records, "alpha beta gamma ", Sort::Relevance, "abc ab");
        check(&records, "alpha gamma ", Sort::Relevance, "abc");
        check(&records, "alpha omega ", Sort::Relevance, "ab abc");
    }

    #[test]
    fn a_phrase_does_not_run_on_from_one_field_to_the_next() {
        let records = [record("a", "split", None, "brain"), record("b", "x", None, "split brain"), record("c", "x", None, "brain split")];
        check(&records, "\"split brain\"", Sort::Relevance, "b");
        check(&records, "\"text split brain\"", Sort::Relevance, "");
    }
}
