//! How long things took in one incident: the measures by name and definition, each with the bounds its ends leave open.
//!
//! A measure is the distance between two moments of an incident. Where a moment is known within bounds (`14:30-14:40`, `>=14:30`, `~14:30`),
//! so is the distance; nothing is rounded to a single number. The definitions are printed beside every figure, because other people's are
//! not the same.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::markdown::text::capitalised;
use crate::model::{Bound, EventKind, Milestone, Moment, Postmortem, Precision};

/// A length of time in whole minutes, as exactly as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Minutes {
    /// It lasted at least this long; never negative.
    pub least: i64,
    /// It lasted at most this long; nothing where that has no limit.
    pub most: Option<i64>,
}

impl Minutes {
    /// A length that is known exactly.
    #[must_use]
    pub fn exactly(minutes: i64) -> Self {
        Self { least: minutes, most: Some(minutes) }
    }

    /// The length, where it is known exactly.
    #[must_use]
    pub fn exact(self) -> Option<i64> {
        self.most.filter(|most| *most == self.least)
    }
}

impl fmt::Display for Minutes {
    /// "47 min", "30 to 40 min", "at least 2 h".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.most {
            None => write!(f, "at least {}", spoken(self.least)),
            Some(most) if most == self.least => f.write_str(&spoken(most)),
            Some(most) if self.least == 0 => write!(f, "at most {}", spoken(most)),
            Some(most) if most < 60 => write!(f, "{} to {}", self.least, spoken(most)),
            Some(most) => write!(f, "{} to {}", spoken(self.least), spoken(most)),
        }
    }
}

/// A word of a document as a name: "near-miss" → "Near miss".
#[must_use]
pub fn sentence_case(word: &str) -> String {
    capitalised(&word.replace(['-', '_'], " "))
}

/// A length of time in words, the two largest units that say something: "47 min", "2 h 45 min", "3 days 4 h".
#[must_use]
pub fn spoken(minutes: i64) -> String {
    let sign = if minutes < 0 { "−" } else { "" };
    let minutes = minutes.unsigned_abs();
    let days = |days: u64| format!("{days} {}", if days == 1 { "day" } else { "days" });
    let text = match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, rest) => format!("{rest} min"),
        (0, hours, 0) => format!("{hours} h"),
        (0, hours, rest) => format!("{hours} h {rest} min"),
        (whole, 0, _) => days(whole),
        (whole, hours, _) => format!("{} {hours} h", days(whole)),
    };
    format!("{sign}{text}")
}

/// What is measured of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// How long the fault slept.
    LatentTime,
    /// Impact start to detection.
    TimeToDetect,
    /// First compromise to detection, in security incidents.
    DwellTime,
    /// Detection to acknowledgement.
    TimeToAcknowledge,
    /// Detection to declaration.
    TimeToDeclare,
    /// Detection to containment.
    TimeToContain,
    /// Impact start to mitigation.
    TimeToMitigate,
    /// The time with impact, pauses excluded.
    ImpactDuration,
    /// Impact start to resolution.
    TimeToResolve,
    /// Detection to mitigation.
    RepairTime,
    /// Impact start to the first public statement.
    FirstPublicWord,
    /// The longest time without a public update.
    LongestSilence,
    /// Resolution to the published report.
    ReportLag,
}

/// What is said of a measure wherever it is shown.
struct Words {
    key: &'static str,
    name: &'static str,
    abbreviation: Option<&'static str>,
    definition: &'static str,
    question: &'static str,
}

impl Measure {
    /// All, in the order an incident goes through them.
    pub const ALL: [Self; 13] = [
        Self::LatentTime,
        Self::TimeToDetect,
        Self::DwellTime,
        Self::TimeToAcknowledge,
        Self::TimeToDeclare,
        Self::TimeToContain,
        Self::TimeToMitigate,
        Self::ImpactDuration,
        Self::TimeToResolve,
        Self::RepairTime,
        Self::FirstPublicWord,
        Self::LongestSilence,
        Self::ReportLag,
    ];

