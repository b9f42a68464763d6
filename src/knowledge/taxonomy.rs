//! How postmortems group: by tag, cause, service, severity, year and whatever the site adds.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::model::{Corpus, Postmortem, portable};

/// What postmortems are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grouping {
    /// The year they began.
    Year,
    /// Severity.
    Severity,
    /// Services.
    Service,
    /// Root causes, in branches.
    Cause,
    /// Tags.
    Tag,
    /// A front matter field of the site's own.
    Custom,
}

/// One way to group postmortems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxonomy {
    /// What it groups by.
    pub grouping: Grouping,
    /// The key in routes and facets: `services`, `company`.
    pub key: String,
    /// The name of one term: "Service".
    pub name: String,
    /// The name of the list: "Services".
    pub plural: String,
    /// The terms in reading order: severities worst first, years newest first, causes as in the taxonomy, others by number of members, then
    /// name.
    pub terms: Vec<Term>,
    /// Each postmortem's terms: places in `terms`, ascending.
    pub of: Vec<Vec<usize>>,
}

/// A word that groups postmortems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The path in the URL: `dns`, `change/config`.
    pub slug: String,
    /// The name on pages.
    pub name: String,
    /// What it means; may be empty.
    pub definition: String,
    /// For a leaf: its branch, a place in `terms`.
    pub parent: Option<usize>,
    /// The members, newest first: places in [`Corpus::postmortems`]. A branch has those of its leaves.
    pub members: Vec<usize>,
}

impl Taxonomy {
    /// The place of the term with this slug.
    #[must_use]
    pub fn position(&self, slug: &str) -> Option<usize> {
        self.terms.iter().position(|term| term.slug == slug)
    }

    /// The terms of one postmortem.
    pub fn terms_of(&self, postmortem: usize) -> impl Iterator<Item = (usize, &Term)> {
        self.of.get(postmortem).into_iter().flatten().filter_map(|n| Some((*n, self.terms.get(*n)?)))
    }

    /// Whether terms stand in branches.
    #[must_use]
    pub fn is_hierarchical(&self) -> bool {
        self.grouping == Grouping::Cause
    }
}

/// A term as one postmortem uses it.
struct Used {
    slug: String,
    name: String,
    definition: String,
    parent: Option<(String, String, String)>,
    rank: Rank,
}

/// What terms are ordered by before their number of members.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Place(usize),
    Newest(std::cmp::Reverse<i16>),
    ByMembers,
}

/// Groups the postmortems every way the site knows; a way that groups nothing is left out.
pub(super) fn group(corpus: &Corpus, config: &Config, newest_first: &[usize]) -> Vec<Taxonomy> {
    let fixed = [
        (Grouping::Year, "year", "Year", "Years"),
        (Grouping::Severity, "severity", "Severity", "Severities"),
        (Grouping::Service, "services", "Service", "Services"),
        (Grouping::Cause, "causes", "Root cause", "Root causes"),
        (Grouping::Tag, "tags", "Tag", "Tags"),
    ];
    let custom = config.taxonomies.iter().map(|t| (Grouping::Custom, t.key.as_str(), t.name.as_str(), t.plural.as_str()));
    let mut taxonomies = Vec::new();
    for (grouping, key, name, plural) in fixed.into_iter().chain(custom) {
        let used = |postmortem: &Postmortem| match grouping {
            Grouping::Year => year(postmortem),
            Grouping::Severity => severity(postmortem, config),
            Grouping::Service => words(postmortem.services.iter().map(|s| s.value.as_str()), &config.services),
            Grouping::Tag => words(postmortem.tags.iter().map(|s| s.value.as_str()), &config.tags),
            Grouping::Cause => causes(postmortem, config),
            Grouping::Custom => words(postmortem.custom.get(key).into_iter().flatten().map(|s| s.value.as_str()), &BTreeMap::new()),
        };
        let (terms, of) = collect(corpus, newest_first, used);
        if !terms.is_empty() {
            taxonomies.push(Taxonomy { grouping, key: key.into(), name: name.into(), plural: plural.into(), terms, of });
        }
    }
    taxonomies
}

