//! Findings with an excerpt of the text, in the manner of `rustc`: what is wrong, where, why it matters, what to do.

use std::collections::HashMap;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level as Shown, Origin, Patch, Renderer, Snippet};

use super::place::Places;
use super::visible::{pictured, visible};
use super::{Colour, Style};
use crate::diagnostic::{Diagnostic, Fix, Label, Level, SourcePath, Span};

/// The longest stretch of text that is excerpted, in bytes: labels further apart have an excerpt each, and a line longer than this has
/// none. It bounds the work for one finding.
const EXCERPT: usize = 8 * 1024;

pub(super) fn write(findings: &[Diagnostic], places: &mut Places<'_, '_>, style: Style) -> String {
    let renderer = match style.colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    let renderer = renderer.term_width(style.width);
    let secrets = Secrets::of(findings);
    findings.iter().map(|finding| renderer.render(&report(finding, &secrets, places)) + "\n\n").collect()
}

/// What may not be quoted, by file and in order: a line that holds some of it is shown by no finding, whatever it is about.
struct Secrets<'f>(HashMap<&'f SourcePath, Vec<Span>>);

impl<'f> Secrets<'f> {
    fn of(findings: &'f [Diagnostic]) -> Self {
        let mut secrets: HashMap<&SourcePath, Vec<Span>> = HashMap::new();
        for finding in findings.iter().filter(|finding| !finding.may_be_quoted) {
            secrets.entry(&finding.primary.path).or_default().push(finding.primary.span);
        }
        for spans in secrets.values_mut() {
            spans.sort_unstable();
        }
        Self(secrets)
    }

    fn are_in(&self, path: &SourcePath, lines: Span) -> bool {
        self.0.get(path).is_some_and(|spans| {
            let begun = spans.partition_point(|span| span.start <= lines.end);
            spans.get(..begun).and_then(<[Span]>::last).is_some_and(|span| lines.start <= span.end)
        })
    }
}

fn report(finding: &Diagnostic, secrets: &Secrets<'_>, places: &mut Places<'_, '_>) -> Vec<Group<'static>> {
    let title = shown(finding.level).primary_title(visible(&finding.message).into_owned()).id(finding.rule.0);
    let mut group = Group::with_title(title);
    let mut excerpts = excerpts(finding, places);
    excerpts.retain(|excerpt| !secrets.are_in(&excerpt.path, excerpt.lines));
    if excerpts.first().is_none_or(|excerpt| !excerpt.has_primary) {
        let start = places.extent(&finding.primary).start;
        let path = visible(finding.primary.path.as_str()).into_owned();
        // What is said of a file as such, or of a text that cannot be had, has no line.
        let origin = Origin::path(path);
        group = group.element(match places.text(&finding.primary.path) {
            Some(_) => origin.line(start.line as usize).char_column(start.column as usize),
            None => origin,
        });
    }
    group = group.elements(excerpts.into_iter().map(Excerpt::snippet));
    if let Some(help) = &finding.help {
        group = group.element(Shown::HELP.message(visible(help).into_owned()));
    }
    group = group.element(Shown::NOTE.with_name("rule").message(format!("`afterword explain {}`", finding.rule)));
    let fix = finding.fix.as_ref().map(|fix| suggestion(fix, &finding.primary.path, secrets, places));
    std::iter::once(group).chain(fix).collect()
}

fn shown(level: Level) -> Shown<'static> {
    match level {
        Level::Error => Shown::ERROR,
        Level::Warning => Shown::WARNING,
        Level::Hint | Level::Off => Shown::INFO.with_name("hint"),
    }
}

/// Lines of a file with the labels in them.
struct Excerpt {
    path: SourcePath,
    lines: Span,
    first_line: usize,
    text: String,
    annotations: Vec<Annotation<'static>>,
    has_primary: bool,
}

impl Excerpt {
    fn snippet(self) -> Snippet<'static, Annotation<'static>> {
        let snippet = Snippet::source(self.text).path(visible(self.path.as_str()).into_owned());
        snippet.line_start(self.first_line).annotations(self.annotations)
    }
}

