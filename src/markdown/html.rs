//! The tree as HTML that holds nothing an author could do harm with.
//!
//! Text goes through one escape function, addresses are [`SafeUrl`]s, raw HTML is printed as text, comments are not printed, attributes of
//! headings and unknown languages of code are dropped. No picture of another site is embedded, so that reading a page asks nobody else.
//!
//! A page may print a document in parts. What only the whole can tell, the levels of headings and the numbers of footnotes and tables, is
//! settled before by [`Layout`].

mod layout;

use std::ops::Range;

pub use layout::{Layout, Part, id_within};

use super::escape::{escape, push_escaped};
use super::text::plain_text;
use super::walk::LinkRole;
use super::{
    Alignment, Block, BlockKind, CodeBlock, Definition, Heading, Highlighter, Inline, InlineKind, Link, List, ListItem, Quote, SafeUrl,
    Table, TableRow,
};

/// From this number of columns on, a table is told to stack its cells on narrow screens.
const STACKED_COLUMNS: usize = 4;
/// The longest text of a heading cell that is repeated at each cell below it, and of a table's name, in characters.
const MAX_LABEL: usize = 40;
const MAX_NAME: usize = 120;
/// The widest cell HTML allows.
const MAX_COLSPAN: usize = 1000;

/// The alerts that everybody knows: <https://docs.github.com/en/get-started/writing-on-github>. Any other word is a plain quote with a title.
pub const ALERTS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// A stretch of running text that leads somewhere without its author having said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// Where it leads.
    pub url: String,
    /// What a pointer that rests on it is told.
    pub title: String,
}

/// What finds mentions in a stretch of running text: in order, none within another.
pub type Mentions<'a> = &'a dyn Fn(&str) -> Vec<Mention>;

/// Something that is printed beside the words of the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label<'a> {
    /// The mark of a task that is done.
    Done,
    /// The mark of one that is not.
    NotDone,
    /// The reference to the footnote of this number.
    Footnote(&'a str),
    /// The way back from it: the number, and for a further reference which, "2-3".
    Back(&'a str),
    /// A table by its number, where the page has several, and the names of its columns, where it has any.
    Table {
        /// Its place among the tables of the document, from 1 on.
        number: Option<&'a str>,
        /// "Time, Event"
        columns: &'a str,
    },
    /// The footnotes, of the document of this number where the page has several.
    Footnotes(Option<usize>),
    /// The title of an alert: a word of [`ALERTS`].
    Alert(&'a str),
}

/// Prints blocks and inlines. Cheap to make.
#[derive(Clone, Copy)]
pub struct HtmlWriter<'a> {
    /// Where a link or image leads on the page that is being made; nothing where it leads nowhere: then its text is printed.
    pub resolve: &'a dyn Fn(&Link, LinkRole) -> Option<SafeUrl>,
    /// What colours code.
    pub highlight: &'a Highlighter,
    /// What is known of the whole document. With an empty one, headings keep their levels (but none is above the second) and footnotes are
    /// left out.
    pub layout: &'a Layout<'a>,
    /// The words of a label, in the language of the page.
    pub label: &'a dyn Fn(Label<'_>) -> String,
    /// What finds mentions, where they are to be linked. It is not asked about headings, those of columns included, terms that are defined, links
    /// and code.
    pub mentions: Option<Mentions<'a>>,
}

impl HtmlWriter<'_> {
    /// The blocks as HTML. Footnotes are not among it: see [`HtmlWriter::footnotes`].
    #[must_use]
    pub fn blocks(&self, blocks: &[Block]) -> String {
        let mut page = Page::new(*self);
        page.blocks(blocks);
        page.out
    }

    /// The inlines as HTML, without anything around them.
    #[must_use]
    pub fn inlines(&self, inlines: &[Inline]) -> String {
        let mut page = Page::new(*self);
        page.inlines(inlines);
        page.out
    }

    /// The footnotes that are referred to, as a section to be put last; empty where there are none.
    #[must_use]
    pub fn footnotes(&self) -> String {
        let mut page = Page::new(*self);
        page.footnotes();
        page.out
    }
}

