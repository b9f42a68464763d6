//! The place in a file of a word that was found in its text.

use crate::markdown::text::PlacedText;

/// The byte of the file where the word at byte `mark` of a section's text is written.
pub(super) fn of_mark(file: &str, section: &PlacedText, mark: usize) -> usize {
    let Some((begin, written)) = section.stretch(mark) else { return 0 };
    let before = section.as_str().get(begin..mark).unwrap_or_default();
    // Code alone has lines. Those of a fenced block begin below the fence.
    let line = before.matches('\n').count();
    let ends = file.get(written..).unwrap_or_default().match_indices('\n');
    let from = line.checked_sub(1).and_then(|end| ends.map(|(at, _)| written + at).nth(end)).unwrap_or(written);
    let least = from + before.rfind('\n').map_or(before, |end| before.get(end + 1..).unwrap_or_default()).len();
    let word = section.as_str().get(mark..).unwrap_or_default();
    let word = word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    // Marks, escapes and entities make a file longer than the text, never shorter.
    file.get(least..).and_then(|rest| rest.find(word)).map_or(from, |at| least + at)
}
