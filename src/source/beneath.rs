//! Opening a file below a folder without ever passing through a link or out of the folder.
//!
//! Comparing path strings is not enough: between the look and the opening a part of the path may be replaced by a link. Linux resolves a
//! path under such a promise itself (`openat2`); elsewhere each part is looked at before the file is opened.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// A folder that files are opened in.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    #[cfg(target_os = "linux")]
    handle: File,
}

/// What was found at a path.
#[derive(Debug)]
pub(crate) enum Opened {
    /// An ordinary file, opened, and its length.
    File(File, u64),
    /// A link, at the path or on the way to it.
    Link,
    /// Neither a file nor a link: a folder, pipe, socket or device.
    Other,
}

impl Folder {
    /// The folder at `path`; here, and only here, links are followed.
    #[expect(clippy::disallowed_methods, reason = "this is where inputs are read")]
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        #[cfg(not(target_os = "linux"))]
        std::fs::metadata(path)?;
        Ok(Self {
            path: path.to_owned(),
            #[cfg(target_os = "linux")]
            handle: File::open(path)?,
        })
    }

    /// Where the folder is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the file at `path`, relative to the folder, for reading. Nothing waits here, not even for the writer of a pipe.
    pub(crate) fn file(&self, path: &str) -> io::Result<Opened> {
        let file = match self.resolve(path)? {
            Opened::File(file, _) => file,
            other => return Ok(other),
        };
        let metadata = file.metadata()?;
        Ok(if metadata.is_file() { Opened::File(file, metadata.len()) } else { Opened::Other })
    }

    #[cfg(target_os = "linux")]
    fn resolve(&self, path: &str) -> io::Result<Opened> {
        use rustix::fs::{Mode, OFlags, ResolveFlags, openat2};
        use rustix::io::Errno;

        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
        let within = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
        match openat2(&self.handle, path, flags, Mode::empty(), within) {
            Ok(file) => Ok(Opened::File(File::from(file), 0)),
            Err(Errno::LOOP) => Ok(Opened::Link),
            Err(Errno::NXIO) => Ok(Opened::Other),
            // An old kernel, or a sandbox that does not know the call.
            Err(Errno::NOSYS | Errno::PERM) => self.resolve_by_looking(path),
            Err(error) => Err(error.into()),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn resolve(&self, path: &str) -> io::Result<Opened> {
        self.resolve_by_looking(path)
    }

    #[expect(clippy::disallowed_methods, reason = "this is where inputs are read")]
    fn resolve_by_looking(&self, path: &str) -> io::Result<Opened> {
        let mut whole = self.path.clone();
        for part in Path::new(path).components() {
            let std::path::Component::Normal(name) = part else { return Err(io::ErrorKind::InvalidInput.into()) };
            whole.push(name);
            if whole.symlink_metadata()?.is_symlink() {
                return Ok(Opened::Link);
            }
        }
        if whole.metadata()?.is_file() { Ok(Opened::File(File::open(&whole)?, 0)) } else { Ok(Opened::Other) }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::os::unix::fs::symlink;

    fn content(opened: io::Result<Opened>) -> String {
        match opened {
            Ok(Opened::File(mut file, len)) => {
                let mut text = String::new();
                file.read_to_string(&mut text).unwrap();
                format!("{len} {text}")
            }
            Ok(Opened::Link) => "link".to_owned(),
            Ok(Opened::Other) => "other".to_owned(),
            Err(error) => format!("{:?}", error.kind()),
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a folder to look at")]
    fn a_file_is_opened_and_a_link_is_not_followed_wherever_it_stands() {
        let (outer, secret) = (tempfile::tempdir().unwrap(), "secret");
        std::fs::write(outer.path().join("secret"), secret).unwrap();
        let root = outer.path().join("root");
        std::fs::create_dir_all(root.join("a/b")).unwrap();
        std::fs::write(root.join("a/b/c.md"), "text").unwrap();
        symlink(outer.path().join("secret"), root.join("a/link")).unwrap();
        symlink(root.join("a"), root.join("folder")).unwrap();
        symlink("loop", root.join("loop")).unwrap();
        let _listener = std::os::unix::net::UnixListener::bind(root.join("socket")).unwrap();

        let folder = Folder::open(&root).unwrap();
        let expected = [
            ("a/b/c.md", "4 text"),
            ("a/link", "link"),
            ("folder/b/c.md", "link"),
            ("loop", "link"),
            ("a/b", "other"),
            ("socket", "other"),
            ("a/none", "NotFound"),
        ];
        for (path, expected) in expected {
            assert_eq!(content(folder.file(path)), expected, "{path}");
            assert_eq!(content(folder.resolve_by_looking(path)).trim_start_matches("0 "), expected.trim_start_matches("4 "), "{path}");
        }
        for outside in ["../secret", "a/../../secret", "/etc/hostname"] {
            assert!(folder.file(outside).is_err(), "{outside}");
            assert!(folder.resolve_by_looking(outside).is_err(), "{outside}");
        }
    }
}
