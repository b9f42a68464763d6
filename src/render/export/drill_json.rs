//! A drill as JSON, for programs that lead one: `drill.json` beside its pages, and `afterword export --as drill`.

use serde::Serialize;

use crate::markdown::text::block_text;
use crate::model::{Difficulty, Event, EventKind, Moment, Postmortem};
use crate::render::question::debrief;
use crate::report::is_hidden;
use crate::site::Site;
use crate::training::{Drill, drill, reasoning, without_reasoning};

/// A drill in plain words. Keys are always all there, `null` where nothing is known; they are added in time, never renamed or removed.
#[derive(Serialize)]
struct DrillDocument {
    /// The id of the incident.
    id: String,
    /// What the drill is called, which is not the title of the incident.
    title: String,
    /// What the players are told before it begins, in paragraphs.
    briefing: Vec<String>,
    /// For how experienced a reader: `introductory`, `intermediate` or `advanced`.
    level: Option<&'static str>,
    /// For whom.
    audience: Option<String>,
    /// How many minutes it is meant to take.
    minutes: Option<u32>,
    /// What a player can do afterwards.
    objectives: Vec<String>,
    /// The questions in order, at least one.
    steps: Vec<StepDocument>,
    /// What came after the last thing that was done.
    aftermath: Vec<EventDocument>,
    /// What nobody knew when it happened.
    hindsight: Vec<EventDocument>,
    /// What is talked about afterwards.
    debrief: Vec<TopicDocument>,
    /// The roles to hand out.
    roles: Vec<RoleDocument>,
}

#[derive(Serialize)]
struct StepDocument {
    /// The time of the last of what is known: RFC 3339 in UTC, or a date alone.
    at: Option<String>,
    /// What has become known since the step before.
    shown: Vec<EventDocument>,
    /// The question.
    prompt: String,
    /// What was done, to be told when the question has been answered.
    reveal: Vec<EventDocument>,
    /// What a facilitator may say to those who are stuck, the weakest first.
    hints: Vec<String>,
}

#[derive(Serialize)]
struct EventDocument {
    /// When it began, likewise.
    at: Option<String>,
    /// What sort of thing it was: `detected`.
    kind: Option<&'static str>,
    /// What happened.
    text: String,
    /// What responders thought of it then, for the facilitator.
    reasoning: Option<String>,
}

#[derive(Serialize)]
struct TopicDocument {
    topic: String,
    questions: Vec<String>,
}

#[derive(Serialize)]
struct RoleDocument {
    name: String,
    task: String,
}

/// The drill of the incident at a place, whether it is chosen for one or not; nothing where there is nothing to play. It ends with a line end.
pub(in crate::render) fn drill_json(site: &Site, incident: usize) -> Option<String> {
    let postmortem = site.postmortem(incident)?;
    let document = document(site, postmortem, &drill(incident, postmortem)?);
    // Texts, numbers and lists always have a form in JSON.
    Some(format!("{}\n", serde_json::to_string_pretty(&document).unwrap_or_default()))
}

fn document(site: &Site, postmortem: &Postmortem, drill: &Drill) -> DrillDocument {
    let training = postmortem.training.as_ref();
    let told = |places: &[usize]| places.iter().filter_map(|place| postmortem.timeline.get(*place)).map(event).collect();
    let steps = drill.steps.iter().map(|step| StepDocument {
        at: step.at.map(|at| at.machine()),
        shown: told(&step.shown),
        prompt: plain(step.prompt.question(site.config())),
        reveal: told(&step.reveal),
        hints: plain_each(&step.prompt.hints),
    });
    let topics = debrief(site.words(), postmortem, site.config()).into_iter();
    let roles = site.config().training.roles.iter();
    DrillDocument {
        id: plain(&postmortem.id.value),
        title: plain(&drill.title),
        briefing: plain_each(&drill.briefing),
        steps: steps.collect(),
        aftermath: told(&drill.aftermath),
        hindsight: told(&drill.hindsight),
        level: training.and_then(|training| training.level).map(Difficulty::word),
        audience: training.map(|training| plain(&training.audience)).filter(|audience| !audience.is_empty()),
        minutes: training.and_then(|training| training.minutes),
        objectives: training.map(|training| plain_each(&training.objectives)).unwrap_or_default(),
        debrief: topics.map(|topic| TopicDocument { topic: plain(&topic.topic), questions: plain_each(&topic.questions) }).collect(),
        roles: roles.map(|role| RoleDocument { name: plain(&role.name), task: plain(&role.task) }).collect(),
    }
}

fn event(event: &Event) -> EventDocument {
    let thought: Vec<String> = reasoning(&event.content).into_iter().map(|blocks| plain(&block_text(blocks))).collect();
    EventDocument {
        at: event.when.as_ref().map(Moment::machine),
        kind: event.kind.map(EventKind::word),
        text: plain(&block_text(&without_reasoning(&event.content))),
        reasoning: (!thought.is_empty()).then(|| thought.join("\n")),
    }
}

/// A text without characters that show nothing or move others; its lines stay.
fn plain(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !is_hidden(*c)).collect()
}

fn plain_each(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| plain(text)).collect()
}
