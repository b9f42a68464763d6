//! `afterword check`

mod mend;
mod place;
mod since;
mod watch;

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::rewrite::write_out;
use super::{Failure, Outcome, Terminal, baseline, build_info, leave};
use crate::check::{Remaining, names, rule};
use crate::diagnostic::{Diagnostic, Level, SourcePath, did_you_mean};
use crate::pipeline::{self, Memo, Project, Understood};
use crate::report::{self, Format, Style};
use crate::source::{Kind, Role, is_below};
use since::Before;

/// The arguments of `check`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "they are the switches of the command line, one each")]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Speak only of these files and folders; all are read all the same. `-` is the text on standard input.
    paths: Vec<PathBuf>,

    /// How findings are written. In GitHub Actions, `github` unless said otherwise.
    #[arg(long, env = "AFTERWORD_FORMAT", value_parser = formats())]
    format: Option<Format>,

    /// Write the findings to this file instead.
    #[arg(short, long, value_name = "FILE")]
    output_file: Option<PathBuf>,

    /// Speak only of what was changed since this revision and the current commit parted: of the files themselves, and of what the change
    /// brought about elsewhere.
    #[arg(long, value_name = "REVISION", conflicts_with_all = ["fix", "diff", "watch", "write_baseline"])]
    since: Option<String>,

    /// Exit 1 for warnings too.
    #[arg(long)]
    strict: bool,

    /// Speak only of these rules or groups of rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule_or_group)]
    only: Vec<&'static str>,

    /// Mend what needs no judgement, and tell of the rest. Prose is never touched.
    #[arg(long, conflicts_with = "diff")]
    fix: bool,

    /// Show what `--fix` would change, and change nothing; exit 1 if there is anything.
    #[arg(long)]
    diff: bool,

    /// Check again whenever a file is saved, until Ctrl-C.
    #[arg(short, long, conflicts_with_all = ["fix", "diff", "output_file", "write_baseline"])]
    watch: bool,

    /// Count the findings of each rule instead of telling them.
    #[arg(long, conflicts_with_all = ["format", "fix", "diff"])]
    statistics: bool,

    /// Write down all findings as known, in `afterword-baseline.json`: from then on only new ones are told.
    #[arg(long, conflicts_with_all = ["fix", "diff", "only", "paths"])]
    write_baseline: bool,

    /// Tell, and with `--fix` mend, the findings that the baseline knows as well.
    #[arg(long)]
    no_baseline: bool,

    /// The path at which the text on standard input would be saved; with `-`.
    #[arg(long, value_name = "PATH", requires = "paths")]
    stdin_filename: Option<PathBuf>,
}

const EXAMPLES: &str = "Examples:
  afterword check                              everything, with excerpts
  afterword check content/postmortems/2026     one folder
  afterword check --since origin/main          what a branch changes
  afterword check --fix                        mend what can be mended
  afterword check --only privacy,public        before publishing
  afterword check --write-baseline             adopt an old folder: only new findings from now on
  afterword check --format sarif -o check.sarif";

/// What `check` was asked, in terms of the project.
struct Asked<'a> {
    arguments: &'a Arguments,
    root: &'a Path,
    /// Paths below the project folder to speak of; none means all.
    paths: Vec<String>,
    /// What was found before the change to speak of, where there is one.
    before: Option<Before>,
}

pub(super) fn run(terminal: Terminal, root: &Path, arguments: &Arguments) -> Result<Outcome, Failure> {
    let reads_stdin = arguments.paths.iter().any(|path| path == Path::new("-"));
    if reads_stdin && arguments.watch {
        return Err(Failure("standard input cannot be watched".into()));
    }
    let named = arguments.paths.iter().filter(|path| *path != Path::new("-"));
    let paths = named.map(|path| place::existing(root, path)).collect::<Result<_, _>>()?;
    let mut asked = Asked { arguments, root, paths, before: None };
    if arguments.watch {
        return watch::run(terminal, &asked);
    }
    let stdin = if reads_stdin { Some(stdin(root, arguments)?) } else { None };
    terminal.progress("Reading…");
    let mut project = pipeline::open(root)?;
    if let Some((path, text)) = &stdin {
        if project.selection().kind(path.as_str()) == Kind::Text(Role::Document) {
            project.sources = Arc::new(project.sources.with_file(path, text));
        } else {
            terminal.say(&format!("`{path}` is no document of this project, so its text is not checked."));
        }
        asked.paths.push(path.to_string());
    }
    terminal.progress("Checking…");
    if arguments.diff || arguments.fix {
        return mend::run(terminal, &asked, &mut project, stdin.as_ref().map(|(path, text)| (path, text.as_str())));
    }
    let mut memo = Memo::default();
    if let Some(revision) = &arguments.since {
        asked.before = Some(Before::read(&asked, revision, &project, &mut memo)?);
    }
    let understood = pipeline::understand(&project, &mut memo);
    pipeline::read_published(&mut project, &understood, root)?;
    let findings = all_findings(&project, &understood)?;
    if arguments.write_baseline {
        let known = baseline::write(root, &project, &findings)?;
        terminal.progress_end();
        terminal.say(&format!("{} written down in {}.", report::counted(known, "finding"), crate::check::BASELINE_PATH));
        return Ok(Outcome::Done);
    }
    let outcome = tell(terminal, &asked, &project, &asked.remaining(&project, findings)?);
    leave((project, understood));
    outcome
}

