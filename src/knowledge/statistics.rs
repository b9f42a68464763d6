//! Order statistics, the bootstrap, shares and survival: pure functions over numbers.
//!
//! Nothing here computes a mean by itself: durations of incidents are so skewed that it lies above most of them.

use serde::Serialize;

use super::measure::Minutes;

/// The fewest values of which a median and quartiles are given.
pub const FEWEST_FOR_MEDIAN: usize = 5;
/// The fewest values of which a ninetieth percentile is given.
pub const FEWEST_FOR_P90: usize = 20;

/// A statistic of lengths of time, in minutes, with the bounds that the lengths leave it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bounds {
    /// It is at least this.
    pub least: f64,
    /// It is at most this; nothing where too many lengths have no upper bound.
    pub most: Option<f64>,
}

/// What is said of some lengths of time, where there are enough of them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Summary {
    /// Half took no longer.
    pub median: Bounds,
    /// A quarter took no longer.
    pub lower_quartile: Bounds,
    /// Three quarters took no longer.
    pub upper_quartile: Bounds,
    /// Nine in ten took no longer; from [`FEWEST_FOR_P90`] values on.
    pub p90: Option<Bounds>,
    /// The 95 % interval of the median (percentile bootstrap): from the lower end at its least to the upper end at its most.
    pub interval: Bounds,
}

impl Summary {
    /// Sums up lengths of time; nothing below [`FEWEST_FOR_MEDIAN`] of them.
    ///
    /// Bounded lengths count with both bounds. The k-th smallest of lengths known within bounds lies between the k-th smallest lower bound and
    /// the k-th smallest upper bound, so each quantile is found twice and keeps both; a length without an upper bound stands above all others.
    #[must_use]
    pub fn of(lengths: &[Minutes]) -> Option<Self> {
        if lengths.len() < FEWEST_FOR_MEDIAN {
            return None;
        }
        let mut least: Vec<f64> = lengths.iter().map(|length| number(length.least)).collect();
        let mut most: Vec<f64> = lengths.iter().map(|length| length.most.map_or(f64::INFINITY, number)).collect();
        least.sort_unstable_by(f64::total_cmp);
        most.sort_unstable_by(f64::total_cmp);
        let bounds = |least: f64, most: f64| Bounds { least: short(least), most: Some(short(most)).filter(|most| most.is_finite()) };
        let at = |share| Some(bounds(quantile(&least, share)?, quantile(&most, share)?));
        let (from, to) = if least == most { median_interval(&least)? } else { (median_interval(&least)?.0, median_interval(&most)?.1) };
        Some(Self {
            median: at(0.5)?,
            lower_quartile: at(0.25)?,
            upper_quartile: at(0.75)?,
            p90: if lengths.len() < FEWEST_FOR_P90 { None } else { at(0.9) },
            interval: bounds(from, to),
        })
    }
}

impl Bounds {
    /// The statistic in whole minutes, to be read.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "it lies among minutes, which are whole")]
    pub fn minutes(self) -> Minutes {
        Minutes { least: self.least.round() as i64, most: self.most.map(|most| most.round() as i64) }
    }
}

/// Minutes to the third decimal: what interpolation leaves beyond is noise of the arithmetic.
fn short(minutes: f64) -> f64 {
    (minutes * 1000.0).round() / 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "minutes of incidents are far below 2^52")]
fn number(minutes: i64) -> f64 {
    minutes as f64
}

/// The quantile of sorted numbers by linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), which is what R and Python's `numpy` do
/// unless told otherwise and what spreadsheets call `PERCENTILE.INC`, so that readers can check it. `share` is from 0 to 1. Infinite numbers are allowed.
#[must_use]
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    #[expect(clippy::cast_precision_loss, reason = "no corpus has 2^52 incidents")]
    let place = last as f64 * share.clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and `last`")]
    let below = place.floor() as usize;
    let (low, fraction) = (*sorted.get(below)?, place.fract());
    let Some(high) = sorted.get(below + 1).filter(|_| fraction > 0.0) else { return Some(low) };
    // Infinity less itself would be no number.
    Some(if low.is_infinite() { low } else { low + fraction * (high - low) })
}

