//! `afterword audit`: nothing internal is in a folder that is about to be published, or it is said where.

mod folder;
mod text;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};
use rayon::prelude::*;
use serde::Serialize;

use super::edition::EditionName;
use super::{Failure, Outcome, Terminal, build_info, leave};
use crate::audit::{Audit, Audited, Place, Source, Unseen, Withheld};
use crate::diagnostic::{SourcePath, Span};
use crate::edition::{Audience, Drafts, Edition, Reason};
use crate::pipeline::{self, Memo, Project};
use crate::report::{Places, counted};

const NOTE: &str = "\
Examples:
  afterword build --edition public && afterword audit _site-public
  afterword audit public/ --format json | jq -r '.findings[].file'

What is printed is internal itself: keep it out of logs that everybody can read.

Exit status: 0 nothing internal was found, 1 something was, 2 the tool could not work, or could not read a file.";

/// The arguments of `audit`.
#[derive(Debug, Args)]
#[command(after_help = NOTE)]
pub(super) struct Arguments {
    /// The folder of the built site.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,

    /// It was built with drafts, which are then no longer internal for being drafts.
    #[arg(long)]
    drafts: bool,

    /// The address it was built for, where that is not the one of site.toml.
    #[arg(short = 'u', long, value_name = "URL", env = "AFTERWORD_BASE_URL")]
    base_url: Option<String>,

    /// How to print it.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// List all that is withheld, with its lines.
    #[arg(long)]
    withheld: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person.
    Text,
    /// For a program.
    Json,
}

/// All that is said of a folder. This is the JSON form, too.
#[derive(Debug, Serialize)]
struct Told {
    folder: String,
    edition: &'static str,
    /// How many files were looked at.
    files: usize,
    findings: Vec<Found>,
    /// Files that the public build would not write.
    not_of_build: Vec<String>,
    /// Files of which nothing, or not all, could be read.
    unread: Vec<Unread>,
    /// Files in which there is more than can be looked for.
    unseen: Vec<Unread>,
    withheld: Vec<Kept>,
}

/// Something internal in a file.
#[derive(Debug, Serialize)]
struct Found {
    file: String,
    /// `path`, `file`, `text`, `bytes` or `packed`.
    place: &'static str,
    line: Option<u32>,
    column: Option<u32>,
    byte: Option<usize>,
    /// As much of it as may be repeated.
    words: String,
    /// `withheld`, `setting`, `attachment`, `address`, or the name of a rule.
    kind: &'static str,
    reason: String,
    source: Option<At>,
}

/// A place in the sources.
#[derive(Debug, Serialize)]
struct At {
    path: String,
    line: u32,
    column: u32,
}

/// A file that cannot be read, and why.
#[derive(Debug, Serialize)]
struct Unread {
    file: String,
    why: String,
}

/// What the public does not read of a document.
#[derive(Debug, Serialize)]
struct Kept {
    path: String,
    /// Whether it is the whole document.
    whole: bool,
    parts: Vec<KeptPart>,
}

#[derive(Debug, Serialize)]
struct KeptPart {
    line: u32,
    end_line: u32,
    reason: &'static str,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let project = pipeline::open(root)?;
    EditionName::Public.audience(&project.config)?;
    let folder = folder::existing(root, &arguments.folder)?;
    let files = folder::files(&folder)?;
    if files.is_empty() {
        return Err(Failure(format!("there is no file in `{}`, so nothing can be said of it", folder.display())));
    }
    let audit = audit(&project, arguments)?;
    let folder_handle = folder::open(&folder)?;
    let read: Vec<(&String, Result<Audited, String>)> =
        files.par_iter().map(|file| (&file.path, file.read(&folder_handle).map(|bytes| audit.file(&file.path, &bytes)))).collect();
    let told = told(&project, &audit, &arguments.folder, read);
    match arguments.format {
        Format::Text => terminal.data(&text::text(&told, arguments.withheld))?,
        Format::Json => Terminal::for_programs(&format!("{}\n", serde_json::to_string_pretty(&told)?))?,
    }
    for note in text::notes(&told) {
        terminal.say(&note);
    }
    leave((project, audit));
    if !told.findings.is_empty() {
        return Ok(Outcome::Findings);
    }
    if told.unread.is_empty() {
        return Ok(Outcome::Done);
    }
    let what = counted(told.unread.len(), "file");
    Err(Failure(format!(
        "{what} could not be read, so nobody knows whether anything internal is in there:\n{}",
        text::unread(&told.unread)
    )))
}

