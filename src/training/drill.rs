//! An incident replayed forward: what could be known, a question, and then what was done.
//!
//! A drill begins with the first signal, which is the event that detected the incident unless its author says otherwise. What lies before it
//! nobody knew, and it is told when all is over, as are events that the author names as unknown at the time. In between, each thing that
//! responders did is something that players could do: it is asked for before it is told.

use super::without_reasoning;
use crate::config::Config;
use crate::diagnostic::Spanned;
use crate::model::{DrillPlan, Event, EventKind, Milestone, Moment, Postmortem, PromptPlan, portable};

/// An incident as a drill. Its events are places in [`Postmortem::timeline`], each in exactly one of the lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drill {
    /// The incident: its place in the corpus.
    pub incident: usize,
    /// The last part of the address. It tells no more than the id or the title of the drill does.
    pub key: String,
    /// What it is called; never the title of the incident.
    pub title: String,
    /// What the players are told before it begins, in paragraphs; may be empty.
    pub briefing: Vec<String>,
    /// What happens, question by question; at least one.
    pub steps: Vec<DrillStep>,
    /// What came after the last thing that was done.
    pub aftermath: Vec<usize>,
    /// What nobody knew when it happened.
    pub hindsight: Vec<usize>,
}

/// A question, with what is known when it is asked and what was done then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillStep {
    /// The time of the last of what is known.
    pub at: Option<Moment>,
    /// What has become known since the step before.
    pub shown: Vec<usize>,
    /// What is asked.
    pub prompt: Prompt,
    /// What was done, which the step does not tell.
    pub reveal: Vec<usize>,
}

/// What is asked of the players.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prompt {
    /// The question; nothing for the one that is always asked.
    pub ask: Option<String>,
    /// What a facilitator may say to those who are stuck, the weakest first.
    pub hints: Vec<String>,
}

impl Prompt {
    /// The words of the question.
    #[must_use]
    pub fn question<'a>(&'a self, config: &'a Config) -> &'a str {
        self.ask.as_deref().unwrap_or(&config.training.prompt)
    }
}

/// An event as players learn of it who are to say what to do: that it began and not when it ended, and without what responders thought of it.
#[must_use]
pub fn as_shown(event: &Event) -> Event {
    Event { content: without_reasoning(&event.content), ..as_revealed(event) }
}

/// Something that was done, as players learn of it afterwards: that it began, not when it ended.
#[must_use]
pub fn as_revealed(event: &Event) -> Event {
    Event { when: event.when.map(|when| Moment { until: None, ..when }), ..event.clone() }
}

/// The drill of an incident, whether it is chosen for one or not; nothing where its timeline has nothing to ask for.
#[must_use]
pub fn drill(incident: usize, postmortem: &Postmortem) -> Option<Drill> {
    let unplanned = DrillPlan::default();
    let plan = postmortem.training.as_ref().and_then(|training| training.drill.as_ref()).unwrap_or(&unplanned);
    let events = &postmortem.timeline;
    let first = first_signal(postmortem, plan);
    let is_unknown = |n: usize, event: &Event| {
        let is_named = plan.unknown.iter().any(|time| is_at(event, &time.value));
        n < first || event.kind == Some(EventKind::Introduced) || is_named
    };
    let (hindsight, known): (Vec<usize>, Vec<usize>) =
        (0..events.len()).partition(|n| events.get(*n).is_some_and(|event| is_unknown(*n, event)));
    let mut game = Game { events, prompts: prompts(events, &known, plan), steps: Vec::new(), shown: Vec::new(), over: false };
    for n in known {
        game.take(n);
    }
    let Game { steps, shown: aftermath, .. } = game;
    if steps.is_empty() {
        return None;
    }
    let title = if plan.title.is_empty() {
        postmortem.date.map_or_else(|| "A drill".to_owned(), |date| format!("Drill of {}", date.date()))
    } else {
        plan.title.clone()
    };
    // An address made of the title or the file of the incident would tell how it ends.
    let own_id = Some(postmortem.id.value.as_str()).filter(|id| *id != postmortem.head.slug.value).map(portable);
    let key = own_id.filter(|id| !id.is_empty()).unwrap_or_else(|| portable(&title));
    let key = if key.is_empty() { "drill".to_owned() } else { key };
    Some(Drill { incident, key, title, briefing: plan.briefing.clone(), steps, aftermath, hindsight })
}

/// The times that a plan names and no event of the timeline has.
pub fn unmatched<'p>(postmortem: &'p Postmortem, plan: &'p DrillPlan) -> impl Iterator<Item = &'p Spanned<String>> {
    let times = plan.from.iter().chain(&plan.unknown).chain(plan.prompts.iter().map(|prompt| &prompt.before));
    times.filter(|time| !postmortem.timeline.iter().any(|event| is_at(event, &time.value)))
}

/// The times before which a plan asks something that its drill does not ask: the players learn of the event only afterwards, nothing is known
/// yet, or another question is asked there.
#[must_use]
pub fn unasked<'p>(postmortem: &Postmortem, plan: &'p DrillPlan, drill: &Drill) -> Vec<&'p Spanned<String>> {
    let is_asked = |prompt: &PromptPlan| {
        drill.steps.iter().any(|step| {
            let event = step.reveal.first().and_then(|n| postmortem.timeline.get(*n));
            let is_it = step.prompt.ask.as_deref().unwrap_or_default() == prompt.ask && step.prompt.hints == prompt.hints;
            is_it && event.is_some_and(|event| is_at(event, &prompt.before.value))
        })
    };
    let has_event = |prompt: &PromptPlan| postmortem.timeline.iter().any(|event| is_at(event, &prompt.before.value));
    plan.prompts.iter().filter(|prompt| has_event(prompt) && !is_asked(prompt)).map(|prompt| &prompt.before).collect()
}

