//! `afterword packet`: a reading path, or one incident, as a booklet in PDF.

mod chromium;
mod pages;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use tempfile::TempDir;

use super::build::{self, judge};
use super::edition::Choice;
use super::rewrite::rewrite_by;
use super::unfit::refuse;
use super::{Failure, Outcome, Terminal, build_info, incident};
use crate::diagnostic::did_you_mean;
use crate::edition::Edition;
use crate::knowledge::Target;
use crate::model::DocumentId;
use crate::pipeline::{self, Memo, Project, Understood};
use crate::render::{Packet, packet_on_paper};
use crate::report::counted;
use crate::site::{OutPath, Route, Site};
use crate::training::PathOrigin;
use chromium::{Chromium, is_without_sandbox};
use pages::Pages;

const NOTES: &str = "\
Examples:
  afterword packet operations
  afterword packet first-week --output onboarding.pdf
  afterword packet causes/capacity/saturation
  afterword packet INC-7 --base-url https://incidents.example.org/

A PDF that is there is written over. Chromium prints it: AFTERWORD_CHROMIUM, else chromium, chromium-browser, google-chrome or google-chrome-stable on \
the path, else what macOS has among its applications. Without any of these, open the page of the packet in a browser and print it from there; its \
contents then name no pages. Links lead to the site where its address is known.

Exit status: 0 done; 1 findings that `build` would refuse for; 2 the tool could not work, there is no such path or incident, or no Chromium.";

/// How often a packet is printed until its contents name the pages on which its incidents begin. Twice is enough wherever the column of numbers is
/// as wide without them.
const PRINTS: usize = 3;

/// How many paths are told of to somebody who asked for one that is not there.
const TOLD: usize = 12;

/// The arguments of `packet`.
#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Arguments {
    /// The reading path: the last part of its address, or its title; or one incident: its id, the last part of its address, or its file.
    path: String,

    /// Where the PDF is written; in the current folder under the name of the path, where it is not said.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    choice: Choice,

    /// The address the site is published at, to which links lead that lead out of the packet.
    #[arg(short = 'u', long, value_name = "URL", env = "AFTERWORD_BASE_URL")]
    base_url: Option<String>,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let project = pipeline::open(root)?;
    let understood = pipeline::understand(&project, &mut Memo::default());
    let edition = arguments.choice.edition(&project.config)?;
    let build = build_info(arguments.base_url.as_deref())?;
    let today = build.today;
    let (look, mut further) = pipeline::look(&project);
    let (site, collisions) = pipeline::site(&project, &understood, Arc::new(look), edition, build);
    further.extend(collisions);
    let verdict = judge(root, &project, &understood, &further, edition, today)?;
    if !verdict.wrong.is_empty() {
        return Ok(refuse(terminal, &project, &verdict.wrong, "printed"));
    }
    if !site.teaches() {
        return Err(Failure(
            "the public edition has no pages for training; `training = true` under `[editions.public]` gives it some".into(),
        ));
    }
    let packet = named(&arguments.path, edition, &site, &understood)?;
    let folder = TempDir::with_prefix("afterword-packet-")?;
    put_files(root, &project, &site, packet, folder.path())?;
    let chromium = Chromium::find(folder.path())?;
    if is_without_sandbox() {
        terminal.say("Chromium does not run in a sandbox for root, so it runs without one; it is shown nothing but this packet.");
    }
    let incidents = packet.incidents(&site).len();
    let page = folder.path().join(OutPath::of_url(&packet.url(&site))?.as_str());
    let mut known = Pages::default();
    for _ in 0..PRINTS {
        match packet_on_paper(&site, packet, &known.of_parts) {
            Ok(html) => put(&page, html.as_bytes())?,
            Err(finding) => return Ok(refuse(terminal, &project, &[*finding], "printed")),
        }
        let pdf = chromium.print(&page)?;
        let found = Pages::read(pdf.clone(), incidents)?;
        if found == known {
            let file = arguments.output.clone().unwrap_or_else(|| PathBuf::from(file_name(packet, &site)));
            rewrite_by(&file, |new| new.write_all(&pdf))?;
            terminal.say(&format!("Printed {} on {}.", counted(incidents, "incident"), counted(known.count, "page")));
            terminal.data(&format!("{}\n", file.display()))?;
            return Ok(Outcome::Done);
        }
        known = found;
    }
    Err(Failure("the incidents begin on other pages each time the packet is printed, so its contents cannot name them".into()))
}

