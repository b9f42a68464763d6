//! A site: what one edition may see, with an address for everything.
//!
//! A [`Site`] is made once and never changes; an edit makes another. Routes and addresses are a table both ways, so that links are made from
//! routes and never by joining strings.

mod address;
mod alias;
mod csaf;
mod gist;
mod likeness;
mod navigation;
mod out_path;
mod pattern;
mod records;
mod route;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::check::Exposures;
use crate::config::{Config, HistoryShown};
use crate::diagnostic::{Diagnostic, Label, RuleName, SourcePath, Span};
use crate::edition::{Audience, Projected, Saying, said};
use crate::knowledge::glossary::Glossary;
use crate::knowledge::{self, Grouping, Knowledge, Ledger, Metrics, Relation, SimilarText, Taxonomy, Term, metrics};
use crate::markdown::Highlighter;
use crate::model::{Corpus, DocumentId, Page, Postmortem, portable};
use crate::parse::UNKNOWN_DIRECTIVE;
use crate::search::likeness::Likeness;
use crate::search::{BundleFile, Compression};
use crate::source::SKIPPED_INPUT;
use crate::theme::{Theme, Words};
use crate::training::{Drill, Path, PathOrigin, Programme, Standing, programme};

use gist::{Gist, RememberedGists};
use pattern::Told;

pub use alias::Redirect;
pub use likeness::RememberedWords;
pub use navigation::{NavLink, active_key, footer_links, navigation};
pub use out_path::{BadOutPath, OutPath};
pub(crate) use out_path::{OURS, file_of_url};
pub use pattern::{Pattern, asks_for_tools, lessons, says_something};
pub(crate) use records::section_words;
pub use route::{Export, FeedFormat, Listing, Route, root_of};

/// The rule of two files that claim one address.
pub const ROUTE_COLLISION: RuleName = RuleName("route-collision");

/// A taxonomy, by its place, with terms of it and how often each comes with another one.
pub(crate) type Companions = (usize, Vec<(usize, usize)>);

/// How many postmortems one page of a list shows.
pub const PER_PAGE: usize = 100;

/// What is known of the build itself. The core never asks the clock or the environment; whoever runs it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildInfo {
    /// The day it is.
    pub today: jiff::civil::Date,
    /// The address the site is published at, ending in `/`: from the command line or the environment, else from site.toml.
    pub base_url: Option<String>,
}

/// How pages look, and what is remembered of making them so. It outlives a site: the next one, after an edit, looks the same.
pub struct Look {
    /// Templates and assets.
    pub theme: Theme,
    /// What is remembered, whatever the theme.
    pub memory: Arc<Memory>,
}

/// What was worked out once, and is the same for every site.
#[derive(Default)]
pub struct Memory {
    /// What colours code.
    highlighter: Highlighter,
    /// The words of documents that were read to see which are alike.
    words: RememberedWords,
    /// What of documents decides which pages there are.
    gists: RememberedGists,
    /// The routes of the last sites, one for each edition.
    layouts: Mutex<Vec<Layout>>,
}

/// The routes of a site, and all that they depend on.
#[derive(Clone)]
struct Layout {
    knowledge: Arc<Knowledge>,
    config: Arc<Config>,
    assets: Vec<String>,
    patterns: Vec<Pattern>,
    redirects: Vec<Redirect>,
    /// The reading paths and drills.
    programme: Arc<Programme>,
    /// Whether anything was learned.
    has_takeaways: bool,
    /// The postmortems that are told as CSAF.
    csaf: Vec<usize>,
    has_actions: bool,
    /// Whether the site knows its own address.
    has_address: bool,
    routes: Arc<BTreeMap<String, Route>>,
}

/// How many layouts are remembered: those of two editions.
const LAYOUTS: usize = 2;

impl Layout {
    /// Whether the routes would be the same.
    fn is_like(&self, other: &Self) -> bool {
        self.knowledge.names_and_groups_as(&other.knowledge)
            && Arc::ptr_eq(&self.config, &other.config)
            && self.knowledge.references.attachments() == other.knowledge.references.attachments()
            && self.assets == other.assets
            && self.patterns == other.patterns
            && self.redirects == other.redirects
            && self.programme == other.programme
            && self.has_takeaways == other.has_takeaways
            && self.csaf == other.csaf
            && self.has_actions == other.has_actions
            && self.has_address == other.has_address
    }
}

