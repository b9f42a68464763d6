//! What the text of a source leads to and shows: other documents of the source, files that come along, addresses of others.

use std::collections::{BTreeMap, BTreeSet};

use super::Outcome;
use super::draft::{Attached, Draft, Target};
use crate::diagnostic::{SourcePath, Span};
use crate::knowledge::percent_decode;
use crate::markdown::walk::{self, LinkRole};
use crate::markdown::{self, Link, LinkOrigin};
use crate::model::portable;
use crate::source::Sources;

/// Where links of a source are looked up.
#[derive(Debug)]
pub(super) struct Ways<'a> {
    sources: &'a Sources,
    /// The folder that addresses from the top begin at, and those of files that are published as they are.
    tops: Vec<String>,
    /// Documents by the name of their file alone, where only one has it.
    by_stem: BTreeMap<String, Option<&'a str>>,
    /// Documents by their path without endings; of one that is a folder, that of the folder as well.
    by_page: BTreeMap<&'a str, &'a str>,
}

/// Where a target leads.
enum Found<'a> {
    Document(&'a str),
    ByName(&'a str),
    File(SourcePath),
}

impl<'a> Ways<'a> {
    pub(super) fn new(sources: &'a Sources, tops: Vec<String>, documents: impl Iterator<Item = &'a str>) -> Self {
        let (mut by_stem, mut by_page) = (BTreeMap::new(), BTreeMap::new());
        for path in documents {
            by_stem.entry(stem(path).to_lowercase()).and_modify(|known| *known = None).or_insert(Some(path));
            by_page.insert(page(path), path);
            if let Some(folder) = page(path).strip_suffix("/index") {
                by_page.entry(folder).or_insert(path);
            }
        }
        Self { sources, tops, by_stem, by_page }
    }

    /// What a target in the document at `from` leads to.
    fn find(&self, from: &str, target: &str, role: LinkRole) -> Option<Found<'a>> {
        let target = percent_decode(target);
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        // Where the page is in the eyes of a browser; what is a folder itself may also speak of what lies beside it.
        let address = page(from).strip_suffix("/index").map_or(page(from), |page| page.rsplit_once('/').map_or("", |(folder, _)| folder));
        let bases: Vec<&str> = match target.strip_prefix("@/").or_else(|| target.strip_prefix('/')) {
            Some(_) => self.tops.iter().map(String::as_str).collect(),
            None => vec![folder, address],
        };
        let below = target.strip_prefix("@/").unwrap_or(&target).trim_start_matches('/').trim_end_matches('/');
        for path in bases.iter().filter_map(|base| joined(base, below)) {
            if let Some(document) = self.by_page.get(page(&path)) {
                return Some(Found::Document(document));
            }
            if self.sources.attachment(&path).is_some() {
                return Some(Found::File(SourcePath::from(path)));
            }
        }
        let name = stem(below).to_lowercase();
        // Addresses of Jekyll: `/2020/01/31/name.html`.
        let parts: Vec<&str> = below.rsplit('/').take(4).collect();
        let post = || {
            if let [last, day, month, year] = parts.as_slice() {
                format!("{year}-{month}-{day}-{}", stem(last)).to_lowercase()
            } else {
                String::new()
            }
        };
        let named = |name: &str| self.by_stem.get(name).copied().flatten().filter(|_| role == LinkRole::Link);
        named(&post()).map(Found::Document).or_else(|| named(&name).map(Found::ByName))
    }
}

