//! `ambiguous-time`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// A time that the clocks of its zone showed twice, or never. It has no offset, and stands in the hour that a change of the clocks
    /// repeats or leaves out.
    ///
    /// ## Why
    ///
    /// One of two moments has to be taken, and an hour's mistake in `detected_at` is a wrong time to detect.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// started_at: 2024-10-27 02:30
    /// timezone: Europe/Berlin
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// started_at: 2024-10-27T02:30+01:00
    /// ```
    ///
    /// ## Options
    ///
    /// `timezone` in a document, or `site.timezone` in `site.toml`, says what times without a zone mean. UTC has no such hours.
    static AMBIGUOUS_TIME = { name: "ambiguous-time", group: Timeline, level: Warning, run: Run::Elsewhere }
}
