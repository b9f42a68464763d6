//! The timeline: tables, lists, paragraphs and sub-headings that say when something happened, as events.
//!
//! [`row`] finds the time in one event, [`table`] the columns of a table, [`words`] what sort of thing happened; here is what goes across
//! events: the day one takes from another, and whether a list or table is a timeline at all.

mod row;
mod table;
#[cfg(test)]
mod tests;
mod words;

use jiff::SignedDuration;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::finding::Findings;
use super::moment::{self, Anchor, Day, Written, Wrong, zone};
use super::section::Draft;
use super::{AMBIGUOUS_TIME, UNREADABLE_DATE, cause, field, inline};
use crate::diagnostic::{Span, Spanned, did_you_mean};
use crate::markdown::text::plain_text;
use crate::markdown::{Block, BlockKind, Inline, List, Table};
use crate::model::{DetectedBy, Event, EventKind, Moment, Piece, Precision};

use row::{Row, Step};
use words::Stated;

/// What the timeline of a document came to.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    /// The events, in order of writing.
    pub(super) events: Vec<Event>,
    /// For each event whether it says its kind itself; the others only begin with words that mean it.
    pub(super) stated: Vec<bool>,
    /// Who found it, where the event of the detection says so.
    pub(super) detected_by: Option<Spanned<DetectedBy>>,
}

/// How readily text is taken for events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// It stands in a timeline.
    Timeline,
    /// It stands in a section that tells the story, where only full dates with times make a list or table a timeline.
    Story,
}

/// The zone that the words of a document's timeline sections name.
pub(super) fn zone_named(sections: &[Draft]) -> Option<TimeZone> {
    let timelines = || sections.iter().filter(|section| section.topic.as_deref() == Some("timeline"));
    let in_title = timelines().filter(|section| section.key.is_some()).find_map(|section| zone::named_in(&plain_text(&section.title)));
    in_title.or_else(|| {
        timelines().flat_map(|section| &section.blocks).find_map(|block| match &block.kind {
            BlockKind::Paragraph(content) => zone::announced_in(&plain_text(content)),
            BlockKind::Table(table) => table::Columns::of(table).zone,
            _ => None,
        })
    })
}

/// Reads the timeline of one document, section by section: the day of one event is the day of the next that names none.
pub(super) struct Reader<'a, 'f, 'p> {
    source: &'a str,
    anchor: Anchor,
    /// The clock at the event before.
    last: Option<DateTime>,
    timeline: Timeline,
    findings: &'f mut Findings<'p>,
}

impl<'a, 'f, 'p> Reader<'a, 'f, 'p> {
    pub(super) fn new(source: &'a str, anchor: Anchor, findings: &'f mut Findings<'p>) -> Self {
        Self { source, anchor, last: None, timeline: Timeline::default(), findings }
    }

    pub(super) fn finish(self) -> Timeline {
        self.timeline
    }

