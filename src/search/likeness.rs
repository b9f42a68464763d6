//! Which texts are alike, by the rare words they share: cosine over weighted words (TF-IDF; Salton and Buckley 1988, "Term-weighting
//! approaches in automatic text retrieval").
//!
//! Ranking for queries (BM25, as in `rank`) is not symmetric: a short text is like a long one in another measure than the long one is
//! like the short. Here likeness is one number for two texts, whichever is asked, to the last bit: shared words are always added up in the same
//! order. The work stays near-linear because only words that few texts have are looked at, and of one text only its most telling ones.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::Arc;

use rust_stemmers::Stemmer;
use xxhash_rust::xxh3::xxh3_64;

use super::stem;
use super::token::{chunks, fold, pairs, runs};

/// Words of one text that count: its most telling ones.
const MOST_WORDS: usize = 32;
/// A word counts that at most this many texts have, and in a small collection at most one in [`ONE_IN`] of them.
const MOST_TEXTS: usize = 64;
const ONE_IN: usize = 8;
/// In a collection of fewer texts, words that everybody uses look rare, and likeness says nothing.
const FEWEST_TEXTS: usize = 40;
/// Two texts are alike from this cosine on, and from this many shared words on. Tuned by reading what 242 public
/// postmortems give: below it, half of what is shown is not worth a click.
const LEAST: f32 = 0.2;
const LEAST_SHARED: usize = 3;
/// Letters a word must have; shorter ones are glue, or names that mean something else everywhere.
const SHORTEST: usize = 3;
/// Words that say when something happened, which is no likeness.
const WHEN: [&str; 19] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
/// Shared words that are named.
const NAMED: usize = 4;

/// The words of a text: stems with how often they occur and how they are written. A pure function of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// In order of stem.
    spots: Box<[Spot]>,
    /// How they are written, one after another.
    forms: Box<str>,
}

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spot {
    /// The hash of its stem.
    stem: u64,
    count: u32,
    /// Where its form stands among the forms, in bytes.
    start: u32,
    end: u32,
}

/// Takes texts apart, and remembers the stems of words it met: most words of a text are those of the one before.
#[derive(Default)]
pub struct Reader {
    stems: HashMap<(u64, u8), u64, BuildHasherDefault<AsItIs>>,
    stemmers: HashMap<u8, Option<Stemmer>>,
    lower: String,
}

impl Reader {
    /// The words of a text in a language (BCP 47).
    pub fn read(&mut self, text: &str, language: &str) -> Words {
        let language = stem::language(language);
        let mut met: Vec<(u64, &str)> = Vec::new();
        let mut forms_of_pairs: Vec<(u64, String)> = Vec::new();
        for chunk in chunks(text) {
            if chunk.spaceless {
                forms_of_pairs.extend(pairs(chunk.text).into_iter().map(|pair| (xxh3_64(pair.as_bytes()), pair)));
                continue;
            }
            if chunk.text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                met.extend(self.stem(chunk.text, language).map(|stem| (stem, chunk.text)));
            } else if !(chunk.text.ends_with("n't") || chunk.text.ends_with("n’t")) {
                met.extend(runs(&chunk).into_iter().filter_map(|(_, run)| Some((self.stem(run, language)?, run))));
            }
        }
        met.extend(forms_of_pairs.iter().map(|(stem, form)| (*stem, form.as_str())));
        // Equal stems together, and of their forms the best first.
        met.sort_unstable_by(|(a, a_form), (b, b_form)| a.cmp(b).then_with(|| better(b_form, a_form)));
        let mut spots: Vec<Spot> = Vec::new();
        let mut forms = String::new();
        for (stem, form) in met {
            if let Some(last) = spots.last_mut().filter(|last| last.stem == stem) {
                last.count += 1;
            } else {
                let start = u32::try_from(forms.len()).unwrap_or(u32::MAX);
                forms.push_str(form);
                spots.push(Spot { stem, count: 1, start, end: u32::try_from(forms.len()).unwrap_or(u32::MAX) });
            }
        }
        Words { spots: spots.into(), forms: forms.into() }
    }

    /// The hash of the stem of a word, where it is one: letters first, and enough of them.
    fn stem(&mut self, run: &str, language: Option<u8>) -> Option<u64> {
        if run.chars().nth(SHORTEST - 1).is_none() || !run.starts_with(char::is_alphabetic) {
            return None;
        }
        self.lower.clear();
        if run.is_ascii() {
            self.lower.extend(run.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            self.lower.push_str(&run.to_lowercase());
        }
        if WHEN.contains(&self.lower.as_str()) {
            return None;
        }
        let word = xxh3_64(self.lower.as_bytes());
        let Some(language) = language else { return Some(xxh3_64(fold(run).as_bytes())) };
        let Self { stems, stemmers, lower } = self;
        Some(*stems.entry((word, language)).or_insert_with(|| {
            let stemmer = stemmers.entry(language).or_insert_with(|| stem::stemmer(language));
            let stem = stemmer.as_ref().and_then(|stemmer| stem::stem(stemmer, lower));
            stem.map_or(word, |stem| xxh3_64(stem.as_bytes()))
        }))
    }
}

