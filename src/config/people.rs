//! Who is who: the people of `site.toml`, and where a text names one of them.

use std::collections::BTreeMap;
use std::ops::{Deref, Range};

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::Person;

/// The people the documents name, by their ids.
#[derive(Debug, Clone, Default)]
pub struct People {
    by_id: BTreeMap<String, Person>,
    /// Every name, and every id with its `@`.
    names: Option<Regex>,
    /// What is found, folded, to the id.
    ids: BTreeMap<String, String>,
}

/// A place of a text that names somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming<'p> {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// The id of who is named.
    pub id: &'p str,
    /// Who is named.
    pub person: &'p Person,
    /// Whether nobody else can be meant: it is the id with its `@`, or a name of two words or more. A name of one word may be a word like others.
    pub is_sure: bool,
}

/// What stands in a text and is not seen in it: where a word may be broken or must not be. It is also put there to hide one.
pub(crate) const INVISIBLE: [char; 6] = ['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];

impl People {
    /// Whoever is named in a text, by name or by `@` and their id, in order of place. Case counts only in names of one word; blanks in a name may be any,
    /// line ends and the marks of a quote among them, or what stands for one in addresses and names of files: `ada-lovelace`. Characters that nobody
    /// sees make no difference, nor that an accent is missing. Who has no name but an id, which may be a word like others, goes by `@` alone.
    #[must_use]
    pub fn named_in<'p>(&'p self, text: &str) -> Vec<Naming<'p>> {
        if text.is_ascii() || !text.contains(INVISIBLE) {
            return self.found_in(text);
        }
        let (mut seen, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        for (at, c) in text.char_indices().filter(|(_, c)| !INVISIBLE.contains(c)) {
            seen.push(c);
            places.extend(at..at + c.len_utf8());
        }
        let place = |range: &Range<usize>| Some(*places.get(range.start)?..*places.get(range.end.checked_sub(1)?)? + 1);
        self.found_in(&seen).into_iter().filter_map(|naming| Some(Naming { range: place(&naming.range)?, ..naming })).collect()
    }

    fn found_in<'p>(&'p self, text: &str) -> Vec<Naming<'p>> {
        let Some(names) = &self.names else { return Vec::new() };
        let found = names.find_iter(text).filter(|found| is_whole(text, found.start(), found.end())).filter_map(|found| {
            let folded = folded(found.as_str());
            let (id, person) = self.by_id.get_key_value(self.ids.get(&folded).or_else(|| self.likely(found.as_str()))?)?;
            let is_sure = folded.starts_with('@') || person.name.trim().contains(char::is_whitespace);
            Some(Naming { range: found.range(), id, person, is_sure })
        });
        found.collect()
    }

    /// Who is meant by words that the pattern of all names has found, and that fold otherwise than any name does: nobody found is ever passed over.
    fn likely(&self, found: &str) -> Option<&String> {
        let is_meant = |(form, _): &(&String, &String)| compiled(&format!("^(?:{})$", pattern(form))).is_match(found);
        self.ids.iter().find(is_meant).or_else(|| self.ids.iter().next()).map(|(_, id)| id)
    }
}

impl FromIterator<(String, Person)> for People {
    fn from_iter<I: IntoIterator<Item = (String, Person)>>(people: I) -> Self {
        let by_id: BTreeMap<String, Person> = people.into_iter().collect();
        let mut ids = BTreeMap::new();
        let mut forms: Vec<String> = Vec::new();
        for (id, person) in &by_id {
            let mut known_as = vec![format!("@{id}")];
            if person.name != *id && person.name.chars().filter(|c| c.is_alphabetic()).count() >= 2 {
                known_as.push(person.name.clone());
            }
            for form in known_as {
                let bare: String = form.nfd().filter(|c| !is_combining_mark(*c)).collect();
                let bare = Some(bare).filter(|bare| bare.is_ascii());
                for form in [form.nfc().collect::<String>(), form.nfd().collect()].into_iter().chain(bare) {
                    // Of two with one name the first counts.
                    ids.entry(folded(&form)).or_insert_with(|| id.clone());
                    forms.push(form);
                }
            }
        }
        // A longer name goes before one that it begins with.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms.dedup();
        let pattern = forms.iter().map(|form| pattern(form)).collect::<Vec<_>>().join("|");
        let names = (!pattern.is_empty()).then(|| compiled(&pattern));
        Self { by_id, names, ids }
    }
}

impl Deref for People {
    type Target = BTreeMap<String, Person>;

    fn deref(&self) -> &Self::Target {
        &self.by_id
    }
}

impl PartialEq for People {
    fn eq(&self, other: &Self) -> bool {
        self.by_id == other.by_id
    }
}

impl Eq for People {}

#[expect(clippy::expect_used, reason = "the pattern is made of escaped words; to go on without it would show names to the public")]
fn compiled(pattern: &str) -> Regex {
    RegexBuilder::new(pattern).size_limit(usize::MAX).build().expect("a pattern of escaped words is well formed")
}

