//! `unknown-directive`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// A comment or a marker speaks to this program and is not understood. It is an `afterword:` comment with an unknown word or without a
    /// reason, a block that is opened and never closed, an unknown `[!WORD]`, or nearly one of these: `[! INTERNAL]`, a marker outside of a
    /// quote, `{visibilty=internal}` behind a heading, a directive in the metadata or in a code block that is never closed. So is any comment
    /// without its `-->`: it is no comment then, and is shown.
    ///
    /// ## Why
    ///
    /// These comments decide what is withheld from readers. A misspelt `internal` would publish what it was meant to hold back, so a public
    /// edition is refused while there is one, whatever level this rule has and whatever is allowed.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// <!-- afterword: internl -->
    /// The vendor's account number is 12345.
    /// <!-- afterword: end -->
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// <!-- afterword: internal -->
    /// The vendor's account number is 12345.
    /// <!-- afterword: end -->
    ///
    /// <!-- afterword: allow broken-link: the appendix comes with the next release -->
    /// See [the appendix](appendix.md).
    ///
    /// > [!INTERNAL]
    /// > What only we may read.
    /// ```
    static UNKNOWN_DIRECTIVE = { name: "unknown-directive", group: Directives, level: Error, run: Run::Elsewhere }
}
