//! Plots: figures in, an accessible drawing and the same figures as a table out.
//!
//! Each plot is a pure function and knows nothing of incidents or pages. A drawing is as wide as its place: coordinates across are shares of
//! the width and coordinates down are pixels, so that letters, lines and dots keep their size on a telephone and on a desk, and one drawing
//! serves both. Nothing is told by colour alone, and no number is a float: the same figures give the same bytes on every machine.

mod bars;
mod coverage;
mod curve;
mod draw;
mod grid;
mod phases;
mod scale;
mod strip;
mod years;

use serde::Serialize;

use super::table::{Cell, Column, Table};
use crate::theme::Words;

pub(super) use bars::{Bar, Bars, bars, causes};
pub(super) use coverage::{CoverageRow, coverage};
pub(super) use curve::{Curve, CurveStep, Survival, distribution, survival};
pub(super) use grid::{Grid, GridColumn, GridRow, calendar, heat_map};
pub(super) use phases::{PhaseBar, PhasePart, phase_bars};
pub(super) use strip::{Group, Mark, Middle, Strip, strip};
pub(super) use years::{Year, years};

/// A plot for the partial `partials/chart.html`. A page that shows one links `figures.css`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Chart {
    /// Of the figure, unique on its page.
    pub(super) id: String,
    /// What is shown.
    pub(super) title: String,
    /// How it is read and what was left out; where there is nothing to draw, the sentence that says so.
    pub(super) caption: String,
    /// What each sign in the drawing means.
    pub(super) key: Vec<KeyEntry>,
    /// The drawing: one `<svg>` element in which every text is escaped; empty where there is nothing to draw.
    pub(super) svg_html: String,
    /// The same figures.
    pub(super) table: Table,
}

/// A sign of the drawing and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct KeyEntry {
    /// The id of the sign, defined in the drawing.
    pub(super) id: String,
    /// Its class.
    pub(super) class: String,
    /// What it means.
    pub(super) text: String,
}

/// What every plot is told beside its figures.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    /// Of the figure, unique on its page.
    pub(super) id: &'a str,
    /// What is shown.
    pub(super) title: &'a str,
    /// How it is read, in whole sentences; the plot adds what it had to do.
    pub(super) caption: &'a str,
    /// Leads from the page to the top of the site.
    pub(super) root: &'a str,
    /// What is said.
    pub(super) words: &'a Words,
}

/// The figures of a plot in rows, before they are a table.
struct Figures {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    /// The message where rows are left out.
    rest: &'static str,
}

/// The message on a table of incidents that is cut.
const REST: &str = "chart-cut-incidents";
/// How many rows a table under a figure has at most.
const MOST_ROWS: usize = 100;

impl Frame<'_> {
    /// A plot with nothing in it: a sentence.
    fn nothing(&self, sentence: &str) -> Chart {
        Chart {
            id: self.id.to_owned(),
            title: self.title.to_owned(),
            caption: sentence.to_owned(),
            key: Vec::new(),
            svg_html: String::new(),
            table: Table::new(self.title, Vec::new(), Vec::new()),
        }
    }

    /// The plot. `notes` are sentences that follow the caption.
    fn chart(&self, drawing: draw::Finished, notes: &[String], mut figures: Figures) -> Chart {
        let mut sentences: Vec<&str> = vec![self.caption];
        sentences.extend(notes.iter().map(String::as_str));
        let cut = (figures.rows.len() > MOST_ROWS).then(|| {
            let all = figures.rows.len();
            figures.rows.truncate(MOST_ROWS);
            self.words.with(figures.rest, &[("shown", MOST_ROWS.into()), ("count", all.into())])
        });
        sentences.extend(cut.as_deref());
        sentences.retain(|sentence| !sentence.is_empty());
        Chart {
            id: self.id.to_owned(),
            title: self.title.to_owned(),
            caption: sentences.join(" "),
            key: drawing.key,
            svg_html: drawing.svg,
            table: Table::new(self.title, figures.columns, figures.rows),
        }
    }
}

impl Figures {
    /// No rows yet.
    fn of(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new(), rest: "chart-cut" }
    }
}

/// A text that leads to a page of the site, if there is one.
fn linked(text: &str, url: Option<&str>) -> Cell {
    url.map_or_else(|| Cell::text(text), |url| Cell::link(text, url))
}

/// "14 known, 3 not"
fn known(words: &Words, known: usize, missing: usize) -> String {
    let id = if missing > 0 { "chart-known-and-not" } else { "chart-known" };
    words.with(id, &[("count", known.into()), ("missing", missing.into())])
}

/// A number.
fn number(words: &Words, number: usize) -> Cell {
    Cell::text(words.number(number))
}

#[cfg(test)]
mod tests;
