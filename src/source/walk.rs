//! Reads a project folder into [`Sources`]: the one place where inputs come from disk.
//!
//! Links are not followed, and what is neither a file nor a folder is not opened; both are reported. A file that vanishes while we read was
//! never there; one that cannot be read is an error, for a site without it would replace a whole one.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;
use xxhash_rust::xxh3::Xxh3;

use super::beneath::{Folder, Opened};
use super::{ATTACHMENT_LIMIT, Attachment, FILE_LIMIT, Kind, Role, SKIPPED_INPUT, Selection, SourceFile, Sources, is_below};
use crate::diagnostic::{Diagnostic, Level, SourcePath, Span};

/// An input could not be read.
#[derive(Debug)]
pub struct LoadError {
    /// The file or folder.
    pub path: PathBuf,
    /// Why not.
    pub cause: io::Error,
}

/// Reads everything `selection` names in the project folder `root`. The settings are not among it: see [`read_config`].
///
/// # Errors
/// A folder that is missing or cannot be listed, a file that cannot be read.
pub fn load(root: &Path, selection: &Selection) -> Result<Sources, LoadError> {
    let mut found = BTreeMap::new();
    for folder in selection.folders() {
        list_whole(root, folder, selection, &mut found)?;
    }
    let mut sources = Sources::default();
    read(root, selection, found, &mut sources)?;
    Ok(sources)
}

/// Reads the file of settings at `path`, usually [`CONFIG_FILE`](super::CONFIG_FILE); nothing where there is none.
///
/// # Errors
/// The project folder cannot be opened, or the file is there and cannot be read.
pub fn read_config(root: &Path, path: &SourcePath) -> Result<Option<SourceFile>, LoadError> {
    read_config_of(root, path, FILE_LIMIT)
}

/// The same for a file that may have up to `limit` bytes.
///
/// # Errors
/// As for [`read_config`].
pub fn read_config_of(root: &Path, path: &SourcePath, limit: u64) -> Result<Option<SourceFile>, LoadError> {
    let folder = open_folder(root)?;
    let failed = |cause| LoadError { path: root.join(path.as_str()), cause };
    match folder.file(path.as_str()) {
        Ok(Opened::File(file, len)) => read_text(file, len, (path.clone(), Role::Config), limit).map(Some).map_err(failed),
        Ok(Opened::Link | Opened::Other) => Err(failed(io::Error::other("settings are read from an ordinary file, not through a link"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(error)),
    }
}

/// The same inputs, with the files and folders in `changed` read again, or dropped where they are gone. Paths outside what `selection`
/// names are passed over, the settings among them.
///
/// # Errors
/// As for [`load`]; `sources` is then still what it was.
pub fn reload(sources: &Sources, root: &Path, selection: &Selection, changed: &[PathBuf]) -> Result<Sources, LoadError> {
    let mut sources = sources.clone();
    let mut found = BTreeMap::new();
    for path in changed.iter().filter_map(|path| project_path(root, path)) {
        let mut areas = selection.folders().filter(|folder| is_below(folder, &path)).peekable();
        let within = areas.peek().is_none() && selection.enters(&path);
        for folder in areas {
            sources.forget(folder);
            list_whole(root, folder, selection, &mut found)?;
        }
        if within {
            sources.forget(&path);
            look(root, &path, selection, &mut found)?;
        }
    }
    read(root, selection, found, &mut sources)?;
    Ok(sources)
}

/// The bytes of an attachment, at the time it is published.
///
/// # Errors
/// The file is gone, is no longer an ordinary file, has grown past [`ATTACHMENT_LIMIT`], or cannot be read.
pub fn read_attachment(root: &Path, attachment: &Attachment) -> Result<Vec<u8>, LoadError> {
    let failed = |cause| LoadError { path: root.join(attachment.path.as_str()), cause };
    match open_folder(root)?.file(attachment.path.as_str()) {
        Ok(Opened::File(file, len)) => {
            let bytes = read_at_most(file, len, ATTACHMENT_LIMIT).map_err(failed)?;
            bytes.ok_or_else(|| failed(io::ErrorKind::FileTooLarge.into()))
        }
        Ok(Opened::Link | Opened::Other) => Err(failed(io::Error::other("no longer an ordinary file"))),
        Err(error) => Err(failed(error)),
    }
}

/// What stands in the folder under a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry {
    File,
    Link,
    /// A pipe, socket or device.
    Special,
    /// A file or folder whose name is not UTF-8, so that no URL can be made of it.
    Unnamable,
}

/// Entries by path: whatever order a folder lists them in, they are read in this one.
type Found = BTreeMap<String, Entry>;

/// Lists a folder that site.toml names. It must be there and be one: without it the site would be empty, and nobody would know why.
fn list_whole(root: &Path, folder: &str, selection: &Selection, found: &mut Found) -> Result<(), LoadError> {
    let mut path = root.to_owned();
    for name in folder.split('/').filter(|name| !name.is_empty()) {
        path.push(name);
        let kind = path.symlink_metadata().map(|metadata| metadata.file_type());
        let cause = match kind {
            Ok(kind) if kind.is_dir() => continue,
            Ok(kind) if kind.is_symlink() => io::Error::other("links are not followed; name the folder itself in site.toml"),
            Ok(_) => io::ErrorKind::NotADirectory.into(),
            // A site without a theme of its own has the built-in one.
            Err(error) if error.kind() == io::ErrorKind::NotFound && Some(folder) == selection.theme_folder() => return Ok(()),
            Err(error) => error,
        };
        return Err(LoadError { path, cause });
    }
    list(root, folder, selection, found)
}

fn list(root: &Path, start: &str, selection: &Selection, found: &mut Found) -> Result<(), LoadError> {
    let walk = WalkDir::new(root.join(start)).follow_links(false).follow_root_links(start.is_empty()).sort_by_file_name();
    let mut walk = walk.into_iter().filter_entry(|entry| relative(root, entry.path()).is_some_and(|(path, _)| selection.enters(&path)));
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            // Gone since its folder was listed.
            Err(error) if error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) => continue,
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                return Err(LoadError { path, cause: error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()) });
            }
        };
        let kind = entry.file_type();
        match relative(root, entry.path()) {
            Some((_, true)) if kind.is_dir() => {}
            Some((path, true)) => drop(found.insert(path, Entry::of(kind))),
            Some((path, false)) => {
                found.insert(path, Entry::Unnamable);
                if kind.is_dir() {
                    walk.skip_current_dir();
                }
            }
            None => {}
        }
    }
    Ok(())
}

