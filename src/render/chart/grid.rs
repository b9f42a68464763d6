//! Counts in rows and columns: causes by quarter, months by year. The count stands in its cell, and a shade repeats it.

use super::draw::{Anchor, Area, Drawing, width};
use super::scale::Across;
use super::{Cell, Chart, Column, Figures, Frame, linked, number};
use crate::theme::Words;

/// Counts in rows and columns.
#[derive(Debug, Clone)]
pub(in crate::render) struct Grid {
    /// What a row is: "Cause".
    pub(in crate::render) row_name: String,
    /// Columns from left to right.
    pub(in crate::render) columns: Vec<GridColumn>,
    /// Figures from top to bottom.
    pub(in crate::render) rows: Vec<GridRow>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct GridColumn {
    /// Its short name: "Q1".
    pub(in crate::render) name: String,
    /// What it belongs to: "2026". Said once for neighbours that share it.
    pub(in crate::render) group: String,
}

/// A row.
#[derive(Debug, Clone)]
pub(in crate::render) struct GridRow {
    /// Its name.
    pub(in crate::render) name: String,
    /// Where it is told, from the top of the site.
    pub(in crate::render) url: Option<String>,
    /// A count for each column; none where nothing could have been counted yet.
    pub(in crate::render) counts: Vec<Option<usize>>,
}

/// How much of the width names take.
const CAUSE_NAMES: i64 = 3_600;
const YEAR_NAMES: i64 = 1_300;
const TOTALS: i64 = 900;
const SHADES: usize = 5;
/// How many rows a figure has; the rest are in the table.
const MOST_ROWS: usize = 20;

/// Draws counts by cause (or anything else with a name of some length) and period.
pub(in crate::render) fn heat_map(frame: &Frame, grid: &Grid) -> Chart {
    draw(frame, grid, CAUSE_NAMES)
}

/// Draws counts by year and month.
pub(in crate::render) fn calendar(frame: &Frame, grid: &Grid) -> Chart {
    draw(frame, grid, YEAR_NAMES)
}

fn draw(frame: &Frame, grid: &Grid, names: i64) -> Chart {
    let words = frame.words;
    let most = grid.rows.iter().flat_map(|row| row.counts.iter().flatten()).max().copied().unwrap_or_default();
    if most == 0 || grid.columns.is_empty() {
        return frame.nothing(words.get("chart-nothing-to-count"));
    }
    let mut drawing = if names == CAUSE_NAMES { Drawing::new(frame) } else { Drawing::slim(frame) };
    let room = 10_000 - TOTALS - names;
    // Twelve months always have room. Of other columns as many of the last as leave room for their numbers on a telephone.
    let fit = usize::try_from(room / (width(&most.to_string()) + 110).max(540)).unwrap_or(1).clamp(1, grid.columns.len());
    let fit = if names == YEAR_NAMES { grid.columns.len() } else { fit };
    let first = grid.columns.len() - fit;
    let edge = |n: usize| Across(names + i64::try_from(n).unwrap_or(0) * room / i64::try_from(fit).unwrap_or(1));
    let head = heading(words, &mut drawing, grid.columns.get(first..).unwrap_or_default(), edge);
    let row_height = if names == CAUSE_NAMES { 32 } else { 28 };
    let mut top = head;
    for row in grid.rows.iter().take(MOST_ROWS) {
        drawing.row_heading(frame, &row.name, row.url.as_deref(), (top, row_height));
        for (n, count) in row.counts.iter().skip(first).take(fit).enumerate() {
            let Some(count) = count else { continue };
            let area = Area { from: edge(n), to: edge(n + 1), top: top + 1, height: row_height - 2 };
            let middle = Across(i64::midpoint(area.from.0, area.to.0));
            let shade = (count * SHADES).div_ceil(most);
            drawing.rect(&format!("heat heat-{shade}"), area);
            let (class, text) = if *count == 0 { ("none", "·".to_owned()) } else { ("count", count.to_string()) };
            drawing.text(class, (middle, top + row_height / 2 + 4), Anchor::Middle, &text);
        }
        let sum: usize = row.counts.iter().flatten().sum();
        drawing.text("note", (Across::RIGHT, top + row_height / 2 + 4), Anchor::End, &sum.to_string());
        top += row_height;
    }
    let rows: Vec<String> = grid.rows.iter().map(|row| format!("{} {}", row.name, row.counts.iter().flatten().sum::<usize>())).collect();
    let description = words.with(
        "chart-grid",
        &[
            ("rows", grid.rows.len().into()),
            ("count", grid.columns.len().into()),
            ("most", most.into()),
            ("sums", rows.join(words.get("list-comma")).into()),
        ],
    );
    let left_out = words.with("chart-last-columns", &[("shown", fit.into()), ("count", grid.columns.len().into())]);
    let mut notes: Vec<String> = (first > 0).then_some(left_out).into_iter().collect();
    if grid.rows.len() > MOST_ROWS {
        notes.push(words.with("chart-first-rows", &[("shown", MOST_ROWS.into()), ("count", grid.rows.len().into())]));
    }
    frame.chart(drawing.finish(frame, top + 4, &description), &notes, table(words, grid))
}

/// Names of the columns, and above them what they belong to; returns where the rows begin.
fn heading(words: &Words, drawing: &mut Drawing, columns: &[GridColumn], edge: impl Fn(usize) -> Across) -> i64 {
    let grouped = columns.iter().any(|column| !column.group.is_empty());
    let top = if grouped { 16 } else { 0 };
    let mut before = "";
    for (n, column) in columns.iter().enumerate() {
        if grouped && (n == 0 || column.group != before) {
            drawing.text("tick", (edge(n), 12), Anchor::Start, &column.group);
            before = &column.group;
        }
        let middle = Across(i64::midpoint(edge(n).0, edge(n + 1).0));
        drawing.column_name((middle, top + 12), &column.name);
    }
    drawing.text("tick", (Across::RIGHT, top + 12), Anchor::End, words.get("chart-all"));
    top + 18
}

fn table(words: &Words, grid: &Grid) -> Figures {
    let names: Vec<String> = grid.columns.iter().map(|column| format!("{} {}", column.name, column.group).trim().to_owned()).collect();
    let mut columns = vec![Column::words(&grid.row_name)];
    columns.extend(names.into_iter().map(Column::figures));
    columns.push(Column::figures(words.get("column-all")));
    let mut rows = Figures::of(columns);
    for row in &grid.rows {
        let mut cells = vec![linked(&row.name, row.url.as_deref())];
        cells.extend(row.counts.iter().map(|count| Cell::text(count.map(|count| count.to_string()).unwrap_or_default())));
        cells.resize(grid.columns.len() + 1, Cell::default());
        cells.push(number(words, row.counts.iter().flatten().sum()));
        rows.rows.push(cells);
    }
    rows
}
