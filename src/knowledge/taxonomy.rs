//! How postmortems group: by tag, cause, trigger, service, owner, severity, year and whatever the site adds.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use foldhash::HashMap;
use rayon::prelude::*;

use super::coverage::is_drill;
use crate::config::{Config, OwnerTerm};
use crate::diagnostic::Spanned;
use crate::model::{Corpus, Postmortem, is_answer, portable};

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

/// What a postmortem says that groups it, as it says it: what is made of it is worked out once, however many say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key<'p> {
    Year(i16),
    /// The step of the scale, and the word where the scale does not have it.
    Severity(Option<usize>, &'p str),
    Word(&'p str),
    /// A service, for its owner.
    Service(&'p str),
}

/// The term that a key stands for.
struct Used {
    slug: String,
    name: String,
    definition: String,
    /// The branch it stands in: slug, name and definition.
    parent: Option<(String, String, String)>,
    rank: Rank,
}

/// What terms are ordered by before their number of members.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Place(usize),
    Newest(Reverse<i16>),
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
    let (services, tags) = (Vocabulary::new(&config.services), Vocabulary::new(&config.tags));
    let free = Vocabulary::default();
    let groupings: Vec<_> = fixed.into_iter().chain(custom).collect();
    let taxonomy = |&(grouping, key, name, plural): &(Grouping, &str, &str, &str)| {
        let used = |said: Key<'_>| match (said, grouping) {
            (Key::Year(year), _) => Some(of_year(year)),
            (Key::Severity(step, word), _) => severity(step, word, config),
            (Key::Service(service), _) => owners.of_service(service),
            (Key::Word(word), Grouping::Owner) => config.owner_of(word).and_then(owner),
            (Key::Word(word), Grouping::Cause) => cause(word, config),
            (Key::Word(word), Grouping::Trigger) => trigger(word, config),
            (Key::Word(word), Grouping::Service) => services.term(word),
            (Key::Word(word), Grouping::Tag) => tags.term(word),
            (Key::Word(word), _) => free.term(word),
        };
        let (terms, of) = collect(corpus, newest_first, |postmortem, each| keys(postmortem, grouping, key, each), used);
        (!terms.is_empty()).then(|| Taxonomy { grouping, key: key.into(), name: name.into(), plural: plural.into(), terms, of })
    };
    groupings.par_iter().filter_map(taxonomy).collect()
}

/// What a postmortem says that a grouping goes by, in order. `key` is that of the taxonomy.
fn keys<'p>(postmortem: &'p Postmortem, grouping: Grouping, key: &str, each: &mut dyn FnMut(Key<'p>)) {
    let words = |words: &'p [Spanned<String>]| words.iter().map(|word| Key::Word(word.value.as_str()));
    match grouping {
        Grouping::Year => postmortem.date.iter().map(|date| Key::Year(date.year())).for_each(each),
        Grouping::Severity => {
            postmortem.severity.iter().map(|severity| Key::Severity(severity.step, &severity.word.value)).for_each(each);
        }
        Grouping::Service => words(&postmortem.services).for_each(each),
        Grouping::Tag => words(&postmortem.tags).for_each(each),
        Grouping::Cause => {
            let causes = postmortem.root_causes.iter().chain(&postmortem.contributing);
            causes.map(|cause| Key::Word(cause.path.value.as_str())).for_each(each);
        }
        Grouping::Trigger => words(postmortem.trigger.as_slice()).for_each(each),
        Grouping::Owner => {
            let services = postmortem.services.iter().map(|service| Key::Service(service.value.as_str()));
            services.chain(words(postmortem.owner.as_slice())).for_each(each);
        }
        Grouping::Custom => words(postmortem.custom.get(key).map_or(&[], Vec::as_slice)).for_each(each),
    }
}

/// A term as it is put together.
struct Row {
    term: Term,
    rank: Rank,
    /// The branch, a place among the rows.
    parent: Option<usize>,
}

/// The terms with their members, and each postmortem's terms. `keys` gives what a postmortem says, `used` what a key stands for.
fn collect<'p>(
    corpus: &'p Corpus,
    newest_first: &[usize],
    keys: impl Fn(&'p Postmortem, &mut dyn FnMut(Key<'p>)),
    used: impl Fn(Key<'p>) -> Option<Used>,
) -> (Vec<Term>, Vec<Vec<usize>>) {
    let mut rows: Vec<Row> = Vec::new();
    let mut by_slug: HashMap<String, usize> = HashMap::default();
    let mut met: HashMap<Key<'p>, Option<usize>> = HashMap::default();
    for n in newest_first {
        let Some(postmortem) = corpus.postmortems.get(*n) else { continue };
        keys(postmortem, &mut |key| {
            let place = *met.entry(key).or_insert_with(|| used(key).map(|used| place_of(used, &mut rows, &mut by_slug)));
            let parent = place.and_then(|place| rows.get(place)?.parent);
            for place in [parent, place].into_iter().flatten() {
                if let Some(row) = rows.get_mut(place) {
                    add_member(&mut row.term, *n);
                }
            }
        });
    }
    // A branch goes before its leaves, whose order within it is that of the taxonomy.
    let order_of = |row: &Row| (row.rank.clone(), row.parent.is_some(), Reverse(row.term.members.len()), row.term.name.clone());
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_cached_key(|place| rows.get(*place).map(|row| (order_of(row), row.term.slug.clone())));
    let mut place_after = vec![0; rows.len()];
    for (after, before) in order.iter().enumerate() {
        if let Some(slot) = place_after.get_mut(*before) {
            *slot = after;
        }
    }
    let drills: Vec<bool> = corpus.postmortems.iter().map(|postmortem| is_drill(postmortem)).collect();
    let mut of = vec![Vec::new(); corpus.postmortems.len()];
    let mut rows: Vec<(usize, Row)> = rows.into_iter().zip(&place_after).map(|(row, after)| (*after, row)).collect();
    rows.sort_unstable_by_key(|(after, _)| *after);
    let finish = |(place, mut row): (usize, Row)| {
        row.term.parent = row.parent.and_then(|parent| place_after.get(parent).copied());
        row.term.drills = row.term.members.iter().filter(|member| drills.get(**member) == Some(&true)).count();
        for member in &row.term.members {
            if let Some(of) = of.get_mut(*member) {
                of.push(place);
            }
        }
        row.term
    };
    (rows.into_iter().map(finish).collect(), of)
}

