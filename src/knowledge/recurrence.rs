//! What happened again: incidents whose cause had struck the same service before, and what has become of the actions agreed on then.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{ToSpan as _, Unit};

use super::metrics::Population;
use super::{Grouping, Reason, Taxonomy, is_drill, named_causes};
use crate::config::Config;
use crate::model::{ActionDetail, ActionItem, ActionStatus, Corpus, Moment, Postmortem, RelatedWhy};

/// An incident that happened before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    /// The later one: a place in [`Corpus::postmortems`].
    pub later: usize,
    /// The earlier one.
    pub earlier: usize,
    /// What they share: leaves of the cause taxonomy with services, as places among the terms of the two taxonomies, ascending. Empty where
    /// somebody says that one is the other again and the metadata do not show it.
    pub shared: Vec<(usize, usize)>,
    /// Whole months from the day of the earlier one to that of the later, where both are known.
    pub months_between: Option<i32>,
    /// Whether the later one names the earlier as `recurrence-of`.
    pub stated: bool,
}

/// All recurrences of a corpus.
///
/// Of the earlier incidents with a leaf and a service only the nearest counts, so that there are no more pairs than incidents for each leaf and
/// service, and a chain can be followed from one to the next. Older than the months a site looks back counts only what is stated. Drills are no incidents; what
/// is stated to be a duplicate is the same incident; and whoever names an earlier one as `same-cause` has said that it is not this one again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recurrences {
    /// The newest later incident first; of one incident the nearest earlier one first.
    all: Vec<Recurrence>,
    /// (later, place in `all`), sorted.
    by_later: Vec<(usize, usize)>,
    /// (earlier, place in `all`), sorted.
    by_earlier: Vec<(usize, usize)>,
}

impl Recurrences {
    /// Every one: the newest later incident first, and of one incident the nearest earlier one first.
    #[must_use]
    pub fn all(&self) -> &[Recurrence] {
        &self.all
    }

    /// Where a postmortem had happened before.
    pub fn before(&self, later: usize) -> impl Iterator<Item = &Recurrence> {
        of(&self.by_later, later).iter().filter_map(|(_, place)| self.all.get(*place))
    }

    /// Where a postmortem happened again.
    pub fn again(&self, earlier: usize) -> impl Iterator<Item = &Recurrence> {
        of(&self.by_earlier, earlier).iter().filter_map(|(_, place)| self.all.get(*place))
    }
}

fn of(sorted: &[(usize, usize)], key: usize) -> &[(usize, usize)] {
    let from = sorted.partition_point(|(of, _)| *of < key);
    let to = sorted.partition_point(|(of, _)| *of <= key);
    sorted.get(from..to).unwrap_or_default()
}

/// What is looked at to find recurrences; all of it is known before they are.
pub(super) struct Known<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) taxonomies: &'a [Taxonomy],
    pub(super) stated: &'a BTreeMap<usize, Vec<(usize, Reason)>>,
    pub(super) rank: &'a [usize],
    /// How far back an incident is looked for, in months.
    pub(super) months: u16,
}

/// (later, earlier, what they share); nothing shared where it is only stated.
type Pair = (usize, usize, Option<(usize, usize)>);

