//! `unknown-term`

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::check::rule::declare_rule;
use crate::check::rules::causes::human_error_cause::is_called_human_error;
use crate::check::{Context, Run};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Spanned, did_you_mean};
use crate::model::{Postmortem, is_answer, portable};

declare_rule! {
    /// A service, tag, person, severity, cause, trigger or kind that the site's vocabulary does not have.
    ///
    /// ## Why
    ///
    /// Postmortems are found and counted by these words. `checkout` and `chekout` are two services to a reader who filters, and a cause
    /// outside the taxonomy is missing from every count of causes.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// severity: sev0
    /// services: [chekout]
    /// root_causes: [change/confg]
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// severity: sev1
    /// services: [checkout]
    /// root_causes: [change/config]
    /// ```
    ///
    /// ## Options
    ///
    /// Services, tags and people are free words until `site.toml` lists some of them; then only those are known, and for people the
    /// teams of `[owners]` as well. Causes, triggers and
    /// severities always have a list, which `site.toml` may extend or replace:
    ///
    /// ```toml
    /// [services.checkout]
    /// name = "Checkout"
    ///
    /// [causes.change.dns-record]
    /// name = "DNS record"
    ///
    /// [causes.map]
    /// "config change" = "change/config"
    /// ```
    ///
    /// `none`, `unknown` and `n/a: reason` are answers, not terms.
    static UNKNOWN_TERM = { name: "unknown-term", group: Vocabulary, level: Warning, run: Run::Corpus(find) }
}

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut vocabularies = Vocabularies::new(context.config);
    context.corpus.postmortems.iter().flat_map(|postmortem| of_postmortem(postmortem, context.config, &mut vocabularies)).collect()
}

/// Each unknown word of a postmortem once, where it is first written.
fn of_postmortem(postmortem: &Postmortem, config: &Config, vocabularies: &mut Vocabularies<'_>) -> Vec<Diagnostic> {
    let severity = postmortem.severity.iter().filter(|severity| severity.step.is_none()).map(|severity| (Axis::Severity, &severity.word));
    // That human error is no term is the least that is to be said of it; `human-error-cause` says more.
    let root_causes = postmortem.root_causes.iter().filter(|cause| !is_called_human_error(cause));
    let causes = root_causes.chain(&postmortem.contributing);
    let causes = causes.filter(|cause| !cause.known).map(|cause| (Axis::Cause, &cause.path));
    let trigger = postmortem.trigger.iter().filter(|trigger| config.causes.trigger(&trigger.value).is_none());
    let trigger = trigger.map(|trigger| (Axis::Trigger, trigger));
    // A kind without a place was not written here: it is the site's default.
    let kind = postmortem.kind.iter().filter(|kind| kind.span.start < kind.span.end).map(|kind| (Axis::Kind, kind));
    let services = postmortem.services.iter().map(|service| (Axis::Service, service));
    let tags = postmortem.tags.iter().map(|tag| (Axis::Tag, tag));
    let people = postmortem.owner.iter().chain(&postmortem.authors).map(|person| (Axis::Person, person));

    let words = severity.chain(causes).chain(trigger).chain(kind).chain(services).chain(tags).chain(people);
    let mut told = HashSet::new();
    let unknown =
        words.filter(|(axis, word)| !is_answer(word) && !vocabularies.has(*axis, word) && told.insert((*axis, word.value.as_str())));
    unknown.collect::<Vec<_>>().into_iter().map(|(axis, word)| report(postmortem, axis, word, vocabularies)).collect()
}

fn report(postmortem: &Postmortem, axis: Axis, word: &Spanned<String>, vocabularies: &mut Vocabularies<'_>) -> Diagnostic {
    let message = format!("unknown {} `{}`", axis.name(), word.value);
    UNKNOWN_TERM.finding(&postmortem.head.path, word.span, message).help(vocabularies.advice(axis, &word.value))
}

/// What a word is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Axis {
    Severity,
    Cause,
    Trigger,
    Kind,
    Service,
    Tag,
    Person,
}

impl Axis {
    fn name(self) -> &'static str {
        match self {
            Self::Severity => "severity",
            Self::Cause => "cause",
            Self::Trigger => "trigger",
            Self::Kind => "kind",
            Self::Service => "service",
            Self::Tag => "tag",
            Self::Person => "person",
        }
    }

    /// The part of `site.toml` that lists the terms.
    fn table(self) -> &'static str {
        match self {
            Self::Severity => "[[severities]]",
            Self::Cause => "[causes]",
            Self::Trigger => "[causes.trigger]",
            Self::Kind => "[profiles]",
            Self::Service => "[services]",
            Self::Tag => "[tags]",
            Self::Person => "[people]",
        }
    }
}

/// The terms of every axis, folded for comparison, and the advice already given.
struct Vocabularies<'a> {
    config: &'a Config,
    terms: HashMap<Axis, (HashSet<String>, BTreeSet<&'a str>)>,
    advice: HashMap<(Axis, String), String>,
}

