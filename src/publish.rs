//! Writes a site to disk, all or nothing, and only what changed.
//!
//! Every route is rendered and compared with the manifest of the last build. If nothing differs nothing is touched. Otherwise the new site is
//! made in a folder aside, with unchanged files taken over as second names of the old ones, brought safely to disk, and exchanged with the
//! old folder in one step; a reader sees the old site or the new one, and so does whoever comes after a power cut. A failure on the way
//! leaves the old site as it is and nothing beside it.
//!
//! At the top of the new site stands `SHA256SUMS`, the SHA-256 of all its other files, which `sha256sum -c` and `afterword verify` read.
//!
//! A folder that holds anything we did not publish is never touched.

mod manifest;
mod plan;
mod stage;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rayon::prelude::*;

pub use manifest::{Manifest, Print};

use crate::checksum::Sha256;
use crate::site::{OURS, OutPath};
use plan::{Obstacle, Standing, survey};
use stage::{Failure, Lock, Stage, clear_stale, failure, is_mount_point};

/// The list of published files, in the output folder.
pub(crate) const MANIFEST: &str = ".afterword-manifest";

/// How long a build waits for another one that publishes to the same folder.
const PATIENCE: Duration = Duration::from_secs(10);

/// What publishing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that are what they were.
    pub unchanged: usize,
    /// Files of the last build that are gone.
    pub removed: usize,
    /// The size of the whole site in bytes.
    pub bytes: u64,
    /// The SHA-256 of `SHA256SUMS`, and so of the whole site.
    pub sums: Sha256,
    /// How the new site came into its place.
    pub swap: Swap,
}

/// How the new site came into its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swap {
    /// Nothing had changed, and nothing was touched.
    Untouched,
    /// In one step: there was no moment without a whole site.
    AtOnce,
    /// In two steps, for this system or file system has no exchange: for an instant there was no site.
    InTwoSteps,
    /// File by file, for the folder cannot be moved: for a while there were old and new pages side by side.
    FileByFile,
}

/// Nothing was published, but for a failure while a folder was written file by file.
#[derive(Debug)]
pub enum PublishError<E> {
    /// A route could not be rendered: the first such in the order of routes.
    Render(E),
    /// The folder is not one to publish to.
    Refused {
        /// The folder as it was asked for.
        folder: PathBuf,
        /// Why not.
        refusal: Refusal,
    },
    /// Two routes would be one file, or one would be a folder of the other: on this system or on one that takes no notice of case.
    Clash(OutPath, OutPath),
    /// Another build was still publishing to the folder after ten seconds.
    Busy {
        /// The lock it holds.
        lock: PathBuf,
    },
    /// Something could not be read or written.
    Io {
        /// What was tried, as in "cannot write".
        doing: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// Why it failed.
        cause: io::Error,
    },
}

/// Why a folder is not one to publish to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is, or holds, something that is not ours to replace: the sources, a home folder.
    Holds {
        /// That thing.
        path: PathBuf,
    },
    /// It has no name of its own, as the root of a file system.
    NoName,
    /// There is something else than a folder.
    NoFolder,
    /// It is not empty and was not made by us.
    NotOurs {
        /// Something in it.
        path: PathBuf,
    },
    /// Somebody has put something into it that we did not publish.
    Strange {
        /// That thing.
        path: PathBuf,
    },
    /// Its manifest cannot be read.
    DamagedManifest,
}

/// Makes `folder` the site of `routes`. `sources` are the folders the site is made from, none of which may lie in `folder` or be it.
///
/// Routes are rendered in parallel and written as they come: only the pages being rendered are in memory.
///
/// # Errors
/// See [`PublishError`]. The old site is then still there, byte for byte, and nothing is left beside it.
pub fn publish<R, B, E>(
    folder: &Path,
    sources: &[&Path],
    routes: &[(OutPath, R)],
    render: impl Fn(&R) -> Result<B, E> + Sync,
) -> Result<Published, PublishError<E>>
where
    R: Sync,
    B: AsRef<[u8]>,
    E: Send,
{
    publish_patiently(folder, sources, routes, render, PATIENCE)
}

/// The site in `folder`, where it is the one with these sums and every file of it is as it was published. What builds that were killed have left beside it
/// is cleared away, and nothing else is done.
///
/// # Errors
/// As for [`publish()`], but that nothing is rendered.
pub fn standing<E>(folder: &Path, sources: &[&Path], sums: Sha256) -> Result<Option<Published>, PublishError<E>> {
    let place = real_place(folder, sources).map_err(|obstacle| obstacle.at(folder))?;
    let workshop = Workshop::enter(place, PATIENCE).map_err(|obstacle| obstacle.at(folder))?;
    clear_stale(&workshop.stem, &workshop.place)?;
    let standing = survey(&workshop.place).map_err(|obstacle| obstacle.at(&workshop.place))?;
    let files = standing.manifest.as_ref().map(|manifest| &manifest.files);
    let is_it =
        |files: &&BTreeMap<OutPath, Print>| files.get(&OutPath::sums()).is_some_and(|print| print.hash == sums) && standing.is(files);
    Ok(files.filter(is_it).map(|files| sum_up(files, &standing, Swap::Untouched)))
}