/// Which of two ways to write a word is the better one to show: the shorter, and of those the one in small letters.
fn better(a: &str, b: &str) -> std::cmp::Ordering {
    b.len().cmp(&a.len()).then_with(|| a.cmp(b))
}

impl Words {
    fn form(&self, stem: u64) -> &str {
        let spot = self.spots.binary_search_by_key(&stem, |spot| spot.stem).ok().and_then(|place| self.spots.get(place));
        spot.and_then(|spot| self.forms.get(spot.start as usize..spot.end as usize)).unwrap_or_default()
    }
}

/// A text that is like another.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// Which: its place among the texts.
    pub other: usize,
    /// How much: the cosine of their words, up to 1.
    pub score: f32,
    /// The words they share, the most telling first, at most four.
    pub words: Vec<String>,
}

/// Which of some texts are alike.
pub struct Likeness {
    texts: Vec<Arc<Words>>,
    /// For each text its telling words in order of stem, each with its share of the text; their squares add up to 1.
    telling: Vec<Box<[(u64, f32)]>>,
    /// The texts that have a telling word.
    having: HashMap<u64, Range<usize>, BuildHasherDefault<AsItIs>>,
    /// (text, share of the word), for one word after another.
    postings: Vec<(u32, f32)>,
}

impl Likeness {
    /// Weighs the words of all texts.
    #[must_use]
    pub fn of(texts: Vec<Arc<Words>>) -> Self {
        let mut counts: HashMap<u64, u32, BuildHasherDefault<AsItIs>> = HashMap::default();
        for spot in texts.iter().flat_map(|words| &words.spots) {
            *counts.entry(spot.stem).or_default() += 1;
        }
        let most = if texts.len() < FEWEST_TEXTS { 0 } else { MOST_TEXTS.min(texts.len() / ONE_IN) };
        let is_rare = |count: u32| (2..=most).contains(&(count as usize));
        let telling: Vec<Box<[(u64, f32)]>> = texts
            .iter()
            .map(|words| {
                let rare = words.spots.iter().filter_map(|spot| {
                    let texts_with = counts.get(&spot.stem).copied().filter(|count| is_rare(*count))?;
                    Some((spot.stem, weight(spot.count, texts_with, texts.len())))
                });
                unit_of_telling(rare.collect())
            })
            .collect();
        let mut all: Vec<(u64, u32, f32)> = Vec::with_capacity(telling.iter().map(|words| words.len()).sum());
        for (n, words) in (0_u32..).zip(&telling) {
            all.extend(words.iter().map(|(stem, share)| (*stem, n, *share)));
        }
        all.sort_unstable_by_key(|(stem, n, _)| (*stem, *n));
        let mut having: HashMap<u64, Range<usize>, BuildHasherDefault<AsItIs>> = HashMap::default();
        for (place, (stem, ..)) in all.iter().enumerate() {
            having.entry(*stem).or_insert(place..place).end = place + 1;
        }
        let postings = all.into_iter().map(|(_, n, share)| (n, share)).collect();
        Self { texts, telling, having, postings }
    }

