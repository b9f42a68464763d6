//! What a site has decided: `site.toml` over the built-in vocabulary.
//!
//! Profiles, section headings, field names, causes and triggers are data (`data/*.toml`), which `site.toml` extends; no match arm knows a
//! heading. Every value of `site.toml` keeps its place, an unknown key is a finding, and a broken value leaves the default standing.

mod builtin;
mod colour;
mod heading;
mod owner;
mod people;
mod read;
mod stated;
mod table;
mod unseen;
mod value;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::diagnostic::{Level, Span, Spanned};
use heading::HeadingIndex;

pub use colour::Colour;
pub use owner::{OwnerTerm, owners_named};
pub use people::{Manner, Naming, People};
pub use read::{CONFIG_PATH, UNREADABLE_CONFIG, keys, parse};
pub use stated::{Stated, stated};
pub use table::{INVALID_SETTING, UNKNOWN_SETTING};
pub(crate) use unseen::is_unseen;
pub use value::{base_url, zone};

/// Everything a site has decided, complete: defaults are filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// `[site]`
    pub site: Site,
    /// `[content]`
    pub content: Content,
    /// Known front matter fields and their other names: built in, then `[fields]`.
    pub fields: Fields,
    /// The canonical sections and the headings that stand for them: built in, then `[sections]`.
    pub sections: Vec<SectionKind>,
    /// What each kind of postmortem must hold: built in, then `[profiles.<name>]`.
    pub profiles: BTreeMap<String, Profile>,
    /// The severity scale, worst first: `[[severities]]`, else sev1 to sev5.
    pub severities: Vec<SeverityTerm>,
    /// `[services.<id>]`; empty means that any service may be named.
    pub services: BTreeMap<String, Term>,
    /// `[tags.<id>]`; empty means that any tag may be used.
    pub tags: BTreeMap<String, Term>,
    /// `[owners.<id>]`: teams and houses that own things; empty means that any may be named.
    pub owners: BTreeMap<String, Owner>,
    /// `[people.<id>]`; empty means that anybody may be named.
    pub people: People,
    /// The cause taxonomy: built in, then `[causes.<branch>.<leaf>]` and `[causes.trigger.<id>]`; `[causes.map]` maps foreign words onto
    /// leaves.
    pub causes: Causes,
    /// Further ways to group postmortems by a front matter field: `[taxonomies.<key>]`.
    pub taxonomies: Vec<CustomTaxonomy>,
    /// `[rules]`: levels for the whole site.
    pub rules: Levels,
    /// `[rules.in."<glob>"]`: levels for the documents of a folder, in the order of the file.
    pub rules_in: Vec<LevelsIn>,
    /// `[deadlines]`
    pub deadlines: Deadlines,
    /// `[metrics]`
    pub metrics: Metrics,
    /// `[wording]`
    pub wording: Wording,
    /// `[glossary]`
    pub glossary: GlossarySettings,
    /// `[training]`
    pub training: Training,
    /// `[privacy]`
    pub privacy: Privacy,
    /// `[editions]`
    pub editions: Editions,
    /// `[theme]`
    pub theme: Theme,
    /// `[[nav]]`; empty means the default navigation.
    pub nav: Vec<NavItem>,
    /// The headings of `sections`, folded.
    headings: HeadingIndex,
}

/// What a public edition is where `site.toml` says nothing of it.
static NOTHING_SAID: LazyLock<PublicEdition> = LazyLock::new(PublicEdition::default);

impl Config {
    /// What the site says of its public edition, else what is so where it says nothing.
    #[must_use]
    pub fn public_edition(&self) -> &PublicEdition {
        self.editions.public.as_ref().unwrap_or(&NOTHING_SAID)
    }

    /// Whether any edition shows the history of incidents.
    #[must_use]
    pub fn shows_history(&self) -> bool {
        [false, true].into_iter().any(|public| self.history_of(public) != HistoryShown::Off)
    }

    /// What an edition shows of the history of incidents.
    #[must_use]
    pub fn history_of(&self, public: bool) -> HistoryShown {
        if public { self.public_edition().history } else { self.site.history }
    }

    /// Whether the public reads what a key of the metadata holds. What the program does not know it cannot know to be harmless.
    #[must_use]
    pub fn public_reads(&self, key: &str) -> bool {
        let public = self.public_edition();
        match self.fields.canonical(key) {
            Some("training") if public.training => true,
            Some(name) => !public.internal_fields.iter().any(|field| field == name),
            None => self.taxonomies.iter().any(|taxonomy| taxonomy.field == key) || public.public_fields.iter().any(|field| field == key),
        }
    }

