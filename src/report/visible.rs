//! Makes visible what would otherwise move the cursor, hide text or speak to the program that reads our output.
//!
//! Hidden are control characters (C0, DEL, C1), marks that change the direction of text (CVE-2021-42574), line separators, characters that
//! show nothing at all, and U+FFFE and U+FFFF, which are none and which XML cannot hold. Joiners and variation selectors stay: scripts and emoji need them. GitHub's
//! runner takes `::` at the start of a line and `##[` anywhere in one for commands; both are broken up.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::config::is_unseen;

/// Text for one line: hidden characters as `\u{1b}`, line breaks as `\n`.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let is_command = text.trim_start().starts_with("::") || text.contains("##[");
    if !is_command && !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push(' '),
            ':' if shown.trim_start().is_empty() && is_command => shown.push_str("\\u{3a}"),
            '[' if shown.ends_with("##") => shown.push_str("\\u{5b}"),
            c if is_hidden(c) => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Text of an excerpt: every hidden character as one visible one, so that columns stay where they are; line ends as `\n`; tabs stay.
pub(super) fn pictured(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        shown.push(match c {
            '\n' | '\r' => '\n',
            '\t' => '\t',
            '[' if shown.ends_with("##") => '\u{fffd}',
            '\u{7f}' => '\u{2421}',
            // The control pictures stand in the order of the characters they depict.
            c if u32::from(c) < 0x20 => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            c if is_hidden(c) => '\u{fffd}',
            c => c,
        });
    }
    shown
}

/// Whether a character shows nothing, or makes others show otherwise, and is needed by no script and no emoji.
pub(crate) fn is_hidden(c: char) -> bool {
    let is_needed = matches!(c, '\u{ad}' | '\u{34f}' | '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || (is_unseen(c) && !is_needed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_spelt_out() {
        assert_eq!(visible("plain – 停止 👩‍💻"), "plain – 停止 👩‍💻");
        assert_eq!(visible("\u{1b}[31mred\u{7}"), "\\u{1b}[31mred\\u{7}");
        assert_eq!(visible("a\r\nb\tc"), "a\\r\\nb c");
        assert_eq!(visible("\u{fffe}\u{ffff}\u{fffd}"), "\\u{fffe}\\u{ffff}\u{fffd}");
        assert_eq!(visible("\u{9b}31m \u{202e}gnp.exe \u{200b}\u{e0041}"), "\\u{9b}31m \\u{202e}gnp.exe \\u{200b}\\u{e0041}");
    }

    #[test]
    fn what_speaks_to_a_build_server_is_broken_up() {
        assert_eq!(visible("  ::error::x"), "  \\u{3a}:error::x");
        assert_eq!(visible("x ##[set-env name=a]"), "x ##\\u{5b}set-env name=a]");
        assert_eq!(visible("a::b"), "a::b");
        assert_eq!(pictured("x ##[set"), "x ##\u{fffd}set");
    }

    #[test]
    fn pictures_keep_the_columns() {
        let text = "a\0\u{1b}\u{7f}\u{85}\u{202e}\tb";
        assert_eq!(pictured(text), "a␀␛␡��\tb");
        assert_eq!(pictured(text).chars().count(), text.chars().count());
        assert_eq!(pictured("a\r\nb\rc"), "a\nb\nc");
    }
}
