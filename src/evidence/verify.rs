//! Whether a folder or an archive is what its list of sums says: a built site, a bundle, or a bundle that was unpacked.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Read};
use std::path::Path;

use rayon::prelude::*;
use tar::{Archive, Builder, EntryType};
use walkdir::WalkDir;

use super::bundle::append;
use crate::checksum::{self, Hashed, SUMS, Sha256};
use crate::publish::MANIFEST;
use crate::site::OutPath;
use crate::source::beneath::{Folder, Opened};
use crate::source::walk::{LoadError, relative};

/// The most bytes of a list that are read: those of a million files. What lies beyond is then a file that is not listed.
const LONGEST_LIST: u64 = 256 << 20;

/// What came of looking at every file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many files there are, the list itself excepted.
    pub files: usize,
    /// What is wrong, in order of path.
    pub flaws: Vec<Flaw>,
}

/// Something that is not as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flaw {
    /// The file, as it is named; may hold anything.
    pub path: String,
    /// What is wrong with it, to follow its name.
    pub words: String,
}

/// Looks at every file in a folder with a list at its top; nothing where it has no list.
///
/// # Errors
/// The folder or a file cannot be read.
pub fn verify_folder(folder: &Path) -> Result<Option<Verified>, LoadError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |cause| LoadError { path, cause }
    };
    let opened = Folder::open(folder).map_err(failed(folder))?;
    let list = match opened.file(SUMS) {
        Ok(Opened::File(file, _)) => read_list(file).map_err(failed(&folder.join(SUMS)))?,
        Ok(Opened::Link | Opened::Other) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(&folder.join(SUMS))(error)),
    };
    let (mut files, mut flaws) = (Vec::new(), Vec::new());
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            LoadError { path, cause: error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()) }
        })?;
        let (path, is_named) = relative(folder, entry.path()).unwrap_or_default();
        if entry.file_type().is_dir() || path == SUMS || (path == MANIFEST && entry.file_type().is_file()) {
            continue;
        }
        match (entry.file_type().is_file(), is_named) {
            (true, true) => files.push(path),
            (true, false) => flaws.push(Flaw { path, words: "is not listed, and its name is not UTF-8".into() }),
            (false, _) => flaws.push(not_a_file(path)),
        }
    }
    let sums = files.into_par_iter().map(|path| {
        let sum = match opened.file(&path) {
            Ok(Opened::File(file, _)) => checksum::of_reader(file).map(|(sum, _)| sum),
            Ok(Opened::Link | Opened::Other) => Err(io::Error::other("it was replaced meanwhile")),
            Err(error) => Err(error),
        };
        sum.map_err(failed(&folder.join(&path))).map(|sum| (path, sum))
    });
    // Gathered before an error is looked for, so that of several the first by path is told.
    let sums: Vec<Result<_, _>> = sums.collect();
    let found: BTreeMap<String, Sha256> = sums.into_iter().collect::<Result<_, _>>()?;
    Ok(Some(compared(&list, &found, flaws)))
}

/// Looks at every file of a bundle. It is written anew on the way, to nowhere, so that a byte that is in none of its files counts as well.
///
/// # Errors
/// It cannot be read to its end.
pub fn verify_archive(archive: impl Read) -> io::Result<Verified> {
    let mut whole = Hashed::new(BufReader::with_capacity(64 * 1024, archive));
    let mut anew = Builder::new(Hashed::new(io::sink()));
    let mut content = Content::default();
    let read = Archive::new(&mut whole).entries().and_then(|mut entries| entries.try_for_each(|entry| content.take(entry?, &mut anew)));
    io::copy(&mut whole, &mut io::sink())?;
    let Content { name, list, found, mut flaws } = content;
    let of_archive = |words: &str| Flaw { path: name.clone().unwrap_or_else(|| "archive".into()), words: words.into() };
    if let Err(error) = read {
        flaws.push(of_archive(&format!("cannot be read as an archive any further: {error}")));
    } else if flaws.is_empty() && whole.finish() != anew.into_inner()?.finish() {
        flaws.push(of_archive("has other bytes around its files than `afterword bundle` wrote"));
    }
    if list.is_none() {
        flaws.push(of_archive(&format!("has no {SUMS}")));
    }
    Ok(compared(&list.unwrap_or_default(), &found, flaws))
}

