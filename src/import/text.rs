//! Marks of other tools in a Markdown text, found outside of code, and replaced where we know what they stand for.

use std::ops::Range;

/// The longest mark that is looked for, in bytes: what is longer is text.
const LONGEST: usize = 4096;

/// The lines of a text, each with its end and whether it is part of a fenced block (CommonMark 0.31 §4.5). A fence may be indented by any amount:
/// those of lists and of other tools' blocks are.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut open: Option<(char, usize)> = None;
    text.split_inclusive('\n').map(move |line| {
        let content = line.trim_start().trim_start_matches(['>', ' ']);
        let mark = content.chars().next().filter(|c| matches!(c, '`' | '~'));
        let run = mark.map_or(0, |mark| content.chars().take_while(|c| *c == mark).count());
        let rest = content.get(run..).unwrap_or_default().trim();
        match (open, mark) {
            (Some((opened, length)), Some(mark)) if mark == opened && run >= length && rest.is_empty() => open = None,
            (Some(_), _) => {}
            (None, Some(mark)) if run >= 3 && !(mark == '`' && rest.contains('`')) => open = Some((mark, run)),
            (None, _) => return (line, false),
        }
        (line, true)
    })
}

/// Where code stands: fenced blocks, and spans within one line. In order, apart.
fn code(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for (line, is_code) in lines(text) {
        let end = start + line.len();
        match found.last_mut() {
            Some(last) if is_code && last.end == start => last.end = end,
            _ if is_code => found.push(start..end),
            _ => spans(line, start, &mut found),
        }
        start = end;
    }
    found
}

/// The code spans of one line (CommonMark 0.31 §6.1).
fn spans(line: &str, offset: usize, found: &mut Vec<Range<usize>>) {
    // A line of many ticks none of which match is looked at a few times, not once for each.
    const MISSES: usize = 16;
    let runs = |from: usize| {
        let at = from + line.get(from..)?.find('`')?;
        Some((at, line.get(at..)?.bytes().take_while(|byte| *byte == b'`').count()))
    };
    let (mut at, mut misses) = (0, 0);
    while let Some((start, length)) = runs(at) {
        let mut from = start + length;
        let close = loop {
            match runs(from) {
                Some((end, other)) if other == length => break Some(end + other),
                Some((end, other)) => from = end + other,
                None => break None,
            }
        };
        if let Some(end) = close {
            found.push(offset + start..offset + end);
        } else {
            misses += 1;
        }
        at = close.unwrap_or(start + length);
        if misses > MISSES {
            break;
        }
    }
}

/// The marks between two signs, one after the other, each the nearest that closes.
struct Marks<'t> {
    text: &'t str,
    signs: (&'t str, &'t str),
    at: usize,
    /// The next closing sign that is known of, so that each is looked for once.
    close: Option<usize>,
}

/// Where a mark stands, and what is in it.
struct Mark<'t> {
    place: Range<usize>,
    inner: &'t str,
}

impl<'t> Marks<'t> {
    fn new(text: &'t str, signs: (&'t str, &'t str)) -> Self {
        Self { text, signs, at: 0, close: None }
    }
}

impl<'t> Iterator for Marks<'t> {
    type Item = Mark<'t>;

    fn next(&mut self) -> Option<Mark<'t>> {
        let (open, close) = self.signs;
        loop {
            let start = self.at + self.text.get(self.at..)?.find(open)?;
            let inside = start + open.len();
            let end = match self.close.filter(|end| *end >= inside) {
                Some(end) => end,
                None => inside + self.text.get(inside..)?.find(close)?,
            };
            self.close = Some(end);
            self.at = inside;
            if end - inside <= LONGEST {
                return Some(Mark { place: start..end + close.len(), inner: self.text.get(inside..end)? });
            }
        }
    }
}

