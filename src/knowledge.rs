//! What only the whole can tell: where links lead, who mentions whom, how postmortems group, and which are related and why.
//!
//! [`link`] is total: a reference that leads nowhere is a value, not an error. It does no text work and clones no bodies, so that it can run
//! again on every keystroke in the preview.

mod alike;
mod coverage;
pub mod glossary;
pub mod ledger;
pub mod losses;
mod measure;
pub mod metrics;
mod numbering;
pub mod playbook;
pub mod recurrence;
mod reference;
mod related;
pub mod report;
#[cfg(test)]
mod sample;
pub mod statistics;
mod taxonomy;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::model::{Corpus, DocumentId, Postmortem};

use alike::Alike;
pub use alike::{Attachments, LastLink};
pub use coverage::{
    Answer, CauseProfile, CauseRole, Citing, Control, Controls, Drilled, Link, cause_profile, causes_with_roles, citings, coverage,
    is_drill, named_causes,
};
pub use ledger::{DueOf, Ledger, days_allowed, deadline, due, ledger};
pub use measure::{Measure, Measured, Minutes, is_security_incident, sentence_case, spoken};
pub use metrics::{Metrics, metrics};
pub use numbering::Gap;
pub use recurrence::{Aftermath, Outcome, Recurrence, Recurrences, aftermath};
pub(crate) use reference::percent_decode;
pub use reference::{References, Target};
pub use related::{Reason, Relation, SimilarText, related};
pub use taxonomy::{Grouping, Taxonomy, Term, cause_slug};

/// What is true of the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Knowledge {
    /// Where every link of every document leads.
    pub references: References,
    /// Who links to a document, in order of path, each once.
    pub backlinks: BTreeMap<DocumentId, Vec<DocumentId>>,
    /// The ways postmortems are grouped.
    pub taxonomies: Arc<Vec<Taxonomy>>,
    /// All postmortems, newest first, those without a date last; ties by slug. Places in [`Corpus::postmortems`].
    pub newest_first: Arc<Vec<usize>>,
    /// How many of them are drills: no incidents, and not counted as such.
    pub drills: usize,
    /// For each postmortem its place in `newest_first`.
    pub rank: Arc<Vec<usize>>,
    /// Relations named in metadata, both ways: (other postmortem, reason as seen from this one).
    pub stated: BTreeMap<usize, Vec<(usize, Reason)>>,
    /// Incidents whose cause had struck the same service before.
    pub recurrences: Arc<Recurrences>,
    /// Numbers that are missing where incidents are numbered one after the other.
    pub gaps_in_ids: Arc<Vec<Gap>>,
}

impl Knowledge {
    /// The grouping with this key.
    #[must_use]
    pub fn taxonomy(&self, key: &str) -> Option<&Taxonomy> {
        self.taxonomies.iter().find(|taxonomy| taxonomy.key == key)
    }

    /// Whether documents are called as they are in what was known before, and group as they did; by identity, for that is known at once.
    #[must_use]
    pub fn names_and_groups_as(&self, before: &Self) -> bool {
        Arc::ptr_eq(&self.taxonomies, &before.taxonomies) && self.references.shares_names(&before.references)
    }
}

/// Whether a path is a file beside the documents.
pub type IsAttachment<'a> = dyn Fn(&str) -> bool + Sync + 'a;

/// Links the documents of a corpus.
#[must_use]
pub fn link(corpus: &Corpus, config: &Config, attachments: &IsAttachment<'_>) -> Knowledge {
    link_after(corpus, config, attachments, None)
}

/// Links the documents of a corpus, where `before` was known of others and settings and attachments are the same: whatever parts of it
/// nothing differs for are taken up again.
fn link_after(corpus: &Corpus, config: &Config, attachments: &IsAttachment<'_>, before: Option<(&Knowledge, Alike)>) -> Knowledge {
    let named = before.filter(|(_, alike)| alike.names).map(|(before, _)| before);
    let grouped = before.filter(|(_, alike)| alike.groups).map(|(before, _)| before);
    let order = || {
        let newest_first = newest_first(&corpus.postmortems);
        let rank = ranks(&newest_first);
        (Arc::new(newest_first), Arc::new(rank), Arc::new(numbering::gaps_in_ids(corpus)))
    };
    let of_before = |before: &Knowledge| (Arc::clone(&before.newest_first), Arc::clone(&before.rank), Arc::clone(&before.gaps_in_ids));
    let (newest_first, rank, gaps_in_ids) = grouped.map_or_else(order, of_before);
    let referring = || {
        let references = reference::resolve(corpus, config, attachments, named.map(|before| &before.references));
        let backlinks = reference::backlinks(&references);
        let stated = related::stated(corpus, &references);
        (references, backlinks, stated)
    };
    let grouping = || match grouped {
        Some(before) => Arc::clone(&before.taxonomies),
        None => Arc::new(taxonomy::group(corpus, config, &newest_first)),
    };
    let ((references, backlinks, stated), taxonomies) = rayon::join(referring, grouping);
    let recurring = || {
        let months = config.metrics.recurrence_months;
        Arc::new(recurrence::find(&recurrence::Known { corpus, taxonomies: &taxonomies, stated: &stated, rank: &rank, months }))
    };
    let kept = grouped.filter(|before| before.stated == stated);
    let recurrences = kept.map_or_else(recurring, |before| Arc::clone(&before.recurrences));
    let drills = corpus.postmortems.iter().filter(|postmortem| is_drill(postmortem)).count();
    Knowledge { references, backlinks, taxonomies, newest_first, drills, rank, stated, recurrences, gaps_in_ids }
}

/// For each postmortem its place in an order of all.
fn ranks(order: &[usize]) -> Vec<usize> {
    let mut rank = vec![0; order.len()];
    for (place, n) in order.iter().enumerate() {
        if let Some(slot) = rank.get_mut(*n) {
            *slot = place;
        }
    }
    rank
}

fn newest_first(postmortems: &[Arc<Postmortem>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..postmortems.len()).collect();
    order.sort_by_cached_key(|n| {
        let (at, slug) = postmortems.get(*n).map_or((None, ""), |p| (p.date.map(|date| date.at), p.head.slug.as_str()));
        (std::cmp::Reverse(at), slug)
    });
    order
}
