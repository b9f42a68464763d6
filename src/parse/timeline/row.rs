//! One event as it is written: where its time stands in the text, and what is left when that is taken away.

use std::ops::Range;

use crate::diagnostic::{Span, Spanned};
use crate::markdown::text::plain_text;
use crate::markdown::{Block, BlockKind, Inline, InlineKind, List, ListItem};
use crate::parse::inline;
use crate::parse::moment::{self, Day, Written, Wrong};

/// One event as it is written.
#[derive(Debug)]
pub(super) struct Row {
    /// The time, where there is something that is meant for one.
    pub(super) reading: Option<Result<Written, Wrong>>,
    /// The time as written; empty where there is none.
    pub(super) written: Spanned<String>,
    /// What happened, without the time.
    pub(super) words: Vec<Inline>,
    /// What else belongs to it.
    pub(super) more: Vec<Block>,
    /// The sort of event, from a column of its own.
    pub(super) kind: Option<Spanned<String>>,
    /// All of it.
    pub(super) span: Span,
}

/// A step along a list: an event, or the day of those that follow.
#[derive(Debug)]
pub(super) enum Step {
    Event(Row),
    Day(Written),
}

/// A time found in the flat text of an event.
#[derive(Debug)]
pub(super) struct When {
    pub(super) reading: Result<Written, Wrong>,
    /// The bytes of the time.
    at: Range<usize>,
    /// The bytes that go with it: brackets, and the dash or colon between time and text.
    taken: Range<usize>,
}

/// The time a text begins with. A day alone counts if it is a full date, or if a dash or colon or nothing follows it.
pub(super) fn leading(flat: &str) -> Option<When> {
    let blanks = flat.len() - flat.trim_start().len();
    let bracket = flat.trim_start().chars().next().filter(|c| matches!(c, '[' | '('));
    let start = blanks + bracket.map_or(0, char::len_utf8);
    let (reading, len) = match moment::prefix(flat.get(start..)?) {
        Ok(found) => found.map(|(written, len)| (Ok(written), len))?,
        Err(wrong) => (Err(wrong.clone()), wrong.len),
    };
    let end = start + len;
    let mut rest = flat.get(end..)?;
    if bracket.is_some() {
        rest = rest.trim_start().strip_prefix([']', ')'])?;
    }
    let text = after_separator(rest);
    let separated = rest.trim_start() != text || text.is_empty();
    let is_clear = match &reading {
        Ok(written) => written.time.is_some() || separated || matches!(written.day, Some(Day::Full(_))),
        Err(_) => true,
    };
    is_clear.then(|| When { reading, at: start..end, taken: 0..flat.len() - text.len() })
}

/// The full date that a short text ends with: "Fault occurs 2020-02-12 11:45". A remark in brackets may follow it.
pub(super) fn trailing(flat: &str) -> Option<When> {
    // Longer texts do more than name what happened.
    const FURTHEST: usize = 200;
    date_starts(flat).take_while(|start| *start < FURTHEST).find_map(|start| ends_at(flat, start))
}

/// The date at `start`, if the text is short before it and ends behind it.
fn ends_at(flat: &str, start: usize) -> Option<When> {
    const MOST_WORDS: usize = 8;
    let before = flat.get(..start)?;
    if before.split_whitespace().take(MOST_WORDS + 1).count() > MOST_WORDS {
        return None;
    }
    let (reading, len) = match moment::prefix(flat.get(start..)?) {
        Ok(found) => found.map(|(written, len)| (Ok(written), len))?,
        Err(wrong) => (Err(wrong.clone()), wrong.len),
    };
    let is_full = !matches!(&reading, Ok(Written { day, .. }) if !matches!(day, Some(Day::Full(_))));
    let rest = flat.get(start + len..)?.trim();
    let ends = rest.is_empty() || rest == "." || (rest.starts_with('(') && rest.ends_with(')'));
    let kept = before.trim_end().trim_end_matches([':', '-', '–', '—', ',']).trim_end();
    let kept = ["at", "on"].iter().find_map(|word| kept.strip_suffix(word)?.strip_suffix(' ')).unwrap_or(kept);
    (is_full && ends && !kept.is_empty()).then(|| When { reading, at: start..start + len, taken: kept.len()..start + len })
}

/// Where dates that have the year in front may begin.
fn date_starts(flat: &str) -> impl Iterator<Item = usize> {
    let mut before = ' ';
    flat.char_indices().filter_map(move |(at, c)| {
        let begins = c.is_ascii_digit() && !before.is_alphanumeric();
        before = c;
        if !begins {
            return None;
        }
        let rest = flat.get(at..)?.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = flat.len() - at - rest.len();
        (digits >= 4 && rest.starts_with('-')).then_some(at)
    })
}

/// A text without the sign that separates it from the time before it.
fn after_separator(rest: &str) -> &str {
    let mut rest = rest.trim_start();
    // `14:32 UTC: – …` has two.
    for _ in 0..2 {
        let Some(after) = ["->", "=>", ":", "-", "–", "—", "|", ",", ";", "→"].iter().find_map(|sign| rest.strip_prefix(sign)) else {
            break;
        };
        rest = after.trim_start();
    }
    rest
}

