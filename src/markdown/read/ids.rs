//! Identifiers of headings: unique in the document, found in linear time.

use std::collections::{HashMap, HashSet};

use crate::markdown::text::plain_text;
use crate::markdown::{Block, BlockKind, Heading, slug};

/// What a heading is called whose text leaves nothing.
const NAMELESS: &str = "section";

/// Whether an identifier may be chosen by the author: `[a-z0-9-]`, starting with a letter.
pub(super) fn is_valid(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Gives every heading its identifier. Those that authors chose, already in place, go first, so that links to them stay true whatever
/// headings come before; a second use of one is counted up like any other.
pub(super) fn assign(blocks: &mut [Block]) {
    let mut taken = HashSet::new();
    let mut chosen = Vec::new();
    each_heading(blocks, &mut |heading| chosen.push(!heading.id.is_empty() && taken.insert(heading.id.clone())));
    let mut chosen = chosen.into_iter();
    let mut next = HashMap::new();
    each_heading(blocks, &mut |heading| {
        if chosen.next() == Some(true) {
            return;
        }
        let wanted = if heading.id.is_empty() { slug(&plain_text(&heading.content)) } else { heading.id.to_string() };
        let wanted = if wanted.is_empty() { NAMELESS.to_owned() } else { wanted };
        heading.id = unique(wanted, &mut taken, &mut next);
    });
}

/// `wanted`, or the first of `wanted-2`, `wanted-3`, … that is free. Each number is tried once in a document.
fn unique(wanted: String, taken: &mut HashSet<Box<str>>, next: &mut HashMap<String, usize>) -> Box<str> {
    if taken.insert(wanted.as_str().into()) {
        return wanted.into();
    }
    let number = next.entry(wanted.clone()).or_insert(2);
    loop {
        let id = Box::from(format!("{wanted}-{number}"));
        *number += 1;
        if taken.insert(Box::clone(&id)) {
            return id;
        }
    }
}

fn each_heading(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Heading)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(heading) => visit(heading),
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| each_heading(&mut item.blocks, visit)),
            BlockKind::Quote(quote) => each_heading(&mut quote.blocks, visit),
            BlockKind::Footnote { blocks, .. } => each_heading(blocks, visit),
            BlockKind::Definitions(entries) => {
                let all = entries.iter_mut().flat_map(|entry| &mut entry.definitions);
                all.for_each(|blocks| each_heading(blocks, visit));
            }
            _ => {}
        }
    }
}
