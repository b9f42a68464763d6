//! One JSON array, one finding to a line. Lines and columns count from 1, columns in characters; offsets are bytes from the start of the
//! file.

use std::fmt::Write as _;

use serde::Serialize;

use super::place::Places;
use super::visible::is_hidden;
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, Position, SourcePath, Span};

pub(super) fn write(findings: &[Diagnostic], places: &mut Places<'_, '_>) -> String {
    let lines: Vec<String> = findings.iter().map(|finding| line(finding, places)).collect();
    array(&lines)
}

/// An array with one value to a line.
pub(super) fn array(lines: &[String]) -> String {
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

/// One finding as one line.
pub(super) fn line(finding: &Diagnostic, places: &mut Places<'_, '_>) -> String {
    let (start, end) = ends(&finding.primary.path, finding.primary.span, places);
    let told = Told {
        rule: finding.rule.0,
        level: finding.level.word(),
        message: &finding.message,
        path: finding.primary.path.as_str(),
        start,
        end,
        label: &finding.primary.text,
        labels: finding.labels.iter().map(|label| told_label(label, places)).collect(),
        help: finding.help.as_deref(),
        fix: finding.fix.as_ref().map(|fix| told_fix(fix, &finding.primary.path, places)),
    };
    written(&told)
}

/// A value as one line of JSON, with hidden characters escaped, and what a build server could take for a command.
pub(super) fn written(value: &impl Serialize) -> String {
    // What is told is made of strings and numbers, which always serialise.
    safe(&serde_json::to_string(value).unwrap_or_default())
}

/// JSON with nothing hidden in it. What is escaped can only stand in strings.
fn safe(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) || c == '[' && escaped.ends_with("##") {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

#[derive(Serialize)]
struct Told<'a> {
    rule: &'a str,
    level: &'a str,
    message: &'a str,
    path: &'a str,
    start: Place,
    end: Place,
    label: &'a str,
    labels: Vec<ToldLabel<'a>>,
    help: Option<&'a str>,
    fix: Option<ToldFix<'a>>,
}

#[derive(Serialize)]
struct Place {
    line: u32,
    column: u32,
    offset: u32,
}

#[derive(Serialize)]
struct ToldLabel<'a> {
    path: &'a str,
    start: Place,
    end: Place,
    text: &'a str,
}

#[derive(Serialize)]
struct ToldFix<'a> {
    title: &'a str,
    edits: Vec<ToldEdit<'a>>,
}

#[derive(Serialize)]
struct ToldEdit<'a> {
    start: Place,
    end: Place,
    replacement: &'a str,
}

fn told_label<'a>(label: &'a Label, places: &mut Places<'_, '_>) -> ToldLabel<'a> {
    let (start, end) = ends(&label.path, label.span, places);
    ToldLabel { path: label.path.as_str(), start, end, text: &label.text }
}

fn told_fix<'a>(fix: &'a Fix, path: &SourcePath, places: &mut Places<'_, '_>) -> ToldFix<'a> {
    let edit = |edit: &'a Edit| {
        let (start, end) = ends(path, edit.span, places);
        ToldEdit { start, end, replacement: &edit.replacement }
    };
    ToldFix { title: &fix.title, edits: fix.edits.iter().map(edit).collect() }
}

fn ends(path: &SourcePath, span: Span, places: &mut Places<'_, '_>) -> (Place, Place) {
    let place = |at: Position, offset: u32| Place { line: at.line, column: at.column, offset };
    let extent = places.extent_of(path, span);
    (place(extent.start, span.start), place(extent.end, span.end))
}

#[cfg(test)]
mod tests {
    use crate::report::sample::{hostile, ordinary};
    use crate::report::{Format, Style, write};

    #[test]
    fn one_array_one_finding_to_a_line() {
        let sample = ordinary();
        let told = write(Format::Json, &sample.findings, &|path| sample.text(path), Style::default());
        assert_eq!(
            told,
            r#"[
{"rule":"renamed-field","level":"warning","message":"`start` is now `started_at`","path":"content/postmortems/2024-03-17-checkout.md","start":{"line":3,"column":1,"offset":14},"end":{"line":3,"column":6,"offset":19},"label":"","labels":[],"help":null,"fix":{"title":"rename the field","edits":[{"start":{"line":3,"column":1,"offset":14},"end":{"line":3,"column":6,"offset":19},"replacement":"started_at"}]}},
{"rule":"broken-link","level":"error","message":"the file `../missing.md#cause` does not exist","path":"content/postmortems/2024-03-17-checkout.md","start":{"line":8,"column":11,"offset":58},"end":{"line":8,"column":30,"offset":77},"label":"no such file","labels":[],"help":"is `dns.md` meant?","fix":null},
{"rule":"broken-link","level":"error","message":"the file `x.md` does not exist","path":"content/postmortems/2024-03-17-checkout.md","start":{"line":8,"column":44,"offset":93},"end":{"line":8,"column":48,"offset":97},"label":"","labels":[{"path":"content/postmortems/2024-03-17-checkout.md","start":{"line":6,"column":1,"offset":37},"end":{"line":6,"column":10,"offset":46},"text":"in this section"}],"help":null,"fix":null},
{"rule":"duplicate-id","level":"error","message":"the id `INC-7` is taken","path":"content/postmortems/dns.md","start":{"line":2,"column":5,"offset":9},"end":{"line":2,"column":10,"offset":14},"label":"","labels":[{"path":"content/postmortems/2024-03-17-checkout.md","start":{"line":2,"column":5,"offset":8},"end":{"line":2,"column":10,"offset":13},"text":"first used here"}],"help":"give one of the two another id","fix":null},
{"rule":"skipped-input","level":"hint","message":"not published","path":"content/graph.svg","start":{"line":1,"column":1,"offset":0},"end":{"line":1,"column":1,"offset":0},"label":"","labels":[],"help":null,"fix":null}
]
"#
        );
    }

    #[test]
    fn what_was_written_is_what_is_read() {
        let sample = hostile();
        let told = write(Format::Json, &sample.findings, &|path| sample.text(path), Style::default());
        let read: serde_json::Value = serde_json::from_str(&told).unwrap();
        for (read, written) in read.as_array().unwrap().iter().zip(&sample.findings) {
            assert_eq!(read["message"], written.message);
            assert_eq!(read["path"], written.primary.path.as_str());
            assert_eq!(read["fix"]["edits"][0]["replacement"], written.message);
        }
    }
}
