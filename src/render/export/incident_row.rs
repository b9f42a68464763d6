//! An incident as a row.

use serde::{Serialize, Serializer};

use super::full_url;
use super::row::{Row, cell, list};
use crate::knowledge::ledger::{State, Tally};
use crate::knowledge::{Measure, Minutes, cause_slug, causes_with_roles};
use crate::model::{Milestone, Postmortem};
use crate::site::{Route, Site};

/// An incident, drill or whatever else is written up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IncidentRow {
    /// The stable id.
    pub id: String,
    /// The title in plain words.
    pub title: String,
    /// Where its page is: an address where the site knows its own, else a path from the top of the site.
    pub url: String,
    /// The file, from the project folder.
    pub path: String,
    /// The kind as written: `outage`, `drill`.
    pub kind: Option<String>,
    /// Where the document stands: `draft`, `in-review`, `reviewed`, `closed`.
    pub status: &'static str,
    /// The severity: the last part of the address of its page.
    pub severity: Option<String>,
    /// The date it is listed under: `2026-03-17`, or `2026-03`, `2026` where no more is known.
    pub date: Option<String>,
    /// The milestones by the names of their fields (`started_at`), in RFC 3339 and UTC; the date alone where no time is known.
    #[serde(serialize_with = "as_map")]
    pub milestones: Vec<(&'static str, Option<String>)>,
    /// How long things took, in minutes, by the keys of the metrics page (`time_to_detect`): at least, and at most where that has a limit.
    #[serde(serialize_with = "as_map")]
    pub measures: Vec<(&'static str, Option<Minutes>)>,
    /// What people worked on it, all together, in minutes.
    pub effort_minutes: Option<u64>,
    /// The services: the last parts of the addresses of their pages.
    pub services: Vec<String>,
    /// The tags, likewise.
    pub tags: Vec<String>,
    /// The causes, in the order written, each once.
    pub causes: Vec<CauseOf>,
    /// What set it off: a trigger of the taxonomy.
    pub trigger: Option<String>,
    /// The teams whose services it hit or whose document it is: the last parts of the addresses of their pages.
    pub owners: Vec<String>,
    /// Who or what found it: `monitoring`, `user`.
    pub detected_by: Option<&'static str>,
    /// Its action items by how they stand; the keys are the states of an action with `_` for `-`.
    #[serde(serialize_with = "as_map")]
    pub actions: Vec<(String, usize)>,
}

/// A cause of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CauseOf {
    /// Its path: `change/config`.
    pub id: String,
    /// What it was to the incident: `primary`, `root`, `contributing`.
    pub role: &'static str,
}

fn as_map<K: Serialize, V: Serialize, S: Serializer>(pairs: &[(K, V)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

/// Every incident of a site, newest first.
#[must_use]
pub fn incident_rows(site: &Site) -> Vec<IncidentRow> {
    let tallies = site.ledger().tallies();
    let row = |n: &usize| incident_row(site, *n, tallies.get(n).copied().unwrap_or_default());
    site.knowledge().newest_first.iter().filter_map(row).collect()
}

/// The postmortem at a place as a row, with the tally of its actions.
#[must_use]
pub fn incident_row(site: &Site, n: usize, actions: Tally) -> Option<IncidentRow> {
    let postmortem = site.postmortem(n)?;
    let terms = |key: &str| -> Vec<String> {
        let taxonomy = site.knowledge().taxonomy(key);
        taxonomy.map(|taxonomy| taxonomy.terms_of(n).map(|(_, term)| term.slug.clone()).collect()).unwrap_or_default()
    };
    let milestone = |milestone: &Milestone| (milestone.word(), postmortem.milestone(*milestone).map(crate::model::Moment::machine));
    Some(IncidentRow {
        id: postmortem.id.value.clone(),
        title: postmortem.head.title_text.clone(),
        url: full_url(site, &site.url(Route::Incident(n))),
        path: postmortem.head.path.to_string(),
        kind: postmortem.kind.as_ref().map(|kind| kind.value.clone()),
        status: postmortem.status.word(),
        severity: terms("severity").into_iter().next(),
        date: postmortem.date.map(|date| date.date()),
        milestones: Milestone::ALL.iter().map(milestone).collect(),
        measures: Measure::ALL.iter().map(|measure| (measure.key(), measure.of(postmortem).minutes())).collect(),
        effort_minutes: postmortem.effort_minutes.as_ref().map(|effort| effort.value),
        services: terms("services"),
        tags: terms("tags"),
        causes: causes(site, postmortem),
        trigger: terms("triggers").into_iter().next(),
        owners: terms("owners"),
        detected_by: postmortem.detection.as_ref().and_then(|detection| Some(detection.by.as_ref()?.word())),
        actions: State::ALL.into_iter().map(|state| (state.word().replace('-', "_"), actions.count(state))).collect(),
    })
}

fn causes(site: &Site, postmortem: &Postmortem) -> Vec<CauseOf> {
    let mut causes: Vec<CauseOf> = Vec::new();
    for (role, cause) in causes_with_roles(postmortem) {
        // Who names a cause twice names one cause, in the stronger role.
        let id = cause_slug(&cause.path, site.config()).filter(|id| causes.iter().all(|cause| cause.id != *id));
        causes.extend(id.map(|id| CauseOf { id, role: role.word() }));
    }
    causes
}

impl Row for IncidentRow {
    fn columns() -> Vec<String> {
        let before = ["id", "title", "url", "path", "kind", "status", "severity", "date"].map(str::to_owned);
        let milestones = Milestone::ALL.iter().map(|milestone| milestone.word().to_owned());
        let measures = Measure::ALL.iter().flat_map(|measure| ["least", "most"].map(|end| format!("{}_{end}", measure.key())));
        let after = ["effort_minutes", "services", "tags", "causes", "trigger", "owners", "detected_by"].map(str::to_owned);
        let actions = State::ALL.iter().map(|state| format!("actions_{}", state.word().replace('-', "_")));
        before.into_iter().chain(milestones).chain(measures).chain(after).chain(actions).collect()
    }

    fn cells(&self) -> Vec<String> {
        let mut cells = vec![
            self.id.clone(),
            self.title.clone(),
            self.url.clone(),
            self.path.clone(),
            cell(self.kind.as_ref()),
            self.status.to_owned(),
            cell(self.severity.as_ref()),
            cell(self.date.as_ref()),
        ];
        cells.extend(self.milestones.iter().map(|(_, at)| cell(at.as_ref())));
        for (_, minutes) in &self.measures {
            cells.push(cell(minutes.map(|minutes| minutes.least).as_ref()));
            cells.push(cell(minutes.and_then(|minutes| minutes.most).as_ref()));
        }
        cells.push(cell(self.effort_minutes.as_ref()));
        cells.push(list(&self.services));
        cells.push(list(&self.tags));
        cells.push(list(&self.causes.iter().map(|cause| format!("{} ({})", cause.id, cause.role)).collect::<Vec<_>>()));
        cells.push(cell(self.trigger.as_ref()));
        cells.push(list(&self.owners));
        cells.push(cell(self.detected_by.as_ref()));
        cells.extend(self.actions.iter().map(|(_, count)| count.to_string()));
        cells
    }
}
