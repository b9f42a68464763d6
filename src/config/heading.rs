//! Which canonical section a heading stands for, however people write it.
//!
//! Headings are compared whole, never by a part: "Traefik rule preventing traffic" is no section on prevention. What is set aside before the
//! comparison is in [`fold`], and nowhere else.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::SectionKind;
use crate::diagnostic::did_you_mean;

/// The folded headings of all sections, each with the position of its section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct HeadingIndex(BTreeMap<String, usize>);

impl HeadingIndex {
    /// The index of `sections`. Titles and aliases go before keys, and where two sections claim one heading the first has it.
    pub(super) fn new(sections: &[SectionKind]) -> Self {
        let mut index = BTreeMap::new();
        for (at, section) in sections.iter().enumerate() {
            for heading in std::iter::once(&section.title).chain(&section.aliases) {
                index.entry(fold(heading)).or_insert(at);
            }
        }
        for (at, section) in sections.iter().enumerate() {
            index.entry(fold(&section.key)).or_insert(at);
        }
        index.remove("");
        Self(index)
    }

    /// The position of the section a heading stands for.
    pub(super) fn get(&self, heading: &str) -> Option<usize> {
        self.0.get(&fold(heading)).copied()
    }

    /// The position of the section a heading was probably meant for.
    pub(super) fn near(&self, heading: &str) -> Option<usize> {
        // No two words further apart in length than this are ever taken for each other, which spares measuring most of them.
        const FURTHEST: usize = 3;
        let folded = fold(heading);
        let length = folded.chars().count();
        let likely = self.0.keys().map(String::as_str).filter(|known| known.chars().count().abs_diff(length) <= FURTHEST);
        // Headings are longer than keys and much alike ("Responders", "Response"): one letter in five may be wrong, no more.
        let close = |known: &&str| strsim::osa_distance(&folded, known) * 5 <= length;
        did_you_mean(&folded, likely).filter(close).and_then(|known| self.0.get(known).copied())
    }
}

/// A heading without what people vary: letter case, numbering, bracketed remarks (dates, "completed"), emoji and other punctuation, articles
/// and plurals. Two headings that fold alike are the same heading; one that says nothing folds to nothing.
pub(super) fn fold(heading: &str) -> String {
    let lower: String =
        if heading.is_ascii() { heading.to_ascii_lowercase() } else { heading.nfkc().flat_map(char::to_lowercase).collect() };
    let spoken = without_remarks(without_ordinal(&lower));
    let mut words: Vec<String> = Vec::new();
    for word in spoken.split_whitespace() {
        let numbering = words.is_empty() && word.chars().all(char::is_numeric);
        if !numbering && !matches!(word, "the" | "a" | "an") {
            words.push(singular(word));
        }
    }
    words.join(" ")
}

/// The heading without a leading letter or Roman numeral, as in "IV. Timeline" or "b) Impact". Arabic numbering is seen later, word by word.
fn without_ordinal(heading: &str) -> &str {
    let heading = heading.trim_start();
    let Some((first, rest)) = heading.split_once(char::is_whitespace) else { return heading };
    let Some(stem) = first.strip_suffix(['.', ')']) else { return heading };
    let is_letter = stem.len() == 1 && stem.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_roman = !stem.is_empty() && stem.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    if is_letter || is_roman { rest } else { heading }
}

/// The words of a heading, with a blank for punctuation and for everything in closed brackets.
fn without_remarks(heading: &str) -> String {
    let mut words = String::with_capacity(heading.len());
    let mut open = Vec::new();
    for char in heading.chars() {
        match char {
            '(' | '[' | '{' => {
                open.push(words.len());
                words.push(' ');
            }
            ')' | ']' | '}' => {
                if let Some(start) = open.pop() {
                    words.truncate(start);
                }
                words.push(' ');
            }
            '\'' | '’' | 'ʼ' => {}
            '&' => words.push_str(" and "),
            char if char.is_alphanumeric() => words.push(char),
            _ => words.push(' '),
        }
    }
    words
}

/// An English word without the ending of its plural. Deliberately less than a stemmer does: "detect" and "detection" may well be different
/// headings.
fn singular(word: &str) -> String {
    let stem = |ending| word.strip_suffix(ending).filter(|stem: &&str| stem.len() > 2);
    if let Some(stem) = stem("ies") {
        return format!("{stem}y");
    }
    if ["sses", "xes", "ches", "shes"].iter().any(|ending| word.ends_with(ending)) {
        return word.strip_suffix("es").unwrap_or(word).to_owned();
    }
    if ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        return word.to_owned();
    }
    stem("s").unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_vary_is_set_aside() {
        for heading in [
            "Root Cause",
            "root causes",
            "ROOT CAUSE(S)",
            "1. Root cause",
            "2.3 Root-Cause:",
            "IV. Root causes",
            "b) Root cause",
            "🔍 Root cause",
            "1️⃣ Root cause",
            "Root cause (2024-03-17)",
            "[2024-03-17] Root cause",
            "The root cause?",
            "Root\u{a0}cause",
            "Ｒｏｏｔ cause",
            "root_cause",
            "Root cause (of [all] this)",
        ] {
            assert_eq!(fold(heading), "root cause", "{heading}");
        }
        assert_eq!(fold("What didn’t go well"), fold("What didn't go well?"));
        assert_eq!(fold("Links & Evidence"), fold("Links and evidence"));
        assert_eq!(fold("Losses and recoveries"), fold("Loss and recovery"));
        assert_eq!(fold("Root Cause Analysis"), "root cause analysis");
        assert_eq!(fold("Re\u{301}sume\u{301}"), fold("Résumé"));
    }

    #[test]
    fn what_says_nothing_folds_to_nothing() {
        for heading in ["", "   ", "…", "2024-03-17", "2021-06-11 21:40", "(completed)", "[Date]: [Title]", "🔥", "3.", "The"] {
            assert_eq!(fold(heading), "", "{heading}");
        }
    }

    #[test]
    fn brackets_that_never_close_take_nothing_with_them() {
        assert_eq!(fold("Impact (so far"), "impact so far");
        assert_eq!(fold("Impact) so far"), "impact so far");
        assert_eq!(fold(&format!("Impact {}x{}", "(".repeat(100_000), ")".repeat(100_000))), "impact");
        assert_eq!(fold(&"(".repeat(100_000)), "");
    }
}
