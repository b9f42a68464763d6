//! The order of the stages, said once: read → parse → link → check, and project → site. `build`, `check`, `serve` and the tests all come
//! through here.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::GlobSet;
use jiff::civil::Date;
use rayon::prelude::*;

use crate::check;
use crate::config::{self, Config};
use crate::diagnostic::{self, Diagnostic, Fix, RuleName, SourcePath, Span};
use crate::edition::{self, Drafts, Edition, Projected, Remembered, Whole};
use crate::knowledge::{Attachments, Knowledge, LastLink};
use crate::model::{AnyDocument, Corpus, DocumentId, DocumentRef, Parsed};
use crate::parse;
use crate::site::{BuildInfo, Look, Site};
use crate::source::history::changes::Changes;
use crate::source::history::{self, History};
use crate::source::walk::{self, LoadError};
use crate::source::{Attachment, CONFIG_FILE, Content, Role, Selection, SourceFile, Sources, as_text, glob_set};
use crate::theme::{self, Theme};

/// A history that git has only a part of.
pub const INCOMPLETE_HISTORY: RuleName = RuleName("incomplete-history");
/// A document that cannot be read as text.
pub const UNREADABLE_FILE: RuleName = RuleName("unreadable-file");

/// A project as it was read: its inputs, and what site.toml makes of them.
#[derive(Debug, Clone)]
pub struct Project {
    /// Every input.
    pub sources: Arc<Sources>,
    /// What the site has decided.
    pub config: Arc<Config>,
    /// What git knows of earlier texts, where the site shows any of it.
    pub history: Arc<History>,
    selection: Selection,
    config_findings: Vec<Diagnostic>,
}

impl Project {
    /// Which files of the folder are inputs.
    #[must_use]
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The text of an input; of a file beside the documents where it was read (see [`read_published`]).
    #[must_use]
    pub fn text(&self, path: &SourcePath) -> Option<&str> {
        match self.sources.get(path.as_str()) {
            Some(file) => file.text().map(|text| &**text),
            None => match self.sources.asset(path.as_str()) {
                Some(bytes) => std::str::from_utf8(bytes).ok(),
                None => self.sources.noted_text(self.sources.attachment(path.as_str())?),
            },
        }
    }
}

/// Documents understood and linked, with everything found on the way.
#[derive(Debug)]
pub struct Understood {
    /// The documents.
    pub corpus: Corpus,
    /// What is true of them together.
    pub knowledge: Arc<Knowledge>,
    /// What site.toml, the files and the documents gave rise to; levels not yet applied.
    pub findings: Vec<Diagnostic>,
    /// What linking them with the pages on the rules came to.
    whole: Arc<LastLink>,
    /// What was read of documents for editions that see a part of them.
    remembered: Arc<Remembered>,
}

/// A document already parsed, with the hash of the text it was parsed from.
#[derive(Debug)]
struct Kept {
    path: SourcePath,
    hash: u64,
    parsed: Parsed,
}

/// Documents already parsed, in order of path, and what linking them came to: an edit costs one document, and one of prose alone costs no
/// linking.
#[derive(Debug, Default)]
pub struct Memo {
    config: Option<Arc<Config>>,
    parsed: Vec<Kept>,
    linked: LastLink,
    whole: Arc<LastLink>,
    remembered: Arc<Remembered>,
}

/// Reads the project in a folder. Without a site.toml the defaults hold.
///
/// # Errors
/// The folder or a file in it cannot be read.
pub fn open(root: &Path) -> Result<Project, LoadError> {
    open_with(root, walk::read_config(root, &SourcePath::from(CONFIG_FILE))?)
}

/// The project in a folder with these settings, whatever its file says.
fn open_with(root: &Path, settings: Option<SourceFile>) -> Result<Project, LoadError> {
    let (config, selection, config_findings) = configure(settings.as_ref());
    let mut sources = walk::load(root, &selection)?;
    if let Some(settings) = settings {
        sources.insert(settings);
    }
    let history = if config.shows_history() { history::read(root, &postmortems(&sources, &config)) } else { History::default() };
    Ok(Project { sources: Arc::new(sources), config: Arc::new(config), history: Arc::new(history), selection, config_findings })
}

