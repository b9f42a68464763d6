//! `/incidents/<slug>/history.json`: what an edition said of an incident from when on, as a chain of hashes.
//!
//! Each entry holds the SHA-256 of what was said, and of the entry before it, the day and that hash together. So whoever has kept an earlier copy can
//! tell whether anything in it was rewritten since: the later file begins with the same entries.

use crate::checksum::Sha256;
use crate::config::HistoryShown;
use crate::edition::FORM;
use crate::site::Site;
use serde::{Deserialize, Serialize};

/// The chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// The form of the texts; those of two forms cannot be compared.
    pub form: u8,
    /// The id of the incident.
    pub id: String,
    /// The entries, the oldest first.
    pub entries: Vec<Entry>,
}

/// What was said from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The day, `YYYY-MM-DD` in UTC.
    pub on: String,
    /// The SHA-256 of the text in UTF-8, in hexadecimal.
    pub sha256: String,
    /// The SHA-256 of `<chain of the entry before, empty for the first>\n<on>\n<sha256>\n`, in hexadecimal.
    pub chain: String,
    /// What was said, where the site shows words; a line for each block of text and each value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Chain {
    /// Adds what was said from a day on, linked to what was said before; the words themselves only where they are shown.
    fn push(&mut self, on: String, text: &str, shows_words: bool) {
        let (before, sha256) = (self.entries.last().map_or("", |entry| &entry.chain), hash(text));
        self.entries.push(Entry { chain: link(before, &on, &sha256), on, sha256, text: shows_words.then(|| text.to_owned()) });
    }
}

/// The chain of an incident as JSON.
pub(in crate::render) fn json(site: &Site, n: usize) -> Vec<u8> {
    let id = site.postmortem(n).map(|postmortem| postmortem.id.value.clone()).unwrap_or_default();
    let shows_words = site.history_shown() == HistoryShown::Words;
    let mut chain = Chain { form: FORM, id, entries: Vec::new() };
    for saying in site.sayings(n) {
        chain.push(saying.on.to_string(), &saying.text, shows_words);
    }
    // Words and lists always have a form in JSON.
    let mut json = serde_json::to_vec_pretty(&chain).unwrap_or_default();
    json.push(b'\n');
    json
}

/// What is wrong with a chain, a sentence each.
#[must_use]
pub fn flaws(chain: &Chain) -> Vec<String> {
    let mut flaws = Vec::new();
    let mut before: Option<&Entry> = None;
    for (n, entry) in chain.entries.iter().enumerate() {
        let which = format!("revision {} of {}", n + 1, entry.on);
        if entry.text.as_ref().is_some_and(|text| hash(text) != entry.sha256) {
            flaws.push(format!("{which}: its text is not the one of its hash"));
        }
        if link(before.map_or("", |before| &before.chain), &entry.on, &entry.sha256) != entry.chain {
            flaws.push(format!("{which}: its link does not follow from its day, its hash and the one before"));
        }
        if before.is_some_and(|before| before.on > entry.on) {
            flaws.push(format!("{which}: the one before it is of a later day"));
        }
        before = Some(entry);
    }
    flaws
}

/// What of an earlier copy of a chain is not in a later one as it was, a sentence each.
#[must_use]
pub fn rewritten(earlier: &Chain, later: &Chain) -> Vec<String> {
    if earlier.id != later.id {
        return vec![format!("the copies are of two incidents, `{}` and `{}`", earlier.id, later.id)];
    }
    if earlier.form != later.form {
        return vec![format!("the copies are of two forms, {} and {}, and cannot be compared", earlier.form, later.form)];
    }
    let differs = |(n, entry): (usize, &Entry)| match later.entries.get(n) {
        None => Some(format!("revision {} of {} is gone", n + 1, entry.on)),
        Some(other) if other.chain != entry.chain => {
            let what = if other.on == entry.on { "says something else" } else { "is another" };
            Some(format!("revision {} of {} {what} in the later copy", n + 1, entry.on))
        }
        Some(_) => None,
    };
    earlier.entries.iter().enumerate().filter_map(differs).collect()
}

fn link(before: &str, on: &str, sha256: &str) -> String {
    hash(&format!("{before}\n{on}\n{sha256}\n"))
}

fn hash(text: &str) -> String {
    Sha256::of(text.as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(texts: &[(&str, &str)]) -> Chain {
        let mut chain = Chain { form: 1, id: "INC-1".into(), entries: Vec::new() };
        for (on, text) in texts {
            chain.push((*on).to_owned(), text, true);
        }
        chain
    }

    #[test]
    fn a_link_is_the_hash_of_what_it_says_it_is() {
        let entries = chain(&[("2026-01-01", "a"), ("2026-01-02", "b")]).entries;
        assert_eq!(entries[0].sha256, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
        // printf '\n2026-01-01\nca97…48bb\n' | sha256sum
        assert_eq!(entries[0].chain, "66d4ac00c4ec41ac33072f8a66db04cc8d25bc08a424850e340e59e91f8dc0d1");
        assert_eq!(entries[1].chain, "ad7fb84038b6950a9a0255b152c14269e385f9f687d7eee968e20529f6c66a5e");
    }

    #[test]
    fn what_is_rewritten_is_found() {
        let whole = chain(&[("2026-01-01", "a"), ("2026-01-02", "b"), ("2026-01-02", "c")]);
        assert!(flaws(&whole).is_empty());
        let mut other = whole.clone();
        other.entries[1].text = Some("x".into());
        assert_eq!(flaws(&other), ["revision 2 of 2026-01-02: its text is not the one of its hash"]);
        other.entries[1].sha256 = hash("x");
        assert_eq!(flaws(&other), ["revision 2 of 2026-01-02: its link does not follow from its day, its hash and the one before"]);
        other.entries.remove(1);
        assert_eq!(flaws(&other), ["revision 2 of 2026-01-02: its link does not follow from its day, its hash and the one before"]);
        let late = chain(&[("2026-01-02", "a"), ("2026-01-01", "b")]);
        assert_eq!(flaws(&late), ["revision 2 of 2026-01-01: the one before it is of a later day"]);
    }

    #[test]
    fn a_later_copy_begins_with_the_earlier_one() {
        let earlier = chain(&[("2026-01-01", "a"), ("2026-01-02", "b")]);
        assert!(rewritten(&earlier, &chain(&[("2026-01-01", "a"), ("2026-01-02", "b"), ("2026-01-03", "c")])).is_empty());
        assert_eq!(rewritten(&earlier, &chain(&[("2026-01-01", "a")])), ["revision 2 of 2026-01-02 is gone"]);
        assert_eq!(
            rewritten(&earlier, &chain(&[("2026-01-01", "a"), ("2026-01-02", "x")])),
            ["revision 2 of 2026-01-02 says something else in the later copy"]
        );
        let first = rewritten(&earlier, &chain(&[("2025-01-01", "x"), ("2026-01-02", "b")]));
        assert_eq!(
            first,
            ["revision 1 of 2026-01-01 is another in the later copy", "revision 2 of 2026-01-02 says something else in the later copy"]
        );
        assert_eq!(
            rewritten(&earlier, &Chain { id: "INC-2".into(), ..earlier.clone() }),
            ["the copies are of two incidents, `INC-1` and `INC-2`"]
        );
        assert_eq!(
            rewritten(&earlier, &Chain { form: 2, ..earlier.clone() }),
            ["the copies are of two forms, 1 and 2, and cannot be compared"]
        );
    }
}
