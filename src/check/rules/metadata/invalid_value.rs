//! `invalid-value`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// A field of the metadata, or a cell of the action table, holds something that the field cannot be.
    ///
    /// ## Why
    ///
    /// The value is left out, as if the field had not been written. A `visibility` that is neither `public` nor `internal` is never taken for
    /// `public`.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// status: finished
    /// detection: {by: alert}
    /// visibility: everyone
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// status: reviewed
    /// detection: {by: monitoring}
    /// visibility: public
    /// ```
    ///
    /// Words that a site chooses for itself (services, tags, causes) are looked at by `unknown-term`.
    static INVALID_VALUE = { name: "invalid-value", group: Metadata, level: Error, run: Run::Elsewhere }
}
