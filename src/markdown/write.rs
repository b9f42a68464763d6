//! The tree as Markdown again: the same words and marks in one form, whatever the form they were written in.
//!
//! What is printed reads back as the same tree, but for what no page shows either: comments, attributes of headings, definitions of links. Raw
//! HTML is text, as on pages, and pictures of other sites are links, so that showing the text asks nobody else.

use super::text::plain_text;
use super::walk::LinkRole;
use super::{Alignment, Block, BlockKind, Inline, InlineKind, Link, List, SafeUrl, Table, TableRow};

/// Prints blocks and inlines. Cheap to make.
#[derive(Clone, Copy)]
pub struct MarkdownWriter<'a> {
    /// Where a link or image leads from the text that is being made; nothing where it leads nowhere: then its text is printed.
    pub resolve: &'a dyn Fn(&Link, LinkRole) -> Option<SafeUrl>,
}

impl MarkdownWriter<'_> {
    /// The blocks, ended by a line end; empty where nothing is to be shown.
    #[must_use]
    pub fn blocks(&self, blocks: &[Block]) -> String {
        self.joined(blocks, false)
    }

    /// The inlines on one line, as a heading has them.
    #[must_use]
    pub fn line(&self, inlines: &[Inline]) -> String {
        self.inlines(inlines, Place::Heading)
    }

    /// The inlines as a cell of a table has them.
    #[must_use]
    pub fn cell(&self, inlines: &[Inline]) -> String {
        self.inlines(inlines, Place::Cell)
    }

    /// A heading of a level, ended by a line end.
    #[must_use]
    pub fn heading(&self, level: u8, content: &[Inline]) -> String {
        ended(format!("{} {}", "#".repeat(level.into()), self.line(content)).trim_end().to_owned())
    }

    /// Blocks one after the other. In a tight list there is no blank line where the blocks can do without.
    fn joined(&self, blocks: &[Block], tight: bool) -> String {
        let mut out = String::new();
        let mut before: Option<&BlockKind> = None;
        let mut marker = Marker::First;
        for block in blocks {
            // A list behind a list of its kind is another one only if its marks are others.
            let own = match (before, &block.kind) {
                (Some(BlockKind::List(a)), BlockKind::List(b)) if a.start.is_some() == b.start.is_some() => marker.other(),
                _ => Marker::First,
            };
            let text = self.block(&block.kind, own);
            if text.is_empty() {
                continue;
            }
            marker = own;
            if let Some(before) = before {
                out.push_str(if tight && stands_under(before, &block.kind) { "" } else { "\n" });
            }
            out.push_str(&text);
            before = Some(&block.kind);
        }
        out
    }

    /// A block, ended by a line end.
    fn block(&self, kind: &BlockKind, marker: Marker) -> String {
        match kind {
            BlockKind::Paragraph(content) => ended(self.inlines(content, Place::Paragraph)),
            BlockKind::Heading(heading) => self.heading(heading.level, &heading.content),
            BlockKind::List(list) => self.list(list, marker),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Code(code) => fenced(code.language.as_deref().unwrap_or_default(), &code.text),
            BlockKind::Quote(quote) => {
                let marker = quote.marker.as_ref().map(|marker| format!("[!{}]\n", marker.value)).unwrap_or_default();
                prefixed(&(marker + &self.joined(&quote.blocks, false)), "> ", "> ")
            }
            BlockKind::Definitions(entries) => {
                let entry = |entry: &super::Definition| {
                    let definitions = entry.definitions.iter().map(|blocks| prefixed(&self.joined(blocks, true), ":   ", "    "));
                    ended(self.inlines(&entry.term, Place::Term)) + &definitions.collect::<String>()
                };
                entries.iter().map(entry).collect::<Vec<_>>().join("\n")
            }
            BlockKind::Footnote { label, blocks } => prefixed(&self.joined(blocks, false), &format!("[^{label}]: "), "    "),
            BlockKind::Html(html) => match html.trim() {
                lines if lines.contains('\n') => fenced("", lines),
                line => ended(escaped(line, Place::Paragraph, true)),
            },
            BlockKind::Comment(_) => String::new(),
            // With `-` or `*` it could be taken for an item.
            BlockKind::Rule => "___\n".to_owned(),
        }
    }

    fn list(&self, list: &List, marker: Marker) -> String {
        let item = |(number, item): (u64, &super::ListItem)| {
            let mark = match list.start {
                Some(first) => format!("{}{} ", first.saturating_add(number), marker.of_numbers()),
                None => format!("{} ", marker.of_bullets()),
            };
            let task = item.task.map_or("", |done| if done { "[x] " } else { "[ ] " });
            let content = self.joined(&item.blocks, list.tight);
            let content = if content.is_empty() && task.is_empty() { "\n".to_owned() } else { format!("{task}{content}") };
            prefixed(&content, &mark, &" ".repeat(mark.len()))
        };
        (0..).zip(&list.items).map(item).collect::<Vec<_>>().join(if list.tight { "" } else { "\n" })
    }

    fn table(&self, table: &Table) -> String {
        let row = |row: &TableRow| row.cells.iter().map(|cell| self.cell(&cell.content)).collect();
        let rule = |alignment: &Alignment| match alignment {
            Alignment::None => "---",
            Alignment::Left => ":--",
            Alignment::Center => ":-:",
            Alignment::Right => "--:",
        };
        self::table(row(&table.header), table.alignments.iter().map(rule), table.rows.iter().map(row))
    }

    fn inlines(&self, inlines: &[Inline], place: Place) -> String {
        let mut line = Line { writer: *self, place, pending: "", out: String::new() };
        line.push(inlines);
        line.out.truncate(line.out.trim_end_matches(' ').len());
        line.out
    }
}

