//! `leftover-placeholder`

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr3_iter;
use regex::Regex;

use crate::check::passage::{Kind, Passage, is_among};
use crate::check::pattern::pattern;
use crate::check::rule::declare_rule;
use crate::check::rules::told_once;
use crate::check::{Context, Run, Subject};
use crate::config::SectionKind;
use crate::diagnostic::Diagnostic;
use crate::markdown::text::on_one_line;

declare_rule! {
    /// Words that stand for words still to be written. They are marks such as `TODO` and `TBD`, blanks such as `[Date]`, `YYYY-MM-DD` and
    /// `<describe what happened>`, "Lorem ipsum", "To be done before the meeting", or a prompt of the template left as it was.
    ///
    /// ## Why
    ///
    /// A placeholder in a published postmortem says that nobody read it to the end, and a placeholder in a field ends up in lists and counts.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Root cause
    ///
    /// TBD, see [Link].
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// ## Root cause
    ///
    /// unknown; the vendor still investigates
    /// ```
    ///
    /// Capital letters matter for `TODO`, `TBD`, `TBC`, `TBA`, `FIXME` and `XXX`. Code is not read, so put a placeholder you write about
    /// between backticks. In a draft this is a hint.
    static LEFTOVER_PLACEHOLDER = {
        name: "leftover-placeholder",
        group: Sections,
        level: Warning,
        in_draft: Hint,
        run: Run::Document(find),
    }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let path = &subject.head().path;
    let prompts = Prompts::of(&context.config.sections);
    let of_template = subject.passages().iter().filter(|passage| prompts.has(&passage.text));
    let found = subject.passages_with(&TRACE).into_iter().chain(of_template).flat_map(|passage| {
        placeholders(passage, &prompts).into_iter().map(move |range| {
            let shown = shortened(passage.text.get(range.clone()).unwrap_or_default());
            let message = format!("the placeholder `{shown}` was left over");
            let span = passage.place(range.start, range.end);
            LEFTOVER_PLACEHOLDER.finding(path, span, message).help("write what belongs here, or take it out")
        })
    });
    told_once(found.collect())
}

/// What is found in every text that has a placeholder, but for the prompts of sections. Nearly no text has any of it.
static TRACE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?-u)[<\[]|(?i:\bto be )|TODO|TB[ACD]|FIXME|XXX|[Ll]orem ipsum|(?i:[?dhmxy]{2}[-./:])"));

/// The words of a passage with every placeholder in it blanked out.
pub(super) fn without_placeholders(passage: &Passage<'_>, prompts: &Prompts<'_>) -> String {
    let mut words = String::with_capacity(passage.text.len());
    let mut done = 0;
    for range in placeholders(passage, prompts) {
        words.push_str(passage.text.get(done..range.start).unwrap_or_default());
        words.push(' ');
        done = range.end;
    }
    words.push_str(passage.text.get(done..).unwrap_or_default());
    words
}

/// The placeholders of a passage, in order, not overlapping; those side by side are one.
fn placeholders(passage: &Passage<'_>, prompts: &Prompts<'_>) -> Vec<Range<usize>> {
    let text = &*passage.text;
    if begins_unwritten(text) || prompts.has(text) {
        let start = text.len() - text.trim_start().len();
        return std::iter::once(start..text.trim_end().len()).collect();
    }
    let mut found = bracketed(text);
    found.extend(words(text, passage.kind));
    let lorem = ["Lorem ipsum", "lorem ipsum"].iter().flat_map(|words| text.match_indices(words));
    found.extend(lorem.map(|(at, words)| at..at + words.len()));
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    found.dedup_by(|next, kept| {
        let adjoins = next.start < kept.end || text.get(kept.end..next.start).is_some_and(|between| between.trim().is_empty());
        kept.end = if adjoins { kept.end.max(next.end) } else { kept.end };
        adjoins
    });
    found
}

/// What authors are asked to write in the sections.
pub(super) struct Prompts<'c> {
    prompts: Vec<&'c str>,
    /// The length of the shortest, in bytes: nearly every passage of a document is shorter.
    shortest: usize,
}

impl<'c> Prompts<'c> {
    pub(super) fn of(sections: &'c [SectionKind]) -> Self {
        let prompts: Vec<&str> = sections.iter().map(|section| section.prompt.trim()).filter(|prompt| !prompt.is_empty()).collect();
        let shortest = prompts.iter().map(|prompt| prompt.len()).min().unwrap_or(usize::MAX);
        Self { prompts, shortest }
    }

