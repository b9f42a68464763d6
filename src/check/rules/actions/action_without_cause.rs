//! `action-without-cause`

use super::{Lack, lacking};
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::config::ActionAspect;
use crate::diagnostic::Diagnostic;

declare_rule! {
    /// An action that is not settled does not say which cause it answers.
    ///
    /// ## Why
    ///
    /// An action that answers no cause may be worth doing, but it is not what keeps this incident from coming back. Naming the cause shows which
    /// causes nothing is done about.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// | ID | Action | Cause |
    /// |---|---|---|
    /// | A1 | Alert on rejections per provider | process/monitoring-gap |
    /// | A2 | Check timeouts against measured answer times |  |
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// | ID | Action | Cause |
    /// |---|---|---|
    /// | A1 | Alert on rejections per provider | process/monitoring-gap |
    /// | A2 | Check timeouts against measured answer times | change/config |
    /// ```
    ///
    /// ## Options
    ///
    /// No built-in profile asks for the cause; where one action names its cause, the others are expected to, as a warning. A profile that has
    /// `cause` among its `actions` makes it an error, or a warning in a draft. An action that is done, cancelled or whose risk is accepted is asked
    /// nothing, and `n/a: reason` is an answer.
    ///
    /// ```toml
    /// [profiles.outage]
    /// actions = ["cause"]
    /// ```
    static ACTION_WITHOUT_CAUSE = { name: "action-without-cause", group: Actions, level: Error, in_draft: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let lack = Lack {
        rule: &ACTION_WITHOUT_CAUSE,
        aspect: ActionAspect::Cause,
        of_all: "says which cause it answers",
        of_one: "answers no cause",
        help: "name one of `root_causes` or `contributing`, by its leaf or its number",
    };
    lacking(context, subject, &lack)
}
