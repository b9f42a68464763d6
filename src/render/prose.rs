//! A document's Markdown as HTML, with its links led to where they go on this site.

use std::cell::RefCell;

use super::wording::excerpt;
use super::wording::text_label;
use crate::knowledge::Target;
use crate::knowledge::glossary::{Glossary, TermMention};
use crate::markdown::html::{HtmlWriter, Layout, Mention, Part, id_within};
use crate::markdown::text::plain_text;
use crate::markdown::walk::LinkRole;
use crate::markdown::{Block, BlockKind, Inline, Link, SafeUrl, escape};
use crate::model::{Body, DocumentId, DocumentRef, Piece, Section, WrittenLink};
use crate::site::{Site, root_of};

/// Prints the text of one document, in parts; footnotes and tables are numbered over the whole. On the document's own page, terms of the
/// glossary are linked where its text mentions them first: the parts are to be printed in the order in which they are read.
pub(super) struct Prose<'a> {
    site: &'a Site,
    id: DocumentId,
    root: String,
    links: &'a [WrittenLink],
    layout: Layout<'a>,
    terms: Option<Terms<'a>>,
    within: Option<Within<'a>>,
    /// Whether the rest of the document is on another page, so that links within it lead there.
    is_apart: bool,
}

/// Where a document stands on a page that holds several, each below a heading of the second level.
#[derive(Debug, Clone, Copy)]
pub(super) struct Within<'a> {
    /// The number of the document. The postmortems have theirs from 1.
    pub(super) number: usize,
    /// The postmortems on the page, in order.
    pub(super) postmortems: &'a [usize],
}

impl Within<'_> {
    /// The fragment that leads to a part of a document on the page, or where that is empty to the whole of it; nothing where the document is
    /// not there.
    fn fragment(self, id: DocumentId, part: &str) -> Option<String> {
        let DocumentId::Postmortem(n) = id else { return None };
        let number = self.postmortems.iter().position(|other| *other == n)? + 1;
        Some(if part.is_empty() { part_id(number) } else { id_within(number, part) })
    }
}

/// The identifier of a whole document among several on a page.
pub(super) fn part_id(number: usize) -> String {
    format!("part-{number}")
}

/// The terms of the glossary on one page.
struct Terms<'a> {
    glossary: &'a Glossary,
    /// Those that are not linked any more: one link to each is enough, and what the title names is what the page is about.
    done: RefCell<Vec<bool>>,
}

/// How much of a definition a link tells, in characters.
const TOLD: usize = 160;

impl<'a> Prose<'a> {
    /// The text of the document `id`, to be printed on the page at `url`.
    pub(super) fn new(site: &'a Site, id: DocumentId, url: &str) -> Self {
        let document = site.corpus().get(id);
        let parts = document.map(parts).unwrap_or_default();
        let links = document.map_or(&[][..], |document| &document.head().links);
        let own = document.filter(|_| site.document_url(id) == url);
        let terms = own.and_then(|document| Terms::of(site, id, &document.head().title_text));
        Self { site, id, root: root_of(url), links, layout: Layout::of_parts(&parts, 2), terms, within: None, is_apart: false }
    }

    /// Stretches of the document `id`, to be printed on a page at `url` that gathers from many: without footnotes, which belong to the whole.
    pub(super) fn gathered(site: &'a Site, id: DocumentId, url: &str) -> Self {
        let links = site.corpus().get(id).map_or(&[][..], |document| &document.head().links);
        Self { site, id, root: root_of(url), links, layout: Layout::default(), terms: None, within: None, is_apart: true }
    }

    /// The whole text of the document `id`, to be printed on the page at `url` among others. Terms of the glossary are not linked.
    pub(super) fn within(site: &'a Site, id: DocumentId, url: &str, within: Within<'a>) -> Self {
        let document = site.corpus().get(id);
        let parts = document.map(parts).unwrap_or_default();
        let links = document.map_or(&[][..], |document| &document.head().links);
        let layout = Layout::of_parts(&parts, 3).numbered(within.number);
        Self { site, id, root: root_of(url), links, layout, terms: None, within: Some(within), is_apart: false }
    }

    /// An identifier of the document as it is on the page.
    pub(super) fn anchor(&self, id: &str) -> String {
        self.within.map_or_else(|| id.to_owned(), |within| id_within(within.number, id))
    }

    /// A level of a heading of the document, as it is on its own page, on this one.
    pub(super) fn level(&self, level: u8) -> u8 {
        if self.within.is_some() { (level + 1).min(6) } else { level }
    }