/// What an archive holds, as far as it was read.
#[derive(Default)]
struct Content {
    /// The folder that everything is in.
    name: Option<String>,
    list: Option<String>,
    found: BTreeMap<String, Sha256>,
    flaws: Vec<Flaw>,
}

impl Content {
    /// Takes note of an entry and writes it anew. Nothing of it is unpacked, whatever it is called.
    fn take<R: Read>(&mut self, mut entry: tar::Entry<'_, R>, anew: &mut Builder<impl io::Write>) -> io::Result<()> {
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if entry.header().entry_type() != EntryType::Regular {
            self.flaws.push(not_a_file(path));
            return Ok(());
        }
        let Some((name, below)) = path.split_once('/').filter(|(name, below)| is_safe(name) && (is_safe(below) || *below == SUMS)) else {
            self.flaws.push(Flaw { path, words: "has a name that no file of a bundle has".into() });
            return Ok(());
        };
        if self.name.get_or_insert_with(|| name.to_owned()) != name {
            self.flaws.push(Flaw { path, words: "is not in the folder of the bundle".into() });
            return Ok(());
        }
        let len = entry.size();
        let is_again = if below == SUMS {
            let list = read_list(&mut entry)?;
            append(anew, &path, len, list.as_bytes())?;
            self.list.replace(list).is_some()
        } else {
            let mut content = Hashed::new(entry);
            append(anew, &path, len, &mut content)?;
            self.found.insert(below.to_owned(), content.finish().0).is_some()
        };
        if is_again {
            self.flaws.push(Flaw { path: below.to_owned(), words: "is there twice".into() });
        }
        Ok(())
    }
}

fn is_safe(path: &str) -> bool {
    OutPath::new(path).is_ok()
}

fn not_a_file(path: String) -> Flaw {
    Flaw { path, words: "is no ordinary file".into() }
}

