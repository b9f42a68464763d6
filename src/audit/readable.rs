//! What can be read in a file, whatever its kind: the words of pages and of what stands beside them, strings in code and data, what is packed,
//! and what is written into pictures.

mod binary;
mod markup;

use std::borrow::Cow;
use std::io::Read as _;

use super::word::BREAK;
use crate::search::{self, TooMuch};
use crate::source::as_text;

/// The most bytes that all that is packed in a file may unfold to.
const UNFOLDED: u64 = 128 << 20;

/// How deep what is packed or written within something else is looked into.
const DEPTH: u8 = 3;

/// What can be read in a file.
#[derive(Debug)]
pub(super) struct Readable<'b> {
    /// Everything, blocks set apart by [`BREAK`] and blanks as one.
    pub(super) text: Text,
    /// What its places are.
    pub(super) places: Places<'b>,
    /// What cannot be read of it.
    pub(super) unseen: Option<Unseen>,
}

/// What the places of a text are places of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Places<'b> {
    /// The text that the file is.
    Text(Cow<'b, str>),
    /// The bytes of the file.
    Bytes,
    /// Something packed in the file, in which nobody can look anything up.
    Packed,
}

/// What cannot be read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unseen {
    /// What a picture shows; what is written into its file was read.
    Picture,
    /// What is packed in a way that is not undone here: the kind of file.
    Packed(&'static str),
    /// What is packed in it, since that is damaged or too large.
    Damaged(String),
}

/// A text with the places that it comes from.
#[derive(Debug, Default)]
pub(super) struct Text {
    text: String,
    /// Where each stretch begins: in the text, in the file; and whether it goes on there as it does here.
    stretches: Vec<(usize, usize, bool)>,
}

/// Where a text stands in a file.
#[derive(Debug, Clone, Copy)]
enum Origin {
    /// It begins there and is written as it is.
    Verbatim(usize),
    /// It is written otherwise; this is where it begins.
    Decoded(usize),
}

impl Origin {
    /// Where a part of the text stands.
    fn part(self, at: usize) -> Self {
        match self {
            Self::Verbatim(start) => Self::Verbatim(start + at),
            Self::Decoded(start) => Self::Decoded(start),
        }
    }

    /// Where something stands that is written otherwise than the text around it.
    fn decoded(self, at: usize) -> Self {
        Self::Decoded(self.part(at).start())
    }

    fn start(self) -> usize {
        let (Self::Verbatim(start) | Self::Decoded(start)) = self;
        start
    }
}

impl Text {
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Where in the file a place of the text is.
    pub(super) fn place(&self, at: usize) -> usize {
        let stretch = self.stretches.partition_point(|(start, ..)| *start <= at).checked_sub(1).and_then(|n| self.stretches.get(n));
        stretch.map_or(0, |&(start, place, goes_on)| if goes_on { place + (at - start) } else { place })
    }

    fn push(&mut self, words: &str, origin: Origin) {
        for word in words.split_inclusive(char::is_whitespace) {
            let at = word.as_ptr().addr() - words.as_ptr().addr();
            let bare = word.trim_end();
            if !bare.is_empty() {
                self.stretch(origin.part(at));
                self.text.push_str(bare);
            }
            if bare.len() < word.len() && !self.text.ends_with([' ', BREAK]) {
                self.stretch(origin.part(at + bare.len()));
                self.text.push(' ');
            }
        }
    }

    /// Begins a stretch, unless the last one goes on.
    fn stretch(&mut self, origin: Origin) {
        let at = self.text.len();
        let (place, goes_on) = match origin {
            Origin::Verbatim(place) => (place, true),
            Origin::Decoded(place) => (place, false),
        };
        let is_next = self.stretches.last().is_some_and(|&(start, before, verbatim)| {
            verbatim == goes_on && if goes_on { before + (at - start) == place } else { before == place }
        });
        if !is_next {
            self.stretches.push((at, place, goes_on));
        }
    }

    fn end_block(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(BREAK) {
            self.text.push(BREAK);
        }
    }

