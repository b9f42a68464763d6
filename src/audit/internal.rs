//! What the public must not read, by runs of words: gathered from the sources, without what their public part says, too.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use foldhash::{HashMap, HashSet};

use super::piece::{Pieces, pieces};
use super::word::{Gap, Key, RUN, Run, Word, push_words, runs, words};
use super::{Source, Why};
use crate::diagnostic::{SourcePath, Span};

/// The fewest letters of a passage that says something by itself: "at the end of the" has 13.
const LETTERS: u32 = 20;
/// The fewest letters of a whole piece, such as a cell, and of a run that a passage may be made of.
const LETTERS_OF_A_PIECE: u32 = 12;
/// The fewest letters of what a document is called: its title, the last part of its address.
const LETTERS_OF_A_NAME: u32 = 8;
/// The fewest characters of an id.
const ID: usize = 4;
/// The fewest characters of a name that can only be a host, an id, a hash, and how many of them are letters at least: `20261121T090000Z`
/// is a moment.
const RARE: (usize, u32) = (12, 3);
/// As many words in a row are no coincidence, even where the public site says the parts of them elsewhere.
const NO_COINCIDENCE: usize = 8;

/// What a run of words is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Words of a text.
    Prose,
    /// All words of a cell, an item, a value.
    Piece,
    /// A name made of several words without blanks: `db1.corp.example`.
    Compound,
    /// A single word of letters and digits that is nobody else's: a hash, a token.
    Rare,
    /// What a document is called.
    Title,
    /// What the settings say.
    Setting,
}

/// A run of words that the public must not read.
#[derive(Debug, Clone, Copy)]
struct Pattern {
    kind: Kind,
    /// The place of its origin in the list of origins.
    origin: u32,
    /// Where it is in the file.
    start: u32,
    end: u32,
}

/// Where internal text comes from, and why it is internal.
#[derive(Debug)]
pub(super) struct Origin {
    pub(super) path: SourcePath,
    pub(super) why: Why,
}

/// Everything that the public must not read, as runs of words.
#[derive(Debug, Default)]
pub(super) struct Internal {
    patterns: HashMap<Key, Pattern>,
    origins: Vec<Origin>,
    /// What the public site says somewhere of its own accord.
    shown: HashSet<Key>,
}

/// A stretch of words that stand in internal text, one after the other.
#[derive(Debug)]
pub(super) struct Passage {
    /// Where it is in the text that was searched.
    pub(super) range: Range<usize>,
    /// Where it comes from.
    pub(super) source: Source,
    /// Why it is internal.
    pub(super) why: Why,
}

impl Internal {
    /// Adds a place that internal text comes from.
    pub(super) fn add_origin(&mut self, origin: Origin) -> u32 {
        self.origins.push(origin);
        u32::try_from(self.origins.len() - 1).unwrap_or(u32::MAX)
    }

    /// Adds a stretch of Markdown, or of a value of the metadata.
    pub(super) fn add_text(&mut self, origin: u32, text: &str, range: Range<usize>) {
        let Pieces { words, addresses } = pieces(text, range);
        self.add_prose(origin, &words, [Kind::Prose, Kind::Piece]);
        self.add_names(origin, text, &words, [Kind::Rare, Kind::Compound]);
        self.add_names(origin, text, &addresses, [Kind::Rare, Kind::Compound]);
    }

    /// Adds what the settings say.
    pub(super) fn add_settings(&mut self, origin: u32, text: &str, range: Range<usize>) {
        let mut words = Vec::new();
        push_words(text, range, Gap::Break, &mut words);
        self.add_prose(origin, &words, [Kind::Setting; 2]);
        self.add_names(origin, text, &words, [Kind::Setting; 2]);
    }

    /// Adds the title of a document.
    pub(super) fn add_title(&mut self, origin: u32, title: &str, written: Range<usize>) {
        let words = words(title);
        for run in runs(&words).filter(|run| is_whole(*run, &words) || run.to - run.from == RUN) {
            if run.to - run.from > 1 && run.letters >= LETTERS_OF_A_NAME {
                self.add(run.in_order(), Kind::Title, origin, &written);
            }
        }
    }

