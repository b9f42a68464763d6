//! `afterword serve`

use std::borrow::Cow;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::{Failure, Outcome, Terminal, build_info};
use crate::diagnostic::{Diagnostic, LineIndex, SourcePath};
use crate::edition::{Drafts, Edition};
use crate::markdown::escape;
use crate::model::DocumentId;
use crate::pipeline::{self, Memo, Project, Understood};
use crate::render::{Body, HTML, render};
use crate::report;
use crate::serve::{self, Built, Change, Changes, Notice, Page, Watched};
use crate::site::{BuildInfo, Look, Route, Site};
use crate::source::{CONFIG_FILE, walk};

/// The port asked for first. Hugo and Zola have 1313 and 1111; this one is nobody's.
pub(super) const PORT: u16 = 4114;

/// Of how many saved files at once the findings are told.
const TOLD: usize = 8;

/// The arguments of `serve`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Open the browser.
    #[arg(long)]
    open: bool,

    /// The port; where it is taken, the next free one.
    #[arg(short, long, default_value_t = PORT)]
    port: u16,

    /// Listen at this address, so that others can see the site; by default this machine alone.
    #[arg(long, value_name = "ADDRESS")]
    bind: Option<IpAddr>,

    /// A name by which others may call this machine; may be given more than once.
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,

    /// Leave drafts out, as `build` does.
    #[arg(long)]
    no_drafts: bool,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    // Changes are told by real paths, whatever way led to the folder.
    #[expect(clippy::disallowed_methods, reason = "the command line is where folders are found")]
    let root = &std::fs::canonicalize(root)?;
    let project = pipeline::open(root)?;
    let watched = watched(root, &project);
    let drafts = if arguments.no_drafts { Drafts::Hidden } else { Drafts::Shown };
    let mut preview = Preview {
        terminal,
        root: root.clone(),
        edition: Edition { drafts },
        build: build_info(None)?,
        project,
        memo: Memo::default(),
        look: None,
    };
    let options = serve::Options { bind: arguments.bind, port: arguments.port, hosts: arguments.hosts.clone(), open: arguments.open };
    let told = terminal;
    let never = serve::run(&options, &watched, move |changes| preview.rebuild(changes), move |notice| tell(told, &notice))?;
    match never {}
}

/// Says what the server has to say.
pub(super) fn tell(terminal: Terminal, notice: &Notice) {
    match notice {
        Notice::Listening { url, port, wanted, exposed } => {
            if port != wanted && *wanted != 0 {
                terminal.say(&format!("Port {wanted} is taken, so this is port {port}."));
            }
            // The preview goes on whether or not anybody reads where it is.
            let _ = terminal.data(&format!("{url}\n"));
            if *exposed {
                terminal.say("Others who reach this machine can see the site, drafts and all.");
            }
            terminal.say("Ctrl-C ends it.");
        }
        Notice::NotOpened { cause } => terminal.say(&format!("No browser could be opened: {cause}")),
        Notice::Polling { cause } => {
            terminal.say(&format!("The system does not tell of changes ({cause}), so the folders are looked through every second."));
        }
    }
}

fn watched(root: &Path, project: &Project) -> Watched {
    Watched { root: root.to_path_buf(), selection: project.selection().clone(), files: vec![root.join(CONFIG_FILE)] }
}

/// What is shown, and what is remembered from one edit to the next.
struct Preview {
    terminal: Terminal,
    root: PathBuf,
    edition: Edition,
    build: BuildInfo,
    project: Project,
    memo: Memo,
    look: Option<(Arc<Look>, Vec<Diagnostic>)>,
}

impl Preview {
    /// Makes the site anew; nothing where the project cannot be read, so that the old one stays.
    fn rebuild(&mut self, changes: &Changes) -> Option<Built> {
        let paths: &[PathBuf] = if let Changes::Paths(paths) = changes { paths } else { &[] };
        let settings = matches!(changes, Changes::Everything) || paths.iter().any(|path| path.ends_with(CONFIG_FILE));
        let read = if settings { pipeline::open(&self.root) } else { pipeline::reopen(&self.project, &self.root, paths) };
        let project = read.map_err(|error| self.terminal.error(&error.to_string())).ok()?;
        let other_settings = project.config != self.project.config;
        self.project = project;

        let themes = self.root.join("themes");
        let of_theme = |path: &PathBuf| path.starts_with(&themes);
        if settings || paths.iter().any(of_theme) {
            self.look = None;
        }
        let is_style = |path: &PathBuf| of_theme(path) && path.extension().is_some_and(|ending| ending == "css");
        let change = if !paths.is_empty() && paths.iter().all(is_style) { Change::Style } else { Change::Page };

        let shown = self.show();
        self.tell_findings(&shown, paths);
        let watched = other_settings.then(|| watched(&self.root, &self.project));
        Some(Built { pages: Arc::new(move |path: &str| shown.page(path)), change, watched })
    }

