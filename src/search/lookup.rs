//! Which terms of the index a word of a query stands for.
//!
//! The word itself; other forms of it, as the builder noted them; the longer words it begins. Where there is none of these, the words it may
//! have been meant to be: by edit distance (optimal string alignment; one slip from four letters on, two from eight), or because they begin
//! alike.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::decode::ShardTerm;
use super::index::{Broken, Index};

/// What another form of a word is worth against the word.
const OTHER_FORM: f64 = 0.8;
/// What a longer word is worth: at least the first, and up to the second more the less is missing. How many are taken, from how many shards.
const LONGER: (f64, f64) = (0.3, 0.5);
const MOST_LONGER: usize = 40;
const SHARDS_OF_LONGER: usize = 3;
/// What words are worth that may have been meant, one slip away and further; how many are taken.
const MEANT: (f64, f64) = (0.7, 0.5);
const MOST_MEANT: usize = 3;

/// A term and what it is worth.
pub(super) struct Found {
    pub(super) term: Rc<ShardTerm>,
    pub(super) weight: f64,
}

/// The terms of a word, and the word that was taken in its place where it is not there.
pub(super) struct Resolved {
    pub(super) found: Vec<Found>,
    pub(super) mended: Option<(String, String)>,
}

/// A term of a phrase, with a list of places for each posting; without any where they are not kept.
pub(super) struct Member {
    pub(super) term: Rc<ShardTerm>,
    pub(super) places: Vec<Vec<u32>>,
}

/// Looks terms up, reading each shard once.
pub(super) struct Lookup<'i, 'l> {
    index: &'i Index<'l>,
    shards: BTreeMap<usize, Rc<[Rc<ShardTerm>]>>,
}

impl<'i, 'l> Lookup<'i, 'l> {
    pub(super) fn new(index: &'i Index<'l>) -> Self {
        Self { index, shards: BTreeMap::new() }
    }

    /// The word itself, its other forms, and the longer words it begins if it is `open`.
    pub(super) fn find(&mut self, word: &str, open: bool, weight: f64) -> Result<Vec<Found>, Broken> {
        let mut found: Vec<Found> = Vec::new();
        if let Some(term) = self.exact(word)? {
            for form in &term.forms {
                let form = self.exact(form)?;
                found.extend(form.map(|term| Found { term, weight: weight * OTHER_FORM }));
            }
            found.insert(0, Found { term, weight });
        }
        // One letter begins too many words.
        if open && (word.len() > 1 || !word.is_ascii()) {
            let mut longer = self.beginning_with(word)?;
            longer.retain(|term| !found.iter().any(|known| known.term.term == term.term));
            let worth = |longer: &str| weight * (LONGER.0 + LONGER.1 * (characters(word) / characters(longer)));
            found.extend(longer.into_iter().take(MOST_LONGER).map(|term| Found { weight: worth(&term.term), term }));
        }
        Ok(found)
    }

    /// The same; where there is nothing, the words it begins although it was ended, or the words it may have been meant to be.
    pub(super) fn find_or_mend(&mut self, word: &str, open: bool) -> Result<Resolved, Broken> {
        let mut found = self.find(word, open, 1.0)?;
        if found.is_empty() && !open {
            found = self.find(word, true, 1.0)?;
        }
        if !found.is_empty() {
            return Ok(Resolved { found, mended: None });
        }
        let (meant, weight) = self.meant(word)?;
        for other in &meant {
            let mut forms = self.find(other, false, weight)?;
            forms.retain(|form| !found.iter().any(|known| known.term.term == form.term.term));
            found.append(&mut forms);
        }
        Ok(Resolved { found, mended: meant.into_iter().next().map(|first| (word.to_owned(), first)) })
    }

