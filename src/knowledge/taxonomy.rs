//! How postmortems group: by tag, cause, trigger, service, owner, severity, year and whatever the site adds.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::is_drill;
use crate::config::{Config, OwnerTerm};
use crate::model::{Cause, Corpus, Postmortem, is_answer, portable};

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
    /// What set them off.
    Trigger,
    /// The teams whose services they hit, and whose documents they are.
    Owner,
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
    /// The terms in reading order: severities worst first, years newest first, causes and triggers as in the taxonomy, others by number of members, then
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
    /// How many of the members are drills: no incidents, and not counted as such.
    pub drills: usize,
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

impl Term {
    /// How many incidents it has: its members without the drills.
    #[must_use]
    pub fn incidents(&self) -> usize {
        self.members.len().saturating_sub(self.drills)
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
        (Grouping::Trigger, "triggers", "Trigger", "Triggers"),
        (Grouping::Owner, "owners", "Owner", "Owners"),
    ];
    let custom = config.taxonomies.iter().map(|t| (Grouping::Custom, t.key.as_str(), t.name.as_str(), t.plural.as_str()));
    let owners = ServiceOwners::new(config);
    let mut taxonomies = Vec::new();
    for (grouping, key, name, plural) in fixed.into_iter().chain(custom) {
        let used = |postmortem: &Postmortem| match grouping {
            Grouping::Year => year(postmortem),
            Grouping::Severity => severity(postmortem, config),
            Grouping::Service => words(postmortem.services.iter().map(|s| s.value.as_str()), &config.services),
            Grouping::Tag => words(postmortem.tags.iter().map(|s| s.value.as_str()), &config.tags),
            Grouping::Cause => causes(postmortem, config),
            Grouping::Trigger => trigger(postmortem, config),
            Grouping::Owner => owners.of(postmortem),
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
                let branch = Term { slug: slug.clone(), name, definition, parent: None, members: Vec::new(), drills: 0 };
                add_member(&mut by_slug.entry(slug).or_insert((branch, term.rank.clone(), None)).0, *n);
            }
            let leaf = Term {
                slug: term.slug.clone(),
                name: term.name,
                definition: term.definition,
                parent: None,
                members: Vec::new(),
                drills: 0,
            };
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
    let drills: BTreeSet<usize> = corpus.postmortems.iter().enumerate().filter(|(_, p)| is_drill(p)).map(|(n, _)| n).collect();
    let mut of = vec![Vec::new(); corpus.postmortems.len()];
    let terms: Vec<Term> = rows
        .into_iter()
        .map(|(mut term, _, parent)| {
            term.parent = parent.and_then(|slug| places.get(&slug).copied());
            term.drills = term.members.iter().filter(|member| drills.contains(member)).count();
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

/// A trigger of the taxonomy; another word may be a sentence, and `unknown-term` speaks of it.
fn trigger(postmortem: &Postmortem, config: &Config) -> Vec<Used> {
    let Some(trigger) = postmortem.trigger.as_ref().and_then(|word| config.causes.trigger(word)) else { return Vec::new() };
    let place = config.causes.triggers.iter().position(|known| known.id == trigger.id).unwrap_or(usize::MAX);
    vec![Used {
        slug: trigger.id.clone(),
        name: trigger.name.clone(),
        definition: trigger.definition.clone(),
        parent: None,
        rank: Rank::Place(place),
    }]
}

/// The owners of services by the portable form of their ids, so that no document is looked up in a long list.
struct ServiceOwners<'c> {
    config: &'c Config,
    by_service: BTreeMap<String, OwnerTerm<'c>>,
}

impl<'c> ServiceOwners<'c> {
    fn new(config: &'c Config) -> Self {
        let owner = |(id, service): (&String, &'c crate::config::Term)| Some((portable(id), config.owner_named(&service.owner)?));
        Self { config, by_service: config.services.iter().filter_map(owner).collect() }
    }

    /// The owners of a postmortem's services, then its own.
    fn of(&self, postmortem: &Postmortem) -> Vec<Used> {
        let of_services = postmortem.services.iter().filter_map(|service| self.by_service.get(&portable(service)).copied());
        let own = postmortem.owner.iter().filter_map(|word| self.config.owner_of(word));
        let used = |owner: OwnerTerm<'_>| Used {
            slug: portable(owner.id),
            name: owner.name.to_owned(),
            definition: owner.description.to_owned(),
            parent: None,
            rank: Rank::ByMembers,
        };
        of_services.chain(own).map(used).filter(|owner| !owner.slug.is_empty()).collect()
    }
}

/// The slug of the term that a cause belongs to: the path of its leaf, or the word below `other`; nothing for a word that is no cause.
#[must_use]
pub fn cause_slug(path: &str, config: &Config) -> Option<String> {
    if config.causes.get(path).is_some() {
        return Some(path.to_owned());
    }
    let slug = portable(path);
    (!slug.is_empty() && !is_answer(path)).then(|| format!("other/{slug}"))
}

/// A leaf stands under its branch; a word the taxonomy does not have stands under "Other causes".
fn causes(postmortem: &Postmortem, config: &Config) -> Vec<Used> {
    let other = config.causes.branches.len();
    let used = |cause: &Cause| {
        let slug = cause_slug(&cause.path, config)?;
        let Some((branch, leaf)) = config.causes.get(&cause.path) else {
            let definition = "Causes named in postmortems that the taxonomy does not have.";
            return Some(Used {
                slug,
                name: cause.path.value.clone(),
                definition: String::new(),
                parent: Some(("other".into(), "Other causes".into(), definition.into())),
                rank: Rank::Place(other),
            });
        };
        let place = config.causes.branches.iter().position(|b| b.id == branch.id).unwrap_or(other);
        Some(Used {
            slug,
            name: leaf.name.clone(),
            definition: leaf.definition.clone(),
            parent: Some((branch.id.clone(), branch.name.clone(), branch.definition.clone())),
            rank: Rank::Place(place),
        })
    };
    postmortem.root_causes.iter().chain(&postmortem.contributing).filter_map(used).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::sample;

    /// The taxonomies of documents whose metadata is given, each "key: slug [members], …".
    fn grouped(settings: &str, documents: &[&str]) -> Vec<String> {
        let (config, corpus) = sample::corpus(settings, documents);
        let order: Vec<usize> = (0..corpus.postmortems.len()).collect();
        let terms = |taxonomy: &Taxonomy| {
            let terms: Vec<_> = taxonomy.terms.iter().map(|term| format!("{} {:?}", term.slug, term.members)).collect();
            format!("{}: {}", taxonomy.key, terms.join(", "))
        };
        group(&corpus, &config, &order).iter().map(terms).collect()
    }

    #[test]
    fn an_answer_and_a_word_that_the_site_passes_over_are_no_causes() {
        let documents = ["root_causes: [none]", "root_causes: ['n/a: withheld', Gremlins]", "root_causes: [cloud]\ncontributing: config"];
        assert_eq!(
            grouped("[causes]\nignore = ['Cloud']\n", &documents),
            ["causes: change [2], change/config [2], other [1], other/gremlins [1]"]
        );
    }

    #[test]
    fn owners_are_those_of_the_services_and_the_teams_of_people_never_people() {
        let settings = "[owners.payments]\nname = 'Team Payments'\n[people.ada]\nteam = 'payments'\n[people.bea]\n\
                        [services.checkout]\nowner = 'team payments'\n[services.search]\n[services.card-vault]\nowner = 'ada'\n";
        let documents =
            ["services: [checkout, Card Vault]", "owner: ada", "owner: bea\nservices: [search, nowhere]", "owner: Cyd", "owner: PAYMENTS"];
        assert_eq!(grouped(settings, &documents).last().unwrap(), "owners: payments [0, 1, 4]");
        let free = "[services.cdn]\nowner = 'Edge House'\n";
        assert_eq!(grouped(free, &["services: cdn\nowner: somebody"]), ["services: cdn [0]", "owners: edge-house [0]"]);
    }

    #[test]
    fn triggers_stand_in_the_order_of_the_taxonomy_and_a_sentence_is_none() {
        let documents = ["trigger: attacker", "trigger: Config push", "trigger: somebody pulled the plug", "trigger: trigger/attacker"];
        assert_eq!(grouped("", &documents), ["triggers: config-push [1], attacker [0, 3]"]);
    }
}
