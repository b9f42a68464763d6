//! The parts that several views share, and how they are made.

use std::marker::PhantomData;

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use crate::diagnostic::SourcePath;
use crate::knowledge::{CauseRole, Grouping, Taxonomy, report};
use crate::markdown::text::{block_text, plain_text};
use crate::markdown::{Block, BlockKind, percent_encode};
use crate::model::{DocumentId, Postmortem, Stage, Status};
use crate::render::prose::title;
use crate::render::wording::{DateView, day_view, duration, excerpt};
use crate::site::{Listing, Route, Site, active_key, root_of};
use crate::theme::{Words, is_rtl};

/// What every page says of itself.
#[derive(Debug, Serialize)]
pub(super) struct PageMeta {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) url: String,
    /// What kind of page it is: `incident`, `term`, `home`.
    pub(super) kind: &'static str,
    /// The `key` of the entry of the navigation that it belongs to.
    pub(super) active: String,
    /// The whole address, where the site knows its own.
    pub(super) canonical: Option<String>,
    pub(super) crumbs: Vec<Crumb>,
    /// Whether search engines are to leave it out.
    pub(super) noindex: bool,
    /// When its document was published, as RFC 3339 or a date alone, where it says.
    pub(super) published: Option<String>,
    /// When it was changed, likewise.
    pub(super) modified: Option<String>,
    /// The same in other formats.
    pub(super) copies: Vec<PageCopy>,
    /// Where its file can be edited, where the site says.
    pub(super) edit_url: Option<String>,
}

/// What is on a page, in another format.
#[derive(Debug, Serialize)]
pub(super) struct PageCopy {
    pub(super) name: &'static str,
    /// For `<link type>`.
    pub(super) media_type: &'static str,
    pub(super) url: String,
}

/// A page with its own view: what a template gets beside `site`.
#[derive(Debug, Serialize)]
pub(super) struct Framed<V> {
    pub(super) root: String,
    pub(super) page: PageMeta,
    #[serde(flatten)]
    pub(super) view: V,
}

/// A link above the title.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Crumb {
    pub(super) title: String,
    pub(super) url: String,
}

/// A link to a term.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TermLink {
    pub(super) name: String,
    pub(super) url: String,
    /// How many entries its list has, drills and all.
    pub(super) count: usize,
    /// Whether it is the page one is on.
    pub(super) current: bool,
}

/// A severity.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SeverityView {
    pub(super) name: String,
    /// Its place on the scale, from 1 for the worst; 0 for a word that is not on it.
    pub(super) step: usize,
    pub(super) url: String,
}

/// A postmortem in a list.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Card {
    /// What leads to it on its page, where it is the first of its month: "2026-03".
    pub(super) anchor: Option<String>,
    pub(super) title: String,
    pub(super) title_html: String,
    pub(super) url: String,
    /// The id of the incident.
    pub(super) id: String,
    pub(super) date: Option<DateView>,
    pub(super) severity: Option<SeverityView>,
    /// "3 h 10 min"
    pub(super) duration: Option<String>,
    /// The first words, without markup.
    pub(super) summary: String,
    pub(super) services: Vec<TermLink>,
    pub(super) causes: Vec<TermLink>,
    pub(super) tags: Vec<TermLink>,
    pub(super) custom: Vec<CustomTerms>,
    /// "Outage"
    pub(super) kind: Option<String>,
    /// What a reader should know of a report that is not whole yet: "Draft", "Ongoing".
    pub(super) status: Option<String>,
}

/// A part of a view, turned into a value of templates already.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(super) struct Made<T> {
    value: Value,
    #[serde(skip)]
    of: PhantomData<T>,
}

impl<T: Serialize> Made<T> {
    pub(super) fn of(part: &T) -> Self {
        Self { value: Value::from(Serde(part)), of: PhantomData }
    }
}

/// Terms of a taxonomy of the site's own.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CustomTerms {
    pub(super) name: String,
    pub(super) terms: Vec<TermLink>,
}

/// Where one is in a list of several pages.
#[derive(Debug, Serialize)]
pub(super) struct Pagination {
    /// The number of this page, from 1.
    pub(super) page: usize,
    /// How many there are.
    pub(super) pages: usize,
    pub(super) first_url: String,
    pub(super) newer_url: Option<String>,
    pub(super) older_url: Option<String>,
    pub(super) links: Vec<PageLink>,
}