/// Finds the recurrences: one sort of every (leaf, service) of every incident.
pub(super) fn find(known: &Known<'_>) -> Recurrences {
    let mut pairs: Vec<Pair> = Vec::new();
    let occurrences = occurrences(known);
    for neighbours in occurrences.windows(2) {
        let [before, now] = neighbours else { continue };
        if (before.leaf, before.service, before.population) == (now.leaf, now.service, now.population)
            && is_recent(before.day, now.day, known.months)
            && !known.is_apart(now.of, before.of)
        {
            pairs.push((now.of, before.of, Some((now.leaf, now.service))));
        }
    }
    for (later, stated) in known.stated {
        for (earlier, reason) in stated {
            if *reason == Reason::Stated(RelatedWhy::RecurrenceOf) && known.may_recur(*later, *earlier) {
                let shared = known.shared(*later, *earlier);
                pairs.extend(shared.into_iter().map(|shared| (*later, *earlier, Some(shared))));
                pairs.push((*later, *earlier, None));
            }
        }
    }
    let rank = |n: usize| known.rank.get(n).copied().unwrap_or(usize::MAX);
    pairs.sort_unstable_by_key(|(later, earlier, shared)| (rank(*later), rank(*earlier), *shared));
    pairs.dedup();
    let mut all: Vec<Recurrence> = Vec::new();
    for (later, earlier, shared) in pairs {
        match all.last_mut().filter(|last| (last.later, last.earlier) == (later, earlier)) {
            Some(last) => last.shared.extend(shared),
            None => all.push(Recurrence {
                later,
                earlier,
                shared: shared.into_iter().collect(),
                months_between: known.months_between(earlier, later),
                // What is stated comes first among the pairs of two incidents, because nothing is less than something.
                stated: shared.is_none(),
            }),
        }
    }
    let sorted = |key: fn(&Recurrence) -> usize| {
        let mut places: Vec<(usize, usize)> = all.iter().enumerate().map(|(place, recurrence)| (key(recurrence), place)).collect();
        places.sort_unstable();
        places
    };
    let (by_later, by_earlier) = (sorted(|recurrence| recurrence.later), sorted(|recurrence| recurrence.earlier));
    Recurrences { all, by_later, by_earlier }
}

/// An incident under one of its leaves and services.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Occurrence {
    leaf: usize,
    service: usize,
    /// A near miss is no incident that struck before, nor is what happened to others.
    population: Population,
    day: Date,
    of: usize,
}

/// Every incident under each of its leaves and services, and each of those in order of day.
fn occurrences(known: &Known<'_>) -> Vec<Occurrence> {
    let mut occurrences = Vec::new();
    for (of, postmortem) in known.corpus.postmortems.iter().enumerate() {
        let population = Population::of(postmortem);
        let Some(day) = day(postmortem).filter(|_| !is_drill(postmortem)) else { continue };
        known.struck(of, postmortem, |leaf, service| occurrences.push(Occurrence { leaf, service, population, day, of }));
    }
    occurrences.sort_unstable();
    occurrences
}

fn day(postmortem: &Postmortem) -> Option<Date> {
    postmortem.date.as_ref().and_then(Moment::day)
}

fn is_recent(earlier: Date, later: Date, months: u16) -> bool {
    earlier.checked_add(i64::from(months).months()).is_ok_and(|end| later <= end)
}

impl<'a> Known<'a> {
    fn taxonomy(&self, grouping: Grouping) -> Option<&'a Taxonomy> {
        self.taxonomies.iter().find(|taxonomy| taxonomy.grouping == grouping)
    }

    /// Every leaf of a known root cause with every service of a postmortem.
    fn struck(&self, n: usize, postmortem: &Postmortem, mut each: impl FnMut(usize, usize)) {
        let (Some(causes), Some(services)) = (self.taxonomy(Grouping::Cause), self.taxonomy(Grouping::Service)) else { return };
        for (leaf, term) in causes.terms_of(n) {
            let is_named = || postmortem.root_causes.iter().any(|cause| cause.known && cause.path.value == term.slug);
            if term.parent.is_some() && !term.slug.starts_with("unknown/") && is_named() {
                services.terms_of(n).for_each(|(service, _)| each(leaf, service));
            }
        }
    }

    /// What two postmortems share.
    fn shared(&self, one: usize, other: usize) -> Vec<(usize, usize)> {
        let struck = |n: usize| {
            let mut struck = BTreeSet::new();
            if let Some(postmortem) = self.corpus.postmortems.get(n) {
                self.struck(n, postmortem, |leaf, service| {
                    struck.insert((leaf, service));
                });
            }
            struck
        };
        struck(one).intersection(&struck(other)).copied().collect()
    }

    /// Whether somebody says of two postmortems that they are one incident, or share no more than a cause.
    fn is_apart(&self, one: usize, other: usize) -> bool {
        let apart = |why: RelatedWhy| matches!(why, RelatedWhy::DuplicateOf | RelatedWhy::SameCause);
        self.stated.get(&one).is_some_and(|stated| {
            stated.iter().any(|(n, reason)| *n == other && matches!(reason, Reason::Stated(why) | Reason::StatedThere(why) if apart(*why)))
        })
    }

    /// Whether one can be a recurrence of another, as is stated: no drill is, and nothing happens again before it happened.
    fn may_recur(&self, later: usize, earlier: usize) -> bool {
        let is_drill = |n: usize| self.corpus.postmortems.get(n).is_some_and(|postmortem| is_drill(postmortem));
        let day = |n: usize| self.corpus.postmortems.get(n).and_then(|postmortem| day(postmortem));
        !is_drill(later) && !is_drill(earlier) && day(later).zip(day(earlier)).is_none_or(|(later, earlier)| later >= earlier)
    }

    fn months_between(&self, earlier: usize, later: usize) -> Option<i32> {
        let day = |n: usize| self.corpus.postmortems.get(n).and_then(|postmortem| day(postmortem));
        let span = day(earlier)?.until((Unit::Month, day(later)?)).ok()?;
        Some(span.get_months())
    }
}