/// The page as it grows.
struct Page<'a> {
    writer: HtmlWriter<'a>,
    out: String,
    /// Whether a link is open: HTML allows none within it.
    inside_link: bool,
}

impl<'a> Page<'a> {
    fn new(writer: HtmlWriter<'a>) -> Self {
        Self { writer, out: String::new(), inside_link: false }
    }

    /// What is no running text: mentions in it are not linked.
    fn caption(&mut self, content: &[Inline]) {
        let mentions = self.writer.mentions.take();
        self.inlines(content);
        self.writer.mentions = mentions;
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        self.start_line();
        match &block.kind {
            BlockKind::Paragraph(content) => self.paragraph(content),
            BlockKind::Heading(heading) => self.heading(heading),
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => self.table(table, block.span.start),
            BlockKind::Code(code) => self.code(code),
            BlockKind::Quote(quote) => self.quote(quote),
            BlockKind::Definitions(entries) => self.definitions(entries),
            BlockKind::Html(html) => self.raw_html(html),
            BlockKind::Rule => self.out.push_str("<hr>\n"),
            BlockKind::Comment(_) | BlockKind::Footnote { .. } => {}
        }
    }

    fn paragraph(&mut self, content: &[Inline]) {
        if !is_blank(content) {
            self.out.push_str("<p>");
            self.inlines(content);
            self.out.push_str("</p>\n");
        }
    }

    /// The link to the heading itself is for the mouse: hidden from screen readers, which would read it as part of the heading, and
    /// therefore from the keyboard too.
    fn heading(&mut self, heading: &Heading) {
        if is_blank(&heading.content) {
            return;
        }
        let layout = self.writer.layout;
        let (level, id) = (layout.level(heading).to_string(), layout.id(&heading.id));
        self.push(&["<h", &level, " id=\""]);
        self.text(&id);
        self.out.push_str("\">");
        self.caption(&heading.content);
        self.out.push_str(" <a class=\"anchor\" href=\"#");
        self.text(&id);
        self.push(&["\" aria-hidden=\"true\" tabindex=\"-1\" data-pagefind-ignore>#</a></h", &level, ">\n"]);
    }

    fn list(&mut self, list: &List) {
        let tasks = if list.items.iter().any(|item| item.task.is_some()) { " class=\"tasks\"" } else { "" };
        let name = match list.start {
            None => "ul",
            Some(_) => "ol",
        };
        self.push(&["<", name, tasks]);
        if let Some(start) = list.start.filter(|start| *start != 1) {
            self.push(&[" start=\"", &start.to_string(), "\""]);
        }
        self.out.push_str(">\n");
        for item in &list.items {
            self.item(item, list.tight);
        }
        self.push(&["</", name, ">\n"]);
    }