    /// The findings, for what is read between timelines.
    pub(super) fn findings(&mut self) -> &mut Findings<'p> {
        self.findings
    }

    /// How many events there are.
    pub(super) fn len(&self) -> usize {
        self.timeline.events.len()
    }

    /// Where the last event ends.
    pub(super) fn end_of_last(&self) -> u32 {
        self.timeline.events.last().map_or(0, |event| event.span.end)
    }

    /// The pieces of a section: prose, and events in its place.
    pub(super) fn pieces(&mut self, blocks: Vec<Block>, trust: Trust) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for block in blocks {
            let first = self.len();
            match self.block(block, trust) {
                Some(prose) => push_prose(&mut pieces, prose),
                None => push_events(&mut pieces, first, self.len()),
            }
        }
        pieces
    }

    /// Takes a block as events, or gives it back as the prose it is.
    fn block(&mut self, block: Block, trust: Trust) -> Option<Block> {
        let span = block.span;
        match block.kind {
            BlockKind::List(list) => self.list(list, trust).map(|list| Block { span, kind: BlockKind::List(list) }),
            BlockKind::Table(table) => self.table(table, trust).map(|table| Block { span, kind: BlockKind::Table(table) }),
            BlockKind::Paragraph(content) if trust == Trust::Timeline => {
                self.paragraph(content, span).map(|content| Block { span, kind: BlockKind::Paragraph(content) })
            }
            kind => Some(Block { span, kind }),
        }
    }

    /// A list most of whose items begin or end with a time.
    fn list(&mut self, mut list: List, trust: Trust) -> Option<List> {
        if trust == Trust::Timeline {
            list.items.iter_mut().for_each(|item| row::restore_bound(item, self.source));
        }
        let whens: Vec<_> = list.items.iter().map(|item| row::when(item).map(|when| when.reading)).collect();
        if !mostly_timed(whens.iter().map(Option::as_ref), trust) {
            return Some(list);
        }
        self.steps(row::steps(list, self.source));
        None
    }

    /// A table with a column of times.
    fn table(&mut self, table: Table, trust: Trust) -> Option<Table> {
        let columns = table::Columns::of(&table);
        let readings: Vec<_> = table.rows.iter().filter(|row| !table::is_blank(row)).map(|row| columns.reading(row)).collect();
        if !mostly_timed(readings.iter().map(Option::as_ref), trust) {
            return Some(table);
        }
        let outer = (self.anchor.zone.clone(), self.anchor.stated);
        if let Some(zone) = &columns.zone {
            (self.anchor.zone, self.anchor.stated) = (zone.clone(), true);
        }
        let rows = table.rows.into_iter().filter(|row| !table::is_blank(row));
        self.steps(rows.map(|row| Step::Event(columns.row(row, &table.header))).collect());
        (self.anchor.zone, self.anchor.stated) = outer;
        None
    }

    /// A paragraph that begins with a time, one event a line. A paragraph that is a day is the day of what follows.
    fn paragraph(&mut self, content: Vec<Inline>, span: Span) -> Option<Vec<Inline>> {
        let flat = plain_text(&content);
        let Some(when) = row::leading(&flat) else { return Some(content) };
        match &when.reading {
            Ok(written) if written.time.is_some() => {}
            Ok(written) => {
                if row::is_whole(&when, &flat) {
                    self.set_day(written);
                }
                return Some(content);
            }
            Err(_) => return Some(content),
        }
        let steps = row::timed_lines(content).into_iter().map(|line| {
            let place = inline::cover(&line).unwrap_or(span);
            let when = row::leading(&plain_text(&line));
            Step::Event(row::of_words(line, Vec::new(), when, place, self.source))
        });
        let steps = steps.collect();
        self.steps(steps);
        None
    }

    /// A section below a timeline: an event where its heading is a time, or a full date over nothing but prose. A heading that begins with
    /// a day sets the day of what follows. Gives the section back where it stays one.
    pub(super) fn sub_section(&mut self, mut section: Draft) -> Option<Draft> {
        let flat = plain_text(&section.title);
        let Some(when) = row::leading(&flat) else { return Some(section) };
        let is_event = match &when.reading {
            Ok(written) => written.time.is_some() || (row::is_whole(&when, &flat) && written.day.is_some() && is_prose(&section.blocks)),
            Err(_) => false,
        };
        if is_event && !section.has_children {
            let title = std::mem::take(&mut section.title);
            let row = row::of_words(title, section.blocks, Some(when), section.span, self.source);
            self.steps(vec![Step::Event(row)]);
            return None;
        }
        match when.reading {
            Ok(written) => self.set_day(&written),
            Err(wrong) => self.unreadable(&Spanned::new(flat, section.heading_span), &wrong),
        }
        Some(section)
    }

    /// Sets the day of what follows.
    fn set_day(&mut self, written: &Written) {
        if !matches!(written.day, Some(Day::Full(_) | Day::NoYear { .. } | Day::After(_))) {
            return;
        }
        if let Some(settled) = moment::settle(written, &self.anchor) {
            self.anchor.day = Some(settled.civil.date());
            self.anchor.start = self.anchor.start.or(self.anchor.day);
            self.last = None;
        }
    }

    fn steps(&mut self, steps: Vec<Step>) {
        let first = self.len();
        let mut unknown = Vec::new();
        for step in steps {
            match step {
                Step::Day(day) => self.set_day(&day),
                Step::Event(row) => unknown.extend(self.event(row)),
            }
        }
        // A lone bracketed word is a kind gone wrong if it is nearly one, or if its neighbours state theirs; else it is just a word.
        let others_state = self.timeline.stated.get(first..).is_some_and(|stated| stated.contains(&true));
        let kinds: Vec<_> = EventKind::ALL.iter().map(|kind| kind.word()).collect();
        for word in unknown {
            if others_state || did_you_mean(&word.value, kinds.iter().copied()).is_some() {
                self.findings.push(field::not_among(&word, "the kind of an event", &kinds, self.findings));
            }
        }
    }

    /// Adds an event; gives back a bracketed word that is no kind.
    fn event(&mut self, row: Row) -> Option<Spanned<String>> {
        let when = match &row.reading {
            Some(Ok(written)) => self.settle(written, row.written.span),
            Some(Err(wrong)) => {
                self.unreadable(&row.written, wrong);
                None
            }
            None => None,
        };
        let (stated, words) = words::take_kind(row.words, self.source);
        let (by, words) = words::take_by(words, self.source);
        let (mut kind, mut unknown) = match stated {
            Some(Stated::Kind(kind)) => (Some(kind), None),
            Some(Stated::Unknown(word)) => (None, Some(word)),
            None => (None, None),
        };
        if let Some(cell) = row.kind {
            kind = kind.or_else(|| words::kind(&cell.value));
            unknown = unknown.or(Some(cell).filter(|_| kind.is_none()));
        }
        self.timeline.stated.push(kind.is_some());
        let kind = kind.or_else(|| words::phrase(&words));
        if let Some(by) = by.and_then(|by| cause::detected_by(&by, self.findings))
            && kind == Some(EventKind::Detected)
        {
            self.timeline.detected_by.get_or_insert(by);
        }
        let mut content = row.more;
        if let Some(span) = inline::cover(&words) {
            content.reserve_exact(1);
            content.insert(0, Block { span, kind: BlockKind::Paragraph(words) });
        }
        self.timeline.events.push(Event { when, written: row.written, kind, content, span: row.span });
        unknown
    }

    /// The moment of an event. A time alone that goes back more than twelve hours is on the next day.
    fn settle(&mut self, written: &Written, place: Span) -> Option<Moment> {
        let mut settled = moment::settle(written, &self.anchor)?;
        if written.day.is_none() && self.last.is_some_and(|last| goes_back_half_a_day(last, settled.civil)) {
            let tomorrow = settled.civil.date().tomorrow().ok();
            settled = moment::settle(written, &Anchor { day: tomorrow, ..self.anchor.clone() })?;
        }
        if let Some(why) = settled.ambiguous {
            let message = format!("this time {why}");
            let finding = self.findings.warning(AMBIGUOUS_TIME, place, message);
            self.findings.push(finding.help("write the time in UTC, or with its offset: `14:32+02:00`"));
        }
        if settled.moment.precision >= Precision::Day {
            self.anchor.day = Some(settled.civil.date());
            self.anchor.start = self.anchor.start.or(self.anchor.day);
            self.last = Some(settled.civil).filter(|_| settled.moment.has_time());
        }
        Some(settled.moment)
    }

    fn unreadable(&mut self, written: &Spanned<String>, wrong: &Wrong) {
        let finding = self.findings.error(UNREADABLE_DATE, written.span, format!("`{}` cannot be read: {}", written.value, wrong.why));
        self.findings.push(finding.help("write `2026-03-17 14:32`, `14:32` or `2026-03-17`"));
    }
}

