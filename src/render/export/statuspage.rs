//! `/api/v2/incidents.json`: the newest incidents in the shape of Statuspage's public interface, which dashboards and bots know how to read.
//!
//! Only what is stated is told. How the services are doing now a report of the past does not know, so components have no status, and an incident
//! without a date is left out. Steps of the severity scale become words of impact by [`impact`].

use serde::Serialize;

use super::feed::instant;
use super::{full_url, last_changed};
use crate::knowledge::Grouping;
use crate::knowledge::report::{Progress, ongoing};
use crate::model::{Milestone, Postmortem, Status, portable};
use crate::render::page::summary_text;
use crate::site::{Route, Site};

/// How many incidents are told, as there.
const INCIDENTS: usize = 50;
/// How many characters the words of the report have at most.
const SUMMARY: usize = 600;

#[derive(Serialize)]
struct Answer {
    page: Page,
    incidents: Vec<Incident>,
}

#[derive(Serialize)]
struct Page {
    id: String,
    name: String,
    url: String,
    time_zone: &'static str,
    updated_at: String,
}

#[derive(Serialize)]
struct Incident {
    id: String,
    name: String,
    status: &'static str,
    impact: &'static str,
    created_at: String,
    updated_at: String,
    monitoring_at: Option<String>,
    resolved_at: Option<String>,
    started_at: String,
    shortlink: String,
    page_id: String,
    #[serde(rename = "incident_updates")]
    updates: Vec<IncidentUpdate>,
    components: Vec<Component>,
}

#[derive(Serialize)]
struct IncidentUpdate {
    id: String,
    status: &'static str,
    body: String,
    incident_id: String,
    created_at: String,
    updated_at: String,
    display_at: String,
}

#[derive(Serialize)]
struct Component {
    id: String,
    name: String,
    description: Option<String>,
    page_id: String,
}

/// The answer.
pub(super) fn statuspage(site: &Site) -> String {
    let page_id = Some(portable(&site.config().site.title)).filter(|id| !id.is_empty()).unwrap_or_else(|| "site".to_owned());
    let newest = site.newest_first().filter_map(|(n, postmortem)| incident(site, &page_id, n, postmortem));
    let incidents: Vec<Incident> = newest.take(INCIDENTS).collect();
    let updated_at = incidents.iter().map(|incident| incident.updated_at.clone()).max();
    let page = Page {
        id: page_id,
        name: site.config().site.title.clone(),
        url: full_url(site, ""),
        time_zone: "Etc/UTC",
        updated_at: updated_at.unwrap_or_else(|| format!("{}T00:00:00Z", site.build().today)),
    };
    // Texts and lists always have a form in JSON.
    serde_json::to_string(&Answer { page, incidents }).unwrap_or_default()
}

fn incident(site: &Site, page_id: &str, n: usize, postmortem: &Postmortem) -> Option<Incident> {
    let (date, changed) = (instant(&postmortem.date?), instant(&last_changed(site, n)?));
    let at = |milestone| postmortem.milestone(milestone).map(instant);
    let step = postmortem.severity.as_ref().and_then(|severity| severity.step);
    let services = site.taxonomy(Grouping::Service).into_iter().flat_map(|(_, taxonomy)| taxonomy.terms_of(n));
    let component = |(_, term): (usize, &crate::knowledge::Term)| Component {
        id: term.slug.clone(),
        name: term.name.clone(),
        description: Some(term.definition.clone()).filter(|words| !words.is_empty()),
        page_id: page_id.to_owned(),
    };
    Some(Incident {
        id: postmortem.id.value.clone(),
        name: postmortem.head.title_text.clone(),
        status: status(postmortem),
        impact: step.map_or("none", |step| impact(step, site.config().severities.len())),
        created_at: date.clone(),
        updated_at: changed,
        monitoring_at: at(Milestone::Mitigated),
        resolved_at: at(Milestone::Resolved),
        started_at: at(Milestone::Started).unwrap_or(date),
        shortlink: full_url(site, &site.url(Route::Incident(n))),
        page_id: page_id.to_owned(),
        updates: updates(site, n, postmortem),
        components: services.map(component).collect(),
    })
}

/// How far the incident is: while it is not over, as its last update says; else a report that has been reviewed is its end, whatever milestones it names.
fn status(postmortem: &Postmortem) -> &'static str {
    let is_past = |milestone| postmortem.milestone(milestone).is_some();
    if let Some(state) = ongoing(postmortem) {
        return Progress::of(state).and_then(Progress::word).unwrap_or("investigating");
    }
    match postmortem.status {
        Status::Reviewed | Status::Closed => "postmortem",
        _ if is_past(Milestone::Resolved) => "resolved",
        _ if is_past(Milestone::Mitigated) => "monitoring",
        _ => "investigating",
    }
}

/// The word for a step of a scale with so many, 0 the worst: the worst is `critical`, the next `major`, the others `minor`; the last of five or
/// more, on which nobody was affected, is `none`.
fn impact(step: usize, steps: usize) -> &'static str {
    match step {
        0 => "critical",
        1 => "major",
        _ if steps >= 5 && step + 1 == steps => "none",
        _ => "minor",
    }
}

/// What was said in public, the last first: the report itself, where it says when it was published, and the updates with a time.
fn updates(site: &Site, n: usize, postmortem: &Postmortem) -> Vec<IncidentUpdate> {
    let mut state = "investigating";
    let mut said: Vec<(String, &'static str, String)> = Vec::new();
    for update in &postmortem.updates {
        state = Progress::of(&update.state).and_then(Progress::word).unwrap_or(state);
        said.extend(update.at.as_ref().map(|at| (instant(at), state, update.text.clone())));
    }
    let page = full_url(site, &site.url(Route::Incident(n)));
    let published = postmortem.published_at.as_ref().map(|at| instant(&at.value));
    said.extend(published.map(|at| (at, "postmortem", format!("{} {page}", summary_text(postmortem, SUMMARY)).trim().to_owned())));
    said.sort_by(|a, b| a.0.cmp(&b.0));
    let id = &postmortem.id.value;
    let update = |(number, (at, status, body)): (usize, (String, &'static str, String))| IncidentUpdate {
        id: format!("{id}-{number}"),
        status,
        body,
        incident_id: id.clone(),
        created_at: at.clone(),
        updated_at: at.clone(),
        display_at: at,
    };
    let mut updates: Vec<IncidentUpdate> = (1..).zip(said).map(update).collect();
    updates.reverse();
    updates
}

#[cfg(test)]
mod tests {
    use super::impact;

    #[test]
    fn every_step_of_a_scale_has_a_word() {
        let of = |steps: usize| (0..steps).map(|step| impact(step, steps)).collect::<Vec<_>>();
        assert_eq!(of(3), ["critical", "major", "minor"]);
        assert_eq!(of(4), ["critical", "major", "minor", "minor"]);
        assert_eq!(of(5), ["critical", "major", "minor", "minor", "none"]);
    }
}
