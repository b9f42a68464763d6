//! The words of a document in passages: one for each paragraph, heading, cell or piece of metadata, with the places they come from.
//!
//! A rule that reads prose looks at passages and need not know how Markdown nests. Comments are no words and are left out; code, images and
//! footnote marks are [`OPAQUE`]: something is there, but it is not prose.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::Span;
use crate::frontmatter::{Mapping, Node, Value};
use crate::markdown::{Block, BlockKind, Inline, InlineKind, Quote, TableRow};
use crate::model::Withheld;
use crate::model::{DocumentRef, Postmortem, Section};

/// Stands in a passage for what is no prose.
pub(super) const OPAQUE: char = '\u{fffc}';

/// [`OPAQUE`] as text.
const OPAQUE_TEXT: &str = "\u{fffc}";

/// A stretch of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Passage<'a> {
    /// The words, with line breaks as blanks.
    pub(super) text: Cow<'a, str>,
    /// Where the passage is written.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: Kind,
    /// Whose words they are.
    pub(super) voice: Voice,
    /// Where the first part of the text is written; most have no other.
    first: Option<Span>,
    /// The other parts: (where in the text the part begins, where it is written), in order.
    further: Vec<(usize, Span)>,
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

/// Whose words a passage has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// The author's.
    Author,
    /// Somebody else's: a block quote without a mark such as `[!NOTE]`.
    Quoted,
}

/// What an author withholds where everybody reads everything.
pub(super) static NOTHING: LazyLock<Withheld> = LazyLock::new(Withheld::default);

impl<'a> Passage<'a> {
    fn new(span: Span, kind: Kind) -> Self {
        Self { text: Cow::Borrowed(""), span, kind, voice: Voice::Author, first: None, further: Vec::new() }
    }

    /// Text as it is written.
    pub(super) fn written(text: &'a str, span: Span) -> Self {
        let mut passage = Self::new(span, Kind::Text);
        passage.push(text, span);
        passage
    }

    /// The words of inlines, without those that are withheld.
    pub(super) fn of(inlines: &'a [Inline], span: Span, kind: Kind, withheld: &Withheld) -> Self {
        let mut passage = Self::new(span, kind);
        passage.inlines(inlines, withheld);
        passage
    }

    fn push(&mut self, text: &'a str, span: Span) {
        if self.first.is_none() {
            self.first = Some(span);
        } else {
            self.further.push((self.text.len(), span));
        }
        if self.text.is_empty() {
            self.text = Cow::Borrowed(text);
        } else {
            self.text.to_mut().push_str(text);
        }
    }

    fn inlines(&mut self, inlines: &'a [Inline], withheld: &Withheld) {
        for inline in inlines.iter().filter(|inline| !withheld.hides(inline.span)) {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Html(text) => self.push(text, inline.span),
                InlineKind::Code(_) | InlineKind::Image(_) | InlineKind::FootnoteReference(_) => self.push(OPAQUE_TEXT, inline.span),
                InlineKind::Emphasis(content) | InlineKind::Strong(content) | InlineKind::Strikethrough(content) => {
                    self.inlines(content, withheld);
                }
                InlineKind::Link(link) => self.inlines(&link.content, withheld),
                InlineKind::SoftBreak | InlineKind::HardBreak => self.push(" ", inline.span),
                InlineKind::Comment(_) => {}
            }
        }
    }

    /// Where the bytes `start..end` of the text are written. Where an entity or an escape stands between, the whole part is meant.
    pub(super) fn place(&self, start: usize, end: usize) -> Span {
        let place = |offset: usize| {
            let index = self.further.partition_point(|(at, _)| *at <= offset);
            let (at, span) = match index.checked_sub(1) {
                Some(before) => *self.further.get(before)?,
                None => (0, self.first?),
            };
            let next = self.further.get(index).map_or(self.text.len(), |(next, _)| *next);
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

/// The words of all passages as one text: a document has a hundred passages, and to begin a search costs more than most of them are long.
pub(super) struct Whole {
    text: String,
    /// Where each passage ends in the text.
    ends: Vec<usize>,
}

impl Whole {
    /// Stands between passages; no pattern of a rule matches it.
    const BREAK: char = '\u{2029}';

    pub(super) fn new(passages: &[Passage<'_>]) -> Self {
        let mut whole = Self { text: String::new(), ends: Vec::with_capacity(passages.len()) };
        for passage in passages {
            whole.text.push_str(&passage.text);
            whole.text.push(Self::BREAK);
            whole.ends.push(whole.text.len());
        }
        whole
    }

    /// The places of the passages in which a pattern is found, in order.
    pub(super) fn places_of(&self, pattern: &Regex) -> Vec<usize> {
        let mut places = Vec::new();
        let mut from = 0;
        while let Some(found) = pattern.find_at(&self.text, from) {
            let place = self.ends.partition_point(|end| *end <= found.start());
            places.push(place);
            let Some(end) = self.ends.get(place) else { break };
            from = *end;
        }
        places
    }
}

/// The words of inlines.
pub(super) fn words(inlines: &[Inline]) -> String {
    Passage::of(inlines, Span::default(), Kind::Text, &NOTHING).text.into_owned()
}

/// Whether there is anything to read or to see in a text.
pub(super) fn says_something(text: &str) -> bool {
    text.chars().any(|c| c.is_alphanumeric() || c == OPAQUE)
}

/// Whether a word is one of some, in whatever case.
pub(super) fn is_among(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// The passages of a whole document: metadata, title, text, timeline and actions.
pub(super) fn of_document(document: DocumentRef<'_>) -> Vec<Passage<'_>> {
    let head = document.head();
    let mut reading = Reading::new(&NOTHING);
    reading.metadata(&head.metadata);
    // A title that was made of the file's name or of its first words has no place of its own.
    let is_written = head.title.span.start < head.title.span.end;
    if is_written && !reading.passages.iter().any(|passage| passage.span.contains(head.title.span)) {
        reading.push(&head.title.value, head.title.span, Kind::Heading);
    }
    reading.body(document);
    reading.passages
}

/// The passages of a document that may be public, as the public reads it: title, summary, text, timeline and actions.
pub(super) fn of_public<'a>(document: DocumentRef<'a>, withheld: &Withheld) -> Vec<Passage<'a>> {
    let title = &document.head().title;
    let mut reading = Reading::new(withheld);
    reading.push(&title.value, title.span, Kind::Heading);
    if let DocumentRef::Postmortem(Postmortem { summary: Some(summary), .. }) = document {
        reading.push(&summary.value, summary.span, Kind::Text);
    }
    reading.body(document);
    reading.passages
}

/// The passages of the summary of a postmortem as the public reads it: of the metadata, then of the sections.
pub(super) fn of_public_summary<'a>(postmortem: &'a Postmortem, withheld: &Withheld) -> Vec<Passage<'a>> {
    let mut reading = Reading::new(withheld);
    if let Some(summary) = &postmortem.summary {
        reading.push(&summary.value, summary.span, Kind::Text);
    }
    let sections = postmortem.body.sections.iter();
    sections.filter(|section| section.key.as_deref() == Some("summary")).for_each(|section| reading.prose(section));
    reading.passages
}

/// The passages of a section's prose, up to the next heading, without what is withheld.
pub(super) fn of_prose<'a>(section: &'a Section, withheld: &Withheld) -> Vec<Passage<'a>> {
    let mut reading = Reading::new(withheld);
    reading.prose(section);
    reading.passages
}

