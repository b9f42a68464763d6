//! One state of the site after another, made on each change, shown to browsers.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use super::editor::Editor;
use super::findings;
use crate::cli::Terminal;
use crate::diagnostic::{Diagnostic, SourcePath};
use crate::edition::{Audience, Edition};
use crate::markdown::escape;
use crate::model::{DocumentId, DocumentRef};
use crate::pipeline::{self, Memo, Project, Understood};
use crate::render::{Body, HTML, render};
use crate::report;
use crate::search::Compression;
use crate::serve::{Built, Change, Changes, Page, Watched};
use crate::site::{BuildInfo, Look, Route, Site};
use crate::source::{CONFIG_FILE, Selection, walk};
use crate::theme::TEMPLATE_ERROR;

/// Of how many saved files at once the findings are told.
const TOLD: usize = 8;

/// What a preview is asked for.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) terminal: Terminal,
    /// The project folder, by its real path.
    pub(super) root: PathBuf,
    pub(super) edition: Edition,
    pub(super) build: BuildInfo,
    /// Whether browsers go to the page of the file that was saved.
    pub(super) follow: bool,
    pub(super) editor: Option<Editor>,
}

/// What is shown, and what is remembered from one edit to the next.
pub(super) struct Preview {
    settings: Settings,
    /// As it was read last; nothing as long as it could not be.
    project: Option<Project>,
    memo: Memo,
    /// The last theme whose templates could all be read, and what is wrong with those there are.
    look: Option<(Arc<Look>, Vec<Diagnostic>)>,
    /// How many times the site was made: findings of an earlier state are told no more.
    made: Arc<AtomicU64>,
}

/// What is watched for changes.
pub(super) fn watched(root: &Path, selection: Selection) -> Watched {
    Watched { root: root.to_path_buf(), selection, files: vec![root.join(CONFIG_FILE)] }
}

impl Preview {
    pub(super) fn new(settings: Settings) -> Self {
        Self { settings, project: None, memo: Memo::default(), look: None, made: Arc::default() }
    }

    /// Makes the site anew; nothing where the project cannot be read, so that the old one stays.
    pub(super) fn rebuild(&mut self, changes: &Changes) -> Option<Built> {
        let Settings { terminal, root, follow, .. } = self.settings.clone();
        let told = changes.paths();
        let read = match &self.project {
            Some(project) => pipeline::reopen(project, &root, told),
            None => pipeline::open(&root),
        };
        let mut project = read.map_err(|error| terminal.error(&error.to_string())).ok()?;
        let other_settings = self.project.as_ref().is_some_and(|before| before.config != project.config);
        let other_assets = self.project.as_ref().is_some_and(|before| !before.sources.assets().eq(project.sources.assets()));

        let paths = told.unwrap_or_default();
        let themes = root.join("themes");
        let of_theme = |path: &PathBuf| path.starts_with(&themes);
        let look = match &self.look {
            Some(look) if told.is_some() && !other_settings && !other_assets && !paths.iter().any(of_theme) => look.clone(),
            _ => self.look_again(&project),
        };
        let is_style = |path: &PathBuf| of_theme(path) && path.extension().is_some_and(|ending| ending == "css");
        let change = if !paths.is_empty() && paths.iter().all(is_style) { Change::Style } else { Change::Page };

        let watched = other_settings.then(|| watched(&root, project.selection().clone()));
        let shown = Arc::new(self.show(&mut project, look));
        self.project = Some(project);
        self.tell_findings(&shown, paths);
        let follow = if let (true, [only]) = (follow, paths) { shown.page_of(only) } else { None };
        Some(Built { pages: Arc::new(move |path: &str| shown.page(path)), change, watched, follow })
    }

    /// Takes up the theme as it is now; where one of its templates cannot be read, pages look as before, and the finding is told.
    fn look_again(&mut self, project: &Project) -> (Arc<Look>, Vec<Diagnostic>) {
        let (new, findings) = pipeline::look(project);
        let look = match self.look.take() {
            Some((before, _)) if findings.iter().any(|finding| finding.rule == TEMPLATE_ERROR) => before,
            Some((before, _)) => Arc::new(Look { memory: Arc::clone(&before.memory), ..new }),
            None => Arc::new(new),
        };
        self.look.insert((look, findings)).clone()
    }

