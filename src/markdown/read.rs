//! Markdown text to a [`Document`]: CommonMark with tables, footnotes, strikethrough, task lists, definition lists and heading attributes,
//! read by `pulldown-cmark`. What that library does not know is found here: alerts by any word (`> [!WORD]`), comments, bare addresses and
//! wiki links, and identifiers of headings.
//!
//! The tree is built by descent along the parser's events, one function for each kind of thing. Descent is bounded, so that neither
//! reading, nor walking, nor dropping a tree can exhaust the stack; what lies deeper is left out and told in [`Document::limits`].

mod ids;
mod run;

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use self::run::Run;
use super::{
    Alignment, Block, BlockKind, Cell, CodeBlock, Definition, Document, Heading, Inline, InlineKind, Link, LinkOrigin, List, ListItem,
    Quote, Table, TableRow,
};
use crate::diagnostic::{Span, Spanned};

/// The deepest nesting of blocks and inlines together.
const MAX_DEPTH: usize = 100;
/// The largest number of links and images in one document.
const MAX_LINKS: usize = 10_000;

const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST);

/// Reads the part `body` of the file `text`. Spans are offsets in the file. Linear in the length of the body.
#[must_use]
pub fn read(text: &str, body: Span) -> Document {
    let source = body.slice(text);
    let base = body.start as usize;
    let mut undefined = Vec::new();
    let on_undefined = |link: BrokenLink<'_>| {
        // A lone `[word]` is far more often a word in brackets than a reference gone wrong.
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            let span = Span::new(base + link.span.start, base + link.span.end);
            undefined.push(Spanned::new(Box::from(link.reference.as_ref()), span));
        }
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let events = Parser::new_with_broken_link_callback(source, OPTIONS, Some(on_undefined)).into_offset_iter();
    let mut reader = Reader {
        events,
        source,
        base,
        depth: 0,
        run: Run::default(),
        links: 0,
        inside_link: false,
        task: None,
        document: Document::default(),
    };
    let mut document = reader.read();
    document.undefined.append(&mut undefined);
    document.undefined.sort_by_key(|label| label.span);
    ids::assign(&mut document.blocks);
    document
}

/// The way along the events.
struct Reader<'a, E> {
    events: E,
    /// The body.
    source: &'a str,
    /// Where the body begins in the file.
    base: usize,
    /// How many blocks and inlines are open.
    depth: usize,
    /// Text not yet put into the tree: the parser gives it in pieces, and a bare address may lie across them.
    run: Run,
    links: usize,
    inside_link: bool,
    /// The mark of the list item being read.
    task: Option<bool>,
    document: Document,
}

/// What a container holds.
struct Content {
    blocks: Vec<Block>,
    /// Whether its paragraphs are set tight; nothing where it has none.
    tight: Option<bool>,
}

