//! The page of a cause: what it is, how it shows itself, what holds against it, and what the incidents that name it tell together.

use serde::Serialize;

use super::actions::standing_cell;
use super::listing::{Feeds, Place, TaxonomyName, Together, counted, feeds, numbered, prose, strip, together};
use super::view::{Card, Crumb, Framed, Made, Pagination, TermLink, card, frame, meta, pagination, role_name, term_link, term_named};
use crate::config::CauseLeaf;
use crate::knowledge::{
    Answer, CauseProfile, CauseRole, Citing, Control, Controls, Drilled, Grouping, Link, Taxonomy, Term, cause_profile, citings,
};
use crate::model::{ActionStatus, DocumentId, portable};
use crate::render::chart::Chart;
use crate::render::export::action_url;
use crate::render::prose::Prose;
use crate::render::table::{Cell, Column, Table};
use crate::render::wording::civil_view;
use crate::site::{Listing, Route, Site};
use crate::theme::{Labelled, Words};

/// How many actions the page lists; the others are on the pages of their incidents.
const MOST_ACTIONS: usize = 15;
/// How many answers to "what would have found it sooner" are shown.
const MOST_GAPS: usize = 6;
/// How many services have a row of their own in the table of controls.
const MOST_SERVICES: usize = 8;

#[derive(Debug, Serialize)]
pub(super) struct CauseView {
    heading: String,
    taxonomy: TaxonomyName,
    /// One sentence.
    definition: String,
    prose_html: String,
    parent: Option<TermLink>,
    /// What others call it, in one line.
    also: String,
    /// Which neighbour is meant where this one is not.
    not_this: String,
    /// How it shows itself, a sentence or two each.
    signs: Vec<String>,
    /// By whom the incidents were found, as a sentence.
    found: String,
    gaps: Vec<Gap>,
    /// What holds against it, a sentence each.
    prevention: Vec<String>,
    coverage: Option<Table>,
    /// What is left to do, a sentence each; and drills.
    todo: Vec<String>,
    /// Of the leaves of a branch.
    leaves: Option<Table>,
    /// Leaves of a branch that no incident names.
    unused: Vec<Unused>,
    actions: Option<Table>,
    /// What the table of actions leaves out, in a sentence.
    actions_note: String,
    total: String,
    strip: Option<Chart>,
    /// Roles, layers, origins and triggers, counted: (what, counts in words).
    counts: Vec<Count>,
    incidents: Vec<Cited>,
    pagination: Pagination,
    siblings: Vec<TermLink>,
    children: Vec<TermLink>,
    together: Vec<Together>,
    feeds: Option<Feeds>,
}

/// What would have found an incident sooner.
#[derive(Debug, Serialize)]
struct Gap {
    text: String,
    title: String,
    url: String,
}

/// A leaf that no incident names.
#[derive(Debug, Serialize)]
pub(super) struct Unused {
    pub(super) name: String,
    /// One sentence.
    pub(super) definition: String,
}

#[derive(Debug, Serialize)]
struct Count {
    label: String,
    text: String,
}

/// An incident, with what it says of the cause.
#[derive(Debug, Serialize)]
struct Cited {
    card: Made<Card>,
    /// Root cause, contributing factor or the like, in the words of the incident.
    role: String,
    /// The layer of the system it was in: "Technical".
    layer: Option<String>,
    /// Where it came from: "Code".
    origin: Option<String>,
    /// What the incident says of it.
    note: String,
}

