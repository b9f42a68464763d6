//! `overdue-action`

use super::name;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::knowledge::{DueOf, due};

declare_rule! {
    /// An action was due before today and is not settled.
    ///
    /// ## Why
    ///
    /// A promise that silently passed its date tells everybody what dates are worth here. The incident it answers can still come again in the
    /// same way.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// | ID | Action | Due | Status |
    /// |---|---|---|---|
    /// | A1 | Alert on rejections per provider | 2024-04-15 | open |
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// | ID | Action | Due | Status |
    /// |---|---|---|---|
    /// | A1 | Alert on rejections per provider | 2024-04-15 | done |
    /// ```
    ///
    /// Say what became of it: `done`, `cancelled`, `accepted-risk`. If it is still wanted, set a new date and say in the text why the old one
    /// did not hold.
    ///
    /// ## Options
    ///
    /// Only documents with a profile are looked at. An action without a date of its own is due by the deadline of its severity, in days after
    /// `resolved_at`:
    ///
    /// ```toml
    /// [deadlines.actions]
    /// sev1 = 30
    /// sev2 = 60
    /// ```
    static OVERDUE_ACTION = { name: "overdue-action", group: Actions, level: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = context.profiled(subject) else { return Vec::new() };
    let path = &postmortem.head.path;
    let open = postmortem.actions.iter().filter(|action| !action.is_settled());
    let overdue = open.filter_map(|action| {
        let due = due(postmortem, action, context.config)?;
        let (span, since) = match (&action.due, due.of) {
            (Some(own), DueOf::Action) => (own.span, "was due"),
            _ => (action.span, "has no date of its own, and its severity's deadline was"),
        };
        let finding = || OVERDUE_ACTION.finding(path, span, format!("{} {since} `{}`", name(action), due.on));
        (due.on < context.today).then(|| finding().help("say what became of it, or set a new date and say why the old one did not hold"))
    });
    overdue.collect()
}
