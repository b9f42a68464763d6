//! Words among tags, and strings in code: what a browser, a feed reader or a program would make of them.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use super::{DEPTH, Origin, Reading, Text};
use crate::knowledge::percent_decode;

/// Elements that do not end a sentence.
const INLINE: [&str; 37] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "nobr", "output", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var",
];

/// The longest name of a character that is looked for: `&rightleftharpoons;`.
const ENTITY: usize = 24;

/// The most digits of `\u{…}`.
const LONGEST_CODE: usize = 6;

/// Reads a text with tags: words go into the body, and attributes, comments and scripts beside it.
pub(super) fn markup(source: &str, origin: Origin, depth: u8, reading: &mut Reading) {
    if depth > DEPTH {
        return decoded(source, origin, &mut reading.body);
    }
    let mut at = 0;
    let mut passed = Passed::default();
    while let Some(found) = memchr(b'<', source.as_bytes().get(at..).unwrap_or_default()) {
        let start = at + found;
        words(source.get(at..start).unwrap_or_default(), origin.part(at), depth, reading);
        let tag_length = || tag_end(source.as_bytes(), start, &mut passed).map(|end| end - start);
        at = start + opening(source.get(start..).unwrap_or_default(), tag_length, origin.part(start), depth, reading);
    }
    words(source.get(at..).unwrap_or_default(), origin.part(at), depth, reading);
}

/// Reads what begins with `<`, and says how long it is; `tag_length` says this of a tag.
fn opening(source: &str, tag_length: impl FnOnce() -> Option<usize>, origin: Origin, depth: u8, reading: &mut Reading) -> usize {
    if let Some(rest) = source.strip_prefix("<!--") {
        let inner = rest.find("-->").and_then(|end| rest.get(..end)).unwrap_or(rest);
        aside(reading, |within| markup(inner, origin.part(4), depth + 1, within));
        return (inner.len() + 7).min(source.len());
    }
    if let Some(rest) = source.strip_prefix("<![CDATA[") {
        let inner = rest.find("]]>").and_then(|end| rest.get(..end)).unwrap_or(rest);
        markup(inner, origin.part(9), depth + 1, reading);
        return (inner.len() + 12).min(source.len());
    }
    let Some(length) = tag_length() else {
        reading.body.push("<", origin);
        return 1;
    };
    let inner = source.get(1..length - 1).unwrap_or_default();
    let name_length = inner.find(|c: char| c.is_whitespace() || c == '/' && !inner.starts_with('/')).unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(name_length);
    let name = name.trim_start_matches('/').to_ascii_lowercase();
    match name.as_str() {
        "br" | "hr" | "img" => reading.body.push(" ", origin),
        "wbr" => {}
        name if INLINE.contains(&name) => {}
        _ => reading.body.end_block(),
    }
    self::attributes(attributes, origin.part(1 + name_length), &mut reading.aside);
    let is_raw = matches!(name.as_str(), "script" | "style") && !inner.starts_with('/');
    if !is_raw {
        return length;
    }
    let rest = source.get(length..).unwrap_or_default();
    let end = closing(rest, &name);
    aside(reading, |within| code(rest.get(..end).unwrap_or_default(), origin.part(length), depth, within));
    length + end
}

/// Reads something that is not part of the sentence it stands in.
fn aside(reading: &mut Reading, read: impl FnOnce(&mut Reading)) {
    let mut within = Reading::default();
    read(&mut within);
    reading.aside.append(&within.whole());
}

/// Where a tag ends that begins at a place; nothing where none does, as in `a < b`. No value of an attribute is gone through twice: where a search
/// comes to one that `passed` knows, it goes on as the one before, which found no end or whose tag is behind us.
fn tag_end(bytes: &[u8], start: usize, passed: &mut Passed) -> Option<usize> {
    let first = *bytes.get(start + 1)?;
    if !first.is_ascii_alphabetic() && !matches!(first, b'/' | b'!' | b'?') {
        return None;
    }
    let mut at = start + 1;
    loop {
        match *bytes.get(at)? {
            b'>' => return Some(at + 1),
            b'<' => return None,
            quote @ (b'"' | b'\'') if bytes.get(at - 1) == Some(&b'=') => {
                if !passed.is_new(at) {
                    return None;
                }
                at += 1 + memchr(quote, bytes.get(at + 1..)?)?;
            }
            _ => {}
        }
        at += 1;
    }
}

/// Where values begin that were gone through in search of the end of a tag, a bit for each byte of the text.
#[derive(Default)]
struct Passed(Vec<u64>);

impl Passed {
    /// Takes note of a place, and says whether it is a new one.
    fn is_new(&mut self, at: usize) -> bool {
        let (place, bit) = (at / 64, 1 << (at % 64));
        if place >= self.0.len() {
            self.0.resize(place + 1, 0);
        }
        let Some(noted) = self.0.get_mut(place) else { return true };
        let is_new = *noted & bit == 0;
        *noted |= bit;
        is_new
    }
}

