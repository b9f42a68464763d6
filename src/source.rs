//! Every input of the program as one value: documents, theme files, settings as text, pictures and fonts of the theme as bytes, attachments by
//! hash.
//!
//! [`Sources`] is read once by [`walk::load`] and never changes afterwards; an editor that holds an unsaved file lays it over with
//! [`Sources::with_file`], and a test writes a whole project into one string for [`Sources::from_archive`]. What counts as an input is
//! decided by [`Selection`] alone, which looks at paths and never at the disk.

pub(crate) mod beneath;
pub mod history;
mod selection;
mod text;
pub mod walk;

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed, xxh3_128};

use crate::diagnostic::{Diagnostic, RuleName, SourcePath};

pub(crate) use selection::glob_set;
pub use selection::{BadSelection, Kind, PUBLIC_SUFFIX, Selection};
pub use text::as_text;

/// The file of settings at the top of a project.
pub const CONFIG_FILE: &str = "site.toml";

/// The largest document, theme file or file of settings that is read, in bytes.
pub const FILE_LIMIT: u64 = 10 * 1024 * 1024;

/// The largest attachment, in bytes. Common hosts of static sites refuse larger files.
pub const ATTACHMENT_LIMIT: u64 = 100 * 1024 * 1024;

/// Something in the project folder was left out of the site on purpose.
pub const SKIPPED_INPUT: RuleName = RuleName("skipped-input");

/// All inputs, by path. Cloning copies the table, not the texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    files: BTreeMap<SourcePath, SourceFile>,
    assets: BTreeMap<SourcePath, Arc<[u8]>>,
    attachments: BTreeMap<SourcePath, Attachment>,
    problems: BTreeMap<SourcePath, Diagnostic>,
    noted: BTreeMap<SourcePath, Noted>,
}

/// What was read of an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Noted {
    /// The hash of the bytes that were read.
    hash: u128,
    /// Their text, where somebody wants it.
    text: Option<Arc<str>>,
}

/// A file that is read as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Where it is.
    pub path: SourcePath,
    /// What it is read as.
    pub role: Role,
    /// What is in it.
    pub content: Content,
    /// XXH3 (64 bits) of the bytes; of a file that is too large, of its length alone.
    pub hash: u64,
}

/// What a text file is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The settings, `site.toml`.
    Config,
    /// A postmortem or another page.
    Document,
    /// A template, style sheet or script that overrides one of the default theme.
    Theme,
}

/// What is in a file, if it can be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Text, as it is on disk: byte order mark, line ends and all.
    Text(Arc<str>),
    /// Bytes that are not UTF-8.
    NotUtf8 {
        /// The first byte that is not.
        valid_up_to: usize,
        /// The length in bytes.
        len: u64,
    },
    /// More than [`FILE_LIMIT`] bytes; not read.
    TooLarge {
        /// The length in bytes.
        len: u64,
    },
}

/// A file that is published as it is. Its bytes stay on disk until then ([`walk::read_attachment`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Where it is.
    pub path: SourcePath,
    /// The length in bytes.
    pub len: u64,
    /// XXH3 (128 bits) of the bytes.
    pub hash: u128,
}

impl SourceFile {
    /// The file at `path` with these bytes.
    #[must_use]
    pub fn new(path: SourcePath, role: Role, bytes: &[u8]) -> Self {
        let content = match std::str::from_utf8(bytes) {
            Ok(text) => Content::Text(Arc::from(text)),
            Err(error) => Content::NotUtf8 { valid_up_to: error.valid_up_to(), len: bytes.len() as u64 },
        };
        Self { path, role, content, hash: xxh3_64(bytes) }
    }

    /// The text, where it is text.
    #[must_use]
    pub fn text(&self) -> Option<&Arc<str>> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::NotUtf8 { .. } | Content::TooLarge { .. } => None,
        }
    }

    fn too_large(path: SourcePath, role: Role, len: u64) -> Self {
        Self { path, role, content: Content::TooLarge { len }, hash: xxh3_64(&len.to_le_bytes()) }
    }
}

impl Sources {
    /// The project written as one text: a line `-- path --` before each file, anything before the first such line being a remark.
    ///
    /// The value is the one that [`walk::read_config`] and [`walk::load`] would read from these files on disk.
    #[must_use]
    pub fn from_archive(archive: &str, selection: &Selection) -> Self {
        let mut sources = Self::default();
        for (path, text) in archive_files(archive) {
            sources.place(SourcePath::from(path), text.as_bytes(), selection);
        }
        sources
    }

    /// These inputs as they would be with other bytes at `path`, or with nothing there.
    pub fn put_back(&mut self, path: &SourcePath, bytes: Option<&[u8]>, selection: &Selection) {
        self.forget(path.as_str());
        let Some(bytes) = bytes else { return };
        self.place(path.clone(), bytes, selection);
        if let Some(attachment) = self.attachment(path.as_str()).cloned() {
            self.note_text(&attachment, as_text(bytes).as_deref());
        }
    }

    /// The same inputs as [`Sources::from_archive`], with the texts of all attachments noted as though they had been read.
    #[must_use]
    pub fn with_texts_of(mut self, archive: &str) -> Self {
        for (path, text) in archive_files(archive) {
            if let Some(attachment) = self.attachment(path).cloned() {
                self.note_text(&attachment, Some(&text));
            }
        }
        self
    }

    /// These inputs with one text replaced or added, as an editor shows it before it is saved. A new file is read as a document.
    #[must_use]
    pub fn with_file(&self, path: &SourcePath, text: &str) -> Self {
        let role = self.files.get(path).map_or(Role::Document, |file| file.role);
        let mut sources = self.clone();
        sources.insert(SourceFile::new(path.clone(), role, text.as_bytes()));
        sources
    }

