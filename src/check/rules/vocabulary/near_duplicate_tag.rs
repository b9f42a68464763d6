//! `near-duplicate-tag`

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::check::rule::declare_rule;
use crate::check::{Context, Run};
use crate::diagnostic::Diagnostic;
use crate::knowledge::Term;
use crate::model::portable;

declare_rule! {
    /// A tag that differs from another in next to nothing: a plural, a hyphen, a slip of the pen.
    ///
    /// ## Why
    ///
    /// A tag gathers what belongs together. With `retry-storm` and `retry-storms` each reader finds half of it, and neither count is right.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// tags: [retry-storms, load-balancer]   # and elsewhere: [retry-storm, loadbalancer]
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// tags: [retry-storm, load-balancer]
    /// ```
    ///
    /// Told is the less frequent of the two, where it is first used. Case and punctuation do not matter in the first place: `Retry storm` and
    /// `retry-storm` are one tag.
    ///
    /// ## Options
    ///
    /// Two tags that `site.toml` lists are both meant, and so are tags that differ in a number, such as `v1` and `v2`. Letters are compared in
    /// long words alone, and abbreviations are not known.
    ///
    /// ```toml
    /// [tags.log]
    /// [tags.logs]
    /// ```
    static NEAR_DUPLICATE_TAG = { name: "near-duplicate-tag", group: Vocabulary, level: Warning, run: Run::Corpus(find) }
}

/// From this length on a word may have one letter wrong.
const LONG: usize = 8;
/// From this length on it may have two.
const VERY_LONG: usize = 12;
/// A word used in more incidents than this is no slip of the pen.
const SLIPS: usize = 2;
/// So many words that are alike are a family and not one word with slips.
const FAMILY: usize = 6;

/// Words that mean something else with an `s` at the end than without.
const NO_PLURALS: [&str; 13] =
    ["ftps", "https", "imaps", "kubernetes", "ldaps", "nats", "news", "rails", "smtps", "systems", "teams", "windows", "wss"];

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(tags) = context.knowledge.taxonomy("tags") else { return Vec::new() };
    let listed: BTreeSet<String> = context.config.tags.keys().map(|id| portable(id)).collect();
    let tags: Vec<Tag<'_>> = tags.terms.iter().map(|term| Tag::new(term, &listed)).collect();
    let meant = meant(&tags);
    if meant.is_empty() {
        return Vec::new();
    }
    report(context, &meant)
}

/// A tag as it is compared.
struct Tag<'a> {
    term: &'a Term,
    /// Its words, in the singular.
    words: Vec<&'a str>,
    /// Whether `site.toml` lists it.
    listed: bool,
}

impl<'a> Tag<'a> {
    fn new(term: &'a Term, listed: &BTreeSet<String>) -> Self {
        Self { term, words: term.slug.split('-').map(singular).collect(), listed: listed.contains(&term.slug) }
    }

    /// The words without what stands between them. What stands beside a number stays: `1-0` is not `10`, nor `us-east-1` `us-east1`.
    fn joined(&self) -> String {
        let mut joined = String::with_capacity(self.term.slug.len());
        for word in &self.words {
            let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
            if is_digit(joined.as_bytes().last()) || (is_digit(word.as_bytes().first()) && !joined.is_empty()) {
                joined.push('-');
            }
            joined.push_str(word);
        }
        joined
    }

