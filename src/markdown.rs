//! Markdown: text to a tree ([`read`]), the tree to HTML ([`html`]). Knows nothing of postmortems.

mod document;

pub use document::{
    Alignment, Block, BlockKind, Cell, CodeBlock, Definition, Document, Heading, Inline, InlineKind, Link, LinkOrigin, List, ListItem,
    Quote, Table, TableRow,
};
