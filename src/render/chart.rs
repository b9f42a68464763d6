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

pub(super) use bars::{Bar, Bars, bars, pareto};
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
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    /// Of the figure, unique on its page.
    pub(super) id: &'a str,
    /// What is shown.
    pub(super) title: &'a str,
    /// How it is read, in whole sentences; the plot adds what it had to do.
    pub(super) caption: &'a str,
    /// Leads from the page to the top of the site.
    pub(super) root: &'a str,
}

/// The figures of a plot in rows, before they are a table.
struct Figures {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    /// Where the rows are that a table leaves out: "every incident is in incidents.csv".
    rest: &'static str,
}

/// Where the rest of a table of incidents is.
const REST: &str = "; every incident is in incidents.csv";
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
            format!("The table shows {MOST_ROWS} of {all} rows{}.", figures.rest)
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
        Self { columns, rows: Vec::new(), rest: "" }
    }
}

/// A text that leads to a page of the site, if there is one.
fn linked(text: &str, url: Option<&str>) -> Cell {
    url.map_or_else(|| Cell::text(text), |url| Cell::link(text, url))
}

/// A number.
fn number(number: usize) -> Cell {
    Cell::text(crate::render::wording::thousands(number))
}

#[cfg(test)]
mod tests;
