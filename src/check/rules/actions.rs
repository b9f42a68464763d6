//! What is said of action items; shared by the rules that ask for it.
//!
//! A profile names the aspects that must be said of every action. Where no action has one, the house does not know the column, and that is
//! one finding for the document, whatever else no action has. An aspect that the profile does not ask for and other actions have is a value
//! left out.

pub(super) mod action_without_cause;
pub(super) mod action_without_status;
pub(super) mod incomplete_actions;
pub(super) mod missing_prevention;
pub(super) mod overdue_action;
pub(super) mod unchanged_response;
pub(super) mod unchecked_effectiveness;
pub(super) mod unclassified_action;
pub(super) mod undated_action;
pub(super) mod unmeasured_action;
pub(super) mod unowned_action;
pub(super) mod unprioritised_action;
pub(super) mod verbless_action;

use super::sections::{is_reasoned_none, prose_under};
use crate::check::passage::is_among;
use crate::check::{Context, Rule, Subject};
use crate::config::ActionAspect;
use crate::diagnostic::{Diagnostic, Level, Spanned};
use crate::knowledge::days_allowed;
use crate::markdown::text::on_one_line;
use crate::model::{ActionDetail, ActionItem, Postmortem};
use crate::parse::action_aspect;

/// What a rule says of actions that lack an aspect.
struct Lack {
    rule: &'static Rule,
    aspect: ActionAspect,
    /// Ends "none of the 5 actions …".
    of_all: &'static str,
    /// Ends "`A1` …".
    of_one: &'static str,
    help: &'static str,
}

/// The actions of a document with a profile that lack an aspect which the profile asks for or other actions have.
fn lacking(context: &Context<'_>, subject: &Subject<'_>, lack: &Lack) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let Some(profile) = context.profile(postmortem) else { return Vec::new() };
    let path = &postmortem.head.path;
    let actions = &postmortem.actions;
    let is_asked = profile.actions.contains(&lack.aspect);
    let silent: Vec<&ActionItem> = actions.iter().filter(|action| !action.is_settled() && !says(action, lack.aspect)).collect();
    let is_known = actions.iter().any(|action| says(action, lack.aspect));
    if !is_known && is_asked && nowhere(context, postmortem).len() > 1 {
        return Vec::new(); // `incomplete-actions` names them all at once.
    }
    let finding = |action: &ActionItem, message: String| lack.rule.finding(path, action.span, message).help(lack.help);
    match silent.as_slice() {
        [first, ..] if !is_known && is_asked && actions.len() > 1 => {
            vec![finding(first, format!("none of the {} actions {}", actions.len(), lack.of_all))]
        }
        silent if is_known || is_asked => {
            let tell = |action: &&ActionItem| {
                let mut finding = finding(action, format!("{} {}", name(action), lack.of_one));
                finding.level = if is_asked { finding.level } else { finding.level.min(Level::Warning) };
                finding
            };
            silent.iter().map(tell).collect()
        }
        _ => Vec::new(),
    }
}

/// What the profile asks of every action and none has, where one is not settled. Deadlines by severity stand in for dates.
fn nowhere(context: &Context<'_>, postmortem: &Postmortem) -> Vec<ActionAspect> {
    let Some(profile) = context.profile(postmortem) else { return Vec::new() };
    if postmortem.actions.iter().all(ActionItem::is_settled) {
        return Vec::new();
    }
    let has_deadlines = || days_allowed(postmortem, context.config, &context.config.deadlines.actions).is_some();
    let is_asked = |aspect: &ActionAspect| profile.actions.contains(aspect) && !(*aspect == ActionAspect::Due && has_deadlines());
    let is_nowhere = |aspect: &ActionAspect| !postmortem.actions.iter().any(|action| says(action, *aspect));
    ActionAspect::ALL.into_iter().filter(is_asked).filter(is_nowhere).collect()
}

/// Whether something is said of an action; `n/a: reason` is an answer.
fn says(action: &ActionItem, aspect: ActionAspect) -> bool {
    let has = match aspect {
        ActionAspect::Kind => action.kind.is_some(),
        ActionAspect::Owner => action.owner.is_some(),
        ActionAspect::Due => action.due.is_some(),
        ActionAspect::Status => action.status.is_some(),
        ActionAspect::DoneWhen => action.done_when.as_ref().is_some_and(|text| is_said(text)),
        ActionAspect::Priority => action.detail(ActionDetail::Priority).is_some(),
        ActionAspect::Cause => action.detail(ActionDetail::Cause).is_some(),
    };
    has || as_written(action, aspect).is_some()
}

/// What stands in the column of an aspect and could not be read as a value of it: a reason why there is none, or other words.
fn as_written(action: &ActionItem, aspect: ActionAspect) -> Option<&Spanned<String>> {
    action.further.iter().find(|(header, _)| action_aspect(header) == Some(aspect)).map(|(_, value)| value)
}

/// Whether the section on actions says of something, by one of its names, that there is none and why: "Prevention: n/a: reason".
fn answers_instead(postmortem: &Postmortem, names: &[&str]) -> bool {
    let passages = prose_under(postmortem, "actions");
    passages.iter().any(|passage| {
        let (name, answer) = passage.text.split_once(':').unwrap_or_default();
        is_among(name.trim(), names) && is_reasoned_none(answer)
    })
}

/// Whether a cell holds more than a stop-gap.
fn is_said(text: &str) -> bool {
    const STOP_GAPS: [&str; 8] = ["n/a", "na", "none", "tba", "tbc", "tbd", "todo", "unknown"];
    let word = text.trim().trim_end_matches(['.', ':']);
    word.contains(char::is_alphanumeric) && !is_among(word, &STOP_GAPS)
}

/// What an action goes by in a message: its id, else its first words.
fn name(action: &ActionItem) -> String {
    const LONGEST: usize = 40;
    let id = action.id.as_ref().map(|id| id.value.as_str());
    let mut words = on_one_line(id.unwrap_or(&action.text)).replace('`', "");
    if let Some((end, _)) = words.char_indices().nth(LONGEST) {
        words.truncate(words.get(..end).and_then(|head| head.rfind(' ')).unwrap_or(end));
        words.push('…');
    }
    if words.is_empty() { "an action".to_owned() } else { format!("`{words}`") }
}
