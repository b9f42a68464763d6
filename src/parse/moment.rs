//! Points in time: from what people write to instants, keeping how exactly it was written.
//!
//! Reading ([`scan`]) knows nothing of the document; settling a [`Written`] gives it a zone and, where only a time was written, a day.

mod scan;
#[cfg(test)]
mod tests;
pub(super) mod zone;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Span as Stretch, Timestamp};

pub(super) use scan::{Day, Written, Wrong, prefix, whole};
use scan::{End, TimeOfDay};

use crate::model::{Bound, Clock, Moment, Precision};

/// A moment that has found its place in time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Settled {
    /// The instant.
    pub(super) moment: Moment,
    /// The day and time on the clock it was written by.
    pub(super) civil: DateTime,
    /// Why the clock's reading does not name one instant, to follow the words "this time".
    pub(super) ambiguous: Option<&'static str>,
}

/// What is known of time where a moment is written.
#[derive(Debug, Clone)]
pub(super) struct Anchor {
    /// The zone of times written without one.
    pub(super) zone: TimeZone,
    /// Whether the document names it.
    pub(super) stated: bool,
    /// The day of times written without one.
    pub(super) day: Option<Date>,
    /// The day that `+2d` counts from, and whose year is nearest for `July 2`.
    pub(super) start: Option<Date>,
}

impl Anchor {
    /// An anchor in a zone that the document does not name, with no day.
    pub(super) fn in_zone(zone: &TimeZone) -> Self {
        Self { zone: zone.clone(), stated: false, day: None, start: None }
    }
}

/// Finds the instant of what was written; nothing where the day is not known or lies beyond the years 1 to 9999.
pub(super) fn settle(written: &Written, anchor: &Anchor) -> Option<Settled> {
    let zone = written.zone.as_ref().unwrap_or(&anchor.zone);
    let (date, precision) = match written.day {
        Some(day) => place(day, anchor.start.or(anchor.day))?,
        None => (anchor.day?, Precision::Day),
    };
    let civil = civil(date, written.time)?;
    let (at, offset, ambiguous) = instant(civil, zone)?;
    let precision = written.time.map_or(precision, |time| if time.seconds { Precision::Second } else { Precision::Minute });
    let until = written.until.as_ref().and_then(|end| settle_end(end, civil, zone, anchor));
    let ambiguous = ambiguous.filter(|_| written.time.is_some());
    let clock = match written.zone {
        _ if ambiguous.is_some() => Clock::Ambiguous,
        Some(_) => Clock::Written,
        None if anchor.stated => Clock::Stated,
        None => Clock::Assumed,
    };
    Some(Settled { moment: Moment { at, until, offset, precision, bound: written.bound, clock }, civil, ambiguous })
}

/// Finds the instant a day begins.
pub(super) fn settle_day(day: Day, anchor: &Anchor) -> Option<Settled> {
    settle(&Written { day: Some(day), time: None, zone: None, until: None, bound: Bound::Exact }, anchor)
}

/// The first day of a day, month or year, and how exactly that is known.
fn place(day: Day, near: Option<Date>) -> Option<(Date, Precision)> {
    Some(match day {
        Day::Full(date) => (date, Precision::Day),
        Day::Month { year, month } => (Date::new(year, month, 1).ok()?, Precision::Month),
        Day::Year(year) => (Date::new(year, 1, 1).ok()?, Precision::Year),
        Day::After(days) => (near?.checked_add(Stretch::new().days(days)).ok()?, Precision::Day),
        Day::NoYear { month, day } => {
            let near = near?;
            let date = (near.year() - 1..=near.year() + 1)
                .filter_map(|year| Date::new(year, month, day).ok())
                .min_by_key(|date| days_between(*date, near).abs())?;
            (date, Precision::Day)
        }
    })
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |stretch| stretch.get_days())
}

fn civil(date: Date, time: Option<TimeOfDay>) -> Option<DateTime> {
    match time {
        Some(TimeOfDay { end_of_day: true, .. }) => Some(date.tomorrow().ok()?.to_datetime(Time::midnight())),
        Some(TimeOfDay { time, .. }) => Some(date.to_datetime(time)),
        None => Some(date.to_datetime(Time::midnight())),
    }
}

/// The instant of a reading of the clock. Where clocks were put forward or back, jiff's compatible choice is made (the later offset in a
/// gap, the earlier instant in a fold, RFC 5545), and it is said.
fn instant(civil: DateTime, zone: &TimeZone) -> Option<(Timestamp, Offset, Option<&'static str>)> {
    let choice = zone.to_ambiguous_timestamp(civil);
    let ambiguous = match choice.offset() {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => Some("does not exist: clocks were put forward over it"),
        AmbiguousOffset::Fold { .. } => Some("came twice: clocks were put back over it"),
    };
    let at = choice.compatible().ok()?;
    Some((at, zone.to_offset(at), ambiguous))
}

/// The other end of a stretch: a time alone is on the day of the start, or on the next where that would be before it.
fn settle_end(end: &End, start: DateTime, zone: &TimeZone, anchor: &Anchor) -> Option<Timestamp> {
    let zone = end.zone.as_ref().unwrap_or(zone);
    let date = match end.day {
        Some(day) => place(day, anchor.start.or(anchor.day))?.0,
        None => start.date(),
    };
    let mut until = civil(date, end.time)?;
    if end.day.is_none() && until < start {
        until = until.checked_add(Stretch::new().days(1)).ok()?;
    }
    Some(instant(until, zone)?.0)
}