pub(super) fn view(site: &Site, place: Place, entry: &Taxonomy, term: &Term) -> Framed<CauseView> {
    let words = site.words();
    let Place { taxonomy, term: n, page } = place;
    let listing = Listing::Term { taxonomy, term: n };
    let mut meta = meta(
        site,
        "cause",
        numbered(words, &words.with("label-and-text", &[("label", words.term(entry).into()), ("text", term.name.as_str().into())]), page),
        site.url(Route::List(listing, page)),
    );
    meta.description = if term.definition.is_empty() { counted(words, term.incidents(), term.drills) } else { term.definition.clone() };
    meta.crumbs.push(Crumb { title: words.terms(entry).to_owned(), url: site.url(Route::Taxonomy(taxonomy)) });
    let parent = term.parent.map(|parent| term_link(site, taxonomy, parent));
    if let Some(parent) = &parent {
        meta.crumbs.push(Crumb { title: parent.name.clone(), url: parent.url.clone() });
    }
    let below = |parent: Option<usize>| -> Vec<TermLink> {
        let others = entry.terms.iter().enumerate().filter(|(other, t)| parent.is_some() && t.parent == parent && *other != n);
        others.map(|(other, _)| term_link(site, taxonomy, other)).collect()
    };
    let mut view = CauseView {
        heading: term.name.clone(),
        taxonomy: TaxonomyName::of(site, taxonomy, entry),
        definition: term.definition.clone(),
        prose_html: String::new(),
        parent,
        also: String::new(),
        not_this: String::new(),
        signs: Vec::new(),
        found: String::new(),
        gaps: Vec::new(),
        prevention: Vec::new(),
        coverage: None,
        todo: Vec::new(),
        leaves: None,
        unused: Vec::new(),
        actions: None,
        actions_note: String::new(),
        total: counted(words, term.incidents(), term.drills),
        strip: None,
        counts: Vec::new(),
        incidents: incidents(site, listing, n, page),
        pagination: pagination(site, listing, page),
        siblings: below(term.parent),
        children: below(Some(n)),
        together: together(site, taxonomy, n, term),
        feeds: feeds(site, listing),
    };
    // The further pages of a long list are the list alone.
    if page == 1 {
        let profile = cause_profile(site.corpus(), site.knowledge(), site.config(), n, site.build().today);
        view.prose_html = prose(site, taxonomy, n, &meta.url);
        view.strip = strip(site, &meta.url, &profile.years);
        if let Some((_, leaf)) = site.config().causes.get(&term.slug) {
            view.tell_leaf(leaf);
        }
        if term.parent.is_none() {
            view.leaves = leaves(site, taxonomy, entry, &profile);
            view.unused = unused(site, &term.slug, entry);
        }
        view.tell(site, &profile, &meta.url);
    }
    frame(site, meta, view)
}

impl CauseView {
    /// What the taxonomy says of a leaf.
    fn tell_leaf(&mut self, leaf: &CauseLeaf) {
        let others = leaf.maps.iter().filter(|other| !other.eq_ignore_ascii_case(&leaf.name));
        self.also = others.map(String::as_str).collect::<Vec<_>>().join(" · ");
        self.not_this.clone_from(&leaf.not);
        self.signs.clone_from(&leaf.signs);
        self.prevention.clone_from(&leaf.prevention);
    }

    /// What the incidents tell.
    fn tell(&mut self, site: &Site, profile: &CauseProfile, url: &str) {
        let words = site.words();
        self.found = found(words, profile);
        self.gaps = gaps(site, profile);
        self.counts = counts(site, profile);
        if profile.answers.is_empty() {
            self.todo.extend(unanswered(site, profile));
            self.todo.extend(drilled(words, profile.drills));
            return;
        }
        self.coverage = Some(coverage(site, profile));
        self.todo = profile.controls.each().into_iter().zip(GAPS).filter_map(|(control, of)| gap(words, control, of)).collect();
        self.todo.extend(drilled(words, profile.drills));
        let (table, note) = actions(site, profile, url);
        self.actions = Some(table);
        self.actions_note = note;
    }
}

/// "Monitoring 3, user report 2; 1 does not say."
fn found(words: &Words, profile: &CauseProfile) -> String {
    if profile.detected.is_empty() {
        return String::new();
    }
    let told: usize = profile.detected.iter().map(|(_, count)| count).sum();
    let by: Vec<String> = profile.detected.iter().map(|(by, count)| counted_name(words, *by, *count)).collect();
    let silent = profile.citings.len().saturating_sub(told);
    let by = words.row(&by);
    let id = if silent > 0 { "cause-found-and-silent" } else { "cause-found" };
    words.with(id, &[("by", by.into()), ("count", silent.into())])
}

/// What would have found it sooner, as the incidents say.
fn gaps(site: &Site, profile: &CauseProfile) -> Vec<Gap> {
    let of = |citing: &Citing| {
        let postmortem = site.postmortem(citing.incident)?;
        let text = postmortem.detection.as_ref().map(|detection| detection.gap.clone()).filter(|gap| !gap.is_empty())?;
        Some(Gap { text, title: postmortem.head.title_text.clone(), url: site.url(Route::Incident(citing.incident)) })
    };
    profile.citings.iter().filter_map(of).take(MOST_GAPS).collect()
}

