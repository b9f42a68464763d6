//! What of a postmortem decides which pages there are.
//!
//! The preview asks it of every postmortem at each edit. So it is worked out once for each, and kept in a row of a few bytes: a walk over the
//! postmortems themselves would wait for memory at each of them.

use std::sync::{Mutex, PoisonError};

use super::pattern::Told;
use crate::knowledge::is_security_incident;
use crate::knowledge::losses::has_losses;
use crate::model::{Corpus, PerDocument, Postmortem};
use crate::training::Standing;

/// What of a postmortem decides which pages there are.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
pub(super) struct Gist {
    /// For the pages on what repeats.
    pub(super) told: Told,
    pub(super) has_losses: bool,
    pub(super) has_actions: bool,
    /// Whether it had other addresses.
    pub(super) has_aliases: bool,
    /// Whether it may be told as CSAF.
    pub(super) is_dated_security_incident: bool,
    /// For reading paths and drills.
    pub(super) standing: Standing,
}

impl Gist {
    fn of(postmortem: &Postmortem) -> Self {
        Self {
            told: Told::of(postmortem),
            has_losses: has_losses(postmortem),
            has_actions: !postmortem.actions.is_empty(),
            has_aliases: !postmortem.head.aliases.is_empty(),
            is_dated_security_incident: postmortem.date.is_some() && is_security_incident(postmortem),
            standing: Standing::of(postmortem),
        }
    }
}

/// The gists of the last site. What they hold are pure functions of postmortems, so nothing depends on whether they were remembered.
#[derive(Debug, Default)]
pub(super) struct RememberedGists(Mutex<PerDocument<Postmortem, Gist>>);

impl RememberedGists {
    /// Those of a corpus, in order.
    pub(super) fn of(&self, corpus: &Corpus) -> Vec<Gist> {
        // Not held while other threads are waited for.
        let mut known = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let gists = known.of(&corpus.postmortems, |postmortem| Gist::of(postmortem)).to_vec();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = known;
        gists
    }
}
