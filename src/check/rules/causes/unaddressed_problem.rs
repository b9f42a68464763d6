//! `unaddressed-problem`

use super::known_causes;
use crate::check::passage;
use crate::check::rule::declare_rule;
use crate::check::rules::sections::{is_reasoned_none, lacks_actions, list_items, prose_under, under};
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::markdown::ListItem;
use crate::markdown::text::block_text;
use crate::model::Postmortem;

declare_rule! {
    /// A postmortem lists what went wrong and has no action at all.
    ///
    /// ## Why
    ///
    /// What went wrong is found at a price. A list of it that leads to nothing will be found again, word for word, after the next incident.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## What went wrong
    ///
    /// - The runbook named a host that no longer exists.
    ///
    /// ## Action items
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// ## What went wrong
    ///
    /// - The runbook named a host that no longer exists.
    ///
    /// ## Action items
    ///
    /// - [ ] Replace host names in runbooks by service names @ada
    /// ```
    ///
    /// `n/a: reason` in the section on actions is an answer.
    ///
    /// ## Options
    ///
    /// Only documents with a profile are looked at. Where the profile requires the section on actions, `missing-section` and `empty-section`
    /// tell that it is not there, and where a root cause is known, `cause-without-action` does.
    static UNADDRESSED_PROBLEM = {
        name: "unaddressed-problem",
        group: Causes,
        level: Warning,
        in_draft: Hint,
        run: Run::Document(find),
    }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    // That there is no action at all is one finding, whoever tells it.
    let is_told = || lacks_actions(context, postmortem) || known_causes(postmortem).next().is_some();
    if context.profile(postmortem).is_none() || !postmortem.actions.is_empty() || is_told() {
        return Vec::new();
    }
    let problems = problems(postmortem);
    let Some(first) = problems.first() else { return Vec::new() };
    if prose_under(postmortem, "actions").iter().any(|passage| is_reasoned_none(&passage.text)) {
        return Vec::new();
    }
    let message = match problems.len() {
        1 => "something went wrong, and there is no action".to_owned(),
        many => format!("{many} things went wrong, and there is no action"),
    };
    let finding = UNADDRESSED_PROBLEM.finding(&postmortem.head.path, first.span, message);
    vec![finding.help("say under the heading on actions what will be done about each, or `n/a: reason`")]
}

/// The items of the lists in the section on what went wrong that say more than that nothing did.
fn problems(postmortem: &Postmortem) -> Vec<&ListItem> {
    let items = under(postmortem, "went-wrong").into_iter().flat_map(list_items);
    items.filter(|item| is_problem(&block_text(&item.blocks))).collect()
}

fn is_problem(text: &str) -> bool {
    let word = text.trim().trim_end_matches('.').to_lowercase();
    passage::says_something(&word) && !["none", "nothing", "n/a", "unknown", "tbd"].contains(&word.as_str()) && !is_reasoned_none(text)
}
