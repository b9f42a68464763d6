//! A cause as a row.

use std::collections::HashMap;

use serde::Serialize;

use super::full_url;
use super::row::Row;
use crate::knowledge::ledger::{State, Tally};
use crate::knowledge::{Grouping, Term, cause_slug, is_drill};
use crate::model::{Cause, Postmortem};
use crate::site::{Listing, Route, Site};

/// A cause that an incident names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CauseRow {
    /// Its path: `change/config`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its branch: `change`.
    pub branch: String,
    /// Where its page is: an address where the site knows its own, else a path from the top of the site.
    pub url: String,
    /// How many incidents name it; drills are none.
    pub incidents: usize,
    /// Those in which it is a root cause.
    pub root: usize,
    /// Those in which it only contributed.
    pub contributing: usize,
    /// How many drills name it.
    pub drills: usize,
    /// Action items that answer it and are still to be done, the overdue ones among them.
    pub open: usize,
    /// Those that are overdue.
    pub overdue: usize,
    /// Those that are done.
    pub done: usize,
    /// Those that will not be done.
    pub dropped: usize,
    /// Those of which no status is written.
    pub unstated: usize,
}

/// The causes of the incidents that are wanted, in the order of the taxonomy, counted over these incidents and their actions.
#[must_use]
pub fn cause_rows(site: &Site, is_wanted: &dyn Fn(usize) -> bool) -> Vec<CauseRow> {
    let Some((taxonomy, causes)) = site.taxonomy(Grouping::Cause) else { return Vec::new() };
    let wanted: Vec<bool> = (0..site.corpus().postmortems.len()).map(is_wanted).collect();
    let is_wanted = |n: &usize| wanted.get(*n).copied().unwrap_or_default();
    let mut tallies: HashMap<&str, Tally> = HashMap::new();
    for entry in site.ledger().entries.iter().filter(|entry| is_wanted(&entry.postmortem)) {
        for cause in &entry.causes {
            tallies.entry(cause.id.as_str()).or_default().add(entry.state);
        }
    }
    let leaves = causes.terms.iter().enumerate().filter(|(_, term)| term.parent.is_some());
    let row = |(place, term): (usize, &Term)| {
        let members = term.members.iter().filter(|n| is_wanted(n)).filter_map(|n| site.postmortem(*n));
        let (drills, members): (Vec<&Postmortem>, Vec<&Postmortem>) = members.partition(|postmortem| is_drill(postmortem));
        let is_it = |cause: &Cause| cause_slug(&cause.path, site.config()).as_deref() == Some(&term.slug);
        let root = members.iter().filter(|postmortem| postmortem.root_causes.iter().any(is_it)).count();
        let tally = tallies.get(term.slug.as_str()).copied().unwrap_or_default();
        CauseRow {
            id: term.slug.clone(),
            name: term.name.clone(),
            branch: term.slug.split('/').next().unwrap_or_default().to_owned(),
            url: full_url(site, &site.url(Route::List(Listing::Term { taxonomy, term: place }, 1))),
            incidents: members.len(),
            root,
            contributing: members.len() - root,
            drills: drills.len(),
            open: tally.open(),
            overdue: tally.count(State::Overdue),
            done: tally.count(State::Done),
            dropped: tally.dropped(),
            unstated: tally.count(State::Unstated),
        }
    };
    leaves.map(row).filter(|row| row.incidents + row.drills > 0).collect()
}

impl Row for CauseRow {
    fn columns() -> Vec<String> {
        let names = [
            "id",
            "name",
            "branch",
            "url",
            "incidents",
            "root",
            "contributing",
            "drills",
            "open",
            "overdue",
            "done",
            "dropped",
            "unstated",
        ];
        names.map(str::to_owned).into()
    }
}
