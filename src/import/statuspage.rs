//! Incidents of a status page by Atlassian Statuspage, and of those that speak its language.
//!
//! The shape is that of `/api/v2/incidents.json` and `/api/v2/scheduled-maintenances.json` (<https://metastatuspage.com/api>; a page says the same of itself at `/api`): `incidents`
//! with `impact` (none, minor, major, critical, maintenance), `components`, and `incident_updates`, newest first, each with `status`, `body` and `display_at`. A list alone
//! and single incidents are read as well.

use serde_json::{Map, Value};

use super::draft::{Draft, Guess};
use super::yaml::Yaml;
use super::{Format, Imported, Outcome, Skipped, WrongForm, fields, headings, html, issues};
use crate::config::Config;
use crate::parse;

/// Keys that say nothing of the incident: numbers, addresses and switches of the service.
const THEIRS: [&str; 24] = [
    "id",
    "page_id",
    "created_at",
    "updated_at",
    "monitoring_at",
    "name",
    "status",
    "impact",
    "shortlink",
    "started_at",
    "resolved_at",
    "incident_updates",
    "components",
    "postmortem_body",
    "scheduled_for",
    "scheduled_until",
    "reminder_intervals",
    "metadata",
    "backfilled",
    "auto_transition_to_maintenance_state",
    "auto_transition_to_operational_state",
    "scheduled_auto_in_progress",
    "scheduled_auto_completed",
    "scheduled_remind_prior",
];

/// Makes a draft of every incident.
///
/// # Errors
/// The text is not JSON, or holds no incidents.
pub fn read(text: &str, config: &Config) -> Result<Imported, WrongForm> {
    let mut imported = Imported::default();
    let mut found = false;
    for value in issues::values(text)? {
        let lists = ["incidents", "scheduled_maintenances"].iter().filter_map(|key| value.get(*key)?.as_array());
        let inside: Vec<&Value> = lists.flatten().chain(value.get("incident")).collect();
        let is_list = ["incidents", "scheduled_maintenances", "incident"].iter().any(|key| value.get(*key).is_some());
        let incidents = if is_list { inside } else { vec![&value] };
        found |= is_list;
        for incident in incidents {
            match incident.as_object().filter(|incident| incident.contains_key("incident_updates") || incident.contains_key("impact")) {
                Some(incident) => imported.drafts.push(draft(incident, config)),
                None => imported.skipped.push(Skipped {
                    from: called(incident),
                    why: "it is no incident of a status page".to_owned(),
                    wants_review: true,
                }),
            }
        }
    }
    if imported.drafts.is_empty() && !found {
        return Err(WrongForm("this is no list of incidents of a status page; /api/v2/incidents.json of the page is one".to_owned()));
    }
    Ok(imported)
}

fn called(value: &Value) -> String {
    ["name", "title", "id"].iter().find_map(|key| issues::words(value.get(*key)?)).unwrap_or_else(|| "an entry".to_owned())
}

fn draft(incident: &Map<String, Value>, config: &Config) -> Draft {
    let text = |key: &str| incident.get(key).and_then(issues::words);
    let json = Value::Object(incident.clone()).to_string();
    let id = text("id")
        .or_else(|| text("shortlink"))
        .unwrap_or_else(|| [text("name"), text("created_at")].map(Option::unwrap_or_default).join(" "));
    let mut draft = Draft::new(Format::Statuspage, id, &json);
    issues::title(&mut draft, "name", text("name"));
    times(&mut draft, incident, config);
    if let Some(impact) = text("impact") {
        fields::severity(&mut draft, "impact", &impact, config);
    }
    components(&mut draft, incident, config);
    if let Some(address) = text("shortlink") {
        fields::put(&mut draft, "shortlink", "source", Yaml::text(address), config);
    }
    if text("scheduled_for").is_some() {
        fields::add(&mut draft, "scheduled_for", "tags", "maintenance");
    }
    let status = text("status").unwrap_or_default();
    if !matches!(status.as_str(), "resolved" | "completed" | "postmortem") && text("resolved_at").is_none() {
        fields::be_draft(&mut draft, &format!("status: {status}"), Outcome::Mapped, "it is not over");
    }
    let account = updates(&mut draft, incident);
    let account = html::to_markdown(&mut draft, &[text("postmortem_body").unwrap_or_default(), account].join("\n\n"));
    draft.body = headings::settle(&mut draft, account.trim(), config);
    issues::keep_rest(&mut draft, incident, &THEIRS);
    draft
}