/// The 95 % percentile bootstrap interval of the median of sorted numbers (Efron 1979). Infinite numbers are allowed.
///
/// No number is drawn. The median of n draws with replacement from n sorted numbers depends only on the places of its middle draws, and how
/// these are distributed is known in closed form (a sum of binomial terms), so the interval is the one that resampling comes nearer to the
/// more often it is done. It needs no seed and is the same in every build; two thousand resamples of nine numbers are one number off for one
/// seed in twelve. The work grows with the square root of n, sorting apart.
#[must_use]
pub fn median_interval(sorted: &[f64]) -> Option<(f64, f64)> {
    let mut medians: Vec<(f64, f64)> = middle_draws(sorted.len())
        .into_iter()
        .filter_map(|(low, high, weight)| {
            let (low, high) = (*sorted.get(low)?, *sorted.get(high)?);
            Some((if low.is_infinite() { low } else { f64::midpoint(low, high) }, weight))
        })
        .collect();
    medians.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let total: f64 = medians.iter().map(|(_, weight)| weight).sum();
    let at = |share: f64| {
        let mut up_to = 0.0;
        let reached = medians.iter().find(|(_, weight)| {
            up_to += weight;
            up_to >= share * total
        });
        reached.map(|(median, _)| *median)
    };
    Some((at(0.025)?, at(0.975)?))
}

/// Where the middle draws of a resample of n may come from, and how often: places from nought, with a weight. For an odd n the two are one.
///
/// With R the place from one of the m-th smallest draw, R ≤ j where at least m draws fall among the first j: P(R ≤ j) = P(Bin(n, j/n) ≥ m). For
/// an even n = 2m the next draw comes from beyond k ≥ j where exactly m draws fall among the first j and none between: the chance of both is
/// C(n, m) (j/n)^m (1 − k/n)^m, and differences of it give each pair. What is more than five standard deviations off, or further apart
/// than 25 places (less often than e^−25), is left out.
#[expect(clippy::cast_precision_loss, reason = "no corpus has 2^52 incidents")]
fn middle_draws(n: usize) -> Vec<(usize, usize, f64)> {
    const FURTHEST_APART: usize = 25;
    let (size, middle) = (n as f64, n.div_ceil(2));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a square root of a length is a length")]
    let reach = (2.5 * size.sqrt()).ceil() as usize + 1;
    let (first, last) = (middle.saturating_sub(reach).max(1), (middle + reach).min(n));
    let rank = middle as f64;
    let ways: f64 = (1..=middle).map(|i| ((n - middle + i) as f64 / i as f64).ln()).sum();
    let mut draws = Vec::new();
    let mut up_to_before = at_least(n, middle, (first - 1) as f64 / size, ways);
    let apart = |j: usize, k: usize| {
        if j == 0 || k >= n { 0.0 } else { (ways + rank * (j as f64 / size).ln() + rank * (1.0 - k as f64 / size).ln()).exp() }
    };
    for j in first..=last {
        let up_to = at_least(n, middle, j as f64 / size, ways);
        let here = up_to - up_to_before;
        up_to_before = up_to;
        if n % 2 == 1 {
            draws.push((j - 1, j - 1, here));
            continue;
        }
        let beyond = |k: usize| apart(j, k) - apart(j - 1, k);
        let mut further = beyond(j);
        draws.push((j - 1, j - 1, here - further));
        for k in j + 1..=n.min(j + FURTHEST_APART) {
            let next = beyond(k);
            draws.push((j - 1, k - 1, further - next));
            further = next;
        }
    }
    draws
}

