//! Whether anything internal is in the files of a built site, whoever made them: the proof that can be asked for after a host, a theme or a
//! person has had a hand in it.
//!
//! All that the public must not read is taken from the sources, cut into runs of five words ([shingles][1]) and looked for in whatever can be
//! read in a file. Taken away is what the public part of the sources says as well; and where the public site, made once more for this, says
//! a few words of its own accord, finding them is no finding. So an untouched site gives none, and the time taken grows with the sources and the
//! files, not with their product.
//!
//! [1]: https://doi.org/10.1109/SEQUEN.1997.666900 "A. Z. Broder, On the resemblance and containment of documents, 1997"

mod internal;
mod piece;
mod readable;
mod word;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use crate::check::{self, Exposure, Exposures};
use crate::checksum::SUMS;
use crate::config::{Config, owners_named};
use crate::diagnostic::{Diagnostic, RuleName, SourcePath, Span};
use crate::edition::{Drafts, Reason, withheld_from_public};
use crate::frontmatter::{Entry, Node, Value};
use crate::model::{DocumentRef, Secrecy, merged};
use crate::pipeline::{Project, Understood};
use crate::render::export::row::Row as _;
use crate::render::export::{ActionRow, CauseRow, IncidentRow, schema};
use crate::render::{Body, render};
use crate::site::{OURS, Route, Site, file_of_url};
use crate::source::{Attachment, CONFIG_FILE};
use internal::{Internal, Origin, Passage};
use piece::{Pieces, pieces};
use readable::{Places, Readable};
use word::{Gap, Key, push_words, words};

pub use readable::Unseen;

/// What must not be in the files of a public site, ready to be looked for.
#[derive(Debug)]
pub struct Audit {
    internal: Internal,
    exposures: Exposures,
    /// What the public site exposes of its own accord.
    exposed: HashSet<(RuleName, String)>,
    /// The files beside the documents that the public site does not have, by the hash of their content.
    attachments: HashMap<u128, SourcePath>,
    /// The addresses of withheld documents.
    addresses: BTreeMap<String, (Source, Reason)>,
    /// The files of the public site.
    files: HashSet<String>,
    withheld: Vec<Withheld>,
}

/// What the public does not read of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The file.
    pub path: SourcePath,
    /// Whether it is the whole document; then there is one part, where it says so.
    pub is_whole: bool,
    /// What, and why, in order of place.
    pub parts: Vec<(Span, Reason)>,
}

/// Something in a file that the public must not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it is.
    pub place: Place,
    /// The words, as far as they may be repeated.
    pub words: String,
    /// Why nobody outside should read them.
    pub why: Why,
    /// Where they come from, if that is known.
    pub source: Option<Source>,
}

/// Where in a file something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the path of the file.
    Path,
    /// It is the file as a whole.
    Whole,
    /// In its text: line and column, from 1.
    Line(u32, u32),
    /// In its bytes, from 0.
    Byte(usize),
    /// In something packed in it.
    Packed,
}

/// A place in the sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub path: SourcePath,
    /// Where in it.
    pub span: Span,
}

/// Why nobody outside should read something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The public edition does not hold it.
    Withheld(Reason),
    /// Settings that the public edition does not show.
    Setting,
    /// A rule speaks of it, wherever it comes from: what it is.
    Exposed(RuleName, &'static str),
    /// A file beside the documents that nothing public links to.
    Attachment,
    /// The page of a document that the public edition does not hold.
    Address(Reason),
}

impl Why {
    /// The reason in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Withheld(reason) => reason.words().to_owned(),
            Self::Setting => "a setting that the public edition does not show".to_owned(),
            Self::Exposed(rule, what) => format!("{what} (`{rule}`)"),
            Self::Attachment => "a file that nothing public links to".to_owned(),
            Self::Address(reason) => format!("the page of a withheld document: {}", reason.words()),
        }
    }

    /// The reason in one word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Withheld(_) => "withheld",
            Self::Setting => "setting",
            Self::Exposed(rule, _) => rule.0,
            Self::Attachment => "attachment",
            Self::Address(_) => "address",
        }
    }
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audited {
    /// What the public must not read, in order of place.
    pub findings: Vec<Finding>,
    /// Whether the public build of the same sources has a file of this name.
    pub is_of_build: bool,
    /// What cannot be read of it.
    pub unseen: Option<Unseen>,
}

