//! One archive of an incident for counsel: what was written of it, the evidence, a manifest of the evidence and a list of sums.
//!
//! The archive is a plain tar (POSIX.1-1988, with the long names of GNU): it has no compression, whose bytes would depend on the version of a
//! library. Its entries are sorted, and have no time, owner or mode of the machine they were made on, so that the same content is the same archive.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::Path;

use serde::Serialize;
use tar::{Builder, EntryType, Header};

use super::{Exhibit, Found};
use crate::checksum::{self, Hashed, Sha256};
use crate::model::{Evidence, Handover, Moment};
use crate::site::{BadOutPath, OutPath};
use crate::source::beneath::{Folder, Opened};

/// The name of the manifest in the bundle.
const MANIFEST: &str = "MANIFEST.json";

/// The folder of the bundle that holds files of the project, each at its path there.
const PROJECT: &str = "project";

/// A bundle that is being put together.
#[derive(Debug)]
pub struct Bundle {
    /// The folder that everything is in, when it is unpacked.
    name: String,
    parts: BTreeMap<OutPath, Part>,
}

/// Where the bytes of a file come from.
#[derive(Debug)]
enum Part {
    Bytes(Vec<u8>),
    /// A file of the project, which is read again when it is written.
    File(Found),
}

/// What a bundle says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'f> {
    /// The id of the incident.
    pub id: &'f str,
    /// Its title.
    pub title: &'f str,
    /// The path of the document in the project.
    pub document: &'f str,
    /// The edition that is shown.
    pub edition: &'f str,
    /// The day it was made for, which says what was overdue.
    pub day: jiff::civil::Date,
}

/// `MANIFEST.json`. Keys are added in time, never renamed or removed.
#[derive(Debug, Serialize)]
struct Manifest<'m> {
    format: &'static str,
    made_by: &'static str,
    id: &'m str,
    title: &'m str,
    document: &'m str,
    edition: &'m str,
    day: String,
    evidence: Vec<Entry<'m>>,
}

/// A piece of evidence in the manifest. What nobody said is `null`.
#[derive(Debug, Serialize)]
struct Entry<'m> {
    id: Option<&'m str>,
    /// The file in the bundle.
    file: Option<String>,
    /// The file in the project.
    path: Option<&'m str>,
    url: Option<&'m str>,
    /// The hash that is stated.
    sha256: Option<String>,
    /// The hash of the file in the bundle.
    sha256_found: Option<String>,
    bytes: Option<u64>,
    collected_by: Option<&'m str>,
    collected_at: Option<String>,
    source: Option<&'m str>,
    custody: Vec<Step<'m>>,
    retain_until: Option<String>,
    visibility: Option<&'static str>,
    note: Option<&'m str>,
}

#[derive(Debug, Serialize)]
struct Step<'m> {
    at: Option<String>,
    by: Option<&'m str>,
    note: Option<&'m str>,
}

