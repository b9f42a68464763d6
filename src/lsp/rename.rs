//! Other names for postmortems, services, tags, causes and files, with everything that leads to them put right.

use std::collections::BTreeMap;

use super::named::{self, Mention, Named, Way, unquoted};
use crate::config::CONFIG_PATH;
use crate::diagnostic::{Edit, SourcePath, Span};
use crate::frontmatter::{Node, Value};
use crate::knowledge::Target;
use crate::markdown::{LinkOrigin, percent_encode};
use crate::model::{DocumentId, DocumentRef, Head, Postmortem, portable};
use crate::pipeline::{Project, Understood};

/// Edits by file, those of each in order of place.
pub(super) type Edits = BTreeMap<SourcePath, Vec<Edit>>;

/// What would be renamed at a place: the name as it stands there, without quotes.
pub(super) fn subject(text: &str, mention: &Mention) -> Result<Span, String> {
    match (&mention.named, mention.way) {
        (Named::Document(_), Way::Path) => Err("this is the path of a file: rename the file, and links to it follow".to_owned()),
        (Named::Document(_), Way::Other) => {
            Err("this is a title or the name of a file; rename the id or the slug of the document".to_owned())
        }
        _ => Ok(unquoted(text, mention.span)),
    }
}

/// The edits by which what is mentioned is called otherwise; in words why it cannot be.
pub(super) fn rename(project: &Project, understood: &Understood, mention: &Mention, name: &str) -> Result<Edits, String> {
    let name = name.trim();
    match &mention.named {
        Named::Document(id) => match (understood.corpus.get(*id), mention.way) {
            (Some(DocumentRef::Postmortem(postmortem)), Way::Id) => rename_id(project, understood, *id, postmortem, name),
            (Some(document), Way::Slug) => rename_slug(project, understood, *id, document, name),
            _ => Err("only ids and slugs are renamed; rename the file itself, and links to it follow".to_owned()),
        },
        Named::Cause(path) => {
            let leaf = project.config.causes.get(path).and_then(|(branch, leaf)| leaf.span.map(|_| branch));
            let Some(branch) = leaf else { return Err(format!("`{path}` is built in, so that it means the same everywhere")) };
            let id = name.strip_prefix(&branch.id).and_then(|rest| rest.strip_prefix('/')).unwrap_or(name);
            is_portable(id)?;
            let path = format!("{}/{id}", branch.id);
            Ok(replace_all(project, understood, &mention.named, |file, _| if file == CONFIG_PATH { id } else { &path }))
        }
        Named::Trigger(id) if project.config.causes.trigger(id).is_none_or(|leaf| leaf.span.is_none()) => {
            Err(format!("`{id}` is built in, so that it means the same everywhere"))
        }
        Named::Trigger(_) | Named::Service(_) | Named::Tag(_) => {
            is_portable(name)?;
            Ok(replace_all(project, understood, &mention.named, |_, _| name))
        }
    }
}

fn is_portable(name: &str) -> Result<(), String> {
    match portable(name) {
        portable if portable == name && !name.is_empty() => Ok(()),
        portable if portable.is_empty() => Err("a name has letters or digits".to_owned()),
        portable => Err(format!("`{name}` cannot stand in an address; `{portable}` can")),
    }
}

/// Replaces every mention of something by the name that `name` gives for its file and way.
fn replace_all<'n>(project: &Project, understood: &Understood, named: &Named, name: impl Fn(&str, &Mention) -> &'n str) -> Edits {
    let mut edits = Edits::new();
    for (path, mention) in named::mentions(project, understood, named) {
        let Some(text) = project.text(&path) else { continue };
        let replacement = name(path.as_str(), &mention).to_owned();
        edits.entry(path).or_default().push(Edit { span: unquoted(text, mention.span), replacement });
    }
    edits
}

/// Refuses a name that another document has already.
fn is_free(understood: &Understood, id: DocumentId, name: &str) -> Result<(), String> {
    match understood.knowledge.references.named(name).filter(|other| *other != id).and_then(|other| understood.corpus.get(other)) {
        Some(other) => Err(format!("`{}` is called `{name}` already", other.head().path)),
        None => Ok(()),
    }
}