    fn words(self) -> Words {
        let words = |key, name, abbreviation, definition, question| Words { key, name, abbreviation, definition, question };
        match self {
            Self::LatentTime => words(
                "latent_time",
                "Latent time",
                None,
                "From the moment the fault entered the system (`introduced_at`) to the start of impact (`started_at`). Dates count too, with \
                 the day they leave open.",
                "How long did the fault sleep?",
            ),
            Self::TimeToDetect => words(
                "time_to_detect",
                "Time to detect",
                Some("TTD"),
                "From the start of impact (`started_at`) to the moment somebody or something noticed (`detected_at`).",
                "How soon did monitoring or people see it?",
            ),
            Self::DwellTime => words(
                "dwell_time",
                "Dwell time",
                None,
                "In security and smart-contract incidents, from the first compromise (`started_at`) to detection (`detected_at`). Dates count \
                 too, with the day they leave open.",
                "How much time had the attacker alone?",
            ),
            Self::TimeToAcknowledge => words(
                "time_to_acknowledge",
                "Time to acknowledge",
                Some("TTA"),
                "From detection (`detected_at`) to the moment a person took it on (`acknowledged_at`).",
                "How soon did paging reach a person?",
            ),
            Self::TimeToDeclare => words(
                "time_to_declare",
                "Time to declare",
                None,
                "From detection (`detected_at`) to the declaration of an incident (`declared_at`).",
                "How soon was it seen for what it was?",
            ),
            Self::TimeToContain => words(
                "time_to_contain",
                "Time to contain",
                Some("TTC"),
                "From detection (`detected_at`) to the moment the attacker or the fault could do no more (`contained_at`). Security and \
                 smart-contract incidents are expected to say it.",
                "How soon was the loss stopped?",
            ),
            Self::TimeToMitigate => words(
                "time_to_mitigate",
                "Time to mitigate",
                Some("TTM"),
                "From the start of impact (`started_at`) to the moment users were no longer affected (`mitigated_at`).",
                "How long did users feel it?",
            ),
            Self::ImpactDuration => words(
                "impact_duration",
                "Impact duration",
                None,
                "The time with impact, pauses left out: all of `impact_windows` together, each minute once; else the stretches between the \
                 events `started` and `mitigate` or `resolved`, where there are several; else from `started_at` to `mitigated_at`, or to \
                 `resolved_at` where no mitigation is known.",
                "How much time was lost to users in all?",
            ),
            Self::TimeToResolve => words(
                "time_to_resolve",
                "Time to resolve",
                Some("TTR"),
                "From the start of impact (`started_at`) to normal operation without temporary measures (`resolved_at`).",
                "How long until things were back to normal?",
            ),
            Self::RepairTime => words(
                "repair_time",
                "Repair time",
                None,
                "From detection (`detected_at`) to mitigation (`mitigated_at`).",
                "How long did the response itself take?",
            ),
            Self::FirstPublicWord => words(
                "first_public_word",
                "First public word",
                None,
                "From the start of impact (`started_at`) to the first public statement (`public_at`).",
                "How soon was it said in public?",
            ),
            Self::LongestSilence => words(
                "longest_silence",
                "Longest silence",
                None,
                "The longest stretch without a public word between the start of impact (`started_at`) and resolution (`resolved_at`), where \
                 `updates` are recorded.",
                "How long did those waiting hear nothing?",
            ),
            Self::ReportLag => words(
                "report_lag",
                "Report lag",
                None,
                "From resolution (`resolved_at`) to the published report (`published_at`). Dates count too, with the day they leave open.",
                "How soon could others read what happened?",
            ),
        }
    }