    /// Adds a name without blanks that a document is known by: its address, or a part of it.
    pub(super) fn add_name(&mut self, origin: u32, name: &str, written: Range<usize>) {
        let words = words(name);
        let letters: u32 = words.iter().map(|word| word.letters).sum();
        if words.len() > 1 && letters >= LETTERS_OF_A_NAME {
            self.add_joined(&words, Kind::Title, origin, &written);
        }
    }

    /// Adds an id.
    pub(super) fn add_id(&mut self, origin: u32, id: &str, written: Range<usize>) {
        let words = words(id);
        let (has_letter, has_digit) = (words.iter().any(|word| word.letters > 0), words.iter().any(|word| word.has_digit));
        if id.chars().nth(ID - 1).is_some() && has_letter && has_digit {
            self.add_joined(&words, Kind::Title, origin, &written);
        }
    }

    fn add_prose(&mut self, origin: u32, words: &[Word], [run_of_words, piece]: [Kind; 2]) {
        for run in runs(words).filter(|run| run.letters >= LETTERS_OF_A_PIECE && run.to - run.from > 1) {
            let written = place(words, run.from, run.to);
            if is_whole(run, words) {
                self.add(run.in_order(), piece, origin, &written);
            } else if run.to - run.from == RUN {
                self.add(run.in_order(), run_of_words, origin, &written);
            }
        }
    }

    /// Adds the names in a text that can only be ids, hosts, hashes: those of one word, and those of several.
    fn add_names(&mut self, origin: u32, text: &str, words: &[Word], [single, compound]: [Kind; 2]) {
        let mut from = 0;
        while from < words.len() {
            let mut to = from + 1;
            while is_compound(text, words, to) {
                to += 1;
            }
            let name = words.get(from..to).unwrap_or_default();
            for word in name {
                if is_rare(text, std::slice::from_ref(word)) {
                    self.add_joined(std::slice::from_ref(word), single, origin, &(word.start as usize..word.end as usize));
                }
            }
            if name.len() > 1 && is_rare(text, name) {
                self.add_joined(name, compound, origin, &place(words, from, to));
            }
            from = to;
        }
    }

    fn add_joined(&mut self, name: &[Word], kind: Kind, origin: u32, written: &Range<usize>) {
        let length = name.len().min(RUN);
        for run in runs(name).filter(|run| run.to - run.from == length && run.letters > 0) {
            self.add(run.joined(), kind, origin, written);
        }
    }

    /// The first who says something is the one it comes from.
    fn add(&mut self, key: Key, kind: Kind, origin: u32, written: &Range<usize>) {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.patterns.entry(key).or_insert(Pattern { kind, origin, start: place(written.start), end: place(written.end) });
    }

    /// The keys of internal runs that stand among some words.
    pub(super) fn keys_in(&self, words: &[Word]) -> Vec<Key> {
        self.hits(words).into_iter().map(|hit| hit.key).collect()
    }

    /// Forgets runs that the public part of the sources has, too. What a document is called is kept: that a public one links to it
    /// makes it no more public.
    pub(super) fn forget(&mut self, keys: &[Key]) {
        for key in keys {
            if self.patterns.get(key).is_some_and(|pattern| pattern.kind != Kind::Title) {
                self.patterns.remove(key);
            }
        }
    }

    /// Takes note of runs that the public site has.
    pub(super) fn note_shown(&mut self, keys: Vec<Key>) {
        self.shown.extend(keys);
    }

    /// Those of some keys that the public site has.
    pub(super) fn shown_of(&self, mut keys: Vec<Key>) -> Vec<Key> {
        keys.retain(|key| self.shown.contains(key));
        keys
    }