    /// The words that one which is not there may have been meant to be, and what they are worth: one slip away; else words that begin alike,
    /// which are forms of it that only a stemmer could tell; else two slips away.
    fn meant(&mut self, word: &str) -> Result<(Vec<String>, f64), Broken> {
        let length = word.chars().count();
        let mut meant = Vec::new();
        if length >= 4 {
            meant = self.near(word, length, 1)?;
        }
        let weight = if meant.is_empty() { MEANT.1 } else { MEANT.0 };
        if meant.is_empty() && length >= 6 {
            let letters: String = word.chars().take((length - 3).max(4)).collect();
            let alike = self.beginning_with(&letters)?;
            meant = alike.iter().map(|term| term.term.clone()).filter(|other| other.chars().count() <= length + 3).collect();
        }
        if meant.is_empty() && length >= 8 {
            meant = self.near(word, length, 2)?;
        }
        meant.truncate(MOST_MEANT);
        Ok((meant, weight))
    }

    /// The words at an edit distance, the most frequent first.
    fn near(&self, word: &str, length: usize, distance: usize) -> Result<Vec<String>, Broken> {
        let mut near: Vec<(Reverse<u32>, String)> = Vec::new();
        for &(_, name) in self.index.meta().vocabulary.iter().filter(|(of, _)| of.abs_diff(length) <= distance) {
            let words = self.index.vocabulary(name)?.into_iter().filter(|(other, _)| strsim::osa_distance(word, other) == distance);
            near.extend(words.map(|(other, documents)| (Reverse(documents), other)));
        }
        near.sort();
        Ok(near.into_iter().map(|(_, other)| other).collect())
    }

    /// The terms that begin with some letters, the most frequent first.
    fn beginning_with(&mut self, letters: &str) -> Result<Vec<Rc<ShardTerm>>, Broken> {
        let mut longer: Vec<Rc<ShardTerm>> = Vec::new();
        let first = self.shard_of(letters);
        for shard in first..first + SHARDS_OF_LONGER {
            let goes_on = self.index.meta().shards.get(shard).is_some_and(|(begin, _)| begin.starts_with(letters));
            if shard > first && !goes_on {
                break;
            }
            longer.extend(self.shard(shard)?.iter().filter(|term| term.term.starts_with(letters)).cloned());
        }
        longer.sort_by(|a, b| (Reverse(a.documents), &a.term).cmp(&(Reverse(b.documents), &b.term)));
        Ok(longer)
    }

    /// The terms of a phrase; nothing if one of them is nowhere.
    pub(super) fn members(&mut self, terms: &[String]) -> Result<Option<Vec<Member>>, Broken> {
        let mut members = Vec::new();
        for text in terms {
            let shard = self.shard_of(text);
            let read = self.shard(shard)?;
            let Ok(place) = read.binary_search_by(|term| term.term.as_str().cmp(text)) else { return Ok(None) };
            let (Some(term), Some((_, name))) = (read.get(place), self.index.meta().shards.get(shard)) else { return Ok(None) };
            members.push(Member { term: Rc::clone(term), places: self.index.places(*name, read.len(), place)? });
        }
        Ok(Some(members))
    }

    fn exact(&mut self, text: &str) -> Result<Option<Rc<ShardTerm>>, Broken> {
        let shard = self.shard(self.shard_of(text))?;
        let place = shard.binary_search_by(|term| term.term.as_str().cmp(text));
        Ok(place.ok().and_then(|place| shard.get(place)).cloned())
    }

    /// The shard that a term would be in.
    fn shard_of(&self, term: &str) -> usize {
        self.index.meta().shards.partition_point(|(first, _)| first.as_str() <= term).saturating_sub(1)
    }

    fn shard(&mut self, shard: usize) -> Result<Rc<[Rc<ShardTerm>]>, Broken> {
        if let Some(read) = self.shards.get(&shard) {
            return Ok(Rc::clone(read));
        }
        let name = self.index.meta().shards.get(shard);
        let read = name.map(|(_, name)| self.index.shard(*name)).transpose()?.unwrap_or_default();
        let read: Rc<[Rc<ShardTerm>]> = read.into_iter().map(Rc::new).collect();
        self.shards.insert(shard, Rc::clone(&read));
        Ok(read)
    }
}

fn characters(text: &str) -> f64 {
    u32::try_from(text.chars().count()).map_or(f64::MAX, f64::from)
}