    /// The section with this key.
    #[must_use]
    pub fn section(&self, key: &str) -> Option<&SectionKind> {
        self.sections.iter().find(|section| section.key == key)
    }

    /// The section a heading stands for. Case, numbering, bracketed remarks, emoji, punctuation, articles and plurals do not matter; what is
    /// left must be a title or an alias, whole.
    #[must_use]
    pub fn section_for(&self, heading: &str) -> Option<&SectionKind> {
        self.headings.get(heading).and_then(|at| self.sections.get(at))
    }

    /// The section a heading was probably meant for, a few letters apart. For hints only.
    #[must_use]
    pub fn section_hint(&self, heading: &str) -> Option<&SectionKind> {
        self.headings.near(heading).and_then(|at| self.sections.get(at))
    }
}

/// `[site]`: what the site is called and where it lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The name in the header and in feeds. Default: "Postmortems".
    pub title: String,
    /// One sentence for the home page and machines; may be empty.
    pub description: String,
    /// The address the site is published at, ending in `/`. Only feeds, the sitemap and canonical links need it; pages link relatively.
    pub base_url: Option<String>,
    /// BCP 47. Default: "en".
    pub language: String,
    /// The IANA name of the zone of times written without one, where the site says; it is UTC where nobody does.
    pub timezone: Option<String>,
    /// The picture in the header: a file below the folder of the content, else below the assets of the theme. The mark of the program where the
    /// site names none.
    pub logo: Option<Spanned<String>>,
    /// Whether the logo says the name of the site, which then does not stand beside it. Default: no.
    pub logo_has_name: bool,
    /// The picture in the tab of the browser, found as the logo is.
    pub icon: Option<Spanned<String>>,
    /// Text at the foot of every page; may be empty.
    pub footer: String,
    /// `[[site.footer_links]]`: links beside it.
    pub footer_links: Vec<NavItem>,
    /// Where the file of a page can be edited, as an address in which `{path}` stands for its path in the project. The public edition of a site that
    /// has two shows it to nobody.
    pub edit_url: Option<String>,
    /// Whether the rules of `check` are pages of the site. Default: no.
    pub rules: bool,
    /// What pages of incidents show of their history in git.
    pub history: HistoryShown,
}

/// What is shown of the history of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HistoryShown {
    /// Nothing, and git is not asked.
    #[default]
    Off,
    /// When the text changed.
    Dates,
    /// When it changed, and which words.
    Words,
}

impl HistoryShown {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Off, Self::Dates, Self::Words];

    /// The word in `site.toml`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Dates => "dates",
            Self::Words => "words",
        }
    }
}

impl Site {
    /// The files that say whose site it is, in no order: the logo and the icon.
    pub fn identity(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.logo.iter().chain(&self.icon)
    }

    /// The IANA name of the zone of times written without one.
    #[must_use]
    pub fn zone(&self) -> &str {
        self.timezone.as_deref().unwrap_or("UTC")
    }
}

/// `[content]`: which files are what. Globs match paths below `root`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The folder of the content, below the project folder. Default: "content".
    pub root: String,
    /// Globs of files that are documents. Default: `**/*.md`, `**/*.markdown`.
    pub include: Vec<String>,
    /// Globs of files that are left out.
    pub exclude: Vec<String>,
    /// Globs of documents that are postmortems; other documents are pages. Default: `postmortems/**`.
    pub postmortems: Vec<String>,
    /// The profile of a postmortem that names no `kind`; nothing means no profile, and only structural findings.
    pub profile: Option<String>,
    /// Where the site is written, below the project folder. Default: "_site".
    pub output: String,
}

impl Content {
    /// The folder of the content as paths of the project begin with it; empty for the project folder itself.
    #[must_use]
    pub fn folder(&self) -> &str {
        if self.root == "." { "" } else { self.root.trim_matches('/') }
    }

    /// The path in the project of what is below the folder of the content.
    #[must_use]
    pub fn path(&self, below: &str) -> String {
        if self.folder().is_empty() { below.to_owned() } else { format!("{}/{below}", self.folder()) }
    }