impl<'a, E: Iterator<Item = (Event<'a>, Range<usize>)>> Reader<'a, E> {
    fn read(&mut self) -> Document {
        let blocks = self.blocks().blocks;
        Document { blocks, ..std::mem::take(&mut self.document) }
    }

    /// The blocks up to the end of the container. Inlines that stand directly in it are a tight paragraph.
    fn blocks(&mut self) -> Content {
        let mut content = Content { blocks: Vec::new(), tight: None };
        let mut inlines = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) if !is_inline(&tag) => {
                    self.close_paragraph(&mut inlines, &mut content);
                    if matches!(tag, Tag::Paragraph) {
                        content.tight.get_or_insert(false);
                    }
                    self.descend(range.clone(), |reader| reader.block(tag, range, &mut content.blocks));
                }
                Event::Rule => {
                    self.close_paragraph(&mut inlines, &mut content);
                    content.blocks.push(Block { span: self.block_span(&range), kind: BlockKind::Rule });
                }
                event => self.inline(event, range, &mut inlines),
            }
        }
        self.close_paragraph(&mut inlines, &mut content);
        content
    }

    fn close_paragraph(&mut self, inlines: &mut Vec<Inline>, content: &mut Content) {
        self.flush(inlines);
        if let (Some(first), Some(last)) = (inlines.first(), inlines.last()) {
            content.tight = Some(true);
            let span = first.span.to(last.span);
            if content.blocks.is_empty() {
                // Nearly every tight item is one paragraph.
                content.blocks.reserve_exact(1);
            }
            content.blocks.push(Block { span, kind: BlockKind::Paragraph(std::mem::take(inlines)) });
        }
    }

    /// One block whose start was read.
    fn block(&mut self, tag: Tag<'a>, range: Range<usize>, blocks: &mut Vec<Block>) {
        let kind = match tag {
            Tag::Heading { level, id, classes, attrs } => {
                let classes = classes.iter().map(|class| (Box::from("class"), Box::from(class.as_ref())));
                let others = attrs.iter().map(|(key, value)| (Box::from(key.as_ref()), Box::from(value.as_deref().unwrap_or_default())));
                BlockKind::Heading(Heading {
                    level: level as u8,
                    id: id.as_deref().filter(|id| ids::is_valid(id)).unwrap_or_default().into(),
                    attributes: classes.chain(others).collect(),
                    content: self.inlines(),
                })
            }
            Tag::BlockQuote(_) => {
                let mut blocks = self.blocks().blocks;
                let marker = self.take_marker(&mut blocks);
                BlockKind::Quote(Quote { marker, blocks })
            }
            Tag::CodeBlock(kind) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', '\t', ',']).find(|word| !word.is_empty()),
                    CodeBlockKind::Indented => None,
                };
                let language = language.map(|word| word.to_lowercase().into());
                BlockKind::Code(CodeBlock { language, text: self.raw().text().into() })
            }
            Tag::HtmlBlock => {
                let html = self.raw();
                blocks.extend(html.split_comments().into_iter().map(|(span, kind)| Block { span, kind }));
                return;
            }
            Tag::List(start) => BlockKind::List(self.list(start)),
            Tag::FootnoteDefinition(label) => BlockKind::Footnote { label: Box::from(label.as_ref()), blocks: self.blocks().blocks },
            Tag::DefinitionList => BlockKind::Definitions(self.definitions()),
            Tag::Table(alignments) => BlockKind::Table(self.table(&alignments)),
            // A paragraph; nothing else is enabled.
            _ => BlockKind::Paragraph(self.inlines()),
        };
        blocks.push(Block { span: self.block_span(&range), kind });
    }

    fn list(&mut self, start: Option<u64>) -> List {
        let mut items = Vec::new();
        let mut tight = None;
        self.children(|reader, _, range| {
            let outer = reader.task.take();
            let content = reader.blocks();
            tight = tight.or(content.tight);
            let task = std::mem::replace(&mut reader.task, outer);
            items.push(ListItem { span: reader.block_span(&range), task, blocks: content.blocks });
        });
        List { start, tight: tight.unwrap_or(true), items }
    }

    fn definitions(&mut self) -> Vec<Definition> {
        let mut definitions: Vec<Definition> = Vec::new();
        self.children(|reader, tag, range| {
            let span = reader.block_span(&range);
            if matches!(tag, Tag::DefinitionListTitle) {
                let term = reader.inlines();
                definitions.push(Definition { span, id: Box::default(), term, definitions: Vec::new() });
            } else {
                let blocks = reader.blocks().blocks;
                if let Some(last) = definitions.last_mut() {
                    last.span = last.span.to(span);
                    last.definitions.push(blocks);
                }
            }
        });
        definitions
    }

    fn table(&mut self, alignments: &[pulldown_cmark::Alignment]) -> Table {
        let mut header = TableRow { span: Span::default(), cells: Vec::new() };
        let mut rows = Vec::new();
        self.children(|reader, tag, range| {
            let row = TableRow { span: reader.block_span(&range), cells: reader.cells(range.end) };
            if matches!(tag, Tag::TableHead) {
                header = row;
            } else {
                rows.push(row);
            }
        });
        Table { alignments: alignments.iter().copied().map(alignment).collect(), header, rows }
    }

    /// The cells of the row that ends at `row_end`.
    fn cells(&mut self, row_end: usize) -> Vec<Cell> {
        let mut cells = Vec::new();
        self.children(|reader, _, range| {
            let content = reader.inlines();
            let written = match (content.first(), content.last()) {
                (Some(first), Some(last)) => first.span.to(last.span),
                _ => Span::at(reader.base + range.start),
            };
            // The parser fills short rows up with cells that are not written; they lie where the row ends.
            if range.start < row_end {
                cells.push(Cell { span: written, content });
            }
        });
        cells
    }

    /// The parts of a list or table, up to its end.
    fn children(&mut self, mut child: impl FnMut(&mut Self, Tag<'a>, Range<usize>)) {
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(tag) => self.descend(range.clone(), |reader| child(reader, tag, range)),
                Event::End(_) => break,
                _ => {}
            }
        }
    }

    /// The text of a code or HTML block, up to its end.
    fn raw(&mut self) -> Run {
        let mut raw = Run::default();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::End(_) => break,
                Event::Text(text) | Event::Html(text) => raw.push(&text, self.span(&range)),
                _ => {}
            }
        }
        raw
    }

    /// The inlines up to the end of their container.
    fn inlines(&mut self) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some((event, range)) = self.events.next() {
            if matches!(event, Event::End(_)) {
                break;
            }
            self.inline(event, range, &mut inlines);
        }
        self.flush(&mut inlines);
        inlines.shrink_to_fit();
        inlines
    }

    fn inline(&mut self, event: Event<'a>, range: Range<usize>, inlines: &mut Vec<Inline>) {
        let span = self.span(&range);
        if let Event::Text(text) = event {
            self.run.push(&text, span);
            return;
        }
        self.flush(inlines);
        let kind = match event {
            Event::Start(tag) => return self.descend(range.clone(), |reader| reader.nested_inline(tag, &range, inlines)),
            Event::TaskListMarker(done) => return self.task = Some(done),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => InlineKind::Code(text.as_ref().into()),
            Event::InlineHtml(html) | Event::Html(html) => match run::comment(&html) {
                Some(comment) => InlineKind::Comment(comment.into()),
                None => InlineKind::Html(html.as_ref().into()),
            },
            Event::FootnoteReference(label) => InlineKind::FootnoteReference(label.as_ref().into()),
            Event::HardBreak => InlineKind::HardBreak,
            _ => InlineKind::SoftBreak,
        };
        inlines.push(Inline { span, kind });
    }

    fn nested_inline(&mut self, tag: Tag<'a>, range: &Range<usize>, inlines: &mut Vec<Inline>) {
        let kind = match tag {
            Tag::Emphasis => InlineKind::Emphasis(self.inlines()),
            Tag::Strong => InlineKind::Strong(self.inlines()),
            Tag::Strikethrough => InlineKind::Strikethrough(self.inlines()),
            Tag::Link { link_type, dest_url, title, .. } => {
                let mut link = self.link(link_type, &dest_url, &title, range);
                if !self.may_link(range) {
                    return inlines.append(&mut link.content);
                }
                InlineKind::Link(Box::new(link))
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                let mut image = self.link(link_type, &dest_url, &title, range);
                if !self.may_link(range) {
                    return inlines.append(&mut image.content);
                }
                InlineKind::Image(Box::new(image))
            }
            _ => return inlines.append(&mut self.inlines()),
        };
        inlines.push(Inline { span: self.span(range), kind });
    }

    fn link(&mut self, kind: LinkType, target: &str, title: &str, range: &Range<usize>) -> Link {
        let outer = std::mem::replace(&mut self.inside_link, true);
        let content = self.inlines();
        self.inside_link = outer;
        let whole = self.span(range);
        let content_end = content.last().map_or(range.start, |last| (last.span.end as usize).saturating_sub(self.base));
        let (origin, target_span) = match kind {
            LinkType::Inline => {
                let written = destination(self.source, content_end..range.end, target);
                (LinkOrigin::Inline, written.map_or(whole, |written| self.span(&written)))
            }
            LinkType::Autolink | LinkType::Email => (LinkOrigin::Autolink, self.span(&(range.start + 1..range.end.saturating_sub(1)))),
            _ => (LinkOrigin::Reference, whole),
        };
        let target = if kind == LinkType::Email { format!("mailto:{target}").into() } else { Box::from(target) };
        Link { target, target_span, title: title.into(), origin, content }
    }

    /// Counts a link; false when there are too many.
    fn may_link(&mut self, range: &Range<usize>) -> bool {
        self.links += 1;
        if self.links > MAX_LINKS {
            self.limit(self.span(range), "a document may hold 10,000 links; from here on they are read as text");
        }
        self.links <= MAX_LINKS
    }

    /// Puts the text read so far into the tree.
    fn flush(&mut self, inlines: &mut Vec<Inline>) {
        if self.run.is_empty() {
            return;
        }
        let mut run = std::mem::take(&mut self.run);
        if inlines.is_empty() {
            // Nearly every paragraph, item and cell is one text.
            inlines.reserve_exact(1);
        }
        let links = if self.inside_link { Vec::new() } else { run.links(self.source, self.base, &mut self.document.undefined) };
        let mut done = 0;
        for (range, link) in links {
            if done < range.start {
                inlines.push(run.text_at(done..range.start));
            }
            let span = run.span(range.start, range.end);
            let written = (span.start as usize).saturating_sub(self.base)..(span.end as usize).saturating_sub(self.base);
            let kind = if self.may_link(&written) {
                InlineKind::Link(Box::new(link))
            } else {
                InlineKind::Text(self.source.get(written).unwrap_or_default().into())
            };
            inlines.push(Inline { span, kind });
            done = range.end;
        }
        let end = run.text().len();
        if done == 0 || done < end {
            inlines.push(run.text_at(done..end));
        }
        run.clear();
        self.run = run;
    }

    /// Reads what was opened at `range`, or leaves it out where nesting is too deep.
    fn descend(&mut self, range: Range<usize>, read: impl FnOnce(&mut Self)) {
        if self.depth == MAX_DEPTH {
            self.limit(self.span(&range), "the text is nested deeper than 100 levels; what is deeper is left out");
            self.skip();
            return;
        }
        self.depth += 1;
        read(self);
        self.depth -= 1;
    }

    /// Passes over everything up to the end of what was opened.
    fn skip(&mut self) {
        let mut open = 1_usize;
        while open > 0
            && let Some((event, _)) = self.events.next()
        {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
        }
    }

    /// Notes a limit, once for each kind.
    fn limit(&mut self, span: Span, reason: &str) {
        if self.document.limits.iter().all(|limit| *limit.value != *reason) {
            self.document.limits.push(Spanned::new(reason.into(), span));
        }
    }

    /// Takes the marker off the first line of a quote.
    ///
    /// It is looked for in the source, so that neither a definition of `[!WORD]` as a link nor a line of dashes under it, which makes it a
    /// heading, can hide it. Text may follow on the same line.
    fn take_marker(&self, blocks: &mut Vec<Block>) -> Option<Spanned<Box<str>>> {
        let first = blocks.first_mut()?;
        let start = first.span.start as usize;
        let written = self.source.get(start.saturating_sub(self.base)..)?.strip_prefix("[!")?;
        let (word, after) = written.split_at(written.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))?);
        let after = after.strip_prefix(']')?;
        if word.is_empty() || after.starts_with(['(', '[', ':']) {
            return None;
        }
        let marker = Span::new(start, start + word.len() + 3);
        let inlines = match &mut first.kind {
            BlockKind::Paragraph(inlines) => inlines,
            BlockKind::Heading(heading) => &mut heading.content,
            // What the rest of the line made of it, a table say, keeps the words of the marker; it is one all the same.
            _ => return Some(Spanned::new(word.to_uppercase().into(), marker)),
        };
        run::cut_front(inlines, marker);
        match (inlines.first(), inlines.last()) {
            (Some(head), Some(last)) => first.span = head.span.to(last.span),
            _ => drop(blocks.remove(0)),
        }
        Some(Spanned::new(word.to_uppercase().into(), marker))
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }

    /// The place of a block without the line end that the parser counts in.
    fn block_span(&self, range: &Range<usize>) -> Span {
        let written = self.source.get(range.clone()).unwrap_or_default();
        Span::new(self.base + range.start, self.base + range.start + written.trim_end().len())
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript | Tag::Link { .. } | Tag::Image { .. }
    )
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

/// Where the destination of an inline link is written; `rest` is the link from the end of its text on. Nothing where it cannot be told.
fn destination(source: &str, rest: Range<usize>, target: &str) -> Option<Range<usize>> {
    let text = source.get(rest.clone())?;
    let after = text.get(text.find("](")? + 2..)?.trim_start();
    let (after, angled) = after.strip_prefix('<').map_or((after, false), |after| (after, true));
    let start = rest.end - after.len();
    let mut escaped = false;
    let mut depth = 0_usize;
    let end = after.bytes().position(|byte| {
        let ends = !escaped
            && match byte {
                b'>' => angled,
                b'(' | b')' if angled => false,
                b'(' => {
                    depth += 1;
                    false
                }
                b')' if depth > 0 => {
                    depth -= 1;
                    false
                }
                b')' => true,
                _ => !angled && byte.is_ascii_whitespace(),
            };
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    let written = after.get(..end)?;
    (written == target || written.contains(['\\', '&'])).then_some(start..start + end)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(in crate::markdown) use tests::NASTY;
