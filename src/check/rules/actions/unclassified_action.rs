//! `unclassified-action`

use super::{Lack, lacking};
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::config::ActionAspect;
use crate::diagnostic::Diagnostic;

declare_rule! {
    /// An action that is not settled does not say what it is for.
    ///
    /// ## Why
    ///
    /// Whether measures prevent, detect or only repair is what shows if the same incident can come again unseen. Without the kind, no one can count
    /// them.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// | ID | Action | Kind |
    /// |---|---|---|
    /// | A1 | Alert on rejections per provider |  |
    /// | A2 | Restore the earlier timeout | repair |
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// | ID | Action | Kind |
    /// |---|---|---|
    /// | A1 | Alert on rejections per provider | detect |
    /// | A2 | Restore the earlier timeout | repair |
    /// ```
    ///
    /// ## Options
    ///
    /// A profile that has `kind` among its `actions` asks for it; the built-in profiles for incidents do. Where none of a document's actions
    /// has it, that is told once; where they lack other columns, too, by `incomplete-actions`.
    /// Where a profile does not ask, an action without it among others that have it is a warning. An action that is done,
    /// cancelled or whose risk is accepted is asked nothing, and `n/a: reason` is an answer. In a draft this is a warning.
    ///
    /// ```toml
    /// [profiles.outage]
    /// drop_actions = ["kind"]
    /// ```
    static UNCLASSIFIED_ACTION = { name: "unclassified-action", group: Actions, level: Error, in_draft: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let lack = Lack {
        rule: &UNCLASSIFIED_ACTION,
        aspect: ActionAspect::Kind,
        of_all: "says what it is for",
        of_one: "is of no kind",
        help: "it is `prevent`, `mitigate`, `detect`, `repair`, `investigate` or `process`",
    };
    lacking(context, subject, &lack)
}
