//! Step curves: how many were within a time (the empirical distribution), and how many are still open after a number of days (Kaplan–Meier).

use std::fmt::Write as _;

use super::draw::{Anchor, Drawing, Sign, width};
use super::scale::{Across, Days, LogMinutes};
use super::{Cell, Chart, Column, Figures, Frame, known, number};
use crate::knowledge::sentence_case;
use crate::knowledge::statistics;
use crate::render::wording::{duration, in_percent};
use crate::theme::Words;

/// A distribution of times.
#[derive(Debug, Clone)]
pub(in crate::render) struct Curve {
    /// What had happened: "detected".
    pub(in crate::render) name: String,
    /// Steps in order of time.
    pub(in crate::render) steps: Vec<CurveStep>,
    /// How many incidents the curve is made of.
    pub(in crate::render) known: usize,
    /// How many tell no such time.
    pub(in crate::render) missing: usize,
}

/// A step of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) struct CurveStep {
    /// Within this time,
    pub(in crate::render) minutes: u64,
    /// so many certainly were,
    pub(in crate::render) certain: usize,
    /// and so many may have been: more where times are known within bounds.
    pub(in crate::render) possible: usize,
}

/// How long things stay open until they are done.
#[derive(Debug, Clone)]
pub(in crate::render) struct Survival {
    /// Falling steps, in order of day.
    pub(in crate::render) steps: Vec<SurvivalStep>,
    /// The days on which observation of one that is still open ends.
    pub(in crate::render) censored: Vec<u64>,
    /// The day by which half were done, if that was reached.
    pub(in crate::render) median: Option<u64>,
    /// How many were done.
    pub(in crate::render) done: usize,
}

impl Survival {
    /// The curve of an estimate in days. The median of a few says nothing and is not told.
    pub(in crate::render) fn of(estimate: &statistics::Survival) -> Self {
        let day = |time: i64| u64::try_from(time).unwrap_or_default();
        let steps = estimate.steps.iter().filter(|step| step.closed > 0).map(|step| {
            let (low, high) = step.interval.unwrap_or((step.waiting, step.waiting));
            SurvivalStep { day: day(step.time), share: hundredths(step.waiting), low: hundredths(low), high: hundredths(high) }
        });
        Self {
            steps: steps.collect(),
            censored: estimate.steps.iter().flat_map(|step| std::iter::repeat_n(day(step.time), step.censored)).collect(),
            median: estimate.median.filter(|_| estimate.closed >= statistics::FEWEST_FOR_MEDIAN).map(day),
            done: estimate.closed,
        }
    }
}

/// A share from 0 to 1 in hundredths of a percent.
fn hundredths(share: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 10,000")]
    let places = (share.clamp(0.0, 1.0) * 10_000.0).round() as u64;
    places
}

/// One step: the share that is still open from this day on, and the interval of 95 % about it, in hundredths of a percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) struct SurvivalStep {
    pub(in crate::render) day: u64,
    pub(in crate::render) share: u64,
    pub(in crate::render) low: u64,
    pub(in crate::render) high: u64,
}

const HEIGHT: i64 = 220;
const TOP: i64 = 14;
const WHOLE: u64 = 10_000;
/// How many steps a curve is drawn with: more than pixels across would say nothing.
const MOST_STEPS: usize = 400;
/// How far a label stands from its point.
const BESIDE: i64 = 250;

const NAMES: [&str; 3] = ["curve curve-1", "curve curve-2", "curve curve-3"];
const HALVES: [Sign; 3] = [
    Sign { name: "h1", class: "half curve-1", path: "M-4 0A4 4 0 0 1 4 0 4 4 0 0 1-4 0Z" },
    Sign { name: "h2", class: "half curve-2", path: "M-4-4H4V4H-4Z" },
    Sign { name: "h3", class: "half curve-3", path: "M0-5L5 4H-5Z" },
];
const CENSORED: Sign = Sign { name: "censored", class: "censored", path: "M0-5V5" };
const INTERVAL: Sign = Sign { name: "interval", class: "interval", path: "M-8-6H8V6H-8Z" };

