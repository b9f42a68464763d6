//! The sheet of whoever leads a drill: everything, in the order in which it is needed, to be printed.

use serde::Serialize;

use super::{DrillCard, Log, Topic, card, hidden, played, to_briefing, to_list, told, topics};
use crate::config::DrillRole;
use crate::markdown::Block;
use crate::markdown::text::plain_text;
use crate::model::{Bound, Moment, Postmortem};
use crate::render::page::view::{DocumentLink, Framed, copies, frame};
use crate::render::prose::unlinked;
use crate::render::wording::{DateView, date_view};
use crate::site::{Route, Site};
use crate::training::{Drill, reasoning};

/// Empty rows of the scribe's form: what fits on a page.
const FORM_ROWS: usize = 15;
/// What a scribe writes down.
const FORM_COLUMNS: [&str; 5] =
    ["facilitator-form-time", "facilitator-form-known", "facilitator-form-suspected", "facilitator-form-decided", "facilitator-form-why"];

#[derive(Debug, Serialize)]
pub(in crate::render::page) struct Sheet {
    drill: DrillCard,
    /// "5 questions".
    length: String,
    incident: DocumentLink,
    /// The id by which commands know the incident.
    incident_id: String,
    /// What players are told before it begins.
    paragraphs: Vec<String>,
    roles: Vec<Role>,
    steps: Vec<SheetStep>,
    aftermath: Log,
    hindsight: Log,
    /// What responders thought, as far as it does not stand with an event.
    reasoning: Vec<Reasoning>,
    topics: Vec<Topic>,
    /// The columns of the scribe's form.
    form_columns: [String; 5],
    /// How many empty rows the form has.
    form_rows: usize,
}

#[derive(Debug, Serialize)]
struct Role {
    name: String,
    /// What whoever has it does.
    task: String,
}

#[derive(Debug, Serialize)]
struct SheetStep {
    number: usize,
    clock: Option<DateView>,
    shown: Log,
    /// What is asked.
    question: String,
    /// What helps where nobody knows how to go on.
    hints: Vec<String>,
    done: Log,
}

/// What responders thought, by the section that tells of it.
#[derive(Debug, Serialize)]
struct Reasoning {
    title: String,
    html: String,
}

pub(in crate::render::page) fn view(site: &Site, n: usize) -> Option<Framed<Sheet>> {
    let words = site.words();
    let (drill, postmortem) = played(site, n)?;
    let mut meta = hidden(site, "facilitator", format!("{} · {}", words.get("facilitator-title"), drill.title), Route::Facilitator(n));
    meta.crumbs = vec![to_list(site), to_briefing(site, n, drill)];
    meta.copies = copies(site, [("JSON", "application/json", Route::DrillJson(n))]);
    let mut last = None;
    let steps = steps(site, drill, postmortem, &mut last);
    let roles = site.config().training.roles.iter();
    let view = Sheet {
        drill: card(site, n)?,
        length: words.count("questions", steps.len()),
        incident: DocumentLink { title: postmortem.head.title_text.clone(), url: site.url(Route::Incident(drill.incident)) },
        incident_id: postmortem.id.value.clone(),
        paragraphs: drill.briefing.clone(),
        roles: roles.map(|DrillRole { name, task }| Role { name: name.clone(), task: task.clone() }).collect(),
        steps,
        aftermath: Log { events: told(site, postmortem, &drill.aftermath, &mut last, Clone::clone) },
        hindsight: Log { events: told(site, postmortem, &drill.hindsight, &mut None, Clone::clone) },
        reasoning: reasoning_of(site, postmortem),
        topics: topics(site, postmortem),
        form_columns: FORM_COLUMNS.map(|id| words.get(id).to_owned()),
        form_rows: FORM_ROWS,
    };
    Some(frame(site, meta, view))
}

fn steps(site: &Site, drill: &Drill, postmortem: &Postmortem, last: &mut Option<Moment>) -> Vec<SheetStep> {
    let words = site.words();
    let step = |(number, step): (usize, &crate::training::DrillStep)| SheetStep {
        number,
        clock: step.at.map(|at| date_view(words, &Moment { bound: Bound::Exact, until: None, ..at })),
        shown: Log { events: told(site, postmortem, &step.shown, last, Clone::clone) },
        question: step.prompt.question(site.config()).to_owned(),
        hints: step.prompt.hints.clone(),
        done: Log { events: told(site, postmortem, &step.reveal, last, Clone::clone) },
    };
    (1..).zip(&drill.steps).map(step).collect()
}

/// What responders thought in the words before the first section, then in each section.
fn reasoning_of(site: &Site, postmortem: &Postmortem) -> Vec<Reasoning> {
    let words = site.words();
    let told = |title: &str, blocks: &[Block]| Reasoning { title: title.to_owned(), html: unlinked(blocks, site) };
    let lead = reasoning(&postmortem.body.lead).into_iter().map(|blocks| told(words.get("facilitator-lead-reasoning"), blocks));
    let sections = postmortem.body.sections.iter().flat_map(|section| {
        let title = plain_text(&section.title);
        section.prose().flat_map(reasoning).map(move |blocks| told(&title, blocks)).collect::<Vec<_>>()
    });
    lead.chain(sections).collect()
}