/// The project with the files and folders in `changed` read again, or all of them where anything may be different. Settings that are no TOML
/// change nothing but the findings.
///
/// # Errors
/// As for [`open()`]; the project as it was is untouched.
pub fn reopen(project: &Project, root: &Path, changed: Option<&[PathBuf]>) -> Result<Project, LoadError> {
    reopen_with(project, root, changed, walk::read_config(root, &SourcePath::from(CONFIG_FILE))?)
}

/// The same with a text of site.toml that is not saved yet, in the place of the file's.
///
/// # Errors
/// As for [`reopen`].
pub fn reopen_as(project: &Project, root: &Path, changed: Option<&[PathBuf]>, settings: &str) -> Result<Project, LoadError> {
    reopen_with(project, root, changed, Some(SourceFile::new(SourcePath::from(CONFIG_FILE), Role::Config, settings.as_bytes())))
}

fn reopen_with(project: &Project, root: &Path, changed: Option<&[PathBuf]>, settings: Option<SourceFile>) -> Result<Project, LoadError> {
    let mut reopened = project.clone();
    if settings.as_ref().map(|file| file.hash) != project.sources.get(CONFIG_FILE).map(|file| file.hash) {
        let (_, _, findings) = configure(settings.as_ref());
        if !findings.iter().any(|finding| finding.rule == config::UNREADABLE_CONFIG) {
            return open_with(root, settings);
        }
        reopened.config_findings = findings;
    }
    let mut sources = match changed {
        Some(changed) => walk::reload(&project.sources, root, &project.selection, changed)?,
        None => walk::load(root, &project.selection)?,
    };
    if let Some(settings) = settings {
        sources.insert(settings);
    }
    reopened.sources = Arc::new(sources);
    Ok(reopened)
}

/// The project as it was before `changes`. Only where the settings were others is anything read again.
///
/// # Errors
/// As for [`open()`].
pub fn before(project: &Project, root: &Path, changes: &Changes) -> Result<Project, LoadError> {
    let mut before = project.clone();
    if let Some(settings) = changes.get(CONFIG_FILE) {
        let settings = settings.as_ref().map(|bytes| SourceFile::new(SourcePath::from(CONFIG_FILE), Role::Config, bytes));
        let (config, selection, config_findings) = configure(settings.as_ref());
        let mut sources = match walk::load(root, &selection) {
            // What is left of a folder that has gone is among the changes.
            Err(error) if error.cause.kind() == io::ErrorKind::NotFound => Sources::default(),
            read => read?,
        };
        if let Some(settings) = settings {
            sources.insert(settings);
        }
        before = Project { sources: Arc::new(sources), config: Arc::new(config), selection, config_findings, ..before };
    }
    let mut sources = Sources::clone(&before.sources);
    for (path, bytes) in changes.iter().filter(|(path, _)| path.as_str() != CONFIG_FILE) {
        sources.put_back(path, bytes.as_deref(), &before.selection);
    }
    before.sources = Arc::new(sources);
    Ok(before)
}

/// Reads the files beside the documents that the public is given, and keeps the texts of those that name somebody of `[people]`, for the rules and for
/// whoever tells what they find. What was read before and has not changed is not read again.
///
/// # Errors
/// A file cannot be read.
pub fn read_published(project: &mut Project, understood: &Understood, root: &Path) -> Result<(), LoadError> {
    let Project { sources, config, .. } = &*project;
    if config.editions.public.is_none() || config.people.is_empty() {
        return Ok(());
    }
    let published = check::published(&understood.corpus, &understood.knowledge);
    let unread = published.into_iter().filter_map(|path| sources.attachment(path)).filter(|file| !sources.is_noted(file));
    let unread: Vec<&Attachment> = unread.collect();
    let read = |attachment: &&Attachment| {
        let bytes = walk::read_attachment(root, attachment)?;
        let naming = as_text(&bytes).filter(|text| !config.people.named_in(text).is_empty()).map(Cow::into_owned);
        Ok((Attachment::clone(attachment), naming))
    };
    // Gathered before an error is looked for, so that of several the first by path is told.
    let texts: Vec<Result<(Attachment, Option<String>), LoadError>> = unread.par_iter().map(read).collect();
    if texts.is_empty() {
        return Ok(());
    }
    let mut sources = Sources::clone(sources);
    for text in texts {
        let (attachment, text) = text?;
        sources.note_text(&attachment, text.as_deref());
    }
    project.sources = Arc::new(sources);
    Ok(())
}

