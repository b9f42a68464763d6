//! Markdown in pieces, each with the words that stand together wherever the text is shown: a paragraph, an item, a cell, a comment.

use std::ops::Range;

use super::word::{Gap, Word, push_words};

/// The words of a Markdown text.
pub(super) struct Pieces {
    /// Those that are read.
    pub(super) words: Vec<Word>,
    /// Those of the addresses that links lead to; they do not stand between the words around a link.
    pub(super) addresses: Vec<Word>,
}

/// The words of a part of a Markdown text.
pub(super) fn pieces(text: &str, range: Range<usize>) -> Pieces {
    let mut reader = PieceReader { text, gap: Gap::Break, words: Vec::new(), addresses: Vec::new() };
    let mut at = range.start;
    for line in text.get(range).unwrap_or_default().split_inclusive('\n') {
        reader.line(line, at);
        at += line.len();
    }
    let mut addresses = Vec::new();
    for address in reader.addresses {
        push_words(text, address, Gap::Break, &mut addresses);
    }
    Pieces { words: reader.words, addresses }
}

struct PieceReader<'t> {
    text: &'t str,
    /// What stands before the next words.
    gap: Gap,
    words: Vec<Word>,
    /// Where links lead.
    addresses: Vec<Range<usize>>,
}

impl PieceReader<'_> {
    fn line(&mut self, line: &str, at: usize) {
        let content = line.trim_start_matches([' ', '\t', '>']);
        self.gap = if begins_a_block(content) { Gap::Break } else { self.gap.max(Gap::Blank) };
        let line = Line { text: line, at, is_row: content.starts_with('|'), last_parenthesis: line.rfind(')').unwrap_or_default() };
        let mut from = 0;
        while let Some((end, next)) = self.mark(line, from) {
            self.push(at + from, at + end);
            self.gap = self.gap.max(next.gap);
            from = next.from;
        }
        self.push(at + from, at + line.text.len());
    }

    /// Where the words end that begin at `from`, and how it goes on; nothing where they go on to the end of the line.
    fn mark(&mut self, line: Line<'_>, from: usize) -> Option<(usize, Next)> {
        let rest = line.text.get(from..)?;
        let marks = rest.char_indices().filter(|(_, c)| matches!(c, '|' | '<' | '-' | ']'));
        for (place, c) in marks {
            let after = rest.get(place..)?;
            let end = from + place;
            match c {
                '|' if line.is_row => return Some((end, Next { from: end + 1, gap: Gap::Break })),
                '<' if after.starts_with("<!--") => return Some((end, Next { from: end + 4, gap: Gap::Break })),
                '-' if after.starts_with("-->") => return Some((end, Next { from: end + 3, gap: Gap::Break })),
                ']' if after.starts_with("](") && end < line.last_parenthesis => {
                    let length = after.find(')')?;
                    self.addresses.push(line.at + end + 2..line.at + end + length);
                    return Some((end, Next { from: end + length + 1, gap: Gap::Signs }));
                }
                _ => {}
            }
        }
        None
    }

    fn push(&mut self, start: usize, end: usize) {
        let before = self.words.len();
        push_words(self.text, start..end, self.gap, &mut self.words);
        if self.words.len() > before {
            self.gap = Gap::Signs;
        }
        if self.text.get(start..end).is_some_and(|words| words.ends_with(char::is_whitespace)) {
            self.gap = self.gap.max(Gap::Blank);
        }
    }
}

/// A line of the text.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    /// Where it begins.
    at: usize,
    /// Whether it is a row of a table.
    is_row: bool,
    /// Where the last `)` is, behind which no link ends.
    last_parenthesis: usize,
}

/// How a line goes on behind a mark.
struct Next {
    from: usize,
    gap: Gap,
}

fn begins_a_block(content: &str) -> bool {
    let content = content.trim_end();
    let number = content.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = number.len() < content.len() && number.starts_with([')', '.']);
    content.is_empty() || content.starts_with(['#', '|', '-', '*', '+', ':', '[', '`', '~']) || is_numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut written = String::new();
        let Pieces { words, addresses } = pieces(text, 0..text.len());
        for word in words.into_iter().chain(addresses) {
            written.push_str(if word.gap == Gap::Break { "|" } else { " " });
            written.push_str(&text[word.start as usize..word.end as usize]);
        }
        assert_eq!(written, expected, "{text}");
    }

    #[test]
    fn words_stand_together_as_they_are_shown() {
        check("# A b\nc d\ne\n\nf", "|A b c d e|f");
        check("> - a\n>   b\n> - c\n", "|a b|c");
        check("| a b | c |\n|---|---|\n| d | e |\n", "|a b|c|d|e");
        check("a <!-- b c --> d", "|a|b c|d");
        check("a [b c](d.md \"e\"), f [g", "|a b c f g|d md e");
        check("1. a\n2. b", "|1 a|2 b");
        check("a](b [c](d) e](f", "|a e f|b c d");
        check(&"a](".repeat(200_000), &format!("|{}", vec!["a"; 200_000].join(" ")));
    }
}
