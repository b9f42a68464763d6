//! A text without some of its stretches, as though they had never been written, and with other words for some.

use crate::diagnostic::Span;

/// What is left of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    pub(super) text: String,
    /// Where each remaining stretch begins: in the new text, in the old one.
    places: Vec<(usize, usize)>,
    /// What the old text is left of, where that is not the text of the file.
    of: Option<Box<Cut>>,
}

/// Takes stretches out of a text; they are in order and none lies in another. Lines of which nothing but blanks and the marks of a quote are
/// left go with them; where words go from the midst of a line, one blank stays; and where the first words of a list item go, what follows
/// in it takes their place.
pub(super) fn cut(text: &str, stretches: &[Span]) -> Cut {
    let mut cut = Cut { text: String::with_capacity(text.len()), places: vec![(0, 0)], of: None };
    let mut at = 0;
    for stretch in stretches {
        let written = text.get(stretch.start as usize..text.len().min(stretch.end as usize)).unwrap_or_default();
        let start = stretch.start as usize;
        let mut end = start + written.trim_end().len();
        cut.text.push_str(text.get(at..start).unwrap_or_default());
        let rest = text.get(end..).unwrap_or_default();
        let rest_of_line = rest.split('\n').next().unwrap_or_default();
        let line = cut.text.rfind('\n').map_or(0, |newline| newline + 1);
        let before = cut.text.get(line..).unwrap_or_default();
        if before.trim_matches([' ', '\t', '>']).is_empty() {
            if rest_of_line.trim().is_empty() {
                cut.text.truncate(line);
                end = (end + rest_of_line.len() + 1).min(text.len());
            } else {
                end += rest.len() - rest.trim_start_matches([' ', '\t']).len();
            }
        } else if let Some(content) = next_content(before, rest).filter(|_| rest_of_line.trim().is_empty()) {
            end += content;
        } else if before.ends_with([' ', '\t']) && rest.chars().next().is_none_or(|next| next.is_whitespace() || ".,;:!?)".contains(next)) {
            cut.text.truncate(cut.text.trim_end_matches([' ', '\t']).len());
        }
        at = end.max(at);
        let length = cut.text.len();
        // A line that went with this stretch may have held the end of one before.
        cut.places.retain(|(new, _)| *new < length);
        cut.places.push((length, at));
    }
    cut.text.push_str(text.get(at..).unwrap_or_default());
    cut
}

/// Behind the marks that begin an item, quote or definition, how far it is to what stands next in the same one; nothing where nothing does, or
/// where other words stand before.
fn next_content(before: &str, rest: &str) -> Option<usize> {
    let is_mark = |word: &str| {
        let number = word.trim_end_matches(['.', ')']);
        matches!(word, "-" | "*" | "+" | ">" | ":") || (number.len() + 1 == word.len() && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if !before.split_whitespace().flat_map(|word| word.split_inclusive('>')).all(is_mark) {
        return None;
    }
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t', '>']).len();
    let mut passed = 0;
    for line in rest.split_inclusive('\n') {
        let inner = line.trim_matches([' ', '\t', '>', '\n', '\r']);
        if passed > 0 && !inner.is_empty() {
            return (indent(line) > before.trim_end().len()).then(|| passed + indent(line));
        }
        passed += line.len();
    }
    None
}

impl Cut {
    /// The same with other words at some places of the text, which are in order.
    pub(super) fn reworded(self, instead: &[(Span, &str)]) -> Self {
        let mut text = String::with_capacity(self.text.len());
        let mut places = vec![(0, 0)];
        let mut at = 0;
        for (place, words) in instead {
            let place = place.range();
            text.push_str(self.text.get(at..place.start).unwrap_or_default());
            places.push((text.len(), place.start));
            text.push_str(words);
            places.push((text.len(), place.end));
            at = place.end;
        }
        text.push_str(self.text.get(at..).unwrap_or_default());
        Self { text, places, of: Some(Box::new(self)) }
    }

    /// Where a place of the new text was in the file.
    pub(super) fn place(&self, span: Span) -> Span {
        let old = |at: usize| {
            let stretch = self.places.partition_point(|(new, _)| *new <= at).saturating_sub(1);
            // Other words may be longer than those in whose place they stand.
            let next = self.places.get(stretch + 1).map_or(usize::MAX, |(_, old)| *old);
            self.places.get(stretch).map_or(at, |(new, old)| (old + (at - new)).min(next))
        };
        let before = Span::new(old(span.start as usize), old(span.end as usize));
        self.of.as_ref().map_or(before, |of| of.place(before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts what stands between brackets.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (mut plain, mut stretches, mut open) = (String::new(), Vec::new(), 0);
        for c in text.chars() {
            match c {
                '[' => open = plain.len(),
                ']' => stretches.push(Span::new(open, plain.len())),
                c => plain.push(c),
            }
        }
        let cut = cut(&plain, &stretches);
        assert_eq!(cut.text, expected, "{text:?}");
        for (at, c) in cut.text.char_indices() {
            let place = cut.place(Span::at(at)).start as usize;
            assert!(plain.get(place..).unwrap().starts_with(c), "{text:?}: {at} is {place}");
        }
    }

    #[test]
    fn whole_lines_go_and_leave_nothing() {
        check("a\n\n[> b\n> c\n]\nd\n", "a\n\n\nd\n");
        check("- a\n[- b\n  c]\n- d\n", "- a\n- d\n");
        check("> - a\n> [- b]\n> - c\n", "> - a\n> - c\n");
        check("| a |\n|---|\n[| b |]\n| c |\n", "| a |\n|---|\n| c |\n");
        check("[a\n]", "");
        check("a\n[b]", "a\n");
        check("a\n\n[b]\n[c]\n\nd", "a\n\n\nd");
    }

    #[test]
    fn words_go_with_one_of_the_blanks_around_them() {
        check("a [b c] d\n", "a d\n");
        check("a [b].\n", "a.\n");
        check("a [b]  \nc", "a  \nc");
        check("a [b]\nc", "a\nc");
        check("- [b] c\n", "- c\n");
        check("[b] c\n", "c\n");
        check("  [b\n  c] d\n", "  d\n");
        check("a [b\nc] d\n", "a d\n");
        check("| a [b]| c |", "| a | c |");
    }

    #[test]
    fn other_words_stand_in_their_place() {
        let text = "a @b c\n@d\n@e f\n";
        let cut = cut(text, &[Span::new(5, 10)]).reworded(&[(2, "bee"), (5, "")].map(|(at, words)| (Span::new(at, at + 2), words)));
        assert_eq!(cut.text, "a bee\n f\n");
        let old: Vec<usize> = (0..cut.text.len()).map(|at| cut.place(Span::at(at)).start as usize).collect();
        assert_eq!(old, [0, 1, 2, 3, 9, 9, 12, 13, 14]);
    }

    #[test]
    fn what_follows_in_an_item_takes_the_place_of_its_first_words() {
        check("- [> b]\n  c\n", "- c\n");
        check("10. [> b]\n\n    <!-- c -->\n", "10. <!-- c -->\n");
        check("> - [> b\n>   > c]\n>\n>   d\n", "> - d\n");
        check(":   [> b]\n\n    c\n", ":   c\n");
        check("- [> b]\n- c\n", "-\n- c\n");
        check("- [> b]\n\nc\n", "-\n\nc\n");
        check("- - [> b]\n\n    c\n", "- - c\n");
        check("  [a] [b]\nc [d] e\n", "c e\n");
    }
}