/// The excerpts of a finding: the one with the primary place first, then others in the order of their labels.
fn excerpts(finding: &Diagnostic, places: &mut Places<'_, '_>) -> Vec<Excerpt> {
    let labels: Vec<&Label> = std::iter::once(&finding.primary).chain(&finding.labels).collect();
    let mut clusters: Vec<(&SourcePath, Span)> = Vec::new();
    for label in &labels {
        let Some(line) = places.text(&label.path).and_then(|text| line_of(text, label.span)) else { continue };
        let near = |(path, lines): &&mut (&SourcePath, Span)| *path == &label.path && lines.to(line).range().len() <= EXCERPT;
        match clusters.iter_mut().find(near) {
            Some((_, lines)) => *lines = lines.to(line),
            None => clusters.push((&label.path, line)),
        }
    }
    clusters.into_iter().filter_map(|(path, lines)| excerpt(path, lines, &labels, places)).collect()
}

/// The lines with every label that lies in them.
fn excerpt(path: &SourcePath, lines: Span, labels: &[&Label], places: &mut Places<'_, '_>) -> Option<Excerpt> {
    let text = places.text(path)?;
    let first_line = places.extent_of(path, lines).start.line as usize;
    let mut excerpt =
        Excerpt { path: path.clone(), lines, first_line, text: pictured(lines.slice(text)), annotations: Vec::new(), has_primary: false };
    for (place, label) in labels.iter().enumerate().filter(|(_, label)| &label.path == path) {
        let Some(line) = line_of(text, label.span).filter(|line| lines.contains(*line)) else { continue };
        let kind = if place == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(within(text, excerpt.lines, first_line_of(label.span, line)));
        let words = Some(visible(&label.text).into_owned()).filter(|words| !words.is_empty());
        excerpt.annotations.push(annotation.label(words));
        excerpt.has_primary |= place == 0;
    }
    Some(excerpt)
}

/// What is underlined of a span: no more than its first line. A bracket along many lines of prose tells less than one underlined line.
fn first_line_of(span: Span, line: Span) -> Span {
    let start = span.start.clamp(line.start, line.end);
    Span { start, end: span.end.clamp(start, line.end) }
}

/// A span as a range of the pictured text of `lines`, which may be longer or shorter than what it depicts.
fn within(text: &str, lines: Span, span: Span) -> std::ops::Range<usize> {
    let depicted = |end: u32| pictured(Span { start: lines.start, end: floor(text, end) }.slice(text)).len();
    depicted(span.start)..depicted(span.end)
}

/// The line that a span begins in, without its end; nothing where the line is too long to show.
fn line_of(text: &str, span: Span) -> Option<Span> {
    let at = floor(text, span.start) as usize;
    // Between `\r` and `\n` is still the line before.
    let at = if text.get(..at)?.ends_with('\r') && text.get(at..)?.starts_with('\n') { at - 1 } else { at };
    let from = text.floor_char_boundary(at.saturating_sub(EXCERPT));
    let to = text.floor_char_boundary(at.saturating_add(EXCERPT));
    let is_end = |c: char| c == '\n' || c == '\r';
    let before = text.get(from..at)?.rfind(is_end).map(|end| from + end + 1).or((from == 0).then_some(0))?;
    let after = text.get(at..to)?.find(is_end).map(|end| at + end).or((to == text.len()).then_some(to))?;
    // A byte order mark is no column.
    let mark = if before == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    Some(Span::new(before + mark, after))
}

/// The nearest start of a character at or before an offset.
fn floor(text: &str, offset: u32) -> u32 {
    let floor = text.floor_char_boundary(offset as usize);
    u32::try_from(floor).unwrap_or(u32::MAX)
}

