//! Findings carried along while their text is edited, until the whole is checked again.

use crate::diagnostic::{Diagnostic, Edit, SourcePath, Span};

/// How a text differs from an earlier one: by one stretch of it.
#[derive(Debug, Clone, Copy)]
struct Change {
    /// Up to here they are the same.
    start: u32,
    /// From here on the earlier one is the same again.
    end: u32,
    /// By how much what is behind has moved.
    moved: i64,
}

/// The findings that were made of an earlier text of a file, at their places in the text as it is now. Those that speak of what was changed are left
/// out, and so are fixes that would touch it.
pub(super) fn carry(findings: &[Diagnostic], path: &SourcePath, before: &str, now: &str) -> Vec<Diagnostic> {
    let change = Change::between(before, now);
    findings.iter().filter_map(|finding| change.carried(finding, path)).collect()
}

impl Change {
    fn between(before: &str, now: &str) -> Self {
        let shared = |a: &mut dyn Iterator<Item = u8>, b: &mut dyn Iterator<Item = u8>| a.zip(b).take_while(|(a, b)| a == b).count();
        let start = before.floor_char_boundary(shared(&mut before.bytes(), &mut now.bytes()));
        let rest = before.len().min(now.len()) - start;
        let behind = shared(&mut before.bytes().rev(), &mut now.bytes().rev()).min(rest);
        let place = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        let end = before.ceil_char_boundary(before.len() - behind);
        let moved = i64::from(place(now.len())) - i64::from(place(before.len()));
        Self { start: place(start), end: place(end), moved }
    }

    fn carried(self, finding: &Diagnostic, path: &SourcePath) -> Option<Diagnostic> {
        let mut carried = finding.clone();
        carried.primary.span = self.span(finding.primary.span)?;
        for label in carried.labels.iter_mut().filter(|label| label.path == *path) {
            label.span = self.span(label.span)?;
        }
        if let Some(fix) = &mut carried.fix {
            let edit = |edit: &Edit| Some(Edit { span: self.span(edit.span)?, replacement: edit.replacement.clone() });
            match fix.edits.iter().map(edit).collect() {
                Some(edits) => fix.edits = edits,
                None => carried.fix = None,
            }
        }
        Some(carried)
    }

    fn span(self, span: Span) -> Option<Span> {
        if span.end <= self.start {
            return Some(span);
        }
        let moved = |offset: u32| u32::try_from(i64::from(offset) + self.moved).ok();
        if span.start >= self.end { Some(Span { start: moved(span.start)?, end: moved(span.end)? }) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RuleName;

    /// The words that findings on each word of `before` speak of in `now`.
    fn words<'n>(before: &str, now: &'n str) -> Vec<&'n str> {
        let path = SourcePath::from("a.md");
        let places = before.split_whitespace().map(|word| {
            let start = word.as_ptr() as usize - before.as_ptr() as usize;
            Span::new(start, start + word.len())
        });
        let finding = |span| Diagnostic::new(RuleName("broken-link"), &path, span, "x");
        let findings: Vec<_> = places.map(finding).collect();
        carry(&findings, &path, before, now).iter().map(|finding| finding.primary.span.slice(now)).collect()
    }

    #[test]
    fn what_is_not_edited_keeps_its_findings() {
        assert_eq!(words("one two three", "one two three"), ["one", "two", "three"]);
        assert_eq!(words("one two three", "one, two three"), ["one", "two", "three"]);
        assert_eq!(words("one two three", "one 2 three"), ["one", "three"]);
        assert_eq!(words("one two three", "three"), ["three"]);
        assert_eq!(words("one two", "one twoo"), ["one", "two"]);
        assert_eq!(words("aa aa", "aa"), ["aa"], "of what is the same at both ends, the beginning stays");
        assert_eq!(words("é ü", "é ö ü"), ["é", "ü"]);
    }

    #[test]
    fn a_fix_that_would_touch_the_edit_is_left_out() {
        let path = SourcePath::from("a.md");
        let finding = Diagnostic::new(RuleName("broken-link"), &path, Span::new(0, 1), "x");
        let edits = vec![Edit { span: Span::new(2, 3), replacement: "B".into() }];
        let found = [finding.fix("mend", edits)];
        let fix = |now: &str| carry(&found, &path, "a b c", now).remove(0).fix.map(|fix| fix.edits[0].span);
        assert_eq!(fix("a b d"), Some(Span::new(2, 3)));
        assert_eq!(fix("a bb c"), Some(Span::new(2, 3)));
        assert_eq!(fix("a  c"), None);
    }
}
