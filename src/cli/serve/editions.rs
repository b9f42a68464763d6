//! The editions of one page beside each other, and what the public one withholds.

use std::fmt::Write as _;

use super::findings::{framed, whole_page};
use super::preview::{Settings, Shown};
use crate::diagnostic::{LineIndex, Position, SourcePath, Span};
use crate::edition::{Audience, Reason, withheld_from_public};
use crate::markdown::escape;
use crate::model::DocumentRef;
use crate::report::{counted, in_html};
use crate::serve::Page;

/// The ways from a page to its editions, where there are two.
pub(super) fn links(shown: &Shown, about: &str) -> Vec<(String, String)> {
    if shown.project.config.editions.public.is_none() {
        return Vec::new();
    }
    let Some((here, address)) = shown.view(about) else { return Vec::new() };
    // Neither edition is made for this: a page that is no document's is in both, or its link leads nowhere.
    let document = shown.document_at(address);
    let whole = |(_, reason): &(Span, Reason)| reason.is_of_whole();
    let public = document.is_none_or(|document| !parts(shown, document).iter().any(whole));
    let mut links = Vec::new();
    if here != Audience::Internal {
        links.push(("Internal edition".to_owned(), format!("/@internal/{address}")));
    }
    if public && here != Audience::Public {
        links.push(("Public edition".to_owned(), format!("/@public/{address}")));
    }
    if public {
        links.push(("Side by side".to_owned(), format!("/.afterword/compare/{address}")));
    }
    if document.is_some() {
        links.push(("What the public does not see".to_owned(), format!("/.afterword/withheld/{address}")));
    }
    links
}

/// What the public does not see of a document, in the preview as it is run.
fn parts(shown: &Shown, document: DocumentRef<'_>) -> Vec<(Span, Reason)> {
    let Settings { edition, build, .. } = &shown.settings;
    withheld_from_public(document, &shown.project.config, edition.drafts, build.today)
}

/// Both editions of a page in frames.
pub(super) fn compare(shown: &Shown, address: &str) -> Option<Page> {
    shown.edition(Audience::Public)?.route(address)?;
    let frame = |audience: Audience, words: &str| {
        let address = format!("/@{}/{}", audience.name(), escape(address));
        format!(
            "<section>\n<h2><a href=\"{address}\">{words}</a></h2>\n<iframe src=\"{address}\" title=\"{words}\"></iframe>\n</section>\n"
        )
    };
    let frames = [frame(Audience::Internal, "Internal edition"), frame(Audience::Public, "Public edition")].concat();
    let body = format!("<header><h1>/{}</h1></header>\n<main>\n{frames}</main>", escape(address));
    Some(Page { frames: true, ..framed("Side by side", "afterword-page afterword-compare", &body) })
}

/// What the public edition does not show of a page, as it is written, each with the reason.
pub(super) fn withheld(shown: &Shown, address: &str) -> Option<Page> {
    shown.project.config.editions.public.as_ref()?;
    let document = shown.document_at(address)?;
    let path = document.head().path.clone();
    let parts = parts(shown, document);
    let text = shown.project.text(&path)?;
    let written = Written { shown, path: &path, text, lines: LineIndex::new(text) };
    let mut body = String::new();
    let page = format!("<a href=\"/@internal/{0}\">/{0}</a>", escape(address));
    let _ = match parts.as_slice() {
        [] => writeln!(body, "<p>The public reads all of {page}.</p>"),
        [(span, reason)] if reason.is_of_whole() => {
            writeln!(body, "<p>{page} is not in the public edition: {}. {}</p>", in_html(reason.words()), written.place(*span))
        }
        parts => {
            let count = counted(parts.len(), "part");
            writeln!(body, "<p>Of {page} the public does not read {count}. <a href=\"/@public/{}\">What it reads</a></p>", escape(address))
        }
    };
    if !parts.iter().any(|(_, reason)| reason.is_of_whole()) {
        body.push_str("<ol class=\"findings\">\n");
        for (span, reason) in parts {
            let (place, why, excerpt) = (written.place(span), in_html(reason.words()), written.excerpt(span));
            let _ = writeln!(body, "<li class=\"finding\"><p>{place}: {why}</p>\n{excerpt}</li>");
        }
        body.push_str("</ol>\n");
    }
    Some(whole_page("What the public does not see", &body))
}

/// A file as it is written.
struct Written<'s> {
    shown: &'s Shown,
    path: &'s SourcePath,
    text: &'s str,
    lines: LineIndex,
}

impl Written<'_> {
    /// The place of a stretch, leading into the editor where there is one.
    fn place(&self, span: Span) -> String {
        let position: Position = self.lines.position(self.text, span.start);
        let words = format!("<span class=\"place\">{}:{}</span>", escape(self.path.as_str()), position.line);
        match &self.shown.settings.editor {
            Some(editor) => format!("<a href=\"{}\">{words}</a>", escape(&editor.address(&self.shown.settings.root, self.path, position))),
            None => words,
        }
    }

    fn excerpt(&self, span: Span) -> String {
        let end = self.text.len().min(span.end as usize);
        let written = self.text.get(span.start as usize..end).unwrap_or_default();
        format!("<pre tabindex=\"0\"><code>{}</code></pre>\n", escape(written.trim_end()))
    }
}
