//! A Code Quality report of GitLab: one array, one finding to a line.
//!
//! The format is GitLab's subset of the Code Climate specification (docs.gitlab.com, "Code Quality report format"). GitLab compares the
//! reports of two branches by fingerprint and shows one finding for each.

use serde::Serialize;

use super::json::{array, written};
use super::place::Places;
use super::visible::visible;
use crate::diagnostic::{Diagnostic, Fingerprint, Level};

pub(super) fn write(findings: &[Diagnostic], fingerprints: &[Fingerprint], places: &mut Places<'_, '_>) -> String {
    let line = |(finding, fingerprint): (&Diagnostic, &Fingerprint)| {
        written(&Issue {
            description: &visible(&finding.message),
            check_name: finding.rule.0,
            fingerprint: fingerprint.to_string(),
            severity: severity(finding.level),
            location: Location { path: finding.primary.path.as_str(), lines: Lines { begin: places.extent(&finding.primary).start.line } },
        })
    };
    let lines: Vec<String> = findings.iter().zip(fingerprints).map(line).collect();
    array(&lines)
}

/// GitLab knows info, minor, major, critical and blocker; the last two are for what endangers a running service.
fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Hint | Level::Off => "info",
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::report::sample::{Sample, hostile, ordinary};
    use crate::report::{Format, Style, write};

    fn told(sample: &Sample) -> String {
        write(Format::Gitlab, &sample.findings, &|path| sample.text(path), Style::default())
    }

    #[test]
    fn one_array_one_finding_to_a_line() {
        assert_eq!(
            told(&ordinary()),
            r#"[
{"description":"`start` is now `started_at`","check_name":"renamed-field","fingerprint":"3a2cda9fe6e282d8688aec9165431a78","severity":"minor","location":{"path":"content/postmortems/2024-03-17-checkout.md","lines":{"begin":3}}},
{"description":"the file `../missing.md#cause` does not exist","check_name":"broken-link","fingerprint":"3de75aa36d1f0b2cda2f58184632918b","severity":"major","location":{"path":"content/postmortems/2024-03-17-checkout.md","lines":{"begin":8}}},
{"description":"the file `x.md` does not exist","check_name":"broken-link","fingerprint":"0f19c760deb5e716f4e86109bfe087c5","severity":"major","location":{"path":"content/postmortems/2024-03-17-checkout.md","lines":{"begin":8}}},
{"description":"the id `INC-7` is taken","check_name":"duplicate-id","fingerprint":"36d5e2deef508912e293ef922acd6e1b","severity":"major","location":{"path":"content/postmortems/dns.md","lines":{"begin":2}}},
{"description":"not published","check_name":"skipped-input","fingerprint":"0d48e8229ac80ad49b7b47951673e49e","severity":"info","location":{"path":"content/graph.svg","lines":{"begin":1}}}
]
"#
        );
    }

    #[test]
    fn a_path_is_the_path_and_words_are_made_visible() {
        let mut sample = hostile();
        sample.findings.truncate(1);
        assert_eq!(
            told(&sample),
            r#"[
{"description":"\\u{1b}[31m\\n::set-output name=a::b\\r\\n##\\u{5b}add-mask]\\u{202e}\\u{7f}%0A::warning::x","check_name":"unknown-term","fingerprint":"ed802d8c7b7a0a09187b71a3a19101c3","severity":"major","location":{"path":"::error::a\u001b[2J,b:c.md","lines":{"begin":1}}}
]
"#
        );
        let read: serde_json::Value = serde_json::from_str(&told(&sample)).unwrap();
        assert_eq!(read[0]["location"]["path"], sample.findings[0].primary.path.as_str());
    }

    #[test]
    fn no_two_findings_share_a_fingerprint() {
        let mut sample = ordinary();
        sample.findings.extend(ordinary().findings);
        let read: Vec<serde_json::Value> = serde_json::from_str(&told(&sample)).unwrap();
        let fingerprints: BTreeSet<&str> = read.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(fingerprints.len(), 10);
    }
}
