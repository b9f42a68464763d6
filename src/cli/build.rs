//! `afterword build`

mod last;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use jiff::civil::Date;

use super::edition::Choice;
use super::unfit::{refuse, unfit_for_public};
use super::{Failure, Outcome, Terminal, build_info, leave};
use crate::diagnostic::{Diagnostic, Level, LineIndex};
use crate::edition::{Audience, Edition, held_back};
use crate::pipeline::{self, Memo, Project, Understood};
use crate::publish::{PublishError, publish};
use crate::render::{Body, render};
use crate::report;
use crate::serve;
use crate::site::{OutPath, ROUTE_COLLISION, Route, Site};
use crate::source::PUBLIC_SUFFIX;
use crate::source::walk::{self, LoadError};
use crate::theme::TEMPLATE_ERROR;
use last::{Last, Told};

/// The arguments of `build`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Where the site is written; `output` of site.toml, else `_site`, where it is not said, with `-public` behind it for the public edition.
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,

    /// The address the site is published at, for feeds, the sitemap and canonical links.
    #[arg(short = 'u', long, value_name = "URL", env = "AFTERWORD_BASE_URL")]
    base_url: Option<String>,

    #[command(flatten)]
    choice: Choice,

    /// Publish nothing if there is any error or warning.
    #[arg(long)]
    strict: bool,

    /// Where there is a display, show the site in the browser until interrupted.
    #[arg(long)]
    open: bool,

    /// Say how long each stage took.
    #[arg(long)]
    timings: bool,
}

/// What a build does.
const PUBLISHED: &str = "published";

/// How much of what is held back is told.
const HELD_BACK: usize = 20;

/// What can go wrong with one route.
#[derive(Debug)]
pub(super) enum Fault {
    Template(Box<Diagnostic>),
    Attachment(LoadError),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(finding) => write!(f, "{}: {}", finding.primary.path, finding.message),
            Self::Attachment(error) => error.fmt(f),
        }
    }
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut watch = Stopwatch::start();
    let mut project = pipeline::open(root)?;
    watch.lap("read");
    let edition = arguments.choice.edition(&project.config)?;
    let build = build_info(arguments.base_url.as_deref())?;
    let is_public = edition.audience == Audience::Public;
    let suffix = if is_public { PUBLIC_SUFFIX } else { "" };
    let own = format!("{}{suffix}", project.config.content.output);
    let folder = root.join(arguments.output.as_deref().unwrap_or(Path::new(&own)));
    let sources = [root.join(&project.config.content.root), root.join("themes")];
    let sources: Vec<&Path> = sources.iter().map(PathBuf::as_path).filter(|folder| folder.is_dir()).collect();
    let last = Last::of(root, &project, edition, &build)?;
    if let Some((told, published)) = last.stands(&folder, &sources, arguments.strict)? {
        watch.lap("compare");
        told.tell(terminal, &published, &watch, arguments.timings);
        leave(project);
        return show(terminal, &folder, arguments.open);
    }
    let understood = pipeline::understand(&project, &mut Memo::default());
    watch.lap("parse and link");
    pipeline::read_published(&mut project, &understood, root)?;
    let (look, mut further) = pipeline::look(&project);
    let today = build.today;
    let (site, collisions) = pipeline::site(&project, &understood, Arc::new(look), edition, build);
    further.extend(collisions);
    watch.lap("lay out");
    let Verdict { findings, wrong } = judge(root, &project, &understood, &further, edition, today)?;
    watch.lap("check");

    if !wrong.is_empty() {
        return Ok(refuse(terminal, &project, &wrong, PUBLISHED));
    }
    let summary = report::summary(&findings, project.sources.documents().count());
    let summary = summary.trim_end();
    if arguments.strict && findings.iter().any(|finding| finding.level >= Level::Warning) {
        terminal.error(&format!("{summary}\nNothing was published: `--strict` asks for none. `afterword check` shows them."));
        return Ok(Outcome::Findings);
    }

    let held_back = if is_public { held_back_for_now(&project, &understood, edition, today) } else { Vec::new() };
    let told_of_findings = findings.iter().any(|finding| finding.level >= Level::Warning).then(|| summary.to_owned());
    // What the edition does not see, and texts that were understood, make room for the search index.
    drop((understood, findings));
    Arc::make_mut(&mut project.sources).forget_documents();
    let search: usize = site.search_routes().count();
    watch.lap("search index");
    let routes = out_paths(&site)?;
    let published = publish(&folder, &sources, &routes, |route| page(root, &project, &site, *route));
    let published = match published {
        Ok(published) => published,
        Err(PublishError::Render(Fault::Template(finding))) => return Ok(refuse(terminal, &project, &[*finding], PUBLISHED)),
        Err(PublishError::Render(Fault::Attachment(error))) => return Err(error.into()),
        Err(error) => return Err(Failure(error.to_string())),
    };
    watch.lap("render and publish");

    let told = Told {
        incidents: site.corpus().postmortems.len(),
        pages: site.corpus().pages.len(),
        search,
        findings: told_of_findings,
        held_back,
    };
    let told = last.keep(told, published.sums);
    told.tell(terminal, &published, &watch, arguments.timings);
    if !arguments.open {
        leave((project, site));
    }
    show(terminal, &folder, arguments.open)
}

