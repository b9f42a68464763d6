//! A step of a drill. It holds what could be known then and what was done before, and nothing that came later: whoever reads its source finds
//! no more than who reads the page.

use serde::Serialize;

use super::{Log, Topic, hidden, played, step_url, to_briefing, to_list, told, topics};
use crate::model::{Bound, Moment, Postmortem};
use crate::render::page::incident::EventView;
use crate::render::page::view::{DocumentLink, Framed, frame};
use crate::render::wording::{DateView, date_view};
use crate::site::{Route, Site};
use crate::training::{Drill, as_revealed, as_shown};

#[derive(Debug, Serialize)]
pub(in crate::render::page) struct Step {
    heading: String,
    /// The time it is.
    clock: Option<DateView>,
    /// What was done at the step before.
    done: Option<Log>,
    /// What is asked; nothing behind the last question.
    asked: Option<Asked>,
    /// What came of it all; behind the last question alone.
    ending: Option<Ending>,
    back: DocumentLink,
}

#[derive(Debug, Serialize)]
struct Asked {
    /// What has become known since.
    known: Option<Log>,
    /// What is asked.
    question: String,
    /// Where it is told what was done.
    reveal_url: String,
    /// All that was known and done before, the oldest first.
    log: Option<Log>,
}

#[derive(Debug, Serialize)]
struct Ending {
    aftermath: Option<Log>,
    /// What nobody knew when it happened.
    hindsight: Option<Log>,
    incident: DocumentLink,
    topics: Vec<Topic>,
}

/// The page of a step, from 1; one behind the last question is what came of it all.
pub(in crate::render::page) fn view(site: &Site, n: usize, step: usize) -> Option<Framed<Step>> {
    let words = site.words();
    let (drill, postmortem) = played(site, n)?;
    let before = drill.steps.get(..step.checked_sub(1)?)?;
    let asked = drill.steps.get(before.len());
    let heading = if asked.is_some() { words.with("drill-step", &[("number", step.into())]) } else { words.get("drill-ending").to_owned() };
    let mut meta = hidden(site, "drill-step", format!("{heading} · {}", drill.title), Route::DrillStep(n, step));
    meta.crumbs = vec![to_list(site), to_briefing(site, n, drill)];

    let mut last = None;
    let (mut log, mut done) = (Vec::new(), Vec::new());
    for past in before {
        log.append(&mut done);
        log.extend(told(site, postmortem, &past.shown, &mut last, as_shown));
        done = told(site, postmortem, &past.reveal, &mut last, as_revealed);
    }
    let back = match before.len() {
        0 => DocumentLink { title: words.get("drill-briefing").into(), url: site.url(Route::Drill(n)) },
        previous => DocumentLink { title: words.with("drill-step", &[("number", previous.into())]), url: step_url(site, n, previous) },
    };
    let view = Step {
        heading,
        clock: asked.and_then(|step| step.at).map(|at| date_view(words, &Moment { bound: Bound::Exact, until: None, ..at })),
        done: filled(done),
        asked: asked.map(|asked| Asked {
            known: filled(told(site, postmortem, &asked.shown, &mut last, as_shown)),
            question: asked.prompt.question(site.config()).to_owned(),
            reveal_url: step_url(site, n, step + 1),
            log: filled(log),
        }),
        ending: asked.is_none().then(|| ending(site, drill, postmortem, last)),
        back,
    };
    Some(frame(site, meta, view))
}

fn ending(site: &Site, drill: &Drill, postmortem: &Postmortem, mut last: Option<Moment>) -> Ending {
    Ending {
        aftermath: filled(told(site, postmortem, &drill.aftermath, &mut last, Clone::clone)),
        hindsight: filled(told(site, postmortem, &drill.hindsight, &mut None, Clone::clone)),
        incident: DocumentLink { title: postmortem.head.title_text.clone(), url: site.url(Route::Incident(drill.incident)) },
        topics: topics(site, postmortem),
    }
}

fn filled(events: Vec<EventView>) -> Option<Log> {
    (!events.is_empty()).then_some(Log { events })
}
