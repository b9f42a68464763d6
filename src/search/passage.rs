//! The passages of a page that answer a query: the sections that have the most of it, cut around the words, with the words marked.

use super::SectionText;
use super::rank::Words;
use super::token::{Chunk, chunks, fold, inner_words, joined, pairs, runs};

/// Characters of a passage, and those before its first marked word.
const LENGTH: usize = 180;
const BEFORE: usize = 50;

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The fragment that leads to the section; may be empty.
    pub anchor: String,
    /// The section's heading.
    pub heading: String,
    /// The text in pieces, with an ellipsis where something is left out.
    pub pieces: Vec<Piece>,
    /// The byte of the section's text where the first marked word begins; nothing where only the heading has the words.
    pub first_mark: Option<usize>,
}

/// Some text of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is a word that was searched for.
    pub marked: bool,
}

/// Where a needle is found: from, to, its number. In bytes as found, in characters for cutting.
type Mark = (usize, usize, usize);

/// At most `limit` passages, the best first: a section with more of the needles is better, then one with more occurrences, then the earlier.
#[must_use]
pub fn passages(sections: &[SectionText<'_>], words: &Words, limit: usize) -> Vec<Passage> {
    let mut found = Vec::new();
    for (i, section) in sections.iter().enumerate() {
        let text = section.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (in_heading, in_text) = (marks(section.heading, words), marks(&text, words));
        let mut needles: Vec<usize> = in_heading.iter().chain(&in_text).map(|&(_, _, needle)| needle).collect();
        let occurrences = needles.len();
        needles.sort_unstable();
        needles.dedup();
        if occurrences > 0 {
            found.push((std::cmp::Reverse((needles.len(), occurrences)), i, text, in_text));
        }
    }
    found.sort();
    found.truncate(limit);
    let passage = |(_, i, text, marks): (_, usize, String, Vec<Mark>)| {
        let section = sections.get(i)?;
        let (pieces, first_mark) = cut(&text, &marks);
        let first_mark = first_mark.map(|at| uncollapsed(&section.text, text.get(..at).unwrap_or_default()));
        Some(Passage { anchor: section.anchor.to_owned(), heading: section.heading.to_owned(), pieces, first_mark })
    };
    found.into_iter().filter_map(passage).collect()
}

/// Every place in `text` that has one of the words.
fn marks(text: &str, Words(words): &Words) -> Vec<Mark> {
    let mut marks = Vec::new();
    for chunk in chunks(text) {
        let whole = |needle: usize| (chunk.start, chunk.start + chunk.text.len(), needle);
        if chunk.spaceless {
            marks.extend(marks_of_pairs(&chunk, |pair| words.get(pair).copied()));
            continue;
        }
        let runs = runs(&chunk);
        if let Some(&needle) = joined(&chunk, runs.len()).and_then(|term| words.get(&term)) {
            marks.push(whole(needle));
            continue;
        }
        for (start, run) in runs {
            let inner = || inner_words(run).into_iter().find_map(|inner| words.get(&fold(inner)));
            if let Some(&needle) = words.get(&fold(run)).or_else(inner) {
                marks.push((chunk.start + start, chunk.start + start + run.len(), needle));
            }
        }
    }
    marks
}

/// Marks in a text without blanks, where folding kept its characters apart; else the whole of it.
fn marks_of_pairs(chunk: &Chunk<'_>, needle_of: impl Fn(&str) -> Option<usize>) -> Vec<Mark> {
    let pairs = pairs(chunk.text);
    let starts: Vec<usize> = chunk.text.char_indices().map(|(i, _)| i).chain([chunk.text.len()]).collect();
    let length = starts.len() - 1;
    let aligned = pairs.len() == length.saturating_sub(1).max(1);
    let mut marks: Vec<Mark> = Vec::new();
    for (i, pair) in pairs.iter().enumerate() {
        let Some(needle) = needle_of(pair) else { continue };
        let (from, to) = if aligned { (starts.get(i), starts.get((i + 2).min(length))) } else { (starts.first(), starts.last()) };
        let (Some(from), Some(to)) = (from, to) else { continue };
        marks.push((chunk.start + from, chunk.start + to, needle));
    }
    marks
}

/// The byte of `text` at which as much was said as in `before`, whatever the blanks.
fn uncollapsed(text: &str, before: &str) -> usize {
    let count = before.chars().filter(|c| !c.is_whitespace()).count();
    text.char_indices().filter(|(_, c)| !c.is_whitespace()).nth(count).map_or(text.len(), |(at, _)| at)
}

/// The stretch of `text` with the most different needles, in pieces, and the byte where its first mark begins.
fn cut(text: &str, marks: &[Mark]) -> (Vec<Piece>, Option<usize>) {
    let starts: Vec<usize> = text.char_indices().map(|(start, _)| start).collect();
    let characters: Vec<char> = text.chars().collect();
    let place = |byte: usize| starts.partition_point(|&start| start < byte);
    let marks: Vec<Mark> = marks.iter().map(|&(from, to, needle)| (place(from), place(to), needle)).collect();
    let is_blank = |at: &usize| characters.get(*at) == Some(&' ');

    let first = densest(&marks);
    let begin = first.saturating_sub(BEFORE);
    let from = if begin == 0 { 0 } else { (begin..first).find(is_blank).map_or(begin, |blank| blank + 1) };
    let end = (from + LENGTH).min(characters.len());
    let tail = end - (end - from) / 6;
    let to = if end == characters.len() { end } else { (tail..end).rfind(is_blank).unwrap_or(end) };

    let mut pieces: Vec<Piece> = Vec::new();
    let mut add = |from: usize, to: usize, marked: bool| {
        let text: String = characters.get(from..to).unwrap_or_default().iter().collect();
        match pieces.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.marked == marked => last.text.push_str(&text),
            _ => pieces.push(Piece { text, marked }),
        }
    };
    let mut at = from;
    let within = || marks.iter().filter(|(start, stop, _)| *start >= from && *stop <= to);
    for &(start, stop, _) in within() {
        add(at, start.max(at), false);
        add(start.max(at), stop.max(at), true);
        at = stop.max(at);
    }
    add(at, to, false);
    let ellipsis = || Piece { text: "…".to_owned(), marked: false };
    if from > 0 {
        pieces.insert(0, ellipsis());
    }
    if to < characters.len() {
        pieces.push(ellipsis());
    }
    (pieces, within().next().and_then(|(start, ..)| starts.get(*start).copied()))
}

