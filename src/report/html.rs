//! Findings as a list for a page: message, place, an excerpt with what is spoken of marked, and how to mend it.

use std::fmt::Write as _;

use super::place::Places;
use crate::diagnostic::{Diagnostic, Position, RuleName, SourcePath, Span};
use crate::markdown::escape;

/// Where the words of a finding lead. What leads nowhere is printed as text.
pub struct Links<'l> {
    /// The manual of a rule.
    pub rule: &'l dyn Fn(RuleName) -> Option<String>,
    /// A place of a file, as in an editor.
    pub place: &'l dyn Fn(&SourcePath, Position) -> Option<String>,
}

/// The most characters of a line that an excerpt shows, and how many stand before what is marked.
const LONGEST: usize = 160;
const BEFORE: usize = 60;

/// The findings as an HTML list, in the order given. `texts` gives the text of a file, where it has one.
#[must_use]
pub fn html<'a>(findings: &'a [Diagnostic], texts: &dyn Fn(&SourcePath) -> Option<&'a str>, links: &Links<'_>) -> String {
    let mut places = Places::new(texts);
    let mut html = "<ol class=\"findings\">\n".to_owned();
    for finding in findings {
        item(finding, &mut places, links, &mut html);
    }
    html.push_str("</ol>\n");
    html
}

fn item(finding: &Diagnostic, places: &mut Places<'_, '_>, links: &Links<'_>, html: &mut String) {
    let Diagnostic { level, rule, message, primary, .. } = finding;
    let level = level.word();
    let start = places.extent(primary).start;
    let place = format!("{}:{}:{}", primary.path, start.line, start.column);
    let _ = writeln!(html, "<li class=\"finding finding-{level}\">");
    let _ = writeln!(html, "<p><strong>{level}</strong> {} {}</p>", in_html(message), link(rule.0, (links.rule)(*rule)));
    let _ = writeln!(html, "<p class=\"place\">{}</p>", link(&place, (links.place)(&primary.path, start)));
    if finding.may_be_quoted
        && let Some(excerpt) = places.text(&primary.path).and_then(|text| excerpt(text, primary.span))
    {
        let _ = writeln!(html, "<pre><code>{excerpt}</code></pre>");
    }
    for label in &finding.labels {
        let at = places.extent(label).start;
        let place = format!("{}:{}", label.path, at.line);
        let _ = writeln!(html, "<p class=\"place\">{} ({})</p>", in_html(&label.text), link(&place, (links.place)(&label.path, at)));
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(html, "<p class=\"help\">{}</p>", in_html(help));
    }
    html.push_str("</li>\n");
}

fn link(text: &str, address: Option<String>) -> String {
    match address {
        Some(address) => format!("<a href=\"{}\">{}</a>", escape(&address), escape(text)),
        None => format!("<code>{}</code>", escape(text)),
    }
}

/// Words in which what stands between backticks is code.
pub(crate) fn in_html(text: &str) -> String {
    let mut html = String::new();
    let pieces: Vec<&str> = text.split('`').collect();
    // An odd backtick out opens nothing.
    let paired = if pieces.len() % 2 == 1 { pieces.len() } else { pieces.len() - 1 };
    for (n, piece) in pieces.iter().enumerate() {
        let piece = escape(piece);
        let _ = match n {
            n if n >= paired => write!(html, "`{piece}"),
            n if n % 2 == 1 => write!(html, "<code>{piece}</code>"),
            _ => write!(html, "{piece}"),
        };
    }
    html
}

/// The line on which a span begins, as far as one can take it in, with the span marked.
fn excerpt(text: &str, span: Span) -> Option<String> {
    let range = span.range();
    let line_start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at + 1);
    let line_end = text.get(range.start..)?.find('\n').map_or(text.len(), |at| range.start + at);
    let end = range.end.clamp(range.start, line_end);
    let (before, marked, after) = (text.get(line_start..range.start)?, text.get(range.start..end)?, text.get(end..line_end)?);
    let skipped = before.chars().count().saturating_sub(BEFORE);
    let before: String = before.chars().skip(skipped).collect();
    let marked_shown: String = marked.chars().take(LONGEST).collect();
    let left = LONGEST.saturating_sub(before.chars().count() + marked_shown.chars().count());
    let after_shown: String = after.trim_end().chars().take(left).collect();
    let cut = marked_shown.len() < marked.len() || after_shown.len() < after.trim_end().len();
    let mark = if marked_shown.is_empty() { String::new() } else { format!("<mark>{}</mark>", escape(&marked_shown)) };
    let (lead, tail) = (if skipped > 0 { "…" } else { "" }, if cut { "…" } else { "" });
    let line = format!("{lead}{}{mark}{}{tail}", escape(&before), escape(&after_shown));
    (!line.trim().is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, RuleName};

    const TEXT: &str = "---\ntitle: A & B\nstarted_at: someday\n---\n";

    fn told(finding: Diagnostic) -> String {
        let links = Links {
            rule: &|rule| Some(format!("/rules/{rule}/")),
            place: &|path, at| Some(format!("edit:{path}:{}:{}", at.line, at.column)),
        };
        html(&[finding], &|_| Some(TEXT), &links)
    }

    #[test]
    fn a_finding_has_its_message_place_excerpt_and_help() {
        let at = TEXT.find("someday").unwrap();
        let finding = Diagnostic::new(
            RuleName("unreadable-date"),
            &SourcePath::from("a.md"),
            Span::new(at, at + 7),
            "`someday` <cannot> be read".to_owned(),
        );
        let expected = "<ol class=\"findings\">\n<li class=\"finding finding-error\">\n\
            <p><strong>error</strong> <code>someday</code> &lt;cannot&gt; be read <a href=\"/rules/unreadable-date/\">unreadable-date</a></p>\n\
            <p class=\"place\"><a href=\"edit:a.md:3:13\">a.md:3:13</a></p>\n\
            <pre><code>started_at: <mark>someday</mark></code></pre>\n\
            <p class=\"help\">write <code>2026-03-17</code></p>\n</li>\n</ol>\n";
        assert_eq!(told(finding.help("write `2026-03-17`")), expected);
    }

    #[test]
    fn long_lines_are_cut_around_what_is_marked() {
        let text = format!("{}needle{}", "a".repeat(500), "b".repeat(500));
        let excerpt = excerpt(&text, Span::new(500, 506)).unwrap();
        assert_eq!(excerpt, format!("…{}<mark>needle</mark>{}…", "a".repeat(60), "b".repeat(94)));
        assert_eq!(super::excerpt("", Span::default()), None);
    }

    #[test]
    fn a_backtick_without_a_partner_is_itself() {
        assert_eq!(in_html("a `b` c"), "a <code>b</code> c");
        assert_eq!(in_html("a ` c"), "a ` c");
    }

    #[test]
    fn what_may_not_be_quoted_is_not() {
        let finding = Diagnostic::new(RuleName("exposed-secret"), &SourcePath::from("a.md"), Span::new(4, 9), "a secret".to_owned());
        assert!(!told(finding.unquoted()).contains("<pre>"));
    }
}
