//! What the incidents of a corpus say together: counts, times, shares, always with how many they rest on and how many are missing.
//!
//! [`Metrics`] is a plain value: the page, the command and the JSON are made of it. Every figure is about one [`Population`], so that a drill
//! never stands among incidents. Nothing is extrapolated, and no mean is there unless the site asks for it.

mod caution;
mod count;
mod period;
mod response;
mod times;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::Knowledge;
use super::measure::{Measure, Minutes};
use super::statistics::{Share, Step, Summary};
use crate::config::Config;
use crate::model::{Corpus, Postmortem};
use caution::CAUTIONS;
use period::When;

/// Everything the metrics page says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Metrics {
    /// The day the figures were made, `YYYY-MM-DD`.
    pub today: String,
    /// What the figures are about.
    pub population: Population,
    /// What else there is, which no figure counts.
    pub apart: Vec<Apart>,
    /// What the figures are about, one by one, newest first.
    pub incidents: Vec<Incident>,
    /// How many there were.
    pub handled: Handled,
    /// How long things took, in the order of [`Measure::ALL`].
    pub measures: Vec<Figures>,
    /// Where the time went.
    pub phases: Phases,
    /// How long the impact was, by severity, worst first.
    pub severities: Vec<SeverityFigures>,
    /// Who found them.
    pub detection: DetectionFigures,
    /// How many had happened before.
    pub recurrence: RecurrenceFigures,
    /// How often each milestone is known.
    pub coverage: Vec<Coverage>,
    /// The work they took.
    pub effort: Effort,
    /// The promises of a next public word.
    pub promises: Promises,
    /// Causes over time.
    pub causes: CauseGrid,
    /// When they were.
    pub calendar: Calendar,
    /// How not to read all this.
    pub cautions: Vec<Caution>,
}

/// What is counted together. Incidents somebody handled go before everything else; where there are none, the first of the others that
/// the corpus has is what its figures are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Population {
    /// Incidents with effect, which somebody handled.
    Incidents,
    /// Other people's incidents, summed up.
    Catalogue,
    /// Incidents that almost were.
    NearMisses,
    /// Exercises.
    Drills,
}

impl Population {
    /// All, in order of precedence.
    pub const ALL: [Self; 4] = [Self::Incidents, Self::Catalogue, Self::NearMisses, Self::Drills];

    /// Where a postmortem belongs, by its kind.
    #[must_use]
    pub fn of(postmortem: &Postmortem) -> Self {
        let kind = postmortem.kind.as_ref().map_or("", |kind| kind.value.as_str());
        let kinds = [("catalogue", Self::Catalogue), ("near-miss", Self::NearMisses), ("drill", Self::Drills)];
        kinds.into_iter().find(|(word, _)| kind.eq_ignore_ascii_case(word)).map_or(Self::Incidents, |(_, population)| population)
    }

    /// The word in machine formats.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::Catalogue => "catalogue",
            Self::NearMisses => "near-misses",
            Self::Drills => "drills",
        }
    }

    /// What they are called, in the plural: "incidents", "catalogue entries".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::Catalogue => "catalogue entries",
            Self::NearMisses => "near misses",
            Self::Drills => "drills",
        }
    }

    /// So many of them: "1 incident", "3 catalogue entries".
    #[must_use]
    pub fn counted(self, count: usize) -> String {
        format!("{count} {}", if count == 1 { self.one() } else { self.name() })
    }

    /// What one of them is called.
    pub(crate) const fn one(self) -> &'static str {
        match self {
            Self::Incidents => "incident",
            Self::Catalogue => "catalogue entry",
            Self::NearMisses => "near miss",
            Self::Drills => "drill",
        }
    }
}

/// Postmortems that no figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Apart {
    /// What they are.
    pub population: Population,
    /// How many.
    pub count: usize,
}

/// One of the population, with what other parts refer to it for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Incident {
    /// Its place in [`Corpus::postmortems`].
    #[serde(skip)]
    pub place: usize,
    /// The id.
    pub id: String,
    /// The last part of its address.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The kind, where it names one.
    pub kind: Option<String>,
    /// The severity by name, where it names one.
    pub severity: Option<String>,
    /// The date it is listed under: `2026-03-17`, or `2026-03`, `2026` where no more is known.
    pub date: Option<String>,
}

/// How many there were, each way it is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Handled {
    /// By kind, the most frequent first; the key is the word of the document.
    pub kinds: Vec<Count>,
    /// By severity, worst first.
    pub severities: Vec<Count>,
    /// By service; an incident counts under each of its services.
    pub services: Vec<Count>,
    /// By quarter, oldest first, from the first incident to today, quarters without any included.
    pub quarters: Vec<PeriodCount>,
    /// By year, oldest first, likewise.
    pub years: Vec<PeriodCount>,
    /// Those known to the year alone: in `years`, not in `quarters`.
    pub without_quarter: usize,
    /// Those without a date: in neither.
    pub undated: usize,
}

