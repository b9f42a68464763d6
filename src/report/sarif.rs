//! SARIF 2.1.0 (OASIS, with errata 01): one run with every rule and a result for each finding.
//!
//! Columns are UTF-16 code units, which is what viewers count in whatever a log says of it. Paths are relative to the project folder
//! (`%SRCROOT%`), which code scanning takes for the root of the repository.

use serde::Serialize;

use super::json::written;
use super::place::{Extent, Places};
use super::visible::visible;
use crate::check::{RULES, Rule};
use crate::diagnostic::{Diagnostic, Edit, Fingerprint, Fix, Label, Level, SourcePath};
use crate::markdown::percent_encode;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The folder that paths start at.
const ROOT: &str = "%SRCROOT%";

pub(super) fn write(findings: &[Diagnostic], fingerprints: &[Fingerprint], places: &mut Places<'_, '_>) -> String {
    let results = findings.iter().zip(fingerprints).map(|(finding, fingerprint)| result(finding, *fingerprint, places)).collect();
    written(&log(RULES.iter().map(|rule| described(rule)).collect(), results)) + "\n"
}

fn log<'a>(rules: Vec<Described<'a>>, results: Vec<Outcome<'a>>) -> Log<'a> {
    let driver = Driver { name: "Afterword", semantic_version: env!("CARGO_PKG_VERSION"), rules };
    let run = Run { tool: Tool { driver }, column_kind: "utf16CodeUnits", newline_sequences: ["\r\n", "\n", "\r"], results };
    Log { schema: SCHEMA, version: "2.1.0", runs: [run] }
}

fn described(rule: &Rule) -> Described<'_> {
    let manual = rule.manual_text();
    let about = manual.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let sentence = about.split_inclusive(". ").next().unwrap_or_default().trim_end().to_owned();
    Described {
        id: rule.name.0,
        short_description: Text { text: sentence },
        full_description: Text { text: about },
        help: Help { text: manual.clone(), markdown: manual },
        default_configuration: Configuration { level: level(rule.level) },
        properties: Properties { tags: [rule.group.word()] },
    }
}

fn result<'a>(finding: &'a Diagnostic, fingerprint: Fingerprint, places: &mut Places<'_, '_>) -> Outcome<'a> {
    let path = &finding.primary.path;
    let mut text = format!("{}.", message(&finding.message));
    if let Some(help) = &finding.help {
        text.push('\n');
        text.push_str(&message(help));
    }
    let fix = finding.fix.as_ref().filter(|fix| !fix.edits.is_empty());
    Outcome {
        rule_id: finding.rule.0,
        rule_index: RULES.iter().position(|rule| rule.name == finding.rule),
        level: level(finding.level),
        message: Text { text },
        locations: [location(&finding.primary, places)],
        related_locations: finding.labels.iter().map(|label| location(label, places)).collect(),
        partial_fingerprints: Fingerprints { afterword: fingerprint.to_string() },
        fixes: fix.map(|fix| mend(fix, path, places)).into_iter().collect(),
    }
}

fn location(label: &Label, places: &mut Places<'_, '_>) -> Location {
    let text = message(&label.text);
    Location {
        message: (!text.is_empty()).then_some(Text { text }),
        physical_location: PhysicalLocation { artifact_location: artifact(&label.path), region: region(places.extent(label)) },
    }
}

fn mend<'a>(fix: &'a Fix, path: &SourcePath, places: &mut Places<'_, '_>) -> Mend<'a> {
    let replacement = |edit: &'a Edit| Replacement {
        deleted_region: region(places.extent_of(path, edit.span)),
        inserted_content: (!edit.replacement.is_empty()).then_some(Content { text: &edit.replacement }),
    };
    let replacements = fix.edits.iter().map(replacement).collect();
    Mend { description: Text { text: message(&fix.title) }, artifact_changes: [Change { artifact_location: artifact(path), replacements }] }
}

/// Text of ours for a person, in which nothing is a placeholder (§3.11.5: braces stand doubled) or a link (§3.11.6: viewers look for `](`).
fn message(text: &str) -> String {
    visible(text).replace('{', "{{").replace('}', "}}").replace("](", "]\\(")
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Hint => "note",
        Level::Off => "none",
    }
}

fn artifact(path: &SourcePath) -> Artifact {
    Artifact { uri: percent_encode(path.as_str()), uri_base_id: ROOT }
}

fn region(extent: Extent) -> Region {
    let Extent { start, end } = extent;
    Region { start_line: start.line, start_column: start.utf16 + 1, end_line: end.line, end_column: end.utf16 + 1 }
}

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'a str,
    version: &'a str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'a str,
    newline_sequences: [&'a str; 3],
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'a str,
    semantic_version: &'a str,
    rules: Vec<Described<'a>>,
}