/// A site, complete and unchanging.
pub struct Site {
    projected: Projected,
    config: Arc<Config>,
    look: Arc<Look>,
    build: BuildInfo,
    routes: Arc<BTreeMap<String, Route>>,
    prose: HashMap<(usize, usize), usize>,
    gists: Vec<Gist>,
    told: Told,
    redirects: Vec<Redirect>,
    programme: Arc<Programme>,
    search: OnceLock<Vec<BundleFile>>,
    digests: Vec<OnceLock<String>>,
    cards: Vec<OnceLock<minijinja::Value>>,
    companions: Vec<Vec<OnceLock<Vec<Companions>>>>,
    sayings: Vec<OnceLock<Vec<Saying>>>,
    exposures: OnceLock<Option<Exposures>>,
    ledger: OnceLock<Ledger>,
    metrics: OnceLock<Metrics>,
    glossary: OnceLock<Option<Glossary>>,
    likeness: OnceLock<Likeness>,
    shared: OnceLock<minijinja::Value>,
}

impl Site {
    /// Makes the site of a projected corpus. Total: what is wrong with it (two files claiming one address) is a finding, and the first in
    /// order of path keeps the address.
    pub fn new(projected: Projected, look: Arc<Look>, build: BuildInfo) -> (Self, Vec<Diagnostic>) {
        let config = Arc::clone(projected.config());
        let gists = look.memory.gists.of(projected.corpus());
        let told = gists.iter().fold(Told::default(), |told, gist| told.or(gist.told));
        let prose = term_prose(projected.corpus(), projected.knowledge(), &config);
        let digests = projected.corpus().postmortems.iter().map(|_| OnceLock::new()).collect();
        let cards = projected.corpus().postmortems.iter().map(|_| OnceLock::new()).collect();
        let unknown = |taxonomy: &Taxonomy| taxonomy.terms.iter().map(|_| OnceLock::new()).collect();
        let companions = projected.knowledge().taxonomies.iter().map(unknown).collect();
        let sayings = projected.corpus().postmortems.iter().map(|_| OnceLock::new()).collect();
        let mut site = Self {
            projected,
            config,
            look,
            build,
            routes: Arc::default(),
            prose,
            gists,
            told,
            redirects: Vec::new(),
            programme: Arc::default(),
            search: OnceLock::new(),
            digests,
            cards,
            companions,
            sayings,
            exposures: OnceLock::new(),
            ledger: OnceLock::new(),
            metrics: OnceLock::new(),
            glossary: OnceLock::new(),
            likeness: OnceLock::new(),
            shared: OnceLock::new(),
        };
        if site.teaches() {
            let standings: Vec<Standing> = site.gists.iter().map(|gist| gist.standing).collect();
            site.programme = Arc::new(programme(site.corpus(), &standings, site.knowledge(), &site.config, site.build.today));
        }
        let (redirects, mut findings) = alias::redirects(&site);
        site.redirects = redirects;
        let (csaf, not_told) = csaf::told(&site);
        findings.extend(not_told);
        findings.extend(site.lay_out(csaf));
        findings.extend(address::broken(&site));
        findings.extend(site.projected.unfit().iter().map(unfit));
        for finding in &mut findings {
            for label in std::iter::once(&mut finding.primary).chain(&mut finding.labels) {
                label.span = site.projected.place(&label.path, label.span);
            }
        }
        (site, findings)
    }

