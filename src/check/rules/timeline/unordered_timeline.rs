//! `unordered-timeline`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::{Bound, Event, Moment, Piece, Postmortem, Precision};

declare_rule! {
    /// An event of the timeline is earlier than the one before it, on the same day.
    ///
    /// ## Why
    ///
    /// A timeline is read from top to bottom, and what looks like the cause of the next line should come before it. A time that goes
    /// back is most often a slip of the pen (`13:05` for `14:05`) or a time in another zone, and then every duration made from it is wrong.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// - 14:32 [detected] Pager fires on 5xx
    /// - 13:40 [mitigate] Rolled back
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// - 14:32 [detected] Pager fires on 5xx
    /// - 14:40 [mitigate] Rolled back
    /// ```
    ///
    /// Times that are only about right (`~14:30`, `>=14:30`) and stretches (`14:30-14:40`) may overlap. When the day changes, say so:
    /// with a day heading, a date before the time, or `+1d 00:10`.
    static UNORDERED_TIMELINE = { name: "unordered-timeline", group: Timeline, level: Error, run: Run::Document(find) }
}

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let timelines = postmortem.body.sections.iter().flat_map(|section| &section.content);
    let timelines = timelines.filter_map(|piece| if let Piece::Timeline { first, end } = piece { Some(*first..*end) } else { None });
    timelines.filter_map(|events| postmortem.timeline.get(events)).flat_map(|events| of_timeline(postmortem, events)).collect()
}

fn of_timeline(postmortem: &Postmortem, events: &[Event]) -> Vec<Diagnostic> {
    let timed: Vec<(&Event, &Moment)> = events.iter().filter_map(|event| Some((event, event.when.as_ref()?))).collect();
    let pairs = timed.windows(2).filter_map(|pair| if let [before, after] = pair { Some((before, after)) } else { None });
    let unordered = pairs.filter(|((_, before), (_, after))| goes_back(before, after));
    let report = |((before, _), (after, _)): (&(&Event, &Moment), &(&Event, &Moment))| {
        let message = format!("`{}` comes after `{}`", after.written.value.trim(), before.written.value.trim());
        let path = &postmortem.head.path;
        let finding = UNORDERED_TIMELINE.finding(path, after.written.span, message).labelled("earlier than the event before it");
        finding.also(path, before.written.span, "the event before it").help("mend the time, move the event, or say which day it was")
    };
    unordered.map(report).collect()
}

/// Whether the second moment is certainly earlier than the first, on the same day.
fn goes_back(before: &Moment, after: &Moment) -> bool {
    let is_exact = |moment: &Moment| moment.has_time() && moment.bound == Bound::Exact;
    let day = |moment: &Moment| moment.at.to_zoned(moment.offset.to_time_zone()).date();
    let coarse = before.precision.min(after.precision) == Precision::Minute;
    let unit = |moment: &Moment| if coarse { moment.at.as_second().div_euclid(60) } else { moment.at.as_second() };
    is_exact(before) && is_exact(after) && day(before) == day(after) && unit(after) < unit(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::{config, paragraph, postmortem, section, told_of};
    use crate::diagnostic::{Span, Spanned};

    fn event(written: &str, at: &str, start: usize) -> Event {
        let bound = if written.starts_with('~') { Bound::About } else { Bound::Exact };
        let precision = if written.matches(':').count() == 2 { Precision::Second } else { Precision::Minute };
        let at = at.parse().unwrap();
        let span = Span::new(start, start + written.len());
        Event {
            when: Some(Moment { at, until: None, offset: jiff::tz::Offset::UTC, precision, bound }),
            written: Spanned::new(written.to_owned(), span),
            kind: None,
            content: vec![paragraph("x", start + 20)],
            span,
        }
    }

    fn told(events: &[(&str, &str)], timelines: &[(usize, usize)]) -> String {
        let mut document = postmortem("content/a.md");
        document.timeline = events.iter().enumerate().map(|(n, (written, at))| event(written, at, n * 10)).collect();
        for (first, end) in timelines {
            let mut section = section("timeline", "Timeline", "", 0);
            section.content.push(Piece::Timeline { first: *first, end: *end });
            document.body.sections.push(section);
        }
        told_of(&UNORDERED_TIMELINE, document, &config())
    }

    #[test]
    fn a_time_that_goes_back_is_shown_with_the_one_before() {
        let events = [("14:32", "2024-03-17T14:32Z"), ("13:40", "2024-03-17T13:40Z"), ("13:50", "2024-03-17T13:50Z")];
        assert_eq!(
            told(&events, &[(0, 3)]),
            "content/a.md:10..15: `13:40` comes after `14:32`\n  \
               content/a.md:0..5: the event before it\n  \
               help: mend the time, move the event, or say which day it was\n"
        );
    }

    #[test]
    fn another_day_another_timeline_and_an_uncertain_time_are_no_disorder() {
        let day = [("14:32", "2024-03-17T14:32Z"), ("13:40", "2024-03-16T13:40Z")];
        assert_eq!(told(&day, &[(0, 2)]), "");
        let two = [("14:32", "2024-03-17T14:32Z"), ("13:40", "2024-03-17T13:40Z")];
        assert_eq!(told(&two, &[(0, 1), (1, 2)]), "");
        let about = [("~14:32", "2024-03-17T14:32Z"), ("14:30", "2024-03-17T14:30Z")];
        assert_eq!(told(&about, &[(0, 2)]), "");
        let finer = [("14:32:20", "2024-03-17T14:32:20Z"), ("14:32", "2024-03-17T14:32:00Z")];
        assert_eq!(told(&finer, &[(0, 2)]), "", "to the minute they are the same");
        let seconds = [("14:32:20", "2024-03-17T14:32:20Z"), ("14:32:10", "2024-03-17T14:32:10Z")];
        assert_ne!(told(&seconds, &[(0, 2)]), "");
    }
}
