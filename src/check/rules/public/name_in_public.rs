//! `name-in-public`

use std::borrow::Cow;
use std::collections::HashMap;

use regex::Regex;

use crate::check::passage;
use crate::check::pattern::pattern;
use crate::check::rule::declare_rule;
use crate::check::rules::told_once;
use crate::check::{Context, Run};
use crate::config::{Config, Person};
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{DocumentRef, Visibility};

declare_rule! {
    /// A public document names somebody of `[people]`.
    ///
    /// ## Why
    ///
    /// To the public it does not matter who it was, and the one who is named may be sought out for it, even where nothing but good is said. The
    /// role tells more: a reader knows what an on-call engineer does, and does not know Ada.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Ada Lovelace rolled the change back at 14:31; @grace confirmed it.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// The on-call engineer rolled the change back at 14:31; a second engineer confirmed it.
    /// ```
    ///
    /// Read are title, summary, text, timeline and actions of documents with `visibility: public`, without `[!INTERNAL]` and `[!REASONING]`
    /// quotes and internal regions. Ids in `owner`, `authors` and the owner's column of actions are right where they are.
    ///
    /// ## Options
    ///
    /// People are known by name and by `@` and their id, as `site.toml` has them:
    ///
    /// ```toml
    /// [people.ada]
    /// name = "Ada Lovelace"
    /// role = "On-call engineer"
    /// ```
    static NAME_IN_PUBLIC = { name: "name-in-public", group: Public, level: Error, in_draft: Warning, run: Run::Corpus(find) }
}

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut people = None;
    let mut findings = Vec::new();
    for (_, document) in context.corpus.documents() {
        if document.visibility() == Visibility::Public && !context.config.people.is_empty() {
            let people = people.get_or_insert_with(|| People::of(context.config));
            findings.extend(find_in(document, people));
        }
    }
    findings
}

fn find_in(document: DocumentRef<'_>, people: &People<'_>) -> Vec<Diagnostic> {
    let head = document.head();
    let mut owners: Vec<Span> = match document {
        DocumentRef::Postmortem(postmortem) => postmortem.actions.iter().filter_map(|action| Some(action.owner.as_ref()?.span)).collect(),
        DocumentRef::Page(_) => Vec::new(),
    };
    owners.sort_unstable();
    let is_owner = |span: Span| owners.get(owners.partition_point(|owner| owner.end < span.end)).is_some_and(|owner| owner.contains(span));
    let mut findings = Vec::new();
    for passage in passage::of_public(document, &document.head().withheld) {
        for found in people.names.find_iter(&passage.text) {
            let (name, span) = (found.as_str(), passage.place(found.start(), found.end()));
            let is_an_owners_id = name.starts_with('@') && is_owner(span);
            if is_whole(&passage.text, found.start(), found.end()) && !is_an_owners_id {
                let finding = NAME_IN_PUBLIC.finding(&head.path, span, format!("`{name}` is named in public"));
                findings.push(finding.help(match people.roles.get(name) {
                    Some(role) => format!("name the role: `{role}`"),
                    None => "name the role; `[people]` of `site.toml` can say which it is".to_owned(),
                }));
            }
        }
    }
    told_once(findings)
}

/// The people of the settings, as texts name them.
struct People<'c> {
    names: Regex,
    /// By name, and by `@` and id; of those who have one.
    roles: HashMap<Cow<'c, str>, &'c str>,
}

impl<'c> People<'c> {
    fn of(config: &'c Config) -> Self {
        // Of two with one name the first counts.
        let with_role = config.people.iter().rev().filter(|(_, person)| !person.role.is_empty());
        let roles = with_role.flat_map(|(id, Person { name, role, .. })| {
            [(Cow::Borrowed(name.as_str()), role.as_str()), (Cow::Owned(format!("@{id}")), role.as_str())]
        });
        Self { names: names(config), roles: roles.collect() }
    }
}

/// Every name and every id with its `@`, longer ones first. Who has no name but an id, which may be a word like others, goes by `@` alone.
pub(in crate::check) fn names(config: &Config) -> Regex {
    let ids = config.people.keys().map(|id| format!("@{id}"));
    let has_name =
        |(id, person): &(&String, &Person)| person.name != **id && person.name.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let mut names: Vec<String> = config.people.iter().filter(has_name).map(|(_, person)| person.name.clone()).chain(ids).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    pattern(&names.iter().map(|name| regex::escape(name)).collect::<Vec<_>>().join("|"))
}

/// Whether nothing before or behind belongs to the same word.
pub(in crate::check) fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let is_joint = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@');
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    !before.ends_with(is_joint) && !after.starts_with(is_joint)
}
