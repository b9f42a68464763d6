//! Directives: comments that begin `afterword:`, the words of `> [!WORD]`, and the visibility of headings.
//!
//! `<!-- afterword: allow rule: reason -->` is read into [`Allowance`]s. What is not for everybody is found as places in the file
//! ([`Withheld`]): between `<!-- afterword: internal -->` and `<!-- afterword: end -->`, in `> [!INTERNAL]` and `> [!REASONING]`, the list
//! item, table row or column that `<!-- afterword: internal item -->` and its like stand in, the section of a heading with
//! `{visibility=internal}`. Every region must be closed and every word known, since a directive that is not understood could show what was
//! meant to be hidden; a document in which one is not is doubtful, and no public edition shows it.

use super::finding::Findings;
use super::vocabulary::{MARKERS, WITHHELD_MARKERS};
use super::{UNKNOWN_DIRECTIVE, field};
use crate::diagnostic::{Span, Spanned, did_you_mean};
use crate::frontmatter::{Mapping, Node, Value};
use crate::markdown::{Block, BlockKind, Heading, Inline, InlineKind, List, Table, TableRow};
use crate::model::{Allowance, Secrecy, Until, Withheld};

/// The directives, as they begin behind `afterword: `, and what each is for.
pub const DIRECTIVES: &[(&str, &str)] = &[
    (
        "allow",
        "What a rule finds in the next block is meant so: `allow rule-name: reason`. Before everything else it covers the whole file.",
    ),
    ("internal", "What follows is not for the public, up to `end`."),
    ("internal item", "The list item that this stands in is not for the public."),
    ("internal row", "The row of the table that this stands in is not for the public."),
    ("internal column", "The column in whose head this stands is not for the public."),
    ("internal until", "What follows is not for the public before a day, or before actions are done, up to `end`."),
    ("end", "What is not for the public ends here."),
];

/// What the directives of a text say.
pub(super) struct Directives {
    pub(super) allowances: Vec<Allowance>,
    pub(super) withheld: Withheld,
}

/// Reads the directives of a text. In its metadata there can be none.
pub(super) fn read(metadata: &Mapping, blocks: &[Block], source: &str, findings: &mut Findings<'_>) -> Directives {
    let (allowances, stretches, around) = (Vec::new(), Vec::new(), Around::default());
    let mut reader = Reader { source, findings, allowances, stretches, held: Vec::new(), around, is_doubtful: false };
    reader.metadata(metadata);
    let head = reader.file_head(blocks);
    reader.blocks(blocks, head, source.len());
    Directives { allowances: reader.allowances, withheld: Withheld::new(reader.stretches, reader.held, reader.is_doubtful) }
}

struct Reader<'a, 'f, 'p> {
    source: &'a str,
    findings: &'f mut Findings<'p>,
    allowances: Vec<Allowance>,
    stretches: Vec<(Span, Secrecy)>,
    held: Vec<(Span, Until)>,
    around: Around,
    is_doubtful: bool,
}

/// What a comment stands in.
#[derive(Debug, Clone, Default)]
struct Around {
    /// The innermost list item.
    item: Option<Span>,
    /// The row of a table, but the first.
    row: Option<Span>,
    /// The column of a table, in its first row.
    column: Option<usize>,
    /// The columns that were asked to be withheld.
    columns: Vec<usize>,
}

/// What a comment asks for.
enum Directive<'a> {
    Allow {
        rules: Vec<&'a str>,
        reason: &'a str,
    },
    Internal(Option<Until>),
    End,
    /// The part of the text that it stands in is withheld.
    InternalPart(Part),
}

/// A part of a list or table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Item,
    Row,
    Column,
}

/// Why a comment that looks like a directive is none.
struct Refusal {
    message: String,
    help: String,
}