/// Finds what is at `path` now: a file, a folder to list, or nothing.
fn look(root: &Path, path: &str, selection: &Selection, found: &mut Found) -> Result<(), LoadError> {
    let mut whole = root.to_owned();
    let mut so_far = String::new();
    for name in path.split('/').filter(|name| !name.is_empty()) {
        whole.push(name);
        so_far.push_str(if so_far.is_empty() { "" } else { "/" });
        so_far.push_str(name);
        match whole.symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(metadata) => {
                found.insert(so_far, Entry::of(metadata.file_type()));
                return Ok(());
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(cause) => return Err(LoadError { path: whole, cause }),
        }
    }
    list(root, path, selection, found)
}

impl Entry {
    fn of(kind: std::fs::FileType) -> Self {
        if kind.is_file() {
            Self::File
        } else if kind.is_symlink() {
            Self::Link
        } else {
            Self::Special
        }
    }
}

enum Input {
    Text(SourceFile),
    Asset(SourcePath, Vec<u8>),
    Attachment(Attachment),
    Problem(Diagnostic),
    Nothing,
}

fn read(root: &Path, selection: &Selection, found: Found, sources: &mut Sources) -> Result<(), LoadError> {
    let folder = open_folder(root)?;
    let inputs: Vec<_> = found.into_par_iter().map(|(path, entry)| read_one(&folder, selection, &path, entry)).collect();
    // Gathered before an error is looked for, so that of several the first by path is told.
    for input in inputs {
        match input? {
            Input::Text(file) => sources.insert(file),
            Input::Asset(path, bytes) => sources.keep(path, &bytes),
            Input::Attachment(attachment) => sources.attach(attachment),
            Input::Problem(problem) => sources.report(problem),
            Input::Nothing => {}
        }
    }
    Ok(())
}

fn read_one(folder: &Folder, selection: &Selection, path: &str, entry: Entry) -> Result<Input, LoadError> {
    let kind = selection.kind(path);
    let source = SourcePath::from(path);
    match entry {
        // A link may stand for a folder, so it is told of whatever its name.
        Entry::Link => return Ok(Input::Problem(link(&source))),
        Entry::Unnamable => return Ok(Input::Problem(unnamable(&source))),
        Entry::Special => return Ok(Input::Problem(special(&source))),
        Entry::File => {}
    }
    let failed = |cause| LoadError { path: folder.path().join(path), cause };
    match kind {
        Kind::Ignored => return Ok(Input::Nothing),
        Kind::Active => return Ok(Input::Problem(active_content(&source))),
        Kind::Text(_) | Kind::Asset | Kind::Attachment => {}
    }
    match (folder.file(path), kind) {
        (Ok(Opened::File(file, len)), Kind::Text(role)) => {
            read_text(file, len, (source, role), FILE_LIMIT).map(Input::Text).map_err(failed)
        }
        (Ok(Opened::File(file, len)), Kind::Asset) => asset(file, len, source).map_err(failed),
        (Ok(Opened::File(file, len)), _) => hash(file, len, source).map_err(failed),
        (Ok(Opened::Link), _) => Ok(Input::Problem(link(&source))),
        (Ok(Opened::Other), _) => Ok(Input::Problem(special(&source))),
        (Err(error), _) if error.kind() == io::ErrorKind::NotFound => Ok(Input::Nothing),
        (Err(error), _) => Err(failed(error)),
    }
}

