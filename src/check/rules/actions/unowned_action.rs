//! `unowned-action`

use super::{Lack, lacking};
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::config::ActionAspect;
use crate::diagnostic::Diagnostic;

declare_rule! {
    /// An action that is not settled does not say who owns it.
    ///
    /// ## Why
    ///
    /// What everybody should do is done by nobody. An owner, a person or a team, is whom a reminder goes to, and whom a reader asks what became
    /// of it.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// | ID | Action | Owner |
    /// |---|---|---|
    /// | A1 | Alert on rejections per provider |  |
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// | ID | Action | Owner |
    /// |---|---|---|
    /// | A1 | Alert on rejections per provider | Payments team |
    /// ```
    ///
    /// In a list, `@name` or `(owner: name)` behind the words is read, too.
    ///
    /// ## Options
    ///
    /// A profile that has `owner` among its `actions` asks for it; the built-in profiles for incidents do. Where none of a document's actions
    /// has it, that is told once; where they lack other columns, too, by `incomplete-actions`.
    /// Where a profile does not ask, an action without it among others that have it is a warning. An action that is done,
    /// cancelled or whose risk is accepted is asked nothing, and `n/a: reason` is an answer. In a draft this is a warning.
    ///
    /// ```toml
    /// [profiles.outage]
    /// drop_actions = ["owner"]
    /// ```
    static UNOWNED_ACTION = { name: "unowned-action", group: Actions, level: Error, in_draft: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let lack = Lack {
        rule: &UNOWNED_ACTION,
        aspect: ActionAspect::Owner,
        of_all: "says who owns it",
        of_one: "has no owner",
        help: "name a person or a team; `n/a: reason` is an answer",
    };
    lacking(context, subject, &lack)
}
