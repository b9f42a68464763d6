//! What an import came to, for a person and for a program.

use serde::Serialize;

use super::{Document, Outcome, Skipped};
use crate::diagnostic::{Diagnostic, Level};
use crate::markdown::text::on_one_line;
use crate::report::visible;

/// What becomes of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is not there yet.
    New,
    /// It is there as it would be written.
    Unchanged,
    /// It is there, and somebody has worked on it since.
    Edited,
    /// It is there, and the source says something else by now.
    SourceChanged,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unchanged => "unchanged",
            Self::Edited => "edited",
            Self::SourceChanged => "source-changed",
        }
    }

    fn told(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unchanged => "imported before, unchanged",
            Self::Edited => "imported before and edited since, left alone",
            Self::SourceChanged => {
                "the source has changed since it was imported; left alone: take over what is new by hand, or delete the file and import again"
            }
        }
    }
}

/// A document, what becomes of it, and what the check says of it.
#[derive(Debug)]
pub struct Entry {
    /// The document.
    pub document: Document,
    /// What becomes of it.
    pub state: State,
    /// What is to be mended in it.
    pub findings: Vec<Diagnostic>,
}

impl Entry {
    /// Whether a person must look before all is well.
    #[must_use]
    pub fn wants_review(&self) -> bool {
        let errors = self.findings.iter().any(|finding| finding.level == Level::Error);
        match self.state {
            State::New => errors || self.document.notes.iter().any(|note| note.outcome.wants_review()),
            State::SourceChanged => true,
            State::Unchanged | State::Edited => false,
        }
    }
}

/// For a person. `all` tells what found its place as well, and not only what is to be looked at.
#[must_use]
pub fn text(entries: &[Entry], skipped: &[Skipped], all: bool) -> String {
    let mut told = String::new();
    let mut line = |line: String| {
        // Words of the source may hold anything.
        told.push_str(&visible(&line));
        told.push('\n');
    };
    for Entry { document, state, findings } in entries {
        if *state == State::Unchanged && !all {
            continue;
        }
        line(format!("{}  ({})", document.path, state.told()));
        line(format!("  from      {}", on_one_line(&document.id)));
        if *state != State::New {
            continue;
        }
        for note in document.notes.iter().filter(|note| all || note.outcome.wants_review()) {
            let to = if note.to.is_empty() { String::new() } else { format!(" → {}", note.to) };
            let why = if note.why.is_empty() { String::new() } else { format!(": {}", note.why) };
            line(format!("  {:<9} {}{to}{why}", note.outcome.word(), on_one_line(&note.from)));
        }
        for file in &document.attached {
            line(format!("  beside    {}", file.name()));
        }
        for finding in findings {
            line(format!("  {:<9} {}[{}]: {}", "check", finding.level.word(), finding.rule, finding.message));
        }
    }
    for skipped in skipped {
        line(format!("{}  (skipped: {})", on_one_line(&skipped.from), skipped.why));
    }
    told
}

#[derive(Serialize)]
struct Report<'a> {
    written: bool,
    documents: Vec<Told<'a>>,
    skipped: Vec<SkippedRow<'a>>,
    next: Option<&'a str>,
}

#[derive(Serialize)]
struct Told<'a> {
    path: &'a str,
    format: &'static str,
    source: &'a str,
    state: &'static str,
    review: bool,
    notes: Vec<NoteRow<'a>>,
    attached: Vec<&'a str>,
    findings: Vec<FindingRow<'a>>,
}

#[derive(Serialize)]
struct NoteRow<'a> {
    outcome: String,
    from: &'a str,
    to: &'a str,
    why: &'a str,
}

#[derive(Serialize)]
struct FindingRow<'a> {
    rule: &'static str,
    level: &'static str,
    message: &'a str,
}

#[derive(Serialize)]
struct SkippedRow<'a> {
    source: &'a str,
    why: &'a str,
    review: bool,
}

/// For a program. `next` is the command that tells more.
///
/// # Errors
/// Never: every value here has a form in JSON.
pub fn json(entries: &[Entry], skipped: &[Skipped], written: bool, next: Option<&str>) -> serde_json::Result<String> {
    let documents = entries.iter().map(|entry| Told {
        path: entry.document.path.as_str(),
        format: entry.document.format.word(),
        source: &entry.document.id,
        state: entry.state.word(),
        review: entry.wants_review(),
        notes: entry
            .document
            .notes
            .iter()
            .map(|note| NoteRow { outcome: key(note.outcome), from: &note.from, to: &note.to, why: &note.why })
            .collect(),
        attached: entry.document.attached.iter().map(super::Attached::name).collect(),
        findings: entry
            .findings
            .iter()
            .map(|finding| FindingRow { rule: finding.rule.0, level: finding.level.word(), message: &finding.message })
            .collect(),
    });
    let skipped = skipped.iter().map(|skipped| SkippedRow { source: &skipped.from, why: &skipped.why, review: skipped.wants_review });
    let report = Report { written, documents: documents.collect(), skipped: skipped.collect(), next };
    serde_json::to_string_pretty(&report).map(|text| text + "\n")
}

fn key(outcome: Outcome) -> String {
    outcome.word().replace(' ', "-")
}
