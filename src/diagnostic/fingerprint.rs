//! Which finding is which, from one run to the next: a name for a finding that outlives edits elsewhere in its file.

use std::collections::HashMap;
use std::fmt;

use xxhash_rust::xxh3::Xxh3;

use super::{Diagnostic, SourcePath, Span};

/// How much of the text a finding speaks of counts, in characters.
const TEXT: usize = 200;

/// A name for a finding, made of what it is about and not of where that stands.
///
/// It is the same as long as the rule, the path, the text spoken of and the words in backticks of the message are; a rule may put its message
/// in other words. Among findings of a file that agree in all of it, their order tells them apart. No two findings of a run share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u128);

impl fmt::Display for Fingerprint {
    /// Thirty-two hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The fingerprint of each finding of a run, in the order given. `texts` gives the text of a file, where it has one.
#[must_use]
pub fn fingerprints<'a>(findings: &[Diagnostic], texts: &dyn Fn(&SourcePath) -> Option<&'a str>) -> Vec<Fingerprint> {
    let mut seen: HashMap<u128, u64> = HashMap::new();
    let fingerprint = |finding: &Diagnostic| {
        let mut hash = Xxh3::new();
        let text = texts(&finding.primary.path).map(|text| spoken_of(text, finding.primary.span)).unwrap_or_default();
        for part in [finding.rule.0, finding.primary.path.as_str(), &text].into_iter().chain(facts(&finding.message)) {
            // The length keeps `ab` and `c` apart from `a` and `bc`.
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let ordinal = seen.entry(hash.digest128()).or_default();
        hash.update(&ordinal.to_le_bytes());
        *ordinal += 1;
        Fingerprint(hash.digest128())
    };
    findings.iter().map(fingerprint).collect()
}

/// The beginning of the text at `span`, every run of white space as one blank; the line around an empty span.
fn spoken_of(text: &str, span: Span) -> String {
    let spoken_of = if span.start == span.end { line_at(text, span.start as usize) } else { span.slice(text) };
    spoken_of.split_whitespace().flat_map(|word| word.chars().chain([' '])).take(TEXT).collect()
}

fn line_at(text: &str, offset: usize) -> &str {
    let (Some(before), Some(after)) = (text.get(..offset), text.get(offset..)) else { return "" };
    let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let end = after.find(['\n', '\r']).map_or(text.len(), |end| offset + end);
    text.get(start..end).unwrap_or_default()
}

/// What a message holds in backticks.
fn facts(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::RuleName;

    const TEXT: &str = "# Outage\n\nSee [why](x.md) and\n[how](x.md).\n\n## Impact\n";

    /// A finding about each place where `words` stand in `text`.
    fn findings(text: &str, words: &str, message: &str) -> Vec<Diagnostic> {
        let finding = |(start, _)| {
            let span = Span::new(start, start + words.len());
            Diagnostic::new(RuleName("broken-link"), &SourcePath::from("a.md"), span, message)
        };
        text.match_indices(words).map(finding).collect()
    }

    fn told(text: &str, findings: &[Diagnostic]) -> Vec<String> {
        fingerprints(findings, &|path| (path.as_str() == "a.md").then_some(text)).iter().map(Fingerprint::to_string).collect()
    }

    #[test]
    fn a_fingerprint_is_the_same_on_every_machine() {
        let found = findings(TEXT, "why", "the file `x.md` does not exist");
        assert_eq!(told(TEXT, &found), ["066aad1b2886ce83e5735fe057d71504"]);
    }

    #[test]
    fn lines_above_change_nothing() {
        let edited = format!("---\ntitle: Outage\n---\n\nAn introduction.\r\n{TEXT}");
        let message = "the file `x.md` does not exist";
        assert_eq!(told(TEXT, &findings(TEXT, "x.md", message)), told(&edited, &findings(&edited, "x.md", message)));
        let at = |text: &str| vec![Diagnostic::new(RuleName("a"), &"a.md".into(), Span::at(text.find("Impact").unwrap()), "x")];
        assert_eq!(told(TEXT, &at(TEXT)), told(&edited, &at(&edited)));
    }

    #[test]
    fn white_space_and_other_words_around_the_facts_change_nothing() {
        let wrapped = TEXT.replace("[why](x.md) and\n[how]", "[why](x.md)\n  and [how]");
        let one = findings(TEXT, "(x.md) and\n[how]", "the file `x.md` does not exist");
        let other = findings(&wrapped, "(x.md)\n  and [how]", "there is no `x.md`");
        assert_eq!(told(TEXT, &one), told(&wrapped, &other));
    }

    #[test]
    fn what_a_finding_is_about_tells_it_apart() {
        let base = &findings(TEXT, "why", "`a` and `b`")[0];
        let mut variants = vec![base.clone(); 5];
        variants[1].rule = RuleName("broken-anchor");
        variants[2].message = "`a` and `c`".into();
        variants[3].message = "`a` and b".into();
        variants[4].primary.span = Span::at(0);
        let mut told = told(TEXT, &variants);
        told.sort();
        told.dedup();
        assert_eq!(told.len(), variants.len());
    }

    #[test]
    fn equal_findings_of_a_file_are_told_apart() {
        let found = findings(TEXT, "x.md", "the file `x.md` does not exist");
        let told = told(TEXT, &found);
        assert_eq!(told.len(), 2);
        assert_ne!(told[0], told[1]);
    }

    #[test]
    fn other_files_change_nothing() {
        let found = findings(TEXT, "x.md", "the file `x.md` does not exist");
        let mut with_another = found.clone();
        let mut other = found[0].clone();
        other.primary.path = SourcePath::from("0.md");
        with_another.insert(0, other);
        let (alone, among) = (told(TEXT, &found), told(TEXT, &with_another));
        assert_eq!(alone, among[1..]);
        assert!(!alone.contains(&among[0]));
    }

    #[test]
    fn an_empty_place_stands_for_its_line() {
        assert_eq!(spoken_of("a\r\n  b   c \rd", Span::at(5)), "b c ");
        assert_eq!(spoken_of("a\nb", Span::at(3)), "b ");
        assert_eq!(spoken_of("a\n", Span::at(2)), "");
        assert_eq!(spoken_of("é", Span::at(1)), "", "within a character there is no line");
        assert_eq!(spoken_of("a", Span::at(99)), "");
    }

    #[test]
    fn of_a_long_text_the_beginning_counts() {
        let text = "ab\n".repeat(1000);
        assert_eq!(spoken_of(&text, Span::new(0, text.len())), "ab ".repeat(67)[..200]);
    }
}