    /// The key in machine formats: `time_to_detect`.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.words().key
    }

    /// The name on pages: "Time to detect".
    #[must_use]
    pub fn name(self) -> &'static str {
        self.words().name
    }

    /// The usual abbreviation: "TTD".
    #[must_use]
    pub fn abbreviation(self) -> Option<&'static str> {
        self.words().abbreviation
    }

    /// From what to what, as it is printed beside figures; code in backticks.
    #[must_use]
    pub fn definition(self) -> &'static str {
        self.words().definition
    }

    /// The question it answers.
    #[must_use]
    pub fn question(self) -> &'static str {
        self.words().question
    }

    /// Whether an incident is one that could have it: only intruders dwell, and containment is expected where something spreads.
    #[must_use]
    pub fn applies(self, postmortem: &Postmortem) -> bool {
        match self {
            Self::DwellTime => is_security_incident(postmortem),
            Self::TimeToContain => is_security_incident(postmortem) || postmortem.milestone(Milestone::Contained).is_some(),
            _ => true,
        }
    }

    /// How long it took in one incident.
    #[must_use]
    pub fn of(self, postmortem: &Postmortem) -> Measured {
        use Milestone::{Acknowledged, Contained, Declared, Detected, Introduced, Mitigated, Public, Resolved, Started};
        let at = |milestone| postmortem.milestone(milestone);
        let between = |from, to| distance(at(from), at(to), Precision::Minute);
        if !self.applies(postmortem) {
            return Measured::Missing;
        }
        match self {
            Self::LatentTime => distance(at(Introduced), at(Started), Precision::Day),
            Self::TimeToDetect => between(Started, Detected),
            Self::DwellTime => distance(at(Started), at(Detected), Precision::Day),
            Self::TimeToAcknowledge => between(Detected, Acknowledged),
            Self::TimeToDeclare => between(Detected, Declared),
            Self::TimeToContain => between(Detected, Contained),
            Self::TimeToMitigate => between(Started, Mitigated),
            Self::ImpactDuration => impact(postmortem),
            Self::TimeToResolve => between(Started, Resolved),
            Self::RepairTime => between(Detected, Mitigated),
            Self::FirstPublicWord => between(Started, Public),
            Self::LongestSilence => longest_silence(postmortem),
            Self::ReportLag => distance(at(Resolved), published(postmortem).as_ref(), Precision::Day),
        }
    }
}

impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

/// Whether its kind says that security was broken: `security`, or `smart-contract`.
#[must_use]
pub fn is_security_incident(postmortem: &Postmortem) -> bool {
    let kind = postmortem.kind.as_ref().map_or("", |kind| kind.value.as_str());
    ["security", "smart-contract"].iter().any(|word| kind.eq_ignore_ascii_case(word))
}

/// What came of measuring one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// It took this long.
    Known(Minutes),
    /// One of its ends is not known well enough.
    Missing,
    /// Its ends are in the wrong order, or the end came before the beginning (an alert before the impact): no length of time.
    Negative,
}

impl Measured {
    /// The length, where there is one.
    #[must_use]
    pub fn minutes(self) -> Option<Minutes> {
        match self {
            Self::Known(minutes) => Some(minutes),
            Self::Missing | Self::Negative => None,
        }
    }
}

/// When something can have been, in seconds; nothing where that has no limit.
#[derive(Debug, Clone, Copy)]
struct Extent {
    earliest: Option<i64>,
    latest: Option<i64>,
}

impl Extent {
    /// The extent of a moment that is known to a precision or better.
    fn of(moment: &Moment, coarsest: Precision) -> Option<Self> {
        if moment.precision < coarsest {
            return None;
        }
        let first = moment.at.as_second();
        let last = match moment.precision {
            Precision::Minute | Precision::Second => moment.until.unwrap_or(moment.at).as_second(),
            _ => moment.last_second()?,
        };
        let slack = if moment.bound == Bound::About { slack(moment) } else { 0 };
        Some(Self {
            earliest: (moment.bound != Bound::AtMost).then_some(first - slack),
            latest: (moment.bound != Bound::AtLeast).then_some(last + slack),
        })
    }
}