/// Finds every link of the body, and what comes along.
pub(super) fn find(draft: &mut Draft, ways: &Ways<'_>) {
    let body = std::mem::take(&mut draft.body);
    let document = markdown::read(&body, Span::new(0, body.len()));
    let definitions = definitions(&body);
    let mut seen: BTreeMap<Span, (Link, LinkRole)> = BTreeMap::new();
    walk::links(&document.blocks, &mut |inline, link, role| {
        let place = if link.target_span == inline.span { definitions.get(&*link.target).copied() } else { Some(link.target_span) };
        if matches!(link.origin, LinkOrigin::Inline | LinkOrigin::Reference)
            && let Some(place) = place
        {
            seen.entry(place).or_insert_with(|| (link.clone(), role));
        }
    });
    let from = draft.id.clone();
    // Pictures that the text itself held.
    let held: BTreeSet<String> = draft.attached.iter().map(|file| file.name().to_owned()).collect();
    for (place, (link, role)) in seen {
        let (path, rest) = link.target.find(['#', '?']).map_or((&*link.target, ""), |at| link.target.split_at(at));
        if path.is_empty() || is_external(path) || held.contains(path) {
            continue;
        }
        let target = match ways.find(&from, path, role) {
            Some(Found::Document(id)) => Target::Document(id.to_owned(), rest.to_owned()),
            Some(Found::ByName(id)) => {
                draft.note(Outcome::Guessed, path, id, "no file has this path, and one has this name");
                Target::Document(id.to_owned(), rest.to_owned())
            }
            Some(Found::File(file)) => Target::Attached(attach(draft, &file)),
            None => {
                match role {
                    LinkRole::Image => draft.note(
                        Outcome::Lost,
                        path,
                        "",
                        "the picture is not among the files that were given, or is none that can be shown",
                    ),
                    LinkRole::Link => draft.note(Outcome::Kept, path, "", "it leads to no file that was given"),
                }
                continue;
            }
        };
        draft.links.push((place.range(), target));
    }
    draft.body = body;
}

/// Takes a file along, once, under a name that may stand anywhere.
pub(super) fn attach(draft: &mut Draft, file: &SourcePath) -> String {
    let known = draft.attached.iter().find(|known| matches!(known, Attached::File { from, .. } if from == file));
    if let Some(known) = known {
        return known.name().to_owned();
    }
    let name = free_name(draft, file.as_str());
    draft.note(Outcome::Mapped, file.as_str(), &name, "it lies beside the document");
    draft.attached.push(Attached::File { name: name.clone(), from: file.clone() });
    name
}

/// A name for a file beside the document: portable, and no other's.
pub(super) fn free_name(draft: &mut Draft, path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(10).collect::<String>().to_ascii_lowercase();
    let stem = Some(portable(stem)).filter(|stem| !stem.is_empty()).unwrap_or_else(|| "file".to_owned());
    draft.names.free(&stem, &if ending.is_empty() { ending } else { format!(".{ending}") })
}

/// Where the targets of definitions (`[label]: target`) are written, by target.
fn definitions(body: &str) -> BTreeMap<String, Span> {
    let mut found = BTreeMap::new();
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        let content = line.trim_start();
        let offset = start + line.len() - content.len();
        start += line.len();
        let Some(end) = content.strip_prefix('[').and_then(|rest| rest.find("]:")) else { continue };
        let behind = content.get(end + 3..).unwrap_or_default();
        let target = behind.trim_start();
        let at = offset + content.len() - target.len();
        let (at, target) = match target.strip_prefix('<') {
            Some(rest) => (at + 1, rest.split('>').next().unwrap_or_default()),
            None => (at, target.split_whitespace().next().unwrap_or_default()),
        };
        found.entry(target.to_owned()).or_insert(Span::new(at, at + target.len()));
    }
    found
}

/// Whether an address names a scheme or a host.
pub(super) fn is_external(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    target.starts_with("//") || scheme.is_some_and(is_scheme)
}

/// A path below a folder; nothing where it leads out of the source.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The path of a page without the endings that say how it is written: `a/b.html.md.erb` is `a/b`.
pub(super) fn page(path: &str) -> &str {
    let mut page = path;
    for ending in [".erb", ".md", ".markdown", ".html"] {
        page = page.strip_suffix(ending).unwrap_or(page);
    }
    page
}

/// The name of a page; of one that is a folder, that of the folder.
pub(super) fn stem(path: &str) -> &str {
    let mut names = page(path).rsplit('/');
    let name = names.next().unwrap_or_default();
    if name == "index" { names.next().unwrap_or(name) } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leads_out_of_the_source() {
        assert_eq!(joined("a/b", "../c.png").as_deref(), Some("a/c.png"));
        assert_eq!(joined("a", "../../c.png"), None);
        assert_eq!(joined("", "..\\c"), None);
        assert!(
            is_external("https://a")
                && is_external("//a")
                && is_external("data:x")
                && !is_external("a:b/c".get(..1).unwrap())
                && !is_external("c:\\x")
        );
        assert_eq!(["a/b.md", "a/index.md", "index.md", "a/v1.2 b.html.md.erb"].map(stem), ["b", "a", "index", "v1.2 b"]);
    }
}
