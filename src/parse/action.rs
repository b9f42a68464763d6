//! Action items: tables with known columns, task lists and plain lists in sections on actions.

#[cfg(test)]
mod tests;

use jiff::civil::Date;

use super::field::{choose, not_among};
use super::finding::Findings;
use super::moment::{self, Day};
use super::timeline::push_prose;
use super::vocabulary::{ACTION_COLUMNS, ActionColumn, KIND_WORDS, STATUS_WORDS, TICKS, gives_reason, is_nothing};
use super::{UNREADABLE_DATE, inline};
use crate::config::ActionAspect;
use crate::diagnostic::{Span, Spanned};
use crate::markdown::text::plain_text;
use crate::markdown::{Block, BlockKind, Cell, CodeBlock, Inline, InlineKind, List, ListItem, Table, TableRow};
use crate::model::{ActionItem, ActionKind, ActionStatus, Piece};

/// The pieces of a section on actions: prose, and action items, which are added to `actions`, in its place.
pub(super) fn pieces(blocks: Vec<Block>, actions: &mut Vec<ActionItem>, source: &str, findings: &mut Findings<'_>) -> Vec<Piece> {
    let mut reader = Reader { source, findings };
    // Where a section has numbered and plain lists, the first says which are the actions; the others go into detail.
    let numbered = blocks.iter().find_map(|block| match &block.kind {
        BlockKind::List(list) if holds_actions(list) => Some(list.start.is_some()),
        _ => None,
    });
    let mut pieces = Vec::new();
    for block in blocks {
        let first = actions.len();
        let span = block.span;
        match block.kind {
            BlockKind::List(list) if Some(list.start.is_some()) == numbered && holds_actions(&list) => {
                actions.extend(list.items.into_iter().filter_map(|item| reader.item(item)));
            }
            BlockKind::Table(table) => match reader.table(table) {
                Ok(items) => actions.extend(items),
                Err(table) => push_prose(&mut pieces, Block { span, kind: BlockKind::Table(table) }),
            },
            kind => push_prose(&mut pieces, Block { span, kind }),
        }
        push_actions(&mut pieces, first, actions.len());
    }
    pieces
}

fn push_actions(pieces: &mut Vec<Piece>, first: usize, end: usize) {
    match pieces.last_mut() {
        Some(Piece::Actions { end: last, .. }) if *last == first => *last = end,
        _ if first < end => pieces.push(Piece::Actions { first, end }),
        _ => {}
    }
}

/// Whether any item of a list says something.
fn holds_actions(list: &List) -> bool {
    list.items.iter().any(|item| match item.blocks.first().map(|block| &block.kind) {
        Some(BlockKind::Paragraph(content)) => !is_nothing(&plain_text(content)),
        Some(_) => true,
        None => false,
    })
}

struct Reader<'a, 'f, 'p> {
    source: &'a str,
    findings: &'f mut Findings<'p>,
}

