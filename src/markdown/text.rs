//! The words of a text without its marks: for summaries, search and identifiers.
//!
//! Comments, raw HTML and references to footnotes are left out; code is words too.

use super::{Block, BlockKind, Inline, InlineKind};
use crate::diagnostic::Span;

/// The words of a text, on one line.
#[must_use]
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_inlines(inlines, &mut text);
    text
}

/// The words of the blocks, one line for each block that holds text.
#[must_use]
pub fn block_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    text.add_blocks(blocks);
    text
}

/// A text on one line, with one blank between its words.
#[must_use]
pub fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words with a capital at their head: "wiki-pages" → "Wiki-pages".
#[must_use]
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// What takes in words one after the other.
pub trait TakesWords: Default {
    /// Takes in words that are written at a place of the file.
    fn take(&mut self, words: &str, at: Span);

    /// What was taken in so far, for blanks and line ends between the words.
    fn text(&mut self) -> &mut String;

    /// Takes in the words of blocks on lines of their own.
    fn add_blocks(&mut self, blocks: &[Block]) {
        end_line(self);
        push_blocks(blocks, self);
        let text = self.text();
        text.truncate(text.trim_end().len());
    }

    /// Takes in the words of a text on a line of its own.
    fn add_line(&mut self, inlines: &[Inline]) {
        end_line(self);
        push_inlines(inlines, self);
    }
}

impl TakesWords for String {
    fn take(&mut self, words: &str, _: Span) {
        self.push_str(words);
    }

    fn text(&mut self) -> &mut String {
        self
    }
}

/// Words, and where in the file they are written.
#[derive(Debug, Clone, Default)]
pub struct PlacedText {
    text: String,
    /// The beginnings of stretches: in the text, in the file.
    stretches: Vec<(usize, usize)>,
}

impl PlacedText {
    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The last stretch that begins at or before a byte of the text: its beginnings in the text and in the file.
    #[must_use]
    pub fn stretch(&self, at: usize) -> Option<(usize, usize)> {
        let after = self.stretches.partition_point(|(begin, _)| *begin <= at);
        self.stretches.get(after.checked_sub(1)?).copied()
    }
}

impl TakesWords for PlacedText {
    fn take(&mut self, words: &str, at: Span) {
        self.stretches.push((self.text.len(), at.start as usize));
        self.text.push_str(words);
    }

    fn text(&mut self) -> &mut String {
        &mut self.text
    }
}

fn push_inlines(inlines: &[Inline], to: &mut impl TakesWords) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(words) | InlineKind::Code(words) => to.take(words, inline.span),
            InlineKind::SoftBreak | InlineKind::HardBreak => to.text().push(' '),
            InlineKind::FootnoteReference(_) | InlineKind::Html(_) | InlineKind::Comment(_) => {}
            _ => push_inlines(inline.content(), to),
        }
    }
}

fn push_blocks(blocks: &[Block], to: &mut impl TakesWords) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => push_line(&heading.content, to),
            BlockKind::Paragraph(content) => push_line(content, to),
            BlockKind::Code(code) => {
                to.take(code.text.trim_end(), block.span);
                end_line(to);
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| push_blocks(&item.blocks, to)),
            BlockKind::Table(table) => {
                for row in std::iter::once(&table.header).chain(&table.rows) {
                    for cell in &row.cells {
                        push_inlines(&cell.content, to);
                        to.text().push(' ');
                    }
                    let text = to.text();
                    text.truncate(text.trim_end_matches(' ').len());
                    end_line(to);
                }
            }
            BlockKind::Quote(quote) => push_blocks(&quote.blocks, to),
            BlockKind::Definitions(entries) => {
                for entry in entries {
                    push_line(&entry.term, to);
                    entry.definitions.iter().for_each(|blocks| push_blocks(blocks, to));
                }
            }
            BlockKind::Footnote { blocks, .. } => push_blocks(blocks, to),
            BlockKind::Html(_) | BlockKind::Comment(_) | BlockKind::Rule => {}
        }
    }
}

fn push_line(inlines: &[Inline], to: &mut impl TakesWords) {
    push_inlines(inlines, to);
    end_line(to);
}

fn end_line(to: &mut impl TakesWords) {
    let text = to.text();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::markdown::read;

    #[test]
    fn words_stay_and_marks_go() {
        let source = "# A *b* `c`\n\nd\n[e](f)[^g] <i>h</i> <!-- no --> ![alt](x)\n\n- j\n- k\n  l\n\n| m | n |\n|---|---|\n| o | |\n\n```\np\n  q\n```\n\n<div>\n\n> r\n\nT\n: s\n\n[^g]: note\n";
        let document = read(source, Span::new(0, source.len()));
        assert_eq!(block_text(&document.blocks), "A b c\nd e h  alt\nj\nk l\nm n\no\np\n  q\nr\nT\ns\nnote");
        assert_eq!(block_text(&[]), "");
    }
}
