//! `missing-next-update`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::knowledge::report::ongoing;
use crate::model::{Stage, Visibility};

declare_rule! {
    /// A public report on an incident that is not over, or a preliminary one, does not say when the next word comes.
    ///
    /// ## Why
    ///
    /// Whoever knows when they will hear more can wait. Whoever does not asks again and again, guesses, or believes somebody else. A regular word
    /// helps even when there is nothing new in it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// visibility: public
    /// stage: preliminary
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// visibility: public
    /// stage: preliminary
    /// next_update: 2024-03-24
    /// ```
    ///
    /// The last of `updates` may say it, too, in its `next_by`. An incident is over when `resolved_at` or a timeline says so, or the last update.
    static MISSING_NEXT_UPDATE = { name: "missing-next-update", group: Public, level: Warning, run: Run::Document(find) }
}

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let public = subject.postmortem().filter(|postmortem| postmortem.visibility == Visibility::Public);
    let Some(postmortem) = public else { return Vec::new() };
    let preliminary = postmortem.stage.filter(|stage| stage.value == Stage::Preliminary);
    let is_promised = postmortem.next_update.is_some() || postmortem.updates.last().is_some_and(|update| update.next_by.is_some());
    if is_promised || (ongoing(postmortem).is_none() && preliminary.is_none()) {
        return Vec::new();
    }
    let what = if ongoing(postmortem).is_some() { "the incident is not over" } else { "the report is preliminary" };
    let place = preliminary.map(|stage| stage.span).or_else(|| postmortem.updates.last().map(|update| update.span));
    let message = format!("{what}, and readers are not told when the next word comes");
    let finding = MISSING_NEXT_UPDATE.finding(&postmortem.head.path, place.unwrap_or(postmortem.head.title.span), message);
    vec![finding.help("add `next_update`, or `next_by` to the last update")]
}
