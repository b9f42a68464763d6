//! Evidence and its proof: the files that postmortems list, beside the hashes that are stated of them; one archive of an incident for counsel; and
//! whether a folder or an archive is what its own list of sums says.
//!
//! Nothing is ever unpacked, no link is followed, and what is read lies below the folder that was named.

mod bundle;
mod verify;

use std::io;
use std::path::Path;

use crate::check::{ALTERED_EVIDENCE, INCOMPLETE_EVIDENCE, MISSING_EVIDENCE};
use crate::checksum::{self, Sha256};
use crate::diagnostic::{Diagnostic, SourcePath};
use crate::model::{DocumentRef, Evidence};
use crate::parse::UNREADABLE_FRONT_MATTER;
use crate::pipeline::{UNREADABLE_FILE, Understood};
use crate::source::beneath::{Folder, Opened};
use crate::source::walk::LoadError;

pub use bundle::{Bundle, Facts};
pub use verify::{Flaw, Verified, verify_archive, verify_folder};

/// A piece of evidence, with what was found of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exhibit<'e> {
    /// What is said of it.
    pub evidence: &'e Evidence,
    /// Its file; nothing for an address of the web or words alone.
    pub file: Option<Found>,
}

/// A file as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where it is, below the project folder.
    pub path: String,
    /// Its SHA-256.
    pub sha256: Sha256,
    /// Its length in bytes.
    pub len: u64,
}

/// Reads every file of the evidence of a document and compares it with what is stated: the exhibits in order, and what is wrong with them.
///
/// # Errors
/// A file is there and cannot be read.
pub fn examine<'e>(root: &Path, document: &SourcePath, evidence: &'e [Evidence]) -> Result<(Vec<Exhibit<'e>>, Vec<Diagnostic>), LoadError> {
    let folder = Folder::open(root).map_err(|cause| LoadError { path: root.to_owned(), cause })?;
    let (mut exhibits, mut findings) = (Vec::new(), Vec::new());
    for evidence in evidence {
        let mut file = None;
        if let Some(written) = &evidence.path {
            let missing = |what: String| Diagnostic::new(MISSING_EVIDENCE, document, written.span, what);
            match evidence.file(document) {
                None => findings.push(missing(format!("`{}` is no file within the project", written.value))),
                Some(path) => match find(&folder, &path)? {
                    Ok(found) => {
                        findings.extend(flaw(document, evidence, &found));
                        file = Some(found);
                    }
                    Err(what) => findings.push(missing(what)),
                },
            }
        }
        exhibits.push(Exhibit { evidence, file });
    }
    Ok((exhibits, findings))
}

/// What kept evidence from being read as it is written: a document or metadata that cannot be read, a key or value of an entry that is none. Whatever
/// it may have said of a file would otherwise be passed over.
pub fn unread(understood: &Understood) -> impl Iterator<Item = &Diagnostic> {
    understood.findings.iter().filter(|finding| match understood.corpus.by_path(&finding.primary.path) {
        None => finding.rule == UNREADABLE_FILE,
        Some((_, DocumentRef::Page(_))) => false,
        Some((_, DocumentRef::Postmortem(postmortem))) => {
            let is_within = || postmortem.evidence.iter().any(|entry| entry.span.contains(finding.primary.span));
            finding.rule == UNREADABLE_FRONT_MATTER || is_within()
        }
    })
}

/// The file at a path, or why there is none.
fn find(folder: &Folder, path: &str) -> Result<Result<Found, String>, LoadError> {
    use io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    let failed = |cause| LoadError { path: folder.path().join(path), cause };
    match folder.file(path) {
        Ok(Opened::File(file, _)) => {
            let (sha256, len) = checksum::of_reader(file).map_err(failed)?;
            Ok(Ok(Found { path: path.to_owned(), sha256, len }))
        }
        Ok(Opened::Link) => Ok(Err(format!("`{path}` is reached through a link, and links are not followed"))),
        Ok(Opened::Other) => Ok(Err(format!("`{path}` is no ordinary file"))),
        Err(error) if matches!(error.kind(), NotFound | NotADirectory | InvalidInput | InvalidFilename) => {
            Ok(Err(format!("there is no file `{path}`")))
        }
        Err(error) => Err(failed(error)),
    }
}

/// What is wrong with a file that is there.
fn flaw(document: &SourcePath, evidence: &Evidence, found: &Found) -> Option<Diagnostic> {
    let Found { path, sha256, .. } = found;
    let Some(stated) = evidence.sha256 else {
        let place = evidence.path.as_ref().map_or(evidence.span, |path| path.span);
        let finding = Diagnostic::new(INCOMPLETE_EVIDENCE, document, place, format!("no SHA-256 is stated of `{path}`"));
        return Some(finding.help(format!("if it is what was collected, add `sha256: {sha256}`")));
    };
    (stated.value != *sha256).then(|| {
        let finding = Diagnostic::new(ALTERED_EVIDENCE, document, stated.span, format!("`{path}` has another SHA-256 than stated"));
        finding.help(format!("it has `{sha256}`; fetch the file from where it was collected, or from the history of the repository"))
    })
}
