//! What is said under a heading: an answer, or the form to be filled in.

use super::Reading;
use super::leftover_placeholder::{Prompts, is_instruction_word, opens_placeholder, without_placeholders};
use crate::check::passage::{self, Kind, Passage};
use crate::markdown::{Block, BlockKind, Cell, Inline, InlineKind, Table, TableRow};
use crate::model::Withheld;
use crate::model::{Piece, Section};

/// What is said, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// Nothing: a template's own words at most.
    Nothing,
    /// `n/a` without a reason.
    NotApplicable,
    /// Words that are no placeholder, events or actions.
    Something,
}

/// What is said under a heading and the headings below it.
pub(super) fn said<'a>(reading: &Reading<'_, '_>, sections: impl Iterator<Item = &'a Section>) -> Said {
    let prompts = Prompts::of(&reading.context.config.sections);
    let mut reader = Reader { prompts: &prompts, withheld: reading.withheld, said: Said::Nothing, is_open: false };
    for section in sections {
        for piece in &section.content {
            match piece {
                Piece::Prose(blocks) => reader.blocks(blocks),
                piece if reading.shows_rows(piece) => reader.said = Said::Something,
                Piece::Timeline { .. } | Piece::Actions { .. } => {}
            }
        }
        reader.is_open = false;
    }
    reader.said
}

struct Reader<'a> {
    prompts: &'a Prompts<'a>,
    withheld: &'a Withheld,
    said: Said,
    /// Whether a placeholder in angle brackets goes on in the next paragraph.
    is_open: bool,
}

impl Reader<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for (at, block) in blocks.iter().enumerate() {
            // There is no more to be said than something.
            if self.said == Said::Something {
                return;
            }
            let is_last = at + 1 == blocks.len();
            match &block.kind {
                _ if self.withheld.hides(block.span) => {}
                BlockKind::Paragraph(content) if is_prompt_in_italics(content) || is_bold(content) && !is_last => {}
                BlockKind::Paragraph(content) => self.words(&Passage::of(content, block.span, Kind::Text, self.withheld)),
                BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks)),
                BlockKind::Table(table) => self.table(table),
                BlockKind::Code(code) if !code.text.trim().is_empty() => self.said = Said::Something,
                BlockKind::Quote(quote) => self.blocks(&quote.blocks),
                BlockKind::Definitions(definitions) => {
                    definitions.iter().flat_map(|definition| &definition.definitions).for_each(|blocks| self.blocks(blocks));
                }
                BlockKind::Footnote { blocks, .. } => self.blocks(blocks),
                BlockKind::Html(html) => self.words(&Passage::written(html, block.span)),
                BlockKind::Code(_) | BlockKind::Heading(_) | BlockKind::Comment(_) | BlockKind::Rule => {}
            }
        }
    }

    fn words(&mut self, passage: &Passage) {
        let text = passage.text.trim();
        if std::mem::take(&mut self.is_open) || opens_placeholder(text) {
            self.is_open = !text.ends_with('>');
            return;
        }
        self.said = self.said.max(in_words(&without_placeholders(passage, self.prompts)));
    }

    /// A row of several columns of which only one is filled is a row of the form, such as `| Time to detection | |`. In a table whose
    /// header is blank labels and values stand in turn.
    fn table(&mut self, table: &Table) {
        let is_blank = |row: &TableRow| row.cells.iter().all(|cell| cell.content.is_empty());
        let (least, first, step) = match table.header.cells.len() {
            0 | 1 => (1, 0, 1),
            _ if is_blank(&table.header) => (1, 1, 2),
            _ => (2, 0, 1),
        };
        for row in &table.rows {
            let cells = row.cells.iter().skip(first).step_by(step);
            let filled: Vec<Said> = cells.map(|cell| self.cell(cell)).filter(|said| *said != Said::Nothing).collect();
            if filled.len() >= least {
                self.said = filled.into_iter().fold(self.said, Said::max);
            }
        }
    }

    /// What a cell says. `?`, `??%` and the like are blanks.
    fn cell(&self, cell: &Cell) -> Said {
        let passage = Passage::of(&cell.content, cell.span, Kind::Text, self.withheld);
        let words = without_placeholders(&passage, self.prompts);
        if is_bare_na(&words) {
            return Said::NotApplicable;
        }
        of_any(passage::says_something(&words) && !words.trim_start().starts_with('?'))
    }
}

