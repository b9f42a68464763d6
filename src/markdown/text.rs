//! The words of a text without its marks: for summaries, search and identifiers.
//!
//! Comments, raw HTML and references to footnotes are left out; code is words too.

use super::{Block, BlockKind, Inline, InlineKind};

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
    push_blocks(blocks, &mut text);
    text.truncate(text.trim_end().len());
    text
}

fn push_inlines(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(words) | InlineKind::Code(words) => text.push_str(words),
            InlineKind::SoftBreak | InlineKind::HardBreak => text.push(' '),
            InlineKind::FootnoteReference(_) | InlineKind::Html(_) | InlineKind::Comment(_) => {}
            _ => push_inlines(inline.content(), text),
        }
    }
}

fn push_blocks(blocks: &[Block], text: &mut String) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => push_line(&heading.content, text),
            BlockKind::Paragraph(content) => push_line(content, text),
            BlockKind::Code(code) => {
                text.push_str(code.text.trim_end());
                end_line(text);
            }
            BlockKind::List(list) => list.items.iter().for_each(|item| push_blocks(&item.blocks, text)),
            BlockKind::Table(table) => {
                for row in std::iter::once(&table.header).chain(&table.rows) {
                    for cell in &row.cells {
                        push_inlines(&cell.content, text);
                        text.push(' ');
                    }
                    text.truncate(text.trim_end_matches(' ').len());
                    end_line(text);
                }
            }
            BlockKind::Quote(quote) => push_blocks(&quote.blocks, text),
            BlockKind::Definitions(entries) => {
                for entry in entries {
                    push_line(&entry.term, text);
                    entry.definitions.iter().for_each(|blocks| push_blocks(blocks, text));
                }
            }
            BlockKind::Footnote { blocks, .. } => push_blocks(blocks, text),
            BlockKind::Html(_) | BlockKind::Comment(_) | BlockKind::Rule => {}
        }
    }
}

fn push_line(inlines: &[Inline], text: &mut String) {
    push_inlines(inlines, text);
    end_line(text);
}

fn end_line(text: &mut String) {
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
