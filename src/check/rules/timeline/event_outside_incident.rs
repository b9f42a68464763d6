//! `event-outside-incident`

use crate::check::rule::declare_rule;
use crate::check::rules::timeline::unordered_milestones::{self, Unordered};
use crate::check::rules::timeline::{DAY, show};
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{Bound, Event, EventKind, Milestone, Moment, Postmortem, Precision};

declare_rule! {
    /// An event of the timeline lies months or years away from the incident, where its date is most likely a slip.
    ///
    /// ## Why
    ///
    /// In January people still write last year's date, and a row that was copied keeps the day of another incident. The page then shows an
    /// incident of a year, and every figure made from the event is wrong.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// - 2024-01-03 14:05 [started] Errors begin
    /// - 2023-01-03 14:32 [detected] Pager fires on 5xx
    /// - 2024-01-03 14:40 [mitigate] Rolled back
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// - 2024-01-03 14:05 [started] Errors begin
    /// - 2024-01-03 14:32 [detected] Pager fires on 5xx
    /// - 2024-01-03 14:40 [mitigate] Rolled back
    /// ```
    ///
    /// What led up to the incident and what followed may be as far away as it was. An event is told of where it is more than a month
    /// earlier than the one before it, or later than the one after it, while the others are in order; where it is part of the response and a
    /// whole number of years away from the start; and where it was acknowledged, declared, contained, mitigated or verified more than two
    /// days before the start.
    static EVENT_OUTSIDE_INCIDENT = { name: "event-outside-incident", group: Timeline, level: Warning, run: Run::Document(find) }
}

/// The least that an event is out of place for its date to be a slip.
const AWAY: i64 = 30 * DAY;
/// How far from a whole number of years a slip of the year may be, since the response takes days itself.
const NEAR_A_YEAR: i64 = 7 * DAY;
/// A mean year of the Gregorian calendar.
const YEAR: i64 = 31_556_952;

/// What people do once an incident is under way.
const RESPONSE: &[EventKind] =
    &[EventKind::Acknowledged, EventKind::Declared, EventKind::Contain, EventKind::Mitigate, EventKind::Verified, EventKind::Resolved];

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let timed: Vec<(&Event, &Moment)> = postmortem.timeline.iter().filter_map(|event| Some((event, dated(event)?))).collect();
    let unordered = unordered_milestones::unordered(postmortem);
    let is_told = |place: usize| timed.get(place).is_some_and(|(event, at)| is_told_elsewhere(postmortem, &unordered, event, at));
    // Beside an event whose date is wrong, a right one looks away.
    let is_beside_told = |place: usize| is_told(place + 1) || place.checked_sub(1).is_some_and(is_told);
    let away = (0..timed.len()).filter(|place| is_away(&timed, *place) && !is_told(*place) && !is_beside_told(*place));
    let mut findings: Vec<Diagnostic> = away
        .filter_map(|place| timed.get(place))
        .map(|(event, at)| {
            report(postmortem, event.written.span, format!("`{}` is more than a month away from the events beside it", show(at)))
        })
        .collect();
    let is_reported = |span: Span| findings.iter().any(|finding| finding.primary.span == span);
    let beside_start = beside_start(postmortem, &unordered, &timed).filter(|finding| !is_reported(finding.primary.span));
    findings.extend(beside_start);
    findings
}

fn report(postmortem: &Postmortem, span: Span, message: String) -> Diagnostic {
    EVENT_OUTSIDE_INCIDENT.finding(&postmortem.head.path, span, message).help("is its year or month a slip?")
}

/// The moment of an event that says at least its day, and says it without reserve.
fn dated(event: &Event) -> Option<&Moment> {
    event.when.as_ref().filter(|at| at.precision >= Precision::Day && at.bound == Bound::Exact)
}

/// Whether an event is out of place by more than a month: before the one that stands before it, or after the one that stands after it, while
/// these, or at an end the two nearest, are in order.
fn is_away(timed: &[(&Event, &Moment)], place: usize) -> bool {
    let second = |place: Option<usize>| Some(timed.get(place?)?.1.at.as_second());
    let [first, before, at, after, last] =
        [place.checked_sub(2), place.checked_sub(1), Some(place), place.checked_add(1), place.checked_add(2)];
    let is_earlier = |at: i64, before: i64| at < before - AWAY;
    match (second(first), second(before), second(at), second(after), second(last)) {
        (_, Some(before), Some(at), Some(after), _) => before <= after && (is_earlier(at, before) || is_earlier(after, at)),
        // An end has one neighbour, which may be the one that is away.
        (Some(first), Some(before), Some(at), None, _) => first <= before && is_earlier(at, before) && !is_away(timed, place - 1),
        (_, None, Some(at), Some(after), Some(last)) => after <= last && is_earlier(after, at) && !is_away(timed, place + 1),
        _ => false,
    }
}

/// An event of the response that lies so far from the start that its date is a slip. Where several do, it is the start that is far away.
fn beside_start(postmortem: &Postmortem, unordered: &[Unordered<'_>], timed: &[(&Event, &Moment)]) -> Option<Diagnostic> {
    let started = postmortem.milestones.get(&Milestone::Started).filter(|started| started.value.precision >= Precision::Day)?;
    let is_response = |event: &Event| event.kind.is_some_and(|kind| RESPONSE.contains(&kind));
    let is_strange = |at: &Moment| is_years_away(&started.value, at) || started.value.at.as_second() - at.at.as_second() > 2 * DAY;
    let mut strange = timed.iter().filter(|(event, at)| is_response(event) && is_strange(at));
    let (event, at) = strange.next()?;
    let start_is_told = timed.iter().any(|(event, at)| event.kind == Some(EventKind::Started) && differ(&started.value, at))
        || unordered.iter().any(|(suspect, _)| suspect.0 == Milestone::Started);
    if start_is_told {
        return None;
    }
    if strange.next().is_none() {
        let message = format!("`{}` is far from the incident, which started at `{}`", show(at), show(&started.value));
        return Some(report(postmortem, event.written.span, message)).filter(|_| !is_told_elsewhere(postmortem, unordered, event, at));
    }
    let message = format!("the start, `{}`, is years away from the response, as at `{}`", show(&started.value), show(at));
    is_years_away(&started.value, at).then(|| report(postmortem, started.span, message))
}

/// Whether two moments are a whole number of years apart, as far as an incident allows.
fn is_years_away(started: &Moment, at: &Moment) -> bool {
    let apart = (at.at.as_second() - started.at.as_second()).abs();
    let years = (apart + YEAR / 2).div_euclid(YEAR);
    years > 0 && (apart - years * YEAR).abs() <= NEAR_A_YEAR
}

/// Whether a rule about milestones speaks of this event.
fn is_told_elsewhere(postmortem: &Postmortem, unordered: &[Unordered<'_>], event: &Event, at: &Moment) -> bool {
    let Some(milestone) = event.kind.and_then(EventKind::milestone) else { return false };
    let of_metadata = postmortem.milestones.get(&milestone).filter(|told| told.span != event.written.span);
    let conflicts = of_metadata.is_some_and(|told| differ(&told.value, at));
    conflicts || unordered.iter().any(|((_, told), _)| told.span == event.written.span)
}

fn differ(a: &Moment, b: &Moment) -> bool {
    a.certainly_before(b) || b.certainly_before(a)
}
