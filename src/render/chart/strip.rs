//! A strip of dots for each group on one logarithmic axis of time: every incident is a dot. Groups are periods, severities or measures.

use super::draw::{Anchor, Area, Drawing, Sign, width};
use super::scale::{Across, LogMinutes};
use super::{Cell, Chart, Column, Figures, Frame, REST, known, linked, number};
use crate::render::wording::duration;
use crate::theme::Words;

/// What a plot of strips shows.
#[derive(Debug, Clone)]
pub(in crate::render) struct Strip {
    /// Strips from top to bottom.
    pub(in crate::render) groups: Vec<Group>,
    /// What a group is: "Quarter".
    pub(in crate::render) group_name: String,
    /// Names of the severities by their step, the gravest first.
    pub(in crate::render) severities: Vec<String>,
}

/// One strip.
#[derive(Debug, Clone, Default)]
pub(in crate::render) struct Group {
    /// Its name.
    pub(in crate::render) name: String,
    /// Its incidents, those whose time is known.
    pub(in crate::render) marks: Vec<Mark>,
    /// How many incidents of the group have no known time.
    pub(in crate::render) missing: usize,
    /// Where the middle of them lies, where there are enough to say.
    pub(in crate::render) middle: Option<Middle>,
}

/// One incident.
#[derive(Debug, Clone)]
pub(in crate::render) struct Mark {
    /// How long.
    pub(in crate::render) minutes: u64,
    /// How long, in words, where it is not known exactly ("at least 14 min"): drawn open.
    pub(in crate::render) bound: Option<String>,
    /// The step of its severity, from 0 the gravest.
    pub(in crate::render) severity: Option<usize>,
    /// Its name.
    pub(in crate::render) name: String,
    /// Where it is told, from the top of the site.
    pub(in crate::render) url: Option<String>,
}

/// Median and quartiles in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Middle {
    /// The median in words: "47 min", "40 to 50 min".
    pub(in crate::render) words: String,
    pub(in crate::render) median: u64,
    pub(in crate::render) low: u64,
    pub(in crate::render) high: u64,
}

/// Above this many incidents, dots would only be a smear and the page would be heavy: columns tell more.
const MOST_DOTS: usize = 400;
/// Spans of time that columns count, over the whole axis.
const SPANS: usize = 24;
const TALLEST: i64 = 34;
/// How far apart dots of one line stand: nine pixels on a telephone.
const BESIDE: i64 = 260;
const LINE: i64 = 9;
/// Lines of dots in a strip, in the order they fill up, from its middle.
const LINES: [i64; 11] = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5];

const SHAPES: [Sign; 4] = [
    Sign { name: "s1", class: "dot tone-1", path: "M0-6L5.8 4.5H-5.8Z" },
    Sign { name: "s2", class: "dot tone-2", path: "M0-6L6 0 0 6-6 0Z" },
    Sign { name: "s3", class: "dot tone-3", path: "M-4.5-4.5H4.5V4.5H-4.5Z" },
    Sign { name: "s4", class: "dot tone-4", path: "M-5 0A5 5 0 0 1 5 0 5 5 0 0 1-5 0Z" },
];
const OPEN_SHAPES: [Sign; 4] = [
    Sign { class: "dot tone-1 open", ..SHAPES[0] },
    Sign { class: "dot tone-2 open", ..SHAPES[1] },
    Sign { class: "dot tone-3 open", ..SHAPES[2] },
    Sign { class: "dot tone-4 open", ..SHAPES[3] },
];
/// Severity is not told.
const UNKNOWN: Sign = Sign { name: "s0", class: "dot tone-0", path: "M0 6L-5.8-4.5H5.8Z" };
const OPEN_UNKNOWN: Sign = Sign { class: "dot tone-0 open", ..UNKNOWN };
/// No incident of the plot tells one, and a dot is a dot.
const PLAIN: Sign = Sign { name: "s0", class: "dot", path: SHAPES[3].path };
const OPEN_PLAIN: Sign = Sign { class: "dot open", ..PLAIN };
const OPEN: Sign = Sign { name: "open", class: "dot open", path: SHAPES[3].path };
const MEDIAN: Sign = Sign { name: "median", class: "median", path: "M0-8V8" };
const BAND: Sign = Sign { name: "band", class: "band", path: "M-8-6H8V6H-8Z" };

