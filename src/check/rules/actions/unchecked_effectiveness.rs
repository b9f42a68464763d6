//! `unchecked-effectiveness`

use super::name;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::{ActionDetail, ActionItem, ActionStatus};
use crate::parse::moment;

declare_rule! {
    /// An action is done, the day on which its effect was to be checked has passed, and no result is given.
    ///
    /// ## Why
    ///
    /// Done is not the same as effective. A measure that nobody looked at again is believed in until the next incident shows that it never
    /// worked.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// | ID | Action | Status | Check on | Result |
    /// |---|---|---|---|---|
    /// | A1 | Alert on rejections per provider | done | 2024-07-01 | |
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// | ID | Action | Status | Check on | Result |
    /// |---|---|---|---|---|
    /// | A1 | Alert on rejections per provider | done | 2024-07-01 | fired twice, both times within two minutes |
    /// ```
    ///
    /// The columns may also be called `Look back` or `Effectiveness check`, and `Effectiveness` or `Effect`. Only documents with a profile are
    /// looked at.
    static UNCHECKED_EFFECTIVENESS = { name: "unchecked-effectiveness", group: Actions, level: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = context.profiled(subject) else { return Vec::new() };
    let is_done = |action: &&ActionItem| action.status.as_ref().is_some_and(|status| status.value == ActionStatus::Done);
    let done = postmortem.actions.iter().filter(is_done);
    let unchecked = done.filter_map(|action| {
        let check_on = action.detail(ActionDetail::CheckOn).filter(|_| action.detail(ActionDetail::Result).is_none())?;
        let day = moment(&check_on.value)?.day().filter(|day| *day < context.today)?;
        let message = format!("the effect of {} was to be checked on `{day}`, and no result is given", name(action));
        let finding = UNCHECKED_EFFECTIVENESS.finding(&postmortem.head.path, check_on.span, message);
        Some(finding.help("say what the look back showed in a column `Result`, or set a later day"))
    });
    unchecked.collect()
}
