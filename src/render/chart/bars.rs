//! Labelled bars, the longest first or in the order given. The name and the number stand above the bar, so that both have room on a telephone.

use std::collections::BTreeSet;

use super::draw::{Anchor, Area, Drawing};
use super::scale::Across;
use super::{Cell, Chart, Column, Figures, Frame, linked, number};
use crate::render::wording::percent;
use crate::theme::Words;

/// What bars show.
#[derive(Debug, Clone)]
pub(in crate::render) struct Bars {
    /// What a bar is: "Service".
    pub(in crate::render) name: String,
    /// What is counted: "Incidents".
    pub(in crate::render) counted: String,
    /// What a bar over the whole width stands for; the longest bar where nothing is said.
    pub(in crate::render) whole: Option<usize>,
    /// Bars from top to bottom.
    pub(in crate::render) entries: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone, Default)]
pub(in crate::render) struct Bar {
    /// Its name.
    pub(in crate::render) name: String,
    /// Where it is told, from the top of the site.
    pub(in crate::render) url: Option<String>,
    /// How long it is.
    pub(in crate::render) count: usize,
    /// What is said beside the count: "24%".
    pub(in crate::render) note: String,
}

/// How many bars a figure has; the rest are in the table.
const MOST: usize = 15;
const ROW: i64 = 35;

/// Draws bars in the order given.
pub(in crate::render) fn bars(frame: &Frame, bars: &Bars) -> Chart {
    let words = frame.words;
    let longest = bars.entries.iter().map(|bar| bar.count).max().unwrap_or_default();
    if longest == 0 {
        return frame.nothing(words.get("chart-nothing-to-count"));
    }
    let mut drawing = Drawing::slim(frame);
    let mut top = 0;
    for bar in bars.entries.iter().take(MOST) {
        let href = bar.url.as_ref().map(|url| format!("{}{url}", frame.root));
        let number = told(words, bar);
        let room = 48_usize.saturating_sub(number.chars().count()).max(12);
        drawing.named(href.as_deref(), &bar.name, |drawing| {
            drawing.row_name(top, &bar.name, room);
        });
        drawing.text("note", (Across::RIGHT, top + 14), Anchor::End, &number);
        drawing.rect("track", Area { from: Across::LEFT, to: Across::RIGHT, top: top + 20, height: 8 });
        let to = Across::share(bar.count as u64, bars.whole.unwrap_or(longest) as u64);
        drawing.rect("bar", Area { from: Across::LEFT, to, top: top + 20, height: 8 });
        top += ROW;
    }
    let told: Vec<String> = bars.entries.iter().take(MOST).map(|bar| format!("{} {}", bar.name, told(words, bar))).collect();
    let finished = drawing.finish(frame, top, &words.with("chart-bars", &[("bars", told.join("; ").into())]));
    let all = bars.entries.len();
    let left_out: Vec<String> =
        (all > MOST).then(|| words.with("chart-first-shown", &[("shown", MOST.into()), ("count", all.into())])).into_iter().collect();
    let mut columns = vec![Column::words(&bars.name), Column::figures(&bars.counted)];
    let noted = bars.entries.iter().any(|bar| !bar.note.is_empty());
    if noted {
        columns.push(Column::figures(words.get("column-share")));
    }
    let mut rows = Figures::of(columns);
    for bar in &bars.entries {
        let mut row = vec![linked(&bar.name, bar.url.as_deref()), number(words, bar.count)];
        if noted {
            row.push(Cell::text(bar.note.clone()));
        }
        rows.rows.push(row);
    }
    frame.chart(finished, &left_out, rows)
}

/// Causes, each with the incidents it was at work in, as bars: the first of them stand behind most. `known` is how many incidents have any.
pub(in crate::render) fn causes(frame: &Frame, counted: &str, sets: Vec<(Bar, Vec<usize>)>, known: usize) -> Chart {
    let entries = pareto(frame.words, sets, known);
    bars(frame, &Bars { name: frame.words.get("column-cause").to_owned(), counted: counted.to_owned(), whole: None, entries })
}

/// Bars of sets, the largest first, with what each holds of `of` things said beside it, and from the second on what it and those above it hold
/// together: a thing may be in several sets and counts once.
pub(super) fn pareto(words: &Words, sets: Vec<(Bar, Vec<usize>)>, of: usize) -> Vec<Bar> {
    let mut sets = sets;
    sets.sort_by(|(a, of_a), (b, of_b)| of_b.len().cmp(&of_a.len()).then_with(|| a.name.cmp(&b.name)));
    let mut together: BTreeSet<usize> = BTreeSet::new();
    let bars = sets.into_iter().enumerate().map(|(n, (bar, set))| {
        together.extend(set.iter().copied());
        let own = percent(words, set.len(), of);
        let note = if n == 0 {
            own
        } else {
            words.with("chart-together", &[("share", own.into()), ("sum", percent(words, together.len(), of).into())])
        };
        Bar { count: set.len(), note, ..bar }
    });
    bars.collect()
}

/// "12 · 24%"
fn told(words: &Words, bar: &Bar) -> String {
    if bar.note.is_empty() { words.number(bar.count) } else { format!("{} · {}", words.number(bar.count), bar.note) }
}
