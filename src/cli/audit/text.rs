//! What was found, for a person: file by file, then what is withheld.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Found, Kept, Told, Unread};
use crate::report::{counted, visible};

/// What cannot be seen of a picture.
pub(super) const PICTURE: &str = "a picture";

/// The most findings that are shown of one file.
const SHOWN: usize = 5;
/// The most characters of a passage that are shown.
const WIDEST: usize = 96;
/// The most files that a note names.
const NAMED: usize = 5;

/// The findings, and what is withheld of each document: how often, or with `in_full` where.
pub(super) fn text(told: &Told, in_full: bool) -> String {
    let mut out = String::new();
    for findings in told.findings.chunk_by(|a, b| a.file == b.file) {
        if let Some(first) = findings.first() {
            let _ = writeln!(out, "\u{1b}[1m{}\u{1b}[0m", visible(&first.file));
        }
        findings.iter().take(SHOWN).for_each(|finding| found(finding, &mut out));
        if findings.len() > SHOWN {
            let _ = writeln!(out, "  and {} more", findings.len() - SHOWN);
        }
        out.push('\n');
    }
    if told.withheld.is_empty() {
        return out;
    }
    out.push_str("Withheld from the public:\n");
    if in_full {
        told.withheld.iter().for_each(|kept| in_full_of(kept, &mut out));
    } else {
        in_short(&told.withheld, &mut out);
    }
    out
}

fn found(finding: &Found, out: &mut String) {
    let Found { place, line, column, byte, words, reason, source, .. } = finding;
    let at = match (line, column, byte) {
        (Some(line), Some(column), _) => format!("{line}:{column}: "),
        (_, _, Some(byte)) => format!("byte {byte}: "),
        _ if *place == "packed" => "packed in it: ".to_owned(),
        _ if *place == "path" => "its path: ".to_owned(),
        _ => String::new(),
    };
    let shown: String = words.chars().take(WIDEST).collect();
    let rest = if shown.len() < words.len() { "…" } else { "" };
    if !words.is_empty() {
        let _ = writeln!(out, "  {at}\u{1b}[33m{}{rest}\u{1b}[0m", visible(&shown));
    }
    let source = source.as_ref().map(|at| format!("\u{1b}[36m{}:{}\u{1b}[0m: ", visible(&at.path), at.line)).unwrap_or_default();
    let _ = writeln!(out, "    {source}{reason}");
}

fn in_full_of(kept: &Kept, out: &mut String) {
    for part in &kept.parts {
        let lines = if part.end_line > part.line { format!("{}-{}", part.line, part.end_line) } else { part.line.to_string() };
        let what = if kept.whole { "the whole document, for " } else { "" };
        let _ = writeln!(out, "  \u{1b}[36m{}:{lines}\u{1b}[0m: {what}{}", visible(&kept.path), part.reason);
    }
}

fn in_short(withheld: &[Kept], out: &mut String) {
    let mut whole: BTreeMap<&str, usize> = BTreeMap::new();
    for kept in withheld.iter().filter(|kept| kept.whole) {
        kept.parts.iter().for_each(|part| *whole.entry(part.reason).or_default() += 1);
    }
    for (reason, documents) in whole {
        let _ = writeln!(out, "  {}: {reason}", counted(documents, "whole document"));
    }
    for kept in withheld.iter().filter(|kept| !kept.whole) {
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        kept.parts.iter().for_each(|part| *reasons.entry(part.reason).or_default() += 1);
        let reasons: Vec<String> = reasons.into_iter().map(|(reason, parts)| format!("{parts} × {reason}")).collect();
        let _ = writeln!(out, "  {}: {}", visible(&kept.path), reasons.join("; "));
    }
}

/// What is said beside the findings.
pub(super) fn notes(told: &Told) -> Vec<String> {
    let mut notes = Vec::new();
    let pictures = told.unseen.iter().filter(|unseen| unseen.why == PICTURE).count();
    if pictures > 0 {
        notes.push(format!("Of {} what is written into the file was read; nobody looked at what it shows.", counted(pictures, "picture")));
    }
    let packed: Vec<String> =
        told.unseen.iter().filter(|unseen| unseen.why != PICTURE).map(|unseen| format!("{} ({})", unseen.file, unseen.why)).collect();
    if !packed.is_empty() {
        let files = counted(packed.len(), "file");
        notes.push(format!("{files} can be looked into for plain words only: {}", named(&packed)));
    }
    if !told.not_of_build.is_empty() {
        notes.push(format!("{} not of this build: {}", counted(told.not_of_build.len(), "file"), named(&told.not_of_build)));
    }
    let in_files = told.findings.chunk_by(|a, b| a.file == b.file).count();
    notes.push(match told.findings.len() {
        0 => format!("Nothing internal was found in {} of `{}`.", counted(told.files - told.unread.len(), "file"), told.folder),
        n => format!(
            "{} that the public must not read, in {in_files} of {} of `{}`.",
            counted(n, "place"),
            counted(told.files, "file"),
            told.folder
        ),
    });
    notes
}

/// The first of some files, and how many more there are.
fn named(files: &[String]) -> String {
    let more = files.len().saturating_sub(NAMED);
    let first = files.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{first} and {more} more") } else { first }
}

/// Files that could not be read, one to a line.
pub(super) fn unread(files: &[Unread]) -> String {
    files.iter().map(|Unread { file, why }| format!("  {file}: {why}")).collect::<Vec<_>>().join("\n")
}
