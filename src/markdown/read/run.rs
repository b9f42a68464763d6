//! Text that the parser gives in pieces, joined, each piece with its place; and what is found in it: bare addresses, wiki links, comments.

use std::ops::Range;

use memchr::memchr2_iter;

use crate::diagnostic::{Span, Spanned};
use crate::markdown::{BlockKind, Inline, InlineKind, Link, LinkOrigin};

/// Joined text with the places of its pieces.
#[derive(Default)]
pub(super) struct Run {
    text: String,
    pieces: Vec<Piece>,
}

struct Piece {
    /// Where the piece begins in the joined text.
    start: usize,
    /// Where it is written. An entity or a stripped line prefix makes this longer than the piece.
    span: Span,
}

impl Run {
    pub(super) fn push(&mut self, text: &str, span: Span) {
        self.pieces.push(Piece { start: self.text.len(), span });
        self.text.push_str(text);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Forgets the text and keeps its room for the next.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// A part of the text as an inline.
    pub(super) fn text_at(&self, range: Range<usize>) -> Inline {
        let text = self.text.get(range.clone()).unwrap_or_default();
        Inline { span: self.span(range.start, range.end), kind: InlineKind::Text(text.into()) }
    }

    /// The bare addresses and wiki links in the text, in order. References to footnotes that do not exist are text, and told in `undefined`.
    pub(super) fn links(&self, source: &str, base: usize, undefined: &mut Vec<Spanned<Box<str>>>) -> Vec<(Range<usize>, Link)> {
        let mut links = Vec::new();
        let mut done = 0;
        for at in memchr2_iter(b'[', b':', self.text.as_bytes()) {
            if at < done {
                continue;
            }
            let rest = self.text.get(at..).unwrap_or_default();
            let found = if rest.starts_with(':') {
                bare(&self.text, at, done).map(|range| self.bare_link(range))
            } else if rest.starts_with("[[") && self.is_written(at, "[[", source, base) {
                self.wiki_link(at)
            } else {
                if let Some(label) = footnote_label(rest).filter(|_| self.is_written(at, "[^", source, base)) {
                    undefined.push(Spanned::new(label.into(), self.span(at, at + label.len() + 2)));
                }
                None
            };
            if let Some((range, link)) = found {
                done = range.end;
                links.push((range, link));
            }
        }
        links
    }

    fn bare_link(&self, range: Range<usize>) -> (Range<usize>, Link) {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let span = self.span(range.start, range.end);
        (range, link(text, span, text, span, LinkOrigin::Bare))
    }

    /// The wiki link whose `[[` is at `at`.
    fn wiki_link(&self, at: usize) -> Option<(Range<usize>, Link)> {
        let inner = self.text.get(at + 2..)?;
        let inner = inner.get(..inner.find(['[', ']'])?)?;
        let end = at + 2 + inner.len();
        let (target, text) = inner.split_once('|').unwrap_or((inner, inner));
        if !self.text.get(end..)?.starts_with("]]") || target.trim().is_empty() {
            return None;
        }
        let place = |part: &str, offset: usize| {
            let start = offset + part.len() - part.trim_start().len();
            self.span(start, start + part.trim().len())
        };
        let target_span = place(target, at + 2);
        let (text, text_span) = if text.trim().is_empty() { (target, target_span) } else { (text, place(text, end - text.len())) };
        Some((at..end + 2, link(target.trim(), target_span, text.trim(), text_span, LinkOrigin::Wiki)))
    }

    /// Whether the text at `at` is written so in the source, not with an escape or entity.
    fn is_written(&self, at: usize, text: &str, source: &str, base: usize) -> bool {
        let start = (self.span(at, at).start as usize).saturating_sub(base);
        let before = source.get(..start).unwrap_or_default();
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        source.get(start..).is_some_and(|source| source.starts_with(text)) && backslashes % 2 == 0
    }

    /// An HTML block as comments and what stands between them. What is not closed is no comment.
    pub(super) fn split_comments(&self) -> Vec<(Span, BlockKind)> {
        let mut blocks = Vec::new();
        let mut done = 0;
        while let Some(start) = self.text.get(done..).and_then(|rest| rest.find("<!--")).map(|offset| done + offset) {
            // `<!-->` and `<!--->` are whole comments.
            let Some(end) = self.text.get(start + 2..).and_then(|rest| rest.find("-->")).map(|offset| start + 2 + offset + 3) else {
                break;
            };
            self.push_html(&mut blocks, done, start);
            let comment = self.text.get(start..end).and_then(comment).unwrap_or_default();
            blocks.push((self.span(start, end), BlockKind::Comment(comment.into())));
            done = end;
        }
        self.push_html(&mut blocks, done, self.text.len());
        blocks
    }

    fn push_html(&self, blocks: &mut Vec<(Span, BlockKind)>, start: usize, end: usize) {
        let html = self.text.get(start..end).unwrap_or_default();
        let start = start + html.len() - html.trim_start().len();
        let html = html.trim();
        if !html.is_empty() {
            blocks.push((self.span(start, start + html.len()), BlockKind::Html(html.into())));
        }
    }

    /// The place of a part of the joined text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let first = self.offset(start, self.pieces.partition_point(|piece| piece.start <= start));
        let last = self.offset(end, self.pieces.partition_point(|piece| piece.start < end));
        Span { start: first.min(last), end: last.max(first) }
    }