/// The text on standard input, and where it would be saved.
fn stdin(root: &Path, arguments: &Arguments) -> Result<(SourcePath, String), Failure> {
    let Some(name) = &arguments.stdin_filename else {
        return Err(Failure("`-` needs `--stdin-filename`, the path at which the text would be saved".into()));
    };
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| Failure(format!("standard input cannot be read as text: {error}")))?;
    Ok((SourcePath::from(place::future(root, name)?), text))
}

/// Tells the findings that were asked for and are not known, and whether the check passed.
fn tell(terminal: Terminal, asked: &Asked<'_>, project: &Project, left: &Remaining) -> Result<Outcome, Failure> {
    let Asked { arguments, root, .. } = asked;
    let Remaining { findings, known } = left;
    let format = arguments.format.unwrap_or_else(default_format);
    terminal.progress_end();
    let style = if arguments.output_file.is_some() { Style::default() } else { terminal.style() };
    let told = if arguments.statistics { report::statistics(findings) } else { told(root, project, findings, format, style) };
    match &arguments.output_file {
        Some(file) => write_out(file, &told)?,
        None => terminal.data(&told)?,
    }
    if format == Format::Github {
        job_summary(&report::github_summary(findings, &|path| project.text(path), project.sources.documents().count()))?;
    }
    if matches!(format, Format::Full | Format::Concise) || arguments.output_file.is_some() {
        terminal.say(report::summary(findings, project.sources.documents().count()).trim_end());
        // Of how many it knows in a part of the project nobody has asked.
        if *known > 0 && asked.paths.is_empty() && arguments.only.is_empty() && arguments.since.is_none() {
            terminal.say(&format!("The baseline knows {}.", report::counted(*known, "further finding")));
        }
    }
    Ok(asked.outcome(findings))
}

/// Adds to the summary of the job, where GitHub Actions names a file for it.
#[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
fn job_summary(text: &str) -> Result<(), Failure> {
    let Some(file) = std::env::var_os("GITHUB_STEP_SUMMARY") else { return Ok(()) };
    let open = std::fs::OpenOptions::new().append(true).create(true).open(&file);
    let written = open.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| Failure(format!("`{}` cannot be written: {error}", file.display())))
}

/// The findings in a format. Build servers know files by their path in the repository, people by their path in the project.
fn told(root: &Path, project: &Project, findings: &[Diagnostic], format: Format, style: Style) -> String {
    let prefix = match format {
        Format::Github | Format::Gitlab | Format::Sarif => in_repository(root),
        _ => String::new(),
    };
    if prefix.is_empty() {
        return report::write(format, findings, &|path| project.text(path), style);
    }
    let mut findings = findings.to_vec();
    for finding in &mut findings {
        for label in std::iter::once(&mut finding.primary).chain(&mut finding.labels) {
            label.path = SourcePath::from(format!("{prefix}{}", label.path));
        }
    }
    report::write(format, &findings, &|path| project.text(&SourcePath::from(path.as_str().strip_prefix(&prefix)?)), style)
}

/// The project folder as a path in its repository, ending in `/`; empty where the project is the repository, or in none.
pub(super) fn in_repository(root: &Path) -> String {
    let Some(repository) = root.ancestors().find(|folder| folder.join(".git").exists()) else { return String::new() };
    let below = root.strip_prefix(repository).unwrap_or(Path::new(""));
    let mut prefix = String::new();
    for part in below.components() {
        prefix.push_str(&part.as_os_str().to_string_lossy());
        prefix.push('/');
    }
    prefix
}

impl Asked<'_> {
    /// The findings that were asked for and are not known.
    fn remaining(&self, project: &Project, findings: Vec<Diagnostic>) -> Result<Remaining, Failure> {
        let everything = self.arguments.no_baseline;
        let mut remaining = if everything { Remaining { findings, known: 0 } } else { baseline::subtract(self.root, project, findings)? };
        remaining.findings.retain(|finding| self.is_wanted(finding));
        if let Some(before) = &self.before {
            before.subtract(&mut remaining.findings, project);
        }
        Ok(remaining)
    }

    /// Whether a check with these findings has passed.
    fn outcome(&self, findings: &[Diagnostic]) -> Outcome {
        let fails = |finding: &Diagnostic| finding.level == Level::Error || (self.arguments.strict && finding.level == Level::Warning);
        if findings.iter().any(fails) { Outcome::Findings } else { Outcome::Done }
    }

    /// Whether a finding was asked for.
    fn is_wanted(&self, finding: &Diagnostic) -> bool {
        let only = &self.arguments.only;
        let of_rule = |name: &&str| *name == finding.rule.0 || rule(finding.rule.0).is_some_and(|rule| rule.group.word() == *name);
        let in_path = |wanted: &String| is_below(finding.primary.path.as_str(), wanted);
        (only.is_empty() || only.iter().any(of_rule)) && (self.paths.is_empty() || self.paths.iter().any(in_path))
    }
}

/// Every finding, those of the site as it would be laid out among them (two files claiming one address, a template that cannot be read).
pub(super) fn all_findings(project: &Project, understood: &Understood) -> Result<Vec<Diagnostic>, Failure> {
    Ok(pipeline::check_all(project, understood, build_info(None)?))
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the environment is read")]
fn default_format() -> Format {
    if std::env::var_os("GITHUB_ACTIONS").is_some() { Format::Github } else { Format::Full }
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::word)).map(|word| Format::from_word(&word).unwrap_or_default())
}

fn rule_or_group(word: &str) -> Result<&'static str, String> {
    names().find(|name| *name == word).ok_or_else(|| match did_you_mean(word, names()) {
        Some(meant) => format!("there is no rule or group of rules of that name; did you mean `{meant}`?"),
        None => "there is no rule or group of rules of that name; `afterword explain` lists them".to_owned(),
    })
}