    /// A path of the project below the folder of the content, as globs see it; the path itself where it is elsewhere.
    #[must_use]
    pub fn below<'p>(&self, path: &'p str) -> &'p str {
        let below = path.strip_prefix(self.folder()).filter(|rest| self.folder().is_empty() || rest.starts_with('/'));
        below.map_or(path, |rest| rest.trim_start_matches('/'))
    }
}

/// The front matter fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields {
    /// The known fields by canonical name.
    pub known: BTreeMap<String, Field>,
    /// Other names in lower case with `-` and blanks as `_`, each standing for a canonical name.
    pub aliases: BTreeMap<String, String>,
    /// Those of the other names that the site itself has chosen, in `[fields]`.
    pub chosen: BTreeSet<String>,
    /// Keys that are kept and not spoken of, folded like the aliases: built in, then `[fields] extra = […]`.
    pub extra: Vec<String>,
}

impl Fields {
    /// The canonical name a key stands for: itself, or by alias. Case, `-` and blanks do not matter.
    #[must_use]
    pub fn canonical(&self, key: &str) -> Option<&str> {
        let folded = fold_key(key);
        if let Some((name, _)) = self.known.get_key_value(&*folded) {
            return Some(name);
        }
        self.aliases.get(&*folded).map(String::as_str)
    }

    /// Whether a key is a field's other name by the site's own choice. Case, `-` and blanks do not matter.
    #[must_use]
    pub fn is_chosen(&self, key: &str) -> bool {
        self.chosen.contains(&*fold_key(key))
    }

    /// Whether a key that is no field is kept without a word. Case, `-` and blanks do not matter.
    #[must_use]
    pub fn is_extra(&self, key: &str) -> bool {
        let folded = fold_key(key);
        self.extra.iter().any(|extra| *extra == folded)
    }
}

/// A key without what does not matter in it; most are written that way.
fn fold_key(key: &str) -> Cow<'_, str> {
    if key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
        return Cow::Borrowed(key);
    }
    Cow::Owned(key.trim().to_lowercase().replace(['-', ' '], "_"))
}

/// A front matter field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// What it means, one sentence.
    pub meaning: String,
    /// The shape of its value, in words: "instant", "list of service ids", "text".
    pub shape: String,
}

impl Field {
    /// The keys of the mapping that it is, or of each entry of its list: those of "list of id and why". None where it is a value, or a list of values.
    #[must_use]
    pub fn keys(&self) -> Vec<&str> {
        let shape = self.shape.split(';').next().unwrap_or_default();
        let Some(keys) = ["mapping of ", "list of "].iter().find_map(|start| shape.strip_prefix(start)) else { return Vec::new() };
        let keys = keys.rsplit_once("each with ").map_or(keys, |(_, keys)| keys);
        words_of(keys.split(", or of ").next().unwrap_or_default())
    }

    /// The words that its value may be: those of "draft, in-review, reviewed or closed". None where more than some words will do.
    #[must_use]
    pub fn choices(&self) -> Vec<&str> {
        const SHAPES: [&str; 5] = ["instant", "date", "address", "path", "text"];
        let words = words_of(&self.shape);
        if words.iter().any(|word| SHAPES.contains(word)) { Vec::new() } else { words }
    }
}

/// The words of "a, b and c" or "a, b or c"; nothing where a part is more than a word, or there is one alone.
fn words_of(shape: &str) -> Vec<&str> {
    let parts = shape.split(", ").flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" or "));
    let parts: Vec<&str> = parts.map(|part| part.trim_start_matches("and ")).collect();
    let is_word = |part: &&str| part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte));
    if parts.len() > 1 && parts.iter().all(is_word) { parts } else { Vec::new() }
}

/// A canonical section.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionKind {
    /// The key: `root-cause`.
    pub key: String,
    /// The usual heading: "Root cause".
    pub title: String,
    /// What an author is asked to write, one or two sentences.
    pub prompt: String,
    /// Other headings, as people write them.
    pub aliases: Vec<String>,
    /// The key of the section of which this one may be a labelled item: `- **What went well:** …` under "Lessons learned".
    #[serde(default)]
    pub within: Option<String>,
}

/// Levels by the name of a rule or of a group of rules, each at the place of the name. Whether there is such a rule is for `check` to say.
pub type Levels = BTreeMap<String, Spanned<Level>>;

/// Levels for some documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelsIn {
    /// Which documents: a glob of paths below the content folder.
    pub glob: String,
    /// The levels.
    pub levels: Levels,
}

