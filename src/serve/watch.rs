//! Notices what changes in the folders a site is made from.
//!
//! Folders are watched, not files, for most editors save by putting a new file in the place of the old one. Looking at a file is no change,
//! or our own reading would never end. What comes in one breath, as the files of a checkout do, is told as one.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, MetadataKind, ModifyKind, RemoveKind};
use notify::{Config, Event, NullWatcher, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::Changes;
use crate::source::Selection;
use crate::source::walk::relative;

/// What is watched.
#[derive(Debug, Clone)]
pub struct Watched {
    /// The project folder.
    pub root: PathBuf,
    /// What in it is read. Nothing is told of the rest.
    pub selection: Selection,
    /// Further files, such as the settings. They need not be there yet; the folders they are in must be.
    pub files: Vec<PathBuf>,
}

/// How long it must be quiet after the change of one file.
const QUIET: Duration = Duration::from_millis(8);
/// The same after a file was closed that had been written to: most often that was all.
const QUIET_AFTER_WRITING: Duration = Duration::from_millis(2);
/// What is told when such a file is closed.
const WRITTEN: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
/// How long it must be quiet while folders or many files change.
const QUIET_AFTER_MANY: Duration = Duration::from_millis(25);
/// From how many paths on a breath is one of many files.
const MANY: usize = 4;
/// How long a breath lasts at most.
const BREATH: Duration = Duration::from_millis(100);
/// The same two when many changes follow at once upon many, as in the checkout of a whole repository: a site made in the midst of it is soon
/// made again.
const QUIET_IN_STORM: Duration = Duration::from_millis(100);
const BREATH_IN_STORM: Duration = Duration::from_secs(1);
/// How often we look where the system cannot tell.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Nothing will be noticed any more.
#[derive(Debug)]
pub(super) struct Blind(pub(super) io::Error);

/// Somebody who watches.
pub(super) struct Lookout {
    /// By real paths, for these are told by all systems.
    watched: Watched,
    eyes: Box<dyn notify::Watcher + Send>,
    /// Ends when nobody is left to tell of changes.
    events: Receiver<notify::Result<Event>>,
    /// Whether the last breath was one of many changes.
    after_many: bool,
    /// Why we must look again and again, where the system cannot tell us.
    polling: Option<String>,
}

impl Lookout {
    /// Begins to watch.
    pub(super) fn new(watched: &Watched) -> Result<Self, Blind> {
        let files = watched.files.iter().map(|file| real_path(file)).collect();
        let watched = Watched { root: real_path(&watched.root), selection: watched.selection.clone(), files };
        let (sender, events) = channel();
        let mut lookout = Self { watched, eyes: Box::new(NullWatcher), events, after_many: false, polling: None };
        let looking = RecommendedWatcher::new(sender, config()).and_then(|eyes| {
            lookout.eyes = Box::new(eyes);
            lookout.watch_all()
        });
        looking.or_else(|error| lookout.poll_instead(&error))?;
        Ok(lookout)
    }

    /// Why folders are looked at every second, if they are; told once.
    pub(super) fn take_polling(&mut self) -> Option<String> {
        self.polling.take()
    }

    /// Waits for a change, and until it is complete.
    #[expect(clippy::disallowed_methods, reason = "a breath is a span of time")]
    pub(super) fn next(&mut self) -> Result<Changes, Blind> {
        let mut breath = Breath::default();
        breath.in_storm = self.after_many && self.more_within(QUIET_IN_STORM, &mut breath)?;
        while breath.is_empty() {
            let event = self.events.recv().map_err(|_| ended())?;
            self.take_in(event, &mut breath)?;
        }
        let end = Instant::now() + breath.longest();
        while self.more_within(breath.quiet().min(end.saturating_duration_since(Instant::now())), &mut breath)? {}
        self.after_many = breath.is_of_many();
        Ok(breath.changes())
    }

    /// Waits no longer than `patience` for something to be told; says whether it was.
    #[expect(clippy::disallowed_methods, reason = "a breath is a span of time")]
    fn more_within(&mut self, patience: Duration, breath: &mut Breath) -> Result<bool, Blind> {
        let end = Instant::now() + patience;
        loop {
            let wait = end.saturating_duration_since(Instant::now());
            if wait.is_zero() {
                return Ok(false);
            }
            match self.events.recv_timeout(wait) {
                Ok(event) => {
                    if self.take_in(event, breath)? {
                        return Ok(true);
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Ok(false),
                Err(RecvTimeoutError::Disconnected) => return Err(ended()),
            }
        }
    }

    /// Adds what `event` tells to `breath`; says whether it told anything.
    fn take_in(&mut self, event: notify::Result<Event>, breath: &mut Breath) -> Result<bool, Blind> {
        let event = match event {
            Ok(event) if event.need_rescan() => {
                // Some news was lost, perhaps of new folders.
                self.watch_all().or_else(|error| self.poll_instead(&error))?;
                breath.everything = true;
                return Ok(true);
            }
            Ok(event) if is_change(event.kind) => event,
            Ok(_) => return Ok(false),
            Err(error) => {
                // A new folder that cannot be watched, or a piece of news that was lost.
                if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) {
                    self.poll_instead(&error)?;
                }
                breath.everything = true;
                return Ok(true);
            }
        };
        let is_written = event.kind == WRITTEN;
        let is_folder = matches!(event.kind, EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder));
        let mut told = false;
        for path in event.paths {
            if self.watched.tells_of(&path) {
                let is_folder = is_folder || (may_bring_folder(event.kind) && path.is_dir());
                if is_folder {
                    self.watch_new(&path).or_else(|error| self.poll_instead(&error))?;
                }
                breath.folders |= is_folder;
                breath.more_than_written |= !is_written;
                breath.paths.insert(path);
                told = true;
            }
        }
        Ok(told)
    }

    /// Watches the folders that files and watched folders are in, for these to come and go, and then each folder in a watched one with all
    /// below it; so that a large folder which is nobody's input costs nothing.
    fn watch_all(&mut self) -> notify::Result<()> {
        let folders = self.watched.folders();
        let above = folders.iter().flat_map(|folder| folder.ancestors().skip(1).take_while(|above| above.starts_with(&self.watched.root)));
        let nearest = self.watched.files.iter().chain(&folders).filter_map(|path| path.parent());
        let parents: BTreeSet<&Path> = nearest.chain(above).collect();
        let parents: Vec<PathBuf> = parents.into_iter().filter(|parent| !parent.as_os_str().is_empty()).map(Path::to_owned).collect();
        for parent in parents {
            self.watch(&parent, RecursiveMode::NonRecursive)?;
        }
        for folder in folders {
            self.watch_folder(&folder)?;
        }
        Ok(())
    }

    fn watch_folder(&mut self, folder: &Path) -> notify::Result<()> {
        self.watch(folder, RecursiveMode::NonRecursive)?;
        for inner in folders_in(folder) {
            if self.watched.tells_of(&inner) {
                self.watch(&inner, RecursiveMode::Recursive)?;
            }
        }
        Ok(())
    }

    /// Watches a folder that has come to be, if nothing does yet.
    fn watch_new(&mut self, path: &Path) -> notify::Result<()> {
        let folders = self.watched.folders();
        if folders.iter().any(|folder| folder == path) {
            return self.watch_folder(path);
        }
        if folders.iter().any(|folder| folder.starts_with(path)) {
            return self.watch_all();
        }
        if folders.iter().any(|folder| path.parent() == Some(folder)) { self.watch(path, RecursiveMode::Recursive) } else { Ok(()) }
    }

    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        match self.eyes.watch(path, mode) {
            Err(error) if is_absence(&error) => Ok(()),
            done => done,
        }
    }

    fn poll_instead(&mut self, cause: &notify::Error) -> Result<(), Blind> {
        let (sender, events) = channel();
        self.eyes = Box::new(PollWatcher::new(sender, config()).map_err(blind)?);
        self.events = events;
        self.polling = Some(cause.to_string());
        self.watch_all().map_err(blind)
    }
}