/// P(Bin(n, p) ≥ m) for m ≥ 1; `ways` is the logarithm of C(n, m).
#[expect(clippy::cast_precision_loss, reason = "no corpus has 2^52 incidents")]
fn at_least(n: usize, m: usize, p: f64, ways: f64) -> f64 {
    /// Terms this small add nothing.
    const LEAST: f64 = 1e-18;
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let odds = p / (1.0 - p);
    let mut term = (ways + m as f64 * p.ln() + (n - m) as f64 * (1.0 - p).ln()).exp();
    // The tail is added up on the side where its terms grow smaller.
    let mut sum = 0.0;
    if m as f64 >= n as f64 * p {
        let mut i = m;
        while i <= n && term > LEAST {
            sum += term;
            term *= (n - i) as f64 / (i + 1) as f64 * odds;
            i += 1;
        }
        sum
    } else {
        let mut i = m;
        while i > 0 && term > LEAST {
            term *= i as f64 / ((n - i + 1) as f64 * odds);
            sum += term;
            i -= 1;
        }
        1.0 - sum
    }
}

/// A step of the distribution of lengths of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Step {
    /// A length, in minutes.
    pub minutes: i64,
    /// How many certainly took no longer.
    pub certain: usize,
    /// How many may have taken no longer: more than `certain` where lengths are known within bounds.
    pub possible: usize,
}

/// The empirical distribution of lengths of time: a step at every length that is a bound of one, ascending.
#[must_use]
pub fn distribution(lengths: &[Minutes]) -> Vec<Step> {
    let mut least: Vec<i64> = lengths.iter().map(|length| length.least).collect();
    let mut most: Vec<i64> = lengths.iter().filter_map(|length| length.most).collect();
    least.sort_unstable();
    most.sort_unstable();
    let mut places: Vec<i64> = least.iter().chain(&most).copied().collect();
    places.sort_unstable();
    places.dedup();
    let up_to = |sorted: &[i64], minutes| sorted.partition_point(|length| *length <= minutes);
    places.into_iter().map(|minutes| Step { minutes, certain: up_to(&most, minutes), possible: up_to(&least, minutes) }).collect()
}

/// How many of some things are so.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Share {
    /// Those that are.
    pub part: usize,
    /// Those of which it is known whether they are.
    pub known: usize,
    /// Those of which it is not known.
    pub missing: usize,
}

impl Share {
    /// The share, from 0 to 1, of those of which it is known.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "no corpus has 2^52 incidents")]
    pub fn value(self) -> Option<f64> {
        (self.known > 0).then(|| self.part as f64 / self.known as f64)
    }

    /// The 95 % score interval of the share (Wilson 1927), which holds for few and for extreme shares, too.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "no corpus has 2^52 incidents")]
    pub fn interval(self) -> Option<(f64, f64)> {
        let (share, n) = (self.value()?, self.known as f64);
        let square = NORMAL_975 * NORMAL_975;
        let middle = (share + square / (2.0 * n)) / (1.0 + square / n);
        let half = NORMAL_975 / (1.0 + square / n) * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
        Some(((middle - half).max(0.0), (middle + half).min(1.0)))
    }
}

/// The 97.5th percentile of the standard normal distribution.
const NORMAL_975: f64 = 1.959_963_984_540_054;

/// Whether what is waited for has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It came at the end of the time.
    Closed,
    /// It had not come by then: the time is cut off, not over.
    Censored,
}

/// How many are still waiting, as time goes on.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Survival {
    /// How many were watched.
    pub n: usize,
    /// For how many of them it came.
    pub closed: usize,
    /// The steps, by time.
    pub steps: Vec<SurvivalStep>,
    /// The first time at which half or fewer are waiting; nothing where it does not come to that.
    pub median: Option<i64>,
    /// The 95 % interval of the median: where the band of the curve crosses a half. Either end may be beyond what is known.
    pub median_interval: (Option<i64>, Option<i64>),
}

/// A time at which something changes in a survival curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SurvivalStep {
    /// The time, in the unit of the input.
    pub time: i64,
    /// How many were still watched just before.
    pub at_risk: usize,
    /// How many closed then.
    pub closed: usize,
    /// How many were cut off then.
    pub censored: usize,
    /// The estimated share still waiting after it.
    pub waiting: f64,
    /// The 95 % interval of that share (Greenwood, on the scale of log(−log)); nothing where it is 1 or 0.
    pub interval: Option<(f64, f64)>,
}