/// A `reportingDescriptor`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Described<'a> {
    id: &'a str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration<'a>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration<'a> {
    level: &'a str,
}

#[derive(Serialize)]
struct Properties<'a> {
    tags: [&'a str; 1],
}

/// A `result`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'a str,
    message: Text,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Mend<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "afterword/v1")]
    afterword: String,
}

/// A `fix`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mend<'a> {
    description: Text,
    artifact_changes: [Change<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    #[serde(skip_serializing_if = "Option::is_none")]
    inserted_content: Option<Content<'a>>,
}

#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rule;
    use crate::diagnostic::fingerprints;
    use crate::report::sample::{Sample, hostile, ordinary};
    use crate::report::{Format, Style};

    /// The results, one to a line. The place of a rule in the list, which changes with every new rule, is left out: a test of its own sees to it.
    fn told(sample: &Sample) -> String {
        let texts = |path: &SourcePath| sample.text(path);
        let mut places = Places::new(&texts);
        let results = sample.findings.iter().zip(fingerprints(&sample.findings, &texts));
        let results = results.map(|(finding, fingerprint)| Outcome { rule_index: None, ..result(finding, fingerprint, &mut places) });
        results.map(|result| written(&result) + "\n").collect()
    }

    #[test]
    fn a_log_is_one_run_of_this_program() {
        let version = env!("CARGO_PKG_VERSION");
        let expected = format!(
            r#"{{"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json","version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"Afterword","semanticVersion":"{version}","rules":[]}}}},"columnKind":"utf16CodeUnits","newlineSequences":["\r\n","\n","\r"],"results":[]}}]}}"#
        );
        assert_eq!(written(&log(Vec::new(), Vec::new())), expected);
    }

    #[test]
    fn a_result_for_each_finding() {
        assert_eq!(
            told(&ordinary()),
            r#"{"ruleId":"renamed-field","level":"warning","message":{"text":"`start` is now `started_at`."},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"content/postmortems/2024-03-17-checkout.md","uriBaseId":"%SRCROOT%"},"region":{"startLine":3,"startColumn":1,"endLine":3,"endColumn":6}}}],"partialFingerprints":{"afterword/v1":"3a2cda9fe6e282d8688aec9165431a78"},"fixes":[{"description":{"text":"rename the field"},"artifactChanges":[{"artifactLocation":{"uri":"content/postmortems/2024-03-17-checkout.md","uriBaseId":"%SRCROOT%"},"replacements":[{"deletedRegion":{"startLine":3,"startColumn":1,"endLine":3,"endColumn":6},"insertedContent":{"text":"started_at"}}]}]}]}
{"ruleId":"broken-link","level":"error","message":{"text":"the file `../missing.md#cause` does not exist.\nis `dns.md` meant?"},"locations":[{"message":{"text":"no such file"},"physicalLocation":{"artifactLocation":{"uri":"content/postmortems/2024-03-17-checkout.md","uriBaseId":"%SRCROOT%"},"region":{"startLine":8,"startColumn":11,"endLine":8,"endColumn":30}}}],"partialFingerprints":{"afterword/v1":"3de75aa36d1f0b2cda2f58184632918b"}}
{"ruleId":"broken-link","level":"error","message":{"text":"the file `x.md` does not exist."},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"content/postmortems/2024-03-17-checkout.md","uriBaseId":"%SRCROOT%"},"region":{"startLine":8,"startColumn":44,"endLine":8,"endColumn":48}}}],"relatedLocations":[{"message":{"text":"in this section"},"physicalLocation":{"artifactLocation":{"uri":"content/postmortems/2024-03-17-checkout.md","uriBaseId":"%SRCROOT%"},"region":{"startLine":6,"startColumn":1,"endLine":6,"endColumn":10}}}],"partialFingerprints":{"afterword/v1":"0f19c760deb5e716f4e86109bfe087c5"}}
{"ruleId":"duplicate-id","level":"error","message":{"text":"the id `INC-7` is taken.\ngive one of the two another id"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"content/postmortems/dns.md","uriBaseId":"%SRCROOT%"},"region":{"startLine":2,"startColumn":5,"endLine":2,"endColumn":10}}}],"relatedLocations":[{"message":{"text":"first used here"},"physicalLocation":{"artifactLocation":{"uri":"content/postmortems/2024-03-17-checkout.md","uriBaseId":"%SRCROOT%"},"region":{"startLine":2,"startColumn":5,"endLine":2,"endColumn":10}}}],"partialFingerprints":{"afterword/v1":"36d5e2deef508912e293ef922acd6e1b"}}
{"ruleId":"skipped-input","level":"note","message":{"text":"not published."},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"content/graph.svg","uriBaseId":"%SRCROOT%"},"region":{"startLine":1,"startColumn":1,"endLine":1,"endColumn":1}}}],"partialFingerprints":{"afterword/v1":"0d48e8229ac80ad49b7b47951673e49e"}}
"#
        );
    }

    #[test]
    fn nothing_is_a_placeholder_or_a_link_or_leaves_its_place() {
        let mut sample = hostile();
        sample.findings.truncate(1);
        assert_eq!(
            told(&sample),
            r#"{"ruleId":"unknown-term","level":"error","message":{"text":"\\u{{1b}}[31m\\n::set-output name=a::b\\r\\n##\\u{{5b}}add-mask]\\u{{202e}}\\u{{7f}}%0A::warning::x.\n\\u{{1b}}[31m\\n::set-output name=a::b\\r\\n##\\u{{5b}}add-mask]\\u{{202e}}\\u{{7f}}%0A::warning::x"},"locations":[{"message":{"text":"\\u{{1b}}[31m\\n::set-output name=a::b\\r\\n##\\u{{5b}}add-mask]\\u{{202e}}\\u{{7f}}%0A::warning::x"},"physicalLocation":{"artifactLocation":{"uri":"%3A%3Aerror%3A%3Aa%1B%5B2J%2Cb%3Ac.md","uriBaseId":"%SRCROOT%"},"region":{"startLine":1,"startColumn":1,"endLine":1,"endColumn":7}}}],"relatedLocations":[{"message":{"text":"\\u{{1b}}[31m\\n::set-output name=a::b\\r\\n##\\u{{5b}}add-mask]\\u{{202e}}\\u{{7f}}%0A::warning::x"},"physicalLocation":{"artifactLocation":{"uri":"%3A%3Aerror%3A%3Aa%1B%5B2J%2Cb%3Ac.md","uriBaseId":"%SRCROOT%"},"region":{"startLine":1,"startColumn":7,"endLine":1,"endColumn":15}}}],"partialFingerprints":{"afterword/v1":"ed802d8c7b7a0a09187b71a3a19101c3"},"fixes":[{"description":{"text":"\\u{{1b}}[31m\\n::set-output name=a::b\\r\\n##\\u{{5b}}add-mask]\\u{{202e}}\\u{{7f}}%0A::warning::x"},"artifactChanges":[{"artifactLocation":{"uri":"%3A%3Aerror%3A%3Aa%1B%5B2J%2Cb%3Ac.md","uriBaseId":"%SRCROOT%"},"replacements":[{"deletedRegion":{"startLine":1,"startColumn":1,"endLine":1,"endColumn":1},"insertedContent":{"text":"\u001b[31m\n::set-output name=a::b\r\n##\u005badd-mask]\u202e\u007f%0A::warning::x"}}]}]}]}
"#
        );
        assert_eq!(message("{0} [a](javascript:b) {{c}}"), "{{0}} [a]\\(javascript:b) {{{{c}}}}");
    }

    #[test]
    fn a_rule_is_described_by_its_manual() {
        let mut described = described(rule("broken-link").unwrap());
        let manual = std::mem::take(&mut described.help.markdown);
        assert_eq!(manual, rule("broken-link").unwrap().manual_text());
        assert_eq!(std::mem::take(&mut described.help.text), manual);
        assert_eq!(
            written(&described),
            r#"{"id":"broken-link","shortDescription":{"text":"A link leads to a document or file that does not exist."},"fullDescription":{"text":"A link leads to a document or file that does not exist. So does an image, an entry of `related`, or a reference without a definition."},"help":{"text":"","markdown":""},"defaultConfiguration":{"level":"error"},"properties":{"tags":["links"]}}"#
        );
    }

    #[test]
    fn every_rule_has_a_sentence_of_its_own() {
        for rule in RULES {
            let sentence = described(rule).short_description.text;
            assert!(sentence.ends_with('.') && !sentence.contains('\n') && sentence.len() < 200, "{}: {sentence}", rule.name);
        }
    }

    #[test]
    fn a_path_is_a_relative_reference() {
        assert_eq!(percent_encode("content/a b:c/停#?%.md"), "content/a%20b%3Ac/%E5%81%9C%23%3F%25.md");
    }

    #[test]
    fn a_result_finds_its_rule() {
        let sample = ordinary();
        let told = crate::report::write(Format::Sarif, &sample.findings, &|path| sample.text(path), Style::default());
        let log: serde_json::Value = serde_json::from_str(&told).unwrap();
        let run = &log["runs"][0];
        let index = usize::try_from(run["results"][1]["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "broken-link");
        assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), RULES.len());
        assert_eq!(run["results"].as_array().unwrap().len(), sample.findings.len());
    }
}
