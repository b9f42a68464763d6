//! What authors have allowed: `<!-- afterword: allow rule-name: reason -->`.

use std::collections::HashMap;

use super::Rule;
use super::rules::directives::unused_allowance::UNUSED_ALLOWANCE;
use super::rules::{RULES, rule};
use crate::diagnostic::{Diagnostic, SourcePath, Span, did_you_mean};
use crate::model::{Allowance, Corpus};

/// The findings that nobody has allowed, and one more for every allowance that allowed nothing.
///
/// An allowance speaks of the text it covers, in its own file. What makes a site wrong cannot be allowed.
pub(super) fn allowed(corpus: &Corpus, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let covers = covers(corpus);
    let (allowed, mut left): (Vec<_>, Vec<_>) = findings.into_iter().partition(|finding| is_allowed(finding, &covers));
    // An allowance may itself be allowed to allow nothing, say around text that is generated.
    left.extend(unused(corpus, &allowed).into_iter().filter(|finding| !is_allowed(finding, &covers)));
    left
}

/// Stretches of text by file and rule, sorted by where they begin.
type Stretches<'a> = HashMap<(&'a str, &'a str), Vec<Span>>;

/// The text that each file allows each rule, every stretch prolonged to the furthest end of those before it, so that one look at the last
/// that begins early enough tells whether any reaches far enough.
fn covers(corpus: &Corpus) -> Stretches<'_> {
    let mut covers = Stretches::new();
    for (path, allowance) in allowances(corpus) {
        covers.entry((path.as_str(), &allowance.rule.value)).or_default().push(allowance.covers);
    }
    for stretches in covers.values_mut() {
        stretches.sort_unstable();
        let mut furthest = 0;
        for stretch in stretches {
            furthest = furthest.max(stretch.end);
            stretch.end = furthest;
        }
    }
    covers
}

fn is_allowed(finding: &Diagnostic, covers: &Stretches<'_>) -> bool {
    let span = finding.primary.span;
    let reaches = |stretches: &Vec<Span>| {
        let begun = stretches.partition_point(|stretch| stretch.start <= span.start);
        begun.checked_sub(1).and_then(|last| stretches.get(last)).is_some_and(|last| span.end <= last.end)
    };
    covers.get(&(finding.primary.path.as_str(), finding.rule.0)).is_some_and(reaches) && !rule(finding.rule.0).is_some_and(Rule::is_fixed)
}

fn allowances(corpus: &Corpus) -> impl Iterator<Item = (&SourcePath, &Allowance)> {
    let heads = corpus.documents().map(|(_, document)| document.head());
    heads.flat_map(|head| head.allowances.iter().map(|allowance| (&head.path, allowance)))
}

/// Allowances that cover none of the findings that were `allowed`.
fn unused(corpus: &Corpus, allowed: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut places = Stretches::new();
    for finding in allowed {
        places.entry((finding.primary.path.as_str(), finding.rule.0)).or_default().push(finding.primary.span);
    }
    for spans in places.values_mut() {
        spans.sort_unstable();
    }
    let is_used = |path: &SourcePath, allowance: &Allowance| {
        let Some(spans) = places.get(&(path.as_str(), &allowance.rule.value)) else { return false };
        let first = spans.partition_point(|span| span.start < allowance.covers.start);
        let inside = spans.iter().skip(first).take_while(|span| span.start <= allowance.covers.end);
        inside.into_iter().any(|span| allowance.covers.contains(*span))
    };
    let about_itself = |allowance: &Allowance| allowance.rule.value == UNUSED_ALLOWANCE.name.0;
    let unused = allowances(corpus).filter(|(path, allowance)| !about_itself(allowance) && !is_used(path, allowance));
    unused.map(|(path, allowance)| report(path, allowance)).collect()
}

