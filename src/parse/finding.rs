//! The findings about one file, as they are made.

use std::collections::BTreeMap;

use super::{BROKEN_LINK, EXCESSIVE_MARKUP, UNREADABLE_FRONT_MATTER};
use crate::diagnostic::{Diagnostic, Level, RuleName, SourcePath, Span};
use crate::frontmatter::FrontMatter;
use crate::markdown::Document;

/// The findings about one file.
pub(super) struct Findings<'a> {
    path: &'a SourcePath,
    found: Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// None yet.
    pub(super) fn new(path: &'a SourcePath) -> Self {
        Self { path, found: Vec::new() }
    }

    /// An error at `span`, for [`Findings::push`] once it is complete.
    pub(super) fn error(&self, rule: RuleName, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, self.path, span, message)
    }

    /// A warning at `span`, for [`Findings::push`] once it is complete.
    pub(super) fn warning(&self, rule: RuleName, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic { level: Level::Warning, ..self.error(rule, span, message) }
    }

    /// The file.
    pub(super) fn path(&self) -> &'a SourcePath {
        self.path
    }

    /// Keeps a finding.
    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    /// All, in the order in which findings are told.
    pub(super) fn into_sorted(mut self) -> Vec<Diagnostic> {
        Diagnostic::sort(&mut self.found);
        self.found
    }
}

impl Findings<'_> {
    /// What is wrong with metadata and text as such, before anything is understood of them.
    pub(super) fn of_text(&mut self, front: &FrontMatter, document: &Document) {
        for problem in &front.problems {
            let finding = self.error(UNREADABLE_FRONT_MATTER, problem.span, problem.message.clone());
            self.push(match &problem.help {
                Some(help) => finding.help(help.clone()),
                None => finding,
            });
        }
        for limit in &document.limits {
            let finding = self.warning(EXCESSIVE_MARKUP, limit.span, limit.value.to_string());
            self.push(finding.help("what lies beyond is not shown; split the text or make it simpler"));
        }
        // One line that is missing is one finding, at the first of the places that refer to it.
        let mut undefined: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
        for label in &document.undefined {
            undefined.entry(&label.value).or_default().push(label.span);
        }
        for (label, mut places) in undefined {
            places.sort_unstable();
            let Some(first) = places.first() else { continue };
            let what = if label.starts_with('^') { "footnote" } else { "definition for" };
            let more = if places.len() > 1 { format!(", to which {} places refer", places.len()) } else { String::new() };
            let finding = self.error(BROKEN_LINK, *first, format!("there is no {what} `[{label}]`{more}"));
            self.push(finding.help(format!("add a line `[{label}]: …`, or escape the bracket: `\\[`")));
        }
    }
}
