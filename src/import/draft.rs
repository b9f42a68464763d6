//! A document in the making: what a reader has understood, then its name, its links, its bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::yaml::{self, Yaml};
use super::{Format, Imported, Note, Outcome};
use crate::checksum::Sha256;
use crate::config::Config;
use crate::diagnostic::SourcePath;
use crate::frontmatter;
use crate::markdown::percent_encode;
use crate::markdown::text::on_one_line;
use crate::model::{AnyDocument, Milestone, Moment, portable};
use crate::parse::{self, Role};

/// The fields in the order in which a new document has them; others follow.
const ORDER: [&str; 24] = [
    "title",
    "id",
    "kind",
    "status",
    "visibility",
    "severity",
    "introduced_at",
    "started_at",
    "detected_at",
    "acknowledged_at",
    "declared_at",
    "mitigated_at",
    "resolved_at",
    "resolved",
    "public_at",
    "published_at",
    "services",
    "tags",
    "root_causes",
    "source",
    "archive",
    "owner",
    "authors",
    "summary",
];

/// What a reader has made of one incident.
#[derive(Debug, Clone)]
pub struct Draft {
    pub(super) format: Format,
    /// What the source knows it by: a path, a number, an address.
    pub(super) id: String,
    /// The hash of what it was made of.
    pub(super) hash: String,
    /// What the file is to be called, if it can be; else by the day and the title.
    pub(super) stem: Option<String>,
    pub(super) fields: Vec<(String, Yaml)>,
    /// What goes below `x`.
    pub(super) extra: Vec<(String, Yaml)>,
    pub(super) body: String,
    /// Places in the body that lead to another document of the source, or to a file beside.
    pub(super) links: Vec<(Range<usize>, Target)>,
    /// Files that belong to it.
    pub(super) attached: Vec<Attached>,
    /// Moments that stand for milestones where the text itself does not tell of them.
    pub(super) guesses: Vec<Guess>,
    pub(super) notes: Vec<Note>,
    /// The same, so that nothing is told twice.
    told: BTreeSet<Note>,
    /// The names of files beside it.
    pub(super) names: Names,
}

/// Names, each given once.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
    /// The last number that a name was given with.
    numbers: BTreeMap<String, usize>,
}

impl Names {
    /// The name, or the first of it with a number that nobody has.
    pub(super) fn free(&mut self, stem: &str, ending: &str) -> String {
        let wanted = format!("{stem}{ending}");
        let number = self.numbers.entry(wanted.clone()).or_insert(1);
        let mut name = wanted;
        while !self.taken.insert(name.clone()) {
            *number += 1;
            name = format!("{stem}-{number}{ending}");
        }
        name
    }
}

/// A moment that may be that of a milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Guess {
    /// The field: `started_at` or `resolved_at`.
    pub(super) field: &'static str,
    /// The moment.
    pub(super) moment: String,
    /// What it is in the source.
    pub(super) from: String,
    /// Why it may be wrong.
    pub(super) why: &'static str,
    /// Whether the moment stands in another field or in the name as well, so that it need not be kept where it is not taken.
    pub(super) is_told: bool,
}

/// Where a link of a body leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// To the document of this id, with what follows the path: `#root-cause`.
    Document(String, String),
    /// To a file beside the document.
    Attached(String),
}

/// A file that lies beside a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attached {
    /// A file of the source, by its path there.
    File {
        /// What it is called here.
        name: String,
        /// Where it is.
        from: SourcePath,
    },
    /// What the text itself held.
    Bytes {
        /// What it is called here.
        name: String,
        /// What is in it.
        bytes: Vec<u8>,
    },
}

impl Attached {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::File { name, .. } | Self::Bytes { name, .. } => name,
        }
    }
}

/// A document as it is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it was imported from.
    pub format: Format,
    /// What the source knows it by.
    pub id: String,
    /// The hash of what it was made of, as `imported_from` says it.
    pub hash: String,
    /// Where it goes.
    pub path: SourcePath,
    /// All of it.
    pub text: String,
    /// The files that go into its folder.
    pub attached: Vec<Attached>,
    /// What became of the source, in order of the source.
    pub notes: Vec<Note>,
}

/// Where documents go, and what is there.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The settings of the project.
    pub config: &'a Config,
    /// The folder of postmortems in the project; empty for the project itself.
    pub folder: String,
    /// The names of files and folders that no new document may have, in lower case and without ending.
    pub taken: BTreeSet<String>,
    /// Where that is which was imported before, by format and id.
    pub known: BTreeMap<(String, String), SourcePath>,
}

impl Draft {
    pub(super) fn new(format: Format, id: impl Into<String>, source: &str) -> Self {
        let mut hash = Sha256::of(source.as_bytes()).to_string();
        // It tells one text of a source from another, and need not withstand anybody.
        hash.truncate(16);
        Self {
            format,
            id: id.into(),
            hash,
            stem: None,
            fields: Vec::new(),
            extra: Vec::new(),
            body: String::new(),
            links: Vec::new(),
            attached: Vec::new(),
            guesses: Vec::new(),
            notes: Vec::new(),
            told: BTreeSet::new(),
            names: Names { taken: BTreeSet::from(["index.md".to_owned()]), ..Names::default() },
        }
    }