/// Draws one to three distributions on a logarithmic axis of minutes.
pub(in crate::render) fn distribution(frame: &Frame, curves: &[Curve]) -> Chart {
    let words = frame.words;
    let curves: Vec<&Curve> = curves.iter().filter(|curve| !curve.steps.is_empty()).take(NAMES.len()).collect();
    let minutes = curves.iter().flat_map(|curve| curve.steps.iter().map(|step| step.minutes));
    let Some(axis) = LogMinutes::over(&minutes) else {
        return frame.nothing(words.get("chart-no-times"));
    };
    let mut drawing = Drawing::new(frame);
    let foot = TOP + HEIGHT;
    if curves.iter().any(|curve| curve.steps.iter().any(|step| step.certain != step.possible)) {
        drawing.define(INTERVAL, Some(words.get("chart-bounds").to_owned()));
        for curve in &curves {
            drawing.path("interval", TOP, HEIGHT, &bounds(curve, &axis));
        }
    }
    drawing.axis(&axis.ticks(words), TOP, foot);
    levels(words, &mut drawing, (Across::LEFT, Anchor::Start), "percent");
    for (curve, class) in curves.iter().zip(NAMES) {
        drawing.path(class, TOP, HEIGHT, &format!("M0 {HEIGHT}{}H10000", stairs(curve, &axis, |step| step.certain)));
    }
    // Left of and above a rising curve is nothing, nor right of and below it: the fastest of several is told there, the others here.
    let mut halves: Vec<(usize, &Curve, u64)> =
        curves.iter().enumerate().filter_map(|(n, curve)| Some((n, *curve, curve.within(50)?))).collect();
    halves.sort_by_key(|(_, _, half)| *half);
    for (rank, (n, curve, half)) in halves.iter().enumerate() {
        let at = axis.at(*half);
        let Some((sign, class)) = HALVES.get(*n).zip(NAMES.get(*n)) else { continue };
        drawing.define(*sign, None);
        drawing.sign(sign, (at, TOP + down(WHOLE / 2)));
        let lines = [words.with("chart-half", &[("what", curve.name.as_str().into())]), within(words, duration_of(words, *half))];
        let above = rank == 0 && halves.len() > 1;
        label(&mut drawing, class, at, if above { Side::Above } else { Side::Below(i64::try_from(rank).unwrap_or(0)) }, &lines);
    }
    let table = table_of_shares(words, &curves);
    let told: Vec<String> = curves.iter().map(|curve| told(words, curve)).collect();
    let finished = drawing.finish(frame, foot + 22, &format!("{} {}", words.get("chart-rising"), told.join(" ")));
    frame.chart(finished, &[], table)
}

impl Curve {
    /// Within how many minutes so many percent certainly were.
    fn within(&self, percent: usize) -> Option<u64> {
        self.steps.iter().find(|step| step.certain * 100 >= self.known * percent).map(|step| step.minutes)
    }
}

/// A curve from left to right, without the place it begins at.
fn stairs(curve: &Curve, axis: &LogMinutes, count: impl Fn(&CurveStep) -> usize) -> String {
    let mut path = String::new();
    for step in thinned(&curve.steps) {
        let _ = write!(path, "H{}V{}", axis.at(step.minutes).0, down(share(count(&step), curve.known)));
    }
    path
}

/// The area between what certainly was and what may have been.
fn bounds(curve: &Curve, axis: &LogMinutes) -> String {
    let mut path = format!("M0 {HEIGHT}{}H10000", stairs(curve, axis, |step| step.possible));
    let steps: Vec<CurveStep> = thinned(&curve.steps).collect();
    for step in steps.iter().rev() {
        let _ = write!(path, "V{}H{}", down(share(step.certain, curve.known)), axis.at(step.minutes).0);
    }
    let _ = write!(path, "V{HEIGHT}Z");
    path
}

fn share(part: usize, of: usize) -> u64 {
    Across::share(part as u64, of as u64).0.unsigned_abs()
}

/// Where a label stands from its point.
#[derive(Clone, Copy)]
enum Side {
    /// Above and to the left.
    Above,
    /// Below and to the right, in rows by rank.
    Below(i64),
}