    fn append(&mut self, other: &Self) {
        if other.text.is_empty() {
            return;
        }
        self.end_block();
        let offset = self.text.len();
        self.stretches.extend(other.stretches.iter().map(|(start, place, goes_on)| (start + offset, *place, *goes_on)));
        self.text.push_str(&other.text);
    }
}

/// What is read of a text: what it says, and what is written beside that.
#[derive(Debug, Default)]
struct Reading {
    /// Words as a reader has them before their eyes.
    body: Text,
    /// Attributes, comments, scripts.
    aside: Text,
}

impl Reading {
    fn whole(mut self) -> Text {
        self.body.append(&self.aside);
        self.body
    }
}

/// What can be read in the file at a path below the root of a site.
pub(super) fn read<'b>(path: &str, bytes: &'b [u8]) -> Readable<'b> {
    read_within(path, bytes, 0, &mut Budget(UNFOLDED))
}

fn read_within<'b>(path: &str, bytes: &'b [u8], depth: u8, budget: &mut Budget) -> Readable<'b> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return unpacked(path, bytes, depth, budget);
    }
    let texts = match search::texts(path, bytes) {
        Ok(Some(texts)) => texts,
        Ok(None) => return read_as_it_is(path, bytes, budget),
        Err(TooMuch) => {
            let unseen = Some(Unseen::Damaged("it unfolds to more words than a file of a search has".to_owned()));
            return Readable { unseen, ..read_as_it_is(path, bytes, budget) };
        }
    };
    // What a search reads is not all that may be in there.
    let Readable { text: mut whole, unseen, .. } = read_as_it_is(path, bytes, budget);
    for words in texts {
        whole.end_block();
        whole.push(&words, Origin::Decoded(0));
    }
    Readable { text: whole, places: Places::Packed, unseen: unseen.filter(|unseen| matches!(unseen, Unseen::Damaged(_))) }
}

fn read_as_it_is<'b>(path: &str, bytes: &'b [u8], budget: &mut Budget) -> Readable<'b> {
    let mut reading = Reading::default();
    let Some(text) = as_text(bytes) else {
        let unseen = binary::read(bytes, budget, &mut reading);
        return Readable { text: reading.whole(), places: Places::Bytes, unseen };
    };
    match kind(path, &text) {
        Kind::Code => markup::code(&text, Origin::Verbatim(0), 0, &mut reading),
        Kind::Calendar => {
            for (start, line) in unfolded(&text) {
                markup::markup(&line, Origin::Decoded(start), 0, &mut reading);
                reading.body.end_block();
            }
        }
        Kind::Prose => markup::markup(&text, Origin::Verbatim(0), 0, &mut reading),
    }
    Readable { text: reading.whole(), places: Places::Text(text), unseen: None }
}

/// A file that is packed with gzip.
fn unpacked(path: &str, bytes: &[u8], depth: u8, budget: &mut Budget) -> Readable<'static> {
    let damaged = |why| Readable { text: Text::default(), places: Places::Packed, unseen: Some(Unseen::Damaged(why)) };
    if depth == DEPTH {
        return damaged("it is packed more often than anybody packs a file".to_owned());
    }
    match budget.inflated(flate2::read::MultiGzDecoder::new(bytes)) {
        Ok(plain) => {
            let Readable { text, unseen, .. } = read_within(path.strip_suffix(".gz").unwrap_or(path), &plain, depth + 1, budget);
            Readable { text, places: Places::Packed, unseen }
        }
        Err(why) => damaged(format!("it {why}")),
    }
}

/// How many bytes more may be unfolded from a file, in however many pieces.
struct Budget(u64);

impl Budget {
    /// What is packed, or why it cannot be had. What is damaged counts as far as it goes.
    fn inflated(&mut self, packed: impl std::io::Read) -> Result<Vec<u8>, String> {
        let mut plain = Vec::new();
        let read = packed.take(self.0.saturating_add(1)).read_to_end(&mut plain);
        let left = self.0.checked_sub(plain.len() as u64);
        self.0 = left.unwrap_or_default();
        read.map_err(|error| format!("cannot be unpacked: {error}"))?;
        left.map(|_| plain).ok_or_else(|| format!("unpacks to more than the {} MiB that are read of a file", UNFOLDED >> 20))
    }
}

