//! `afterword import`: what others have written, as documents of ours. Files in, files out, no network.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};

use super::check::all_findings;
use super::new::postmortem_folder;
use super::{Failure, Outcome, Terminal};
use crate::diagnostic::{Diagnostic, Level, SourcePath};
use crate::frontmatter::{self, Mapping, Node};
use crate::import::{self, Attached, Document, Entry, Format, Ground, Imported, State};
use crate::knowledge::percent_decode;
use crate::markdown;
use crate::model::portable;
use crate::pipeline::{self, Memo, Project, Understood};
use crate::source::{ATTACHMENT_LIMIT, Attachment, BadSelection, Kind, Role, Selection, SourceFile, Sources, glob_set, walk};

const EXAMPLES: &str = "\
Examples:
  afterword import markdown --preset hugo ../site/content/incidents --dry-run
  afterword import markdown --preset google-docs ~/Downloads/report.md
  curl -o incidents.json https://status.example.com/api/v2/incidents.json
  afterword import statuspage incidents.json
  gh issue list --label incident --state all --limit 1000 \\
    --json number,title,body,labels,createdAt,closedAt,state,url,author,assignees,comments > issues.json
  afterword import github issues.json

Exit status: 0 done; 1 a person must look: something was guessed or lost, or the check finds an error; 2 the tool could not work.";

/// The arguments of `import`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    source: Source,
}

#[derive(Debug, Subcommand)]
enum Source {
    /// Markdown that another tool kept or exported: a folder, or one file.
    Markdown {
        /// The tool.
        #[arg(long, value_enum)]
        preset: Preset,

        #[command(flatten)]
        common: Common,
    },
    /// The incidents of a status page: `/api/v2/incidents.json` of Atlassian Statuspage and its like.
    Statuspage(Common),
    /// A list of issues of GitHub: of `gh issue list --json …`, or of its API.
    Github(Common),
    /// A list of issues of GitLab: of `glab issue list --output json`, or of its API.
    Gitlab(Common),
    /// The list of post-mortems of danluu/post-mortems: its README.md.
    Danluu(Common),
}

#[derive(Debug, Args)]
struct Common {
    /// The folder or file to read.
    #[arg(value_name = "FROM")]
    from: PathBuf,

    /// Write nothing, and tell for everything in the source what would become of it.
    #[arg(long)]
    dry_run: bool,

