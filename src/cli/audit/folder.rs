//! The files of a folder that was built, all of them; no link is followed, and what cannot be read is told.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::cli::Failure;
use crate::source::ATTACHMENT_LIMIT;
use crate::source::beneath::{Folder, Opened};
use crate::source::walk::relative;

/// A file of the folder, or what is there in place of one.
pub(super) struct File {
    /// Its path below the folder, with `/` between its parts.
    pub(super) path: String,
    /// Why it cannot be read, where that is known already.
    flaw: Option<String>,
}

/// The folder at a path, seen from the current folder or from that of the project.
pub(super) fn existing(root: &Path, path: &Path) -> Result<PathBuf, Failure> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    let current = std::env::current_dir().unwrap_or_default();
    let folder = [current.join(path), root.join(path)].into_iter().find(|folder| folder.is_dir());
    folder.ok_or_else(|| Failure(format!("there is no folder `{}`", path.display())))
}

/// The folder, for reading what is in it.
pub(super) fn open(folder: &Path) -> Result<Folder, Failure> {
    Folder::open(folder).map_err(|error| unreadable(folder, &error))
}

/// Everything in a folder that is not a folder, in order of path.
pub(super) fn files(folder: &Path) -> Result<Vec<File>, Failure> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).follow_links(false).follow_root_links(true).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) if entry.file_type().is_dir() => continue,
            Ok(entry) => entry,
            Err(error) => match error.path().filter(|path| *path != folder).and_then(|path| relative(folder, path)) {
                Some((path, _)) => {
                    files.push(File { path, flaw: Some(error.to_string()) });
                    continue;
                }
                None => return Err(unreadable(folder, &error.into())),
            },
        };
        let Some((path, is_named)) = relative(folder, entry.path()) else { continue };
        let flaw = if entry.file_type().is_symlink() {
            Some("it is a link, and what it leads to may be published")
        } else if !entry.file_type().is_file() {
            Some("it is no ordinary file")
        } else {
            (!is_named).then_some("its name is not UTF-8")
        };
        files.push(File { path, flaw: flaw.map(str::to_owned) });
    }
    Ok(files)
}

fn unreadable(folder: &Path, error: &io::Error) -> Failure {
    Failure(format!("`{}` cannot be read: {error}", folder.display()))
}

impl File {
    /// The bytes of the file, or why they cannot be had.
    pub(super) fn read(&self, folder: &Folder) -> Result<Vec<u8>, String> {
        if let Some(flaw) = &self.flaw {
            return Err(flaw.clone());
        }
        let too_large = || format!("it has more than {} MiB", ATTACHMENT_LIMIT >> 20);
        match folder.file(&self.path) {
            Ok(Opened::File(_, length)) if length > ATTACHMENT_LIMIT => Err(too_large()),
            Ok(Opened::File(file, _)) => {
                let mut bytes = Vec::new();
                file.take(ATTACHMENT_LIMIT + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
                if bytes.len() as u64 > ATTACHMENT_LIMIT { Err(too_large()) } else { Ok(bytes) }
            }
            Ok(Opened::Link | Opened::Other) => Err("it is no longer an ordinary file".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}
