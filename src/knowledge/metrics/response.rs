//! How incidents were found, whether they had happened before, what is recorded of them, the work they took and the words that were kept.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::period::Number;
use super::{Count, Coverage, DetectionFigures, Effort, PeriodKind, Promises, RecurrenceFigures, Recurring, Scene, YearShare};
use crate::knowledge::report::{Promise, promise};
use crate::knowledge::statistics::{FEWEST_FOR_MEDIAN, Share, quantile};
use crate::model::{Cause, DetectedBy, Milestone, Postmortem};

/// Who found the incidents.
pub(super) fn detection(scene: &Scene<'_>) -> DetectionFigures {
    let (mut self_detected, mut years) = (Share::default(), BTreeMap::<Number, Share>::new());
    let mut by: BTreeMap<DetectedBy, usize> = BTreeMap::new();
    for (incident, postmortem) in scene.members().enumerate() {
        let found = postmortem.detection.as_ref().and_then(|detection| detection.by).map(|by| by.value);
        let is_own = found.map(|by| matches!(by, DetectedBy::Monitoring | DetectedBy::Staff));
        self_detected.add(is_own);
        if let Some(year) = scene.period(PeriodKind::Year, incident) {
            years.entry(year).or_default().add(is_own);
        }
        if let Some(found) = found {
            *by.entry(found).or_default() += 1;
        }
    }
    let mut by: Vec<Count> = by.into_iter().map(|(by, count)| Count { key: None, name: by.name().to_owned(), count }).collect();
    by.sort_by_key(|count| Reverse(count.count));
    let years = years.into_iter().map(|(year, share)| YearShare { period: PeriodKind::Year.label(year), share });
    DetectionFigures { self_detected, years: years.collect(), by }
}

impl Share {
    /// Counts one more of which it is known, or not, whether it is so.
    fn add(&mut self, is_so: Option<bool>) {
        match is_so {
            Some(is_so) => {
                self.known += 1;
                self.part += usize::from(is_so);
            }
            None => self.missing += 1,
        }
    }
}

/// How many incidents had happened before: the same leaf of the taxonomy in the same service within the months that the site looks back, or said
/// so by their authors. It can be told of those that name a cause, a service and a day.
pub(super) fn recurrence(scene: &Scene<'_>) -> RecurrenceFigures {
    let months = scene.config.metrics.recurrence_months;
    let reach = |day: Date| day.checked_sub(i64::from(months).months()).unwrap_or(Date::MIN);
    let day = |incident: usize| scene.when.get(incident).and_then(|when| when.day());
    let first_day = (0..scene.places.len()).filter_map(day).min();
    let incident_at: HashMap<usize, usize> = scene.places.iter().enumerate().map(|(incident, place)| (*place, incident)).collect();
    let name = |taxonomy: &str, term: usize| {
        let term = scene.knowledge.taxonomy(taxonomy).and_then(|taxonomy| taxonomy.terms.get(term));
        term.map_or_else(String::new, |term| term.slug.clone())
    };
    let (mut share, mut incidents, mut short_look_back) = (Share::default(), Vec::new(), 0);
    for (incident, (place, postmortem)) in scene.places.iter().zip(scene.members()).enumerate() {
        let mut before = scene.knowledge.recurrences.before(*place);
        let before = before.find_map(|recurrence| Some((incident_at.get(&recurrence.earlier)?, recurrence)));
        let day = day(incident).filter(|_| names_cause_and_service(postmortem));
        if day.is_none() && before.is_none() {
            continue;
        }
        short_look_back += usize::from(day.zip(first_day).is_some_and(|(day, first)| first > reach(day)));
        share.add(Some(before.is_some()));
        incidents.extend(before.map(|(earlier, recurrence)| {
            let (cause, service) = recurrence
                .shared
                .first()
                .map_or_else(Default::default, |(leaf, service)| (name("causes", *leaf), name("services", *service)));
            Recurring { incident, earlier: *earlier, cause, service }
        }));
    }
    share.missing = scene.places.len() - share.known;
    RecurrenceFigures { months, share, incidents, short_look_back }
}

/// Whether a postmortem names a cause of the taxonomy that is known, and a service.
fn names_cause_and_service(postmortem: &Postmortem) -> bool {
    let is_known = |cause: &Cause| cause.known && !cause.path.value.starts_with("unknown/");
    postmortem.root_causes.iter().any(is_known) && !postmortem.services.is_empty()
}

/// How often each milestone is known.
pub(super) fn coverage(scene: &Scene<'_>) -> Vec<Coverage> {
    let none = |milestone: &Milestone| {
        let coverage = Coverage {
            milestone: milestone.word(),
            name: milestone.name(),
            to_the_minute: 0,
            at_midnight: 0,
            to_the_day: 0,
            missing: scene.places.len(),
        };
        (*milestone, coverage)
    };
    let mut all: BTreeMap<Milestone, Coverage> = Milestone::ALL.iter().map(none).collect();
    for (milestone, moment) in scene.members().flat_map(|postmortem| &postmortem.milestones) {
        let Some(coverage) = all.get_mut(milestone) else { continue };
        coverage.missing -= 1;
        if moment.value.has_time() {
            coverage.to_the_minute += 1;
            coverage.at_midnight += usize::from(moment.value.is_midnight());
        } else {
            coverage.to_the_day += 1;
        }
    }
    all.into_values().collect()
}

/// The work incidents took.
#[expect(clippy::cast_precision_loss, reason = "minutes of work are far below 2^52")]
pub(super) fn effort(scene: &Scene<'_>) -> Effort {
    let minutes: Vec<(usize, u64)> =
        scene.members().enumerate().filter_map(|(n, postmortem)| Some((n, postmortem.effort_minutes?.value))).collect();
    let hours = |minutes: u64| minutes as f64 / 60.0;
    let values: Vec<(usize, f64)> = minutes.iter().map(|(n, minutes)| (*n, hours(*minutes))).collect();
    let mut sorted: Vec<f64> = values.iter().map(|(_, hours)| *hours).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    Effort {
        definition: "The hours people spent on an incident, all together (`effort_hours`). Four people for an hour are four hours: it is no time \
                     that passed, and stands beside no measure of one.",
        n: values.len(),
        missing: scene.places.len() - values.len(),
        hours: hours(minutes.iter().map(|(_, minutes)| minutes).sum()),
        median: if sorted.len() < FEWEST_FOR_MEDIAN { None } else { quantile(&sorted, 0.5) },
        values,
    }
}

/// What became of the promises of a next public word.
pub(super) fn promises(scene: &Scene<'_>) -> Promises {
    let (mut kept, mut pending, mut incidents) = (Share::default(), 0, 0);
    for postmortem in scene.members() {
        incidents += usize::from(!postmortem.updates.is_empty());
        for promise in (0..postmortem.updates.len()).filter_map(|n| promise(postmortem, n, scene.today)) {
            match promise {
                Promise::Kept => kept.add(Some(true)),
                Promise::Broken => kept.add(Some(false)),
                Promise::Unknown => kept.add(None),
                Promise::Pending => pending += 1,
            }
        }
    }
    Promises {
        definition: "Of the updates that name a time for the next one (`next_by`), those after which the next update, or the published report, \
                     came by then. A promise whose day has not passed is not counted.",
        kept,
        pending,
        incidents,
    }
}