/// Two lines of words beside a point of a curve, on the side where there is room on a telephone.
fn label(drawing: &mut Drawing, class: &str, at: Across, side: Side, words: &[String; 2]) {
    let wide = words.iter().map(|line| width(line)).max().unwrap_or_default() + BESIDE;
    let middle = TOP + down(WHOLE / 2);
    // The words "50%" stand at the left edge.
    let (left, right) = (at.0 - wide >= 1_000, at.0 + wide <= 10_000);
    let (top, leftwards) = match side {
        Side::Above if left => (middle - 26, true),
        Side::Above => (middle + 18, false),
        Side::Below(rank) => (middle + 18 + rank * 36, !right),
    };
    let (x, anchor) = if leftwards { (at.0 - BESIDE, Anchor::End) } else { (at.0 + BESIDE, Anchor::Start) };
    let class = format!("label {}", class.trim_start_matches("curve "));
    for (words, y) in words.iter().zip([top, top + 16]) {
        drawing.text(&class, (Across(x), y), anchor, words);
    }
}

/// Lines across at each quarter, told at the side where the curve is not.
fn levels(words: &Words, drawing: &mut Drawing, (at, anchor): (Across, Anchor), whole: &str) {
    for quarter in 0..=4_u64 {
        let y = TOP + down(quarter * WHOLE / 4);
        let class = if quarter == 2 { "grid grid-half" } else { "grid" };
        drawing.line(class, (Across::LEFT, y), (Across::RIGHT, y));
        if quarter > 0 {
            let text = words.with(if quarter == 4 { whole } else { "percent" }, &[("number", (quarter * 25).into())]);
            drawing.text("tick", (at, y - 4), anchor, &text);
        }
    }
}

/// How far down a share lies.
fn down(share: u64) -> i64 {
    let share = i64::try_from(share.min(WHOLE)).unwrap_or(10_000);
    HEIGHT - (share * HEIGHT + 5_000) / 10_000
}

/// At most so many steps that a curve can be told from another, the last among them.
fn thinned<T: Copy>(steps: &[T]) -> impl Iterator<Item = T> {
    let every = steps.len().div_ceil(MOST_STEPS).max(1);
    let last = steps.len().saturating_sub(1);
    steps.iter().enumerate().filter(move |(n, _)| n % every == 0 || *n == last).map(|(_, step)| *step)
}

fn told(words: &Words, curve: &Curve) -> String {
    let known = known(words, curve.known, curve.missing);
    let half = curve.within(50).map(|half| {
        let values = [("what", curve.name.as_str().into()), ("time", duration_of(words, half).into()), ("known", known.as_str().into())];
        words.with("chart-half-within", &values)
    });
    half.unwrap_or_else(|| format!("{known}."))
}

/// Within how many minutes a tenth, a quarter, half and so on were.
fn table_of_shares(words: &Words, curves: &[&Curve]) -> Figures {
    let names: Vec<String> = curves.iter().map(|curve| sentence_case(&curve.name)).collect();
    let mut columns = vec![Column::words(words.get("column-share"))];
    columns.extend(names.into_iter().map(Column::figures));
    let mut rows = Figures::of(columns);
    for percent in [10, 25, 50, 75, 90, 100] {
        let mut row = vec![Cell::text(words.with("chart-share-within", &[("number", percent.into())]))];
        row.extend(curves.iter().map(|curve| {
            let reached = curve.within(percent).map(|minutes| duration_of(words, minutes));
            Cell::text(reached.unwrap_or_else(|| words.get("chart-not-reached").to_owned()))
        }));
        rows.rows.push(row);
    }
    let mut known = vec![Cell::text(words.get("chart-incidents-known"))];
    known.extend(curves.iter().map(|curve| number(words, curve.known)));
    let mut missing = vec![Cell::text(words.get("column-not-known"))];
    missing.extend(curves.iter().map(|curve| number(words, curve.missing)));
    rows.rows.extend([known, missing]);
    rows
}

