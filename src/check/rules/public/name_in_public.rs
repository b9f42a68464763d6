//! `name-in-public`

mod beside;

use crate::check::passage;
use crate::check::rule::declare_rule;
use crate::check::rules::told_once;
use crate::check::{Context, Run};
use crate::config::{Config, Manner};
use crate::diagnostic::{Diagnostic, SourcePath, Span};
use crate::frontmatter::Entry;
use crate::model::{DocumentRef, Visibility};

declare_rule! {
    /// The public edition would name somebody of `[people]` where no role can stand for the name.
    ///
    /// ## Why
    ///
    /// To the public it does not matter who it was, and the one who is named may be sought out for it, even where nothing but good is said. The
    /// role tells more: a reader knows what an on-call engineer does, and does not know Ada. In the public edition a role stands for each name by
    /// itself; this finding is about the names for which it cannot.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// It was `@ada` who rolled back, as <https://chat.example.com/@ada> shows. Mark confirmed it.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// Ada Lovelace rolled the change back at 14:31; @mark confirmed it.
    /// ```
    ///
    /// The public reads of this that the on-call engineer rolled the change back and the release manager confirmed it. No role stands for somebody
    /// without one, in code, in addresses and raw HTML, for a name in parts (`**Ada** Lovelace`), for what is only near to a name (`A. Lovelace`,
    /// `Lovelace, Ada`), and for a name of one word, which may be a word like others: `@` and the id is sure. Nor does one stand in what is a key or an
    /// address, or becomes one: `id`, `slug`, `aliases`, tags, services, and the name of the file (`2026-ada-lovelace.md`). A role of letters, digits,
    /// blanks, hyphens, slashes and full stops can stand anywhere. An address names somebody, too, when one of its parts is their id.
    ///
    /// Looked at are documents with `visibility: public` without what is withheld in them, the fields of the metadata that the public reads
    /// among them. Whoever is in `acknowledgements` has agreed. Who sees to an action is told by role or team anyway. Where there is a public edition,
    /// so is what it shows of `site.toml`, the roles themselves among it, and the text of the files that public documents link to, of the logo and of
    /// the icon: in these each person is told once.
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

pub(in crate::check) use beside::named_in_settings;
pub use beside::published;

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let Config { people, .. } = context.config;
    if people.is_empty() {
        return Vec::new();
    }
    let documents = context.corpus.documents().map(|(_, document)| document);
    let public = documents.filter(|document| document.visibility() == Visibility::Public);
    let in_documents = public.flat_map(|document| find_in(context, document));
    in_documents.chain(named_in_settings(context)).chain(beside::named_in_files(context)).collect()
}

fn finding(path: &SourcePath, place: Span, name: &str) -> Diagnostic {
    NAME_IN_PUBLIC.finding(path, place, format!("`{name}` is named in public"))
}

fn find_in(context: &Context<'_>, document: DocumentRef<'_>) -> Vec<Diagnostic> {
    let Config { people, .. } = context.config;
    let head = document.head();
    let written = |span: Span| span.slice(context.text(&head.path));
    let mut findings = Vec::new();
    let mut tell = |span: Span, name: &str| {
        let role = people.named_in(name).first().map(|naming| naming.person.role.as_str()).filter(|role| !role.is_empty());
        findings.push(finding(&head.path, span, name).help(match role {
            Some(role) => format!("name the role: `{role}`"),
            None => "name the role; `[people]` of `site.toml` can say which it is".to_owned(),
        }));
    };
    let is_unread = |span: Span| {
        let begun = head.metadata.entries.partition_point(|entry| entry.key.span.start <= span.start);
        let entry = head.metadata.entries.get(..begun).and_then(<[Entry]>::last).filter(|entry| entry.value.span.contains(span));
        head.withheld.hides(span) || entry.is_some_and(|entry| !context.config.public_reads(&entry.key))
    };
    for named in head.named.iter().filter(|named| named.in_public.is_none() && !named.is_owner && !is_unread(named.span)) {
        tell(named.span, written(named.span));
    }
    // The path of the file is the address of the page, and stands in the exports.
    let path = head.path.as_str();
    for naming in people.named_in(path).into_iter().filter(|naming| naming.manner != Manner::Word) {
        tell(head.title.span, path.get(naming.range).unwrap_or_default());
    }
    // A name that markup or entities stand in is none in the file.
    let is_known = |span: Span| {
        let first = head.named.partition_point(|named| named.span.end <= span.start);
        head.named.get(first).is_some_and(|named| named.span.start < span.end)
    };
    for passage in passage::of_public(document, &head.withheld) {
        for naming in people.named_in(&passage.text) {
            let span = passage.place(naming.range.start, naming.range.end);
            if !is_known(span) {
                tell(span, passage.text.get(naming.range).unwrap_or_default());
            }
        }
    }
    for link in head.links.iter().filter(|link| !is_unread(link.target.span) && !is_known(link.target.span)) {
        let id = link.target.value.split(['/', '?', '#', ':', '=']).find(|part| people.contains_key(&part.to_lowercase()));
        if let Some(id) = id.filter(|_| link.target.value.contains("://")) {
            tell(link.target.span, id);
        }
    }
    told_once(findings)
}
