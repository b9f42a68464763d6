//! What git knows of earlier texts: the revisions of documents and settings, read once and handed on as a value.
//!
//! One `git log` along the first parents of the current commit tells when which file changed, and one `git cat-file` gives the texts. A merge counts as
//! what it brought to the main line, on its own day. Files are followed through renames. Where there is no git, or no repository, or only a part
//! of one, that is a value, too.

pub mod changes;

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::Arc;

use jiff::Timestamp;

use super::{CONFIG_FILE, FILE_LIMIT};
use crate::diagnostic::SourcePath;

/// The earlier texts of a project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// Those of its documents, the oldest first; what was committed last is the last of them.
    pub documents: BTreeMap<SourcePath, Vec<Revision>>,
    /// Those of its settings, the oldest first.
    pub settings: Vec<Revision>,
    /// Why there is less than there may have been, as a clause: "the folder is in no git repository".
    pub gap: Option<String>,
}

/// A file as it was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// When.
    pub at: Timestamp,
    /// What it was called then.
    pub path: SourcePath,
    /// Its text.
    pub text: Arc<str>,
}

/// Reads the history of documents of the project in `root`.
#[must_use]
pub fn read(root: &Path, documents: &[&SourcePath]) -> History {
    let gap = |gap: String| History { gap: Some(gap), ..History::default() };
    let shallow = match run(root, &["rev-parse", "--is-shallow-repository"]) {
        Ok(told) => told.trim_ascii() == b"true",
        Err(flaw) => return gap(flaw),
    };
    if run(root, &["rev-parse", "--verify", "--quiet", "HEAD"]).is_err() {
        return gap("nothing is committed yet".to_owned());
    }
    let log =
        ["-c", "log.showSignature=false", "log", "-m", "--first-parent", "-z", "--raw", "--no-abbrev", "-M", "-l1000", "--no-ext-diff"];
    let of_all = ["--no-color", "--no-notes", "--relative", "--format=%x01%ct", "HEAD", "--", "."];
    let mut named = match run(root, &[&log[..], &of_all].concat()) {
        Ok(log) => follow(&log, documents),
        Err(flaw) => return gap(flaw),
    };
    let ids: Vec<&str> = named.values().flatten().map(|(_, _, id)| id.as_str()).collect();
    let (blobs, missing) = match blobs(root, ids, FILE_LIMIT) {
        Ok(blobs) => blobs,
        Err(flaw) => return gap(format!("git cannot be asked for texts: {flaw}")),
    };
    let texts = blobs.into_iter().filter_map(|(id, bytes)| Some((id, Arc::from(String::from_utf8(bytes).ok()?))));
    let texts: HashMap<String, Arc<str>> = texts.collect();
    let mut take = |path: &str| {
        let mut revisions: Vec<Revision> = Vec::new();
        for (at, path, id) in named.remove(path).unwrap_or_default().into_iter().rev() {
            revisions.extend(texts.get(&id).map(|text| Revision { at, path, text: Arc::clone(text) }));
        }
        revisions
    };
    let settings = take(CONFIG_FILE);
    let documents = documents.iter().map(|path| ((*path).clone(), take(path.as_str()))).filter(|(_, revisions)| !revisions.is_empty());
    let shallow = shallow.then(|| "the repository is a shallow clone, which has but the last commits".to_owned());
    let gap = shallow.or_else(|| (missing > 0).then(|| format!("{missing} earlier texts are not in the repository")));
    History { documents: documents.collect(), settings, gap }
}

/// When each file got which content, and what it was called then, the newest first: by the path it has today.
fn follow(log: &[u8], documents: &[&SourcePath]) -> HashMap<String, Vec<(Timestamp, SourcePath, String)>> {
    let mut found: HashMap<String, Vec<(Timestamp, SourcePath, String)>> = HashMap::new();
    // What a file was called then, to what it is called today.
    let mut today: HashMap<String, String> = documents.iter().map(|path| (path.to_string(), path.to_string())).collect();
    today.insert(CONFIG_FILE.to_owned(), CONFIG_FILE.to_owned());
    let mut at = Timestamp::UNIX_EPOCH;
    let mut tokens = log.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    while let Some(token) = tokens.next() {
        let token = token.trim_start_matches('\n');
        if let Some(seconds) = token.strip_prefix('\u{1}') {
            at = seconds.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or(at);
            continue;
        }
        // `:100644 100644 <old id> <new id> R087`, and one path, or the old and the new one.
        let fields: Vec<&str> = token.split(' ').collect();
        let [_, _, _, id, status] = fields.as_slice() else { continue };
        let Some(path) = tokens.next() else { break };
        let is_renamed = status.starts_with(['R', 'C']);
        let (old, new) = if is_renamed { (Some(path), tokens.next().unwrap_or_default()) } else { (None, path) };
        let Some(name) = today.get(&*new).cloned().filter(|_| !status.starts_with('D')) else { continue };
        found.entry(name.clone()).or_default().push((at, SourcePath::from(&*new), (*id).to_owned()));
        // Before it came to be there was another file of this name, or none.
        if is_renamed || status.starts_with('A') {
            today.remove(&*new);
        }
        if let Some(old) = old.filter(|_| status.starts_with('R')) {
            today.insert(old.into_owned(), name);
        }
    }
    found
}