impl<'a> Vocabularies<'a> {
    fn new(config: &'a Config) -> Self {
        let listed: [(Axis, Vec<&str>); 6] = [
            (Axis::Severity, config.severities.iter().map(|severity| severity.id.as_str()).collect()),
            (Axis::Trigger, config.causes.triggers.iter().map(|trigger| trigger.id.as_str()).collect()),
            (Axis::Kind, config.profiles.keys().map(String::as_str).collect()),
            (Axis::Service, config.services.keys().map(String::as_str).collect()),
            (Axis::Tag, config.tags.keys().map(String::as_str).collect()),
            (Axis::Person, config.people.keys().map(String::as_str).collect()),
        ];
        let fold = |(axis, ids): (Axis, Vec<&'a str>)| (axis, (ids.iter().map(|id| portable(id)).collect(), ids.into_iter().collect()));
        Self { config, terms: listed.into_iter().map(fold).collect(), advice: HashMap::new() }
    }

    /// Whether the word is a term, or the axis has none and takes any word. What reaches this of severities, causes and triggers has
    /// already been looked for in vain.
    fn has(&self, axis: Axis, word: &str) -> bool {
        if matches!(axis, Axis::Severity | Axis::Cause | Axis::Trigger) {
            return false;
        }
        // A team may own and write what a person may.
        if axis == Axis::Person && self.config.owner_of(word).is_some() {
            return true;
        }
        self.terms.get(&axis).is_none_or(|(folded, ids)| ids.is_empty() || ids.contains(word) || folded.contains(&portable(word)))
    }

    fn advice(&mut self, axis: Axis, word: &str) -> String {
        if let Some(advice) = self.advice.get(&(axis, word.to_owned())) {
            return advice.clone();
        }
        let advice = match self.nearest(axis, word) {
            Some(meant) => format!("is `{meant}` meant?"),
            None => self.leaves(axis, word).unwrap_or_else(|| format!("`{}` of site.toml lists what is known", axis.table())),
        };
        self.advice.insert((axis, word.to_owned()), advice.clone());
        advice
    }

    fn nearest(&self, axis: Axis, word: &str) -> Option<String> {
        if axis != Axis::Cause {
            return did_you_mean(word, self.terms.get(&axis)?.1.iter().copied()).map(str::to_owned);
        }
        let leaves = || self.config.causes.branches.iter().flat_map(|branch| branch.leaves.iter().map(move |leaf| (branch, leaf)));
        let paths: Vec<String> = leaves().map(|(branch, leaf)| format!("{}/{}", branch.id, leaf.id)).collect();
        if let Some(path) = did_you_mean(word, paths.iter().map(String::as_str)) {
            return Some(path.to_owned());
        }
        let leaf = did_you_mean(word, leaves().map(|(_, leaf)| leaf.id.as_str()))?;
        paths.into_iter().find(|path| path.ends_with(&format!("/{leaf}")))
    }

    /// For a word that is a branch of causes: what there is below it.
    fn leaves(&self, axis: Axis, word: &str) -> Option<String> {
        let branch =
            self.config.causes.branches.iter().find(|branch| axis == Axis::Cause && branch.id.eq_ignore_ascii_case(word.trim()))?;
        let leaves: Vec<String> = branch.leaves.iter().map(|leaf| format!("`{}/{}`", branch.id, leaf.id)).collect();
        Some(format!("name what was wrong: {}", leaves.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::{config, postmortem, told_of};
    use crate::config::{Person, Term};
    use crate::diagnostic::Span;
    use crate::model::{Cause, Severity};

    fn at(word: &str, start: usize) -> Spanned<String> {
        Spanned::new(word.to_owned(), Span::new(start, start + word.len()))
    }

    fn vocabulary() -> Config {
        let mut config = config();
        config.services.insert("checkout".into(), Term::default());
        config.people = std::iter::once(("ada".to_owned(), Person::default())).collect();
        config.owners.insert("payments".into(), crate::config::Owner { name: "Team Payments".into(), ..Default::default() });
        config
    }

    #[test]
    fn each_unknown_word_is_told_once_with_the_term_meant() {
        let mut document = postmortem("content/a.md");
        let cause = |word: &str, start| Cause { path: at(word, start), known: false, layer: None, origin: None, note: String::new() };
        document.kind = Some(at("outgae", 0));
        document.severity = Some(Severity { word: at("sev0", 10), step: None });
        document.services = vec![at("chekout", 20), at("chekout", 30), at("Checkout", 40), at("billing", 50)];
        document.tags = vec![at("anything", 60)];
        document.trigger = Some(at("config-psuh", 70));
        document.root_causes = vec![cause("change/confg", 90), cause("roll-out-plan", 110), cause("data", 130)];
        document.owner = Some(at("eda", 150));
        assert_eq!(
            told_of(&UNKNOWN_TERM, document, &vocabulary()),
            "content/a.md:0..6: unknown kind `outgae`\n  help: is `outage` meant?\n\
             content/a.md:10..14: unknown severity `sev0`\n  help: is `sev1` meant?\n\
             content/a.md:20..27: unknown service `chekout`\n  help: is `checkout` meant?\n\
             content/a.md:50..57: unknown service `billing`\n  help: `[services]` of site.toml lists what is known\n\
             content/a.md:70..81: unknown trigger `config-psuh`\n  help: is `config-push` meant?\n\
             content/a.md:90..102: unknown cause `change/confg`\n  help: is `change/config` meant?\n\
             content/a.md:110..123: unknown cause `roll-out-plan`\n  help: is `change/rollout-plan` meant?\n\
             content/a.md:130..134: unknown cause `data`\n  help: name what was wrong: `data/corruption`, `data/loss`\n\
             content/a.md:150..153: unknown person `eda`\n  help: is `ada` meant?\n"
        );
    }

    #[test]
    fn without_a_list_any_word_will_do_and_an_answer_is_no_term() {
        let mut document = postmortem("content/a.md");
        document.services = vec![at("anything", 0)];
        document.authors = vec![at("anybody", 10)];
        document.trigger = Some(at("n/a: still looked into", 20));
        document.kind = Some(Spanned::new("outage".into(), Span::default()));
        assert_eq!(told_of(&UNKNOWN_TERM, document.clone(), &config()), "");
        document.services = vec![at("none", 0)];
        document.authors = vec![at("team payments", 10)];
        document.owner = Some(at("payments", 30));
        assert_eq!(told_of(&UNKNOWN_TERM, document, &vocabulary()), "");
    }
}
