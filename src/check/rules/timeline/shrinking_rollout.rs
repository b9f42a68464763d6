//! `shrinking-rollout`

use crate::check::passage::words;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Span};
use crate::markdown::BlockKind;
use crate::model::{Event, EventKind};

declare_rule! {
    /// The share that a stage of a rollout names is smaller than the one before it.
    ///
    /// ## Why
    ///
    /// A rollout goes from few to many. Where a later stage reaches less, it was stopped and taken back in between, which is what a reader wants
    /// to know most; or one of the figures is a slip.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// - 14:05 [rollout] The fix is live for 25% of requests
    /// - 14:20 [rollout] The fix is live for 10% of requests
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// - 14:05 [rollout] The fix is live for 25% of requests
    /// - 14:15 [decision] Latency rises; the fix is rolled back to 1%
    /// - 14:20 [rollout] The fix is live for 10% of requests
    /// ```
    ///
    /// A share is a percentage that is the only one in its event. After a pause, an action, a decision or a change the count begins anew, and
    /// so it does after any event that speaks of a rollback.
    static SHRINKING_ROLLOUT = { name: "shrinking-rollout", group: Timeline, level: Warning, run: Run::Document(find) }
}

/// The kinds of event after which a rollout may begin anew.
const BREAKS: &[EventKind] = &[
    EventKind::Pause,
    EventKind::Contain,
    EventKind::Action,
    EventKind::Decision,
    EventKind::Change,
    EventKind::Mitigate,
    EventKind::Started,
    EventKind::Detected,
];

/// Words of an event after which a rollout begins anew, and of a share that is not counted from nothing.
const BREAKING_WORDS: &[&str] =
    &["roll back", "rolled back", "rolling back", "rollback", "revert", "remaining", "rest of", "other", "another", "further", "error"];

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    if !postmortem.timeline.iter().any(|event| event.kind == Some(EventKind::Rollout)) {
        return Vec::new();
    }
    let path = &postmortem.head.path;
    let mut findings = Vec::new();
    let mut last: Option<(&Event, f64)> = None;
    for event in postmortem.timeline.iter() {
        let text = text_of(event).to_lowercase();
        if event.kind.is_some_and(|kind| BREAKS.contains(&kind)) || BREAKING_WORDS.iter().any(|word| text.contains(word)) {
            last = None;
            continue;
        }
        let Some(share) = share(&text).filter(|_| event.kind == Some(EventKind::Rollout)) else { continue };
        if let Some((before, larger)) = last.filter(|(_, larger)| share < *larger) {
            let finding = SHRINKING_ROLLOUT.finding(path, place(event), format!("the rollout goes back from `{larger}%` to `{share}%`"));
            let finding = finding.also(path, place(before), format!("`{larger}%` were reached here"));
            findings.push(finding.help("correct the share, or tell what was taken back in between"));
        }
        last = Some((event, share));
    }
    findings
}

/// Where the words of an event are written.
fn place(event: &Event) -> Span {
    event.content.first().map_or(event.span, |block| block.span)
}

/// The words an event begins with.
fn text_of(event: &Event) -> String {
    match event.content.first().map(|block| &block.kind) {
        Some(BlockKind::Paragraph(content)) => words(content),
        _ => String::new(),
    }
}

/// The only percentage in a text.
fn share(text: &str) -> Option<f64> {
    let mut shares = text.match_indices('%').map(|(at, _)| {
        let before = text.get(..at).unwrap_or_default().trim_end();
        let start = before
            .rfind(|c: char| !c.is_ascii_digit() && c != '.')
            .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
        before.get(start..).and_then(|figure| figure.parse::<f64>().ok()).filter(|share| (0.0..=100.0).contains(share))
    });
    let first = shares.next()??;
    shares.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_the_only_percentage_of_a_text() {
        let cases = [
            ("live for 25% of requests", Some(25.0)),
            ("live for 2.5 %", Some(2.5)),
            ("–10%", Some(10.0)),
            ("from 10% to 25%", None),
            ("140%", None),
            ("%", None),
            ("all of it", None),
        ];
        for (text, expected) in cases {
            assert_eq!(share(text), expected, "{text}");
        }
    }
}