/// What was published last to `folder`; nothing where no site was.
///
/// # Errors
/// The manifest is there and cannot be read, or is damaged.
pub fn published(folder: &Path) -> io::Result<Option<Manifest>> {
    let text = plan::read_manifest(&folder.join(MANIFEST))?;
    text.map(|(text, _)| Manifest::parse(&text).ok_or(io::ErrorKind::InvalidData.into())).transpose()
}

fn publish_patiently<R, B, E>(
    folder: &Path,
    sources: &[&Path],
    routes: &[(OutPath, R)],
    render: impl Fn(&R) -> Result<B, E> + Sync,
    patience: Duration,
) -> Result<Published, PublishError<E>>
where
    R: Sync,
    B: AsRef<[u8]>,
    E: Send,
{
    check_clashes(routes)?;
    let place = real_place(folder, sources).map_err(|obstacle| obstacle.at(folder))?;
    let workshop = Workshop::enter(place, patience).map_err(|obstacle| obstacle.at(folder))?;
    publish_from(&workshop, routes, render)
}

fn publish_from<R, B, E>(
    workshop: &Workshop,
    routes: &[(OutPath, R)],
    render: impl Fn(&R) -> Result<B, E> + Sync,
) -> Result<Published, PublishError<E>>
where
    R: Sync,
    B: AsRef<[u8]>,
    E: Send,
{
    clear_stale(&workshop.stem, &workshop.place)?;
    let standing = survey(&workshop.place).map_err(|obstacle| obstacle.at(&workshop.place))?;
    let stage = Stage::new(with_suffix(&workshop.stem, &std::process::id().to_string()))?;
    let mut files = render_all(routes, render, &standing, &stage)?;
    let sums = Manifest::sums_of(&files);
    files.insert(OutPath::sums(), publish_one(&OutPath::sums(), sums.as_bytes(), &standing, &stage)?);
    let swap = if standing.is(&files) { Swap::Untouched } else { put_in_place(workshop, &standing, &stage, &files)? };
    Ok(sum_up(&files, &standing, swap))
}

/// Where a build works: beside the output folder, or within it where it cannot be moved. No other build is there meanwhile.
struct Workshop {
    /// The output folder.
    place: PathBuf,
    /// How the paths of stages begin; the number of the process follows.
    stem: PathBuf,
    /// Whether the output folder can be exchanged with one beside it.
    movable: bool,
    _lock: Lock,
}

impl Workshop {
    fn enter(place: PathBuf, patience: Duration) -> Result<Self, Obstacle> {
        if is_mount_point(&place) {
            return Self::within(place, patience);
        }
        match Self::beside(place.clone(), patience) {
            // Where only the folder itself may be written to, as in many containers.
            Err(Obstacle::Failure(failure)) if failure.is_forbidden() && place.is_dir() => Self::within(place, patience),
            entered => entered,
        }
    }

    fn beside(place: PathBuf, patience: Duration) -> Result<Self, Obstacle> {
        let lock = Lock::take(with_suffix(&place, ".lock"), patience)?;
        Ok(Self { stem: with_suffix(&place, ".tmp-"), place, movable: true, _lock: lock })
    }

    fn within(place: PathBuf, patience: Duration) -> Result<Self, Obstacle> {
        // Before anything is made in it, the folder must be known to be ours.
        survey(&place)?;
        let lock = Lock::take(place.join(format!("{OURS}-lock")), patience)?;
        Ok(Self { stem: place.join(format!("{OURS}-tmp-")), place, movable: false, _lock: lock })
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut whole = path.as_os_str().to_owned();
    whole.push(suffix);
    whole.into()
}

/// The folder by its real name, if a site may stand there at all. Makes the folders it is in.
#[expect(clippy::disallowed_methods, reason = "this is where the site is written")]
fn real_place(folder: &Path, sources: &[&Path]) -> Result<PathBuf, Obstacle> {
    let unreadable = |cause| Obstacle::Failure(failure("cannot find", folder)(cause));
    let place = match std::fs::canonicalize(folder) {
        Ok(place) => place,
        Err(error) if error.kind() == io::ErrorKind::NotFound && folder.symlink_metadata().is_err() => {
            let name = folder.file_name().ok_or(Obstacle::Refused(Refusal::NoName))?;
            let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            std::fs::create_dir_all(parent).map_err(failure("cannot create", parent))?;
            std::fs::canonicalize(parent).map_err(unreadable)?.join(name)
        }
        Err(cause) => return Err(unreadable(cause)),
    };
    if place.file_name().is_none() {
        return Err(Obstacle::Refused(Refusal::NoName));
    }
    let home = std::env::home_dir();
    let precious = sources.iter().copied().chain(home.as_deref()).filter_map(|path| std::fs::canonicalize(path).ok());
    match precious.into_iter().find(|path| path.starts_with(&place)) {
        Some(path) => Err(Obstacle::Refused(Refusal::Holds { path })),
        None => Ok(place),
    }
}

/// Two paths that differ in case are one file on some systems, and a file cannot be a folder too.
fn check_clashes<R, E>(routes: &[(OutPath, R)]) -> Result<(), PublishError<E>> {
    let mut taken = BTreeMap::new();
    for (path, _) in routes {
        if let Some(other) = taken.insert(path.as_str().to_lowercase(), path) {
            return Err(PublishError::Clash(other.clone(), path.clone()));
        }
    }
    for (path, _) in routes {
        if let Some(file) = path.folders().find_map(|folder| taken.get(&folder.to_lowercase())) {
            return Err(PublishError::Clash((*file).clone(), path.clone()));
        }
    }
    Ok(())
}

/// Renders every route, in parallel, and writes to the stage what differs.
fn render_all<R, B, E>(
    routes: &[(OutPath, R)],
    render: impl Fn(&R) -> Result<B, E> + Sync,
    standing: &Standing,
    stage: &Stage,
) -> Result<BTreeMap<OutPath, Print>, PublishError<E>>
where
    R: Sync,
    B: AsRef<[u8]>,
    E: Send,
{
    let render_one = |path: &OutPath, route: &R| {
        let bytes = render(route).map_err(PublishError::Render)?;
        Ok(publish_one(path, bytes.as_ref(), standing, stage)?)
    };
    let files = Mutex::new(BTreeMap::new());
    // The first failure in the order of routes, so that the same site fails in the same way each time.
    let failure = routes.par_iter().find_map_first(|(path, route)| match render_one(path, route) {
        Ok(print) => {
            files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), print);
            None
        }
        Err(error) => Some(error),
    });
    failure.map_or_else(|| Ok(files.into_inner().unwrap_or_else(PoisonError::into_inner)), Err)
}