/// How a text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Strings between quotation marks, with escapes.
    Code,
    /// Lines that are broken anywhere (RFC 5545, RFC 6350).
    Calendar,
    /// Words, with tags among them or without.
    Prose,
}

fn kind(path: &str, text: &str) -> Kind {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase().as_str() {
        "js" | "mjs" | "cjs" | "json" | "jsonl" | "ndjson" | "jsonld" | "geojson" | "webmanifest" | "map" | "css" | "ts" => Kind::Code,
        "ics" | "vcf" => Kind::Calendar,
        _ if text.trim_start().starts_with(['{', '[']) => Kind::Code,
        _ => Kind::Prose,
    }
}

/// The lines of a text, each put together from those it is folded into, without its escapes and with where it begins.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, whole))) => whole.push_str(rest.trim_end_matches(['\r', '\n'])),
            _ => lines.push((at, line.trim_end_matches(['\r', '\n']).to_owned())),
        }
        at += line.len();
    }
    for (_, line) in &mut lines {
        *line = line.replace("\\n", " ").replace("\\,", ",").replace("\\;", ";");
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// What is read, with `|` between blocks.
    pub(super) fn read_text(path: &str, bytes: &[u8]) -> String {
        let readable = read(path, bytes);
        readable.text.as_str().split(BREAK).map(str::trim).filter(|block| !block.is_empty()).collect::<Vec<_>>().join("|")
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn what_is_packed_is_read_and_what_cannot_be_unpacked_is_told() {
        let page = b"<p>one <b>two</b></p>";
        assert_eq!(read_text("a.html.gz", &gzip(page)), "one two");
        assert_eq!(read_text("a.html", &gzip(&gzip(page))), "one two");
        let mut cut = gzip(&[7; 4096]);
        cut.truncate(20);
        assert!(matches!(read("a.gz", &cut).unseen, Some(Unseen::Damaged(_))));
        let bomb = (0..4).fold(page.to_vec(), |packed, _| gzip(&packed));
        assert!(matches!(read("a.gz", &bomb).unseen, Some(Unseen::Damaged(_))));
    }

    #[test]
    fn a_search_file_that_unfolds_without_end_is_told() {
        // A word of 320 letters, then the same again and again in three bytes.
        let mut words = [&[0, 0xc0, 0x02][..], &[b'a'; 320], &[1]].concat();
        words.extend([0xc0, 0x02, 0, 1].repeat(400_000));
        for bytes in [gzip(&words), words] {
            assert!(matches!(read("search/v/0.bin", &bytes).unseen, Some(Unseen::Damaged(_))));
        }
    }

    #[test]
    fn a_place_of_what_is_read_is_one_of_the_file() {
        let page = "<p>one\n   two &amp; <i>three</i>";
        let Readable { text, .. } = read("a.html", page.as_bytes());
        assert_eq!(text.as_str(), "one two & three");
        for word in ["one", "two", "three"] {
            let at = text.as_str().find(word).unwrap();
            assert_eq!(text.place(at), page.find(word).unwrap(), "{word}");
        }
        assert_eq!(text.place(text.as_str().find('&').unwrap()), page.find('&').unwrap());
    }

    #[test]
    fn text_in_other_forms_is_text() {
        let utf16: Vec<u8> = "\u{feff}one two".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read_text("a.txt", &utf16), "one two");
        assert_eq!(read_text("a.ics", b"BEGIN:VEVENT\r\nSUMMARY:one tw\r\n o\\, three\r\n"), "BEGIN:VEVENT|SUMMARY:one two, three");
        assert_eq!(read_text("a.txt", b"caf\xe9 one"), "café one");
        assert_eq!(read_text("a", b"{\"a\": \"one\"}"), "{|a|:|one|}");
    }
}
