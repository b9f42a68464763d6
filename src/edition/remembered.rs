//! What was worked out for earlier projections, so that an edit costs one document.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use jiff::civil::Date;

use super::history::Past;
use super::sight::Sight;
use super::{Edition, Read};
use crate::config::Config;
use crate::knowledge::LastLink;
use crate::model::{Page, Postmortem};
use crate::source::history::History;

/// Documents as editions read them. It outlives a projection, so that an edit costs one document; what it holds are pure functions of what was
/// parsed, so nothing depends on whether it was remembered.
#[derive(Debug, Default)]
pub struct Remembered {
    pub(super) postmortems: Kept<Postmortem>,
    pub(super) pages: Kept<Page>,
    /// The last settings, and what the public sees of them.
    config: Mutex<Option<(Arc<Config>, Arc<Config>)>>,
    public: LastLink,
    internal: LastLink,
    /// The last histories, one for each edition.
    pasts: Mutex<Vec<KnownPast>>,
}

/// A history as an edition may see it, and what that depends on.
#[derive(Debug)]
struct KnownPast {
    history: Arc<History>,
    config: Arc<Config>,
    edition: Edition,
    today: Date,
    past: Option<Arc<Past>>,
}

/// How many histories are remembered: those of two editions.
const PASTS: usize = 2;

/// By the address of the whole document, by whether it was read for the public, and by the day.
#[derive(Debug)]
pub(super) struct Kept<T>(RwLock<HashMap<(usize, bool, Date), Earlier<T>>>);

/// The whole document, which while it is referred to keeps its address from being given to another, and what was read of it.
type Earlier<T> = (Weak<T>, Read<T>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<T> Kept<T> {
    pub(super) fn get(&self, whole: &Arc<T>, sight: &Sight<'_>, today: Date, read: impl FnOnce() -> Option<Read<T>>) -> Option<Read<T>> {
        let key = (Arc::as_ptr(whole).addr(), sight.is_public(), today);
        if let Some((_, read)) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Some(read.clone());
        }
        let read = read()?;
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, (Arc::downgrade(whole), read.clone()));
        Some(read)
    }

    fn forget(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).retain(|_, (whole, _)| whole.strong_count() > 0);
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
    pub(super) fn past(&self, history: &Arc<History>, config: &Arc<Config>, edition: Edition, today: Date) -> Option<Arc<Past>> {
        let mut pasts = self.pasts.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = |known: &&KnownPast| {
            Arc::ptr_eq(&known.history, history) && Arc::ptr_eq(&known.config, config) && known.edition == edition && known.today == today
        };
        if let Some(known) = pasts.iter().find(is_it) {
            return known.past.clone();
        }
        let past = Past::of(history, config, edition, today).map(Arc::new);
        let (history, config) = (Arc::clone(history), Arc::clone(config));
        pasts.insert(0, KnownPast { history, config, edition, today, past: past.clone() });
        pasts.truncate(PASTS);
        past
    }

    pub(super) fn linked(&self, sight: &Sight<'_>) -> &LastLink {
        if sight.is_public() { &self.public } else { &self.internal }
    }

    /// Forgets what was made of documents that are no more.
    pub fn forget(&self) {
        self.postmortems.forget();
        self.pages.forget();
    }
}