    /// How to tell it.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    format: Telling,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Telling {
    /// For a person.
    Text,
    /// For a program.
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Preset {
    /// Hugo: the folder of the site, or of its content.
    Hugo,
    /// Zola.
    Zola,
    /// Jekyll: the folder of the site, or `_posts`.
    Jekyll,
    /// MkDocs, and Material for MkDocs.
    Mkdocs,
    /// cState, a status page made with Hugo.
    Cstate,
    /// Summaries as in icco/postmortems.
    Icco,
    /// File › Download › Markdown of Google Docs.
    GoogleDocs,
    /// Pages of Confluence that were turned into Markdown.
    Confluence,
}

impl Preset {
    fn format(self) -> Format {
        match self {
            Self::Hugo => Format::Hugo,
            Self::Zola => Format::Zola,
            Self::Jekyll => Format::Jekyll,
            Self::Mkdocs => Format::Mkdocs,
            Self::Cstate => Format::Cstate,
            Self::Icco => Format::Icco,
            Self::GoogleDocs => Format::GoogleDocs,
            Self::Confluence => Format::Confluence,
        }
    }
}

impl Source {
    fn common(&self) -> &Common {
        match self {
            Self::Markdown { common, .. }
            | Self::Statuspage(common)
            | Self::Github(common)
            | Self::Gitlab(common)
            | Self::Danluu(common) => common,
        }
    }
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let common = arguments.source.common();
    let mut project = pipeline::open(root)?;
    let understood = pipeline::understand(&project, &mut Memo::default());
    let (folder, imported) = read(&arguments.source, &project)?;
    let skipped = imported.skipped.clone();
    let documents = import::lay_out(imported, &ground(&project, &understood));
    let mut entries = Vec::new();
    for document in documents {
        let state = state(&document, &project, &understood);
        if state == State::New {
            fits(&document, &project)?;
        }
        entries.push(Entry { document, state, findings: Vec::new() });
    }
    check(&mut project, &mut entries)?;
    if !common.dry_run {
        for entry in entries.iter().filter(|entry| entry.state == State::New) {
            write(root, &folder, &entry.document)?;
        }
    }
    let next = next(&entries, common.dry_run, arguments);
    match common.format {
        Telling::Text => terminal.data(&import::text(&entries, &skipped, common.dry_run))?,
        Telling::Json => Terminal::for_programs(&import::json(&entries, &skipped, !common.dry_run, next.as_deref())?)?,
    }
    terminal.say(&summary(&entries, skipped.len(), common.dry_run));
    if let Some(next) = next {
        terminal.say(&format!("Next: {next}"));
    }
    let wants_review = entries.iter().any(Entry::wants_review) || skipped.iter().any(|skipped| skipped.wants_review);
    Ok(if wants_review { Outcome::Findings } else { Outcome::Done })
}

/// What there is to import, and the folder that its files are in.
fn read(source: &Source, project: &Project) -> Result<(PathBuf, Imported), Failure> {
    let from = &source.common().from;
    let config = &project.config;
    let form = |wrong: import::WrongForm| Failure(format!("`{}`: {wrong}", from.display()));
    if let Source::Markdown { preset, .. } = source {
        let (folder, sources) = markdown_files(from)?;
        return Ok((folder, import::markdown::read(preset.format(), &sources, config)));
    }
    let text = one_text(from)?;
    let imported = match source {
        Source::Statuspage(_) => import::statuspage::read(&text, config).map_err(form)?,
        Source::Github(_) => import::issues::read(Format::Github, &text, config).map_err(form)?,
        Source::Gitlab(_) => import::issues::read(Format::Gitlab, &text, config).map_err(form)?,
        Source::Danluu(_) | Source::Markdown { .. } => import::danluu::read(&text, config),
    };
    Ok((PathBuf::new(), imported))
}

/// The text of a file.
fn one_text(from: &Path) -> Result<String, Failure> {
    let (folder, name) = folder_and_name(from)?;
    let file = walk::read_config_of(&folder, &SourcePath::from(name), ATTACHMENT_LIMIT)?;
    let file = file.ok_or_else(|| Failure(format!("there is no file `{}`", from.display())))?;
    match file.text() {
        Some(text) => Ok(text.to_string()),
        None => Err(Failure(format!("`{}` is not UTF-8, or more than {} MiB long", from.display(), ATTACHMENT_LIMIT >> 20))),
    }
}

/// The Markdown of a folder with all that lies beside it, or one file with what it shows.
fn markdown_files(from: &Path) -> Result<(PathBuf, Sources), Failure> {
    let bad = |bad: BadSelection| Failure(bad.to_string());
    let everything = Selection::default()
        .content(".")
        .and_then(|selection| selection.include(&["**/*.md", "**/*.md.*", "**/*.markdown"]))
        .map_err(bad)?;
    if from.is_dir() {
        return Ok((from.to_owned(), walk::load(from, &everything)?));
    }
    let (folder, name) = folder_and_name(from)?;
    // A file is a document whatever it is called, and only what it shows is read beside it.
    let one = Selection::default().content(".").and_then(|selection| selection.include(&[globset::escape(&name)])).map_err(bad)?;
    let sources = walk::reload(&Sources::default(), &folder, &one, &[PathBuf::from(&name)])?;
    let Some(text) = sources.get(&name).and_then(SourceFile::text).cloned() else {
        return Err(Failure(format!("there is no file `{}` that can be read as text", from.display())));
    };
    let mut shown = vec![PathBuf::from(&name)];
    let body = frontmatter::parse(&text).body;
    markdown::walk::links(&markdown::read(&text, body).blocks, &mut |_, link, _| {
        let path = percent_decode(link.target.split(['#', '?']).next().unwrap_or_default());
        let is_below = !path.is_empty() && Path::new(&path).components().all(|part| matches!(part, Component::Normal(_)));
        if is_below {
            shown.push(PathBuf::from(path));
        }
    });
    Ok((folder.clone(), walk::reload(&Sources::default(), &folder, &one, &shown)?))
}

fn folder_and_name(file: &Path) -> Result<(PathBuf, String), Failure> {
    let name = file.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| Failure(format!("`{}` is no file with a name in UTF-8", file.display())))?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((folder.to_owned(), name.to_owned()))
}

