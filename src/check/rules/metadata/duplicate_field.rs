//! `duplicate-field`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// Two keys of the metadata stand for the same field.
    ///
    /// ## Why
    ///
    /// Only one of the two can count, and a reader of the file sees both. The field's own name goes before its other names. A key that is
    /// written twice as it stands is not valid metadata at all, see `unreadable-front-matter`.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// started_at: 2024-03-17T14:05Z
    /// start_time: 2024-03-17T14:06Z
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// started_at: 2024-03-17T14:05Z
    /// ```
    static DUPLICATE_FIELD = { name: "duplicate-field", group: Metadata, level: Warning, run: Run::Elsewhere }
}
