//! The words of a document in passages: one for each paragraph, heading, cell or piece of metadata, with the places they come from.
//!
//! A rule that reads prose looks at passages and need not know how Markdown nests. Comments are no words and are left out; code, images and
//! footnote marks are [`OPAQUE`]: something is there, but it is not prose.

use crate::diagnostic::{Span, Spanned};
use crate::frontmatter::{Mapping, Node, Value};
use crate::markdown::{Block, BlockKind, Inline, InlineKind};
use crate::model::{DocumentRef, Piece, Postmortem, Section};

/// Stands in a passage for what is no prose.
pub(super) const OPAQUE: char = '\u{fffc}';

/// A stretch of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Passage {
    /// The words, with line breaks as blanks.
    pub(super) text: String,
    /// Where the passage is written.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: Kind,
    /// Where the parts of the text come from: (where in the text the part begins, where it is written), in order.
    parts: Vec<(usize, Span)>,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A paragraph, an item, a cell, a value.
    Text,
    /// A title or heading.
    Heading,
    /// The head of a column.
    ColumnHead,
}

impl Passage {
    fn new(span: Span, kind: Kind) -> Self {
        Self { text: String::new(), span, kind, parts: Vec::new() }
    }

    /// Text as it is written.
    pub(super) fn written(text: &str, span: Span) -> Self {
        let mut passage = Self::new(span, Kind::Text);
        passage.push(text, span);
        passage
    }

    /// The words of inlines.
    pub(super) fn of(inlines: &[Inline], span: Span, kind: Kind) -> Self {
        let mut passage = Self::new(span, kind);
        passage.inlines(inlines);
        passage
    }

    fn push(&mut self, text: &str, span: Span) {
        self.parts.push((self.text.len(), span));
        self.text.push_str(text);
    }

    fn opaque(&mut self, span: Span) {
        self.parts.push((self.text.len(), span));
        self.text.push(OPAQUE);
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Html(text) => self.push(text, inline.span),
                InlineKind::Code(_) | InlineKind::Image(_) | InlineKind::FootnoteReference(_) => self.opaque(inline.span),
                InlineKind::Emphasis(content) | InlineKind::Strong(content) | InlineKind::Strikethrough(content) => self.inlines(content),
                InlineKind::Link(link) => self.inlines(&link.content),
                InlineKind::SoftBreak | InlineKind::HardBreak => self.push(" ", inline.span),
                InlineKind::Comment(_) => {}
            }
        }
    }

    /// Where the bytes `start..end` of the text are written. Where an entity or an escape stands between, the whole part is meant.
    pub(super) fn place(&self, start: usize, end: usize) -> Span {
        let place = |offset: usize| {
            let index = self.parts.partition_point(|(at, _)| *at <= offset).saturating_sub(1);
            let (at, span) = *self.parts.get(index)?;
            let next = self.parts.get(index + 1).map_or(self.text.len(), |(next, _)| *next);
            let is_verbatim = span.range().len() == next - at;
            let exact = Span::at(span.start as usize + (offset - at));
            Some(if is_verbatim { Span::new(exact.start as usize, exact.start as usize + 1) } else { span })
        };
        match (place(start), place(end.saturating_sub(1).max(start))) {
            (Some(first), Some(last)) => first.to(last),
            _ => self.span,
        }
    }
}

/// The words of inlines.
pub(super) fn words(inlines: &[Inline]) -> String {
    Passage::of(inlines, Span::default(), Kind::Text).text
}

/// Whether there is anything to read or to see in a text.
pub(super) fn says_something(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() || c == OPAQUE)
}

/// The passages of a whole document: metadata, title, text, timeline and actions.
pub(super) fn of_document(document: DocumentRef<'_>) -> Vec<Passage> {
    let head = document.head();
    let mut passages = Vec::new();
    of_metadata(&head.metadata, &mut passages);
    if !passages.iter().any(|passage| passage.span.contains(head.title.span)) {
        passages.push(Passage::of(&head.title.value, head.title.span, Kind::Heading));
    }
    let body = document.body();
    of_blocks(&body.lead, &mut passages);
    for section in &body.sections {
        passages.push(Passage::of(&section.title, section.heading_span, Kind::Heading));
        of_prose(section, &mut passages);
    }
    of_blocks(&body.footnotes, &mut passages);
    if let DocumentRef::Postmortem(postmortem) = document {
        of_timeline(postmortem, &mut passages);
        of_actions(postmortem, &mut passages);
    }
    passages
}

