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
    let (mut done, mut at) = (0, 0);
    while let Some(next) = text.as_bytes().get(at..).and_then(|rest| rest.iter().position(|byte| MAY_BE_REPLACED[usize::from(*byte)])) {
        at += next;
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let replacement = match c {
            '&' => Some("&amp;"),
            '<' => Some("&lt;"),
            '>' => Some("&gt;"),
            '"' => Some("&quot;"),
            // A carriage return before a line feed is no line of its own.
            '\r' if text.as_bytes().get(at + 1) == Some(&b'\n') => Some(""),
            '\r' => Some("\n"),
            c if c.is_control() || is_noncharacter(c) => Some("\u{fffd}"),
            _ => None,
        };
        if let Some(replacement) = replacement {
            out.push_str(text.get(done..at).unwrap_or_default());
            out.push_str(replacement);
            done = at + c.len_utf8();
        }
        at += c.len_utf8();
    }
    out.push_str(text.get(done..).unwrap_or_default());
}

/// The bytes with which a character begins that may have to be replaced: text is mostly of others, and the whole of it comes through here.
static MAY_BE_REPLACED: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut byte = 0;
    while byte < bytes.len() {
        bytes[byte] = match byte {
            0x09 | 0x0a => false,
            // Control characters and marks of HTML; control characters from U+0080, noncharacters from U+FDD0 and at the end of each plane.
            0x00..=0x1f | 0x22 | 0x26 | 0x3c | 0x3e | 0x7f | 0xc2 | 0xef | 0xf0..=0xf4 => true,
            _ => false,
        };
        byte += 1;
    }
    bytes
};

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_replaced_or_stays() {
        for c in '\0'..=char::MAX {
            let expected = match c {
                '&' => "&amp;".to_owned(),
                '<' => "&lt;".to_owned(),
                '>' => "&gt;".to_owned(),
                '"' => "&quot;".to_owned(),
                '\r' => "\n".to_owned(),
                '\t' | '\n' => c.to_string(),
                c if c.is_control() || is_noncharacter(c) => "\u{fffd}".to_owned(),
                c => c.to_string(),
            };
            assert_eq!(escape(&format!("a{c}b")), format!("a{expected}b"), "{c:?}");
        }
    }

    #[test]
    fn nothing_gets_out_of_text_or_an_attribute() {
        assert_eq!(escape("a<b>&\"c'</d>é"), "a&lt;b&gt;&amp;&quot;c'&lt;/d&gt;é");
        assert_eq!(escape("\0\u{1}\u{7f}\u{85}\u{ffff}\u{1fffe}\u{fdd0}\t\n"), "\u{fffd}".repeat(7) + "\t\n");
        assert_eq!(escape("a\r\nb\rc"), "a\nb\nc");
        assert_eq!(escape(""), "");
    }
}
