//! What `check` says, shown in the browser beside the pages it is about.
//!
//! | address below `/.afterword/` | what it answers |
//! |---|---|
//! | `findings` | all findings, as a page |
//! | `findings/<address of a page>` | the findings of that page's file, for the panel that the preview's script adds to it |
//! | `rules/<rule>` | the manual of a rule |
//! | `withheld/<address of a page>` | what the public edition does not show of that page |
//! | `compare/<address of a page>` | both editions of that page side by side |
//! | `preview.css` | how these look |

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Serialize;

use super::editions;
use super::preview::{Shown, html_page};
use crate::check;
use crate::diagnostic::Span;
use crate::diagnostic::{Diagnostic, Level, Position, SourcePath};
use crate::markdown::html::{HtmlWriter, Layout};
use crate::markdown::{Highlighter, escape, read};
use crate::render::text_label;
use crate::report::{self, counted};
use crate::serve::Page;
use crate::theme::Words;

/// How many findings one page shows.
const MOST: usize = 500;

/// What the panel is made of.
#[derive(Serialize)]
struct Panel {
    /// "1 error, 2 warnings"; empty where there is nothing to say.
    summary: String,
    /// Whether there is an error, so that the panel opens by itself.
    errors: bool,
    /// The findings as HTML.
    html: String,
    /// Where else to go from here: words and address.
    links: Vec<(String, String)>,
}

/// The answer at an address below `/.afterword/`.
pub(super) fn page(shown: &Shown, path: &str) -> Option<Page> {
    if let Some(rule) = path.strip_prefix("rules/") {
        return manual(rule.trim_end_matches('/'));
    }
    if let Some(about) = path.strip_prefix("findings/").filter(|about| !about.is_empty()) {
        return panel(shown, about.strip_prefix("home").filter(|rest| rest.is_empty()).unwrap_or(about));
    }
    if let Some(about) = path.strip_prefix("withheld/") {
        return editions::withheld(shown, about);
    }
    if let Some(about) = path.strip_prefix("compare/") {
        return editions::compare(shown, about);
    }
    match path {
        "findings" => Some(all(shown)),
        "preview.css" => {
            let style = include_str!("preview.css");
            Some(Page { media_type: Cow::Borrowed("text/css; charset=utf-8"), ..Page::new(style.as_bytes()) })
        }
        _ => None,
    }
}

/// The findings of one page. The home page is asked for as `home`.
fn panel(shown: &Shown, about: &str) -> Option<Page> {
    let file = shown.file_at(about);
    let mut findings = shown.findings_of_all_pages();
    findings.extend(file.iter().flat_map(|path| shown.findings(path)));
    let beginning = Position { line: 1, column: 1, utf16: 0 };
    let edit =
        |path: &SourcePath| Some((format!("Open {path}"), shown.settings.editor.as_ref()?.address(&shown.settings.root, path, beginning)));
    let mut links: Vec<(String, String)> = file.as_ref().and_then(edit).into_iter().collect();
    links.extend(editions::links(shown, about));
    links.push(("All findings".to_owned(), "/.afterword/findings".to_owned()));
    let panel = Panel {
        summary: summary(&findings),
        errors: findings.iter().any(|finding| finding.level == Level::Error),
        html: list(shown, &findings),
        links,
    };
    let json = serde_json::to_vec(&panel).ok()?;
    Some(Page { media_type: Cow::Borrowed("application/json"), ..Page::new(json) })
}

fn all(shown: &Shown) -> Page {
    let findings = shown.all_findings();
    let mut body = format!("<p>{}</p>\n", if findings.is_empty() { "No findings.".to_owned() } else { summary(findings) });
    let mut rest = findings.get(..MOST).unwrap_or(findings);
    while let Some(first) = rest.first() {
        let path = &first.primary.path;
        let end = rest.iter().position(|finding| finding.primary.path != *path).unwrap_or(rest.len());
        let (of_file, others) = rest.split_at(end);
        let _ = write!(body, "<h2>{}</h2>\n{}", title(shown, path), list(shown, of_file));
        rest = others;
    }
    if findings.len() > MOST {
        let _ = writeln!(body, "<p>And {} more: <code>afterword check</code> shows all.</p>", findings.len() - MOST);
    }
    whole_page("Findings", &body)
}

/// A file's path, leading to the page that is made from it.
fn title(shown: &Shown, path: &SourcePath) -> String {
    match shown.site.corpus().by_path(path) {
        Some((id, _)) => format!("<a href=\"/{}\">{}</a>", escape(&shown.site.document_url(id)), escape(path.as_str())),
        None => escape(path.as_str()),
    }
}

/// "1 error, 2 warnings"
fn summary(findings: &[Diagnostic]) -> String {
    let levels = [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Hint, "hint")];
    let counts = levels.into_iter().map(|(level, word)| (findings.iter().filter(|finding| finding.level == level).count(), word));
    counts.filter(|(count, _)| *count > 0).map(|(count, word)| counted(count, word)).collect::<Vec<_>>().join(", ")
}

/// Findings as a list whose words lead to rules and into the editor.
pub(super) fn list(shown: &Shown, findings: &[Diagnostic]) -> String {
    let links = report::Links {
        rule: &|rule| check::rule(rule.0).map(|_| format!("/.afterword/rules/{rule}")),
        place: &|path, at| Some(shown.settings.editor.as_ref()?.address(&shown.settings.root, path, at)),
    };
    report::html(findings, &|path| shown.project.text(path), &links)
}

fn manual(rule: &str) -> Option<Page> {
    let text = check::rule(rule)?.explain();
    // Its first line is the title.
    let start = text.find('\n').unwrap_or_default();
    let document = read(&text, Span::new(start, text.len()));
    let writer = HtmlWriter {
        resolve: &|_, _| None,
        highlight: &Highlighter::new(),
        layout: &Layout::default(),
        label: &|label| text_label(Words::english(), label),
        mentions: None,
    };
    Some(whole_page(rule, &writer.blocks(&document.blocks)))
}

/// A page of the preview's own, with its title above what it says.
pub(super) fn whole_page(title: &str, body: &str) -> Page {
    let heading = escape(title);
    framed(title, "afterword-page", &format!("<main>\n<h1>{heading}</h1>\n{body}</main>"))
}

/// A page of the preview's own: what its `body` of some classes holds.
pub(super) fn framed(title: &str, classes: &str, body: &str) -> Page {
    let title = escape(title);
    html_page(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <title>{title} · preview</title>\n<link rel=\"stylesheet\" href=\"/.afterword/preview.css\">\n</head>\n\
         <body class=\"{classes}\">\n{body}\n</body>\n</html>\n"
    ))
}
