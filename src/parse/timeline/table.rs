//! Timelines that are tables: which column holds what.

use jiff::tz::TimeZone;

use super::row::Row;
use crate::diagnostic::{Span, Spanned};
use crate::markdown::text::plain_text;
use crate::markdown::{Block, BlockKind, Cell, Inline, InlineKind, Table, TableRow};
use crate::parse::inline;
use crate::parse::moment::{self, Written, Wrong, zone};
use crate::parse::vocabulary::{EVENT_COLUMNS, EventColumn};

/// The columns of a timeline, by number.
#[derive(Debug, Default)]
pub(super) struct Columns {
    date: Option<usize>,
    time: Option<usize>,
    event: Option<usize>,
    kind: Option<usize>,
    /// The zone that the header of the times names.
    pub(super) zone: Option<TimeZone>,
}

impl Columns {
    /// The columns of a table: by the words of its header, else the first column whose cells are mostly times.
    pub(super) fn of(table: &Table) -> Self {
        let headers: Vec<_> = table.header.cells.iter().map(|cell| plain_text(&cell.content)).collect();
        let mut columns = Self::default();
        for (at, header) in headers.iter().enumerate() {
            let place = match role(header) {
                Some(EventColumn::Date) => &mut columns.date,
                Some(EventColumn::Time) => &mut columns.time,
                Some(EventColumn::Event) => &mut columns.event,
                Some(EventColumn::Kind) => &mut columns.kind,
                None => continue,
            };
            place.get_or_insert(at);
        }
        if columns.time.is_none() {
            columns.time = columns.date.take().or_else(|| column_of_times(table));
        }
        if columns.event.is_none() {
            let others = [columns.date, columns.time, columns.kind];
            columns.event = (0..headers.len()).find(|at| !others.contains(&Some(*at)));
        }
        columns.zone = columns.time.and_then(|at| zone::named_in(headers.get(at)?));
        columns
    }

    /// The time of a row.
    pub(super) fn reading(&self, row: &TableRow) -> Option<Result<Written, Wrong>> {
        let written = self.written(row).value;
        match moment::prefix(&written) {
            Ok(found) => found.map(|(written, _)| Ok(written)),
            Err(wrong) => Some(Err(wrong)),
        }
    }

    /// The time of a row as written, date and time together where they have columns of their own.
    pub(super) fn written(&self, row: &TableRow) -> Spanned<String> {
        let cells: Vec<&Cell> = [self.date, self.time].into_iter().flatten().filter_map(|at| row.cells.get(at)).collect();
        let texts: Vec<_> = cells.iter().map(|cell| plain_text(&cell.content).trim().to_owned()).filter(|text| !text.is_empty()).collect();
        let span = cells.iter().map(|cell| cell.span).reduce(Span::to).unwrap_or(Span::at(row.span.range().start));
        Spanned::new(texts.join(" "), span)
    }

    /// The event of a row. Cells of other columns follow its words, each under the name of its column.
    pub(super) fn row(&self, row: TableRow, header: &TableRow) -> Row {
        let reading = self.reading(&row).or_else(|| self.looks_meant(&row));
        let written = self.written(&row);
        let (mut words, mut more, mut kind) = (Vec::new(), Vec::new(), None);
        for (at, cell) in row.cells.into_iter().enumerate() {
            if Some(at) == self.event {
                words = cell.content;
            } else if Some(at) == self.kind {
                kind = Some(Spanned::new(plain_text(&cell.content).trim().to_owned(), cell.span)).filter(|kind| !kind.value.is_empty());
            } else if [self.date, self.time].contains(&Some(at)) {
                // Comments and footnotes beside a time stay with the event.
                words.splice(0..0, inline::marks(cell.content));
            } else if !cell.content.is_empty() {
                let name = header.cells.get(at).map(|cell| cell.content.clone()).unwrap_or_default();
                more.push(named(name, cell));
            }
        }
        Row { reading, written, words, more, kind, span: row.span }
    }

    /// A cell with figures that are no time, in a column of times, is a time gone wrong, unless it says itself that the time is not known.
    fn looks_meant(&self, row: &TableRow) -> Option<Result<Written, Wrong>> {
        let text = self.written(row).value;
        let unknown = text.contains('?')
            || text
                .to_lowercase()
                .split(|c: char| !c.is_alphabetic())
                .any(|word| ["xx", "yyyy", "mm", "dd", "hh", "tbd", "tbc", "tba", "unknown", "day", "step", "phase"].contains(&word));
        let meant = text.starts_with(|c: char| c.is_ascii_digit()) && !unknown;
        meant.then(|| Err(Wrong { why: "it is no date or time".to_owned(), len: text.len() }))
    }
}

/// What a header says its column holds.
fn role(header: &str) -> Option<EventColumn> {
    let lower = header.to_lowercase();
    let words: Vec<_> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let named = EVENT_COLUMNS.iter().find(|(word, _)| words.contains(word)).map(|(_, column)| *column);
    // "UTC" alone is a column of times.
    named.or_else(|| (words.len() == 1 && zone::named(header.trim()).is_some()).then_some(EventColumn::Time))
}

fn column_of_times(table: &Table) -> Option<usize> {
    (0..table.header.cells.len()).find(|at| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(*at));
        let (mut timed, mut all) = (0, 0);
        for cell in cells {
            all += 1;
            timed += usize::from(matches!(moment::whole(&plain_text(&cell.content)), Ok(Some(_))));
        }
        timed > 0 && timed * 2 >= all
    })
}

/// A further cell as a paragraph: "**Who**: …".
fn named(name: Vec<Inline>, cell: Cell) -> Block {
    let mut content = Vec::new();
    if !name.is_empty() {
        content.push(Inline { span: Span::at(cell.span.range().start), kind: InlineKind::Strong(name) });
        content.push(inline::text(": ", Span::at(cell.span.range().start)));
    }
    content.extend(cell.content);
    Block { span: cell.span, kind: BlockKind::Paragraph(content) }
}

/// Whether nothing is written in a row.
pub(super) fn is_blank(row: &TableRow) -> bool {
    row.cells.iter().all(|cell| cell.content.is_empty())
}
