//! The words of an event: what sort of thing it was, and who found it.

use crate::diagnostic::{Span, Spanned};
use crate::markdown::Inline;
use crate::markdown::text::plain_text;
use crate::model::EventKind;
use crate::parse::field::choose;
use crate::parse::inline;
use crate::parse::vocabulary::{PHRASE_FOLLOWERS, PHRASES};

/// The kind of an event as it is stated.
#[derive(Debug)]
pub(super) enum Stated {
    /// `[detected]`
    Kind(EventKind),
    /// `[detectd]`: a lone word in lower case where a kind stands.
    Unknown(Spanned<String>),
}

/// Takes the bracketed kind off the front of the words.
pub(super) fn take_kind(words: Vec<Inline>, source: &str) -> (Option<Stated>, Vec<Inline>) {
    let flat = plain_text(&words);
    let Some((word, rest)) = flat.strip_prefix('[').and_then(|rest| rest.split_once(']')) else { return (None, words) };
    if let Some(kind) = kind(word) {
        let rest = rest.trim_start();
        let rest = rest.strip_prefix([':', '-', '–', '—']).unwrap_or(rest).trim_start();
        let (words, _) = inline::after(words, flat.len() - rest.len(), source);
        return (Some(Stated::Kind(kind)), words);
    }
    let like_a_kind = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let place = inline::cover(&words).unwrap_or_default();
    let place =
        place.slice(source).find(word).map_or(place, |at| Span::new(place.range().start + at, place.range().start + at + word.len()));
    (like_a_kind.then(|| Stated::Unknown(Spanned::new(word.to_owned(), place))), words)
}

/// The kind a word names.
pub(super) fn kind(word: &str) -> Option<EventKind> {
    choose(word, EventKind::ALL, EventKind::word)
}

/// The kind that the first words of an event mean.
pub(super) fn phrase(words: &[Inline]) -> Option<EventKind> {
    let text = plain_text(words);
    let text = text.trim_start().trim_start_matches('[');
    let (phrase, kind) = PHRASES.iter().filter(|(phrase, _)| starts_with(text, phrase)).max_by_key(|(phrase, _)| phrase.len())?;
    let rest = text.get(phrase.len()..)?;
    let next = rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let ends = rest.trim_start().chars().next().is_none_or(|c| ".,:;!–—-(]".contains(c));
    // A hyphen without blanks goes on with the word: "resolved-by" is another one.
    let goes_on = rest.starts_with('-') && !rest.starts_with("--");
    (!goes_on && (ends || PHRASE_FOLLOWERS.contains(&next))).then_some(*kind)
}

fn starts_with(text: &str, phrase: &str) -> bool {
    text.get(..phrase.len()).is_some_and(|head| head.eq_ignore_ascii_case(phrase))
}

/// Takes `{by: monitoring}` off the end of the words.
pub(super) fn take_by(words: Vec<Inline>, source: &str) -> (Option<Spanned<String>>, Vec<Inline>) {
    let flat = plain_text(&words);
    let text = flat.trim_end();
    let Some(at) = text.rfind("{by:").filter(|_| text.ends_with('}')) else { return (None, words) };
    let by = text.get(at + "{by:".len()..text.len() - 1).unwrap_or_default().trim().to_owned();
    let (kept, taken) = inline::split(words, at, source);
    let place = inline::cover(&taken).unwrap_or_default();
    let place = place.slice(source).find(&by).map_or(place, |at| Span::new(place.range().start + at, place.range().start + at + by.len()));
    let mut kept = inline::trim(kept, source);
    kept.extend(inline::marks(taken));
    (Some(Spanned::new(by, place)), kept)
}
