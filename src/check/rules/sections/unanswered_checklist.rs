//! `unanswered-checklist`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Span};
use crate::markdown::{Block, BlockKind, walk};
use crate::model::{Postmortem, Section, Status};

declare_rule! {
    /// A postmortem is closed, and a box in one of its checklists is not ticked.
    ///
    /// ## Why
    ///
    /// A checklist asks whether plans, runbooks, tools and training need a change. A box left open in a closed document reads as "not done"
    /// to one reader and as "not needed" to the next.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// status: closed
    /// ---
    ///
    /// ## Plan updates
    ///
    /// - [x] Runbooks
    /// - [ ] Training
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// ---
    /// status: closed
    /// ---
    ///
    /// ## Plan updates
    ///
    /// - [x] Runbooks: the failover page names the right host
    /// - [x] Training: n/a: no one had to know more than the runbook says
    /// ```
    ///
    /// What is still to be done is an action, and the document is not closed. Boxes among the actions are their status, and are not meant here.
    static UNANSWERED_CHECKLIST = { name: "unanswered-checklist", group: Sections, level: Warning, run: Run::Document(find) }
}

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem().filter(|postmortem| postmortem.status == Status::Closed) else { return Vec::new() };
    let mut findings = Vec::new();
    for open in open_boxes(postmortem) {
        let message = match open.as_slice() {
            [] => continue,
            [_] => "a box is not ticked in a document that is closed".to_owned(),
            open => format!("{} boxes are not ticked in a document that is closed", open.len()),
        };
        let span = open.first().copied().unwrap_or_default();
        let finding = UNANSWERED_CHECKLIST.finding(&postmortem.head.path, span, message);
        findings.push(finding.help("tick it with what was done, or with `n/a: reason`; what is still to be done is an action"));
    }
    findings
}

/// The items of task lists that are not ticked, for each stretch of text.
fn open_boxes(postmortem: &Postmortem) -> impl Iterator<Item = Vec<Span>> {
    let in_section = |section: &Section| section.prose().flat_map(open_in).collect();
    std::iter::once(open_in(&postmortem.body.lead)).chain(postmortem.body.sections.iter().map(in_section))
}

fn open_in(blocks: &[Block]) -> Vec<Span> {
    let mut open = Vec::new();
    walk::blocks(blocks, &mut |block| {
        if let BlockKind::List(list) = &block.kind {
            open.extend(list.items.iter().filter(|item| item.task == Some(false)).map(|item| item.span));
        }
    });
    open
}
