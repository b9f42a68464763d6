//! `cause-without-action`

use std::collections::BTreeSet;

use super::known_causes;
use crate::check::rule::declare_rule;
use crate::check::rules::sections::{is_reasoned_none, lacks_actions, prose_under};
use crate::check::{Context, Run, Subject};
use crate::config::Causes;
use crate::diagnostic::Diagnostic;
use crate::knowledge::named_causes;
use crate::model::{ActionDetail, Cause, Postmortem};

declare_rule! {
    /// A root cause that no action answers.
    ///
    /// ## Why
    ///
    /// To find a cause and leave it is to wait for the same incident. Where that is meant, it is a decision, and it belongs among the actions
    /// as `accepted-risk`, with whoever took it.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// | ID | Action | Cause |
    /// |---|---|---|
    /// | A1 | Refuse a timeout below the measured answer times | change/config |
    /// ```
    ///
    /// in a document with `root_causes: [change/config, process/review-gap]`.
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// | ID | Action | Cause |
    /// |---|---|---|
    /// | A1 | Refuse a timeout below the measured answer times | change/config |
    /// | A2 | Ask for measured answer times in the review of every timeout | process/review-gap |
    /// ```
    ///
    /// The column names causes by their leaf (`review-gap`) or by their number in `root_causes` (`2`), and may name several. Where it holds
    /// other words, or no action fills it, all that is asked is that a document with causes has an action at all.
    ///
    /// ## Options
    ///
    /// Only documents with a profile are looked at; in the built-in profiles `minor` and `catalogue` this is off. Where the profile requires
    /// the section on actions and it is not there, `missing-section` or `empty-section` tells. `n/a: reason` in the section on actions is an answer.
    static CAUSE_WITHOUT_ACTION = {
        name: "cause-without-action",
        group: Causes,
        level: Warning,
        in_draft: Hint,
        run: Run::Document(find),
    }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let causes: Vec<&Cause> = known_causes(postmortem).collect();
    let answers_instead = || prose_under(postmortem, "actions").iter().any(|passage| is_reasoned_none(&passage.text));
    if context.profile(postmortem).is_none() || causes.is_empty() || answers_instead() {
        return Vec::new();
    }
    let path = &postmortem.head.path;
    if let Some(first) = causes.first().filter(|_| postmortem.actions.is_empty()) {
        if lacks_actions(context, postmortem) {
            return Vec::new();
        }
        let message = match causes.as_slice() {
            [cause] => format!("the cause `{}` is known, and there is no action", cause.path.value),
            causes => format!("{} causes are known, and there is no action", causes.len()),
        };
        let finding = CAUSE_WITHOUT_ACTION.finding(path, first.path.span, message);
        return vec![finding.help("say under the heading on actions what will be done, or `n/a: reason`")];
    }
    let Some(answered) = answered(postmortem, &context.config.causes) else { return Vec::new() };
    let unanswered = causes.into_iter().filter(|cause| !answered.contains(&cause.path.value));
    let tell = |cause: &Cause| {
        let finding = CAUSE_WITHOUT_ACTION.finding(path, cause.path.span, format!("no action answers the cause `{}`", cause.path.value));
        finding.help("name it in the column `Cause` of an action; a decision to do nothing is an action with the status `accepted-risk`")
    };
    unanswered.map(tell).collect()
}

/// The paths of the causes that actions name; nothing where no action names one, or one says it in words of its own.
fn answered(postmortem: &Postmortem, taxonomy: &Causes) -> Option<BTreeSet<String>> {
    let mut answered = BTreeSet::new();
    for cell in postmortem.actions.iter().filter_map(|action| action.detail(ActionDetail::Cause)) {
        if is_reasoned_none(&cell.value) {
            continue;
        }
        answered.extend(named_causes(&cell.value, postmortem, taxonomy)?);
    }
    Some(answered).filter(|answered| !answered.is_empty())
}
