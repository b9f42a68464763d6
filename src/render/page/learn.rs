//! What there is to learn from, reading paths, and the incidents on them.

use serde::Serialize;

use super::drill::{self, DrillCard};
use super::view::{Card, Crumb, Framed, Made, card, copies, edit_url, first_words, frame, meta};
use crate::model::{DocumentId, Page, Postmortem, Training};
use crate::render::prose::{Prose, title};
use crate::render::question::each_asked;
use crate::render::wording::{excerpt, month, reading_time};
use crate::site::{Route, Site};
use crate::training::{Path, PathOrigin, PathStep, questions, questions_of};

#[derive(Debug, Serialize)]
pub(super) struct Learn {
    /// The postmortem of the latest month that has one.
    of_the_month: Option<Chosen>,
    /// The paths that somebody wrote down, and those that change with time.
    paths: Vec<PathView>,
    /// Those of causes and services.
    by_term: Vec<PathGroup>,
    drills: Vec<DrillCard>,
    drills_url: Option<String>,
    takeaways_url: Option<String>,
}

/// A postmortem that was chosen to be read by everybody.
#[derive(Debug, Serialize)]
pub(super) struct Chosen {
    /// "November 2026"
    month: String,
    title_html: String,
    url: String,
    /// Why it was chosen.
    why: String,
}

#[derive(Debug, Serialize)]
struct PathView {
    title: String,
    url: String,
    /// What it is about.
    about: String,
    /// For whom it is; may be empty.
    audience: String,
    /// "Introductory · 4 incidents · 52 min read"
    facts: Vec<String>,
}

#[derive(Debug, Serialize)]
struct PathGroup {
    name: String,
    paths: Vec<PathView>,
}

#[derive(Debug, Serialize)]
pub(super) struct PathPage {
    title_html: String,
    /// What a path that nobody wrote down is; empty for another, which has text of its own.
    about: String,
    /// For whom it is; may be empty.
    audience: String,
    /// "Introductory", "4 incidents", "52 min read"
    facts: Vec<String>,
    /// What one can do afterwards.
    objectives: Vec<String>,
    lead_html: String,
    body_html: String,
    footnotes_html: String,
    steps: Vec<StepView>,
    /// What to talk about when all is read.
    questions: Vec<String>,
    packet_url: Option<String>,
    first_url: String,
}

#[derive(Debug, Serialize)]
struct StepView {
    number: usize,
    url: String,
    incident: Made<Card>,
    /// By which the browser remembers that it was read.
    slug: String,
    /// Why it is read here; may be empty.
    why: String,
    /// "10 min read"
    reading: String,
}

#[derive(Debug, Serialize)]
pub(super) struct StepPage {
    /// The title of the path.
    path_title: String,
    path_url: String,
    number: usize,
    count: usize,
    step: StepView,
    /// The first words of the incident, without markup.
    summary: String,
    /// What one can do afterwards.
    objectives: Vec<String>,
    /// What to talk about.
    questions: Vec<String>,
    drill: Option<DrillCard>,
    /// The address of the step before.
    previous: Option<String>,
    /// The address of the next one.
    next: Option<String>,
}

/// What training there is with one incident, on its page.
#[derive(Debug, Serialize)]
pub(super) struct TrainingView {
    /// "3 questions"
    count: String,
    /// What to talk about.
    questions: Vec<String>,
    paths: Vec<OnPath>,
    drill: Option<DrillCard>,
}

#[derive(Debug, Serialize)]
struct OnPath {
    title: String,
    url: String,
    number: usize,
    count: usize,
    /// The address of the next step.
    next: Option<String>,
}

/// `/learn/`
pub(super) fn learn(site: &Site) -> Framed<Learn> {
    let words = site.words();
    let mut meta = meta(site, "learn", words.get("learn").into(), site.url(Route::Learn));
    meta.description = words.get("learn-description").into();
    let of_terms = |taxonomy: usize| move |(_, path): &(usize, &Path)| matches!(path.origin, PathOrigin::Term { taxonomy: own, .. } if own == taxonomy);
    let all = || site.programme().paths.iter().enumerate();
    let groups = site.knowledge().taxonomies.iter().enumerate().map(|(n, taxonomy)| PathGroup {
        name: words.term(taxonomy).to_owned(),
        paths: all().filter(of_terms(n)).map(|(n, path)| path_view(site, n, path)).collect(),
    });
    let view = Learn {
        of_the_month: chosen(site).into_iter().next(),
        paths: all().filter(|(_, path)| path.is_printed()).map(|(n, path)| path_view(site, n, path)).collect(),
        by_term: groups.filter(|group| !group.paths.is_empty()).collect(),
        drills: (0..site.programme().drills.len()).filter_map(|n| drill::card(site, n)).collect(),
        drills_url: site.has(Route::Drills).then(|| site.url(Route::Drills)),
        takeaways_url: site.has(Route::Takeaways).then(|| site.url(Route::Takeaways)),
    };
    frame(site, meta, view)
}

