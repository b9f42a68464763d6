//! Identifiers of headings and of terms that are defined: unique in the document, found in linear time.

use std::collections::{HashMap, HashSet};

use crate::markdown::text::plain_text;
use crate::markdown::{Block, BlockKind, Heading, Inline, slug};

/// What a heading or term is called whose text leaves nothing.
const NAMELESS: &str = "section";

/// Whether an identifier may be chosen by the author: `[a-z0-9-]`, starting with a letter.
pub(super) fn is_valid(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Gives every heading its identifier, then every term. Those that authors chose, already in place, go first, so that links to them stay true
/// whatever headings come before; a second use of one is counted up like any other.
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
        let wanted = if heading.id.is_empty() { named(&heading.content) } else { heading.id.to_string() };
        heading.id = unique(wanted, &mut taken, &mut next);
    });
    each(blocks, &mut |kind| {
        if let BlockKind::Definitions(entries) = kind {
            for entry in entries {
                entry.id = unique(named(&entry.term), &mut taken, &mut next);
            }
        }
    });
}

fn named(content: &[Inline]) -> String {
    let slug = slug(&plain_text(content));
    if slug.is_empty() { NAMELESS.to_owned() } else { slug }
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
    each(blocks, &mut |kind| {
        if let BlockKind::Heading(heading) = kind {
            visit(heading);
        }
    });
}

/// Visits every block, a container before its content.
fn each(blocks: &mut [Block], visit: &mut dyn FnMut(&mut BlockKind)) {
    for block in blocks {
        visit(&mut block.kind);
        match &mut block.kind {
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| each(&mut item.blocks, visit)),
            BlockKind::Quote(quote) => each(&mut quote.blocks, visit),
            BlockKind::Footnote { blocks, .. } => each(blocks, visit),
            BlockKind::Definitions(entries) => {
                entries.iter_mut().flat_map(|entry| &mut entry.definitions).for_each(|blocks| each(blocks, visit));
            }
            _ => {}
        }
    }
}
