//! Inlines as flat text, and inlines cut in two at a place of that text.
//!
//! What an author writes before an event (`**16:58 UTC** - …`) may be spread over several nodes. The text is read flat, and the tree is
//! then cut where the reading ended.

use crate::diagnostic::Span;
use crate::markdown::{Inline, InlineKind, Link};

/// What an inline says itself, as [`plain_text`](crate::markdown::text::plain_text) has it.
fn own_text(kind: &InlineKind) -> &str {
    match kind {
        InlineKind::Text(text) | InlineKind::Code(text) => text,
        InlineKind::SoftBreak | InlineKind::HardBreak => " ",
        _ => "",
    }
}

/// The length of an inline's flat text.
fn flat_len(inline: &Inline) -> usize {
    own_text(&inline.kind).len() + inline.content().iter().map(flat_len).sum::<usize>()
}

/// Cuts inlines at byte `at` of their flat text. Emphasis and links that are cut through are on both sides. `source` is the file, which
/// the places of cut text are found in.
pub(super) fn split(inlines: Vec<Inline>, at: usize, source: &str) -> (Vec<Inline>, Vec<Inline>) {
    let mut before = Vec::new();
    let mut after = Vec::new();
    let mut left = at;
    for inline in inlines {
        let len = flat_len(&inline);
        if !after.is_empty() || left == 0 {
            after.push(inline);
        } else if len <= left {
            left -= len;
            before.push(inline);
        } else {
            let (head, tail) = split_one(inline, left, source);
            left = 0;
            before.extend(head);
            after.extend(tail);
        }
    }
    (before, after)
}

fn split_one(inline: Inline, at: usize, source: &str) -> (Option<Inline>, Option<Inline>) {
    let span = inline.span;
    let both = |content: Vec<Inline>, wrap: &dyn Fn(Vec<Inline>) -> InlineKind| {
        let (head, tail) = split(content, at, source);
        let make = |part: Vec<Inline>| {
            let span = cover(&part).unwrap_or(span);
            (!part.is_empty()).then(|| Inline { span, kind: wrap(part) })
        };
        (make(head), make(tail))
    };
    match inline.kind {
        InlineKind::Emphasis(content) => both(content, &InlineKind::Emphasis),
        InlineKind::Strong(content) => both(content, &InlineKind::Strong),
        InlineKind::Strikethrough(content) => both(content, &InlineKind::Strikethrough),
        InlineKind::Link(link) => {
            let mut link = *link;
            let content = std::mem::take(&mut link.content);
            both(content, &|content| InlineKind::Link(Box::new(Link { content, ..link.clone() })))
        }
        InlineKind::Text(text) => cut(&text, span, at, source, InlineKind::Text),
        InlineKind::Code(text) => cut(&text, span, at, source, InlineKind::Code),
        kind => (Some(Inline { span, kind }), None),
    }
}

/// A text in two, each part at its own place where the file has the text as it is; the place of the whole where it does not.
fn cut(text: &str, span: Span, at: usize, source: &str, kind: fn(Box<str>) -> InlineKind) -> (Option<Inline>, Option<Inline>) {
    let (head, tail) = text.split_at_checked(at).unwrap_or((text, ""));
    let written = span.slice(source);
    let head_span = if written.starts_with(head) { Span::new(span.range().start, span.range().start + head.len()) } else { span };
    let tail_span = if written.ends_with(tail) { Span::new(span.range().end - tail.len(), span.range().end) } else { span };
    let part = |text: &str, span| (!text.is_empty()).then(|| Inline { span, kind: kind(text.into()) });
    (part(head, head_span), part(tail, tail_span))
}

/// The smallest place that holds all these inlines.
pub(super) fn cover(inlines: &[Inline]) -> Option<Span> {
    inlines.iter().map(|inline| inline.span).reduce(Span::to)
}

/// A piece of text that stands nowhere in the file.
pub(super) fn text(words: impl Into<Box<str>>, span: Span) -> Inline {
    Inline { span, kind: InlineKind::Text(words.into()) }
}

/// The nodes that hold no words but must not be lost where words are taken away: comments, which may be directives, footnote marks, and
/// raw HTML.
pub(super) fn marks(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut marks = Vec::new();
    for inline in inlines {
        match inline.kind {
            InlineKind::Comment(_) | InlineKind::FootnoteReference(_) | InlineKind::Html(_) => marks.push(inline),
            InlineKind::Emphasis(content) | InlineKind::Strong(content) | InlineKind::Strikethrough(content) => {
                marks.extend(self::marks(content));
            }
            InlineKind::Link(link) | InlineKind::Image(link) => marks.extend(self::marks(link.content)),
            _ => {}
        }
    }
    marks
}