/// What the settings of a folder say, and which of its files are inputs, before any of them is read.
///
/// # Errors
/// The settings cannot be read.
pub fn settings(root: &Path) -> Result<(Config, Selection), LoadError> {
    let settings = walk::read_config(root, &SourcePath::from(CONFIG_FILE))?;
    let (config, selection, _) = configure(settings.as_ref());
    Ok((config, selection))
}

/// The settings of a folder as they are written; an empty text where it has none, or none that is text.
///
/// # Errors
/// The settings cannot be read.
pub fn settings_text(root: &Path) -> Result<String, LoadError> {
    let settings = walk::read_config(root, &SourcePath::from(CONFIG_FILE))?;
    Ok(settings.as_ref().and_then(SourceFile::text).map(ToString::to_string).unwrap_or_default())
}

/// A project written as one text (see [`Sources::from_archive`]), as tests write them.
#[must_use]
pub fn from_archive(archive: &str) -> Project {
    let settings = Sources::from_archive(archive, &Selection::default()).get(CONFIG_FILE).cloned();
    let (config, selection, config_findings) = configure(settings.as_ref());
    let sources = Arc::new(Sources::from_archive(archive, &selection).with_texts_of(archive));
    let (config, history) = (Arc::new(config), Arc::default());
    Project { sources, config, history, selection, config_findings }
}

fn configure(settings: Option<&SourceFile>) -> (Config, Selection, Vec<Diagnostic>) {
    let text = settings.and_then(SourceFile::text).map_or("", |text| text);
    let (config, mut findings) = config::parse(text);
    findings.extend(settings.and_then(unreadable));
    let selection = Selection::of(&config).unwrap_or_else(|bad| {
        findings.push(Diagnostic::new(config::INVALID_SETTING, &SourcePath::from(CONFIG_FILE), Span::default(), bad.to_string()));
        Selection::default()
    });
    (config, selection, findings)
}

/// The documents that are postmortems.
fn postmortems<'s>(sources: &'s Sources, config: &Config) -> Vec<&'s SourcePath> {
    // The globs were checked when site.toml was read.
    let globs = glob_set(&config.content.postmortems).unwrap_or_default();
    sources.documents().map(|file| &file.path).filter(|path| globs.is_match(config.content.below(path.as_str()))).collect()
}

/// Parses and links the documents of a project.
pub fn understand(project: &Project, memo: &mut Memo) -> Understood {
    let (corpus, findings) = read_all(project, memo);
    let is_attachment = |path: &str| project.sources.attachment(path).is_some();
    let attachments = Attachments { is_one: &is_attachment, print: project.sources.attachment_paths() };
    let knowledge = memo.linked.link(&corpus, &project.config, attachments);
    let (whole, remembered) = (Arc::clone(&memo.whole), Arc::clone(&memo.remembered));
    Understood { corpus, knowledge, findings, whole, remembered }
}

/// The documents as they are now, with what was known of them together `before`: at the cost of those that have changed. Nothing where there are
/// other documents than before, or other settings.
#[must_use]
pub fn glance(project: &Project, memo: &mut Memo, before: &Understood) -> Option<Understood> {
    if memo.config.as_ref() != Some(&project.config) {
        return None;
    }
    let (corpus, findings) = read_all(project, memo);
    // What is known counts them by their places.
    let is_same = corpus.documents().map(in_place).eq(before.corpus.documents().map(in_place));
    let (knowledge, whole, remembered) = (Arc::clone(&before.knowledge), Arc::clone(&before.whole), Arc::clone(&before.remembered));
    is_same.then_some(Understood { corpus, knowledge, findings, whole, remembered })
}