/// The bytes of blobs by their ids, and how many git does not have; one of more than `limit` bytes is left out.
fn blobs(root: &Path, mut ids: Vec<&str>, limit: u64) -> io::Result<(HashMap<String, Vec<u8>>, usize)> {
    ids.sort_unstable();
    ids.dedup();
    let (mut blobs, mut missing) = (HashMap::new(), 0);
    if ids.is_empty() {
        return Ok((blobs, missing));
    }
    let mut git = command(root).args(["cat-file", "--batch", "--buffer"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (stdin, stdout) = (git.stdin.take(), git.stdout.take());
    let read = std::thread::scope(|scope| {
        // It answers while it is asked, and would wait for ever for somebody to read.
        let asking = scope.spawn(|| ask(stdin, &ids));
        let mut answers = BufReader::new(stdout.ok_or_else(|| io::Error::other("git has no output"))?);
        for id in &ids {
            let (mut head, mut bytes) = (String::new(), Vec::new());
            answers.read_line(&mut head)?;
            // `<id> blob <size>` and the bytes, or `<id> missing`.
            let Some(size) = head.trim_end().strip_prefix(id).and_then(|rest| rest.trim_start().strip_prefix("blob ")) else {
                missing += 1;
                continue;
            };
            let size: u64 = size.parse().map_err(|_| io::Error::other("git answers otherwise than it did"))?;
            answers.by_ref().take(size + 1).read_to_end(&mut bytes)?;
            bytes.pop();
            if size <= limit {
                blobs.insert((*id).to_owned(), bytes);
            }
        }
        // What is not read any more would keep it waiting.
        drop(answers);
        asking.join().unwrap_or_else(|_| Err(io::Error::other("git could not be asked")))
    });
    let status = git.wait()?;
    read?;
    if status.success() { Ok((blobs, missing)) } else { Err(io::Error::other("git stopped in the midst of it")) }
}

fn ask(stdin: Option<ChildStdin>, ids: &[&str]) -> io::Result<()> {
    let mut stdin = io::BufWriter::new(stdin.ok_or_else(|| io::Error::other("git has no input"))?);
    ids.iter().try_for_each(|id| writeln!(stdin, "{id}"))?;
    stdin.flush()
}

/// What a git command prints.
///
/// # Errors
/// Why there is nothing, as a clause.
fn run(root: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let output = command(root).args(arguments).stdin(Stdio::null()).output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "there is no git on this machine".to_owned(),
        _ => format!("git cannot be run: {error}"),
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let told = told.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim_start_matches("fatal: ").to_owned();
    Err(if told.contains("not a git repository") { "the folder is in no git repository".to_owned() } else { format!("git says: {told}") })
}

fn command(root: &Path) -> Command {
    #[expect(clippy::disallowed_methods, reason = "this room is where git is asked")]
    let mut command = Command::new("git");
    // Nothing is to be written, fetched or asked for, and messages are to be as we know them.
    command.arg("-C").arg(root).envs([
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("GIT_NO_LAZY_FETCH", "1"),
        ("LC_ALL", "C"),
    ]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_followed_through_renames() {
        let [a, b, c, d] = ["a", "b", "c", "d"].map(|letter| letter.repeat(40));
        let log = format!(
            "\u{1}400\0\n:100644 100644 {c} {d} M\0content/new.md\0:100644 000000 {a} {a} D\0content/gone.md\0\u{1}300\0\n:100644 100644 {b} {c} \
             R090\0content/old.md\0content/new.md\0\u{1}200\0\n:100644 100644 {a} {b} M\0content/old.md\0:000000 100644 {a} {a} \
             A\0content/new.md\0\u{1}100\0\n:000000 100644 {a} {a} A\0content/old.md\0\u{1}50\0\n:000000 100644 {a} {a} A\0content/old.md\0"
        );
        let path = SourcePath::from("content/new.md");
        let found = follow(log.as_bytes(), &[&path]);
        let found: Vec<_> = found["content/new.md"].iter().map(|(at, path, id)| (at.as_second(), path.as_str(), &id[..1])).collect();
        let (new, old) = ("content/new.md", "content/old.md");
        assert_eq!(found, [(400, new, "d"), (300, new, "c"), (200, old, "b"), (100, old, "a")]);
    }
}