    /// Inlines of a title, a summary or an action, without anything around them. Terms of the glossary are not linked.
    pub(super) fn line(&self, inlines: &[Inline]) -> String {
        self.write(|writer| writer.inlines(inlines))
    }

    /// Blocks.
    pub(super) fn blocks(&self, blocks: &[Block]) -> String {
        self.write_linked(|writer| writer.blocks(blocks))
    }

    /// Blocks of a section. A glossary of its own explains its words itself.
    pub(super) fn section(&self, section: &Section, blocks: &[Block]) -> String {
        if section.key.as_deref() == Some("glossary") { self.write(|writer| writer.blocks(blocks)) } else { self.blocks(blocks) }
    }

    /// Blocks in the place of a line: a single paragraph is printed without `<p>`.
    pub(super) fn flow(&self, blocks: &[Block]) -> String {
        match blocks {
            [Block { kind: BlockKind::Paragraph(inlines), .. }] => self.write_linked(|writer| writer.inlines(inlines)),
            blocks => self.blocks(blocks),
        }
    }

    /// The footnotes that are referred to, to be put last.
    pub(super) fn footnotes(&self) -> String {
        self.write(|writer| writer.footnotes())
    }

    /// The whole body of a page, headings and footnotes included.
    pub(super) fn whole(&self, body: &Body) -> String {
        let mut html = self.blocks(&body.lead);
        html.push_str(&self.sections(body));
        html.push_str(&self.footnotes());
        html
    }

    /// The sections of a page, headings included.
    pub(super) fn sections(&self, body: &Body) -> String {
        let mut html = String::new();
        for (section, level) in body.sections.iter().zip(outline(body.sections.iter().map(|section| section.level))) {
            let (level, id) = (self.level(level), self.anchor(&section.id));
            let heading = format!("<h{level} id=\"{}\">{}</h{level}>\n", escape(&id), self.line(&section.title));
            html.push_str(&heading);
            for blocks in section.prose() {
                html.push_str(&self.blocks(blocks));
            }
        }
        html
    }

    /// Whether a definition of a footnote is referred to; others are not shown.
    pub(super) fn shows(&self, footnote: &Block) -> bool {
        matches!(&footnote.kind, BlockKind::Footnote { blocks, .. } if self.layout.prints(blocks))
    }