    pub(super) fn note(&mut self, outcome: Outcome, from: impl Into<String>, to: impl Into<String>, why: impl Into<String>) {
        let note = Note { outcome, from: from.into(), to: to.into(), why: why.into() };
        if self.told.insert(note.clone()) {
            self.notes.push(note);
        }
    }

    pub(super) fn get(&self, field: &str) -> Option<&Yaml> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value)
    }

    pub(super) fn set(&mut self, field: &str, value: Yaml) {
        let value = match value {
            Yaml::Text(title) if field == "title" => Yaml::Text(on_one_line(&title)),
            value => value,
        };
        self.fields.push((field.to_owned(), value));
    }

    /// Keeps what has no field of its own below `x`, under its own key or a number of it.
    pub(super) fn keep(&mut self, key: &str, value: Yaml, why: &str) {
        if value.is_empty() {
            return;
        }
        let (mut name, mut n) = (key.to_owned(), 1);
        while self.extra.iter().any(|(taken, _)| *taken == name) {
            n += 1;
            name = format!("{key}_{n}");
        }
        self.note(Outcome::Kept, key, format!("x.{name}"), why);
        self.extra.push((name, value));
    }

    /// The day on which it is filed.
    fn date(&self) -> Option<String> {
        let day = ["started_at", "detected_at", "published_at"].iter().find_map(|field| self.get(field)?.word().and_then(day_of));
        day.or_else(|| self.guesses.iter().find_map(|guess| day_of(&guess.moment)))
    }

    /// What the file would be called.
    fn name(&self) -> String {
        let stem = self.stem.as_deref().map(portable).unwrap_or_default();
        if !stem.is_empty() {
            return not_a_year(stem);
        }
        let title = portable(self.get("title").and_then(Yaml::word).unwrap_or_default());
        let day = self.date().filter(|day| !title.starts_with(day.as_str()));
        let name = portable(&[day.unwrap_or_default(), title].join("-"));
        if name.is_empty() { format!("imported-{}", self.hash) } else { not_a_year(name) }
    }
}

/// A year is a page of its own on every site.
fn not_a_year(name: String) -> String {
    if name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit()) { format!("incident-{name}") } else { name }
}

/// The day a moment begins with, where it begins with one.
pub(super) fn day_of(moment: &str) -> Option<String> {
    let day = moment.get(..10)?;
    day.parse::<jiff::civil::Date>().ok().map(|day| day.to_string())
}

/// Gives every draft its place, leads links to it, and prints it.
#[must_use]
pub fn lay_out(mut imported: Imported, ground: &Ground<'_>) -> Vec<Document> {
    tell_apart(&mut imported.drafts);
    let mut names = Names { taken: ground.taken.clone(), ..Names::default() };
    let mut paths: BTreeMap<String, SourcePath> = BTreeMap::new();
    for draft in &imported.drafts {
        let known = ground.known.get(&(draft.format.word().to_owned(), draft.id.clone()));
        let path = known.cloned().unwrap_or_else(|| {
            let name = names.free(&draft.name(), "");
            let file = if draft.attached.is_empty() { format!("{name}.md") } else { format!("{name}/index.md") };
            SourcePath::from(if ground.folder.is_empty() { file } else { format!("{}/{file}", ground.folder) })
        });
        paths.insert(draft.id.clone(), path);
    }
    imported.drafts.into_iter().filter_map(|draft| Some(document(paths.get(&draft.id)?.clone(), draft, &paths, ground.config))).collect()
}

/// Gives each draft an id of its own. Of two that are the same in all one is enough: pages of an answer overlap.
fn tell_apart(drafts: &mut Vec<Draft>) {
    let (mut ids, mut seen) = (Names::default(), BTreeSet::new());
    drafts.retain_mut(|draft| {
        let is_new = seen.insert((draft.id.clone(), draft.hash.clone()));
        if is_new {
            draft.id = ids.free(&draft.id, "");
        }
        is_new
    });
}

fn document(path: SourcePath, mut draft: Draft, paths: &BTreeMap<String, SourcePath>, config: &Config) -> Document {
    lead_links(&path, &mut draft, paths);
    let known = milestones(&path, &print(&draft), config);
    for Guess { field, moment, from, why, is_told: is_elsewhere } in std::mem::take(&mut draft.guesses) {
        // What the text tells goes before what a tool has noted down, and nothing happened before it began.
        let begun = |known: &Moment| parse::moment(&moment).is_some_and(|guess| known.certainly_before(&guess));
        let is_told = if field == "resolved_at" {
            known.contains_key(&Milestone::Resolved) || known.contains_key(&Milestone::Mitigated)
        } else {
            known.contains_key(&Milestone::Started) || known.values().any(begun)
        };
        if is_told && !is_elsewhere {
            draft.keep(&from, Yaml::text(moment), "the text itself tells when it was");
        } else if !is_told {
            draft.note(Outcome::Guessed, from, field, why);
            draft.set(field, Yaml::text(moment));
        }
    }
    let text = print(&draft);
    let Draft { format, id, hash, attached, notes, .. } = draft;
    Document { format, id, hash, path, text, attached, notes }
}

