//! `undefined-acronym`

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::public_summary;
use crate::check::passage;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::knowledge::glossary;
use crate::model::Postmortem;

declare_rule! {
    /// A public summary uses an acronym that it does not explain.
    ///
    /// ## Why
    ///
    /// A public summary is read by people who know neither the system nor its makers. Three letters that are daily bread inside may keep
    /// them from seeing whether they were affected.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// summary: Errors in the WAL archiver held back orders.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// summary: The program that stores the write-ahead log (WAL) failed and held back orders.
    /// ```
    ///
    /// Explain it where it comes first, `long form (ABC)` or `ABC (long form)`, or use the words alone. Only documents with
    /// `visibility: public` are read, and of them the `summary` in the metadata and the section of this name.
    ///
    /// ## Options
    ///
    /// Known to everybody are `API`, `DNS`, `UTC` and others like them, the site's severities and services, the words of its title, what the
    /// glossary (`[glossary] page`) has as a heading, a term or the first cell of a row, and what `site.toml` lists:
    ///
    /// ```toml
    /// [wording]
    /// acronyms = ["WAL"]
    /// ```
    static UNDEFINED_ACRONYM = { name: "undefined-acronym", group: Wording, level: Error, in_draft: Hint, run: Run::Corpus(find) }
}

/// Acronyms that need no explanation, one a line.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("acronyms.txt").lines().collect());

/// Words that are written in capitals for emphasis.
const EMPHASIS: [&str; 18] =
    ["ALL", "AND", "ANY", "AS", "BUT", "DO", "EVERY", "IN", "IS", "NO", "NONE", "NOT", "NOTE", "ONLY", "OR", "THE", "WAS", "YOU"];

/// The capitals an acronym may have.
const LONGEST: usize = 6;

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut glossary = None;
    let mut findings = Vec::new();
    for postmortem in &context.corpus.postmortems {
        let passages = public_summary(context, postmortem);
        if !passages.is_empty() {
            let known = glossary.get_or_insert_with(|| known(context));
            findings.extend(undefined(postmortem, &passages, known));
        }
    }
    findings
}

/// Every acronym once, where it comes first without being explained.
fn undefined(postmortem: &Postmortem, passages: &[passage::Passage], known: &HashSet<String>) -> Vec<Diagnostic> {
    let spelt_out: HashSet<String> = passages.iter().flat_map(|passage| spelt_out(&passage.text)).collect();
    let mut met = HashSet::new();
    let mut findings = Vec::new();
    for passage in passages {
        for range in acronyms(&passage.text) {
            let acronym = passage.text.get(range.clone()).unwrap_or_default();
            let is_first = !COMMON.contains(acronym) && !known.contains(acronym) && met.insert(acronym);
            if is_first && !is_explained(&passage.text, &range) && !spelt_out.contains(acronym) {
                let message = format!("the public summary does not say what `{acronym}` is");
                let finding = UNDEFINED_ACRONYM.finding(&postmortem.head.path, passage.place(range.start, range.end), message);
                findings.push(finding.help(format!("write the words with `({acronym})` behind them, or the words alone")));
            }
        }
    }
    findings
}