/// Inlines without their first `at` bytes of flat text, and the place those stood at.
pub(super) fn after(inlines: Vec<Inline>, at: usize, source: &str) -> (Vec<Inline>, Option<Span>) {
    let (taken, mut rest) = split(inlines, at, source);
    let place = cover(&taken);
    rest.splice(0..0, marks(taken));
    (trim(rest, source), place)
}

/// Gives all inlines one place.
pub(super) fn place_all(inlines: &mut [Inline], span: Span) {
    for inline in inlines {
        inline.span = span;
        match &mut inline.kind {
            InlineKind::Emphasis(content) | InlineKind::Strong(content) | InlineKind::Strikethrough(content) => place_all(content, span),
            InlineKind::Link(link) | InlineKind::Image(link) => {
                link.target_span = span;
                place_all(&mut link.content, span);
            }
            _ => {}
        }
    }
}

/// Inlines without the blanks and breaks at both ends.
pub(super) fn trim(mut inlines: Vec<Inline>, source: &str) -> Vec<Inline> {
    let leading = inlines.iter().take_while(|inline| is_blank(inline)).count();
    inlines.drain(..leading);
    while inlines.last().is_some_and(is_blank) {
        inlines.pop();
    }
    if let Some(Inline { kind: InlineKind::Text(text), span }) = inlines.first()
        && let (_, Some(rest)) = cut(text, *span, text.len() - text.trim_start().len(), source, InlineKind::Text)
    {
        inlines.splice(0..1, [rest]);
    }
    if let Some(Inline { kind: InlineKind::Text(text), span }) = inlines.last()
        && let (Some(rest), _) = cut(text, *span, text.trim_end().len(), source, InlineKind::Text)
    {
        inlines.pop();
        inlines.push(rest);
    }
    inlines
}

fn is_blank(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::SoftBreak | InlineKind::HardBreak => true,
        InlineKind::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::text::plain_text;
    use crate::markdown::{BlockKind, read};

    fn inlines(source: &str) -> Vec<Inline> {
        match read(source, Span::new(0, source.len())).blocks.remove(0).kind {
            BlockKind::Paragraph(inlines) => inlines,
            other => panic!("{other:?}"),
        }
    }

    /// Both halves, with the places of their nodes.
    #[track_caller]
    fn check(source: &str, at: usize, before: (&str, &[&str]), after: (&str, &[&str])) {
        let (head, tail) = split(inlines(source), at, source);
        let show = |part: &[Inline]| (plain_text(part), part.iter().map(|inline| inline.span.slice(source).to_owned()).collect::<Vec<_>>());
        let expect = |(text, places): (&str, &[&str])| (text.to_owned(), places.iter().map(|&place| place.to_owned()).collect::<Vec<_>>());
        assert_eq!((show(&head), show(&tail)), (expect(before), expect(after)), "{source}");
    }

    #[test]
    fn a_text_is_cut_where_its_words_are() {
        check("14:32 it fails", 6, ("14:32 ", &["14:32 "]), ("it fails", &["it fails"]));
        check("**14:32 UTC** – it *fails*", 9, ("14:32 UTC", &["**14:32 UTC**"]), (" – it fails", &[" – it ", "*fails*"]));
        check("**14:32 it** fails", 6, ("14:32 ", &["14:32 "]), ("it fails", &["it", " fails"]));
        check("[14:32](a) b", 2, ("14", &["14"]), (":32 b", &[":32", " b"]));
        check("a&amp;b c", 2, ("a&", &["a&"]), ("b c", &["b c"]));
        check("a", 9, ("a", &["a"]), ("", &[]));
        check("a", 0, ("", &[]), ("a", &["a"]));
    }

    #[test]
    fn directives_and_footnotes_survive_a_cut() {
        let source = "14:32[^1] <!-- afterword: internal --> a <!-- afterword: end -->\n\n[^1]: b";
        let (rest, place) = after(inlines(source), 5, source);
        assert_eq!(plain_text(&rest), "  a ");
        assert_eq!(rest.iter().filter(|inline| matches!(inline.kind, InlineKind::Comment(_))).count(), 2);
        assert_eq!(rest.iter().filter(|inline| matches!(inline.kind, InlineKind::FootnoteReference(_))).count(), 1);
        assert_eq!(place.map(|place| place.slice(source)), Some("14:32"));
        let source = "*<!-- x --> 14:32* a";
        let (rest, _) = after(inlines(source), 6, source);
        assert!(matches!(rest[0].kind, InlineKind::Comment(_)), "{rest:?}");
    }

    #[test]
    fn blanks_at_both_ends_go() {
        let source = "**a**  \n b[^1]\n\n[^1]: c";
        let (_, tail) = split(inlines(source), 1, source);
        assert_eq!(plain_text(&trim(tail, source)), "b");
    }
}