/// A link to a page of a list.
#[derive(Debug, Serialize)]
pub(super) struct PageLink {
    pub(super) number: usize,
    pub(super) url: String,
    /// Whether it is the page one is on.
    pub(super) current: bool,
    /// Whether pages are left out before it.
    pub(super) gap: bool,
}

/// A way to narrow a list.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Facet {
    /// The first part of its address: `services`.
    pub(super) key: String,
    pub(super) name: String,
    /// The name of the list: "Services".
    pub(super) plural: String,
    /// Where all of them are.
    pub(super) url: String,
    pub(super) terms: Vec<TermLink>,
    /// How many terms are left out.
    pub(super) more: usize,
}

/// A link to a document.
#[derive(Debug, Serialize)]
pub(super) struct DocumentLink {
    pub(super) title: String,
    pub(super) url: String,
}

/// The language of a document, where it is not that of the site.
#[derive(Debug, Serialize)]
pub(super) struct Foreign {
    /// As BCP 47 has it: `de`.
    language: String,
    /// Which way it is written: `ltr`, `rtl`.
    direction: &'static str,
}

/// The language of a document that is in another one than the site.
pub(super) fn foreign(site: &Site, language: Option<&String>) -> Option<Foreign> {
    let language = language.filter(|language| !language.eq_ignore_ascii_case(&site.config().site.language))?;
    Some(Foreign { language: language.clone(), direction: if is_rtl(language) { "rtl" } else { "ltr" } })
}

/// Puts a view in its frame. `url` is the page's address; `root` leads from there to the top of the site.
pub(super) fn frame<V>(site: &Site, meta: PageMeta, view: V) -> Framed<V> {
    // The 404 page is shown at any address, so its links begin at the host's root.
    let root = if meta.kind == "not-found" { site.root_on_host() } else { root_of(&meta.url) };
    let noindex = meta.noindex || site.is_internal();
    Framed { root, page: PageMeta { noindex, ..meta }, view }
}

/// What a page says of itself, with the rest left at what most pages say.
pub(super) fn meta(site: &Site, kind: &'static str, title: String, url: String) -> PageMeta {
    let active = active_key(site, url.split('/').next().unwrap_or_default());
    let canonical = site.base_url().map(|base| format!("{base}{url}"));
    PageMeta {
        title,
        description: String::new(),
        url,
        kind,
        active,
        canonical,
        crumbs: Vec::new(),
        noindex: false,
        published: None,
        modified: None,
        copies: Vec::new(),
        edit_url: None,
    }
}

/// Where the file of a document can be edited, where the site says.
pub(super) fn edit_url(site: &Site, path: &SourcePath) -> Option<String> {
    let address = site.config().site.edit_url.as_ref()?;
    Some(address.replace("{path}", &percent_encode(path.as_str())))
}

/// The copies of a page that there are, of those that there may be.
pub(super) fn copies<const N: usize>(site: &Site, routes: [(&'static str, &'static str, Route); N]) -> Vec<PageCopy> {
    let there = routes.into_iter().filter(|(.., route)| site.has(*route));
    there.map(|(name, media_type, route)| PageCopy { name, media_type, url: site.url(route) }).collect()
}

/// The link to a term.
pub(super) fn term_link(site: &Site, taxonomy: usize, term: usize) -> TermLink {
    let url = site.url(Route::List(Listing::Term { taxonomy, term }, 1));
    let (name, count) = site.term(taxonomy, term).map_or_else(Default::default, |(_, term)| (term.name.clone(), term.members.len()));
    TermLink { name, url, count, current: false }
}

/// What a cause was to an incident; an only root cause is not called the primary one.
pub(super) fn role_name<'w>(words: &'w Words, role: CauseRole, postmortem: &Postmortem) -> &'w str {
    match role {
        CauseRole::Primary if postmortem.root_causes.len() > 1 => words.get("cause-role-primary"),
        CauseRole::Primary | CauseRole::Further => words.get("cause-role-root"),
        CauseRole::Contributing => words.get("cause-role-contributing"),
    }
}

