//! The glossary of a site: its terms, and where text mentions them.

use std::borrow::Cow;
use std::ops::Range;

use crate::config::Config;
use crate::markdown::text::{block_text, plain_text};
use crate::markdown::{Block, BlockKind, walk};
use crate::model::{Body, Corpus, Page, Piece};

/// The glossary of a site, with what finds its terms in text.
#[derive(Debug, Clone)]
pub struct Glossary {
    /// Its page: a place in [`Corpus::pages`].
    pub page: usize,
    /// Its terms, in order.
    pub terms: Vec<GlossaryTerm>,
    /// What they are met by, in order of their heads, of those with the same head the longest first.
    forms: Vec<Form>,
    /// One bit for each head that a form has: most words of a text are none of ours, and this tells at once.
    heads: Vec<u64>,
}

/// A form in which a term is met.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Form {
    words: String,
    term: usize,
}

/// The first two bytes of a form, or of what may be one.
type Head = u16;

/// A word that the glossary explains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlossaryTerm {
    /// The word as the glossary writes it.
    pub name: String,
    /// The fragment that leads to it; the first cell of a row has none.
    pub id: Option<Box<str>>,
    /// What it means, in plain text; may be empty.
    pub definition: String,
}

/// A mention of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermMention {
    /// The bytes of the text, a plural `s` included.
    pub range: Range<usize>,
    /// A place in [`Glossary::terms`].
    pub term: usize,
}

/// The page of the glossary, and its place in [`Corpus::pages`].
#[must_use]
pub fn page<'c>(corpus: &'c Corpus, config: &Config) -> Option<(usize, &'c Page)> {
    let path = config.content.path(&config.glossary.page);
    let found = corpus.pages.iter().enumerate().find(|(_, page)| page.head.path.as_str() == path);
    found.map(|(n, page)| (n, &**page))
}

/// What a glossary explains: its headings, the terms of definition lists and the first cells of rows.
#[must_use]
pub fn terms(body: &Body) -> Vec<GlossaryTerm> {
    let mut terms = Vec::new();
    in_blocks(&body.lead, &mut terms);
    for section in &body.sections {
        let first = section.content.first();
        let first = first.and_then(|piece| if let Piece::Prose(blocks) = piece { blocks.first() } else { None });
        let definition =
            first.filter(|block| matches!(block.kind, BlockKind::Paragraph(_))).map(|block| block_text(std::slice::from_ref(block)));
        terms.push(GlossaryTerm {
            name: plain_text(&section.title),
            id: definition.is_some().then(|| section.id.clone()),
            definition: definition.unwrap_or_default(),
        });
        section.prose().for_each(|blocks| in_blocks(blocks, &mut terms));
    }
    terms
}

fn in_blocks(blocks: &[Block], terms: &mut Vec<GlossaryTerm>) {
    walk::blocks(blocks, &mut |block| match &block.kind {
        BlockKind::Definitions(entries) => terms.extend(entries.iter().map(|entry| GlossaryTerm {
            name: plain_text(&entry.term),
            id: Some(entry.id.clone()),
            definition: entry.definitions.first().map(|blocks| block_text(blocks)).unwrap_or_default(),
        })),
        BlockKind::Table(table) => terms.extend(table.rows.iter().filter_map(|row| row.cells.first()).map(|cell| GlossaryTerm {
            name: plain_text(&cell.content),
            id: None,
            definition: String::new(),
        })),
        _ => {}
    });
}

impl Glossary {
    /// The glossary of a corpus, where it has one and its terms are to be linked.
    ///
    /// Words that every page is built of (titles of sections, names of fields, "incident", "postmortem") are no terms to be linked: whoever
    /// reads here has met them as headings, and a link on each would drown those that help.
    #[must_use]
    pub fn read(corpus: &Corpus, config: &Config) -> Option<Self> {
        let (n, page) = page(corpus, config).filter(|_| config.glossary.link)?;
        let terms = terms(&page.body);
        let mut forms = Vec::new();
        for (place, term) in terms.iter().enumerate().filter(|(_, term)| term.id.is_some()) {
            for form in forms_of(&term.name).filter(|form| !is_furniture(form, config)) {
                let variants = [Some(form.to_owned()), with_other_first_letter(form)].into_iter().flatten();
                forms.extend(variants.map(|words| Form { words, term: place }));
            }
        }
        forms.retain(|form| form.head().is_some());
        forms.sort_by(|a, b| (a.head(), b.words.len(), &a.words, a.term).cmp(&(b.head(), a.words.len(), &b.words, b.term)));
        let mut heads = vec![0; usize::from(Head::MAX / 64) + 1];
        for head in forms.iter().filter_map(Form::head) {
            if let Some(bits) = heads.get_mut(usize::from(head / 64)) {
                *bits |= 1 << (head % 64);
            }
        }
        (!forms.is_empty()).then_some(Self { page: n, terms, forms, heads })
    }