fn read_text(file: std::fs::File, len: u64, (path, role): (SourcePath, Role), limit: u64) -> io::Result<SourceFile> {
    Ok(match read_at_most(file, len, limit)? {
        Some(bytes) => SourceFile::new(path, role, &bytes),
        None => SourceFile::too_large(path, role, len),
    })
}

/// All bytes of `file`, or nothing if there are more than `limit`: also of a file that grows while it is read.
fn read_at_most(file: std::fs::File, len: u64, limit: u64) -> io::Result<Option<Vec<u8>>> {
    if len > limit {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or_default());
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

fn asset(file: std::fs::File, len: u64, path: SourcePath) -> io::Result<Input> {
    Ok(match read_at_most(file, len, FILE_LIMIT)? {
        Some(bytes) => Input::Asset(path, bytes),
        None => Input::Problem(too_large(&path, len, FILE_LIMIT)),
    })
}

fn hash(file: std::fs::File, len: u64, path: SourcePath) -> io::Result<Input> {
    if len > ATTACHMENT_LIMIT {
        return Ok(Input::Problem(too_large(&path, len, ATTACHMENT_LIMIT)));
    }
    let (mut hasher, mut read) = (Xxh3::new(), 0);
    let mut reader = BufReader::with_capacity(64 * 1024, file.take(ATTACHMENT_LIMIT));
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        hasher.update(chunk);
        let count = chunk.len();
        read += count as u64;
        reader.consume(count);
    }
    Ok(Input::Attachment(Attachment { path, len: read, hash: hasher.digest128() }))
}

fn open_folder(root: &Path) -> Result<Folder, LoadError> {
    Folder::open(root).map_err(|cause| LoadError { path: root.to_owned(), cause })
}

/// `path` below `root` with `/` between its parts, and whether every part is UTF-8; where not, those parts are written with `�`.
pub(crate) fn relative(root: &Path, path: &Path) -> Option<(String, bool)> {
    let below = path.strip_prefix(root).ok()?;
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    Some((parts.join("/"), below.to_str().is_some()))
}

/// `path` as a watcher tells it, below the project folder: absolute, relative to it, or by the folder's real name where `root` is a link.
fn project_path(root: &Path, path: &Path) -> Option<String> {
    let (path, namable) = if path.is_relative() && !path.starts_with(root) {
        relative(Path::new(""), path)
    } else {
        relative(root, path).or_else(|| relative(&real_path(root)?, path))
    }?;
    // A name that is not UTF-8 cannot be looked up by itself: its folder is read again in its stead.
    if namable { Some(path) } else { Some(path.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned())) }
}

#[expect(clippy::disallowed_methods, reason = "a watcher tells real paths")]
fn real_path(root: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(root).ok()
}

/// Says that a file a browser would run is not published.
pub(super) fn active_content(path: &SourcePath) -> Diagnostic {
    let help = "scripts, pages and vector images that a site needs belong into its theme; a picture can be attached as PNG or WebP";
    skipped(path, Level::Hint, "not published, for a browser would run it").help(help)
}

fn link(path: &SourcePath) -> Diagnostic {
    let help = "what a link names may lie outside the project and change without it; put the file itself here";
    skipped(path, Level::Warning, "not read, for it is a symbolic link").help(help)
}

fn special(path: &SourcePath) -> Diagnostic {
    skipped(path, Level::Warning, "not read, for it is no ordinary file")
}

fn unnamable(path: &SourcePath) -> Diagnostic {
    skipped(path, Level::Warning, "not read, for its name is not UTF-8").help("rename it")
}

fn too_large(path: &SourcePath, len: u64, limit: u64) -> Diagnostic {
    let message = format!("not published, for its {} MiB are more than the {} such a file may have", len >> 20, limit >> 20);
    skipped(path, Level::Warning, &message)
}

/// The two weights of this rule differ by nature, not by taste: a page may lack what it needs, or a file merely stays unpublished.
fn skipped(path: &SourcePath, level: Level, message: &str) -> Diagnostic {
    let mut problem = Diagnostic::new(SKIPPED_INPUT, path, Span::default(), message);
    problem.level = level;
    problem
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read {}: {}", self.path.display(), self.cause)?;
        // A folder that every project has.
        if self.cause.kind() == io::ErrorKind::NotFound {
            f.write_str("; is this the folder of a project? `afterword init` starts one")?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}
