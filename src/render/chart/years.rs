//! A small strip of years: how many incidents each had.

use super::draw::{Anchor, Area, Drawing};
use super::scale::Across;
use super::{Chart, Column, Figures, Frame, linked, number};

/// A year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Year {
    /// Its name: "2026".
    pub(in crate::render) name: String,
    /// Where its incidents are, from the top of the site.
    pub(in crate::render) url: Option<String>,
    /// How many there were.
    pub(in crate::render) count: usize,
}

/// How many years are shown, the last ones, and how many where counts have four digits; a year never takes more than an eighth of the width.
const MOST: usize = 12;
const LEAST: usize = 8;
const TALLEST: i64 = 36;
const FOOT: i64 = 16 + TALLEST;

/// Draws the last of the years, which are given in order of time.
pub(in crate::render) fn years(frame: &Frame, years: &[Year]) -> Chart {
    let words = frame.words;
    let fit = if years.iter().any(|year| year.count > 999) { LEAST } else { MOST };
    let shown = years.get(years.len().saturating_sub(fit)..).unwrap_or_default();
    let most = shown.iter().map(|year| year.count).max().unwrap_or_default();
    if most == 0 {
        return frame.nothing(words.get("chart-nothing-to-count"));
    }
    let mut drawing = Drawing::slim(frame);
    let places = shown.len().max(LEAST) as u64;
    for (n, year) in (0_u64..).zip(shown) {
        let (from, to) = (Across::share(n, places), Across::share(n + 1, places));
        let height = TALLEST * i64::try_from(year.count).unwrap_or_default() / i64::try_from(most).unwrap_or(1);
        // A count that is not zero is at least a pixel high.
        let height = if year.count > 0 { height.max(1) } else { 0 };
        let gap = (to.0 - from.0) / 10;
        let area = Area { from: Across(from.0 + gap), to: Across(to.0 - gap), top: FOOT - height, height };
        let middle = Across(i64::midpoint(from.0, to.0));
        drawing.rect("bar", area);
        drawing.text(if year.count > 0 { "count" } else { "none" }, (middle, FOOT - height - 4), Anchor::Middle, &year.count.to_string());
        let href = year.url.as_ref().filter(|_| year.count > 0).map(|url| format!("{}{url}", frame.root));
        let name =
            words.with("label-and-text", &[("label", year.name.as_str().into()), ("text", words.count("incidents", year.count).into())]);
        drawing.named(href.as_deref(), &name, |drawing| drawing.column_name((middle, FOOT + 15), &year.name));
    }
    let last = Across::share(shown.len() as u64, places);
    drawing.line("axis", (Across::LEFT, FOOT), (last, FOOT));
    let told: Vec<String> = shown
        .iter()
        .map(|year| words.with("chart-in-year", &[("count", year.count.into()), ("year", year.name.as_str().into())]))
        .collect();
    let finished = drawing.finish(frame, FOOT + 22, &words.with("chart-years", &[("counts", words.row(&told).into())]));
    let earlier: usize = years.iter().rev().skip(fit).map(|year| year.count).sum();
    let notes: Vec<String> = (earlier > 0).then(|| words.count("chart-earlier", earlier)).into_iter().collect();
    let mut rows = Figures::of(vec![Column::words(words.get("column-year")), Column::figures(words.get("column-incidents"))]);
    let newest_first = years.iter().rev().filter(|year| year.count > 0);
    rows.rows = newest_first.map(|year| vec![linked(&year.name, year.url.as_deref()), number(words, year.count)]).collect();
    frame.chart(finished, &notes, rows)
}
