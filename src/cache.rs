//! What costs more to make than to keep, under `.afterword/cache/` in the project folder.
//!
//! A thing is kept under a name, with a key: a hash of all that it was made from. It is found again only by the program that made it, for the
//! same key, and whole; whatever else is there is as good as nothing, so that the folder can be deleted, damaged or shared at any time and no
//! answer changes. A cache that cannot be written is no failure either.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// The first bytes of every file, with the version of its form.
const MARK: &[u8; 8] = b"AWCACHE1";

/// The most bytes of a file that are read.
const LARGEST: u64 = 1 << 30;

/// The cache of a project.
#[derive(Debug, Clone)]
pub struct Cache {
    root: PathBuf,
}

/// A thing that was found: parts by name.
#[derive(Debug)]
pub struct Kept {
    bytes: Vec<u8>,
    parts: BTreeMap<String, Range<usize>>,
}

/// What a file says of itself, as JSON behind its mark.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    /// The program that made it.
    maker: String,
    /// The hash of all that it was made from.
    key: u64,
    /// The names of parts and their lengths, in the order in which they follow.
    parts: Vec<(String, usize)>,
}

impl Cache {
    /// The cache of the project in a folder.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// What is kept under a name, if it was made from what has this key.
    #[must_use]
    pub fn get(&self, name: &str, key: u64) -> Option<Kept> {
        let file = self.folder(Absent::IsFailure).ok()?.join(name);
        if !file.symlink_metadata().is_ok_and(|there| there.is_file()) {
            return None;
        }
        Kept::read(&file).filter(|(header, _)| header.key == key).map(|(_, kept)| kept)
    }

    /// Keeps parts under a name, in place of what was kept there.
    ///
    /// # Errors
    /// They cannot be written. What was kept before may still be there.
    #[expect(clippy::disallowed_methods, reason = "the cache is a folder")]
    pub fn put<'p>(&self, name: &str, key: u64, parts: impl Iterator<Item = (&'p str, &'p [u8])> + Clone) -> io::Result<()> {
        let folder = self.folder(Absent::IsMade)?;
        if let Ok(mut ignored) = OpenOptions::new().write(true).create_new(true).open(folder.join("../.gitignore")) {
            ignored.write_all(b"# Made by afterword; may be deleted at any time.\n*\n")?;
        }
        let sizes = parts.clone().map(|(name, bytes)| (name.to_owned(), bytes.len())).collect();
        let header = serde_json::to_vec(&Header { maker: maker(), key, parts: sizes })?;
        let length = u32::try_from(header.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
        let mut bytes = [&length.to_le_bytes()[..], &header].concat();
        parts.for_each(|(_, part)| bytes.extend_from_slice(part));
        let aside = folder.join(format!(".{name}-{}", std::process::id()));
        let write = || {
            // What somebody has put there, say a link to another file, is not written through.
            match std::fs::remove_file(&aside) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            let mut file = OpenOptions::new().write(true).create_new(true).open(&aside)?;
            file.write_all(MARK)?;
            file.write_all(&xxh3_64(&bytes).to_le_bytes())?;
            file.write_all(&bytes)?;
            std::fs::rename(&aside, folder.join(name))
        };
        write().inspect_err(|_| {
            let _ = std::fs::remove_file(&aside);
        })
    }

    /// The folder, if it is one: a link may lead anywhere.
    #[expect(clippy::disallowed_methods, reason = "the cache is a folder")]
    fn folder(&self, absent: Absent) -> io::Result<PathBuf> {
        let mut folder = self.root.clone();
        for name in [".afterword", "cache"] {
            folder.push(name);
            if absent == Absent::IsMade
                && let Err(error) = std::fs::create_dir(&folder)
                && error.kind() != io::ErrorKind::AlreadyExists
            {
                return Err(error);
            }
            if !folder.symlink_metadata()?.is_dir() {
                return Err(io::ErrorKind::NotADirectory.into());
            }
        }
        Ok(folder)
    }
}

/// What a folder that is not there means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Absent {
    IsFailure,
    IsMade,
}

impl Kept {
    /// The bytes of a part.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.bytes.get(self.parts.get(name)?.clone())
    }

    /// A file as [`Cache::put`] wrote it; nothing where it is damaged, or another program's.
    #[expect(clippy::disallowed_methods, reason = "the cache is a folder")]
    fn read(file: &Path) -> Option<(Header, Self)> {
        let mut bytes = Vec::new();
        File::open(file).ok()?.take(LARGEST).read_to_end(&mut bytes).ok()?;
        let (check, rest) = bytes.strip_prefix(MARK)?.split_first_chunk()?;
        if u64::from_le_bytes(*check) != xxh3_64(rest) {
            return None;
        }
        let (length, rest) = rest.split_first_chunk()?;
        let (header, content) = rest.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
        let header: Header = serde_json::from_slice(header).ok()?;
        if header.maker != maker() {
            return None;
        }
        let mut start = bytes.len() - content.len();
        let mut parts = BTreeMap::new();
        for (name, length) in &header.parts {
            let end = start.checked_add(*length)?;
            parts.insert(name.clone(), start..end);
            start = end;
        }
        (start == bytes.len()).then_some((header, Self { bytes, parts }))
    }
}

/// Which program this is: its version and, for those who build it anew all the time, the file it runs from.
fn maker() -> String {
    let file = std::env::current_exe().and_then(|file| file.symlink_metadata()).ok();
    let built = file.and_then(|file| Some((file.len(), file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos())));
    let (length, time) = built.unwrap_or_default();
    format!("{} {length} {time}", env!("CARGO_PKG_VERSION"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "the tests damage files")]

    use super::*;

    fn parts() -> impl Iterator<Item = (&'static str, &'static [u8])> + Clone {
        [("a", &b"alpha"[..]), ("b", b""), ("c/d", b"delta")].into_iter()
    }

    #[test]
    fn what_was_kept_is_found_by_its_name_and_key() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::of(folder.path());
        assert!(cache.get("search", 7).is_none());
        cache.put("search", 7, parts()).unwrap();
        let kept = cache.get("search", 7).unwrap();
        assert_eq!(["a", "b", "c/d", "e"].map(|name| kept.part(name)), [Some(&b"alpha"[..]), Some(b""), Some(b"delta"), None]);
        assert!(cache.get("search", 8).is_none());
        assert!(cache.get("other", 7).is_none());
        cache.put("search", 8, parts().take(1)).unwrap();
        assert!(cache.get("search", 7).is_none());
        assert_eq!(cache.get("search", 8).unwrap().part("b"), None);
        let names: Vec<_> = std::fs::read_dir(folder.path().join(".afterword/cache")).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["search"], "nothing is left beside it");
        assert!(std::fs::read_to_string(folder.path().join(".afterword/.gitignore")).unwrap().ends_with("*\n"));
    }

    #[test]
    fn a_damaged_file_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::of(folder.path());
        cache.put("search", 7, parts()).unwrap();
        let file = folder.path().join(".afterword/cache/search");
        let whole = std::fs::read(&file).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x10;
            std::fs::write(&file, damaged).unwrap();
            assert!(cache.get("search", 7).is_none(), "byte {at}");
            std::fs::write(&file, &whole[..at]).unwrap();
            assert!(cache.get("search", 7).is_none(), "cut at {at}");
        }
        std::fs::write(&file, &whole).unwrap();
        assert!(cache.get("search", 7).is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join(".afterword")).unwrap();
        assert!(Cache::of(folder.path()).put("search", 7, parts()).is_err());
        assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }
}