impl Reader<'_, '_, '_> {
    fn item(&mut self, item: ListItem) -> Option<ActionItem> {
        let mut blocks = item.blocks.into_iter().peekable();
        let words = match blocks.next_if(|block| matches!(block.kind, BlockKind::Paragraph(_))).map(|block| block.kind) {
            Some(BlockKind::Paragraph(words)) => words,
            _ => Vec::new(),
        };
        let mut action = empty(item.span);
        action.status = item.task.map(|done| Spanned::new(if done { ActionStatus::Done } else { ActionStatus::Open }, item.span));
        action.content = self.remarks(words, &mut action);
        for block in blocks {
            flatten(block, &mut action.content);
        }
        plain_text(&action.content).trim().clone_into(&mut action.text);
        (!action.content.is_empty()).then_some(action)
    }

    /// Takes what is said of the action off its words: a tick in front, `(owner: …)`, `(done)`, `@name` behind.
    fn remarks(&mut self, words: Vec<Inline>, action: &mut ActionItem) -> Vec<Inline> {
        const MOST_REMARKS: usize = 4;
        let flat = plain_text(&words);
        let text = flat.trim_start();
        let mut words = words;
        if text.starts_with(TICKS) {
            let rest = text.trim_start_matches(TICKS).trim_start_matches('\u{fe0f}').trim_start();
            let (rest, place) = inline::after(words, flat.len() - rest.len(), self.source);
            action.status = Some(Spanned::new(ActionStatus::Done, place.unwrap_or(action.span)));
            words = rest;
        }
        for _ in 0..MOST_REMARKS {
            let flat = plain_text(&words);
            let Some((at, remark)) = last_remark(&flat) else { break };
            let (kept, taken) = inline::split(words, at, self.source);
            let place = inline::cover(&taken).unwrap_or(action.span);
            match remark {
                Remark::Owner(owner) => {
                    let exact = place.slice(self.source).find(&owner).map(|at| place.range().start + at);
                    let span = exact.map_or(place, |at| Span::new(at, at + owner.len()));
                    action.owner.get_or_insert(Spanned::new(owner, span));
                }
                Remark::Status(status, day) => {
                    action.status.get_or_insert(Spanned::new(status, place));
                    action.further.extend(day.map(|day| dated(status, Spanned::new(day, place))));
                }
                Remark::Due(due) => {
                    action.due.get_or_insert(Spanned::new(due, place));
                }
            }
            words = inline::trim(kept, self.source);
            words.extend(inline::marks(taken));
        }
        words
    }

    /// The items of a table that has a column for what will be done; else the table again.
    fn table(&mut self, table: Table) -> Result<Vec<ActionItem>, Table> {
        let columns: Vec<_> = table.header.cells.iter().map(|cell| column(&plain_text(&cell.content))).collect();
        let Some(action) = columns.iter().position(|column| *column == Some(ActionColumn::Action)) else { return Err(table) };
        let says_something = |row: &TableRow| row.cells.get(action).is_some_and(|cell| !is_nothing(&plain_text(&cell.content)));
        if !table.rows.iter().any(says_something) {
            return Err(table);
        }
        let names: Vec<_> = table.header.cells.iter().map(|cell| plain_text(&cell.content).trim().to_owned()).collect();
        let rows = table.rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.content.is_empty()));
        Ok(rows.map(|row| self.row(row, &columns, &names)).collect())
    }

    fn row(&mut self, row: TableRow, columns: &[Option<ActionColumn>], names: &[String]) -> ActionItem {
        let mut action = empty(row.span);
        let mut seen = Vec::new();
        for (at, cell) in row.cells.into_iter().enumerate() {
            let name = names.get(at).cloned().unwrap_or_default();
            let column = columns.get(at).copied().flatten().filter(|column| !seen.contains(column));
            seen.extend(column);
            if column == Some(ActionColumn::Action) {
                plain_text(&cell.content).trim().clone_into(&mut action.text);
                action.content = cell.content;
                continue;
            }
            let text = Spanned::new(plain_text(&cell.content).trim().to_owned(), cell.span);
            if is_nothing(&text.value) && column != Some(ActionColumn::DoneWhen) {
                // `n/a: reason` is an answer.
                if gives_reason(&text.value) {
                    action.further.push((name, text));
                }
                continue;
            }
            match column {
                Some(ActionColumn::Id) => action.id = Some(text),
                Some(ActionColumn::Kind) => match self.kind(&text) {
                    Some(kind) => action.kind = Some(kind),
                    None => action.further.push((name, text)),
                },
                Some(ActionColumn::Owner) => action.owner = Some(text.map(|owner| owner.trim_start_matches('@').to_owned())),
                Some(ActionColumn::Status) => match self.status(&text) {
                    Some((status, day)) => {
                        action.further.extend(day.map(|day| dated(status, Spanned::new(day, text.span))));
                        action.status = Some(Spanned::new(status, text.span));
                    }
                    None => action.further.push((name, text)),
                },
                Some(ActionColumn::DoneWhen) => action.done_when = Some(text).filter(|text| !text.value.is_empty()),
                Some(ActionColumn::Due) => match self.due(&text) {
                    Some(due) => action.due = Some(due),
                    None => action.further.push((name, text)),
                },
                Some(ActionColumn::Action) | None => action.further.push((name, text)),
            }
        }
        action
    }

    fn kind(&mut self, text: &Spanned<String>) -> Option<Spanned<ActionKind>> {
        let kind = choose(&text.value, ActionKind::ALL, ActionKind::word).or_else(|| word(&text.value, KIND_WORDS));
        if kind.is_none() {
            let names: Vec<_> = ActionKind::ALL.iter().map(|kind| kind.word()).collect();
            self.findings.push(not_among(text, "the kind of an action", &names, self.findings));
        }
        kind.map(|kind| Spanned::new(kind, text.span))
    }

    fn status(&mut self, text: &Spanned<String>) -> Option<(ActionStatus, Option<String>)> {
        let status = status_and_day(&text.value);
        if status.is_none() {
            let names: Vec<_> = ActionStatus::ALL.iter().map(|status| status.word()).collect();
            self.findings.push(not_among(text, "the status of an action", &names, self.findings));
        }
        status
    }

    /// The day something is due. Words that are no date ("before the next release") are kept as they are; a date that cannot be is told.
    fn due(&mut self, text: &Spanned<String>) -> Option<Spanned<Date>> {
        match due(&text.value) {
            Ok(due) => due.map(|due| Spanned::new(due, text.span)),
            Err(why) => {
                let finding = self.findings.error(UNREADABLE_DATE, text.span, format!("`{}` cannot be read: {why}", text.value));
                self.findings.push(finding.help("write the day it is due as `2026-03-17`"));
                None
            }
        }
    }
}