impl Bundle {
    /// A bundle with nothing in it, which is unpacked to a folder of this name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), parts: BTreeMap::new() }
    }

    /// Adds a file.
    ///
    /// # Errors
    /// It has a name that cannot be written on every system.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), BadOutPath> {
        self.parts.insert(OutPath::new(path)?, Part::Bytes(bytes));
        Ok(())
    }

    /// Adds a file of the project with these bytes, at its path there.
    ///
    /// # Errors
    /// As for [`Bundle::add`].
    pub fn add_of_project(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), BadOutPath> {
        self.add(&format!("{PROJECT}/{path}"), bytes)
    }

    /// Adds the files of the exhibits, and the manifest.
    ///
    /// # Errors
    /// As for [`Bundle::add`].
    pub fn add_evidence(&mut self, facts: Facts<'_>, exhibits: &[Exhibit<'_>]) -> Result<(), BadOutPath> {
        for found in exhibits.iter().filter_map(|exhibit| exhibit.file.as_ref()) {
            self.parts.insert(OutPath::new(&format!("{PROJECT}/{}", found.path))?, Part::File(found.clone()));
        }
        self.add(MANIFEST, manifest(facts, exhibits).into_bytes())
    }

    /// Writes the archive, with the list of sums. Files of the project are read below `root`.
    ///
    /// # Errors
    /// The archive cannot be written, or a file cannot be read or is no longer what was examined. What has been written is then no bundle.
    pub fn write(&self, root: &Path, out: impl Write) -> io::Result<Sha256> {
        let sum = |part: &Part| match part {
            Part::Bytes(bytes) => Sha256::of(bytes),
            Part::File(found) => found.sha256,
        };
        let sums = checksum::list(self.parts.iter().map(|(path, part)| (path.as_str(), sum(part)))).into_bytes();
        let sums = (OutPath::sums(), Part::Bytes(sums));
        let mut parts: Vec<(&OutPath, &Part)> = self.parts.iter().chain([(&sums.0, &sums.1)]).collect();
        parts.sort_by_key(|(path, _)| *path);
        let folder = Folder::open(root)?;
        let mut archive = Builder::new(Hashed::new(out));
        for (path, part) in parts {
            let path = format!("{}/{path}", self.name);
            match part {
                Part::Bytes(bytes) => append(&mut archive, &path, bytes.len() as u64, bytes.as_slice())?,
                Part::File(found) => {
                    let changed = || io::Error::other(format!("`{}` was changed while it was read", found.path));
                    let Opened::File(file, _) = folder.file(&found.path)? else { return Err(changed()) };
                    let mut content = Hashed::new(file.take(found.len));
                    append(&mut archive, &path, found.len, &mut content)?;
                    if content.finish() != (found.sha256, found.len) {
                        return Err(changed());
                    }
                }
            }
        }
        let mut out = archive.into_inner()?;
        out.flush()?;
        Ok(out.finish().0)
    }
}

/// Adds a file to an archive as every bundle has it. The checks of a bundle write it anew and compare, so this is its form.
pub(super) fn append<W: Write>(archive: &mut Builder<W>, path: &str, len: u64, content: impl Read) -> io::Result<()> {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_size(len);
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    archive.append_data(&mut header, path, content)
}

fn manifest(facts: Facts<'_>, exhibits: &[Exhibit<'_>]) -> String {
    let Facts { id, title, document, edition, day } = facts;
    let manifest = Manifest {
        format: "afterword-bundle 1",
        made_by: concat!("afterword ", env!("CARGO_PKG_VERSION")),
        id,
        title,
        document,
        edition,
        day: day.to_string(),
        evidence: exhibits.iter().map(entry).collect(),
    };
    // It is made of words and numbers, which JSON has.
    format!("{}\n", serde_json::to_string_pretty(&manifest).unwrap_or_default())
}

fn entry<'m>(Exhibit { evidence, file }: &'m Exhibit<'_>) -> Entry<'m> {
    let Evidence { id, url, sha256, collected_by, collected_at, source, custody, retain_until, visibility, note, .. } = evidence;
    let machine = |at: Moment| at.machine();
    let step = |step: &'m Handover| Step { at: step.at.map(machine), by: told(&step.by), note: told(&step.note) };
    Entry {
        id: told(id),
        file: file.as_ref().map(|found| format!("{PROJECT}/{}", found.path)),
        path: file.as_ref().map(|found| found.path.as_str()),
        url: told(url),
        sha256: sha256.map(|sum| sum.value.to_string()),
        sha256_found: file.as_ref().map(|found| found.sha256.to_string()),
        bytes: file.as_ref().map(|found| found.len),
        collected_by: told(collected_by),
        collected_at: collected_at.map(|at| machine(at.value)),
        source: told(source),
        custody: custody.iter().map(step).collect(),
        retain_until: retain_until.map(|at| machine(at.value)),
        visibility: visibility.word(),
        note: told(note),
    }
}

fn told(words: &str) -> Option<&str> {
    Some(words).filter(|words| !words.is_empty())
}
