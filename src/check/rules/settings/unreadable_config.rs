//! `unreadable-config`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// `site.toml` is not valid TOML.
    ///
    /// ## Why
    ///
    /// Without it the site is built from the defaults: another title, no services, no profiles of your own. What can be read is still used.
    ///
    /// ## Example
    ///
    /// ```toml
    /// [site]
    /// title = Postmortems of ACME
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml
    /// [site]
    /// title = "Postmortems of ACME"
    /// ```
    static UNREADABLE_CONFIG = { name: "unreadable-config", group: Settings, level: Error, run: Run::Elsewhere }
}
