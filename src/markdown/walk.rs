//! Ways through a tree: every block, every inline, every link, depth first and in the order they are written.
//!
//! The trees that [`read()`](super::read()) makes are at most a hundred levels deep, so these walks may descend by recursion.

use super::{Block, BlockKind, Inline, InlineKind, Link};

/// Whether a [`Link`] leads somewhere or shows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkRole {
    /// It leads to its target.
    Link,
    /// It shows its target in place.
    Image,
}

/// Visits every block, a container before its content.
pub fn blocks<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        each_content(block, &mut |content| match content {
            Content::Blocks(inner) => self::blocks(inner, visit),
            Content::Inlines(_) => {}
        });
    }
}

/// Visits every inline of the blocks, a container before its content.
pub fn inlines<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Inline)) {
    for block in blocks {
        each_content(block, &mut |content| match content {
            Content::Blocks(inner) => inlines(inner, visit),
            Content::Inlines(inner) => within(inner, visit),
        });
    }
}

/// Visits every text of the blocks: the inlines of a paragraph, a heading, a cell, and those that an inline holds, each as one list.
pub fn texts<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a [Inline])) {
    for block in blocks {
        each_content(block, &mut |content| match content {
            Content::Blocks(inner) => texts(inner, visit),
            Content::Inlines(inner) => {
                visit(inner);
                within(inner, &mut |inline| visit(inline.content()));
            }
        });
    }
}

/// Visits every inline of a text, a container before its content.
pub fn within<'a>(inlines: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in inlines {
        visit(inline);
        within(inline.content(), visit);
    }
}

/// Visits every link and image of the blocks, with the inline it is, which knows its place.
pub fn links<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Inline, &'a Link, LinkRole)) {
    inlines(blocks, &mut |inline| match &inline.kind {
        InlineKind::Link(link) => visit(inline, link, LinkRole::Link),
        InlineKind::Image(link) => visit(inline, link, LinkRole::Image),
        _ => {}
    });
}

impl Inline {
    /// The inlines it holds; empty for those that hold none.
    #[must_use]
    pub fn content(&self) -> &[Self] {
        match &self.kind {
            InlineKind::Emphasis(content) | InlineKind::Strong(content) | InlineKind::Strikethrough(content) => content,
            InlineKind::Link(link) | InlineKind::Image(link) => &link.content,
            _ => &[],
        }
    }
}

/// A part of a block.
pub(super) enum Content<'a> {
    Blocks(&'a [Block]),
    Inlines(&'a [Inline]),
}

/// Visits the parts of a block in order, not what lies deeper.
pub(super) fn each_content<'a>(block: &'a Block, visit: &mut dyn FnMut(Content<'a>)) {
    match &block.kind {
        BlockKind::Heading(heading) => visit(Content::Inlines(&heading.content)),
        BlockKind::Paragraph(content) => visit(Content::Inlines(content)),
        BlockKind::List(list) => list.items.iter().for_each(|item| visit(Content::Blocks(&item.blocks))),
        BlockKind::Table(table) => {
            let rows = std::iter::once(&table.header).chain(&table.rows);
            rows.flat_map(|row| &row.cells).for_each(|cell| visit(Content::Inlines(&cell.content)));
        }
        BlockKind::Quote(quote) => visit(Content::Blocks(&quote.blocks)),
        BlockKind::Definitions(entries) => {
            for entry in entries {
                visit(Content::Inlines(&entry.term));
                entry.definitions.iter().for_each(|blocks| visit(Content::Blocks(blocks)));
            }
        }
        BlockKind::Footnote { blocks, .. } => visit(Content::Blocks(blocks)),
        BlockKind::Code(_) | BlockKind::Html(_) | BlockKind::Comment(_) | BlockKind::Rule => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::markdown::read;

    const TEXT: &str = "# a\n\nb *c [d](e)*\n\n- f\n  > ![g](h)\n\n| i |\n|---|\n| <https://j> |\n\nk[^l]\n: m\n\n[^l]: [[n]]\n";

    #[test]
    fn walks_go_everywhere_in_order() {
        let document = read(TEXT, Span::new(0, TEXT.len()));
        let mut texts = String::new();
        inlines(&document.blocks, &mut |inline| {
            if let InlineKind::Text(text) = &inline.kind {
                texts.push_str(text.trim());
                texts.push(' ');
            }
        });
        assert_eq!(texts, "a b c d f g i https://j k m n ");
        let mut found = Vec::new();
        links(&document.blocks, &mut |inline, link, role| found.push((inline.span.slice(TEXT), &*link.target, role)));
        assert_eq!(
            found,
            [
                ("[d](e)", "e", LinkRole::Link),
                ("![g](h)", "h", LinkRole::Image),
                ("<https://j>", "https://j", LinkRole::Link),
                ("[[n]]", "n", LinkRole::Link),
            ]
        );
        let mut count = 0;
        blocks(&document.blocks, &mut |_| count += 1);
        assert_eq!(count, 11);
    }
}
