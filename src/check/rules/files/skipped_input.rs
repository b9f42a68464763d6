//! `skipped-input`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// A file below the project folder was left out. It is a symbolic link or no ordinary file, its name is not UTF-8, it is too large, or
    /// browsers would run it as a program.
    ///
    /// ## Why
    ///
    /// Whoever expects the file on the site should know why it is not there. What a link names may lie outside the project, and a script beside
    /// the content would run with the rights of every page.
    ///
    /// ## Example
    ///
    /// ```text
    /// content/postmortems/graph.svg
    /// content/postmortems/notes.md -> /home/ada/notes.md
    /// ```
    ///
    /// ## Instead
    ///
    /// ```text
    /// content/postmortems/graph.png
    /// content/postmortems/notes.md
    /// ```
    ///
    /// A file that merely stays unpublished is a hint.
    static SKIPPED_INPUT = { name: "skipped-input", group: Files, level: Warning, run: Run::Elsewhere }
}