/// What has become of the actions of an earlier incident, by what they say today.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aftermath {
    /// Whether only the actions that answer the shared cause were counted. They can be told where any action of the incident names a cause of
    /// the taxonomy; elsewhere all are counted.
    pub by_cause: bool,
    /// Still to be done: begun, delayed or not begun.
    pub open: usize,
    /// Done.
    pub done: usize,
    /// Cancelled, or the risk was accepted.
    pub given_up: usize,
    /// Without a status.
    pub untold: usize,
    /// Those counted: places in [`Postmortem::actions`].
    pub actions: Vec<usize>,
}

/// What a recurrence says of the actions agreed on before, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Something agreed on is still to be done.
    Open,
    /// What was agreed on is done, and it happened again.
    Done,
    /// It was decided not to do anything, or no more.
    GivenUp,
    /// There were no actions, or they say nothing of what became of them.
    Untold,
}

impl Outcome {
    /// All, in order of precedence.
    pub const ALL: [Self; 4] = [Self::Open, Self::Done, Self::GivenUp, Self::Untold];
}

impl Aftermath {
    /// The outcome: what is open goes before what is done, and that before what was given up.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match (self.open, self.done, self.given_up) {
            (1.., _, _) => Outcome::Open,
            (0, 1.., _) => Outcome::Done,
            (0, 0, 1..) => Outcome::GivenUp,
            (0, 0, 0) => Outcome::Untold,
        }
    }
}