    /// Whether a passage is one of them, however its lines are broken.
    fn has(&self, text: &str) -> bool {
        if text.len() < self.shortest {
            return false;
        }
        let first = text.trim_start().bytes().next();
        let mut alike = self.prompts.iter().filter(|prompt| prompt.bytes().next() == first);
        alike.any(|prompt| text.split_whitespace().eq(prompt.split_whitespace()))
    }
}

/// What is still to be written "to be" something: "To be done before the meeting".
const UNWRITTEN: [&str; 11] =
    ["added", "announced", "completed", "confirmed", "decided", "defined", "determined", "done", "filled", "provided", "written"];

/// The same in parentheses, where "(to be confirmed)" is also said of facts.
const UNWRITTEN_REMARK: [&str; 6] = ["added", "completed", "done", "filled", "provided", "written"];

fn begins_unwritten(text: &str) -> bool {
    to_be(text.trim_start_matches(|c: char| !c.is_alphanumeric())).is_some_and(|word| is_among(word, &UNWRITTEN))
}

/// The word after a leading "to be".
fn to_be(text: &str) -> Option<&str> {
    const TO_BE: &str = "to be ";
    let (head, rest) = text.split_at_checked(TO_BE.len())?;
    head.eq_ignore_ascii_case(TO_BE).then(|| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default())
}

/// Marks people leave for themselves.
const MARKS: [&str; 6] = ["FIXME", "TBA", "TBC", "TBD", "TODO", "XXX"];

/// Words before a mark that make it a thing spoken of: "the TODO in the code".
const DETERMINERS: [&str; 14] = ["a", "an", "another", "each", "every", "her", "his", "its", "my", "no", "our", "that", "the", "this"];

/// Dates and times still to be filled in.
const MASKS: [&str; 13] = [
    "??:??",
    "20XX-MM-DD",
    "DD-MM-YYYY",
    "DD.MM.YYYY",
    "DD/MM/YYYY",
    "HH:MM",
    "HH:MM:SS",
    "MM/DD/YYYY",
    "XX:XX",
    "YYYY-MM-DD",
    "YYYY-MM-DDTHH:MM",
    "YYYY-MM-DDTHH:MMZ",
    "YYYY/MM/DD",
];

/// Marks and masks, with whatever punctuation around them.
fn words(text: &str, kind: Kind) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut before, mut offset, mut in_parentheses) = ("", 0, false);
    for word in text.split_inclusive(char::is_whitespace) {
        let from = offset;
        offset += word.len();
        let preceding = std::mem::replace(&mut before, word);
        if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ') {
            continue;
        }
        let core = word.trim_matches(is_around);
        let start = from + word.find(core).unwrap_or_default();
        if let Some(mark) = mark(core)
            && !is_among(preceding.trim_matches(is_around), &DETERMINERS)
        {
            found.push(start..start + mark.len());
        }
        // "Time (HH:MM)" says how times are written.
        let names_a_format = kind == Kind::ColumnHead || in_parentheses || word.starts_with('(');
        if is_mask(core) && !names_a_format {
            found.push(start..start + core.len());
        }
        in_parentheses = match (word.rfind('('), word.rfind(')')) {
            (None, None) => in_parentheses,
            (open, close) => open > close,
        };
    }
    found
}

/// What may stand around a word and is no part of it.
fn is_around(c: char) -> bool {
    !c.is_alphanumeric() && c != '?'
}

/// The mark that a word is, or begins with: `TODO`, `TODO:`, `TODO(ada)`, but not `TODO.md`.
fn mark(word: &str) -> Option<&'static str> {
    if !word.starts_with(['F', 'T', 'X']) {
        return None;
    }
    let is_end = |rest: &str| rest.is_empty() || rest.starts_with(['(', ':', ',', ';', '?']);
    MARKS.iter().copied().find(|mark| word.strip_prefix(mark).is_some_and(is_end))
}

fn is_mask(word: &str) -> bool {
    word.contains([':', '-', '/', '.']) && is_among(word, &MASKS)
}

/// First words of an instruction between angle brackets: `<describe what happened>`.
const INSTRUCTIONS: [&str; 21] = [
    "add", "brief", "date", "describe", "enter", "explain", "fill", "include", "insert", "link", "list", "name", "one", "provide", "put",
    "replace", "short", "time", "what", "write", "your",
];

/// Whether a word is the first of an instruction.
pub(super) fn is_instruction_word(word: &str) -> bool {
    is_among(word, &INSTRUCTIONS)
}