/// A table, of cells as they are to stand in it; `rules` are the marks below its head, a `---` for each column.
#[must_use]
pub fn table(head: Vec<String>, rules: impl Iterator<Item = &'static str>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let rules = rules.map(str::to_owned).collect();
    [head, rules].into_iter().chain(rows).map(|cells| ["| ", &cells.join(" | "), " |\n"].concat()).collect()
}

/// Plain words as a cell of a table has them.
#[must_use]
pub fn cell_text(words: &str) -> String {
    escaped(words.trim(), Place::Cell, false)
}

/// Plain words as a paragraph has them.
#[must_use]
pub fn paragraph_text(words: &str) -> String {
    escaped(words.trim(), Place::Paragraph, true)
}

/// Text with `first` before its first line and `rest` before the others; nothing stands behind an empty line.
#[must_use]
pub fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::with_capacity(text.len() + first.len());
    for (n, line) in text.split_inclusive('\n').enumerate() {
        let prefix = if n == 0 { first } else { rest };
        out.push_str(if line.trim().is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
    }
    if out.is_empty() { ended(first.trim_end().to_owned()) } else { out }
}

/// Which of two marks the items of a list have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marker {
    First,
    Second,
}

impl Marker {
    fn other(self) -> Self {
        if self == Self::First { Self::Second } else { Self::First }
    }

    fn of_bullets(self) -> char {
        if self == Self::First { '-' } else { '*' }
    }

    fn of_numbers(self) -> char {
        if self == Self::First { '.' } else { ')' }
    }
}

/// Where inlines stand; it decides which signs would be read as marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Several lines; the beginning of each may make it something else.
    Paragraph,
    /// One line, behind a mark.
    Heading,
    /// One line, before definitions.
    Term,
    /// One line, between bars.
    Cell,
}

/// Whether a block is read as one of its own with no blank line before it.
fn stands_under(before: &BlockKind, block: &BlockKind) -> bool {
    let ends = matches!(before, BlockKind::Paragraph(_) | BlockKind::Heading(_) | BlockKind::Code(_));
    ends && match block {
        BlockKind::List(list) => list.start.is_none_or(|start| start == 1),
        BlockKind::Code(_) | BlockKind::Quote(_) | BlockKind::Heading(_) => true,
        _ => false,
    }
}

/// A text of inlines as it grows.
struct Line<'a> {
    writer: MarkdownWriter<'a>,
    place: Place,
    /// A line break that is written when something follows.
    pending: &'static str,
    out: String,
}