/// Passages as they are gathered.
struct Reading<'w, 'a> {
    withheld: &'w Withheld,
    passages: Vec<Passage<'a>>,
}

impl<'w, 'a> Reading<'w, 'a> {
    fn new(withheld: &'w Withheld) -> Self {
        Self { withheld, passages: Vec::new() }
    }

    fn push(&mut self, inlines: &'a [Inline], span: Span, kind: Kind) {
        if !self.withheld.hides(span) {
            self.passages.push(Passage::of(inlines, span, kind, self.withheld));
        }
    }

    fn written(&mut self, text: &'a str, span: Span) {
        if !self.withheld.hides(span) {
            self.passages.push(Passage::written(text, span));
        }
    }

    fn metadata(&mut self, metadata: &'a Mapping) {
        metadata.entries.iter().for_each(|entry| self.node(&entry.value));
    }

    fn node(&mut self, node: &'a Node) {
        match &node.value {
            Value::Scalar(scalar) => self.written(&scalar.text, node.span),
            Value::Sequence(items) => items.iter().for_each(|item| self.node(item)),
            Value::Mapping(mapping) => self.metadata(mapping),
        }
    }

    /// Text, timeline and actions.
    fn body(&mut self, document: DocumentRef<'a>) {
        let body = document.body();
        self.blocks(&body.lead);
        for section in &body.sections {
            self.push(&section.title, section.heading_span, Kind::Heading);
            self.prose(section);
        }
        self.blocks(&body.footnotes);
        let DocumentRef::Postmortem(postmortem) = document else { return };
        for event in postmortem.timeline.iter() {
            self.written(&event.written.value, event.written.span);
            self.blocks(&event.content);
        }
        for action in &postmortem.actions {
            self.push(&action.content, action.span, Kind::Text);
            let further = action.further.iter().map(|(_, value)| value);
            action.owner.iter().chain(&action.done_when).chain(further).for_each(|value| self.written(&value.value, value.span));
        }
    }

    fn prose(&mut self, section: &'a Section) {
        for blocks in section.prose() {
            self.blocks(blocks);
        }
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(heading) => self.push(&heading.content, block.span, Kind::Heading),
                BlockKind::Paragraph(inlines) => self.push(inlines, block.span, Kind::Text),
                BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
                BlockKind::Table(table) => {
                    self.cells(&table.header, Kind::ColumnHead);
                    table.rows.iter().for_each(|row| self.cells(row, Kind::Text));
                }
                BlockKind::Code(code) => {
                    if !code.text.trim().is_empty() {
                        self.written(OPAQUE_TEXT, block.span);
                    }
                }
                BlockKind::Quote(quote) => self.quote(quote),
                BlockKind::Definitions(definitions) => {
                    for definition in definitions {
                        self.push(&definition.term, definition.span, Kind::Text);
                        definition.definitions.iter().for_each(|blocks| self.blocks(blocks));
                    }
                }
                BlockKind::Footnote { blocks, .. } => self.blocks(blocks),
                BlockKind::Html(html) => self.written(html, block.span),
                BlockKind::Comment(_) | BlockKind::Rule => {}
            }
        }
    }

    fn cells(&mut self, row: &'a TableRow, kind: Kind) {
        row.cells.iter().for_each(|cell| self.push(&cell.content, cell.span, kind));
    }

    fn quote(&mut self, quote: &'a Quote) {
        let before = self.passages.len();
        self.blocks(&quote.blocks);
        if quote.marker.is_none() {
            self.passages.iter_mut().skip(before).for_each(|passage| passage.voice = Voice::Quoted);
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
        let passage = Passage::of(&inlines, Span::new(10, 31), Kind::Text, &NOTHING);
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
        let passage = Passage::of(&inlines, Span::new(0, 15), Kind::Text, &NOTHING);
        assert_eq!(passage.text, "\u{fffc}");
        assert!(says_something(&passage.text));
        assert!(!says_something(" - … | "));
    }
}