/// Words of two to six capitals, a plural `s` left out. Parts of names (`INC-42`, `MAX_SIZE`, `S3`) are not among them, nor a text all in
/// capitals.
fn acronyms(text: &str) -> Vec<Range<usize>> {
    if !text.contains(char::is_lowercase) {
        return Vec::new();
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@' | '&' | ';');
    let mut found = Vec::new();
    let mut offset = 0;
    for run in text.split_inclusive(|c: char| !is_part(c)) {
        let start = offset;
        offset += run.len();
        let name = run.trim_end_matches(|c: char| !c.is_alphanumeric());
        // `DNS-based` is about DNS; `INC-42` and `AT&T` are names.
        let is_name = name.contains(|c: char| c.is_numeric() || matches!(c, '_' | '.' | '@' | '&' | ';'));
        let mut at = start;
        for part in name.split('-').filter(|_| !is_name) {
            let capitals = part.strip_suffix('s').unwrap_or(part);
            let is_acronym = (2..=LONGEST).contains(&capitals.len()) && capitals.bytes().all(|byte| byte.is_ascii_uppercase());
            if is_acronym && !EMPHASIS.contains(&capitals) {
                found.push(at..at + capitals.len());
            }
            at += part.len() + 1;
        }
    }
    found
}

/// Whether the acronym stands in parentheses behind words, `(or KV)` included, or words behind it say what it is: in parentheses, or after a
/// dash with an article.
fn is_explained(text: &str, acronym: &Range<usize>) -> bool {
    let before = text.get(..acronym.start).unwrap_or_default().trim_end_matches(['"', '“']);
    let after = text.get(acronym.end..).unwrap_or_default();
    let after = ["'s", "’s", "s"].iter().find_map(|ending| after.strip_prefix(ending)).unwrap_or(after);
    let opens = ["(", "(or ", "(aka ", "(called "].iter().any(|opening| before.ends_with(opening));
    let stands_behind = opens && after.trim_start_matches(['"', '”']).starts_with([')', ',', ';']);
    let stands_before = after.trim_start().strip_prefix('(').is_some_and(|words| words.starts_with(char::is_alphabetic));
    let is_told = |opening: &str| {
        after.strip_prefix(opening).is_some_and(|words| ["a ", "an ", "our "].iter().any(|article| words.starts_with(article)))
    };
    stands_behind || stands_before || [" - ", " – ", " — ", "—"].into_iter().any(is_told)
}

/// The acronyms of three letters or more for words that a text has in full, each with a capital: "Elastic Load Balancer".
fn spelt_out(text: &str) -> HashSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let initial = |word: &str| word.chars().next().filter(|_| word.contains(char::is_lowercase)).filter(char::is_ascii_uppercase);
    let initials: Vec<Option<char>> = words.map(initial).collect();
    (3..=LONGEST).flat_map(|length| initials.windows(length)).filter_map(|run| run.iter().copied().collect()).collect()
}

/// What readers of this site know.
fn known(context: &Context<'_>) -> HashSet<String> {
    let Config { site, wording, services, severities, .. } = context.config;
    let mut words: Vec<&str> = vec![&site.title];
    words.extend(wording.acronyms.iter().map(String::as_str));
    words.extend(services.iter().flat_map(|(id, service)| [id.as_str(), &service.name]));
    words.extend(severities.iter().flat_map(|severity| [severity.id.as_str(), &severity.name]));
    let mut known: HashSet<String> = words.into_iter().flat_map(in_words).collect();
    if let Some((_, page)) = glossary::page(context.corpus, context.config) {
        known.extend(glossary::terms(&page.body).iter().flat_map(|term| in_words(&term.name)));
    }
    known
}

fn in_words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, bool)]) {
        let found: Vec<_> = acronyms(text).into_iter().map(|range| (&text[range.clone()], is_explained(text, &range))).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn capitals_are_acronyms_unless_they_are_part_of_a_name() {
        check("The WAL-based VMs, (KV) of PM-12, INC_7, S3, EC2.", &[("WAL", false), ("VM", false), ("KV", true)]);
        check("TL;DR: it was NOT lost at AT&T; TCP/IP, a RAM's", &[("TCP", false), ("IP", false), ("RAM", false)]);
        check("ALL CAPS", &[]);
        check("A TOOLONGX word", &[]);
    }

    #[test]
    fn an_acronym_is_explained_in_parentheses() {
        check("virtual machines (VMs), WAL (write-ahead log)", &[("VM", true), ("WAL", true)]);
        check("the ALB's (load balancers); CloudWatch Logs (or CWL)", &[("ALB", true), ("CWL", true)]);
        check("KIAM - a service; KV — our store; a RAM - fast", &[("KIAM", true), ("KV", true), ("RAM", false)]);
        check("WAL (2) (the WAL too)", &[("WAL", false), ("WAL", false)]);
    }

    #[test]
    fn an_acronym_whose_words_stand_in_the_text_is_spelt_out() {
        assert!(spelt_out("Our Elastic Load Balancer ran into problems").contains("ELB"));
        assert!(!spelt_out("our elastic load balancer; ELB and EKS List Backups").contains("ELB"));
    }

    #[test]
    fn the_common_ones_are_sorted_and_in_capitals() {
        let list: Vec<&str> = include_str!("acronyms.txt").lines().collect();
        assert!(list.is_sorted() && list.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_uppercase())));
    }
}