/// The row of a term, a new one where it has none yet.
fn place_of(used: Used, rows: &mut Vec<Row>, by_slug: &mut HashMap<String, usize>) -> usize {
    let Used { slug, name, definition, parent, rank } = used;
    let parent =
        parent.map(|(slug, name, definition)| place_of(Used { slug, name, definition, parent: None, rank: rank.clone() }, rows, by_slug));
    if let Some(place) = by_slug.get(&slug) {
        return *place;
    }
    by_slug.insert(slug.clone(), rows.len());
    rows.push(Row { term: Term { slug, name, definition, parent: None, members: Vec::new(), drills: 0 }, rank, parent });
    rows.len() - 1
}

/// Members come newest first and one at a time, so a repeated one is the last.
fn add_member(term: &mut Term, member: usize) {
    if term.members.last() != Some(&member) {
        term.members.push(member);
    }
}

fn of_year(year: i16) -> Used {
    let name = format!("{year:04}");
    Used { slug: name.clone(), name, definition: String::new(), parent: None, rank: Rank::Newest(Reverse(year)) }
}

fn severity(step: Option<usize>, word: &str, config: &Config) -> Option<Used> {
    let known = step.and_then(|step| config.severities.get(step));
    let slug = Some(portable(known.map_or(word, |known| &known.id))).filter(|slug| !slug.is_empty())?;
    Some(Used {
        slug,
        name: known.map_or_else(|| word.to_owned(), |known| known.name.clone()),
        definition: known.map(|known| known.description.clone()).unwrap_or_default(),
        parent: None,
        rank: Rank::Place(step.unwrap_or(usize::MAX)),
    })
}

/// The words that a site has said something of, by their slugs.
#[derive(Default)]
struct Vocabulary<'c> {
    by_slug: HashMap<String, &'c crate::config::Term>,
}

impl<'c> Vocabulary<'c> {
    fn new(terms: &'c BTreeMap<String, crate::config::Term>) -> Self {
        let mut by_slug = HashMap::default();
        for (id, term) in terms {
            by_slug.entry(portable(id)).or_insert(term);
        }
        Self { by_slug }
    }

    /// A free word as a term: two that differ only in case or punctuation are one, named as the site has it, else as the newest postmortem
    /// writes it.
    fn term(&self, word: &str) -> Option<Used> {
        let slug = Some(portable(word)).filter(|slug| !slug.is_empty())?;
        let known = self.by_slug.get(&slug);
        Some(Used {
            name: known.filter(|known| !known.name.is_empty()).map_or_else(|| word.to_owned(), |known| known.name.clone()),
            definition: known.map(|known| known.description.clone()).unwrap_or_default(),
            slug,
            parent: None,
            rank: Rank::ByMembers,
        })
    }
}

/// A trigger of the taxonomy; another word may be a sentence, and `unknown-term` speaks of it.
fn trigger(word: &str, config: &Config) -> Option<Used> {
    let trigger = config.causes.trigger(word)?;
    let place = config.causes.triggers.iter().position(|known| known.id == trigger.id).unwrap_or(usize::MAX);
    Some(Used {
        slug: trigger.id.clone(),
        name: trigger.name.clone(),
        definition: trigger.definition.clone(),
        parent: None,
        rank: Rank::Place(place),
    })
}

/// The owners of services by the portable form of their ids, so that no document is looked up in a long list.
struct ServiceOwners<'c> {
    by_service: HashMap<String, OwnerTerm<'c>>,
}

impl<'c> ServiceOwners<'c> {
    fn new(config: &'c Config) -> Self {
        let owner = |(id, service): (&String, &'c crate::config::Term)| Some((portable(id), config.owner_named(&service.owner)?));
        Self { by_service: config.services.iter().filter_map(owner).collect() }
    }

    fn of_service(&self, service: &str) -> Option<Used> {
        self.by_service.get(&portable(service)).copied().and_then(owner)
    }
}

fn owner(owner: OwnerTerm<'_>) -> Option<Used> {
    Some(Used {
        slug: Some(portable(owner.id)).filter(|slug| !slug.is_empty())?,
        name: owner.name.to_owned(),
        definition: owner.description.to_owned(),
        parent: None,
        rank: Rank::ByMembers,
    })
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
fn cause(path: &str, config: &Config) -> Option<Used> {
    let other = config.causes.branches.len();
    let slug = cause_slug(path, config)?;
    let Some((branch, leaf)) = config.causes.get(path) else {
        let definition = "Causes named in postmortems that the taxonomy does not have.";
        return Some(Used {
            slug,
            name: path.to_owned(),
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