/// When it was. A notice is written when somebody sits down to write it, so its time is not that of the first effect, unless somebody has said so.
fn times(draft: &mut Draft, incident: &Map<String, Value>, config: &Config) {
    let text = |key: &str| incident.get(key).and_then(issues::words);
    let (created, started) = (text("created_at"), text("started_at"));
    match text("scheduled_for").or_else(|| started.clone().filter(|_| started != created)) {
        Some(started) => fields::put(draft, "started_at", "started_at", Yaml::text(started), config),
        None => {
            if let Some(moment) = created.or(started).filter(|moment| parse::moment(moment).is_some()) {
                let why = "it is when the notice was written; say when the impact began";
                draft.guesses.push(Guess { field: "started_at", moment, from: "created_at".to_owned(), why, is_told: false });
            }
        }
    }
    if let Some(resolved) = text("resolved_at") {
        fields::put(draft, "resolved_at", "resolved_at", Yaml::text(resolved), config);
    }
}

/// What was affected: the components of the incident, and of its updates with how they changed.
fn components(draft: &mut Draft, incident: &Map<String, Value>, config: &Config) {
    let names = |key: &str, of: &Map<String, Value>| -> Vec<Value> { of.get(key).and_then(Value::as_array).cloned().unwrap_or_default() };
    let name = |component: &Value| component.get("name").or(Some(component)).and_then(issues::words);
    let mut changes = Vec::new();
    for component in names("components", incident) {
        if let Some(name) = name(&component) {
            fields::add(draft, "components", "services", &fields::service(&name, config));
        }
    }
    for update in in_order(incident) {
        for component in names("affected_components", update) {
            let Some(name) = name(&component) else { continue };
            fields::add(draft, "affected_components", "services", &fields::service(&name, config));
            let state = |key: &str| component.get(key).and_then(issues::words).unwrap_or_default();
            if state("old_status") != state("new_status") {
                changes.push(format!("{}: {name}: {} to {}", at(update), state("old_status"), state("new_status")));
            }
        }
    }
    draft.keep("component_changes", Yaml::texts(changes), "how the state of components changed");
}

/// The updates, oldest first.
fn in_order(incident: &Map<String, Value>) -> Vec<&Map<String, Value>> {
    let updates = incident.get("incident_updates").and_then(Value::as_array);
    let mut updates: Vec<_> = updates.into_iter().flatten().filter_map(Value::as_object).rev().collect();
    updates.sort_by_key(|update| parse::moment(&at(update)).map(|moment| moment.at));
    updates
}

fn at(update: &Map<String, Value>) -> String {
    let at = ["display_at", "created_at", "updated_at"].iter().find_map(|key| update.get(*key).and_then(issues::words));
    at.unwrap_or_default().replace(".000", "")
}

/// Takes over what was said in public; gives what was said in hindsight, which is the account of the incident.
fn updates(draft: &mut Draft, incident: &Map<String, Value>) -> String {
    let (mut said, mut account) = (Vec::new(), Vec::new());
    for update in in_order(incident) {
        let text = |key: &str| update.get(key).and_then(issues::words);
        let body = text("body").unwrap_or_default().replace("\r\n", "\n");
        let state = text("status").unwrap_or_default();
        if state == "postmortem" {
            account.push(body);
            continue;
        }
        let body = html::to_markdown(draft, &body).replace("\\\n", "\n");
        let entry = [("at", at(update)), ("state", state), ("text", body.trim().to_owned())];
        let entry = entry.into_iter().filter(|(_, value)| !value.is_empty());
        said.push(Yaml::Map(entry.map(|(key, value)| (key.to_owned(), Yaml::text(value))).collect()));
    }
    if !said.is_empty() {
        draft.note(Outcome::Mapped, "incident_updates", "updates", "");
        draft.set("updates", Yaml::List(said));
    }
    account.join("\n\n")
}