/// `[deadlines]`: days after the incident was resolved, by the id of a severity. None by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deadlines {
    /// Until the review has to have been held.
    pub review: BTreeMap<String, u16>,
    /// Until an action without a due date of its own has to be done.
    pub actions: BTreeMap<String, u16>,
    /// Until something has to be said in public.
    pub report: ReportDeadlines,
}

/// `[deadlines.report]`: days after the incident was detected, whatever its severity. None by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReportDeadlines {
    /// Until the first public word; CCADB asks for 3.
    pub preliminary: Option<u16>,
    /// Until the full report; CCADB asks for 14.
    pub full: Option<u16>,
}

/// `[metrics]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    /// Whether means of durations are given, with a word of caution. Default: no.
    pub show_mean: bool,
    /// How many months back an incident counts as one that had happened before. Default: 24, as CCADB asks for the related incidents of two
    /// years.
    pub recurrence_months: u16,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { show_mean: false, recurrence_months: 24 }
    }
}

/// `[wording]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wording {
    /// Acronyms that every reader of the site knows, as they are written.
    pub acronyms: Vec<String>,
}

/// `[glossary]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossarySettings {
    /// The file of the glossary, below the folder of the content. Default: "glossary.md".
    pub page: String,
    /// Whether its terms are linked where text mentions them. Default: yes.
    pub link: bool,
}

/// `[privacy]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Privacy {
    /// Hosts that only the organisation can reach, in lower case: `corp.example.com` stands for what is below it, too.
    pub internal_hosts: Vec<String>,
    /// Mail addresses, or hosts of them (`@example.com`), that anybody may read, in lower case.
    pub public_addresses: Vec<String>,
}

/// What a kind of postmortem must hold.
///
/// `[profiles.<name>]` starts from the built-in profile of its name or the one it `extends`; `required`, `optional`, `fields`,
/// `reviewed_fields`, `impact`, `actions` and `when` add to it, `drop` (sections), `drop_fields`, `drop_impact` and `drop_actions` take away.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// The name: "outage".
    pub name: String,
    /// One sentence.
    pub description: String,
    /// Keys of sections that must be there, in the order a new document has them.
    pub required: Vec<String>,
    /// Keys of sections that may be there and are asked for in a new document.
    pub optional: Vec<String>,
    /// Fields that must be there.
    pub fields: Vec<String>,
    /// Fields that must be there once the status is `reviewed` or `closed`.
    pub reviewed_fields: Vec<String>,
    /// Dimensions of impact of which something must be said: "users", "data".
    pub impact: Vec<String>,
    /// What must be said of every action.
    pub actions: Vec<ActionAspect>,
    /// What is asked for only under a condition.
    pub when: Vec<Condition>,
    /// What a section must speak of: the section's key, and words that a label or heading in it must begin with.
    pub parts: BTreeMap<String, Vec<String>>,
    /// Levels for documents of this kind.
    #[serde(deserialize_with = "builtin::levels")]
    pub rules: Levels,
}

/// What is asked for where the metadata say something.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Condition {
    /// Fields, each with the values of which it must have one; all must hold.
    #[serde(rename = "if")]
    pub fields_are: BTreeMap<String, Vec<String>>,
    /// Keys of sections that must then be there.
    pub required: Vec<String>,
    /// Fields that must then be there.
    pub fields: Vec<String>,
}

/// What may be said of an action item, each a column of a table of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActionAspect {
    /// What it is for.
    Kind,
    /// Who sees to it.
    Owner,
    /// By when.
    Due,
    /// How far it is.
    Status,
    /// How one will know that it is done.
    DoneWhen,
    /// How soon it matters.
    Priority,
    /// The cause it answers.
    Cause,
}

impl ActionAspect {
    /// All, in order.
    pub const ALL: [Self; 7] = [Self::Kind, Self::Owner, Self::Due, Self::Status, Self::DoneWhen, Self::Priority, Self::Cause];

    /// The word in site.toml.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Owner => "owner",
            Self::Due => "due",
            Self::Status => "status",
            Self::DoneWhen => "done_when",
            Self::Priority => "priority",
            Self::Cause => "cause",
        }
    }

    /// The heading of its column in a table of actions.
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            Self::Kind => "Kind",
            Self::Owner => "Owner",
            Self::Due => "Due",
            Self::Status => "Status",
            Self::DoneWhen => "Done when",
            Self::Priority => "Priority",
            Self::Cause => "Cause",
        }
    }
}