    /// The mentions in a text, in order: whole words, of those that overlap the first, and of those that begin together the longest. It looks at
    /// every byte once, and again only where a word begins as a term does.
    #[must_use]
    pub fn mentions(&self, text: &str) -> Vec<TermMention> {
        // A term may be broken over two lines.
        let text: Cow<'_, str> = if text.contains('\n') { Cow::Owned(text.replace('\n', " ")) } else { Cow::Borrowed(text) };
        let mut found: Vec<TermMention> = Vec::new();
        let (mut before, mut done) = (b' ', 0);
        for (at, pair) in text.as_bytes().windows(2).enumerate() {
            let [first, second] = *pair else { continue };
            let within_word = before.is_ascii_alphanumeric() && first.is_ascii_alphanumeric();
            before = first;
            let head = Head::from_be_bytes([first, second]);
            let is_ours = self.heads.get(usize::from(head / 64)).is_some_and(|bits| bits >> (head % 64) & 1 == 1);
            if within_word || !is_ours || at < done {
                continue;
            }
            if let Some(mention) = self.mention(&text, at, head) {
                done = mention.range.end;
                found.push(mention);
            }
        }
        found
    }

    /// The longest form that stands at a place as a whole word.
    fn mention(&self, text: &str, at: usize, head: Head) -> Option<TermMention> {
        let rest = text.get(at..)?;
        let start = self.forms.partition_point(|form| form.head() < Some(head));
        let forms = self.forms.get(start..)?.iter().take_while(|form| form.head() == Some(head));
        let mut meant = forms.filter(|form| rest.starts_with(&form.words));
        meant.find_map(|form| Some(TermMention { range: at..whole_word(text, at..at + form.words.len())?, term: form.term }))
    }
}

impl Form {
    /// Its head; nothing where it is a single letter, which no text is searched for.
    fn head(&self) -> Option<Head> {
        let [first, second, ..] = self.words.as_bytes() else { return None };
        Some(Head::from_be_bytes([*first, *second]))
    }
}

/// The words a term is met by: `ETH, ether` are two, and `CDN (content delivery network)` are, too.
fn forms_of(name: &str) -> impl Iterator<Item = &str> {
    name.split([',', '(', ')', '/']).map(str::trim).filter(|form| !form.is_empty())
}

/// The same with its first letter small or large, where that is another word. Two letters are an abbreviation: `Go` is not "go".
fn with_other_first_letter(form: &str) -> Option<String> {
    const ABBREVIATION: usize = 2;
    let mut letters = form.chars();
    let first = letters.next().filter(|_| form.chars().count() > ABBREVIATION)?;
    let other: String = if first.is_lowercase() { first.to_uppercase().collect() } else { first.to_lowercase().collect() };
    let other: String = other.chars().chain(letters).collect();
    (other != form).then_some(other)
}

/// Whether pages are built of a word: they say it everywhere.
fn is_furniture(form: &str, config: &Config) -> bool {
    const OURS: [&str; 2] = ["incident", "postmortem"];
    let word = form.to_lowercase();
    OURS.contains(&word.as_str()) || config.fields.known.contains_key(&word.replace(' ', "_")) || config.section_for(form).is_some()
}

/// Where a hit ends, with a plural `s`; nothing where it is part of a longer word, a path or a name.
fn whole_word(text: &str, hit: Range<usize>) -> Option<usize> {
    let before = text.get(..hit.start)?;
    let word = text.get(hit.clone())?;
    let after = text.get(hit.end..)?;
    let (first, last) = (word.chars().next()?, word.chars().next_back()?);
    let mut left = before.chars().rev();
    if runs_on(left.next(), first, left.next()) {
        return None;
    }
    let ends = |after: &str, last: char| {
        let mut right = after.chars();
        !runs_on(right.next(), last, right.next())
    };
    if ends(after, last) {
        return Some(hit.end);
    }
    after.strip_prefix('s').filter(|rest| ends(rest, 's')).map(|_| hit.end + 1)
}