    /// The documents of this edition.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        self.projected.corpus()
    }

    /// What is true of them together.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        self.projected.knowledge()
    }

    /// The site's decisions.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The theme.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.look.theme
    }

    /// What pages say, in the language of the site.
    #[must_use]
    pub fn words(&self) -> &Words {
        self.look.theme.words()
    }

    /// The figures of the incidents of this edition.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        self.metrics.get_or_init(|| metrics(self.corpus(), self.knowledge(), &self.config, self.build.today))
    }

    /// What colours code.
    #[must_use]
    pub fn highlighter(&self) -> &Highlighter {
        &self.look.memory.highlighter
    }

    /// What is known of the build.
    #[must_use]
    pub fn build(&self) -> &BuildInfo {
        &self.build
    }

    /// Whether this is the edition for everybody.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.projected.edition().audience.is_public()
    }

    /// Whether this is the internal edition of a site that has a public one, too: it is for nobody else.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        self.config.editions.public.is_some() && self.projected.edition().audience == Audience::Internal
    }

    /// Whether this edition has pages for training.
    #[must_use]
    pub fn teaches(&self) -> bool {
        !self.is_public() || self.config.public_edition().training
    }

    /// The reading paths and drills.
    #[must_use]
    pub fn programme(&self) -> &Programme {
        &self.programme
    }

    /// The reading path at a place.
    #[must_use]
    pub fn path(&self, n: usize) -> Option<&Path> {
        self.programme.paths.get(n)
    }

    /// The drill at a place.
    #[must_use]
    pub fn drill(&self, n: usize) -> Option<&Drill> {
        self.programme.drills.get(n)
    }

    /// The address the site is published at, ending in `/`.
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        self.build.base_url.as_deref().or(self.config.site.base_url.as_deref())
    }

    /// The path of the site on its host: `/`, or that of its address, such as `/team/`.
    #[must_use]
    pub fn root_on_host(&self) -> String {
        let path = self.base_url().and_then(|base| base.split_once("://")).and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| path);
        format!("/{}", path.unwrap_or_default())
    }

    /// The postmortem at a place.
    #[must_use]
    pub fn postmortem(&self, n: usize) -> Option<&Postmortem> {
        self.corpus().postmortems.get(n).map(|p| &**p)
    }

    /// All postmortems with their places, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = (usize, &Postmortem)> {
        self.knowledge().newest_first.iter().filter_map(|n| Some((*n, self.postmortem(*n)?)))
    }

    /// The page at a place.
    #[must_use]
    pub fn page(&self, n: usize) -> Option<&Page> {
        self.corpus().pages.get(n).map(|p| &**p)
    }

    /// The taxonomy and term at their places.
    #[must_use]
    pub fn term(&self, taxonomy: usize, term: usize) -> Option<(&Taxonomy, &Term)> {
        let taxonomy = self.knowledge().taxonomies.get(taxonomy)?;
        Some((taxonomy, taxonomy.terms.get(term)?))
    }

    /// The taxonomy of a grouping, with its place; of groupings of the site's own, the first.
    #[must_use]
    pub fn taxonomy(&self, grouping: Grouping) -> Option<(usize, &Taxonomy)> {
        self.knowledge().taxonomies.iter().enumerate().find(|(_, taxonomy)| taxonomy.grouping == grouping)
    }

    /// The list of the postmortems with a term, by the last part of its address; nothing where no postmortem has it.
    #[must_use]
    pub fn listing(&self, grouping: Grouping, slug: &str) -> Option<Listing> {
        let (place, taxonomy) = self.taxonomy(grouping)?;
        Some(Listing::Term { taxonomy: place, term: taxonomy.position(slug)? })
    }

    /// The page of `content/` that speaks of a term, if there is one, by its place.
    #[must_use]
    pub fn prose(&self, taxonomy: usize, term: usize) -> Option<usize> {
        self.prose.get(&(taxonomy, term)).copied()
    }

    /// The page that introduces the site, by its place: `index.md` at the top of the content.
    #[must_use]
    pub fn introduction(&self) -> Option<usize> {
        let path = self.config.content.path("index");
        self.corpus().pages.iter().position(|page| without_extension(page.head.path.as_str()) == path)
    }

    /// The pages at the top of the site, such as `/about/`: their address and they themselves.
    pub fn top_pages(&self) -> impl Iterator<Item = (String, &Page)> {
        self.corpus().pages.iter().enumerate().filter_map(|(n, page)| {
            let url = self.url(Route::Page(n));
            (url.matches('/').count() == 1 && self.routes.get(&url) == Some(&Route::Page(n))).then_some((url, &**page))
        })
    }

    /// The postmortems a list shows, newest first.
    #[must_use]
    pub fn members(&self, listing: Listing) -> &[usize] {
        match listing {
            Listing::All => &self.knowledge().newest_first,
            Listing::Term { taxonomy, term } => self.term(taxonomy, term).map_or(&[], |(_, term)| &term.members),
        }
    }

    /// Those of them that one page of the list shows.
    #[must_use]
    pub fn members_on(&self, listing: Listing, page: usize) -> &[usize] {
        self.members(listing).chunks(PER_PAGE).nth(page.saturating_sub(1)).unwrap_or_default()
    }

    /// How many pages a list has; at least one.
    #[must_use]
    pub fn page_count(&self, listing: Listing) -> usize {
        self.members(listing).len().div_ceil(PER_PAGE).max(1)
    }

    /// Files beside the documents that documents link to.
    #[must_use]
    pub fn attachment(&self, n: usize) -> Option<&SourcePath> {
        self.attachments().get(n)
    }

    /// Those files, in order of path.
    fn attachments(&self) -> &[SourcePath] {
        self.knowledge().references.attachments()
    }

    /// Old addresses of documents, and where they lead.
    #[must_use]
    pub fn redirects(&self) -> &[Redirect] {
        &self.redirects
    }

    /// The search bundle, made when it is first asked for: as it is published, unless it was asked for in another form before.
    pub fn search_bundle(&self) -> &[BundleFile] {
        self.search_bundle_as(Compression::Gzip)
    }

    /// The search bundle, made in this form if it is not made yet; the names of its files are the same in every form.
    pub fn search_bundle_as(&self, compression: Compression) -> &[BundleFile] {
        self.search.get_or_init(|| records::search_bundle(self, compression))
    }

    /// The documents in the order in which the search numbers them.
    #[must_use]
    pub fn search_order(&self) -> Vec<DocumentId> {
        records::search_order(self)
    }

    /// The glossary of this edition, where it has one and its terms are linked; read when it is first asked for.
    pub fn glossary(&self) -> Option<&Glossary> {
        self.glossary.get_or_init(|| Glossary::read(self.corpus(), &self.config)).as_ref()
    }

    /// Which postmortems are alike by their words, weighed when it is first asked for.
    pub fn likeness(&self) -> &Likeness {
        self.likeness.get_or_init(|| likeness::likeness(self.corpus(), &self.config, &self.look.memory.words))
    }

    /// The postmortems related to one, strongest first, at most `limit`; by their words alone only where nothing else relates enough of them.
    #[must_use]
    pub fn related(&self, of: usize, limit: usize) -> Vec<Relation> {
        knowledge::related(self.knowledge(), of, limit, || {
            self.likeness().near(of).into_iter().map(|alike| SimilarText { other: alike.other, words: alike.words }).collect()
        })
    }

    /// The plain words that stand for a postmortem in feeds, made when they are first asked for: it is in the feed of each of its terms.
    pub(crate) fn digest(&self, n: usize, make: impl FnOnce() -> String) -> &str {
        self.digests.get(n).map_or("", |digest| digest.get_or_init(make))
    }

    /// What stands for a postmortem in lists, converted for templates when it is first asked for.
    pub(crate) fn card(&self, n: usize, make: impl FnOnce() -> minijinja::Value) -> Option<&minijinja::Value> {
        self.cards.get(n).map(|card| card.get_or_init(make))
    }

    /// The terms that come with another one most often, counted when they are first asked for: they are on each page of its list.
    pub(crate) fn companions(&self, taxonomy: usize, term: usize, count: impl FnOnce() -> Vec<Companions>) -> &[Companions] {
        let companions = self.companions.get(taxonomy).and_then(|terms| terms.get(term));
        companions.map_or(&[], |companions| companions.get_or_init(count))
    }

    /// What this edition shows of the history of incidents.
    #[must_use]
    pub fn history_shown(&self) -> HistoryShown {
        self.config.history_of(self.is_public())
    }

    /// What this edition has said of a postmortem, the oldest first; nothing where it shows no history. Read from git's texts when it is first asked for.
    #[must_use]
    pub fn sayings(&self, n: usize) -> &[Saying] {
        let read = || self.postmortem(n).map(|postmortem| self.read_sayings(postmortem)).unwrap_or_default();
        self.sayings.get(n).map_or(&[], |sayings| sayings.get_or_init(read))
    }

    /// A text with what no public build lets through was never public, however it was committed: it was refused, mended, and must not come back as
    /// an earlier one. What stands in today's text as well is let through.
    fn read_sayings(&self, postmortem: &Postmortem) -> Vec<Saying> {
        let mut sayings = self.projected.sayings(&postmortem.head.path);
        if self.is_public() && !sayings.is_empty() {
            let exposures = self.exposures.get_or_init(|| self.projected.settings_of_history().map(Exposures::of));
            let today = said(postmortem);
            let of_today: HashSet<&str> = today.lines().collect();
            let gone = |saying: &Saying| saying.text.lines().filter(|line| !of_today.contains(line)).collect::<Vec<_>>().join("\n");
            sayings.retain(|saying| exposures.as_ref().is_none_or(|exposures| exposures.find(&gone(saying)).is_empty()));
            sayings.dedup_by(|later, earlier| later.text == earlier.text);
        }
        sayings
    }

    /// What became of every action item, put together when it is first asked for.
    pub fn ledger(&self) -> &Ledger {
        self.ledger.get_or_init(|| knowledge::ledger(self.corpus(), self.knowledge(), &self.config, self.build.today))
    }

    /// The data every page shares, converted for templates once.
    pub(crate) fn shared_view(&self, make: impl FnOnce() -> minijinja::Value) -> &minijinja::Value {
        self.shared.get_or_init(make)
    }

    /// Every route but those of the search bundle, in order of address.
    pub fn routes(&self) -> impl Iterator<Item = (&str, &Route)> {
        self.routes.iter().map(|(url, route)| (url.as_str(), route))
    }

    /// The routes of the search bundle. Their names depend on its bytes, so this makes it.
    pub fn search_routes(&self) -> impl Iterator<Item = (&str, Route)> {
        self.search_bundle().iter().enumerate().map(|(n, file)| (file.path.as_str(), Route::SearchFile(n)))
    }

    /// The route at an address (site-relative, without a leading `/`).
    #[must_use]
    pub fn route(&self, url: &str) -> Option<Route> {
        if let Some(route) = self.routes.get(url) {
            return Some(*route);
        }
        if url.starts_with("search/") {
            return self.search_bundle().iter().position(|file| file.path == url).map(Route::SearchFile);
        }
        None
    }

    /// The address of a document.
    #[must_use]
    pub fn document_url(&self, id: DocumentId) -> String {
        match id {
            DocumentId::Postmortem(n) => self.url(Route::Incident(n)),
            DocumentId::Page(n) => {
                let of_term =
                    self.prose.iter().find(|(_, page)| **page == n).map(|(&(taxonomy, term), _)| Listing::Term { taxonomy, term });
                let of_term = of_term.map(|listing| Route::List(listing, 1));
                let path = || self.programme.paths.iter().position(|path| path.origin == PathOrigin::Page(n)).map(Route::Path);
                self.url(of_term.or_else(path).unwrap_or(Route::Page(n)))
            }
        }
    }

    /// The address of a route, relative to the site and without a leading `/`; the home page has the empty one.
    #[must_use]
    pub fn url(&self, route: Route) -> String {
        match route {
            Route::Home => String::new(),
            Route::Incident(n) => format!("incidents/{}/", self.postmortem(n).map_or("", |p| p.head.slug.as_str())),
            Route::History(n) => format!("{}history.json", self.url(Route::Incident(n))),
            Route::Page(n) => self.page(n).map_or_else(String::new, |page| self.page_url(page)),
            Route::List(listing, page) => {
                let folder = self.list_folder(listing);
                let base = if listing == Listing::All { "incidents/" } else { &folder };
                if page > 1 { format!("{base}page/{page}/") } else { base.to_owned() }
            }
            Route::Taxonomy(n) => self.knowledge().taxonomies.get(n).map_or_else(String::new, |t| format!("{}/", t.key)),
            Route::Search => "search/".into(),
            Route::NotFound => "404.html".into(),
            Route::Feed(listing, format) => format!("{}{}", self.list_folder(listing), format.file_name()),
            Route::Actions => "actions/".into(),
            Route::Metrics => "metrics/".into(),
            Route::Patterns => "patterns/".into(),
            Route::Pattern(pattern) => format!("patterns/{}/", pattern.key()),
            Route::Learn => "learn/".into(),
            Route::Path(n) => self.path(n).map_or_else(String::new, |path| format!("learn/{}/", path.key)),
            Route::PathStep(n, step) => format!("{}{step}/", self.url(Route::Path(n))),
            Route::Packet(n) => self.path(n).map_or_else(String::new, |path| format!("packets/{}/", path.key)),
            Route::Drills => "drills/".into(),
            Route::Drill(n) => self.drill(n).map_or_else(String::new, |drill| format!("drills/{}/", drill.key)),
            Route::DrillStep(n, step) => format!("{}{step}/", self.url(Route::Drill(n))),
            Route::Facilitator(n) => format!("{}facilitator/", self.url(Route::Drill(n))),
            Route::DrillJson(n) => format!("{}drill.json", self.url(Route::Drill(n))),
            Route::Takeaways => "learn/takeaways/".into(),
            Route::TakeawaysFeed(format) => format!("learn/takeaways/{}", format.file_name()),
            Route::Export(export) => export.file_name().into(),
            Route::Markdown(id) => format!("{}index.md", self.document_url(id)),
            Route::IncidentJson(n) => format!("{}index.json", self.url(Route::Incident(n))),
            Route::Csaf(n) => self.postmortem(n).map_or_else(String::new, |p| csaf::url(&p.id)),
            Route::Redirect(n) => self.redirects.get(n).map_or_else(String::new, |redirect| redirect.from.clone()),
            Route::Redirects => "_redirects".into(),
            Route::Sitemap => "sitemap.xml".into(),
            Route::Robots => "robots.txt".into(),
            Route::Headers => "_headers".into(),
            Route::Asset(n) => self.look.theme.assets().nth(n).map_or_else(String::new, |asset| asset.path.clone()),
            Route::SearchFile(n) => self.search_bundle().get(n).map_or_else(String::new, |file| file.path.clone()),
            Route::Attachment(n) => self.attachment(n).map_or_else(String::new, |path| self.config.content.below(path.as_str()).to_owned()),
        }
    }

    /// The folder of a list's address, where its feeds are: that of the site itself for all postmortems.
    fn list_folder(&self, listing: Listing) -> String {
        let Listing::Term { taxonomy, term } = listing else { return String::new() };
        self.term(taxonomy, term).map_or_else(String::new, |(taxonomy, term)| {
            let folder = if taxonomy.grouping == Grouping::Year { "incidents" } else { &taxonomy.key };
            format!("{folder}/{}/", term.slug)
        })
    }

    /// Whether there is a page or file at a route.
    #[must_use]
    pub fn has(&self, route: Route) -> bool {
        self.routes.get(&self.url(route)) == Some(&route)
    }

    /// The address of an attachment by its path; nothing where its name keeps it from being published.
    #[must_use]
    pub fn attachment_url(&self, path: &str) -> Option<String> {
        let n = self.attachments().binary_search_by(|a| a.as_str().cmp(path)).ok()?;
        Some(self.url(Route::Attachment(n))).filter(|url| self.routes.contains_key(url))
    }

    fn page_url(&self, page: &Page) -> String {
        let path = self.config.content.below(page.head.path.as_str());
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let is_index = without_extension(name) == "index";
        let mut parts: Vec<String> = folder.split('/').filter(|part| !part.is_empty()).map(portable).collect();
        if is_index {
            parts.pop();
        }
        if !(is_index && folder.is_empty()) {
            parts.push(page.head.slug.value.clone());
        }
        parts.push(String::new());
        parts.join("/")
    }

    /// Gives every route its address: the one it had, where nothing differs that addresses depend on.
    fn lay_out(&mut self, csaf: Vec<usize>) -> Vec<Diagnostic> {
        let mut layout = Layout {
            knowledge: Arc::clone(self.projected.knowledge()),
            config: Arc::clone(&self.config),
            assets: self.look.theme.assets().map(|asset| asset.path.clone()).collect(),
            patterns: Pattern::ALL.into_iter().filter(|pattern| pattern.has_something(self)).collect(),
            redirects: self.redirects.clone(),
            programme: Arc::clone(&self.programme),
            has_takeaways: self.teaches() && self.told.lessons,
            csaf,
            has_actions: self.gists.iter().any(|gist| gist.has_actions),
            has_address: self.base_url().is_some(),
            routes: Arc::default(),
        };
        let look = Arc::clone(&self.look);
        let mut layouts = look.memory.layouts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = layouts.iter().find(|before| before.is_like(&layout)) {
            self.routes = Arc::clone(&before.routes);
            return Vec::new();
        }
        let Table { routes, findings } = self.claim_all(&layout);
        layout.routes = Arc::new(routes);
        self.routes = Arc::clone(&layout.routes);
        // What a document is told of its address is told at its place in the text, which may move.
        if findings.is_empty() {
            layouts.insert(0, layout);
            layouts.truncate(LAYOUTS);
        }
        findings
    }

    fn claim_all(&self, layout: &Layout) -> Table {
        let mut table = Table { routes: BTreeMap::new(), findings: Vec::new() };
        // Addresses in a sitemap are whole, and it has at least one.
        let sitemap = layout.has_address.then_some(Route::Sitemap);
        let always = [Route::Home, Route::Search, Route::NotFound, Route::Robots, Route::Headers, Route::Export(Export::LlmsTxt)];
        for route in always.into_iter().chain(sitemap) {
            table.claim(self, route);
        }
        self.claim_feeds(&mut table, Listing::All);
        self.claim_patterns(layout, &mut table);
        self.claim_list(&mut table, Listing::All);
        for (taxonomy, entry) in self.knowledge().taxonomies.iter().enumerate() {
            if entry.grouping != Grouping::Year {
                table.claim(self, Route::Taxonomy(taxonomy));
            }
            for term in 0..entry.terms.len() {
                let listing = Listing::Term { taxonomy, term };
                self.claim_list(&mut table, listing);
                // What came out in a year that has passed is no news.
                if entry.grouping != Grouping::Year {
                    self.claim_feeds(&mut table, listing);
                }
            }
        }
        for n in 0..self.corpus().postmortems.len() {
            if table.claim(self, Route::Incident(n)) {
                table.claim(self, Route::Markdown(DocumentId::Postmortem(n)));
                table.claim(self, Route::IncidentJson(n));
                if self.postmortem(n).is_some_and(|postmortem| self.projected.has_history(&postmortem.head.path)) {
                    table.claim(self, Route::History(n));
                }
            }
        }
        for n in &layout.csaf {
            table.claim(self, Route::Csaf(*n));
        }
        self.claim_training(layout, &mut table);
        let paths = self.programme.paths.iter().filter_map(|path| if let PathOrigin::Page(n) = path.origin { Some(n) } else { None });
        let used: HashSet<usize> = self.prose.values().copied().chain(self.introduction()).chain(paths).collect();
        for n in 0..self.corpus().pages.len() {
            if !used.contains(&n) && table.claim(self, Route::Page(n)) {
                table.claim(self, Route::Markdown(DocumentId::Page(n)));
            }
        }
        for n in 0..self.look.theme.assets().count() {
            table.claim(self, Route::Asset(n));
        }
        for (n, path) in self.attachments().iter().enumerate() {
            match OutPath::new(&self.url(Route::Attachment(n))) {
                Ok(_) => _ = table.claim(self, Route::Attachment(n)),
                Err(bad) => table.findings.push(
                    Diagnostic::new(SKIPPED_INPUT, path, Span::default(), format!("the file cannot be published: {}", bad.flaw))
                        .help("give it a name of letters, digits, dashes and dots"),
                ),
            }
        }
        if !self.redirects.is_empty() {
            table.claim(self, Route::Redirects);
            table.claim_old(self);
        }
        table
    }

    /// What only the whole can tell; a page with nothing to say is not there.
    fn claim_patterns(&self, layout: &Layout, table: &mut Table) {
        if !layout.patterns.is_empty() {
            table.claim(self, Route::Patterns);
        }
        for pattern in &layout.patterns {
            table.claim(self, Route::Pattern(*pattern));
        }
        if layout.has_actions {
            table.claim(self, Route::Actions);
            for export in [Export::ActionsJson, Export::ActionsCsv, Export::ActionsIcs, Export::ActionsSchema] {
                table.claim(self, Route::Export(export));
            }
        }
        if !self.corpus().postmortems.is_empty() {
            table.claim(self, Route::Metrics);
            let of_incidents = [Export::MetricsJson, Export::IncidentsJson, Export::IncidentsCsv, Export::Statuspage];
            for export in of_incidents.into_iter().chain([Export::IncidentsSchema, Export::IncidentSchema]) {
                table.claim(self, Route::Export(export));
            }
        }
    }

    /// What teaches.
    fn claim_training(&self, layout: &Layout, table: &mut Table) {
        if !self.programme.is_empty() || layout.has_takeaways {
            table.claim(self, Route::Learn);
        }
        if layout.has_takeaways {
            table.claim(self, Route::Takeaways);
            for format in FeedFormat::ALL {
                table.claim(self, Route::TakeawaysFeed(format));
            }
        }
        for (n, path) in self.programme.paths.iter().enumerate() {
            if !table.claim(self, Route::Path(n)) {
                continue;
            }
            for step in 1..=path.steps.len() {
                table.claim(self, Route::PathStep(n, step));
            }
            if let PathOrigin::Page(page) = path.origin {
                table.claim(self, Route::Markdown(DocumentId::Page(page)));
            }
            if path.is_printed() {
                table.claim(self, Route::Packet(n));
            }
        }
        if !self.programme.drills.is_empty() {
            table.claim(self, Route::Drills);
            table.claim(self, Route::Export(Export::DrillSchema));
        }
        for (n, drill) in self.programme.drills.iter().enumerate() {
            if table.claim(self, Route::Drill(n)) {
                let steps = (1..=drill.steps.len() + 1).map(|step| Route::DrillStep(n, step));
                for route in steps.chain([Route::Facilitator(n), Route::DrillJson(n)]) {
                    table.claim(self, route);
                }
            }
        }
    }

    fn claim_feeds(&self, table: &mut Table, listing: Listing) {
        for format in FeedFormat::ALL {
            table.claim(self, Route::Feed(listing, format));
        }
    }

    fn claim_list(&self, table: &mut Table, listing: Listing) {
        for page in 1..=self.page_count(listing) {
            table.claim(self, Route::List(listing, page));
        }
    }

    /// The file a route comes from, where it comes from one, and the place in it that decides the address.
    fn origin(&self, route: Route) -> Option<(SourcePath, Span)> {
        let head = match route {
            Route::Incident(n) | Route::History(n) => &self.postmortem(n)?.head,
            Route::Page(n) => &self.page(n)?.head,
            Route::Path(n) | Route::PathStep(n, _) | Route::Packet(n) => match self.path(n)?.origin {
                PathOrigin::Page(page) => &self.page(page)?.head,
                _ => return None,
            },
            Route::Drill(n) => &self.postmortem(self.drill(n)?.incident)?.head,
            Route::Attachment(n) => return Some((self.attachment(n)?.clone(), Span::default())),
            Route::Redirect(n) => {
                let redirect = self.redirects.get(n)?;
                let head = self.corpus().get(redirect.to)?.head();
                return Some((head.path.clone(), redirect.span(head)));
            }
            _ => return None,
        };
        Some((head.path.clone(), head.slug.span))
    }
}

