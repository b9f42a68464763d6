//! The page of one incident.

mod body;
mod facts;
mod happened;
mod records;
mod report;
mod revisions;

use serde::Serialize;

use super::view::{
    Crumb, DocumentLink, Foreign, Framed, SeverityView, copies, edit_url, foreign, frame, kind_name, mentioned_by, meta, severity_view,
    summary_text, terms_in,
};
use crate::frontmatter::{Entry, Node, Value};
use crate::knowledge::{Grouping, Reason, sentence_case};
use crate::markdown::SafeUrl;
use crate::model::{Acknowledgement, ActionStatus, DocumentId, Postmortem, RelatedWhy};
use crate::render::export::{linked_data, told_change};
use crate::render::page::learn::{TrainingView, training_with};
use crate::render::page::plain::Contents;
use crate::render::prose::{Prose, title};
use crate::render::wording::{DateView, day_view, reading_time};
use crate::site::{Listing, Route, Site};
use crate::theme::Words;
use body::{SectionView, open_with, tell_in};
use facts::{Fact, Phase};
use happened::HappenedView;
use report::Notice;
use revisions::HistoryView;

pub(super) use body::{EventView, event_view};
pub(in crate::render) use happened::told;

pub(in crate::render) use records::{RecordsTable, tables as record_tables};

/// How many related incidents a page shows.
const RELATED: usize = 6;

/// The page of an incident: its report, and what leads on from there.
#[derive(Debug, Serialize)]
pub(super) struct Incident {
    #[serde(flatten)]
    report: Report,
    foreign: Option<Foreign>,
    toc: Vec<Contents>,
    /// Where it had happened before, and where it happened again.
    happened: Vec<HappenedView>,
    /// What training there is with it.
    training: Option<TrainingView>,
    related: Vec<RelatedView>,
    /// Who helped, and agreed to be named.
    thanks: Vec<Thanks>,
    mentioned_by: Vec<DocumentLink>,
    history: Option<HistoryView>,
    extra: Vec<Extra>,
    newer: Option<DocumentLink>,
    older: Option<DocumentLink>,
    /// How many words the document has.
    words: usize,
    /// The file, from the project folder.
    path: String,
    /// The page for search engines, as JSON that can stand in HTML.
    linked_data_html: String,
}

/// The report on an incident, wherever it is printed.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    title_html: String,
    /// The id, where it says more than the address does.
    id: Option<String>,
    /// "Outage"
    kind: Option<String>,
    /// Where the document stands, where it says so itself.
    status: Option<StatusView>,
    /// How far the report is.
    stage: Option<StatusView>,
    severity: Option<SeverityView>,
    summary_html: String,
    facts: Vec<Fact>,
    /// What a reader should know of the report itself before the rest.
    notices: Vec<Notice>,
    phases: Vec<Phase>,
    /// The phases in one line, for who does not see the bar.
    phases_text: String,
    /// "3 of 4 actions done", where all say how they stand.
    actions_done: Option<String>,
    lead_html: String,
    sections: Vec<SectionView>,
    footnotes_html: String,
    source: Option<SourceLink>,
    /// "10 min read"
    reading: String,
}

#[derive(Debug, Serialize)]
struct StatusView {
    /// The same for a class.
    word: &'static str,
    name: String,
}

