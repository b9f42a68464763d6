//! `unordered-timeline`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Edit, Fix, Span};
use crate::model::{AnyDocument, Bound, Event, Moment, Piece, Postmortem, Precision};
use crate::parse;

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
    ///
    /// Where every event stands on a line of its own with an exact time, and all are of one day or each has its date, the lines
    /// can be sorted; not where two milestones would change places, since then it is as likely that one of their times is wrong.
    static UNORDERED_TIMELINE = { name: "unordered-timeline", group: Timeline, level: Error, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let told = timelines(postmortem).map(|events| (events, of_timeline(postmortem, events)));
    let mut told: Vec<_> = told.filter(|(_, findings)| !findings.is_empty()).collect();
    if told.len() <= MOST {
        for (events, findings) in &mut told {
            // The first finding of a timeline sorts all of it.
            if let (Some(first), Some(edit)) = (findings.first_mut(), sorted(context, postmortem, events)) {
                first.fix = Some(Fix { title: "sort the timeline".to_owned(), edits: vec![edit] });
            }
        }
    }
    told.into_iter().flat_map(|(_, findings)| findings).collect()
}

/// So many timelines of a document are sorted. Each has the whole document read again, and where more are unordered, it is no slip.
const MOST: usize = 8;

/// The events of each timeline of the document.
fn timelines(postmortem: &Postmortem) -> impl Iterator<Item = &[Event]> {
    let pieces = postmortem.body.sections.iter().flat_map(|section| &section.content);
    let ranges = pieces.filter_map(|piece| if let Piece::Timeline { first, end } = piece { Some(*first..*end) } else { None });
    ranges.filter_map(|events| postmortem.timeline.get(events))
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

/// The edit that sorts a timeline, where it can only be meant so: one table or list of one line an event, whose times are exact and all of one
/// day or each with a day of its own. Whether the events keep their times when their lines have changed places, only reading them again
/// can tell.
fn sorted(context: &Context<'_>, postmortem: &Postmortem, events: &[Event]) -> Option<Edit> {
    let source = context.text(&postmortem.head.path);
    let moments: Vec<Moment> = events.iter().map(|event| event.when.filter(is_exact)).collect::<Option<_>>()?;
    let has_own_day = |event: &Event| parse::moment(&event.written.value).is_some();
    let one_day = moments.windows(2).all(|pair| matches!(pair, [a, b] if day(a) == day(b)));
    if !one_day && !events.iter().all(has_own_day) {
        return None;
    }
    let lines = lines(source, events)?;
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|n| moments.get(*n).map(|at| at.at));
    let (span, mut replacement) = (lines.first()?.to(*lines.last()?), String::new());
    for (place, n) in order.iter().enumerate() {
        replacement.push_str(lines.get(*n)?.slice(source));
        // Each place keeps its line end: the last may have none.
        if let (Some(line), Some(next)) = (lines.get(place), lines.get(place + 1)) {
            replacement.push_str(Span::new(line.range().end, next.range().start).slice(source));
        }
    }
    // Two milestones that change places may as well have the wrong times.
    let is_milestone = |n: &usize| events.get(*n).is_some_and(|event| event.kind.is_some_and(|kind| kind.milestone().is_some()));
    if !order.iter().copied().filter(is_milestone).is_sorted() {
        return None;
    }
    let wanted: Vec<&Event> = order.iter().filter_map(|n| events.get(*n)).collect();
    let edit = Edit { span, replacement };
    reads_as(context, postmortem, &edit, &wanted).then_some(edit)
}

/// The lines that events stand on, one each, without line ends; nothing where an event has more of them, other lines stand between, or they
/// are not the items of one list or the rows of one table.
fn lines(source: &str, events: &[Event]) -> Option<Vec<Span>> {
    let line = |event: &Event| {
        let range = event.span.range();
        let start = source.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
        let length = source.get(range.start..)?.find('\n').unwrap_or(source.len() - range.start);
        let end = range.start + length - usize::from(source.get(range.start..range.start + length)?.ends_with('\r'));
        let is_one_line = !event.span.slice(source).trim_end().contains('\n');
        is_one_line.then(|| Span::new(start, end))
    };
    let lines: Vec<Span> = events.iter().map(line).collect::<Option<_>>()?;
    let opening = |line: &Span| {
        let text = line.slice(source);
        let content = text.trim_start_matches(' ');
        let sign = content.chars().next().filter(|sign| "|-*+".contains(*sign))?;
        Some((text.len() - content.len(), sign))
    };
    let first = opening(lines.first()?)?;
    let follow = |pair: &[Span]| match pair {
        [line, next] => matches!(Span::new(line.range().end, next.range().start).slice(source), "\n" | "\r\n") && line.end < next.start,
        _ => false,
    };
    (lines.windows(2).all(follow) && lines.iter().all(|line| opening(line) == Some(first))).then_some(lines)
}

/// Whether the document, read again with an edit, tells the same milestones, and the wanted events where a timeline begins with the first.
fn reads_as(context: &Context<'_>, postmortem: &Postmortem, edit: &Edit, wanted: &[&Event]) -> bool {
    let mut text = context.text(&postmortem.head.path).to_owned();
    text.replace_range(edit.span.range(), &edit.replacement);
    let parsed = parse::document(&postmortem.head.path, &text, parse::Role::Postmortem, context.config);
    let AnyDocument::Postmortem(read) = parsed.document else { return false };
    let told = |event: &Event| (event.when, event.written.value.clone(), event.kind);
    let wanted: Vec<_> = wanted.iter().map(|event| told(event)).collect();
    let moments = |postmortem: &Postmortem| postmortem.milestones.iter().map(|(milestone, at)| (*milestone, at.value)).collect::<Vec<_>>();
    timelines(&read).any(|events| events.iter().map(told).eq(wanted.iter().cloned())) && moments(&read) == moments(postmortem)
}

/// Whether the second moment is certainly earlier than the first, on the same day.
fn goes_back(before: &Moment, after: &Moment) -> bool {
    let coarse = before.precision.min(after.precision) == Precision::Minute;
    let unit = |moment: &Moment| if coarse { moment.at.as_second().div_euclid(60) } else { moment.at.as_second() };
    is_exact(before) && is_exact(after) && day(before) == day(after) && unit(after) < unit(before)
}

fn is_exact(moment: &Moment) -> bool {
    moment.has_time() && moment.bound == Bound::Exact
}

fn day(moment: &Moment) -> jiff::civil::Date {
    moment.at.to_zoned(moment.offset.to_time_zone()).date()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::sample::{config, paragraph, postmortem, section, told_of};
    use crate::diagnostic::Spanned;
    use crate::model::Clock;

    fn event(written: &str, at: &str, start: usize) -> Event {
        let bound = if written.starts_with('~') { Bound::About } else { Bound::Exact };
        let precision = if written.matches(':').count() == 2 { Precision::Second } else { Precision::Minute };
        let at = at.parse().unwrap();
        let span = Span::new(start, start + written.len());
        Event {
            when: Some(Moment { at, until: None, offset: jiff::tz::Offset::UTC, precision, bound, clock: Clock::Written }),
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
            Arc::make_mut(&mut document.body).sections.push(section);
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
