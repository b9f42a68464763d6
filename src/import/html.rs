//! The little HTML that people write within Markdown, and that word processors leave in it, as Markdown. On our pages HTML is text.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::{Outcome, text};

/// How many elements are told by their names.
const TOLD: usize = 8;

/// Elements that hold words and say nothing more about them, with whether they are blocks.
const WRAPPERS: [(&str, bool); 11] = [
    ("span", false),
    ("u", false),
    ("font", false),
    ("small", false),
    ("ins", false),
    ("div", true),
    ("p", true),
    ("center", true),
    ("section", true),
    ("details", true),
    ("figure", true),
];

/// Turns what Markdown can say into Markdown and takes away what only wraps; the rest stays and is told.
pub(super) fn to_markdown(draft: &mut Draft, body: &str) -> String {
    let mut dropped: Vec<&str> = Vec::new();
    let mut links: Vec<Option<String>> = Vec::new();
    let tables: Vec<bool> = text::lines(body).map(|(line, is_code)| !is_code && line.trim_start().starts_with('|')).collect();
    let mut in_cells = false;
    let mut strangers: BTreeSet<String> = BTreeSet::new();
    let mut out = String::with_capacity(body.len());
    // Line by line where a line break is one, so that those in cells of tables stay on their line.
    for (chunk, is_table) in chunks(body, &tables) {
        out.push_str(&text::replace_marks(&chunk, ("<", ">"), |inner| {
            let Some((name, rest, closes)) = tag(inner) else {
                strangers.extend(stranger(inner));
                return None;
            };
            let (_, arguments) = text::arguments(rest.trim_end_matches('/'));
            let named = |key: &str| text::named(&arguments, key);
            Some(match (name.as_str(), closes) {
                ("br", _) if is_table => {
                    in_cells = true;
                    " ".to_owned()
                }
                ("br", _) => "\\\n".to_owned(),
                ("b" | "strong" | "summary", _) => "**".to_owned(),
                ("i" | "em" | "figcaption", _) => "*".to_owned(),
                ("code" | "tt" | "kbd", _) => "`".to_owned(),
                ("img", _) => {
                    let source = named("src")?;
                    format!("![{}]({})", named("alt").or(named("title")).unwrap_or_default(), destination(source))
                }
                ("a", false) => {
                    let href = named("href").map(str::to_owned);
                    let opening = if href.is_some() { "[" } else { "" };
                    links.push(href);
                    opening.to_owned()
                }
                ("a", true) => match links.pop()? {
                    Some(href) => format!("]({})", destination(&href)),
                    None => String::new(),
                },
                (name, _) => {
                    let Some((name, is_block)) = WRAPPERS.iter().find(|(wrapper, _)| *wrapper == name) else {
                        strangers.insert(name.to_owned());
                        return None;
                    };
                    if !dropped.contains(name) {
                        dropped.push(name);
                    }
                    match (is_block, is_table) {
                        (false, _) => String::new(),
                        (true, true) => " ".to_owned(),
                        (true, false) => "\n\n".to_owned(),
                    }
                }
            })
        }));
    }
    if in_cells {
        draft.note(Outcome::Lost, "<br>", "", "line breaks within cells of a table are blanks now, for a cell has one line");
    }
    if !dropped.is_empty() {
        draft.note(Outcome::LeftOut, format!("<{}>", dropped.join(">, <")), "", "what stands in it is kept");
    }
    if !strangers.is_empty() {
        let names: Vec<String> = strangers.into_iter().take(TOLD).collect();
        draft.note(Outcome::Kept, format!("<{}>", names.join(">, <")), "", "HTML; it is text here");
    }
    out
}

/// The name of a tag that is none of HTML's own; nothing for comments, addresses and signs of comparison.
fn stranger(inner: &str) -> Option<String> {
    let inner = inner.trim_start_matches('/');
    let name: String = inner.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-')).collect();
    let rest = inner.get(name.len()..).unwrap_or_default();
    let ends = rest.is_empty() || rest == "/" || rest.starts_with(char::is_whitespace);
    (ends && name.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| name.to_ascii_lowercase())
}

/// The body in pieces of lines of tables, and of others.
fn chunks(body: &str, tables: &[bool]) -> Vec<(String, bool)> {
    let mut chunks: Vec<(String, bool)> = Vec::new();
    for (line, is_table) in body.split_inclusive('\n').zip(tables) {
        match chunks.last_mut() {
            Some((text, was_table)) if was_table == is_table => text.push_str(line),
            _ => chunks.push((line.to_owned(), *is_table)),
        }
    }
    chunks
}

/// The name of a tag in lower case, what stands behind it, and whether it closes.
fn tag(inner: &str) -> Option<(String, &str, bool)> {
    let (inner, closes) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, rest) = inner.split_at(end);
    let is_tag = !name.is_empty() && rest.chars().next().is_none_or(|c| c.is_whitespace() || c == '/') && !rest.contains('<');
    is_tag.then(|| (name.to_ascii_lowercase(), rest, closes))
}

/// A destination as a link of Markdown has it.
pub(super) fn destination(target: &str) -> String {
    let target = target.replace(['\n', '\r'], "");
    if target.contains([' ', '(', ')']) { format!("<{}>", target.replace(['<', '>'], "")) } else { target }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Format;

    fn markdown(body: &str) -> String {
        to_markdown(&mut Draft::new(Format::Confluence, "a", ""), body)
    }

    #[test]
    fn html_that_markdown_can_say_becomes_markdown() {
        assert_eq!(
            markdown(
                "<p>A <b>b</b> <a href=\"https://example.org/a b\">c</a><a name=x></a></p>\none<br/>two <img src=\"a.png\" alt=\"A graph\">"
            ),
            "\n\nA **b** [c](<https://example.org/a b>)\n\n\none\\\ntwo ![A graph](a.png)"
        );
        assert_eq!(
            markdown("| a<br>b |\n<table> 1 < 2 <- > `<b>` <https://example.org> </a> <x y>"),
            "| a b |\n<table> 1 < 2 <- > `<b>` <https://example.org> </a> <x y>"
        );
    }
}