impl Line<'_> {
    fn push(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            if !self.pending.is_empty() && !matches!(inline.kind, InlineKind::Comment(_) | InlineKind::SoftBreak | InlineKind::HardBreak) {
                self.out.truncate(self.out.trim_end_matches(' ').len());
                self.out.push_str(std::mem::take(&mut self.pending));
            }
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Html(text) => self.text(text),
                InlineKind::Code(text) => self.code(text),
                InlineKind::Emphasis(content) => self.marked(content, "*", "_"),
                InlineKind::Strong(content) => self.marked(content, "**", "__"),
                InlineKind::Strikethrough(content) => self.marked(content, "~~", "~~"),
                InlineKind::Link(link) => self.link(link),
                InlineKind::Image(image) => self.image(image),
                InlineKind::FootnoteReference(label) => self.out.extend(["[^", label, "]"]),
                InlineKind::SoftBreak => self.break_line("\n"),
                InlineKind::HardBreak => self.break_line("\\\n"),
                InlineKind::Comment(_) => {}
            }
        }
    }

    fn break_line(&mut self, line_break: &'static str) {
        if !self.out.is_empty() {
            self.pending = if self.place == Place::Paragraph { line_break } else { " " };
        }
    }

    fn text(&mut self, text: &str) {
        let at_start = self.out.is_empty() || self.out.ends_with('\n');
        let text = if at_start { text.trim_start() } else { text };
        self.out.push_str(&escaped(text, self.place, at_start));
    }

    fn code(&mut self, text: &str) {
        let ticks = "`".repeat(longest_run(text, '`') + 1);
        // One blank on either side is taken for none, unless there is nothing else.
        let is_padded = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
        let pad = if is_padded || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        let text = if self.place == Place::Cell { text.replace('|', "\\|") } else { text.to_owned() };
        self.out.extend([&ticks, pad, &text, pad, &ticks]);
    }

    /// Content between marks: the second ones where the first would run into those before.
    fn marked(&mut self, content: &[Inline], first: &str, second: &str) {
        let mark = if self.out.ends_with('*') && !self.out.ends_with("\\*") { second } else { first };
        let start = self.out.len();
        self.out.push_str(mark);
        self.push(content);
        if self.out.len() == start + mark.len() {
            self.out.truncate(start);
        } else {
            self.out.push_str(mark);
        }
    }

    fn link(&mut self, link: &Link) {
        match (self.writer.resolve)(link, LinkRole::Link) {
            Some(url) => {
                let shown = plain_text(&link.content);
                let address = url.as_str().strip_prefix("mailto:").unwrap_or(url.as_str());
                if shown == address && (url.is_external() || address.len() < url.as_str().len()) {
                    self.out.extend(["<", address, ">"]);
                } else {
                    self.out.push('[');
                    self.push(&link.content);
                    self.destination(&url, &link.title);
                }
            }
            None => self.push(&link.content),
        }
    }

    fn image(&mut self, image: &Link) {
        let description = plain_text(&image.content);
        match (self.writer.resolve)(image, LinkRole::Image) {
            Some(url) => {
                let shown = if description.trim().is_empty() && url.is_external() { &image.target } else { description.as_str() };
                self.out.push_str(if url.is_external() { "[" } else { "![" });
                self.out.push_str(&escaped(shown, self.place, false));
                self.destination(&url, &image.title);
            }
            None => self.text(&description),
        }
    }

    /// The end of a link, from the bracket behind its text on.
    fn destination(&mut self, url: &SafeUrl, title: &str) {
        let url = url.as_str();
        let is_plain = !url.is_empty() && !url.contains(['(', ')']);
        self.out.push_str("](");
        self.out.extend(if is_plain { ["", url, ""] } else { ["<", url, ">"] });
        if !title.is_empty() {
            let title = title.replace(['\n', '\r'], " ").replace('\\', "\\\\").replace('"', "\\\"");
            let title = if self.place == Place::Cell { title.replace('|', "\\|") } else { title };
            self.out.extend([" \"", &title, "\""]);
        }
        self.out.push(')');
    }
}

