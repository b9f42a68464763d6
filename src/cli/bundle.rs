//! `afterword bundle`: an incident and its evidence in one archive.

use std::collections::BTreeSet;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::edition::Choice;
use super::rewrite::rewrite_by;
use super::unfit::{exposing, refuse};
use super::{Failure, Outcome, Terminal, build, build_info, incident};
use crate::diagnostic::Diagnostic;
use crate::edition::Audience;
use crate::evidence::{Bundle, Facts, examine, unread};
use crate::knowledge::Target;
use crate::knowledge::ledger::{self, Tally};
use crate::model::DocumentId;
use crate::pipeline::{self, Memo, Project};
use crate::render::export::incident_row;
use crate::report::{self, counted};
use crate::site::{BadOutPath, OutPath, Route, Site};

const EXAMPLES: &str = "\
Examples:
  afterword bundle INC-7
  afterword bundle INC-7 --output counsel/inc-7.tar --force
  SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) afterword bundle INC-7

What is in it: the document as it is written, its page and its row of incidents.json, the files of its evidence, MANIFEST.json, SHA256SUMS. \
Printed is the SHA-256 of the archive: keep it elsewhere than the archive. `afterword verify` reads the bundle.

Exit status: 0 done; 1 a file of the evidence is missing, altered or without a hash, or the public must not read something, as `build --edition public` would say, and nothing was written; 2 the tool could not work.";

/// The arguments of `bundle`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The incident: its id, the last part of its address, or its file.
    id: String,

    /// Where the archive is written; in the current folder under the incident's slug, where it is not said.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write over a file that is there.
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    choice: Choice,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut project = pipeline::open(root)?;
    let understood = pipeline::understand(&project, &mut Memo::default());
    let edition = arguments.choice.edition(&project.config)?;
    let build = build_info(None)?;
    let projected = pipeline::projected(&project, &understood, edition, build.today);
    let references = &projected.knowledge().references;
    let (n, postmortem) = incident::named(&arguments.id, edition, projected.corpus(), references, &understood.corpus)?;
    let postmortem = Arc::clone(postmortem);
    let slug = postmortem.head.slug.as_str();
    let file = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("{slug}.tar")));
    if !arguments.force && file.symlink_metadata().is_ok() {
        return Err(Failure(format!("`{}` is there already; `--force` writes over it", file.display())));
    }
    let path = &postmortem.head.path;
    let (exhibits, mut findings) = examine(root, path, &postmortem.evidence)?;
    for finding in &mut findings {
        finding.primary.span = projected.place(path, finding.primary.span);
    }
    findings.extend(unread(&understood).filter(|finding| finding.primary.path == *path).cloned());
    if !findings.is_empty() {
        Diagnostic::sort(&mut findings);
        let told = report::write(report::Format::Full, &findings, &|path| project.text(path), terminal.style());
        terminal.error(&format!("{}\nNothing was written.", told.trim_end()));
        return Ok(Outcome::Findings);
    }
    let (look, mut further) = pipeline::look(&project);
    let today = build.today;
    let (site, collisions) = Site::new(projected, Arc::new(look), build);
    further.extend(collisions);
    if edition.audience == Audience::Public {
        let exposing = exposing(root, &mut project, &understood, &further, today)?;
        if !exposing.is_empty() {
            return Ok(refuse(terminal, &project, &exposing, "written"));
        }
    }
    let mut bundle = Bundle::new(slug);
    // Whatever is not read of a document was taken out of a copy. The file as it is written is for those who read all of it.
    let is_whole = understood.corpus.postmortems.iter().any(|whole| Arc::ptr_eq(whole, &postmortem));
    if let Some(text) = project.text(path).filter(|_| is_whole) {
        bundle.add_of_project(path.as_str(), text.into()).map_err(|bad| bad_name(&bad))?;
    }
    add_page(root, &project, &site, n, &mut bundle)?;
    let facts = Facts {
        id: &postmortem.id,
        title: &postmortem.head.title_text,
        document: path.as_str(),
        edition: edition.audience.name(),
        day: site.build().today,
    };
    bundle.add_evidence(facts, &exhibits).map_err(|bad| bad_name(&bad))?;
    let sum = rewrite_by(&file, |new| bundle.write(root, BufWriter::new(new)))?;
    terminal.data(&format!("{sum}  {}\n", file.display()))?;
    let files = exhibits.iter().filter(|exhibit| exhibit.file.is_some()).count();
    terminal.say(&format!(
        "Bundled `{}` with {} of evidence{}.",
        &*postmortem.id,
        counted(files, "file"),
        elsewhere(exhibits.len() - files)
    ));
    Ok(Outcome::Done)
}

/// How many pieces of evidence no file is told of, as the end of a sentence.
pub(super) fn elsewhere(count: usize) -> String {
    if count == 0 { String::new() } else { format!("; {} without a file in the project", counted(count, "piece")) }
}

/// Adds the row of the incident and its page, with all that the page needs to look as it does on the site.
fn add_page(root: &Path, project: &Project, site: &Site, n: usize, bundle: &mut Bundle) -> Result<(), Failure> {
    let entries = ledger::of_postmortem(site.corpus(), site.knowledge(), site.config(), site.build().today, n);
    let row = serde_json::to_string_pretty(&incident_row(site, n, Tally::of(&entries)))?;
    bundle.add("incident.json", format!("{row}\n").into_bytes()).map_err(|bad| bad_name(&bad))?;
    let linked: BTreeSet<&str> = site.knowledge().references.of(DocumentId::Postmortem(n)).iter().filter_map(attached).collect();
    let is_of_page = |route: Route| match route {
        Route::Incident(other) => other == n,
        Route::Asset(_) => true,
        Route::Attachment(file) => site.attachment(file).is_some_and(|path| linked.contains(path.as_str())),
        _ => false,
    };
    for (url, route) in site.routes().filter(|(_, route)| is_of_page(**route)) {
        let bytes = build::page(root, project, site, *route).map_err(|fault| Failure(fault.to_string()))?;
        bundle.add(&format!("site/{}", OutPath::of_url(url)?), bytes).map_err(|bad| bad_name(&bad))?;
    }
    Ok(())
}

fn attached(target: &Target) -> Option<&str> {
    if let Target::Attachment(path) = target { Some(path) } else { None }
}

fn bad_name(BadOutPath { path, flaw }: &BadOutPath) -> Failure {
    Failure(format!("{path:?} cannot be in a bundle, which any system must be able to unpack: it has {flaw}"))
}
