//! Scales: from minutes, days and counts to places across a drawing, in whole numbers.

use crate::render::wording::duration;
use crate::theme::{Words, ungrouped};

/// A place across a drawing: hundredths of a percent of its width, 0 to 10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Across(pub(super) i64);

impl Across {
    /// The left edge.
    pub(super) const LEFT: Self = Self(0);
    /// The right edge.
    pub(super) const RIGHT: Self = Self(10_000);

    /// `part` of `whole` of the width; all of it where there is no whole.
    pub(super) fn share(part: u64, whole: u64) -> Self {
        if whole == 0 {
            return Self::RIGHT;
        }
        let places = u128::from(part.min(whole)) * 10_000 / u128::from(whole);
        Self(i64::try_from(places).unwrap_or(10_000))
    }
}

impl std::fmt::Display for Across {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match (part % 10, part) {
            (_, 0) => write!(f, "{whole}%"),
            (0, _) => write!(f, "{whole}.{}%", part / 10),
            _ => write!(f, "{whole}.{part:02}%"),
        }
    }
}

/// A mark on an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tick {
    pub(super) at: Across,
    pub(super) text: String,
}

/// Minutes on a logarithmic axis. Zero has no logarithm and gets a place of its own at the left.
#[derive(Debug, Clone, Copy)]
pub(super) struct LogMinutes {
    low: i64,
    high: i64,
    start: i64,
}

/// Where dots may lie at the left and at the right, so that none is cut.
const FIRST: i64 = 300;
const LAST: i64 = 9_700;
/// Where the axis begins when there is a place for zero before it.
const AFTER_ZERO: i64 = 1_300;
/// How close two labels of an axis may stand: 50 pixels on a telephone.
const APART: i64 = 1_500;

const HOUR: u64 = 60;
const DAY: u64 = 24 * HOUR;
const YEAR: u64 = 365 * DAY;

/// Round times, the ones people think in first.
const ROUND: [u64; 24] = [
    1,
    HOUR,
    DAY,
    30 * DAY,
    YEAR,
    10 * YEAR,
    100 * YEAR,
    1000 * YEAR,
    10,
    7 * DAY,
    6 * HOUR,
    90 * DAY,
    30,
    3 * YEAR,
    5,
    12 * HOUR,
    3 * HOUR,
    3 * DAY,
    180 * DAY,
    14 * DAY,
    2 * HOUR,
    15,
    2,
    2 * DAY,
];

/// A round time in words; years are those of 365 days.
fn round(words: &Words, minutes: u64) -> String {
    match minutes / YEAR {
        0 => duration(words, i64::try_from(minutes).unwrap_or(i64::MAX)),
        years => words.with("chart-years-on-axis", &[("count", ungrouped(years))]),
    }
}

impl LogMinutes {
    /// An axis that holds all of `minutes`, at least four times as long at its end as at its beginning. None where there are none.
    pub(super) fn over(minutes: &(impl Iterator<Item = u64> + Clone)) -> Option<Self> {
        let zero = minutes.clone().any(|minutes| minutes == 0);
        let start = if zero { AFTER_ZERO } else { FIRST };
        let positive = minutes.clone().filter(|minutes| *minutes > 0);
        let (Some(low), Some(high)) = (positive.clone().min(), positive.max()) else {
            return zero.then(|| Self { low: 0, high: log2(HOUR), start });
        };
        let (low, high) = (log2(low), log2(high));
        let short = (2 * ONE - (high - low)).max(0);
        Some(Self { low: low - short / 2, high: high + (short - short / 2), start })
    }

    /// Where minutes stand; what lies beyond the axis stands at its end.
    pub(super) fn at(&self, minutes: u64) -> Across {
        if minutes == 0 {
            return Across(FIRST);
        }
        let along = (log2(minutes) - self.low).clamp(0, self.high - self.low);
        Across(self.start + along * (LAST - self.start) / (self.high - self.low))
    }

    /// Round times on the axis, far enough from one another to be read.
    pub(super) fn ticks(&self, words: &Words) -> Vec<Tick> {
        let mut ticks: Vec<Tick> = Vec::new();
        if self.start == AFTER_ZERO {
            ticks.push(Tick { at: Across(FIRST), text: "0".to_owned() });
        }
        for minutes in ROUND {
            let log = log2(minutes);
            let at = self.at(minutes);
            if log >= self.low && log <= self.high && ticks.iter().all(|tick| (tick.at.0 - at.0).abs() >= APART) {
                ticks.push(Tick { at, text: round(words, minutes) });
            }
        }
        ticks.sort_by_key(|tick| tick.at);
        ticks
    }
}