fn rename_id(project: &Project, understood: &Understood, id: DocumentId, postmortem: &Postmortem, name: &str) -> Result<Edits, String> {
    let is_plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    if portable(name).is_empty() || !name.starts_with(char::is_alphanumeric) || !name.chars().all(is_plain) {
        return Err("an id is made of letters, digits, dashes, dots and underscores".to_owned());
    }
    is_free(understood, id, name)?;
    let mut edits = replace_all(project, understood, &Named::Document(id), |_, _| name);
    keep_ways(project, understood, id, Way::Id, &mut edits);
    if postmortem.head.fields(&project.config.fields, "id").next().is_none() {
        return Err("the document has no id of its own to be renamed".to_owned());
    }
    Ok(edits)
}

/// Leaves only those edits that are of mentions in one way.
fn keep_ways(project: &Project, understood: &Understood, id: DocumentId, way: Way, edits: &mut Edits) {
    let mentions = named::mentions(project, understood, &Named::Document(id));
    for (path, mention) in mentions.iter().filter(|(_, mention)| mention.way != way) {
        let Some((of_file, text)) = edits.get_mut(path).zip(project.text(path)) else { continue };
        let span = unquoted(text, mention.span);
        of_file.retain(|edit| edit.span != span);
    }
    edits.retain(|_, edits| !edits.is_empty());
}

fn rename_slug(project: &Project, understood: &Understood, id: DocumentId, document: DocumentRef<'_>, slug: &str) -> Result<Edits, String> {
    is_portable(slug)?;
    is_free(understood, id, slug)?;
    let head = document.head();
    let mut edits = Edits::new();
    for (path, mention) in
        named::mentions(project, understood, &Named::Document(id)).into_iter().filter(|(_, mention)| mention.way == Way::Slug)
    {
        let Some(text) = project.text(&path) else { continue };
        let span = unquoted(text, mention.span);
        let written = span.slice(text);
        // Of an address such as `../slug/` the last part is the name.
        let Some(at) = written.rfind(head.slug.as_str()) else { continue };
        let start = span.range().start + at;
        let place = Span::new(start, start + head.slug.len());
        edits.entry(path).or_default().push(Edit { span: place, replacement: slug.to_owned() });
    }
    let text = project.text(&head.path).unwrap_or_default();
    let own = edits.entry(head.path.clone()).or_default();
    if head.fields(&project.config.fields, "slug").next().is_none() {
        own.push(new_line(text, head, &format!("slug: {slug}"))?);
    }
    if let DocumentRef::Postmortem(_) = document {
        own.extend(alias(project, text, head)?);
    }
    own.sort_by_key(|edit| edit.span);
    Ok(edits)
}

/// A further line at the end of the metadata.
fn new_line(text: &str, head: &Head, line: &str) -> Result<Edit, String> {
    let last = head.metadata.entries.iter().map(|entry| entry.span().end).max();
    let is_yaml = text.trim_start_matches('\u{feff}').starts_with("---");
    let Some(last) = last.filter(|_| is_yaml) else { return Err("only metadata in YAML can be added to".to_owned()) };
    let end = text.get(last as usize..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| last as usize + at);
    let end = if text.get(..end).is_some_and(|before| before.ends_with('\r')) { end - 1 } else { end };
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    Ok(Edit { span: Span::at(end), replacement: format!("{line_end}{line}") })
}

/// The edit by which the address that a postmortem has so far leads to it from now on.
fn alias(project: &Project, text: &str, head: &Head) -> Result<Option<Edit>, String> {
    let address = format!("/incidents/{}/", head.slug.value);
    if head.aliases.iter().any(|alias| alias.value.trim_end_matches('/') == address.trim_end_matches('/')) {
        return Ok(None);
    }
    let Some(entry) = head.fields(&project.config.fields, "aliases").next() else {
        return new_line(text, head, &format!("aliases: [{address}]")).map(Some);
    };
    added(text, &entry.value, &address).map(Some).ok_or_else(|| "the list of `aliases` cannot be added to".to_owned())
}

