//! The ways along which incidents are read: those that authors wrote down, and those that follow from the incidents themselves.

use std::cmp::Reverse;
use std::collections::HashSet;

use jiff::civil::Date;

use crate::config::Config;
use crate::knowledge::metrics::Population;
use crate::knowledge::{Grouping, Knowledge, Taxonomy, Term};
use crate::model::{Cause, Corpus, DocumentId, Page, Postmortem};

/// The most incidents on a path that nobody wrote down: more than a reader gets through in a week.
const MOST: usize = 7;
/// The fewest: less is no path.
const FEWEST: usize = 3;
/// How many incidents a first week has.
const FIRST_WEEK: usize = 5;

/// A reading path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The last parts of its address: `operations`, `causes/change/rollout-plan`.
    pub key: String,
    /// Where it comes from.
    pub origin: PathOrigin,
    /// What it is called.
    pub title: String,
    /// The incidents in order; at least one.
    pub steps: Vec<PathStep>,
}

impl Path {
    /// Whether the site has it as a page to print. Of what follows from terms there are many, and packets of them are made when somebody asks.
    #[must_use]
    pub fn is_printed(&self) -> bool {
        !matches!(self.origin, PathOrigin::Term { .. })
    }
}

/// Where a reading path comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathOrigin {
    /// The page of the corpus that lists it.
    Page(usize),
    /// The worst incidents of a term: of a cause, of a service.
    Term {
        /// The taxonomy.
        taxonomy: usize,
        /// The term.
        term: usize,
    },
    /// The worst incident of each of the most frequent causes.
    FirstWeek,
    /// What happened in this month a year ago.
    YearAgo,
}

/// An incident on a reading path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathStep {
    /// Its place in the corpus.
    pub incident: usize,
    /// Why it is read here; may be empty.
    pub why: String,
    /// What to ask oneself while reading.
    pub questions: Vec<String>,
}

/// What of a postmortem decides on which paths it is, and whether there is a drill of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    is_incident: bool,
    /// How bad it was: 0 is the worst.
    step: Option<usize>,
    /// How many words tell of it.
    words: usize,
    /// When it was, by year and month, where the day is known.
    month: Option<(i16, i8)>,
    pub(super) is_chosen_for_drill: bool,
}

impl Standing {
    /// That of a postmortem.
    #[must_use]
    pub fn of(postmortem: &Postmortem) -> Self {
        Self {
            is_incident: Population::of(postmortem) == Population::Incidents,
            step: postmortem.severity.as_ref().and_then(|severity| severity.step),
            words: postmortem.head.words,
            month: postmortem.date.filter(|date| date.day().is_some()).map(|date| (date.year(), date.civil_date().month())),
            is_chosen_for_drill: postmortem.training.as_ref().is_some_and(|training| training.drill.is_some()),
        }
    }
}

/// All paths: those of authors in order of file, then those made of the rest.
pub(super) fn paths(corpus: &Corpus, standings: &[Standing], knowledge: &Knowledge, config: &Config, today: Date) -> Vec<Path> {
    let library = Library::new(corpus, standings, knowledge);
    let mut paths: Vec<Path> = corpus.pages.iter().enumerate().filter_map(|(n, page)| library.written(n, page)).collect();
    paths.extend(library.first_week());
    paths.extend(library.year_ago(today));
    for (place, taxonomy) in knowledge.taxonomies.iter().enumerate() {
        if matches!(taxonomy.grouping, Grouping::Cause | Grouping::Service) {
            let leaves = taxonomy.terms.iter().enumerate().filter(|(_, term)| is_leaf(taxonomy, term));
            paths.extend(leaves.filter_map(|(term, _)| library.of_term(place, term, config)));
        }
    }
    paths
}

/// Whether a term has incidents of its own: of causes a leaf, of others each.
fn is_leaf(taxonomy: &Taxonomy, term: &Term) -> bool {
    taxonomy.grouping != Grouping::Cause || term.parent.is_some()
}

struct Library<'a> {
    corpus: &'a Corpus,
    standings: &'a [Standing],
    knowledge: &'a Knowledge,
    /// Where each postmortem stands among all incidents, the worst first; nothing for what is none.
    gravity: Vec<Option<usize>>,
}

impl<'a> Library<'a> {
    fn new(corpus: &'a Corpus, standings: &'a [Standing], knowledge: &'a Knowledge) -> Self {
        let mut library = Self { corpus, standings, knowledge, gravity: vec![None; standings.len()] };
        let incidents = standings.iter().enumerate().filter(|(_, standing)| standing.is_incident);
        let mut incidents: Vec<_> = incidents
            .map(|(n, standing)| ((standing.step.is_none(), standing.step, Reverse(standing.words), library.rank(n)), n))
            .collect();
        incidents.sort_unstable();
        for (place, (_, n)) in incidents.into_iter().enumerate() {
            if let Some(gravity) = library.gravity.get_mut(n) {
                *gravity = Some(place);
            }
        }
        library
    }