/// Addresses as they are given away.
struct Table {
    routes: BTreeMap<String, Route>,
    findings: Vec<Diagnostic>,
}

impl Table {
    /// Gives a route its address; false where something else has it.
    fn claim(&mut self, site: &Site, route: Route) -> bool {
        let url = site.url(route);
        let holder = self.routes.get(&url).copied();
        match holder {
            None => _ = self.routes.insert(url, route),
            Some(holder) => self.refuse(site, route, holder),
        }
        holder.is_none()
    }

    /// Gives old addresses away, which must not be in the way of anything, nor of each other, where case makes no difference.
    fn claim_old(&mut self, site: &Site) {
        let mut taken: BTreeMap<String, Route> = self.routes.iter().map(|(url, route)| (url.to_lowercase(), *route)).collect();
        for (n, redirect) in site.redirects.iter().enumerate() {
            let (folded, route) = (redirect.from.to_lowercase(), Route::Redirect(n));
            if let Some(holder) = in_the_way(&taken, &folded) {
                self.refuse(site, route, holder);
            } else {
                taken.insert(folded, route);
                self.routes.insert(redirect.from.clone(), route);
            }
        }
    }

    fn refuse(&mut self, site: &Site, route: Route, holder: Route) {
        let (Some((path, span)), url) = (site.origin(route), site.url(route)) else { return };
        let help = match route {
            Route::Redirect(_) => "an old address can lead to one document only; take it out of `aliases`",
            Route::Drill(_) => "give the drill another title, or the document an `id`",
            _ => "give this document another `slug` in its front matter, or rename the file",
        };
        let mut finding = Diagnostic::new(ROUTE_COLLISION, &path, span, format!("the address `/{url}` is already taken")).help(help);
        match site.origin(holder) {
            Some((other, other_span)) => finding.labels.push(Label { path: other, span: other_span, text: "taken by this file".into() }),
            None => finding.message = format!("the address `/{url}` belongs to a page the site makes itself"),
        }
        self.findings.push(finding);
    }
}