/// Text in which every sign that would be read as a mark has a backslash before it. `at_start`: it begins a line.
fn escaped(text: &str, place: Place, at_start: bool) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut done = 0;
    for (at, sign) in text.char_indices().filter(|(_, sign)| sign.is_ascii_punctuation() || matches!(sign, '\n' | '\r')) {
        let (before, rest) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
        let (last, next) = (before.chars().next_back(), rest.chars().next());
        let is_first = at_start && at == 0;
        // A number that begins an item.
        let is_number =
            || at_start && place == Place::Paragraph && (1..=9).contains(&at) && before.bytes().all(|byte| byte.is_ascii_digit());
        let next_is_word = next.is_some_and(char::is_alphanumeric);
        let is_mark = match sign {
            '\\' | '`' | '*' | '[' | ']' | '<' => true,
            '~' => !(next.is_none_or(char::is_whitespace) && last.is_none_or(char::is_whitespace)),
            '_' => !(next_is_word && last.is_some_and(char::is_alphanumeric)),
            '&' => is_entity(rest),
            '!' => next.is_none(),
            '|' => place == Place::Cell || is_first,
            '#' => is_first || place == Place::Heading,
            '{' => place == Place::Heading,
            '-' | '+' => is_first && !next_is_word,
            '=' | '>' | ':' => is_first,
            '.' | ')' => next.is_none_or(char::is_whitespace) && is_number(),
            _ => false,
        };
        let is_break = matches!(sign, '\n' | '\r');
        if is_mark || is_break {
            out.push_str(text.get(done..at).unwrap_or_default());
            out.push(if is_break { ' ' } else { '\\' });
            done = if is_break { at + 1 } else { at };
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Whether what follows `&` makes an entity of it.
fn is_entity(rest: &str) -> bool {
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    behind.len() < rest.len() && behind.starts_with(';')
}

/// How often a sign stands in a row at most.
fn longest_run(text: &str, sign: char) -> usize {
    text.split(|c| c != sign).map(str::len).max().unwrap_or_default()
}

/// A block of code in a fence that nothing in it can end.
fn fenced(language: &str, code: &str) -> String {
    let mark = if language.contains('`') { '~' } else { '`' };
    let fence = mark.to_string().repeat(longest_run(code, mark).max(2) + 1);
    let end = if code.is_empty() || code.ends_with('\n') { "" } else { "\n" };
    format!("{fence}{language}\n{code}{end}{fence}\n")
}

fn ended(text: String) -> String {
    if text.is_empty() { text } else { text + "\n" }
}

#[cfg(test)]
mod tests {
    use super::super::html::{HtmlWriter, Layout, Part};
    use super::super::text::block_text;
    use super::*;
    use crate::diagnostic::Span;
    use crate::markdown::{Highlighter, read};

    fn resolve(link: &Link, _: LinkRole) -> Option<SafeUrl> {
        SafeUrl::new(&link.target)
    }

    fn written(text: &str) -> String {
        MarkdownWriter { resolve: &resolve }.blocks(&read(text, Span::new(0, text.len())).blocks)
    }

    fn html(text: &str) -> String {
        let blocks = read(text, Span::new(0, text.len())).blocks;
        let layout = Layout::of_parts(&[Part::Blocks(&blocks)], 2);
        let writer = HtmlWriter {
            resolve: &resolve,
            highlight: &Highlighter::default(),
            layout: &layout,
            label: &|_| String::new(),
            mentions: None,
        };
        writer.blocks(&blocks) + &writer.footnotes()
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(written(text), expected, "{text:?}");
        assert_eq!(html(expected), html(text), "{text:?}");
        assert_eq!(written(expected), expected, "what is written is written the same again");
    }

    #[test]
    fn blocks_are_written_in_one_form() {
        check("Title\n=====\n\n## B #\n", "# Title\n\n## B\n");
        check("* a\n* b\n    * c\n\n1) d\n", "- a\n- b\n  - c\n\n1. d\n");
        check("- a\n\n* b\n\n+ c\n", "- a\n\n* b\n\n- c\n");
        check("- a\n\n  b\n- c\n", "- a\n\n  b\n\n- c\n");
        check("10. a\n    > b\n11. - c\n", "10. a\n    > b\n11. - c\n");
        check("- [ ] a\n- [X] b\n-\n", "- [ ] a\n- [x] b\n-\n");
        check("    code\n    ```\n", "````\ncode\n```\n````\n");
        check("~~~a`b\nx\n~~~\n", "~~~a`b\nx\n~~~\n");
        check("> [!note] a\n> b\n>\n> - c\n", "> [!NOTE]\n> a\n> b\n>\n> - c\n");
        check("a | b\n--:|:-:\nc \\| d | `e\\|f`\ng\n", "| a | b |\n| --: | :-: |\n| c \\| d | `e\\|f` |\n| g |\n");
        check("a[^n].\n\n[^n]: b\n\n    c\n", "a[^n].\n\n[^n]: b\n\n    c\n");
        check("a\n: b\n: c\n\nd\n:   e\n\n    f\n", "a\n:   b\n:   c\n\nd\n:   e\n\n    f\n");
        check("a\n\n---\n\n- ***\n", "a\n\n___\n\n- ___\n");
    }

    #[test]
    fn what_no_page_shows_is_not_written() {
        check("<!-- a -->\n\nb <!-- c -->d\n\n## E {.g h=i}\n", "b d\n\n## E\n");
        check("- <!-- a -->\n- b\n", "-\n- b\n");
        assert_eq!(written("a  \n<!-- b -->\n\n- c\n\n* d\n\n<!-- e -->\n\n* f\n"), "a\n\n- c\n\n* d\n\n- f\n");
        check("a [b][c] [^d]\n\n[c]: https://e.example/\n", "a [b](https://e.example/) \\[^d\\]\n");
        assert_eq!(written("<div onclick=x>\nb\n</div>\n\n<i>c</i>\n"), "```\n<div onclick=x>\nb\n</div>\n```\n\n\\<i>c\\</i>\n");
        assert_eq!(written("[a](javascript:b) ![c](data:d)\n"), "a c\n");
        assert_eq!(written("![a](https://b.example/c.png) ![d](e.png \"f\")\n"), "[a](https://b.example/c.png) ![d](e.png \"f\")\n");
    }

    #[test]
    fn inlines_are_marked_so_that_they_read_the_same() {
        check("_a_ __b__ ***c*** **_d_ e** ~~f~~ a_b_c\n", "*a* **b** *__c__* **_d_ e** ~~f~~ a_b_c\n");
        check("``a`b`` ` c ` a\\\nb  \nc\n", "``a`b`` ` c ` a\\\nb\\\nc\n".replace("` c `", "`c`").as_str());
        check("<https://a.example/b> https://c.example <d@e.example>\n", "<https://a.example/b> <https://c.example> <d@e.example>\n");
        check("[a](<b c> \"d \\\" e\") [f](g(h)) []()\n", "[a](b%20c \"d \\\" e\") [f](<g(h)>) [](<>)\n");
    }

    #[test]
    fn signs_that_are_no_marks_stay_none() {
        for text in [
            "1\\. a\n1.5 and 1) b\n\\- c\n\\+ d\n\\# e\n\\> f\n\\=\n",
            "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f> \\&amp; R&D \\~g\\~ \\!\\[h](i) \\\\\n",
            "a\n\\: b\n",
            "a | b\n\\--- | ---\n",
            "## C\\# \\{#d} \\#\n",
            "a\\![b](c)\n",
            "&#42;a&#42; &lt;b&gt; &amp;lt;\n",
            "\\[\\[a\\]\\] \\[x\\] \\[^b\\]\n",
            "- \\[ \\] a\n- 2\\. b\n",
        ] {
            let again = written(text);
            assert_eq!(html(&again), html(text), "{text:?} is written {again:?}");
        }
    }

    #[test]
    fn plain_words_stay_words() {
        for words in [
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
            let source = format!("{}\n", paragraph_text(words));
            let blocks = read(&source, Span::new(0, source.len())).blocks;
            assert!(matches!(blocks.as_slice(), [block] if matches!(block.kind, BlockKind::Paragraph(_))), "{source}");
            assert_eq!(block_text(&blocks), words, "{source}");
            let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
            let source = table(row(["One", "Two"]), ["---"; 2].into_iter(), std::iter::once(row([&cell_text(words), "x"])));
            let blocks = read(&source, Span::new(0, source.len())).blocks;
            assert_eq!(block_text(&blocks), format!("One Two\n{words} x"), "{source}");
        }
        assert_eq!(paragraph_text("snake_case, 5 % of a-b & R&D"), "snake_case, 5 % of a-b & R&D", "what is no mark has none");
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the documents are files")]
    fn documents_read_back_as_they_were() {
        let mut seen = 0;
        for folder in ["content/postmortems", "content/guide", "tests/sites"] {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let Ok(text) = std::fs::read_to_string(&path) else { continue };
                let is_archive = path.extension().is_some_and(|ending| ending == "txt");
                for part in text.split(if is_archive { "\n-- " } else { "\0" }) {
                    let part = if is_archive { part.split_once('\n').map_or("", |(_, part)| part) } else { part };
                    let body = crate::frontmatter::parse(part).body.slice(part);
                    // Raw HTML and pictures of other sites are marked on pages.
                    if html(body).contains("class=\"raw-html\"") {
                        continue;
                    }
                    let again = written(body);
                    assert_eq!(html(&again), html(body), "{}: {body}\n=== as\n{again}", path.display());
                    seen += 1;
                }
            }
        }
        assert!(seen > 100, "{seen}");
    }
}