/// Where `</name` begins, in capitals or not; the end where it does not.
fn closing(source: &str, name: &str) -> usize {
    let is_closing = |at: &usize| {
        let after = source.as_bytes().get(at + 2..at + 2 + name.len());
        after.is_some_and(|after| after.eq_ignore_ascii_case(name.as_bytes()))
    };
    source.match_indices("</").map(|(at, _)| at).find(is_closing).unwrap_or(source.len())
}

/// The values of a tag's attributes, each by itself, and with what is escaped in them in other ways taken for what it is.
fn attributes(source: &str, origin: Origin, text: &mut Text) {
    let mut at = 0;
    for value in source.split('"') {
        text.end_block();
        decoded(value, origin.part(at), text);
        for other in [percent_decoded(value), unescaped(value)].into_iter().flatten() {
            text.end_block();
            decoded(&other, origin.decoded(at), text);
        }
        at += value.len() + 1;
    }
    text.end_block();
}

/// Words between tags. Where tags themselves are written as text, as in feeds, what they would be is read, too.
fn words(source: &str, origin: Origin, depth: u8, reading: &mut Reading) {
    if depth <= DEPTH && (source.contains("&lt;") || source.contains("&#60;") || source.contains("&#x3")) {
        let mut plain = Text::default();
        decoded(source, origin, &mut plain);
        markup(plain.as_str(), origin.decoded(0), depth + 1, reading);
    } else {
        decoded(source, origin, &mut reading.body);
    }
}

/// Puts words into a text, characters that are written by name or number as themselves.
fn decoded(source: &str, origin: Origin, text: &mut Text) {
    let mut at = 0;
    let mut from = 0;
    while let Some(found) = memchr(b'&', source.as_bytes().get(from..).unwrap_or_default()) {
        let start = from + found;
        let name = source.get(start + 1..).unwrap_or_default();
        let end = name.bytes().take(ENTITY).position(|byte| byte == b';');
        match end.and_then(|end| Some((end, character(name.get(..end)?)?))) {
            Some((end, character)) => {
                text.push(source.get(at..start).unwrap_or_default(), origin.part(at));
                text.push(&character, origin.decoded(start));
                at = start + end + 2;
                from = at;
            }
            None => from = start + 1,
        }
    }
    text.push(source.get(at..).unwrap_or_default(), origin.part(at));
}

/// The character of a name or number. Of a letter with an accent the letter is enough, since accents do not matter here; of signs, that they
/// are some.
fn character(name: &str) -> Option<Cow<'static, str>> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        return Some(char::from_u32(code.ok()?)?.to_string().into());
    }
    let known = match name {
        "amp" => Some("&"),
        "lt" => Some("<"),
        "gt" => Some(">"),
        "quot" => Some("\""),
        "apos" | "lsquo" | "rsquo" => Some("'"),
        "nbsp" | "ensp" | "emsp" | "thinsp" => Some(" "),
        "shy" | "zwj" | "zwnj" => Some(""),
        "szlig" => Some("ss"),
        "aelig" | "AElig" => Some("ae"),
        "oelig" | "OElig" => Some("oe"),
        _ => None,
    };
    if let Some(known) = known {
        return Some(Cow::Borrowed(known));
    }
    let (letter, accent) = name.split_at_checked(1)?;
    let has_accent = matches!(accent, "acute" | "grave" | "circ" | "tilde" | "uml" | "ring" | "cedil" | "caron" | "slash");
    if has_accent && letter.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Some(Cow::Owned(letter.to_owned()));
    }
    name.bytes().all(|byte| byte.is_ascii_alphanumeric()).then_some(Cow::Borrowed("–"))
}

/// Reads code or data: what stands between quotation marks, each by itself, with its escapes taken off and its tags read.
pub(super) fn code(source: &str, origin: Origin, depth: u8, reading: &mut Reading) {
    let (bytes, mut at, mut from) = (source.as_bytes(), 0, 0);
    loop {
        let found = memchr2(b'"', b'\\', bytes.get(from..).unwrap_or_default()).map(|found| from + found);
        if let Some(place) = found.filter(|place| bytes.get(*place) == Some(&b'\\')) {
            from = place + 2;
            continue;
        }
        let string = source.get(at..found.unwrap_or(source.len())).unwrap_or_default();
        reading.body.end_block();
        match unescaped(string) {
            Some(plain) => markup(&plain, origin.decoded(at), depth + 1, reading),
            None => markup(string, origin.part(at), depth + 1, reading),
        }
        let Some(end) = found else { break };
        (at, from) = (end + 1, end + 1);
    }
    reading.body.end_block();
}