    /// The texts that are like one, the most alike first; ties go to the one that comes first.
    #[must_use]
    pub fn near(&self, n: usize) -> Vec<Alike> {
        let Some(telling) = self.telling.get(n) else { return Vec::new() };
        let mut sums: Vec<(f32, u32)> = vec![(0.0, 0); self.texts.len()];
        let mut met: Vec<u32> = Vec::new();
        for (stem, share) in telling {
            let postings = self.having.get(stem).and_then(|range| self.postings.get(range.clone())).unwrap_or_default();
            for (other, other_share) in postings {
                if let Some((sum, shared)) = sums.get_mut(*other as usize) {
                    if *shared == 0 {
                        met.push(*other);
                    }
                    *sum += share * other_share;
                    *shared += 1;
                }
            }
        }
        let mut near: Vec<(f32, usize)> = met
            .into_iter()
            .filter_map(|other| {
                let other = other as usize;
                let (score, shared) = sums.get(other)?;
                (other != n && *score >= LEAST && *shared as usize >= LEAST_SHARED).then_some((*score, other))
            })
            .collect();
        near.sort_by(|(a, a_place), (b, b_place)| b.total_cmp(a).then_with(|| a_place.cmp(b_place)));
        near.into_iter().map(|(score, other)| Alike { other, score, words: self.shared(n, other) }).collect()
    }

    /// The words two texts share, the most telling first.
    fn shared(&self, one: usize, other: usize) -> Vec<String> {
        let (Some(a), Some(b)) = (self.telling.get(one), self.telling.get(other)) else { return Vec::new() };
        let (Some(a_words), Some(b_words)) = (self.texts.get(one), self.texts.get(other)) else { return Vec::new() };
        let share_of = |stem: u64| b.binary_search_by_key(&stem, |(stem, _)| *stem).ok().and_then(|place| b.get(place));
        let mut shared: Vec<(f32, u64)> = a.iter().filter_map(|(stem, share)| Some((share * share_of(*stem)?.1, *stem))).collect();
        shared.sort_by(|(a, a_stem), (b, b_stem)| b.total_cmp(a).then_with(|| a_stem.cmp(b_stem)));
        let form = |stem: u64| std::cmp::max_by(a_words.form(stem), b_words.form(stem), |a, b| better(a, b));
        shared.into_iter().take(NAMED).map(|(_, stem)| form(stem).to_owned()).collect()
    }
}

/// The heaviest words in order of stem, scaled so that their squares add up to 1.
fn unit_of_telling(mut words: Vec<(u64, f32)>) -> Box<[(u64, f32)]> {
    if words.len() > MOST_WORDS {
        words.select_nth_unstable_by(MOST_WORDS - 1, |(a, a_weight), (b, b_weight)| b_weight.total_cmp(a_weight).then_with(|| a.cmp(b)));
        words.truncate(MOST_WORDS);
    }
    words.sort_unstable_by_key(|(stem, _)| *stem);
    let length = words.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    words.into_iter().map(|(stem, weight)| (stem, weight / length.max(f32::MIN_POSITIVE))).collect()
}

/// How much a word says of a text: the more often it occurs there, the more, but ever less so; and the fewer texts have it, the more.
#[expect(clippy::cast_precision_loss, reason = "counts of texts and words are far below 2^24")]
fn weight(count: u32, texts_with: u32, texts: usize) -> f32 {
    (1.0 + (count as f32).ln()) * (texts as f32 / texts_with as f32).ln()
}

