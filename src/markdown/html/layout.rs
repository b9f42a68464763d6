//! What only a whole document can tell: levels of headings without a gap, numbers of footnotes and tables.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::markdown::walk::{Content, each_content};
use crate::markdown::{Block, BlockKind, Heading, Inline, InlineKind};

/// The deepest heading HTML has.
const MAX_LEVEL: u8 = 6;

/// What is settled once for a document, and holds for every part of it that is printed.
#[derive(Debug, Default)]
pub struct Layout<'a> {
    levels: HashMap<&'a str, u8>,
    tables: HashMap<u32, usize>,
    references: HashMap<u32, Reference>,
    notes: Vec<Note<'a>>,
    /// The number of the document among those on its page.
    number: Option<usize>,
}

/// A footnote that is referred to.
#[derive(Debug)]
pub(super) struct Note<'a> {
    pub(super) number: usize,
    pub(super) blocks: &'a [Block],
    /// How many references lead here.
    pub(super) references: usize,
}

/// One reference to a footnote.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference {
    pub(super) number: usize,
    /// Its place among the references to the same footnote, from 1.
    ordinal: usize,
}

/// A stretch of a document.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// Blocks.
    Blocks(&'a [Block]),
    /// Inlines, as of a title or an action item.
    Inlines(&'a [Inline]),
}

impl<'a> Layout<'a> {
    /// The layout of a document whose first heading is to be printed at `first_level` (2 where the title of the page is at 1).
    ///
    /// A heading is one level below the nearest one before it that was written above it, so no level is skipped whatever the author wrote.
    /// Footnotes are numbered in the order of their first references, those that only other footnotes refer to last. Linear in the size of
    /// the document.
    #[must_use]
    pub fn of(blocks: &'a [Block], first_level: u8) -> Self {
        Self::of_parts(&[Part::Blocks(blocks)], first_level)
    }

    /// The same for a document that has been taken apart: its stretches in order, the definitions of footnotes in any of them.
    #[must_use]
    pub fn of_parts(parts: &[Part<'a>], first_level: u8) -> Self {
        let mut layout = Self::default();
        let mut definitions = HashMap::new();
        let mut above = vec![(0, first_level.clamp(1, MAX_LEVEL) - 1)];
        for part in parts {
            if let Part::Blocks(blocks) = part {
                layout.survey(blocks, &mut above, &mut definitions);
            }
        }
        layout.number_footnotes(parts, &definitions);
        layout
    }

    /// The same for one of several documents on a page, by its number: what is told apart in a document is told apart on the page.
    #[must_use]
    pub fn numbered(self, number: usize) -> Self {
        Self { number: Some(number), ..self }
    }

    /// Whether a footnote of the document, by its blocks, is referred to; others are not printed.
    #[must_use]
    pub fn prints(&self, footnote: &[Block]) -> bool {
        self.notes.iter().any(|note| std::ptr::eq(note.blocks, footnote))
    }

    /// Levels, tables and footnotes of the blocks. `above` holds the headings a next one can be below, as (written, printed) levels; what
    /// stands in a quote or list item is below what precedes that, and nothing behind it is below it.
    fn survey(&mut self, blocks: &'a [Block], above: &mut Vec<(u8, u8)>, definitions: &mut HashMap<String, &'a [Block]>) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(heading) => {
                    above.retain(|(written, _)| *written < heading.level);
                    let level = above.last().map_or(1, |(_, printed)| printed + 1).min(MAX_LEVEL);
                    above.push((heading.level, level));
                    self.levels.insert(&heading.id, level);
                }
                BlockKind::Table(_) => {
                    let number = self.tables.len() + 1;
                    self.tables.insert(block.span.start, number);
                }
                BlockKind::Footnote { label, blocks } => {
                    definitions.entry(folded(label)).or_insert(blocks.as_slice());
                }
                _ => {}
            }
            each_content(block, &mut |content| {
                if let Content::Blocks(inner) = content {
                    self.survey(inner, &mut above.clone(), definitions);
                }
            });
        }
    }

    fn number_footnotes(&mut self, parts: &[Part<'a>], definitions: &HashMap<String, &'a [Block]>) {
        let mut numbers = HashMap::new();
        for part in parts {
            let mut refer = |inline: &Inline| self.refer(inline, definitions, &mut numbers);
            match part {
                Part::Blocks(blocks) => outside_footnotes(blocks, &mut refer),
                Part::Inlines(inlines) => outside_images(inlines, &mut refer),
            }
        }
        // Each footnote may refer to others, which are then numbered behind all that are known so far.
        let mut next = 0;
        while let Some(blocks) = self.notes.get(next).map(|note| note.blocks) {
            outside_footnotes(blocks, &mut |inline| self.refer(inline, definitions, &mut numbers));
            next += 1;
        }
    }

    fn refer(&mut self, inline: &Inline, definitions: &HashMap<String, &'a [Block]>, numbers: &mut HashMap<String, usize>) {
        let InlineKind::FootnoteReference(label) = &inline.kind else { return };
        let label = folded(label);
        let Some(blocks) = definitions.get(&label) else { return };
        let number = *numbers.entry(label).or_insert_with(|| {
            let number = self.notes.len() + 1;
            self.notes.push(Note { number, blocks, references: 0 });
            number
        });
        if let Some(note) = self.notes.get_mut(number - 1) {
            note.references += 1;
            self.references.insert(inline.span.start, Reference { number, ordinal: note.references });
        }
    }

    pub(super) fn level(&self, heading: &Heading) -> u8 {
        self.levels.get(&*heading.id).copied().unwrap_or(heading.level.clamp(2, MAX_LEVEL))
    }

    /// An identifier of the document as it is on the page.
    pub(super) fn id<'i>(&self, id: &'i str) -> Cow<'i, str> {
        self.number.map_or(Cow::Borrowed(id), |number| Cow::Owned(id_within(number, id)))
    }

    /// "3", or "2.3" in the second document of a page.
    pub(super) fn table_number(&self, place: u32) -> Option<String> {
        let number = self.tables.get(&place)?;
        Some(self.number.map_or_else(|| number.to_string(), |document| format!("{document}.{number}")))
    }

    /// The number of the document on its page, where there are several.
    pub(super) fn number(&self) -> Option<usize> {
        self.number
    }

    pub(super) fn reference(&self, place: u32) -> Option<Reference> {
        self.references.get(&place).copied()
    }

    pub(super) fn notes(&self) -> &[Note<'a>] {
        &self.notes
    }
}