/// Whether a text begins with an instruction between angle brackets that are not closed in it: it goes on in the next paragraph.
pub(super) fn opens_placeholder(text: &str) -> bool {
    text.strip_prefix('<').is_some_and(|inner| !inner.contains('>') && is_instruction(inner))
}

/// First words of an instruction between square brackets, where more is written than instructions.
const SQUARE_INSTRUCTIONS: [&str; 5] = ["describe", "enter", "fill", "insert", "your"];

/// Whole contents of square brackets that are to be filled in; the first letter is a capital, as it is in templates.
const BLANKS: [&str; 20] = [
    "author",
    "brief description",
    "date",
    "date and time",
    "description",
    "incident title",
    "link",
    "name",
    "owner",
    "placeholder",
    "service",
    "severity",
    "short description",
    "summary",
    "tbd",
    "team",
    "time",
    "title",
    "todo",
    "url",
];

/// The longest thing between brackets that is taken for a placeholder, in bytes.
const LONGEST: usize = 300;

/// Instructions in brackets of any kind.
fn bracketed(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut done = 0;
    for open in memchr3_iter(b'<', b'[', b'(', text.as_bytes()) {
        let inner = text.get(open + 1..).unwrap_or_default();
        let placeholder = match text.as_bytes().get(open) {
            _ if open < done => None,
            Some(b'<') => enclosed(inner, b'>').filter(|(inner, _)| is_instruction(inner)).map(|(inner, _)| inner),
            Some(b'[') => enclosed(inner, b']').filter(|(inner, after)| is_blank(inner, after)).map(|(inner, _)| inner),
            _ => enclosed(inner, b')')
                .map(|(inner, _)| inner)
                .filter(|inner| to_be(inner).is_some_and(|word| is_among(word, &UNWRITTEN_REMARK))),
        };
        if let Some(placeholder) = placeholder {
            done = open + placeholder.len() + 2;
            found.push(open..done);
        }
    }
    found
}

/// What stands before the closing bracket, and the rest from the bracket on.
fn enclosed(inner: &str, close: u8) -> Option<(&str, &str)> {
    let end = inner.bytes().take(LONGEST).position(|byte| byte == close)?;
    inner.split_at_checked(end)
}

fn is_instruction(inner: &str) -> bool {
    let is_markup = inner.contains('=') || inner.contains("://");
    begins_with(inner, &INSTRUCTIONS) && !is_markup || is_among(inner, &["placeholder", "tbd", "todo"])
}

fn is_blank(inner: &str, after: &str) -> bool {
    let is_link = after.starts_with("](") || after.starts_with("][") || after.starts_with("]:");
    let is_capital = inner.starts_with(|c: char| c.is_ascii_uppercase());
    !is_link && (is_capital && is_among(inner, &BLANKS) || begins_with(inner, &SQUARE_INSTRUCTIONS))
}

/// Whether the first of several words is one of `first`.
fn begins_with(inner: &str, first: &[&str]) -> bool {
    inner.split_once([' ', '-', '_']).is_some_and(|(word, rest)| !rest.trim().is_empty() && is_among(word, first))
}

