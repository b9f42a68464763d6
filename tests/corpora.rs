//! Real postmortems that nobody here wrote, read as their houses keep them.
//!
//! `AFTERWORD_CORPORA` names the folder they are in; without it these tests say 'skipped'. For each folder there is a `site.toml` of at most
//! thirty lines in `tests/corpora/`; no file of theirs is changed.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test works on real files, and panics when they are not what it made"
)]

mod folder;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use afterword::edition::Edition;
use afterword::model::Milestone;
use afterword::pipeline::{self, Memo, Project, Understood};
use afterword::render::render;
use afterword::site::{BuildInfo, Site};

struct Corpus {
    project: Project,
    understood: Understood,
    site: Site,
    /// One line a finding: `path: rule`.
    findings: Vec<String>,
    _folder: tempfile::TempDir,
}

/// A corpus with its settings, or nothing where the corpora are not here.
fn read(name: &str) -> Option<Corpus> {
    let Some(corpora) = std::env::var_os("AFTERWORD_CORPORA").map(PathBuf::from) else {
        println!("skipped: AFTERWORD_CORPORA is not set");
        return None;
    };
    let settings = fs::read_to_string(format!("tests/corpora/{name}.toml")).unwrap();
    assert!(settings.lines().count() <= 30, "{name}: settings of at most thirty lines");
    let folder = tempfile::tempdir().unwrap();
    folder::copy(&corpora.join(name), folder.path());
    fs::write(folder.path().join("site.toml"), settings).unwrap();
    let project = pipeline::open(folder.path()).unwrap();
    let understood = pipeline::understand(&project, &mut Memo::default());
    let (look, _) = pipeline::look(&project);
    let build = BuildInfo { today: jiff::civil::date(2026, 1, 1), base_url: None };
    let (site, collisions) = pipeline::site(&project, &understood, Arc::new(look), Edition::default(), build);
    let findings = pipeline::check(&project, &understood, &collisions, jiff::civil::date(2026, 1, 1));
    let findings = findings.iter().map(|finding| format!("{}: {}", finding.primary.path, finding.rule)).collect();
    Some(Corpus { project, understood, site, findings, _folder: folder })
}

impl Corpus {
    /// Every document is a page with a title of its own, and every page renders.
    fn is_whole(&self, documents: usize) {
        assert_eq!(self.project.sources.documents().count(), documents);
        assert_eq!(self.understood.corpus.documents().count(), documents, "every file is a page");
        assert_eq!(self.site.corpus().documents().count(), documents, "none is withheld");
        let addresses: BTreeSet<String> = self.site.corpus().documents().map(|(id, _)| self.site.document_url(id)).collect();
        assert_eq!(addresses.len(), documents, "each has an address of its own");
        for (url, route) in self.site.routes() {
            if let Err(finding) = render(&self.site, *route) {
                panic!("/{url}: {}: {}", finding.primary.path, finding.message);
            }
        }
        for (_, document) in self.site.corpus().documents() {
            assert!(!document.head().title_text.trim().is_empty(), "{}", document.head().path);
        }
    }

    /// How many postmortems have something.
    fn with(&self, has: impl Fn(&afterword::model::Postmortem) -> bool) -> usize {
        self.understood.corpus.postmortems.iter().filter(|postmortem| has(postmortem)).count()
    }

    /// The rules that speak, each with the number of files it speaks of.
    fn rules(&self) -> Vec<(String, usize)> {
        let mut files: std::collections::BTreeMap<String, BTreeSet<&str>> = std::collections::BTreeMap::new();
        for finding in &self.findings {
            let (path, rule) = finding.rsplit_once(": ").unwrap();
            files.entry(rule.to_owned()).or_default().insert(path);
        }
        files.into_iter().map(|(rule, paths)| (rule, paths.len())).collect()
    }
}

fn counts(expected: &[(&str, usize)]) -> Vec<(String, usize)> {
    expected.iter().map(|(rule, count)| ((*rule).to_owned(), *count)).collect()
}