impl Audit {
    /// Gathers what the public must not read. `public` is the public site of the project and `whole` the internal one, drafts and all; `drafts`
    /// says whether the public one has drafts.
    ///
    /// # Errors
    /// A template error: without the public site nobody knows what it says.
    pub fn new(project: &Project, understood: &Understood, public: &Site, whole: &Site, drafts: Drafts) -> Result<Self, Box<Diagnostic>> {
        let documents = understood.corpus.documents();
        let withheld = documents.filter_map(|(_, document)| withheld(document, project, public, drafts)).collect();
        let mut audit = Self {
            internal: Internal::default(),
            exposures: Exposures::of(&project.config),
            exposed: HashSet::new(),
            attachments: HashMap::new(),
            addresses: BTreeMap::new(),
            files: HashSet::new(),
            withheld,
        };
        audit.gather_documents(project, understood, whole);
        audit.gather_owners(understood);
        audit.gather_comments(project, understood);
        audit.gather_settings(project);
        audit.forget_public(project, understood);
        let published = audit.note_shown(project, public)?;
        audit.gather_attachments(project, &published);
        Ok(audit)
    }

    /// What the public does not read, document by document.
    #[must_use]
    pub fn withheld(&self) -> &[Withheld] {
        &self.withheld
    }

    /// Looks for it in a file, by its path below the root of the site.
    #[must_use]
    pub fn file(&self, path: &str, bytes: &[u8]) -> Audited {
        let Readable { text, places, unseen } = readable::read(path, bytes);
        let is_of_build = self.files.contains(path) || path == SUMS || path.starts_with(OURS);
        let mut findings = self.path(path);
        findings.extend(self.attachments.get(&xxh3_128(bytes)).map(|attachment| Finding {
            place: Place::Whole,
            words: String::new(),
            why: Why::Attachment,
            source: Some(Source { path: attachment.clone(), span: Span::default() }),
        }));
        let mut found: Vec<(usize, Found)> =
            self.search(text.as_str()).into_iter().map(|found| (text.place(found.range.start), found)).collect();
        found.sort_by_key(|(at, _)| *at);
        let mut lines = if let Places::Text(text) = &places { Some(Lines::new(text)) } else { None };
        findings.extend(found.into_iter().map(|(at, found)| match (&mut lines, &places) {
            (Some(lines), _) => found.at(lines.place(at)),
            (None, Places::Packed) => found.at(Place::Packed),
            (None, _) => found.at(Place::Byte(at)),
        }));
        Audited { findings, is_of_build, unseen }
    }

    /// What the path of a file tells.
    fn path(&self, path: &str) -> Vec<Finding> {
        let findings: Vec<Finding> = self.search(path).into_iter().map(|found| found.at(Place::Path)).collect();
        if !findings.is_empty() || self.files.contains(path) {
            return findings;
        }
        let page = path.strip_suffix("index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
        let folders = page.match_indices('/').filter_map(|(end, _)| self.addresses.get(page.get(..=end)?));
        let document = self.addresses.get(&format!("{page}/")).into_iter().chain(folders).next();
        let finding = |(source, reason): &(Source, Reason)| Finding {
            place: Place::Path,
            words: path.to_owned(),
            why: Why::Address(*reason),
            source: Some(source.clone()),
        };
        document.map(finding).into_iter().collect()
    }

    /// What a text has of it: passages, then what the rules find.
    fn search(&self, text: &str) -> Vec<Found> {
        let mut exposures = self.exposures.find(text);
        exposures.retain(|exposure| !self.exposed.contains(&exposed(text, exposure)));
        // Who is named in the settings is told as somebody, and not as a setting.
        let is_told = |passage: &Passage| {
            let next = exposures.partition_point(|exposure| exposure.range.end <= passage.range.start);
            passage.why == Why::Setting && exposures.get(next).is_some_and(|exposure| exposure.range.start < passage.range.end)
        };
        let passages = self.internal.passages(&words(text)).into_iter().filter(|passage| !is_told(passage));
        let passages = passages.map(|Passage { range, source, why }| {
            let words = text.get(range.clone()).unwrap_or_default().to_owned();
            Found { range, words, why, source: Some(source) }
        });
        let mut found: Vec<Found> = passages.collect();
        found.extend(exposures.into_iter().map(|Exposure { rule, what, shown, range }| {
            let why = Why::Exposed(rule, what);
            Found { range, words: shown, why, source: None }
        }));
        found
    }

    fn gather_documents(&mut self, project: &Project, understood: &Understood, whole: &Site) {
        for Withheld { path, is_whole, parts } in &self.withheld {
            let (Some((_, document)), Some(text)) = (understood.corpus.by_path(path), project.text(path)) else { continue };
            let entries = document.head().metadata.entries.iter();
            let entries: BTreeMap<Span, &Entry> = entries.map(|entry| (entry.span(), entry)).collect();
            for (span, reason) in parts {
                let why = Why::Withheld(*reason);
                let origin = self.internal.add_origin(Origin { path: path.clone(), why });
                if !is_whole {
                    match entries.get(span) {
                        Some(entry) => gather_entry(&mut self.internal, origin, entry, text),
                        None => self.internal.add_text(origin, text, span.range()),
                    }
                    continue;
                }
                gather_document(&mut self.internal, origin, document, text);
                let address = whole.corpus().by_path(path).map(|(id, _)| whole.document_url(id));
                if let Some(address) = address.filter(|address| !address.is_empty()) {
                    self.internal.add_name(origin, &address, span.range());
                    self.addresses.insert(address, (Source { path: path.clone(), span: *span }, *reason));
                }
            }
        }
    }

    /// Who sees to the actions of public documents: the public edition names teams and roles, and nobody else.
    fn gather_owners(&mut self, understood: &Understood) {
        for postmortem in &understood.corpus.postmortems {
            for owner in postmortem.actions.iter().filter_map(|action| action.owner.as_ref()) {
                let why = Why::Withheld(Reason::Field);
                let origin = self.internal.add_origin(Origin { path: postmortem.head.path.clone(), why });
                // "Research and Development" may be one.
                for name in std::iter::once(owner.value.as_str()).chain(owners_named(&owner.value)) {
                    self.internal.add_title(origin, name, owner.span.range());
                }
            }
        }
    }

    fn gather_settings(&mut self, project: &Project) {
        let path = SourcePath::from(CONFIG_FILE);
        let Some(text) = project.text(&path) else { return };
        let origin = self.internal.add_origin(Origin { path, why: Why::Setting });
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let marks: &[char] = if line.starts_with('[') { &['[', ']', '.'] } else { &['=', '"', '#'] };
            for value in line.split(marks) {
                self.internal.add_settings(origin, text, at..at + value.len());
                at += value.len() + 1;
            }
            at -= 1;
        }
    }