    /// Adds a text file, or puts it in the place of the one at its path.
    pub fn insert(&mut self, file: SourceFile) {
        self.files.insert(file.path.clone(), file);
    }

    /// The text file at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&SourceFile> {
        self.files.get(path)
    }

    /// All text files, by path.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.values()
    }

    /// The postmortems and other pages, by path.
    pub fn documents(&self) -> impl Iterator<Item = &SourceFile> {
        self.files().filter(|file| file.role == Role::Document)
    }

    /// Forgets the documents: what they say is understood.
    pub fn forget_documents(&mut self) {
        self.files.retain(|_, file| file.role != Role::Document);
    }

    /// The text files of the theme in use, by path.
    pub fn theme_files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files().filter(|file| file.role == Role::Theme)
    }

    /// The pictures and fonts of the theme in use and the files that say whose site it is, by path, with their bytes.
    pub fn assets(&self) -> impl Iterator<Item = (&SourcePath, &[u8])> {
        self.assets.iter().map(|(path, bytes)| (path, &**bytes))
    }

    /// The bytes of the one at `path`.
    #[must_use]
    pub fn asset(&self, path: &str) -> Option<&[u8]> {
        self.assets.get(path).map(|bytes| &**bytes)
    }

    /// The attachment at `path`.
    #[must_use]
    pub fn attachment(&self, path: &str) -> Option<&Attachment> {
        self.attachments.get(path)
    }

    /// All attachments, by path.
    pub fn attachments(&self) -> impl Iterator<Item = &Attachment> {
        self.attachments.values()
    }

    /// Keeps what was read of an attachment: its text where there is one that is wanted, else that it need not be read again.
    pub fn note_text(&mut self, attachment: &Attachment, text: Option<&str>) {
        self.noted.insert(attachment.path.clone(), Noted { hash: attachment.hash, text: text.map(Arc::from) });
    }

    /// Whether an attachment was read as it is now.
    #[must_use]
    pub fn is_noted(&self, attachment: &Attachment) -> bool {
        self.noted.get(&attachment.path).is_some_and(|noted| noted.hash == attachment.hash)
    }

    /// The text of an attachment, where it was read as it is now and kept.
    #[must_use]
    pub fn noted_text(&self, attachment: &Attachment) -> Option<&str> {
        self.noted.get(&attachment.path).filter(|noted| noted.hash == attachment.hash)?.text.as_deref()
    }

    /// A hash of the paths of all attachments.
    #[must_use]
    pub fn attachment_paths(&self) -> u64 {
        self.attachments.keys().fold(0, |print, path| xxh3_64_with_seed(path.as_str().as_bytes(), print))
    }

    /// Whether there is a file at `path` that was read, or left out for a reason that is told.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
            || self.assets.contains_key(path)
            || self.attachments.contains_key(path)
            || self.problems.contains_key(path)
    }

    /// What was left out and why, by path.
    pub fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems.values()
    }

    /// Takes a file for what `selection` says it is.
    fn place(&mut self, path: SourcePath, bytes: &[u8], selection: &Selection) {
        let len = bytes.len() as u64;
        match selection.kind(path.as_str()) {
            _ if path.as_str() == CONFIG_FILE => self.insert(SourceFile::new(path, Role::Config, bytes)),
            Kind::Text(role) if len > FILE_LIMIT => self.insert(SourceFile::too_large(path, role, len)),
            Kind::Text(role) => self.insert(SourceFile::new(path, role, bytes)),
            Kind::Asset => self.keep(path, bytes),
            Kind::Attachment => self.attach(Attachment { path, len, hash: xxh3_128(bytes) }),
            Kind::Active => self.report(walk::active_content(&path)),
            Kind::Ignored => {}
        }
    }

    fn keep(&mut self, path: SourcePath, bytes: &[u8]) {
        self.assets.insert(path, Arc::from(bytes));
    }

    /// Adds an attachment, or puts it in the place of the one at its path.
    pub fn attach(&mut self, attachment: Attachment) {
        self.attachments.insert(attachment.path.clone(), attachment);
    }

    fn report(&mut self, problem: Diagnostic) {
        self.problems.insert(problem.primary.path.clone(), problem);
    }

    /// Drops the file or folder at `path` and everything below it, but for the settings, which are not read by walking.
    fn forget(&mut self, path: &str) {
        remove_below(&mut self.files, path, |file| file.role != Role::Config);
        remove_below(&mut self.assets, path, |_| true);
        remove_below(&mut self.attachments, path, |_| true);
        remove_below(&mut self.problems, path, |_| true);
    }
}

/// Whether `path` is `folder` or something in it; everything is below the empty path.
pub(crate) fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn remove_below<T>(table: &mut BTreeMap<SourcePath, T>, folder: &str, may_go: impl Fn(&T) -> bool) {
    let from: (Bound<&str>, Bound<&str>) = (Bound::Included(folder), Bound::Unbounded);
    // Paths that begin with the name of the folder lie side by side, `folder-b/x` among those of `folder/`.
    let near = table.range::<str, _>(from).take_while(|(path, _)| path.as_str().starts_with(folder));
    let gone = near.filter(|(path, entry)| is_below(path.as_str(), folder) && may_go(entry));
    let gone: Vec<SourcePath> = gone.map(|(path, _)| path.clone()).collect();
    for path in gone {
        table.remove(&path);
    }
}

fn archive_files(archive: &str) -> Vec<(&str, String)> {
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in archive.split_inclusive('\n') {
        let header = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
        match (header, files.last_mut()) {
            (Some(path), _) => files.push((path.trim(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => {}
        }
    }
    files
}

#[cfg(test)]
mod tests;