/// The packet that is asked for.
fn named(asked: &str, edition: Edition, site: &Site, understood: &Understood) -> Result<Packet, Failure> {
    let paths = &site.programme().paths;
    let asked = asked.trim_matches('/');
    let is_key = |key: &str| key.eq_ignore_ascii_case(asked);
    let path = paths.iter().position(|path| is_key(&path.key)).or_else(|| paths.iter().position(|path| is_key(&path.title)));
    if let Some(n) = path {
        return Ok(Packet::Path(n));
    }
    match incident::named(asked, edition, site.corpus(), &site.knowledge().references, &understood.corpus) {
        Ok((n, _)) => Ok(Packet::Incident(n)),
        Err(Failure(no_incident)) => {
            let meant = did_you_mean(asked, paths.iter().flat_map(|path| [path.key.as_str(), path.title.as_str()]));
            let why = meant.map_or(no_incident, |meant| format!("there is no reading path `{asked}`; did you mean `{meant}`?"));
            Err(Failure(format!("{why}\n{}", all_paths(site))))
        }
    }
}

/// The reading paths that there are: first those that somebody wrote down.
fn all_paths(site: &Site) -> String {
    let keys: Vec<&str> = site.programme().paths.iter().map(|path| path.key.as_str()).collect();
    let (told, more) = keys.split_at(keys.len().min(TOLD));
    match (told, more.len()) {
        ([], _) => "The site has no reading paths; an incident can be a packet by itself.".to_owned(),
        (told, 0) => format!("Reading paths: {}", told.join(", ")),
        (told, more) => format!("Reading paths: {} and {more} more", told.join(", ")),
    }
}

/// "causes-change-config.pdf"
fn file_name(packet: Packet, site: &Site) -> String {
    let url = packet.url(site);
    format!("{}.pdf", url.trim_start_matches("packets/").trim_end_matches('/').replace('/', "-"))
}

/// Puts what the page of a packet needs to look as it does on the site where it looks for it.
fn put_files(root: &Path, project: &Project, site: &Site, packet: Packet, folder: &Path) -> Result<(), Failure> {
    let mut documents: Vec<DocumentId> = packet.incidents(site).into_iter().map(DocumentId::Postmortem).collect();
    if let Packet::Path(n) = packet
        && let Some(PathOrigin::Page(page)) = site.path(n).map(|path| path.origin)
    {
        documents.push(DocumentId::Page(page));
    }
    let targets = documents.into_iter().flat_map(|id| site.knowledge().references.of(id));
    let linked: BTreeSet<&str> =
        targets.filter_map(|target| if let Target::Attachment(path) = target { Some(&**path) } else { None }).collect();
    let is_needed = |route: Route| match route {
        Route::Asset(_) => true,
        Route::Attachment(file) => site.attachment(file).is_some_and(|path| linked.contains(path.as_str())),
        _ => false,
    };
    for (url, route) in site.routes().filter(|(_, route)| is_needed(**route)) {
        let bytes = build::page(root, project, site, *route).map_err(|fault| Failure(fault.to_string()))?;
        put(&folder.join(OutPath::of_url(url)?.as_str()), &bytes)?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "Chromium reads files; they are in a folder of ours that goes away")]
fn put(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = file.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(file, bytes));
    written.map_err(|error| Failure(format!("`{}` cannot be written: {error}", file.display())))
}