impl Watched {
    fn folders(&self) -> Vec<PathBuf> {
        self.selection.folders().map(|folder| self.root.join(folder)).collect()
    }

    /// Whether a change at `path` is one of an input, or of a folder on the way to some.
    fn tells_of(&self, path: &Path) -> bool {
        if self.folders().iter().any(|folder| folder.starts_with(path)) {
            return true;
        }
        relative(&self.root, path).is_some_and(|(path, _)| self.selection.enters(&path)) || self.files.iter().any(|file| file == path)
    }
}

/// What changed in one breath.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
struct Breath {
    paths: BTreeSet<PathBuf>,
    folders: bool,
    /// Whether anything else happened than that files were closed which had been written to.
    more_than_written: bool,
    everything: bool,
    in_storm: bool,
}

impl Breath {
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.everything
    }

    fn is_of_many(&self) -> bool {
        self.everything || self.folders || self.paths.len() >= MANY
    }

    fn quiet(&self) -> Duration {
        match self {
            Self { in_storm: true, .. } => QUIET_IN_STORM,
            _ if self.is_of_many() => QUIET_AFTER_MANY,
            _ if !self.more_than_written => QUIET_AFTER_WRITING,
            _ => QUIET,
        }
    }

    fn longest(&self) -> Duration {
        if self.in_storm { BREATH_IN_STORM } else { BREATH }
    }

    fn changes(self) -> Changes {
        if self.everything { Changes::Everything } else { Changes::Paths(self.paths.into_iter().collect()) }
    }
}