/// The passages of a section's prose, up to the next heading.
pub(super) fn of_prose(section: &Section, passages: &mut Vec<Passage>) {
    for piece in &section.content {
        if let Piece::Prose(blocks) = piece {
            of_blocks(blocks, passages);
        }
    }
}

fn of_timeline(postmortem: &Postmortem, passages: &mut Vec<Passage>) {
    for event in &postmortem.timeline {
        passages.push(spanned(&event.written));
        of_blocks(&event.content, passages);
    }
}

fn of_actions(postmortem: &Postmortem, passages: &mut Vec<Passage>) {
    for action in &postmortem.actions {
        passages.push(Passage::of(&action.content, action.span, Kind::Text));
        passages.extend(action.owner.iter().chain(&action.done_when).map(spanned));
        passages.extend(action.further.iter().map(|(_, value)| spanned(value)));
    }
}

fn spanned(value: &Spanned<String>) -> Passage {
    Passage::written(&value.value, value.span)
}

fn of_metadata(metadata: &Mapping, passages: &mut Vec<Passage>) {
    for entry in &metadata.entries {
        of_node(&entry.value, passages);
    }
}

fn of_node(node: &Node, passages: &mut Vec<Passage>) {
    match &node.value {
        Value::Scalar(scalar) => passages.push(Passage::written(&scalar.text, node.span)),
        Value::Sequence(items) => items.iter().for_each(|item| of_node(item, passages)),
        Value::Mapping(mapping) => of_metadata(mapping, passages),
    }
}

fn of_blocks(blocks: &[Block], passages: &mut Vec<Passage>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => passages.push(Passage::of(&heading.content, block.span, Kind::Heading)),
            BlockKind::Paragraph(inlines) => passages.push(Passage::of(inlines, block.span, Kind::Text)),
            BlockKind::List(list) => list.items.iter().for_each(|item| of_blocks(&item.blocks, passages)),
            BlockKind::Table(table) => {
                let cells = |row: &crate::markdown::TableRow, kind, passages: &mut Vec<Passage>| {
                    passages.extend(row.cells.iter().map(|cell| Passage::of(&cell.content, cell.span, kind)));
                };
                cells(&table.header, Kind::ColumnHead, passages);
                table.rows.iter().for_each(|row| cells(row, Kind::Text, passages));
            }
            BlockKind::Code(code) => {
                if !code.text.trim().is_empty() {
                    passages.push(Passage::written(&OPAQUE.to_string(), block.span));
                }
            }
            BlockKind::Quote(quote) => of_blocks(&quote.blocks, passages),
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    passages.push(Passage::of(&definition.term, definition.span, Kind::Text));
                    definition.definitions.iter().for_each(|blocks| of_blocks(blocks, passages));
                }
            }
            BlockKind::Footnote { blocks, .. } => of_blocks(blocks, passages),
            BlockKind::Html(html) => passages.push(Passage::written(html, block.span)),
            BlockKind::Comment(_) | BlockKind::Rule => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, start: usize) -> Inline {
        Inline { span: Span::new(start, start + text.len()), kind: InlineKind::Text(text.into()) }
    }

    #[test]
    fn a_place_in_the_words_is_a_place_in_the_file() {
        let inlines = [
            text("see ", 10),
            Inline { span: Span::new(14, 22), kind: InlineKind::Strong(vec![text("TODO", 16)]) },
            // `&amp;` in the file, one character here.
            Inline { span: Span::new(22, 27), kind: InlineKind::Text("&".into()) },
            text(" TBD", 27),
        ];
        let passage = Passage::of(&inlines, Span::new(10, 31), Kind::Text);
        assert_eq!(passage.text, "see TODO& TBD");
        assert_eq!(passage.place(4, 8), Span::new(16, 20));
        assert_eq!(passage.place(8, 9), Span::new(22, 27));
        assert_eq!(passage.place(10, 13), Span::new(28, 31));
        assert_eq!(passage.place(2, 9), Span::new(12, 27));
        assert_eq!(Passage::new(Span::new(3, 4), Kind::Text).place(0, 1), Span::new(3, 4), "no words: the whole");
    }

    #[test]
    fn code_and_images_are_something_and_comments_are_nothing() {
        let inlines = [
            Inline { span: Span::new(0, 10), kind: InlineKind::Comment(" TODO ".into()) },
            Inline { span: Span::new(10, 15), kind: InlineKind::Code("x".into()) },
        ];
        let passage = Passage::of(&inlines, Span::new(0, 15), Kind::Text);
        assert_eq!(passage.text, "\u{fffc}");
        assert!(says_something(&passage.text));
        assert!(!says_something(" - … | "));
    }
}
