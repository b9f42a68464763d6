//! The title of a document: from its metadata, else its first heading, else its name, or its first words where the name is an identifier.

use super::inline;
use super::name;
use crate::config::Config;
use crate::diagnostic::{SourcePath, Span, Spanned};
use crate::frontmatter::Node;
use crate::markdown::text::{on_one_line, plain_text};
use crate::markdown::{self, Block, BlockKind, Heading, Inline};

/// A title as inlines and as text.
#[derive(Debug)]
pub(super) struct Title {
    pub(super) inlines: Spanned<Vec<Inline>>,
    pub(super) text: String,
}

/// How much of the first words stands for a title, in characters.
const FIRST_WORDS: usize = 80;

/// What the metadata gives for a title.
#[derive(Debug)]
pub(super) struct Given<'a> {
    /// The title itself.
    pub(super) title: Option<&'a Node>,
    /// The summary, whose first words will do.
    pub(super) summary: Option<&'a str>,
}

/// Finds the title, and takes the heading that says it out of the text.
pub(super) fn take(given: &Given<'_>, blocks: &mut Vec<Block>, source: &str, path: &SourcePath, config: &Config) -> Title {
    if let Some(node) = given.title {
        let inlines = inlines(node, source);
        let text = on_one_line(&plain_text(&inlines));
        if !text.is_empty() {
            remove_echo(&text, blocks);
            return Title { inlines: Spanned::new(inlines, node.span), text };
        }
    }
    if let Some(title) = take_heading(blocks, source, config) {
        return title;
    }
    let text = name::is_identifier(name::stem(path)).then(|| first_words(given, blocks)).flatten().unwrap_or_else(|| name::title(path));
    Title { inlines: Spanned::new(vec![inline::text(text.as_str(), Span::default())], Span::default()), text }
}

/// The beginning of the summary, else of the first paragraph: up to the end of a sentence or, marked as cut, of a word.
fn first_words(given: &Given<'_>, blocks: &[Block]) -> Option<String> {
    let paragraph =
        || blocks.iter().find_map(|block| if let BlockKind::Paragraph(content) = &block.kind { Some(plain_text(content)) } else { None });
    let text = on_one_line(&given.summary.map(str::to_owned).or_else(paragraph)?);
    let sentence = text.find(". ").map_or(text.as_str(), |end| text.get(..end).unwrap_or(&text)).trim_end_matches('.');
    let Some((cut, _)) = sentence.char_indices().nth(FIRST_WORDS) else { return Some(sentence.to_owned()).filter(|text| !text.is_empty()) };
    let head = sentence.get(..cut).unwrap_or_default();
    Some(format!("{}…", head.rsplit_once(' ').map_or(head, |(head, _)| head).trim_end_matches([',', ';', ':'])))
}

/// A text of the metadata as Markdown inlines. Where quotes or escapes stand between the text and the file, every inline has the place of
/// the whole value.
pub(super) fn inlines(node: &Node, source: &str) -> Vec<Inline> {
    let text = node.text().unwrap_or_default();
    let written = node.span.slice(source);
    let place = written.find(text).map(|at| Span::new(node.span.range().start + at, node.span.range().start + at + text.len()));
    let document = match place {
        Some(span) => markdown::read(source, span),
        None => markdown::read(text, Span::new(0, text.len())),
    };
    let [Block { kind: BlockKind::Paragraph(inlines), .. }] = document.blocks.as_slice() else {
        // Several paragraphs, or a text that would be a list or a heading: it is taken as it is.
        return vec![inline::text(on_one_line(text), place.unwrap_or(node.span))];
    };
    let mut inlines = inlines.clone();
    if place.is_none() {
        inline::place_all(&mut inlines, node.span);
    }
    inlines
}

/// The first heading, if it stands above the others as a title does: no heading has a higher level, it is not the name of a section, and
/// it is not one of several sections that are written as if they were titles.
fn take_heading(blocks: &mut Vec<Block>, source: &str, config: &Config) -> Option<Title> {
    let headings: Vec<(usize, &Heading)> = blocks.iter().enumerate().filter_map(|(at, block)| Some((at, heading(block)?))).collect();
    let ((first, candidate), others) = headings.split_first().map(|(first, others)| (*first, others))?;
    if let Some((next, _)) = others.first().filter(|(next, _)| announces_title(candidate) && *next == first + 1) {
        let next = *next;
        let title = title_of(blocks.remove(next), source);
        blocks.remove(first);
        return title;
    }
    let is_section = |heading: &Heading| config.section_for(&plain_text(&heading.content)).is_some();
    let next_is_sibling_section = others.first().is_some_and(|(_, next)| next.level == candidate.level && is_section(next));
    let stands_above = others.iter().all(|(_, other)| other.level > candidate.level || (candidate.level == 1 && other.level == 1));
    if plain_text(&candidate.content).trim().is_empty() || is_section(candidate) || next_is_sibling_section || !stands_above {
        return None;
    }
    title_of(blocks.remove(first), source)
}

fn heading(block: &Block) -> Option<&Heading> {
    match &block.kind {
        BlockKind::Heading(heading) => Some(heading),
        _ => None,
    }
}

/// "Title:" as a heading of its own: the next heading is the title.
fn announces_title(heading: &Heading) -> bool {
    plain_text(&heading.content).trim().trim_end_matches(':').eq_ignore_ascii_case("title")
}

fn title_of(block: Block, source: &str) -> Option<Title> {
    let span = block.span;
    let BlockKind::Heading(heading) = block.kind else { return None };
    let mut inlines = heading.content;
    let flat = plain_text(&inlines);
    if let Some((_, rest)) =
        flat.split_once(':').filter(|(word, rest)| word.trim().eq_ignore_ascii_case("title") && !rest.trim().is_empty())
    {
        inlines = inline::after(inlines, flat.len() - rest.len(), source).0;
    }
    let text = on_one_line(&plain_text(&inlines));
    (!text.is_empty()).then_some(Title { inlines: Spanned::new(inlines, span), text })
}

/// Takes out a first heading that says the title again.
fn remove_echo(title: &str, blocks: &mut Vec<Block>) {
    let Some(at) = blocks.iter().position(|block| !matches!(block.kind, BlockKind::Comment(_))) else { return };
    let Some(first) = blocks.get(at).and_then(heading) else { return };
    if first.level == 1 && says_the_same(title, &plain_text(&first.content)) {
        blocks.remove(at);
    }
}

/// Whether two titles share nearly all the words of the shorter one.
fn says_the_same(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let mut words: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        words.sort();
        words.dedup();
        words
    };
    let (a, b) = (words(a), words(b));
    let shared = a.iter().filter(|word| b.binary_search(word).is_ok()).count();
    let fewest = a.len().min(b.len());
    fewest > 0 && shared * 4 >= fewest * 3
}