#[derive(Debug, Serialize)]
struct RelatedView {
    title: String,
    title_html: String,
    url: String,
    date: Option<DateView>,
    severity: Option<SeverityView>,
    /// Why: "same cause", a few words each.
    reasons: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Thanks {
    name: String,
    href: Option<String>,
    /// What they did; may be empty.
    contribution: String,
}

#[derive(Debug, Serialize)]
struct SourceLink {
    href: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct Extra {
    /// The key of the metadata, as written.
    key: String,
    /// What stands there.
    value: String,
}

pub(super) fn view(site: &Site, n: usize, postmortem: &Postmortem) -> Framed<Incident> {
    let prose = Prose::new(site, DocumentId::Postmortem(n), &site.url(Route::Incident(n)));
    let report = report(site, n, postmortem, &prose);
    let history = revisions::history(site, n);
    let (happened, told) = happened::happened(site, n);
    let crumbs = crumbs(site, n);
    let above: Vec<(&str, &str)> = crumbs.iter().map(|crumb| (crumb.title.as_str(), crumb.url.as_str())).collect();
    let view = Incident {
        foreign: foreign(site, postmortem.head.language.as_ref()),
        toc: report.sections.iter().filter_map(SectionView::entry).collect(),
        report,
        happened,
        training: training_with(site, n, postmortem),
        related: relations(site, n, &told),
        thanks: postmortem.acknowledgements.iter().map(thanks).collect(),
        mentioned_by: mentioned_by(site, DocumentId::Postmortem(n)),
        history,
        extra: postmortem.head.extra.iter().filter_map(|entry| extra(&entry.key, &entry.value)).collect(),
        newer: neighbour(site, n, -1),
        older: neighbour(site, n, 1),
        words: postmortem.head.words,
        path: postmortem.head.path.to_string(),
        linked_data_html: linked_data(site, n, postmortem, &above),
    };
    let mut meta = meta(site, "incident", postmortem.head.title_text.clone(), site.url(Route::Incident(n)));
    meta.edit_url = edit_url(site, &postmortem.head.path);
    meta.description = summary_text(postmortem, 200);
    meta.published = postmortem.published_at.as_ref().map(|at| at.value.machine());
    meta.modified = told_change(site, n).map(|at| at.machine());
    meta.copies = copies(
        site,
        [
            ("Markdown", "text/markdown", Route::Markdown(DocumentId::Postmortem(n))),
            ("JSON", "application/json", Route::IncidentJson(n)),
            ("CSAF", "application/json", Route::Csaf(n)),
        ],
    );
    meta.crumbs = crumbs;
    frame(site, meta, view)
}

/// The report on an incident, as `prose` prints it.
pub(super) fn report(site: &Site, n: usize, postmortem: &Postmortem, prose: &Prose<'_>) -> Report {
    let words = site.words();
    let lead_html = prose.blocks(&postmortem.body.lead);
    let mut sections = body::sections(site, postmortem, prose);
    open_with(&mut sections, "impact", words.get("incident-section-impact"), facts::impact(words, postmortem));
    open_with(&mut sections, "root-cause", words.get("incident-section-causes"), facts::causes(site, n, postmortem));
    for block in records::blocks(words, postmortem).into_iter().chain(report::blocks(site, postmortem)) {
        tell_in(&mut sections, block);
    }
    for section in &mut sections {
        section.place(prose);
    }
    let mut notices = report::notices(site, postmortem);
    for notice in &mut notices {
        notice.place(prose);
    }
    let phases = facts::phases(words, postmortem);
    Report {
        title_html: prose.line(&postmortem.head.title),
        id: (postmortem.id.value != postmortem.head.slug.value).then(|| postmortem.id.value.clone()),
        kind: kind_name(words, postmortem),
        status: field(site, postmortem, "status")
            .or_else(|| field(site, postmortem, "draft"))
            .map(|_| StatusView { word: postmortem.status.word(), name: words.name(postmortem.status).to_owned() }),
        stage: postmortem.stage.map(|stage| StatusView { word: stage.value.word(), name: words.name(stage.value).to_owned() }),
        severity: severity_view(site, n, postmortem),
        summary_html: postmortem.summary.as_ref().map(|summary| prose.line(summary)).unwrap_or_default(),
        facts: facts::facts(site, n, postmortem),
        notices,
        phases_text: phases.iter().map(Phase::told).collect::<Vec<_>>().join(words.get("list-comma")),
        phases,
        actions_done: actions_done(words, postmortem),
        lead_html,
        sections,
        footnotes_html: prose.footnotes(),
        source: source(site, postmortem),
        reading: reading_time(words, postmortem.head.words),
    }
}

fn crumbs(site: &Site, n: usize) -> Vec<Crumb> {
    let words = site.words();
    let mut crumbs = vec![Crumb { title: words.get("incidents-title").into(), url: site.url(Route::List(Listing::All, 1)) }];
    crumbs.extend(terms_in(site, Grouping::Year, n).into_iter().map(|link| Crumb { title: link.name, url: link.url }));
    crumbs
}

fn actions_done(words: &Words, postmortem: &Postmortem) -> Option<String> {
    let told: Vec<ActionStatus> = postmortem.actions.iter().filter_map(|action| Some(action.status.as_ref()?.value)).collect();
    let done = told.iter().filter(|status| **status == ActionStatus::Done).count();
    let given_up = told.iter().filter(|status| status.is_settled()).count() - done;
    let id = if given_up > 0 { "incident-actions-done-and-given-up" } else { "incident-actions-done" };
    (!told.is_empty() && told.len() == postmortem.actions.len())
        .then(|| words.with(id, &[("done", done.into()), ("count", told.len().into()), ("dropped", given_up.into())]))
}

fn thanks(thanked: &Acknowledgement) -> Thanks {
    Thanks {
        name: thanked.name.clone(),
        href: SafeUrl::new(&thanked.link).filter(SafeUrl::is_external).map(|url| url.as_str().to_owned()),
        contribution: thanked.contribution.clone(),
    }
}

/// Those related, without those that were told of already.
fn relations(site: &Site, n: usize, told: &[usize]) -> Vec<RelatedView> {
    let words = site.words();
    site.related(n, RELATED + told.len())
        .into_iter()
        .filter(|relation| !told.contains(&relation.other))
        .take(RELATED)
        .filter_map(|relation| {
            let other = site.postmortem(relation.other)?;
            Some(RelatedView {
                title: other.head.title_text.clone(),
                title_html: title(&other.head.title, site),
                url: site.url(Route::Incident(relation.other)),
                date: other.date.as_ref().map(|given| day_view(words, given)),
                severity: severity_view(site, relation.other, other),
                reasons: relation.reasons.iter().map(|reason| reason_text(site, reason)).collect(),
            })
        })
        .collect()
}

fn reason_text(site: &Site, reason: &Reason) -> String {
    let words = site.words();
    match reason {
        Reason::Stated(RelatedWhy::CausedBy) => words.get("incident-reason-caused").into(),
        Reason::StatedThere(RelatedWhy::CausedBy) => words.get("incident-reason-caused-by").into(),
        Reason::Stated(RelatedWhy::RecurrenceOf) | Reason::Before => words.get("incident-reason-before").into(),
        Reason::StatedThere(RelatedWhy::RecurrenceOf) | Reason::Again => words.get("incident-reason-again").into(),
        Reason::Stated(RelatedWhy::DrillOf) => words.get("incident-reason-replayed").into(),
        Reason::StatedThere(RelatedWhy::DrillOf) => words.get("incident-reason-replays").into(),
        Reason::Stated(why) | Reason::StatedThere(why) => words.within(words.name(*why)),
        Reason::Named => words.get("incident-reason-named").into(),
        Reason::SimilarText(shared) => words.with("incident-reason-similar", &[("words", words.row(shared).into())]),
        Reason::Shared(_, taxonomy, term) => {
            let named = site.knowledge().taxonomies.iter().find(|known| known.name == **taxonomy).map(|known| words.term(known));
            let taxonomy = words.within(named.unwrap_or(taxonomy));
            words.with("incident-reason-shared", &[("group", taxonomy.into()), ("term", term.as_str().into())])
        }
    }
}

fn neighbour(site: &Site, n: usize, step: isize) -> Option<DocumentLink> {
    let place = site.knowledge().rank.get(n)?.checked_add_signed(step)?;
    let other = *site.knowledge().newest_first.get(place)?;
    Some(DocumentLink { title: site.postmortem(other)?.head.title_text.clone(), url: site.url(Route::Incident(other)) })
}

/// Where the account was published, from the `source` field.
fn source(site: &Site, postmortem: &Postmortem) -> Option<SourceLink> {
    let entry = field(site, postmortem, "source")?;
    let url = SafeUrl::new(entry.value.text()?).filter(SafeUrl::is_external)?;
    let href = url.as_str();
    let host = href.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or(href);
    Some(SourceLink { href: href.to_owned(), text: host.trim_start_matches("www.").to_owned() })
}

/// The entry of the metadata that answers to a field, under whatever name.
fn field<'a>(site: &Site, postmortem: &'a Postmortem, name: &str) -> Option<&'a Entry> {
    postmortem.head.fields(&site.config().fields, name).next()
}

fn extra(key: &str, value: &Node) -> Option<Extra> {
    let value = match &value.value {
        Value::Scalar(_) => value.text()?.to_owned(),
        Value::Sequence(items) => items.iter().filter_map(Node::text).collect::<Vec<_>>().join(", "),
        Value::Mapping(_) => return None,
    };
    (!value.is_empty()).then(|| Extra { key: sentence_case(key), value })
}
