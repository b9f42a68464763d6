//! What was worked out for earlier projections, so that an edit costs one document.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use super::history::Past;
use super::sight::Sight;
use super::{Edition, Read};
use crate::config::Config;
use crate::knowledge::LastLink;
use crate::model::{Page, PerDocument, Postmortem};
use crate::source::history::History;

/// Documents as editions read them. It outlives a projection, so that an edit costs one document; what it holds are pure functions of what was
/// parsed, so nothing depends on whether it was remembered.
#[derive(Debug, Default)]
pub struct Remembered {
    /// What the last editions saw.
    seen: Mutex<Vec<(Eye, AllSeen)>>,
    /// The last settings, and what the public sees of them.
    config: Mutex<Option<(Arc<Config>, Arc<Config>)>>,
    public: LastLink,
    internal: LastLink,
    /// The last histories, one for each edition.
    pasts: Mutex<Vec<KnownPast>>,
}

/// All that decides what is seen of a document beside the document.
#[derive(Debug, Clone)]
pub(super) struct Eye {
    pub(super) edition: Edition,
    pub(super) config: Arc<Config>,
    pub(super) today: Date,
}

/// What an edition sees of documents.
#[derive(Debug, Default)]
pub(super) struct AllSeen {
    pub(super) postmortems: PerDocument<Postmortem, Seen<Postmortem>>,
    pub(super) pages: PerDocument<Page, Seen<Page>>,
}

/// What an edition sees of a document.
#[derive(Debug)]
pub(super) enum Seen<T> {
    /// Nothing: it is not for this edition.
    Nothing,
    /// Nothing, for what is left of it reads otherwise than it did.
    Unfit,
    /// As the edition reads it, with what was cut out of its text.
    Read(Read<T>),
}

impl<T> Seen<T> {
    /// What is seen of a document if it `is_seen` at all.
    pub(super) fn of(is_seen: bool, read: impl FnOnce() -> Option<Read<T>>) -> Self {
        if is_seen { read().map_or(Self::Unfit, Self::Read) } else { Self::Nothing }
    }
}

/// A history as an edition may see it, and what that depends on.
#[derive(Debug)]
struct KnownPast {
    history: Arc<History>,
    eye: Eye,
    past: Option<Arc<Past>>,
}

/// How many editions, and how many histories, are remembered: those of two editions.
const EDITIONS: usize = 2;

impl Eye {
    fn is(&self, other: &Self) -> bool {
        self.edition == other.edition && Arc::ptr_eq(&self.config, &other.config) && self.today == other.today
    }
}

impl Remembered {
    pub(super) fn config(&self, whole: &Arc<Config>, sight: &Sight<'_>) -> Arc<Config> {
        if !sight.is_public() {
            return Arc::clone(whole);
        }
        let mut last = self.config.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((of, seen)) if Arc::ptr_eq(of, whole) => Arc::clone(seen),
            _ => {
                let seen = Arc::new(sight.config(whole));
                *last = Some((Arc::clone(whole), Arc::clone(&seen)));
                seen
            }
        }
    }

    /// The history as an edition may see it: the settings of all times are read once.
    pub(super) fn past(&self, history: &Arc<History>, eye: &Eye) -> Option<Arc<Past>> {
        let mut pasts = self.pasts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = pasts.iter().find(|known| Arc::ptr_eq(&known.history, history) && known.eye.is(eye)) {
            return known.past.clone();
        }
        let past = Past::of(history, &eye.config, eye.edition, eye.today).map(Arc::new);
        pasts.insert(0, KnownPast { history: Arc::clone(history), eye: eye.clone(), past: past.clone() });
        pasts.truncate(EDITIONS);
        past
    }

    pub(super) fn linked(&self, sight: &Sight<'_>) -> &LastLink {
        if sight.is_public() { &self.public } else { &self.internal }
    }

    /// What was seen last by the same eye, to be put back with what it sees now.
    pub(super) fn take_seen(&self, eye: &Eye) -> AllSeen {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let place = seen.iter().position(|(other, _)| other.is(eye));
        place.map(|place| seen.remove(place).1).unwrap_or_default()
    }

    /// Remembers what is seen now.
    pub(super) fn put_seen(&self, eye: Eye, all: AllSeen) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(0, (eye, all));
        seen.truncate(EDITIONS);
    }
}
