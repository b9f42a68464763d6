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
#[cfg(test)]
mod sample;
pub mod statistics;
mod taxonomy;

use std::collections::BTreeMap;

use crate::config::Config;
use crate::model::{Corpus, DocumentId, Postmortem};

pub use alike::{Attachments, LastLink};
pub use coverage::{
    Answer, CauseProfile, CauseRole, Citing, Control, Controls, Drilled, Link, cause_profile, coverage, is_drill, named_causes,
};
pub use ledger::{DueOf, Ledger, days_allowed, deadline, due, ledger};
pub use measure::{Measure, Measured, Minutes, spoken};
pub use metrics::{Metrics, metrics};
pub use numbering::Gap;
pub use recurrence::{Aftermath, Outcome, Recurrence, Recurrences, aftermath};
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
    pub taxonomies: Vec<Taxonomy>,
    /// All postmortems, newest first, those without a date last; ties by slug. Places in [`Corpus::postmortems`].
    pub newest_first: Vec<usize>,
    /// For each postmortem its place in `newest_first`.
    pub rank: Vec<usize>,
    /// Relations named in metadata, both ways: (other postmortem, reason as seen from this one).
    pub stated: BTreeMap<usize, Vec<(usize, Reason)>>,
    /// Incidents whose cause had struck the same service before.
    pub recurrences: Recurrences,
    /// Numbers that are missing where incidents are numbered one after the other.
    pub gaps_in_ids: Vec<Gap>,
}

impl Knowledge {
    /// The grouping with this key.
    #[must_use]
    pub fn taxonomy(&self, key: &str) -> Option<&Taxonomy> {
        self.taxonomies.iter().find(|taxonomy| taxonomy.key == key)
    }
}

/// Whether a path is a file beside the documents.
pub type IsAttachment<'a> = dyn Fn(&str) -> bool + Sync + 'a;

/// Links the documents of a corpus.
#[must_use]
pub fn link(corpus: &Corpus, config: &Config, attachments: &IsAttachment<'_>) -> Knowledge {
    let newest_first = newest_first(&corpus.postmortems);
    let referring = || {
        let references = reference::resolve(corpus, config, attachments);
        let backlinks = reference::backlinks(&references);
        let stated = related::stated(corpus, &references);
        (references, backlinks, stated)
    };
    let ((references, backlinks, stated), taxonomies) = rayon::join(referring, || taxonomy::group(corpus, config, &newest_first));
    let mut rank = vec![0; newest_first.len()];
    for (place, n) in newest_first.iter().enumerate() {
        if let Some(slot) = rank.get_mut(*n) {
            *slot = place;
        }
    }
    let months = config.metrics.recurrence_months;
    let known = recurrence::Known { corpus, taxonomies: &taxonomies, stated: &stated, rank: &rank, months };
    let recurrences = recurrence::find(&known);
    let gaps_in_ids = numbering::gaps_in_ids(corpus);
    Knowledge { references, backlinks, taxonomies, newest_first, rank, stated, recurrences, gaps_in_ids }
}

fn newest_first(postmortems: &[std::sync::Arc<Postmortem>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..postmortems.len()).collect();
    order.sort_by_cached_key(|n| {
        let (at, slug) = postmortems.get(*n).map_or((None, ""), |p| (p.date.map(|date| date.at), p.head.slug.as_str()));
        (std::cmp::Reverse(at), slug)
    });
    order
}
