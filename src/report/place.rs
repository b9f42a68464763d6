//! Lines and columns of the places findings speak of; one index for each file, made when first needed.

use std::collections::HashMap;

use crate::diagnostic::{Label, LineIndex, Position, SourcePath, Span};

/// The texts of files and where their lines are.
pub(crate) struct Places<'t, 'a> {
    texts: &'t dyn Fn(&SourcePath) -> Option<&'a str>,
    files: HashMap<SourcePath, Option<File<'a>>>,
}

struct File<'a> {
    text: &'a str,
    index: LineIndex,
    /// The place asked for last. Findings come in order, so that the next is often further on in the same line, which may be very long.
    last: (usize, Position),
}

/// Where a label begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    /// The first character.
    pub(crate) start: Position,
    /// One past the last.
    pub(crate) end: Position,
}

impl<'t, 'a> Places<'t, 'a> {
    pub(crate) fn new(texts: &'t dyn Fn(&SourcePath) -> Option<&'a str>) -> Self {
        Self { texts, files: HashMap::new() }
    }

    /// The text of a file, if it has one.
    pub(super) fn text(&mut self, path: &SourcePath) -> Option<&'a str> {
        self.file(path).map(|file| file.text)
    }

    /// Where a label is; the very beginning of a file whose text is not to be had.
    pub(super) fn extent(&mut self, label: &Label) -> Extent {
        self.extent_of(&label.path, label.span)
    }

    /// Where a span of a file is.
    pub(crate) fn extent_of(&mut self, path: &SourcePath, span: Span) -> Extent {
        let Some(file) = self.file(path) else {
            let beginning = Position { line: 1, column: 1, utf16: 0 };
            return Extent { start: beginning, end: beginning };
        };
        Extent { start: file.position(span.start), end: file.position(span.end) }
    }

    fn file(&mut self, path: &SourcePath) -> Option<&mut File<'a>> {
        if !self.files.contains_key(path) {
            let file = (self.texts)(path).map(|text| {
                let index = LineIndex::new(text);
                let last = (0, index.position(text, 0));
                File { text, index, last }
            });
            self.files.insert(path.clone(), file);
        }
        self.files.get_mut(path)?.as_mut()
    }
}

impl File<'_> {
    fn position(&mut self, offset: u32) -> Position {
        let (last, known) = self.last;
        let between = self.text.get(last..offset as usize).filter(|_| last > 0);
        let position = match between {
            Some(between) if !between.contains(['\n', '\r']) => {
                let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                let (characters, units) = (count(between.chars().count()), count(between.encode_utf16().count()));
                Position { line: known.line, column: known.column + characters, utf16: known.utf16 + units }
            }
            _ => self.index.position(self.text, offset),
        };
        self.last = (offset as usize, position);
        position
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_same_however_it_is_come_by() {
        let text = "\u{feff}é😀 one\r\ntwo 停\rthree\n\nfour";
        let path = SourcePath::from("a.md");
        let index = LineIndex::new(text);
        let texts = |_: &SourcePath| Some(text);
        let mut places = Places::new(&texts);
        let len = u32::try_from(text.len()).unwrap() + 3;
        for start in 0..len {
            for end in start..len {
                let extent = places.extent_of(&path, Span { start, end });
                assert_eq!((extent.start, extent.end), (index.position(text, start), index.position(text, end)), "{start}..{end}");
            }
        }
    }
}