/// A step of the severity scale.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeverityTerm {
    /// The id in front matter, compared without regard to case: `sev1`.
    pub id: String,
    /// The name on pages: "SEV1".
    pub name: String,
    /// What it means; may be empty.
    pub description: String,
}

/// A word of a controlled vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Term {
    /// The name on pages.
    pub name: String,
    /// What it is; may be empty.
    pub description: String,
    /// The team that owns it; may be empty.
    pub owner: String,
    /// Where `site.toml` says so.
    pub span: Span,
}

/// A team or house that owns services, documents or actions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Owner {
    /// The name on pages.
    pub name: String,
    /// What it looks after; may be empty.
    pub description: String,
    /// Where `site.toml` says so.
    pub span: Span,
}

/// Somebody the documents name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// The name internally.
    pub name: String,
    /// The role that stands for the name in public.
    pub role: String,
    /// The owner they belong to, as written: an id of `[owners]`, its name, or a word of its own; may be empty.
    pub team: String,
    /// Where `site.toml` says so.
    pub span: Span,
}

/// The cause taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Causes {
    /// Branches in reading order.
    pub branches: Vec<CauseBranch>,
    /// Triggers in reading order: what set an incident off, a separate axis.
    pub triggers: Vec<CauseLeaf>,
    /// Foreign words of the site, folded, each standing for a leaf path. They go before the words that leaves have of their own.
    pub map: BTreeMap<String, String>,
    /// Words, folded, that stand where causes do and name none: `[causes] ignore`.
    pub ignore: BTreeSet<String>,
}

impl Causes {
    /// The path (`change/config`) a word stands for: a word the site has mapped, a path, the id of a leaf that only one branch has, the name of a
    /// leaf, or a word that others use for it. Case, `_` and blanks do not matter, nor does `RootCause::` before it.
    #[must_use]
    pub fn resolve(&self, word: &str) -> Option<String> {
        let folded = fold(word);
        if let Some(path) = self.map.get(&folded) {
            return Some(path.clone());
        }
        let mut found = None;
        for branch in &self.branches {
            for leaf in &branch.leaves {
                let below = folded.strip_prefix(&branch.id).and_then(|rest| rest.strip_prefix('/'));
                if below == Some(&leaf.id) {
                    return Some(folded);
                }
                if leaf.id == folded && found.replace((branch, leaf)).is_some() {
                    return None;
                }
            }
        }
        let (branch, leaf) = found.or_else(|| self.called(&folded))?;
        Some(format!("{}/{}", branch.id, leaf.id))
    }

    /// The leaf that has a folded word for its name or among the words of others.
    fn called(&self, folded: &str) -> Option<(&CauseBranch, &CauseLeaf)> {
        let folded = folded.strip_prefix("rootcause::").unwrap_or(folded);
        let is_meant = |word: &str| letters(word.strip_prefix("RootCause::").unwrap_or(word)).eq(folded.chars());
        let leaves = self.branches.iter().flat_map(|branch| branch.leaves.iter().map(move |leaf| (branch, leaf)));
        leaves.into_iter().find(|(_, leaf)| std::iter::once(&leaf.name).chain(&leaf.maps).any(|word| is_meant(word)))
    }

    /// Whether a word stands among causes and is none, by the site's own decision.
    #[must_use]
    pub fn is_ignored(&self, word: &str) -> bool {
        !self.ignore.is_empty() && self.ignore.contains(&fold(word))
    }

    /// The branch and leaf of a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<(&CauseBranch, &CauseLeaf)> {
        let (branch, leaf) = path.split_once('/')?;
        let branch = self.branches.iter().find(|b| b.id == branch)?;
        Some((branch, branch.leaves.iter().find(|l| l.id == leaf)?))
    }

    /// The trigger a word stands for; a leading `trigger/` is allowed.
    #[must_use]
    pub fn trigger(&self, word: &str) -> Option<&CauseLeaf> {
        let folded = fold(word);
        let id = folded.strip_prefix("trigger/").unwrap_or(&folded);
        self.triggers.iter().find(|t| t.id == id)
    }
}

fn fold(word: &str) -> String {
    letters(word).collect()
}

/// The letters of a word without what does not matter in it.
fn letters(word: &str) -> impl Iterator<Item = char> {
    word.trim().chars().flat_map(char::to_lowercase).map(|letter| if matches!(letter, '_' | ' ') { '-' } else { letter })
}