/// Draws the share that is still open by days.
pub(in crate::render) fn survival(frame: &Frame, survival: &Survival) -> Chart {
    let words = frame.words;
    let censored_last = survival.censored.iter().max().copied();
    let Some(last) = survival.steps.iter().map(|step| step.day).max().max(censored_last) else {
        return frame.nothing(words.get("chart-nothing-ended"));
    };
    let axis = Days::until(last);
    let mut drawing = Drawing::new(frame);
    let foot = TOP + HEIGHT;
    let steps: Vec<SurvivalStep> = thinned(&survival.steps).collect();
    // Below the lines, which would not be seen through it.
    if !steps.is_empty() {
        drawing.path("interval", TOP, HEIGHT, &band(&steps, axis));
        drawing.define(INTERVAL, Some(words.get("column-95-interval").to_owned()));
    }
    drawing.axis(&axis.ticks(words), TOP, foot);
    levels(words, &mut drawing, (Across::RIGHT, Anchor::End), "chart-still-open");
    let mut path = "M0 0".to_owned();
    for step in &steps {
        let _ = write!(path, "H{}V{}", axis.at(step.day).0, down(step.share));
    }
    path.push_str("H10000");
    drawing.path("curve curve-1", TOP, HEIGHT, &path);
    censored(words, &mut drawing, survival, axis);
    if let Some(median) = survival.median {
        let (sign, at) = (&HALVES[0], axis.at(median));
        drawing.define(*sign, None);
        drawing.sign(sign, (at, TOP + down(WHOLE / 2)));
        let lines = [words.get("chart-half-done").to_owned(), within(words, plural_days(words, median))];
        // A falling curve leaves room above and to the right of its middle.
        let right = at.0 + width(&lines[0]).max(width(&lines[1])) + BESIDE <= 10_000;
        let (x, anchor) = if right { (at.0 + BESIDE, Anchor::Start) } else { (at.0 - BESIDE, Anchor::End) };
        let top = if right { TOP + down(WHOLE / 2) - 26 } else { TOP + down(WHOLE / 2) + 18 };
        for (line, y) in lines.iter().zip([top, top + 16]) {
            drawing.text("label curve-1", (Across(x), y), anchor, line);
        }
    }
    let told = told_survival(words, survival);
    let finished = drawing.finish(frame, foot + 22, &format!("{} {told}", words.get("chart-falling")));
    let mut rows = Figures::of(vec![
        Column::figures(words.get("column-days")),
        Column::figures(words.get("column-still-open")),
        Column::figures(words.get("column-at-least")),
        Column::figures(words.get("column-at-most")),
    ]);
    rows.rows = survival
        .steps
        .iter()
        .map(|step| vec![Cell::text(step.day.to_string()), percent(words, step.share), percent(words, step.low), percent(words, step.high)])
        .collect();
    frame.chart(finished, &[told], rows)
}

fn band(steps: &[SurvivalStep], axis: Days) -> String {
    let mut path = "M0 0".to_owned();
    for step in steps {
        let _ = write!(path, "H{}V{}", axis.at(step.day).0, down(step.high));
    }
    path.push_str("H10000");
    // Back along the lower edge.
    let mut end = 10_000;
    for step in steps.iter().rev() {
        let _ = write!(path, "H{end}V{}", down(step.low));
        end = axis.at(step.day).0;
    }
    let _ = write!(path, "H{end}V0Z");
    path
}

/// Ticks on the curve where observation ends; those that fall on one pixel are one tick.
fn censored(words: &Words, drawing: &mut Drawing, survival: &Survival, axis: Days) {
    let mut places: Vec<(Across, i64)> = survival
        .censored
        .iter()
        .map(|day| {
            let share = survival.steps.iter().take_while(|step| step.day <= *day).last().map_or(WHOLE, |step| step.share);
            (Across(axis.at(*day).0 / 100 * 100), TOP + down(share))
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    if !places.is_empty() {
        drawing.define(CENSORED, Some(words.get("chart-censored").to_owned()));
    }
    for place in places {
        drawing.sign(&CENSORED, place);
    }
}

fn told_survival(words: &Words, survival: &Survival) -> String {
    let mut values = vec![("done", survival.done.into()), ("waiting", survival.censored.len().into())];
    let Some(median) = survival.median else {
        return words.with("chart-survival-unknown", &values);
    };
    values.push(("time", plural_days(words, median).into()));
    words.with("chart-survival", &values)
}

/// "within 3 days"
fn within(words: &Words, time: String) -> String {
    words.with("chart-within", &[("time", time.into())])
}

fn plural_days(words: &Words, days: u64) -> String {
    words.count("days", usize::try_from(days).unwrap_or(usize::MAX))
}

fn percent(words: &Words, share: u64) -> Cell {
    Cell::text(in_percent(words, (share + 50) / 100))
}

fn duration_of(words: &Words, minutes: u64) -> String {
    duration(words, i64::try_from(minutes).unwrap_or(i64::MAX))
}
