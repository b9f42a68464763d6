//! `missing-procedural-cause`

use super::known_causes;
use crate::check::rule::declare_rule;
use crate::check::rules::sections::is_reasoned_none;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::{Cause, CauseLayer};

declare_rule! {
    /// All causes of an incident are technical: none lies in how people work with the system.
    ///
    /// ## Why
    ///
    /// A wrong line is written once and passes a review, a test, a rollout and an alert. Why each of them let it through is what will
    /// let the next one through. Sometimes there is nothing there to find, and then the document says so.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// root_causes:
    ///   - {cause: change/config, layer: technical}
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// root_causes:
    ///   - {cause: change/config, layer: technical}
    ///   - {cause: process/review-gap, layer: procedural}
    /// ```
    ///
    /// or
    ///
    /// ```yaml
    /// root_causes: [infrastructure/hardware]
    /// procedural: "none: the part failed within its rated life and was replaced by the book"
    /// ```
    ///
    /// A cause of the branch `process` is procedural, and one among `contributing` counts. Only documents with a profile are looked at;
    /// in the built-in profiles `minor` and `catalogue` this is off.
    static MISSING_PROCEDURAL_CAUSE = {
        name: "missing-procedural-cause",
        group: Causes,
        level: Warning,
        in_draft: Hint,
        run: Run::Document(find),
    }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let Some(first) = known_causes(postmortem).next().filter(|_| context.profile(postmortem).is_some()) else { return Vec::new() };
    let is_procedural = |cause: &Cause| cause.layer == Some(CauseLayer::Procedural) || cause.path.value.starts_with("process/");
    let answer = context.entries(&postmortem.head, "procedural").find_map(|entry| entry.value.text());
    if postmortem.root_causes.iter().chain(&postmortem.contributing).any(is_procedural) || answer.is_some_and(is_reasoned_none) {
        return Vec::new();
    }
    let message = "all causes are technical, and none lies in how people work with the system";
    let finding = MISSING_PROCEDURAL_CAUSE.finding(&postmortem.head.path, first.path.span, message);
    vec![
        finding.help(
            "why did review, tests, rollout and alerts let it through? If nothing is to be found there: `procedural: \"none: reason\"`",
        ),
    ]
}
