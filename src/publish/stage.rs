//! The new site while it is being made, and the moment it takes the place of the old one.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::manifest::{Manifest, Print};
use super::plan::{Obstacle, Standing};
use super::{MANIFEST, OutPath, Swap, with_suffix};

/// Something in or beside the output folder could not be done.
#[derive(Debug)]
pub(super) struct Failure {
    /// What, as in "cannot write".
    pub(super) doing: &'static str,
    /// To what.
    pub(super) path: PathBuf,
    /// Why.
    pub(super) cause: io::Error,
}

impl Failure {
    /// Whether writing there is not allowed to this process, or to any.
    pub(super) fn is_forbidden(&self) -> bool {
        matches!(self.cause.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
    }
}

pub(super) fn failure(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Failure {
    move |cause| Failure { doing, path: path.to_owned(), cause }
}

/// The right to publish to a folder, held by one build at a time.
#[derive(Debug)]
pub(super) struct Lock {
    /// Holds the lock of the operating system, which ends with the process, however that ends.
    _file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes the lock, waiting for another build as long as `patience`.
    #[expect(clippy::disallowed_methods, reason = "waiting needs a clock; the file is our own")]
    pub(super) fn take(path: PathBuf, patience: Duration) -> Result<Self, Obstacle> {
        let start = Instant::now();
        loop {
            let open = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
            let file = open.map_err(failure("cannot create", &path))?;
            match file.try_lock() {
                // The one who held the lock may have removed the file between our opening it and our locking it.
                Ok(()) if is_still_at(&file, &path) => return Ok(Self { _file: file, path }),
                Ok(()) => {}
                Err(std::fs::TryLockError::WouldBlock) if start.elapsed() >= patience => return Err(Obstacle::Busy { lock: path }),
                Err(std::fs::TryLockError::WouldBlock) => sleep(Duration::from_millis(20)),
                Err(std::fs::TryLockError::Error(cause)) => return Err(failure("cannot lock", &path)(cause).into()),
            }
        }
    }
}

impl Drop for Lock {
    #[expect(clippy::disallowed_methods, reason = "the file is our own")]
    fn drop(&mut self) {
        // Removed while it is still held; if it stays, the next build uses it. Elsewhere a file in use cannot be removed safely.
        if cfg!(unix) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "the file is our own")]
fn is_still_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_at(_: &File, _: &Path) -> bool {
    true
}

/// Removes what builds that were killed have left: folders named `stem` and a process number, which bear our mark or are empty. The caller
/// holds the lock, so none of them is in use.
///
/// Where the exchange takes two steps and a build died between them, the old site is put back first.
#[expect(clippy::disallowed_methods, reason = "these folders are our own")]
pub(super) fn clear_stale(stem: &Path, folder: &Path) -> Result<(), Failure> {
    let (Some(parent), Some(stem)) = (stem.parent(), stem.file_name().and_then(|name| name.to_str())) else { return Ok(()) };
    let entries = std::fs::read_dir(parent).map_err(failure("cannot list", parent))?;
    for entry in entries.filter_map(Result::ok) {
        let (name, path) = (entry.file_name(), entry.path());
        let Some(process) = name.to_str().and_then(|name| name.strip_prefix(stem)) else { continue };
        let number = process.strip_suffix(ASIDE).unwrap_or(process);
        let ours =
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !ours {
            continue;
        }
        if number != process && !folder.exists() && path.join(MANIFEST).exists() {
            std::fs::rename(&path, folder).map_err(failure("cannot put back", &path))?;
        } else {
            remove_marked(&path).map_err(failure("cannot remove", &path))?;
        }
    }
    Ok(())
}

/// What is added to the name of the old site while the new one takes its place in two steps.
const ASIDE: &str = "-old";

/// Removes a folder that bears our mark or is empty, the mark last, so that a removal cut short can be taken up again. Another is left.
#[expect(clippy::disallowed_methods, reason = "only our own folders are removed")]
fn remove_marked(folder: &Path) -> io::Result<()> {
    let mark = folder.join(MANIFEST);
    if mark.exists() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            match path.symlink_metadata()? {
                _ if path == mark => {}
                kind if kind.is_dir() => std::fs::remove_dir_all(&path)?,
                _ => std::fs::remove_file(&path)?,
            }
        }
        std::fs::remove_file(&mark)?;
    }
    match std::fs::remove_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        done => done,
    }
}