    fn hits(&self, words: &[Word]) -> Vec<Hit<'_>> {
        let mut hits = Vec::new();
        for run in runs(words) {
            let mut look = |key: Key| {
                hits.extend(self.patterns.get(&key).map(|pattern| Hit { from: run.from, to: run.to, key, pattern }));
            };
            if run.is_joined {
                look(run.joined());
            }
            if run.to - run.from > 1 && run.letters >= LETTERS_OF_A_NAME {
                look(run.in_order());
            }
        }
        hits
    }

    /// The passages of some words that stand in internal text, in order.
    pub(super) fn passages(&self, words: &[Word]) -> Vec<Passage> {
        let mut passages = Vec::new();
        let mut hits = self.hits(words).into_iter().peekable();
        while let Some(first) = hits.next() {
            let mut to = first.to;
            let mut together = vec![first];
            while let Some(hit) = hits.next_if(|hit| hit.from < to) {
                to = to.max(hit.to);
                together.push(hit);
            }
            passages.extend(self.passage(&together, words));
        }
        passages
    }

    /// Runs that overlap as one passage; nothing where the public site says as much.
    fn passage(&self, hits: &[Hit<'_>], words: &[Word]) -> Option<Passage> {
        let is_prose = |hit: &&Hit<'_>| matches!(hit.pattern.kind, Kind::Prose | Kind::Piece);
        let from = hits.iter().filter(is_prose).map(|hit| hit.from).min().unwrap_or_default();
        let to = hits.iter().filter(is_prose).map(|hit| hit.to).max().unwrap_or_default();
        let is_excused = |hit: &Hit<'_>| match hit.pattern.kind {
            Kind::Rare => false,
            Kind::Prose | Kind::Piece => to - from < NO_COINCIDENCE && self.shown.contains(&hit.key),
            Kind::Compound | Kind::Title | Kind::Setting => self.shown.contains(&hit.key),
        };
        let telling: Vec<&Hit<'_>> = hits.iter().filter(|hit| !is_excused(hit)).collect();
        let letters: u32 = words.get(from..to).unwrap_or_default().iter().map(|word| word.letters).sum();
        if letters < LETTERS && telling.iter().all(|hit| hit.pattern.kind == Kind::Prose) {
            return None;
        }
        // Of several origins the one that says the most of it, and of these the first.
        let mut said: BTreeMap<u32, usize> = BTreeMap::new();
        for hit in &telling {
            *said.entry(hit.pattern.origin).or_default() += 1;
        }
        let (most, _) = said.into_iter().max_by_key(|(origin, runs)| (*runs, Reverse(*origin)))?;
        let mut of_origin = telling.iter().map(|hit| hit.pattern).filter(|pattern| pattern.origin == most);
        let first = of_origin.next()?;
        let end = of_origin.map(|pattern| pattern.end).fold(first.end, u32::max);
        let Origin { path, why } = self.origins.get(most as usize)?;
        let (from, to) = (hits.iter().map(|hit| hit.from).min()?, hits.iter().map(|hit| hit.to).max()?);
        let span = Span { start: first.start, end };
        Some(Passage { range: place(words, from, to), source: Source { path: path.clone(), span }, why: *why })
    }
}

/// A run of words that stands in internal text.
struct Hit<'i> {
    from: usize,
    to: usize,
    key: Key,
    pattern: &'i Pattern,
}

/// Where words are, in bytes of their text.
fn place(words: &[Word], from: usize, to: usize) -> Range<usize> {
    let start = words.get(from).map_or(0, |word| word.start as usize);
    start..words.get(to - 1).map_or(start, |word| word.end as usize)
}

/// Whether a run is all that stands between two breaks.
fn is_whole(run: Run, words: &[Word]) -> bool {
    let begins = |at: usize| words.get(at).is_none_or(|word| word.gap == Gap::Break);
    begins(run.from) && begins(run.to)
}

/// Whether the word at a place goes on with the name before it.
fn is_compound(text: &str, words: &[Word], at: usize) -> bool {
    let (Some(before), Some(word)) = (words.get(at - 1), words.get(at)) else { return false };
    let between = text.get(before.end as usize..word.start as usize).unwrap_or_default();
    word.gap == Gap::Signs && !between.is_empty() && between.bytes().all(|byte| matches!(byte, b'-' | b'_' | b'.' | b'@'))
}

