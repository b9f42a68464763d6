//! `pending-cause`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::{Cause, Status};

declare_rule! {
    /// The cause is `unknown/pending` in a document that is no draft any more.
    ///
    /// ## Why
    ///
    /// Pending means that somebody is still looking. In a document that others review or build on, it is not seen whether they are, and an
    /// incident without a cause is found by nobody who has the same.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// status: reviewed
    /// root_causes: [unknown/pending]
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// status: reviewed
    /// root_causes: [unknown/indeterminate]
    /// ```
    ///
    /// Name the leaf that was found. Where it was looked for and not found, `unknown/indeterminate` says so and is counted; where the search
    /// goes on, so does the draft. A document that says nothing of its status counts as reviewed.
    static PENDING_CAUSE = { name: "pending-cause", group: Causes, level: Warning, run: Run::Document(find) }
}

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem().filter(|postmortem| postmortem.status != Status::Draft) else { return Vec::new() };
    let causes = postmortem.root_causes.iter().chain(&postmortem.contributing);
    let tell = |cause: &Cause| {
        let status = postmortem.status.name().to_lowercase();
        let message = format!("the cause is still pending in a document that is {status}");
        let finding = PENDING_CAUSE.finding(&postmortem.head.path, cause.path.span, message);
        finding.help("name the leaf, or `unknown/indeterminate` if it was looked for and not found")
    };
    causes.filter(|cause| cause.path.value == "unknown/pending").map(tell).collect()
}
