//! Patterns of rules, compiled once. They match in linear time whatever the text.

use regex::{Regex, RegexBuilder};

/// The expression a rule looks for.
#[expect(
    clippy::expect_used,
    reason = "patterns are part of the program, or made of escaped words, and the tests of every rule use its own"
)]
pub(super) fn pattern(expression: &str) -> Regex {
    // A pattern made of names in the settings is as long as they are.
    RegexBuilder::new(expression).size_limit(usize::MAX).build().expect("a pattern of a rule is well formed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_of_a_great_many_names_is_no_panic() {
        let names: Vec<String> = (0..20_000).map(|n| format!(r"h{n}\.example\.net")).collect();
        assert!(pattern(&format!(r"(?i-u)\b(?:{})\b", names.join("|"))).is_match("see H19999.example.net"));
    }
}