/// What is at an address, or is a file where it needs a folder, or lies in a folder where it needs a file.
fn in_the_way(routes: &BTreeMap<String, Route>, url: &str) -> Option<Route> {
    let file_above = || url.match_indices('/').find_map(|(end, _)| routes.get(url.get(..end)?));
    let below = || {
        let folder = if url.ends_with('/') { return None } else { format!("{url}/") };
        routes.range(folder.clone()..).next().filter(|(other, _)| other.starts_with(&folder)).map(|(_, route)| route)
    };
    routes.get(url).or_else(file_above).or_else(below).copied()
}

/// Says that nothing of a document can be shown in this edition.
fn unfit((path, title): &(SourcePath, Span)) -> Diagnostic {
    let message = "what is left of this document without its internal parts reads otherwise, so this edition leaves all of it out";
    Diagnostic::new(UNKNOWN_DIRECTIVE, path, *title, message)
        .help("a comment would be shown: put blank lines around what is internal, or the comment elsewhere")
}

/// Pages below `causes/`, `services/` and the like that speak of a term: (taxonomy, term) to page.
fn term_prose(corpus: &Corpus, knowledge: &Knowledge, config: &Config) -> HashMap<(usize, usize), usize> {
    let root = config.content.root.trim_matches('/');
    let mut prose = HashMap::new();
    for (n, page) in corpus.pages.iter().enumerate() {
        let path = page.head.path.as_str();
        let path = path.strip_prefix(root).map_or(path, |rest| rest.trim_start_matches('/'));
        let Some((folder, rest)) = path.split_once('/') else { continue };
        let slug = without_extension(rest);
        for (place, taxonomy) in knowledge.taxonomies.iter().enumerate() {
            if taxonomy.key == folder
                && let Some(term) = taxonomy.position(slug.strip_suffix("/index").unwrap_or(slug))
            {
                prose.insert((place, term), n);
            }
        }
    }
    prose
}

fn without_extension(path: &str) -> &str {
    let start = path.rfind('/').map_or(0, |slash| slash + 1);
    let name = path.get(start..).unwrap_or_default();
    let stem = name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or(name);
    path.get(..start + stem.len()).unwrap_or(path)
}
