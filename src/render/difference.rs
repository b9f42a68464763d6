//! Which words of a text are others in its next revision.

use serde::Serialize;
use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

/// How many words are shown on both sides of a change.
const AROUND: usize = 8;
/// Where so many words may each have become any of so many others, they are compared line by line alone.
const MOST_PAIRS: usize = 4_000_000;

/// What changed at one place.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub(super) struct Change {
    pub(super) parts: Vec<Part>,
}

/// Words that stayed, went or came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Part {
    /// `same`, `gone` or `new`.
    pub(super) kind: &'static str,
    pub(super) text: String,
}

/// The changes from one text to another, in order of place.
pub(super) fn changes(old: &str, new: &str) -> Vec<Change> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let between = |lines: &[&str], range: std::ops::Range<usize>| lines.get(range).unwrap_or_default().join("\n");
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let (gone, came) = (between(&old, op.old_range()), between(&new, op.new_range()));
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { .. } => changes.push(Change { parts: vec![part("gone", &gone)] }),
            DiffOp::Insert { .. } => changes.push(Change { parts: vec![part("new", &came)] }),
            DiffOp::Replace { .. } => changes.push(replaced(&gone, &came)),
        }
    }
    changes
}

/// How many words went, and how many came.
pub(super) fn counts(changes: &[Change]) -> (usize, usize) {
    let count = |kind| {
        let parts = changes.iter().flat_map(|change| &change.parts).filter(|part| part.kind == kind);
        parts.map(|part| part.text.split_whitespace().count()).sum()
    };
    (count("gone"), count("new"))
}

fn part(kind: &'static str, text: &str) -> Part {
    Part { kind, text: text.to_owned() }
}

fn replaced(gone: &str, came: &str) -> Change {
    let count = |text: &str| text.split_whitespace().count();
    if count(gone).saturating_mul(count(came)) > MOST_PAIRS {
        return Change { parts: vec![part("gone", gone), part("new", came)] };
    }
    let mut parts: Vec<Part> = Vec::new();
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_words(gone, came);
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => "same",
            ChangeTag::Delete => "gone",
            ChangeTag::Insert => "new",
        };
        match parts.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => parts.push(part(kind, change.value())),
        }
    }
    let last = parts.len().saturating_sub(1);
    for (n, part) in parts.iter_mut().enumerate().filter(|(_, part)| part.kind == "same") {
        part.text = shortened(&part.text, n > 0, n < last);
    }
    Change { parts }
}

/// What stands around changes: the words next to one before and to one behind.
fn shortened(text: &str, before: bool, behind: bool) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (head, tail) = (if before { AROUND } else { 0 }, if behind { AROUND } else { 0 });
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let join = |words: Option<&[&str]>| words.unwrap_or_default().join(" ");
    let (first, last) = (join(words.get(..head)), join(words.get(words.len() - tail..)));
    let (lead, end) = (if before { " " } else { "" }, if behind { " " } else { "" });
    format!("{lead}{first}{}…{}{last}{end}", if before { " " } else { "" }, if behind { " " } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> Vec<String> {
        let mark = |part: &Part| match part.kind {
            "gone" => format!("[-{}-]", part.text),
            "new" => format!("[+{}+]", part.text),
            _ => part.text.clone(),
        };
        changes(old, new).iter().map(|change| change.parts.iter().map(mark).collect()).collect()
    }

    #[test]
    fn words_are_compared_where_lines_differ() {
        assert_eq!(told("a\nb c d\ne", "a\nb x d\ne"), ["b [-c-][+x+] d"]);
        assert_eq!(told("a\nb", "a\nb\nc d"), ["[+c d+]"]);
        assert_eq!(told("a\nb\nc", "a\nc"), ["[-b-]"]);
        assert!(told("a\nb", "a\nb").is_empty());
        assert_eq!(counts(&changes("a b c", "a x y c")), (1, 2));
    }

    #[test]
    fn what_stays_is_shortened() {
        let long = |word: &str| format!("0 1 2 3 4 5 6 7 8 9 10 11 {word} 0 1 2 3 4 5 6 7 8 9 10 11");
        assert_eq!(told(&long("a"), &long("b")), ["… 4 5 6 7 8 9 10 11 [-a-][+b+] 0 1 2 3 4 5 6 7 …"]);
    }
}
