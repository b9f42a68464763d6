//! Places as editors count them: lines from 0, columns in UTF-16 code units, or in bytes where the editor offers it.

use gen_lsp_types::{Position, Range};

use crate::diagnostic::{LineIndex, Span};

/// What columns are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, which every editor understands.
    #[default]
    Utf16,
}

/// The places of one text.
pub(super) struct Places<'t> {
    text: &'t str,
    index: LineIndex,
    encoding: Encoding,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        Self { text, index: LineIndex::new(text), encoding }
    }

    /// Where an offset is.
    pub(super) fn position(&self, offset: u32) -> Position {
        let at = self.index.position(self.text, offset);
        let line = at.line.saturating_sub(1);
        let character = match self.encoding {
            Encoding::Utf16 => at.utf16,
            Encoding::Utf8 => {
                let start = self.index.line_start(self.text, line as usize).unwrap_or_default();
                let end = self.text.floor_char_boundary((offset as usize).min(self.text.len()));
                u32::try_from(end.saturating_sub(start)).unwrap_or(u32::MAX)
            }
        };
        Position { line, character }
    }

    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The offset of a position. A column past the end of its line is that end, a line past the end of the text the end of the text, and the middle of
    /// a character its beginning.
    pub(super) fn offset(&self, position: Position) -> usize {
        let Some(start) = self.index.line_start(self.text, position.line as usize) else { return self.text.len() };
        let rest = self.text.get(start..).unwrap_or_default();
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        let column = position.character as usize;
        let mut counted = 0;
        for (at, c) in line.char_indices() {
            counted += match self.encoding {
                Encoding::Utf8 => c.len_utf8(),
                Encoding::Utf16 => c.len_utf16(),
            };
            if counted > column {
                return start + at;
            }
        }
        start + line.len()
    }

    pub(super) fn span(&self, range: Range) -> Span {
        Span::new(self.offset(range.start), self.offset(range.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(encoding: Encoding, text: &str, places: &[(u32, u32, usize)]) {
        let of_text = Places::new(text, encoding);
        for &(line, character, offset) in places {
            let position = Position { line, character };
            assert_eq!(of_text.offset(position), offset, "{line}:{character}");
            assert_eq!(of_text.position(u32::try_from(offset).unwrap()), position, "{offset}");
        }
    }

    #[test]
    fn columns_are_counted_as_the_editor_does() {
        let text = "a𝄞b\r\né😀\rx\n";
        check(Encoding::Utf16, text, &[(0, 0, 0), (0, 1, 1), (0, 3, 5), (0, 4, 6), (1, 1, 10), (1, 3, 14), (2, 1, 16), (3, 0, 17)]);
        check(Encoding::Utf8, text, &[(0, 0, 0), (0, 1, 1), (0, 5, 5), (1, 2, 10), (1, 6, 14), (2, 1, 16)]);
    }

    #[test]
    fn what_is_not_there_is_the_nearest_place_before() {
        let places = Places::new("a𝄞\nb", Encoding::Utf16);
        let offset = |line, character| places.offset(Position { line, character });
        assert_eq!(offset(0, 2), 1, "in the middle of a pair of surrogates");
        assert_eq!((offset(0, 99), offset(1, 99), offset(9, 0)), (5, 7, 7));
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        check(Encoding::Utf16, "\u{feff}ab", &[(0, 0, 3), (0, 1, 4)]);
        check(Encoding::Utf8, "\u{feff}ab", &[(0, 0, 3), (0, 1, 4)]);
    }
}
