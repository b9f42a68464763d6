//! Results for a person: the title, the place, the passages with the words marked.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::{Answered, Found, Piece, Shown};
use crate::report::{self, counted};

/// What a passage is set in by.
const INDENT: &str = "    ";
/// The widest that passages are set.
const WIDEST: usize = 110;

/// The most services that are named.
const SERVICES: usize = 3;

/// The results, of at most so many columns where they are shown on a terminal.
pub(super) fn text(answered: &Answered, width: Option<usize>) -> String {
    let mut out = String::new();
    for found in &answered.results {
        if !out.is_empty() {
            out.push('\n');
        }
        result(found, width.map(|width| width.min(WIDEST)), &mut out);
    }
    out
}

/// What is said beside the results.
pub(super) fn notes(answered: &Answered) -> Vec<String> {
    let mut notes = Vec::new();
    for correction in &answered.corrections {
        notes.push(format!("Nothing has `{}`; taken for `{}`.", correction.typed, correction.taken));
    }
    for missing in answered.missing.iter().filter(|missing| !answered.corrections.iter().any(|c| c.typed == **missing)) {
        notes.push(format!("Nothing has `{missing}`."));
    }
    let shown = answered.results.len();
    notes.push(match answered.total {
        0 => "Nothing was found.".to_owned(),
        total if shown < total => format!("{shown} of {}; `--limit` shows more", counted(total, "result")),
        total => counted(total, "result"),
    });
    notes
}

fn result(found: &Found, width: Option<usize>, out: &mut String) {
    let title = report::visible(&found.title);
    let further = found.services.len().saturating_sub(SERVICES);
    let further = (further > 0).then(|| format!("{further} more"));
    let facts = found.date.iter().chain(&found.severity).chain(found.services.iter().take(SERVICES)).chain(&further);
    let mut facts: Vec<_> = facts.map(|fact| report::visible(fact)).collect();
    // On a terminal the last ones give way.
    while width.is_some_and(|width| title.width() + 2 + facts.join(" · ").width() > width) && facts.pop().is_some() {}
    let gap = if facts.is_empty() { "" } else { "  " };
    let _ = writeln!(out, "\u{1b}[1m{title}\u{1b}[0m{gap}\u{1b}[2m{}\u{1b}[0m", facts.join(" · "));
    let _ = writeln!(out, "\u{1b}[36m{}:{}:{}\u{1b}[0m", report::visible(&found.path), found.line, found.column);
    for (n, shown) in found.passages.iter().enumerate() {
        passage(shown, n > 0, width, out);
    }
}

/// A passage, the first at the place of its result and each further one with its own line.
fn passage(shown: &Shown, says_line: bool, width: Option<usize>, out: &mut String) {
    // Each with whether the next piece may go on with it: pieces follow each other without a blank.
    let mut words: Vec<(String, bool)> = Vec::new();
    if says_line {
        words.push((format!("{}:", shown.line), false));
    }
    if !shown.section.is_empty() {
        let heading = format!("{}:", report::visible(&shown.section));
        words.extend(heading.split_whitespace().map(|word| (word.to_owned(), false)));
    }
    for Piece { text, marked } in &shown.pieces {
        let text = report::visible(text);
        let text = if *marked { format!("\u{1b}[1;33m{text}\u{1b}[0m") } else { text.into_owned() };
        for (n, word) in text.split(' ').enumerate() {
            match words.last_mut() {
                Some((last, true)) if n == 0 => last.push_str(word),
                _ => words.push((word.to_owned(), true)),
            }
        }
    }
    let mut column = 0;
    for (word, _) in words.iter().filter(|(word, _)| !word.is_empty()) {
        let wide = anstream::adapter::strip_str(word).to_string().width();
        if column == 0 {
            out.push_str(INDENT);
            column = INDENT.len();
        } else if width.is_some_and(|width| column + 1 + wide > width) {
            let _ = write!(out, "\n{INDENT}");
            column = INDENT.len();
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += wide;
    }
    out.push('\n');
}
