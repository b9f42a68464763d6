//! `unknown-setting`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// A key of `site.toml` that is no setting, or a name under `[rules]` that is no rule.
    ///
    /// ## Why
    ///
    /// A misspelt setting is silently without effect, and the default stands.
    ///
    /// ## Example
    ///
    /// ```toml
    /// [site]
    /// tilte = "Postmortems of ACME"
    ///
    /// [rules]
    /// broken-lnik = "warning"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml
    /// [site]
    /// title = "Postmortems of ACME"
    ///
    /// [rules]
    /// broken-link = "warning"
    /// ```
    static UNKNOWN_SETTING = { name: "unknown-setting", group: Settings, level: Error, run: Run::Elsewhere }
}