#[test]
fn icco() {
    let Some(corpus) = read("icco-postmortems") else { return };
    corpus.is_whole(242);
    // An operator who "forgot to type" an option; "the root causes included … and a human error", "human error … led to a resource crunch",
    // and twice "due to human error".
    assert_eq!(corpus.rules(), counts(&[("blameful-wording", 1), ("human-error-cause", 4)]));
    assert!(corpus.with(|p| p.date.is_some()) >= 170);
    assert!(corpus.with(|p| p.duration().is_some_and(|minutes| minutes >= 0)) >= 145, "durations are derived");
    // Six of the seven categories are mapped onto leaves and the seventh, "cloud", is passed over: none is left unknown.
    let causes = corpus.site.knowledge().taxonomy("causes").unwrap();
    let leaves: Vec<_> =
        causes.terms.iter().filter(|term| term.parent.is_some()).map(|term| (term.slug.as_str(), term.members.len())).collect();
    let expected = [
        ("change/config", 111),
        ("software/time", 17),
        // Fewer than half of them speak of load that failure bred, so the built-in `retry-storm` would say too much.
        ("capacity/cascade", 38),
        ("architecture/automation-runaway", 101),
        ("infrastructure/hardware", 24),
        ("security/unspecified", 51),
    ];
    assert_eq!(leaves, expected);
    for (key, terms) in [("companies", 100), ("categories", 7), ("keywords", 900), ("year", 15)] {
        let taxonomy = corpus.site.knowledge().taxonomy(key).unwrap();
        assert!(taxonomy.terms.len() >= terms, "{key}: {}", taxonomy.terms.len());
    }
}

#[test]
fn dfds() {
    let Some(corpus) = read("dfds-postmortems") else { return };
    corpus.is_whole(39);
    assert!(corpus.with(|p| !p.timeline.is_empty()) >= 38);
    assert!(corpus.with(|p| p.date.is_some()) >= 38);
    // A contributing factor that begins "Human error in not knowing"; a year of five digits; events written out of order; `HH:mm`, `TBD` and
    // `TBA` never filled in; "we failed to verify", and what teams could have tested.
    let expected =
        [("counterfactual", 2), ("human-error-cause", 1), ("leftover-placeholder", 3), ("unordered-timeline", 2), ("unreadable-date", 1)];
    assert_eq!(corpus.rules(), counts(&expected));
}

#[test]
fn moj() {
    let Some(corpus) = read("moj-cloud-platform") else { return };
    corpus.is_whole(41);
    let timed = |p: &afterword::model::Postmortem| p.milestone(Milestone::Resolved).is_some();
    assert!(corpus.with(timed) >= 36, "milestones are read from 'Key events'");
    // Events out of order, a year of five digits, and the index pages' template for the next incident. Last year's date in January, twice, and
    // in a row that was copied. "If we had …, we could have …".
    let expected = [
        ("counterfactual", 1),
        ("event-outside-incident", 1),
        ("leftover-placeholder", 3),
        ("unordered-milestones", 2),
        ("unordered-timeline", 5),
        ("unreadable-date", 1),
    ];
    assert_eq!(corpus.rules(), counts(&expected));
}

#[test]
fn the_others() {
    let check = |name: &str, documents: usize, dated: usize, rules: &[(&str, usize)]| {
        let Some(corpus) = read(name) else { return };
        corpus.is_whole(documents);
        assert!(corpus.with(|p| p.date.is_some()) >= dated, "{name}");
        assert_eq!(corpus.rules(), counts(rules), "{name}");
    };
    // The broken link leads to a profile on the site that the text was written for.
    check("posthog-post-mortems", 7, 7, &[("broken-link", 1)]);
    check("agrc-status-page", 48, 48, &[]);
    // What somebody should have posted, tried and chosen.
    check("univaf-incidents", 5, 5, &[("counterfactual", 2)]);
    check("learningequality-postmortems", 4, 2, &[("leftover-placeholder", 1)]);
}
