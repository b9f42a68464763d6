//! What the incidents of one cause tell together: how they were found, what set them off, what is done about it and what is not.
//!
//! Everything is counted over incidents. Drills are counted apart: a drill is no incident that was handled.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::metrics::Population;
use super::taxonomy::cause_slug;
use super::{Knowledge, Taxonomy};
use crate::config::{Causes, Config};
use crate::model::{
    ActionDetail, ActionItem, ActionKind, ActionStatus, Cause, CauseLayer, CauseOrigin, Corpus, DetectedBy, Postmortem, is_answer, portable,
};

/// What a cause was to an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CauseRole {
    /// The first of its root causes.
    Primary,
    /// Another of its root causes.
    Further,
    /// A condition that joined in.
    Contributing,
}

impl CauseRole {
    /// The word in exports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Further => "root",
            Self::Contributing => "contributing",
        }
    }

    /// Its name on pages; an only root cause is not called the primary one.
    #[must_use]
    pub fn name_in(self, postmortem: &Postmortem) -> &'static str {
        match self {
            Self::Primary if postmortem.root_causes.len() > 1 => "Primary cause",
            Self::Primary | Self::Further => "Root cause",
            Self::Contributing => "Contributing",
        }
    }
}

/// The causes of an incident and what each was to it: its root causes, the primary one first, then the conditions that joined in.
pub fn causes_with_roles(postmortem: &Postmortem) -> impl Iterator<Item = (CauseRole, &Cause)> {
    let roots = postmortem.root_causes.iter().enumerate();
    let roots = roots.map(|(n, cause)| (if n == 0 { CauseRole::Primary } else { CauseRole::Further }, cause));
    roots.chain(postmortem.contributing.iter().map(|cause| (CauseRole::Contributing, cause)))
}

/// An incident that names a cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citing {
    /// Which: a place in [`Corpus::postmortems`].
    pub incident: usize,
    /// What it was to it; of several mentions the strongest.
    pub role: CauseRole,
    /// Which of its causes says so, by [`causes_with_roles`].
    pub at: usize,
}

impl Citing {
    /// The mention itself.
    #[must_use]
    pub fn cause<'c>(&self, corpus: &'c Corpus) -> Option<&'c Cause> {
        causes_with_roles(corpus.postmortems.get(self.incident)?).nth(self.at).map(|(_, cause)| cause)
    }
}

/// How an action is known to answer a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Link {
    /// It names the cause.
    Named,
    /// It names none, and this is the only or the first root cause of its incident.
    Inferred,
}

/// An action that answers a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The incident or drill: a place in [`Corpus::postmortems`].
    pub incident: usize,
    /// The action: a place in its list.
    pub action: usize,
    /// How that is known.
    pub link: Link,
}

impl Answer {
    /// The action itself.
    #[must_use]
    pub fn item<'c>(&self, corpus: &'c Corpus) -> Option<&'c ActionItem> {
        corpus.postmortems.get(self.incident)?.actions.get(self.action)
    }
}

/// How many actions of one kind answer a cause, by how far they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Control {
    /// Done.
    pub done: usize,
    /// Not done yet: open, in progress, delayed.
    pub open: usize,
    /// Cancelled, or the risk accepted.
    pub dropped: usize,
    /// Nobody says how far they are.
    pub unsaid: usize,
}

impl Control {
    fn add(&mut self, status: Option<ActionStatus>) {
        match status {
            Some(ActionStatus::Done) => self.done += 1,
            Some(ActionStatus::Open | ActionStatus::InProgress | ActionStatus::Delayed) => self.open += 1,
            Some(ActionStatus::Cancelled | ActionStatus::AcceptedRisk) => self.dropped += 1,
            None => self.unsaid += 1,
        }
    }

    /// Whether no action is done or on its way; what was dropped does not help.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.done + self.open + self.unsaid == 0
    }
}