fn empty(span: Span) -> ActionItem {
    ActionItem {
        id: None,
        content: Vec::new(),
        text: String::new(),
        kind: None,
        owner: None,
        due: None,
        status: None,
        done_when: None,
        further: Vec::new(),
        span,
    }
}

/// A header without bracketed remarks, punctuation and case, as a column.
fn column(header: &str) -> Option<ActionColumn> {
    let header = header.split('(').next().unwrap_or_default().to_lowercase();
    let words: Vec<_> = header.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words = words.join(" ");
    ACTION_COLUMNS.iter().find(|(name, _)| *name == words).map(|(_, column)| *column)
}

/// What the column of a table of actions with this header says of them, where it has a field of its own.
pub(super) fn aspect(header: &str) -> Option<ActionAspect> {
    match column(header)? {
        ActionColumn::Kind => Some(ActionAspect::Kind),
        ActionColumn::Owner => Some(ActionAspect::Owner),
        ActionColumn::Due => Some(ActionAspect::Due),
        ActionColumn::Status => Some(ActionAspect::Status),
        ActionColumn::DoneWhen => Some(ActionAspect::DoneWhen),
        ActionColumn::Id | ActionColumn::Action => None,
    }
}

fn word<T: Copy>(text: &str, words: &[(&str, T)]) -> Option<T> {
    let folded: String = text.trim().to_lowercase().replace(['-', '_'], " ").chars().filter(|c| !"'’\u{fe0f}.".contains(*c)).collect();
    words.iter().find(|(word, _)| *word == folded).map(|(_, value)| *value)
}

fn status(text: &str) -> Option<ActionStatus> {
    choose(text, ActionStatus::ALL, ActionStatus::word).or_else(|| word(text, STATUS_WORDS))
}

/// A status, and the day that is written with it: `done`, `done 2024-05-03`, `cancelled (3 May 2024)`, `completed on 2024-05-03`.
fn status_and_day(text: &str) -> Option<(ActionStatus, Option<String>)> {
    if let Some(status) = status(text) {
        return Some((status, None));
    }
    let text = text.trim();
    text.char_indices().filter(|(_, c)| c.is_whitespace() || *c == '(').find_map(|(at, _)| {
        let (word, day) = text.split_at_checked(at)?;
        let word = word.trim_end_matches([':', ',', '-', '–', '—', ' ']);
        let word = [" on", " since"].iter().find_map(|joint| word.strip_suffix(joint)).unwrap_or(word);
        let day = day.trim().trim_start_matches(['(', '-', '–', '—', ' ']).trim_end_matches(')').trim();
        let is_day = moment::whole(day).is_ok_and(|written| written.is_some_and(|written| written.day.is_some()));
        Some((status(word).filter(|_| is_day)?, Some(day.to_owned())))
    })
}

/// The day of a status as a column of its own.
fn dated(status: ActionStatus, day: Spanned<String>) -> (String, Spanned<String>) {
    (format!("{} on", if status.is_settled() { status.name() } else { "Status" }), day)
}

/// The last day of what a text names: a day, a month, a year.
fn due(text: &str) -> Result<Option<Date>, String> {
    let written = moment::whole(text).map_err(|wrong| wrong.why)?;
    Ok(written.and_then(|written| match written.day? {
        Day::Full(date) => Some(date),
        Day::Month { year, month } => Date::new(year, month, 1).ok().map(Date::last_of_month),
        Day::Year(year) => Date::new(year, 12, 31).ok(),
        Day::NoYear { .. } | Day::After(_) => None,
    }))
}