/// A branch of the cause taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CauseBranch {
    /// The id: `change`.
    pub id: String,
    /// The name on pages: "Change".
    pub name: String,
    /// One sentence.
    pub definition: String,
    /// The leaves.
    pub leaves: Vec<CauseLeaf>,
}

/// A leaf of the cause taxonomy, or a trigger.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CauseLeaf {
    /// The id: `config`.
    pub id: String,
    /// The name on pages: "Configuration change".
    pub name: String,
    /// One sentence.
    pub definition: String,
    /// How it shows itself to whoever is on call, a sentence or two each.
    #[serde(default)]
    pub signs: Vec<String>,
    /// What has held against it in general practice, a sentence each.
    #[serde(default)]
    pub prevention: Vec<String>,
    /// Which neighbour is meant where this one is not: a sentence; may be empty.
    #[serde(default)]
    pub not: String,
    /// What others call it: labels, classes and words in common use.
    #[serde(default)]
    pub maps: Vec<String>,
    /// Where `site.toml` says so; nothing for what is built in.
    #[serde(skip)]
    pub span: Option<Span>,
}

/// A way to group postmortems by a front matter field of the site's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomTaxonomy {
    /// The key in routes and facets: `company`.
    pub key: String,
    /// The front matter field.
    pub field: String,
    /// The name of one term: "Company".
    pub name: String,
    /// The name of the list: "Companies".
    pub plural: String,
}

/// `[training]`: built in, each list replaced by the site's own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Training {
    /// What a drill asks before each thing that responders did.
    pub prompt: String,
    /// What is talked about after a drill.
    pub debrief: Vec<DebriefTopic>,
    /// The roles to hand out for a drill.
    pub roles: Vec<DrillRole>,
    /// The postmortems that were chosen to be read by everybody, one a month.
    #[serde(skip)]
    pub of_the_month: Vec<OfTheMonth>,
}

/// An entry of `[[training.debrief]]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DebriefTopic {
    /// What it is about.
    pub topic: String,
    /// The questions.
    pub questions: Vec<String>,
}

/// An entry of `[[training.roles]]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DrillRole {
    /// The role.
    pub name: String,
    /// What whoever has it does.
    pub task: String,
}

/// An entry of `[[training.of_the_month]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfTheMonth {
    /// The month, as `YYYY-MM`.
    pub month: String,
    /// The incident: its id, slug, file name or title.
    pub incident: Spanned<String>,
    /// Why it was chosen.
    pub why: String,
}

/// `[editions]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Editions {
    /// `[editions.public]`; nothing means that there is one edition. Anything under `[editions]`, even misspelt, declares it.
    pub public: Option<PublicEdition>,
}

/// `[editions.public]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicEdition {
    /// Whether training pages are part of it.
    pub training: bool,
    /// Whether the pages on the rules are part of it, where the site has them.
    pub rules: bool,
    /// What pages of incidents show of their history in git: of what the public has read. What was public once is shown again, even if it has been
    /// withheld since.
    pub history: HistoryShown,
    /// Keys of sections that a public report must have: built in, then `required` and `drop`.
    pub required: Vec<String>,
    /// Fields of the metadata that are not for the public: built in, then `internal_fields` and `public_fields`.
    pub internal_fields: Vec<String>,
    /// Keys of the metadata that no field answers to and that the public may see; all others of that sort are not for it.
    pub public_fields: Vec<String>,
    /// The site's name in public, where it is another.
    pub title: Option<String>,
    /// What it is about, in public.
    pub description: Option<String>,
    /// The address it is published at; that of the internal edition is nobody else's.
    pub base_url: Option<String>,
    /// The line at the end of every page; that of the internal edition is not for everybody.
    pub footer: String,
    /// The links beside it, likewise.
    pub footer_links: Vec<NavItem>,
}

/// `[theme]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// The folder below `themes/` whose files go before the built-in ones, and the built-in theme that they are laid over. Default: "default".
    pub name: String,
    /// The colour of links, marks and drawings; that of the theme where the site names none.
    pub accent: Option<Accent>,
}

/// `accent` of `[theme]`: a colour, or one for each scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accent {
    /// On a light ground.
    pub light: Spanned<Colour>,
    /// On a dark ground; where the site does not say, it is made of the other.
    pub dark: Option<Spanned<Colour>>,
}

/// A link in the header or at the foot of every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// The words.
    pub title: String,
    /// A path of this site (`/incidents/`) or an address, with its place in site.toml.
    pub url: Spanned<String>,
}