/// One, as a logarithm with 16 binary places.
const ONE: i64 = 1 << 16;

/// The logarithm to base 2 with 16 binary places, of a number from 1. Whole-number arithmetic: `f64::log2` may differ from machine to machine.
fn log2(number: u64) -> i64 {
    let number = number.max(1);
    let whole = number.ilog2();
    // The number over its largest power of two, from 1 to under 2, with 31 binary places.
    let mut rest = if whole > 31 { number >> (whole - 31) } else { number << (31 - whole) };
    let mut places = 0;
    for _ in 0..16 {
        rest = (rest * rest) >> 31;
        places <<= 1;
        if rest >> 32 != 0 {
            rest >>= 1;
            places |= 1;
        }
    }
    i64::from(whole) * ONE + places
}

/// Days on an even axis from 0 to `last`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    last: u64,
}

impl Days {
    /// An axis that holds `last`.
    pub(super) fn until(last: u64) -> Self {
        Self { last: last.max(1) }
    }

    /// Where a day stands.
    pub(super) fn at(self, day: u64) -> Across {
        Across::share(day, self.last)
    }

    /// Round days on the axis, at most six.
    pub(super) fn ticks(self, words: &Words) -> Vec<Tick> {
        let steps = [1, 2, 7, 14, 30, 60, 90, 180, 365, 730, 1825, 3650, 18250, 36500];
        let step = steps.into_iter().find(|step| self.last / step <= 5).unwrap_or(self.last);
        let told = |day: u64| match day {
            0 => "0".to_owned(),
            day if step >= 365 && day % 365 == 0 => round(words, day * DAY),
            day => words.with("duration-days", &[("days", ungrouped(day))]),
        };
        (0..=self.last / step).map(|n| Tick { at: self.at(n * step), text: told(n * step) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Across, Days, LogMinutes, ONE, log2};
    use crate::theme::Words;

    #[test]
    fn a_logarithm_is_right_to_its_sixteenth_place() {
        for (number, log) in [(1, 0), (2, ONE), (3, 103_872), (10, 217_705), (1 << 40, 40 * ONE), (u64::MAX, 64 * ONE - 1)] {
            assert!((log2(number) - log).abs() <= 1, "{number}: {}", log2(number));
        }
    }

    #[test]
    fn a_place_is_written_without_idle_zeros() {
        let written: Vec<String> = [0, 5, 1_230, 1_234, 10_000].iter().map(|n| Across(*n).to_string()).collect();
        assert_eq!(written, ["0%", "0.05%", "12.3%", "12.34%", "100%"]);
    }

    fn ticks(minutes: &[u64]) -> Vec<String> {
        LogMinutes::over(&minutes.iter().copied()).unwrap().ticks(Words::english()).into_iter().map(|tick| tick.text).collect()
    }

    #[test]
    fn the_axis_is_told_in_round_times() {
        assert_eq!(ticks(&[3, 900]), ["10 min", "1 h", "6 h"]);
        assert_eq!(ticks(&[1, 500_000]), ["1 min", "1 h", "1 day", "30 days"]);
        assert_eq!(ticks(&[47, 47]), ["30 min", "1 h"]);
        assert_eq!(ticks(&[0]), ["0", "2 min", "10 min", "1 h"]);
        assert_eq!(ticks(&[0, 20, 90]), ["0", "30 min", "1 h"]);
    }

    #[test]
    fn zero_stands_before_the_axis_and_the_rest_on_it() {
        let axis = LogMinutes::over(&[0, 1, 64].into_iter()).unwrap();
        assert_eq!([0, 1, 8, 64].map(|minutes| axis.at(minutes).0), [300, 1_300, 5_500, 9_700]);
        assert!(LogMinutes::over(&std::iter::empty()).is_none());
    }

    #[test]
    fn days_have_at_most_six_ticks() {
        let told = |last| Days::until(last).ticks(Words::english()).into_iter().map(|tick| tick.text).collect::<Vec<_>>();
        assert_eq!(told(100), ["0", "30 days", "60 days", "90 days"]);
        assert_eq!(told(800), ["0", "180 days", "360 days", "540 days", "720 days"]);
        assert_eq!(told(1500), ["0", "1 year", "2 years", "3 years", "4 years"]);
        assert_eq!(told(0), ["0", "1 day"]);
    }
}