/// Where documents go, and what is there.
fn ground<'p>(project: &'p Project, understood: &Understood) -> Ground<'p> {
    let config = &project.config;
    let files = project.sources.files().map(|file| &file.path).chain(project.sources.attachments().map(|file| &file.path));
    // Every name on the way to a file, and what addresses make of it, so that no two pages share one.
    let names = files.flat_map(|path| path.as_str().split('/')).flat_map(|name| {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        [name.split('.').next().unwrap_or(name).to_lowercase(), portable(stem)]
    });
    let taken: BTreeSet<String> = names.collect();
    let known = understood.corpus.documents().filter_map(|(_, document)| {
        let head = document.head();
        let (format, id, _) = origin(&head.metadata)?;
        Some(((format, id), head.path.clone()))
    });
    Ground { config, folder: postmortem_folder(config), taken, known: known.collect::<BTreeMap<_, _>>() }
}

/// What a document says it was imported from: format, id and hash.
fn origin(metadata: &Mapping) -> Option<(String, String, String)> {
    let origin = metadata.get("imported_from")?.value.mapping()?;
    let text = |key| origin.get(key).and_then(|entry| Node::text(&entry.value)).map(str::to_owned);
    Some((text("format")?, text("id")?, text("hash").unwrap_or_default()))
}

fn state(document: &Document, project: &Project, understood: &Understood) -> State {
    let there = understood.corpus.by_path(&document.path).and_then(|(_, there)| origin(&there.head().metadata));
    match there {
        Some((format, id, _)) if format != document.format.word() || id != document.id => State::New,
        None => State::New,
        Some((.., hash)) if hash != document.hash => State::SourceChanged,
        Some(_) if project.text(&document.path) == Some(document.text.as_str()) => State::Unchanged,
        Some(_) => State::Edited,
    }
}

/// Whether the project would take a file at this place for a postmortem.
fn fits(document: &Document, project: &Project) -> Result<(), Failure> {
    let path = document.path.as_str();
    let postmortems = glob_set(&project.config.content.postmortems).unwrap_or_default();
    let is_document = project.selection().kind(path) == Kind::Text(Role::Document);
    if is_document && postmortems.is_match(project.config.content.below(path)) {
        return Ok(());
    }
    Err(Failure(format!(
        "by site.toml, `{path}` would be no postmortem; make `postmortems` under `[content]` wide enough for it, such as `postmortems/**`"
    )))
}

/// Checks the project as it will be with the new documents in it, before any of them is written.
fn check(project: &mut Project, entries: &mut [Entry]) -> Result<(), Failure> {
    let mut sources = Sources::clone(&project.sources);
    for Entry { document, .. } in entries.iter().filter(|entry| entry.state == State::New) {
        sources.insert(SourceFile::new(document.path.clone(), Role::Document, document.text.as_bytes()));
        for file in &document.attached {
            let path = beside(&document.path, file.name());
            sources.attach(Attachment { path: SourcePath::from(path), len: 0, hash: 0 });
        }
    }
    project.sources = Arc::new(sources);
    let understood = pipeline::understand(project, &mut Memo::default());
    let mut findings: BTreeMap<SourcePath, Vec<Diagnostic>> = BTreeMap::new();
    for finding in all_findings(project, &understood)? {
        findings.entry(finding.primary.path.clone()).or_default().push(finding);
    }
    for entry in entries.iter_mut().filter(|entry| entry.state == State::New) {
        entry.findings = findings.remove(&entry.document.path).unwrap_or_default();
    }
    Ok(())
}

/// The path of a file in the folder of a document.
fn beside(document: &SourcePath, name: &str) -> String {
    document.as_str().rsplit_once('/').map_or_else(|| name.to_owned(), |(folder, _)| format!("{folder}/{name}"))
}