/// What has become of the actions of the earlier incident of a recurrence.
#[must_use]
pub fn aftermath(earlier: &Postmortem, leaves: &BTreeSet<&str>, config: &Config) -> Aftermath {
    let named = |action: &ActionItem| named_causes(action.detail(ActionDetail::Cause)?, earlier, &config.causes);
    let named: Vec<Option<Vec<String>>> = earlier.actions.iter().map(named).collect();
    let by_cause = !leaves.is_empty() && named.iter().any(Option::is_some);
    let mut aftermath = Aftermath { by_cause, ..Aftermath::default() };
    for (place, (action, named)) in earlier.actions.iter().zip(&named).enumerate() {
        let answers = named.as_ref().is_some_and(|named| named.iter().any(|path| leaves.contains(path.as_str())));
        if by_cause && !answers {
            continue;
        }
        aftermath.actions.push(place);
        *match action.status.as_ref().map(|status| status.value) {
            Some(ActionStatus::Open | ActionStatus::InProgress | ActionStatus::Delayed) => &mut aftermath.open,
            Some(ActionStatus::Done) => &mut aftermath.done,
            Some(ActionStatus::Cancelled | ActionStatus::AcceptedRisk) => &mut aftermath.given_up,
            None => &mut aftermath.untold,
        } += 1;
    }
    aftermath
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourcePath;
    use crate::knowledge::{Knowledge, link};
    use crate::model::AnyDocument;
    use crate::parse::{Role, document};

    /// A corpus of postmortems named `a`, `b`, … by their metadata and text, linked.
    fn linked(documents: &[&str]) -> (Corpus, Knowledge) {
        let config = Config::default();
        let mut corpus = Corpus::default();
        for (name, text) in ('a'..).zip(documents) {
            let text = format!("---\nid: {name}\n{text}");
            let text = if text.contains("\n---\n") { text } else { format!("{text}\n---\n") };
            let parsed = document(&SourcePath::from(format!("content/postmortems/{name}.md").as_str()), &text, Role::Postmortem, &config);
            let AnyDocument::Postmortem(postmortem) = parsed.document else { panic!("a postmortem") };
            corpus.postmortems.push(postmortem);
        }
        let knowledge = link(&corpus, &config, &|_| false);
        (corpus, knowledge)
    }

    /// The recurrences as "later < earlier: leaf in service (months), stated".
    fn told(documents: &[&str]) -> Vec<String> {
        let (corpus, knowledge) = linked(documents);
        let name = |n: usize| corpus.postmortems[n].id.value.clone();
        let slug = |key: &str, place: usize| knowledge.taxonomy(key).unwrap().terms[place].slug.clone();
        let one = |recurrence: &Recurrence| {
            let shared: Vec<_> = recurrence
                .shared
                .iter()
                .map(|(leaf, service)| format!("{} in {}", slug("causes", *leaf), slug("services", *service)))
                .collect();
            let months = recurrence.months_between.map_or("?".into(), |months| months.to_string());
            let stated = if recurrence.stated { ", stated" } else { "" };
            format!("{} < {}: {} ({months}){stated}", name(recurrence.later), name(recurrence.earlier), shared.join(", "))
        };
        knowledge.recurrences.all().iter().map(one).collect()
    }

    const CONFIG: &str = "services: [checkout]\nroot_causes: [change/config]\nstarted_at: ";

    fn on(day: &str) -> String {
        format!("{CONFIG}{day}")
    }

    #[test]
    fn each_is_held_against_the_nearest_before_with_its_leaf_and_service() {
        let (a, b, c) = (on("2024-01-10"), on("2024-03-09"), on("2024-11-10"));
        assert_eq!(
            told(&[&a, &c, &b]),
            ["b < c: change/config in checkout (8)", "c < a: change/config in checkout (1)"],
            "the newest first, whatever the order of the files"
        );
        let two = "services: [Checkout, ledger]\nroot_causes: [change/config, process/review-gap]\nstarted_at: 2024-05-01";
        let same = "services: [ledger, checkout]\nroot_causes: [process/review-gap, change/config]\nstarted_at: 2024-04-01";
        assert_eq!(
            told(&[two, same]),
            ["a < b: change/config in checkout, change/config in ledger, process/review-gap in checkout, process/review-gap in ledger (1)"]
        );
    }

    #[test]
    fn what_is_far_apart_unknown_a_drill_or_a_duplicate_is_no_recurrence() {
        let earlier = on("2024-01-10");
        assert_eq!(told(&[&earlier, &on("2026-01-10")]).len(), 1, "two years to the day");
        for other in [
            on("2026-01-11"),
            on("2024-06"),
            "services: [checkout]\nroot_causes: [unknown/pending]\nstarted_at: 2024-06-01".into(),
            "services: [checkout]\nroot_causes: [gremlins]\nstarted_at: 2024-06-01".into(),
            "services: [checkout]\ncontributing: [change/config]\nstarted_at: 2024-06-01".into(),
            "services: [search]\nroot_causes: [change/config]\nstarted_at: 2024-06-01".into(),
            format!("kind: drill\n{}", on("2024-06-01")),
            format!("related: [{{id: a, why: duplicate-of}}]\n{}", on("2024-06-01")),
            format!("related: [{{id: a, why: same-cause}}]\n{}", on("2024-06-01")),
        ] {
            assert_eq!(told(&[&earlier, &other]), [""; 0], "{other}");
        }
    }

    #[test]
    fn what_its_authors_say_counts_whatever_the_metadata_show() {
        let said = |day: &str| format!("related: [{{id: a, why: recurrence-of}}]\n{}", on(day));
        assert_eq!(told(&[&on("2020-01-10"), &said("2024-06-01")]), ["b < a: change/config in checkout (52), stated"]);
        assert_eq!(told(&[&on("2024-01-10"), &said("2024-06-01")]), ["b < a: change/config in checkout (4), stated"]);
        assert_eq!(told(&["title: A", "title: B\nrelated: [{id: a, why: recurrence-of}]"]), ["b < a:  (?), stated"]);
        let (_, knowledge) = linked(&["title: A", "title: B\nrelated: [{id: a, why: recurrence-of}]"]);
        assert_eq!(knowledge.recurrences.before(1).count(), 1);
        assert_eq!(knowledge.recurrences.again(0).count(), 1);
        assert_eq!(knowledge.recurrences.before(0).count() + knowledge.recurrences.again(1).count(), 0);
    }

    #[test]
    fn what_is_counted_apart_is_no_earlier_incident() {
        let (near, drill) = (format!("kind: near-miss\n{}", on("2024-01-10")), format!("kind: drill\n{}", on("2024-01-10")));
        let entry = format!("kind: catalogue\n{}", on("2024-01-10"));
        for apart in [&near, &entry, &drill] {
            assert_eq!(told(&[apart, &on("2024-06-01")]), [""; 0], "{apart}");
        }
        assert_eq!(told(&[&near, &near.replace("2024-01", "2024-03")]).len(), 1, "near misses among themselves");
        let said = format!("related: [{{id: a, why: recurrence-of}}]\n{}", on("2024-06-01"));
        assert_eq!(told(&[&drill, &said]), [""; 0]);
        assert_eq!(told(&[&on("2024-01-10"), &format!("kind: drill\n{said}")]), [""; 0]);
    }

    #[test]
    fn nothing_is_a_recurrence_of_what_came_later() {
        let said = |id: &str, day: &str| format!("related: [{{id: {id}, why: recurrence-of}}]\n{}", on(day));
        assert_eq!(told(&[&said("b", "2024-01-10"), &said("a", "2024-06-01")]), ["b < a: change/config in checkout (4), stated"]);
    }

    /// The aftermath of actions in rows of `Action | Cause | Status`.
    fn aftermath_of(rows: &str) -> Aftermath {
        let metadata = "root_causes: [change/config, process/review-gap]";
        let text = format!("{metadata}\n---\n\n## Action items\n\n| Action | Cause | Status |\n|---|---|---|\n{rows}");
        let (corpus, _) = linked(&[&text]);
        aftermath(&corpus.postmortems[0], &BTreeSet::from(["change/config"]), &Config::default())
    }

    #[test]
    fn actions_that_answer_another_cause_say_nothing() {
        let rows = "| Try | change/config | done |\n| Ask | review-gap | open |\n| See | RC1, 2 | accepted-risk |\n| Tell | | open |\n";
        let aftermath = aftermath_of(rows);
        assert_eq!(aftermath, Aftermath { by_cause: true, done: 1, given_up: 1, actions: vec![0, 2], ..Aftermath::default() });
        assert_eq!(aftermath.outcome(), Outcome::Done);
        let other = aftermath_of("| Ask | review-gap | open |\n");
        assert_eq!((other.by_cause, other.actions.len(), other.outcome()), (true, 0, Outcome::Untold));
    }

    #[test]
    fn where_no_action_names_a_cause_all_are_counted() {
        let outcome = |rows: &str| {
            let aftermath = aftermath_of(rows);
            assert!(!aftermath.by_cause);
            aftermath.outcome()
        };
        assert_eq!(outcome("| Try | | done |\n| Ask | | delayed |\n"), Outcome::Open);
        assert_eq!(outcome("| Try | | done |\n| Ask | | cancelled |\n"), Outcome::Done);
        assert_eq!(outcome("| Try | bad luck | cancelled |\n"), Outcome::GivenUp);
        assert_eq!(outcome("| Try | | |\n"), Outcome::Untold);
        assert_eq!(outcome(""), Outcome::Untold);
    }
}
