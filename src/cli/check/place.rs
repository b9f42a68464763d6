//! Paths of the command line as paths below the project folder.

use std::path::{Component, Path, PathBuf};

use crate::cli::Failure;
use crate::source::walk::relative;

/// The path of a file or folder that is there; empty for the project folder and all above it. A path that names nothing is a slip, and a
/// check that passes over it would be believed.
pub(super) fn existing(root: &Path, path: &Path) -> Result<String, Failure> {
    let there = candidates(root, path).into_iter().find(|whole| whole.symlink_metadata().is_ok());
    let there = there.ok_or_else(|| Failure(format!("there is no file or folder `{}`", path.display())))?;
    let (real_root, real) = (real(root), real(&there));
    let pairs = [(plain(root), plain(&there)), (real_root, real)];
    let below = pairs.iter().find_map(|(root, path)| if root.starts_with(path) { Some(String::new()) } else { below(root, path) });
    below.ok_or_else(|| outside(root, path))
}

/// The path at which something would be saved that need not be there yet.
pub(super) fn future(root: &Path, path: &Path) -> Result<String, Failure> {
    let candidates = candidates(root, path);
    if candidates.iter().any(|whole| whole.is_dir()) {
        return Err(Failure(format!("`{}` is a folder", path.display())));
    }
    let real_place = |whole: &PathBuf| Some(real(whole.parent()?).join(whole.file_name()?));
    let plainly = candidates.iter().find_map(|whole| below(&plain(root), &plain(whole)));
    let really = || candidates.iter().filter_map(real_place).find_map(|whole| below(&real(root), &whole));
    plainly.or_else(really).filter(|path| !path.is_empty()).ok_or_else(|| outside(root, path))
}

fn outside(root: &Path, path: &Path) -> Failure {
    Failure(format!("`{}` is not in the project folder `{}`", path.display(), root.display()))
}

/// What a path may mean: seen from the current folder, or from the project folder, where somebody works from outside with `-C`.
fn candidates(root: &Path, path: &Path) -> [PathBuf; 2] {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    let current = std::env::current_dir().unwrap_or_default();
    [current.join(path), root.join(path)]
}

fn below(root: &Path, path: &Path) -> Option<String> {
    relative(root, path).map(|(below, _)| below)
}

/// A path without `.` and `..`, by its words alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

/// A path without links.
#[expect(clippy::disallowed_methods, reason = "the command line is where paths are looked up")]
fn real(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| plain(path))
}
