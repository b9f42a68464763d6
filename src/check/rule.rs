//! What a rule is, and how one is declared.

use std::fmt::Write as _;

use super::{Context, Subject};
use crate::diagnostic::{Diagnostic, Level, RuleName, SourcePath, Span};

/// A rule: a name for a defect, why it matters, and how it is found.
#[derive(Debug)]
pub struct Rule {
    /// The name; all there is to its identity.
    pub name: RuleName,
    /// What it is about.
    pub group: Group,
    /// What its findings weigh unless `site.toml` says otherwise.
    pub level: Level,
    /// What they weigh at most in a document whose status is `draft`.
    pub in_draft: Level,
    /// The manual, as the doc comment of the rule's declaration has it: one blank before every line.
    pub manual: &'static str,
    /// Who finds it.
    pub run: Run,
}

/// Who finds the defects of a rule.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// The rule, in one document at a time.
    Document(fn(&Context<'_>, &Subject<'_>) -> Vec<Diagnostic>),
    /// The rule, over the whole corpus at once.
    Corpus(fn(&Context<'_>) -> Vec<Diagnostic>),
    /// Another stage, which meets the defect in its own work.
    Elsewhere,
    /// `afterword verify`, which reads the bytes of files beside the documents.
    Verify,
}

/// What a rule is about: the folder it lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The metadata at the head of a document.
    Metadata,
    /// Sections and their text.
    Sections,
    /// The timeline.
    Timeline,
    /// What the incident did.
    Impact,
    /// Why it happened.
    Causes,
    /// What is done about it.
    Actions,
    /// Whether it happened before.
    Recurrence,
    /// How it is said.
    Wording,
    /// What should not be written down at all.
    Privacy,
    /// What the public may read.
    Public,
    /// Links between documents.
    Links,
    /// The words a site has agreed on.
    Vocabulary,
    /// Comments that speak to this program.
    Directives,
    /// `site.toml`.
    Settings,
    /// Files as such.
    Files,
    /// Pages, addresses and templates.
    Site,
}

impl Group {
    /// All, in the order in which they are listed.
    pub const ALL: [Self; 16] = [
        Self::Metadata,
        Self::Sections,
        Self::Timeline,
        Self::Impact,
        Self::Causes,
        Self::Actions,
        Self::Recurrence,
        Self::Wording,
        Self::Privacy,
        Self::Public,
        Self::Links,
        Self::Vocabulary,
        Self::Directives,
        Self::Settings,
        Self::Files,
        Self::Site,
    ];

    /// The word for it, which stands for all its rules in `[rules]`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Sections => "sections",
            Self::Timeline => "timeline",
            Self::Impact => "impact",
            Self::Causes => "causes",
            Self::Actions => "actions",
            Self::Recurrence => "recurrence",
            Self::Wording => "wording",
            Self::Privacy => "privacy",
            Self::Public => "public",
            Self::Links => "links",
            Self::Vocabulary => "vocabulary",
            Self::Directives => "directives",
            Self::Settings => "settings",
            Self::Files => "files",
            Self::Site => "site",
        }
    }
}

impl Rule {
    /// A finding of this rule.
    pub(super) fn finding(&self, path: &SourcePath, span: Span, message: impl Into<String>) -> Diagnostic {
        let mut finding = Diagnostic::new(self.name, path, span, message);
        finding.level = self.level;
        finding
    }

    /// The manual as Markdown: what the rule finds, why, an example, and how to mend it.
    #[must_use]
    pub fn manual_text(&self) -> String {
        let lines: Vec<&str> = self.manual.lines().map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end()).collect();
        lines.join("\n").trim().to_owned()
    }

    /// The first sentence of the manual: what the rule finds.
    #[must_use]
    pub fn summary(&self) -> String {
        let manual = self.manual_text();
        let first = manual.lines().take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        first.split_once(". ").map_or(first.clone(), |(sentence, _)| format!("{sentence}."))
    }

    /// Everything a person at a terminal wants to know of the rule: its name and weight, the manual, and how to silence it.
    #[must_use]
    pub fn explain(&self) -> String {
        let Self { name, level, group, .. } = self;
        format!("# {name} ({}, {})\n\n{}\n{}", level.word(), group.word(), self.manual_text(), self.how_to_silence())
    }

    /// How to be told of it no more, as Markdown; nothing for what makes a site wrong.
    pub(super) fn how_to_silence(&self) -> String {
        let Self { name, group, .. } = self;
        if self.is_fixed() {
            return String::new();
        }
        let mut text = "\n## Silence it\n\n".to_owned();
        if self.is_about_text() {
            text.push_str("For the next block, or for the whole file when it stands before everything else:\n\n");
            let _ = writeln!(text, "    <!-- afterword: allow {name}: the reason -->\n");
        }
        let _ = writeln!(
            text,
            "For the whole site, for a folder, or for a kind of postmortem, in `site.toml` (off, hint, warning or error; `{group}` for all of \
             its group):\n\n    \
             rules.{name} = \"off\"\n    \
             rules.in.\"postmortems/2019/**\".{name} = \"off\"\n    \
             profiles.minor.rules.{name} = \"off\"",
            group = group.word(),
        );
        text
    }

    /// Whether its level is not the site's to choose: what makes a site wrong rather than imperfect, and what only looks at bytes.
    pub(super) fn is_fixed(&self) -> bool {
        self.group == Group::Site || matches!(self.run, Run::Verify)
    }

    /// Whether a comment beside what it finds can allow that.
    #[must_use]
    pub fn may_be_allowed(&self) -> bool {
        !self.is_fixed() && self.is_about_text()
    }

    /// Whether it speaks of the text of a document, where a comment can stand beside it.
    fn is_about_text(&self) -> bool {
        !matches!(self.group, Group::Settings | Group::Files | Group::Site)
    }
}

/// Declares a rule. Its doc comment is its manual.
macro_rules! declare_rule {
    (
        $(#[doc = $line:literal])+
        static $rule:ident = {
            name: $name:literal,
            group: $group:ident,
            level: $level:ident,
            $(in_draft: $in_draft:ident,)?
            run: $run:expr $(,)?
        }
    ) => {
        $(#[doc = $line])+
        pub(in crate::check) static $rule: $crate::check::Rule = $crate::check::Rule {
            name: $crate::diagnostic::RuleName($name),
            group: $crate::check::Group::$group,
            level: $crate::diagnostic::Level::$level,
            in_draft: $crate::check::rule::draft_level!($($in_draft)?),
            manual: concat!($($line, "\n"),+),
            run: $run,
        };
    };
}

/// The level given, else no bound.
macro_rules! draft_level {
    () => {
        $crate::diagnostic::Level::Error
    };
    ($level:ident) => {
        $crate::diagnostic::Level::$level
    };
}

pub(in crate::check) use {declare_rule, draft_level};