impl Reader<'_, '_, '_> {
    /// Metadata are data: a directive in them would not be heard.
    fn metadata(&mut self, metadata: &Mapping) {
        for entry in &metadata.entries {
            self.value(&entry.value);
        }
    }

    fn value(&mut self, node: &Node) {
        match &node.value {
            Value::Scalar(scalar) if scalar.text.contains("<!--") && names_us(&scalar.text) => {
                let message = "a directive in the metadata is not heard".to_owned();
                let help =
                    "`internal_fields` under `[editions.public]` withholds whole fields; put what is internal into the text".to_owned();
                self.refuse(node.span, Refusal { message, help });
            }
            Value::Scalar(_) => {}
            Value::Sequence(items) => items.iter().for_each(|item| self.value(item)),
            Value::Mapping(mapping) => self.metadata(mapping),
        }
    }

    /// The comments before everything else cover the whole file. Gives their number.
    fn file_head(&mut self, blocks: &[Block]) -> usize {
        let mut head = 0;
        for block in blocks {
            let BlockKind::Comment(comment) = &block.kind else { break };
            if let Some(Ok(Directive::Allow { rules, reason })) = directive(comment) {
                self.allow(&rules, reason, block.span, Span::new(0, self.source.len()));
            }
            head += 1;
        }
        head
    }

    /// Reads the blocks of one container, which ends at `end`; allowances among the first `head` have been read.
    fn blocks(&mut self, blocks: &[Block], head: usize, end: usize) {
        let mut regions = Regions::default();
        let following = following(blocks);
        for (at, block) in blocks.iter().enumerate() {
            match &block.kind {
                BlockKind::Comment(comment) => {
                    let directive = self.comment(comment, block.span, &mut regions);
                    if let Some(Directive::Allow { rules, reason }) = directive.filter(|_| at >= head) {
                        self.allow_next(&rules, reason, block.span, following.get(at).copied().flatten());
                    }
                }
                BlockKind::Heading(heading) => {
                    if self.is_internal(heading, block.span) {
                        let is_next = |next: &&Block| matches!(&next.kind, BlockKind::Heading(next) if next.level <= heading.level);
                        let next = blocks.get(at + 1..).unwrap_or_default().iter().find(is_next);
                        let end = next.map_or(end, |next| next.span.start as usize);
                        self.withhold(Span::new(block.span.start as usize, end), Secrecy::Internal);
                    }
                    self.inlines(&heading.content, block.span);
                }
                BlockKind::Paragraph(content) => {
                    self.stray_marker(block.span);
                    self.inlines(content, block.span);
                }
                BlockKind::List(list) => self.list(list),
                BlockKind::Table(table) => self.table(table, block.span),
                BlockKind::Quote(quote) => {
                    match &quote.marker {
                        Some(marker) => self.marker(marker, block.span),
                        None => self.near_marker(block.span),
                    }
                    self.contained(&quote.blocks);
                }
                BlockKind::Definitions(entries) => {
                    for entry in entries {
                        self.inlines(&entry.term, block.span);
                        entry.definitions.iter().for_each(|blocks| self.contained(blocks));
                    }
                }
                BlockKind::Footnote { blocks, .. } => self.contained(blocks),
                BlockKind::Html(_) => {
                    self.open_comment(block.span);
                    self.swallowed(block.span, "raw HTML, which is shown as text");
                }
                BlockKind::Code(_) if is_open_fence(block.span.slice(self.source)) => {
                    self.swallowed(block.span, "a code block that is never closed");
                }
                BlockKind::Code(_) | BlockKind::Rule => {}
            }
        }
        self.close(&regions, end);
    }

    /// Reads the blocks of a container that ends with its last block.
    fn contained(&mut self, blocks: &[Block]) {
        self.blocks(blocks, 0, blocks.last().map_or(0, |last| last.span.end as usize));
    }

    fn list(&mut self, list: &List) {
        for item in &list.items {
            let around = std::mem::replace(&mut self.around, Around { item: Some(item.span), ..Around::default() });
            self.contained(&item.blocks);
            self.around = around;
        }
    }

    fn table(&mut self, table: &Table, block: Span) {
        let around = self.around.clone();
        self.around.row = None;
        for (column, cell) in table.header.cells.iter().enumerate() {
            self.around.column = Some(column);
            self.inlines(&cell.content, block);
        }
        self.around.column = None;
        for row in &table.rows {
            self.around.row = Some(row.span);
            for cell in &row.cells {
                self.inlines(&cell.content, block);
            }
        }
        let columns = std::mem::take(&mut self.around.columns);
        self.around = around;
        for column in columns {
            let parts = column_parts(table, column, self.source);
            self.stretches.extend(parts.into_iter().map(|part| (part, Secrecy::Internal)));
        }
    }

    fn withhold(&mut self, span: Span, secrecy: Secrecy) {
        self.stretches.push((span, secrecy));
    }

    /// Whether the section of a heading is not for the public. A word that is not understood says so, too.
    fn is_internal(&mut self, heading: &Heading, span: Span) -> bool {
        let mut is_internal = false;
        for (key, value) in &heading.attributes {
            match (&**key, &**value) {
                ("class" | "visibility", "internal") => is_internal = true,
                ("visibility", "public") => {}
                (key, value) if seems_to_withhold(key) || (key == "class" && seems_to_withhold(value)) => {
                    is_internal = true;
                    let word = if key == "class" { value.to_owned() } else { format!("{key}={value}") };
                    self.refuse_visibility(span, &word);
                }
                _ => {}
            }
        }
        // Attributes that are not at the very end of a heading, or not closed, are words of it.
        let words =
            heading.content.iter().filter_map(|inline| if let InlineKind::Text(words) = &inline.kind { Some(&**words) } else { None });
        for braces in words.filter_map(|words| words.split_once('{')).map(|(_, braces)| braces.trim_end_matches('}')) {
            if braces.split(|c: char| !c.is_alphanumeric()).any(seems_to_withhold) {
                is_internal = true;
                self.refuse_visibility(span, braces);
            }
        }
        is_internal
    }

    fn refuse_visibility(&mut self, heading: Span, word: &str) {
        let message = format!("`{{{word}}}` is no visibility, so the section is withheld");
        self.refuse(
            heading,
            Refusal { message, help: "write `{visibility=internal}` at the end of the heading, or leave it out".to_owned() },
        );
    }

    /// The inlines of the block at `block`, which an allowance among them covers.
    fn inlines(&mut self, inlines: &[Inline], block: Span) {
        let mut regions = Regions::default();
        for inline in inlines {
            if let InlineKind::Comment(comment) = &inline.kind
                && let Some(Directive::Allow { rules, reason }) = self.comment(comment, inline.span, &mut regions)
            {
                self.allow(&rules, reason, inline.span, block);
            }
            if matches!(inline.kind, InlineKind::Text(_) | InlineKind::Html(_)) {
                self.open_comment(inline.span);
            }
            self.inlines(inline.content(), block);
        }
        self.close(&regions, inlines.last().map_or(0, |last| last.span.end as usize));
    }

    /// A comment that is opened in a stretch of text and not closed is no comment: what was meant to be hidden would be printed.
    fn open_comment(&mut self, span: Span) {
        const OPENING: &str = "<!--";
        let text = span.slice(self.source);
        if !text.contains('<') {
            return;
        }
        let Some(at) = text.find(OPENING).filter(|at| !text.get(..*at).unwrap_or_default().ends_with('\\')) else { return };
        let start = span.range().start + at;
        let help = "close it with `-->` in the same paragraph, or before the next heading or list; to show the characters, write `\\<!--`";
        let message = "this comment is not closed, so it is shown as text".to_owned();
        self.refuse(Span::new(start, start + OPENING.len()), Refusal { message, help: help.to_owned() });
    }

    /// Marks that became part of something else are none, and what they were to withhold would be shown.
    fn swallowed(&mut self, block: Span, by: &str) {
        const MARKS: [&str; 5] = ["[!internal", "[!reasoning", "afterword: internal", "visibility=internal", ".internal}"];
        let text = block.slice(self.source).to_lowercase();
        if MARKS.iter().any(|mark| text.contains(mark)) {
            let message = format!("what is meant to withhold something stands in {by}");
            let help = "close what stands before it; an example of a mark belongs into a code block that is closed".to_owned();
            self.refuse(Span::at(block.start as usize), Refusal { message, help });
        }
    }

    /// Reads one comment, keeps track of regions, and gives back an allowance.
    fn comment<'c>(&mut self, comment: &'c str, span: Span, regions: &mut Regions) -> Option<Directive<'c>> {
        self.withhold(span, Secrecy::Comment);
        match directive(comment)? {
            Err(refusal) => self.refuse(span, refusal),
            Ok(Directive::Internal(until)) => {
                if let Some((open, _)) = regions.open {
                    let finding = self.findings.error(UNKNOWN_DIRECTIVE, span, "this internal region is inside another one");
                    let path = self.findings.path();
                    self.findings.push(
                        finding.also(path, open, "opened here").help("close the first with `<!-- afterword: end -->`, or remove this one"),
                    );
                    self.is_doubtful = true;
                } else {
                    regions.open = Some((span, until));
                }
            }
            Ok(Directive::InternalPart(part)) => self.withhold_part(part, span),
            Ok(Directive::End) => {
                if let Some((open, until)) = regions.open.take() {
                    match until {
                        Some(until) => self.held.push((open.to(span), until)),
                        None => self.withhold(open.to(span), Secrecy::Internal),
                    }
                } else {
                    let message = "nothing is open that this could end".to_owned();
                    let help = "a region opens and ends in the same list item, quote or paragraph, or outside of all".to_owned();
                    self.refuse(span, Refusal { message, help });
                }
            }
            Ok(allow) => return Some(allow),
        }
        None
    }

    /// Withholds the list item, row or column that a comment stands in; where it stands in none, all that is around it.
    fn withhold_part(&mut self, part: Part, comment: Span) {
        let whole = match part {
            Part::Item => self.around.item,
            Part::Row => self.around.row,
            Part::Column => {
                self.around.columns.extend(self.around.column);
                self.around.column.map(|_| comment)
            }
        };
        if let Some(whole) = whole {
            return self.withhold(whole, Secrecy::Internal);
        }
        let (message, help) = match part {
            Part::Item => ("this comment stands in no list item", "put it into the item that is not for the public"),
            Part::Row => ("this comment stands in no row of a table", "put it into a cell of the row that is not for the public"),
            Part::Column => {
                ("this comment stands in no head of a column", "put it into the first row of the table, where the column is named")
            }
        };
        self.refuse(comment, Refusal { message: message.to_owned(), help: help.to_owned() });
        self.withhold(self.around.row.or(self.around.item).unwrap_or(comment), Secrecy::Internal);
    }

    /// A region that is never closed goes on to the end of what it was opened in.
    fn close(&mut self, regions: &Regions, end: usize) {
        if let Some((open, _)) = regions.open {
            self.withhold(Span::new(open.start as usize, end.max(open.end as usize)), Secrecy::Internal);
            let message = "this internal region is never closed".to_owned();
            let help = "write `<!-- afterword: end -->` behind its last block, in the same list item, quote or paragraph".to_owned();
            self.refuse(open, Refusal { message, help });
        }
    }

    /// An allowance covers the block behind it; several in a row cover the same one.
    fn allow_next(&mut self, rules: &[&str], reason: &str, comment: Span, next: Option<Span>) {
        match next {
            Some(block) => self.allow(rules, reason, comment, block),
            None => self.refuse(
                comment,
                Refusal {
                    message: "no block follows that this could cover".to_owned(),
                    help: "put the comment before the block it is for, or at the head of the file for all of it".to_owned(),
                },
            ),
        }
    }

    fn allow(&mut self, rules: &[&str], reason: &str, comment: Span, covers: Span) {
        for rule in rules {
            let at = comment.slice(self.source).find(rule).map(|at| comment.range().start + at);
            let span = at.map_or(comment, |at| Span::new(at, at + rule.len()));
            self.allowances.push(Allowance { rule: Spanned::new((*rule).to_owned(), span), reason: reason.to_owned(), covers });
        }
    }

    /// A quote that begins as though it were marked, and is not: `[! INTERNAL]`, `**[!INTERNAL]**`, `[!INTERNAL until 2026-12-01]`.
    fn near_marker(&mut self, quote: Span) {
        let written = quote.slice(self.source);
        let written = written.strip_prefix('>').unwrap_or(written).trim_start_matches(|c: char| c.is_whitespace() || "*_\\`~".contains(c));
        let Some((word, _)) = written.strip_prefix('[').and_then(|rest| rest.split_once(']')) else { return };
        let inner = word.trim_matches(|c: char| c.is_whitespace() || "!\\".contains(c));
        // `[!INTERNAL until …]` is meant as a marker, `[Internal tools](…)` as a link.
        let word = if word.trim_start_matches([' ', '\\']).starts_with('!') { first_word(inner) } else { inner }.to_uppercase();
        if WITHHELD_MARKERS.iter().any(|(known, _)| *known == word) {
            self.withhold(quote, Secrecy::Internal);
            let help = format!("begin the quote with `[!{word}]`, and nothing before it on the line");
            self.refuse(
                Span::at(quote.start as usize),
                Refusal { message: "this is nearly a marker, so the quote is withheld".to_owned(), help },
            );
        }
    }

    /// A marker at the beginning of a line, but not of a quote.
    fn stray_marker(&mut self, paragraph: Span) {
        let text = paragraph.slice(self.source);
        if !text.contains("[!") {
            return;
        }
        let begins = |line: &str| {
            let word = line.trim_start_matches([' ', '\t', '>']).strip_prefix("[!").and_then(|rest| rest.split_once(']'));
            word.is_some_and(|(word, _)| WITHHELD_MARKERS.iter().any(|(known, _)| known.eq_ignore_ascii_case(first_word(word))))
        };
        if text.lines().any(begins) {
            self.withhold(paragraph, Secrecy::Internal);
            let help = "begin a quote with it: `> [!INTERNAL]`".to_owned();
            let message = "this marker begins no quote, so its paragraph is withheld".to_owned();
            self.refuse(Span::at(paragraph.start as usize), Refusal { message, help });
        }
    }

    fn marker(&mut self, marker: &Spanned<Box<str>>, quote: Span) {
        if let Some((_, secrecy)) = WITHHELD_MARKERS.iter().find(|(word, _)| *word == &*marker.value) {
            self.withhold(quote, *secrecy);
        }
        if MARKERS.contains(&&*marker.value) {
            return;
        }
        self.withhold(quote, Secrecy::Internal);
        let list = field::one_of(MARKERS);
        let help = match did_you_mean(&marker.value, MARKERS.iter().copied()) {
            Some(near) => format!("did you mean `[!{near}]`? The words are {list}"),
            None => format!("the words are {list}"),
        };
        self.refuse(marker.span, Refusal { message: format!("`[!{}]` marks nothing that is known", marker.value), help });
    }

    fn refuse(&mut self, span: Span, refusal: Refusal) {
        self.is_doubtful = true;
        self.findings.push(self.findings.error(UNKNOWN_DIRECTIVE, span, refusal.message).help(refusal.help));
    }
}