    /// Comments in the metadata, which the program never reads, and which no edition shows.
    fn gather_comments(&mut self, project: &Project, understood: &Understood) {
        for (_, document) in understood.corpus.documents() {
            let head = document.head();
            let text = project.text(&head.path).unwrap_or_default();
            let metadata = text.get(..head.body_span.start as usize).filter(|metadata| metadata.contains('#'));
            let Some(metadata) = metadata else { continue };
            let mut written: Vec<Span> = head.metadata.entries.iter().flat_map(keys_and_scalars).collect();
            written.sort_unstable();
            let origin = self.internal.add_origin(Origin { path: head.path.clone(), why: Why::Withheld(Reason::Marked(Secrecy::Comment)) });
            for between in around(&written, 0..metadata.len()) {
                if let Some(comment) = metadata.get(between.clone()).and_then(|text| text.find('#')) {
                    self.internal.add_text(origin, text, between.start + comment..between.end);
                }
            }
        }
    }

    /// Forgets what anybody may read without the site, or in the public part of the sources: documents, the pages on the rules, the theme.
    fn forget_public(&mut self, project: &Project, understood: &Understood) {
        let withheld: HashMap<&SourcePath, &Withheld> = self.withheld.iter().map(|withheld| (&withheld.path, withheld)).collect();
        let internal = &self.internal;
        let in_text = |text: &str, range: Range<usize>| -> Vec<Key> {
            let mut plain = Vec::new();
            push_words(text, range.clone(), Gap::Break, &mut plain);
            let mut keys = internal.keys_in(&plain);
            let Pieces { words, addresses } = pieces(text, range);
            keys.extend([words, addresses].iter().flat_map(|words| internal.keys_in(words)));
            keys
        };
        let documents: Vec<DocumentRef<'_>> = understood.corpus.documents().map(|(_, document)| document).collect();
        let of_documents = documents.par_iter().flat_map_iter(|document| {
            let head = document.head();
            let text = project.text(&head.path).unwrap_or_default();
            let parts = match withheld.get(&head.path) {
                Some(withheld) if withheld.is_whole => return Vec::new(),
                Some(withheld) => merged(withheld.parts.iter().map(|(span, _)| *span).collect()),
                None => Vec::new(),
            };
            let is_public = |span: &Span| {
                let begun = parts.partition_point(|part| part.start <= span.start);
                !parts.get(..begun).and_then(<[Span]>::last).is_some_and(|part| part.contains(*span))
            };
            let metadata = head.metadata.entries.iter().flat_map(keys_and_scalars).filter(is_public).map(Span::range);
            let written = metadata.chain(around(&parts, head.body_span.range())).flat_map(|range| in_text(text, range));
            let names = [head.path.as_str(), &head.slug.value].into_iter().flat_map(|name| in_text(name, 0..name.len()));
            written.chain(names).collect::<Vec<_>>()
        });
        let manual = if project.config.site.rules { check::manual_pages(&project.config) } else { Vec::new() };
        let of_manual = manual.par_iter().flat_map_iter(|(_, text)| in_text(text, 0..text.len()));
        let of_theme = theme(project).collect::<Vec<_>>().into_par_iter().flat_map_iter(|text| in_text(text, 0..text.len()));
        let of_field = words_of_the_field(&project.config).into_par_iter().flat_map_iter(|text| in_text(&text, 0..text.len()));
        let keys: Vec<Key> = of_documents.chain(of_manual).chain(of_theme).chain(of_field).collect();
        self.internal.forget(&keys);
    }

