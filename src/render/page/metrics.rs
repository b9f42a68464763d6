//! The metrics page: what the incidents say together, each figure with its definition, how many it rests on and how many are missing.
//!
//! Everything is taken from [`Metrics`] and the ledger; here it is put in order and into words, and drawn.

mod actions;
mod counts;
mod response;
mod times;
mod words;

use serde::Serialize;

use super::plain::Contents;
use super::view::{Crumb, Framed, frame, meta};
use crate::knowledge::metrics::{Caution, Incident};
use crate::knowledge::{Grouping, Metrics, sentence_case};
use crate::render::chart::{Chart, Frame};
use crate::render::table::Table;
use crate::render::wording::population;
use crate::site::{Export, Route, Site};
use crate::theme::Words;

#[derive(Debug, Serialize)]
pub(super) struct MetricsView {
    /// The whole page in a few sentences.
    summary: Vec<String>,
    cautions: Vec<CautionView>,
    toc: Vec<Contents>,
    sections: Vec<Section>,
    /// What nothing is known of, in one sentence.
    left_out: String,
    exports: Vec<WayOn>,
}

/// How not to read the figures.
#[derive(Debug, Serialize)]
struct CautionView {
    title: String,
    text: String,
    source: Option<SourceView>,
}

/// Who has shown it.
#[derive(Debug, Serialize)]
struct SourceView {
    name: &'static str,
    url: &'static str,
}

/// A way on: the figures for other programs, a page with more.
#[derive(Debug, Serialize)]
struct WayOn {
    name: String,
    url: String,
}

/// A stretch of the page under a heading of its own.
#[derive(Debug, Serialize)]
struct Section {
    /// The fragment of its heading.
    id: &'static str,
    title: String,
    /// What it shows, in whole sentences.
    sentences: Vec<String>,
    /// What stands in it, in order.
    parts: Vec<Part>,
    /// The page that has more of it.
    more: Option<WayOn>,
}

/// One thing in a section: a measure with its facts, a plot, a table. Each of them may be missing.
#[derive(Debug, Default, Serialize)]
struct Part {
    /// Its fragment; may be empty.
    id: String,
    /// A heading, where it has one.
    title: String,
    /// What is measured, from what to what.
    definition_html: String,
    /// What it answers, where it is a measure.
    question: String,
    facts: Vec<Fact>,
    /// What there is to say of it.
    sentences: Vec<String>,
    chart: Option<Chart>,
    table: Option<Table>,
}

/// A number with its name.
#[derive(Debug, Serialize)]
struct Fact {
    name: String,
    /// The number with its unit.
    value: String,
    /// How sure it is, or what is missing.
    note: String,
}

impl Part {
    /// A plot alone.
    fn of(chart: Chart) -> Self {
        Self { chart: Some(chart), ..Self::default() }
    }
}

/// What all parts of the page are made from.
struct Scene<'a> {
    site: &'a Site,
    metrics: &'a Metrics,
    root: String,
}

impl<'a> Scene<'a> {
    fn words(&self) -> &'a Words {
        self.site.words()
    }

    fn incident(&self, n: usize) -> Option<&'a Incident> {
        self.metrics.incidents.get(n)
    }

    /// The address of an incident by its place in [`Metrics::incidents`].
    fn incident_url(&self, n: usize) -> Option<String> {
        Some(self.site.url(Route::Incident(self.incident(n)?.place)))
    }

    /// The address of a term, where there is a page on it.
    fn term_url(&self, grouping: Grouping, slug: &str) -> Option<String> {
        Some(self.site.url(Route::List(self.site.listing(grouping, slug)?, 1)))
    }

    /// A page with more, where there is one.
    fn more(&self, route: Route, name: &str) -> Option<WayOn> {
        self.site.has(route).then(|| WayOn { name: name.to_owned(), url: self.site.url(route) })
    }

    /// What is counted, in the singular for one: "1 incident".
    fn counted(&self, count: usize) -> String {
        population(self.words(), self.metrics.population, count)
    }

    /// What is counted, as a heading: "Incidents".
    fn counted_name(&self) -> String {
        sentence_case(self.words().name(self.metrics.population))
    }

    fn frame<'f>(&'f self, id: &'f str, title: &'f str, caption: &'f str) -> Frame<'f> {
        Frame { id, title, caption, root: &self.root, words: self.words() }
    }
}

pub(super) fn view(site: &Site) -> Framed<MetricsView> {
    let words = site.words();
    let mut meta = meta(site, "metrics", words.get("metrics").into(), site.url(Route::Metrics));
    meta.crumbs.extend(site.has(Route::Patterns).then(|| Crumb { title: words.get("patterns").into(), url: site.url(Route::Patterns) }));
    let metrics = site.metrics();
    let scene = Scene { site, metrics, root: crate::site::root_of(&meta.url) };
    let summary = words::summary(&scene);
    meta.description = summary.first().cloned().unwrap_or_default();
    let (times, unknown) = times::times(&scene);
    let candidates = [
        ("metrics-no-incidents", counts::handled(&scene)),
        ("metrics-no-found", response::found(&scene)),
        ("metrics-no-times", times),
        ("metrics-no-how-soon", times::how_soon(&scene)),
        ("metrics-no-phases", times::phases(&scene)),
        ("metrics-no-causes", counts::causes(&scene)),
        ("metrics-no-severity", times::by_severity(&scene)),
        ("metrics-no-recurrence", response::recurrence(&scene)),
        ("metrics-no-actions", actions::actions(&scene)),
        ("metrics-no-coverage", response::coverage(&scene)),
        ("metrics-no-effort", response::effort(&scene)),
        ("metrics-no-promises", response::promises(&scene)),
        ("metrics-no-calendar", counts::calendar(&scene)),
    ];
    let silent = candidates.iter().filter(|(_, section)| section.is_none()).map(|(id, _)| words.get(id).to_owned());
    let left_out: Vec<String> = silent.chain(unknown).collect();
    let sections: Vec<Section> = candidates.into_iter().filter_map(|(_, section)| section).collect();
    let exports =
        [Export::MetricsJson, Export::IncidentsCsv, Export::ActionsCsv].into_iter().filter(|export| site.has(Route::Export(*export)));
    let view = MetricsView {
        summary,
        cautions: metrics.cautions.iter().map(|given| caution(words, given)).collect(),
        toc: sections.iter().map(|section| Contents { id: section.id.to_owned(), title: section.title.clone(), level: 2 }).collect(),
        sections,
        left_out: if left_out.is_empty() {
            String::new()
        } else {
            words.with("metrics-left-out", &[("what", words.list(&left_out).into())])
        },
        exports: exports.map(|export| WayOn { name: export.file_name().to_owned(), url: site.url(Route::Export(export)) }).collect(),
    };
    frame(site, meta, view)
}

fn caution(words: &Words, caution: &Caution) -> CautionView {
    let source = caution.source.as_ref().map(|source| SourceView { name: source.name, url: source.url });
    let said = |part: &str| words.plain(&format!("caution-{}{part}", caution.key));
    CautionView { title: said("").unwrap_or(caution.title).to_owned(), text: said("-text").unwrap_or(caution.text).to_owned(), source }
}
