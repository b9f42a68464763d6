//! The one place where text becomes HTML.

/// The text as HTML, for the content of an element and for an attribute in double quotes.
///
/// Characters that HTML does not allow are replaced by U+FFFD (HTML living standard, section 13.2.3.5: control characters other than white
/// space, and noncharacters).
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(text, &mut out);
    out
}

pub(super) fn push_escaped(text: &str, out: &mut String) {
    let mut done = 0;
    for (at, c) in text.char_indices() {
        let replacement = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\t' | '\n' => continue,
            '\r' => "\n",
            c if c.is_control() || is_noncharacter(c) => "\u{fffd}",
            _ => continue,
        };
        // A carriage return before a line feed is no line of its own.
        let replacement = if c == '\r' && text.as_bytes().get(at + 1) == Some(&b'\n') { "" } else { replacement };
        out.push_str(text.get(done..at).unwrap_or_default());
        out.push_str(replacement);
        done = at + c.len_utf8();
    }
    out.push_str(text.get(done..).unwrap_or_default());
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_text_or_an_attribute() {
        assert_eq!(escape("a<b>&\"c'</d>é"), "a&lt;b&gt;&amp;&quot;c'&lt;/d&gt;é");
        assert_eq!(escape("\0\u{1}\u{7f}\u{85}\u{ffff}\u{1fffe}\u{fdd0}\t\n"), "\u{fffd}".repeat(7) + "\t\n");
        assert_eq!(escape("a\r\nb\rc"), "a\nb\nc");
        assert_eq!(escape(""), "");
    }
}