/// Whether a name can only be a host, a mail address, an id, a hash.
fn is_rare(text: &str, name: &[Word]) -> bool {
    let written = text.get(place(name, 0, name.len())).unwrap_or_default();
    let letters: u32 = name.iter().map(|word| word.letters).sum();
    let has_digit = name.iter().any(|word| word.has_digit);
    let is_of_a_host = written.contains('@') || written.matches('.').count() > 1;
    written.chars().count() >= RARE.0 && letters >= RARE.1 && (has_digit || is_of_a_host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Reason;
    use crate::model::Secrecy;

    const INTERNAL: &str = "The replica was promoted by hand, and nobody told the team on call about it.\n\nIt ran on db1.corp.example.net with 9f86d081884c.\n";

    fn internal(text: &str) -> Internal {
        let mut internal = Internal::default();
        let origin = internal.add_origin(Origin { path: SourcePath::from("a.md"), why: Why::Withheld(Reason::Marked(Secrecy::Internal)) });
        internal.add_text(origin, text, 0..text.len());
        internal
    }

    /// The passages of a text, with what they come from after `<`.
    fn found(internal: &Internal, source: &str, text: &str) -> Vec<String> {
        let passages = internal.passages(&words(text));
        passages.into_iter().map(|passage| format!("{} < {}", &text[passage.range], passage.source.span.slice(source))).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(found(&internal(INTERNAL), INTERNAL, text), expected, "{text}");
    }

    #[test]
    fn five_words_in_a_row_are_found_and_four_are_not() {
        check("so the REPLICA was promoted (by) hand-made", &["the REPLICA was promoted (by) hand < The replica was promoted by hand"]);
        check("the replica was promoted", &[]);
        check("was it told the team on call", &[]);
        let parted = "and nobody told the team\u{2029} on call about it";
        check(parted, &["and nobody told the team < and nobody told the team"]);
    }

    #[test]
    fn a_run_of_small_words_says_nothing_by_itself() {
        // "the team on call about" has 18 letters.
        check("the team on call about", &[]);
        check("told the team on call about", &["told the team on call about < told the team on call about"]);
    }

    #[test]
    fn hosts_and_hashes_are_found_alone_and_only_whole() {
        check("see http://db1.corp.example.net/x", &["db1.corp.example.net < db1.corp.example.net"]);
        check("9F86D081884C", &["9F86D081884C < 9f86d081884c"]);
        check("db1 corp example net, 9f86d081884", &[]);
    }

    #[test]
    fn names_of_documents_are_found_as_they_are_used() {
        let mut internal = internal("");
        let why = Why::Withheld(Reason::Draft);
        let origin = internal.add_origin(Origin { path: SourcePath::from("b.md"), why });
        internal.add_title(origin, "Ledger theft", 0..1);
        internal.add_name(origin, "2026-05-06-ledger-theft", 0..1);
        internal.add_name(origin, "dns", 0..1);
        internal.add_id(origin, "INC-7", 0..1);
        internal.add_id(origin, "INC", 0..1);
        internal.add_title(origin, "DNS", 0..1);
        let found =
            |text: &str| internal.passages(&words(text)).into_iter().map(|passage| text[passage.range].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("of the ledger theft (INC-7), not INC 7 or dns"), ["ledger theft", "INC-7"]);
        assert_eq!(found("../2026-05-06-ledger-theft/#x"), ["2026-05-06-ledger-theft"]);
    }

    #[test]
    fn what_the_public_site_says_is_a_coincidence_where_it_is_short() {
        let mut internal = internal(INTERNAL);
        let public = words("The replica was promoted by hand, and nobody told the team. db1.corp.example.net 9f86d081884c");
        internal.note_shown(internal.keys_in(&public));
        let found = |text: &str| found(&internal, INTERNAL, text);
        assert_eq!(found("The replica was promoted by hand at db1.corp.example.net"), [""; 0]);
        assert_eq!(found("9f86d081884c"), ["9f86d081884c < 9f86d081884c"], "no coincidence makes this");
        let long = "replica was promoted by hand, and nobody told";
        assert_eq!(found(long), [format!("{long} < {long}")], "nor eight words in this order");
    }

    #[test]
    fn what_is_forgotten_is_not_found() {
        let mut internal = internal(INTERNAL);
        internal.forget(&internal.keys_in(&words("The replica was promoted by hand, and 9f86d081884c")));
        assert_eq!(found(&internal, INTERNAL, "The replica was promoted by hand 9f86d081884c"), [""; 0]);
    }
}