fn counts(site: &Site, profile: &CauseProfile) -> Vec<Count> {
    let words = site.words();
    let list = |counts: Vec<String>| words.row(&counts);
    let role = |role| profile.citings.iter().filter(|citing| citing.role == role).count();
    let roles = [
        (CauseRole::Primary, words.get("cause-counted-primary")),
        (CauseRole::Further, words.get("cause-counted-further")),
        (CauseRole::Contributing, words.get("cause-counted-contributing")),
    ];
    let roles = roles.into_iter().map(|(of, name)| (name, role(of))).filter(|(_, count)| *count > 0);
    let trigger = |id: &str| site.config().causes.trigger(id).map_or_else(|| id.to_owned(), |trigger| words.within(&trigger.name));
    let counts = [
        ("cause-roles", list(roles.map(|(name, count)| format!("{name} {count}")).collect())),
        ("cause-layers", list(profile.layers.iter().map(|(layer, count)| counted_name(words, *layer, *count)).collect())),
        ("cause-origins", list(profile.origins.iter().map(|(origin, count)| counted_name(words, *origin, *count)).collect())),
        ("cause-triggers", list(profile.triggers.iter().map(|(id, count)| format!("{} {count}", trigger(id))).collect())),
    ];
    counts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| Count { label: words.get(label).to_owned(), text })
        .collect()
}

/// "monitoring 3"
fn counted_name(words: &Words, of: impl Labelled, count: usize) -> String {
    format!("{} {count}", words.within(words.name(of)))
}

/// That no action answers the cause; nothing on a site that keeps no actions.
fn unanswered(site: &Site, profile: &CauseProfile) -> Option<String> {
    let words = site.words();
    let keeps_actions = site.corpus().postmortems.iter().any(|postmortem| !postmortem.actions.is_empty());
    let incidents = profile.citings.iter().filter_map(|citing| site.postmortem(citing.incident));
    let actions: usize = incidents.map(|postmortem| postmortem.actions.len()).sum();
    let text = match actions {
        0 => words.get("cause-no-actions").to_owned(),
        1 => words.get("cause-one-action").to_owned(),
        n => words.count("cause-no-action-of", n),
    };
    (keeps_actions && !profile.citings.is_empty()).then_some(text)
}

/// The messages on the kinds of control: heading, what nothing does, what is still on its way, what nothing is said of.
const GAPS: [(&str, &str, &str, &str); 3] = [
    ("action-kind-prevent", "cause-nothing-prevents", "cause-prevents-later", "cause-prevents-unsaid"),
    ("action-kind-mitigate", "cause-nothing-mitigates", "cause-mitigates-later", "cause-mitigates-unsaid"),
    ("action-kind-detect", "cause-nothing-detects", "cause-detects-later", "cause-detects-unsaid"),
];

fn gap(words: &Words, control: Control, (_, nothing, unfinished, unsaid): (&str, &str, &str, &str)) -> Option<String> {
    if control.is_empty() {
        return Some(words.get(nothing).to_owned());
    }
    if control.done == 0 && control.open == 0 && control.unsaid > 0 {
        return Some(words.get(unsaid).to_owned());
    }
    (control.done == 0).then(|| words.get(unfinished).to_owned())
}

fn drilled(words: &Words, drills: Option<Drilled>) -> Option<String> {
    let drilled = drills.filter(|drilled| !drilled.recently)?;
    Some(match drilled.last {
        Some(last) => words.with("cause-drilled-long-ago", &[("date", civil_view(words, last).text.into())]),
        None if drilled.count > 0 => words.get("cause-drilled-undated").into(),
        None => words.get("cause-never-drilled").into(),
    })
}

/// One row for all incidents, then one for each service that fares otherwise.
fn coverage(site: &Site, profile: &CauseProfile) -> Table {
    let words = site.words();
    let mut rows = vec![row(words, Cell::text(words.get("cause-all")), profile.citings.len(), &profile.controls)];
    if profile.by_service.len() > 1 {
        let all = states(&profile.controls);
        let mut by_service: Vec<_> = profile.by_service.iter().filter(|(_, (_, controls))| states(controls) != all).collect();
        by_service.sort_by_key(|(_, (incidents, _))| std::cmp::Reverse(*incidents));
        for (service, (incidents, controls)) in by_service.into_iter().take(MOST_SERVICES) {
            rows.push(row(words, named_cell(site, Grouping::Service, service, service), *incidents, controls));
        }
    }
    Table::new(words.get("control-coverage"), columns(words, "column-service"), rows)
}

