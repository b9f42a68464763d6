//! `timeline-without-leadup`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::{Event, EventKind, Milestone, Moment, Piece};

declare_rule! {
    /// A timeline in which nothing happens before the incident starts.
    ///
    /// ## Why
    ///
    /// An incident begins before its impact: with a change, a growing queue, a warning that was read otherwise. A timeline that opens with the
    /// first error shows how people answered and not what they met.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// - 2024-03-17 14:05 [started] Errors begin
    /// - 14:32 [detected] Pager fires on 5xx
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// - 2024-03-17 13:50 [change] The new timeout goes live in the first region
    /// - 14:05 [started] Errors begin
    /// - 14:32 [detected] Pager fires on 5xx
    /// ```
    ///
    /// Only documents are spoken of whose profile asks for a timeline, and that have no section for what led up to the incident.
    static TIMELINE_WITHOUT_LEADUP = { name: "timeline-without-leadup", group: Timeline, level: Hint, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let Some(profile) = context.profile(postmortem) else { return Vec::new() };
    let has_leadup = postmortem.body.sections.iter().any(|section| section.key.as_deref() == Some("leadup"));
    let asks_for_timeline = profile.required.iter().any(|key| key == "timeline");
    if has_leadup || !asks_for_timeline {
        return Vec::new();
    }
    let (Some(started), Some(first)) = (postmortem.milestone(Milestone::Started), postmortem.timeline.first()) else { return Vec::new() };
    // That the start is told in two ways says `conflicting-milestone`.
    let is_other_start = |event: &Event| event.kind == Some(EventKind::Started) && event.when.is_some_and(|at| at.at != started.at);
    if postmortem.timeline.iter().any(|event| may_be_before(event, started) || is_other_start(event)) {
        return Vec::new();
    }
    let holds_events = |piece: &Piece| matches!(piece, Piece::Timeline { .. });
    let section = postmortem.body.sections.iter().find(|section| section.content.iter().any(holds_events));
    let span = section.map_or(first.span, |section| section.heading_span);
    let finding =
        TIMELINE_WITHOUT_LEADUP.finding(&postmortem.head.path, span, "no event of the timeline is before the start of the incident");
    vec![finding.help("tell what led up to it: the change, the first sign, the warning that was read otherwise")]
}

/// Whether an event may be earlier than the start. One whose time is not known may be.
fn may_be_before(event: &Event, started: &Moment) -> bool {
    let is_same = |at: &Moment| at.at == started.at && at.precision == started.precision;
    event.when.as_ref().is_none_or(|at| !(is_same(at) || started.certainly_before(at) || is_not_before(at, started)))
}

/// Whether both are times and the first is not the earlier one.
fn is_not_before(at: &Moment, started: &Moment) -> bool {
    at.has_time() && started.has_time() && at.at >= started.at
}
