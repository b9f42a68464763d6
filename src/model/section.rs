//! The body of a document in sections.

use crate::diagnostic::Span;
use crate::markdown::text::block_text;
use crate::markdown::{Block, BlockKind, Definition, Inline, walk};

/// The text of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// What stands before the first section.
    pub lead: Vec<Block>,
    /// The sections in order, subsections included, each with its own level: flat, as headings are.
    pub sections: Vec<Section>,
    /// Definitions of footnotes, taken out of the text: they belong to the whole document.
    pub footnotes: Vec<Block>,
}

/// A section: a heading, or a bold label where a house writes `- **Impact**: …`, and what stands under it up to the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The canonical section it is, by alias.
    pub key: Option<String>,
    /// Its words.
    pub title: Vec<Inline>,
    /// The fragment that links use; unique in the document.
    pub id: Box<str>,
    /// 1 to 6, as written; a label has one more than the heading it stands under.
    pub level: u8,
    /// How it was written.
    pub origin: SectionOrigin,
    /// Where the heading or label is written.
    pub heading_span: Span,
    /// Where the section is written, heading included, up to the next heading.
    pub span: Span,
    /// Attributes of the heading, as (key, value).
    pub attributes: Vec<(Box<str>, Box<str>)>,
    /// What stands under it.
    pub content: Vec<Piece>,
}

impl Body {
    /// Visits every term that is defined, in order.
    pub fn each_definition<'a>(&'a self, visit: &mut dyn FnMut(&'a Definition)) {
        let parts = std::iter::once(self.lead.as_slice()).chain(self.sections.iter().flat_map(Section::prose));
        parts.chain([self.footnotes.as_slice()]).for_each(|blocks| each_definition(blocks, visit));
    }
}

/// Visits every term that blocks define, in order.
pub(crate) fn each_definition<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Definition)) {
    walk::blocks(blocks, &mut |block| {
        if let BlockKind::Definitions(entries) = &block.kind {
            entries.iter().for_each(&mut *visit);
        }
    });
}

impl Section {
    /// The stretches of text under the heading, in order: what is neither timeline nor actions.
    pub fn prose(&self) -> impl Iterator<Item = &[Block]> {
        self.content.iter().filter_map(|piece| match piece {
            Piece::Prose(blocks) => Some(blocks.as_slice()),
            Piece::Timeline { .. } | Piece::Actions { .. } => None,
        })
    }

    /// Their words, a line for each block.
    #[must_use]
    pub fn text(&self) -> String {
        self.prose().map(block_text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// How a section was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionOrigin {
    /// A heading.
    Heading,
    /// A bold label.
    Label,
}

/// A stretch of a section. Events and actions live in the postmortem; the text keeps their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Blocks of text.
    Prose(Vec<Block>),
    /// The events `first..end` of [`super::Postmortem::timeline`].
    Timeline {
        /// The first event.
        first: usize,
        /// One past the last.
        end: usize,
    },
    /// The actions `first..end` of [`super::Postmortem::actions`].
    Actions {
        /// The first action.
        first: usize,
        /// One past the last.
        end: usize,
    },
}
