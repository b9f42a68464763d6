//! `missing-milestone-event`

use super::DAY;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Spanned};
use crate::model::{Bound, Event, EventKind, Milestone, Moment};

declare_rule! {
    /// A milestone is given to the minute in the metadata, and the timeline has no event at that time.
    ///
    /// ## Why
    ///
    /// The page shows when it was detected, and the reader looks for the moment in the timeline to see how. Where nothing stands there, one of
    /// the two is not the whole story.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// kind: outage
    /// detected_at: 2024-03-17T14:32Z
    /// ---
    ///
    /// ## Timeline
    ///
    /// - 14:05 [started] Errors begin
    /// - 14:40 [mitigate] Rolled back
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// - 14:05 [started] Errors begin
    /// - 14:32 [detected] Pager fires on 5xx
    /// - 14:40 [mitigate] Rolled back
    /// ```
    ///
    /// Only documents whose kind has a profile are held to it.
    static MISSING_MILESTONE_EVENT = { name: "missing-milestone-event", group: Timeline, level: Hint, run: Run::Document(find) }
}

/// The milestones that a timeline is expected to show.
const EXPECTED: &[Milestone] = &[Milestone::Started, Milestone::Detected, Milestone::Contained, Milestone::Mitigated, Milestone::Resolved];

/// How far an event may be from its milestone, in seconds.
const TOLERANCE: i64 = 60;

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = context.profiled(subject) else { return Vec::new() };
    if postmortem.timeline.is_empty() {
        return Vec::new();
    }
    let known = EXPECTED.iter().filter_map(|milestone| Some((milestone, postmortem.milestones.get(milestone)?)));
    // A milestone of the timeline is an event itself, and one that is marked at another time is a conflict.
    let missing = known.filter(|(milestone, at)| {
        at.value.has_time() && at.value.bound == Bound::Exact && !postmortem.timeline.iter().any(|event| tells(event, **milestone, at))
    });
    let report = |(milestone, at): (&Milestone, &Spanned<Moment>)| {
        let message = format!("the timeline has no event at the time of `{}`", milestone.word());
        let finding = MISSING_MILESTONE_EVENT.finding(&postmortem.head.path, at.span, message);
        finding.help("add the event, or leave the field out and mark the event that it is")
    };
    missing.map(report).collect()
}

/// Whether an event stands where a milestone does, or is marked as it.
fn tells(event: &Event, milestone: Milestone, at: &Spanned<Moment>) -> bool {
    let is_marked = event.kind.and_then(EventKind::milestone) == Some(milestone);
    let is_then = |when: &Moment| {
        let (from, to) = (when.at.as_second() - TOLERANCE, when.until.unwrap_or(when.at).as_second() + TOLERANCE);
        // An event at the same time of another day has the wrong date, which is told where it stands.
        let apart = (at.value.at.as_second() - when.at.as_second()).rem_euclid(DAY);
        when.bound != Bound::Exact || !when.has_time() || (from..=to).contains(&at.value.at.as_second()) || apart == 0
    };
    is_marked || event.when.as_ref().is_some_and(is_then)
}
