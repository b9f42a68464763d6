//! `unchanged-response`

use super::answers_instead;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::{ActionDetail, ActionItem, ActionKind, Status};

declare_rule! {
    /// A reviewed postmortem has actions, and all of them change the system: none changes how the next incident is met.
    ///
    /// ## Why
    ///
    /// Every incident is also a test of the response: how soon it was seen, whether the runbook helped, who could decide. The next one will
    /// have another cause, and will be met by the same response.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// | ID | Action | Kind |
    /// |---|---|---|
    /// | A1 | Restore the earlier timeout | repair |
    /// | A2 | Refuse a timeout below the measured answer times | prevent |
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// | ID | Action | Kind | Area |
    /// |---|---|---|---|
    /// | A1 | Restore the earlier timeout | repair | code |
    /// | A2 | Refuse a timeout below the measured answer times | prevent | code |
    /// | A3 | Say in the runbook how to switch providers | mitigate | runbook |
    /// ```
    ///
    /// An action is about the response if its kind is `process`, `detect` or `mitigate`, if a column `Target` says `response`, or a column
    /// `Area` names documents, runbooks, training, policies or plans. `Response: n/a: reason` in the section is an answer.
    ///
    /// ## Options
    ///
    /// Only documents with a profile are looked at, and only where every action has one of these columns filled.
    static UNCHANGED_RESPONSE = { name: "unchanged-response", group: Actions, level: Hint, run: Run::Document(find) }
}

/// What begins the name of an area that is about how people respond.
const AREAS: [&str; 12] =
    ["communication", "doc", "drill", "escalation", "people", "plan", "playbook", "polic", "procedure", "process", "runbook", "training"];

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = context.profiled(subject) else { return Vec::new() };
    if postmortem.status < Status::Reviewed {
        return Vec::new();
    }
    let about_response: Option<Vec<bool>> = postmortem.actions.iter().map(about_response).collect();
    let (Some(about_response), Some(first)) = (about_response, postmortem.actions.first()) else { return Vec::new() };
    if about_response.contains(&true) || answers_instead(postmortem, &["response"]) {
        return Vec::new();
    }
    let finding = UNCHANGED_RESPONSE.finding(&postmortem.head.path, first.span, "no action changes how the next incident is met");
    vec![finding.help("what would have shown it sooner, or made it easier to handle? `Response: n/a: reason` is an answer")]
}

/// Whether an action changes the response; nothing where its row does not tell.
fn about_response(action: &ActionItem) -> Option<bool> {
    let word = |detail| action.detail(detail).map(|text| text.value.to_lowercase());
    let (target, area) = (word(ActionDetail::Target), word(ActionDetail::Area));
    let kind = action.kind.as_ref().map(|kind| kind.value);
    if target.is_none() && area.is_none() && kind.is_none() {
        return None;
    }
    let by_area = area.is_some_and(|area| area.split(|c: char| !c.is_alphanumeric()).any(|word| AREAS.iter().any(|a| word.starts_with(a))));
    let by_kind = matches!(kind, Some(ActionKind::Process | ActionKind::Detect | ActionKind::Mitigate));
    Some(by_area || by_kind || target.is_some_and(|target| target.contains("response")))
}
