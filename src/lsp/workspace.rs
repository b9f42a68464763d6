//! A project as editors show it: what they have not saved laid over the files, understood again after each edit at the cost of one document.
//!
//! A document that changes is checked at once and by itself; what only the whole can tell comes from the last [`Job`], which another thread does
//! while nobody types, and is carried along in the meantime.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::carry::carry;
use super::view::View;
use crate::check::{BASELINE_PATH, Baseline};
use crate::diagnostic::{Diagnostic, SourcePath};
use crate::pipeline::{self, Memo, Project, Understood};
use crate::site::BuildInfo;
use crate::source::walk::{self, LoadError};
use crate::source::{CONFIG_FILE, FILE_LIMIT, Kind, SourceFile};

/// Findings by the file they speak of.
pub(super) type ByFile = BTreeMap<SourcePath, Vec<Diagnostic>>;

/// A project that is being edited.
pub(super) struct Workspace {
    root: PathBuf,
    project: Project,
    memo: Memo,
    understood: Arc<Understood>,
    /// What editors hold of documents and templates.
    drafts: BTreeMap<SourcePath, Arc<str>>,
    /// What an editor holds of site.toml.
    settings: Option<Arc<str>>,
    /// Whether `settings` are not those of the project yet: to take them up may cost reading everything again.
    has_new_settings: bool,
    /// How old `understood` is.
    age: Age,
    /// What was found when the whole was checked last.
    whole: Option<Whole>,
}

/// How old what is understood is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Age {
    /// It is of the texts as they are.
    Current,
    /// The documents are, what is known of them together is of earlier ones.
    Unlinked,
    /// It is of earlier texts.
    Stale,
}

/// All that is found in one state of a project.
pub(super) struct Whole {
    project: Project,
    understood: Arc<Understood>,
    build: BuildInfo,
    findings: ByFile,
    baseline: Option<Baseline>,
    /// Of the files that were asked for, the findings that a look at one document alone does not make.
    beyond: ByFile,
}

/// The work of checking the whole.
pub(super) struct Job {
    root: PathBuf,
    project: Project,
    understood: Arc<Understood>,
    build: BuildInfo,
}