/// The three ways to deal with a cause, and the actions of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Controls {
    /// That it does not happen.
    pub prevent: Control,
    /// That it hurts less.
    pub mitigate: Control,
    /// That it is found sooner.
    pub detect: Control,
}

impl Controls {
    fn add(&mut self, action: &ActionItem) {
        let status = action.status.as_ref().map(|status| status.value);
        match action.kind.as_ref().map(|kind| kind.value) {
            Some(ActionKind::Prevent) => self.prevent.add(status),
            Some(ActionKind::Mitigate) => self.mitigate.add(status),
            Some(ActionKind::Detect) => self.detect.add(status),
            Some(ActionKind::Repair | ActionKind::Investigate | ActionKind::Process) | None => {}
        }
    }

    /// The three in that order.
    #[must_use]
    pub fn each(&self) -> [Control; 3] {
        [self.prevent, self.mitigate, self.detect]
    }
}

/// Drills of a cause, where the site has drills at all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Drilled {
    /// How many there were.
    pub count: usize,
    /// The day of the last one, where one is known to the day.
    pub last: Option<Date>,
    /// Whether the last one was within twelve months.
    pub recently: bool,
}

/// Everything that the incidents of a leaf, or of the leaves of a branch, tell together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CauseProfile {
    /// The incidents that name it, newest first.
    pub citings: Vec<Citing>,
    /// Incidents by year, in order of time, years without any between them included; those without a date are left out.
    pub years: Vec<(i16, usize)>,
    /// In how many incidents the cause is said to lie in each layer.
    pub layers: Vec<(CauseLayer, usize)>,
    /// In how many incidents it is said to come from each origin.
    pub origins: Vec<(CauseOrigin, usize)>,
    /// By whom the incidents were found, most frequent first.
    pub detected: Vec<(DetectedBy, usize)>,
    /// Ids of triggers with the number of incidents each set off, most frequent first.
    pub triggers: Vec<(String, usize)>,
    /// Every action that answers it, of incidents and drills, newest first.
    pub answers: Vec<Answer>,
    /// The same, counted.
    pub controls: Controls,
    /// By the slug of each leaf: the number of incidents, and what is done about them.
    pub by_leaf: BTreeMap<String, (usize, Controls)>,
    /// The same by the portable id of each service of the incidents.
    pub by_service: BTreeMap<String, (usize, Controls)>,
    /// Drills of it; nothing where the site has no drill.
    pub drills: Option<Drilled>,
}

/// The profile of a term of the taxonomy of causes: a place in its terms, leaf or branch.
#[must_use]
pub fn cause_profile(corpus: &Corpus, knowledge: &Knowledge, config: &Config, term: usize, today: Date) -> CauseProfile {
    let found = knowledge.taxonomy("causes").and_then(|causes| Some((causes, causes.terms.get(term)?)));
    let Some((causes, entry)) = found else { return CauseProfile::default() };
    let meant = leaves(causes, term);
    let mut tally = Tally::default();
    for n in &entry.members {
        let Some(postmortem) = corpus.postmortems.get(*n) else { continue };
        tally.add(*n, postmortem, &meant, config);
    }
    let has_drills = corpus.postmortems.iter().any(|postmortem| is_drill(postmortem));
    tally.finish(config, today, has_drills)
}

/// Which of some members of a term of the taxonomy of causes are incidents that name it, and how: a page of a long list needs no more of the profile.
#[must_use]
pub fn citings(corpus: &Corpus, knowledge: &Knowledge, config: &Config, term: usize, members: &[usize]) -> Vec<Citing> {
    let Some(causes) = knowledge.taxonomy("causes") else { return Vec::new() };
    let meant = leaves(causes, term);
    let citing = |n: &usize| {
        let postmortem = corpus.postmortems.get(*n).filter(|postmortem| !is_drill(postmortem))?;
        strongest(*n, &mentions_of(postmortem, &meant, config))
    };
    members.iter().filter_map(citing).collect()
}

