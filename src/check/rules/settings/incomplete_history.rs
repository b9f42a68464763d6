//! `incomplete-history`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// The site is to show the history of its incidents, and git has none or only a part of it.
    ///
    /// ## Why
    ///
    /// A history that begins with the last commit says that nothing was ever changed. Build servers often fetch one commit and no more.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// - uses: actions/checkout@v5
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// - uses: actions/checkout@v5
    ///   with:
    ///     fetch-depth: 0
    /// ```
    ///
    /// On a machine of one's own, `git fetch --unshallow` brings the rest.
    ///
    /// ## Options
    ///
    /// Without `history` under `[site]` or `[editions.public]`, nothing is shown and git is not asked.
    ///
    /// ```toml
    /// [editions.public]
    /// history = "off"
    /// ```
    static INCOMPLETE_HISTORY = { name: "incomplete-history", group: Settings, level: Warning, run: Run::Elsewhere }
}