/// By how much `~14:30` may be off, in seconds: half of what it is rounded to, the roundest of an hour, half and quarter of it, ten, five
/// minutes and one that its minutes allow. A rough day may be off by one.
fn slack(moment: &Moment) -> i64 {
    const DAY: i64 = 24 * 3600;
    if !moment.has_time() {
        return DAY;
    }
    let minute = moment.at.as_second().div_euclid(60) + i64::from(moment.offset.seconds()) / 60;
    let rounded_to = [60, 30, 15, 10, 5].into_iter().find(|step| minute.rem_euclid(*step) == 0).unwrap_or(1);
    rounded_to * 60 / 2
}

/// The time from one moment to another.
fn distance(from: Option<&Moment>, to: Option<&Moment>, coarsest: Precision) -> Measured {
    let extent = |moment: Option<&Moment>| Extent::of(moment?, coarsest);
    let (Some(from), Some(to)) = (extent(from), extent(to)) else { return Measured::Missing };
    length(&[(from, to)])
}

/// The length of some stretches of time together, each minute counted once. As its ends are known within bounds, so is the length: it is
/// least where every stretch begins as late and ends as early as it can, and most the other way about.
fn length(stretches: &[(Extent, Extent)]) -> Measured {
    let most: Option<Vec<_>> = stretches.iter().map(|(from, to)| Some((from.earliest?, to.latest?))).collect();
    if most.as_ref().is_some_and(|most| most.iter().any(|(from, to)| to < from)) {
        return Measured::Negative;
    }
    let sure = stretches.iter().filter_map(|(from, to)| Some((from.latest?, to.earliest?))).filter(|(from, to)| from < to);
    let minutes = Minutes { least: union(sure.collect()).div_euclid(60), most: most.map(|most| union(most).div_euclid(60)) };
    // Where neither bound says anything, nothing is known.
    if minutes.least == 0 && minutes.most.is_none() { Measured::Missing } else { Measured::Known(minutes) }
}

/// The length of the union of some stretches, in their own unit.
fn union(mut stretches: Vec<(i64, i64)>) -> i64 {
    stretches.sort_unstable();
    let (mut length, mut covered_to) = (0, i64::MIN);
    for (from, to) in stretches {
        length += (to - from.max(covered_to)).max(0);
        covered_to = covered_to.max(to);
    }
    length
}

/// When the report was published. Nobody publishes at midnight sharp: there it is a date.
fn published(postmortem: &Postmortem) -> Option<Moment> {
    let at = postmortem.published_at.as_ref()?.value;
    Some(if at.is_midnight() { Moment { precision: Precision::Day, ..at } } else { at })
}

/// The time with impact.
fn impact(postmortem: &Postmortem) -> Measured {
    let extent = |moment: &Moment| Extent::of(moment, Precision::Minute);
    if !postmortem.impact_windows.is_empty() {
        let windows: Option<Vec<_>> =
            postmortem.impact_windows.iter().map(|window| Some((extent(&window.from)?, extent(&window.to)?))).collect();
        return windows.map_or(Measured::Missing, |windows| length(&windows));
    }
    let waves = waves(postmortem);
    if waves.len() > 1 {
        let waves: Option<Vec<_>> = waves.iter().map(|(from, to)| Some((extent(from)?, extent(to)?))).collect();
        return waves.map_or(Measured::Missing, |waves| length(&waves));
    }
    let end = postmortem.milestone(Milestone::Mitigated).filter(|end| end.has_time());
    distance(postmortem.milestone(Milestone::Started), end.or_else(|| postmortem.milestone(Milestone::Resolved)), Precision::Minute)
}

