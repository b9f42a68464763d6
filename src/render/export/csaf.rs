//! A security incident as a CSAF 2.0 document of the profile "security incident response" (OASIS, §4.2). Only what is stated is told.

use serde_json::{Map, Value, json};

use super::feed::instant;
use super::last_changed;
use crate::markdown::SafeUrl;
use crate::markdown::text::plain_text;
use crate::model::{Acknowledgement, Postmortem, Status};
use crate::render::page::summary_text;
use crate::site::{Route, Site};

/// The sections that are told, besides the summary.
const SECTIONS: [&str; 8] = ["impact", "scope", "what-happened", "root-cause", "detection", "containment", "resolution", "lessons"];
/// How many characters a summary has at most.
const SUMMARY: usize = 2000;

/// The document; empty where there is none, which [`Route::Csaf`] never asks for.
pub(in crate::render) fn csaf(site: &Site, n: usize) -> Vec<u8> {
    // Texts and lists always have a form in JSON.
    document(site, n).and_then(|document| serde_json::to_vec(&document).ok()).unwrap_or_default()
}

fn document(site: &Site, n: usize) -> Option<Value> {
    let postmortem = site.postmortem(n)?;
    let base = site.base_url()?;
    let url = |route| SafeUrl::new(&format!("{base}{}", site.url(route))).map(|url| url.as_str().to_owned());
    let title = &postmortem.head.title_text;
    let references = [
        json!({"category": "self", "summary": "This document", "url": url(Route::Csaf(n))?}),
        json!({"category": "external", "summary": title, "url": url(Route::Incident(n))?}),
    ];
    let mut document = Map::from_iter([
        ("category".to_owned(), json!("csaf_security_incident_response")),
        ("csaf_version".to_owned(), json!("2.0")),
        ("title".to_owned(), json!(title)),
        ("publisher".to_owned(), json!({"category": "other", "name": site.config().site.title, "namespace": url(Route::Home)?})),
        ("tracking".to_owned(), tracking(site, n, postmortem)?),
        ("notes".to_owned(), json!(notes(postmortem))),
        ("references".to_owned(), json!(references)),
    ]);
    if !postmortem.acknowledgements.is_empty() {
        document.insert("acknowledgments".to_owned(), postmortem.acknowledgements.iter().map(thanks).collect());
    }
    Some(json!({"document": document}))
}

/// Which document it is, and its versions: the report, and where it says that it has changed since, what it is now.
fn tracking(site: &Site, n: usize, postmortem: &Postmortem) -> Option<Value> {
    let first = instant(&postmortem.published_at.as_ref().map(|at| at.value).or(postmortem.date)?);
    let last = instant(&last_changed(site, n)?);
    let mut history = vec![json!({"number": "1", "date": first, "summary": "First published."})];
    if last > first {
        history.push(json!({"number": "2", "date": last, "summary": "Changed since."}));
    }
    let status = match postmortem.status {
        Status::Draft => "draft",
        Status::InReview => "interim",
        Status::Reviewed | Status::Closed => "final",
    };
    Some(json!({
        "id": postmortem.id.value.trim(),
        "status": status,
        "version": history.len().to_string(),
        "initial_release_date": first,
        "current_release_date": last.max(first),
        "revision_history": history,
    }))
}

fn notes(postmortem: &Postmortem) -> Vec<Value> {
    let summary = Some(summary_text(postmortem, SUMMARY)).filter(|text| !text.is_empty());
    let summary = summary.unwrap_or_else(|| postmortem.head.title_text.clone());
    let mut notes = vec![json!({"category": "summary", "title": "Summary", "text": summary})];
    for section in &postmortem.body.sections {
        let text = section.text();
        let is_told = section.key.as_deref().is_some_and(|key| SECTIONS.contains(&key));
        if is_told && !text.is_empty() {
            notes.push(json!({"category": "details", "title": plain_text(&section.title), "text": text}));
        }
    }
    notes
}

fn thanks(thanked: &Acknowledgement) -> Value {
    let mut said = Map::from_iter([("names".to_owned(), json!([thanked.name]))]);
    if !thanked.contribution.is_empty() {
        said.insert("summary".to_owned(), json!(thanked.contribution));
    }
    if let Some(url) = SafeUrl::new(&thanked.link).filter(SafeUrl::is_external) {
        said.insert("urls".to_owned(), json!([url.as_str()]));
    }
    Value::Object(said)
}
