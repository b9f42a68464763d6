//! Puts a text in the place of a file's: aside first, then by one rename, so that nobody ever sees half of it.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::Path;

use super::Failure;

/// Writes `text` to `file`, which keeps its permissions if it is there.
#[expect(clippy::disallowed_methods, reason = "the author asked for the file to be written")]
pub(super) fn rewrite(file: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure(format!("`{}` cannot be written: {error}", file.display()));
    // A name that begins with a dot is no input, whoever watches.
    let mut name = OsString::from(".");
    name.push(file.file_name().unwrap_or_default());
    name.push(".afterword-new");
    let aside = file.with_file_name(name);
    let write = || {
        let mut new = std::fs::File::create(&aside)?;
        new.write_all(text.as_bytes())?;
        if let Ok(metadata) = std::fs::metadata(file) {
            new.set_permissions(metadata.permissions())?;
        }
        new.sync_all()?;
        std::fs::rename(&aside, file)
    };
    write().map_err(|error| {
        let _ = std::fs::remove_file(&aside);
        failed(error)
    })
}
