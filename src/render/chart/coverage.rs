//! What is done about each cause: prevent it, make it less bad, notice it sooner. Empty cells are the list of what to do.

use super::draw::{Anchor, Area, Drawing, Sign};
use super::scale::Across;
use super::{Cell, Chart, Column, Figures, Frame, linked};
use crate::knowledge::{Control, Controls};
use crate::theme::Words;

/// A cause and its controls.
#[derive(Debug, Clone)]
pub(in crate::render) struct CoverageRow {
    /// The name of the cause.
    pub(in crate::render) name: String,
    /// Where it is told, from the top of the site.
    pub(in crate::render) url: Option<String>,
    /// The actions that answer it; those that were given up are not shown.
    pub(in crate::render) controls: Controls,
}

impl CoverageRow {
    fn says_something(&self) -> bool {
        self.controls.each().iter().any(|control| !control.is_empty())
    }
}

const NAMES: i64 = 3_400;
const ROW: i64 = 38;
const TALL_ROW: i64 = 54;
const HEAD: i64 = 20;
const DONE: Sign = Sign { name: "done", class: "done", path: "M-5 0A5 5 0 0 1 5 0 5 5 0 0 1-5 0Z" };
const OPEN: Sign = Sign { name: "open", class: "undone", path: "M-4.5 0A4.5 4.5 0 0 1 4.5 0 4.5 4.5 0 0 1-4.5 0Z" };
const UNSAID: Sign = Sign { name: "unsaid", class: "unsaid", path: "M-5-1.5H5V1.5H-5Z" };
const NONE: Sign = Sign { name: "none", class: "lacking", path: "M-4-4L4 4M-4 4L4-4" };

/// The signs and words of a control: "2 done", "1 open", "none".
fn told(words: &Words, control: Control) -> Vec<(Sign, String)> {
    let states =
        [(control.done, DONE, "actions-done-count"), (control.open, OPEN, "actions-open-count"), (control.unsaid, UNSAID, "chart-unsaid")];
    let told = states.into_iter().filter(|(count, ..)| *count > 0).map(|(count, sign, id)| (sign, words.count(id, count)));
    let told: Vec<_> = told.collect();
    if told.is_empty() { vec![(NONE, words.get("no-control").to_owned())] } else { told }
}

/// Draws causes by controls.
pub(in crate::render) fn coverage(frame: &Frame, rows: &[CoverageRow]) -> Chart {
    let words = frame.words;
    if rows.is_empty() {
        return frame.nothing(words.get("chart-no-controls"));
    }
    // Rows of nothing would hide what is done; they are named below, and in the table.
    let (drawn, bare): (Vec<&CoverageRow>, Vec<&CoverageRow>) = rows.iter().partition(|row| row.says_something());
    let (drawn, bare) = if drawn.is_empty() { (bare, drawn) } else { (drawn, bare) };
    let mut drawing = Drawing::slim(frame);
    let edge = |n: i64| Across(NAMES + n * (10_000 - NAMES) / 3);
    for (n, name) in (0..).zip(["action-kind-prevent", "action-kind-mitigate", "action-kind-detect"]) {
        drawing.text("tick", (Across(edge(n).0 + 150), 12), Anchor::Start, words.get(name));
    }
    let mut top = HEAD;
    let mut empty = 0;
    for row in &drawn {
        let all = row.controls.each();
        let height = if all.iter().any(|control| told(words, *control).len() > 2) { TALL_ROW } else { ROW };
        drawing.row_heading(frame, &row.name, row.url.as_deref(), (top, height));
        for (n, control) in (0..).zip(all) {
            let told = told(words, control);
            empty += usize::from(control.is_empty());
            let area = Area { from: edge(n), to: Across(edge(n + 1).0 - 60), top: top + 2, height: height - 4 };
            drawing.rect(if control.is_empty() { "cell gap" } else { "cell" }, area);
            let start = top + height / 2 - 8 * (i64::try_from(told.len()).unwrap_or(1) - 1);
            for (line, (sign, text)) in (0_i64..).zip(&told) {
                let y = start + line * 16;
                // Nine pixels on a telephone for half a sign, and a little more on a desk.
                drawing.sign(sign, (Across(edge(n).0 + 330), y));
                drawing.text("count", (Across(edge(n).0 + 620), y + 4), Anchor::Start, text);
            }
        }
        top += height;
    }
    for sign in [DONE, OPEN, UNSAID, NONE] {
        drawing.define(sign, None);
    }
    let description = words.with("chart-controls", &[("count", drawn.len().into()), ("empty", empty.into())]);
    let finished = drawing.finish(frame, top + 4, &description);
    let texts = |control| told(words, control).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(words.get("list-comma"));
    let mut figures = Figures::of(vec![
        Column::words(words.get("column-cause")),
        Column::words(words.get("column-prevent")),
        Column::words(words.get("column-mitigate")),
        Column::words(words.get("column-detect")),
    ]);
    figures.rows = rows
        .iter()
        .map(|row| {
            let mut cells = vec![linked(&row.name, row.url.as_deref())];
            cells.extend(row.controls.each().map(|control| Cell::text(texts(control))));
            cells
        })
        .collect();
    let bare: Vec<&str> = bare.iter().map(|row| row.name.as_str()).collect();
    let left_out = (!bare.is_empty()).then(|| words.with("chart-bare", &[("causes", bare.join(words.get("list-comma")).into())]));
    frame.chart(finished, &Vec::from_iter(left_out), figures)
}
