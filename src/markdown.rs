//! Markdown: text to a tree ([`read()`]), the tree to HTML ([`html`]). Knows nothing of postmortems.
//!
//! In reading order: [`Document`] is the tree, `read` makes it, [`walk`] goes through it, [`text`] takes the words out of it, [`html`]
//! prints it, and [`write`](mod@write) does so as Markdown. [`SafeUrl`] and [`escape()`] guard what gets into a page, [`Highlighter`] colours
//! code, [`slug()`] makes part of an address of words.

mod document;
mod escape;
mod highlight;
pub mod html;
mod read;
mod slug;
pub mod text;
mod url;
pub mod walk;
pub mod write;

pub use document::{
    Alignment, Block, BlockKind, Cell, CodeBlock, Definition, Document, Heading, Inline, InlineKind, Link, LinkOrigin, List, ListItem,
    Quote, Table, TableRow,
};
pub use escape::escape;
pub use highlight::Highlighter;
pub use read::read;
pub use slug::slug;
pub use url::SafeUrl;
pub(crate) use url::percent_encode;