fn of_any(says_something: bool) -> Said {
    if says_something { Said::Something } else { Said::Nothing }
}

/// What a passage says, its placeholders taken out. A label or a question that nothing follows asks, and says nothing.
fn in_words(words: &str) -> Said {
    let words = words.trim();
    let behind_label = words.rsplit(':').next().unwrap_or_default();
    if is_bare_na(behind_label) {
        return Said::NotApplicable;
    }
    of_any(passage::says_something(words) && !words.ends_with(':') && !is_question(words) && !is_of_template(words))
}

fn is_bare_na(words: &str) -> bool {
    let word = words.trim().trim_end_matches(['.', ':']).to_ascii_lowercase();
    matches!(word.as_str(), "n/a" | "na" | "not applicable")
}

/// First words of questions. "A bad deploy?" is a guess at an answer, and counts.
const QUESTION_WORDS: [&str; 22] = [
    "are", "can", "could", "did", "do", "does", "had", "has", "have", "how", "if", "is", "should", "was", "were", "what", "when", "where",
    "which", "who", "why", "would",
];

/// Whether words are questions and nothing else; what stands in brackets goes into detail.
fn is_question(words: &str) -> bool {
    let spoken = without_brackets(words);
    let mut sentences =
        spoken.split_inclusive(['?', '.', '!']).map(str::trim).filter(|sentence| passage::says_something(sentence)).peekable();
    sentences.peek().is_some() && sentences.all(|sentence| sentence.ends_with('?') && begins_with(sentence, &QUESTION_WORDS))
}

fn without_brackets(words: &str) -> String {
    let mut depth = 0_usize;
    let outside = words.chars().filter(|c| {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    outside.collect()
}

/// First words of a sentence that tells the author what to write: nobody tells of an incident so.
const ORDERS: [&str; 4] = ["briefly", "describe", "summarise", "summarize"];

/// Words that stand in a template where any words may stand.
const FILLERS: [&str; 4] = ["bulleted", "list", "summary", "what happened"];

/// How a remark on the times of a timeline begins.
const ON_TIMES: [&str; 3] = ["all times", "times are", "times in"];

/// Whether words are a template's: they tell the author what to write, stand for any words, or say how times are written.
fn is_of_template(words: &str) -> bool {
    let spoken = without_brackets(words);
    let bare = spoken.trim().trim_end_matches('.');
    let begins = |phrase: &&str| words.trim_start_matches('(').get(..phrase.len()).is_some_and(|start| start.eq_ignore_ascii_case(phrase));
    words.split(". ").any(|sentence| begins_with(sentence, &ORDERS))
        || passage::is_among(bare, &FILLERS)
        || ON_TIMES.iter().any(begins) && !words.trim_end_matches(['.', ')']).contains(". ")
}

fn begins_with(sentence: &str, first: &[&str]) -> bool {
    passage::is_among(first_word(sentence), first)
}

fn first_word(sentence: &str) -> &str {
    let is_apart = |c: char| !c.is_alphanumeric();
    sentence.trim_start_matches(is_apart).split(is_apart).next().unwrap_or_default()
}

/// Whether a paragraph is bold from end to end: with something below it, the heading of that.
fn is_bold(content: &[Inline]) -> bool {
    matches!(content, [Inline { kind: InlineKind::Strong(_), .. }])
}

/// First words of a prompt, where a template sets its prompts in italics.
const ITALIC_ORDERS: [&str; 8] = ["be", "copy", "each", "give", "note", "schedule", "some", "this"];

/// Whether a paragraph is in italics from end to end and begins as prompts do.
fn is_prompt_in_italics(content: &[Inline]) -> bool {
    let [Inline { kind: InlineKind::Emphasis(words), .. }] = content else { return false };
    let words = passage::words(words);
    is_instruction_word(first_word(&words)) || begins_with(&words, &ITALIC_ORDERS) || begins_with(&words, &ORDERS)
}
