//! Which postmortems are related, and why: the reason is said, never only a number.

use std::collections::{BTreeMap, HashSet};

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
    /// The other one's cause had struck the same service before.
    Before,
    /// Its cause struck the same service again there.
    Again,
    /// They share a term of a grouping: its name, and the term's.
    Shared(Grouping, String, String),
    /// They share rare words: some of them.
    SimilarText(Vec<String>),
}

/// A postmortem whose text is like another's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimilarText {
    /// Which: a place in [`Corpus::postmortems`].
    pub other: usize,
    /// Words that both have and few others.
    pub words: Vec<String>,
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
/// What was written down goes first, then what happened before or again; then shared terms, each weighing the more the fewer postmortems have it (inverse document frequency,
/// as in text ranking: a cause that everything shares says nothing). Tags and triggers count only from two on. Ties go to the newer one.
/// Where all that relates fewer than `limit`, those with a `similar` text follow, most alike first; it is not asked for otherwise.
#[must_use]
pub fn related(knowledge: &Knowledge, of: usize, limit: usize, similar: impl FnOnce() -> Vec<SimilarText>) -> Vec<Relation> {
    // (rank of another one, what counts for it), one after another; what is counted for the same one is then added up. Members of a term are in
    // order of rank, so that sorting is merging.
    let mut found: Vec<(usize, Weighed)> = Vec::new();
    let rank = |n: usize| knowledge.rank.get(n).copied().unwrap_or_default();
    let stated = knowledge.stated.get(&of).map_or(&[][..], Vec::as_slice);
    found.extend(stated.iter().map(|(other, _)| (rank(*other), Weighed { score: 1000.0, strength: 2 })));
    let before = knowledge.recurrences.before(of).map(|recurrence| recurrence.earlier);
    let again = knowledge.recurrences.again(of).map(|recurrence| recurrence.later);
    found.extend(before.chain(again).map(|other| (rank(other), Weighed { score: 100.0, strength: 2 })));
    for (_, term, weight, strength) in telling_terms(knowledge, of) {
        let score = weight * rarity(knowledge.newest_first.len(), term.members.len());
        found.extend(near(knowledge, &term.members, of).map(|other| (rank(*other), Weighed { score, strength })));
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.dedup_by(|(next, more), (other, weighed)| {
        let is_same = next == other;
        if is_same {
            weighed.score += more.score;
            weighed.strength += more.strength;
        }
        is_same
    });
    found.retain(|(_, weighed)| weighed.strength >= 2);
    let stronger = |(a, a_weighed): &(usize, Weighed), (b, b_weighed): &(usize, Weighed)| {
        b_weighed.score.total_cmp(&a_weighed.score).then_with(|| a.cmp(b))
    };
    if found.len() > limit {
        found.select_nth_unstable_by(limit, stronger);
        found.truncate(limit);
    }
    found.sort_by(stronger);
    let others = found.into_iter().filter_map(|(rank, _)| knowledge.newest_first.get(rank).copied());
    let mut relations: Vec<Relation> = others.map(|other| Relation { other, reasons: reasons(knowledge, stated, of, other) }).collect();
    if relations.len() < limit {
        let known: HashSet<usize> = relations.iter().map(|relation| relation.other).collect();
        let further = similar().into_iter().filter(|text| !known.contains(&text.other)).take(limit - relations.len());
        relations.extend(further.map(|text| Relation { other: text.other, reasons: vec![Reason::SimilarText(text.words)] }));
    }
    relations
}

#[derive(Debug, Clone, Copy)]
struct Weighed {
    score: f64,
    strength: usize,
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
    let says = |why| reasons.iter().any(|reason| matches!(reason, Reason::Stated(of) | Reason::StatedThere(of) if *of == why));
    if !says(RelatedWhy::RecurrenceOf) {
        let before = knowledge.recurrences.before(of).any(|recurrence| recurrence.earlier == other);
        let again = knowledge.recurrences.again(of).any(|recurrence| recurrence.later == other);
        reasons.extend(before.then_some(Reason::Before).into_iter().chain(again.then_some(Reason::Again)));
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
        Grouping::Tag | Grouping::Trigger => Some((1.0, 1)),
        // Who owns a service says less than the service, which counts already.
        Grouping::Year | Grouping::Severity | Grouping::Owner => None,
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
