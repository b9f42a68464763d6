//! `template-error`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// A template of the theme cannot be read, or fails on a page.
    ///
    /// ## Why
    ///
    /// A page would be missing or half made. Names that do not exist are errors rather than empty text, so that a slip in a template is found
    /// here and not by a reader.
    ///
    /// ## Example
    ///
    /// ```jinja
    /// <h1>{{ page.tilte }}</h1>
    /// ```
    ///
    /// ## Instead
    ///
    /// ```jinja
    /// <h1>{{ page.title }}</h1>
    /// ```
    ///
    /// A site whose templates fail is never published.
    static TEMPLATE_ERROR = { name: "template-error", group: Site, level: Error, run: Run::Elsewhere }
}
