//! Which postmortems a command is about: `--since`, `--until`, `--kind`, `--service`, `--severity`, `--cause`.

use std::sync::Arc;

use clap::Args;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Failure;
use crate::config::Config;
use crate::diagnostic::did_you_mean;
use crate::model::{Corpus, Moment, Postmortem, Precision, portable};

/// Which postmortems; those that answer to all that is said. A word may be given several times: one of them is enough.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Which incidents")]
pub(super) struct Filter {
    /// From this year, month or day on.
    #[arg(long, value_name = "YYYY[-MM[-DD]]", value_parser = stretch)]
    since: Option<Stretch>,

    /// Up to this year, month or day, all of it included.
    #[arg(long, value_name = "YYYY[-MM[-DD]]", value_parser = stretch)]
    until: Option<Stretch>,

    /// Of this kind.
    #[arg(long, value_name = "KIND")]
    kind: Vec<String>,

    /// In this service.
    #[arg(long, value_name = "SERVICE")]
    service: Vec<String>,

    /// Of this severity.
    #[arg(long, value_name = "SEVERITY")]
    severity: Vec<String>,

    /// With this cause, or one of this branch of causes.
    #[arg(long, value_name = "CAUSE")]
    cause: Vec<String>,
}

/// A year, month or day: its first day and its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    first: Date,
    last: Date,
}

/// Reads `2026`, `2026-03` or `2026-03-17`.
fn stretch(text: &str) -> Result<Stretch, String> {
    let wrong = || format!("`{text}` is no year, month or day such as `2026`, `2026-03` or `2026-03-17`");
    let (full, length) = match text.len() {
        4 => (format!("{text}-01-01"), 1.year()),
        7 => (format!("{text}-01"), 1.month()),
        _ => (text.to_owned(), 1.day()),
    };
    // A time of day would be read over.
    let first: Date = Some(full).filter(|full| full.len() == 10).and_then(|full| full.parse().ok()).ok_or_else(wrong)?;
    let last = first.checked_add(length).and_then(Date::yesterday).map_err(|_| wrong())?;
    Ok(Stretch { first, last })
}

/// What is asked for, every word known.
#[derive(Debug)]
pub(super) struct Wanted<'c> {
    config: &'c Config,
    since: Option<Stretch>,
    until: Option<Stretch>,
    kinds: Vec<String>,
    services: Vec<String>,
    severities: Vec<String>,
    causes: Vec<String>,
}

impl Filter {
    /// The postmortems of a corpus that are asked for; pages stay.
    ///
    /// # Errors
    /// A word that nothing in the corpus or the settings answers to.
    pub(super) fn restrict(&self, corpus: &Corpus, config: &Config) -> Result<Corpus, Failure> {
        let wanted = self.wanted(corpus, config)?;
        let postmortems = corpus.postmortems.iter().filter(|postmortem| wanted.keeps(postmortem)).map(Arc::clone).collect();
        Ok(Corpus { postmortems, pages: corpus.pages.clone() })
    }

    /// What is asked of the postmortems of a corpus.
    ///
    /// # Errors
    /// A word that nothing in the corpus or the settings answers to.
    pub(super) fn wanted<'c>(&self, corpus: &Corpus, config: &'c Config) -> Result<Wanted<'c>, Failure> {
        let kinds: Vec<&str> = corpus.postmortems.iter().filter_map(|p| p.kind.as_ref()).map(|kind| kind.value.as_str()).collect();
        let kinds_known: Vec<String> = config.profiles.keys().cloned().chain(kinds.iter().map(|&kind| kind.to_owned())).collect();
        let is_kind = |word: &str| kinds_known.iter().any(|kind| kind.eq_ignore_ascii_case(word));
        let services_known: Vec<String> =
            corpus.postmortems.iter().flat_map(|p| &p.services).map(|service| service.value.clone()).collect();
        let services_known: Vec<String> = services_known.into_iter().chain(config.services.keys().cloned()).collect();
        let is_service = |word: &str| services_known.iter().any(|service| portable(service) == portable(word));
        Ok(Wanted {
            config,
            since: self.since,
            until: self.until,
            kinds: known("kind", &self.kind, &is_kind, &kinds_known)?,
            services: known("service", &self.service, &is_service, &services_known)?,
            severities: known("severity", &self.severity, &|word| answers_severity(word, corpus, config), &severity_words(config))?,
            causes: self.causes(corpus, config)?,
        })
    }

    /// Takes out the words for kinds that mean something else than a kind of incident.
    pub(super) fn take_kinds(&mut self, is_other: impl Fn(&str) -> bool) -> Vec<String> {
        let (taken, kept) = std::mem::take(&mut self.kind).into_iter().partition(|word| is_other(word));
        self.kind = kept;
        taken
    }

    /// The causes asked for: paths of leaves, or branches.
    fn causes(&self, corpus: &Corpus, config: &Config) -> Result<Vec<String>, Failure> {
        let branches = config.causes.branches.iter();
        let leaves = branches.clone().flat_map(|branch| branch.leaves.iter().map(|leaf| format!("{}/{}", branch.id, leaf.id)));
        let written =
            corpus.postmortems.iter().flat_map(|p| p.root_causes.iter().chain(&p.contributing)).map(|cause| cause.path.value.clone());
        // A slip in the name of a leaf is nearer to that name than to a path.
        let names = branches.clone().flat_map(|branch| branch.leaves.iter().map(|leaf| leaf.id.clone()));
        let words: Vec<String> = leaves.chain(branches.map(|branch| branch.id.clone())).chain(written).chain(names).collect();
        let resolved = self.cause.iter().map(|word| config.causes.resolve(word).unwrap_or_else(|| word.clone()));
        let resolved: Vec<String> = resolved.collect();
        known("cause", &resolved, &|word| words.iter().any(|cause| is_within(cause, word)), &words)
    }
}