/// A number of incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The slug of the term; nothing for those that name none.
    pub key: Option<String>,
    /// The name.
    pub name: String,
    /// How many.
    pub count: usize,
}

/// A number of incidents in a stretch of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PeriodCount {
    /// `2026-Q1`, `2026`, `2026-03` or `2026-03-17`.
    pub period: String,
    /// How many.
    pub count: usize,
    /// Whether it is not over yet.
    pub running: bool,
}

/// What is known of one measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// The measure.
    pub measure: Measure,
    /// Its name.
    pub name: &'static str,
    /// Its usual abbreviation.
    pub abbreviation: Option<&'static str>,
    /// Its definition, code in backticks.
    pub definition: &'static str,
    /// The question it answers.
    pub question: &'static str,
    /// How many incidents could have it: `n` and `missing` together.
    pub applicable: usize,
    /// How many have it.
    pub n: usize,
    /// How many do not.
    pub missing: usize,
    /// Those of the missing whose end comes before the beginning.
    pub negative: usize,
    /// Those of `n` that are known within bounds only.
    pub bounded: usize,
    /// Those of `bounded` without an upper bound: in no mean, and above every other in order statistics.
    pub unbounded: usize,
    /// Each, newest incident first.
    pub values: Vec<Value>,
    /// What is said of them together; nothing for fewer than five, where the values themselves say it.
    pub summary: Option<Summary>,
    /// The mean, where the site asks for it.
    pub mean: Option<Mean>,
    /// Their distribution; for time to detect and time to mitigate only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub distribution: Vec<Step>,
    /// How periods are cut: by quarter where at least half of the quarters with values have five or more, else by year.
    pub periods_by: PeriodKind,
    /// The values by period, oldest first; only periods with an incident that could have it.
    pub periods: Vec<PeriodFigures>,
    /// The latest two periods with five values or more, held against each other; nothing where there are not two.
    pub comparison: Option<Comparison>,
}

/// How long something took in one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Value {
    /// Which: a place in [`Metrics::incidents`].
    pub incident: usize,
    /// How long, in minutes: `least` and `most`.
    #[serde(flatten)]
    pub minutes: Minutes,
}

/// A mean, with what it leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Mean {
    /// The arithmetic mean, in minutes.
    pub minutes: f64,
    /// Of how many exactly known values.
    pub of: usize,
    /// How many values it leaves out, as they are known within bounds only.
    pub left_out: usize,
}

/// How the calendar is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodKind {
    /// `2026-03`
    Month,
    /// `2026-Q1`
    Quarter,
    /// `2026`
    Year,
}

/// One measure in one period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PeriodFigures {
    /// `2026-Q1` or `2026`.
    pub period: String,
    /// How many have a value.
    pub n: usize,
    /// How many could have one and do not.
    pub missing: usize,
    /// Each, newest incident first; in machine formats they stand in [`Figures::values`] alone.
    #[serde(skip)]
    pub values: Vec<Value>,
    /// What is said of them together; nothing for fewer than five.
    pub summary: Option<Summary>,
    /// Whether the period is not over yet.
    pub running: bool,
}

/// Two periods held against each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The earlier period.
    pub earlier: String,
    /// The later period.
    pub later: String,
    /// What can be said.
    pub verdict: Verdict,
}

/// What two periods show beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The intervals of the medians overlap.
    NoDifference,
    /// All of the later interval is below the earlier.
    Shorter,
    /// All of the later interval is above the earlier.
    Longer,
}

/// Where the time of incidents went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Phases {
    /// Those of which it can be shown, newest first, no more than [`MOST_BARS`]: nobody reads more.
    pub incidents: Vec<PhaseBar>,
    /// How many older ones there are of which it could be shown.
    pub more: usize,
    /// Those without a start and two later milestones to the minute: of these a bar would show no more than a length.
    pub missing: usize,
}

/// How many incidents are taken apart into phases.
pub const MOST_BARS: usize = 100;

/// Where the time of one incident went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhaseBar {
    /// Which: a place in [`Metrics::incidents`].
    pub incident: usize,
    /// The phases that are known, in order, each beginning where the one before ends.
    pub segments: Vec<Segment>,
    /// The phases whose end is not known; their time is in the next that is.
    pub left_out: Vec<Phase>,
    /// From the start to the last milestone known, in minutes.
    pub minutes: i64,
    /// Whether an end is known within bounds only; the bar has its earlier end.
    pub bounded: bool,
}

