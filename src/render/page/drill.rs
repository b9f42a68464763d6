//! Drills: the list of them, and what players are told before one begins.

mod facilitator;
mod step;

use serde::Serialize;

use super::incident::{EventView, event_view};
use super::view::{Crumb, Framed, PageMeta, frame, meta};
use crate::config::DebriefTopic;
use crate::model::{Event, Moment, Postmortem, Training};
use crate::render::prose::unlinked;
use crate::render::question::debrief;
use crate::render::wording::excerpt;
use crate::site::{Route, Site};
use crate::theme::Words;
use crate::training::Drill;

pub(super) use facilitator::view as facilitator;
pub(super) use step::view as step;

/// How many characters of the briefing stand for it.
const DIGEST: usize = 200;

#[derive(Debug, Serialize)]
pub(super) struct Drills {
    drills: Vec<DrillCard>,
}

/// A drill, as far as its author tells of it in advance.
#[derive(Debug, Serialize)]
pub(super) struct DrillCard {
    title: String,
    url: String,
    /// "Introductory", "45 minutes"; may be empty.
    facts: Vec<String>,
    /// What one can do afterwards.
    objectives: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Briefing {
    drill: DrillCard,
    /// What players are told before it begins.
    paragraphs: Vec<String>,
    begin_url: String,
    facilitator_url: String,
}

/// Events in the order in which they are told.
#[derive(Debug, Serialize)]
struct Log {
    events: Vec<EventView>,
}

/// What is talked about afterwards.
#[derive(Debug, Serialize)]
struct Topic {
    name: String,
    /// What to ask of it.
    questions: Vec<String>,
}

/// The page with all drills.
pub(super) fn list(site: &Site) -> Framed<Drills> {
    let words = site.words();
    let mut meta = meta(site, "drills", words.get("drills-title").into(), site.url(Route::Drills));
    meta.description = words.get("drill-description").into();
    let drills = (0..site.programme().drills.len()).filter(|n| site.has(Route::Drill(*n)));
    frame(site, meta, Drills { drills: drills.filter_map(|n| card(site, n)).collect() })
}

/// What players are told before a drill begins.
pub(super) fn briefing(site: &Site, n: usize) -> Option<Framed<Briefing>> {
    let drill = site.drill(n)?;
    let mut meta = meta(site, "drill", drill.title.clone(), site.url(Route::Drill(n)));
    meta.description = excerpt(&drill.briefing.join(" "), DIGEST);
    meta.crumbs = vec![to_list(site)];
    let view = Briefing {
        drill: card(site, n)?,
        paragraphs: drill.briefing.clone(),
        begin_url: step_url(site, n, 1),
        facilitator_url: site.url(Route::Facilitator(n)),
    };
    Some(frame(site, meta, view))
}

/// A drill and the incident it replays.
fn played(site: &Site, n: usize) -> Option<(&Drill, &Postmortem)> {
    let drill = site.drill(n)?;
    Some((drill, site.postmortem(drill.incident)?))
}

/// A drill where it is one of several, or begins.
pub(super) fn card(site: &Site, n: usize) -> Option<DrillCard> {
    let words = site.words();
    let (drill, postmortem) = played(site, n)?;
    let training = postmortem.training.as_ref();
    Some(DrillCard {
        title: drill.title.clone(),
        url: site.url(Route::Drill(n)),
        facts: training.map(|training| facts(words, training)).unwrap_or_default(),
        objectives: training.map(|training| training.objectives.clone()).unwrap_or_default(),
    })
}

/// For whom it is and how long it takes, as far as its author says.
fn facts(words: &Words, training: &Training) -> Vec<String> {
    let minutes = training.minutes.and_then(|minutes| usize::try_from(minutes).ok());
    let facts = [
        training.level.map(|level| words.name(level).to_owned()),
        Some(training.audience.clone()).filter(|audience| !audience.is_empty()),
        minutes.map(|minutes| words.count("minutes", minutes)),
    ];
    facts.into_iter().flatten().collect()
}

/// A page that tells more than its drill does in advance: nobody should come upon it but from the one before.
fn hidden(site: &Site, kind: &'static str, title: String, route: Route) -> PageMeta {
    PageMeta { noindex: true, ..meta(site, kind, title, site.url(route)) }
}

fn to_list(site: &Site) -> Crumb {
    let words = site.words();
    Crumb { title: words.get("drills-title").into(), url: site.url(Route::Drills) }
}

fn to_briefing(site: &Site, n: usize, drill: &Drill) -> Crumb {
    Crumb { title: drill.title.clone(), url: site.url(Route::Drill(n)) }
}

/// The address of a step, with its heading as the fragment: from there the next key press leads to the next link of the step.
fn step_url(site: &Site, n: usize, step: usize) -> String {
    format!("{}#step_", site.url(Route::DrillStep(n, step)))
}

/// Events of an incident by their places, each as `seen`; `before` is the moment of the last one told, and then that of the last of these.
fn told(site: &Site, postmortem: &Postmortem, places: &[usize], before: &mut Option<Moment>, seen: fn(&Event) -> Event) -> Vec<EventView> {
    let events = places.iter().filter_map(|place| postmortem.timeline.get(*place)).map(seen);
    events.map(|event| event_view(site, &event, before, unlinked(&event.content, site))).collect()
}

fn topics(site: &Site, postmortem: &Postmortem) -> Vec<Topic> {
    let topics = debrief(site.words(), postmortem, site.config()).into_iter();
    topics.map(|DebriefTopic { topic, questions }| Topic { name: topic, questions }).collect()
}
