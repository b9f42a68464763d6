//! Questions to talk about an incident: those of its author, else what its structure gives occasion to ask.

use crate::config::{Config, DebriefTopic};
use crate::knowledge::spoken;
use crate::markdown::text::{block_text, on_one_line};
use crate::model::{ActionKind, EventKind, Milestone, Postmortem};
use crate::parse::is_nothing;

/// The most words of a report that a question quotes.
const QUOTED: usize = 30;

/// The questions on an incident, at least one: those of [`questions_of`], else what can be asked of any.
#[must_use]
pub fn questions(postmortem: &Postmortem, config: &Config) -> Vec<String> {
    let mut questions = questions_of(postmortem, config);
    if questions.is_empty() {
        questions.push("What in this surprised you, and who else should know of it?".to_owned());
    }
    questions
}

/// What an incident itself gives occasion to ask. Where its author has written no questions, each asks about something that the report tells, and
/// claims nothing beside it.
#[must_use]
pub fn questions_of(postmortem: &Postmortem, config: &Config) -> Vec<String> {
    let own = postmortem.training.as_ref().map_or(&[][..], |training| &training.questions);
    if !own.is_empty() {
        return own.to_vec();
    }
    let found = [
        detection(postmortem),
        decision(postmortem),
        cause(postmortem, config),
        luck(postmortem),
        surprise(postmortem),
        actions(postmortem),
    ];
    found.into_iter().flatten().collect()
}

/// What is talked about after the drill of an incident: the questions on it, then those of every drill.
#[must_use]
pub fn debrief(postmortem: &Postmortem, config: &Config) -> Vec<DebriefTopic> {
    let own = DebriefTopic { topic: "This incident".to_owned(), questions: questions(postmortem, config) };
    std::iter::once(own).chain(config.training.debrief.iter().cloned()).collect()
}

/// What was missing to see it sooner, or how long it took.
fn detection(postmortem: &Postmortem) -> Option<String> {
    let gap = postmortem.detection.as_ref().map(|detection| on_one_line(&detection.gap)).filter(|gap| !gap.is_empty() && !is_nothing(gap));
    if let Some(gap) = gap {
        return Some(format!("What would have shown it sooner, the report says, is this: “{}” Which of it do you have?", ended(&gap)));
    }
    let minutes = postmortem.minutes(Milestone::Started, Milestone::Detected).filter(|minutes| *minutes > 0)?;
    Some(format!(
        "It took {} from the start of the impact until somebody knew. Through what would you have noticed, and how soon?",
        spoken(minutes)
    ))
}

/// The first decision that the timeline has.
fn decision(postmortem: &Postmortem) -> Option<String> {
    let event = postmortem.timeline.iter().find(|event| event.kind == Some(EventKind::Decision))?;
    let words = quoted(&block_text(&event.content))?;
    let at = event.when.and_then(|when| when.time()).map_or_else(String::new, |time| format!(" of {time} UTC"));
    Some(format!("The decision{at}: “{words}” What was known then, and what else could have been decided on it?"))
}

/// The first root cause that the site knows.
fn cause(postmortem: &Postmortem, config: &Config) -> Option<String> {
    let (_, leaf) = postmortem.root_causes.iter().find_map(|cause| config.causes.get(&cause.path))?;
    Some(format!("A root cause is “{}”. Where in what you work on could the same lie hidden, and what would tell you?", leaf.name))
}

fn luck(postmortem: &Postmortem) -> Option<String> {
    says(postmortem, "lucky").then(|| "The report says where luck decided. Which of it can you not count on a second time?".to_owned())
}

fn surprise(postmortem: &Postmortem) -> Option<String> {
    says(postmortem, "surprised").then(|| "The report says what surprised those who responded. Would it have surprised you?".to_owned())
}

/// What the actions would change.
fn actions(postmortem: &Postmortem) -> Option<String> {
    let is_of = |kind: ActionKind| postmortem.actions.iter().any(|action| action.kind.as_ref().is_some_and(|own| own.value == kind));
    let prevents = is_of(ActionKind::Prevent);
    let shortens = is_of(ActionKind::Detect) || is_of(ActionKind::Mitigate);
    match (prevents, shortens) {
        _ if postmortem.actions.len() < 2 => None,
        (true, true) => Some(
            "Which action would have prevented the incident, which would only have made it shorter, and which would you do first?"
                .to_owned(),
        ),
        _ => Some("If you could do only one of the actions, which one, and what would it leave open?".to_owned()),
    }
}

/// Whether a section holds more than that there is nothing to say.
fn says(postmortem: &Postmortem, key: &str) -> bool {
    let sections = postmortem.body.sections.iter().filter(|section| section.key.as_deref() == Some(key));
    sections.map(|section| on_one_line(&section.text())).any(|text| !text.is_empty() && !is_nothing(&text))
}

/// Words to quote whole, as a sentence; nothing where there are too many.
fn quoted(text: &str) -> Option<String> {
    let text = on_one_line(text);
    (!text.is_empty() && text.split(' ').count() <= QUOTED).then(|| ended(&text))
}

fn ended(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '…']) { text.to_owned() } else { format!("{text}.") }
}