/// The event with which the players begin: that of the plan, else the one that detected the incident, else the one that began it.
fn first_signal(postmortem: &Postmortem, plan: &DrillPlan) -> usize {
    let events = &postmortem.timeline;
    let planned = plan.from.as_ref().and_then(|from| events.iter().position(|event| is_at(event, &from.value)));
    let of_kind = |kind| events.iter().position(|event| event.kind == Some(kind));
    let since = |milestone: Milestone| {
        let at = postmortem.milestone(milestone)?;
        events.iter().position(|event| event.when.is_some_and(|when| when.at >= at.at))
    };
    planned
        .or_else(|| of_kind(EventKind::Detected))
        .or_else(|| since(Milestone::Detected))
        .or_else(|| of_kind(EventKind::Started))
        .or_else(|| since(Milestone::Started))
        .unwrap_or_default()
}

/// Whether an event is at a time, as a page shows it or as the timeline has it.
fn is_at(event: &Event, time: &str) -> bool {
    let time = time.trim();
    let shown = event.when.iter().flat_map(|when| {
        let clock = when.time();
        let both = clock.as_ref().map(|clock| format!("{} {clock}", when.date()));
        [Some(when.machine()), Some(when.date()).filter(|_| !when.has_time()), clock, both]
    });
    !time.is_empty() && (event.written.value.trim() == time || shown.flatten().any(|shown| shown == time))
}

/// The question that a plan asks before each event: of several at its time it is the first that is something to do, else the first.
fn prompts<'p>(events: &[Event], known: &[usize], plan: &'p DrillPlan) -> Vec<(usize, &'p PromptPlan)> {
    let of = |prompt: &'p PromptPlan| {
        let mut at = known.iter().copied().filter(|n| events.get(*n).is_some_and(|event| is_at(event, &prompt.before.value)));
        let is_deed = |n: &usize| events.get(*n).is_some_and(|event| is_deed(event.kind));
        at.clone().find(is_deed).or_else(|| at.next()).map(|n| (n, prompt))
    };
    plan.prompts.iter().filter_map(of).collect()
}

/// Whether an event of a kind is something that responders did, and could have done otherwise.
fn is_deed(kind: Option<EventKind>) -> bool {
    use EventKind::{Action, Comms, Contain, Decision, Declared, Pause, Resolved, Resume, Rollout};
    matches!(kind, Some(Action | Comms | Contain | Decision | Declared | Pause | Resolved | Resume | Rollout))
}

/// A drill as it is put together, event by event.
struct Game<'p> {
    events: &'p [Event],
    prompts: Vec<(usize, &'p PromptPlan)>,
    steps: Vec<DrillStep>,
    /// What has become known since the last question.
    shown: Vec<usize>,
    /// Whether operation is normal again: what comes then is told, not played.
    over: bool,
}

impl Game<'_> {
    fn take(&mut self, n: usize) {
        let Some(event) = self.events.get(n) else { return };
        let planned = self.prompts.iter().find(|(at, _)| *at == n).map(|(_, prompt)| *prompt);
        // That things got better is what came of the deed before it; where there was none, it is the deed.
        let is_result = self.steps.last().is_some_and(|step| step.reveal.iter().any(|n| self.is_remedy(*n)));
        let asks = planned.is_some() || !self.over && (is_deed(event.kind) || event.kind == Some(EventKind::Mitigate) && !is_result);
        self.over |= event.kind == Some(EventKind::Resolved);
        // There is nothing to ask before anything is known.
        let knows_something = !(self.steps.is_empty() && self.shown.is_empty());
        if !(asks && knows_something) {
            self.shown.push(n);
            return;
        }
        let is_together = planned.is_none() && self.shown.is_empty() && self.steps.last().is_some_and(|step| self.is_at_once(step, n));
        if let Some(step) = self.steps.last_mut().filter(|_| is_together) {
            step.reveal.push(n);
            return;
        }
        let shown = std::mem::take(&mut self.shown);
        let last = shown.last().copied().or_else(|| self.steps.last().and_then(|step| step.reveal.last().copied()));
        self.steps.push(DrillStep {
            at: last.and_then(|last| self.events.get(last)?.when),
            shown,
            prompt: planned
                .map(|plan| Prompt { ask: Some(plan.ask.clone()).filter(|ask| !ask.is_empty()), hints: plan.hints.clone() })
                .unwrap_or_default(),
            reveal: vec![n],
        });
    }

    /// Whether an event may have made things better.
    fn is_remedy(&self, n: usize) -> bool {
        self.events.get(n).is_some_and(|event| is_deed(event.kind) && !matches!(event.kind, Some(EventKind::Comms | EventKind::Declared)))
    }

    /// Whether an event happened in the same moment as what a step reveals.
    fn is_at_once(&self, step: &DrillStep, n: usize) -> bool {
        let when = |n: usize| self.events.get(n).and_then(|event| event.when);
        step.reveal.last().is_some_and(|last| when(*last).is_some() && when(*last) == when(n))
    }
}

#[cfg(test)]
mod tests;
