//! Questions to talk about, in the language of the site.

use super::wording::duration;
use crate::config::{Config, DebriefTopic};
use crate::model::Postmortem;
use crate::theme::{Given, Words};
use crate::training::{Question, questions};

/// A question as it is asked.
pub(super) fn asked(words: &Words, question: &Question) -> String {
    let with = |id: &str, name: &str, value: Given<'_>| words.with(id, &[(name, value)]);
    match question {
        Question::Own(text) => text.clone(),
        Question::Gap(text) => with("question-gap", "text", text.as_str().into()),
        Question::Detection(minutes) => with("question-detection", "duration", duration(words, *minutes).into()),
        Question::Decision { at: None, words: text } => with("question-decision", "text", text.as_str().into()),
        Question::Decision { at: Some(at), words: text } => {
            words.with("question-decision-at", &[("time", at.as_str().into()), ("text", text.as_str().into())])
        }
        Question::Cause(name) => with("question-cause", "cause", name.as_str().into()),
        Question::Luck => words.get("question-luck").to_owned(),
        Question::Surprise => words.get("question-surprise").to_owned(),
        Question::Effects => words.get("question-effects").to_owned(),
        Question::OnlyOne => words.get("question-only-one").to_owned(),
        Question::Any => words.get("question-any").to_owned(),
    }
}

/// Questions as they are asked.
pub(super) fn each_asked(words: &Words, questions: &[Question]) -> Vec<String> {
    questions.iter().map(|question| asked(words, question)).collect()
}

/// What is talked about after the drill of an incident: the questions on it, then those of every drill.
pub(super) fn debrief(words: &Words, postmortem: &Postmortem, config: &Config) -> Vec<DebriefTopic> {
    let own = each_asked(words, &questions(postmortem, config));
    let own = DebriefTopic { topic: words.get("question-this-incident").to_owned(), questions: own };
    std::iter::once(own).chain(config.training.debrief.iter().cloned()).collect()
}