/// How far each of the three is: something is done, something is on its way, nothing is.
fn states(controls: &Controls) -> [(bool, bool); 3] {
    controls.each().map(|control| (control.done > 0, control.is_empty()))
}

/// The leaves of a branch that incidents name, each with its controls.
fn leaves(site: &Site, taxonomy: usize, entry: &Taxonomy, profile: &CauseProfile) -> Option<Table> {
    let words = site.words();
    let leaf = |(slug, (incidents, controls)): (&String, &(usize, Controls))| Some((entry.position(slug)?, *incidents, *controls));
    let mut leaves: Vec<_> = profile.by_leaf.iter().filter_map(leaf).collect();
    leaves.sort_by_key(|(place, ..)| *place);
    let rows = leaves.into_iter().map(|(place, incidents, controls)| cause_row(site, taxonomy, place, incidents, &controls));
    Some(Table::new(words.get("cause-of-branch"), cause_columns(words), rows.collect())).filter(|table| !table.is_empty())
}

/// The columns of a table of causes and their controls.
pub(super) fn cause_columns(words: &Words) -> Vec<Column> {
    columns(words, "column-cause")
}

/// A row of it.
pub(super) fn cause_row(site: &Site, taxonomy: usize, term: usize, incidents: usize, controls: &Controls) -> Vec<Cell> {
    let words = site.words();
    row(words, term_cell(site, taxonomy, term), incidents, controls)
}

fn columns(words: &Words, first: &str) -> Vec<Column> {
    let controls = GAPS.into_iter().map(|(name, ..)| Column::words(words.get(name)));
    [Column::words(words.get(first)), Column::figures(words.get("column-incidents"))].into_iter().chain(controls).collect()
}

fn row(words: &Words, name: Cell, incidents: usize, controls: &Controls) -> Vec<Cell> {
    let controls = controls.each().map(|control| control_cell(words, control));
    [name, Cell::text(words.number(incidents))].into_iter().chain(controls).collect()
}

fn term_cell(site: &Site, taxonomy: usize, term: usize) -> Cell {
    let link = term_link(site, taxonomy, term);
    Cell::link(link.name, link.url)
}

/// A term by the last part of its address, or the name alone where no postmortem has it.
fn named_cell(site: &Site, grouping: Grouping, slug: &str, name: &str) -> Cell {
    term_named(site, grouping, slug).map_or_else(|| Cell::text(name), |link| Cell::link(link.name, link.url))
}

/// "2 done", with what else there is behind it.
fn control_cell(words: &Words, control: Control) -> Cell {
    let states = [
        (control.done, "actions-done-count", "done"),
        (control.open, "actions-open-count", "open"),
        (control.unsaid, "actions-unstated-count", "open"),
        (control.dropped, "actions-given-up-count", "cancelled"),
    ];
    let mut told = states.into_iter().filter(|(count, ..)| *count > 0).map(|(count, id, badge)| (words.count(id, count), badge));
    let first = if control.is_empty() { None } else { told.next() };
    let cell = first.map_or_else(|| Cell::badge(words.get("no-control"), "none"), |(told, badge)| Cell::badge(told, badge));
    cell.noted(told.map(|(told, _)| told).collect::<Vec<_>>().join(words.get("list-comma")))
}

