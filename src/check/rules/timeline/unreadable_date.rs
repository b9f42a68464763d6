//! `unreadable-date`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// A date or a time cannot be read, in the metadata, in the timeline or among the actions.
    ///
    /// ## Why
    ///
    /// A moment that is not known cannot be sorted, measured or shown in another zone, and the milestones made from it are missing from every
    /// figure.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// started_at: 17/03/2024 2.05pm
    /// resolved_at: 2024-02-30
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// started_at: 2024-03-17T14:05Z
    /// resolved_at: 2024-03-17 14:45
    /// ```
    ///
    /// A moment is RFC 3339 with an offset, or `YYYY-MM-DD HH:MM` in the zone of the document; a date alone, a month or a year will do where
    /// no more is known. In a timeline the time of day is enough: `14:32`, `~14:30`, `14:30-14:40`, `>=14:30`, `+1d 09:10`.
    static UNREADABLE_DATE = { name: "unreadable-date", group: Timeline, level: Error, run: Run::Elsewhere }
}
