//! What stands in the output folder, and what of it is still what we published.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use super::manifest::{Manifest, Print};
use super::stage::{Failure, failure};
use super::{MANIFEST, OURS, OutPath, Refusal};

/// The site that is there. Empty where there is none.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// Whether a folder is there, with or without a site.
    pub(super) folder: bool,
    /// What was published last; nothing where no site was.
    pub(super) manifest: Option<Manifest>,
    /// Which of its files are still there, unchanged.
    sound: BTreeSet<OutPath>,
}

/// Why the folder cannot be published to, or not even looked at.
#[derive(Debug)]
pub(super) enum Obstacle {
    Refused(Refusal),
    Busy { lock: PathBuf },
    Failure(Failure),
}

impl Standing {
    /// The print of the file at `path`, if it can be kept as it is.
    pub(super) fn print(&self, path: &OutPath) -> Option<Print> {
        let listed = || self.manifest.as_ref().and_then(|manifest| manifest.files.get(path)).copied();
        if self.sound.contains(path) { listed() } else { None }
    }

    /// Everything that was published last, whether or not it is still there.
    pub(super) fn published(&self) -> impl Iterator<Item = (&OutPath, &Print)> {
        self.manifest.iter().flat_map(|manifest| &manifest.files)
    }

    /// Whether the site that is there is `files`, every one of them.
    pub(super) fn is(&self, files: &BTreeMap<OutPath, Print>) -> bool {
        self.manifest.as_ref().is_some_and(|manifest| manifest.files == *files && manifest.files.len() == self.sound.len())
    }
}

/// Looks at `folder` without changing anything in it.
///
/// A file whose length is the published one and which is older than the manifest is taken for unchanged; a younger one, as a checkout or a
/// cache may leave it, is read and compared.
pub(super) fn survey(folder: &Path) -> Result<Standing, Obstacle> {
    let unreadable = |path: &Path, cause| Obstacle::Failure(failure("cannot read", path)(cause));
    match folder.symlink_metadata() {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(Obstacle::Refused(Refusal::NoFolder)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Standing::default()),
        Err(cause) => return Err(unreadable(folder, cause)),
    }
    let marker = folder.join(MANIFEST);
    let published = read_manifest(&marker).map_err(|cause| unreadable(&marker, cause))?;
    let (manifest, since) = match published {
        Some((text, since)) => (Some(Manifest::parse(&text).ok_or(Obstacle::Refused(Refusal::DamagedManifest))?), since),
        None => (None, SystemTime::UNIX_EPOCH),
    };
    let listed = |path: &OutPath| manifest.as_ref().and_then(|manifest| manifest.files.get(path)).copied();
    let mut sound = BTreeSet::new();
    for entry in WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter().filter_entry(|entry| !is_passed_over(entry)) {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            unreadable(&path, error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()))
        })?;
        if entry.file_type().is_dir() && manifest.is_some() {
            continue;
        }
        let path = below(folder, entry.path()).filter(|_| entry.file_type().is_file());
        let Some((path, print)) = path.and_then(|path| listed(&path).map(|print| (path, print))) else {
            let path = entry.into_path();
            return Err(Obstacle::Refused(if manifest.is_some() { Refusal::Strange { path } } else { Refusal::NotOurs { path } }));
        };
        let metadata = entry.path().symlink_metadata().map_err(|cause| unreadable(entry.path(), cause))?;
        if is_unchanged(entry.path(), &metadata, print, since).map_err(|cause| unreadable(entry.path(), cause))? {
            sound.insert(path);
        }
    }
    Ok(Standing { folder: true, manifest, sound })
}

/// The text and the age of the manifest at `path`, if it is there.
#[expect(clippy::disallowed_methods, reason = "publishing compares with what is there")]
pub(super) fn read_manifest(path: &Path) -> io::Result<Option<(String, SystemTime)>> {
    let age = || std::fs::metadata(path)?.modified();
    match std::fs::read_to_string(path).and_then(|text| Ok((text, age()?))) {
        Ok(published) => Ok(Some(published)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Our own working files, and what file browsers drop into any folder.
fn is_passed_over(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let litter = matches!(&*name, ".DS_Store" | "Thumbs.db" | "desktop.ini") && entry.file_type().is_file();
    litter || (entry.depth() == 1 && name.starts_with(OURS))
}

fn below(folder: &Path, path: &Path) -> Option<OutPath> {
    let parts: Option<Vec<_>> = path.strip_prefix(folder).ok()?.iter().map(|part| part.to_str()).collect();
    OutPath::published(&parts?.join("/")).ok()
}

#[expect(clippy::disallowed_methods, reason = "publishing compares with what is there")]
fn is_unchanged(path: &Path, metadata: &Metadata, print: Print, since: SystemTime) -> io::Result<bool> {
    if metadata.len() != print.len {
        return Ok(false);
    }
    // Of two files written within one tick of the clock neither is older, so equality is no proof.
    if metadata.modified()? < since { Ok(true) } else { Ok(Print::of(&std::fs::read(path)?) == print) }
}
