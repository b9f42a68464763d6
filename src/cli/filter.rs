//! Which postmortems a command is about: `--since`, `--until`, `--kind`, `--service`, `--severity`, `--cause`, `--tag`.

use std::collections::BTreeSet;
use std::sync::Arc;

use clap::Args;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Failure;
use crate::config::Config;
use crate::diagnostic::{Spanned, did_you_mean};
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

    /// With this tag.
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
}

/// What filters look at in a postmortem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Facts {
    kind: String,
    /// The first and the last day that it can have been.
    days: Option<(Date, Date)>,
    services: Vec<String>,
    /// The word, and its step on the scale.
    severity: Option<(String, Option<usize>)>,
    /// Paths of causes, root or contributing.
    causes: Vec<String>,
    tags: Vec<String>,
}

impl Facts {
    pub(super) fn of(postmortem: &Postmortem) -> Self {
        let words = |words: &[Spanned<String>]| words.iter().map(|word| word.value.clone()).collect();
        let causes = postmortem.root_causes.iter().chain(&postmortem.contributing);
        Self {
            kind: postmortem.kind.as_ref().map(|kind| kind.value.clone()).unwrap_or_default(),
            days: postmortem.date.as_ref().map(days),
            services: words(&postmortem.services),
            severity: postmortem.severity.as_ref().map(|severity| (severity.word.value.clone(), severity.step)),
            causes: causes.map(|cause| cause.path.value.clone()).collect(),
            tags: words(&postmortem.tags),
        }
    }

    /// Those of every postmortem of a corpus, in order.
    pub(super) fn of_all(corpus: &Corpus) -> Vec<Self> {
        corpus.postmortems.iter().map(|postmortem| Self::of(postmortem)).collect()
    }
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
    tags: Vec<String>,
}

impl Filter {
    /// The postmortems of a corpus that are asked for; pages stay.
    ///
    /// # Errors
    /// A word that nothing in the corpus or the settings answers to.
    pub(super) fn restrict(&self, corpus: &Corpus, config: &Config) -> Result<Corpus, Failure> {
        let facts = Facts::of_all(corpus);
        let wanted = self.wanted(&facts.iter().collect::<Vec<_>>(), config)?;
        let kept = corpus.postmortems.iter().zip(&facts).filter(|(_, facts)| wanted.keeps(facts));
        Ok(Corpus { postmortems: kept.map(|(postmortem, _)| Arc::clone(postmortem)).collect(), pages: corpus.pages.clone() })
    }

    /// Whether nothing is asked for.
    pub(super) fn is_empty(&self) -> bool {
        let Self { since, until, kind, service, severity, cause, tag } = self;
        since.is_none() && until.is_none() && [kind, service, severity, cause, tag].iter().all(|words| words.is_empty())
    }