/// `/learn/<key>/`
pub(super) fn path(site: &Site, n: usize, path: &Path) -> Framed<PathPage> {
    let url = site.url(Route::Path(n));
    let mut meta = meta(site, "path", path_title(site, path), url.clone());
    meta.crumbs = crumbs(site);
    let mut view = PathPage {
        title_html: crate::markdown::escape(&path_title(site, path)),
        about: about(site, path),
        audience: String::new(),
        facts: facts(site, path),
        objectives: Vec::new(),
        lead_html: String::new(),
        body_html: String::new(),
        footnotes_html: String::new(),
        steps: path.steps.iter().enumerate().filter_map(|(at, step)| step_view(site, n, at + 1, step)).collect(),
        questions: Vec::new(),
        packet_url: Some(Route::Packet(n)).filter(|route| site.has(*route)).map(|route| site.url(route)),
        first_url: site.url(Route::PathStep(n, 1)),
    };
    meta.description.clone_from(&view.about);
    if let Some((id, page)) = written(site, path) {
        let prose = Prose::new(site, id, &url);
        view.title_html = prose.line(&page.head.title);
        view.lead_html = prose.blocks(&page.body.lead);
        view.body_html = prose.sections(&page.body);
        view.footnotes_html = prose.footnotes();
        meta.description = excerpt(&first_words(&page.body.lead), 200);
        meta.copies = copies(site, [("Markdown", "text/markdown", Route::Markdown(id))]);
        meta.edit_url = edit_url(site, &page.head.path);
        if let Some(Training { audience, objectives, questions, .. }) = page.training.clone() {
            (view.audience, view.objectives, view.questions) = (audience, objectives, questions);
        }
    }
    frame(site, meta, view)
}

/// `/learn/<key>/<number>/`
pub(super) fn step(site: &Site, n: usize, number: usize) -> Option<Framed<StepPage>> {
    let path = site.path(n)?;
    let at = path.steps.get(number.checked_sub(1)?)?;
    let postmortem = site.postmortem(at.incident)?;
    let view = step_view(site, n, number, at)?;
    let mut meta = meta(site, "path-step", postmortem.head.title_text.clone(), view.url.clone());
    meta.crumbs = crumbs(site);
    meta.crumbs.push(Crumb { title: path_title(site, path), url: site.url(Route::Path(n)) });
    meta.description.clone_from(&view.why);
    let to = |number: usize| site.url(Route::PathStep(n, number));
    let page = StepPage {
        path_title: path_title(site, path),
        path_url: site.url(Route::Path(n)),
        number,
        count: path.steps.len(),
        summary: super::summary_text(postmortem, 1000),
        objectives: postmortem.training.as_ref().map(|training| training.objectives.clone()).unwrap_or_default(),
        questions: if at.questions.is_empty() {
            each_asked(site.words(), &questions(postmortem, site.config()))
        } else {
            at.questions.clone()
        },
        drill: site.programme().drill_of(at.incident).and_then(|drill| drill::card(site, drill)),
        previous: (number > 1).then(|| to(number - 1)),
        next: (number < path.steps.len()).then(|| to(number + 1)),
        step: view,
    };
    Some(frame(site, meta, page))
}

/// What training there is with an incident, if any; nothing in an edition without.
pub(super) fn training_with(site: &Site, n: usize, postmortem: &Postmortem) -> Option<TrainingView> {
    let words = site.words();
    let on_path = |(path, at): (usize, usize)| {
        let found = site.path(path)?;
        let next = (at + 1 < found.steps.len()).then(|| site.url(Route::PathStep(path, at + 2)));
        let url = site.url(Route::PathStep(path, at + 1));
        Some(OnPath { title: path_title(site, found), url, number: at + 1, count: found.steps.len(), next })
    };
    let questions = site.teaches().then(|| each_asked(words, &questions_of(postmortem, site.config())))?;
    let view = TrainingView {
        count: words.count("questions", questions.len()),
        questions,
        paths: site.programme().paths_over(n).filter_map(on_path).collect(),
        drill: site.programme().drill_of(n).and_then(|drill| drill::card(site, drill)),
    };
    let is_empty = view.questions.is_empty() && view.paths.is_empty() && view.drill.is_none();
    (!is_empty).then_some(view)
}

