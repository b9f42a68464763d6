//! `excessive-markup`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// Some of a document was left out or taken as plain text, because it is built in a way that no reader needs. Blocks are nested too
    /// deeply, or there are too many links.
    ///
    /// ## Why
    ///
    /// The limits keep one strange file, written by hand or by an attacker, from holding up the build of all the others.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// > > > > > > > > > (and so on, more than a hundred deep)
    /// ```
    ///
    /// ## Instead
    ///
    /// Split the document, or put generated lists into a file beside it.
    static EXCESSIVE_MARKUP = { name: "excessive-markup", group: Files, level: Warning, run: Run::Elsewhere }
}