/// The milestones that a text tells, in its metadata or its timeline.
fn milestones(path: &SourcePath, text: &str, config: &Config) -> BTreeMap<Milestone, Moment> {
    match parse::document(path, text, Role::Postmortem, config).document {
        AnyDocument::Postmortem(postmortem) => postmortem.milestones.iter().map(|(milestone, at)| (*milestone, at.value)).collect(),
        AnyDocument::Page(_) => BTreeMap::new(),
    }
}

/// Writes into the body where its links lead from here.
fn lead_links(path: &SourcePath, draft: &mut Draft, paths: &BTreeMap<String, SourcePath>) {
    let mut links = std::mem::take(&mut draft.links);
    links.sort_by_key(|(place, _)| place.start);
    let mut body = String::with_capacity(draft.body.len());
    let mut done = 0;
    for (place, target) in links {
        let target = match target {
            Target::Document(id, rest) => match paths.get(&id) {
                Some(other) => percent_encode(&way(path.as_str(), other.as_str())) + &rest,
                None => continue,
            },
            Target::Attached(name) => percent_encode(&name),
        };
        // Of two that overlap the first holds.
        if let Some(between) = draft.body.get(done..place.start) {
            body.push_str(between);
            body.push_str(&target);
            done = place.end;
        }
    }
    body.push_str(draft.body.get(done..).unwrap_or_default());
    draft.body = body;
}

/// The way from one file of a project to another.
fn way(from: &str, to: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (from, to): (Vec<&str>, Vec<&str>) = (folder.split('/').filter(|part| !part.is_empty()).collect(), to.split('/').collect());
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    "../".repeat(from.len() - shared) + &to.get(shared..).unwrap_or_default().join("/")
}

/// All of a document. Metadata are read within limits: what is more than these goes to the end of the text, the longest fields first.
fn print(draft: &Draft) -> String {
    let moved: [&dyn Fn(&str) -> bool; 4] = [&|_| false, &|field| field == "updates", &|field| field != "title", &|_| true];
    let mut texts = moved.iter().map(|moved| print_without(draft, moved));
    let first = texts.next().unwrap_or_default();
    if is_readable(&first) { first } else { texts.find(|text| is_readable(text)).unwrap_or(first) }
}

fn is_readable(text: &str) -> bool {
    frontmatter::parse(text).problems.is_empty()
}

/// All of a document, with the fields that are `moved` in its text.
fn print_without(draft: &Draft, moved: &dyn Fn(&str) -> bool) -> String {
    let place = |name: &str| ORDER.iter().position(|field| *field == name).unwrap_or(ORDER.len());
    let mut fields = draft.fields.clone();
    fields.sort_by_key(|(name, _)| place(name));
    if !draft.extra.is_empty() {
        fields.push(("x".to_owned(), Yaml::Map(draft.extra.clone())));
    }
    let (long, fields): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(name, _)| moved(name));
    let origin = yaml::flow(&[("format", draft.format.word()), ("id", &draft.id), ("hash", &draft.hash)]);
    let mut text = format!("---\n{}imported_from: {origin}\n---\n", yaml::mapping(&fields));
    let body = draft.body.trim_matches('\n');
    if !body.trim().is_empty() {
        text.extend(["\n", body, "\n"]);
    }
    if !long.is_empty() {
        text.push_str("\n## Metadata of the source\n\n");
        text.push_str(&super::text::fenced("yaml", &yaml::mapping(&long)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_leads_from_a_file_to_a_file() {
        let ways = [("c/p/a/index.md", "c/p/b.md"), ("c/p/a.md", "c/p/b/index.md"), ("a.md", "b.md")];
        assert_eq!(ways.map(|(from, to)| way(from, to)), ["../b.md", "b/index.md", "b.md"]);
    }

    #[test]
    fn no_name_is_taken_twice_and_none_is_a_year() {
        let config = Config::default();
        let draft = |id: &str, stem: &str| Draft { stem: Some(stem.to_owned()), ..Draft::new(Format::Hugo, id, id) };
        let drafts =
            vec![draft("a", "2020"), draft("b", "X"), draft("c", "x"), draft("d", "../../etc"), draft("e", "???"), draft("f", "old")];
        let known = BTreeMap::from([(("hugo".to_owned(), "f".to_owned()), SourcePath::from("content/elsewhere.md"))]);
        let ground = Ground { config: &config, folder: "content/postmortems".to_owned(), taken: BTreeSet::from(["x".to_owned()]), known };
        let documents = lay_out(Imported { drafts, skipped: Vec::new() }, &ground);
        let paths: Vec<&str> = documents.iter().map(|document| document.path.as_str()).collect();
        let hash = &documents[4].hash;
        assert_eq!(
            paths,
            [
                "content/postmortems/incident-2020.md",
                "content/postmortems/x-2.md",
                "content/postmortems/x-3.md",
                "content/postmortems/etc.md",
                &format!("content/postmortems/imported-{hash}.md"),
                "content/elsewhere.md"
            ]
        );
    }
}