/// For keys that are hashes already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes) ^ self.0.rotate_left(32);
    }

    fn write_u8(&mut self, value: u8) {
        self.0 = self.0.rotate_left(8) ^ u64::from(value);
    }

    fn write_u64(&mut self, value: u64) {
        self.0 ^= value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(texts: &[&str]) -> Likeness {
        let mut reader = Reader::default();
        Likeness::of(texts.iter().map(|text| Arc::new(reader.read(text, "en"))).collect())
    }

    /// The words of a text as they are shown.
    fn forms(text: &str) -> Vec<String> {
        let words = Reader::default().read(text, "en");
        let mut forms: Vec<String> = words.spots.iter().map(|spot| format!("{} {}", words.form(spot.stem), spot.count)).collect();
        forms.sort();
        forms
    }

    #[test]
    fn forms_of_a_word_are_one_and_the_shortest_in_small_letters_is_shown() {
        assert_eq!(forms("Failing, fails, Fail; a fail-over of BGP on 4 May 2024, isn't it"), ["BGP 1", "fail 4", "over 1"]);
        assert_eq!(forms("障害 Überlauf"), ["Überlauf 1", "障害 1"]);
    }

    /// Texts of made-up words, of which two share four rare ones, and all share some.
    fn corpus() -> Vec<String> {
        let word = |n: usize, i: usize| format!("word{}{}", ["q", "w", "r", "t"][i % 4].repeat(n + 1), "z".repeat(i));
        let made_up = |n: usize| (0..6).map(|i| word(n, i)).collect::<Vec<_>>().join(" ");
        let mut texts: Vec<String> = (0..40).map(|n| format!("The deploy of the service failed. {} ", made_up(n))).collect();
        texts[3].push_str("futex deadlock kernel leap");
        texts[11].push_str("Futexes, a deadlock in the kernel at the leap second");
        texts[12].push_str("a kernel deadlock");
        texts
    }

    #[test]
    fn texts_are_alike_by_the_rare_words_they_share_and_say_which() {
        let texts = corpus();
        let likeness = likeness(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let near = likeness.near(3);
        assert_eq!(near.iter().map(|alike| alike.other).collect::<Vec<_>>(), [11]);
        assert_eq!(near[0].words, likeness.near(11)[0].words);
        let mut words = near[0].words.clone();
        words.sort();
        assert_eq!(words, ["deadlock", "futex", "kernel", "leap"][..].iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
    }

    #[test]
    fn likeness_is_the_same_both_ways_to_the_last_bit() {
        // Texts of words drawn from a small vocabulary by a fixed generator (xorshift, Marsaglia 2003).
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        let texts: Vec<String> = (0..300)
            .map(|_| {
                (0..40)
                    .map(|_| format!("w{}", char::from(b'a' + (next() % 26) as u8).to_string().repeat(1 + (next() % 24) as usize)) + "x ")
                    .collect()
            })
            .collect();
        let likeness = likeness(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let mut pairs = 0;
        for n in 0..texts.len() {
            for alike in likeness.near(n) {
                let back = likeness.near(alike.other).into_iter().find(|other| other.other == n).expect("both ways");
                assert_eq!((back.score.to_bits(), &back.words), (alike.score.to_bits(), &alike.words));
                pairs += 1;
            }
        }
        assert!(pairs > 100, "{pairs}");
    }

    #[test]
    fn few_or_empty_texts_are_like_nothing() {
        assert_eq!(likeness(&[]).near(0), []);
        assert_eq!(likeness(&["", ""]).near(0), []);
        assert_eq!(likeness(&["futex deadlock kernel"; 2]).near(1), [], "too few to tell what is rare");
        assert_eq!(likeness(&["futex deadlock kernel"; 50]).near(1), [], "what all have says nothing");
    }
}