    /// The offset in the file of `at`, which lies in the piece before `next`.
    fn offset(&self, at: usize, next: usize) -> u32 {
        let Some(piece) = next.checked_sub(1).and_then(|index| self.pieces.get(index)) else {
            return self.pieces.first().map_or(0, |piece| piece.span.start);
        };
        let length = self.pieces.get(next).map_or(self.text.len(), |next| next.start) - piece.start;
        let inside = at - piece.start;
        if length == piece.span.range().len() {
            Span::at(piece.span.start as usize + inside).start
        } else if inside == 0 {
            piece.span.start
        } else {
            piece.span.end
        }
    }
}

fn link(target: &str, target_span: Span, text: &str, text_span: Span, origin: LinkOrigin) -> Link {
    let content = vec![Inline { span: text_span, kind: InlineKind::Text(text.into()) }];
    Link { target: target.into(), target_span, title: Box::default(), origin, content }
}

/// The text of a comment, if `html` is one and nothing else.
pub(super) fn comment(html: &str) -> Option<&str> {
    if matches!(html, "<!-->" | "<!--->") {
        return Some("");
    }
    html.strip_prefix("<!--")?.strip_suffix("-->")
}

/// The label of a reference to a footnote, with its caret.
fn footnote_label(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[').filter(|inner| inner.starts_with('^'))?;
    let label = inner.get(..inner.find(|c: char| c == '[' || c == ']' || c.is_whitespace())?)?;
    (label.len() > 1 && inner.get(label.len()..)?.starts_with(']')).then_some(label)
}

/// The bare address around the colon at `colon`, not reaching before `from`. Where it ends is the rule of GitHub Flavored Markdown
/// (spec 0.29, section 6.9), with square brackets treated as it treats round ones.
fn bare(text: &str, colon: usize, from: usize) -> Option<Range<usize>> {
    let after = text.get(colon..)?.strip_prefix("://")?;
    let before = text.get(from..colon)?;
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        let start = before.len().checked_sub(scheme.len());
        start.and_then(|start| before.get(start..)).is_some_and(|word| word.eq_ignore_ascii_case(scheme))
    })?;
    let start = colon - scheme.len();
    let glued = text.get(..start)?.chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
    if glued || !after.starts_with(|c: char| c.is_alphanumeric() || c == '[') {
        return None;
    }
    let end = after.find(|c: char| c.is_whitespace() || c.is_control() || c == '<').unwrap_or(after.len());
    let address = after.get(..end)?;
    Some(start..colon + 3 + without_trailing_punctuation(address).len())
}

fn without_trailing_punctuation(mut address: &str) -> &str {
    let count = |of: char| address.matches(of).count();
    let mut round = (count('('), count(')'));
    let mut square = (count('['), count(']'));
    loop {
        let unopened = |(open, close): &mut (usize, usize)| {
            let unopened = *close > *open;
            *close -= usize::from(unopened);
            unopened
        };
        let is_trailing = match address.chars().next_back() {
            Some('?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '"' | '’' | '”' | '»') => true,
            Some(')') => unopened(&mut round),
            Some(']') => unopened(&mut square),
            _ => false,
        };
        if !is_trailing {
            return address;
        }
        let mut chars = address.chars();
        chars.next_back();
        address = chars.as_str();
    }
}

/// Takes what lies in `marker` off the front, and the line break or blanks behind it.
pub(super) fn cut_front(inlines: &mut Vec<Inline>, marker: Span) {
    let whole = inlines.iter().take_while(|inline| marker.contains(inline.span)).count();
    inlines.drain(..whole);
    if let Some(Inline { span, kind: InlineKind::Text(text) }) = inlines.first_mut() {
        let inside = marker.end.saturating_sub(span.start) as usize;
        let rest = text.get(inside..).unwrap_or(text);
        let rest = rest.trim_start();
        let cut = text.len() - rest.len();
        if cut > 0 {
            *span = Span::new((span.start as usize + cut).min(span.end as usize), span.end as usize);
            *text = rest.into();
        }
        if text.is_empty() {
            inlines.remove(0);
        }
    }
    while matches!(inlines.first(), Some(Inline { kind: InlineKind::SoftBreak | InlineKind::HardBreak, .. })) {
        inlines.remove(0);
    }
}