    fn show(&mut self) -> Shown {
        let understood = pipeline::understand(&self.project, &mut self.memo);
        let (look, of_look) = self.look.get_or_insert_with(|| {
            let (look, findings) = pipeline::look(&self.project);
            (Arc::new(look), findings)
        });
        let (site, of_site) = pipeline::site(&self.project, &understood, Arc::clone(look), self.edition, self.build.clone());
        let further = of_look.iter().chain(&of_site).cloned().collect();
        Shown { terminal: self.terminal, root: self.root.clone(), project: self.project.clone(), understood, further, site }
    }

    /// Says in the terminal what is wrong with the documents that were just saved, unless they are very many.
    fn tell_findings(&self, shown: &Shown, changed: &[PathBuf]) {
        if changed.len() > TOLD {
            return;
        }
        for path in changed.iter().filter_map(|path| path.strip_prefix(&self.root).ok()) {
            let path = SourcePath::from(path.to_string_lossy().replace('\\', "/"));
            let findings = shown.findings(&path);
            if !findings.is_empty() {
                let told = report::write(report::Format::Concise, &findings, &|path| shown.project.text(path), self.terminal.style());
                self.terminal.say(told.trim_end());
            }
        }
    }
}

/// One state of the site, as browsers see it.
struct Shown {
    terminal: Terminal,
    root: PathBuf,
    project: Project,
    understood: Understood,
    further: Vec<Diagnostic>,
    site: Site,
}

impl Shown {
    fn page(&self, path: &str) -> Option<Page> {
        let route = self.site.route(path.trim_start_matches('/'))?;
        let artifact = match render(&self.site, route) {
            Ok(artifact) => artifact,
            Err(finding) => return Some(self.failure(&finding)),
        };
        let bytes: Arc<[u8]> = match artifact.body {
            Body::Bytes(bytes) if artifact.media_type == HTML => self.annotate(route, &String::from_utf8_lossy(&bytes)).into_bytes().into(),
            Body::Bytes(bytes) => bytes.into(),
            Body::File(path) => {
                let attachment = self.project.sources.attachment(path.as_str())?;
                walk::read_attachment(&self.root, attachment).ok()?.into()
            }
        };
        Some(Page { status: 200, media_type: Cow::Borrowed(artifact.media_type), bytes })
    }

    /// The page with what `check` says of its file on top.
    fn annotate(&self, route: Route, html: &str) -> String {
        let document = match route {
            Route::Incident(n) => self.site.corpus().get(DocumentId::Postmortem(n)),
            Route::Page(n) => self.site.corpus().get(DocumentId::Page(n)),
            _ => None,
        };
        let findings = document.map(|document| self.findings(&document.head().path)).filter(|findings| !findings.is_empty());
        let (Some(findings), Some((before, after))) = (findings, html.split_once("<h1")) else { return html.to_owned() };
        format!("{before}{}<h1{after}", self.note(&findings))
    }

    fn findings(&self, path: &SourcePath) -> Vec<Diagnostic> {
        pipeline::check_document(&self.project, &self.understood, &self.further, path, self.site.build().today)
    }

    /// Findings as a note that every theme can show.
    fn note(&self, findings: &[Diagnostic]) -> String {
        let lines = findings.iter().map(|finding| {
            let place =
                self.project.text(&finding.primary.path).map(|text| LineIndex::new(text).position(text, finding.primary.span.start));
            let line = place.map_or(0, |place| place.line);
            format!(
                "<li>line {line}: <strong>{}</strong> {} <code>{}</code></li>\n",
                finding.level.word(),
                escape(&finding.message),
                finding.rule
            )
        });
        let title = format!("{} in this file", report::counted(findings.len(), "finding"));
        format!(
            "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">{}</p>\n<ul>\n{}</ul>\n</div>\n",
            escape(&title),
            lines.collect::<String>()
        )
    }

    /// A template that cannot be printed, as a page that says so.
    fn failure(&self, finding: &Diagnostic) -> Page {
        let findings = std::slice::from_ref(finding);
        let style = report::Style { colour: report::Colour::Never, width: 120 };
        let told = report::write(report::Format::Full, findings, &|path| self.project.text(path), style);
        self.terminal.error(told.trim_end());
        let html = format!(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Template error</title></head>\n<body><h1>Template error</h1>\n\
             <pre>{}</pre></body></html>\n",
            escape(&told)
        );
        Page { status: 500, media_type: Cow::Borrowed(HTML), bytes: html.into_bytes().into() }
    }
}
