//! What words of documents and settings name: another document, a cause, a service; and where else it is named.

use super::view::View;
use crate::config::{CONFIG_PATH, Config};
use crate::diagnostic::{SourcePath, Span, Spanned};
use crate::knowledge::Target;
use crate::markdown::LinkOrigin;
use crate::model::{DocumentId, DocumentRef, Postmortem, portable};
use crate::pipeline::{Project, Understood};

/// What can be named.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    /// A document.
    Document(DocumentId),
    /// A leaf of the cause taxonomy, by its path.
    Cause(String),
    /// A trigger, by its id.
    Trigger(String),
    /// A service, by its id.
    Service(String),
    /// A tag, by its id.
    Tag(String),
}

/// How a document is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// By its id.
    Id,
    /// By its slug.
    Slug,
    /// By the path of its file.
    Path,
    /// By its title, or by the name of its file.
    Other,
}

/// A place where something is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// What.
    pub(super) named: Named,
    /// How, where it is a document.
    pub(super) way: Way,
    /// Where.
    pub(super) span: Span,
    /// Whether it says there that it is called so.
    pub(super) is_its_own: bool,
}

/// What is named at an offset.
pub(super) fn at(view: &View<'_>, offset: usize) -> Option<Mention> {
    let here = |mention: &Mention| mention.span.range().start <= offset && offset <= mention.span.range().end;
    let mentions = match view.document() {
        Some((id, _)) => of_document(view.project, view.understood, id),
        None if view.path.as_str() == CONFIG_PATH => of_settings(view.project, view.understood),
        None => Vec::new(),
    };
    mentions.into_iter().filter(here).min_by_key(|mention| mention.span.end - mention.span.start)
}

/// Where something is named, in order of file and place.
pub(super) fn mentions(project: &Project, understood: &Understood, named: &Named) -> Vec<(SourcePath, Mention)> {
    let of_settings = of_settings(project, understood).into_iter().map(|mention| (SourcePath::from(CONFIG_PATH), mention));
    let mut found: Vec<(SourcePath, Mention)> = of_settings.filter(|(_, mention)| mention.named == *named).collect();
    for (id, document) in understood.corpus.documents() {
        let of_document = of_document(project, understood, id).into_iter().filter(|mention| mention.named == *named);
        found.extend(of_document.map(|mention| (document.head().path.clone(), mention)));
    }
    found.sort_by(|(a, one), (b, other)| (a, one.span).cmp(&(b, other.span)));
    found.dedup_by(|(a, one), (b, other)| a == b && one.span == other.span);
    found
}

/// Where something is said to be what it is: the file and the place.
pub(super) fn definition(project: &Project, understood: &Understood, named: &Named) -> Option<(SourcePath, Span)> {
    let config = &project.config;
    let in_settings = |span: Span| Some((SourcePath::from(CONFIG_PATH), span));
    match named {
        Named::Document(id) => {
            let document = understood.corpus.get(*id)?;
            Some((document.head().path.clone(), document.head().title.span))
        }
        Named::Cause(path) => in_settings(config.causes.get(path)?.1.span?),
        Named::Trigger(id) => in_settings(config.causes.trigger(id)?.span?),
        Named::Service(id) => in_settings(config.services.get(id)?.span),
        Named::Tag(id) => in_settings(config.tags.get(id)?.span),
    }
}

/// What `site.toml` names.
fn of_settings(project: &Project, understood: &Understood) -> Vec<Mention> {
    let config = &project.config;
    let own = |named: Named, span: Span| Mention { named, way: Way::Other, span, is_its_own: true };
    let services = config.services.iter().map(|(id, term)| own(Named::Service(id.clone()), term.span));
    let tags = config.tags.iter().map(|(id, term)| own(Named::Tag(id.clone()), term.span));
    let triggers = config.causes.triggers.iter().filter_map(|leaf| Some(own(Named::Trigger(leaf.id.clone()), leaf.span?)));
    let leaves = config.causes.branches.iter().flat_map(|branch| branch.leaves.iter().map(move |leaf| (branch, leaf)));
    let leaves = leaves.filter_map(|(branch, leaf)| Some(own(Named::Cause(format!("{}/{}", branch.id, leaf.id)), leaf.span?)));
    let chosen = config.training.of_the_month.iter().filter_map(|chosen| by_name(understood, &chosen.incident));
    services.chain(tags).chain(triggers).chain(leaves).chain(chosen).collect()
}

