//! Points in time with the precision they were written in.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

/// How exactly a moment is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the year.
    Year,
    /// To the month.
    Month,
    /// To the day.
    Day,
    /// To the minute.
    Minute,
    /// To the second or better.
    Second,
}

/// How a moment was qualified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Bound {
    /// `14:32`
    #[default]
    Exact,
    /// `~14:30`
    About,
    /// `>=14:30`: then or later.
    AtLeast,
    /// `<=14:30`: then or earlier.
    AtMost,
}

/// How the zone of a moment is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Clock {
    /// It is written with the time.
    Written,
    /// The document names one for all its times, or the timeline does.
    Stated,
    /// Nobody says; the zone of the site was taken.
    Assumed,
    /// The zone is known, but its clocks showed this time twice or never, and one of two moments was taken.
    Ambiguous,
}

/// A point in time, or a stretch of it (`14:30-14:40`), as exactly as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The instant; for a day, month or year its beginning in the zone it was written in.
    pub at: Timestamp,
    /// The end of a stretch.
    pub until: Option<Timestamp>,
    /// The offset from UTC it was written in, or that its zone had then.
    pub offset: Offset,
    /// How exactly it is known.
    pub precision: Precision,
    /// How it was qualified.
    pub bound: Bound,
    /// How its zone is known.
    pub clock: Clock,
}

/// A day begins up to fourteen hours earlier in another zone than in UTC, and ends up to twelve hours later. In seconds.
const FURTHEST_ZONE: i64 = 14 * 3600;
/// By how much the day is longer on which the clocks are put back. In seconds.
const LONGER_DAY: i64 = 3600;

impl Moment {
    /// The year, in the zone it was written in for a date and in UTC for a time.
    #[must_use]
    pub fn year(&self) -> i16 {
        self.civil().year()
    }

    /// The day, in the zone it was written in; nothing where no more than the month is known.
    #[must_use]
    pub fn day(&self) -> Option<jiff::civil::Date> {
        (self.precision >= Precision::Day).then(|| self.at.to_zoned(self.offset.to_time_zone()).date())
    }

    /// The first day that begins when it has come: a day is that day itself, of a time it is the first in UTC that begins no earlier; nothing where no
    /// more than the month is known.
    #[must_use]
    pub fn day_after(&self) -> Option<jiff::civil::Date> {
        if self.precision <= Precision::Day {
            return self.day();
        }
        let at = self.at.to_zoned(TimeZone::UTC);
        let is_midnight = at.time() == jiff::civil::Time::midnight();
        if is_midnight { Some(at.date()) } else { at.date().tomorrow().ok() }
    }

    /// The date as `YYYY-MM-DD` (`YYYY-MM`, `YYYY` where that is all that is known).
    #[must_use]
    pub fn date(&self) -> String {
        let civil = self.civil();
        match self.precision {
            Precision::Year => format!("{:04}", civil.year()),
            Precision::Month => format!("{:04}-{:02}", civil.year(), civil.month()),
            _ => civil.date().to_string(),
        }
    }

    /// The time of day in UTC as `HH:MM` (`HH:MM:SS` where seconds were written), where one is known.
    #[must_use]
    pub fn time(&self) -> Option<String> {
        let civil = self.civil();
        match self.precision {
            Precision::Minute => Some(civil.strftime("%H:%M").to_string()),
            Precision::Second if civil.second() == 0 => Some(civil.strftime("%H:%M").to_string()),
            Precision::Second => Some(civil.strftime("%H:%M:%S").to_string()),
            _ => None,
        }
    }

    /// For `<time datetime>` and machines: RFC 3339 in UTC, or the date alone.
    #[must_use]
    pub fn machine(&self) -> String {
        match self.precision {
            Precision::Minute | Precision::Second => self.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            _ => self.date(),
        }
    }

    /// The end of a stretch as a moment of its own, known as exactly as its beginning and without its bound.
    #[must_use]
    pub fn end(&self) -> Option<Self> {
        Some(Self { at: self.until?, until: None, bound: Bound::Exact, ..*self })
    }

    /// Whether a time of day is known.
    #[must_use]
    pub fn has_time(&self) -> bool {
        self.precision >= Precision::Minute
    }

    /// Whole minutes from this moment to a later one; nothing unless both are known to the minute.
    #[must_use]
    pub fn minutes_until(&self, later: &Self) -> Option<i64> {
        (self.has_time() && later.has_time()).then(|| (later.at.as_second() - self.at.as_second()).div_euclid(60))
    }

    /// Whether it is earlier than another, whatever is not known of the two: `14:30` may be any second of its minute, what is qualified may be
    /// as far off as the sign says, and a day beside a time of another clock may be that of any zone.
    #[must_use]
    pub fn certainly_before(&self, other: &Self) -> bool {
        let slack = match (self.has_time(), other.has_time()) {
            (true, true) | (false, false) => 0,
            // On one clock, only the day on which it is put back is longer.
            _ if self.clock == other.clock && self.clock != Clock::Written => LONGER_DAY,
            _ => FURTHEST_ZONE,
        };
        match (self.latest(), other.earliest()) {
            (Some(latest), Some(earliest)) => latest + slack < earliest,
            _ => false,
        }
    }

    /// The first second it can have been, in its own zone; nothing where that has no limit.
    fn earliest(&self) -> Option<i64> {
        matches!(self.bound, Bound::Exact | Bound::AtLeast).then(|| self.at.as_second())
    }

    /// The last second it can have been, in its own zone; nothing where that has no limit.
    fn latest(&self) -> Option<i64> {
        if matches!(self.bound, Bound::About | Bound::AtLeast) { None } else { self.last_second() }
    }

    /// The last second, since the epoch, of the minute, day, month or year that is written, whatever its qualification.
    #[must_use]
    pub fn last_second(&self) -> Option<i64> {
        let stretch = match self.precision {
            Precision::Second => jiff::Span::new().seconds(1),
            Precision::Minute => jiff::Span::new().minutes(1),
            Precision::Day => jiff::Span::new().days(1),
            Precision::Month => jiff::Span::new().months(1),
            Precision::Year => jiff::Span::new().years(1),
        };
        let last = self.until.unwrap_or(self.at).to_zoned(self.offset.to_time_zone());
        Some(last.checked_add(stretch).ok()?.timestamp().as_second() - 1)
    }

    /// Whether it is a time at midnight sharp, on the clock it was written by: most of these are dates that a program wrote out.
    #[must_use]
    pub fn is_midnight(&self) -> bool {
        const DAY: i64 = 24 * 3600;
        self.has_time() && (self.at.as_second() + i64::from(self.offset.seconds())).rem_euclid(DAY) == 0
    }

    /// The day that [`Self::date`] shows, its first where no more than the month or year is known. In UTC for a time, as [`Self::year`] is.
    #[must_use]
    pub fn civil_date(&self) -> jiff::civil::Date {
        self.civil().date()
    }

    fn civil(&self) -> jiff::civil::DateTime {
        let zone = if self.has_time() { TimeZone::UTC } else { self.offset.to_time_zone() };
        self.at.to_zoned(zone).datetime()
    }
}