/// A folder aside, in which the new site grows. Whatever is there when the value goes is removed: an unfinished site, or the old one.
#[derive(Debug)]
pub(super) struct Stage {
    path: PathBuf,
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        let _ = remove_marked(&self.path);
    }
}

impl Stage {
    /// Makes the folder, marked as ours.
    #[expect(clippy::disallowed_methods, reason = "this is where the site is written")]
    pub(super) fn new(path: PathBuf) -> Result<Self, Failure> {
        std::fs::create_dir(&path).map_err(failure("cannot create", &path))?;
        let stage = Self { path };
        let mark = stage.path.join(MANIFEST);
        std::fs::write(&mark, "").map_err(failure("cannot write", &mark))?;
        Ok(stage)
    }

    /// Writes a new file.
    pub(super) fn write(&self, path: &OutPath, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.path.join(path.as_str());
        let write = || OpenOptions::new().write(true).create_new(true).open(&path).and_then(|mut file| file.write_all(bytes));
        in_its_folder(&path, write).map_err(failure("cannot write", &path))
    }

    /// Takes a file over from the old site: the same file under a second name, or a copy where that cannot be.
    pub(super) fn keep(&self, old: &Path, path: &OutPath) -> Result<(), Failure> {
        let (from, to) = (old.join(path.as_str()), self.path.join(path.as_str()));
        let keep = || match std::fs::hard_link(&from, &to) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => std::fs::copy(&from, &to).map(drop),
            done => done,
        };
        in_its_folder(&to, keep).map_err(failure("cannot write", &to))
    }

    /// Ends the new site with its manifest, younger than all its files, and sees to it that everything is on disk.
    pub(super) fn finish(&self, files: &BTreeMap<OutPath, Print>) -> Result<(), Failure> {
        write_manifest(&self.path, files)?;
        sync_file_system(&self.path).map_err(failure("cannot write", &self.path))
    }

    /// Puts the new site, which is whole, in the place of the old one; says how that could be done. Nothing, where folders cannot be moved
    /// here at all.
    pub(super) fn exchange(&self, folder: &Path, standing: &Standing) -> Result<Option<Swap>, Failure> {
        let done = match self.take_place_of(folder, standing) {
            // A mount point, or a folder in a lower layer of a container's file system.
            Err(error) if matches!(error.kind(), io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy) => return Ok(None),
            done => done.map_err(failure("cannot put the new site in place of", folder))?,
        };
        folder.parent().map_or(Ok(()), sync_folder).map_err(failure("cannot write", folder))?;
        Ok(Some(done))
    }

    #[expect(clippy::disallowed_methods, reason = "this is where the site is put in place")]
    fn take_place_of(&self, folder: &Path, standing: &Standing) -> io::Result<Swap> {
        if !standing.folder {
            std::fs::rename(&self.path, folder)?;
            return Ok(Swap::AtOnce);
        }
        std::fs::set_permissions(&self.path, std::fs::metadata(folder)?.permissions())?;
        let swap = match swap_folders(&self.path, folder) {
            Ok(()) => Swap::AtOnce,
            Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => {
                self.swap_in_two_steps(folder)?;
                Swap::InTwoSteps
            }
            Err(error) => return Err(error),
        };
        if standing.manifest.is_none() {
            // An empty folder was replaced; a file browser's litter may be in it, so it is marked before it is removed.
            std::fs::write(self.path.join(MANIFEST), "")?;
        }
        Ok(swap)
    }

    #[expect(clippy::disallowed_methods, reason = "this is where the site is put in place")]
    pub(super) fn swap_in_two_steps(&self, folder: &Path) -> io::Result<()> {
        let aside = with_suffix(&self.path, ASIDE);
        std::fs::rename(folder, &aside)?;
        let swapped = std::fs::rename(&self.path, folder);
        // The old site goes where the new one was, or back where it came from.
        std::fs::rename(&aside, if swapped.is_ok() { &self.path } else { folder })?;
        swapped
    }

    /// Brings the new and changed files over one by one and removes those that are gone, for a folder that cannot be moved.
    ///
    /// A reader may see old and new pages side by side meanwhile. If it is cut short the manifest in the folder vouches for no file that may
    /// be old or new, so the next build writes all of those again.
    #[expect(clippy::disallowed_methods, reason = "this is where the site is put in place")]
    pub(super) fn move_files(&self, folder: &Path, standing: &Standing, files: &BTreeMap<OutPath, Print>) -> Result<(), Failure> {
        sync_file_system(&self.path).map_err(failure("cannot write", &self.path))?;
        let kept = |path: &OutPath, print: Print| standing.print(path) == Some(print);
        let mut meanwhile: BTreeMap<OutPath, Print> = standing.published().map(|(path, _)| (path.clone(), Print::nobodys())).collect();
        meanwhile.extend(files.iter().map(|(path, print)| (path.clone(), if kept(path, *print) { *print } else { Print::nobodys() })));
        write_manifest(folder, &meanwhile)?;

        for (path, _) in standing.published().filter(|(path, _)| !files.contains_key(*path)) {
            remove_with_empty_folders(folder, path).map_err(failure("cannot remove", &folder.join(path.as_str())))?;
        }
        for (path, _) in files.iter().filter(|(path, print)| !kept(path, **print)) {
            let (from, to) = (self.path.join(path.as_str()), folder.join(path.as_str()));
            in_its_folder(&to, || std::fs::rename(&from, &to)).map_err(failure("cannot write", &to))?;
        }
        write_manifest(folder, files)?;
        sync_file_system(folder).map_err(failure("cannot write", folder))
    }
}