    fn show(&mut self, project: &mut Project, (look, mut further): (Arc<Look>, Vec<Diagnostic>)) -> Shown {
        let understood = pipeline::understand(project, &mut self.memo);
        if let Err(error) = pipeline::read_published(project, &understood, &self.settings.root) {
            self.settings.terminal.error(&error.to_string());
        }
        let Settings { edition, build, .. } = &self.settings;
        let (site, of_site) = pipeline::site(project, &understood, Arc::clone(&look), *edition, build.clone());
        further.extend(of_site);
        let (settings, project) = (self.settings.clone(), project.clone());
        Shown { settings, project, understood, further, look, site, other: OnceLock::new(), all: OnceLock::new() }
    }

    /// Says in the terminal what is wrong with the documents that were just saved, unless they are very many. Browsers do not wait for it.
    fn tell_findings(&self, shown: &Arc<Shown>, changed: &[PathBuf]) {
        let number = self.made.fetch_add(1, Ordering::Relaxed) + 1;
        if changed.is_empty() || changed.len() > TOLD {
            return;
        }
        let (made, shown, changed) = (Arc::clone(&self.made), Arc::clone(shown), changed.to_vec());
        let tell = move || {
            for path in changed.iter().filter_map(|path| shown.source_path(path)) {
                let findings = shown.findings(&path);
                if !findings.is_empty() && made.load(Ordering::Relaxed) == number {
                    let terminal = shown.settings.terminal;
                    let told = report::write(report::Format::Concise, &findings, &|path| shown.project.text(path), terminal.style());
                    terminal.say(told.trim_end());
                }
            }
        };
        // Without a thread of its own it is told a little later, that is all.
        let _ = std::thread::Builder::new().name("findings".to_owned()).spawn(tell);
    }
}

/// One state of the site, as browsers see it.
pub(super) struct Shown {
    pub(super) settings: Settings,
    pub(super) project: Project,
    pub(super) understood: Understood,
    further: Vec<Diagnostic>,
    look: Arc<Look>,
    /// The edition that is shown.
    pub(super) site: Site,
    /// The other one, made when it is first asked for; nothing where there is none.
    other: OnceLock<Option<Site>>,
    all: OnceLock<Vec<Diagnostic>>,
}

impl Shown {
    fn page(&self, path: &str) -> Option<Page> {
        if let Some(about) = path.strip_prefix("/.afterword/") {
            return findings::page(self, about);
        }
        let (site, path) = self.at(path.trim_start_matches('/'))?;
        if path.starts_with("search/") && path != "search/" {
            make_search(site);
        }
        let route = site.route(path)?;
        let artifact = match render(site, route) {
            Ok(artifact) => artifact,
            Err(finding) => return Some(self.failure(&finding)),
        };
        let bytes: Arc<[u8]> = match artifact.body {
            Body::Bytes(bytes) => bytes.into(),
            Body::File(path) => {
                let attachment = self.project.sources.attachment(path.as_str())?;
                walk::read_attachment(&self.settings.root, attachment).ok()?.into()
            }
        };
        Some(Page { media_type: Cow::Borrowed(artifact.media_type), ..Page::new(bytes) })
    }