/// The links to a postmortem's terms in a taxonomy; of a hierarchical one only the leaves.
pub(super) fn terms_of(site: &Site, taxonomy: usize, postmortem: usize) -> Vec<TermLink> {
    let Some(entry) = site.knowledge().taxonomies.get(taxonomy) else { return Vec::new() };
    entry
        .terms_of(postmortem)
        .filter(|(_, term)| !entry.is_hierarchical() || term.parent.is_some())
        .map(|(n, _)| term_link(site, taxonomy, n))
        .collect()
}

/// The same in the taxonomy of a grouping.
pub(super) fn terms_in(site: &Site, grouping: Grouping, postmortem: usize) -> Vec<TermLink> {
    site.taxonomy(grouping).map_or_else(Vec::new, |(taxonomy, _)| terms_of(site, taxonomy, postmortem))
}

/// The link to a term by the last part of its address; nothing where no postmortem has it.
pub(super) fn term_named(site: &Site, grouping: Grouping, slug: &str) -> Option<TermLink> {
    let Listing::Term { taxonomy, term } = site.listing(grouping, slug)? else { return None };
    Some(term_link(site, taxonomy, term))
}

/// The severity of a postmortem.
pub(super) fn severity_view(site: &Site, n: usize, postmortem: &Postmortem) -> Option<SeverityView> {
    let severity = postmortem.severity.as_ref()?;
    let link = terms_in(site, Grouping::Severity, n).into_iter().next()?;
    Some(SeverityView { name: link.name, step: severity.step.map_or(0, |step| step + 1), url: link.url })
}

/// The card of a postmortem, made once: it is in the list of each of its terms.
pub(super) fn card(site: &Site, n: usize) -> Option<Made<Card>> {
    let make = || new_card(site, n).map(|card| Made::of(&card).value).unwrap_or_default();
    site.card(n, make).map(|value| Made { value: value.clone(), of: PhantomData })
}

/// The same, to be changed.
pub(super) fn new_card(site: &Site, n: usize) -> Option<Card> {
    let words = site.words();
    let postmortem = site.postmortem(n)?;
    let custom = site.knowledge().taxonomies.iter().enumerate().filter(|(_, t)| t.grouping == Grouping::Custom);
    Some(Card {
        anchor: None,
        title: postmortem.head.title_text.clone(),
        title_html: title(&postmortem.head.title, site),
        url: site.url(Route::Incident(n)),
        id: postmortem.id.value.clone(),
        date: postmortem.date.as_ref().map(|given| day_view(words, given)),
        severity: severity_view(site, n, postmortem),
        duration: postmortem.duration().filter(|minutes| *minutes >= 0).map(|given| duration(words, given)),
        summary: summary_text(postmortem, 280),
        services: terms_in(site, Grouping::Service, n),
        causes: terms_in(site, Grouping::Cause, n),
        tags: terms_in(site, Grouping::Tag, n),
        custom: custom
            .map(|(taxonomy, entry)| CustomTerms { name: entry.name.clone(), terms: terms_of(site, taxonomy, n) })
            .filter(|custom| !custom.terms.is_empty())
            .collect(),
        kind: kind_name(words, postmortem),
        status: standing(words, postmortem).map(str::to_owned),
    })
}

/// What a reader of a list should know of a report that is not whole yet.
fn standing<'w>(words: &'w Words, postmortem: &Postmortem) -> Option<&'w str> {
    match postmortem.status {
        Status::Draft => Some(words.name(Status::Draft)),
        _ if report::ongoing(postmortem).is_some() => Some(words.get("ongoing")),
        _ if postmortem.is_preliminary() => Some(words.name(Stage::Preliminary)),
        Status::InReview => Some(words.name(Status::InReview)),
        Status::Reviewed | Status::Closed => None,
    }
}

/// The plain words that stand for a postmortem in lists: its summary, else its summary section, else its first words.
pub(in crate::render) fn summary_text(postmortem: &Postmortem, limit: usize) -> String {
    let text = postmortem.summary.as_ref().map(|summary| plain_text(summary)).filter(|text| !text.trim().is_empty());
    let text = text.or_else(|| {
        let sections = &postmortem.body.sections;
        let section = sections.iter().find(|section| section.key.as_deref() == Some("summary"));
        let first = first_words(&postmortem.body.lead);
        section
            .map(first_prose)
            .filter(|text| !text.is_empty())
            .or_else(|| (!first.is_empty()).then_some(first))
            .or_else(|| sections.iter().map(first_prose).find(|text| !text.is_empty()))
    });
    excerpt(&text.unwrap_or_default(), limit)
}