/// Draws strips.
pub(in crate::render) fn strip(frame: &Frame, strip: &Strip) -> Chart {
    let words = frame.words;
    let marks = || strip.groups.iter().flat_map(|group| &group.marks);
    let Some(axis) = LogMinutes::over(&marks().map(|mark| mark.minutes)) else {
        return frame.nothing(words.get("chart-no-times"));
    };
    let count = marks().count();
    let mut drawing = Drawing::new(frame);
    let mut notes = Vec::new();
    let drawn: Vec<Drawn> = if count > MOST_DOTS {
        notes.push(words.with("chart-columns-text", &[("values", count.into()), ("count", tallest(strip, &axis).into())]));
        strip.groups.iter().map(|group| columns(group, &axis, tallest(strip, &axis))).collect()
    } else {
        notes.push(words.get("chart-dots").to_owned());
        strip.groups.iter().map(|group| dots(group, &axis)).collect()
    };
    let height: i64 = drawn.iter().map(|strip| strip.height + 34).sum();
    drawing.axis(&axis.ticks(words), 0, height);
    let severities = marks().any(|mark| mark.severity.is_some());
    let mut top = 0;
    for (group, drawn) in strip.groups.iter().zip(&drawn) {
        drawing.text("name", (Across::LEFT, top + 14), Anchor::Start, &group.name);
        note(words, &mut drawing, group, top + 14);
        let middle = group.middle.as_ref();
        let strip_top = top + 22;
        if let Some(middle) = middle {
            let area = Area { from: axis.at(middle.low), to: axis.at(middle.high), top: strip_top, height: drawn.height };
            drawing.rect("band", area);
        }
        for column in &drawn.columns {
            drawing.rect("column", Area { top: strip_top + column.top, ..*column });
        }
        if let Some(middle) = middle {
            let at = axis.at(middle.median);
            drawing.line("median", (at, strip_top - 3), (at, strip_top + drawn.height + 3));
        }
        for (mark, at, y) in &drawn.dots {
            let href = mark.url.as_ref().map(|url| format!("{}{url}", frame.root));
            let sign = sign(mark, severities);
            drawing.named(href.as_deref(), &mark_name(words, mark, &strip.severities), |drawing| drawing.sign(&sign, (*at, strip_top + y)));
        }
        top += drawn.height + 34;
    }
    if count <= MOST_DOTS {
        key(words, &mut drawing, strip, severities);
    }
    if strip.groups.iter().any(|group| group.middle.is_some()) {
        drawing.define(MEDIAN, Some(words.get("chart-median").to_owned()));
        drawing.define(BAND, Some(words.get("chart-middle-half").to_owned()));
    }
    let finished = drawing.finish(frame, height + 22, &description(words, strip));
    let table = if count > MOST_DOTS { table_of_groups(words, strip) } else { table_of_marks(words, strip) };
    frame.chart(finished, &notes, table)
}

/// One strip, with places down from its top.
#[derive(Default)]
struct Drawn<'a> {
    height: i64,
    dots: Vec<(&'a Mark, Across, i64)>,
    columns: Vec<Area>,
}

