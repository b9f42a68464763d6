//! What an incident page says before its story: key facts, phases to scale, impact in numbers, causes.

use serde::Serialize;

use super::super::view::{role_name, terms_in, terms_of};
use super::body::PieceView;
use crate::knowledge::{CauseRole, Grouping, causes_with_roles, sentence_case};
use crate::model::{Cause, Milestone, Postmortem};
use crate::render::wording::{date_view, duration};
use crate::site::Site;
use crate::theme::Words;

#[derive(Debug, Serialize)]
pub(super) struct Fact {
    label: String,
    values: Vec<FactValue>,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct FactValue {
    text: String,
    url: Option<String>,
    href: Option<String>,
    /// For `<time datetime>`.
    machine: Option<String>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Phase {
    name: String,
    /// The same for a class: `undetected`, `responding`, `recovering`.
    word: &'static str,
    /// How long it was.
    minutes: i64,
    text: String,
    /// When it began: "13:42".
    at: String,
    /// Where it begins on a bar that is 1000 wide.
    x: i64,
    /// How wide it is there.
    width: i64,
}

#[derive(Debug, Serialize)]
pub(super) struct Measure {
    label: String,
    text: String,
}

#[derive(Debug, Serialize)]
pub(super) struct CauseView {
    name: String,
    url: Option<String>,
    /// Root cause, contributing factor or the like.
    role: String,
    /// The layer of the system it was in: "Technical".
    layer: Option<String>,
    /// Where it came from: "Code".
    origin: Option<String>,
    /// The sentence that says so; may be empty.
    note: String,
}

impl Phase {
    /// "Undetected 3 min"
    pub(super) fn told(&self) -> String {
        format!("{} {}", self.name, self.text)
    }
}

pub(super) fn facts(site: &Site, n: usize, postmortem: &Postmortem) -> Vec<Fact> {
    let words = site.words();
    let mut facts = Vec::new();
    let mut add = |label: &str, values: Vec<FactValue>| {
        if !values.is_empty() {
            facts.push(Fact { label: label.to_owned(), values });
        }
    };
    let text = |text: String| vec![FactValue { text, ..FactValue::default() }];
    let at = |milestone| {
        postmortem.milestone(milestone).map(|moment| {
            let view = date_view(words, moment);
            FactValue { text: view.text, machine: Some(view.machine), ..FactValue::default() }
        })
    };
    if let Some(started) = at(Milestone::Started) {
        add(words.name(Milestone::Started), vec![started]);
    } else if let Some(date) = &postmortem.date {
        let view = date_view(words, date);
        add(words.get("incident-fact-date"), vec![FactValue { text: view.text, machine: Some(view.machine), ..FactValue::default() }]);
    }
    add(words.name(Milestone::Resolved), at(Milestone::Resolved).into_iter().collect());
    let spans = [
        ("incident-fact-duration", postmortem.duration()),
        ("measure-time_to_detect", postmortem.minutes(Milestone::Started, Milestone::Detected)),
        ("measure-time_to_contain", postmortem.minutes(Milestone::Detected, Milestone::Contained)),
        ("measure-time_to_mitigate", postmortem.minutes(Milestone::Started, Milestone::Mitigated)),
        ("measure-time_to_resolve", postmortem.minutes(Milestone::Started, Milestone::Resolved)),
    ];
    let mut told = Vec::new();
    for (id, minutes) in spans {
        // The duration is one of the others under the name readers look for; it is not told twice.
        if let Some(minutes) = minutes.filter(|minutes| *minutes >= 0)
            && !(id == "measure-time_to_resolve" && told.contains(&minutes) && told.len() == 1)
        {
            add(words.get(id), text(duration(words, minutes)));
            told.push(minutes);
        }
    }
    let mut told_trigger = false;
    for (taxonomy, entry) in site.knowledge().taxonomies.iter().enumerate() {
        if !matches!(entry.grouping, Grouping::Year | Grouping::Severity | Grouping::Cause) {
            let links = terms_of(site, taxonomy, n);
            told_trigger |= entry.grouping == Grouping::Trigger && !links.is_empty();
            let label = if links.len() == 1 { words.term(entry) } else { words.terms(entry) };
            add(label, links.into_iter().map(|link| FactValue { text: link.name, url: Some(link.url), ..FactValue::default() }).collect());
        }
    }
    if let Some(trigger) = postmortem.trigger.as_ref().filter(|_| !told_trigger) {
        add(words.get("term-triggers"), text(sentence_case(trigger)));
    }
    if let Some(by) = postmortem.detection.as_ref().and_then(|detection| detection.by.as_ref()) {
        add(words.get("incident-fact-detected-by"), text(words.name(by.value).to_owned()));
    }
    facts
}

/// Where the time went, to scale: undetected, responding, recovering. Empty where the milestones are not known to the minute.
pub(super) fn phases(words: &Words, postmortem: &Postmortem) -> Vec<Phase> {
    use Milestone::{Detected, Mitigated, Resolved, Started};
    let steps: &[(Milestone, Milestone, &'static str, &'static str)] = &[
        (Started, Detected, "incident-phase-undetected", "undetected"),
        (Detected, Mitigated, "incident-phase-responding", "responding"),
        (Mitigated, Resolved, "incident-phase-recovering", "recovering"),
    ];
    let fallback: &[(Milestone, Milestone, &'static str, &'static str)] =
        &[(Started, Detected, "incident-phase-undetected", "undetected"), (Detected, Resolved, "incident-phase-responding", "responding")];
    let measured =
        |steps: &[(Milestone, Milestone, &'static str, &'static str)]| -> Option<Vec<(i64, String, &'static str, &'static str)>> {
            steps
                .iter()
                .map(|(from, to, name, word)| {
                    let minutes = postmortem.minutes(*from, *to).filter(|minutes| *minutes >= 0)?;
                    Some((minutes, postmortem.milestone(*from)?.time()?, *name, *word))
                })
                .collect()
        };
    let Some(measured) = measured(steps).or_else(|| measured(steps.get(..2)?)).or_else(|| measured(fallback)) else { return Vec::new() };
    let total: i64 = measured.iter().map(|(minutes, ..)| minutes).sum();
    if total <= 0 {
        return Vec::new();
    }
    let mut passed = 0;
    let mut phases = Vec::new();
    for (minutes, at, name, word) in measured {
        let (x, end) = (passed * 1000 / total, (passed + minutes) * 1000 / total);
        passed += minutes;
        if minutes > 0 {
            phases.push(Phase { name: words.get(name).to_owned(), word, minutes, text: duration(words, minutes), at, x, width: end - x });
        }
    }
    phases
}

pub(super) fn impact(words: &Words, postmortem: &Postmortem) -> Option<PieceView> {
    let told = postmortem.impact.iter().filter(|(_, text)| !text.is_empty());
    let measures: Vec<Measure> =
        told.map(|(label, text)| Measure { label: words.named("impact", label), text: text.value.clone() }).collect();
    (!measures.is_empty()).then(|| PieceView::impact(measures))
}

pub(super) fn causes(site: &Site, n: usize, postmortem: &Postmortem) -> Option<PieceView> {
    let words = site.words();
    let links = terms_in(site, Grouping::Cause, n);
    let view = |(role, cause): (CauseRole, &Cause)| {
        let name = site.config().causes.get(&cause.path).map_or_else(|| cause.path.value.clone(), |(_, leaf)| leaf.name.clone());
        let url = links.iter().find(|link| link.name == name).map(|link| link.url.clone());
        CauseView {
            name,
            url,
            role: role_name(words, role, postmortem).to_owned(),
            layer: cause.layer.map(|layer| words.name(layer).to_owned()),
            origin: cause.origin.map(|origin| words.name(origin).to_owned()),
            note: cause.note.clone(),
        }
    };
    let causes: Vec<CauseView> = causes_with_roles(postmortem).map(view).collect();
    (!causes.is_empty()).then(|| PieceView::causes(causes))
}
