//! Files as editors name them: `file:` addresses (RFC 8089), and back.

use std::path::{Path, PathBuf};

use crate::diagnostic::SourcePath;
use crate::knowledge::percent_decode;
use crate::markdown::percent_encode;
use crate::source::walk::relative;

/// The file that an address names; nothing for an address of anything else.
pub(super) fn path_of(address: &str) -> Option<PathBuf> {
    let rest = address.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").filter(|path| path.starts_with('/')).unwrap_or(rest);
    let decoded = percent_decode(path.split(['?', '#']).next().unwrap_or_default());
    let local = decoded.strip_prefix('/').filter(|path| has_drive(path)).unwrap_or(&decoded);
    (!local.is_empty() && (local.starts_with('/') || has_drive(local))).then(|| PathBuf::from(local))
}

/// The address of a file.
pub(super) fn address_of(path: &Path) -> String {
    let path = path.to_string_lossy();
    let path = if has_drive(&path) { format!("/{}", path.replace('\\', "/")) } else { path.into_owned() };
    format!("file://{}", percent_encode(&path))
}

/// The path of a file below a project folder.
pub(super) fn below(root: &Path, file: &Path) -> Option<SourcePath> {
    relative(root, file).filter(|(path, is_whole)| *is_whole && !path.is_empty()).map(|(path, _)| SourcePath::from(path))
}

/// Whether a path begins with a drive, as on Windows: `c:/x`.
fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'/' | b'\\', ..] if letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_file_and_back() {
        for (address, path) in [
            ("file:///home/a/b.md", "/home/a/b.md"),
            ("file:///a%20b/%C3%A9%23.md", "/a b/é#.md"),
            ("file:///c%3A/kb/site.toml", "c:/kb/site.toml"),
        ] {
            assert_eq!(path_of(address), Some(PathBuf::from(path)));
            assert_eq!(address_of(Path::new(path)), address);
        }
        assert_eq!(path_of("file://localhost/a"), Some(PathBuf::from("/a")));
        for address in ["untitled:Untitled-1", "https://example.org/a", "file://", "file://elsewhere/a", "git:/a.md"] {
            assert_eq!(path_of(address), None, "{address}");
        }
    }

    #[test]
    fn a_file_is_below_its_project_or_not_of_it() {
        let root = Path::new("/kb");
        assert_eq!(below(root, Path::new("/kb/content/a.md")), Some(SourcePath::from("content/a.md")));
        assert_eq!(below(root, Path::new("/kb2/a.md")), None);
        assert_eq!(below(root, root), None);
    }
}