fn dots<'a>(group: &'a Group, axis: &LogMinutes) -> Drawn<'a> {
    let mut marks: Vec<(&Mark, Across)> = group.marks.iter().map(|mark| (mark, axis.at(mark.minutes))).collect();
    marks.sort_by(|a, b| (a.1, &a.0.name).cmp(&(b.1, &b.0.name)));
    // The last dot of each line; where all lines are full, dots overlap on the one with the most room.
    let mut last = [i64::MIN / 2; LINES.len()];
    let placed: Vec<(&Mark, Across, i64)> = marks
        .into_iter()
        .map(|(mark, at)| {
            let free = last.iter().position(|last| at.0 - last >= BESIDE);
            let line = free.or_else(|| (0..LINES.len()).min_by_key(|n| last.get(*n).copied())).unwrap_or_default();
            if let Some(last) = last.get_mut(line) {
                *last = at.0;
            }
            (mark, at, LINES.get(line).copied().unwrap_or_default())
        })
        .collect();
    let reach = placed.iter().map(|(_, _, line)| line.abs()).max().unwrap_or_default();
    let half = reach * LINE + 9;
    let dots = placed.into_iter().map(|(mark, at, line)| (mark, at, half + line * LINE)).collect();
    Drawn { height: 2 * half, dots, columns: Vec::new() }
}

/// How many of a group's incidents fall into each span of the axis.
fn spans(group: &Group, axis: &LogMinutes) -> [usize; SPANS] {
    let mut spans = [0; SPANS];
    for mark in &group.marks {
        let place = usize::try_from(axis.at(mark.minutes).0).unwrap_or_default() * SPANS / 10_001;
        if let Some(count) = spans.get_mut(place) {
            *count += 1;
        }
    }
    spans
}

fn tallest(strip: &Strip, axis: &LogMinutes) -> usize {
    strip.groups.iter().flat_map(|group| spans(group, axis)).max().unwrap_or_default()
}

fn columns<'a>(group: &Group, axis: &LogMinutes, tallest: usize) -> Drawn<'a> {
    let edge = |n: usize| Across::share(n as u64, SPANS as u64);
    let column = |(n, count): (usize, usize)| {
        // A column that stands for something is at least a pixel high.
        let height = (TALLEST * i64::try_from(count).unwrap_or(TALLEST) / i64::try_from(tallest.max(1)).unwrap_or(1)).max(1);
        Area { from: edge(n), to: edge(n + 1), top: TALLEST - height, height }
    };
    let columns = spans(group, axis).into_iter().enumerate().filter(|(_, count)| *count > 0).map(column);
    Drawn { height: TALLEST, dots: Vec::new(), columns: columns.collect() }
}

fn sign(mark: &Mark, severities: bool) -> Sign {
    let (shapes, unknown, plain) = if mark.bound.is_some() { (&OPEN_SHAPES, OPEN_UNKNOWN, OPEN_PLAIN) } else { (&SHAPES, UNKNOWN, PLAIN) };
    match mark.severity {
        Some(step) => shapes.get(step.min(SHAPES.len() - 1)).copied().unwrap_or(plain),
        None if severities => unknown,
        None => plain,
    }
}

/// Defines the signs that were used and tells them.
fn key(words: &Words, drawing: &mut Drawing, strip: &Strip, severities: bool) {
    let marks = || strip.groups.iter().flat_map(|group| &group.marks);
    for (step, shape) in SHAPES.iter().enumerate() {
        let mut of_shape: Vec<usize> = marks().filter_map(|mark| mark.severity).filter(|s| (*s).min(SHAPES.len() - 1) == step).collect();
        of_shape.sort_unstable();
        of_shape.dedup();
        if !of_shape.is_empty() {
            let names: Vec<String> = of_shape.into_iter().map(|severity| severity_name(words, &strip.severities, severity)).collect();
            drawing.define(*shape, Some(words.row(&names)));
        }
    }
    if marks().any(|mark| mark.severity.is_none()) {
        if severities {
            drawing.define(UNKNOWN, Some(words.get("chart-severity-not-told").to_owned()));
        } else {
            drawing.define(PLAIN, None);
        }
    }
    if marks().any(|mark| mark.bound.is_some()) {
        drawing.define(OPEN, Some(words.get("chart-open").to_owned()));
    }
}

fn severity_name(words: &Words, severities: &[String], step: usize) -> String {
    severities.get(step).cloned().unwrap_or_else(|| words.with("chart-severity", &[("step", (step + 1).into())]))
}

