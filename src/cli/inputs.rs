//! All that a command works on, as one number: where it is the same, so is whatever is made of it.

use xxhash_rust::xxh3::Xxh3;

use crate::pipeline::Project;

/// What has been counted in.
pub(super) struct Inputs(Xxh3);

impl Inputs {
    /// The settings, documents, templates and styles of a project.
    pub(super) fn texts(project: &Project) -> Self {
        let mut inputs = Self(Xxh3::new());
        for file in project.sources.files() {
            inputs.part(file.path.as_str().as_bytes());
            inputs.part(&file.hash.to_le_bytes());
        }
        inputs
    }

    /// And the files beside the documents.
    pub(super) fn attachments(mut self, project: &Project) -> Self {
        for attachment in project.sources.attachments() {
            self.part(attachment.path.as_str().as_bytes());
            self.part(&attachment.hash.to_le_bytes());
        }
        self
    }

    /// And the other files of the theme, what cannot be read, and what was committed earlier.
    pub(super) fn rest(mut self, project: &Project) -> Self {
        for (path, bytes) in project.sources.assets() {
            self.part(path.as_str().as_bytes());
            self.part(bytes);
        }
        for problem in project.sources.problems() {
            self.part(problem.primary.path.as_str().as_bytes());
            self.part(problem.message.as_bytes());
        }
        let history = &project.history;
        let revisions =
            history.documents.iter().flat_map(|(path, revisions)| revisions.iter().map(move |revision| (path.as_str(), revision)));
        for (path, revision) in revisions.chain(history.settings.iter().map(|revision| ("", revision))) {
            self.part(path.as_bytes());
            self.part(revision.path.as_str().as_bytes());
            self.part(&revision.at.as_nanosecond().to_le_bytes());
            self.part(revision.text.as_bytes());
        }
        self.and(history.gap.as_deref().unwrap_or_default())
    }

    /// And what is said elsewhere.
    pub(super) fn and(mut self, said: &str) -> Self {
        self.part(said.as_bytes());
        self
    }

    /// All of it.
    pub(super) fn key(&self) -> u64 {
        self.0.digest()
    }

    /// Parts are counted in with their lengths, so that no two are another one.
    fn part(&mut self, bytes: &[u8]) {
        self.0.update(&bytes.len().to_le_bytes());
        self.0.update(bytes);
    }
}