/// What to look for.
fn audit(project: &Project, arguments: &Arguments) -> Result<Audit, Failure> {
    let understood = pipeline::understand(project, &mut Memo::default());
    let look = Arc::new(pipeline::look(project).0);
    let build = build_info(arguments.base_url.as_deref())?;
    let drafts = super::edition::drafts(arguments.drafts);
    let site = |audience, drafts| {
        let edition = Edition { audience, drafts };
        pipeline::site(project, &understood, Arc::clone(&look), edition, build.clone()).0
    };
    let (public, whole) = (site(Audience::Public, drafts), site(Audience::Internal, Drafts::Shown));
    let audit = Audit::new(project, &understood, &public, &whole, drafts).map_err(|error| {
        let place = &error.primary.path;
        Failure(format!("the public site cannot be made, so nobody knows what it says: {place}: {}", error.message))
    })?;
    leave((understood, public, whole));
    Ok(audit)
}

fn told(project: &Project, audit: &Audit, folder: &Path, read: Vec<(&String, Result<Audited, String>)>) -> Told {
    let mut told = Told {
        folder: folder.display().to_string(),
        edition: Audience::Public.name(),
        files: read.len(),
        findings: Vec::new(),
        not_of_build: Vec::new(),
        unread: Vec::new(),
        unseen: Vec::new(),
        withheld: Vec::new(),
    };
    let texts = |path: &SourcePath| project.text(path);
    let mut places = Places::new(&texts);
    for (file, audited) in read {
        let audited = match audited {
            Ok(audited) => audited,
            Err(why) => {
                told.unread.push(Unread { file: file.clone(), why });
                continue;
            }
        };
        if !audited.is_of_build {
            told.not_of_build.push(file.clone());
        }
        let unread = |why: &str| Unread { file: file.clone(), why: why.to_owned() };
        match audited.unseen {
            Some(Unseen::Damaged(why)) => told.unread.push(unread(&why)),
            Some(Unseen::Picture) => told.unseen.push(unread(text::PICTURE)),
            Some(Unseen::Packed(what)) => told.unseen.push(unread(what)),
            None => {}
        }
        for finding in audited.findings {
            let (place, line, column, byte) = match finding.place {
                Place::Path => ("path", None, None, None),
                Place::Whole => ("file", None, None, None),
                Place::Line(line, column) => ("text", Some(line), Some(column), None),
                Place::Byte(byte) => ("bytes", None, None, Some(byte)),
                Place::Packed => ("packed", None, None, None),
            };
            told.findings.push(Found {
                file: file.clone(),
                place,
                line,
                column,
                byte,
                words: finding.words,
                kind: finding.why.key(),
                reason: finding.why.words(),
                source: finding.source.map(|source| at(&mut places, &source)),
            });
        }
    }
    told.withheld = audit.withheld().iter().map(|withheld| kept(&mut places, withheld)).collect();
    told
}

/// A place of the sources, by its line and column.
fn at(places: &mut Places<'_, '_>, source: &Source) -> At {
    let start = places.extent_of(&source.path, source.span).start;
    At { path: source.path.to_string(), line: start.line, column: start.column }
}

fn kept(places: &mut Places<'_, '_>, withheld: &Withheld) -> Kept {
    let Withheld { path, is_whole, parts } = withheld;
    let part = |(span, reason): &(Span, Reason)| {
        // A stretch that ends with its line ends there, and not where the next one begins.
        let last = Span { end: span.end.saturating_sub(1).max(span.start), ..*span };
        let extent = places.extent_of(path, last);
        KeptPart { line: extent.start.line, end_line: extent.end.line, reason: reason.words() }
    };
    Kept { path: path.to_string(), whole: *is_whole, parts: parts.iter().map(part).collect() }
}