/// The mend as lines to take out and put in, where they can be shown; else in words.
fn suggestion(fix: &Fix, path: &SourcePath, secrets: &Secrets<'_>, places: &mut Places<'_, '_>) -> Group<'static> {
    let title = Shown::HELP.secondary_title(visible(&fix.title).into_owned());
    let shown = places.text(path).and_then(|text| Some((text, lines_of(text, fix).filter(|lines| !secrets.are_in(path, *lines))?)));
    let Some((text, lines)) = shown else {
        return Group::with_title(title);
    };
    let first_line = places.extent_of(path, lines).start.line as usize;
    let patches = fix.edits.iter().map(|edit| Patch::new(within(text, lines, edit.span), pictured(&edit.replacement)));
    title.element(Snippet::source(pictured(lines.slice(text))).line_start(first_line).patches(patches))
}

/// The lines that all edits of a fix lie in.
fn lines_of(text: &str, fix: &Fix) -> Option<Span> {
    let ends = fix.edits.iter().flat_map(|edit| [edit.span.start, edit.span.end]);
    let lines = ends.map(|end| line_of(text, Span { start: end, end }));
    let lines = lines.reduce(|all, line| Some(all?.to(line?)))??;
    (lines.range().len() <= EXCERPT).then_some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Edit, RuleName};
    use crate::report::sample::{hostile, ordinary};
    use crate::report::{Format, write};

    fn told(findings: &[Diagnostic], text: &str, style: Style) -> String {
        write(Format::Full, findings, &|_| Some(text), style)
    }

    #[test]
    fn findings_are_told_with_the_text_they_speak_of() {
        let sample = ordinary();
        let told = write(Format::Full, &sample.findings, &|path| sample.text(path), Style::default());
        assert_eq!(
            told,
            r"warning[renamed-field]: `start` is now `started_at`
 --> content/postmortems/2024-03-17-checkout.md:3:1
  |
3 | start: 2024-03-17
  | ^^^^^
  |
  = rule: `afterword explain renamed-field`
help: rename the field
  |
3 | started_at: 2024-03-17
  |      +++++

error[broken-link]: the file `../missing.md#cause` does not exist
 --> content/postmortems/2024-03-17-checkout.md:8:11
  |
8 | See [why](../missing.md#cause),    or 停 [how](x.md).
  |           ^^^^^^^^^^^^^^^^^^^ no such file
  |
  = help: is `dns.md` meant?
  = rule: `afterword explain broken-link`

error[broken-link]: the file `x.md` does not exist
 --> content/postmortems/2024-03-17-checkout.md:8:44
  |
6 | ## Impact
  | --------- in this section
7 |
8 | See [why](../missing.md#cause),    or 停 [how](x.md).
  |                                                ^^^^
  |
  = rule: `afterword explain broken-link`

error[duplicate-id]: the id `INC-7` is taken
 --> content/postmortems/dns.md:2:5
  |
2 | id: INC-7
  |     ^^^^^
  |
 ::: content/postmortems/2024-03-17-checkout.md:2:5
  |
2 | id: INC-7
  |     ----- first used here
  |
  = help: give one of the two another id
  = rule: `afterword explain duplicate-id`

hint[skipped-input]: not published
--> content/graph.svg
 = rule: `afterword explain skipped-input`

"
        );
    }

    #[test]
    fn hidden_characters_are_shown_and_columns_stay() {
        let sample = hostile();
        let told = write(Format::Full, &sample.findings[..1], &|path| sample.text(path), Style::default());
        assert_eq!(
            told,
            r"error[unknown-term]: \u{1b}[31m\n::set-output name=a::b\r\n##\u{5b}add-mask]\u{202e}\u{7f}%0A::warning::x
 --> \u{3a}:error::a\u{1b}[2J,b:c.md:1:1
  |
1 | a ␛]0;pwned␇ �31m �gnp �� b
  | ^^^^^^-------- \u{1b}[31m\n::set-output name=a::b\r\n##\u{5b}add-mask]\u{202e}\u{7f}%0A::warning::x
  | |
  | \u{1b}[31m\n::set-output name=a::b\r\n##\u{5b}add-mask]\u{202e}\u{7f}%0A::warning::x
  |
  = help: \u{1b}[31m\n::set-output name=a::b\r\n##\u{5b}add-mask]\u{202e}\u{7f}%0A::warning::x
  = rule: `afterword explain unknown-term`
help: \u{1b}[31m\n::set-output name=a::b\r\n##\u{5b}add-mask]\u{202e}\u{7f}%0A::warning::x
  |
1 ~ ␛[31m
2 + ::set-output name=a::b
3 ~ ##�add-mask]�␡%0A::warning::xa ␛]0;pwned␇ �31m �gnp �� b
  |

"
        );
    }

    #[test]
    fn colours_are_given_only_where_asked_for() {
        let finding = Diagnostic::new(RuleName("broken-link"), &SourcePath::from("a.md"), Span::new(0, 1), "x");
        let style = Style { colour: Colour::Always, width: 80 };
        let coloured = told(std::slice::from_ref(&finding), "abc", style);
        assert!(coloured.starts_with("\u{1b}[1m\u{1b}[91merror[broken-link]\u{1b}[0m"), "{coloured:?}");
        assert!(!told(&[finding], "abc", Style::default()).contains('\u{1b}'));
    }

    #[test]
    fn a_long_line_is_cut_and_a_very_long_one_is_not_shown() {
        let line = |before: usize| format!("{} MARK {}\n", "word ".repeat(before), "tail ".repeat(before));
        let finding = |text: &str| {
            let start = text.find("MARK").unwrap();
            Diagnostic::new(RuleName("unknown-term"), &SourcePath::from("a.md"), Span::new(start, start + 4), "x")
        };
        let text = line(60);
        let told_long = told(&[finding(&text)], &text, Style { colour: Colour::Never, width: 60 });
        assert!(told_long.lines().all(|line| line.chars().count() <= 64), "{told_long}");
        assert!(told_long.contains("--> a.md:1:302\n") && told_long.contains("MARK") && told_long.contains("^^^^"), "{told_long}");
        let text = line(10_000);
        assert_eq!(
            told(&[finding(&text)], &text, Style::default()),
            "error[unknown-term]: x\n--> a.md:1:50002\n = rule: `afterword explain unknown-term`\n\n"
        );
    }

    #[test]
    fn what_may_not_be_quoted_is_told_by_its_place() {
        let text = "a\nb hunter2 c\n";
        let path = SourcePath::from("a.md");
        let finding = Diagnostic::new(RuleName("exposed-secret"), &path, Span::new(4, 11), "a password: `h…`").unquoted();
        let other = Diagnostic::new(RuleName("counterfactual"), &path, Span::new(2, 3), "x")
            .also(&path, Span::new(0, 1), "here")
            .fix("mend", vec![Edit { span: Span::new(2, 3), replacement: "B".into() }]);
        let told = told(&[other, finding], text, Style::default());
        assert!(told.contains("a.md:2:1") && told.contains("a.md:2:3") && !told.contains("hunter2"), "{told}");
    }

    #[test]
    fn labels_far_apart_have_an_excerpt_each() {
        let text = format!("first\n{}last\n", "line\n".repeat(5_000));
        let path = SourcePath::from("a.md");
        let last = text.len() - 5;
        let finding =
            Diagnostic::new(RuleName("unordered-timeline"), &path, Span::new(last, last + 4), "x").also(&path, Span::new(0, 5), "before");
        assert_eq!(
            told(&[finding], &text, Style::default()),
            r"error[unordered-timeline]: x
    --> a.md:5002:1
     |
5002 | last
     | ^^^^
     |
    ::: a.md:1:1
     |
   1 | first
     | ----- before
     |
     = rule: `afterword explain unordered-timeline`

"
        );
    }

    /// Every place of a text with all kinds of line ends, wide and hidden characters, in every combination.
    #[test]
    fn no_place_is_too_strange_to_show() {
        let text = "\u{feff}a\t停\r\n\r\u{1b}\n😀\u{200d}x\n\n##[";
        let path = SourcePath::from("a.md");
        for start in 0..text.len() + 2 {
            for end in start..text.len() + 2 {
                let span = Span::new(start, end);
                let finding = Diagnostic::new(RuleName("unknown-term"), &path, span, "x").labelled("here");
                let finding = finding.also(&path, Span::new(end, end + 3), "there").also(&path, Span::new(0, end), "all");
                let finding = finding.fix("mend", vec![Edit { span, replacement: "a\tb\nc".into() }]);
                let told = told(&[finding], text, Style { colour: Colour::Never, width: 30 });
                assert!(told.starts_with("error[unknown-term]: x\n") && told.contains("-->"), "{start}..{end}: {told}");
            }
        }
    }
}
