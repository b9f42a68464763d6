//! `missing-section`

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{State, required, title};
use crate::check::passage;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Edit, Span};
use crate::model::{AnyDocument, Postmortem, Section, SectionOrigin};
use crate::parse;

declare_rule! {
    /// A section that the profile of a postmortem requires is not there.
    ///
    /// ## Why
    ///
    /// The sections are the questions an organisation has agreed to answer after every incident of a kind. A question left out is not the
    /// same as a question answered with "nothing": the reader cannot tell whether nobody was lucky or nobody asked.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Summary
    ///
    /// Checkout failed for 40 minutes.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// ## Summary
    ///
    /// Checkout failed for 40 minutes.
    ///
    /// ## Root cause
    ///
    /// The connection pool was sized for half the traffic.
    ///
    /// ## Where we got lucky
    ///
    /// n/a: it happened at the busiest hour
    /// ```
    ///
    /// A heading of any level will do, and so will a bold label (`- **Impact**: …`). Headings are compared by the words people use for
    /// them: "Customer impact" is an impact section. A timeline or a list of actions counts wherever it stands, and a `summary` in the
    /// metadata counts where the profile does not ask for both.
    ///
    /// ## Options
    ///
    /// Only documents with a profile are asked, the one that `kind` names or `content.profile` of `site.toml`. Other headings for a section
    /// are taught in `site.toml`, and sections are added to a profile or dropped from it. In a draft this is a warning.
    ///
    /// ```toml
    /// [sections.root-cause]
    /// aliases = ["Why it broke"]
    ///
    /// [profiles.outage]
    /// required = ["communication"]
    /// drop = ["lucky"]
    /// ```
    static MISSING_SECTION = { name: "missing-section", group: Sections, level: Error, in_draft: Warning, run: Run::Document(find) }
}

/// All sections that are not there in one finding: they are missing at the same place and mended in one go.
fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let required = required(context, postmortem);
    let missing: Vec<&str> = required.iter().filter(|(_, state)| matches!(state, State::Missing)).map(|(key, _)| *key).collect();
    let titles: Vec<String> = missing.iter().map(|key| format!("`{}`", title(context, key))).collect();
    let (message, them) = match titles.as_slice() {
        [] => return Vec::new(),
        [title] => (format!("the section {title} is missing"), "it"),
        titles => (format!("{} sections are missing: {}", titles.len(), titles.join(", ")), "them"),
    };
    let mut finding = MISSING_SECTION.finding(&postmortem.head.path, postmortem.head.title.span, message);
    for (section, meant) in mistaken(context, postmortem, &missing) {
        finding = finding.also(&postmortem.head.path, section.heading_span, format!("is this meant to be `{meant}`?"));
    }
    let profile = context.profile(postmortem).map(|profile| profile.name.as_str()).unwrap_or_default();
    let finding = finding.help(format!("the profile `{profile}` requires {them}; `n/a: reason` under a heading is an answer"));
    let edits = insertions(context, postmortem, &missing);
    let at_end = edits.last().is_some_and(|edit| edit.span.range().start == context.text(&postmortem.head.path).len());
    if at_end && is_open_at_end(context, postmortem) {
        return vec![finding];
    }
    vec![finding.fix(format!("insert {them}, each with what is to be written there"), edits)]
}

/// Whether a heading at the end of the document would be none: a code block, a comment or a piece of HTML is not closed.
fn is_open_at_end(context: &Context<'_>, postmortem: &Postmortem) -> bool {
    let text = context.text(&postmortem.head.path);
    // Nearly all documents are done with here, and need not be read again.
    if !["```", "~~~", "<"].iter().any(|mark| text.contains(mark)) {
        return false;
    }
    let parsed = parse::document(&postmortem.head.path, &format!("{text}\n\n## x\n"), parse::Role::Postmortem, context.config);
    let AnyDocument::Postmortem(read) = parsed.document else { return true };
    read.body.sections.last().is_none_or(|section| section.heading_span.range().start != text.len() + 2)
}

