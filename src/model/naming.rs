//! Where a document names people.

use crate::diagnostic::Span;

/// A place that names one of the site's people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The words.
    pub span: Span,
    /// What the public reads in their place; nothing where no role is known, where somebody else may be meant, or where no words can stand.
    pub in_public: Option<Box<str>>,
    /// Whether it says who sees to an action.
    pub is_owner: bool,
    /// What the organisation reads in their place; nothing where that is what is written.
    pub internally: Option<Box<str>>,
}