/// What there is to find in a project.
pub(super) struct Verdict {
    /// All but what is known and let be for now.
    pub(super) findings: Vec<Diagnostic>,
    /// What makes the site wrong rather than imperfect.
    pub(super) wrong: Vec<Diagnostic>,
}

/// Checks a project before an edition of it goes anywhere.
///
/// # Errors
/// What is known cannot be read.
pub(super) fn judge(
    root: &Path,
    project: &Project,
    understood: &Understood,
    further: &[Diagnostic],
    edition: Edition,
    today: Date,
) -> Result<Verdict, Failure> {
    let findings = pipeline::check(project, understood, further, today);
    // What is known and let be for now is no less wrong in public.
    let of_public = if edition.audience == Audience::Public { unfit_for_public(understood, further, &findings) } else { Vec::new() };
    let findings = super::baseline::subtract(root, project, findings)?.findings;
    let is_wrong = |finding: &&Diagnostic| finding.level == Level::Error && matches!(finding.rule, ROUTE_COLLISION | TEMPLATE_ERROR);
    let wrong = findings.iter().filter(is_wrong).cloned().chain(of_public).collect();
    Ok(Verdict { findings, wrong })
}

/// What of public documents is not in this build yet, and until when, a line each.
fn held_back_for_now(project: &Project, understood: &Understood, edition: Edition, today: Date) -> Vec<String> {
    let mut lines = Vec::new();
    for (_, document) in understood.corpus.documents() {
        let head = document.head();
        let waiting = held_back(document, &project.config, edition.drafts, today);
        let text = project.text(&head.path).filter(|_| !waiting.is_empty()).unwrap_or_default();
        let index = LineIndex::new(text);
        for (span, until) in waiting {
            let what = if span == head.title.span { String::new() } else { format!(":{}", index.position(text, span.start).line) };
            lines.push(format!("  {}{what} {until}", report::visible(head.path.as_str())));
        }
    }
    let more = lines.len().saturating_sub(HELD_BACK);
    lines.truncate(HELD_BACK);
    lines.extend((more > 0).then(|| format!("  and {more} more")));
    lines
}

/// Says where the site is and, where asked and possible, shows it.
fn show(terminal: Terminal, folder: &Path, open: bool) -> Result<Outcome, Failure> {
    if open && serve::display_available() {
        let (told, options) = (terminal, serve::Options { open: true, port: super::serve::PORT, ..serve::Options::default() });
        let never = serve::serve_folder(folder, &options, move |notice| super::serve::tell(told, &notice))?;
        match never {}
    }
    terminal.data(&format!("{}\n", folder.join("index.html").display()))?;
    if open {
        terminal.say("There is no display to open it on; `afterword serve` shows the site at an address of this machine.");
    }
    Ok(Outcome::Done)
}

/// The bytes of one route.
pub(super) fn page(root: &Path, project: &Project, site: &Site, route: Route) -> Result<Vec<u8>, Fault> {
    match render(site, route).map_err(Fault::Template)?.body {
        Body::Bytes(bytes) => Ok(bytes.into_owned()),
        Body::File(path) => match project.sources.attachment(path.as_str()) {
            Some(attachment) => walk::read_attachment(root, attachment).map_err(Fault::Attachment),
            None => Ok(Vec::new()),
        },
    }
}

/// The file of each route.
fn out_paths(site: &Site) -> Result<Vec<(OutPath, Route)>, Failure> {
    let all = site.routes().map(|(url, route)| (url, *route)).chain(site.search_routes());
    all.map(|(url, route)| Ok((OutPath::of_url(url)?, route))).collect()
}

/// How long stages take.
struct Stopwatch {
    start: Instant,
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
    fn start() -> Self {
        let now = Instant::now();
        Self { start: now, last: now, laps: Vec::new() }
    }

    #[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
    fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, now - self.last));
        self.last = now;
    }

    fn total(&self) -> Duration {
        self.last - self.start
    }

    fn report(&self) -> String {
        let total = self.total().as_secs_f64().max(f64::EPSILON);
        let lines = self.laps.iter().map(|(stage, time)| {
            let seconds = time.as_secs_f64();
            format!("{stage:>20} {seconds:8.3} s {:5.1} %", 100.0 * seconds / total)
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}
