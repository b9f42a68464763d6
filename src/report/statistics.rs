//! How often each rule speaks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::diagnostic::{Diagnostic, Level, RuleName};

/// A line for each rule that speaks: how many findings, at what level, of which how many can be mended; most first.
#[must_use]
pub fn statistics(findings: &[Diagnostic]) -> String {
    let mut counts: BTreeMap<(RuleName, Level), (usize, usize)> = BTreeMap::new();
    for finding in findings {
        let (count, fixable) = counts.entry((finding.rule, finding.level)).or_default();
        *count += 1;
        *fixable += usize::from(finding.fix.is_some());
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((rule, level), (count, _))| (std::cmp::Reverse(*count), std::cmp::Reverse(*level), *rule));
    let width = counts.iter().map(|(_, (count, _))| count.to_string().len()).max().unwrap_or(0);
    let names = counts.iter().map(|((rule, _), _)| rule.0.len()).max().unwrap_or(0);
    let mut text = String::new();
    for ((rule, level), (count, fixable)) in counts {
        let line = format!("{count:width$}  {:7}  {:names$}", level.word(), rule.0);
        let fixable = if fixable > 0 { format!("  {fixable} with a fix") } else { String::new() };
        let _ = writeln!(text, "{}", format!("{line}{fixable}").trim_end());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::ordinary;

    #[test]
    fn a_line_for_each_rule_the_most_frequent_first() {
        assert_eq!(
            statistics(&ordinary().findings),
            "2  error    broken-link\n1  error    duplicate-id\n1  warning  renamed-field  1 with a fix\n1  hint     skipped-input\n"
        );
        assert_eq!(statistics(&[]), "");
    }
}