/// What a column of a table is written as: a stretch of each row, and of the line that sets the columns, each with one of its bars.
fn column_parts(table: &Table, column: usize, source: &str) -> Vec<Span> {
    let line_end = |from: usize| source.get(from..).and_then(|rest| rest.find('\n')).map_or(source.len(), |at| from + at);
    let header_end = line_end(table.header.span.end as usize);
    let delimiters = Span::new(header_end + 1, line_end(header_end + 1));
    let rows = std::iter::once(&table.header).chain(&table.rows).map(|row: &TableRow| row.span);
    rows.chain([delimiters]).filter_map(|line| cell_with_bar(line, column, source)).collect()
}

/// The stretch of one line of a table that a column takes.
fn cell_with_bar(line: Span, column: usize, source: &str) -> Option<Span> {
    let (start, text) = (line.start as usize, line.slice(source).trim_end());
    // A quote or list that the table stands in may begin the line.
    let inner = text.trim_start_matches([' ', '\t', '>']);
    let opening = text.len() - inner.len();
    let is_bar = |at: &usize| text.as_bytes().get(*at) == Some(&b'|') && !text.get(..*at).unwrap_or_default().ends_with('\\');
    let bars = (opening..text.len()).filter(is_bar).map(Some);
    let edges: Vec<Option<usize>> = std::iter::once(None).filter(|_| !is_bar(&opening)).chain(bars).collect();
    let after = edges.get(column + 1).copied().flatten();
    // The bar before goes with the cell, so that the one that ends the line stays; an only bar stays, or it would be no table.
    let is_only = edges.iter().flatten().count() == 1;
    let (from, to) = match (*edges.get(column)?, after) {
        (Some(before), after) => (before + usize::from(is_only), after.unwrap_or(text.len())),
        (None, after) => (opening, after.map_or(text.len(), |after| after + usize::from(!is_only))),
    };
    Some(Span::new(start + from, start + to))
}

