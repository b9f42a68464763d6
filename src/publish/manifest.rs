//! The list of what we published, kept in the output folder. It is also the mark by which a folder is known to be ours.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_128;

use crate::site::OutPath;

/// The first line, with the version of the format.
const HEADER: &str = "afterword-manifest 1";

/// The files of a published site. There is no date in it: two builds of one site have the same manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Every file by path, the manifest itself excepted.
    pub files: BTreeMap<OutPath, Print>,
}

/// What tells a file's bytes from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Print {
    /// XXH3 (128 bits) of the bytes.
    pub hash: u128,
    /// The length in bytes.
    pub len: u64,
}

impl Print {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { hash: xxh3_128(bytes), len: bytes.len() as u64 }
    }
}

impl Manifest {
    /// The manifest of `files` as text: the header, then a line of hash, length and path for each, by path.
    pub(super) fn text_of(files: &BTreeMap<OutPath, Print>) -> String {
        let lines = files.iter().map(|(path, Print { hash, len })| format!("{hash:032x} {len} {path}\n"));
        std::iter::once(format!("{HEADER}\n")).chain(lines).collect()
    }

    /// Reads what [`text_of`](Self::text_of) writes; nothing where it is not exactly that. An empty text is the mark of a build that was
    /// cut short, which published nothing.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) || !text.ends_with('\n') {
            return None;
        }
        let files = lines.map(parse_line).collect::<Option<BTreeMap<_, _>>>()?;
        Some(Self { files })
    }
}

fn parse_line(line: &str) -> Option<(OutPath, Print)> {
    let mut fields = line.splitn(3, ' ');
    let (hash, len, path) = (fields.next()?, fields.next()?, fields.next()?);
    let print = Print { hash: u128::from_str_radix(hash, 16).ok()?, len: len.parse().ok()? };
    Some((OutPath::new(path).ok()?, print))
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
        assert!(text.starts_with("afterword-manifest 1\n99aa06d3014798d86001c324468d497f 0 a b/c.png\n"), "{text}");
        assert_eq!(Manifest::parse(&text), Some(manifest));
        assert_eq!(Manifest::parse("afterword-manifest 1\n"), Some(Manifest::default()));
        let cut = text.get(..text.len() - 1).unwrap();
        for broken in ["", "x\n", "afterword-manifest 2\n", cut, "afterword-manifest 1\n0 0 ../x\n", "afterword-manifest 1\n0 x\n"] {
            assert_eq!(Manifest::parse(broken), None, "{broken}");
        }
    }
}