/// The text with every mark between `open` and `close` outside of code handed to `replace`; nothing keeps it as it is.
pub(super) fn replace_marks(text: &str, signs: (&str, &str), mut replace: impl FnMut(&str) -> Option<String>) -> String {
    if !text.contains(signs.0) {
        return text.to_owned();
    }
    let code = code(text);
    let mut code = code.iter().peekable();
    let mut out = String::with_capacity(text.len());
    let (mut done, mut marks) = (0, Marks::new(text, signs));
    while let Some(Mark { place, inner }) = marks.next() {
        while code.next_if(|range| range.end <= place.start).is_some() {}
        if let Some(range) = code.peek().filter(|range| range.start <= place.start) {
            marks.at = range.end;
        } else if let Some(other) = replace(inner) {
            out.push_str(text.get(done..place.start).unwrap_or_default());
            out.push_str(&other);
            (done, marks.at) = (place.end, place.end);
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// The text with no more than one blank line between two others, but for code: marks that are gone leave such lines.
pub(super) fn spaced(text: &str) -> String {
    let lines: Vec<(&str, bool)> = lines(text).collect();
    let mut out = String::with_capacity(text.len());
    let mut blank: Vec<&str> = Vec::new();
    for (line, is_code) in lines {
        if !is_code && line.trim().is_empty() {
            blank.push(line);
            continue;
        }
        // Lines that are indented may go on with code after several blank ones.
        let kept = if line.starts_with("    ") || line.starts_with('\t') { blank.len() } else { 1 };
        blank.iter().take(kept).for_each(|line| out.push_str(line));
        blank.clear();
        out.push_str(line);
    }
    out
}

/// The words of a mark and its named values: `figure src="a.png" alt="b"`. Values may stand in quotes of any kind.
pub(super) fn arguments(mark: &str) -> (Vec<String>, Vec<(String, String)>) {
    let (mut words, mut named) = (Vec::new(), Vec::new());
    let mut rest = mark.trim_start_matches([' ', '\t', '\n', ',']);
    while !rest.is_empty() {
        let name = rest.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(rest.len());
        let (key, behind) = rest.split_at(name);
        let after = if let Some(value) = behind.trim_start().strip_prefix('=').filter(|_| !key.is_empty()) {
            let (value, after) = value_of(value.trim_start());
            named.push((key.to_owned(), value));
            after
        } else {
            let (value, after) = value_of(rest);
            words.push(value);
            after
        };
        rest = after.trim_start_matches([' ', '\t', '\n', ',']);
    }
    (words, named)
}

/// A value, quoted or one word, and what stands behind it.
fn value_of(text: &str) -> (String, &str) {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`' | '“'));
    if let Some(quote) = quote {
        let close = if quote == '“' { '”' } else { quote };
        let inside = text.get(quote.len_utf8()..).unwrap_or_default();
        let mut value = String::new();
        let mut escaped = false;
        for (at, c) in inside.char_indices() {
            match c {
                '\\' if !escaped && quote == '"' => escaped = true,
                c if c == close && !escaped => return (value, inside.get(at + c.len_utf8()..).unwrap_or_default()),
                c => {
                    if escaped && c != '"' && c != '\\' {
                        value.push('\\');
                    }
                    value.push(c);
                    escaped = false;
                }
            }
        }
    }
    let end = text.find([' ', '\t', '\n', ',']).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    (word.to_owned(), rest)
}

/// The value of a name.
pub(super) fn named<'a>(arguments: &'a [(String, String)], name: &str) -> Option<&'a str> {
    arguments.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).filter(|value| !value.trim().is_empty())
}

/// Code in a fence that nothing in it closes.
pub(super) fn fenced(language: &str, code: &str) -> String {
    let fence = fence_around(code);
    format!("{fence}{language}\n{}\n{fence}\n", code.trim_end_matches('\n'))
}

/// A fence that nothing in `code` closes.
pub(super) fn fence_around(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat((longest + 1).max(3))
}

/// What stands between a pair of marks, `open` being given the words behind its name, as fenced code. Pairs that are not closed stay as they are.
pub(super) fn fence_pairs(text: &str, name: (&str, &str), marks: (&str, &str)) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, language, code, after)) = pair(rest, name, marks) {
        out.push_str(before);
        if !before.is_empty() && !before.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(&fenced(&language, code.trim_matches('\n')));
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    out + rest
}

/// The first pair: what stands before it, the first word behind the name, what it holds, what stands behind.
fn pair<'t>(text: &'t str, (open, close): (&str, &str), signs: (&'t str, &'t str)) -> Option<(&'t str, String, &'t str, &'t str)> {
    fn behind<'m>(mark: &Mark<'m>, name: &str) -> Option<&'m str> {
        let rest = mark.inner.trim_matches(['-', ' ', '\n']).strip_prefix(name)?;
        (rest.is_empty() || rest.starts_with(' ')).then_some(rest)
    }
    let mut marks = Marks::new(text, signs);
    let (opening, rest) = marks.find_map(|mark| behind(&mark, open).map(|rest| (mark.place, rest)))?;
    let closing = marks.find(|mark| mark.place.start >= opening.end && behind(mark, close).is_some())?.place;
    let words = arguments(rest).0;
    let language =
        words.first().filter(|word| word.chars().all(|c| c.is_alphanumeric() || "+-#_.".contains(c))).cloned().unwrap_or_default();
    Some((text.get(..opening.start)?, language, text.get(opening.end..closing.start)?, text.get(closing.end..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_outside_of_code_alone() {
        let text = "a {{< x >}} `{{< x >}}` b\n```\n{{< x >}}\n```\n> ~~~\n> {{< x >}}\n> ~~~\n{{< y >}} ``` {{< x >}}{{< x";
        let replaced = replace_marks(text, ("{{<", ">}}"), |inner| (inner.trim() == "x").then(|| "X".to_owned()));
        assert_eq!(replaced, "a X `{{< x >}}` b\n```\n{{< x >}}\n```\n> ~~~\n> {{< x >}}\n> ~~~\n{{< y >}} ``` X{{< x");
    }

    #[test]
    fn a_mark_has_words_and_named_values() {
        let (words, named) = arguments(" youtube \"a b\" x='1 2', alt=\"say \\\"hi\\\"\", n=3 'open");
        assert_eq!(words, ["youtube", "a b", "'open"]);
        let named: Vec<(&str, &str)> = named.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(named, [("x", "1 2"), ("alt", "say \"hi\""), ("n", "3")]);
    }

    #[test]
    fn what_stands_between_a_pair_is_code() {
        let pairs = |text: &str| fence_pairs(text, ("highlight", "endhighlight"), ("{%", "%}"));
        assert_eq!(pairs("a {% highlight ruby linenos %}\nx ``` y\n{% endhighlight %}\nb"), "a \n````ruby\nx ``` y\n````\nb");
        assert_eq!(pairs("{%- highlight c -%}x{%- endhighlight -%} {% highlight d %}"), "```c\nx\n```\n {% highlight d %}");
        assert_eq!(pairs("{% endhighlight %}"), "{% endhighlight %}");
    }

    #[test]
    fn hostile_texts_take_no_time() {
        for text in ["{{<".repeat(50_000), "`".repeat(100_000), "` `` ".repeat(30_000), "{% highlight %}".repeat(20_000)] {
            let _ = replace_marks(&text, ("{{<", ">}}"), |_| None);
            let _ = fence_pairs(&text, ("highlight", "endhighlight"), ("{%", "%}"));
        }
    }
}
