//! Confluence: pages that somebody has turned into Markdown, by a converter or by way of HTML.
//!
//! There is no one export. Read are the front matter and alerts of <https://github.com/Spenhouet/confluence-markdown-exporter>, and what converters of HTML (pandoc, turndown,
//! html2text) leave of a page: bold lines for headings, line breaks and spans as HTML, the table of page properties at the top.

use super::draft::Draft;
use super::fields::Means;
use super::headings;
use crate::config::Config;

/// What keys mean to converters.
pub(super) fn means(key: &str) -> Option<Means> {
    Some(match key {
        "created" | "date" => Means::Written,
        "id" | "confluence_page_id" | "page_id" | "space" | "version" | "status" | "type" | "parent" => Means::Theirs,
        "confluence_webui_url" | "webui" => Means::Field("source"),
        _ => return None,
    })
}

/// The page as a person would have written it.
pub(super) fn body(draft: &mut Draft, body: &str, config: &Config) -> String {
    headings::unbold(draft, body, config)
}