impl Note<'_> {
    pub(super) fn id(&self) -> String {
        note_id(self.number)
    }

    pub(super) fn reference_id(&self, ordinal: usize) -> String {
        Reference { number: self.number, ordinal }.id()
    }
}

impl Reference {
    pub(super) fn note_id(self) -> String {
        note_id(self.number)
    }

    pub(super) fn id(self) -> String {
        match self.ordinal {
            1 => format!("fnref_{}", self.number),
            ordinal => format!("fnref_{}_{ordinal}", self.number),
        }
    }
}

/// An identifier of one of several documents on a page, as it is there. Identifiers of headings have no underscore, so none of another document is
/// the same.
#[must_use]
pub fn id_within(number: usize, id: &str) -> String {
    format!("p{number}_{id}")
}

/// Identifiers of headings have no underscore, so none can be mistaken for a footnote's.
fn note_id(number: usize) -> String {
    format!("fn_{number}")
}

/// Labels are compared without regard to case.
fn folded(label: &str) -> String {
    label.to_lowercase()
}

/// Visits the inlines of the blocks, but not those of the footnotes among them, nor of images, whose descriptions are printed without marks.
fn outside_footnotes<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Inline)) {
    for block in blocks {
        if matches!(block.kind, BlockKind::Footnote { .. }) {
            continue;
        }
        each_content(block, &mut |content| match content {
            Content::Blocks(inner) => outside_footnotes(inner, visit),
            Content::Inlines(inner) => outside_images(inner, visit),
        });
    }
}

fn outside_images<'a>(inlines: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in inlines {
        visit(inline);
        if !matches!(inline.kind, InlineKind::Image(_)) {
            outside_images(inline.content(), visit);
        }
    }
}
