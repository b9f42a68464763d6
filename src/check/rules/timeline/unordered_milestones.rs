//! `unordered-milestones`

use crate::check::rule::declare_rule;
use crate::check::rules::timeline::show;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Spanned};
use crate::model::{Bound, Event, EventKind, Milestone, Moment, Postmortem};

declare_rule! {
    /// Milestones in an order that cannot be: resolved before it was mitigated, acknowledged before it was detected, over before it began.
    ///
    /// ## Why
    ///
    /// Time to detect, to mitigate and to resolve are the distances between these moments, and a negative one spoils every figure it goes into.
    /// Behind it is a slip: two fields changed about, the wrong day, or a time in another zone.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// started_at: 2024-03-17T14:05Z
    /// detected_at: 2024-03-17T14:32Z
    /// resolved_at: 2024-03-16T15:10Z
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// started_at: 2024-03-17T14:05Z
    /// detected_at: 2024-03-17T14:32Z
    /// resolved_at: 2024-03-17T15:10Z
    /// ```
    ///
    /// Only what is certain is told: a day leaves room for its hours, and `~14:30` or `>=14:30` for more. An incident may mend itself before
    /// anybody notices, and an alert may come before the impact that it warns of, so `detected_at` may stand on either side of `started_at`
    /// and of `mitigated_at`.
    static UNORDERED_MILESTONES = { name: "unordered-milestones", group: Timeline, level: Error, run: Run::Document(find) }
}

/// Which milestone cannot come after which.
const ORDER: &[(Milestone, Milestone)] = &[
    (Milestone::Introduced, Milestone::Started),
    (Milestone::Introduced, Milestone::Detected),
    (Milestone::Started, Milestone::Acknowledged),
    (Milestone::Started, Milestone::Declared),
    (Milestone::Started, Milestone::Contained),
    (Milestone::Started, Milestone::Mitigated),
    (Milestone::Started, Milestone::Resolved),
    (Milestone::Detected, Milestone::Acknowledged),
    (Milestone::Detected, Milestone::Declared),
    (Milestone::Contained, Milestone::Resolved),
    (Milestone::Mitigated, Milestone::Resolved),
];

/// A milestone with its moment.
pub(super) type Known<'a> = (Milestone, &'a Spanned<Moment>);

/// A milestone that is told of, with the pairs that speak against it.
pub(super) type Unordered<'a> = (Known<'a>, Vec<(Known<'a>, Known<'a>)>);

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let told = unordered(postmortem);
    told.iter().map(|(suspect, against)| report(postmortem, *suspect, against)).collect()
}

/// Every milestone out of order, each told once.
pub(super) fn unordered(postmortem: &Postmortem) -> Vec<Unordered<'_>> {
    let known = |milestone: Milestone| postmortem.milestones.get(&milestone).map(|at| (milestone, at));
    let pairs = ORDER.iter().filter_map(|(first, then)| Some((known(*first)?, known(*then)?)));
    let mut wrong: Vec<(Known<'_>, Known<'_>)> = pairs
        .filter(|((_, first), (_, then))| then.value.certainly_before(&first.value))
        // The metadata and the timeline may tell one moment a minute apart, as `conflicting-milestone` has it.
        .filter(|((_, first), (_, then))| then.value.minutes_until(&first.value).is_none_or(|minutes| minutes > 1))
        .filter(|(first, then)| !is_foreseen(postmortem, first.0, then.0))
        .filter(|(first, then)| !is_told_elsewhere(postmortem, *first) && !is_told_elsewhere(postmortem, *then))
        .filter(|(first, then)| !is_unordered_timeline(postmortem, *first, *then))
        .collect();
    // One slip puts a milestone on the wrong side of several others: it is told once, at the one that has most of them against it.
    let mut told = Vec::new();
    while let Some(suspect) = suspect(&wrong) {
        let (against, others) = wrong.into_iter().partition(|(first, then)| first.0 == suspect.0 || then.0 == suspect.0);
        wrong = others;
        told.push((suspect, against));
    }
    told
}