/// Whether an event is a change that is complete. Where the system tells when a file that was written is closed, the writing before that is
/// not.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(_) => kind == WRITTEN,
        EventKind::Modify(ModifyKind::Metadata(kind)) => kind == MetadataKind::WriteTime,
        EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any) => !cfg!(target_os = "linux"),
        EventKind::Any | EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(_) | EventKind::Other => true,
    }
}

fn may_bring_folder(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Data(_)))
}

fn is_absence(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

fn ended() -> Blind {
    Blind(io::Error::other("the watching thread has ended"))
}

fn blind(error: notify::Error) -> Blind {
    Blind(io::Error::other(error))
}

/// Links are not followed: what they lead to is not read either, and one may lead back to where it stands.
fn config() -> Config {
    Config::default().with_follow_symlinks(false).with_poll_interval(LOOK_EVERY)
}

#[expect(clippy::disallowed_methods, reason = "folders are watched by their real names")]
fn real_path(path: &Path) -> PathBuf {
    let real = std::fs::canonicalize(path).ok();
    let by_parent = || Some(std::fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?));
    real.or_else(by_parent).unwrap_or_else(|| path.to_owned())
}

#[expect(clippy::disallowed_methods, reason = "folders are watched one by one")]
fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "the tests change files")]

    use std::fs;

    use super::*;

    /// A watched folder, and what is told of it, as paths within.
    struct Watching {
        root: PathBuf,
        told: Receiver<Vec<String>>,
        _folder: tempfile::TempDir,
    }

    fn watch(prepare: impl Fn(&Path)) -> Watching {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("content/old")).unwrap();
        prepare(&root);
        let selection = Selection::default().output("content/public").unwrap();
        let watched = Watched { root: root.clone(), selection, files: vec![root.join("site.toml")] };
        let mut lookout = Lookout::new(&watched).unwrap();
        let (sender, told) = channel();
        let within = root.clone();
        std::thread::spawn(move || {
            while let Ok(changes) = lookout.next() {
                let Changes::Paths(paths) = changes else { panic!("{changes:?}") };
                let paths = paths.iter().map(|path| path.strip_prefix(&within).unwrap().display().to_string()).collect();
                if sender.send(paths).is_err() {
                    return;
                }
            }
        });
        Watching { root, told, _folder: folder }
    }

    impl Watching {
        /// Waits until something is told that covers `path`: the path itself, or a folder it is in.
        fn sees(&self, path: &str) {
            loop {
                let told = self.told.recv_timeout(Duration::from_mins(1)).unwrap_or_else(|_| panic!("{path} was not told of"));
                if told.iter().any(|told| Path::new(path).starts_with(told)) {
                    return;
                }
            }
        }

        fn path(&self, path: &str) -> PathBuf {
            self.root.join(path)
        }

        fn write(&self, path: &str) {
            fs::write(self.path(path), path).unwrap();
        }
    }

    #[test]
    fn a_folder_on_the_way_to_an_input_is_seen_when_it_comes() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("content")).unwrap();
        let selection = Selection::default().theme("themes/ours").unwrap();
        let mut lookout = Lookout::new(&Watched { root: root.clone(), selection, files: Vec::new() }).unwrap();
        fs::create_dir_all(root.join("themes/ours")).unwrap();
        let Ok(Changes::Paths(paths)) = lookout.next() else { panic!("nothing was told") };
        assert!(paths.contains(&root.join("themes")), "{paths:?}");
        fs::write(root.join("themes/ours/a.css"), "a {}").unwrap();
        let Ok(Changes::Paths(paths)) = lookout.next() else { panic!("nothing was told") };
        assert!(paths.iter().any(|path| path.starts_with(root.join("themes/ours"))), "{paths:?}");
    }

    #[test]
    fn every_way_of_saving_is_seen() {
        let watching = watch(|root| fs::write(root.join("content/old/a.md"), "a").unwrap());
        // In place.
        watching.write("content/old/a.md");
        watching.sees("content/old/a.md");
        // As vim does: try the folder, rename the old file away, write a new one, remove the old.
        watching.write("content/old/4913");
        fs::remove_file(watching.path("content/old/4913")).unwrap();
        fs::rename(watching.path("content/old/a.md"), watching.path("content/old/a.md~")).unwrap();
        watching.write("content/old/a.md");
        fs::remove_file(watching.path("content/old/a.md~")).unwrap();
        watching.sees("content/old/a.md");
        // A file aside, renamed over the old one.
        watching.write("content/old/.a.md.tmp");
        fs::rename(watching.path("content/old/.a.md.tmp"), watching.path("content/old/a.md")).unwrap();
        watching.sees("content/old/a.md");
        // Folders and a file in one go, of which the system tells the first folder only.
        fs::create_dir_all(watching.path("content/new/deep")).unwrap();
        watching.write("content/new/deep/b.md");
        watching.sees("content/new/deep/b.md");
        // And again, now that these folders are there.
        watching.write("content/new/deep/b.md");
        watching.sees("content/new/deep/b.md");
        fs::rename(watching.path("content/new"), watching.path("content/newer")).unwrap();
        watching.sees("content/newer");
        watching.write("content/newer/deep/b.md");
        watching.sees("content/newer/deep/b.md");
        fs::remove_dir_all(watching.path("content/newer")).unwrap();
        watching.sees("content/newer");
        // A file that was not there at first, beside the folder.
        watching.write("site.toml");
        watching.sees("site.toml");
        // The whole folder, taken away and put back.
        fs::rename(watching.path("content"), watching.path("away")).unwrap();
        fs::rename(watching.path("away"), watching.path("content")).unwrap();
        watching.sees("content");
        watching.write("content/old/a.md");
        watching.sees("content/old/a.md");
    }

    #[test]
    fn what_is_no_input_is_not_told_of() {
        let watching = watch(|root| {
            for folder in ["content/.git", "target", "content/node_modules", "content/public", "elsewhere"] {
                fs::create_dir_all(root.join(folder)).unwrap();
            }
            fs::write(root.join("content/read.md"), "").unwrap();
        });
        for path in ["content/.git/index", "target/a", "content/node_modules/a", "content/public/index.html", "elsewhere/a", "b.toml"] {
            watching.write(path);
        }
        for path in ["content/public.lock", "content/.a.md.swp", "content/a.md~", "content/#a.md#", "content/old/.DS_Store"] {
            watching.write(path);
        }
        fs::create_dir(watching.path("content/public.tmp-1")).unwrap();
        watching.write("content/public.tmp-1/a.md");
        assert_eq!(fs::read_to_string(watching.path("content/read.md")).unwrap(), "");
        watching.write("content/last.md");
        let told = watching.told.recv_timeout(Duration::from_mins(1)).unwrap();
        assert_eq!(told, ["content/last.md"]);
    }

    #[test]
    fn of_many_files_none_is_forgotten() {
        let watching = watch(|_| {});
        let mut missing: BTreeSet<String> = (0..500).map(|n| format!("content/old/{n}.md")).collect();
        for path in &missing {
            watching.write(path);
        }
        while !missing.is_empty() {
            for told in watching.told.recv_timeout(Duration::from_mins(1)).unwrap() {
                missing.remove(&told);
            }
        }
    }

    #[test]
    fn reading_is_no_change_and_writing_is_one_when_it_is_done() {
        use notify::event::{DataChange, RenameMode};
        assert!(!is_change(EventKind::Access(AccessKind::Open(AccessMode::Any))));
        assert!(!is_change(EventKind::Access(AccessKind::Close(AccessMode::Read))));
        assert!(!is_change(EventKind::Modify(ModifyKind::Metadata(MetadataKind::Permissions))));
        assert!(is_change(EventKind::Access(AccessKind::Close(AccessMode::Write))));
        assert!(is_change(EventKind::Modify(ModifyKind::Name(RenameMode::Both))));
        assert!(is_change(EventKind::Modify(ModifyKind::Metadata(MetadataKind::WriteTime))));
        assert_eq!(is_change(EventKind::Modify(ModifyKind::Data(DataChange::Any))), !cfg!(target_os = "linux"));
    }

    fn lookout(root: &Path) -> Lookout {
        let selection = Selection::default().content(".").unwrap();
        Lookout::new(&Watched { root: root.to_owned(), selection, files: Vec::new() }).unwrap()
    }

    #[test]
    fn lost_news_means_that_anything_may_have_changed() {
        let folder = tempfile::tempdir().unwrap();
        let mut lookout = lookout(folder.path());
        let mut breath = Breath::default();
        let lost = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        assert!(lookout.take_in(Ok(lost), &mut breath).unwrap());
        assert_eq!(breath.changes(), Changes::Everything);
    }

    #[test]
    fn without_room_for_more_watches_we_look_for_ourselves() {
        let folder = tempfile::tempdir().unwrap();
        let mut lookout = lookout(folder.path());
        let mut breath = Breath::default();
        assert!(lookout.take_in(Err(notify::Error::new(notify::ErrorKind::MaxFilesWatch)), &mut breath).unwrap());
        assert_eq!(breath.changes(), Changes::Everything);
        assert_eq!(lookout.take_polling().as_deref(), Some("OS file watch limit reached."));
        fs::write(folder.path().join("a.md"), "a").unwrap();
        let told = lookout.next().unwrap();
        assert!(matches!(&told, Changes::Paths(paths) if paths.iter().any(|path| path.ends_with("a.md"))), "{told:?}");
    }

    #[test]
    fn a_watcher_that_ends_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let mut lookout = lookout(folder.path());
        lookout.eyes = Box::new(NullWatcher);
        assert!(lookout.next().is_err());
    }
}
