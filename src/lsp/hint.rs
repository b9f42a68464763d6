//! What a timeline leaves to be worked out, shown beside it: how long after the event before, and at a milestone how far into the incident.

use super::view::View;
use crate::diagnostic::Span;
use crate::knowledge::Minutes;
use crate::model::{EventKind, Milestone, Moment};

/// Words to be shown behind a place of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hint {
    /// The place.
    pub(super) at: u32,
    /// The words: "+10 min".
    pub(super) words: String,
    /// What they are, in a sentence.
    pub(super) meaning: String,
}

/// The hints of a stretch of a document, in order.
pub(super) fn hints(view: &View<'_>, within: Span) -> Vec<Hint> {
    let Some(postmortem) = view.postmortem() else { return Vec::new() };
    let start = postmortem.milestone(Milestone::Started);
    let timed = postmortem.timeline.iter().filter_map(|event| Some((event, event.when?)));
    let timed: Vec<_> = timed.filter(|(event, when)| when.has_time() && event.written.span.start < event.written.span.end).collect();
    let mut hints = Vec::new();
    let mut before = None;
    for (event, when) in timed {
        let delta = before.and_then(|before: Moment| before.minutes_until(&when)).filter(|minutes| *minutes > 0);
        before = Some(when);
        let total = event.kind.and_then(EventKind::milestone).filter(|milestone| *milestone > Milestone::Started);
        let total = total.and_then(|milestone| Some((milestone, start?.minutes_until(&when).filter(|minutes| *minutes > 0)?)));
        let mut words = delta.map(|minutes| format!("+{}", Minutes::exactly(minutes))).into_iter().collect::<Vec<_>>();
        let mut meaning = delta.map(|_| "since the event before".to_owned()).into_iter().collect::<Vec<_>>();
        if let Some((milestone, minutes)) = total {
            words.push(format!("{} in", Minutes::exactly(minutes)));
            meaning.push(format!("{}: from the start of impact", milestone.name()));
        }
        if !words.is_empty() && within.contains(event.written.span) {
            hints.push(Hint { at: event.written.span.end, words: words.join(", "), meaning: meaning.join("; ") });
        }
    }
    hints
}