/// The Kaplan–Meier estimate (Kaplan and Meier 1958) of how long things wait, from how long each was watched and how it ended. Those cut off
/// count as long as they were seen; at a tie, what closed goes before what was cut off. The interval is that of `conf.type = "log-log"` in R's
/// `survival`.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no corpus has 2^52 actions")]
pub fn kaplan_meier(watched: &[(i64, Outcome)]) -> Survival {
    let mut watched = watched.to_vec();
    watched.sort_unstable();
    let n = watched.len();
    let (mut at_risk, mut waiting, mut greenwood) = (n, 1.0_f64, 0.0_f64);
    let mut steps = Vec::new();
    for tied in watched.chunk_by(|a, b| a.0 == b.0) {
        let Some((time, _)) = tied.first() else { continue };
        let closed = tied.iter().filter(|(_, outcome)| *outcome == Outcome::Closed).count();
        waiting *= (at_risk - closed) as f64 / at_risk as f64;
        greenwood += closed as f64 / (at_risk as f64 * (at_risk - closed) as f64);
        let interval = (waiting > 0.0 && waiting < 1.0).then(|| {
            let half = NORMAL_975 * greenwood.sqrt() / waiting.ln().abs();
            (rounded(waiting.powf(half.exp())), rounded(waiting.powf((-half).exp())))
        });
        steps.push(SurvivalStep { time: *time, at_risk, closed, censored: tied.len() - closed, waiting, interval });
        at_risk -= tied.len();
    }
    // A share of exactly a half may come out a hair above it.
    let half = 0.5 + 1e-12;
    let first = |is_half: &dyn Fn(&SurvivalStep) -> bool| steps.iter().find(|step| is_half(step)).map(|step| step.time);
    let median = first(&|step| step.waiting <= half);
    let crosses = |end: fn((f64, f64)) -> f64| first(&|step| step.interval.is_some_and(|band| end(band) <= half));
    let median_interval = (crosses(|band| band.0), crosses(|band| band.1));
    let closed = steps.iter().map(|step| step.closed).sum();
    Survival { n, closed, steps, median, median_interval }
}

/// A share to nine decimals: powers and logarithms may differ in their last digit from one machine to another, and a build must not.
fn rounded(share: f64) -> f64 {
    (share * 1e9).round() / 1e9
}

/// The numbers of reference were computed once with Python 3.11.7: `numpy` 2.4.6 (`np.quantile(x, [.25, .5, .75, .9])`), `scipy` 1.17.1
/// (`st.bootstrap((x,), np.median, n_resamples=200000, method='percentile', rng=np.random.default_rng(1))`,
/// `st.binomtest(k, n).proportion_ci(method='wilson')`) and `lifelines` 0.30.3 (`KaplanMeierFitter().fit(t, e)`, its `survival_function_`,
/// `confidence_interval_` and `median_survival_times`).
#[cfg(test)]
mod tests {
    use super::*;

    fn exactly(minutes: &[i64]) -> Vec<Minutes> {
        minutes.iter().map(|minutes| Minutes::exactly(*minutes)).collect()
    }

    fn known(bounds: f64) -> Bounds {
        Bounds { least: bounds, most: Some(bounds) }
    }

    fn near(found: f64, reference: f64, what: &str) {
        assert!((found - reference).abs() < 1e-6, "{what}: {found} is not {reference}");
    }

    #[test]
    fn quantiles_are_those_of_numpy() {
        let cases: [(&[f64], [f64; 4]); 2] = [
            (&[3.0, 7.0, 8.0, 12.0, 21.0, 34.0, 55.0, 120.0, 480.0], [8.0, 21.0, 55.0, 192.000_000_000_000_06]),
            (&[1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0, 55.0], [2.25, 6.5, 19.0, 36.099_999_999_999_994]),
        ];
        for (sorted, reference) in cases {
            for (share, reference) in [0.25, 0.5, 0.75, 0.9].into_iter().zip(reference) {
                near(quantile(sorted, share).unwrap(), reference, "quantile");
            }
        }
        assert_eq!(quantile(&[], 0.5), None);
        assert_eq!(quantile(&[7.0], 0.9), Some(7.0));
        assert_eq!(quantile(&[1.0, 2.0, f64::INFINITY, f64::INFINITY], 0.5), Some(f64::INFINITY));
    }