/// Writes a document with its files: all of it appears at once, or nothing does. What is there already is left alone.
#[expect(clippy::disallowed_methods, reason = "import writes the author's own files")]
fn write(root: &Path, from: &Path, document: &Document) -> Result<(), Failure> {
    let file = root.join(document.path.as_str());
    let failed = |error: std::io::Error| Failure(format!("`{}` cannot be written: {error}", document.path));
    let (target, is_folder) = if document.attached.is_empty() { (file.as_path(), false) } else { (file.parent().unwrap_or(root), true) };
    let folder = target.parent().unwrap_or(root);
    no_links(root, folder)?;
    std::fs::create_dir_all(folder).map_err(failed)?;
    if target.symlink_metadata().is_ok() {
        return Err(Failure(format!("`{}` already exists; it was not written", target.display())));
    }
    // A name that begins with a dot is no input, so nobody sees it before it is whole.
    if is_folder {
        let aside = aside(0o777).tempdir_in(folder).map_err(failed)?;
        for attached in &document.attached {
            let bytes = match attached {
                Attached::Bytes { bytes, .. } => bytes.clone(),
                Attached::File { from: path, .. } => walk::read_attachment(from, &Attachment { path: path.clone(), len: 0, hash: 0 })?,
            };
            write_new(&aside.path().join(attached.name()), &bytes).map_err(failed)?;
        }
        write_new(&aside.path().join("index.md"), document.text.as_bytes()).map_err(failed)?;
        return std::fs::rename(aside.path(), target).map_err(failed);
    }
    let mut aside = aside(0o666).tempfile_in(folder).map_err(failed)?;
    aside.write_all(document.text.as_bytes()).map_err(failed)?;
    aside.persist_noclobber(target).map(drop).map_err(|error| failed(error.error))
}

fn write_new(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::OpenOptions::new().write(true).create_new(true).open(file)?.write_all(bytes)
}

/// A place beside, which will stay, and so is as open as the person's other files (`umask`).
fn aside(mode: u32) -> tempfile::Builder<'static, 'static> {
    let mut aside = tempfile::Builder::new();
    aside.prefix(".import-");
    #[cfg(not(unix))]
    let _ = mode;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        aside.permissions(std::fs::Permissions::from_mode(mode));
    }
    aside
}

/// Refuses to write through a link, which may lead out of the project.
fn no_links(root: &Path, folder: &Path) -> Result<(), Failure> {
    let below = folder.strip_prefix(root).unwrap_or(Path::new(""));
    let mut path = root.to_owned();
    for part in below.components() {
        path.push(part);
        if path.is_symlink() {
            return Err(Failure(format!("`{}` is a link, and nothing is written through it", path.display())));
        }
    }
    Ok(())
}

/// The command to run next, where there is something to do.
fn next(entries: &[Entry], dry_run: bool, arguments: &Arguments) -> Option<String> {
    let new: Vec<&Entry> = entries.iter().filter(|entry| entry.state == State::New).collect();
    let first = new.first()?;
    if dry_run {
        let kind = match &arguments.source {
            Source::Markdown { preset, .. } => format!("markdown --preset {}", preset.format().word()),
            Source::Statuspage(_) => "statuspage".to_owned(),
            Source::Github(_) => "github".to_owned(),
            Source::Gitlab(_) => "gitlab".to_owned(),
            Source::Danluu(_) => "danluu".to_owned(),
        };
        return Some(format!("afterword import {kind} {}", super::init::quoted(&arguments.source.common().from.to_string_lossy())));
    }
    let file = first.document.path.as_str();
    let folder = file.trim_end_matches("/index.md").rsplit_once('/').map_or(".", |(folder, _)| folder);
    Some(format!("afterword check {}", super::init::quoted(if new.len() == 1 { file } else { folder })))
}

/// In one line, how many documents there are and what is to be done.
fn summary(entries: &[Entry], skipped: usize, dry_run: bool) -> String {
    let count = |state: State| entries.iter().filter(|entry| entry.state == state).count();
    let new = count(State::New);
    let documents = if new == 1 { "1 document".to_owned() } else { format!("{new} documents") };
    let mut parts = vec![format!("{documents} {}", if dry_run { "would be written" } else { "written" })];
    for (state, words) in
        [(State::Unchanged, "unchanged"), (State::Edited, "edited since"), (State::SourceChanged, "changed at the source")]
    {
        let count = count(state);
        if count > 0 {
            parts.push(format!("{count} {words}"));
        }
    }
    if skipped > 0 {
        parts.push(format!("{skipped} skipped"));
    }
    let looks = entries.iter().filter(|entry| entry.wants_review()).count();
    if looks > 0 {
        parts.push(format!("{looks} to look at"));
    }
    let errors = entries.iter().flat_map(|entry| &entry.findings).filter(|finding| finding.level == Level::Error).count();
    if errors > 0 {
        parts.push(format!("the check finds {errors} error{}", if errors == 1 { "" } else { "s" }));
    }
    parts.join("; ") + "."
}
