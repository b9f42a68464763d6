//! What can be done about findings: their fixes, all fixes of a document at once, and an allowance that waits for its reason.

use super::view::View;
use crate::check;
use crate::diagnostic::{Diagnostic, Edit, Span, mend};
use crate::markdown;

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Action {
    /// What it does, in the imperative.
    pub(super) title: String,
    /// How, in this file.
    pub(super) edits: Vec<Edit>,
    /// Which of the findings it answers; all that have a fix where it mends everything.
    pub(super) finding: Option<usize>,
    /// Whether it is the one to be taken.
    pub(super) is_preferred: bool,
}

/// What can be done about the findings of a document that touch a stretch of it.
pub(super) fn actions(view: &View<'_>, findings: &[Diagnostic], stretch: Span) -> Vec<Action> {
    let touches = |finding: &Diagnostic| {
        let span = finding.primary.span;
        span.start <= stretch.end && stretch.start <= span.end
    };
    let mut actions = Vec::new();
    for (n, finding) in findings.iter().enumerate().filter(|(_, finding)| touches(finding)) {
        if let Some(fix) = &finding.fix {
            actions.push(Action { title: capitalised(&fix.title), edits: fix.edits.clone(), finding: Some(n), is_preferred: true });
        }
        actions.extend(allowance(view, finding).map(|(title, edit)| Action {
            title,
            edits: vec![edit],
            finding: Some(n),
            is_preferred: false,
        }));
    }
    actions
}

/// All fixes of a document as one edit; nothing where there is none.
pub(super) fn mend_all(view: &View<'_>, findings: &[Diagnostic]) -> Option<Action> {
    let fixes = findings.iter().filter_map(|finding| finding.fix.as_ref());
    let (mended, applied) = mend(view.text, fixes);
    if applied == 0 {
        return None;
    }
    let title = if applied == 1 { "Mend all: 1 fix".to_owned() } else { format!("Mend all: {applied} fixes") };
    Some(Action { title, edits: vec![difference(view.text, &mended)], finding: None, is_preferred: false })
}

/// The edit that makes one text another, without what both begin and end with.
fn difference(before: &str, after: &str) -> Edit {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let start: usize = before.chars().zip(after.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (rest, new) = (before.get(start..).unwrap_or_default(), after.get(start..).unwrap_or_default());
    let end: usize = rest.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let replacement = new.get(..new.len() - end).unwrap_or_default().to_owned();
    Edit { span: Span::new(start, before.len() - end), replacement }
}

/// The comment that allows a finding. Its reason is left for the author to write, and until then `check` asks for it.
fn allowance(view: &View<'_>, finding: &Diagnostic) -> Option<(String, Edit)> {
    let rule = check::rule(finding.rule.0).filter(|rule| rule.may_be_allowed())?;
    let body = view.head()?.body_span;
    let line_end = if view.text.contains("\r\n") { "\r\n" } else { "\n" };
    let comment = format!("<!-- afterword: allow {}: -->{line_end}", rule.name);
    let blocks = markdown::read(view.text, body).blocks;
    let block = blocks.iter().find(|block| block.span.contains(finding.primary.span));
    let (at, where_) = match block {
        // A comment before everything else would speak for the whole file.
        Some(block) if Some(block.span) != blocks.first().map(|first| first.span) => {
            (view.line(block.span.range().start).range().start, "here")
        }
        _ => (body.range().start, "in this document"),
    };
    let title = format!("Allow `{}` {where_}, with a reason", rule.name);
    Some((title, Edit { span: Span::at(at), replacement: comment }))
}

fn capitalised(title: &str) -> String {
    let mut chars = title.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