/// Whether a word goes on past one of its ends: beside `edge` stands a letter, a digit or a sign that joins words, and beyond that `further`.
fn runs_on(beside: Option<char>, edge: char, further: Option<char>) -> bool {
    let Some(beside) = beside else { return false };
    match beside {
        '_' | '/' | '@' | '\\' | '#' => true,
        '.' | '-' => further.is_some_and(char::is_alphanumeric),
        _ => beside.is_alphanumeric() && !(is_written_without_blanks(beside) || is_written_without_blanks(edge)),
    }
}

/// Whether a character is of a script that puts no blanks between words, or joins endings to them: Thai to Khmer, Chinese, Japanese, Korean.
fn is_written_without_blanks(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::AnyDocument;
    use crate::parse::{Role, document};

    fn glossary(text: &str) -> Glossary {
        let config = Config::default();
        let AnyDocument::Page(page) = document(&"content/glossary.md".into(), text, Role::Page, &config).document else {
            panic!("no page")
        };
        Glossary::read(&Corpus { postmortems: Vec::new(), pages: vec![Arc::clone(&page)] }, &config).unwrap()
    }

    #[track_caller]
    fn check(terms: &[&str], text: &str, expected: &[(&str, &str)]) {
        let glossary = glossary(&format!("{}\n: What it is.\n", terms.join("\n: What it is.\n\n")));
        let found = glossary
            .mentions(text)
            .into_iter()
            .map(|mention| (text.get(mention.range).unwrap(), glossary.terms[mention.term].name.clone()));
        let expected: Vec<_> = expected.iter().map(|(words, term)| (*words, (*term).to_owned())).collect();
        assert_eq!(found.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn a_term_is_found_as_a_whole_word() {
        check(&["Proxy"], "A proxy; Proxy, proxys. PROXY", &[("proxy", "Proxy"), ("Proxy", "Proxy"), ("proxys", "Proxy")]);
        check(&["WAF"], "waf WAFs WAF's WAFfle", &[("WAFs", "WAF"), ("WAF", "WAF")]);
        check(&["Proxy"], "reverse-proxy proxy_pass /proxy proxy.example.org xproxy proxy-", &[("proxy", "Proxy")]);
        check(&["Go"], "go Go", &[("Go", "Go")]);
    }

    #[test]
    fn the_longest_term_is_found() {
        let terms = ["Fail", "Fail open", "Open door"];
        check(
            &terms,
            "fail opens; fail open door, fail opened",
            &[("fail opens", "Fail open"), ("fail open", "Fail open"), ("fail", "Fail")],
        );
        check(&terms, "fail\nopen", &[("fail\nopen", "Fail open")]);
    }

    #[test]
    fn signs_in_a_term_are_signs() {
        check(&["C++", "a.b*"], "C++ axb a.b* a.bb C+", &[("C++", "C++"), ("a.b*", "a.b*")]);
        check(
            &["ETH, ether", "CDN (content delivery network)"],
            "ether content delivery networks",
            &[("ether", "ETH, ether"), ("content delivery networks", "CDN (content delivery network)")],
        );
    }

    #[test]
    fn scripts_without_blanks_have_no_edges_of_words() {
        check(&["障害", "Überlast"], "この障害は überlast überlastet", &[("障害", "障害"), ("überlast", "Überlast")]);
    }

    #[test]
    fn words_that_pages_are_built_of_are_not_found() {
        check(
            &["Incident", "Root cause", "Severity", "Action item", "Runbook"],
            "incidents, root causes, severity, action item, runbook",
            &[("runbook", "Runbook")],
        );
    }

    #[test]
    fn terms_are_headings_with_words_definitions_and_first_cells() {
        let body = "Intro.\n\nFirst\n: one\n\n## Second\n\nTwo.\n\nMore.\n\n## Third\n\n- x\n\n| D | y |\n|---|---|\n| Fourth | z |\n";
        let told: Vec<_> = glossary(body).terms.into_iter().map(|term| (term.name, term.id.map(String::from), term.definition)).collect();
        let term = |name: &str, id: Option<&str>, definition: &str| (name.to_owned(), id.map(str::to_owned), definition.to_owned());
        assert_eq!(
            told,
            [
                term("First", Some("first"), "one"),
                term("Second", Some("second"), "Two."),
                term("Third", None, ""),
                term("Fourth", None, "")
            ]
        );
    }
}