    fn item(&mut self, item: &ListItem, tight: bool) {
        let (class, sign) = match item.task {
            None => ("", None),
            Some(true) => (" class=\"task done\"", Some((Label::Done, "☑"))),
            Some(false) => (" class=\"task\"", Some((Label::NotDone, "☐"))),
        };
        let mark = sign.map_or_else(String::new, |(label, sign)| {
            format!("<span class=\"mark\" role=\"img\" aria-label=\"{}\">{sign}</span> ", escape(&(self.writer.label)(label)))
        });
        self.push(&["<li", class, ">"]);
        let mut blocks = item.blocks.iter();
        match item.blocks.first().map(|block| &block.kind) {
            Some(BlockKind::Paragraph(content)) if !tight && !is_blank(content) => {
                self.push(&["\n<p>", &mark]);
                self.inlines(content);
                self.out.push_str("</p>\n");
                blocks.next();
            }
            _ => self.out.push_str(&mark),
        }
        let start = self.out.len();
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(content) if tight => {
                    if self.out.len() > start {
                        self.start_line();
                    }
                    self.inlines(content);
                }
                BlockKind::Comment(_) => {}
                _ => self.block(block),
            }
        }
        self.out.push_str("</li>\n");
    }

    /// A table may be wider than the screen, so it scrolls in a region of its own, which the keyboard can reach and which has a name.
    fn table(&mut self, table: &Table, place: u32) {
        let labels: Vec<String> = table.header.cells.iter().map(|cell| shortened(&plain_text(&cell.content), MAX_LABEL)).collect();
        let stacked = labels.len() >= STACKED_COLUMNS;
        let named: Vec<&str> = labels.iter().map(String::as_str).filter(|label| !label.is_empty()).collect();
        let number = self.writer.layout.table_number(place);
        let name = (self.writer.label)(Label::Table { number: number.as_deref(), columns: &named.join(", ") });
        self.out.push_str("<section class=\"table\" tabindex=\"0\" aria-label=\"");
        self.text(&shortened(&name, MAX_NAME));
        self.push(&["\">\n<table", if stacked { " class=\"stack\"" } else { "" }, ">\n<thead>\n<tr>\n"]);
        for (cell, alignment) in table.header.cells.iter().zip(alignments(table)) {
            let (start, end) = if is_blank(&cell.content) { ("<td", "</td>\n") } else { ("<th scope=\"col\"", "</th>\n") };
            self.push(&[start, alignment, ">"]);
            self.caption(&cell.content);
            self.out.push_str(end);
        }
        self.out.push_str("</tr>\n</thead>\n");
        if !table.rows.is_empty() {
            self.out.push_str("<tbody>\n");
            for row in &table.rows {
                self.row(row, table, if stacked { &labels } else { &[] });
            }
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n</section>\n");
    }

    fn row(&mut self, row: &TableRow, table: &Table, labels: &[String]) {
        self.out.push_str("<tr>\n");
        for (index, (cell, alignment)) in row.cells.iter().zip(alignments(table)).enumerate() {
            self.push(&["<td", alignment]);
            if let Some(label) = labels.get(index).filter(|label| !label.is_empty()) {
                self.out.push_str(" data-label=\"");
                self.text(label);
                self.out.push('"');
            }
            self.out.push('>');
            self.inlines(&cell.content);
            self.out.push_str("</td>\n");
        }
        // One wide cell for those that are missing: a wide table of short rows must not grow without bound.
        match table.header.cells.len().saturating_sub(row.cells.len()).min(MAX_COLSPAN) {
            0 => {}
            1 => self.out.push_str("<td></td>\n"),
            missing => self.push(&["<td colspan=\"", &missing.to_string(), "\"></td>\n"]),
        }
        self.out.push_str("</tr>\n");
    }

    /// Code scrolls, so the keyboard must reach it.
    fn code(&mut self, code: &CodeBlock) {
        let language = code.language.as_deref();
        self.out.push_str("<pre tabindex=\"0\"><code");
        if let Some(name) = language.and_then(|language| self.writer.highlight.canonical_name(language)) {
            self.push(&[" class=\"language-", name, "\""]);
        }
        self.out.push('>');
        self.out.push_str(&self.writer.highlight.highlight(language, &code.text));
        self.out.push_str("</code></pre>\n");
    }

    fn quote(&mut self, quote: &Quote) {
        let word = quote.marker.as_ref().map(|marker| &*marker.value);
        let alert = word.filter(|word| ALERTS.contains(word)).map(str::to_lowercase);
        match &alert {
            Some(alert) => self.push(&["<div class=\"alert alert-", alert, "\" role=\"note\">\n"]),
            None => self.out.push_str("<blockquote>\n"),
        }
        if let Some(word) = word {
            self.alert_title(word);
        }
        self.blocks(&quote.blocks);
        self.start_line();
        self.out.push_str(if alert.is_some() { "</div>\n" } else { "</blockquote>\n" });
    }

    /// The title of an alert; a word that is none of the known ones is a title itself: `BUG` as `Bug`.
    fn alert_title(&mut self, word: &str) {
        let mut letters = word.chars();
        let title = if ALERTS.contains(&word) {
            (self.writer.label)(Label::Alert(word))
        } else {
            letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
        };
        self.out.push_str("<p class=\"alert-title\">");
        self.text(&title);
        self.out.push_str("</p>\n");
    }

    fn definitions(&mut self, entries: &[Definition]) {
        self.out.push_str("<dl>\n");
        for entry in entries {
            self.out.push_str("<dt id=\"");
            self.text(&self.writer.layout.id(&entry.id));
            self.out.push_str("\">");
            self.caption(&entry.term);
            self.out.push_str("</dt>\n");
            for blocks in &entry.definitions {
                self.out.push_str("<dd>");
                match blocks.as_slice() {
                    [Block { kind: BlockKind::Paragraph(content), .. }] => self.inlines(content),
                    blocks => self.blocks(blocks),
                }
                self.out.push_str("</dd>\n");
            }
        }
        self.out.push_str("</dl>\n");
    }

    /// One line reads best as a line of text, more as code.
    fn raw_html(&mut self, html: &str) {
        let (start, end) = if html.contains('\n') {
            ("<pre class=\"raw-html\" tabindex=\"0\"><code>", "</code></pre>\n")
        } else {
            ("<p class=\"raw-html\">", "</p>\n")
        };
        self.out.push_str(start);
        self.text(html);
        self.out.push_str(end);
    }

    fn footnotes(&mut self) {
        let notes = self.writer.layout.notes();
        if notes.is_empty() {
            return;
        }
        let layout = self.writer.layout;
        self.out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.text(&(self.writer.label)(Label::Footnotes(layout.number())));
        self.out.push_str("\">\n<ol>\n");
        for note in notes {
            self.push(&["<li id=\"", &layout.id(&note.id()), "\">"]);
            let (last, others) = match note.blocks.split_last() {
                Some((Block { kind: BlockKind::Paragraph(content), .. }, others)) if !is_blank(content) => (content.as_slice(), others),
                _ => (&[][..], note.blocks),
            };
            self.blocks(others);
            self.start_line();
            self.out.push_str("<p>");
            self.inlines(last);
            for ordinal in 1..=note.references {
                let count = if ordinal == 1 { String::new() } else { ordinal.to_string() };
                let number = if ordinal == 1 { note.number.to_string() } else { format!("{}-{ordinal}", note.number) };
                self.push(&[" <a class=\"backref\" href=\"#", &layout.id(&note.reference_id(ordinal)), "\" aria-label=\""]);
                self.text(&(self.writer.label)(Label::Back(&number)));
                self.push(&["\">↩", &count, "</a>"]);
            }
            self.out.push_str("</p>\n</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    fn inlines(&mut self, mut inlines: &[Inline]) {
        let mentions = self.writer.mentions.filter(|_| !self.inside_link);
        while let Some((first, rest)) = inlines.split_first() {
            inlines = rest;
            let (Some(text), Some(find)) = (running(first), mentions) else {
                self.inline(first);
                continue;
            };
            // A name may be broken over lines.
            let further = rest.iter().map_while(running).count();
            if further == 0 {
                self.linked(text, find);
            } else {
                let joined: String = std::iter::once(text).chain(rest.iter().map_while(running)).collect();
                self.linked(&joined, find);
                inlines = rest.get(further..).unwrap_or_default();
            }
        }
    }

    /// Running text with its mentions as links.
    fn linked(&mut self, text: &str, find: Mentions<'_>) {
        let mut done = 0;
        for mention in find(text) {
            let Some(words) = text.get(mention.range.clone()).filter(|_| done <= mention.range.start) else { continue };
            self.text(text.get(done..mention.range.start).unwrap_or_default());
            self.out.push_str("<a class=\"term\" href=\"");
            self.text(&mention.url);
            self.title(&mention.title);
            self.out.push_str("\">");
            self.text(words);
            self.out.push_str("</a>");
            done = mention.range.end;
        }
        self.text(text.get(done..).unwrap_or_default());
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Html(text) => self.text(text),
            InlineKind::Code(code) => {
                self.out.push_str("<code>");
                self.text(code);
                self.out.push_str("</code>");
            }
            InlineKind::Emphasis(content) => self.element("em", content),
            InlineKind::Strong(content) => self.element("strong", content),
            InlineKind::Strikethrough(content) => self.element("del", content),
            InlineKind::Link(link) => self.link(link),
            InlineKind::Image(image) => self.image(image),
            InlineKind::FootnoteReference(_) => self.footnote_reference(inline.span.start),
            InlineKind::Comment(_) => {}
            InlineKind::SoftBreak => self.out.push('\n'),
            InlineKind::HardBreak => self.out.push_str("<br>\n"),
        }
    }

    fn element(&mut self, name: &str, content: &[Inline]) {
        self.push(&["<", name, ">"]);
        self.inlines(content);
        self.push(&["</", name, ">"]);
    }

    fn link(&mut self, link: &Link) {
        let url = (self.writer.resolve)(link, LinkRole::Link).filter(|_| !self.inside_link);
        let Some(url) = url else {
            return self.inlines(&link.content);
        };
        // A link without words has no name: it shows its address.
        let nameless = plain_text(&link.content).trim().is_empty();
        self.open_link(&url, "", &link.title);
        self.inside_link = true;
        self.inlines(&link.content);
        self.inside_link = false;
        if nameless {
            self.text(&link.target);
        }
        self.out.push_str("</a>");
    }

    fn image(&mut self, image: &Link) {
        let description = plain_text(&image.content);
        match (self.writer.resolve)(image, LinkRole::Image) {
            Some(url) if url.is_relative() => {
                self.out.push_str("<img src=\"");
                self.text(url.as_str());
                self.out.push_str("\" alt=\"");
                self.text(&description);
                self.title(&image.title);
                self.out.push_str("\" loading=\"lazy\">");
            }
            Some(url) if url.is_external() && !self.inside_link => {
                self.open_link(&url, " class=\"external-image\"", &image.title);
                self.text(if description.trim().is_empty() { &image.target } else { &description });
                self.out.push_str("</a>");
            }
            _ => self.text(&description),
        }
    }

    fn open_link(&mut self, url: &SafeUrl, class: &str, title: &str) {
        self.push(&["<a", class, " href=\""]);
        self.text(url.as_str());
        self.title(title);
        self.out.push_str(if url.is_external() { "\" rel=\"noopener\">" } else { "\">" });
    }

    /// The end of one attribute and a title without its own end.
    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            self.text(title);
        }
    }

    fn footnote_reference(&mut self, place: u32) {
        let layout = self.writer.layout;
        let Some(reference) = layout.reference(place) else { return };
        let (number, id, note) = (reference.number.to_string(), reference.id(), reference.note_id());
        let (id, note) = (layout.id(&id), layout.id(&note));
        if self.inside_link {
            return self.push(&["<sup id=\"", &id, "\">", &number, "</sup>"]);
        }
        self.push(&["<sup><a class=\"fnref\" href=\"#", &note, "\" id=\"", &id, "\" role=\"doc-noteref\""]);
        self.out.push_str(" aria-label=\"");
        self.text(&(self.writer.label)(Label::Footnote(&number)));
        self.push(&["\">", &number, "</a></sup>"]);
    }

    /// Text of an author, escaped.
    fn text(&mut self, text: &str) {
        push_escaped(text, &mut self.out);
    }

    /// Markup of ours.
    fn push(&mut self, parts: &[&str]) {
        for part in parts {
            self.out.push_str(part);
        }
    }

    fn start_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}

/// The characters of what is nothing but running text.
fn running(inline: &Inline) -> Option<&str> {
    match &inline.kind {
        InlineKind::Text(text) => Some(text),
        InlineKind::SoftBreak => Some("\n"),
        _ => None,
    }
}

/// Whether nothing of it would be seen.
fn is_blank(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match &inline.kind {
        InlineKind::Text(text) => text.trim().is_empty(),
        InlineKind::Comment(_) | InlineKind::SoftBreak | InlineKind::HardBreak => true,
        _ => false,
    })
}

/// The attribute of each column; as many as the table has columns.
fn alignments(table: &Table) -> impl Iterator<Item = &'static str> {
    table.alignments.iter().map(|alignment| match alignment {
        Alignment::None => "",
        Alignment::Left => " class=\"align-left\"",
        Alignment::Center => " class=\"align-center\"",
        Alignment::Right => " class=\"align-right\"",
    })
}

/// At most `length` characters of the text, on one line.
fn shortened(text: &str, length: usize) -> String {
    let text = text.trim();
    match text.char_indices().nth(length) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
    }
}

#[cfg(test)]
mod tests;
