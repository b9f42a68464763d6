//! What is asked for: the text typed, taken apart into needles, and the facets and order chosen.

use std::collections::{BTreeMap, BTreeSet};

use super::token::{Chunk, fold};
use super::token::{chunks, joined, pairs, runs};

/// Characters of a query that are read, needles looked for, and terms of one needle.
const QUERY_LENGTH: usize = 200;
const NEEDLES: usize = 12;
const PARTS: usize = 12;

/// A question to the index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The words. Those between quotation marks stand together in this order; the last word is found by its beginning too, unless a blank
    /// follows it. Without words everything is found, the newest first.
    pub text: String,
    /// The values wanted, by key of the facet: one of them is enough, of every facet named.
    pub filters: BTreeMap<String, BTreeSet<String>>,
    /// The order of the results.
    pub sort: Sort,
    /// How many results are described. All are counted.
    pub limit: usize,
}

/// The order of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The newest first.
    Date,
}

/// One thing to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Needle {
    /// A word or a name.
    Word {
        /// As it was typed.
        typed: String,
        /// The whole as one term.
        whole: Option<String>,
        /// Its parts, all of which must be there where the whole is not.
        parts: Vec<String>,
        /// Whether it may be the beginning of a longer word.
        open: bool,
    },
    /// Terms that follow each other.
    Phrase(Vec<String>),
}

impl Needle {
    /// What the reader typed, more or less.
    pub(super) fn typed(&self) -> String {
        match self {
            Self::Word { typed, .. } => typed.clone(),
            Self::Phrase(terms) => format!("\"{}\"", terms.join(" ")),
        }
    }
}

/// The needles of a text, in order, each once.
pub(super) fn needles(text: &str) -> Vec<Needle> {
    let text: String = text.chars().take(QUERY_LENGTH).map(|c| if matches!(c, '“' | '”' | '„') { '"' } else { c }).collect();
    let marks = text.matches('"').count();
    let mut needles: Vec<Needle> = Vec::new();
    for (i, stretch) in text.split('"').enumerate() {
        // A mark that is not closed yet opens no phrase.
        if i % 2 == 1 && i < marks {
            let terms = phrase(stretch);
            if !terms.is_empty() {
                needles.push(Needle::Phrase(terms));
            }
        } else {
            needles.extend(chunks(stretch).map(|chunk| word(&chunk)));
        }
    }
    let closed = text.ends_with(|c: char| c.is_whitespace() || c == '"');
    if let Some(Needle::Word { open, .. }) = needles.last_mut() {
        *open |= !closed;
    }
    let mut needles = once_each(needles);
    needles.truncate(NEEDLES);
    needles
}

/// Needles that ask for the same are one, open if any of them is.
fn once_each(needles: Vec<Needle>) -> Vec<Needle> {
    let mut kept: Vec<Needle> = Vec::new();
    for needle in needles {
        let asks_the_same = |other: &Needle| match (other, &needle) {
            (Needle::Word { whole: a, parts: p, .. }, Needle::Word { whole: b, parts: q, .. }) => (a, p) == (b, q),
            (other, needle) => other == needle,
        };
        let same = kept.iter_mut().find(|other| asks_the_same(other));
        match (same, needle) {
            (Some(Needle::Word { open, .. }), Needle::Word { open: other, .. }) => *open |= other,
            (Some(_), _) => {}
            (None, needle) => kept.push(needle),
        }
    }
    kept
}

fn word(chunk: &Chunk<'_>) -> Needle {
    let typed = chunk.text.to_owned();
    if chunk.spaceless {
        let mut parts = pairs(chunk.text);
        parts.truncate(PARTS);
        return match <[String; 1]>::try_from(parts) {
            // One character is the beginning of a pair.
            Ok([only]) => {
                let open = only.chars().nth(1).is_none();
                Needle::Word { typed, whole: Some(only), parts: Vec::new(), open }
            }
            Err(parts) => Needle::Word { typed, whole: None, parts, open: false },
        };
    }
    let runs = runs(chunk);
    let Some(whole) = joined(chunk, runs.len()) else {
        return match *runs {
            [(_, only)] => Needle::Word { typed, whole: Some(fold(only)), parts: Vec::new(), open: false },
            _ => Needle::Word { typed, whole: None, parts: runs.iter().take(PARTS).map(|(_, run)| fold(run)).collect(), open: false },
        };
    };
    Needle::Word { typed, whole: Some(whole), parts: runs.iter().map(|(_, run)| fold(run)).collect(), open: false }
}

fn phrase(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for chunk in chunks(text) {
        let runs = runs(&chunk);
        if chunk.spaceless {
            terms.extend(pairs(chunk.text));
        } else if runs.is_empty() {
            terms.extend(joined(&chunk, 0));
        } else {
            terms.extend(runs.iter().map(|(_, run)| fold(run)));
        }
    }
    terms.truncate(PARTS);
    terms
}

#[cfg(test)]
mod tests {
    use super::{Needle, needles};

    /// The needles of a text in one line: `whole(part part)*` with a star where it is open.
    fn check(text: &str, expected: &str) {
        let shown: Vec<String> = needles(text)
            .into_iter()
            .map(|needle| match needle {
                Needle::Phrase(terms) => format!("\"{}\"", terms.join(" ")),
                Needle::Word { whole, parts, open, .. } => {
                    let parts = if parts.is_empty() { String::new() } else { format!("({})", parts.join(" ")) };
                    format!("{}{parts}{}", whole.unwrap_or_default(), if open { "*" } else { "" })
                }
            })
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn words_names_and_phrases_are_told_apart() {
        check("expired Certificat", "expired certificat*");
        check("expired certificate ", "expired certificate");
        check("payments-api", "paymentsapi(payments api)*");
        check("\"thundering herd\" cache", "\"thundering herd\" cache*");
        check("cache \"thundering herd\"", "cache \"thundering herd\"");
        check("“split brain”", "\"split brain\"");
        check("OOMKilled v2.3.1", "oomkilled v231(v2)*");
        check("dns dns DNS ", "dns");
    }

    #[test]
    fn a_quotation_mark_without_another_is_nothing() {
        check("\"thundering her", "thundering her*");
        check("\"\"", "");
        check("\"payments-api down\"", "\"payments api down\"");
    }

    #[test]
    fn scripts_without_blanks() {
        check("障害対応", "(障害 害対 対応)*");
        check("障害", "障害*");
        check("水 ", "水*");
        check("\"障害対応\"", "\"障害 害対 対応\"");
    }

    #[test]
    fn long_queries_are_cut() {
        assert_eq!(needles(&"ab cd-ef ".repeat(1000)).len(), 2);
        let many: Vec<String> = (0..100).map(|i: i32| i.to_string()).collect();
        assert_eq!(needles(&many.join(" ")).len(), 12);
        assert_eq!(needles("<img src=x onerror=alert(1)>").len(), 6);
    }
}