/// Writes a file to the stage, if it differs from the site that is there.
fn publish_one(path: &OutPath, bytes: &[u8], standing: &Standing, stage: &Stage) -> Result<Print, Failure> {
    let print = Print::of(bytes);
    if standing.print(path) != Some(print) {
        stage.write(path, bytes)?;
    }
    Ok(print)
}

fn put_in_place(workshop: &Workshop, standing: &Standing, stage: &Stage, files: &BTreeMap<OutPath, Print>) -> Result<Swap, Failure> {
    let place = workshop.place.as_path();
    if workshop.movable {
        let kept = files.par_iter().filter(|(path, print)| standing.print(path) == Some(**print));
        kept.try_for_each(|(path, _)| stage.keep(place, path))?;
        stage.finish(files)?;
        if let Some(swap) = stage.exchange(place, standing)? {
            return Ok(swap);
        }
    }
    stage.move_files(place, standing, files)?;
    Ok(Swap::FileByFile)
}

fn sum_up(files: &BTreeMap<OutPath, Print>, standing: &Standing, swap: Swap) -> Published {
    let unchanged = files.iter().filter(|(path, print)| standing.print(path) == Some(**print)).count();
    let removed = standing.published().filter(|(path, _)| !files.contains_key(*path)).count();
    let sums = files.get(&OutPath::sums()).map(|print| print.hash).unwrap_or_default();
    Published { written: files.len() - unchanged, unchanged, removed, bytes: files.values().map(|print| print.len).sum(), sums, swap }
}

impl Obstacle {
    fn at<E>(self, folder: &Path) -> PublishError<E> {
        match self {
            Self::Refused(refusal) => PublishError::Refused { folder: folder.to_owned(), refusal },
            Self::Busy { lock } => PublishError::Busy { lock },
            Self::Failure(failure) => failure.into(),
        }
    }
}

impl From<Failure> for Obstacle {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl<E> From<Failure> for PublishError<E> {
    fn from(Failure { doing, path, cause }: Failure) -> Self {
        Self::Io { doing, path, cause }
    }
}

impl<E: fmt::Display> fmt::Display for PublishError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Render(error) => error.fmt(f),
            Self::Refused { folder, refusal } => write!(f, "not published to {}: {refusal}", folder.display()),
            Self::Clash(one, other) => write!(f, "`{one}` and `{other}` cannot both be written: on some systems they have one name"),
            Self::Busy { lock } => {
                write!(f, "another build is publishing to the same folder: it has held {} for ten seconds", lock.display())
            }
            Self::Io { doing, path, cause } => write!(f, "{doing} {}: {cause}", path.display()),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Holds { path } => write!(f, "it would take the place of {}", path.display()),
            Self::NoName => f.write_str("it is no folder with a name of its own"),
            Self::NoFolder => f.write_str("it is not a folder"),
            Self::NotOurs { path } => write!(f, "it is not empty and was not made by Afterword ({} is there)", path.display()),
            Self::Strange { path } => {
                write!(f, "{} was not published by Afterword; move it away, or let it be part of the content", path.display())
            }
            Self::DamagedManifest => write!(f, "its {MANIFEST} is damaged; remove the folder if it holds nothing else"),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for PublishError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Render(error) => Some(error),
            Self::Io { cause, .. } => Some(cause),
            Self::Refused { .. } | Self::Clash(..) | Self::Busy { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests;