/// The place of a document among all, and its file.
fn in_place((id, document): (DocumentId, DocumentRef<'_>)) -> (DocumentId, &SourcePath) {
    (id, &document.head().path)
}

/// The documents of a project, with what is found in each and in what they are read by.
fn read_all(project: &Project, memo: &mut Memo) -> (Corpus, Vec<Diagnostic>) {
    let (corpus, mut findings) = parse_all(project, memo);
    findings.extend(project.config_findings.iter().cloned());
    findings.extend(project.sources.problems().cloned());
    findings.extend(project.history.gap.as_deref().map(no_history));
    (corpus, findings)
}

/// Every finding of a project, levels applied and allowances heard, in order.
#[must_use]
pub fn check(project: &Project, understood: &Understood, further: &[Diagnostic], today: Date) -> Vec<Diagnostic> {
    let found = understood.findings.iter().chain(further).cloned().collect();
    review(project, understood, today, |context| check::check(context, found))
}

/// Every finding there is: those of the theme, and of the site as it would be laid out (two files claiming one address), among them.
#[must_use]
pub fn check_all(project: &Project, understood: &Understood, build: BuildInfo) -> Vec<Diagnostic> {
    let (look, mut further) = look(project);
    let (edition, today) = (Edition { drafts: Drafts::Shown, ..Edition::default() }, build.today);
    let (_, collisions) = site(project, understood, Arc::new(look), edition, build);
    further.extend(collisions);
    check(project, understood, &further, today)
}

/// The findings of one document without a look at the others; see [`check::check_alone`].
#[must_use]
pub fn check_alone(project: &Project, understood: &Understood, path: &SourcePath, today: Date) -> Vec<Diagnostic> {
    let found = understood.findings.iter().filter(|finding| finding.primary.path == *path).cloned().collect();
    match understood.corpus.by_path(path) {
        Some((id, _)) => review(project, understood, today, |context| check::check_alone(context, id, found)),
        None => review(project, understood, today, |context| check::check_found(context, found)),
    }
}

/// The findings of one document by itself; see [`check::check_document`].
#[must_use]
pub fn check_document(
    project: &Project,
    understood: &Understood,
    further: &[Diagnostic],
    path: &SourcePath,
    today: Date,
) -> Vec<Diagnostic> {
    let Some((id, _)) = understood.corpus.by_path(path) else { return Vec::new() };
    let found = understood.findings.iter().chain(further).filter(|finding| finding.primary.path == *path).cloned().collect();
    review(project, understood, today, |context| check::check_document(context, id, found))
}

/// What is wrong with the settings of a project; see [`check::check_settings`].
#[must_use]
pub fn check_settings(project: &Project, understood: &Understood, further: &[Diagnostic], today: Date) -> Vec<Diagnostic> {
    let of_settings = |finding: &&Diagnostic| finding.primary.path.as_str() == CONFIG_FILE;
    let found = understood.findings.iter().chain(further).filter(of_settings).cloned().collect();
    review(project, understood, today, |context| check::check_settings(context, found))
}

/// What is wrong with a text of site.toml that is not saved yet, before anything is made of it.
#[must_use]
pub fn check_settings_as(project: &Project, understood: &Understood, text: &str, today: Date) -> Vec<Diagnostic> {
    review(project, understood, today, |context| check::check_found(context, config::parse(text).1))
}

/// A project with every fix applied that was asked for.
#[derive(Debug)]
pub struct Mended {
    /// The project with its texts as they should be.
    pub project: Project,
    /// The documents that are not as they were, in order.
    pub changed: Vec<SourcePath>,
    /// How many fixes were applied.
    pub fixes: usize,
    /// The findings of the project as it is now, as far as they were to be mended.
    pub findings: Vec<Diagnostic>,
}

/// Applies the fixes of findings, and of those that come up when these are gone, until nothing is left to mend. `find` gives the findings of a
/// project that are to be mended.
pub fn mend<E>(project: &Project, mut find: impl FnMut(&Project) -> Result<Vec<Diagnostic>, E>) -> Result<Mended, E> {
    // One fix may make room for another: a section for its place in the order. None makes room for itself.
    const ROUNDS: usize = 8;
    let mut mended = Mended { project: project.clone(), changed: Vec::new(), fixes: 0, findings: find(project)? };
    for _ in 0..ROUNDS {
        let mut by_file: BTreeMap<&SourcePath, Vec<&Fix>> = BTreeMap::new();
        for finding in &mended.findings {
            by_file.entry(&finding.primary.path).or_default().extend(&finding.fix);
        }
        let mut sources = Sources::clone(&mended.project.sources);
        let fixes_before = mended.fixes;
        for (path, fixes) in by_file {
            let document = mended.project.sources.get(path.as_str()).filter(|file| file.role == Role::Document);
            let Some(text) = document.and_then(SourceFile::text) else { continue };
            let (text, applied) = diagnostic::mend(text, fixes);
            if applied > 0 {
                mended.fixes += applied;
                sources.insert(SourceFile::new(path.clone(), Role::Document, text.as_bytes()));
                mended.changed.push(path.clone());
            }
        }
        if mended.fixes == fixes_before {
            break;
        }
        mended.project.sources = Arc::new(sources);
        mended.findings = find(&mended.project)?;
    }
    mended.changed.sort();
    mended.changed.dedup();
    mended.changed.retain(|path| mended.project.text(path) != project.text(path));
    Ok(mended)
}

/// Hands the rules what they may look at.
fn review<T>(project: &Project, understood: &Understood, today: Date, run: impl FnOnce(&check::Context<'_>) -> T) -> T {
    let Understood { corpus, knowledge, .. } = understood;
    run(&check::Context { corpus, knowledge, config: &project.config, sources: &project.sources, selection: &project.selection, today })
}

/// The theme of a project, ready for use, with what is wrong with its templates.
#[must_use]
pub fn look(project: &Project) -> (Look, Vec<Diagnostic>) {
    let Config { theme: settings, site, content, .. } = &*project.config;
    let folder = format!("themes/{}/", settings.name);
    let texts = project.sources.theme_files().filter_map(|file| Some((&file.path, file.text()?.as_bytes())));
    let own: Vec<(&str, &[u8])> = texts
        .chain(project.sources.assets())
        .filter_map(|(path, bytes)| Some((path.as_str().strip_prefix(folder.as_str())?, bytes)))
        .collect();
    // The files that say whose site it is are assets, wherever they lie.
    let identity = site.identity().filter_map(|file| Some((format!("assets/{}", file.value), project.sources.asset(&content.path(file))?)));
    let identity: Vec<(String, &[u8])> = identity.collect();
    let files = own.iter().copied().chain(identity.iter().map(|(path, bytes)| (path.as_str(), *bytes)));
    let (theme, mut findings) = Theme::load(&settings.name, &site.language, settings.accent.as_ref(), files);
    let mut tell = |place, message: String| {
        findings.push(Diagnostic::new(config::INVALID_SETTING, &SourcePath::from(CONFIG_FILE), place, message));
    };
    if !theme::is_built_in(&settings.name) && own.is_empty() {
        tell(Span::default(), format!("there is no theme in `{folder}`, so the built-in one is used"));
    }
    for file in site.identity().filter(|file| theme.asset_url(file).is_none()) {
        tell(file.span, format!("there is neither `{}` nor `{folder}assets/{}`", content.path(file), file.value));
    }
    (Look { theme, memory: Arc::default() }, findings)
}

/// The site of a project, with what is wrong with it.
pub fn site(project: &Project, understood: &Understood, look: Arc<Look>, edition: Edition, build: BuildInfo) -> (Site, Vec<Diagnostic>) {
    Site::new(projected(project, understood, edition, build.today), look, build)
}

/// What an edition may see of a project.
#[must_use]
pub fn projected(project: &Project, understood: &Understood, edition: Edition, today: Date) -> Projected {
    let is_attachment = |path: &str| project.sources.attachment(path).is_some();
    let attachments = Attachments { is_one: &is_attachment, print: project.sources.attachment_paths() };
    let (corpus, knowledge) = with_manual(project, understood, attachments);
    let text = |path: &SourcePath| project.text(path);
    let remembered = &understood.remembered;
    edition::project(
        &Whole {
            corpus: &corpus,
            knowledge: &knowledge,
            config: &project.config,
            text: &text,
            attachments,
            remembered,
            history: &project.history,
            today,
        },
        edition,
    )
}

/// The documents, and where the site wants them the pages on its rules, which nobody has to check. A document at the place of such a page
/// goes before it.
fn with_manual<'u>(project: &Project, understood: &'u Understood, attachments: Attachments<'_>) -> (Cow<'u, Corpus>, Arc<Knowledge>) {
    if !project.config.site.rules {
        return (Cow::Borrowed(&understood.corpus), Arc::clone(&understood.knowledge));
    }
    let mut corpus = understood.corpus.clone();
    for (path, text) in check::manual_pages(&project.config) {
        let path = SourcePath::from(project.config.content.path(&path));
        let parsed = parse::document(&path, &text, parse::Role::Page, &project.config);
        if let (AnyDocument::Page(page), None) = (parsed.document, project.sources.get(path.as_str())) {
            corpus.pages.push(page);
        }
    }
    corpus.pages.sort_by(|a, b| a.head.path.cmp(&b.head.path));
    let knowledge = understood.whole.link(&corpus, &project.config, attachments);
    (Cow::Owned(corpus), knowledge)
}

/// Parses every document, those that have not changed from memory, in parallel and in order of path.
fn parse_all(project: &Project, memo: &mut Memo) -> (Corpus, Vec<Diagnostic>) {
    if memo.config.as_ref() != Some(&project.config) {
        memo.parsed.clear();
        memo.config = Some(Arc::clone(&project.config));
    }
    // The globs were checked when site.toml was read.
    let postmortems = glob_set(&project.config.content.postmortems).unwrap_or_default();
    // Both are in order of path, so what is known already is found by going through them side by side.
    let mut known = std::mem::take(&mut memo.parsed).into_iter().peekable();
    let mut documents: Vec<(&SourceFile, Option<Parsed>)> = Vec::new();
    for file in project.sources.documents() {
        while known.next_if(|kept| kept.path < file.path).is_some() {}
        let same = known.next_if(|kept| kept.path == file.path && kept.hash == file.hash);
        documents.push((file, same.map(|kept| kept.parsed)));
    }
    documents.par_iter_mut().filter(|(_, parsed)| parsed.is_none()).for_each(|(file, parsed)| {
        let role = || role(project, &postmortems, &file.path);
        *parsed = file.text().map(|text| parse::document(&file.path, text, role(), &project.config));
    });
    let mut corpus = Corpus::default();
    let mut findings = Vec::new();
    for (file, parsed) in documents {
        let Some(parsed) = parsed else {
            findings.extend(unreadable(file));
            continue;
        };
        match &parsed.document {
            AnyDocument::Postmortem(postmortem) => corpus.postmortems.push(Arc::clone(postmortem)),
            AnyDocument::Page(page) => corpus.pages.push(Arc::clone(page)),
        }
        findings.extend(parsed.findings.iter().cloned());
        memo.parsed.push(Kept { path: file.path.clone(), hash: file.hash, parsed });
    }
    (corpus, findings)
}

/// One document of a project by itself, parsed; nothing where there is no text of it.
#[must_use]
pub fn document(project: &Project, path: &SourcePath) -> Option<Parsed> {
    // The globs were checked when site.toml was read.
    let postmortems = glob_set(&project.config.content.postmortems).unwrap_or_default();
    let text = project.sources.get(path.as_str()).filter(|file| file.role == Role::Document)?.text()?;
    Some(parse::document(path, text, role(project, &postmortems, path), &project.config))
}

fn role(project: &Project, postmortems: &GlobSet, path: &SourcePath) -> parse::Role {
    if postmortems.is_match(project.config.content.below(path.as_str())) { parse::Role::Postmortem } else { parse::Role::Page }
}

/// Says why the history that the site is to show is not whole.
fn no_history(gap: &str) -> Diagnostic {
    let message = format!("the history of incidents is not whole: {gap}");
    let finding = Diagnostic::new(INCOMPLETE_HISTORY, &SourcePath::from(CONFIG_FILE), Span::default(), message);
    finding.help(
        "fetch all commits before the site is built (`fetch-depth: 0`, `git fetch --unshallow`), or take `history` out of the settings",
    )
}

fn unreadable(file: &SourceFile) -> Option<Diagnostic> {
    let finding = match &file.content {
        Content::Text(_) => return None,
        Content::NotUtf8 { valid_up_to, .. } => Diagnostic::new(
            UNREADABLE_FILE,
            &file.path,
            Span::at(*valid_up_to),
            format!("byte {valid_up_to} is not UTF-8, so the file was not read"),
        )
        .help("save the file as UTF-8; `iconv -f latin1 -t utf-8` converts from the most common other encoding"),
        Content::TooLarge { len } => {
            let limit = crate::source::FILE_LIMIT;
            Diagnostic::new(
                UNREADABLE_FILE,
                &file.path,
                Span::default(),
                format!("{len} bytes are more than a document may have ({limit})"),
            )
            .help("split the document, or leave it out with `exclude` under `[content]`")
        }
    };
    Some(match file.role {
        Role::Config => finding.help("without it the defaults hold"),
        Role::Document | Role::Theme => finding,
    })
}
