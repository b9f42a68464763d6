//! Bytes to lines and columns: one index for the terminal, for machine formats (UTF-8 columns) and for editors (UTF-16 columns).

use memchr::memchr2_iter;

/// A place as people and editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters (Unicode scalar values), from 1.
    pub column: u32,
    /// The column in UTF-16 code units, from 0, as the Language Server Protocol counts.
    pub utf16: u32,
}

/// Where the lines of one text begin. A line ends at `\n`, `\r\n` or a lone `\r`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// The index of `text`; one pass over its bytes.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for offset in memchr2_iter(b'\n', b'\r', bytes) {
            let is_first_of_two = bytes.get(offset..offset + 2) == Some(b"\r\n");
            if !is_first_of_two {
                starts.push(u32::try_from(offset + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts }
    }

    /// The number of lines; a text that ends in a line break has an empty last line.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// Where a line, counted from 0, begins: behind a byte order mark. Nothing for a line that the text does not have.
    #[must_use]
    pub fn line_start(&self, text: &str, line: usize) -> Option<usize> {
        let start = *self.starts.get(line)? as usize;
        let mark = if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Some(start + mark)
    }

    /// The position of `offset` in `text`, which must be the text the index was made of. An offset past the end is the end.
    #[must_use]
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start as usize <= offset).max(1);
        let start = self.starts.get(line - 1).map_or(0, |start| *start as usize);
        let before = text.get(start..offset).unwrap_or_default();
        // A byte order mark is no column: editors do not show it.
        let before = if start == 0 { before.trim_start_matches('\u{feff}') } else { before };
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: count(line), column: count(before.chars().count() + 1), utf16: count(before.encode_utf16().count()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: u32) -> (u32, u32, u32) {
        let position = LineIndex::new(text).position(text, offset);
        (position.line, position.column, position.utf16)
    }

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let text = "a\r\nb\rc\nd";
        assert_eq!(LineIndex::new(text).line_count(), 4);
        assert_eq!(at(text, 3), (2, 1, 0));
        assert_eq!(at(text, 5), (3, 1, 0));
        assert_eq!(at(text, 7), (4, 1, 0));
    }

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let text = "é😀x";
        assert_eq!(at(text, 6), (1, 3, 3));
        assert_eq!(at(text, 3), (1, 2, 1), "inside a character is its start");
        assert_eq!(at(text, 99), (1, 4, 4));
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        assert_eq!(at("\u{feff}title", 3), (1, 1, 0));
    }
}