fn first_prose(section: &crate::model::Section) -> String {
    section.prose().map(first_words).find(|text| !text.is_empty()).unwrap_or_default()
}

/// The name of a postmortem's kind, where it says one.
pub(super) fn kind_name(words: &Words, postmortem: &Postmortem) -> Option<String> {
    postmortem.kind.as_ref().map(|kind| words.named("kind", kind))
}

/// Ways to narrow a list, each with its `most` largest terms.
pub(super) fn facets(site: &Site, most: usize) -> Vec<Facet> {
    site.knowledge().taxonomies.iter().enumerate().map(|(n, taxonomy)| facet(site, n, taxonomy, most)).collect()
}

fn facet(site: &Site, n: usize, taxonomy: &Taxonomy, most: usize) -> Facet {
    let words = site.words();
    let mut places: Vec<usize> = (0..taxonomy.terms.len()).collect();
    if taxonomy.is_hierarchical() {
        places.retain(|place| taxonomy.terms.get(*place).is_some_and(|term| term.parent.is_some()));
        places.sort_by_key(|place| std::cmp::Reverse(taxonomy.terms.get(*place).map_or(0, |term| term.members.len())));
    }
    let more = places.len().saturating_sub(most);
    places.truncate(most);
    Facet {
        key: taxonomy.key.clone(),
        name: words.term(taxonomy).to_owned(),
        plural: words.terms(taxonomy).to_owned(),
        // All years stand above the list of everything.
        url: site.url(if taxonomy.grouping == Grouping::Year { Route::List(Listing::All, 1) } else { Route::Taxonomy(n) }),
        terms: places.into_iter().map(|place| term_link(site, n, place)).collect(),
        more,
    }
}

/// The years, newest first.
pub(super) fn years(site: &Site) -> Vec<TermLink> {
    site.taxonomy(Grouping::Year)
        .map_or_else(Vec::new, |(n, taxonomy)| (0..taxonomy.terms.len()).map(|term| term_link(site, n, term)).collect())
}

/// The cards of one page of a list.
pub(super) fn cards(site: &Site, listing: Listing, page: usize) -> Vec<Made<Card>> {
    site.members_on(listing, page).iter().filter_map(|n| card(site, *n)).collect()
}

/// The newest postmortems.
pub(super) fn latest(site: &Site, count: usize) -> Vec<Made<Card>> {
    site.members(Listing::All).iter().take(count).filter_map(|n| card(site, *n)).collect()
}

/// Where page `page` of a list stands among its pages: the first, the last and those near by.
pub(super) fn pagination(site: &Site, listing: Listing, page: usize) -> Pagination {
    let pages = site.page_count(listing);
    let url = |number: usize| site.url(Route::List(listing, number));
    let mut links: Vec<PageLink> = Vec::new();
    for number in 1..=pages {
        if number == 1 || number == pages || number.abs_diff(page) <= 2 {
            let gap = links.last().is_some_and(|last| last.number + 1 < number);
            links.push(PageLink { number, url: url(number), current: number == page, gap });
        }
    }
    Pagination {
        page,
        pages,
        first_url: url(1),
        newer_url: (page > 1).then(|| url(page - 1)),
        older_url: (page < pages).then(|| url(page + 1)),
        links,
    }
}

/// The documents that link to one.
pub(super) fn mentioned_by(site: &Site, id: DocumentId) -> Vec<DocumentLink> {
    let sources = site.knowledge().backlinks.get(&id);
    sources
        .into_iter()
        .flatten()
        .filter_map(|from| {
            let document = site.corpus().get(*from)?;
            Some(DocumentLink { title: document.head().title_text.clone(), url: site.document_url(*from) })
        })
        .collect()
}

/// The text of the first paragraph.
pub(super) fn first_words(blocks: &[Block]) -> String {
    let paragraph = blocks.iter().find(|block| matches!(block.kind, BlockKind::Paragraph(_)));
    paragraph.map(|block| block_text(std::slice::from_ref(block))).unwrap_or_default()
}
