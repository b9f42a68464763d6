//! The list of what we published, kept in the output folder. It is also the mark by which a folder is known to be ours.

use std::collections::BTreeMap;

use crate::checksum::{self, Sha256};
use crate::site::OutPath;

/// The first line, with the version of the format.
const HEADER: &str = "afterword-manifest 2";

/// The same of the version before, whose hashes were others. It is known, so that folders with it are still ours, and its files are written anew.
const FORMER_HEADER: &str = "afterword-manifest 1";

/// The files of a published site. There is no date in it: two builds of one site have the same manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Every file by path, the manifest itself excepted.
    pub files: BTreeMap<OutPath, Print>,
}

/// What tells a file's bytes from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Print {
    /// SHA-256 of the bytes.
    pub hash: Sha256,
    /// The length in bytes.
    pub len: u64,
}

impl Print {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { hash: Sha256::of(bytes), len: bytes.len() as u64 }
    }

    /// One that vouches for nothing.
    pub(super) fn nobodys() -> Self {
        Self { hash: Sha256::default(), len: 0 }
    }
}

impl Manifest {
    /// The manifest of `files` as text: the header, then a line of hash, length and path for each, by path.
    pub(super) fn text_of(files: &BTreeMap<OutPath, Print>) -> String {
        let lines = files.iter().map(|(path, Print { hash, len })| format!("{hash} {len} {path}\n"));
        std::iter::once(format!("{HEADER}\n")).chain(lines).collect()
    }

    /// The list of the SHA-256 of `files` that is published with them, for `sha256sum -c`.
    pub(super) fn sums_of(files: &BTreeMap<OutPath, Print>) -> String {
        checksum::list(files.iter().map(|(path, print)| (path.as_str(), print.hash)))
    }

    /// Reads what [`text_of`](Self::text_of) writes; nothing where it is not exactly that. An empty text is the mark of a build that was
    /// cut short, which published nothing.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let header = lines.next()?;
        if !matches!(header, HEADER | FORMER_HEADER) || !text.ends_with('\n') {
            return None;
        }
        let print_of: fn(&str, u64) -> Option<Print> = match header {
            HEADER => |hash, len| Some(Print { hash: Sha256::parse(hash)?, len }),
            _ => |_, _| Some(Print::nobodys()),
        };
        let files = lines.map(|line| parse_line(line, print_of)).collect::<Option<BTreeMap<_, _>>>()?;
        Some(Self { files })
    }
}

fn parse_line(line: &str, print_of: fn(&str, u64) -> Option<Print>) -> Option<(OutPath, Print)> {
    let mut fields = line.splitn(3, ' ');
    let (hash, len, path) = (fields.next()?, fields.next()?, fields.next()?);
    Some((OutPath::published(path).ok()?, print_of(hash, len.parse().ok()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_back_and_anything_else_does_not() {
        let files = [("index.html", "<p>"), ("a b/c.png", ""), ("a/é", "x")];
        let files = files.map(|(path, text)| (OutPath::new(path).unwrap(), Print::of(text.as_bytes())));
        let manifest = Manifest { files: files.into() };
        let text = Manifest::text_of(&manifest.files);
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert!(text.starts_with(&format!("afterword-manifest 2\n{empty} 0 a b/c.png\n")), "{text}");
        assert!(Manifest::sums_of(&manifest.files).starts_with(&format!("{empty}  a b/c.png\n")));
        assert_eq!(Manifest::parse(&text), Some(manifest));
        assert_eq!(Manifest::parse("afterword-manifest 2\n"), Some(Manifest::default()));
        let cut = text.get(..text.len() - 1).unwrap();
        let escaping = format!("afterword-manifest 2\n{empty} 0 ../x\n");
        for broken in ["", "x\n", "afterword-manifest 3\n", cut, &escaping, "afterword-manifest 2\n0 0 x\n", "afterword-manifest 1\n0 x\n"]
        {
            assert_eq!(Manifest::parse(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_manifest_of_the_version_before_says_what_is_ours_and_vouches_for_none_of_it() {
        let former = Manifest::parse("afterword-manifest 1\n99aa06d3014798d86001c324468d497f 0 a b/c.png\n").unwrap();
        assert_eq!(former.files.into_iter().collect::<Vec<_>>(), [(OutPath::new("a b/c.png").unwrap(), Print::nobodys())]);
    }
}
