//! Patterns of rules, compiled once. They match in linear time whatever the text.

use regex::Regex;

/// The expression a rule looks for.
#[expect(clippy::expect_used, reason = "patterns are part of the program, and the tests of every rule use its own")]
pub(super) fn pattern(expression: &str) -> Regex {
    Regex::new(expression).expect("a pattern of a rule is well formed")
}
