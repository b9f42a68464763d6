//! Text into search terms, the same way for pages and for queries; the reader in the browser follows these rules to the letter.
//!
//! 1. A *chunk* is a stretch of letters, digits and the signs that hold a name together: `payments-api`, `max_connections`, `v2.3.1`.
//!    A stretch of a script written without blanks between words (Chinese, Japanese, Korean, Thai, Lao, Burmese, Khmer) is a chunk of its own.
//! 2. A *run* is a stretch of letters and digits in it: `payments`, `api`. One letter alone is no run beside others.
//! 3. The terms of a chunk are its runs, the runs joined (`paymentsapi`), and the words inside a run told by capitals (`OOMKilled`: `oom`,
//!    `killed`). A chunk without blanks gives its overlapping pairs of characters.
//! 4. Every term is *folded*: compatibility forms, accents and the vowel signs of Hebrew and Arabic taken off (Unicode NFKD), lower case, `ß` as `ss`, composed again.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters kept of one term; the longest names people search for (a transaction hash) have 66.
const TERM_LENGTH: usize = 80;
/// Runs that are still joined to one term; more is a list, not a name.
const JOINED_RUNS: usize = 8;
/// Words inside a run; more is a random string.
const INNER_WORDS: usize = 6;

/// A stretch of text that is looked at as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk<'a> {
    /// The text, without signs at its ends.
    pub(super) text: &'a str,
    /// Where it starts in the text, in bytes.
    pub(super) start: usize,
    /// Whether the script sets no blanks between words.
    pub(super) spaceless: bool,
}

/// A term of a chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// The folded term.
    pub(super) term: String,
    /// Its place, counted in words from the start of the chunk.
    pub(super) place: u32,
    /// The word before folding in lower case, where it is one that a stemmer understands.
    pub(super) word: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Spaceless,
    Connector,
    Gap,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Word,
        '-' | '_' | '.' | ':' | '\'' | '@' | '&' | '\u{ad}' | '\u{2010}' | '\u{2011}' | '\u{2019}' => Class::Connector,
        '\0'..='\u{7f}' => Class::Gap,
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3134f}' => Class::Spaceless,
        _ if c.is_alphanumeric() || is_combining_mark(c) => Class::Word,
        _ => Class::Gap,
    }
}

/// The class of the character at a byte of `text`, and its length; nothing at the end.
fn class_at(text: &str, at: usize) -> Option<(Class, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some((class(char::from(byte)), 1));
    }
    text.get(at..)?.chars().next().map(|c| (class(c), c.len_utf8()))
}

/// The chunks of `text`, in order.
pub(super) fn chunks(text: &str) -> impl Iterator<Item = Chunk<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = loop {
            match class_at(text, at)? {
                (found @ (Class::Word | Class::Spaceless), _) => break found,
                (_, length) => at += length,
            }
        };
        let start = at;
        let mut end = at;
        while let Some((found, length)) = class_at(text, at) {
            if found == first {
                end = at + length;
            } else if found != Class::Connector || first != Class::Word {
                break;
            }
            at += length;
        }
        Some(Chunk { text: text.get(start..end)?, start, spaceless: first == Class::Spaceless })
    })
}

/// The runs of a chunk, each with its start in bytes of the chunk.
pub(super) fn runs<'a>(chunk: &Chunk<'a>) -> Vec<(usize, &'a str)> {
    let is_connector = |c| class(c) == Class::Connector;
    let mut runs = Vec::new();
    let mut start = 0;
    for piece in chunk.text.split_inclusive(is_connector) {
        let run = piece.trim_end_matches(is_connector);
        if !run.is_empty() {
            runs.push((start, run));
        }
        start += piece.len();
    }
    if runs.len() > 1 {
        runs.retain(|(_, run)| run.chars().nth(1).is_some());
    }
    runs
}

/// The runs of a chunk as one term, where there is more than one.
pub(super) fn joined(chunk: &Chunk<'_>, runs: usize) -> Option<String> {
    let is_connector = |c| class(c) == Class::Connector;
    let several = runs <= JOINED_RUNS && chunk.text.contains(is_connector);
    several.then(|| fold(&chunk.text.replace(is_connector, "")))
}

/// The overlapping pairs of characters of a text without blanks; a character alone stands for itself.
pub(super) fn pairs(text: &str) -> Vec<String> {
    let characters: Vec<char> = fold_all(text).chars().collect();
    characters.windows(characters.len().clamp(1, 2)).map(|pair| pair.iter().collect()).collect()
}

/// Every term of a chunk, and how many words long the chunk is.
pub(super) fn spots(chunk: &Chunk<'_>) -> (Vec<Spot>, u32) {
    let mut spots = Vec::new();
    let mut place = 0;
    if chunk.spaceless {
        for term in pairs(chunk.text) {
            spots.push(Spot { term, place, word: None });
            place += 1;
        }
        return (spots, place);
    }
    let runs = runs(chunk);
    if let Some(term) = joined(chunk, runs.len()) {
        spots.push(Spot { term, place, word: None });
    }
    for (_, run) in runs {
        spots.extend(without_article(run).map(|bare| Spot { term: bare, place, word: None }));
        let plain = !run.contains(|c: char| c.is_numeric());
        spots.push(Spot { term: fold(run), place, word: plain.then(|| run.to_lowercase()) });
        spots.extend(inner_words(run).into_iter().map(|inner| Spot { term: fold(inner), place, word: Some(inner.to_lowercase()) }));
        place += 1;
    }
    (spots, place.max(1))
}