    /// Takes note of what the public site says, and gives the paths of the sources that it publishes as they are.
    fn note_shown(&mut self, project: &Project, public: &Site) -> Result<BTreeSet<SourcePath>, Box<Diagnostic>> {
        let routes: Vec<(&str, Route)> = public.routes().map(|(url, route)| (url, *route)).chain(public.search_routes()).collect();
        let read = |(url, route): &(&str, Route)| -> Result<_, Box<Diagnostic>> {
            let path = file_of_url(url).into_owned();
            let bytes = match render(public, *route)?.body {
                Body::Bytes(bytes) => bytes,
                Body::File(source) => return Ok((path, Some(source.clone()), Vec::new(), Vec::new())),
            };
            let Readable { text, .. } = readable::read(&path, &bytes);
            let exposed: Vec<_> = self.exposures.find(text.as_str()).iter().map(|exposure| exposed(text.as_str(), exposure)).collect();
            let mut keys = self.internal.keys_in(&words(text.as_str()));
            keys.extend(self.internal.keys_in(&words(&path)));
            Ok((path, None, keys, exposed))
        };
        // Gathered before an error is looked for, so that of several the first is told.
        let read: Vec<Result<_, _>> = routes.par_iter().map(read).collect();
        let mut published = BTreeSet::new();
        for read in read {
            let (path, source, keys, exposed) = read?;
            self.files.insert(path);
            self.internal.note_shown(keys);
            self.exposed.extend(exposed);
            published.extend(source);
        }
        // What the public site says of services, tags and steps of severity stands in the settings.
        let settings = project.text(&SourcePath::from(CONFIG_FILE)).unwrap_or_default();
        let said = self.internal.shown_of(self.internal.keys_in(&words(settings)));
        self.internal.forget(&said);
        // What the site's own theme exposes is not public because every page says it.
        for text in theme(project) {
            for found in self.exposures.find(text) {
                self.exposed.remove(&exposed(text, &found));
            }
        }
        Ok(published)
    }

    /// Files beside the documents that the public site does not have: not under this name, and not under another.
    fn gather_attachments(&mut self, project: &Project, published: &BTreeSet<SourcePath>) {
        let attachments: Vec<&Attachment> = project.sources.attachments().filter(|attachment| attachment.len > 0).collect();
        let public: HashSet<u128> =
            attachments.iter().filter(|attachment| published.contains(&attachment.path)).map(|attachment| attachment.hash).collect();
        // Of several with the same content the first is told.
        let withheld = attachments.iter().rev().filter(|attachment| !public.contains(&attachment.hash));
        self.attachments = withheld.map(|attachment| (attachment.hash, attachment.path.clone())).collect();
    }
}

/// Something in a text that the public must not read.
struct Found {
    /// Where it is in the text.
    range: Range<usize>,
    words: String,
    why: Why,
    source: Option<Source>,
}

impl Found {
    fn at(self, place: Place) -> Finding {
        let Self { words, why, source, .. } = self;
        Finding { place, words, why, source }
    }
}

/// What the public does not read of a document; nothing where it reads all of it.
fn withheld(document: DocumentRef<'_>, project: &Project, public: &Site, drafts: Drafts) -> Option<Withheld> {
    let head = document.head();
    let mut parts = withheld_from_public(document, &project.config, drafts, public.build().today);
    let mut is_whole = parts.iter().any(|(_, reason)| reason.is_of_whole());
    if !is_whole && public.corpus().by_path(&head.path).is_none() {
        (is_whole, parts) = (true, vec![(head.title.span, Reason::Doubtful)]);
    }
    (!parts.is_empty()).then(|| Withheld { path: head.path.clone(), is_whole, parts })
}