/// How the actions of incidents and drills cover each leaf that incidents name: (slug, incidents, controls), in order of slug.
#[must_use]
pub fn coverage(corpus: &Corpus, config: &Config) -> Vec<(String, usize, Controls)> {
    let mut leaves: BTreeMap<String, (usize, Controls)> = BTreeMap::new();
    for postmortem in &corpus.postmortems {
        if !is_drill(postmortem) {
            let named: BTreeSet<String> = mentions(postmortem, config).map(|(_, _, slug)| slug).collect();
            for slug in named {
                leaves.entry(slug).or_default().0 += 1;
            }
        }
        for (action, slug, _) in answered(postmortem, config) {
            if let Some(action) = postmortem.actions.get(action) {
                leaves.entry(slug).or_default().1.add(action);
            }
        }
    }
    leaves
        .into_iter()
        .filter(|(_, (incidents, _))| *incidents > 0)
        .map(|(slug, (incidents, controls))| (slug, incidents, controls))
        .collect()
}

/// Whether a document tells of an exercise.
#[must_use]
pub fn is_drill(postmortem: &Postmortem) -> bool {
    Population::of(postmortem) == Population::Drills
}

/// The causes that a cell of the column `Cause` names, by path; nothing where it says anything in words of its own.
#[must_use]
pub fn named_causes(cell: &str, postmortem: &Postmortem, taxonomy: &Causes) -> Option<Vec<String>> {
    cell.split([',', ';', '+', '&']).map(|word| named_cause(word.trim(), postmortem, taxonomy)).collect()
}

/// The cause that a word names: a leaf of the taxonomy, or the number of a root cause (`2`, `RC2`, `Root cause #2`).
fn named_cause(word: &str, postmortem: &Postmortem, taxonomy: &Causes) -> Option<String> {
    let word = word.trim_matches('`');
    if let Some(path) = taxonomy.resolve(word) {
        return Some(path);
    }
    let number = word.trim_start_matches(|c: char| !c.is_ascii_digit());
    let label: String = word.trim_end_matches(number).chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    let is_label = ["", "c", "rc", "cause", "rootcause"].contains(&label.as_str());
    let index = number.parse::<usize>().ok().filter(|_| is_label)?.checked_sub(1)?;
    Some(postmortem.root_causes.get(index)?.path.value.clone())
}

/// A cause of a postmortem: what it was to it and its place among its causes, the cause, and the slug of its leaf.
type Mention<'p> = ((CauseRole, usize), &'p Cause, String);

/// The causes of a postmortem.
fn mentions<'p>(postmortem: &'p Postmortem, config: &'p Config) -> impl Iterator<Item = Mention<'p>> {
    let causes = causes_with_roles(postmortem).enumerate();
    causes.filter_map(|(at, (role, cause))| Some(((role, at), cause, cause_slug(&cause.path, config)?)))
}

/// Those of them that are meant.
fn mentions_of<'p>(postmortem: &'p Postmortem, meant: &BTreeSet<&str>, config: &'p Config) -> Vec<Mention<'p>> {
    mentions(postmortem, config).filter(|(.., slug)| meant.contains(slug.as_str())).collect()
}