/// An Arabic word without the article that is written with it.
fn without_article(run: &str) -> Option<String> {
    let bare = run.strip_prefix("ال")?;
    (bare.chars().count() > 2).then(|| fold(bare))
}

/// The words that capitals set apart inside a run: `OOM`, `Killed`. Short ones say too little.
pub(super) fn inner_words(run: &str) -> Vec<&str> {
    if !run.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let upper = |i: usize| run.as_bytes().get(i).map(u8::is_ascii_uppercase);
    let begins = |i: usize| upper(i) == Some(true) && (upper(i - 1) == Some(false) || upper(i + 1) == Some(false));
    let mut cuts: Vec<usize> = (1..run.len()).filter(|&i| begins(i)).collect();
    if cuts.is_empty() || cuts.len() >= INNER_WORDS {
        return Vec::new();
    }
    cuts.insert(0, 0);
    cuts.push(run.len());
    cuts.array_windows().filter_map(|&[from, to]| run.get(from..to)).filter(|word| word.len() > 2).collect()
}

/// Whether a character is of a script that sets no blanks between words.
pub(crate) fn is_spaceless(c: char) -> bool {
    class(c) == Class::Spaceless
}

/// A term without case, accents and compatibility forms, cut to a length.
pub(crate) fn fold(run: &str) -> String {
    let folded = if run.is_ascii() { Cow::Owned(run.to_ascii_lowercase()) } else { fold_all(run) };
    match folded.char_indices().nth(TERM_LENGTH) {
        Some((end, _)) => folded.get(..end).unwrap_or_default().to_owned(),
        None => folded.into_owned(),
    }
}

fn fold_all(text: &str) -> Cow<'static, str> {
    // Accents; the points of Hebrew; the vowel signs of Arabic, its hamzas above and below, and the stroke that makes a word longer.
    let is_mark = |c: &char| matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}');
    let bare: String = text.nfkd().filter(|c| !is_mark(c)).collect();
    let mut folded = String::with_capacity(bare.len());
    for c in bare.to_lowercase().nfc() {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'þ' => folded.push_str("th"),
            'ð' | 'đ' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            _ => folded.push(c),
        }
    }
    Cow::Owned(folded)
}

#[cfg(test)]
mod tests {
    use super::{chunks, fold, spots};

    /// The terms of a text, each with its place.
    fn terms(text: &str) -> String {
        let mut at = 0;
        let mut seen = Vec::new();
        for chunk in chunks(text) {
            let (spots, length) = spots(&chunk);
            seen.extend(spots.iter().map(|spot| format!("{}@{}", spot.term, at + spot.place)));
            at += length;
        }
        seen.join(" ")
    }

    #[test]
    fn names_are_found_whole_and_in_parts() {
        assert_eq!(terms("The payments-api, slow."), "the@0 paymentsapi@1 payments@1 api@2 slow@3");
        assert_eq!(terms("max_connections=100"), "maxconnections@0 max@0 connections@1 100@2");
        assert_eq!(terms("INC-2016-00007"), "inc201600007@0 inc@0 2016@1 00007@2");
        assert_eq!(terms("v2.3.1"), "v231@0 v2@0");
        assert_eq!(terms("/var/log/syslog"), "var@0 log@1 syslog@2");
        assert_eq!(terms("e.g. C"), "eg@0 c@1");
        assert_eq!(terms("don't, service’s"), "dont@0 don@0 services@1 service@1");
    }

    #[test]
    fn capitals_set_words_apart() {
        assert_eq!(terms("OOMKilled pod"), "oomkilled@0 oom@0 killed@0 pod@1");
        assert_eq!(terms("CrashLoopBackOff"), "crashloopbackoff@0 crash@0 loop@0 back@0 off@0");
        assert_eq!(terms("GitHub aGVsbG8gd29y SEV1"), "github@0 git@0 hub@0 agvsbg8gd29y@1 sev1@2");
    }

    #[test]
    fn accents_and_forms_fold_away() {
        assert_eq!(terms("Événements réseau"), "evenements@0 reseau@1");
        assert_eq!(terms("E\u{301}ve\u{301}nements"), "evenements@0");
        assert_eq!(terms("Größe Łódź İstanbul ΟΔΟΣ"), "grosse@0 lodz@1 istanbul@2 οδοσ@3");
        assert_eq!(terms("ＡＰＩ ﬁle"), "api@0 file@1");
        assert_eq!(terms("مُحَمَّد أحمد إلى بـــاب"), "محمد@0 احمد@1 الى@2 باب@3");
        assert_eq!(terms("שָׁלוֹם"), "שלום@0");
        assert_eq!(terms("الدفع الآن"), "دفع@0 الدفع@0 الان@1");
    }

    #[test]
    fn scripts_without_blanks_give_pairs() {
        assert_eq!(terms("障害対応です"), "障害@0 害対@1 対応@2 応で@3 です@4");
        assert_eq!(terms("Kafkaの遅延"), "kafka@0 の遅@1 遅延@2");
        assert_eq!(terms("水"), "水@0");
        assert_eq!(terms("ﾈｯﾄ"), "ネッ@0 ット@1");
        assert_eq!(terms("한국 \u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"), "한국@0 한국@1");
    }

    #[test]
    fn odd_text_gives_no_term_and_long_names_are_cut() {
        assert_eq!(terms(""), "");
        assert_eq!(terms("--- ... ::: \u{0}\u{202e} 😀"), "");
        assert_eq!(terms("-a-"), "a@0");
        assert_eq!(terms("a--b"), "ab@0");
        assert_eq!(fold(&"x".repeat(500)).len(), 80);
        assert_eq!(terms(&"ab-".repeat(20)).split(' ').count(), 20);
    }
}
