//! `conflicting-milestone`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// A milestone has one time in the metadata and another in the timeline, more than a minute apart.
    ///
    /// ## Why
    ///
    /// Time to detect, to mitigate and to resolve are made from these moments. The metadata counts; the reader of the timeline sees something
    /// else, and one of the two is wrong.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// detected_at: 2024-03-17T14:32Z
    /// ---
    ///
    /// ## Timeline
    ///
    /// - 14:41 [detected] Pager fires on 5xx
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// ---
    /// detected_at: 2024-03-17T14:32Z
    /// ---
    ///
    /// ## Timeline
    ///
    /// - 14:32 [detected] Pager fires on 5xx
    /// - 14:41 [acknowledged] On-call takes the page
    /// ```
    ///
    /// A milestone need not be written twice: leave it out of the metadata, and the marked event counts.
    static CONFLICTING_MILESTONE = { name: "conflicting-milestone", group: Timeline, level: Error, run: Run::Elsewhere }
}
