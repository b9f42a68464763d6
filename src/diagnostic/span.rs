//! Places in files.

use std::fmt;
use std::sync::Arc;

/// A half-open range of bytes in one file, counted from the start of the file as it is on disk (a byte order mark included).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`. Inputs are capped far below 4 GiB when they are read, so a larger offset is held at the largest value.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The empty range at `offset`.
    #[must_use]
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The range as one to slice with.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The bytes of `text` in this range; empty where the range is not within `text` or cuts a character.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The range with each end moved back to the next place in `text` that cuts no character.
    #[must_use]
    pub fn within(self, text: &str) -> Self {
        Self::new(text.floor_char_boundary(self.start as usize), text.floor_char_boundary(self.end as usize))
    }

    /// Whether `other` lies wholly within this range.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A value with the place it was written at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The value changed, the place kept.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The path of an input below the project folder, with `/` between its parts on every system. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the last `/`.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The folder the file is in, without a trailing `/`; empty at the top.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// A path below the project folder, as the file means it: taken from its folder, or with `/` in front from the project folder; `.` and `..`
    /// resolved. Nothing where it leaves the project.
    #[must_use]
    pub fn beside(&self, path: &str) -> Option<String> {
        let folder = if path.starts_with('/') { "" } else { self.folder() };
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }

    /// The way to it from a folder, both below the project folder: the inverse of [`Self::beside`].
    #[must_use]
    pub fn seen_from(&self, folder: &str) -> String {
        let (from, to) = (folder.split('/').filter(|part| !part.is_empty()), self.0.split('/'));
        let shared = from.clone().zip(to.clone()).take_while(|(a, b)| a == b).count();
        let up = std::iter::repeat_n("..", from.count() - shared);
        up.chain(to.skip(shared)).collect::<Vec<_>>().join("/")
    }
}

impl From<&str> for SourcePath {
    fn from(path: &str) -> Self {
        Self(Arc::from(path))
    }
}

impl From<String> for SourcePath {
    fn from(path: String) -> Self {
        Self(Arc::from(path))
    }
}

impl std::borrow::Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_taken_from_the_folder_of_the_file_and_stays_in_the_project() {
        let file = SourcePath::from("content/postmortems/a.md");
        assert_eq!(file.beside("../about.md").as_deref(), Some("content/about.md"));
        assert_eq!(file.beside("./b//c.md").as_deref(), Some("content/postmortems/b/c.md"));
        assert_eq!(file.beside("/evidence/x").as_deref(), Some("evidence/x"));
        assert_eq!(SourcePath::from("content/a.md").beside("../../x"), None);
        assert_eq!(file.beside("/../x"), None);
    }

    #[test]
    fn a_way_leads_from_a_folder_to_a_file() {
        let ways = [("content/postmortems", "content/postmortems/a.md"), ("content/a/c", "content/b.md"), ("", "content/a.md")];
        assert_eq!(ways.map(|(from, to)| SourcePath::from(to).seen_from(from)), ["a.md", "../../b.md", "content/a.md"]);
    }
}
