//! Tables that the program makes itself: of ledgers, and of the figures under a chart.

use serde::Serialize;

use crate::markdown::write::{self, cell_text};
use crate::render::wording::DateView;

/// A table with a name. With four columns or more its rows stack on a phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Table {
    /// What a screen reader calls it.
    label: String,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    /// Whether its rows stack on a phone.
    stacked: bool,
    /// Whether all columns but the first are figures, which are read side by side.
    counts: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Column {
    name: String,
    /// Whether it holds figures, which stand to the right.
    numeric: bool,
}

/// A cell: words, with what else there is to them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct Cell {
    text: String,
    /// The same as HTML, where it is more than plain words; goes before `text`.
    html: Option<String>,
    /// A page of this site, from its root.
    url: Option<String>,
    /// For `<time datetime>`.
    machine: Option<String>,
    /// The class of a badge: `done`, `overdue`.
    badge: Option<String>,
    /// A remark behind the words.
    note: String,
}

/// From this number of columns on, rows stack on a phone.
const STACKED_COLUMNS: usize = 4;

impl Table {
    /// A table of rows, each with as many cells as there are columns.
    pub(super) fn new(label: impl Into<String>, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Self {
        let stacked = columns.len() >= STACKED_COLUMNS;
        let counts = columns.iter().skip(1).all(|column| column.numeric) && columns.len() > 1;
        Self { label: label.into(), columns, rows, stacked, counts }
    }

    /// The same, whose rows stack on a phone however few columns there are: one of them is wide.
    pub(super) fn stacking(self) -> Self {
        Self { stacked: true, ..self }
    }

    /// The same with its rows as rows on a phone, too: of figures that are read down a column.
    pub(super) fn unstacked(self) -> Self {
        Self { stacked: false, ..self }
    }

    /// The same without the columns of which no row says anything.
    pub(super) fn without_empty_columns(self) -> Self {
        let says = |at: usize| self.rows.iter().any(|row| row.get(at).is_some_and(|cell| *cell != Cell::default()));
        let kept: Vec<bool> = (0..self.columns.len()).map(says).collect();
        let keep = |at: &usize| kept.get(*at).copied().unwrap_or_default();
        let columns = self.columns.into_iter().enumerate().filter(|(at, _)| keep(at)).map(|(_, column)| column).collect();
        let row = |row: Vec<Cell>| row.into_iter().enumerate().filter(|(at, _)| keep(at)).map(|(_, cell)| cell).collect();
        Self::new(self.label, columns, self.rows.into_iter().map(row).collect())
    }

    /// The table as Markdown, in plain words.
    pub(super) fn markdown(&self) -> String {
        let names = self.columns.iter().map(|column| cell_text(&column.name)).collect();
        let rules = self.columns.iter().map(|column| if column.numeric { "--:" } else { "---" });
        let words = |cell: &Cell| cell_text(&format!("{} {}", cell.text, cell.note));
        write::table(names, rules, self.rows.iter().map(|row| row.iter().map(words).collect()))
    }

    /// Whether it has no cells.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.iter().all(Vec::is_empty)
    }
}

impl Column {
    /// A column of words.
    pub(super) fn words(name: impl Into<String>) -> Self {
        Self { name: name.into(), numeric: false }
    }

    /// A column of figures, set to the right.
    pub(super) fn figures(name: impl Into<String>) -> Self {
        Self { name: name.into(), numeric: true }
    }
}

impl Cell {
    /// Plain words.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Words that a document wrote, printed by [`crate::render::prose::Prose`].
    pub(super) fn html(html: impl Into<String>) -> Self {
        Self { html: Some(html.into()), ..Self::default() }
    }

    /// The same with the plain words that [`Table::markdown`] prints in place of the HTML.
    pub(super) fn plain(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }

    /// A link to a page of this site.
    pub(super) fn link(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self { text: text.into(), url: Some(url.into()), ..Self::default() }
    }

    /// A day or moment.
    pub(super) fn date(date: &DateView) -> Self {
        Self { text: date.text.clone(), machine: Some(date.machine.clone()), ..Self::default() }
    }

    /// A word of state, told by a badge.
    pub(super) fn badge(text: impl Into<String>, class: impl Into<String>) -> Self {
        Self { text: text.into(), badge: Some(class.into()), ..Self::default() }
    }

    /// The same with a remark behind it.
    pub(super) fn noted(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }
}
