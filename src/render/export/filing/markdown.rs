//! What is said under labels, in lists and in tables: Markdown in which nothing but words is left of those of documents.

use super::or_not_stated;
use crate::markdown::write::{self, cell_text, paragraph_text};

/// `- **Label:** words`
pub(super) fn item(label: &str, words: Option<String>) -> String {
    format!("- **{label}:** {}\n", cell_text(&or_not_stated(words)))
}

/// `- **Label:**` with a list below it.
pub(super) fn items(label: &str, lines: &[String]) -> String {
    if lines.is_empty() { item(label, None) } else { format!("- **{label}:**\n{}", bullets("  ", lines)) }
}

/// A list; that nothing is stated where it is empty.
pub(super) fn list(lines: &[String]) -> String {
    if lines.is_empty() { paragraph(None) } else { bullets("", lines) }
}

fn bullets(indent: &str, lines: &[String]) -> String {
    lines.iter().fold(String::new(), |list, words| list + indent + "- " + &paragraph_text(words) + "\n")
}

/// A paragraph.
pub(super) fn paragraph(words: Option<&str>) -> String {
    words.map_or_else(|| "Not stated.".to_owned(), paragraph_text) + "\n"
}

/// A table; each row has as many cells as there are columns.
pub(super) fn table<const N: usize>(columns: [&str; N], rows: &[[String; N]]) -> String {
    let rows = rows.iter().map(|row| row.iter().map(|cell| cell_text(cell)).collect());
    write::table(columns.map(str::to_owned).to_vec(), ["---"; N].into_iter(), rows)
}