/// The letters and digits that a text begins with.
fn first_word(text: &str) -> &str {
    text.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

/// Whether a text names this program as directives do, however it is written.
fn names_us(text: &str) -> bool {
    text.to_lowercase().contains("afterword")
}

/// Whether a word is `internal`, or `visibility` or one that was meant to be it.
fn seems_to_withhold(word: &str) -> bool {
    let word = word.to_lowercase();
    ["visibility", "internal"].contains(&first_word(&word)) || did_you_mean(&word, ["visibility"]).is_some()
}

/// Whether a code block begins with a fence that no line closes.
fn is_open_fence(block: &str) -> bool {
    let fence = block.trim_start();
    let Some(mark) = fence.chars().next().filter(|c| matches!(c, '`' | '~')) else { return false };
    let length = fence.chars().take_while(|c| *c == mark).count();
    let last = block.lines().last().unwrap_or_default().trim_matches([' ', '\t', '>']);
    block.lines().count() < 2 || last.chars().count() < length || !last.chars().all(|c| c == mark)
}

/// For each block the next one behind it that is no comment.
fn following(blocks: &[Block]) -> Vec<Option<Span>> {
    let mut next = None;
    let mut following: Vec<_> = blocks
        .iter()
        .rev()
        .map(|block| if matches!(block.kind, BlockKind::Comment(_)) { next } else { next.replace(block.span) })
        .collect();
    following.reverse();
    following
}

/// The regions of one list of siblings.
#[derive(Default)]
struct Regions {
    open: Option<(Span, Option<Until>)>,
}

/// What a comment asks for; nothing where it is only a comment.
fn directive(comment: &str) -> Option<Result<Directive<'_>, Refusal>> {
    const NAME: &str = "afterword";
    const VERBS: [&str; 3] = ["allow", "internal", "end"];
    let comment = comment.trim();
    let bare = comment.trim_matches(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_verb = |word: &&str| VERBS.iter().any(|verb| verb.eq_ignore_ascii_case(word));
    if let [first, second, ..] = words.as_slice()
        && first.eq_ignore_ascii_case(NAME)
        && is_verb(second)
        && !comment.strip_prefix(NAME).is_some_and(|rest| rest.trim_start().starts_with(':'))
    {
        return Some(Err(unknown(format!("a directive begins `{NAME}:`, in small letters and with a colon"))));
    }
    if let ["internal"] | ["internal", "item" | "row" | "column" | "end" | "start" | "begin"] | ["end", "internal"] = words.as_slice() {
        return Some(Err(unknown(format!("a directive begins `{NAME}:`"))));
    }
    let word = comment.split(|c: char| c == ':' || c.is_whitespace()).next().unwrap_or_default();
    let body = comment.strip_prefix(word).unwrap_or_default().trim_start().strip_prefix(':');
    if word != NAME {
        // "Afterwards: …" is a comment like any other, "Afterwrod: internal" is not.
        let verb = body.unwrap_or_default().trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let meant = did_you_mean(word, [NAME]).is_some() && did_you_mean(verb, VERBS).is_some();
        return meant.then(|| Err(unknown(format!("`{word}` is not how a directive begins"))));
    }
    let Some(body) = body.map(str::trim) else { return Some(Err(unknown("a directive begins `afterword:`, with a colon".to_owned()))) };
    let (verb, rest) = body.split_once(|c: char| c.is_whitespace() || c == ':').unwrap_or((body, ""));
    Some(match (verb, rest.trim()) {
        ("internal", "") => Ok(Directive::Internal(None)),
        ("internal", "item") => Ok(Directive::InternalPart(Part::Item)),
        ("internal", "row") => Ok(Directive::InternalPart(Part::Row)),
        ("internal", "column") => Ok(Directive::InternalPart(Part::Column)),
        ("end", "" | "internal") => Ok(Directive::End),
        ("internal", rest) if rest.split_whitespace().next() == Some("until") => {
            until(rest.strip_prefix("until").unwrap_or_default().trim())
        }
        ("internal", _) => Err(unknown("`internal` stands alone, or before `item`, `row`, `column` or `until`".to_owned())),
        ("end", _) => Err(unknown("`end` stands alone".to_owned())),
        ("allow", rest) => allow(rest),
        _ => Err(unknown(match did_you_mean(verb, VERBS) {
            Some(near) => format!("there is no directive `{verb}`; did you mean `{near}`?"),
            None => format!("there is no directive `{verb}`"),
        })),
    })
}

/// A day, or the ids of actions.
fn until(text: &str) -> Result<Directive<'_>, Refusal> {
    let is_id = |id: &&str| !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    let text = text.strip_suffix("done").map_or(text, str::trim_end);
    let ids: Vec<&str> = text.split([',', ' ']).filter(|id| !id.is_empty() && *id != "and").collect();
    match (super::moment(text).and_then(|moment| moment.day_after()), ids.is_empty() || !ids.iter().all(is_id)) {
        (Some(day), _) => Ok(Directive::Internal(Some(Until::Day(day)))),
        (None, false) => Ok(Directive::Internal(Some(Until::Done(ids.into_iter().map(str::to_owned).collect())))),
        (None, true) => Err(Refusal {
            message: "nobody can tell until when this is internal".to_owned(),
            help: "write `<!-- afterword: internal until 2026-12-01 -->`, or the ids of actions: `internal until A1, A2 done`".to_owned(),
        }),
    }
}

