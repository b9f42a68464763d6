//! Which postmortems are related, and why: the reason is said, never only a number.

use std::collections::{BTreeMap, HashMap};

use super::{Grouping, Knowledge, References, Taxonomy, Term};
use crate::model::{Corpus, DocumentId, RelatedWhy};

/// Why two postmortems are related, as seen from the one whose page it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Somebody wrote so.
    Stated(RelatedWhy),
    /// The other one says so of this one.
    StatedThere(RelatedWhy),
    /// One of them is named in the other's `related`, without a reason.
    Named,
    /// They share a term of a grouping: its name, and the term's.
    Shared(Grouping, String, String),
}

/// A related postmortem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Which: a place in [`Corpus::postmortems`].
    pub other: usize,
    /// Why, strongest first; never empty.
    pub reasons: Vec<Reason>,
}

/// How many members of a term are weighed on either side of a postmortem in time. What happened far away in time is less alike than what
/// happened near by, and without a bound the work for each page would grow with the size of the site.
const WINDOW: usize = 100;

/// The postmortems related to one, strongest first, at most `limit`.
///
/// What was written down goes first; then shared terms, each weighing the more the fewer postmortems have it (inverse document frequency,
/// as in text ranking: a cause that everything shares says nothing). Tags alone count only from two on. Ties go to the newer one.
#[must_use]
pub fn related(knowledge: &Knowledge, of: usize, limit: usize) -> Vec<Relation> {
    let mut found: HashMap<usize, Weighed> = HashMap::new();
    let stated = knowledge.stated.get(&of).map_or(&[][..], Vec::as_slice);
    for (other, _) in stated {
        found.entry(*other).or_default().add(1000.0, 2);
    }
    for (_, term, weight, strength) in telling_terms(knowledge, of) {
        let weight = weight * rarity(knowledge.newest_first.len(), term.members.len());
        for other in near(knowledge, &term.members, of) {
            found.entry(*other).or_default().add(weight, strength);
        }
    }
    let rank = |n: &usize| knowledge.rank.get(*n);
    let mut related: Vec<(usize, Weighed)> = found.into_iter().filter(|(_, weighed)| weighed.strength >= 2).collect();
    related.sort_by(|(a, a_weighed), (b, b_weighed)| b_weighed.score.total_cmp(&a_weighed.score).then_with(|| rank(a).cmp(&rank(b))));
    related.truncate(limit);
    related.into_iter().map(|(other, _)| Relation { other, reasons: reasons(knowledge, stated, of, other) }).collect()
}

#[derive(Debug, Clone, Copy, Default)]
struct Weighed {
    score: f64,
    strength: usize,
}

impl Weighed {
    fn add(&mut self, score: f64, strength: usize) {
        self.score += score;
        self.strength += strength;
    }
}

/// The terms of a postmortem that make it related to others, with what each weighs: not branches, nor what a quarter of all share.
fn telling_terms(knowledge: &Knowledge, of: usize) -> impl Iterator<Item = (&Taxonomy, &Term, f64, usize)> {
    let total = knowledge.newest_first.len().max(40);
    knowledge.taxonomies.iter().filter_map(|taxonomy| Some((taxonomy, weight(taxonomy.grouping)?))).flat_map(
        move |(taxonomy, (weight, strength))| {
            let terms = taxonomy.terms_of(of).filter(move |(_, term)| {
                let is_branch = taxonomy.is_hierarchical() && term.parent.is_none();
                !is_branch && term.members.len() >= 2 && term.members.len() * 4 <= total
            });
            terms.map(move |(_, term)| (taxonomy, term, weight, strength))
        },
    )
}

/// The members of a term nearest in time to one of them, without itself.
fn near<'a>(knowledge: &Knowledge, members: &'a [usize], of: usize) -> impl Iterator<Item = &'a usize> {
    let rank = |n: &usize| knowledge.rank.get(*n).copied().unwrap_or_default();
    let place = members.partition_point(|member| rank(member) < rank(&of));
    let window = place.saturating_sub(WINDOW)..(place + WINDOW + 1).min(members.len());
    members.get(window).unwrap_or_default().iter().filter(move |member| **member != of)
}

#[expect(clippy::cast_precision_loss, reason = "counts of documents are far below 2^52")]
fn rarity(total: usize, members: usize) -> f64 {
    (total as f64 / members as f64).ln().max(0.1)
}

/// Why two postmortems are related, strongest first.
fn reasons(knowledge: &Knowledge, stated: &[(usize, Reason)], of: usize, other: usize) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = stated.iter().filter(|(n, _)| *n == other).map(|(_, reason)| reason.clone()).collect();
    for (taxonomy, term, ..) in telling_terms(knowledge, of) {
        if taxonomy.terms_of(other).any(|(_, shared)| shared.slug == term.slug) {
            reasons.push(Reason::Shared(taxonomy.grouping, taxonomy.name.clone(), term.name.clone()));
        }
    }
    // "Same cause" says nothing beside the cause itself.
    let shares = |grouping| reasons.iter().any(|reason| matches!(reason, Reason::Shared(of, ..) if *of == grouping));
    let (cause, service) = (shares(Grouping::Cause), shares(Grouping::Service));
    reasons.retain(|reason| match reason {
        Reason::Stated(RelatedWhy::SameCause) | Reason::StatedThere(RelatedWhy::SameCause) => !cause,
        Reason::Stated(RelatedWhy::SameService) | Reason::StatedThere(RelatedWhy::SameService) => !service,
        _ => true,
    });
    reasons.sort();
    reasons.dedup();
    reasons
}

/// How much a shared term weighs, and how far it goes towards the two that make a relation; nothing for what says nothing.
fn weight(grouping: Grouping) -> Option<(f64, usize)> {
    match grouping {
        Grouping::Cause => Some((4.0, 2)),
        Grouping::Service => Some((3.0, 2)),
        Grouping::Custom => Some((2.0, 1)),
        Grouping::Tag => Some((1.0, 1)),
        Grouping::Year | Grouping::Severity => None,
    }
}

/// Relations named in metadata, as both sides see them.
pub(super) fn stated(corpus: &Corpus, references: &References) -> BTreeMap<usize, Vec<(usize, Reason)>> {
    let mut stated: BTreeMap<usize, Vec<(usize, Reason)>> = BTreeMap::new();
    for (n, postmortem) in corpus.postmortems.iter().enumerate() {
        for related in &postmortem.related {
            let Some(DocumentId::Postmortem(other)) = references.named(&related.id) else { continue };
            if other == n {
                continue;
            }
            stated.entry(n).or_default().push((other, related.why.map_or(Reason::Named, Reason::Stated)));
            stated.entry(other).or_default().push((n, related.why.map_or(Reason::Named, Reason::StatedThere)));
        }
    }
    stated
}