/// The incident as the strongest of its mentions tells it.
fn strongest(incident: usize, mentions: &[Mention<'_>]) -> Option<Citing> {
    let (role, at) = mentions.iter().map(|(what, ..)| *what).min()?;
    Some(Citing { incident, role, at })
}

/// The slugs of the leaves that an action answers: those it names, or none where it says that it answers none (`n/a: reason`); an action that
/// names no cause answers the first root cause.
pub(super) fn answers(action: &ActionItem, postmortem: &Postmortem, config: &Config) -> (BTreeSet<String>, Link) {
    let slug = |path: &str| cause_slug(path, config);
    let cell = action.detail(ActionDetail::Cause);
    if cell.is_some_and(|cell| is_answer(cell)) {
        return (BTreeSet::new(), Link::Named);
    }
    match cell.and_then(|cell| named_causes(cell, postmortem, &config.causes)) {
        Some(paths) => (paths.iter().filter_map(|path| slug(path)).collect(), Link::Named),
        None => (postmortem.root_causes.first().and_then(|cause| slug(&cause.path)).into_iter().collect(), Link::Inferred),
    }
}

/// The actions of a postmortem with the slugs of the leaves they answer.
fn answered(postmortem: &Postmortem, config: &Config) -> Vec<(usize, String, Link)> {
    let each = postmortem.actions.iter().enumerate().flat_map(|(n, action)| {
        let (slugs, link) = answers(action, postmortem, config);
        slugs.into_iter().map(move |slug| (n, slug, link))
    });
    each.collect()
}

/// The slugs of a leaf, or of the leaves of a branch.
fn leaves(causes: &Taxonomy, term: usize) -> BTreeSet<&str> {
    let below = causes.terms.iter().filter(|other| other.parent == Some(term)).map(|leaf| leaf.slug.as_str());
    let itself = causes.terms.get(term).filter(|entry| entry.parent.is_some()).map(|leaf| leaf.slug.as_str());
    below.chain(itself).collect()
}

/// What is counted while the members go by.
#[derive(Default)]
struct Tally {
    profile: CauseProfile,
    years: BTreeMap<i16, usize>,
    layers: BTreeMap<CauseLayer, usize>,
    origins: BTreeMap<CauseOrigin, usize>,
    detected: BTreeMap<DetectedBy, usize>,
    triggers: BTreeMap<String, usize>,
    drilled: Drilled,
}

impl Tally {
    fn add(&mut self, n: usize, postmortem: &Postmortem, meant: &BTreeSet<&str>, config: &Config) {
        let services: BTreeSet<String> = postmortem.services.iter().map(|service| portable(service)).filter(|id| !id.is_empty()).collect();
        for (action, slug, link) in answered(postmortem, config).into_iter().filter(|(_, slug, _)| meant.contains(slug.as_str())) {
            self.answer(Answer { incident: n, action, link }, postmortem, &slug, &services);
        }
        if is_drill(postmortem) {
            self.drilled.count += 1;
            self.drilled.last = self.drilled.last.max(postmortem.date.and_then(|date| date.day()));
            return;
        }
        let here = mentions_of(postmortem, meant, config);
        self.profile.citings.extend(strongest(n, &here));
        for slug in here.iter().map(|(.., slug)| slug).collect::<BTreeSet<_>>() {
            self.profile.by_leaf.entry(slug.clone()).or_default().0 += 1;
        }
        for layer in here.iter().filter_map(|(_, cause, _)| cause.layer).collect::<BTreeSet<_>>() {
            *self.layers.entry(layer).or_default() += 1;
        }
        for origin in here.iter().filter_map(|(_, cause, _)| cause.origin).collect::<BTreeSet<_>>() {
            *self.origins.entry(origin).or_default() += 1;
        }
        for service in services {
            self.profile.by_service.entry(service).or_default().0 += 1;
        }
        if let Some(date) = postmortem.date {
            *self.years.entry(date.year()).or_default() += 1;
        }
        if let Some(by) = postmortem.detection.as_ref().and_then(|detection| detection.by.as_ref()) {
            *self.detected.entry(by.value).or_default() += 1;
        }
        if let Some(trigger) = postmortem.trigger.as_ref().and_then(|word| config.causes.trigger(word)) {
            *self.triggers.entry(trigger.id.clone()).or_default() += 1;
        }
    }

    fn answer(&mut self, answer: Answer, postmortem: &Postmortem, slug: &str, services: &BTreeSet<String>) {
        let Some(action) = postmortem.actions.get(answer.action) else { return };
        self.profile.by_leaf.entry(slug.to_owned()).or_default().1.add(action);
        // An action that names two leaves of a branch is one action of the branch.
        if self.profile.answers.last().is_some_and(|last| (last.incident, last.action) == (answer.incident, answer.action)) {
            return;
        }
        self.profile.answers.push(answer);
        self.profile.controls.add(action);
        for service in services {
            self.profile.by_service.entry(service.clone()).or_default().1.add(action);
        }
    }

    fn finish(self, config: &Config, today: Date, has_drills: bool) -> CauseProfile {
        let Self { mut profile, years, layers, origins, detected, triggers, mut drilled } = self;
        let span = years.keys().next().copied().zip(years.keys().next_back().copied());
        profile.years =
            span.into_iter().flat_map(|(first, last)| first..=last).map(|year| (year, years.get(&year).copied().unwrap_or(0))).collect();
        profile.layers = by_count(layers);
        profile.origins = by_count(origins);
        profile.detected = by_count(detected);
        // Triggers that are equally frequent stand in the order of the taxonomy.
        let place = |id: &str| config.causes.triggers.iter().position(|trigger| trigger.id == id);
        profile.triggers = triggers.into_iter().collect();
        profile.triggers.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), place(id)));
        profile.by_leaf.retain(|_, (incidents, _)| *incidents > 0);
        profile.by_service.retain(|_, (incidents, _)| *incidents > 0);
        let year_ago = today.checked_sub(jiff::Span::new().months(12)).unwrap_or(today);
        drilled.recently = drilled.last.is_some_and(|last| last >= year_ago);
        profile.drills = has_drills.then_some(drilled);
        profile
    }
}