/// A part of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// Which.
    pub phase: Phase,
    /// Minutes from the start of impact.
    pub from: i64,
    /// How long, in minutes; may be nought.
    pub minutes: i64,
}

/// What an incident still waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Nobody knows of it.
    Undetected,
    /// Nobody has taken it on.
    Unacknowledged,
    /// Users are affected; an attacker is not contained.
    Unmitigated,
    /// Operation is not normal.
    Unresolved,
}

impl Phase {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Undetected, Self::Unacknowledged, Self::Unmitigated, Self::Unresolved];

    /// The word in machine formats.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Undetected => "undetected",
            Self::Unacknowledged => "unacknowledged",
            Self::Unmitigated => "unmitigated",
            Self::Unresolved => "unresolved",
        }
    }

    /// The name on pages: "Undetected".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Undetected => "Undetected",
            Self::Unacknowledged => "Unacknowledged",
            Self::Unmitigated => "Unmitigated",
            Self::Unresolved => "Unresolved",
        }
    }
}

/// The impact duration of incidents of one severity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeverityFigures {
    /// The slug of the severity; nothing for "not said".
    pub key: Option<String>,
    /// Its name.
    pub name: String,
    /// How many have an impact duration.
    pub n: usize,
    /// How many do not.
    pub missing: usize,
    /// Each, newest incident first.
    pub values: Vec<Value>,
    /// What is said of them together; nothing for fewer than five.
    pub summary: Option<Summary>,
}

/// Who found the incidents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DetectionFigures {
    /// Found by monitoring or staff, of those of which it is known.
    pub self_detected: Share,
    /// The same by year, oldest first.
    pub years: Vec<YearShare>,
    /// By whom or what, the most frequent first.
    pub by: Vec<Count>,
}

/// A share in one year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearShare {
    /// `2026`
    pub period: String,
    /// The share.
    pub share: Share,
}

/// How many incidents had happened before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RecurrenceFigures {
    /// How far back one is looked for, in months.
    pub months: u16,
    /// Those with an earlier one of the same cause and service, of those that name a known cause, a service and a day.
    pub share: Share,
    /// Each that had happened before, newest first.
    pub incidents: Vec<Recurring>,
    /// Of the known ones, those so early that the corpus does not reach back all of the months before them.
    pub short_look_back: usize,
}

/// An incident that had happened before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recurring {
    /// Which: a place in [`Metrics::incidents`].
    pub incident: usize,
    /// The latest earlier one: a place in [`Metrics::incidents`].
    pub earlier: usize,
    /// The slug of the cause they share; empty where only their authors say that the one is the other again.
    pub cause: String,
    /// The slug of the service they share.
    pub service: String,
}

/// How often a milestone is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The field: `detected_at`.
    pub milestone: &'static str,
    /// The name: "Detected".
    pub name: &'static str,
    /// In how many incidents it is known to the minute.
    pub to_the_minute: usize,
    /// Those of them at midnight sharp. Most of these are dates that a program wrote out; they count as they are written.
    pub at_midnight: usize,
    /// In how many no more than the day, month or year is known.
    pub to_the_day: usize,
    /// In how many it is not known.
    pub missing: usize,
}

/// The work incidents took. It is no elapsed time: four people for an hour are four hours.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effort {
    /// The definition, code in backticks.
    pub definition: &'static str,
    /// How many say it.
    pub n: usize,
    /// How many do not.
    pub missing: usize,
    /// All hours that are said, together.
    pub hours: f64,
    /// The median hours; nothing for fewer than five.
    pub median: Option<f64>,
    /// Each, in hours, newest incident first: (place in [`Metrics::incidents`], hours).
    pub values: Vec<(usize, f64)>,
}

/// What became of the promises of a next public word.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Promises {
    /// The definition, code in backticks.
    pub definition: &'static str,
    /// Kept, of those whose time has come and of which it is known.
    pub kept: Share,
    /// Those whose time has not come.
    pub pending: usize,
    /// How many incidents record updates.
    pub incidents: usize,
}

/// How many incidents had a cause, by period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CauseGrid {
    /// How periods are cut: by quarter up to three years, else by year.
    pub periods_by: PeriodKind,
    /// The columns, oldest first, without gaps.
    pub periods: Vec<String>,
    /// The rows: root causes, the most frequent first.
    pub rows: Vec<CauseRow>,
    /// Incidents with a root cause and no date, or none to the quarter: in no column.
    pub undated: usize,
    /// Incidents that name no root cause.
    pub missing: usize,
}

