//! What responders thought at the time (`> [!REASONING]`), apart from what happened.

use crate::markdown::{Block, BlockKind, List, ListItem, Quote};

/// The word of the marker.
const MARKER: &str = "REASONING";

/// The blocks without what responders thought.
#[must_use]
pub fn without_reasoning(blocks: &[Block]) -> Vec<Block> {
    let told = |block: &Block| {
        let kind = match &block.kind {
            BlockKind::Quote(quote) if is_reasoning(quote) => return None,
            BlockKind::Quote(quote) => BlockKind::Quote(Quote { blocks: without_reasoning(&quote.blocks), ..quote.clone() }),
            BlockKind::List(list) => {
                let item = |item: &ListItem| ListItem { blocks: without_reasoning(&item.blocks), ..item.clone() };
                BlockKind::List(List { items: list.items.iter().map(item).collect(), ..list.clone() })
            }
            kind => kind.clone(),
        };
        Some(Block { kind, ..block.clone() })
    };
    blocks.iter().filter_map(told).collect()
}

/// What responders thought, as far as the blocks say: the content of each quote, in order.
#[must_use]
pub fn reasoning(blocks: &[Block]) -> Vec<&[Block]> {
    let mut found = Vec::new();
    find(blocks, &mut found);
    found
}

fn find<'a>(blocks: &'a [Block], found: &mut Vec<&'a [Block]>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Quote(quote) if is_reasoning(quote) => found.push(&quote.blocks),
            BlockKind::Quote(quote) => find(&quote.blocks, found),
            BlockKind::List(list) => list.items.iter().for_each(|item| find(&item.blocks, found)),
            _ => {}
        }
    }
}

fn is_reasoning(quote: &Quote) -> bool {
    quote.marker.as_ref().is_some_and(|marker| &*marker.value == MARKER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::markdown::read;
    use crate::markdown::text::block_text;

    #[test]
    fn what_was_thought_is_told_apart_wherever_it_stands() {
        let text = "a\n\n> [!REASONING]\n> b\n>\n> c\n\n- d\n\n  > [!reasoning] e\n\n> f\n>\n> > [!Reasoning]\n> > g\n\n> [!NOTE]\n> h\n";
        let blocks = read(text, Span::new(0, text.len())).blocks;
        assert_eq!(block_text(&without_reasoning(&blocks)), "a\nd\nf\nh");
        assert_eq!(reasoning(&blocks).into_iter().map(block_text).collect::<Vec<_>>(), ["b\nc", "e", "g"]);
    }
}
