//! What has changed since an earlier revision: in later commits, in files not committed yet, and in new files that git is not told to ignore.

use std::collections::BTreeMap;
use std::path::Path;

use super::{blobs, run};
use crate::diagnostic::SourcePath;
use crate::source::ATTACHMENT_LIMIT;

/// The files of the project that have changed, each with the bytes it had before, or nothing where it was not there.
pub type Changes = BTreeMap<SourcePath, Option<Vec<u8>>>;

/// What has changed in the project in `root` since the current commit and `revision` parted. A file that was renamed is gone and another is new.
///
/// # Errors
/// Why git cannot tell, as a clause.
pub fn since(root: &Path, revision: &str) -> Result<Changes, String> {
    run(root, &["rev-parse", "--is-inside-work-tree"])?;
    // A name that begins with a dash would be taken for an option.
    let commit = if revision.starts_with('-') { None } else { commit(root, revision) };
    let commit = commit.ok_or_else(|| format!("git knows no revision `{revision}` here; a build server may have to fetch it first"))?;
    let base = run(root, &["merge-base", &commit, "HEAD"]).map_err(|_| {
        "the current commit has no ancestor in common with it here; a shallow clone has to fetch all commits (`fetch-depth: 0`, \
         `git fetch --unshallow`)"
            .to_owned()
    })?;
    let base = String::from_utf8_lossy(&base);
    let raw = ["diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--relative", base.trim(), "--", "."];
    let mut before = earlier(&run(root, &raw)?);
    let new = run(root, &["ls-files", "--others", "--exclude-standard", "-z", "--", "."])?;
    let new = new.split(|byte| *byte == 0).filter(|path| !path.is_empty()).map(String::from_utf8_lossy);
    before.extend(new.map(|path| (SourcePath::from(&*path), None)));
    let ids: Vec<&str> = before.values().flatten().map(String::as_str).collect();
    let (bytes, missing) = blobs(root, ids, ATTACHMENT_LIMIT).map_err(|error| format!("git cannot be asked for texts: {error}"))?;
    if missing > 0 {
        return Err(format!("{missing} earlier texts are not in the repository"));
    }
    Ok(before.into_iter().map(|(path, id)| (path, id.and_then(|id| bytes.get(&id).cloned()))).collect())
}

fn commit(root: &Path, revision: &str) -> Option<String> {
    let commit = run(root, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")]).ok()?;
    Some(String::from_utf8_lossy(&commit).trim().to_owned())
}

/// The paths of a `git diff --raw -z`, with the ids of what was there. Links and submodules are no files that we read.
fn earlier(diff: &[u8]) -> BTreeMap<SourcePath, Option<String>> {
    let mut found = BTreeMap::new();
    let mut tokens = diff.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    while let (Some(token), Some(path)) = (tokens.next(), tokens.next()) {
        // `:100644 100644 <old id> <new id> M`. What is in the midst of a merge has a line more, without a mode.
        let fields: Vec<&str> = token.split(' ').collect();
        let [mode, _, id, _, status] = fields.as_slice() else { continue };
        if !status.starts_with('U') {
            found.insert(SourcePath::from(&*path), mode.starts_with(":100").then(|| (*id).to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_is_known_by_its_id() {
        let id = |letter: &str| letter.repeat(40);
        let (a, zero) = (id("a"), id("0"));
        let diff = format!(
            ":100644 100644 {a} {zero} M\0content/a b.md\0:000000 100644 {zero} {zero} A\0new.md\0:100755 000000 {a} {zero} D\0gone.md\0\
             :120000 100644 {a} {zero} T\0link.md\0:000000 000000 {zero} {zero} U\0merging.md\0"
        );
        let found: Vec<_> = earlier(diff.as_bytes()).into_iter().map(|(path, id)| (path.to_string(), id.is_some())).collect();
        let expected = [("content/a b.md", true), ("gone.md", true), ("link.md", false), ("new.md", false)];
        assert_eq!(found, expected.map(|(path, was)| (path.to_owned(), was)));
    }
}