/// `rule: reason` or `rule, rule: reason`.
fn allow(text: &str) -> Result<Directive<'_>, Refusal> {
    let (rules, reason) = text.split_once(':').unwrap_or((text, ""));
    let rules: Vec<&str> = rules.split(',').map(str::trim).collect();
    let is_name = |rule: &&str| !rule.is_empty() && rule.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if !rules.iter().all(is_name) {
        return Err(unknown("`allow` names a rule as findings do, in lower case with dashes".to_owned()));
    }
    if reason.trim().is_empty() {
        return Err(Refusal {
            message: "this allowance gives no reason".to_owned(),
            help: "write `<!-- afterword: allow rule-name: why it is right here -->`".to_owned(),
        });
    }
    Ok(Directive::Allow { rules, reason: reason.trim() })
}

fn unknown(message: String) -> Refusal {
    Refusal {
        message,
        help: "the directives are `afterword: allow rule-name: reason`, `afterword: internal` with `afterword: end`, and `afterword: internal item`, \
               `row` or `column`"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{DIRECTIVES, directive};
    use crate::config::Config;
    use crate::model::AnyDocument;
    use crate::parse::tests::{check_findings, postmortem};
    use crate::parse::{Role, document};

    /// The allowances of a text: rule, reason, what it covers.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        let (postmortem, findings) = postmortem(text);
        assert_eq!(findings, [""; 0], "{text}");
        let allowances: Vec<_> = postmortem
            .head
            .allowances
            .iter()
            .map(|allowance| {
                assert_eq!(allowance.rule.span.slice(text), allowance.rule.value);
                (allowance.rule.value.as_str(), allowance.reason.as_str(), allowance.covers.slice(text).trim_end())
            })
            .collect();
        assert_eq!(allowances, expected, "{text}");
    }

    #[test]
    fn every_directive_of_the_list_is_understood() {
        for (written, meaning) in DIRECTIVES {
            let whole = match *written {
                "allow" => "allow a-rule: a reason",
                "internal until" => "internal until 2026-12-01",
                written => written,
            };
            assert!(matches!(directive(&format!("afterword: {whole}")), Some(Ok(_))) && meaning.ends_with('.'), "{written}");
        }
    }

    #[test]
    fn a_comment_that_is_not_closed_is_no_comment() {
        for text in ["a <!-- b\n\nc", "<!-- a\n\nb", "- a\n\n  <!-- b"] {
            let findings = postmortem(text).1;
            assert!(matches!(findings.as_slice(), [one] if one.contains("not closed")), "{text}: {findings:?}");
        }
        check_findings("a <!-- b --> c `<!--` \\<!-- d\n\n    <!-- code\n\n&lt;!-- e", &[]);
    }

    #[test]
    fn an_allowance_covers_what_comes_next() {
        check(
            "# T\n\n<!-- afterword: allow broken-link: moved on purpose -->\n[a](b)\n\nc\n",
            &[("broken-link", "moved on purpose", "[a](b)")],
        );
        check("x\n\n<!-- afterword: allow a-b: c -->\n<!-- afterword: allow d: e -->\n\n- f\n", &[("a-b", "c", "- f"), ("d", "e", "- f")]);
        check("x\n\n<!-- afterword: allow a, b: c: d -->\n\ny\n", &[("a", "c: d", "y"), ("b", "c: d", "y")]);
        check("- a <!-- afterword: allow b: c -->\n- d\n", &[("b", "c", "a <!-- afterword: allow b: c -->")]);
        check("> <!-- afterword: allow b: c -->\n>\n> d\n", &[("b", "c", "d")]);
    }

    #[test]
    fn an_allowance_before_everything_covers_the_file() {
        let text = "---\ntitle: T\n---\n<!-- afterword: allow a: b -->\n<!-- words -->\n<!-- afterword: allow c: d -->\n\nx";
        check(text, &[("a", "b", text), ("c", "d", text)]);
        check("x\n\n<!-- just words -->\n<!-- afterwards: more -->\n\ny", &[]);
    }

    #[test]
    fn a_region_is_closed_where_it_was_opened() {
        check_findings(
            "a\n\n<!-- afterword: internal -->\n\nb\n\n<!-- afterword: end -->\n\n<!-- afterword:internal -->c<!-- afterword:end -->",
            &[],
        );
        check_findings(
            "- <!-- afterword: internal -->\n\nb\n\n<!-- afterword: end -->\n",
            &[
                "unknown-directive \"<!-- afterword: internal -->\": this internal region is never closed",
                "unknown-directive \"<!-- afterword: end -->\": nothing is open that this could end",
            ],
        );
        check_findings(
            "x\n\n<!-- afterword: internal -->\n\n<!-- afterword: internal -->\n\nb\n\n<!-- afterword: end -->\n",
            &["unknown-directive \"<!-- afterword: internal -->\": this internal region is inside another one"],
        );
    }

    #[test]
    fn a_directive_that_is_not_understood_is_told() {
        for (comment, message) in [
            ("afterword: internl", "there is no directive `internl`; did you mean `internal`?"),
            ("afterword: hide", "there is no directive `hide`"),
            ("afterword internal", "a directive begins `afterword:`, in small letters and with a colon"),
            ("aftrword: internal", "`aftrword` is not how a directive begins"),
            ("Afterword: internal", "a directive begins `afterword:`, in small letters and with a colon"),
            ("afterword: internal note", "`internal` stands alone, or before `item`, `row`, `column` or `until`"),
            ("afterword: internal until", "nobody can tell until when this is internal"),
            ("afterword: internal until (soon)", "nobody can tell until when this is internal"),
            ("afterword: allow", "`allow` names a rule as findings do, in lower case with dashes"),
            ("afterword: allow Broken Link: x", "`allow` names a rule as findings do, in lower case with dashes"),
            ("afterword: allow broken-link", "this allowance gives no reason"),
            ("afterword: allow broken-link: ", "this allowance gives no reason"),
            ("afterword: allow broken-link: x", "no block follows that this could cover"),
        ] {
            let text = format!("x\n\n<!-- {comment} -->\n");
            check_findings(&text, &[&format!("unknown-directive \"<!-- {comment} -->\": {message}")]);
        }
    }

    #[test]
    fn a_marker_is_one_of_those_known() {
        check_findings("> [!NOTE]\n> a\n\n> [!internal]\n> b\n\n> [!Reasoning]\n> c\n\n> [not] a marker\n", &[]);
        check_findings("- > [!INTERNEL]\n  > a\n", &["unknown-directive \"[!INTERNEL]\": `[!INTERNEL]` marks nothing that is known"]);
    }

    /// The withheld stretches of a postmortem, as they are written.
    #[track_caller]
    fn check_withheld(text: &str, expected: &[&str]) {
        let parsed = document(&"content/postmortems/a.md".into(), text, Role::Postmortem, &Config::default());
        let AnyDocument::Postmortem(postmortem) = parsed.document else { panic!("no postmortem") };
        let stretches = postmortem.head.withheld.from_the_public().iter();
        let written = stretches.map(|stretch| text.get(stretch.start as usize..text.len().min(stretch.end as usize)).unwrap());
        assert_eq!(written.collect::<Vec<_>>(), expected, "{text}");
    }

    const BEGIN: &str = "<!-- afterword: internal -->";
    const END: &str = "<!-- afterword: end -->";

    #[test]
    fn a_marked_quote_is_withheld_wherever_it_stands() {
        check_withheld("a\n\n> [!INTERNAL]\n> b\n\n> c\n\n> [!NOTE]\n> d\n", &["> [!INTERNAL]\n> b"]);
        check_withheld("- a\n\n  > > [!reasoning]\n  > > b\n\n  c\n", &["> [!reasoning]\n  > > b"]);
        check_withheld("> [!NOTE]\n> > [!INTERNAL]\n> > b\n>\n> c\n", &["> [!INTERNAL]\n> > b"]);
        check_withheld("a[^1]\n\n[^1]: b\n\n    > [!INTERNAL]\n    > c\n", &["> [!INTERNAL]\n    > c"]);
    }

    #[test]
    fn a_region_goes_through_headings_events_and_actions() {
        let region = format!("{BEGIN}\n\n## Timeline\n\n- 2024-03-17 14:05 b\n\n## Actions\n\n- c\n\n[^1]: d\n\n{END}");
        check_withheld(&format!("a[^1]\n\n{region}\n\ne\n"), &[&region]);
    }

    #[test]
    fn a_region_among_words_ends_among_them() {
        let region = format!("{BEGIN}b *c*{END}");
        check_withheld(&format!("a {region} d\n"), &[&region]);
        check_withheld(&format!("## Timeline\n\n- 2024-03-17 14:05 a {region}\n"), &[&region]);
        check_withheld(&format!("| a |\n|---|\n| {region} |\n"), &[&region]);
    }

    #[test]
    fn what_is_withheld_of_an_action_is_withheld() {
        check_withheld("## Actions\n\n- a\n\n  > [!INTERNAL]\n  > b\n\n- c\n", &["> [!INTERNAL]\n  > b"]);
    }

    #[test]
    fn a_region_that_is_not_closed_goes_on_to_the_end_of_its_container() {
        check_withheld(&format!("a\n\n{BEGIN}\n\nb\n\n## C\n\nd\n"), &[&format!("{BEGIN}\n\nb\n\n## C\n\nd\n")]);
        check_withheld(&format!("- a\n\n  {BEGIN}\n\n  b\n\nc\n"), &[&format!("{BEGIN}\n\n  b")]);
    }

    #[test]
    fn items_rows_columns_and_sections_are_withheld_where_they_say_so() {
        check_withheld("- a\n- b <!-- afterword: internal item -->\n  c\n- d\n", &["- b <!-- afterword: internal item -->\n  c"]);
        check_withheld("- a\n  - b\n\n    <!-- afterword: internal item -->\n  - c\n", &["- b\n\n    <!-- afterword: internal item -->"]);
        check_withheld(
            "| a | b |\n|---|---|\n| c <!-- afterword: internal row --> | d |\n| e |\n",
            &["| c <!-- afterword: internal row --> | d |"],
        );
        let column = "<!-- afterword: internal column -->";
        check_withheld(
            &format!("| a | b {column} | c |\n|---|:-:|---|\n| d | e | f |\n| g |\n"),
            &[&format!("| b {column} "), "|:-:", "| e ", "|"],
        );
        check_withheld(&format!("a {column} | b\n---|---\nc\\|d | e\n"), &[&format!("a {column} "), "---", "c\\|d "]);
        check_withheld(&format!("> | a | b {column}\n> |---|---|\n> | c | d |\n"), &[&format!("| b {column}"), "|---", "| d "]);
        check_withheld(
            "# T\n\n## A {visibility=internal}\n\na\n\n### B\n\n## C\n\n## D {.internal}\n\nd\n",
            &["## A {visibility=internal}\n\na\n\n### B\n\n", "## D {.internal}\n\nd\n"],
        );
        check_withheld(
            "## Timeline\n\n- 2024-03-17 14:05 a\n- 2024-03-17 14:06 b <!-- afterword: internal item -->\n",
            &["- 2024-03-17 14:06 b <!-- afterword: internal item -->"],
        );
    }

    #[test]
    fn where_it_is_not_understood_more_is_withheld() {
        check_withheld("## A {visibility=intrenal}\n\na\n", &["## A {visibility=intrenal}\n\na\n"]);
        check_findings(
            "## A {visibility=intrenal}\n",
            &["unknown-directive \"## A {visibility=intrenal}\": `{visibility=intrenal}` is no visibility, so the section is withheld"],
        );
        check_findings(
            "a <!-- afterword: internal row -->\n",
            &["unknown-directive \"<!-- afterword: internal row -->\": this comment stands in no row of a table"],
        );
        check_withheld("## The `{internal}` flag {.external}\n\na\n\n## B {.interval}\n", &[]);
        check_findings(
            "```\na\n\n> [!INTERNAL]\n> b\n",
            &["unknown-directive \"\": what is meant to withhold something stands in a code block that is never closed"],
        );
        check_findings("~~~\n> [!INTERNAL]\n~~~\n\n- ```\n  > [!INTERNAL]\n  ```\n\n> ````\n> [!INTERNAL]\n> `````\n", &[]);
        check_withheld("- a\n\n  b <!-- afterword: internal column -->\n", &["- a\n\n  b <!-- afterword: internal column -->"]);
    }
}