fn goes_back_half_a_day(last: DateTime, now: DateTime) -> bool {
    now.duration_until(last) > SignedDuration::from_hours(12)
}

/// Whether most rows have a time.
fn mostly_timed<'a>(readings: impl Iterator<Item = Option<&'a Result<Written, Wrong>>>, trust: Trust) -> bool {
    let (mut timed, mut all) = (0, 0);
    for reading in readings {
        all += 1;
        timed += usize::from(match (trust, reading) {
            (Trust::Timeline, reading) => reading.is_some(),
            (Trust::Story, Some(Ok(written))) => written.time.is_some() && matches!(written.day, Some(Day::Full(_))),
            (Trust::Story, _) => false,
        });
    }
    let fewest = if trust == Trust::Story { 2 } else { 1 };
    timed >= fewest && timed * 2 >= all
}

/// Whether blocks hold neither list nor table, where times would stand.
fn is_prose(blocks: &[Block]) -> bool {
    !blocks.is_empty() && !blocks.iter().any(|block| matches!(block.kind, BlockKind::List(_) | BlockKind::Table(_)))
}

/// Adds a block to the prose at the end of the pieces.
pub(super) fn push_prose(pieces: &mut Vec<Piece>, block: Block) {
    match pieces.last_mut() {
        Some(Piece::Prose(blocks)) => blocks.push(block),
        _ => pieces.push(Piece::Prose(vec![block])),
    }
}

/// Adds events to the timeline at the end of the pieces.
pub(super) fn push_events(pieces: &mut Vec<Piece>, first: usize, end: usize) {
    match pieces.last_mut() {
        Some(Piece::Timeline { end: last, .. }) if *last == first => *last = end,
        _ if first < end => pieces.push(Piece::Timeline { first, end }),
        _ => {}
    }
}
