//! Findings as text for a reader: a person at a terminal, a script, a build server.
//!
//! Each format is one file and one pure function; whoever calls decides where the text goes. What documents, file names and settings say
//! reaches a terminal only through `visible`, so that no control character of theirs does.

mod concise;
mod difference;
mod full;
mod github;
mod github_summary;
mod gitlab;
mod html;
mod json;
mod jsonl;
mod junit;
mod place;
mod sarif;
mod statistics;
mod visible;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Level, SourcePath, fingerprints};

pub use difference::difference;
pub use github_summary::github_summary;
pub(crate) use html::in_html;
pub use html::{Links, html};
pub(crate) use place::Places;
pub use statistics::statistics;
pub(crate) use visible::{is_hidden, visible};

/// A form in which findings can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Format {
    /// With an excerpt of the text, for a person who is going to mend it.
    #[default]
    Full,
    /// A line for each, for a person in a hurry, an editor, or a screen reader.
    Concise,
    /// One JSON array, for scripts. Fields are added in time, never renamed or removed.
    Json,
    /// The same, one JSON object to a line and nothing around them, for scripts that read line by line.
    Jsonl,
    /// Workflow commands of GitHub Actions, which turn into annotations.
    Github,
    /// SARIF 2.1.0, for code scanning of GitHub and Azure DevOps, and for viewers in editors.
    Sarif,
    /// A Code Quality report of GitLab, for the widget of a merge request.
    Gitlab,
    /// `JUnit` XML, for build servers that know test results and nothing else.
    Junit,
}

impl Format {
    /// All, in order.
    pub const ALL: [Self; 8] = [Self::Full, Self::Concise, Self::Json, Self::Jsonl, Self::Github, Self::Sarif, Self::Gitlab, Self::Junit];

    /// The word on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Github => "github",
            Self::Sarif => "sarif",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
        }
    }

    /// The format a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }
}

/// How text for a person is set. Formats for machines take no notice of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether there are colours.
    pub colour: Colour,
    /// The columns of the terminal; longer lines of an excerpt are cut.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self { colour: Colour::Never, width: 140 }
    }
}

/// Whether text is coloured, by ANSI escape sequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colour {
    /// Plain text.
    #[default]
    Never,
    /// Coloured text.
    Always,
}

/// The findings in a format, in the order given. `texts` gives the text of a file, where it has one.
#[must_use]
pub fn write<'a>(format: Format, findings: &'a [Diagnostic], texts: &dyn Fn(&SourcePath) -> Option<&'a str>, style: Style) -> String {
    let mut places = Places::new(texts);
    match format {
        Format::Full => full::write(findings, &mut places, style),
        Format::Concise => concise::write(findings, &mut places, style),
        Format::Json => json::write(findings, &mut places),
        Format::Jsonl => jsonl::write(findings, &mut places),
        Format::Github => github::write(findings, &mut places),
        Format::Sarif => sarif::write(findings, &fingerprints(findings, texts), &mut places),
        Format::Gitlab => gitlab::write(findings, &fingerprints(findings, texts), &mut places),
        Format::Junit => junit::write(findings, &mut places),
    }
}

/// One line that counts the findings among so many `files`, and one that says what to do next. For a person, beside any format.
#[must_use]
pub fn summary(findings: &[Diagnostic], files: usize) -> String {
    let counts = [Level::Error, Level::Warning, Level::Hint].map(|level| (findings.iter().filter(|f| f.level == level).count(), level));
    let counts: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, level)| counted(*n, level.word())).collect();
    if counts.is_empty() {
        return format!("no findings in {}\n", counted(files, "file"));
    }
    let paths: BTreeSet<&SourcePath> = findings.iter().map(|finding| &finding.primary.path).collect();
    let files = counted(files.max(paths.len()), "file");
    format!("{} in {} of {files}\n{}\n", counts.join(", "), paths.len(), next_step(findings))
}

/// What to do about it: let the program mend what it can, else read about what occurs most often among the gravest.
fn next_step(findings: &[Diagnostic]) -> String {
    let fixable = findings.iter().filter(|finding| finding.fix.is_some()).count();
    if fixable > 0 {
        return format!("`afterword check --fix` mends {fixable} of them");
    }
    let mut by_rule = BTreeMap::new();
    for finding in findings {
        *by_rule.entry((finding.level, finding.rule.0)).or_insert(0_usize) += 1;
    }
    let most = by_rule.iter().max_by_key(|((level, name), n)| (*level, **n, std::cmp::Reverse(*name)));
    most.map(|((_, name), _)| format!("`afterword explain {name}` says why, and how to mend it")).unwrap_or_default()
}

pub(crate) fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

#[cfg(test)]
mod sample;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{RuleName, Span};

    fn finding(path: &str, rule: &'static str, level: Level) -> Diagnostic {
        let mut finding = Diagnostic::new(RuleName(rule), &SourcePath::from(path), Span::default(), "x");
        finding.level = level;
        finding
    }

    #[test]
    fn the_summary_counts_and_says_what_next() {
        let mut findings = vec![
            finding("a.md", "missing-field", Level::Error),
            finding("a.md", "broken-link", Level::Error),
            finding("a.md", "unknown-term", Level::Warning),
        ];
        assert_eq!(
            summary(&findings, 6),
            "2 errors, 1 warning in 1 of 6 files\n`afterword explain broken-link` says why, and how to mend it\n"
        );
        findings.push(finding("b.md", "missing-field", Level::Error).fix("x", Vec::new()));
        findings.push(finding("site.toml", "unknown-setting", Level::Hint));
        assert_eq!(summary(&findings, 2), "3 errors, 1 warning, 1 hint in 3 of 3 files\n`afterword check --fix` mends 1 of them\n");
        assert_eq!(summary(&[], 1), "no findings in 1 file\n");
    }

    #[test]
    fn every_format_has_a_word() {
        assert!(Format::ALL.into_iter().all(|format| Format::from_word(format.word()) == Some(format)));
        assert_eq!(Format::from_word("text"), None);
    }

    #[test]
    fn nothing_found_is_told_in_every_format() {
        let told = |format| write(format, &[], &|_| None, Style::default());
        let (sarif, junit) = (told(Format::Sarif), told(Format::Junit));
        assert!(sarif.ends_with(",\"results\":[]}]}\n"), "{sarif}");
        assert_eq!(Format::ALL.map(told), ["", "", "[]\n", "", "", &sarif, "[]\n", &junit]);
    }

    #[test]
    fn no_format_lets_control_characters_through() {
        let hostile = sample::hostile();
        for format in Format::ALL {
            let told = write(format, &hostile.findings, &|path| hostile.text(path), Style::default());
            let through: Vec<char> = told.chars().filter(|c| *c != '\n' && is_hidden(*c)).collect();
            assert_eq!(through, ['a'; 0], "{format:?}: {told}");
            let commands = told.lines().filter(|line| line.trim_start().starts_with("::") || line.contains("##[")).count();
            assert_eq!(commands, if format == Format::Github { hostile.findings.len() } else { 0 }, "{format:?}: {told}");
        }
    }
}
