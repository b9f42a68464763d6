//! What could be written in the text: headings, kinds of events, cells of the table of actions, directives, names and paths of other documents.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Completion, Item, ItemKind, MOST_DOCUMENTS, causes, owners, people, postmortems, words};
use crate::check::{RULES, Rule};
use crate::config::{ActionAspect, SectionKind};
use crate::diagnostic::Span;
use crate::lsp::view::View;
use crate::model::{ActionKind, ActionStatus, EventKind, Head, Page};
use crate::parse;

pub(super) fn complete(view: &View<'_>, offset: usize) -> Option<Completion> {
    let line = view.line(offset);
    let written = view.text.get(line.range().start..offset)?;
    directive(written, offset)
        .or_else(|| wiki(view, written, offset))
        .or_else(|| path(view, written, offset))
        .or_else(|| heading(view, written, offset))
        .or_else(|| marker(written, offset))
        .or_else(|| event(view, written, offset))
        .or_else(|| cell(view, line, written, offset))
}

/// What is begun behind the last `opening` of a line that `closing` does not follow.
fn begun<'t>(written: &'t str, opening: &str, closing: &str) -> Option<&'t str> {
    let at = written.rfind(opening)? + opening.len();
    written.get(at..).filter(|begun| !begun.contains(closing))
}

fn directive(written: &str, offset: usize) -> Option<Completion> {
    let comment = begun(written, "<!--", "-->")?.trim_start();
    let Some(directive) = comment.strip_prefix("afterword:") else {
        let item = |(name, meaning): &(&str, &str)| Item::new(ItemKind::Word, format!("afterword: {name}")).meaning(*meaning);
        let is_begun = "afterword:".starts_with(comment);
        return is_begun
            .then(|| Completion::whole(Span::new(offset - comment.len(), offset), parse::DIRECTIVES.iter().map(item).collect()));
    };
    let directive = directive.trim_start();
    if let Some(rules) = directive.strip_prefix("allow ") {
        let rule = rules.rsplit(',').next().unwrap_or_default().trim_start();
        let item = |rule: &&Rule| {
            let item = Item::new(ItemKind::Word, rule.name.0).detail(rule.summary()).meaning(rule.manual_text());
            item.text(format!("{}: ", rule.name.0))
        };
        let items = RULES.iter().filter(|rule| rule.may_be_allowed()).map(item).collect();
        return (!rule.contains(':')).then(|| Completion::whole(Span::new(offset - rule.len(), offset), items));
    }
    let item = |(name, meaning): &(&str, &str)| Item::new(ItemKind::Word, *name).meaning(*meaning);
    Some(Completion::whole(Span::new(offset - directive.len(), offset), parse::DIRECTIVES.iter().map(item).collect()))
}

/// The documents that `[[…]]` can name.
fn wiki(view: &View<'_>, written: &str, offset: usize) -> Option<Completion> {
    let name = begun(written, "[[", "]")?;
    let (mut items, is_part) = postmortems(view, name);
    let pages = view.understood.corpus.pages.iter().filter(|page| page.head.path != *view.path);
    let page = |page: &Arc<Page>| Item::new(ItemKind::Document, page.head.slug.as_str()).detail(page.head.title_text.as_str());
    items.extend(pages.take(MOST_DOCUMENTS).map(page));
    let is_closed = view.text.get(offset..).is_some_and(|rest| rest.starts_with(']'));
    for item in items.iter_mut().filter(|_| !is_closed) {
        item.text.push_str("]]");
    }
    Some(Completion { replaced: Span::new(offset - name.len(), offset), items, is_part })
}

/// The documents that `[…](…)` can lead to, by the way from this one.
fn path(view: &View<'_>, written: &str, offset: usize) -> Option<Completion> {
    let path = begun(written, "](", ")")?;
    if path.contains(['#', ' ']) || path.contains("://") {
        return None;
    }
    let folder = view.path.folder();
    let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let others = view.understood.corpus.documents().map(|(_, document)| document.head()).filter(|head| head.path != *view.path);
    let is_meant = |text: &str| text.to_lowercase().contains(&name);
    let mut meant = others.filter(|head| name.is_empty() || is_meant(head.path.as_str()) || is_meant(&head.title_text));
    let item = |head: &Head| {
        let way = head.path.seen_from(folder);
        let found_by = format!("{way} {}", head.title_text);
        Item { found_by, ..Item::new(ItemKind::Document, way).detail(head.title_text.as_str()) }
    };
    let items = meant.by_ref().take(MOST_DOCUMENTS).map(item).collect();
    Some(Completion { replaced: Span::new(offset - path.len(), offset), items, is_part: meant.next().is_some() })
}

