//! Puts a text, or other bytes, in the place of a file's: aside first, then by one rename, so that nobody ever sees half of it.

use std::ffi::OsString;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::Failure;

/// Writes `text` to a file of the project, which keeps its permissions and owner if it is there. Only an ordinary file that may be written
/// is: a link may lead out of the project.
pub(super) fn rewrite(file: &Path, text: &str) -> Result<(), Failure> {
    rewrite_by(file, |new| new.write_all(text.as_bytes()))
}

/// The same with what `write` writes. Where it fails the file stays what it was.
pub(super) fn rewrite_by<T>(file: &Path, write: impl FnOnce(&mut File) -> io::Result<T>) -> Result<T, Failure> {
    let replaced = match file.symlink_metadata() {
        Err(_) => replace(file, write, None),
        Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => Err(io::Error::other("it is no ordinary file")),
        Ok(there) if there.permissions().readonly() => Err(io::Error::other("it is read-only")),
        Ok(there) => replace(file, write, Some(&there)),
    };
    replaced.map_err(|error| failed(file, &error))
}

/// Writes `text` where somebody at the command line wants it. What is no ordinary file, a link, a pipe or a device, stays what it is, and the
/// text goes where it leads.
#[expect(clippy::disallowed_methods, reason = "the author asked for the file to be written")]
pub(super) fn write_out(file: &Path, text: &str) -> Result<(), Failure> {
    match file.symlink_metadata() {
        Ok(there) if !there.is_file() && !file.is_dir() => std::fs::write(file, text).map_err(|error| failed(file, &error)),
        _ => rewrite(file, text),
    }
}

fn failed(file: &Path, error: &io::Error) -> Failure {
    Failure(format!("`{}` cannot be written: {error}", file.display()))
}

/// Puts a new file in the place of the ordinary one that is there.
#[expect(clippy::disallowed_methods, reason = "the author asked for the file to be written")]
fn replace<T>(file: &Path, write: impl FnOnce(&mut File) -> io::Result<T>, there: Option<&Metadata>) -> io::Result<T> {
    // A name that begins with a dot is no input, whoever watches.
    let mut name = OsString::from(".");
    name.push(file.file_name().unwrap_or_default());
    name.push(".afterword-new");
    let aside = file.with_file_name(name);
    // What somebody has put there, say a link to another file, is not written through.
    match std::fs::remove_file(&aside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut new = OpenOptions::new().write(true).create_new(true).open(&aside)?;
    let put = || {
        if let Some(there) = there {
            keep_owner(&new, there);
            new.set_permissions(there.permissions())?;
        }
        let written = write(&mut new)?;
        new.sync_all()?;
        std::fs::rename(&aside, file)?;
        Ok(written)
    };
    put().inspect_err(|_| {
        let _ = std::fs::remove_file(&aside);
    })
}

/// Gives the new file to whom the old one belongs, where we may: in a container people are often root without knowing it.
#[cfg(unix)]
fn keep_owner(new: &File, there: &Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let _ = fchown(new, Some(there.uid()), Some(there.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}