/// Every action that answers the cause, what is done first.
fn actions(site: &Site, profile: &CauseProfile, url: &str) -> (Table, String) {
    let words = site.words();
    let state = |answer: &Answer| answer.item(site.corpus()).and_then(|action| action.status.as_ref()).map(|status| status.value);
    let mut answers: Vec<&Answer> = profile.answers.iter().collect();
    answers.sort_by_key(|answer| match state(answer) {
        Some(ActionStatus::Done) => 0,
        Some(ActionStatus::Open | ActionStatus::InProgress | ActionStatus::Delayed) => 1,
        None => 2,
        Some(ActionStatus::Cancelled | ActionStatus::AcceptedRisk) => 3,
    });
    let shown: Vec<&Answer> = answers.iter().take(MOST_ACTIONS).copied().collect();
    let inferred = shown.iter().filter(|answer| answer.link == Link::Inferred).count();
    let mut notes = Vec::new();
    if inferred == shown.len() {
        notes.push(words.get("cause-all-inferred").to_owned());
    } else if inferred > 0 {
        notes.push(words.get("cause-some-inferred").to_owned());
    }
    let more = answers.len().saturating_sub(MOST_ACTIONS);
    if more > 0 {
        notes.push(words.count("cause-more-actions", more));
    }
    let mark = if inferred == shown.len() { "" } else { words.get("cause-by-its-incident") };
    let owners: Vec<Cell> = shown.iter().map(|answer| owner_cell(site, answer)).collect();
    let has_owners = owners.iter().any(|owner| *owner != Cell::default());
    let rows = shown.into_iter().zip(owners).filter_map(|(answer, owner)| {
        let owner = has_owners.then_some(owner);
        action_row(site, answer, owner, mark, url)
    });
    let names = ["column-action", "column-kind", "column-state", "column-owner", "column-incident"];
    let names = names.into_iter().filter(|name| has_owners || *name != "column-owner");
    let table = Table::new(words.get("cause-actions"), names.map(|id| Column::words(words.get(id))).collect(), rows.collect());
    (table.without_empty_columns(), notes.join(" "))
}

fn action_row(site: &Site, answer: &Answer, owner: Option<Cell>, mark: &str, url: &str) -> Option<Vec<Cell>> {
    let words = site.words();
    let (postmortem, action) = (site.postmortem(answer.incident)?, answer.item(site.corpus())?);
    let prose = Prose::new(site, DocumentId::Postmortem(answer.incident), url);
    let text = Cell::html(prose.line(&action.content)).noted(if answer.link == Link::Inferred { mark } else { "" });
    let kind = action.kind.as_ref().map_or_else(Cell::default, |kind| Cell::text(words.name(kind.value)));
    let state = standing_cell(site, postmortem, action);
    let incident = Cell::link(postmortem.head.title_text.clone(), action_url(site, answer.incident, postmortem, answer.action));
    Some([text, kind, state].into_iter().chain(owner).chain([incident]).collect())
}

/// The team that sees to an action; names of people are not shown.
fn owner_cell(site: &Site, answer: &Answer) -> Cell {
    let word = answer.item(site.corpus()).and_then(|action| action.owner.as_ref());
    let Some(owner) = word.and_then(|word| site.config().owner_of(word)) else { return Cell::default() };
    named_cell(site, Grouping::Owner, &portable(owner.id), owner.name)
}

/// The leaves of a branch of the taxonomy that no incident names.
pub(super) fn unused(site: &Site, branch: &str, entry: &Taxonomy) -> Vec<Unused> {
    let branch = site.config().causes.branches.iter().find(|known| known.id == branch);
    let leaves = branch.into_iter().flat_map(|branch| branch.leaves.iter().map(move |leaf| (branch, leaf)));
    let unused = leaves.filter(|(branch, leaf)| entry.position(&format!("{}/{}", branch.id, leaf.id)).is_none());
    unused.map(|(_, leaf)| Unused { name: leaf.name.clone(), definition: leaf.definition.clone() }).collect()
}

/// The incidents of one page of the list, and the drills among its members.
fn incidents(site: &Site, listing: Listing, term: usize, page: usize) -> Vec<Cited> {
    let words = site.words();
    let members = site.members_on(listing, page);
    let citings = citings(site.corpus(), site.knowledge(), site.config(), term, members);
    let cited = |n: &usize| {
        let card = card(site, *n)?;
        let Some(citing) = citings.iter().find(|citing| citing.incident == *n) else {
            return Some(Cited { card, role: words.get("cause-drill").to_owned(), layer: None, origin: None, note: String::new() });
        };
        let cause = citing.cause(site.corpus())?;
        let role = role_name(words, citing.role, site.postmortem(*n)?).to_owned();
        let (layer, origin) =
            (cause.layer.map(|layer| words.name(layer).to_owned()), cause.origin.map(|origin| words.name(origin).to_owned()));
        Some(Cited { card, role, layer, origin, note: cause.note.clone() })
    };
    members.iter().filter_map(cited).collect()
}