fn collect(corpus: &Corpus, newest_first: &[usize], used: impl Fn(&Postmortem) -> Vec<Used>) -> (Vec<Term>, Vec<Vec<usize>>) {
    let mut by_slug: BTreeMap<String, (Term, Rank, Option<String>)> = BTreeMap::new();
    for n in newest_first {
        let Some(postmortem) = corpus.postmortems.get(*n) else { continue };
        for term in used(postmortem) {
            let parent = term.parent.as_ref().map(|(slug, ..)| slug.clone());
            if let Some((slug, name, definition)) = term.parent {
                let branch = Term { slug: slug.clone(), name, definition, parent: None, members: Vec::new() };
                add_member(&mut by_slug.entry(slug).or_insert((branch, term.rank.clone(), None)).0, *n);
            }
            let leaf = Term { slug: term.slug.clone(), name: term.name, definition: term.definition, parent: None, members: Vec::new() };
            add_member(&mut by_slug.entry(term.slug).or_insert((leaf, term.rank, parent)).0, *n);
        }
    }
    let mut rows: Vec<_> = by_slug.into_values().collect();
    rows.sort_by(|(a, a_rank, a_parent), (b, b_rank, b_parent)| {
        // A branch goes before its leaves, whose order within it is that of the taxonomy.
        let depth = |parent: &Option<String>| usize::from(parent.is_some());
        (a_rank, depth(a_parent), std::cmp::Reverse(a.members.len()), &a.name, &a.slug).cmp(&(
            b_rank,
            depth(b_parent),
            std::cmp::Reverse(b.members.len()),
            &b.name,
            &b.slug,
        ))
    });
    let places: BTreeMap<String, usize> = rows.iter().enumerate().map(|(n, (term, ..))| (term.slug.clone(), n)).collect();
    let mut of = vec![Vec::new(); corpus.postmortems.len()];
    let terms: Vec<Term> = rows
        .into_iter()
        .map(|(mut term, _, parent)| {
            term.parent = parent.and_then(|slug| places.get(&slug).copied());
            term
        })
        .collect();
    for (place, term) in terms.iter().enumerate() {
        for member in &term.members {
            if let Some(of) = of.get_mut(*member) {
                of.push(place);
            }
        }
    }
    (terms, of)
}

/// Members come newest first and one at a time, so a repeated one is the last.
fn add_member(term: &mut Term, member: usize) {
    if term.members.last() != Some(&member) {
        term.members.push(member);
    }
}

fn year(postmortem: &Postmortem) -> Vec<Used> {
    let Some(date) = postmortem.date else { return Vec::new() };
    let year = format!("{:04}", date.year());
    vec![Used {
        slug: year.clone(),
        name: year,
        definition: String::new(),
        parent: None,
        rank: Rank::Newest(std::cmp::Reverse(date.year())),
    }]
}

fn severity(postmortem: &Postmortem, config: &Config) -> Vec<Used> {
    let Some(severity) = &postmortem.severity else { return Vec::new() };
    let known = severity.step.and_then(|step| config.severities.get(step));
    let slug = portable(known.map_or(&severity.word.value, |known| &known.id));
    if slug.is_empty() {
        return Vec::new();
    }
    vec![Used {
        slug,
        name: known.map_or_else(|| severity.word.value.clone(), |known| known.name.clone()),
        definition: known.map(|known| known.description.clone()).unwrap_or_default(),
        parent: None,
        rank: Rank::Place(severity.step.unwrap_or(usize::MAX)),
    }]
}

/// Free words: two that differ only in case or punctuation are one term, named as the site's vocabulary has it, else as the newest
/// postmortem writes it.
fn words<'a>(words: impl Iterator<Item = &'a str>, vocabulary: &BTreeMap<String, crate::config::Term>) -> Vec<Used> {
    words
        .filter_map(|word| {
            let slug = portable(word);
            if slug.is_empty() {
                return None;
            }
            let known = vocabulary.get(word).or_else(|| vocabulary.iter().find(|(id, _)| portable(id) == slug).map(|(_, term)| term));
            Some(Used {
                slug,
                name: known.filter(|k| !k.name.is_empty()).map_or_else(|| word.to_owned(), |known| known.name.clone()),
                definition: known.map(|known| known.description.clone()).unwrap_or_default(),
                parent: None,
                rank: Rank::ByMembers,
            })
        })
        .collect()
}

/// A leaf stands under its branch; a word the taxonomy does not have stands under "Other causes".
fn causes(postmortem: &Postmortem, config: &Config) -> Vec<Used> {
    let other = config.causes.branches.len();
    postmortem
        .root_causes
        .iter()
        .chain(&postmortem.contributing)
        .filter_map(|cause| {
            if let Some((branch, leaf)) = config.causes.get(&cause.path) {
                let place = config.causes.branches.iter().position(|b| b.id == branch.id).unwrap_or(other);
                return Some(Used {
                    slug: format!("{}/{}", branch.id, leaf.id),
                    name: leaf.name.clone(),
                    definition: leaf.definition.clone(),
                    parent: Some((branch.id.clone(), branch.name.clone(), branch.definition.clone())),
                    rank: Rank::Place(place),
                });
            }
            let slug = portable(&cause.path);
            (!slug.is_empty()).then(|| Used {
                slug: format!("other/{slug}"),
                name: cause.path.value.clone(),
                definition: String::new(),
                parent: Some((
                    "other".into(),
                    "Other causes".into(),
                    "Causes named in postmortems that the taxonomy does not have.".into(),
                )),
                rank: Rank::Place(other),
            })
        })
        .collect()
}
