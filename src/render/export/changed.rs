//! When a postmortem last changed, as far as its readers can tell. Feeds, the sitemap and the copies of a page all ask here.

use crate::model::Moment;
use crate::parse;
use crate::site::Site;

/// The last time something of the postmortem at a place was published or changed: the report itself, an update, a correction, and its text where the
/// edition shows its history. Nothing where none of this is told.
pub(in crate::render) fn told_change(site: &Site, n: usize) -> Option<Moment> {
    let postmortem = site.postmortem(n)?;
    let published = postmortem.published_at.as_ref().map(|at| at.value);
    let updates = postmortem.updates.iter().filter_map(|update| update.at);
    let corrections = postmortem.corrections.iter().filter_map(|correction| correction.on);
    let revision = site.sayings(n).last().and_then(|saying| parse::moment(&saying.on.to_string()));
    published.into_iter().chain(updates).chain(corrections).chain(revision).max_by_key(|moment| moment.at)
}

/// When the postmortem at a place last changed: where it does not tell, the date it is listed under.
pub(in crate::render) fn last_changed(site: &Site, n: usize) -> Option<Moment> {
    told_change(site, n).or(site.postmortem(n)?.date)
}