/// Adds a document of which the public reads nothing: what it is called, its metadata, its text.
fn gather_document(internal: &mut Internal, origin: u32, document: DocumentRef<'_>, text: &str) {
    let head = document.head();
    internal.add_title(origin, &head.title_text, head.title.span.range());
    let stem = head.path.file_name().split('.').next().unwrap_or_default();
    let names = std::iter::once(&head.slug).chain(&head.aliases).map(|name| (name.value.as_str(), name.span.range()));
    for (name, written) in names.chain([(stem, 0..0)]) {
        internal.add_name(origin, name, written);
    }
    if let DocumentRef::Postmortem(postmortem) = document {
        internal.add_id(origin, &postmortem.id.value, postmortem.id.span.range());
    }
    head.metadata.entries.iter().for_each(|entry| gather_entry(internal, origin, entry, text));
    internal.add_text(origin, text, head.body_span.range());
}

/// Adds an entry of the metadata, each scalar in it by itself.
fn gather_entry(internal: &mut Internal, origin: u32, entry: &Entry, text: &str) {
    for span in keys_and_scalars(entry).into_iter().filter(|span| *span != entry.key.span) {
        internal.add_text(origin, text, span.range());
    }
}

/// The places of the keys and scalars of an entry of the metadata.
fn keys_and_scalars(entry: &Entry) -> Vec<Span> {
    fn gather(node: &Node, spans: &mut Vec<Span>) {
        match &node.value {
            Value::Scalar(_) => spans.push(node.span),
            Value::Sequence(items) => items.iter().for_each(|item| gather(item, spans)),
            Value::Mapping(mapping) => mapping.entries.iter().for_each(|entry| {
                spans.push(entry.key.span);
                gather(&entry.value, spans);
            }),
        }
    }
    let mut spans = vec![entry.key.span];
    gather(&entry.value, &mut spans);
    spans
}

/// What of a range stands around parts, which are in order.
fn around(parts: &[Span], range: Range<usize>) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut at = range.start;
    for part in parts.iter().map(|part| part.range()).chain(std::iter::once(range.end..range.end)) {
        if part.start > at {
            ranges.push(at..part.start);
        }
        at = at.max(part.end);
    }
    ranges
}

/// The texts of the site's own theme, and of a logo that is one.
fn theme(project: &Project) -> impl Iterator<Item = &str> {
    let assets = project.sources.assets().filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
    project.sources.theme_files().filter_map(|file| file.text().map(|text| &**text)).chain(assets)
}

/// What stands in every house's documents and files: the headings of sections, what is asked for in them, the causes that this program knows, the
/// columns of its tables and what its schemas say of them.
fn words_of_the_field(config: &Config) -> Vec<String> {
    let sections = config.sections.iter().flat_map(|section| section.aliases.iter().chain([&section.title, &section.prompt]));
    let mut words: Vec<String> = sections.cloned().collect();
    let known = Config::default().causes;
    let paths = known.branches.iter().flat_map(|branch| branch.leaves.iter().map(|leaf| format!("{}/{}", branch.id, leaf.id)));
    words.extend(paths);
    let leaves = known.branches.iter().flat_map(|branch| &branch.leaves).chain(&known.triggers);
    for leaf in leaves {
        words.extend([&leaf.name, &leaf.definition, &leaf.not].into_iter().chain(&leaf.signs).chain(&leaf.prevention).cloned());
    }
    words.extend(known.branches.into_iter().flat_map(|branch| [branch.name, branch.definition]));
    words.extend(schema::ALL.map(str::to_owned));
    words.extend([IncidentRow::columns(), ActionRow::columns(), CauseRow::columns()].map(|columns| columns.join(",")));
    words
}

/// Something that a text exposes, for comparing.
fn exposed(text: &str, exposure: &Exposure) -> (RuleName, String) {
    (exposure.rule, text.get(exposure.range.clone()).unwrap_or_default().to_lowercase())
}

/// The lines of a text, gone through once.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    column: u32,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, line: 1, column: 1 }
    }

    /// The line and column of a place that is not before the last one asked for.
    fn place(&mut self, at: usize) -> Place {
        for c in self.text.get(self.at..at).unwrap_or_default().chars() {
            (self.line, self.column) = if c == '\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        }
        self.at = at.max(self.at);
        Place::Line(self.line, self.column)
    }
}
