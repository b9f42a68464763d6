//! Questions to talk about an incident: those of its author, else what its structure gives occasion to ask.

use crate::config::Config;
use crate::markdown::text::{block_text, on_one_line};
use crate::model::{ActionKind, EventKind, Milestone, Postmortem};
use crate::parse::is_nothing;

/// The most words of a report that a question quotes.
const QUOTED: usize = 30;

/// Something to talk about. In which words it is asked is the page's, unless the author chose them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// In the words of the author.
    Own(String),
    /// Of what would have shown it sooner, which the report says, one has oneself.
    Gap(String),
    /// Through what one would have noticed what took this many minutes to be known.
    Detection(i64),
    /// What was known at a decision, and what else could have been decided.
    Decision {
        /// Its time in UTC, where the timeline says.
        at: Option<String>,
        /// Its words, as a sentence.
        words: String,
    },
    /// Where the same cause could lie hidden; the name of the cause.
    Cause(String),
    /// On what luck one cannot count again.
    Luck,
    /// Whether what surprised others would surprise oneself.
    Surprise,
    /// Which action prevents, which shortens, which comes first.
    Effects,
    /// Which action alone.
    OnlyOne,
    /// What surprised, and who should know.
    Any,
}

/// The questions on an incident, at least one: those of [`questions_of`], else what can be asked of any.
#[must_use]
pub fn questions(postmortem: &Postmortem, config: &Config) -> Vec<Question> {
    let mut questions = questions_of(postmortem, config);
    if questions.is_empty() {
        questions.push(Question::Any);
    }
    questions
}

/// What an incident itself gives occasion to ask. Where its author has written no questions, each asks about something that the report tells, and
/// claims nothing beside it.
#[must_use]
pub fn questions_of(postmortem: &Postmortem, config: &Config) -> Vec<Question> {
    let own = postmortem.training.as_ref().map_or(&[][..], |training| &training.questions);
    if !own.is_empty() {
        return own.iter().cloned().map(Question::Own).collect();
    }
    let found = [
        detection(postmortem),
        decision(postmortem),
        cause(postmortem, config),
        says(postmortem, "lucky").then_some(Question::Luck),
        says(postmortem, "surprised").then_some(Question::Surprise),
        actions(postmortem),
    ];
    found.into_iter().flatten().collect()
}

/// What was missing to see it sooner, or how long it took.
fn detection(postmortem: &Postmortem) -> Option<Question> {
    let gap = postmortem.detection.as_ref().map(|detection| on_one_line(&detection.gap)).filter(|gap| !gap.is_empty() && !is_nothing(gap));
    if let Some(gap) = gap {
        return Some(Question::Gap(ended(&gap)));
    }
    postmortem.minutes(Milestone::Started, Milestone::Detected).filter(|minutes| *minutes > 0).map(Question::Detection)
}

/// The first decision that the timeline has.
fn decision(postmortem: &Postmortem) -> Option<Question> {
    let event = postmortem.timeline.iter().find(|event| event.kind == Some(EventKind::Decision))?;
    let words = quoted(&block_text(&event.content))?;
    Some(Question::Decision { at: event.when.and_then(|when| when.time()), words })
}

/// The first root cause that the site knows.
fn cause(postmortem: &Postmortem, config: &Config) -> Option<Question> {
    let (_, leaf) = postmortem.root_causes.iter().find_map(|cause| config.causes.get(&cause.path))?;
    Some(Question::Cause(leaf.name.clone()))
}

/// What the actions would change.
fn actions(postmortem: &Postmortem) -> Option<Question> {
    let is_of = |kind: ActionKind| postmortem.actions.iter().any(|action| action.kind.as_ref().is_some_and(|own| own.value == kind));
    let prevents = is_of(ActionKind::Prevent);
    let shortens = is_of(ActionKind::Detect) || is_of(ActionKind::Mitigate);
    match (prevents, shortens) {
        _ if postmortem.actions.len() < 2 => None,
        (true, true) => Some(Question::Effects),
        _ => Some(Question::OnlyOne),
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