/// What a document names.
fn of_document(project: &Project, understood: &Understood, id: DocumentId) -> Vec<Mention> {
    let Some(document) = understood.corpus.get(id) else { return Vec::new() };
    let mut mentions = match document {
        DocumentRef::Postmortem(postmortem) => of_postmortem(&project.config, understood, id, postmortem),
        DocumentRef::Page(page) => page.reading().iter().filter_map(|entry| by_name(understood, &entry.incident)).collect(),
    };
    let head = document.head();
    let slug = head.fields(&project.config.fields, "slug").map(|entry| entry.value.span);
    mentions.extend(slug.map(|span| Mention { named: Named::Document(id), way: Way::Slug, span, is_its_own: true }));
    for (link, target) in head.links.iter().zip(understood.knowledge.references.of(id)) {
        let Target::Document { id: to, .. } = target else { continue };
        let name = |written: &str| Span::new(0, written.split(['#', '?']).next().unwrap_or_default().trim_end().len());
        let start = link.target.span.range().start;
        let inner = name(&link.target.value);
        let span = Span::new(start + inner.range().start, start + inner.range().end);
        if inner.end == 0 {
            continue;
        }
        let written = inner.slice(&link.target.value);
        let way = if link.origin == LinkOrigin::Wiki { way(understood, *to, written) } else { way_of_path(understood, *to, written) };
        mentions.push(Mention { named: Named::Document(*to), way, span, is_its_own: false });
    }
    mentions
}

fn of_postmortem(config: &Config, understood: &Understood, id: DocumentId, postmortem: &Postmortem) -> Vec<Mention> {
    let other = |named: Named, span: Span| Mention { named, way: Way::Other, span, is_its_own: false };
    let own = postmortem.head.fields(&config.fields, "id").map(|entry| entry.value.span);
    let own = own.map(|span| Mention { named: Named::Document(id), way: Way::Id, span, is_its_own: true });
    let causes = postmortem.root_causes.iter().chain(&postmortem.contributing).filter(|cause| cause.known);
    let causes = causes.map(|cause| other(Named::Cause(cause.path.value.clone()), cause.path.span));
    let trigger = postmortem.trigger.iter().filter_map(|word| {
        let leaf = config.causes.trigger(word)?;
        Some(other(Named::Trigger(leaf.id.clone()), word.span))
    });
    let services = postmortem.services.iter().map(|word| other(Named::Service(portable(word)), word.span));
    let tags = postmortem.tags.iter().map(|word| other(Named::Tag(portable(word)), word.span));
    let related = postmortem.related.iter().filter_map(|related| by_name(understood, &related.id));
    own.chain(causes).chain(trigger).chain(services).chain(tags).chain(related).collect()
}

/// The document that a word is the name of.
fn by_name(understood: &Understood, word: &Spanned<String>) -> Option<Mention> {
    let id = understood.knowledge.references.named(word)?;
    Some(Mention { named: Named::Document(id), way: way(understood, id, word), span: word.span, is_its_own: false })
}

/// Which of its names a document is called by.
fn way(understood: &Understood, id: DocumentId, word: &str) -> Way {
    let word = portable(word);
    match understood.corpus.get(id) {
        Some(DocumentRef::Postmortem(postmortem)) if word == portable(&postmortem.id) && *postmortem.id != *postmortem.head.slug => Way::Id,
        Some(document) if word == *document.head().slug => Way::Slug,
        _ => Way::Other,
    }
}

/// Whether a link leads to a file, or to the page that is made of it.
fn way_of_path(understood: &Understood, id: DocumentId, target: &str) -> Way {
    let last = target.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let is_slug = understood.corpus.get(id).is_some_and(|document| {
        let file = document.head().path.file_name();
        last == document.head().slug.as_str() && last != file && Some(last) != file.split_once('.').map(|(stem, _)| stem)
    });
    if is_slug { Way::Slug } else { Way::Path }
}

/// The text of a value without the quotes around it.
pub(super) fn unquoted(text: &str, span: Span) -> Span {
    let written = span.slice(text);
    let inner = ['"', '\''].iter().find_map(|quote| written.strip_prefix(*quote)?.strip_suffix(*quote));
    let start = span.range().start;
    inner.map_or(span, |inner| Span::new(start + 1, start + 1 + inner.len()))
}
