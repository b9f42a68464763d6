//! Where links lead.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;
use foldhash::{HashMap, HashSet};
use rayon::prelude::*;

use super::IsAttachment;
use crate::config::{Config, Content};
use crate::diagnostic::SourcePath;
use crate::markdown::LinkOrigin;
use crate::model::{Corpus, DocumentId, DocumentRef, WrittenLink, portable};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Another site, or a mail address: an address with a scheme.
    External,
    /// A document of this site.
    Document {
        /// Which.
        id: DocumentId,
        /// The heading named, without `#`; empty for none.
        fragment: String,
        /// Whether the document has that heading.
        found: bool,
    },
    /// A file beside the documents, by its path.
    Attachment(String),
    /// An address of this site from its root as written (`/search/?q=dns`), to be held against the routes.
    Address(String),
    /// Another system's template syntax; kept as text.
    Foreign,
    /// Nothing there.
    Broken,
}

/// Where every link leads: for each document, as many targets as its `links`, in the same order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct References {
    targets: BTreeMap<DocumentId, Vec<Target>>,
    /// The files beside the documents that some link leads to, in order of path.
    attachments: Vec<SourcePath>,
    /// The documents that have links to written addresses.
    by_address: Vec<DocumentId>,
    names: Arc<Names>,
}

/// What documents are called.
#[derive(Debug, Default, PartialEq, Eq)]
struct Names {
    by_name: HashMap<String, DocumentId>,
    by_path: HashMap<SourcePath, DocumentId>,
}

impl References {
    /// The targets of a document's links, in their order.
    #[must_use]
    pub fn of(&self, id: DocumentId) -> &[Target] {
        self.targets.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Every document that has links, with where they lead.
    pub fn iter(&self) -> impl Iterator<Item = (DocumentId, &[Target])> {
        self.targets.iter().map(|(id, targets)| (*id, targets.as_slice()))
    }

    /// The files beside the documents that some link leads to, in order of path, each once.
    #[must_use]
    pub fn attachments(&self) -> &[SourcePath] {
        &self.attachments
    }

    /// The documents with links to addresses of the site that somebody wrote by hand ([`Target::Address`]), with where all their links lead.
    pub fn by_address(&self) -> impl Iterator<Item = (DocumentId, &[Target])> {
        self.by_address.iter().map(|id| (*id, self.of(*id)))
    }

    /// The document an id, slug, file name or title names; case does not matter.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<DocumentId> {
        self.names.by_name.get(&portable(name)).copied()
    }

    /// Whether both look names up in one table.
    pub(super) fn shares_names(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.names, &other.names)
    }
}

/// Follows every link of every document, by the names of `before` where nothing is called otherwise since.
pub(super) fn resolve(corpus: &Corpus, config: &Config, attachments: &IsAttachment<'_>, before: Option<&References>) -> References {
    let names = before.map_or_else(|| Arc::new(Names::of(corpus)), |before| Arc::clone(&before.names));
    let unread = |count: usize| (0..count).map(|_| OnceLock::new()).collect();
    let resolver = Resolver {
        corpus,
        content: &config.content,
        names: &names,
        attachments,
        anchors: Anchors { postmortems: unread(corpus.postmortems.len()), pages: unread(corpus.pages.len()) },
    };
    let documents: Vec<(DocumentId, DocumentRef<'_>)> = corpus.documents().filter(|(_, d)| !d.head().links.is_empty()).collect();
    let follow = |&(id, document): &(DocumentId, DocumentRef<'_>)| {
        (id, document.head().links.iter().map(|link| resolver.target(id, document, link)).collect::<Vec<Target>>())
    };
    let targets: Vec<(DocumentId, Vec<Target>)> = documents.par_iter().map(follow).collect();
    let all = targets.iter().flat_map(|(_, targets)| targets);
    let mut attachments: Vec<SourcePath> =
        all.filter_map(|target| if let Target::Attachment(path) = target { Some(SourcePath::from(path.as_str())) } else { None }).collect();
    attachments.sort();
    attachments.dedup();
    let has_address = |(_, targets): &&(DocumentId, Vec<Target>)| targets.iter().any(|target| matches!(target, Target::Address(_)));
    let by_address = targets.iter().filter(has_address).map(|(id, _)| *id).collect();
    References { targets: targets.into_iter().collect(), attachments, by_address, names }
}

/// Who links to whom, each once, never to itself.
pub(super) fn backlinks(references: &References) -> BTreeMap<DocumentId, Vec<DocumentId>> {
    let mut backlinks: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
    for (from, targets) in references.iter() {
        for target in targets {
            if let Target::Document { id, .. } = target
                && *id != from
            {
                let sources = backlinks.entry(*id).or_default();
                if sources.last() != Some(&from) {
                    sources.push(from);
                }
            }
        }
    }
    backlinks
}

impl Names {
    /// Documents by id, then slug, then file name, then title: the first to claim a name keeps it.
    fn of(corpus: &Corpus) -> Self {
        let documents: Vec<(DocumentId, DocumentRef<'_>)> = corpus.documents().collect();
        let names_of = |(id, document): &(DocumentId, DocumentRef<'_>)| {
            let head = document.head();
            let file = head.path.file_name();
            let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
            let own = if let DocumentRef::Postmortem(postmortem) = document { postmortem.id.as_str() } else { "" };
            (*id, [own, &head.slug, stem, &head.title_text].map(portable))
        };
        let mut claimed: Vec<(DocumentId, [String; 4])> = documents.par_iter().map(names_of).collect();
        let mut by_name = HashMap::with_capacity_and_hasher(4 * claimed.len(), RandomState::default());
        for way in 0..4 {
            for (id, ways) in &mut claimed {
                let name = ways.get_mut(way).map(std::mem::take).unwrap_or_default();
                if !name.is_empty() {
                    by_name.entry(name).or_insert(*id);
                }
            }
        }
        Self { by_name, by_path: documents.iter().map(|(id, document)| (document.head().path.clone(), *id)).collect() }
    }
}

struct Resolver<'a> {
    corpus: &'a Corpus,
    content: &'a Content,
    names: &'a Names,
    attachments: &'a IsAttachment<'a>,
    anchors: Anchors<'a>,
}

/// The headings and terms of documents that links name one of, read once for each.
struct Anchors<'a> {
    postmortems: Vec<OnceLock<HashSet<&'a str>>>,
    pages: Vec<OnceLock<HashSet<&'a str>>>,
}