/// The postmortems of months, the latest first, as far as this edition has them.
pub(super) fn chosen(site: &Site) -> Vec<Chosen> {
    let words = site.words();
    let one = |entry: &crate::config::OfTheMonth| {
        let Some(DocumentId::Postmortem(n)) = site.knowledge().references.named(&entry.incident) else { return None };
        let day = format!("{}-01", entry.month).parse::<jiff::civil::Date>().ok()?;
        Some(Chosen {
            month: month(words, day),
            title_html: title(&site.postmortem(n)?.head.title, site),
            url: site.url(Route::Incident(n)),
            why: entry.why.clone(),
        })
    };
    site.config().training.of_the_month.iter().filter_map(one).collect()
}

pub(super) fn crumbs(site: &Site) -> Vec<Crumb> {
    let words = site.words();
    vec![Crumb { title: words.get("learn").into(), url: site.url(Route::Learn) }]
}

/// The page that lists a path, where somebody wrote it down.
fn written<'s>(site: &'s Site, path: &Path) -> Option<(DocumentId, &'s Page)> {
    let PathOrigin::Page(page) = path.origin else { return None };
    Some((DocumentId::Page(page), site.page(page)?))
}

fn path_view(site: &Site, n: usize, path: &Path) -> PathView {
    let page = written(site, path).map(|(_, page)| page);
    let own = page.map(|page| excerpt(&first_words(&page.body.lead), 320)).filter(|own| !own.is_empty());
    PathView {
        title: path_title(site, path),
        url: site.url(Route::Path(n)),
        about: own.unwrap_or_else(|| about(site, path)),
        audience: page.and_then(|page| page.training.as_ref()).map(|training| training.audience.clone()).unwrap_or_default(),
        facts: facts(site, path),
    }
}

/// The title of a path; that of one which changes with time is a message.
pub(super) fn path_title(site: &Site, path: &Path) -> String {
    let words = site.words();
    match path.origin {
        PathOrigin::Page(_) | PathOrigin::Term { .. } => path.title.clone(),
        PathOrigin::FirstWeek => words.get("learn-first-week").to_owned(),
        PathOrigin::YearAgo => {
            let then = site.build().today.checked_sub(jiff::Span::new().years(1)).unwrap_or_default();
            words.with("learn-year-ago", &[("month", month(words, then).into())])
        }
    }
}

/// What a path that nobody wrote down is.
fn about(site: &Site, path: &Path) -> String {
    let words = site.words();
    match path.origin {
        PathOrigin::Page(_) => String::new(),
        PathOrigin::Term { taxonomy, term } => {
            let definition = site.term(taxonomy, term).map(|(_, term)| term.definition.clone()).unwrap_or_default();
            format!("{definition} {}", words.get("learn-of-term")).trim_start().to_owned()
        }
        PathOrigin::FirstWeek => words.get("learn-first-week-about").into(),
        PathOrigin::YearAgo => words.get("learn-year-ago-about").into(),
    }
}

/// Level, incidents and reading time.
fn facts(site: &Site, path: &Path) -> Vec<String> {
    let words = site.words();
    let training = written(site, path).and_then(|(_, page)| page.training.as_ref());
    let length = path.steps.iter().filter_map(|step| Some(site.postmortem(step.incident)?.head.words)).sum();
    let own = training.and_then(|training| training.minutes).map(|minutes| words.with("duration-minutes", &[("minutes", minutes.into())]));
    let level = training.and_then(|training| training.level).map(|level| words.name(level).to_owned());
    let count = words.count("incidents", path.steps.len());
    level.into_iter().chain([count, own.unwrap_or_else(|| reading_time(words, length))]).collect()
}

fn step_view(site: &Site, n: usize, number: usize, step: &PathStep) -> Option<StepView> {
    let words = site.words();
    let postmortem = site.postmortem(step.incident)?;
    Some(StepView {
        number,
        url: site.url(Route::PathStep(n, number)),
        incident: card(site, step.incident)?,
        slug: postmortem.head.slug.value.clone(),
        why: step.why.clone(),
        reading: reading_time(words, postmortem.head.words),
    })
}
