//! Rows in aligned columns that fit the terminal.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::report;

/// What stands between two columns.
const GAP: &str = "  ";
/// The fewest columns of the terminal that a flexible column is cut to.
const NARROWEST: usize = 10;
/// A flexible column that is cut to less than this is better off without an optional column beside it.
const COMFORTABLE: usize = 24;

/// A column of a table.
pub(super) struct Column<R> {
    name: &'static str,
    cell: Box<dyn Fn(&R) -> String>,
    style: fn(&R) -> Style,
    /// Whether its cells may be cut.
    is_flexible: bool,
    /// Whether it is left out where there is little room.
    is_optional: bool,
    /// Whether its cells are set to the right.
    is_numeric: bool,
}

/// How a cell looks where colours are wanted; the words say it, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Alarm,
    Attention,
    Good,
    Faint,
}

impl Style {
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Alarm => Some("1;31"),
            Self::Attention => Some("33"),
            Self::Good => Some("32"),
            Self::Faint => Some("2"),
        }
    }
}

impl<R> Column<R> {
    /// A column of words that are never cut.
    pub(super) fn fixed(name: &'static str, cell: impl Fn(&R) -> String + 'static) -> Self {
        Self { name, cell: Box::new(cell), style: |_| Style::Plain, is_flexible: false, is_optional: false, is_numeric: false }
    }

    /// A column of words that are cut where the terminal is too narrow for them.
    pub(super) fn flexible(name: &'static str, cell: impl Fn(&R) -> String + 'static) -> Self {
        Self { is_flexible: true, ..Self::fixed(name, cell) }
    }

    /// A column of figures.
    pub(super) fn figures(name: &'static str, cell: impl Fn(&R) -> String + 'static) -> Self {
        Self { is_numeric: true, ..Self::fixed(name, cell) }
    }

    /// The same, left out where the terminal is too narrow for the others.
    pub(super) fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }

    /// The same with a look for each cell.
    pub(super) fn styled(self, style: fn(&R) -> Style) -> Self {
        Self { style, ..self }
    }
}

/// Rows as a table of at most so many columns of the terminal, where flexible columns can be cut to that; nothing where there are no rows.
/// Columns in which no row says anything are left out.
pub(super) fn text<R>(rows: &[R], columns: Vec<Column<R>>, width: Option<usize>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    // What a document wrote may not move the cursor.
    let cells = |column: &Column<R>| -> Vec<String> { rows.iter().map(|row| report::visible(&(column.cell)(row)).into_owned()).collect() };
    let with_cells = |column: Column<R>| {
        let cells = cells(&column);
        let natural = cells.iter().map(|cell| cell.width()).max().unwrap_or(0).max(column.name.width());
        Set { column, cells, width: natural }
    };
    let says_something = |set: &Set<R>| set.cells.iter().any(|cell| !cell.is_empty());
    let mut columns: Vec<Set<R>> = columns.into_iter().map(with_cells).filter(says_something).collect();
    if let Some(width) = width {
        fit(&mut columns, width);
    }
    let mut text = String::new();
    let heads = columns.iter().map(|set| set.cell(set.column.name, Some("1")));
    line(heads, &mut text);
    for (n, row) in rows.iter().enumerate() {
        let cells = columns.iter().map(|set| set.cell(set.cells.get(n).map_or("", String::as_str), (set.column.style)(row).code()));
        line(cells, &mut text);
    }
    text
}

/// A column with what stands in it, and how wide it is set.
struct Set<R> {
    column: Column<R>,
    cells: Vec<String>,
    width: usize,
}

/// Leaves out optional columns, the last first, until the others have room, then takes from the widest of the flexible ones until the line fits.
fn fit<R>(columns: &mut Vec<Set<R>>, limit: usize) {
    let total = |columns: &[Set<R>], width: &dyn Fn(&Set<R>) -> usize| {
        columns.iter().map(width).sum::<usize>() + GAP.len() * columns.len().saturating_sub(1)
    };
    let comfortable = |set: &Set<R>| if set.column.is_flexible { set.width.min(COMFORTABLE) } else { set.width };
    while total(columns, &comfortable) > limit
        && let Some(last) = columns.iter().rposition(|set| set.column.is_optional)
    {
        columns.remove(last);
    }
    while total(columns, &|set| set.width) > limit {
        let candidates = columns.iter_mut().filter(|set| set.column.is_flexible && set.width > NARROWEST);
        let Some(widest) = candidates.max_by_key(|set| set.width) else { return };
        widest.width -= 1;
    }
}

fn line(cells: impl Iterator<Item = String>, text: &mut String) {
    let cells: Vec<String> = cells.collect();
    text.push_str(cells.join(GAP).trim_end());
    text.push('\n');
}

impl<R> Set<R> {
    /// A cell cut and filled to the width of the column.
    fn cell(&self, cell: &str, code: Option<&str>) -> String {
        let cell = cut(cell, self.width);
        let fill = " ".repeat(self.width.saturating_sub(cell.width()));
        let styled = match code.filter(|_| !cell.is_empty()) {
            Some(code) => format!("\u{1b}[{code}m{cell}\u{1b}[0m"),
            None => cell,
        };
        if self.column.is_numeric { format!("{fill}{styled}") } else { format!("{styled}{fill}") }
    }
}

/// The beginning of a text that fits, marked as cut, never within what a reader takes for one character.
fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for grapheme in text.graphemes(true) {
        if kept.width() + grapheme.width() + 1 > width {
            break;
        }
        kept.push_str(grapheme);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column<(&'static str, usize)>> {
        vec![
            Column::flexible("Word", |row: &(&str, usize)| row.0.to_owned()),
            Column::figures("Count", |row: &(&str, usize)| row.1.to_string()),
            Column::fixed("Nothing", |_| String::new()),
            Column::fixed("Kind", |row: &(&str, usize)| if row.1 == 7 { "a long remark".into() } else { String::new() }).optional(),
        ]
    }

    fn plain(rows: &[(&'static str, usize)], width: Option<usize>) -> String {
        let mut text = text(rows, columns(), width);
        for code in ["\u{1b}[1m", "\u{1b}[0m"] {
            text = text.replace(code, "");
        }
        text
    }

    #[test]
    fn columns_are_as_wide_as_what_stands_in_them() {
        let rows = [("a", 1), ("停止", 20), ("e\u{301}t\u{e9}", 300)];
        assert_eq!(plain(&rows, None), "Word  Count\na         1\n停止     20\ne\u{301}t\u{e9}     300\n");
        assert_eq!(plain(&[], None), "");
    }

    #[test]
    fn words_are_cut_where_the_terminal_ends() {
        let rows = [("Alert a week before the certificate ends", 1), ("停止停止停止停止停止", 2)];
        assert_eq!(plain(&rows, Some(24)), "Word               Count\nAlert a week bef…      1\n停止停止停止停止…      2\n");
        assert!(plain(&rows, Some(5)).lines().all(|line| line.width() == NARROWEST + GAP.len() + 5));
    }

    #[test]
    fn what_is_optional_makes_room_for_the_rest() {
        let rows = [("Alert a week before the certificate ends", 7)];
        assert_eq!(plain(&rows, Some(46)), "Word                      Count  Kind\nAlert a week before the…      7  a long remark\n");
        assert_eq!(
            plain(&rows, Some(45)),
            "Word                                    Count\nAlert a week before the certificate e…      7\n"
        );
    }

    #[test]
    fn nothing_in_a_cell_moves_the_cursor() {
        assert_eq!(plain(&[("\u{1b}[2Jx\ny", 1)], None), "Word           Count\n\\u{1b}[2Jx\\ny      1\n");
    }
}