    fn incident(&self, n: usize) -> Option<&'a Postmortem> {
        self.corpus.postmortems.get(n).map(|postmortem| &**postmortem)
    }

    /// The path that a page lists. Incidents that this edition does not have are passed over.
    fn written(&self, n: usize, page: &Page) -> Option<Path> {
        let step = |entry: &crate::model::ReadingEntry| {
            let DocumentId::Postmortem(incident) = self.knowledge.references.named(&entry.incident)? else { return None };
            Some(PathStep { incident, why: entry.why.clone(), questions: entry.questions.clone() })
        };
        let steps: Vec<PathStep> = page.reading().iter().filter_map(step).collect();
        let path = Path { key: page.head.slug.value.clone(), origin: PathOrigin::Page(n), title: page.head.title_text.clone(), steps };
        (!path.steps.is_empty()).then_some(path)
    }

    /// The worst incidents of a term, in the order in which they happened.
    fn of_term(&self, place: usize, term: usize, config: &Config) -> Option<Path> {
        let taxonomy = self.knowledge.taxonomies.get(place)?;
        let found = taxonomy.terms.get(term)?;
        let worst = self.worst(&found.members, MOST);
        if worst.len() < FEWEST {
            return None;
        }
        let why = |n: usize| {
            let incident = self.incident(n)?;
            let mut causes = incident.root_causes.iter().chain(&incident.contributing);
            let is_it =
                |cause: &&Cause| taxonomy.grouping == Grouping::Cause && config.causes.resolve(&cause.path).as_deref() == Some(&found.slug);
            causes.find(is_it).map(|cause| cause.note.clone())
        };
        let steps = self.in_order(worst).into_iter();
        let steps = steps.map(|incident| PathStep { incident, why: why(incident).unwrap_or_default(), questions: Vec::new() });
        Some(Path {
            key: format!("{}/{}", taxonomy.key, found.slug),
            origin: PathOrigin::Term { taxonomy: place, term },
            title: found.name.clone(),
            steps: steps.collect(),
        })
    }

    /// The worst incident of each of the causes that most incidents have, no incident twice.
    fn first_week(&self) -> Option<Path> {
        let taxonomy = self.knowledge.taxonomies.iter().find(|taxonomy| taxonomy.grouping == Grouping::Cause)?;
        let mut causes: Vec<&Term> = taxonomy.terms.iter().filter(|term| is_leaf(taxonomy, term)).collect();
        causes.sort_by_key(|term| Reverse(term.members.len()));
        let (mut steps, mut met) = (Vec::new(), HashSet::new());
        for cause in causes {
            let Some(incident) = self.worst(&cause.members, met.len() + 1).into_iter().find(|incident| met.insert(*incident)) else {
                continue;
            };
            steps.push(PathStep { incident, why: cause.name.clone(), questions: Vec::new() });
            if steps.len() == FIRST_WEEK {
                break;
            }
        }
        (steps.len() >= FEWEST).then(|| Path { key: "first-week".into(), origin: PathOrigin::FirstWeek, title: "First week".into(), steps })
    }

    /// What happened in the month of a year ago.
    fn year_ago(&self, today: Date) -> Option<Path> {
        let then = today.checked_sub(jiff::Span::new().years(1)).ok()?;
        let is_then = |n: &usize| self.standings.get(*n).is_some_and(|standing| standing.month == Some((then.year(), then.month())));
        let of_month: Vec<usize> = self.knowledge.newest_first.iter().copied().filter(is_then).collect();
        let steps = self.in_order(self.worst(&of_month, MOST)).into_iter().map(|incident| PathStep {
            incident,
            why: String::new(),
            questions: Vec::new(),
        });
        let title = format!("One year ago: {}", then.strftime("%B %Y"));
        let path = Path { key: "one-year-ago".into(), origin: PathOrigin::YearAgo, title, steps: steps.collect() };
        (!path.steps.is_empty()).then_some(path)
    }

    /// The worst of some postmortems that are incidents, at most as many as that, the worst first; of equals the one that tells most, then the newest.
    fn worst(&self, members: &[usize], most: usize) -> Vec<usize> {
        let places = members.iter().filter_map(|n| Some(((*self.gravity.get(*n)?)?, *n)));
        let mut worst: Vec<(usize, usize)> = places.collect();
        if most < worst.len() {
            worst.select_nth_unstable(most);
            worst.truncate(most);
        }
        worst.sort_unstable();
        worst.into_iter().map(|(_, n)| n).collect()
    }

    /// The same in the order in which they happened.
    fn in_order(&self, mut incidents: Vec<usize>) -> Vec<usize> {
        incidents.sort_by_key(|n| Reverse(self.rank(*n)));
        incidents
    }

    /// The place of a postmortem among all, newest first.
    fn rank(&self, n: usize) -> usize {
        self.knowledge.rank.get(n).copied().unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests;