    /// What is asked of the postmortems of a corpus, by the facts of them all.
    ///
    /// # Errors
    /// A word that nothing in the corpus or the settings answers to.
    pub(super) fn wanted<'c>(&self, facts: &[&Facts], config: &'c Config) -> Result<Wanted<'c>, Failure> {
        let kinds = facts.iter().map(|facts| facts.kind.clone()).filter(|kind| !kind.is_empty());
        let kinds: Vec<String> = config.profiles.keys().cloned().chain(kinds).collect();
        let is_kind = |word: &str| kinds.iter().any(|kind| kind.eq_ignore_ascii_case(word));
        let services: Vec<String> =
            facts.iter().flat_map(|facts| &facts.services).cloned().chain(config.services.keys().cloned()).collect();
        let is_service = |word: &str| services.iter().any(|service| portable(service) == portable(word));
        Ok(Wanted {
            config,
            since: self.since,
            until: self.until,
            kinds: known("kind", &self.kind, &is_kind, &kinds)?,
            services: known("service", &self.service, &is_service, &services)?,
            severities: known("severity", &self.severity, &|word| answers_severity(word, facts, config), &severity_words(config))?,
            causes: self.causes(facts, config)?,
            tags: self.tags(facts, config)?,
        })
    }

    /// Takes out the words for kinds that mean something else than a kind of incident.
    pub(super) fn take_kinds(&mut self, is_other: impl Fn(&str) -> bool) -> Vec<String> {
        let (taken, kept) = std::mem::take(&mut self.kind).into_iter().partition(|word| is_other(word));
        self.kind = kept;
        taken
    }

    /// The causes asked for: paths of leaves, or branches.
    fn causes(&self, facts: &[&Facts], config: &Config) -> Result<Vec<String>, Failure> {
        let branches = config.causes.branches.iter();
        let leaves = branches.clone().flat_map(|branch| branch.leaves.iter().map(|leaf| format!("{}/{}", branch.id, leaf.id)));
        let written = facts.iter().flat_map(|facts| facts.causes.iter().cloned());
        // A slip in the name of a leaf is nearer to that name than to a path.
        let names = branches.clone().flat_map(|branch| branch.leaves.iter().map(|leaf| leaf.id.clone()));
        let words: Vec<String> = leaves.chain(branches.map(|branch| branch.id.clone())).chain(written).chain(names).collect();
        let resolved = self.cause.iter().map(|word| config.causes.resolve(word).unwrap_or_else(|| word.clone()));
        let resolved: Vec<String> = resolved.collect();
        known("cause", &resolved, &|word| words.iter().any(|cause| is_within(cause, word)), &words)
    }

    /// The tags asked for, as they stand in addresses; the name of a listed tag stands for it.
    fn tags(&self, facts: &[&Facts], config: &Config) -> Result<Vec<String>, Failure> {
        if self.tag.is_empty() {
            return Ok(Vec::new());
        }
        let written = facts.iter().flat_map(|facts| &facts.tags).map(|tag| portable(tag));
        let tags: BTreeSet<String> = written.chain(config.tags.keys().map(|id| portable(id))).collect();
        let named = |word: &str| config.tags.iter().find(|(_, tag)| tag.name.eq_ignore_ascii_case(word)).map(|(id, _)| portable(id));
        let words: Vec<String> = self.tag.iter().map(|word| named(word).unwrap_or_else(|| portable(word))).collect();
        known("tag", &words, &|word| tags.contains(word), &tags.iter().cloned().collect::<Vec<_>>())
    }
}

impl Wanted<'_> {
    /// Whether a postmortem is all that is asked for.
    pub(super) fn keeps(&self, facts: &Facts) -> bool {
        self.keeps_whatever_cause(facts) && self.is_among(facts.causes.iter().map(String::as_str))
    }

    /// Whether a postmortem is all that is asked for but causes.
    pub(super) fn keeps_whatever_cause(&self, facts: &Facts) -> bool {
        let has_service = |word: &String| facts.services.iter().any(|service| portable(service) == portable(word));
        self.is_then(facts)
            && (self.kinds.is_empty() || self.kinds.iter().any(|word| facts.kind.eq_ignore_ascii_case(word)))
            && (self.services.is_empty() || self.services.iter().any(has_service))
            && (self.severities.is_empty() || self.severities.iter().any(|word| has_severity(facts, word, self.config)))
            && (self.tags.is_empty() || facts.tags.iter().any(|tag| self.tags.contains(&portable(tag))))
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
    fn is_then(&self, facts: &Facts) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let Some((first, last)) = facts.days else { return false };
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

fn answers_severity(word: &str, facts: &[&Facts], config: &Config) -> bool {
    let word = folded(word);
    config.severities.iter().any(|severity| folded(&severity.id) == word || folded(&severity.name) == word)
        || facts.iter().filter_map(|facts| facts.severity.as_ref()).any(|(severity, _)| folded(severity) == word)
}

fn has_severity(facts: &Facts, word: &str, config: &Config) -> bool {
    let (Some((written, step)), word) = (&facts.severity, folded(word)) else { return false };
    let step = step.and_then(|step| config.severities.get(step));
    folded(written) == word || step.is_some_and(|step| folded(&step.id) == word || folded(&step.name) == word)
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