impl Workspace {
    /// Reads the project in a folder.
    pub(super) fn open(root: PathBuf) -> Result<Self, LoadError> {
        let project = pipeline::open(&root)?;
        let mut memo = Memo::default();
        let understood = Arc::new(pipeline::understand(&project, &mut memo));
        let (drafts, settings) = (BTreeMap::new(), None);
        Ok(Self { root, project, memo, understood, drafts, settings, has_new_settings: false, age: Age::Current, whole: None })
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a file is one whose text is part of the project.
    pub(super) fn has(&self, path: &SourcePath) -> bool {
        path.as_str() == CONFIG_FILE || matches!(self.project.selection().kind(path.as_str()), Kind::Text(_))
    }

    /// Whether a file or folder is read at all: as an input, for its settings, or for what is known.
    pub(super) fn reads(&self, path: &SourcePath) -> bool {
        matches!(path.as_str(), CONFIG_FILE | BASELINE_PATH) || self.project.selection().enters(path.as_str())
    }

    /// Lays the text that an editor shows over a file.
    pub(super) fn lay(&mut self, path: &SourcePath, text: Arc<str>) {
        if path.as_str() == CONFIG_FILE {
            self.has_new_settings = self.project.text(path) != Some(&text);
            self.settings = Some(text);
        } else if self.has(path) {
            self.insert(path, &text);
            self.drafts.insert(path.clone(), text);
        }
    }

    /// Shows the file on disk again, when the editor has closed it.
    pub(super) fn lift(&mut self, path: &SourcePath) -> Result<(), LoadError> {
        if path.as_str() == CONFIG_FILE {
            self.settings = None;
            self.has_new_settings = false;
        } else if self.drafts.remove(path).is_none() {
            return Ok(());
        }
        self.reread(Some(&[self.root.join(path.as_str())]))
    }

    /// Reads the files and folders in `changed` again, or all there are. What editors hold stays as they hold it.
    pub(super) fn reread(&mut self, changed: Option<&[PathBuf]>) -> Result<(), LoadError> {
        let (project, root) = (&self.project, &self.root);
        self.project = match &self.settings {
            Some(settings) => pipeline::reopen_as(project, root, changed, settings)?,
            None => pipeline::reopen(project, root, changed)?,
        };
        self.has_new_settings = false;
        self.age = Age::Stale;
        for (path, text) in std::mem::take(&mut self.drafts) {
            self.lay(&path, text);
        }
        Ok(())
    }

    fn insert(&mut self, path: &SourcePath, text: &str) {
        let Kind::Text(role) = self.project.selection().kind(path.as_str()) else { return };
        // As a file of that size would not be read, so is a text of it not.
        if self.project.text(path) != Some(text) && text.len() as u64 <= FILE_LIMIT {
            Arc::make_mut(&mut self.project.sources).insert(SourceFile::new(path.clone(), role, text.as_bytes()));
            self.age = Age::Stale;
        }
    }

    /// Understands the documents as they are now.
    pub(super) fn refresh(&mut self) {
        if self.age != Age::Current {
            self.understood = Arc::new(pipeline::understand(&self.project, &mut self.memo));
            self.age = Age::Current;
        }
    }

    /// Reads the documents that have changed, for an answer that must come before the next key is struck: how all of them hang together may be as it was
    /// a moment ago.
    pub(super) fn glance(&mut self) {
        if self.age != Age::Stale {
            return;
        }
        match pipeline::glance(&self.project, &mut self.memo, &self.understood) {
            Some(understood) => (self.understood, self.age) = (Arc::new(understood), Age::Unlinked),
            None => self.refresh(),
        }
    }

    /// The text of a file as its editor shows it.
    pub(super) fn text(&self, path: &SourcePath) -> Option<&str> {
        match &self.settings {
            Some(text) if path.as_str() == CONFIG_FILE => Some(text),
            _ => self.project.text(path),
        }
    }

    /// A file with all that is known, for whoever answers questions on it.
    pub(super) fn view<'a>(&'a self, path: &'a SourcePath) -> View<'a> {
        let Self { root, project, understood, .. } = self;
        View { root, project, understood, path, text: self.text(path).unwrap_or_default() }
    }

    /// A project and what is understood of it.
    pub(super) fn known(&self) -> (&Project, &Understood) {
        (&self.project, &self.understood)
    }

    /// What is wrong with a file as it is now: all that its own text shows, and of what only the whole can tell, what was known last and still has its
    /// place.
    pub(super) fn findings(&mut self, path: &SourcePath, build: &BuildInfo) -> Vec<Diagnostic> {
        let text = self.text(path).map(str::to_owned);
        if let Some(whole) = &self.whole
            && whole.text(path) == text.as_deref()
        {
            return whole.told(path, text.as_deref(), whole.findings.get(path).cloned().unwrap_or_default());
        }
        let mut findings = if self.has_new_settings && path.as_str() == CONFIG_FILE {
            pipeline::check_settings_as(&self.project, &self.understood, text.as_deref().unwrap_or_default(), build.today)
        } else {
            pipeline::check_alone(&self.project, &self.understood, path, build.today)
        };
        let Some(whole) = &mut self.whole else { return findings };
        let beyond = whole.beyond(path);
        let carried = carry(&beyond, path, whole.text(path).unwrap_or_default(), text.as_deref().unwrap_or_default());
        let further: Vec<Diagnostic> = carried.into_iter().filter(|finding| !findings.contains(finding)).collect();
        findings.extend(further);
        Diagnostic::sort(&mut findings);
        whole.told(path, text.as_deref(), findings)
    }

    /// The files that anything was found in when the whole was checked last.
    pub(super) fn files_with_findings(&self) -> BTreeSet<SourcePath> {
        self.whole.iter().flat_map(|whole| whole.findings.keys()).cloned().collect()
    }

    /// What is to be done to check the whole as it is now.
    pub(super) fn job(&mut self, build: BuildInfo) -> Result<Job, LoadError> {
        if self.has_new_settings {
            self.reread(Some(&[]))?;
        }
        self.refresh();
        pipeline::read_published(&mut self.project, &self.understood, &self.root)?;
        Ok(Job { root: self.root.clone(), project: self.project.clone(), understood: Arc::clone(&self.understood), build })
    }

    /// Takes up what a job has found.
    pub(super) fn take(&mut self, whole: Whole) {
        self.whole = Some(whole);
    }
}

impl Job {
    /// The folder of the project that is checked.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Checks everything; on threads of its own, lest a keystroke wait for it.
    pub(super) fn run(self) -> Whole {
        let Self { root, project, understood, build } = self;
        let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get().div_ceil(2));
        let check = || pipeline::check_all(&project, &understood, build.clone());
        let all = match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
            Ok(threads) => threads.install(check),
            Err(_) => check(),
        };
        let mut findings = ByFile::new();
        for finding in all {
            findings.entry(finding.primary.path.clone()).or_default().push(finding);
        }
        let baseline = baseline(&root);
        Whole { project, understood, build, findings, baseline, beyond: ByFile::new() }
    }
}

impl Whole {
    fn text(&self, path: &SourcePath) -> Option<&str> {
        self.project.text(path)
    }

    /// The findings on a file that a look at it alone does not make.
    fn beyond(&mut self, path: &SourcePath) -> Vec<Diagnostic> {
        let Self { project, understood, build, findings, beyond, .. } = self;
        let of_file = beyond.entry(path.clone()).or_insert_with(|| {
            let alone = pipeline::check_alone(project, understood, path, build.today);
            let all = findings.get(path).into_iter().flatten();
            all.filter(|finding| !alone.contains(finding)).cloned().collect()
        });
        of_file.clone()
    }

    /// Those of the findings on a text that the baseline does not know.
    fn told(&self, path: &SourcePath, text: Option<&str>, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let Some(baseline) = &self.baseline else { return findings };
        let mut told = baseline.subtract(findings, &|_| text).findings;
        // Of one file nobody can say what of the baseline is found no longer.
        told.retain(|finding| finding.primary.path == *path);
        told
    }
}

/// The baseline of a project. One that cannot be read is for `check` to speak of: here nothing is known, and all is told.
fn baseline(root: &Path) -> Option<Baseline> {
    let file = walk::read_config_of(root, &SourcePath::from(BASELINE_PATH), FILE_LIMIT).ok()??;
    Baseline::parse(file.text()?).ok()
}
