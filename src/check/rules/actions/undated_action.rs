//! `undated-action`

use super::{Lack, as_written, lacking, name};
use crate::check::rule::declare_rule;
use crate::check::rules::sections::is_reasoned_none;
use crate::check::{Context, Run, Subject};
use crate::config::ActionAspect;
use crate::diagnostic::{Diagnostic, Level};
use crate::knowledge::days_allowed;
use crate::model::{ActionItem, Postmortem};

declare_rule! {
    /// An action that is not settled has no date by which it is due.
    ///
    /// ## Why
    ///
    /// Without a date an action is never late, and what is never late gives way to whatever is. A date can be moved, in sight of everybody; a
    /// missing one cannot even be missed.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// | ID | Action | Due |
    /// |---|---|---|
    /// | A1 | Alert on rejections per provider | |
    /// | A2 | Replay the rejected payments in staging | after the release |
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// | ID | Action | Due |
    /// |---|---|---|
    /// | A1 | Alert on rejections per provider | 2026-04-15 |
    /// | A2 | Replay the rejected payments in staging | 2026-05 |
    /// ```
    ///
    /// A month or a year stands for its last day.
    ///
    /// ## Options
    ///
    /// A profile that has `due` among its `actions` asks for it; the built-in profiles for incidents do. Where none of a document's actions
    /// has a date, that is told once; where they lack other columns, too, by `incomplete-actions`.
    /// Where a profile does not ask, an action without a date among others that have one is a warning, and so
    /// are words that are no date. An action that is done, cancelled or whose risk is accepted is asked nothing, and `n/a: reason` is an
    /// answer. In a draft this is a warning.
    ///
    /// Deadlines by severity, in days after the incident was resolved, stand in for dates:
    ///
    /// ```toml
    /// [deadlines.actions]
    /// sev1 = 30
    /// sev2 = 60
    /// ```
    static UNDATED_ACTION = { name: "undated-action", group: Actions, level: Error, in_draft: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = context.profiled(subject) else { return Vec::new() };
    if days_allowed(postmortem, context.config, &context.config.deadlines.actions).is_some() {
        return Vec::new();
    }
    let lack = Lack {
        rule: &UNDATED_ACTION,
        aspect: ActionAspect::Due,
        of_all: "says by when it is due",
        of_one: "has no due date",
        help: "a date can be moved, a missing one cannot be missed; `n/a: reason` is an answer",
    };
    let mut findings = lacking(context, subject, &lack);
    findings.extend(postmortem.actions.iter().filter(|action| !action.is_settled()).filter_map(|action| words(postmortem, action)));
    findings
}

/// Words where a date is expected.
fn words(postmortem: &Postmortem, action: &ActionItem) -> Option<Diagnostic> {
    let due = as_written(action, ActionAspect::Due).filter(|_| action.due.is_none())?;
    // Of digits that are no day, `unreadable-date` has told.
    let is_told = due.value.chars().all(|c| c.is_ascii_digit() || "-/. ".contains(c));
    if is_told || is_reasoned_none(&due.value) {
        return None;
    }
    let message = format!("{} is due `{}`, which is no date", name(action), due.value);
    let mut finding = UNDATED_ACTION.finding(&postmortem.head.path, due.span, message);
    finding.level = Level::Warning;
    Some(finding.help("write a day, `2026-04-15`, or a month, `2026-04`, which stands for its last day"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::postmortem;
    use crate::diagnostic::{Span, Spanned};

    fn due(words: &str) -> Option<String> {
        let further = vec![("Due by".to_owned(), Spanned::new(words.to_owned(), Span::new(5, 9)))];
        let action = ActionItem {
            id: None,
            content: Vec::new(),
            text: "Fix it".into(),
            kind: None,
            owner: None,
            due: None,
            status: None,
            done_when: None,
            further,
            span: Span::new(0, 9),
        };
        words_of(&action)
    }

    fn words_of(action: &ActionItem) -> Option<String> {
        words(&postmortem("content/a.md"), action).map(|finding| finding.message)
    }

    #[test]
    fn words_are_told_unless_they_are_an_answer_or_a_date_told_of_elsewhere() {
        assert_eq!(due("after the release").as_deref(), Some("`Fix it` is due `after the release`, which is no date"));
        assert_eq!(due("n/a: with the move"), None);
        assert_eq!(due("2026-02-30"), None);
    }
}
