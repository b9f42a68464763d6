//! `action-without-status`

use super::{Lack, lacking};
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::config::ActionAspect;
use crate::diagnostic::Diagnostic;

declare_rule! {
    /// An action does not say how far it is.
    ///
    /// ## Why
    ///
    /// A postmortem is read long after it was written, and "we will" does not say whether they did. The status is what open promises are counted
    /// by.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// | ID | Action | Status |
    /// |---|---|---|
    /// | A1 | Alert on rejections per provider |  |
    /// | A2 | Restore the earlier timeout | done |
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// | ID | Action | Status |
    /// |---|---|---|
    /// | A1 | Alert on rejections per provider | in-progress |
    /// | A2 | Restore the earlier timeout | done |
    /// ```
    ///
    /// In a list, a task (`- [ ]`, `- [x]`) has a status, and so has `(done)` behind the words.
    ///
    /// ## Options
    ///
    /// A profile that has `status` among its `actions` asks for it; the built-in profiles for incidents do. Where none of a document's actions
    /// has it, that is told once; where they lack other columns, too, by `incomplete-actions`.
    /// Where a profile does not ask, an action without it among others that have it is a warning. An action that is done,
    /// cancelled or whose risk is accepted is asked nothing, and `n/a: reason` is an answer. In a draft this is a warning.
    ///
    /// ```toml
    /// [profiles.outage]
    /// drop_actions = ["status"]
    /// ```
    static ACTION_WITHOUT_STATUS = { name: "action-without-status", group: Actions, level: Error, in_draft: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let lack = Lack {
        rule: &ACTION_WITHOUT_STATUS,
        aspect: ActionAspect::Status,
        of_all: "says how far it is",
        of_one: "has no status",
        help: "it is `open`, `in-progress`, `done`, `delayed`, `cancelled` or `accepted-risk`",
    };
    lacking(context, subject, &lack)
}
