//! `unmeasured-action`

use super::{Lack, lacking};
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::config::ActionAspect;
use crate::diagnostic::Diagnostic;

declare_rule! {
    /// An action that is not settled does not say how one will know that it is done.
    ///
    /// ## Why
    ///
    /// "Improve monitoring" is never done and always in progress. A criterion that somebody else could check makes an action bounded, and is what
    /// its effect is judged by later.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// | ID | Action | Done when |
    /// |---|---|---|
    /// | A1 | Improve monitoring of providers |  |
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// | ID | Action | Done when |
    /// |---|---|---|
    /// | A1 | Alert on rejections per provider | A test provider that rejects everything pages within two minutes |
    /// ```
    ///
    /// ## Options
    ///
    /// A profile that has `done_when` among its `actions` asks for it; the built-in profiles for incidents do. Where none of a document's actions
    /// has it, that is told once; where they lack other columns, too, by `incomplete-actions`.
    /// Where a profile does not ask, an action without it among others that have it is a warning. An action that is done,
    /// cancelled or whose risk is accepted is asked nothing, and `n/a: reason` is an answer. In a draft this is a warning.
    ///
    /// ```toml
    /// [profiles.outage]
    /// drop_actions = ["done_when"]
    /// ```
    static UNMEASURED_ACTION = { name: "unmeasured-action", group: Actions, level: Error, in_draft: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let lack = Lack {
        rule: &UNMEASURED_ACTION,
        aspect: ActionAspect::DoneWhen,
        of_all: "says how one will know that it is done",
        of_one: "does not say when it is done",
        help: "name something that somebody else could check; `n/a: reason` is an answer",
    };
    lacking(context, subject, &lack)
}