/// Does `write` to `path`, making the folders it is in if they are not there. Most files of a site are alone in their folder, so looking
/// first would be one call more.
#[expect(clippy::disallowed_methods, reason = "this is where the site is written")]
fn in_its_folder(path: &Path, write: impl Fn() -> io::Result<()>) -> io::Result<()> {
    match write() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            write()
        }
        done => done,
    }
}

/// Writes the manifest in one step, so that there is never half of one.
#[expect(clippy::disallowed_methods, reason = "this is where the site is written")]
fn write_manifest(folder: &Path, files: &BTreeMap<OutPath, Print>) -> Result<(), Failure> {
    let path = folder.join(MANIFEST);
    let aside = folder.join(format!("{MANIFEST}-new"));
    let text = Manifest::text_of(files);
    let write = || {
        let mut file = File::create(&aside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&aside, &path)
    };
    write().map_err(failure("cannot write", &path))
}

#[expect(clippy::disallowed_methods, reason = "the file is one we published")]
fn remove_with_empty_folders(folder: &Path, path: &OutPath) -> io::Result<()> {
    match std::fs::remove_file(folder.join(path.as_str())) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let folders: Vec<&str> = path.folders().collect();
    for inner in folders.into_iter().rev() {
        if std::fs::remove_dir(folder.join(inner)).is_err() {
            break;
        }
    }
    Ok(())
}

/// Exchanges two folders in one step, so that there is no moment without a site.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap_folders(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap_folders(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Waits until what was written is on disk. One call for all files: a call for each costs ten times as much, and there is no site to protect
/// from a power cut half-way. Elsewhere than on Linux the order of writes is left to the system.
#[cfg(target_os = "linux")]
#[expect(clippy::disallowed_methods, reason = "this is where the site is written")]
fn sync_file_system(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

#[cfg(not(target_os = "linux"))]
fn sync_file_system(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "this is where the site is written")]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether `folder` is where another file system is mounted, so that it cannot be moved.
#[cfg(target_os = "linux")]
pub(super) fn is_mount_point(folder: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, folder, AtFlags::empty(), StatxFlags::empty()).is_ok_and(|stat| stat.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn is_mount_point(_: &Path) -> bool {
    false
}
