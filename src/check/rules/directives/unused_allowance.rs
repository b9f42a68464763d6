//! `unused-allowance`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// A comment allows a finding that is not there, or names a rule that does not exist.
    ///
    /// ## Why
    ///
    /// An allowance that is no longer needed hides the next finding of its kind, for a reason that no longer holds. One that names no rule never
    /// did anything.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// <!-- afterword: allow broken-lnik: the appendix comes with the next release -->
    /// See [the appendix](appendix.md).
    /// ```
    ///
    /// ## Instead
    ///
    /// Take the comment out, or mend the name of the rule:
    ///
    /// ```markdown
    /// <!-- afterword: allow broken-link: the appendix comes with the next release -->
    /// See [the appendix](appendix.md).
    /// ```
    static UNUSED_ALLOWANCE = { name: "unused-allowance", group: Directives, level: Warning, run: Run::Elsewhere }
}