fn read_list(from: impl Read) -> io::Result<String> {
    let mut bytes = Vec::new();
    from.take(LONGEST_LIST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// What is there beside what is listed.
fn compared(list: &str, found: &BTreeMap<String, Sha256>, mut flaws: Vec<Flaw>) -> Verified {
    let mut listed = BTreeMap::new();
    let mut flaw = |path: &str, words: String| flaws.push(Flaw { path: path.to_owned(), words });
    for (number, line) in checksum::lines(list).enumerate() {
        match line {
            None => flaw(SUMS, format!("has something else than a hash and a path in line {}", number + 1)),
            Some((_, path)) if !is_safe(path) => flaw(path, "is listed, and cannot be the name of a file here".into()),
            Some((sum, path)) => {
                if listed.insert(path, sum).is_some() {
                    flaw(path, "is listed twice".into());
                }
            }
        }
    }
    for (path, sum) in &listed {
        match found.get(*path) {
            Some(there) if there == sum => {}
            Some(there) => flaw(path, format!("has other bytes than listed: their SHA-256 is {there}")),
            None => flaw(path, "is listed and is not there".into()),
        }
    }
    for path in found.keys().filter(|path| !listed.contains_key(path.as_str())) {
        flaw(path, "is not listed".into());
    }
    flaws.sort();
    Verified { files: found.len(), flaws }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Bundle;

    fn bundle() -> Vec<u8> {
        let mut bundle = Bundle::new("inc-7");
        let long = format!("project/{}/evidence.txt", "folder/".repeat(20).trim_end_matches('/'));
        for (path, text) in [("a.txt", "alpha"), ("empty", ""), (&long, "behind a long name")] {
            bundle.add(path, text.into()).unwrap();
        }
        let mut bytes = Vec::new();
        let sum = bundle.write(Path::new("."), &mut bytes).unwrap();
        assert_eq!(sum, Sha256::of(&bytes));
        bytes
    }

    fn told(archive: &[u8]) -> Vec<String> {
        verify_archive(archive).unwrap().flaws.into_iter().map(|Flaw { path, words }| format!("{path} {words}")).collect()
    }

    /// An archive as anybody can make one: names and kinds of entries are written as they are.
    fn archive(entries: &[(&str, EntryType, &str)]) -> Vec<u8> {
        let mut archive = Builder::new(Vec::new());
        for (path, kind, content) in entries {
            let mut header = tar::Header::new_gnu();
            header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
            header.set_entry_type(*kind);
            header.set_mode(0o644);
            header.set_uid(0);
            header.set_gid(0);
            if kind.is_symlink() || kind.is_hard_link() {
                header.set_link_name(content).unwrap();
                header.set_size(0);
                header.set_cksum();
                archive.append(&header, io::empty()).unwrap();
            } else {
                header.set_size(content.len() as u64);
                header.set_cksum();
                archive.append(&header, content.as_bytes()).unwrap();
            }
        }
        archive.into_inner().unwrap()
    }

    const FILE: EntryType = EntryType::Regular;

    #[test]
    fn any_changed_byte_of_a_bundle_is_found() {
        let whole = bundle();
        assert_eq!((verify_archive(&*whole).unwrap().files, told(&whole)), (3, vec![]));
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x01;
            assert_ne!(told(&changed), [""; 0], "byte {at}");
        }
        for end in (0..whole.len()).step_by(512) {
            assert_ne!(told(&whole[..end]), [""; 0], "cut at {end}");
        }
        assert_eq!(told(&[&*whole, b"\0"].concat()), ["inc-7 has other bytes around its files than `afterword bundle` wrote"]);
    }

    #[test]
    fn what_is_changed_missing_or_not_listed_is_told() {
        let sums = |files: &[(&str, &str)]| checksum::list(files.iter().map(|(path, text)| (*path, Sha256::of(text.as_bytes()))));
        let list = sums(&[("a", "a"), ("b", "b"), ("c", "c"), ("a", "x"), ("../d", "d")]) + "rubbish\n";
        let files = [("x/SHA256SUMS", FILE, &*list), ("x/a", FILE, "a"), ("x/b", FILE, "B"), ("x/e", FILE, "e"), ("x/e", FILE, "e")];
        assert_eq!(
            told(&archive(&files)),
            [
                "../d is listed, and cannot be the name of a file here".to_owned(),
                "SHA256SUMS has something else than a hash and a path in line 6".to_owned(),
                format!("a has other bytes than listed: their SHA-256 is {}", Sha256::of(b"a")),
                "a is listed twice".to_owned(),
                format!("b has other bytes than listed: their SHA-256 is {}", Sha256::of(b"B")),
                "c is listed and is not there".to_owned(),
                "e is not listed".to_owned(),
                "e is there twice".to_owned(),
            ]
        );
        assert_eq!(told(&archive(&[("x/a", FILE, "a")])), ["a is not listed", "x has no SHA256SUMS"]);
        assert_eq!(told(b""), ["archive has no SHA256SUMS", "archive has other bytes around its files than `afterword bundle` wrote"]);
        assert!(told(b"a text that is no archive")[0].starts_with("archive cannot be read as an archive any further: "));
    }

    #[test]
    fn names_that_lead_out_and_what_is_no_file_are_refused() {
        let list = checksum::list([("a", Sha256::of(b"a"))].into_iter());
        for (path, kind, content, expected) in [
            ("../x", FILE, "x", "../x has a name that no file of a bundle has"),
            ("x/../../x", FILE, "x", "x/../../x has a name that no file of a bundle has"),
            ("/etc/x", FILE, "x", "/etc/x has a name that no file of a bundle has"),
            ("x/b\\..\\c", FILE, "x", "x/b\\..\\c has a name that no file of a bundle has"),
            ("x/C:", FILE, "x", "x/C: has a name that no file of a bundle has"),
            ("alone", FILE, "x", "alone has a name that no file of a bundle has"),
            ("y/b", FILE, "x", "y/b is not in the folder of the bundle"),
            ("x/link", EntryType::Symlink, "/etc/passwd", "x/link is no ordinary file"),
            ("x/link", EntryType::Link, "x/a", "x/link is no ordinary file"),
            ("x/folder", EntryType::Directory, "", "x/folder is no ordinary file"),
            ("x/device", EntryType::Char, "", "x/device is no ordinary file"),
        ] {
            let files = [("x/SHA256SUMS", FILE, &*list), ("x/a", FILE, "a"), (path, kind, content)];
            assert_eq!(told(&archive(&files)), [expected], "{path}");
        }
        let whole = [("x/SHA256SUMS", FILE, &*list), ("x/a", FILE, "a")];
        assert_eq!(told(&archive(&whole)), [""; 0]);
    }
}
