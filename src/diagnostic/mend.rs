//! Fixes laid over the text they are for.

use std::collections::BTreeMap;

use super::{Edit, Fix, Span};

/// The text with the fixes applied, and how many were.
///
/// A fix is applied whole or not at all: one that touches what an earlier one changes is left for the next time, and so is one whose edits
/// overlap each other or do not lie within the text.
#[must_use]
pub fn mend<'f>(text: &str, fixes: impl IntoIterator<Item = &'f Fix>) -> (String, usize) {
    let mut fixes: Vec<&Fix> = fixes.into_iter().filter(|fix| !fix.edits.is_empty() && is_sound(text, &fix.edits)).collect();
    fixes.sort_by_key(|fix| fix.edits.first().map(|edit| edit.span));
    let mut taken: BTreeMap<Span, &Edit> = BTreeMap::new();
    let mut applied = 0;
    for fix in fixes {
        if fix.edits.iter().all(|edit| is_apart(edit, &taken)) {
            taken.extend(fix.edits.iter().map(|edit| (edit.span, edit)));
            applied += 1;
        }
    }
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    for edit in taken.into_values() {
        let range = edit.span.range();
        mended.push_str(text.get(at..range.start).unwrap_or_default());
        mended.push_str(&edit.replacement);
        at = range.end;
    }
    mended.push_str(text.get(at..).unwrap_or_default());
    (mended, applied)
}

/// Whether every edit lies within the text, between characters, and apart from the one before it.
fn is_sound(text: &str, edits: &[Edit]) -> bool {
    let lies_within = |edit: &Edit| text.get(edit.span.range()).is_some();
    edits.iter().all(lies_within) && edits.windows(2).all(|pair| matches!(pair, [a, b] if a.span.end <= b.span.start && a.span != b.span))
}

/// Whether an edit touches none of those taken, so that their order does not matter. Two insertions at one place touch.
fn is_apart(edit: &Edit, taken: &BTreeMap<Span, &Edit>) -> bool {
    // What is taken does not overlap: of all that begins early enough to touch, the last reaches furthest.
    let last = taken.range(..=Span { start: edit.span.end, end: u32::MAX }).next_back();
    last.is_none_or(|(span, _)| span.end < edit.span.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let edit = |(start, end, text): &(usize, usize, &str)| Edit { span: Span::new(*start, *end), replacement: (*text).to_owned() };
        Fix { title: String::new(), edits: edits.iter().map(edit).collect() }
    }

    #[test]
    fn fixes_apart_are_all_applied() {
        let fixes = [fix(&[(6, 7, "C")]), fix(&[(0, 1, "A"), (3, 3, "+")])];
        assert_eq!(mend("a bc de", &fixes), ("A b+c dC".to_owned(), 2));
    }

    #[test]
    fn a_fix_that_touches_an_earlier_one_waits_whole() {
        let fixes = [fix(&[(0, 2, "x")]), fix(&[(2, 3, "y"), (5, 6, "z")]), fix(&[(6, 6, "!")])];
        assert_eq!(mend("abcdef", &fixes), ("xcdef!".to_owned(), 2));
        let same = [fix(&[(1, 1, "x")]), fix(&[(1, 1, "x")])];
        assert_eq!(mend("ab", &same), ("axb".to_owned(), 1));
    }

    #[test]
    fn a_fix_that_is_not_sound_changes_nothing() {
        let fixes = [fix(&[(1, 2, "x")]), fix(&[(0, 9, "x")]), fix(&[(2, 3, "x"), (0, 1, "y")]), fix(&[])];
        assert_eq!(mend("éa", &fixes), ("éa".to_owned(), 0));
    }
}