/// Where the stretch begins that has the most different needles, then the most marks; the first of such.
fn densest(marks: &[Mark]) -> usize {
    let mut best = ((0, 0), 0);
    let mut end = 0;
    let mut counts: Vec<usize> = vec![0; marks.iter().map(|mark| mark.2 + 1).max().unwrap_or(0)];
    for (i, &(start, _, needle)) in marks.iter().enumerate() {
        while let Some(&(_, _, next)) = marks.get(end).filter(|(_, stop, _)| *stop <= start + LENGTH - BEFORE) {
            counts[next] += 1;
            end += 1;
        }
        let weight = (counts.iter().filter(|&&count| count > 0).count(), end.saturating_sub(i));
        if weight > best.0 {
            best = (weight, start);
        }
        if end > i {
            counts[needle] -= 1;
        } else {
            end = i + 1;
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{SectionText, Words, passages};

    /// The passages for some words, each a needle, in one line each.
    fn check(sections: &[(&str, &str)], words: &[&str], expected: &[&str]) {
        let words = Words(words.iter().enumerate().map(|(needle, word)| ((*word).to_owned(), needle)).collect());
        let sections: Vec<SectionText<'_>> =
            sections.iter().map(|&(heading, text)| SectionText { anchor: heading, heading, text: Cow::Borrowed(text) }).collect();
        let shown = |piece: &super::Piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() };
        let lines: Vec<String> = passages(&sections, &words, 2)
            .iter()
            .map(|passage| format!("{}: {}", passage.anchor, passage.pieces.iter().map(shown).collect::<String>()))
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn the_section_with_more_of_the_words_comes_first() {
        let sections = [("a", "dns dns dns"), ("b", "Nothing."), ("c", "dns timeout"), ("d", "timeout")];
        check(&sections, &["dns", "timeout"], &["c: [dns] [timeout]", "a: [dns] [dns] [dns]"]);
        check(&[("Retry", "Nothing."), ("b", "retry")], &["retry"], &["Retry: Nothing.", "b: [retry]"]);
        check(&sections, &["other"], &[]);
    }

    #[test]
    fn long_text_is_cut_at_blanks_around_the_densest_place() {
        let before = "dns ".to_owned() + &"word ".repeat(60);
        let text = format!("{before}\n\n the dns   timeout came\tback {}", "again ".repeat(60));
        let expected = format!("a: …{}the [dns] [timeout] came back {}…", "word ".repeat(9), "again ".repeat(18).trim_end());
        check(&[("a", &text)], &["dns", "timeout"], &[&expected]);
    }

    #[test]
    fn the_first_mark_is_found_again_in_the_text_as_it_is() {
        let text = format!("{}  ünd\n\n the   dns\ttimeout", "word ".repeat(60));
        let words = Words([("dns".to_owned(), 0), ("timeout".to_owned(), 1)].into());
        let section = SectionText { anchor: "a", heading: "dns", text: Cow::Borrowed(&text) };
        let found = passages(&[section], &words, 1);
        assert_eq!(found[0].first_mark, text.find("dns"));
        let section = SectionText { anchor: "a", heading: "dns", text: Cow::Borrowed("no") };
        assert_eq!(passages(&[section], &words, 1)[0].first_mark, None);
    }

    #[test]
    fn names_and_scripts_without_blanks_are_marked() {
        check(&[("a", "payments-api OOMKilled")], &["paymentsapi", "killed"], &["a: [payments-api] [OOMKilled]"]);
        check(&[("a", "payments-api")], &["api"], &["a: payments-[api]"]);
        check(&[("a", "障害対応です")], &["障害", "害対", "です"], &["a: [障害対]応[です]"]);
    }

    #[test]
    fn text_without_blanks_is_cut_between_characters() {
        let text = "あ".repeat(300) + "障害" + &"い".repeat(300);
        let expected = format!("a: …{}[障害]{}…", "あ".repeat(50), "い".repeat(128));
        check(&[("a", &text)], &["障害"], &[&expected]);
        let name = "x".repeat(400);
        check(&[("a", &name)], &[&"x".repeat(80)], &[&format!("a: {}…", "x".repeat(180))]);
    }
}