/// Takes a time out of the text it was found in.
pub(super) fn take(words: Vec<Inline>, when: When, source: &str) -> (Option<Result<Written, Wrong>>, Spanned<String>, Vec<Inline>) {
    let flat = plain_text(&words);
    let text = flat.get(when.at).unwrap_or_default().trim().to_owned();
    let (before, rest) = inline::split(words, when.taken.start, source);
    let (rest, place) = inline::after(rest, when.taken.end - when.taken.start, source);
    let place = place.unwrap_or_default();
    let exact = place.slice(source).find(&text).map(|at| Span::new(place.range().start + at, place.range().start + at + text.len()));
    let words = join(inline::trim(before, source), rest);
    (Some(when.reading), Spanned::new(text, exact.unwrap_or(place)), words)
}

fn join(mut before: Vec<Inline>, rest: Vec<Inline>) -> Vec<Inline> {
    if let (Some(last), Some(first)) = (before.last(), rest.first()) {
        let between = Span::new(last.span.range().end, first.span.range().start);
        before.push(inline::text(" ", between));
    }
    before.extend(rest);
    before
}

/// The paragraph an item begins with.
pub(super) fn opening(item: &ListItem) -> Option<&[Inline]> {
    match &item.blocks.first()?.kind {
        BlockKind::Paragraph(content) => Some(content),
        _ => None,
    }
}

/// The time of an item.
pub(super) fn when(item: &ListItem) -> Option<When> {
    let flat = plain_text(opening(item)?);
    leading(&flat).or_else(|| trailing(&flat))
}

/// `- >=14:30 …` is a quote to Markdown. Here it is a time again.
pub(super) fn restore_bound(item: &mut ListItem, source: &str) {
    let Some(Block { kind: BlockKind::Quote(quote), span }) = item.blocks.first_mut() else { return };
    if quote.marker.is_some() || !span.slice(source).starts_with(">=") {
        return;
    }
    let start = span.range().start;
    let mut blocks = std::mem::take(&mut quote.blocks);
    if let Some(Block { kind: BlockKind::Paragraph(content), span }) = blocks.first_mut()
        && let Some(Inline { kind: InlineKind::Text(text), span: place }) = content.first_mut()
    {
        *text = format!(">{text}").into();
        *place = Span::new(start, place.range().end);
        *span = Span::new(start, span.range().end);
    }
    item.blocks.splice(0..1, blocks);
}

/// The steps of a list's items. An item that is a day and a list is that day and the steps of the list.
pub(super) fn steps(list: List, source: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for mut item in list.items {
        restore_bound(&mut item, source);
        let when = when(&item);
        match day_of(&item, when.as_ref()) {
            Some(day) => {
                steps.push(Step::Day(day));
                for block in item.blocks {
                    if let BlockKind::List(list) = block.kind {
                        steps.extend(self::steps(list, source));
                    }
                }
            }
            None => steps.extend(row(item, when, source).map(Step::Event)),
        }
    }
    steps
}

/// The day an item is, if it is nothing but a day with a list below it.
fn day_of(item: &ListItem, when: Option<&When>) -> Option<Written> {
    let [_, Block { kind: BlockKind::List(_), .. }] = item.blocks.as_slice() else { return None };
    let when = when?;
    let written = when.reading.as_ref().ok().filter(|written| written.time.is_none())?;
    (when.taken == (0..plain_text(opening(item)?).len())).then(|| written.clone())
}

fn row(item: ListItem, when: Option<When>, source: &str) -> Option<Row> {
    let span = item.span;
    let mut blocks = item.blocks.into_iter();
    let (words, more) = match blocks.next()? {
        Block { kind: BlockKind::Paragraph(words), .. } => (words, blocks.collect()),
        other => (Vec::new(), std::iter::once(other).chain(blocks).collect()),
    };
    Some(of_words(words, more, when, span, source))
}

/// The row of a text with the time found in it.
pub(super) fn of_words(words: Vec<Inline>, more: Vec<Block>, when: Option<When>, span: Span, source: &str) -> Row {
    let (reading, written, words) = match when {
        Some(when) => take(words, when, source),
        None => (None, Spanned::new(String::new(), Span::at(span.range().start)), words),
    };
    Row { reading, written, words, more, kind: None, span }
}

/// The lines of a paragraph whose first begins with a time, each with the lines after it that do not begin with a time and a sign.
pub(super) fn timed_lines(content: Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut lines: Vec<Vec<Inline>> = vec![Vec::new()];
    for inline in content {
        if matches!(inline.kind, InlineKind::SoftBreak | InlineKind::HardBreak) {
            lines.push(vec![inline]);
        } else if let Some(line) = lines.last_mut() {
            line.push(inline);
        }
    }
    let mut rows: Vec<Vec<Inline>> = Vec::new();
    for line in lines {
        let flat = plain_text(&line);
        let begins = leading(&flat).is_some_and(|when| {
            let has_time = when.reading.as_ref().is_ok_and(|written| written.time.is_some());
            has_time && flat.get(when.at.end..when.taken.end).is_some_and(|between| !between.trim().is_empty())
        });
        match rows.last_mut() {
            Some(row) if !begins => row.extend(line),
            _ => rows.push(line),
        }
    }
    rows
}

/// Whether a text is the time found in it and nothing else.
pub(super) fn is_whole(when: &When, flat: &str) -> bool {
    flat.get(when.taken.end..).is_some_and(|rest| rest.trim().is_empty())
}