/// A placeholder as it can be quoted in one line.
fn shortened(text: &str) -> String {
    let mut words = on_one_line(text);
    if let Some((end, _)) = words.char_indices().nth(48) {
        words.truncate(end);
        words.push('…');
    }
    words
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::sample::{config, entry, paragraph, postmortem, section, told_of};
    use crate::diagnostic::{Span, Spanned};
    use crate::markdown::{Block, BlockKind};
    use crate::model::DocumentRef;
    use crate::model::Event;

    /// The placeholders of a paragraph.
    fn in_text(text: &str) -> Vec<String> {
        let mut document = postmortem("content/a.md");
        Arc::make_mut(&mut document.body).lead = vec![paragraph(text, 100)];
        let context_free = crate::check::passage::of_document(DocumentRef::Postmortem(&document));
        let sections = config().sections;
        let found = context_free.iter().flat_map(|passage| {
            placeholders(passage, &Prompts::of(&sections)).into_iter().map(|range| passage.text[range].to_owned()).collect::<Vec<_>>()
        });
        let found: Vec<String> = found.collect();
        let is_prompt = context_free.iter().any(|passage| Prompts::of(&sections).has(&passage.text));
        assert!(found.is_empty() || is_prompt || TRACE.is_match(text), "{text}: no passage is looked at without a trace");
        found
    }

    #[test]
    fn marks_are_found_and_words_about_marks_are_not() {
        assert_eq!(in_text("TODO: ask the vendor. Owner: TBD; TBC?"), ["TODO", "TBD", "TBC"]);
        assert_eq!(in_text("TODO(ada) and Category: XXX"), ["TODO", "XXX"]);
        for text in ["We found a TODO in the code", "see TODO.md", "todo", "Mastodon", "TODO-42", "card XXX-1", "XXXL", "the TBDs"] {
            assert_eq!(in_text(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn the_first_look_overlooks_no_mark_and_no_mask() {
        for word in MARKS.iter().chain(&MASKS) {
            assert!(TRACE.is_match(word), "{word}");
        }
        for word in MASKS {
            assert!(TRACE.is_match(&word.to_lowercase()), "{word}");
        }
        assert!(TRACE.is_match("Hh:Mm") && TRACE.is_match("lorem ipsum") && TRACE.is_match("Lorem ipsum"));
        assert!(!TRACE.is_match("Checkout failed at 10:42; we rolled back by 11:05."));
    }

    #[test]
    fn brackets_are_told_from_links_markup_and_types() {
        assert_eq!(in_text("Lead: [Name], on [Date and time]"), ["[Name]", "[Date and time]"]);
        assert_eq!(in_text("[insert graph here] and <Your name goes here>"), ["[insert graph here]", "<Your name goes here>"]);
        assert_eq!(in_text("<placeholder> <short-description>"), ["<placeholder> <short-description>"]);
        for text in [
            "[Date](x)",
            "[name]",
            "[x] done",
            "[started] it",
            "Vec<String>",
            "<time datetime=x>",
            "a < b > c",
            "<https://x.org/add-on>",
            "[",
            "<",
        ] {
            assert_eq!(in_text(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn dates_to_be_filled_in_are_found_and_formats_are_not() {
        assert_eq!(in_text("First detected YYYY-MM-DD HH:MM"), ["YYYY-MM-DD HH:MM"]);
        assert_eq!(in_text("| 2022-02-?? ??:?? |"), ["??:??"]);
        assert_eq!(in_text("Times are given as (YYYY-MM-DD HH:MM) throughout"), Vec::<String>::new());
    }

    #[test]
    fn a_passage_still_to_be_written_is_one_placeholder() {
        let whole = "To be done pre-meeting. Give a summary of what caused the incident.";
        assert_eq!(in_text(whole), [whole]);
        assert_eq!(in_text("Say what goes\ninto timeline."), ["Say what goes\ninto timeline."], "the prompt of a section");
        assert_eq!(in_text("Cause (to be done in the meeting)"), ["(to be done in the meeting)"]);
        assert_eq!(in_text("Lorem ipsum dolor, and lorem ipsum"), ["Lorem ipsum", "lorem ipsum"]);
        assert_eq!(in_text("The cause is still to be determined."), Vec::<String>::new());
    }

    #[test]
    fn metadata_headings_events_and_markup_are_read() {
        let mut document = postmortem("content/a.md");
        document.head.metadata.entries = vec![entry("owner", "[Your name]", 4)];
        Arc::make_mut(&mut document.body).sections = vec![section("", "TBD", "fine", 100)];
        Arc::make_mut(&mut document.body).lead =
            vec![Block { span: Span::new(60, 84), kind: BlockKind::Html("<describe what happened>".into()) }];
        let written = Spanned::new("HH:MM".to_owned(), Span::new(140, 145));
        document.timeline = [Event { when: None, span: written.span, written, kind: None, content: Vec::new() }].into();
        let told = told_of(&LEFTOVER_PLACEHOLDER, document, &config());
        let told: Vec<&str> = told.lines().filter(|line| !line.contains("help")).collect();
        assert_eq!(
            told,
            [
                "content/a.md:11..22: the placeholder `[Your name]` was left over",
                "content/a.md:60..84: the placeholder `<describe what happened>` was left over",
                "content/a.md:103..106: the placeholder `TBD` was left over",
                "content/a.md:140..145: the placeholder `HH:MM` was left over",
            ]
        );
    }

    #[test]
    fn brackets_that_never_close_hide_nothing() {
        for (unit, expected) in [("<", 0), ("[", 0), ("[Date", 0), ("<add ", 0), ("(HH:MM ", 0), ("TODO. ", 20_000), ("[TODO ", 20_000)] {
            assert_eq!(in_text(&unit.repeat(20_000)).len(), expected, "{unit}");
        }
    }

    #[test]
    fn a_long_placeholder_is_quoted_short() {
        assert_eq!(shortened(&format!("<describe {}>", "x".repeat(100))).chars().count(), 49);
        assert_eq!(shortened("[a\n b]"), "[a b]");
    }
}
