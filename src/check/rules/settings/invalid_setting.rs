//! `invalid-setting`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// A setting of `site.toml` holds something that it cannot be.
    ///
    /// ## Why
    ///
    /// The value is left out and the default stands, which is seldom what was meant.
    ///
    /// ## Example
    ///
    /// ```toml
    /// [site]
    /// timezone = "Berlin"
    ///
    /// [rules]
    /// broken-link = "warn"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml
    /// [site]
    /// timezone = "Europe/Berlin"
    ///
    /// [rules]
    /// broken-link = "warning"
    /// ```
    ///
    /// The levels are `off`, `hint`, `warning` and `error`. Rules about what makes a site wrong (`route-collision`, `template-error`) have no
    /// level to choose.
    static INVALID_SETTING = { name: "invalid-setting", group: Settings, level: Error, run: Run::Elsewhere }
}