/// The missing sections, each before the first heading of the document that comes after it in the order of sections, else at the end.
fn insertions(context: &Context<'_>, postmortem: &Postmortem, missing: &[&str]) -> Vec<Edit> {
    let text = context.text(&postmortem.head.path);
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let rank = |key: &str| context.config.sections.iter().position(|kind| kind.key == key);
    let headings = || postmortem.body.sections.iter().filter(|section| section.origin == SectionOrigin::Heading && section.key.is_some());
    let level = headings().map(|section| section.level).min().unwrap_or(2);
    let begins_line = |section: &&Section| text.get(..section.heading_span.range().start).is_some_and(|before| before.ends_with('\n'));
    let mut edits: BTreeMap<usize, String> = BTreeMap::new();
    for kind in context.config.sections.iter().filter(|kind| missing.contains(&kind.key.as_str())) {
        let comes_later = |section: &&Section| section.level == level && section.key.as_deref().and_then(rank) > rank(&kind.key);
        let next = headings().find(|section| comes_later(section) && begins_line(section));
        let section = format!("{} {}{line_end}{line_end}<!-- {} -->{line_end}", "#".repeat(level.into()), kind.title, kind.prompt);
        if let Some(next) = next {
            let inserted = edits.entry(next.heading_span.range().start).or_default();
            let _ = write!(inserted, "{section}{line_end}");
        } else {
            let first = if text.is_empty() || text.ends_with('\n') { "" } else { line_end };
            let inserted = edits.entry(text.len()).or_insert_with(|| first.to_owned());
            let _ = write!(inserted, "{line_end}{section}");
        }
    }
    edits.into_iter().map(|(at, replacement)| Edit { span: Span::at(at), replacement }).collect()
}

/// Headings that stand for no section and read almost like a missing one.
fn mistaken<'a>(context: &Context<'a>, postmortem: &'a Postmortem, missing: &[&str]) -> Vec<(&'a Section, &'a str)> {
    // Few documents have so many headings; one made to hold us up may have any number.
    const MOST: usize = 100;
    let unnamed = postmortem.body.sections.iter().filter(|section| section.key.is_none()).take(MOST);
    let meant = unnamed.filter_map(|section| {
        let kind = context.config.section_hint(&passage::words(&section.title))?;
        missing.contains(&kind.key.as_str()).then_some((section, kind.title.as_str()))
    });
    meant.collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::sample::{config, paragraph, postmortem, section, told_of};
    use crate::diagnostic::{Span, Spanned};
    use crate::model::{ActionItem, Event};

    fn outage() -> Postmortem {
        let mut document = postmortem("content/a.md");
        document.kind = Some(Spanned::new("outage".into(), Span::new(10, 16)));
        document.head.title.span = Span::new(4, 9);
        document
    }

    #[test]
    fn all_that_is_missing_is_told_at_once_and_a_slip_is_pointed_at() {
        let mut document = outage();
        Arc::make_mut(&mut document.body).sections = vec![section("summary", "Summary", "x", 50), section("", "Root cuase", "x", 100)];
        assert_eq!(
            told_of(&MISSING_SECTION, document, &config()),
            "content/a.md:4..9: 3 sections are missing: `Timeline`, `Root cause`, `Action items`\n  \
               content/a.md:100..113: is this meant to be `Root cause`?\n  \
               help: the profile `outage` requires them; `n/a: reason` under a heading is an answer\n"
        );
    }

    #[test]
    fn a_timeline_and_actions_count_wherever_they_stand() {
        let mut document = outage();
        Arc::make_mut(&mut document.body).sections = vec![section("summary", "Summary", "x", 50), section("root-cause", "Cause", "", 100)];
        let written = Spanned::new("14:32".to_owned(), Span::new(60, 65));
        document.timeline = [Event { when: None, span: written.span, written, kind: None, content: vec![paragraph("x", 66)] }].into();
        document.actions = vec![ActionItem {
            id: None,
            content: Vec::new(),
            text: "Fix it".into(),
            kind: None,
            owner: None,
            due: None,
            status: None,
            done_when: None,
            further: Vec::new(),
            span: Span::new(80, 86),
        }];
        assert_eq!(told_of(&MISSING_SECTION, document, &config()), "");
    }

    #[test]
    fn a_summary_in_the_metadata_counts_unless_the_profile_asks_for_both() {
        let mut document = outage();
        document.summary = Some(Spanned::new(Vec::new(), Span::new(20, 30)));
        let mut config = config();
        assert!(!told_of(&MISSING_SECTION, document.clone(), &config).contains("Summary"));
        config.profiles.get_mut("outage").unwrap().fields.push("summary".into());
        assert!(told_of(&MISSING_SECTION, document, &config).contains("4 sections are missing: `Summary`"));
    }

    #[test]
    fn without_a_profile_nothing_is_asked() {
        assert_eq!(told_of(&MISSING_SECTION, postmortem("content/a.md"), &config()), "");
    }
}