    /// Which of several tags that are alike is proposed: one that the site lists, then the most frequent, then the shortest.
    fn weight(&self) -> (bool, usize, std::cmp::Reverse<(usize, &'a str)>) {
        (self.listed, self.term.members.len(), std::cmp::Reverse((self.term.slug.len(), &self.term.slug)))
    }
}

/// A word without the `s` of a plural. Nothing is made of `ies` and `es`, so that no word becomes another.
fn singular(word: &str) -> &str {
    let stem = word.strip_suffix('s').filter(|stem| stem.len() >= 3 && !stem.ends_with(['s', 'u', 'i']));
    stem.filter(|stem| !stem.ends_with(|c: char| c.is_ascii_digit()) && !NO_PLURALS.contains(&word)).unwrap_or(word)
}

/// Each tag that is nearly another, with the one that is meant.
fn meant<'a>(tags: &'a [Tag<'a>]) -> BTreeMap<&'a str, &'a Term> {
    let mut meant: BTreeMap<&str, &Term> = BTreeMap::new();
    let mut tell = |alike: &[&'a Tag<'a>]| {
        let Some(best) = alike.iter().max_by_key(|tag| tag.weight()) else { return };
        for tag in alike.iter().filter(|tag| tag.term.slug != best.term.slug && !(tag.listed && best.listed)) {
            meant.entry(&tag.term.slug).or_insert(best.term);
        }
    };
    let mut same: BTreeMap<String, Vec<&Tag<'_>>> = BTreeMap::new();
    for tag in tags {
        same.entry(tag.joined()).or_default().push(tag);
    }
    same.values().filter(|alike| alike.len() > 1).for_each(|alike| tell(alike));
    let chosen: Vec<&Tag<'_>> = same.into_values().filter_map(|alike| alike.into_iter().max_by_key(|tag| tag.weight())).collect();
    for (one, other) in slips(&chosen) {
        tell(&[one, other]);
    }
    meant
}

/// Pairs of tags that differ by a letter or two in one long word. Each word is entered under every form with letters left out, so that only words with
/// such a form in common are compared: the work grows with the number of tags, not with its square.
fn slips<'a>(tags: &[&'a Tag<'a>]) -> Vec<(&'a Tag<'a>, &'a Tag<'a>)> {
    let mut forms: HashMap<u64, Vec<(usize, usize)>> = HashMap::new();
    for (n, tag) in tags.iter().enumerate() {
        for (at, word) in tag.words.iter().enumerate().filter(|(_, word)| is_long(word)) {
            let mut entered = BTreeSet::new();
            for form in shortened(word) {
                let mut hash = DefaultHasher::new();
                (at, tag.words.get(..at), tag.words.get(at + 1..), form).hash(&mut hash);
                if entered.insert(hash.finish()) {
                    forms.entry(hash.finish()).or_default().push((n, at));
                }
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for family in forms.values().filter(|family| (2..=FAMILY).contains(&family.len())) {
        for (place, (one, at)) in family.iter().enumerate() {
            let others = family.iter().skip(place + 1).filter(|(other, other_at)| other != one && other_at == at);
            pairs.extend(others.map(|(other, _)| (*one, *other, *at)));
        }
    }
    let pairs = pairs.into_iter().filter_map(|(one, other, at)| Some((*tags.get(one)?, *tags.get(other)?, at)));
    pairs.filter(|(one, other, at)| is_slip(one, other, *at)).map(|(one, other, _)| (one, other)).collect()
}

/// Whether one of two tags is the other with a slip of the pen in the word at a place.
fn is_slip(one: &Tag<'_>, other: &Tag<'_>, at: usize) -> bool {
    let (Some(word), Some(second)) = (one.words.get(at), other.words.get(at)) else { return false };
    let rest =
        |tag: &Tag<'_>| tag.words.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, word)| (*word).to_owned()).collect::<Vec<_>>();
    let rarer = one.term.members.len().min(other.term.members.len());
    // Beginnings are written with care; a word that begins otherwise is another: `internal` and `external`.
    word.as_bytes().first() == second.as_bytes().first()
        && rarer <= SLIPS
        && rest(one) == rest(other)
        && strsim::osa_distance(word, second) <= slips_allowed(word).min(slips_allowed(second))
}

fn is_long(word: &str) -> bool {
    slips_allowed(word) > 0
}

/// How many letters of a word may be wrong; none where it has a digit.
fn slips_allowed(word: &str) -> usize {
    match word.len() {
        _ if word.bytes().any(|byte| byte.is_ascii_digit()) => 0,
        VERY_LONG.. => 2,
        LONG.. => 1,
        _ => 0,
    }
}

/// A word, and the word without each of its letters, and for a very long one without each two.
fn shortened(word: &str) -> Vec<String> {
    let without = |word: &str| -> Vec<String> {
        (0..word.len()).map(|at| word.char_indices().filter(|(n, _)| *n != at).map(|(_, letter)| letter).collect()).collect()
    };
    let once = without(word);
    let twice = if slips_allowed(word) > 1 { once.iter().flat_map(|word| without(word)).collect() } else { Vec::new() };
    [vec![word.to_owned()], once, twice].concat()
}

/// A finding for each tag, where it is first used.
fn report(context: &Context<'_>, meant: &BTreeMap<&str, &Term>) -> Vec<Diagnostic> {
    let wanted: BTreeSet<&str> = meant.iter().flat_map(|(slug, term)| [*slug, term.slug.as_str()]).collect();
    let mut first = BTreeMap::new();
    for postmortem in &context.corpus.postmortems {
        for tag in &postmortem.tags {
            let slug = portable(tag);
            if wanted.contains(slug.as_str()) {
                first.entry(slug).or_insert((&postmortem.head.path, tag));
            }
        }
    }
    let counts: BTreeMap<&str, usize> = context
        .knowledge
        .taxonomy("tags")
        .map(|tags| &tags.terms)
        .into_iter()
        .flatten()
        .map(|term| (term.slug.as_str(), term.members.len()))
        .collect();
    let tell = |(slug, best): (&&str, &&Term)| {
        let ((path, tag), (other_path, other)) = (first.get(*slug)?, first.get(best.slug.as_str())?);
        let (count, more) = (counts.get(slug)?, best.members.len());
        let message = format!("the tag `{}` is nearly the tag `{}`", tag.value, other.value);
        let incidents = |count: usize| if count == 1 { "1 incident".to_owned() } else { format!("{count} incidents") };
        let help = format!(
            "{} {} `{}` and {} `{}`: use one of them, such as `{}`",
            incidents(*count),
            if *count == 1 { "has" } else { "have" },
            tag.value,
            incidents(more),
            other.value,
            other.value
        );
        Some(NEAR_DUPLICATE_TAG.finding(path, tag.span, message).also(other_path, other.span, "used here").help(help))
    };
    meant.iter().filter_map(tell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pairs found among words with their numbers of incidents, as "less → more".
    fn pairs(words: &[(&str, usize)], listed: &[&str]) -> Vec<String> {
        let term = |(word, count): &(&str, usize)| Term {
            slug: portable(word),
            name: (*word).to_owned(),
            definition: String::new(),
            parent: None,
            members: (0..*count).collect(),
            drills: 0,
        };
        let terms: Vec<Term> = words.iter().map(term).collect();
        let listed = listed.iter().map(|word| portable(word)).collect();
        let tags: Vec<Tag<'_>> = terms.iter().map(|term| Tag::new(term, &listed)).collect();
        meant(&tags).into_iter().map(|(less, more)| format!("{less} → {}", more.slug)).collect()
    }

    #[test]
    fn a_plural_a_hyphen_and_a_slip_are_the_same_word() {
        let words = [
            ("retry-storm", 3),
            ("retry-storms", 1),
            ("RetryStorm", 1),
            ("load balancer", 1),
            ("loadbalancer", 2),
            ("configuration", 5),
            ("configurtion", 1),
            ("authentication failure", 1),
            ("authentification failures", 2),
            ("logs-pipeline", 1),
            ("log-pipeline", 1),
        ];
        let expected = [
            "authentication-failure → authentification-failures",
            "configurtion → configuration",
            "load-balancer → loadbalancer",
            "logs-pipeline → log-pipeline",
            "retry-storms → retry-storm",
            "retrystorm → retry-storm",
        ];
        assert_eq!(pairs(&words, &[]), expected);
    }

    #[test]
    fn numbers_short_words_and_other_words_are_told_apart() {
        let words = [
            "s3 s4 ec2 ec3 v1 v2 v1-0 v10 2023-11 202311 route53 route54 us-east-1 us-east1 http https nats nat windows window redis dns dnf bgp",
            "internal external deployment employment connection collection encryption decryption inbound unbound ipv4 ipv6 p99 p95",
            "import export upload unload upstream downstream migration mitigation production reduction east-1 east-2",
        ];
        let words: Vec<(&str, usize)> = words.iter().flat_map(|line| line.split(' ')).map(|word| (word, 1)).collect();
        assert_eq!(pairs(&words, &[]), Vec::<String>::new());
    }

    #[test]
    fn two_words_that_are_listed_or_both_in_use_are_meant() {
        assert_eq!(pairs(&[("log", 1), ("logs", 4)], &["log", "logs"]), Vec::<String>::new());
        assert_eq!(pairs(&[("log", 1), ("logs", 4)], &["log"]), ["logs → log"]);
        assert_eq!(pairs(&[("provisioner", 3), ("provisioned", 3)], &[]), Vec::<String>::new());
    }

    #[test]
    fn a_family_of_words_is_no_heap_of_slips() {
        let words: Vec<String> = ('a'..='z').map(|letter| format!("abcdefg{letter}h")).collect();
        let words: Vec<(&str, usize)> = words.iter().map(|word| (word.as_str(), 1)).collect();
        assert_eq!(pairs(&words, &[]), Vec::<String>::new());
    }
}
