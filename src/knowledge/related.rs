//! Which postmortems are related, and why: the reason is said, never only a number.

use std::collections::{BTreeMap, HashMap};

use super::{Grouping, Knowledge, References, Taxonomy};
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

/// The postmortems related to one, strongest first, at most `limit`.
///
/// What was written down goes first; then shared terms, each weighing the more the fewer postmortems have it (inverse document frequency,
/// as in text ranking: a cause that everything shares says nothing). Tags alone count only from two on. Ties go to the newer one.
#[must_use]
pub fn related(knowledge: &Knowledge, of: usize, limit: usize) -> Vec<Relation> {
    let total = knowledge.newest_first.len();
    let mut found: HashMap<usize, (f64, usize, Vec<Reason>)> = HashMap::new();
    for (other, reason) in knowledge.stated.get(&of).into_iter().flatten() {
        let entry = found.entry(*other).or_default();
        entry.0 += 1000.0;
        entry.1 += 2;
        entry.2.push(reason.clone());
    }
    for taxonomy in &knowledge.taxonomies {
        let (weight, strength) = weight(taxonomy.grouping);
        if strength == 0 {
            continue;
        }
        for (place, term) in taxonomy.terms_of(of) {
            let is_branch = taxonomy.is_hierarchical() && term.parent.is_none();
            if is_branch || term.members.len() < 2 || term.members.len() * 4 > total.max(40) {
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "counts of documents are far below 2^52")]
            let rarity = (total as f64 / term.members.len() as f64).ln().max(0.1);
            for other in term.members.iter().filter(|other| **other != of) {
                let entry = found.entry(*other).or_default();
                entry.0 += weight * rarity;
                entry.1 += strength;
                entry.2.push(shared(taxonomy, place));
            }
        }
    }
    let rank = |n: &usize| knowledge.rank.get(*n);
    let mut relations: Vec<_> = found.into_iter().filter(|(_, (_, strength, _))| *strength >= 2).collect();
    relations.sort_by(|(a, (a_score, ..)), (b, (b_score, ..))| b_score.total_cmp(a_score).then_with(|| rank(a).cmp(&rank(b))));
    relations.truncate(limit);
    relations
        .into_iter()
        .map(|(other, (_, _, mut reasons))| {
            reasons.sort();
            reasons.dedup();
            Relation { other, reasons }
        })
        .collect()
}

/// How much a shared term weighs, and how far it goes towards the two that make a relation.
fn weight(grouping: Grouping) -> (f64, usize) {
    match grouping {
        Grouping::Cause => (4.0, 2),
        Grouping::Service => (3.0, 2),
        Grouping::Custom => (2.0, 1),
        Grouping::Tag => (1.0, 1),
        Grouping::Year | Grouping::Severity => (0.0, 0),
    }
}

fn shared(taxonomy: &Taxonomy, place: usize) -> Reason {
    let name = taxonomy.terms.get(place).map(|term| term.name.clone()).unwrap_or_default();
    Reason::Shared(taxonomy.grouping, taxonomy.name.clone(), name)
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
