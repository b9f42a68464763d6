//! Paths a site may have on disk.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use unicode_normalization::is_nfc;

use crate::checksum::SUMS;
use crate::model::is_device;

/// How the names of our own files in an output folder begin.
pub(crate) const OURS: &str = ".afterword";

/// The longest part of a path, in bytes; file systems allow 255, and some of that is left to the tools that carry a site about.
const PART_LIMIT: usize = 200;

/// The path of a file below the output folder, such as `incidents/index.html`.
///
/// It can be written on any system and names the same file on each: parts separated by `/`, none of them empty, `.` or `..`; no control
/// character and none of `\ : * ? " < > |`; no blank or full stop at the end of a part; no device name of Windows; composed letters (NFC).
/// Names at the top that begin with `.afterword` are ours, and so is `SHA256SUMS`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Arc<str>);

/// Why a path cannot be written everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadOutPath {
    /// The path as it was asked for.
    pub path: String,
    /// What it must not have, as a phrase: "an empty part".
    pub flaw: &'static str,
}

/// The file of an address, whether it can be written or not.
pub(crate) fn file_of_url(url: &str) -> Cow<'_, str> {
    if url.is_empty() || url.ends_with('/') { Cow::Owned(format!("{url}index.html")) } else { Cow::Borrowed(url) }
}

impl OutPath {
    /// Checks `path`.
    ///
    /// # Errors
    /// The path could not be written on every system, or would leave the output folder.
    pub fn new(path: &str) -> Result<Self, BadOutPath> {
        let is_ours = path.starts_with(OURS) || path.split('/').next().is_some_and(|top| top.eq_ignore_ascii_case(SUMS));
        let kept_for_us = is_ours.then_some("a name that Afterword keeps for itself");
        let decomposed = (!is_nfc(path)).then_some("letters with separate accents");
        match path.split('/').find_map(part_flaw).or(kept_for_us).or(decomposed) {
            None => Ok(Self(Arc::from(path))),
            Some(flaw) => Err(BadOutPath { path: path.to_owned(), flaw }),
        }
    }

    /// The file of an address below the top of the site: a page is the `index.html` of its folder.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn of_url(url: &str) -> Result<Self, BadOutPath> {
        Self::new(&file_of_url(url))
    }

    /// The list of the SHA-256 of all other files, which publishing writes.
    pub(crate) fn sums() -> Self {
        Self(Arc::from(SUMS))
    }

    /// The path of a file that was published: one that [`new`](Self::new) takes, or the list.
    pub(crate) fn published(path: &str) -> Result<Self, BadOutPath> {
        if path == SUMS { Ok(Self::sums()) } else { Self::new(path) }
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folders the file is in, the outermost first, each as a path of its own.
    pub(crate) fn folders(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').filter_map(|(end, _)| self.0.get(..end))
    }
}

fn part_flaw(part: &str) -> Option<&'static str> {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let flaws = [
        (part.is_empty(), "an empty part"),
        (matches!(part, "." | ".."), "a part that is `.` or `..`"),
        (part.chars().any(char::is_control), "a control character"),
        (part.contains(['\\', ':', '*', '?', '"', '<', '>', '|']), "one of \\ : * ? \" < > |"),
        (part.ends_with(['.', ' ']) || part.starts_with(' '), "a part that begins with a blank or ends with one or a full stop"),
        (part.len() > PART_LIMIT, "a part of more than 200 bytes"),
        (is_device(&stem), "the name of a Windows device"),
    ];
    flaws.into_iter().find(|(has, _)| *has).map(|(_, flaw)| flaw)
}

impl fmt::Display for OutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for BadOutPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} cannot be a path of the site: it has {}", self.path, self.flaw)
    }
}

impl std::error::Error for BadOutPath {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_a_site_are_taken_as_they_are() {
        let longest = "a".repeat(200);
        let good = [
            "index.html",
            "incidents/2024-03-17-checkout/index.html",
            "_headers",
            ".well-known/security.txt",
            "café/déjà vu.png",
            "a/con-man",
            "com10.txt",
            "nulls",
            "a/SHA256SUMS",
            "x.tar.gz",
            "日本/index.html",
            "...a",
            "~user/x",
            longest.as_str(),
        ];
        for path in good {
            assert_eq!(OutPath::new(path).unwrap().as_str(), path);
        }
        for (url, path) in [("", "index.html"), ("a/b/", "a/b/index.html"), ("a/feed.xml", "a/feed.xml")] {
            assert_eq!(OutPath::of_url(url).unwrap().to_string(), path);
        }
        assert_eq!(OutPath::published("SHA256SUMS"), Ok(OutPath::sums()));
        assert_eq!(OutPath::published("a/SHA256SUMS"), OutPath::new("a/SHA256SUMS"));
        assert!(OutPath::published("sha256sums").is_err());
        assert_eq!(OutPath::new("a/b/c").unwrap().folders().collect::<Vec<_>>(), ["a", "a/b"]);
    }

    #[test]
    fn a_path_that_leaves_the_folder_or_one_system_cannot_write_is_refused() {
        let too_long = "é".repeat(101);
        let bad = [
            "",
            "/etc/passwd",
            "a//b",
            "a/",
            "..",
            "../x",
            "a/../../x",
            ".",
            "a/.",
            "./a",
            "a\\b",
            "..\\x",
            "C:/x",
            "c:x",
            "a:b",
            "a\0b",
            "a\nb",
            "a\u{7f}",
            "a\u{85}",
            "a/ ",
            "a.",
            "a./b",
            " a",
            "CON",
            "con.txt",
            "a/Aux.md",
            "NUL .x",
            "com1",
            "LPT9.html",
            "lpt¹",
            "conin$",
            "index.html::$DATA",
            "a?b",
            "a*",
            "<a>",
            "\"",
            "a|b",
            "cafe\u{301}",
            ".afterword-manifest",
            ".afterword/x",
            "SHA256SUMS",
            "sha256sums/index.html",
            too_long.as_str(),
        ];
        for path in bad {
            assert!(OutPath::new(path).is_err(), "{path:?}");
        }
        let error = OutPath::new("a/\u{1b}[2J").unwrap_err();
        assert_eq!(error.to_string(), r#""a/\u{1b}[2J" cannot be a path of the site: it has a control character"#);
    }
}
