//! Which words of a text are others in its next revision.

use serde::Serialize;
use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

/// How many words are shown on both sides of a change.
const AROUND: usize = 8;
/// Where so many words may each have become any of so many others, they are compared line by line alone.
const MOST_PAIRS: usize = 4_000_000;

/// Words at the place of a change that have one thing in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Part {
    /// What became of it.
    pub(super) kind: Kind,
    pub(super) text: String,
}

/// What became of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// They stayed.
    Same,
    /// They went.
    Gone,
    /// They came.
    New,
}

/// The changes from one text to another, in order of place; each is what stands there now and stood there before.
pub(super) fn changes(old: &str, new: &str) -> Vec<Vec<Part>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let between = |lines: &[&str], range: std::ops::Range<usize>| lines.get(range).unwrap_or_default().join("\n");
    let mut changes = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let gone = || between(&old, op.old_range());
        let came = || between(&new, op.new_range());
        match op {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { .. } => changes.push(vec![part(Kind::Gone, &gone())]),
            DiffOp::Insert { .. } => changes.push(vec![part(Kind::New, &came())]),
            DiffOp::Replace { .. } => changes.push(replaced(&gone(), &came())),
        }
    }
    changes
}

/// How many words went, and how many came.
pub(super) fn counts(changes: &[Vec<Part>]) -> (usize, usize) {
    let count = |kind| {
        let parts = changes.iter().flatten().filter(|part| part.kind == kind);
        parts.map(|part| part.text.split_whitespace().count()).sum()
    };
    (count(Kind::Gone), count(Kind::New))
}

fn part(kind: Kind, text: &str) -> Part {
    Part { kind, text: text.to_owned() }
}

fn replaced(gone: &str, came: &str) -> Vec<Part> {
    let count = |text: &str| text.split_whitespace().count();
    if count(gone).saturating_mul(count(came)) > MOST_PAIRS {
        return vec![part(Kind::Gone, gone), part(Kind::New, came)];
    }
    let mut parts: Vec<Part> = Vec::new();
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_words(gone, came);
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => Kind::Same,
            ChangeTag::Delete => Kind::Gone,
            ChangeTag::Insert => Kind::New,
        };
        match parts.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => parts.push(part(kind, change.value())),
        }
    }
    let last = parts.len().saturating_sub(1);
    for (n, part) in parts.iter_mut().enumerate().filter(|(_, part)| part.kind == Kind::Same) {
        part.text = shortened(&part.text, if n > 0 { AROUND } else { 0 }, if n < last { AROUND } else { 0 });
    }
    parts
}

/// What stands around changes: so many words next to one before it, and so many next to one behind it.
fn shortened(text: &str, head: usize, tail: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let join = |words: Option<&[&str]>| words.unwrap_or_default().join(" ");
    let (first, last) = (join(words.get(..head)), join(words.get(words.len() - tail..)));
    let (lead, end) = (if head > 0 { " " } else { "" }, if tail > 0 { " " } else { "" });
    format!("{lead}{first}{lead}…{end}{last}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> Vec<String> {
        let mark = |part: &Part| match part.kind {
            Kind::Gone => format!("[-{}-]", part.text),
            Kind::New => format!("[+{}+]", part.text),
            Kind::Same => part.text.clone(),
        };
        changes(old, new).iter().map(|change| change.iter().map(mark).collect()).collect()
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
