//! `missing-prevention`

use super::answers_instead;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::{ActionKind, Status};

declare_rule! {
    /// A reviewed postmortem has actions, and none of them prevents the incident from happening again.
    ///
    /// ## Why
    ///
    /// To repair, to detect sooner and to hurt less are worth doing, and each leaves the next incident of the same kind on its way. Sometimes
    /// that is the right choice; then it is a choice, and the document says so.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Action items
    ///
    /// | ID | Action | Kind |
    /// |---|---|---|
    /// | A1 | Restore the earlier timeout | repair |
    /// | A2 | Alert on rejections per provider | detect |
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// ## Action items
    ///
    /// | ID | Action | Kind |
    /// |---|---|---|
    /// | A1 | Restore the earlier timeout | repair |
    /// | A2 | Alert on rejections per provider | detect |
    /// | A3 | Refuse a timeout below the measured answer times | prevent |
    /// ```
    ///
    /// A prevention that was decided against may stand in the table as `cancelled` or `accepted-risk`. Or a paragraph of the section gives
    /// the reason: `Prevention: n/a: the provider withdraws this interface in June`.
    ///
    /// ## Options
    ///
    /// Only documents with a profile are looked at, and only where every action says what it is for (see `unclassified-action`).
    static MISSING_PREVENTION = { name: "missing-prevention", group: Actions, level: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = context.profiled(subject) else { return Vec::new() };
    if postmortem.status < Status::Reviewed {
        return Vec::new();
    }
    let kinds: Option<Vec<ActionKind>> = postmortem.actions.iter().map(|action| Some(action.kind.as_ref()?.value)).collect();
    let (Some(kinds), Some(first)) = (kinds, postmortem.actions.first()) else { return Vec::new() };
    if kinds.contains(&ActionKind::Prevent) || answers_instead(postmortem, &["prevention", "prevent", "preventive measures"]) {
        return Vec::new();
    }
    let message = match kinds.as_slice() {
        [_] => "the only action does not prevent the incident from happening again".to_owned(),
        kinds => format!("none of the {} actions prevents the incident from happening again", kinds.len()),
    };
    let finding = MISSING_PREVENTION.finding(&postmortem.head.path, first.span, message);
    vec![finding.help("add one of the kind `prevent`, or say why there is none: `Prevention: n/a: reason`")]
}
