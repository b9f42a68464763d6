//! When the text of an incident changed, and which words.

use serde::Serialize;

use crate::config::HistoryShown;
use crate::edition::Saying;
use crate::render::difference::{Part, changes, counts};
use crate::render::wording::{DateView, civil_view};
use crate::site::{Route, Site};

#[derive(Debug, Serialize)]
pub(super) struct HistoryView {
    /// The newest first.
    revisions: Vec<RevisionView>,
    /// The same for machines.
    url: String,
}

#[derive(Debug, Serialize)]
struct RevisionView {
    on: DateView,
    /// "First version", "12 words added, 3 removed".
    text: String,
    /// Empty for the first, and where only dates are shown.
    changes: Vec<Vec<Part>>,
}

/// The history of an incident, where the edition shows it and there is any.
pub(super) fn history(site: &Site, n: usize) -> Option<HistoryView> {
    let sayings = site.sayings(n);
    let before = std::iter::once(None).chain(sayings.iter().map(Some));
    let mut revisions: Vec<RevisionView> = before.zip(sayings).map(|(before, saying)| revision(site, before, saying)).collect();
    revisions.reverse();
    (!revisions.is_empty()).then(|| HistoryView { revisions, url: site.url(Route::History(n)) })
}

fn revision(site: &Site, before: Option<&Saying>, saying: &Saying) -> RevisionView {
    let words = site.words();
    let on = civil_view(words, saying.on);
    let Some(before) = before else { return RevisionView { on, text: words.get("revisions-first").into(), changes: Vec::new() } };
    let changes = changes(&before.text, &saying.text);
    let text = match counts(&changes) {
        (0, new) => words.count("revisions-added", new),
        (gone, 0) => words.count("revisions-removed", gone),
        (gone, new) => words.with("revisions-changed", &[("count", new.into()), ("removed", gone.into())]),
    };
    RevisionView { on, text, changes: if site.history_shown() == HistoryShown::Words { changes } else { Vec::new() } }
}