/// The edit that adds an entry to a list in YAML.
fn added(text: &str, list: &Node, entry: &str) -> Option<Edit> {
    let start = list.span.range().start;
    match &list.value {
        Value::Sequence(items) if list.span.slice(text).starts_with('[') => {
            let rest = if items.is_empty() { "" } else { ", " };
            Some(Edit { span: Span::at(start + 1), replacement: format!("{entry}{rest}") })
        }
        Value::Sequence(items) => {
            let first = items.first()?.span.range().start;
            let line = text.get(..first)?.rfind('\n')? + 1;
            let before = text.get(line..first)?;
            let dash = before.find('-')?;
            let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
            Some(Edit { span: Span::at(line), replacement: format!("{}- {entry}{line_end}", before.get(..dash)?) })
        }
        Value::Scalar(_) => Some(Edit { span: list.span, replacement: format!("[{}, {entry}]", list.span.slice(text)) }),
        Value::Mapping(_) => None,
    }
}

/// The edits by which links follow a document whose file goes from one place to another, and its old address leads to it.
pub(super) fn move_file(project: &Project, understood: &Understood, from: &SourcePath, to: &SourcePath) -> Edits {
    let mut edits = Edits::new();
    let Some((id, document)) = understood.corpus.by_path(from) else { return edits };
    for (path, mention) in named::mentions(project, understood, &Named::Document(id)) {
        if mention.way == Way::Path && path != *from {
            let Some(text) = project.text(&path) else { continue };
            let replacement = link(to, path.folder(), mention.span.slice(text));
            edits.entry(path).or_default().push(Edit { span: mention.span, replacement });
        }
    }
    let head = document.head();
    let text = project.text(from).unwrap_or_default();
    let mut own = Vec::new();
    if from.folder() != to.folder() {
        own.extend(follow(understood, id, head, to));
    }
    let has_slug = head.fields(&project.config.fields, "slug").next().is_some();
    if let (DocumentRef::Postmortem(_), false) = (document, has_slug) {
        own.extend(alias(project, text, head).ok().flatten().filter(|_| name_of(from) != name_of(to)));
    }
    own.sort_by_key(|edit| edit.span);
    own.dedup_by_key(|edit| edit.span);
    if !own.is_empty() {
        edits.insert(from.clone(), own);
    }
    edits
}

/// What a slug is made of: the name of the file, or of the folder of an `index.md`.
fn name_of(path: &SourcePath) -> String {
    let stem = path.file_name().split('.').next().unwrap_or_default();
    portable(if stem == "index" { path.folder().rsplit('/').next().unwrap_or_default() } else { stem })
}

/// The edits by which the links of a document lead where they did, once it is in another folder.
fn follow(understood: &Understood, id: DocumentId, head: &Head, to: &SourcePath) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (link_of, target) in head.links.iter().zip(understood.knowledge.references.of(id)) {
        let written = link_of.target.value.split(['#', '?']).next().unwrap_or_default();
        let is_path = link_of.origin != LinkOrigin::Wiki && !written.is_empty() && !written.starts_with('/');
        let file = match target {
            Target::Document { id, .. } => understood.corpus.get(*id).map(|document| document.head().path.clone()),
            Target::Attachment(path) => Some(SourcePath::from(path.as_str())),
            _ => None,
        };
        if let Some(file) = file.filter(|_| is_path) {
            let start = link_of.target.span.range().start;
            let file = if file == head.path { to.clone() } else { file };
            edits.push(Edit { span: Span::new(start, start + written.len()), replacement: link(&file, to.folder(), written) });
        }
    }
    edits
}

/// A link to a file from a folder, written as another one was: with the ending of the file or without, from the top of the site or not.
fn link(to: &SourcePath, folder: &str, written: &str) -> String {
    let from_top = written.starts_with('/');
    let way = if from_top { to.as_str().to_owned() } else { to.seen_from(folder) };
    let has_ending = written.trim_end_matches('/').rsplit('/').next().is_some_and(|name| name.contains('.'));
    let way = if has_ending { way } else { way.strip_suffix(".md").map(str::to_owned).unwrap_or(way) };
    let way = if written.contains('%') || way.contains(' ') { percent_encode(&way) } else { way };
    if from_top { format!("/{way}") } else { way }
}
