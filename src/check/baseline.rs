//! The findings a folder already had when its house began to check it: known, written down, and not told again.
//!
//! The baseline is a file of the project, one finding to a line, so that a merge of two branches is a merge of lines. A finding is known by
//! its fingerprint, which does not change when lines are added above it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Rule;
use super::rules::rule;
use super::rules::settings::stale_baseline::STALE_BASELINE;
use crate::diagnostic::{Diagnostic, Fingerprint, SourcePath, Span, fingerprints};

/// The path of the baseline below the project folder.
pub const BASELINE_PATH: &str = "afterword-baseline.json";

/// Findings that are known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    entries: BTreeSet<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: String,
    fingerprint: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Entry>,
}

/// What is left of findings once the known ones are set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remaining {
    /// The findings that are not known, and one more for entries of the baseline that are found no longer; in order.
    pub findings: Vec<Diagnostic>,
    /// How many are known.
    pub known: usize,
}

impl Baseline {
    /// The baseline that knows these findings; what makes a site wrong is never among them.
    #[must_use]
    pub fn of<'a>(findings: &[Diagnostic], texts: &dyn Fn(&SourcePath) -> Option<&'a str>) -> Self {
        let with = findings.iter().zip(fingerprints(findings, texts));
        let entries = with.filter(|(finding, _)| may_be_known(finding)).map(|(finding, fingerprint)| entry(finding, &fingerprint));
        Self { entries: entries.collect() }
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// The text is no baseline, or one of another version: what is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| format!("it is no baseline: {error}"))?;
        if file.version != 1 {
            return Err(format!("it has version {}, and this program reads version 1", file.version));
        }
        Ok(Self { entries: file.findings.into_iter().collect() })
    }

    /// The baseline as text, in order of path and rule.
    #[must_use]
    pub fn to_text(&self) -> String {
        // Strings always serialise.
        let lines: Vec<String> = self.entries.iter().map(|entry| serde_json::to_string(entry).unwrap_or_default()).collect();
        let findings = if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n]", lines.join(",\n")) };
        format!("{{\"version\":1,\"findings\":{findings}}}\n")
    }

    /// How many findings it knows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it knows none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Sets aside what is known of all `findings` of a project.
    #[must_use]
    pub fn subtract<'a>(&self, findings: Vec<Diagnostic>, texts: &dyn Fn(&SourcePath) -> Option<&'a str>) -> Remaining {
        let prints = fingerprints(&findings, texts);
        let mut seen: BTreeSet<Entry> = BTreeSet::new();
        let mut left = Vec::new();
        for (finding, fingerprint) in findings.into_iter().zip(prints) {
            let entry = entry(&finding, &fingerprint);
            if may_be_known(&finding) && self.entries.contains(&entry) {
                seen.insert(entry);
            } else {
                left.push(finding);
            }
        }
        let stale = self.entries.len() - seen.len();
        if stale > 0 {
            let message = match stale {
                1 => "one finding of the baseline is found no longer".to_owned(),
                stale => format!("{stale} findings of the baseline are found no longer"),
            };
            let finding = STALE_BASELINE.finding(&SourcePath::from(BASELINE_PATH), Span::at(0), message);
            left.push(finding.help("`afterword check --write-baseline` takes them out, so that they cannot come back unseen"));
            Diagnostic::sort(&mut left);
        }
        Remaining { findings: left, known: seen.len() }
    }
}

fn entry(finding: &Diagnostic, fingerprint: &Fingerprint) -> Entry {
    Entry { path: finding.primary.path.to_string(), rule: finding.rule.to_string(), fingerprint: fingerprint.to_string() }
}

fn may_be_known(finding: &Diagnostic) -> bool {
    !rule(finding.rule.0).is_some_and(Rule::is_fixed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RuleName;

    fn finding(rule: &'static str, path: &str, start: usize) -> Diagnostic {
        Diagnostic::new(RuleName(rule), &SourcePath::from(path), Span::new(start, start + 3), "x")
    }

    fn subtract(baseline: &Baseline, findings: &[Diagnostic], text: &str) -> (Vec<String>, usize) {
        let remaining = baseline.subtract(findings.to_vec(), &|_| Some(text));
        (remaining.findings.iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect(), remaining.known)
    }

    #[test]
    fn what_is_known_is_not_told_again_and_what_is_new_is() {
        let old = [finding("broken-link", "a.md", 4), finding("broken-link", "b.md", 0)];
        let baseline = Baseline::of(&old, &|_| Some("one two one"));
        assert_eq!(subtract(&baseline, &old, "one two one"), (vec![], 2));
        let moved = [finding("broken-link", "a.md", 10), finding("broken-link", "b.md", 6)];
        assert_eq!(subtract(&baseline, &moved, "above\none two one"), (vec![], 2), "lines added above change nothing");
        let more = [old[0].clone(), finding("broken-link", "a.md", 8), old[1].clone(), finding("broken-anchor", "a.md", 4)];
        assert_eq!(subtract(&baseline, &more, "one two one"), (vec!["broken-link: x".to_owned(), "broken-anchor: x".to_owned()], 2));
    }

    #[test]
    fn what_is_found_no_longer_is_told_once() {
        let old = [finding("broken-link", "a.md", 4), finding("broken-link", "b.md", 0), finding("broken-link", "c.md", 0)];
        let baseline = Baseline::of(&old, &|_| Some("one two"));
        assert_eq!(
            subtract(&baseline, &old[..1], "one two"),
            (vec!["stale-baseline: 2 findings of the baseline are found no longer".into()], 1)
        );
    }

    #[test]
    fn what_makes_a_site_wrong_is_never_known() {
        let wrong = [finding("route-collision", "a.md", 0)];
        assert!(Baseline::of(&wrong, &|_| None).is_empty());
    }

    #[test]
    fn what_is_written_is_read_again_and_what_is_broken_is_told_with_its_place() {
        let baseline = Baseline::of(&[finding("broken-link", "b\"\n.md", 0), finding("broken-link", "a.md", 0)], &|_| Some("one"));
        let text = baseline.to_text();
        assert_eq!(Baseline::parse(&text), Ok(baseline));
        assert_eq!(text.lines().count(), 4);
        assert_eq!(Baseline::parse(&Baseline::default().to_text()), Ok(Baseline::default()));
        let refused = Baseline::parse("{\"version\":1,\n\"findings\":[7]}").unwrap_err();
        assert!(refused.starts_with("it is no baseline: ") && refused.ends_with(" at line 2 column 13"), "{refused}");
        assert_eq!(Baseline::parse("{\"version\":2,\"findings\":[]}"), Err("it has version 2, and this program reads version 1".into()));
    }
}
