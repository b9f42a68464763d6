//! When a postmortem last changed, by what it says itself. Feeds, the sitemap and the copies of a page all ask here.

use crate::model::{Moment, Postmortem};
use crate::site::Site;

/// The last time something of it was published: the report itself or an update. Nothing where it does not say.
pub(in crate::render) fn stated_change(postmortem: &Postmortem) -> Option<Moment> {
    let published = postmortem.published_at.as_ref().map(|at| at.value);
    let updates = postmortem.updates.iter().filter_map(|update| update.at);
    published.into_iter().chain(updates).max_by_key(|moment| moment.at)
}

/// When the postmortem at a place last changed: where it does not say, the date it is listed under.
pub(in crate::render) fn last_changed(site: &Site, n: usize) -> Option<Moment> {
    let postmortem = site.postmortem(n)?;
    stated_change(postmortem).or(postmortem.date)
}