impl Resolver<'_> {
    fn target(&self, from: DocumentId, document: DocumentRef<'_>, link: &WrittenLink) -> Target {
        let target = link.target.value.trim();
        if link.origin == LinkOrigin::Wiki {
            return self.wiki(target);
        }
        if matches!(link.origin, LinkOrigin::Autolink | LinkOrigin::Bare) || has_scheme(target) || target.starts_with("//") {
            return Target::External;
        }
        if target.contains("{{") || target.contains("{%") {
            return Target::Foreign;
        }
        let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        if path.is_empty() {
            return self.document(from, fragment);
        }
        let path = percent_decode(path);
        if let Some(rooted) = path.strip_prefix('/') {
            return self.rooted(rooted, fragment).unwrap_or_else(|| Target::Address(target.to_owned()));
        }
        let Some(joined) = document.head().path.beside(&path) else { return Target::Broken };
        self.file(&joined, fragment).or_else(|| self.page_address(&path, fragment)).unwrap_or(Target::Broken)
    }

    /// A link written for the site rather than for the folder: `incidents/<slug>`, or from one incident to another `../<slug>/`.
    fn page_address(&self, path: &str, fragment: &str) -> Option<Target> {
        let mut parts = path.trim_end_matches('/').rsplit('/');
        let name = parts.next()?;
        let id = self.names.by_name.get(&portable(name)).filter(|_| matches!(parts.next(), Some("incidents" | "..")))?;
        let DocumentId::Postmortem(n) = id else { return None };
        (*self.corpus.postmortems.get(*n)?.head.slug == name).then(|| self.document(*id, fragment))
    }

    fn wiki(&self, target: &str) -> Target {
        let (name, fragment) = target.split_once('#').unwrap_or((target, ""));
        self.names.by_name.get(&portable(name)).map_or(Target::Broken, |id| self.document(*id, fragment))
    }

    /// A path from `/`: a file below the content folder or the project, or the page of a document.
    fn rooted(&self, path: &str, fragment: &str) -> Option<Target> {
        let below_content = self.content.path(path);
        let file = [below_content.as_str(), path].into_iter().find_map(|path| self.file(path, fragment));
        file.or_else(|| self.page_address(path, fragment))
    }

    fn file(&self, path: &str, fragment: &str) -> Option<Target> {
        let trimmed = path.trim_end_matches('/');
        let candidates = [trimmed.to_owned(), format!("{trimmed}.md"), format!("{trimmed}/index.md")];
        if let Some(id) = candidates.iter().find_map(|candidate| self.names.by_path.get(candidate.as_str())) {
            return Some(self.document(*id, fragment));
        }
        (self.attachments)(trimmed).then(|| Target::Attachment(trimmed.to_owned()))
    }

    fn document(&self, id: DocumentId, fragment: &str) -> Target {
        let fragment = percent_decode(fragment);
        let found = fragment.is_empty() || self.has_anchor(id, &fragment);
        Target::Document { id, fragment, found }
    }
}

impl<'a> Resolver<'a> {
    /// Whether a heading or a term that is defined is called so.
    fn has_anchor(&self, id: DocumentId, fragment: &str) -> bool {
        let read = || {
            let Some(body) = self.corpus.get(id).map(DocumentRef::body) else { return HashSet::default() };
            let mut anchors: HashSet<&'a str> = body.sections.iter().map(|section| &*section.id).collect();
            body.each_definition(&mut |entry| _ = anchors.insert(&*entry.id));
            anchors
        };
        let anchors = match id {
            DocumentId::Postmortem(n) => self.anchors.postmortems.get(n),
            DocumentId::Page(n) => self.anchors.pages.get(n),
        };
        anchors.is_some_and(|anchors| anchors.get_or_init(read).contains(fragment))
    }
}

/// Whether a target begins with a URI scheme (RFC 3986 §3.1), two letters at least, so that a drive letter is none.
fn has_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// Percent-decoding (RFC 3986 §2.1); a sequence that is not valid stays as it is.
pub(crate) fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let (b'%', Some(byte)) = (first, hex) {
            decoded.push(byte);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            decoded.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_told_from_paths() {
        assert!(has_scheme("https://x"));
        assert!(has_scheme("mailto:a@b.c"));
        assert!(!has_scheme("C:/x"));
        assert!(!has_scheme("a/b:c"));
    }

    #[test]
    fn percent_decoding_keeps_what_it_cannot_read() {
        assert_eq!(percent_decode("PM%20a%2fb"), "PM a/b");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%ff"), "%ff");
    }
}
