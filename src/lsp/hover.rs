//! What something means: a cause, a service, a field, a section, a rule, a word of the glossary, a milestone with what is computed from it.

use std::fmt::Write as _;

use super::named::{self, Named};
use super::view::View;
use crate::check;
use crate::config::{CauseBranch, CauseLeaf, Config, Term};
use crate::diagnostic::Span;
use crate::knowledge::glossary::Glossary;
use crate::knowledge::{Measure, Measured, Minutes};
use crate::markdown::text::plain_text;
use crate::model::{DocumentRef, Milestone, Postmortem};

/// What is to be said of what stands at an offset, as Markdown, and where that stands.
pub(super) fn hover(view: &View<'_>, offset: usize) -> Option<(String, Span)> {
    allowance(view, offset)
        .or_else(|| mention(view, offset))
        .or_else(|| field(view, offset))
        .or_else(|| section(view, offset))
        .or_else(|| event(view, offset))
        .or_else(|| glossary(view, offset))
}

fn is_at(span: Span, offset: usize) -> bool {
    span.range().start <= offset && offset <= span.range().end
}

/// The manual of a rule that is allowed.
fn allowance(view: &View<'_>, offset: usize) -> Option<(String, Span)> {
    let allowance = view.head()?.allowances.iter().find(|allowance| is_at(allowance.rule.span, offset))?;
    Some((check::rule(&allowance.rule)?.explain(), allowance.rule.span))
}

fn mention(view: &View<'_>, offset: usize) -> Option<(String, Span)> {
    let mention = named::at(view, offset)?;
    let config = view.config();
    let told = match &mention.named {
        Named::Document(id) => match view.understood.corpus.get(*id)? {
            DocumentRef::Postmortem(told) => postmortem(config, told),
            DocumentRef::Page(page) => format!("**{}**", page.head.title_text),
        },
        Named::Cause(path) => {
            let (branch, leaf) = config.causes.get(path)?;
            cause(branch, leaf)
        }
        Named::Trigger(id) => {
            let leaf = config.causes.trigger(id)?;
            format!("**{}**\n\n{}", leaf.name, leaf.definition)
        }
        Named::Service(id) => term(config, config.services.get(id)?),
        Named::Tag(id) => term(config, config.tags.get(id)?),
    };
    Some((told, mention.span))
}

/// A postmortem in a few lines.
pub(super) fn postmortem(config: &Config, postmortem: &Postmortem) -> String {
    let severity = postmortem.severity.as_ref().map(|severity| match severity.step.and_then(|step| config.severities.get(step)) {
        Some(step) => step.name.clone(),
        None => severity.word.value.clone(),
    });
    let date = postmortem.date.map(|date| date.date());
    let duration = postmortem.duration().filter(|minutes| *minutes >= 0).map(|minutes| Minutes::exactly(minutes).to_string());
    let facts = [Some(postmortem.id.value.clone()), date, severity, duration].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let summary = postmortem.summary.as_ref().map(|summary| plain_text(summary)).unwrap_or_default();
    format!("**{}**\n\n{facts}\n\n{summary}", postmortem.head.title_text).trim_end().to_owned()
}

/// A service or tag: its name, what it is, who owns it.
pub(super) fn term(config: &Config, term: &Term) -> String {
    let owner = config.owner_named(&term.owner).map(|owner| format!("Owner: {}", owner.name)).unwrap_or_default();
    let name = format!("**{}**", term.name);
    [name, term.description.clone(), owner].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// A cause: what it is, how it shows itself, what holds, what it is not.
pub(super) fn cause(branch: &CauseBranch, leaf: &CauseLeaf) -> String {
    let mut text = format!("**{}** ({})\n\n{}", leaf.name, branch.name, leaf.definition);
    for (heading, entries) in [("How it shows itself", &leaf.signs), ("What holds", &leaf.prevention)] {
        if !entries.is_empty() {
            let _ = write!(text, "\n\n{heading}:\n");
            for entry in entries {
                let _ = write!(text, "\n- {entry}");
            }
        }
    }
    if !leaf.not.is_empty() {
        let _ = write!(text, "\n\n{}", leaf.not);
    }
    text
}

/// A key of the metadata, or the value of a milestone.
fn field(view: &View<'_>, offset: usize) -> Option<(String, Span)> {
    let entry = view.head()?.metadata.entries.iter().find(|entry| is_at(entry.span(), offset))?;
    let name = view.config().fields.canonical(&entry.key.value)?;
    let known = view.config().fields.known.get(name)?;
    let milestone = Milestone::from_word(name);
    if !is_at(entry.key.span, offset) && milestone.is_none() {
        return None;
    }
    let measured = milestone.and_then(|_| durations(view.postmortem()?)).unwrap_or_default();
    Some((format!("**{name}**: {}\n\n{}\n\n{measured}", known.shape, known.meaning).trim_end().to_owned(), entry.span()))
}

/// All that is measured of an incident, as a list; nothing where it is nothing.
fn durations(postmortem: &Postmortem) -> Option<String> {
    let measured = Measure::ALL.iter().filter_map(|measure| match measure.of(postmortem) {
        Measured::Known(minutes) => Some(format!("- {}: {minutes}", measure.name())),
        Measured::Missing | Measured::Negative => None,
    });
    let measured: Vec<String> = measured.collect();
    (!measured.is_empty()).then(|| measured.join("\n"))
}

/// What is to be written in a section.
fn section(view: &View<'_>, offset: usize) -> Option<(String, Span)> {
    let body = view.document()?.1.body();
    let section = body.sections.iter().find(|section| is_at(section.heading_span, offset))?;
    let kind = view.config().section(section.key.as_deref()?)?;
    Some((format!("**{}**\n\n{}", kind.title, kind.prompt), section.heading_span))
}

/// When something happened, in UTC, and how far into the incident.
fn event(view: &View<'_>, offset: usize) -> Option<(String, Span)> {
    let postmortem = view.postmortem()?;
    let event = postmortem.timeline.iter().find(|event| is_at(event.written.span, offset))?;
    let when = event.when?;
    let mut text = when.time().map_or_else(|| when.date(), |time| format!("{} {time} UTC", when.date()));
    let since = postmortem.milestone(Milestone::Started).and_then(|start| start.minutes_until(&when));
    if let Some(minutes) = since.filter(|minutes| *minutes > 0) {
        let _ = write!(text, "\n\n{} after impact began", Minutes::exactly(minutes));
    }
    if let Some(kind) = event.kind {
        let _ = write!(text, "\n\n{}", kind.name());
        if kind.milestone().is_some()
            && let Some(durations) = durations(postmortem)
        {
            let _ = write!(text, "\n\n{durations}");
        }
    }
    Some((text, event.written.span))
}

/// A word of the glossary.
fn glossary(view: &View<'_>, offset: usize) -> Option<(String, Span)> {
    let body = view.head()?.body_span.range();
    let line = view.line(offset);
    if !body.contains(&line.range().start) {
        return None;
    }
    let glossary = Glossary::read(&view.understood.corpus, view.config())?;
    let start = line.range().start;
    let mention = glossary.mentions(line.slice(view.text)).into_iter().find(|mention| {
        let range = start + mention.range.start..=start + mention.range.end;
        range.contains(&offset)
    })?;
    let term = glossary.terms.get(mention.term).filter(|term| !term.definition.is_empty())?;
    let span = Span::new(start + mention.range.start, start + mention.range.end);
    Some((format!("**{}**\n\n{}", term.name, term.definition), span))
}
