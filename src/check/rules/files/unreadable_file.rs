//! `unreadable-file`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// A document or a file of settings cannot be read. It is not UTF-8, or too large.
    ///
    /// ## Why
    ///
    /// Nothing of it is on the site. Guessing at an encoding would put wrong characters into somebody's record of an incident.
    ///
    /// ## Example
    ///
    /// ```text
    /// content/postmortems/2024-03-17-checkout.md (Windows-1252)
    /// ```
    ///
    /// ## Instead
    ///
    /// Save the file as UTF-8; a byte order mark does no harm. A document may have 10 MiB.
    ///
    /// ```sh
    /// iconv -f WINDOWS-1252 -t UTF-8 old.md > new.md
    /// ```
    static UNREADABLE_FILE = { name: "unreadable-file", group: Files, level: Error, run: Run::Elsewhere }
}