/// The sections that are asked for and not there, with what is to be written in them.
fn heading(view: &View<'_>, written: &str, offset: usize) -> Option<Completion> {
    let level = written.bytes().take_while(|byte| *byte == b'#').count();
    if !(1..=6).contains(&level) {
        return None;
    }
    let title = written.get(level..)?;
    let begun = title.strip_prefix(' ').unwrap_or(title);
    let (config, postmortem) = (view.config(), view.postmortem()?);
    let here = view.line(offset);
    let others = postmortem.body.sections.iter().filter(|section| !here.contains(section.heading_span));
    let there: BTreeSet<&str> = others.filter_map(|section| section.key.as_deref()).collect();
    let asked = |keys: &[String]| -> Vec<&SectionKind> {
        keys.iter().filter(|key| !there.contains(key.as_str())).filter_map(|key| config.section(key)).collect()
    };
    let (required, optional) = match view.profile() {
        Some(profile) => (asked(&profile.required), asked(&profile.optional)),
        None => (Vec::new(), config.sections.iter().filter(|section| !there.contains(section.key.as_str())).collect()),
    };
    let blank = if title.is_empty() { " " } else { "" };
    let item = |(section, detail): (&SectionKind, &str)| {
        let item = Item::new(ItemKind::Heading, section.title.as_str()).detail(detail).meaning(section.prompt.as_str());
        item.text(format!("{blank}{}", section.title))
    };
    let sections = required.into_iter().map(|section| (section, "required")).chain(optional.into_iter().map(|section| (section, "")));
    Some(Completion::whole(Span::new(offset - begun.len(), offset), sections.map(item).collect()))
}

/// The words of `> [!WORD]`.
fn marker(written: &str, offset: usize) -> Option<Completion> {
    let word = written.trim_start().strip_prefix('>')?.trim_start().strip_prefix("[!")?;
    let items = parse::MARKERS.iter().map(|word| Item::new(ItemKind::Word, *word).text(format!("{word}]")));
    (!word.contains(']')).then(|| Completion::whole(Span::new(offset - word.len(), offset), items.collect()))
}

/// The kinds of events, in brackets behind the time.
fn event(view: &View<'_>, written: &str, offset: usize) -> Option<Completion> {
    let kind = begun(written, "[", "]")?;
    if section_at(view, offset)?.key != "timeline" || !kind.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let is_closed = view.text.get(offset..).is_some_and(|rest| rest.starts_with(']'));
    let mut items = words(EventKind::ALL, EventKind::word, EventKind::name);
    for (item, kind) in items.iter_mut().zip(EventKind::ALL) {
        if let Some(milestone) = kind.milestone() {
            item.meaning = format!("Gives `{}`, where the metadata does not say it.", milestone.word());
        }
        item.text.push_str(if is_closed { "" } else { "] " });
    }
    Some(Completion::whole(Span::new(offset - kind.len(), offset), items))
}

/// What can stand in a cell of the table of actions, by the head of its column.
fn cell(view: &View<'_>, line: Span, written: &str, offset: usize) -> Option<Completion> {
    if !written.trim_start().starts_with('|') || section_at(view, offset)?.key != "actions" {
        return None;
    }
    let above = view.before(line.range().start).lines().rev();
    let head = above.take_while(|line| line.trim_start().starts_with('|')).last()?;
    let cells: Vec<&str> = written.trim_start().split('|').skip(1).collect();
    let header = head.trim().split('|').skip(1).nth(cells.len().checked_sub(1)?)?;
    let begun = cells.last()?.trim_start();
    let config = view.config();
    let items = match parse::action_aspect(header)? {
        ActionAspect::Kind => words(ActionKind::ALL, ActionKind::word, ActionKind::name),
        ActionAspect::Status => words(ActionStatus::ALL, ActionStatus::word, ActionStatus::name),
        ActionAspect::Owner => [owners(config), people(config)].concat(),
        ActionAspect::Cause => {
            let own: Vec<&str> = view.postmortem()?.root_causes.iter().map(|cause| cause.path.as_str()).collect();
            let mut causes = causes(config);
            // Those of this incident first: it is them that its actions answer.
            causes.sort_by_key(|item| !own.contains(&item.label.as_str()));
            causes
        }
        ActionAspect::Due | ActionAspect::DoneWhen | ActionAspect::Priority => return None,
    };
    (!items.is_empty()).then(|| Completion::whole(Span::new(offset - begun.len(), offset), items))
}

/// The section that an offset is in, by the last heading before it that stands for one.
fn section_at<'a>(view: &View<'a>, offset: usize) -> Option<&'a SectionKind> {
    let document = view.document()?.1;
    let before = document.body().sections.iter().take_while(|section| section.heading_span.end as usize <= offset);
    let key = before.filter_map(|section| section.key.as_deref()).last()?;
    view.config().section(key)
}