    /// The edition that an address is of, and the address in it: `@public/incidents/x/`, `@internal/incidents/x/`, or without either that of the edition
    /// that is shown.
    pub(super) fn view<'p>(&self, path: &'p str) -> Option<(Audience, &'p str)> {
        let Some(view) = path.strip_prefix('@') else { return Some((self.settings.edition.audience, path)) };
        let (name, address) = view.split_once('/')?;
        Some((Audience::named(name)?, address))
    }

    /// The site that an address is of, and the address in it.
    fn at<'p>(&self, path: &'p str) -> Option<(&Site, &'p str)> {
        let (audience, address) = self.view(path)?;
        Some((self.edition(audience)?, address))
    }

    /// The site of an edition.
    pub(super) fn edition(&self, audience: Audience) -> Option<&Site> {
        let Settings { edition, build, .. } = &self.settings;
        if edition.audience == audience {
            return Some(&self.site);
        }
        let other = Edition { audience, ..*edition };
        let make = || pipeline::site(&self.project, &self.understood, Arc::clone(&self.look), other, build.clone()).0;
        self.other.get_or_init(|| self.project.config.editions.public.is_some().then(make)).as_ref()
    }

    /// The file that the page at an address is made from, where it is made from one.
    pub(super) fn file_at(&self, path: &str) -> Option<SourcePath> {
        let (site, address) = self.at(path)?;
        let id = match site.route(address)? {
            Route::Incident(n) => DocumentId::Postmortem(n),
            Route::Page(n) => DocumentId::Page(n),
            _ => return None,
        };
        Some(site.corpus().get(id)?.head().path.clone())
    }

    /// The whole document of the page at an address, whatever edition it is in.
    pub(super) fn document_at(&self, address: &str) -> Option<DocumentRef<'_>> {
        let path = self.file_at(address).or_else(|| self.file_at(&format!("@internal/{address}")))?;
        self.understood.corpus.by_path(&path).map(|(_, document)| document)
    }

    /// What is wrong with a file.
    pub(super) fn findings(&self, path: &SourcePath) -> Vec<Diagnostic> {
        if let Some(all) = self.all.get() {
            return all.iter().filter(|finding| finding.primary.path == *path).cloned().collect();
        }
        pipeline::check_document(&self.project, &self.understood, &self.further, path, self.settings.build.today)
    }

    /// What is wrong with settings and templates: every page is made by them.
    pub(super) fn findings_of_all_pages(&self) -> Vec<Diagnostic> {
        let mut findings = pipeline::check_settings(&self.project, &self.understood, &self.further, self.settings.build.today);
        let found = self.understood.findings.iter().chain(&self.further);
        findings.extend(found.filter(|finding| finding.primary.path.as_str().starts_with("themes/")).cloned());
        findings
    }

    /// What is wrong with anything.
    pub(super) fn all_findings(&self) -> &[Diagnostic] {
        self.all.get_or_init(|| pipeline::check(&self.project, &self.understood, &self.further, self.settings.build.today))
    }

    fn source_path(&self, path: &Path) -> Option<SourcePath> {
        let below = path.strip_prefix(&self.settings.root).ok()?;
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        Some(SourcePath::from(parts.join("/")))
    }

    /// The address of the page that is made from a file.
    fn page_of(&self, path: &Path) -> Option<String> {
        let path = self.source_path(path)?;
        let (id, _) = self.site.corpus().by_path(&path)?;
        Some(format!("/{}", self.site.document_url(id)))
    }

    /// A template that cannot be printed, as a page that says so.
    fn failure(&self, finding: &Diagnostic) -> Page {
        let list = findings::list(self, std::slice::from_ref(finding));
        let style = report::Style { colour: report::Colour::Never, width: 120 };
        let told = report::write(report::Format::Full, std::slice::from_ref(finding), &|path| self.project.text(path), style);
        self.settings.terminal.error(told.trim_end());
        Page {
            status: 500,
            ..findings::whole_page(
                "This page cannot be printed",
                &format!("<p>{}</p>\n{list}", escape("After the next save it is tried again.")),
            )
        }
    }
}

/// Makes the search index, which a browser asks for when somebody searches. On threads of its own, lest an edit wait for it: those of the pool
/// would finish it first.
fn make_search(site: &Site) {
    let make = || site.search_bundle_as(Compression::None);
    match rayon::ThreadPoolBuilder::new().build() {
        Ok(threads) => threads.install(make),
        Err(_) => make(),
    };
}

/// An answer that is a page.
pub(super) fn html_page(html: String) -> Page {
    Page { media_type: Cow::Borrowed(HTML), ..Page::new(html.into_bytes()) }
}
