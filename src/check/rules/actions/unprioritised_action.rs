//! `unprioritised-action`

use super::{Lack, lacking};
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::config::ActionAspect;
use crate::diagnostic::Diagnostic;

declare_rule! {
    /// An action that is not settled does not say how soon it matters.
    ///
    /// ## Why
    ///
    /// A list without an order is worked on from the top, or by what is easiest. The priority, best taken from the risk that stays until the action
    /// is done, decides what is done first when not all can be.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// | ID | Action | Priority |
    /// |---|---|---|
    /// | A1 | Alert on rejections per provider |  |
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// | ID | Action | Priority |
    /// |---|---|---|
    /// | A1 | Alert on rejections per provider | high |
    /// ```
    ///
    /// The column may also be called `Prio`, `Risk` or `Urgency`, and holds the words of your tracker.
    ///
    /// ## Options
    ///
    /// A profile that has `priority` among its `actions` asks for it; the built-in profiles for incidents do. Where none of a document's actions
    /// has it, that is told once; where they lack other columns, too, by `incomplete-actions`.
    /// Where a profile does not ask, an action without it among others that have it is a warning. An action that is done,
    /// cancelled or whose risk is accepted is asked nothing, and `n/a: reason` is an answer. In a draft this is a warning.
    ///
    /// ```toml
    /// [profiles.outage]
    /// drop_actions = ["priority"]
    /// ```
    static UNPRIORITISED_ACTION = { name: "unprioritised-action", group: Actions, level: Error, in_draft: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let lack = Lack {
        rule: &UNPRIORITISED_ACTION,
        aspect: ActionAspect::Priority,
        of_all: "says how soon it matters",
        of_one: "has no priority",
        help: "use the words of your tracker, such as `high` or `P1`",
    };
    lacking(context, subject, &lack)
}
