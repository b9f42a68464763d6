//! Characters that stand in a text and are not seen in it.

/// Whether a character shows nothing by itself: what Unicode calls [default-ignorable][1] (marks for where a word may be broken or must not be, for the
/// direction of text, for the look of the character before), what it has for annotations, two codes that are no characters, and controls that are no
/// blanks. It is also put into a word to hide it.
///
/// [1]: https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
pub(crate) fn is_unseen(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !c.is_whitespace();
    }
    (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}
