//! `empty-section`

use super::{State, required, title};
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::{Postmortem, Section, Status};

declare_rule! {
    /// A section that the profile of a postmortem requires has a heading and nothing under it.
    ///
    /// ## Why
    ///
    /// An empty heading looks like an answer in a table of contents and is none. What a template says itself is not counted as words:
    /// comments, prompts, placeholders such as `TBD`, labels and questions that nothing follows, rows with no more than one cell filled in.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Where we got lucky
    ///
    /// <!-- What made it less bad than it could have been? -->
    ///
    /// ## Detection
    ///
    /// n/a
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// ## Where we got lucky
    ///
    /// none
    ///
    /// ## Detection
    ///
    /// n/a: the fault was introduced and found in the same review
    /// ```
    ///
    /// In a draft, all sections that say nothing yet are told at once.
    ///
    /// `none` says that the question was asked and the answer is "nothing"; `n/a` says that the question does not fit, and why. Words in
    /// subsections count.
    ///
    /// ## Options
    ///
    /// See `missing-section`. In a draft this is a warning.
    static EMPTY_SECTION = { name: "empty-section", group: Sections, level: Error, in_draft: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let (mut blank, mut findings) = (Vec::new(), Vec::new());
    for (key, state) in required(context, postmortem) {
        match state {
            State::Empty(section) => blank.push((key, section)),
            State::Unreasoned(section) => findings.push(unreasoned(context, postmortem, section, key)),
            State::Missing | State::Filled => {}
        }
    }
    blank.sort_by_key(|(_, section)| section.heading_span);
    // A draft begins as a form, and what of it is still to be written is one finding.
    match blank.as_slice() {
        [first, _, ..] if postmortem.status == Status::Draft => findings.push(form(context, postmortem, first.1, &blank)),
        blank => findings.extend(blank.iter().map(|(key, section)| empty(context, postmortem, section, key))),
    }
    findings
}

fn form(context: &Context<'_>, postmortem: &Postmortem, first: &Section, blank: &[(&str, &Section)]) -> Diagnostic {
    let titles: Vec<String> = blank.iter().map(|(key, _)| format!("`{}`", title(context, key))).collect();
    let message = format!("{} sections say nothing yet: {}", titles.len(), titles.join(", "));
    EMPTY_SECTION
        .finding(&postmortem.head.path, first.heading_span, message)
        .help("write `none`, or `n/a: reason`, where there is nothing to say")
}

fn empty(context: &Context<'_>, postmortem: &Postmortem, section: &Section, key: &str) -> Diagnostic {
    let message = format!("the section `{}` says nothing", title(context, key));
    let finding = EMPTY_SECTION.finding(&postmortem.head.path, section.heading_span, message);
    match context.config.section(key).map(|kind| kind.prompt.trim()).filter(|prompt| !prompt.is_empty()) {
        Some(prompt) => finding.help(format!("{prompt} (or `none`, or `n/a: reason`)")),
        None => finding.help("write `none`, or `n/a: reason`, if there is nothing to say"),
    }
}

fn unreasoned(context: &Context<'_>, postmortem: &Postmortem, section: &Section, key: &str) -> Diagnostic {
    let message = format!("the section `{}` says `n/a` and not why", title(context, key));
    EMPTY_SECTION.finding(&postmortem.head.path, section.heading_span, message).help("write `n/a: reason`")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::sample::{config, paragraph, postmortem, section, told_of};
    use crate::diagnostic::{Span, Spanned};
    use crate::markdown::{Block, BlockKind, Cell, CodeBlock, Table, TableRow};
    use crate::model::Piece;

    fn told(sections: Vec<Section>) -> String {
        let mut document = postmortem("content/a.md");
        document.kind = Some(Spanned::new("outage".into(), Span::new(10, 16)));
        Arc::make_mut(&mut document.body).sections = sections;
        told_of(&EMPTY_SECTION, document, &config())
    }

    fn summary(text: &str) -> String {
        told(vec![section("summary", "Summary", text, 50)])
    }

    fn of_block(kind: BlockKind) -> String {
        let mut section = section("summary", "Summary", "", 50);
        section.content.push(Piece::Prose(vec![Block { span: Span::new(70, 90), kind }]));
        told(vec![section])
    }

    const EMPTY: &str = "content/a.md:50..60: the section `Summary` says nothing\n  \
         help: Say what goes into summary. (or `none`, or `n/a: reason`)\n";

    #[test]
    fn prompts_placeholders_and_punctuation_say_nothing() {
        for text in ["", "…", "-", "TBD", "Say what goes into summary.", "TODO: [Date]"] {
            assert_eq!(summary(text), EMPTY, "{text}");
        }
        assert_eq!(of_block(BlockKind::Comment(" say what people saw ".into())), EMPTY);
        assert_eq!(of_block(BlockKind::Rule), EMPTY);
    }

    #[test]
    fn words_code_and_a_row_say_something() {
        for text in ["none", "unknown", "n/a: never shipped", "停止しました", "Checkout failed. TODO: how many?"] {
            assert_eq!(summary(text), "", "{text}");
        }
        assert_eq!(of_block(BlockKind::Code(CodeBlock { language: None, text: "ERROR 500".into() })), "");
        let row = |text: &str| TableRow {
            span: Span::new(70, 80),
            cells: vec![Cell { span: Span::new(70, 80), content: crate::check::sample::words(text, 70) }],
        };
        let table = |rows: Vec<TableRow>| BlockKind::Table(Table { alignments: Vec::new(), header: row("Who"), rows });
        assert_eq!(of_block(table(vec![row("everybody")])), "");
        assert_eq!(of_block(table(vec![row(" ")])), EMPTY);
    }

    #[test]
    fn a_subsection_or_a_second_section_fills_the_first() {
        let mut below = section("", "For users", "Errors.", 100);
        below.level = 3;
        assert_eq!(told(vec![section("summary", "Summary", "", 50), below.clone()]), "");
        below.level = 2;
        assert_eq!(told(vec![section("summary", "Summary", "", 50), below]), EMPTY);
        assert_eq!(told(vec![section("summary", "Summary", "", 50), section("summary", "TL;DR", "Errors.", 100)]), "");
    }

    #[test]
    fn n_a_wants_a_reason() {
        for text in ["n/a", "N/A.", "Not applicable"] {
            assert_eq!(summary(text), "content/a.md:50..60: the section `Summary` says `n/a` and not why\n  help: write `n/a: reason`\n");
        }
        let mut section = section("summary", "Summary", "n/a", 50);
        section.content.push(Piece::Prose(vec![paragraph("It was a drill.", 90)]));
        assert_eq!(told(vec![section]), "");
    }
}