/// The stretches with impact that the timeline tells of, each from a start to the next mitigation or resolution. None where the last has no
/// end.
fn waves(postmortem: &Postmortem) -> Vec<(Moment, Moment)> {
    let mut waves = Vec::new();
    let mut begun = None;
    for event in postmortem.timeline.iter() {
        let Some(when) = event.when else { continue };
        match (event.kind, begun) {
            (Some(EventKind::Started), None) => begun = Some(when),
            (Some(EventKind::Mitigate | EventKind::Resolved), Some(from)) => {
                waves.push((from, when));
                begun = None;
            }
            _ => {}
        }
    }
    if begun.is_some() { Vec::new() } else { waves }
}

/// The longest time without a public word between the start of impact and resolution; measured only where updates are recorded.
fn longest_silence(postmortem: &Postmortem) -> Measured {
    let extent = |moment: Option<&Moment>| Extent::of(moment?, Precision::Minute);
    let (Some(start), Some(end)) = (extent(postmortem.milestone(Milestone::Started)), extent(postmortem.milestone(Milestone::Resolved)))
    else {
        return Measured::Missing;
    };
    let told: Option<Vec<Extent>> = postmortem.updates.iter().map(|update| extent(update.at.as_ref())).collect();
    let Some(mut words) = told.filter(|told| !told.is_empty()) else { return Measured::Missing };
    words.extend(extent(postmortem.milestone(Milestone::Public)));
    words.sort_by_key(|word| word.earliest);
    words.retain(|word| word.earliest.zip(start.earliest).is_none_or(|(word, start)| word >= start));
    words.retain(|word| word.earliest.zip(end.latest).is_none_or(|(word, end)| word <= end));
    words.insert(0, start);
    words.push(end);
    let mut longest = Minutes::exactly(0);
    for pair in words.windows(2) {
        if let [from, to] = pair {
            match length(&[(*from, *to)]) {
                Measured::Known(gap) => {
                    longest.least = longest.least.max(gap.least);
                    longest.most = longest.most.zip(gap.most).map(|(longest, gap)| longest.max(gap));
                }
                Measured::Missing => longest.most = None,
                Measured::Negative => return Measured::Negative,
            }
        }
    }
    Measured::Known(longest)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::Config;
    use crate::diagnostic::SourcePath;
    use crate::model::AnyDocument;
    use crate::parse::{Role, document};

    /// The postmortem with this metadata and timeline, all on one day in UTC.
    fn incident(metadata: &str, timeline: &str) -> Arc<Postmortem> {
        let text = format!("---\ntimezone: UTC\n{metadata}---\n\n## Timeline\n\n{timeline}");
        match document(&SourcePath::from("content/postmortems/2026-03-17-x.md"), &text, Role::Postmortem, &Config::default()).document {
            AnyDocument::Postmortem(postmortem) => postmortem,
            AnyDocument::Page(_) => panic!("it is a postmortem"),
        }
    }

    fn of(measure: Measure, metadata: &str) -> Measured {
        measure.of(&incident(metadata, ""))
    }

    fn bounds(least: i64, most: impl Into<Option<i64>>) -> Measured {
        Measured::Known(Minutes { least, most: most.into() })
    }

    #[test]
    fn every_measure_goes_from_the_one_moment_to_the_other() {
        let all = "kind: security\nintroduced_at: 2026-03-17T08:00Z\nstarted_at: 2026-03-17T10:00Z\ndetected_at: 2026-03-17T10:07Z\n\
                   acknowledged_at: 2026-03-17T10:09Z\ndeclared_at: 2026-03-17T10:12Z\ncontained_at: 2026-03-17T10:30Z\n\
                   mitigated_at: 2026-03-17T10:42Z\nresolved_at: 2026-03-17T12:15Z\npublic_at: 2026-03-17T10:20Z\n\
                   published_at: 2026-03-17T18:15Z\nupdates:\n  - {at: 2026-03-17T10:20Z}\n  - {at: 2026-03-17T11:45Z}\n";
        let expected = [120, 7, 7, 2, 5, 23, 42, 42, 135, 35, 20, 85, 360];
        let found: Vec<_> = Measure::ALL.iter().map(|measure| of(*measure, all)).collect();
        assert_eq!(found, expected.map(|minutes| bounds(minutes, minutes)));
    }

    #[test]
    fn every_measure_has_its_own_key_and_a_definition_that_ends() {
        let mut keys: Vec<_> = Measure::ALL.iter().map(|measure| measure.key()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), Measure::ALL.len());
        for measure in Measure::ALL {
            assert!(measure.definition().ends_with('.') && measure.question().ends_with('?'), "{}", measure.name());
            assert_eq!(measure.key(), measure.name().to_lowercase().replace(' ', "_"));
        }
    }

    #[test]
    fn what_is_known_within_bounds_is_measured_within_bounds() {
        let detected =
            |when: &str| of(Measure::TimeToDetect, &format!("started_at: 2026-03-17T10:00Z\ndetected_at: \"2026-03-17 {when}\"\n"));
        assert_eq!(detected("10:07"), bounds(7, 7));
        assert_eq!(detected("10:05-10:15"), bounds(5, 15));
        assert_eq!(detected(">=10:30"), bounds(30, None));
        assert_eq!(detected("<=10:30"), bounds(0, 30));
        let started =
            |when: &str| of(Measure::TimeToDetect, &format!("started_at: \"2026-03-17 {when}\"\ndetected_at: 2026-03-17T10:30Z\n"));
        assert_eq!(started("10:00-10:10"), bounds(20, 30));
        assert_eq!(started(">=10:00"), bounds(0, 30));
        assert_eq!(started("<=10:00"), bounds(30, None));
        assert_eq!(started("10:20-10:40"), bounds(0, 10), "an overlap leaves nought");
    }

    #[test]
    fn a_rough_time_is_as_rough_as_it_is_round() {
        let detected =
            |when: &str| of(Measure::TimeToDetect, &format!("started_at: 2026-03-17T08:00Z\ndetected_at: \"2026-03-17 {when}\"\n"));
        for (when, half) in [("~10:00", 30), ("~10:30", 15), ("~10:20", 5)] {
            let middle = if when == "~10:00" {
                120
            } else if when == "~10:30" {
                150
            } else {
                140
            };
            assert_eq!(detected(when), bounds(middle - half, middle + half), "{when}");
        }
        assert_eq!(detected("~10:45"), bounds(157, 172), "half of a quarter of an hour, in whole minutes");
        assert_eq!(detected("~10:07"), bounds(126, 127));
    }

    #[test]
    fn nothing_is_measured_from_a_day_where_minutes_matter() {
        let day = "started_at: 2026-03-10\ndetected_at: 2026-03-17T10:00Z\nmitigated_at: 2026-03-17\nintroduced_at: 2026-03-01\n";
        assert_eq!(of(Measure::TimeToDetect, day), Measured::Missing);
        assert_eq!(of(Measure::RepairTime, day), Measured::Missing);
        assert_eq!(of(Measure::ImpactDuration, day), Measured::Missing);
        assert_eq!(of(Measure::TimeToResolve, day), Measured::Missing);
        // From somewhen on the 1st to somewhen on the 10th.
        assert_eq!(of(Measure::LatentTime, day), bounds(8 * 1440, 10 * 1440 - 1));
        assert_eq!(of(Measure::DwellTime, day), Measured::Missing, "nobody dwells in an outage");
        let days = "resolved_at: 2026-03-17T12:00Z\npublished_at: 2026-03-20T00:00Z\n";
        assert_eq!(of(Measure::ReportLag, days), bounds(3600, 3600 + 1439), "midnight sharp is a date");
    }

    #[test]
    fn an_end_before_the_beginning_is_no_length() {
        let foreseen = "started_at: 2026-03-17T10:00Z\ndetected_at: 2026-03-17T09:50Z\nresolved_at: 2026-03-17T11:00Z\n";
        assert_eq!(of(Measure::TimeToDetect, foreseen), Measured::Negative);
        assert_eq!(of(Measure::TimeToResolve, foreseen), bounds(60, 60));
    }

    #[test]
    fn impact_is_counted_once_and_pauses_are_left_out() {
        let windows = "started_at: 2026-03-17T10:00Z\nresolved_at: 2026-03-17T15:00Z\nimpact_windows:\n  \
                       - {from: 2026-03-17T10:00Z, to: 2026-03-17T11:00Z}\n  - {from: 2026-03-17T13:00Z, to: 2026-03-17T13:20Z}\n  \
                       - {from: 2026-03-17T10:30Z, to: 2026-03-17T11:10Z}\n";
        assert_eq!(of(Measure::ImpactDuration, windows), bounds(90, 90));
        let loose = "impact_windows:\n  - {from: 2026-03-17T10:00Z, to: \"2026-03-17 11:00-11:30\"}\n  \
                     - {from: 2026-03-17T11:20Z, to: 2026-03-17T12:00Z}\n";
        assert_eq!(of(Measure::ImpactDuration, loose), bounds(100, 120), "what may overlap counts once at least and at most");
        let waves = "- 10:00 [started] It fails.\n- 10:20 [mitigate] It works.\n- 11:00 [started] It fails again.\n\
                     - 11:10 [mitigate] It works.\n- 12:00 [resolved] It is over.\n";
        let told = incident("started_at: 2026-03-17T10:00Z\n", waves);
        assert_eq!(Measure::ImpactDuration.of(&told), bounds(30, 30));
        assert_eq!(Measure::TimeToResolve.of(&told), bounds(120, 120));
        let open = incident(
            "started_at: 2026-03-17T10:00Z\n",
            "- 10:00 [started] It fails.\n- 10:20 [mitigate] It works.\n- 11:00 [started] Again.\n",
        );
        assert_eq!(Measure::ImpactDuration.of(&open), bounds(20, 20), "one stretch is all that is known");
        let once = "started_at: 2026-03-17T10:00Z\nresolved_at: 2026-03-17T11:00Z\n";
        assert_eq!(of(Measure::ImpactDuration, once), bounds(60, 60), "where no mitigation is known, resolution ends it");
    }

    #[test]
    fn silence_lasts_from_word_to_word() {
        let silence = |updates: &str| {
            of(Measure::LongestSilence, &format!("started_at: 2026-03-17T10:00Z\nresolved_at: 2026-03-17T14:00Z\nupdates:\n{updates}"))
        };
        assert_eq!(silence("  - {at: 2026-03-17T11:00Z}\n  - {at: 2026-03-17T13:30Z}\n"), bounds(150, 150));
        assert_eq!(
            silence("  - {at: 2026-03-17T13:30Z}\n  - {at: 2026-03-18T13:30Z}\n"),
            bounds(210, 210),
            "what is said afterwards does not count"
        );
        assert_eq!(silence("  - {text: Soon.}\n"), Measured::Missing, "a word at no known time may have broken any silence");
        assert_eq!(silence(""), Measured::Missing);
    }

    #[test]
    fn lengths_are_said_with_their_bounds() {
        let said = |least, most| Minutes { least, most }.to_string();
        assert_eq!(said(47, Some(47)), "47 min");
        assert_eq!(said(5, Some(15)), "5 to 15 min");
        assert_eq!(said(50, Some(70)), "50 min to 1 h 10 min");
        assert_eq!(said(0, Some(30)), "at most 30 min");
        assert_eq!(said(120, None), "at least 2 h");
        let cases =
            [(0, "0 min"), (47, "47 min"), (120, "2 h"), (165, "2 h 45 min"), (1440, "1 day"), (4565, "3 days 4 h"), (-5, "−5 min")];
        for (minutes, words) in cases {
            assert_eq!(spoken(minutes), words);
        }
    }
}
