//! What could be written at a place: keys and values of metadata and settings, headings, kinds of events, cells of actions, names of documents.
//!
//! Text is read as it stands around the cursor, line by line, for what is just being written is seldom well formed.

mod body;
mod metadata;
mod settings;

use std::sync::Arc;

use super::view::View;
use crate::config::{CauseBranch, CauseLeaf, Config, Owner, Person, Term};
use crate::diagnostic::Span;
use crate::frontmatter;
use crate::knowledge::Grouping;
use crate::model::Postmortem;
use crate::source::CONFIG_FILE;

/// How many documents are offered at once. Editors ask again when more is typed.
const MOST_DOCUMENTS: usize = 100;

/// Something that could be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// What is shown.
    pub(super) label: String,
    /// What sort of thing it is.
    pub(super) kind: ItemKind,
    /// A few words beside the label; may be empty.
    pub(super) detail: String,
    /// What it means, as Markdown; may be empty.
    pub(super) meaning: String,
    /// What is written.
    pub(super) text: String,
    /// What it is found by, where that is more than the label; else empty.
    pub(super) found_by: String,
}

/// The sorts of thing that can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemKind {
    /// A key.
    Key,
    /// A word of a fixed list.
    Word,
    /// A word of the site's own.
    Term,
    /// Another document.
    Document,
    /// A heading.
    Heading,
}

/// What could be written, and in the place of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Completion {
    /// What was begun.
    pub(super) replaced: Span,
    /// What could be written, best first.
    pub(super) items: Vec<Item>,
    /// Whether there is more than is offered.
    pub(super) is_part: bool,
}

impl Item {
    fn new(kind: ItemKind, label: impl Into<String>) -> Self {
        let label = label.into();
        Self { text: label.clone(), label, kind, detail: String::new(), meaning: String::new(), found_by: String::new() }
    }

    fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    fn meaning(self, meaning: impl Into<String>) -> Self {
        Self { meaning: meaning.into(), ..self }
    }

    fn text(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }
}

impl Completion {
    fn whole(replaced: Span, items: Vec<Item>) -> Self {
        Self { replaced, items, is_part: false }
    }

    /// The same for a cursor that stands within a word: the rest of it is replaced, too, and what follows a key is not written twice.
    fn with_rest(mut self, text: &str, offset: usize) -> Self {
        let behind = text.get(offset..).unwrap_or_default();
        let rest = behind.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "-_/.".contains(c));
        self.replaced = self.replaced.to(Span::at(offset + behind.len() - rest.len()));
        let follows = [": ", " = "].into_iter().find(|sign| rest.trim_start().starts_with(sign.trim()));
        for item in self.items.iter_mut().filter(|item| item.kind == ItemKind::Key) {
            if let Some(bare) = follows.and_then(|sign| item.text.strip_suffix(sign)) {
                item.text = bare.to_owned();
            }
        }
        self
    }
}

/// What could be written at an offset.
pub(super) fn complete(view: &View<'_>, offset: usize) -> Option<Completion> {
    let completion = if view.path.as_str() == CONFIG_FILE {
        settings::complete(view, offset)
    } else {
        match metadata_at(view.text, offset) {
            Some(block) => metadata::complete(view, block, offset),
            None => body::complete(view, offset),
        }
    };
    completion.map(|completion| completion.with_rest(view.text, offset))
}

/// The text between the fences where an offset is in it; while the second fence is not there yet, all that is behind the first.
fn metadata_at(text: &str, offset: usize) -> Option<Span> {
    let front = frontmatter::parse(text);
    let block = match front.format {
        Some(_) => front.block,
        None if text.starts_with("---\n") && !text.contains("\n---") => Span::new(4, text.len()),
        None => return None,
    };
    (block.start as usize <= offset && offset <= block.end as usize).then_some(block)
}

/// The documents that something can be said to be related to or linked with: postmortems newest first, by their ids.
fn postmortems(view: &View<'_>, begun: &str) -> (Vec<Item>, bool) {
    let corpus = &view.understood.corpus;
    let newest = view.understood.knowledge.newest_first.iter().filter_map(|n| corpus.postmortems.get(*n));
    let begun = begun.to_lowercase();
    let is_meant = |text: &str| text.to_lowercase().contains(&begun);
    let meant = newest.filter(|postmortem| postmortem.head.path != *view.path);
    let mut meant = meant.filter(|postmortem| begun.is_empty() || is_meant(&postmortem.id) || is_meant(&postmortem.head.title_text));
    let item = |postmortem: &Arc<Postmortem>| {
        let title = &postmortem.head.title_text;
        let item = Item::new(ItemKind::Document, postmortem.id.as_str()).detail(title.as_str());
        let item = item.meaning(super::hover::postmortem(view.config(), postmortem));
        Item { found_by: format!("{} {title}", postmortem.id.value), ..item }
    };
    let items: Vec<Item> = meant.by_ref().take(MOST_DOCUMENTS).map(item).collect();
    let is_part = meant.next().is_some();
    (items, is_part)
}

/// The words that group postmortems in one way: those of the site, else those that others use.
fn terms(view: &View<'_>, grouping: Grouping) -> Vec<Item> {
    let config = view.config();
    let listed = match grouping {
        Grouping::Service => &config.services,
        _ => &config.tags,
    };
    if !listed.is_empty() {
        let item = |(id, term): (&String, &Term)| {
            let meaning = super::hover::term(config, term);
            Item::new(ItemKind::Term, id.as_str()).detail(term.name.as_str()).meaning(meaning)
        };
        return listed.iter().map(item).collect();
    }
    let taxonomy = view.understood.knowledge.taxonomies.iter().find(|taxonomy| taxonomy.grouping == grouping);
    let used = taxonomy.into_iter().flat_map(|taxonomy| &taxonomy.terms);
    used.map(|term| Item::new(ItemKind::Term, term.slug.as_str()).detail(format!("used {} times", term.members.len()))).collect()
}

/// The leaves of the cause taxonomy by their paths.
fn causes(config: &Config) -> Vec<Item> {
    let leaves = config.causes.branches.iter().flat_map(|branch| branch.leaves.iter().map(move |leaf| (branch, leaf)));
    let item = |(branch, leaf): (&CauseBranch, &CauseLeaf)| {
        let item = Item::new(ItemKind::Term, format!("{}/{}", branch.id, leaf.id)).detail(leaf.name.as_str());
        item.meaning(super::hover::cause(branch, leaf))
    };
    leaves.map(item).collect()
}

/// The people of the site by their ids.
fn people(config: &Config) -> Vec<Item> {
    let person = |(id, person): (&String, &Person)| {
        Item::new(ItemKind::Term, id.as_str()).detail(person.name.as_str()).meaning(person.role.as_str())
    };
    config.people.iter().map(person).collect()
}

/// The teams and houses of the site by their ids.
fn owners(config: &Config) -> Vec<Item> {
    let owner = |(id, owner): (&String, &Owner)| {
        Item::new(ItemKind::Term, id.as_str()).detail(owner.name.as_str()).meaning(owner.description.as_str())
    };
    config.owners.iter().map(owner).collect()
}

/// Words of a fixed list with their names.
fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str, name: fn(T) -> &'static str) -> Vec<Item> {
    all.iter().map(|value| Item::new(ItemKind::Word, word(*value)).detail(name(*value))).collect()
}
