//! The calendar in stretches: which month, quarter or year a moment falls in, and how many fell in each.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{PeriodCount, PeriodKind};
use crate::model::{Moment, Precision};

/// A stretch of the calendar by its number: months, quarters or years since the year nought.
pub(super) type Number = i32;

/// Where in the calendar something was, as far as that is known. It is found once for each incident: every measure asks for it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct When {
    /// The first day it can have been.
    day: Option<Date>,
    /// How exactly that is known.
    precision: Option<Precision>,
}

impl When {
    pub(super) fn of(moment: Option<&Moment>) -> Self {
        Self { day: moment.map(Moment::civil_date), precision: moment.map(|moment| moment.precision) }
    }

    /// The day, where it is known.
    pub(super) fn day(self) -> Option<Date> {
        self.day.filter(|_| self.precision >= Some(Precision::Day))
    }
}

impl PeriodKind {
    /// The stretch something falls in; nothing where it is not known exactly enough.
    pub(super) fn of(self, when: When) -> Option<Number> {
        let coarsest = if self == Self::Year { Precision::Year } else { Precision::Month };
        when.day.filter(|_| when.precision >= Some(coarsest)).map(|day| self.on(day))
    }

    /// The stretch a day falls in.
    pub(super) fn on(self, date: Date) -> Number {
        let (year, month) = (i32::from(date.year()), i32::from(date.month()) - 1);
        match self {
            Self::Month => year * 12 + month,
            Self::Quarter => year * 4 + month / 3,
            Self::Year => year,
        }
    }

    /// Its name: `2026-03`, `2026-Q1`, `2026`.
    pub(super) fn label(self, number: Number) -> String {
        match self {
            Self::Month => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
            Self::Quarter => format!("{:04}-Q{}", number.div_euclid(4), number.rem_euclid(4) + 1),
            Self::Year => format!("{number:04}"),
        }
    }

    /// How many stretches fifty years have.
    fn most(self) -> usize {
        match self {
            Self::Month => 600,
            Self::Quarter => 200,
            Self::Year => 50,
        }
    }

    /// How many fall in each stretch from the first of them to today, empty ones included, and of how many that is not known.
    pub(super) fn count(self, whens: &[When], today: Date) -> (Vec<PeriodCount>, usize) {
        let (mut counts, mut unplaced): (BTreeMap<Number, usize>, usize) = (BTreeMap::new(), 0);
        for when in whens {
            match self.of(*when) {
                Some(number) => *counts.entry(number).or_default() += 1,
                None => unplaced += 1,
            }
        }
        let running = self.on(today);
        let periods = self.without_gaps(counts.keys().copied(), running).into_iter().map(|number| PeriodCount {
            period: self.label(number),
            count: counts.get(&number).copied().unwrap_or_default(),
            running: number >= running,
        });
        (periods.collect(), unplaced)
    }

    /// The stretches from the first of some to the last of them or to a given one, whichever is later; none where there are none. Over more
    /// than fifty years, as a slip in a year makes them, only those that are given.
    pub(super) fn without_gaps(self, some: impl Iterator<Item = Number>, until: Number) -> Vec<Number> {
        let some: BTreeSet<Number> = some.collect();
        let (Some(first), Some(last)) = (some.first(), some.last()) else { return Vec::new() };
        let all = *first..=until.max(*last);
        if all.clone().count() <= self.most() { all.collect() } else { some.into_iter().collect() }
    }
}