/// Most frequent first, then in their own order.
fn by_count<T: Ord>(counts: BTreeMap<T, usize>) -> Vec<(T, usize)> {
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{link, sample};

    const ACTIONS: &str = "\n---\n## Action items\n\n| ID | Action | Kind | Cause | Status |\n|---|---|---|---|---|\n";

    /// The profile of a leaf or branch over documents, on the last day of 2025.
    fn profile(documents: &[&str], slug: &str) -> (CauseProfile, Corpus) {
        let (config, corpus) = sample::corpus("", documents);
        let knowledge = link(&corpus, &config, &|_| true);
        let term = knowledge.taxonomy("causes").and_then(|causes| causes.position(slug)).unwrap();
        (cause_profile(&corpus, &knowledge, &config, term, jiff::civil::date(2025, 12, 31)), corpus)
    }

    fn controls(controls: Controls) -> [(usize, usize, usize, usize); 3] {
        controls.each().map(|control| (control.done, control.open, control.dropped, control.unsaid))
    }

    #[test]
    fn a_cause_is_counted_once_an_incident_in_its_strongest_role() {
        let documents = [
            "started_at: 2025-03-01\nroot_causes: [process/review-gap, {cause: change/config, note: Second., layer: technical}]\ncontributing: [change/config]\n\
             detection: {by: monitoring}\ntrigger: config-push\nservices: [a, b]",
            "started_at: 2023-01-05\nroot_causes: [change/config]\ndetection: {by: user}\ntrigger: attacker\nservices: a",
            "started_at: 2023-06-05\ncontributing: [{cause: change/config, origin: design}]\ndetection: {by: user}",
            "root_causes: [software/time]",
        ];
        let (found, corpus) = profile(&documents, "change/config");
        let cited: Vec<_> = found.citings.iter().map(|citing| (citing.incident, citing.role, citing.at)).collect();
        assert_eq!(cited, [(0, CauseRole::Further, 1), (2, CauseRole::Contributing, 0), (1, CauseRole::Primary, 0)]);
        assert_eq!(found.citings[0].cause(&corpus).unwrap().note, "Second.");
        assert_eq!(found.years, [(2023, 2), (2024, 0), (2025, 1)]);
        assert_eq!((found.layers, found.origins), (vec![(CauseLayer::Technical, 1)], vec![(CauseOrigin::Design, 1)]));
        assert_eq!(found.detected, [(DetectedBy::User, 2), (DetectedBy::Monitoring, 1)]);
        assert_eq!(found.triggers, [("config-push".into(), 1), ("attacker".into(), 1)]);
        let services: Vec<_> = found.by_service.iter().map(|(service, (count, _))| (service.as_str(), *count)).collect();
        assert_eq!(services, [("a", 2), ("b", 1)]);
        assert_eq!(found.drills, None, "there are no drills to be missed");
    }

    #[test]
    fn an_action_answers_the_cause_it_names_else_the_first_one() {
        let rows = "| A1 | One | prevent | change/config | done |\n| A2 | Two | detect | 2 | open |\n| A3 | Three | mitigate | | done |\n\
                    | A4 | Four | prevent | 1, review gap | cancelled |\n| A5 | Five | detect | whatever helps | |\n| A6 | Six | repair | 1 | done |\n";
        let document = format!("root_causes: [change/config, process/review-gap]\nservices: a{ACTIONS}{rows}");
        let (found, corpus) = profile(&[&document], "change/config");
        let answers: Vec<_> = found.answers.iter().map(|answer| (answer.item(&corpus).unwrap().text.as_str(), answer.link)).collect();
        let expected =
            [("One", Link::Named), ("Three", Link::Inferred), ("Four", Link::Named), ("Five", Link::Inferred), ("Six", Link::Named)];
        assert_eq!(answers, expected);
        assert_eq!(controls(found.controls), [(1, 0, 1, 0), (1, 0, 0, 0), (0, 0, 0, 1)]);
        assert_eq!(found.by_service["a"], (1, found.controls));
        let (found, _) = profile(&[&document], "process/review-gap");
        assert_eq!(controls(found.controls), [(0, 0, 1, 0), (0, 0, 0, 0), (0, 1, 0, 0)]);
        assert!(found.controls.prevent.is_empty() && !found.controls.detect.is_empty());
    }

    #[test]
    fn a_branch_counts_an_action_once_and_its_leaves_apart() {
        let rows = "| A1 | One | prevent | config, feature flag | done |\n";
        let document = format!("root_causes: [change/config, change/feature-flag]{ACTIONS}{rows}");
        let (found, _) = profile(&[&document], "change");
        assert_eq!((found.answers.len(), found.controls.prevent.done, found.citings.len()), (1, 1, 1));
        let leaves: Vec<_> = found.by_leaf.iter().map(|(slug, (count, controls))| (slug.as_str(), *count, controls.prevent.done)).collect();
        assert_eq!(leaves, [("change/config", 1, 1), ("change/feature-flag", 1, 1)]);
    }

    #[test]
    fn drills_are_counted_apart_and_their_actions_help() {
        let drill = format!("kind: drill\nstarted_at: 2024-12-31\nroot_causes: [change/config]{ACTIONS}| A1 | One | detect | | done |\n");
        let old = drill.replace("2024-12-31", "2024-12-30").replace("change/config", "software/time");
        let documents = ["root_causes: [change/config, software/time, data/loss]", drill.as_str(), old.as_str()];
        let (found, _) = profile(&documents, "change/config");
        assert_eq!((found.citings.len(), found.controls.detect.done), (1, 1));
        assert_eq!(found.drills, Some(Drilled { count: 1, last: Some(jiff::civil::date(2024, 12, 31)), recently: true }));
        assert!(!profile(&documents, "software/time").0.drills.unwrap().recently, "a year and a day");
        assert_eq!(profile(&documents, "data/loss").0.drills, Some(Drilled::default()));
        let (config, corpus) = sample::corpus("", &documents);
        let covered: Vec<_> = coverage(&corpus, &config).into_iter().map(|(slug, n, controls)| (slug, n, controls.detect.done)).collect();
        let expected =
            [("change/config", 1, 1), ("data/loss", 1, 0), ("software/time", 1, 1)].map(|(slug, n, done)| (slug.to_owned(), n, done));
        assert_eq!(covered, expected);
    }
}