    fn write(&self, print: impl FnOnce(HtmlWriter<'_>) -> String) -> String {
        let resolve = |link: &Link, role: LinkRole| self.address(link, role);
        print(HtmlWriter {
            resolve: &resolve,
            highlight: self.site.highlighter(),
            layout: &self.layout,
            label: &|label| text_label(self.site.words(), label),
            mentions: None,
        })
    }

    /// The same with terms of the glossary linked.
    fn write_linked(&self, print: impl FnOnce(HtmlWriter<'_>) -> String) -> String {
        let Some(terms) = &self.terms else { return self.write(print) };
        let url = format!("{}{}", self.root, self.site.document_url(DocumentId::Page(terms.glossary.page)));
        let mentions = |text: &str| terms.mentions(text, &url);
        self.write(|writer| print(HtmlWriter { mentions: Some(&mentions), ..writer }))
    }

    /// Where a link leads, seen from the page; nothing where it leads nowhere.
    pub(super) fn address(&self, link: &Link, _role: LinkRole) -> Option<SafeUrl> {
        let known = self.links.binary_search_by_key(&link.target_span.start, |written| written.target.span.start);
        let target = known.ok().and_then(|n| self.site.knowledge().references.of(self.id).get(n));
        let Some(target) = target else {
            // A link of the metadata: only one that leads out needs no knowledge of the rest.
            return SafeUrl::new(&link.target).filter(SafeUrl::is_external);
        };
        let below_root = |url: &str| SafeUrl::new(&format!("{}{url}", self.root));
        match target {
            Target::External => SafeUrl::new(&link.target),
            Target::Document { id, fragment, found } => {
                let fragment = if *found { fragment.as_str() } else { "" };
                if *id == self.id && !self.is_apart && !fragment.is_empty() {
                    return SafeUrl::new(&format!("#{}", self.anchor(fragment)));
                }
                if let Some(here) = self.within.and_then(|within| within.fragment(*id, fragment)) {
                    return SafeUrl::new(&format!("#{here}"));
                }
                let anchor = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
                below_root(&format!("{}{anchor}", self.site.document_url(*id)))
            }
            Target::Attachment(path) => below_root(&self.site.attachment_url(path)?),
            Target::Address(path) => below_root(path.trim_start_matches('/')),
            Target::Foreign | Target::Broken => None,
        }
    }
}

impl<'a> Terms<'a> {
    /// The terms to be linked on the page of a document; none on that of the glossary itself.
    fn of(site: &'a Site, id: DocumentId, title: &str) -> Option<Self> {
        let glossary = site.glossary().filter(|glossary| DocumentId::Page(glossary.page) != id)?;
        let terms = Self { glossary, done: RefCell::new(vec![false; glossary.terms.len()]) };
        glossary.mentions(title).iter().for_each(|mention| _ = terms.is_new(mention.term));
        Some(terms)
    }

    /// The terms that a text is the first to mention, with links to the glossary at `url`.
    fn mentions(&self, text: &str, url: &str) -> Vec<Mention> {
        let found = self.glossary.mentions(text).into_iter().filter(|mention| self.is_new(mention.term));
        let link = |mention: TermMention| {
            let term = self.glossary.terms.get(mention.term)?;
            let url = format!("{url}#{}", term.id.as_ref()?);
            Some(Mention { range: mention.range, url, title: excerpt(&term.definition, TOLD) })
        };
        found.filter_map(link).collect()
    }

    /// Whether a term has not been met before; from now on it has.
    fn is_new(&self, term: usize) -> bool {
        self.done.borrow_mut().get_mut(term).is_some_and(|done| !std::mem::replace(done, true))
    }
}

/// Everything of a document that is printed, in order.
fn parts(document: DocumentRef<'_>) -> Vec<Part<'_>> {
    let body = document.body();
    let mut parts = vec![Part::Blocks(&body.lead)];
    for section in &body.sections {
        parts.push(Part::Inlines(&section.title));
        for piece in &section.content {
            match (piece, document) {
                (Piece::Prose(blocks), _) => parts.push(Part::Blocks(blocks)),
                (Piece::Timeline { first, end }, DocumentRef::Postmortem(postmortem)) => {
                    let events = postmortem.timeline.get(*first..*end).unwrap_or_default();
                    parts.extend(events.iter().map(|event| Part::Blocks(&event.content)));
                }
                (Piece::Actions { first, end }, DocumentRef::Postmortem(postmortem)) => {
                    let actions = postmortem.actions.get(*first..*end).unwrap_or_default();
                    parts.extend(actions.iter().map(|action| Part::Inlines(&action.content)));
                }
                _ => {}
            }
        }
    }
    parts.push(Part::Blocks(&body.footnotes));
    parts
}

/// A title as HTML without a document around it: what links it holds are printed as text, because a title is a link itself wherever it is
/// listed.
pub(super) fn title(inlines: &[Inline], site: &Site) -> String {
    if inlines.iter().all(|inline| matches!(inline.kind, crate::markdown::InlineKind::Text(_))) {
        return escape(&plain_text(inlines));
    }
    let layout = Layout::default();
    HtmlWriter {
        resolve: &|_, _| None,
        highlight: site.highlighter(),
        layout: &layout,
        label: &|label| text_label(site.words(), label),
        mentions: None,
    }
    .inlines(inlines)
}

/// Blocks without a document around them, below a heading of the second level: what links and footnotes they refer to is left out, because in a
/// drill it would tell what is to come.
pub(super) fn unlinked(blocks: &[Block], site: &Site) -> String {
    let layout = Layout::of(blocks, 3);
    let writer = HtmlWriter {
        resolve: &|_, _| None,
        highlight: site.highlighter(),
        layout: &layout,
        label: &|label| text_label(site.words(), label),
        mentions: None,
    };
    match blocks {
        [Block { kind: BlockKind::Paragraph(inlines), .. }] => writer.inlines(inlines),
        blocks => writer.blocks(blocks),
    }
}

/// The levels headings are printed with: from 2, because the title is the page's one `h1`, and without skipping a level.
pub(super) fn outline(written: impl Iterator<Item = u8>) -> Vec<u8> {
    let mut open: Vec<u8> = Vec::new();
    written
        .map(|level| {
            while open.last().is_some_and(|above| *above >= level) {
                open.pop();
            }
            open.push(level);
            u8::try_from(open.len() + 1).unwrap_or(6).min(6)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::outline;

    #[test]
    fn levels_begin_at_two_and_skip_none() {
        assert_eq!(outline([1, 2, 2, 3].into_iter()), [2, 3, 3, 4]);
        assert_eq!(outline([2, 4, 3, 2].into_iter()), [2, 3, 3, 2]);
        assert_eq!(outline([3, 1, 6].into_iter()), [2, 2, 3]);
    }
}