/// The expression of one name or id. The classes are spelt out, for the tables of Unicode would be larger than all else that it is compiled to.
fn pattern(form: &str) -> String {
    let words: Vec<&str> = form.split_whitespace().collect();
    let is_exact = words.len() == 1 && !form.starts_with('@');
    let letter = |c: char| {
        let (lower, upper): (String, String) = (c.to_lowercase().collect(), c.to_uppercase().collect());
        let both = upper.to_lowercase();
        if is_exact || lower == upper { regex::escape(&c.to_string()) } else { format!("(?:{c}|{lower}|{upper}|{both})") }
    };
    let word = |word: &&str| word.chars().filter(|c| !INVISIBLE.contains(c)).map(letter).collect::<String>();
    words
        .iter()
        .map(word)
        .collect::<Vec<_>>()
        .join("(?:[ \\t\\r\\n\u{a0}\u{2000}-\u{200a}\u{202f}\u{205f}\u{3000}]+(?:>[ \\t]*)*|[-_.]|%20)")
}

/// A name without what may be written otherwise.
fn folded(name: &str) -> String {
    let name = name.replace("%20", " ").replace(INVISIBLE, "");
    let is_handle = name.starts_with('@');
    let is_between = |c: char| c.is_whitespace() || c == '>' || (!is_handle && matches!(c, '-' | '_' | '.'));
    let words: Vec<&str> = name.split(is_between).filter(|word| !word.is_empty()).collect();
    let name: String = words.join(" ").nfc().collect();
    // Upper case first: letters that are one in upper case are one name (`ß` and `ss`, `ı` and `i`).
    if words.len() > 1 || is_handle { name.to_uppercase().to_lowercase() } else { name }
}

/// Whether nothing before or behind belongs to the same word. What stands between underscores is emphasised, unless it may be part of a name in code.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let found = text.get(start..end).unwrap_or_default();
    let is_handle = found.starts_with('@');
    let may_be_code = is_handle || !found.contains(|c: char| c.is_whitespace() || matches!(c, '-' | '_' | '.'));
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let is_joint = |c: char| c.is_alphanumeric() || c == '@' || (c == '_' && may_be_code);
    let goes_on = is_handle && after.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    !before.ends_with(is_joint) && !after.starts_with(is_joint) && !goes_on
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> People {
        let person = |id: &str, name: &str| (id.to_owned(), Person { name: name.into(), ..Person::default() });
        [
            person("ada", "Ada Lovelace"),
            person("grace", "grace"),
            person("mark", "Mark"),
            person("jose", "José Núñez"),
            person("hans", "Hans Großmann"),
            person("isil", "Işıl Kır"),
        ]
        .into_iter()
        .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, bool)]) {
        let people = people();
        let found = people.named_in(text);
        let found: Vec<_> = found.iter().map(|naming| (&text[naming.range.clone()], naming.id, naming.is_sure)).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn people_are_found_by_name_and_by_id() {
        check(
            "Ada Lovelace and @grace, ADA\n> LOVELACE’s",
            &[("Ada Lovelace", "ada", true), ("@grace", "grace", true), ("ADA\n> LOVELACE", "ada", true)],
        );
        check(
            "Jose\u{301} Nu\u{301}n\u{303}ez; José Núñez",
            &[("Jose\u{301} Nu\u{301}n\u{303}ez", "jose", true), ("José Núñez", "jose", true)],
        );
        check("_Ada Lovelace_ - @ada-", &[("Ada Lovelace", "ada", true), ("@ada", "ada", true)]);
        check(
            "HANS GROSSMANN, Hans Großmann, hans grossmann; IŞIL KIR",
            &[
                ("HANS GROSSMANN", "hans", true),
                ("Hans Großmann", "hans", true),
                ("hans grossmann", "hans", true),
                ("IŞIL KIR", "isil", true),
            ],
        );
        check("jose nunez", &[("jose nunez", "jose", true)]);
        check(
            "2026-ada-lovelace.md, /Ada%20Lovelace, ada_lovelace_2, ada.lovelace@x.example",
            &[("ada-lovelace", "ada", true), ("Ada%20Lovelace", "ada", true), ("ada_lovelace", "ada", true)],
        );
        for name in ["Ada\u{202f}Lovelace", "Ada Love\u{ad}lace", "A\u{200b}da\u{2009}Lovelace"] {
            check(&format!("é\u{ad} {name}\u{ad}."), &[(name, "ada", true)]);
        }
        check("Mark set the mark at @Mark.", &[("Mark", "mark", false), ("@Mark", "mark", true)]);
    }

    #[test]
    fn other_words_are_nobody() {
        for text in ["grace", "ops@ada", "@adam", "Ada", "Lovelace", "Ada Lovelaces", "x@ada.example", "Marks", "_Mark", "@ada-b"] {
            check(text, &[]);
        }
        assert!(People::default().named_in("@ada").is_empty());
    }

    #[test]
    fn a_great_many_people_are_no_panic() {
        let person = |n| (format!("p{n}"), Person { name: format!("Person Number{n}"), ..Person::default() });
        let people: People = (0..20_000).map(person).collect();
        assert_eq!(people.named_in("see person number19999 there").len(), 1);
    }
}
