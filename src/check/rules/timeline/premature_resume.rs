//! `premature-resume`

use crate::check::rule::declare_rule;
use crate::check::rules::timeline::show;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::{Event, EventKind, Moment, Postmortem};

declare_rule! {
    /// Operations were resumed before they were paused, or before the fix was verified.
    ///
    /// ## Why
    ///
    /// A pause ends when the fix has been shown to work, and not before: whoever unpauses a contract first and tests it afterwards tests with
    /// other people's money. Where the order was right and only the timeline has it wrong, the reader learns the wrong lesson.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// - 2024-03-17 14:05 [pause] The bridge is paused
    /// - 2024-03-17 18:00 [resume] The bridge is open again
    /// - 2024-03-17 19:30 [verified] The fixed contract passes on the test network
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// - 2024-03-17 14:05 [pause] The bridge is paused
    /// - 2024-03-17 17:30 [verified] The fixed contract passes on the test network
    /// - 2024-03-17 18:00 [resume] The bridge is open again
    /// ```
    ///
    /// If it did happen in this order, allow the finding where it stands and say why: that is what the review is about.
    static PREMATURE_RESUME = { name: "premature-resume", group: Timeline, level: Error, run: Run::Document(find) }
}

/// An event with its moment.
type Timed<'a> = (&'a Event, &'a Moment);

/// So many resumptions are held against every pause: no account tells of more, but one made to hold us up.
const MOST: usize = 100;

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    of_kind(postmortem, EventKind::Resume).take(MOST).filter_map(|resume| of_resume(postmortem, resume)).collect()
}

fn of_kind(postmortem: &Postmortem, kind: EventKind) -> impl Iterator<Item = Timed<'_>> {
    postmortem.timeline.iter().filter(move |event| event.kind == Some(kind)).filter_map(|event| Some((event, event.when.as_ref()?)))
}

fn of_resume(postmortem: &Postmortem, resume: Timed<'_>) -> Option<Diagnostic> {
    let all = |kind| of_kind(postmortem, kind).collect::<Vec<_>>();
    let (pauses, proofs) = (all(EventKind::Pause), all(EventKind::Verified));
    let is_later = |(_, at): &Timed<'_>| resume.1.certainly_before(at);
    let next_pause = pauses.iter().find(|pause| is_later(pause));
    if let Some(pause) = next_pause.filter(|_| pauses.iter().all(is_later)) {
        return Some(report(postmortem, resume, *pause, "they were paused"));
    }
    // What is verified after operations were paused once more belongs to that pause.
    let is_of_this_pause = |(_, at): &Timed<'_>| next_pause.is_none_or(|(_, pause)| !pause.certainly_before(at));
    let proof = proofs.iter().find(|proof| is_of_this_pause(proof))?;
    let is_first = proofs.iter().all(is_later) && is_later(proof);
    is_first.then(|| report(postmortem, resume, *proof, "the fix was verified"))
}

fn report(postmortem: &Postmortem, (event, at): Timed<'_>, (other, then): Timed<'_>, what: &str) -> Diagnostic {
    let message = format!("operations were resumed at `{}`, before {what} at `{}`", show(at), show(then));
    let path = &postmortem.head.path;
    let finding = PREMATURE_RESUME.finding(path, event.written.span, message).labelled("resumed");
    finding.also(path, other.written.span, what).help("correct the time or the kind of one of the two; if it did happen so, say why")
}
