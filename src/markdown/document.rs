//! A Markdown text as a tree of blocks and inlines, every node with its place in the file.
//!
//! The tree is what the rest of the program works on: `parse` finds sections and timelines in it, `edition` cuts nodes out of it,
//! [`super::html`] prints it. It knows nothing of postmortems.

use crate::diagnostic::{Span, Spanned};

/// A Markdown text, read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The blocks at the top level, in order. Footnote definitions stand where they were written.
    pub blocks: Vec<Block>,
    /// References that no definition answers (`[text][label]`), with their labels; of a footnote (`[^label]`) with its caret. A lone `[word]`
    /// is not among them.
    pub undefined: Vec<Spanned<Box<str>>>,
    /// Places where a limit cut something short (nesting, links), with the reason.
    pub limits: Vec<Spanned<Box<str>>>,
}

/// A block and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it is written, without the line end.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading.
    Heading(Heading),
    /// A paragraph. The text of a tight list item is a paragraph too; [`List::tight`] says that it is printed without `<p>`.
    Paragraph(Vec<Inline>),
    /// A list.
    List(List),
    /// A table.
    Table(Table),
    /// A code block, fenced or indented.
    Code(CodeBlock),
    /// A block quote, or an alert (`> [!NOTE]`).
    Quote(Quote),
    /// A definition list.
    Definitions(Vec<Definition>),
    /// The text of a footnote.
    Footnote {
        /// Its label.
        label: Box<str>,
        /// Its content.
        blocks: Vec<Block>,
    },
    /// Raw HTML, as written. It is printed as text.
    Html(Box<str>),
    /// An HTML comment, without `<!--` and `-->`. It is never printed.
    Comment(Box<str>),
    /// A thematic break.
    Rule,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// The fragment that links use: from `{#id}` where given and valid (`[a-z0-9-]`, starting with a letter), else the slug of the text,
    /// which may begin with a digit; unique in the document. It never holds an underscore, so a page's own identifiers that do are safe.
    pub id: Box<str>,
    /// Attributes and classes of `{… .class key=value}`, as (key, value); a class has the key `class`.
    pub attributes: Vec<(Box<str>, Box<str>)>,
    /// The text.
    pub content: Vec<Inline>,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The first number of an ordered list.
    pub start: Option<u64>,
    /// Whether items are printed without paragraphs.
    pub tight: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListItem {
    /// Where it is written.
    pub span: Span,
    /// For a task: whether it is ticked.
    pub task: Option<bool>,
    /// The content.
    pub blocks: Vec<Block>,
}

/// A table. Rows may be shorter than the header: a reader takes a missing cell as empty. Cells beyond the header are not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// One for each column of the header.
    pub alignments: Vec<Alignment>,
    /// The header row.
    pub header: TableRow,
    /// The other rows.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Where it is written.
    pub span: Span,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Where its content is written.
    pub span: Span,
    /// The content.
    pub content: Vec<Inline>,
}

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alignment {
    /// Not said.
    #[default]
    None,
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

/// A code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// The first word of the info string, lower-cased; nothing for an indented block or an empty info string.
    pub language: Option<Box<str>>,
    /// The code.
    pub text: Box<str>,
}

/// A block quote or alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The word of a `[!WORD]` that opens the quote, in upper case, at its place. Any word is kept here; who reads the tree decides which
    /// are known. The marker is not part of the content; text behind it on the same line is.
    pub marker: Option<Spanned<Box<str>>>,
    /// The content.
    pub blocks: Vec<Block>,
}

/// One entry of a definition list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Where it is written.
    pub span: Span,
    /// The fragment that links use: the slug of the term, unique in the document; no heading's is changed for it.
    pub id: Box<str>,
    /// The term.
    pub term: Vec<Inline>,
    /// Its definitions, each a list of blocks.
    pub definitions: Vec<Vec<Block>>,
}

/// An inline and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// Where it is written.
    pub span: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// The kinds of inline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InlineKind {
    /// Text, entities and escapes resolved.
    Text(Box<str>),
    /// A code span.
    Code(Box<str>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Struck-through text.
    Strikethrough(Vec<Inline>),
    /// A link. Boxed, as links are few and texts many: all kinds take the room of the largest.
    Link(Box<Link>),
    /// An image.
    Image(Box<Link>),
    /// A reference to a footnote, by label.
    FootnoteReference(Box<str>),
    /// Raw HTML, as written. It is printed as text.
    Html(Box<str>),
    /// An HTML comment, without its marks. It is never printed.
    Comment(Box<str>),
    /// A line break in the source.
    SoftBreak,
    /// A line break in the output.
    HardBreak,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The destination as written, entities and escapes resolved. For a wiki link: what stands before `|` or `]]`.
    pub target: Box<str>,
    /// Where the destination is written, where that is known; else the whole link.
    pub target_span: Span,
    /// The title; empty where there is none.
    pub title: Box<str>,
    /// How it was written.
    pub origin: LinkOrigin,
    /// The text of a link, the description of an image.
    pub content: Vec<Inline>,
}

/// How a link was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkOrigin {
    /// `[text](target)`
    Inline,
    /// `[text][label]`, `[label][]` or `[label]` with a definition.
    Reference,
    /// `<https://…>` or `<someone@example.org>`; the target of the latter begins `mailto:`.
    Autolink,
    /// `https://…` in running text.
    Bare,
    /// `[[target]]` or `[[target|text]]`.
    Wiki,
}
