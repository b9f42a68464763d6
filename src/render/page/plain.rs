//! A page that is not a postmortem.

use serde::Serialize;

use super::view::{Crumb, DocumentLink, Foreign, Framed, copies, edit_url, foreign, frame, mentioned_by, meta};
use crate::model::{DocumentId, Page};
use crate::render::prose::{Prose, outline};
use crate::render::wording::{excerpt, reading_time};
use crate::site::{Route, Site};

#[derive(Debug, Serialize)]
pub(super) struct Plain {
    title_html: String,
    foreign: Option<Foreign>,
    lead_html: String,
    sections: Vec<PlainSection>,
    footnotes_html: String,
    toc: Vec<Contents>,
    mentioned_by: Vec<DocumentLink>,
    /// The file, from the project folder.
    path: String,
    /// "10 min read"
    reading: String,
}

#[derive(Debug, Serialize)]
struct PlainSection {
    /// The fragment of its heading.
    id: String,
    /// Of its heading: 2 to 6.
    level: u8,
    /// The canonical section it is; empty for one of the author's own.
    key: String,
    title: String,
    title_html: String,
    pieces: Vec<PlainPiece>,
}

#[derive(Debug, Serialize)]
struct PlainPiece {
    /// Always `prose`.
    kind: &'static str,
    html: String,
}

/// An entry of a table of contents.
#[derive(Debug, Serialize)]
pub(super) struct Contents {
    /// The fragment it leads to.
    pub(super) id: String,
    pub(super) title: String,
    /// Of the heading: 2 to 6.
    pub(super) level: u8,
}

pub(super) fn view(site: &Site, n: usize, page: &Page) -> Framed<Plain> {
    let words = site.words();
    let prose = Prose::new(site, DocumentId::Page(n), &site.url(Route::Page(n)));
    let lead_html = prose.blocks(&page.body.lead);
    let levels = outline(page.body.sections.iter().map(|section| section.level));
    let sections: Vec<PlainSection> = page
        .body
        .sections
        .iter()
        .zip(levels)
        .map(|(section, level)| PlainSection {
            id: section.id.to_string(),
            level,
            key: section.key.clone().unwrap_or_default(),
            title: crate::markdown::text::plain_text(&section.title),
            title_html: prose.line(&section.title),
            pieces: section.prose().map(|blocks| PlainPiece { kind: "prose", html: prose.blocks(blocks) }).collect(),
        })
        .collect();
    let mut meta = meta(site, "page", page.head.title_text.clone(), site.url(Route::Page(n)));
    meta.crumbs = above(site, &meta.url);
    meta.edit_url = edit_url(site, &page.head.path);
    meta.copies = copies(site, [("Markdown", "text/markdown", Route::Markdown(DocumentId::Page(n)))]);
    meta.description = excerpt(&super::view::first_words(&page.body.lead), 200);
    let view = Plain {
        title_html: prose.line(&page.head.title),
        foreign: foreign(site, page.head.language.as_ref()),
        lead_html,
        toc: sections
            .iter()
            .filter(|s| s.level <= 3)
            .map(|s| Contents { id: s.id.clone(), title: s.title.clone(), level: s.level })
            .collect(),
        sections,
        footnotes_html: prose.footnotes(),
        mentioned_by: mentioned_by(site, DocumentId::Page(n)),
        path: page.head.path.to_string(),
        reading: reading_time(words, page.head.words),
    };
    frame(site, meta, view)
}

/// The pages of the folders that a page lies in, from the top of the site.
fn above(site: &Site, url: &str) -> Vec<Crumb> {
    let own = url.trim_end_matches('/');
    let folders = own.match_indices('/').filter_map(|(at, _)| url.get(..=at));
    let crumb = |folder: &str| match site.route(folder) {
        Some(Route::Page(n)) => Some(Crumb { title: site.page(n)?.head.title_text.clone(), url: folder.to_owned() }),
        _ => None,
    };
    folders.filter_map(crumb).collect()
}