/// One cause over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CauseRow {
    /// The slug of the cause: `change/config`.
    pub key: String,
    /// Its name.
    pub name: String,
    /// How many incidents had it in each period.
    pub counts: Vec<usize>,
    /// How many had it in all periods together.
    pub total: usize,
}

/// When incidents were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Calendar {
    /// Every month from the first incident to today, oldest first.
    pub months: Vec<PeriodCount>,
    /// Every day with an incident, oldest first.
    pub days: Vec<PeriodCount>,
    /// Those of which no more than the year is known, or no date at all.
    pub without_month: usize,
}

/// How not to read a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Caution {
    /// The name of its message on pages.
    #[serde(skip)]
    pub key: &'static str,
    /// In a few words.
    pub title: &'static str,
    /// Why, in a few sentences.
    pub text: &'static str,
    /// Who has shown it, where somebody has.
    pub source: Option<Source>,
}

/// Something to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Source {
    /// What it is.
    pub name: &'static str,
    /// Where it is.
    pub url: &'static str,
}

/// Counts and measures the incidents of a corpus.
#[must_use]
pub fn metrics(corpus: &Corpus, knowledge: &Knowledge, config: &Config, today: Date) -> Metrics {
    let mut of_each: BTreeMap<Population, Vec<usize>> = BTreeMap::new();
    for place in knowledge.newest_first.iter() {
        if let Some(postmortem) = corpus.postmortems.get(*place) {
            of_each.entry(Population::of(postmortem)).or_default().push(*place);
        }
    }
    let (population, places) = of_each.pop_first().unwrap_or((Population::Incidents, Vec::new()));
    let apart = of_each.into_iter().map(|(population, places)| Apart { population, count: places.len() }).collect();
    let when = places.iter().map(|place| When::of(corpus.postmortems.get(*place).and_then(|postmortem| postmortem.date.as_ref())));
    let scene = Scene { corpus, knowledge, config, today, when: when.collect(), places };
    Metrics {
        today: today.to_string(),
        population,
        apart,
        incidents: count::incidents(&scene),
        handled: count::handled(&scene),
        measures: Measure::ALL.into_iter().map(|measure| times::figures(&scene, measure)).collect(),
        phases: times::phases(&scene),
        severities: times::severities(&scene),
        detection: response::detection(&scene),
        recurrence: response::recurrence(&scene),
        coverage: response::coverage(&scene),
        effort: response::effort(&scene),
        promises: response::promises(&scene),
        causes: count::causes(&scene),
        calendar: count::calendar(&scene),
        cautions: CAUTIONS.to_vec(),
    }
}

/// What the figures are made from.
struct Scene<'a> {
    corpus: &'a Corpus,
    knowledge: &'a Knowledge,
    config: &'a Config,
    today: Date,
    /// The population, newest first: places in the corpus. A place in here is one in [`Metrics::incidents`].
    places: Vec<usize>,
    /// When each of them was.
    when: Vec<When>,
}

/// The incidents of one term: its slug, its name, and places in [`Metrics::incidents`]. No slug for those that name no term.
type Group = (Option<String>, String, Vec<usize>);

impl<'a> Scene<'a> {
    /// The population, newest first.
    fn members(&self) -> impl Iterator<Item = &'a Postmortem> {
        self.places.iter().filter_map(|place| self.corpus.postmortems.get(*place).map(|postmortem| &**postmortem))
    }

    /// The stretch of the calendar that one of the population falls in.
    fn period(&self, kind: PeriodKind, incident: usize) -> Option<period::Number> {
        self.when.get(incident).and_then(|when| kind.of(*when))
    }

    /// The population by the terms of a taxonomy, in its order, those that name none last; terms that none of it names are left out.
    fn groups(&self, taxonomy: &str, none: &str) -> Vec<Group> {
        let taxonomy = self.knowledge.taxonomy(taxonomy);
        let mut groups: Vec<Group> = taxonomy.map_or_else(Vec::new, |taxonomy| {
            taxonomy.terms.iter().map(|term| (Some(term.slug.clone()), term.name.clone(), Vec::new())).collect()
        });
        groups.push((None, none.to_owned(), Vec::new()));
        let last = [groups.len() - 1];
        for (incident, place) in self.places.iter().enumerate() {
            let terms = taxonomy.and_then(|taxonomy| taxonomy.of.get(*place)).map_or(&[][..], Vec::as_slice);
            for term in if terms.is_empty() { &last } else { terms } {
                if let Some((.., incidents)) = groups.get_mut(*term) {
                    incidents.push(incident);
                }
            }
        }
        groups.retain(|(.., incidents)| !incidents.is_empty());
        groups
    }
}
