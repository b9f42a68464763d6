//! `incomplete-actions`

use super::nowhere;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;

declare_rule! {
    /// None of the actions says several of the things that the profile asks of each.
    ///
    /// ## Why
    ///
    /// A list of good intentions is what is left when a meeting ends. Who does it, by when, and how one will see that it is done turns it into
    /// work that can be followed up.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// - Alert on rejections per provider
    /// - Refuse a timeout below the measured answer times
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// | ID | Action | Kind | Owner | Priority | Due | Status | Done when |
    /// |---|---|---|---|---|---|---|---|
    /// | A1 | Alert on rejections per provider | detect | Payments team | high | 2026-04-15 | open | A test alert names the provider |
    /// | A2 | Refuse a timeout below the measured answer times | prevent | Ada | high | 2026-04-30 | open | The deploy fails |
    /// ```
    ///
    /// ## Options
    ///
    /// This is one finding for the document, in place of one for each column. Where only one column is missing, or some of the actions have
    /// it, the rule of that column speaks: `unowned-action`, `undated-action` and so on. Actions that are done, cancelled or whose risk is
    /// accepted are asked nothing. In a draft this is a warning.
    ///
    /// ```toml
    /// [profiles.outage]
    /// drop_actions = ["priority", "done_when"]
    /// ```
    static INCOMPLETE_ACTIONS = { name: "incomplete-actions", group: Actions, level: Error, in_draft: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let missing = nowhere(context, postmortem);
    let (Some(profile), Some(first), Some((last, others))) =
        (context.profile(postmortem), postmortem.actions.first(), missing.split_last().filter(|(_, others)| !others.is_empty()))
    else {
        return Vec::new();
    };
    let others: Vec<String> = others.iter().map(|aspect| format!("`{}`", aspect.column())).collect();
    let which = match postmortem.actions.len() {
        1 => "the only action has".to_owned(),
        many => format!("the {many} actions have"),
    };
    let message = format!("{which} no {} or `{}`", others.join(", "), last.column());
    let finding = INCOMPLETE_ACTIONS.finding(&postmortem.head.path, first.span, message);
    let help = format!("the profile `{}` asks for them: make a table with a column for each; `n/a: reason` is an answer", profile.name);
    vec![finding.help(help)]
}
