//! `afterword check`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{Failure, Outcome, Terminal, build_info};
use crate::diagnostic::{Diagnostic, Level, SourcePath};
use crate::edition::{Drafts, Edition};
use crate::pipeline::{self, Memo, Project, Understood};
use crate::report::{self, Format};

/// The arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Speak only of these files and folders; all are read all the same.
    paths: Vec<PathBuf>,

    /// How findings are written. In GitHub Actions, `github` unless said otherwise.
    #[arg(long, env = "AFTERWORD_FORMAT", value_parser = formats())]
    format: Option<Format>,

    /// Exit 1 for warnings too.
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let project = pipeline::open(root)?;
    let understood = pipeline::understand(&project, &mut Memo::default());
    let mut findings = all_findings(&project, &understood)?;
    if !arguments.paths.is_empty() {
        let wanted: Vec<String> = arguments.paths.iter().map(|path| relative(root, path)).collect();
        findings.retain(|finding| wanted.iter().any(|wanted| is_within(&finding.primary.path, wanted)));
    }
    let format = arguments.format.unwrap_or_else(default_format);
    terminal.data(&report::write(format, &findings, &|path| project.text(path), terminal.style()));
    if matches!(format, Format::Full | Format::Concise) {
        terminal.say(report::summary(&findings, project.sources.documents().count()).trim_end());
    }
    let fails = |finding: &Diagnostic| finding.level == Level::Error || (arguments.strict && finding.level == Level::Warning);
    Ok(if findings.iter().any(fails) { Outcome::Findings } else { Outcome::Done })
}

/// Every finding, those of the site as it would be laid out among them (two files claiming one address, a template that cannot be read).
pub(super) fn all_findings(project: &Project, understood: &Understood) -> Result<Vec<Diagnostic>, Failure> {
    let (look, mut further) = pipeline::look(project);
    let edition = Edition { drafts: Drafts::Shown };
    let build = build_info(None)?;
    let today = build.today;
    let (_, collisions) = pipeline::site(project, &understood.corpus, Arc::new(look), edition, build);
    further.extend(collisions);
    Ok(pipeline::check(project, understood, &further, today))
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
fn default_format() -> Format {
    if std::env::var_os("GITHUB_ACTIONS").is_some() { Format::Github } else { Format::Full }
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::word)).map(|word| Format::from_word(&word).unwrap_or_default())
}

/// A path of the command line as one below the project folder.
fn relative(root: &Path, path: &Path) -> String {
    #[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
    let absolute = std::env::current_dir().map_or_else(|_| path.to_path_buf(), |current| current.join(path));
    let mut parts: Vec<String> = Vec::new();
    for part in absolute.strip_prefix(root).unwrap_or(path).components() {
        match part {
            std::path::Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            std::path::Component::ParentDir => drop(parts.pop()),
            _ => {}
        }
    }
    parts.join("/")
}

fn is_within(path: &SourcePath, folder: &str) -> bool {
    folder.is_empty() || path.as_str() == folder || path.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
