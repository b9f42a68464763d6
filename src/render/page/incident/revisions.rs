//! When the text of an incident changed, and which words.

use serde::Serialize;

use crate::config::HistoryShown;
use crate::edition::Saying;
use crate::render::difference::{Part, changes, counts};
use crate::render::wording::{DateView, civil_view, plural};
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
    let on = civil_view(saying.on);
    let Some(before) = before else { return RevisionView { on, text: "First version".into(), changes: Vec::new() } };
    let changes = changes(&before.text, &saying.text);
    let text = match counts(&changes) {
        (0, new) => format!("{} added", plural(new, "word", "words")),
        (gone, 0) => format!("{} removed", plural(gone, "word", "words")),
        (gone, new) => format!("{} added, {gone} removed", plural(new, "word", "words")),
    };
    RevisionView { on, text, changes: if site.history_shown() == HistoryShown::Words { changes } else { Vec::new() } }
}