/// Whether an alert came, or may have come, before the impact: then people may have taken it on and declared it before, too.
fn is_foreseen(postmortem: &Postmortem, first: Milestone, then: Milestone) -> bool {
    let is_exact = |at: &Moment| at.has_time() && at.bound == Bound::Exact;
    let may_be_before = |detected: &Moment, started: &Moment| {
        let is_not = is_exact(detected) && is_exact(started) && detected.at >= started.at;
        !is_not && !started.certainly_before(detected)
    };
    let known = postmortem.milestone(Milestone::Detected).zip(postmortem.milestone(Milestone::Started));
    let is_reaction = first == Milestone::Started && matches!(then, Milestone::Acknowledged | Milestone::Declared);
    is_reaction && known.is_some_and(|(detected, started)| may_be_before(detected, started))
}

/// The milestone that is in most of the pairs; of two, the one written further down.
fn suspect<'a>(wrong: &[(Known<'a>, Known<'a>)]) -> Option<Known<'a>> {
    let count = |milestone: Milestone| wrong.iter().filter(|(first, then)| first.0 == milestone || then.0 == milestone).count();
    wrong.iter().flat_map(|(first, then)| [*first, *then]).max_by_key(|(milestone, at)| (count(*milestone), at.span.start))
}

/// Whether the timeline has the milestone at another time, as `conflicting-milestone` says.
fn is_told_elsewhere(postmortem: &Postmortem, (milestone, at): Known<'_>) -> bool {
    let moments = || postmortem.timeline.iter().filter(|event| event.kind.and_then(EventKind::milestone) == Some(milestone));
    let marked = || moments().filter_map(|event| Some(Spanned::new(event.when?, event.written.span)));
    let is_event = marked().any(|event| event == *at);
    let differs = |event: Moment| event.certainly_before(&at.value) || at.value.certainly_before(&event);
    !is_event && marked().any(|event| differs(event.value))
}

/// Whether the timeline has both as events of one day, written in the right order: then it is the times that go back, as `unordered-timeline`
/// says.
fn is_unordered_timeline(postmortem: &Postmortem, first: Known<'_>, then: Known<'_>) -> bool {
    let event = |(milestone, at): Known<'_>| {
        let is_it = |event: &&Event| {
            let is_marked =
                || event.kind.and_then(EventKind::milestone) == Some(milestone) && event.when.is_some_and(|when| when.at == at.value.at);
            event.written.span == at.span || is_marked()
        };
        postmortem.timeline.iter().find(is_it)
    };
    let are_in_order = |(first, then): (&Event, &Event)| first.span.start < then.span.start;
    first.1.value.date() == then.1.value.date() && event(first).zip(event(then)).is_some_and(are_in_order)
}

fn report(postmortem: &Postmortem, (milestone, at): Known<'_>, against: &[(Known<'_>, Known<'_>)]) -> Diagnostic {
    let should_precede: Vec<Known<'_>> = against.iter().filter(|(_, then)| then.0 == milestone).map(|(first, _)| *first).collect();
    let (relation, others) =
        if should_precede.is_empty() { ("after", against.iter().map(|(_, then)| *then).collect()) } else { ("before", should_precede) };
    let names: Vec<String> = others.iter().map(|(other, _)| format!("`{}`", other.word())).collect();
    let message = format!("`{}` is `{}`, {relation} {}", milestone.word(), show(&at.value), list(&names));
    let path = &postmortem.head.path;
    let mut finding = UNORDERED_MILESTONES.finding(path, at.span, message).labelled(format!("cannot be {relation} it"));
    for (other, at) in others {
        finding = finding.also(path, at.span, format!("`{}` is `{}`", other.word(), show(&at.value)));
    }
    finding.help("correct the date, the time or its zone")
}

/// "`a`, `b` and `c`"
fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