impl Wanted<'_> {
    /// Whether a postmortem is all that is asked for.
    pub(super) fn keeps(&self, postmortem: &Postmortem) -> bool {
        let causes = postmortem.root_causes.iter().chain(&postmortem.contributing);
        self.keeps_whatever_cause(postmortem) && self.is_among(causes.map(|cause| cause.path.as_str()))
    }

    /// Whether a postmortem is all that is asked for but causes.
    pub(super) fn keeps_whatever_cause(&self, postmortem: &Postmortem) -> bool {
        let kind = postmortem.kind.as_ref().map_or("", |kind| kind.value.as_str());
        let has_service = |word: &String| postmortem.services.iter().any(|service| portable(&service.value) == portable(word));
        self.is_then(postmortem)
            && (self.kinds.is_empty() || self.kinds.iter().any(|word| kind.eq_ignore_ascii_case(word)))
            && (self.services.is_empty() || self.services.iter().any(has_service))
            && (self.severities.is_empty() || self.severities.iter().any(|word| has_severity(postmortem, word, self.config)))
    }

    /// Whether one of some causes, by their paths or the slugs of their pages, is asked for, or none is asked for.
    pub(super) fn is_among<'a>(&self, causes: impl IntoIterator<Item = &'a str>) -> bool {
        let is_wanted = |cause: &str| {
            let own = cause.strip_prefix("other/");
            self.causes.iter().any(|named| is_within(cause, named) || own.is_some_and(|own| own == portable(named)))
        };
        self.causes.is_empty() || causes.into_iter().any(is_wanted)
    }

    /// Whether it can have been in the time asked for; what has no date is in none.
    fn is_then(&self, postmortem: &Postmortem) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let Some((first, last)) = postmortem.date.as_ref().map(days) else { return false };
        self.since.is_none_or(|since| last >= since.first) && self.until.is_none_or(|until| first <= until.last)
    }
}

/// The first and the last day that a moment can be.
fn days(moment: &Moment) -> (Date, Date) {
    let first = moment.civil_date();
    let length = match moment.precision {
        Precision::Year => 1.year(),
        Precision::Month => 1.month(),
        _ => 1.day(),
    };
    (first, first.checked_add(length).and_then(Date::yesterday).unwrap_or(first))
}

/// Whether a cause is the one that is named, or of the branch that is named.
fn is_within(cause: &str, named: &str) -> bool {
    let rest = cause.get(named.len()..).filter(|_| cause.get(..named.len()).is_some_and(|head| head.eq_ignore_ascii_case(named)));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn folded(word: &str) -> String {
    word.to_lowercase().replace(['-', '_', ' '], "")
}

/// The words for severities that the site knows.
fn severity_words(config: &Config) -> Vec<String> {
    config.severities.iter().map(|severity| severity.id.clone()).collect()
}

fn answers_severity(word: &str, corpus: &Corpus, config: &Config) -> bool {
    let word = folded(word);
    config.severities.iter().any(|severity| folded(&severity.id) == word || folded(&severity.name) == word)
        || corpus.postmortems.iter().filter_map(|p| p.severity.as_ref()).any(|severity| folded(&severity.word.value) == word)
}

fn has_severity(postmortem: &Postmortem, word: &str, config: &Config) -> bool {
    let (Some(severity), word) = (&postmortem.severity, folded(word)) else { return false };
    let step = severity.step.and_then(|step| config.severities.get(step));
    folded(&severity.word.value) == word || step.is_some_and(|step| folded(&step.id) == word || folded(&step.name) == word)
}

/// The words that were given, each known: a slip of the pen is not an empty answer.
pub(super) fn known(what: &str, words: &[String], is_known: &dyn Fn(&str) -> bool, known: &[String]) -> Result<Vec<String>, Failure> {
    match words.iter().find(|word| !is_known(word)) {
        None => Ok(words.to_vec()),
        Some(word) => Err(Failure(match did_you_mean(word, known.iter().map(String::as_str)) {
            Some(meant) => format!("there is no {what} `{word}`; did you mean `{meant}`?"),
            None => format!("there is no {what} `{word}`"),
        })),
    }
}
