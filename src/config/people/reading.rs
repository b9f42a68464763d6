//! A text as names are looked for in it: word by word, whatever was done to the letters.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use crate::config::is_unseen;

/// The lowest class of accents above and below letters. Marks of lower classes (of Indic scripts and kana, points of Hebrew and Arabic) make another
/// letter.
const ACCENTS: u8 = 200;

/// A word of a text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Where it is written.
    pub(super) range: Range<usize>,
    /// The word without case, accents and compatibility forms.
    pub(super) folded: String,
    /// The sign that is seen before it, or the letter.
    pub(super) before: Option<char>,
    /// The last `@` between this word and the one before, behind which an id may stand; nothing for that of a mail address.
    pub(super) at_sign: Option<Range<usize>>,
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Blanks and line ends, with the marks of a quote where a line begins.
    Blank,
    /// What stands for a blank in addresses, keys and names of files.
    Joint,
    /// A full stop.
    Stop,
    /// A full stop and blanks.
    StopAndBlank,
    /// A comma and blanks.
    CommaAndBlank,
    /// An apostrophe.
    Apostrophe,
    /// Anything else.
    Other,
}

/// The next word of a text from a place on; the `buffer` is taken for its letters.
pub(super) fn next_word(text: &str, from: usize, mut buffer: String) -> Option<Word> {
    buffer.clear();
    let mut before = text.get(..from).and_then(|passed| passed.chars().next_back());
    let (mut at, mut at_sign) = (from, None);
    let start = loop {
        let (c, end) = character(text, at)?;
        if is_of_word(c) {
            break at;
        }
        if !is_unseen(c) {
            let sign = sign(c);
            if sign == '@' && !before.is_some_and(|before| is_of_word(before) || matches!(before, '@' | '_')) {
                at_sign = Some(at..end);
            }
            before = Some(sign);
        }
        at = end;
    };
    let mut word = Word { range: start..start, folded: buffer, before, at_sign };
    for (c, end) in characters(text, start).take_while(|(c, _)| is_of_word(*c) || is_unseen(*c)) {
        if is_of_word(c) {
            fold(c, &mut word.folded);
            word.range.end = end;
        }
    }
    Some(word)
}

/// The characters of a text from a place on, each with its end.
pub(super) fn characters(text: &str, from: usize) -> impl Iterator<Item = (char, usize)> {
    let mut at = from;
    std::iter::from_fn(move || {
        let (c, end) = character(text, at)?;
        at = end;
        Some((c, end))
    })
}

/// What is seen of a text, letter by letter as it is written but for accents and compatibility forms.
pub(super) fn spelt(text: &str) -> String {
    let seen = characters(text, 0).map(|(c, _)| c).filter(|c| !is_unseen(*c));
    seen.map(sign).flat_map(bare).collect()
}

/// A character without case, accents and compatibility forms, behind what is there already.
pub(super) fn fold(c: char, folded: &mut String) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
    } else {
        // Upper case first: letters that are one in upper case are one here (`ß` and `ss`, `ı` and `i`).
        folded.extend(bare(c).flat_map(char::to_uppercase).flat_map(char::to_lowercase));
    }
}

/// The signs that are seen in a stretch between two words, each in its plain form.
pub(super) fn signs(text: &str, between: Range<usize>) -> String {
    let seen = characters(text, between.start).take_while(|(_, end)| *end <= between.end).map(|(c, _)| c).filter(|c| !is_unseen(*c));
    seen.map(sign).collect()
}

impl Gap {
    /// What the signs between two words are.
    pub(super) fn of(signs: &str) -> Self {
        let is_blank = |signs: &str| signs.starts_with(char::is_whitespace) && signs.chars().all(|c| c.is_whitespace() || c == '>');
        match signs {
            "-" | "_" | "/" | "+" => Self::Joint,
            "." => Self::Stop,
            "'" => Self::Apostrophe,
            blank if is_blank(blank) => Self::Blank,
            more if more.strip_prefix('.').is_some_and(is_blank) => Self::StopAndBlank,
            more if more.strip_prefix(',').is_some_and(is_blank) => Self::CommaAndBlank,
            _ => Self::Other,
        }
    }
}

/// A sign in its plain form.
pub(super) fn sign(c: char) -> char {
    match c {
        '\u{2bc}' | '\u{2018}' | '\u{2019}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        c if c.is_ascii() || is_of_word(c) => c,
        c => std::iter::once(c).nfkd().next().unwrap_or(c),
    }
}

/// Whether a character is part of a word.
pub(super) fn is_of_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    (c.is_alphanumeric() || is_combining_mark(c)) && !is_unseen(c) && c != '\u{2bc}'
}

/// A character without accents and compatibility forms.
fn bare(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfkd().filter(|c| canonical_combining_class(*c) < ACCENTS && !is_unseen(*c))
}

/// The character at a place and its end. What an escape stands for is read as though it were written: `%C3%A9` in an address, `\u00e9` in JSON.
fn character(text: &str, at: usize) -> Option<(char, usize)> {
    let byte = *text.as_bytes().get(at)?;
    let escaped = match byte {
        b'%' => percent_encoded(text, at),
        b'\\' => escaped(text, at),
        _ => None,
    };
    let verbatim =
        || if byte.is_ascii() { Some((char::from(byte), at + 1)) } else { text.get(at..)?.chars().next().map(|c| (c, at + c.len_utf8())) };
    escaped.or_else(verbatim)
}

fn percent_encoded(text: &str, at: usize) -> Option<(char, usize)> {
    let byte = |n: usize| {
        let digits = text.get(at + 3 * n..at + 3 * n + 3)?.strip_prefix('%')?;
        u8::try_from(hexadecimal(digits)?).ok()
    };
    let length = match byte(0)? {
        0..0x80 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0..0xf8 => 4,
        _ => return None,
    };
    let bytes: Vec<u8> = (0..length).map(byte).collect::<Option<_>>()?;
    Some((std::str::from_utf8(&bytes).ok()?.chars().next()?, at + 3 * length))
}

fn escaped(text: &str, at: usize) -> Option<(char, usize)> {
    let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
    Some((char::from_u32(hexadecimal(digits)?)?, at + 6))
}

fn hexadecimal(digits: &str) -> Option<u32> {
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}