/// What is told of a group at the right of its name; only how many where a telephone has no room for more.
fn note(words: &Words, drawing: &mut Drawing, group: &Group, y: i64) {
    let (text, at) = (told(words, group), (Across::RIGHT, y));
    if width(&group.name) + width(&text) > 9_800 {
        drawing.text("note narrow", at, Anchor::End, &counted(words, group));
        drawing.text("note wide", at, Anchor::End, &text);
    } else {
        drawing.text("note", at, Anchor::End, &text);
    }
}

/// "n 14, 3 not known"
fn counted(words: &Words, group: &Group) -> String {
    known(words, group.marks.len(), group.missing)
}

/// "median 47 min, n 14, 3 not known"
fn told(words: &Words, group: &Group) -> String {
    let counted = counted(words, group);
    group.middle.as_ref().map_or(counted.clone(), |middle| {
        words.with("chart-median-of", &[("median", middle.words.as_str().into()), ("known", counted.as_str().into())])
    })
}

fn mark_name(words: &Words, mark: &Mark, severities: &[String]) -> String {
    let severity = mark.severity.map(|step| format!(", {}", severity_name(words, severities, step))).unwrap_or_default();
    format!("{}: {}{severity}", mark.name, time(words, mark))
}

fn time(words: &Words, mark: &Mark) -> String {
    mark.bound.clone().unwrap_or_else(|| duration_of(words, mark.minutes))
}

fn duration_of(words: &Words, minutes: u64) -> String {
    duration(words, i64::try_from(minutes).unwrap_or(i64::MAX))
}

fn description(words: &Words, strip: &Strip) -> String {
    let groups: Vec<String> = strip
        .groups
        .iter()
        .map(|group| words.with("label-and-text", &[("label", group.name.as_str().into()), ("text", told(words, group).into())]))
        .collect();
    words.with("chart-strips", &[("groups", groups.join("; ").into())])
}

fn table_of_marks(words: &Words, strip: &Strip) -> Figures {
    let mut rows = Figures::of(vec![
        Column::words(&strip.group_name),
        Column::words(words.get("column-incident")),
        Column::figures(words.get("column-time")),
        Column::words(words.get("column-severity")),
    ]);
    rows.rest = REST;
    for group in &strip.groups {
        for mark in &group.marks {
            rows.rows.push(vec![
                Cell::text(group.name.clone()),
                linked(&mark.name, mark.url.as_deref()),
                Cell::text(time(words, mark)),
                Cell::text(mark.severity.map(|step| severity_name(words, &strip.severities, step)).unwrap_or_default()),
            ]);
        }
    }
    rows
}

fn table_of_groups(words: &Words, strip: &Strip) -> Figures {
    let mut rows = Figures::of(vec![
        Column::words(&strip.group_name),
        Column::figures(words.get("column-known")),
        Column::figures(words.get("column-not-known")),
        Column::figures(words.get("column-shortest")),
        Column::figures(words.get("column-first-quarter-below")),
        Column::figures(words.get("column-median")),
        Column::figures(words.get("column-three-quarters-below")),
        Column::figures(words.get("column-longest")),
    ]);
    for group in &strip.groups {
        let minutes = || group.marks.iter().map(|mark| mark.minutes);
        let of = |pick: fn(&Middle) -> u64| {
            Cell::text(group.middle.as_ref().map(pick).map(|minutes| duration_of(words, minutes)).unwrap_or_default())
        };
        rows.rows.push(vec![
            Cell::text(group.name.clone()),
            number(words, group.marks.len()),
            number(words, group.missing),
            Cell::text(minutes().min().map(|minutes| duration_of(words, minutes)).unwrap_or_default()),
            of(|middle| middle.low),
            of(|middle| middle.median),
            of(|middle| middle.high),
            Cell::text(minutes().max().map(|minutes| duration_of(words, minutes)).unwrap_or_default()),
        ]);
    }
    rows
}
