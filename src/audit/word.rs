//! A text as words that can be compared whatever was done to it on the way: case, accents, marks and signs between them do not matter.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::config::is_unseen;
use crate::search::{fold, is_spaceless};

/// Stands in a text where one block ends and another begins; no run of words goes over it.
pub(super) const BREAK: char = '\u{2029}';

/// The most words of a run; text is compared by all its runs of so many.
pub(super) const RUN: usize = 5;

/// A character of a script without blanks says as much as so many letters.
const LETTERS_OF_A_SIGN: u32 = 4;

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// A hash of its folded form.
    hash: u64,
    /// Where it is in the text, in bytes.
    pub(super) start: u32,
    /// One past its end.
    pub(super) end: u32,
    /// How many letters it has.
    pub(super) letters: u32,
    /// Whether it has a digit.
    pub(super) has_digit: bool,
    /// What stands before it.
    pub(super) gap: Gap,
}

/// What stands between a word and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Signs alone, or nothing: `inc-7`.
    Signs,
    /// A blank, with signs or without.
    Blank,
    /// The end of a block.
    Break,
}

/// The words of a text, after those that are there already.
pub(super) fn push_words(text: &str, range: Range<usize>, gap: Gap, words: &mut Vec<Word>) {
    let mut reader = WordReader { text, open: None, letters: 0, has_digit: false, gap, words };
    let offset = range.start;
    for (at, c) in text.get(range.clone()).unwrap_or_default().char_indices() {
        let at = offset + at;
        let is_letter =
            if c.is_ascii() { c.is_ascii_alphanumeric() } else { (c.is_alphanumeric() || is_combining_mark(c)) && !is_unseen(c) };
        if is_letter && !is_spaceless(c) {
            reader.go_on(at, c, 1);
        } else if is_letter {
            reader.end(at);
            reader.go_on(at, c, LETTERS_OF_A_SIGN);
            reader.end(at + c.len_utf8());
        } else if !is_unseen(c) {
            reader.end(at);
            if c == BREAK {
                reader.gap = Gap::Break;
            } else if c.is_whitespace() {
                reader.gap = reader.gap.max(Gap::Blank);
            }
        }
    }
    reader.end(range.end);
}

/// The words of a whole text.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    push_words(text, 0..text.len(), Gap::Break, &mut words);
    words
}

/// Words as they are read.
struct WordReader<'t, 'w> {
    text: &'t str,
    /// Where the word that is being read begins.
    open: Option<usize>,
    letters: u32,
    has_digit: bool,
    gap: Gap,
    words: &'w mut Vec<Word>,
}

impl WordReader<'_, '_> {
    fn go_on(&mut self, at: usize, c: char, weight: u32) {
        self.open.get_or_insert(at);
        self.letters += if c.is_alphabetic() { weight } else { 0 };
        self.has_digit |= c.is_numeric();
    }

    fn end(&mut self, at: usize) {
        let Some(start) = self.open.take() else { return };
        let written = self.text.get(start..at).unwrap_or_default();
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (letters, has_digit, gap) = (self.letters, self.has_digit, self.gap);
        self.words.push(Word { hash: hash(written), start: place(start), end: place(at), letters, has_digit, gap });
        (self.letters, self.has_digit, self.gap) = (0, false, Gap::Signs);
    }
}

fn hash(written: &str) -> u64 {
    // Nearly all words are short and of plain letters.
    let mut folded = [0; 32];
    match folded.get_mut(..written.len()).filter(|_| written.is_ascii()) {
        Some(folded) => {
            folded.copy_from_slice(written.as_bytes());
            folded.make_ascii_lowercase();
            xxh3_64(folded)
        }
        None => xxh3_64(fold(&written.replace(is_unseen, "")).as_bytes()),
    }
}

/// What a run of words is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key(u64);

/// A run of words, of [`RUN`] at most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    /// What it is known by, whatever stands between its words.
    key: u64,
    /// The first word.
    pub(super) from: usize,
    /// One past the last.
    pub(super) to: usize,
    /// How many letters it has.
    pub(super) letters: u32,
    /// Whether one of its words has a digit.
    pub(super) has_digit: bool,
    /// Whether no blank stands in it, as in a name or an address.
    pub(super) is_joined: bool,
}

impl Run {
    /// The key of these words in this order.
    pub(super) fn in_order(self) -> Key {
        Key(self.key)
    }

    /// The key of these words in this order without a blank between them.
    pub(super) fn joined(self) -> Key {
        Key(!self.key)
    }
}

/// Every run of the words, by its first word and then its length.
pub(super) fn runs(words: &[Word]) -> impl Iterator<Item = Run> + '_ {
    (0..words.len()).flat_map(move |from| {
        let mut run = Run { key: 0, from, to: from, letters: 0, has_digit: false, is_joined: true };
        let within = words.get(from..).unwrap_or_default().iter().take(RUN);
        within.enumerate().map_while(move |(n, word)| {
            if n > 0 && word.gap == Gap::Break {
                return None;
            }
            run.key = xxh3_64_with_seed(&word.hash.to_le_bytes(), run.key);
            run.to += 1;
            run.letters += word.letters;
            run.has_digit |= word.has_digit;
            run.is_joined &= n == 0 || word.gap == Gap::Signs;
            Some(run)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words as they are written, each with what stands before it.
    fn written(text: &str) -> String {
        let sign = |gap| match gap {
            Gap::Signs => "-",
            Gap::Blank => " ",
            Gap::Break => "/",
        };
        words(text).iter().flat_map(|word| [sign(word.gap), &text[word.start as usize..word.end as usize]]).collect()
    }

    #[test]
    fn words_end_at_signs_blanks_and_breaks() {
        assert_eq!(written("INC-7 broke, again"), "/INC-7 broke again");
        assert_eq!(written("a\u{2029} b.c  — d"), "/a/b-c d");
        assert_eq!(written("…"), "");
        assert_eq!(written("障害x"), "/障-害-x");
    }

    #[test]
    fn what_does_not_show_makes_no_other_word() {
        let hashes = |text: &str| words(text).iter().map(|word| word.hash).collect::<Vec<_>>();
        assert_eq!(hashes("Größe des RÉSEAU"), hashes("grosse DES re\u{301}seau"));
        assert_eq!(hashes("cer\u{ad}tif\u{200b}icate"), hashes("certificate"));
        assert_eq!(hashes("cer\u{200e}ti\u{2062}fi\u{3164}c\u{fe0f}ate"), hashes("certificate"));
        assert_ne!(hashes("certificate"), hashes("certificates"));
    }

    #[test]
    fn runs_are_of_five_words_at_most_and_within_a_block() {
        let text = "one two three four five six\u{2029}seven";
        let words = words(text);
        let last = runs(&words).filter(|run| run.to - run.from == RUN).map(|run| (run.from, run.letters)).collect::<Vec<_>>();
        assert_eq!(last, [(0, 19), (1, 19)]);
        assert!(runs(&words).all(|run| run.to <= 6 || run.from == 6));
    }

    #[test]
    fn a_name_is_joined_by_signs_alone() {
        let of = |text: &str| {
            let words = words(text);
            runs(&words).find(|run| run.to == 2).map(|run| (run.in_order(), run.is_joined)).unwrap()
        };
        assert_eq!((of("inc-7").0, of("inc-7").1), (of("INC 7").0, true));
        assert!(!of("inc 7").1);
    }
}