fn report(path: &SourcePath, allowance: &Allowance) -> Diagnostic {
    let name = &allowance.rule.value;
    if rule(name).is_some() {
        let message = format!("nothing here needs `allow {name}`");
        return UNUSED_ALLOWANCE.finding(path, allowance.rule.span, message).help("remove the comment");
    }
    let finding = UNUSED_ALLOWANCE.finding(path, allowance.rule.span, format!("no rule is called `{name}`, so nothing is allowed"));
    match did_you_mean(name, RULES.iter().map(|rule| rule.name.0)) {
        Some(meant) => finding.help(format!("is `{meant}` meant?")),
        None => finding.help("`afterword explain` lists the rules"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::sample::postmortem;
    use crate::diagnostic::{RuleName, Spanned};

    fn corpus(allowances: &[(&str, Span)]) -> Corpus {
        let mut document = postmortem("content/a.md");
        let allowance = |(n, (rule, covers)): (usize, &(&str, Span))| Allowance {
            rule: Spanned::new((*rule).to_owned(), Span::new(n, n + 1)),
            reason: "because".into(),
            covers: *covers,
        };
        document.head.allowances = allowances.iter().enumerate().map(allowance).collect();
        Corpus { postmortems: vec![Arc::new(document)], pages: Vec::new() }
    }

    fn left(allowances: &[(&str, Span)], findings: &[(&'static str, &str, Span)]) -> Vec<String> {
        let finding =
            |(rule, path, span): &(&'static str, &str, Span)| Diagnostic::new(RuleName(rule), &SourcePath::from(*path), *span, "x");
        let left = allowed(&corpus(allowances), findings.iter().map(finding).collect());
        let tell = |f: Diagnostic| {
            format!("{}:{}: {}: {} ({})", f.primary.path, f.primary.span.start, f.rule, f.message, f.help.unwrap_or_default())
        };
        left.into_iter().map(tell).collect()
    }

    #[test]
    fn only_the_rule_named_in_the_text_covered_is_allowed() {
        let findings = [
            ("broken-link", "content/a.md", Span::new(12, 15)),
            ("broken-link", "content/a.md", Span::new(18, 25)),
            ("broken-anchor", "content/a.md", Span::new(12, 15)),
            ("broken-link", "content/b.md", Span::new(12, 15)),
        ];
        assert_eq!(
            left(&[("broken-link", Span::new(10, 20))], &findings),
            ["content/a.md:18: broken-link: x ()", "content/a.md:12: broken-anchor: x ()", "content/b.md:12: broken-link: x ()"]
        );
    }

    #[test]
    fn a_wide_allowance_before_a_narrow_one_still_reaches() {
        let allowances = [("broken-link", Span::new(0, 100)), ("broken-link", Span::new(10, 20))];
        assert_eq!(
            left(&allowances, &[("broken-link", "content/a.md", Span::new(50, 60))]),
            ["content/a.md:1: unused-allowance: nothing here needs `allow broken-link` (remove the comment)"]
        );
        assert_eq!(left(&allowances, &[("broken-link", "content/a.md", Span::new(12, 14))]), Vec::<String>::new(), "both are used");
    }

    #[test]
    fn an_allowance_for_no_rule_is_pointed_out() {
        assert_eq!(
            left(&[("broken-lnik", Span::new(0, 9)), ("house-style", Span::new(0, 9))], &[]),
            [
                "content/a.md:0: unused-allowance: no rule is called `broken-lnik`, so nothing is allowed (is `broken-link` meant?)",
                "content/a.md:1: unused-allowance: no rule is called `house-style`, so nothing is allowed (`afterword explain` lists the rules)",
            ]
        );
    }

    #[test]
    fn allowing_nothing_may_be_allowed() {
        assert_eq!(left(&[("unused-allowance", Span::new(0, 9)), ("broken-link", Span::new(5, 9))], &[]), Vec::<String>::new());
    }

    #[test]
    fn what_makes_a_site_wrong_cannot_be_allowed() {
        let findings = [("route-collision", "content/a.md", Span::new(1, 2))];
        assert_eq!(
            left(&[("route-collision", Span::new(0, 9))], &findings),
            [
                "content/a.md:1: route-collision: x ()",
                "content/a.md:0: unused-allowance: nothing here needs `allow route-collision` (remove the comment)"
            ]
        );
    }
}
