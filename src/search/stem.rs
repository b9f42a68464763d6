//! Which words are forms of one word. Only the builder knows stemmers: it writes the forms beside each term, so that the reader in the
//! browser needs none and what is typed is always looked up as it is spelt.

use rust_stemmers::{Algorithm, Stemmer};

/// Primary language subtags (BCP 47) with a Snowball algorithm.
const ALGORITHMS: [(&str, Algorithm); 21] = [
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nb", Algorithm::Norwegian),
    ("nl", Algorithm::Dutch),
    ("nn", Algorithm::Norwegian),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
    ("und", Algorithm::English),
];

/// Letters of the longest word that is stemmed; what is longer is no word of a language.
const WORD_LENGTH: usize = 30;

/// A language that has a stemmer, as its place in the table: equal numbers, equal algorithm or equal words.
pub(super) fn language(tag: &str) -> Option<u8> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    ALGORITHMS.iter().position(|(name, _)| *name == primary).and_then(|place| u8::try_from(place).ok())
}

/// The stemmer of a language.
pub(super) fn stemmer(language: u8) -> Option<Stemmer> {
    ALGORITHMS.get(usize::from(language)).map(|(_, algorithm)| Stemmer::create(*algorithm))
}

/// The stem of a word in lower case, if it is short enough to be a word.
pub(super) fn stem(stemmer: &Stemmer, word: &str) -> Option<Box<str>> {
    (word.chars().nth(WORD_LENGTH).is_none()).then(|| stemmer.stem(word).into_owned().into_boxed_str())
}

#[cfg(test)]
mod tests {
    use super::{language, stem, stemmer};

    fn stem_of(tag: &str, word: &str) -> Option<Box<str>> {
        stem(&stemmer(language(tag)?)?, word)
    }

    #[test]
    fn the_primary_subtag_chooses_the_stemmer() {
        assert_eq!(stem_of("en-GB", "failing").as_deref(), Some("fail"));
        assert_eq!(stem_of("EN_us", "expired").as_deref(), Some("expir"));
        assert_eq!(stem_of("de", "zertifikate").as_deref(), Some("zertifikat"));
        assert_eq!(stem_of("fr-CA", "événements").as_deref(), Some("éven"));
        assert_eq!(stem_of("ja", "failing"), None);
        assert_eq!(stem_of("", "failing"), None);
    }

    #[test]
    fn what_is_no_word_has_no_stem() {
        assert_eq!(stem_of("en", &"ing".repeat(11)), None);
    }
}
