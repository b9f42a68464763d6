//! Words of documents as Markdown in which nothing but words is left of them.

use super::or_not_stated;

/// A text for the middle of a line or a cell of a table: whatever CommonMark or its tables would take for a mark has a backslash before it.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        // Within a word an underline is no mark.
        let is_joined = c == '_' && before.is_alphanumeric() && letters.peek().is_some_and(|next| next.is_alphanumeric());
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '&') && !is_joined {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// A text for the beginning of a line: it begins no heading, list or rule either.
pub(super) fn line(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let is_numbered = digits > 0 && text.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']));
    let (head, rest) = text.split_at(if is_numbered { digits } else { 0 });
    let mark = if is_numbered || rest.starts_with(['#', '+', '-', '=', ':', '>']) { "\\" } else { "" };
    format!("{head}{mark}{}", escape(rest))
}

/// `- **Label:** words`
pub(super) fn item(label: &str, words: Option<String>) -> String {
    format!("- **{label}:** {}\n", escape(&or_not_stated(words)))
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
    lines.iter().fold(String::new(), |list, words| list + indent + "- " + &line(words) + "\n")
}

/// A paragraph.
pub(super) fn paragraph(words: Option<&str>) -> String {
    words.map_or_else(|| "Not stated.".to_owned(), line) + "\n"
}

/// A table; each row has as many cells as there are columns.
pub(super) fn table<const N: usize>(columns: [&str; N], rows: &[[String; N]]) -> String {
    let head = format!("| {} |\n|{}\n", columns.join(" | "), "---|".repeat(N));
    rows.iter().fold(head, |table, row| table + "| " + &row.each_ref().map(|cell| escape(cell)).join(" | ") + " |\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::markdown::text::block_text;
    use crate::markdown::{BlockKind, read};

    #[test]
    fn words_stay_words() {
        for text in [
            "# a",
            "- a",
            "+ a",
            "1. a",
            "2) a",
            "---",
            "===",
            "> a",
            "a | b",
            "`a`",
            "*a* _b_ __c__ a_b",
            "[a](b) ![c](d) [[e]]",
            "<script>",
            "&amp; \\| \\",
            "~~a~~",
            ": a",
            "a_b_c",
            "=1+1",
            "~",
            "[^1]: a",
            "- [ ] a",
            "* * *",
        ] {
            let source = format!("{}\n", line(text));
            let blocks = read(&source, Span::new(0, source.len())).blocks;
            assert!(matches!(blocks.as_slice(), [block] if matches!(block.kind, BlockKind::Paragraph(_))), "{source}");
            assert_eq!(block_text(&blocks), text, "{source}");
            let source = table(["One", "Two"], &[[text.to_owned(), "x".to_owned()]]);
            let blocks = read(&source, Span::new(0, source.len())).blocks;
            assert_eq!(block_text(&blocks), format!("One Two\n{text} x"), "{source}");
        }
        assert_eq!(line("snake_case, 5 % of a-b"), "snake_case, 5 % of a-b", "what is no mark has none");
    }
}