/// A string without its escapes, as JSON and JavaScript write them; nothing where there are none.
fn unescaped(source: &str) -> Option<String> {
    let first = memchr(b'\\', source.as_bytes())?;
    let mut plain = source.get(..first)?.to_owned();
    let mut rest = source.get(first..)?;
    let mut high = None;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let mut characters = after.chars();
        let c = characters.next();
        rest = characters.as_str();
        match c {
            Some(kind @ ('u' | 'x')) => {
                let Some((code, left)) = code_point(kind, rest) else { continue };
                rest = left;
                // Characters past the first 65,536 are written as two halves.
                let whole = match (high.take(), code) {
                    (_, 0xd800..0xdc00) => {
                        high = Some(code);
                        continue;
                    }
                    (Some(high), 0xdc00..0xe000) => 0x1_0000 + ((high - 0xd800) << 10) + (code - 0xdc00),
                    _ => code,
                };
                plain.extend(char::from_u32(whole));
            }
            Some('n' | 'r' | 't' | 'f' | 'b' | 'v') => plain.push(' '),
            Some(c) => plain.push(c),
            None => {}
        }
    }
    plain.push_str(rest);
    Some(plain)
}

/// The code of `\uXXXX`, `\u{X…}` or `\xXX`, and what follows.
fn code_point(kind: char, rest: &str) -> Option<(u32, &str)> {
    let (digits, left) = match rest.strip_prefix('{') {
        Some(rest) if kind == 'u' => {
            let end = rest.bytes().take(LONGEST_CODE + 1).position(|byte| byte == b'}')?;
            (rest.get(..end)?, rest.get(end + 1..)?)
        }
        _ => rest.split_at_checked(if kind == 'u' { 4 } else { 2 })?,
    };
    u32::from_str_radix(digits, 16).ok().map(|code| (code, left))
}

/// An address with the bytes that stand in it as `%XX`; nothing where there are none.
fn percent_decoded(source: &str) -> Option<String> {
    Some(percent_decode(source)).filter(|plain| plain != source)
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_text;

    #[track_caller]
    fn check(path: &str, source: &str, expected: &str) {
        assert_eq!(read_text(path, source.as_bytes()), expected, "{source}");
    }

    #[test]
    fn inline_tags_do_not_part_words_and_blocks_do() {
        check("a.html", "<p>a<b>b</b> c<wbr>d<br>e</p><td>f</td>", "ab cd e|f");
        check("a.html", "<p>caf&eacute; &#x41;&#66; &lt; &mdash; AT&T &hearts", "cafe AB < – AT&T &hearts");
        check("a.html", "1 < 2, a<b and <", "1 < 2, a<b and <");
    }

    #[test]
    fn attributes_comments_and_scripts_stand_beside_the_sentence() {
        check("a.html", "<p title=\"x > y\">a <!-- b <i>c</i> -->d</p>", "a d|title=|x > y|b c");
        check("a.html", "a <a href=\"/b%20c\\u0064\">d</a> e", "a d e|href=|/b%20c\\u0064|/b c\\u0064|/b%20cd");
        check("a.html", "<script>x = \"a\\u0062\"; </SCRIPT>c<!-- d", "c|x =|ab|;|d");
    }

    #[test]
    fn markup_within_text_is_read_as_what_it_will_be() {
        check("a.xml", "<s>&lt;p&gt;a &lt;b&gt;b&lt;/b&gt;&lt;/p&gt;c</s>", "a b|c");
        check("a.xml", "<s><![CDATA[<p>a</p>b]]></s>", "a|b");
        check("a.json", r#"{"a":"<p>b\u003c/p>c \"d\"","e\n":1}"#, r#"{|a|:|b|c "d"|,|e|:1}"#);
        check("a.js", r"a = 'it\'s \x41 \u{1f600} \ud83d\ude00'", "a = 'it's A 😀 😀'");
    }

    /// What a reader that looks for the end of each thing in all that follows goes through again and again.
    #[test]
    fn long_texts_without_ends_are_read_as_they_are() {
        const TIMES: usize = 50_000;
        for (unit, in_page, in_code) in [
            ("<", "<", "<"),
            ("</", "</", "</"),
            ("<a", "<a", "<a"),
            ("<a=\"", "<a=\"", "<a=|"),
            ("<a='", "<a='", "<a='"),
            ("=\"<a\" ", "=\"<a\" ", "=|<a|"),
            ("='<a' ", "='<a' ", "='<a' "),
            ("=\"<a' ", "=\"<a' ", "=|<a' "),
            ("&", "&", "&"),
            ("&lt;", "<", "<"),
            ("&lt;a ", "<a ", "<a "),
            ("%", "%", "%"),
            ("\"", "\"", ""),
            ("\\\\", "\\\\", "\\"),
            ("\\u", "\\u", ""),
            ("\\u{", "\\u{", "{"),
        ] {
            for (path, read) in [("a.html", in_page), ("a.json", in_code)] {
                let expected = read.repeat(TIMES);
                let is_read = read_text(path, unit.repeat(TIMES).as_bytes()) == expected.trim_end_matches([' ', '|']);
                assert!(is_read, "{unit} in {path}");
            }
        }
        for unit in ["<!--", "<![CDATA[", "<script>"] {
            for (path, within) in [("a.html", 4), ("a.json", 3)] {
                let is_read = read_text(path, unit.repeat(TIMES).as_bytes()) == unit.repeat(TIMES - within);
                assert!(is_read, "{unit} in {path}");
            }
        }
    }
}
