//! `unreadable-front-matter`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// The block of metadata at the head of a document cannot be read, or not all of it.
    ///
    /// ## Why
    ///
    /// What stands there decides what the page is called, where it is listed and who may see it. Lines that cannot be read are left out; the
    /// rest of the block and the text still make a page.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// ---
    /// title: Checkout failed: 40 minutes of errors
    /// services: [checkout
    /// ---
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// ---
    /// title: "Checkout failed: 40 minutes of errors"
    /// services: [checkout]
    /// ---
    /// ```
    ///
    /// YAML stands between `---` lines, TOML between `+++` lines, JSON between `---json` and `---`. No key may stand twice. Anchors,
    /// aliases and merge keys are not read, and a block may be 64 KiB long and 32 levels deep.
    static UNREADABLE_FRONT_MATTER = { name: "unreadable-front-matter", group: Metadata, level: Error, run: Run::Elsewhere }
}
