//! What was worked out for earlier projections, so that an edit costs one document.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use super::Read;
use super::sight::Sight;
use crate::config::Config;
use crate::knowledge::LastLink;
use crate::model::{Page, Postmortem};

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
}

/// By the address of the whole document and by whether it was read for the public.
#[derive(Debug)]
pub(super) struct Kept<T>(RwLock<HashMap<(usize, bool), Earlier<T>>>);

/// The whole document, which while it is referred to keeps its address from being given to another, and what was read of it.
type Earlier<T> = (Weak<T>, Read<T>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<T> Kept<T> {
    pub(super) fn get(&self, whole: &Arc<T>, sight: &Sight<'_>, read: impl FnOnce() -> Option<Read<T>>) -> Option<Read<T>> {
        let key = (Arc::as_ptr(whole).addr(), sight.is_public());
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

    pub(super) fn linked(&self, sight: &Sight<'_>) -> &LastLink {
        if sight.is_public() { &self.public } else { &self.internal }
    }

    /// Forgets what was made of documents that are no more.
    pub fn forget(&self) {
        self.postmortems.forget();
        self.pages.forget();
    }
}