/// What is said of an action behind its words.
enum Remark {
    Owner(String),
    Status(ActionStatus, Option<String>),
    Due(Date),
}

/// The remark a text ends with, and where it begins.
fn last_remark(flat: &str) -> Option<(usize, Remark)> {
    let text = flat.trim_end();
    if let Some(inner) = text.strip_suffix(')') {
        let at = inner.rfind('(')?;
        let inner = inner.get(at + 1..)?.trim();
        let remark = named(inner, &["owner:", "assignee:", "assigned to "])
            .map(Remark::Owner)
            .or_else(|| named(inner, &["due:", "due "]).and_then(|day| due(&day).ok().flatten()).map(Remark::Due))
            .or_else(|| status_and_day(inner).map(|(status, day)| Remark::Status(status, day)))?;
        return Some((at, remark));
    }
    let at = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    if let Some(name) = text.get(at..).and_then(|word| word.strip_prefix('@')).filter(|name| is_handle(name)) {
        let before = text.get(..at)?.trim_end();
        let label = ["owner:", "assignee:"].iter().find(|label| ends_with(before, label)).map_or(0, |label| label.len());
        let at = if label > 0 { before.len() - label } else { at };
        return (at > 0).then(|| (at, Remark::Owner(name.to_owned())));
    }
    // "… Owner: Jane Doe" at the very end.
    let lower = text.to_ascii_lowercase();
    let at = lower.rfind("owner:").filter(|at| *at > 0)?;
    let name = text.get(at + "owner:".len()..)?.trim();
    (!name.is_empty() && name.split_whitespace().count() <= 3 && !name.contains(['.', ':'])).then(|| (at, Remark::Owner(name.to_owned())))
}

fn named(text: &str, labels: &[&str]) -> Option<String> {
    let label = labels.iter().find(|label| text.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label)))?;
    let name = text.get(label.len()..)?.trim().trim_start_matches('@');
    (!name.is_empty()).then(|| name.to_owned())
}

fn ends_with(text: &str, label: &str) -> bool {
    text.len().checked_sub(label.len()).and_then(|at| text.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(label))
}

fn is_handle(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_-./".contains(c)) && !name.ends_with('.')
}

/// Puts a block behind the words of an action, line by line.
fn flatten(block: Block, content: &mut Vec<Inline>) {
    let at = Span::at(block.span.range().start);
    let new_line = |content: &mut Vec<Inline>| {
        if !content.is_empty() {
            content.push(Inline { span: at, kind: InlineKind::HardBreak });
        }
    };
    match block.kind {
        BlockKind::Paragraph(words) => {
            new_line(content);
            content.extend(words);
        }
        BlockKind::List(list) => {
            for item in list.items {
                new_line(content);
                content.push(inline::text("– ", Span::at(item.span.range().start)));
                let mut blocks = item.blocks.into_iter();
                match blocks.next() {
                    Some(Block { kind: BlockKind::Paragraph(words), .. }) => content.extend(words),
                    Some(other) => flatten(other, content),
                    None => {}
                }
                blocks.for_each(|block| flatten(block, content));
            }
        }
        BlockKind::Code(CodeBlock { text, .. }) => {
            new_line(content);
            content.push(Inline { span: block.span, kind: InlineKind::Code(text) });
        }
        BlockKind::Quote(quote) => quote.blocks.into_iter().for_each(|block| flatten(block, content)),
        BlockKind::Table(table) => {
            for row in std::iter::once(table.header).chain(table.rows) {
                new_line(content);
                for (at, Cell { content: words, span }) in row.cells.into_iter().enumerate() {
                    if at > 0 {
                        content.push(inline::text(" | ", Span::at(span.range().start)));
                    }
                    content.extend(words);
                }
            }
        }
        BlockKind::Comment(comment) => content.push(Inline { span: block.span, kind: InlineKind::Comment(comment) }),
        BlockKind::Html(html) => content.push(Inline { span: block.span, kind: InlineKind::Html(html) }),
        BlockKind::Heading(heading) => {
            new_line(content);
            content.extend(heading.content);
        }
        BlockKind::Definitions(entries) => {
            for entry in entries {
                new_line(content);
                content.extend(entry.term);
                entry.definitions.into_iter().flatten().for_each(|block| flatten(block, content));
            }
        }
        BlockKind::Footnote { blocks, .. } => blocks.into_iter().for_each(|block| flatten(block, content)),
        BlockKind::Rule => {}
    }
}