    #[test]
    fn bootstrap_intervals_are_those_of_resampling_everything() {
        let growing: Vec<f64> = (0..100).map(|n| (10.0 * 1.1_f64.powi(n)).round()).collect();
        let counting: Vec<f64> = (1..=41).map(f64::from).collect();
        let cases: [(&[f64], (f64, f64)); 4] = [
            (&[3.0, 7.0, 8.0, 12.0, 21.0, 34.0, 55.0, 120.0, 480.0], (7.0, 120.0)),
            (&[1.0, 2.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0, 34.0, 55.0], (2.0, 23.5)),
            (&counting, (15.0, 27.0)),
            (&growing, (453.0, 2780.5)),
        ];
        for (sorted, reference) in cases {
            assert_eq!(median_interval(sorted), Some(reference), "{sorted:?}");
        }
    }

    #[test]
    fn the_places_of_middle_draws_are_all_there_is() {
        for n in [5, 6, 19, 20, 500, 9_999, 10_000] {
            let draws = middle_draws(n);
            near(draws.iter().map(|(.., weight)| weight).sum(), 1.0, "all weights together");
            assert!(draws.iter().all(|(low, high, weight)| low <= high && *high < n && *weight > -1e-9), "{n}");
        }
        // `st.binom.sf(4, 9, k / 9)`
        let nine = middle_draws(9);
        near(nine[..7].iter().map(|(.., weight)| weight).sum(), 0.969_626_717_393_359_1, "P(R <= 7)");
    }

    #[test]
    fn a_summary_needs_five_values_and_a_ninetieth_percentile_twenty() {
        assert_eq!(Summary::of(&exactly(&[1, 2, 3, 4])), None);
        let five = Summary::of(&exactly(&[5, 1, 2, 4, 3])).unwrap();
        assert_eq!((five.median, five.lower_quartile, five.upper_quartile, five.p90), (known(3.0), known(2.0), known(4.0), None));
        assert_eq!(five.interval, Bounds { least: 1.0, most: Some(5.0) });
        let twenty: Vec<i64> = (1..=20).collect();
        assert_eq!(Summary::of(&exactly(&twenty[..19])).unwrap().p90, None);
        near(Summary::of(&exactly(&twenty)).unwrap().p90.unwrap().least, 18.1, "p90");
    }

    #[test]
    fn bounds_stay_bounds() {
        let mut lengths = exactly(&[10, 20, 30, 40]);
        lengths.push(Minutes { least: 25, most: Some(35) });
        let summary = Summary::of(&lengths).unwrap();
        assert_eq!(summary.median, Bounds { least: 25.0, most: Some(30.0) });
        let mut lengths = exactly(&[10, 20, 30]);
        lengths.extend([Minutes { least: 5, most: None }; 2]);
        let summary = Summary::of(&lengths).unwrap();
        assert_eq!(summary.median, Bounds { least: 10.0, most: Some(30.0) }, "what has no limit stands above all others");
        assert_eq!(summary.upper_quartile, Bounds { least: 20.0, most: None });
        assert_eq!(summary.interval, Bounds { least: 5.0, most: None });
    }

    #[test]
    fn the_distribution_says_how_many_certainly_and_how_many_possibly() {
        let lengths = [Minutes::exactly(3), Minutes { least: 3, most: Some(8) }, Minutes { least: 5, most: None }];
        let steps: Vec<_> = distribution(&lengths).iter().map(|step| (step.minutes, step.certain, step.possible)).collect();
        assert_eq!(steps, [(3, 1, 2), (5, 1, 3), (8, 2, 3)]);
        assert_eq!(distribution(&[]), []);
    }

    #[test]
    fn intervals_of_shares_are_those_of_scipy() {
        let cases = [
            (3, 5, 0.230_724_281_276_012_97, 0.882_379_225_767_352_1),
            (0, 4, 0.0, 0.489_890_836_454_597_3),
            (10, 10, 0.722_467_200_137_110_9, 1.0),
            (37, 120, 0.232_727_369_889_162_95, 0.395_829_977_238_006_7),
        ];
        for (part, known, low, high) in cases {
            let interval = Share { part, known, missing: 1 }.interval().unwrap();
            near(interval.0, low, "low");
            near(interval.1, high, "high");
        }
        assert_eq!(Share { part: 0, known: 0, missing: 7 }.interval(), None);
    }

    fn watched(times: &[i64], closed: &[u8]) -> Vec<(i64, Outcome)> {
        let outcome = |closed: &u8| if *closed == 1 { Outcome::Closed } else { Outcome::Censored };
        times.iter().copied().zip(closed.iter().map(outcome)).collect()
    }

    fn assert_survival(found: &Survival, reference: &[(i64, f64, f64, f64)]) {
        assert_eq!(found.steps.len(), reference.len());
        for (step, (time, waiting, low, high)) in found.steps.iter().zip(reference) {
            assert_eq!(step.time, *time);
            near(step.waiting, *waiting, "share waiting");
            let interval = step.interval.unwrap();
            near(interval.0, *low, "lower limit");
            near(interval.1, *high, "upper limit");
        }
    }

    /// The maintained group of the leukaemia trial in Miller, Survival Analysis (1981), which is `aml` of R's `survival`.
    #[test]
    fn survival_of_a_well_known_trial_is_what_others_find() {
        let times = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161];
        let found = kaplan_meier(&watched(&times, &[1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0]));
        assert_eq!((found.n, found.closed, found.median, found.median_interval), (11, 7, Some(31), (Some(13), None)));
        let reference = [
            (9, 0.909_091, 0.508_080, 0.986_674),
            (13, 0.818_182, 0.447_429, 0.951_162),
            (18, 0.715_909, 0.350_190, 0.899_024),
            (23, 0.613_636, 0.265_752, 0.835_299),
            (28, 0.613_636, 0.265_752, 0.835_299),
            (31, 0.490_909, 0.167_331, 0.753_400),
            (34, 0.368_182, 0.092_830, 0.657_041),
            (45, 0.368_182, 0.092_830, 0.657_041),
            (48, 0.184_091, 0.011_738, 0.525_015),
            (161, 0.184_091, 0.011_738, 0.525_015),
        ];
        assert_survival(&found, &reference);
    }

    #[test]
    fn ties_close_before_they_are_cut_off() {
        let found = kaplan_meier(&watched(&[8, 1, 1, 2, 2, 2, 3, 4, 4, 5, 6, 6], &[0, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0]));
        assert_eq!((found.median, found.median_interval), (Some(4), (Some(1), None)));
        let reference = [
            (1, 0.833_333, 0.481_715, 0.955_509),
            (2, 0.666_667, 0.337_019, 0.859_712),
            (3, 0.666_667, 0.337_019, 0.859_712),
            (4, 0.444_444, 0.148_692, 0.708_190),
            (5, 0.444_444, 0.148_692, 0.708_190),
            (6, 0.296_296, 0.054_804, 0.600_789),
            (8, 0.296_296, 0.054_804, 0.600_789),
        ];
        assert_survival(&found, &reference);
    }

    #[test]
    fn survival_has_an_answer_for_nothing_for_all_and_for_none() {
        let nothing = kaplan_meier(&[]);
        assert_eq!((nothing.n, nothing.median, nothing.median_interval), (0, None, (None, None)));
        let none = kaplan_meier(&watched(&[4, 9], &[0, 0]));
        assert_eq!((none.closed, none.median), (0, None), "nobody knows when what never came will come");
        let all = kaplan_meier(&watched(&[4, 9], &[1, 1]));
        assert_eq!((all.closed, all.median), (2, Some(4)));
        let last = all.steps.last().unwrap();
        assert_eq!(last.interval, None, "a share of nought has no interval");
    }
}
