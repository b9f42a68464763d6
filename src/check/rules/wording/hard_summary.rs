//! `hard-summary`

use unicode_segmentation::UnicodeSegmentation;

use super::public_summary;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Span};

declare_rule! {
    /// A public summary is as hard to read as a legal text.
    ///
    /// ## Why
    ///
    /// The summary is all that most readers see, and some read it in a hurry or in a language that is not their own. Long words and long sentences
    /// together are what makes a text hard.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// summary: >-
    ///   Authentication infrastructure experienced significantly degraded availability following certificate expiration. Remediation required
    ///   manual intervention throughout geographically distributed environments.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// summary: >-
    ///   For 42 minutes many customers could not sign in. A certificate had expired, and we had to replace it by hand in each region.
    /// ```
    ///
    /// The measure is LIX (Björnsson, 1968): words per sentence, and to that the percentage of words with more than six letters. It counts letters,
    /// not syllables, so that it holds for most languages that are written in letters. Newspapers have 40 to 50; this rule speaks from 60 on,
    /// which is called very hard, and of summaries of at least 15 words. Only documents with `visibility: public` are read.
    static HARD_SUMMARY = { name: "hard-summary", group: Wording, level: Warning, in_draft: Hint, run: Run::Document(find) }
}

/// From where on a text is very hard to read.
const VERY_HARD: usize = 60;
/// The fewest words that can be judged.
const FEWEST: usize = 15;
/// The most letters of a word that is not long.
const SHORT: usize = 6;

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let (mut place, mut counts) = (None::<Span>, Counts::default());
    for passage in public_summary(context, postmortem) {
        place = Some(place.map_or(passage.span, |place| place.to(passage.span)));
        counts.add(&passage.text);
    }
    let Some((place, lix)) = place.zip(counts.lix().filter(|lix| *lix >= VERY_HARD)) else { return Vec::new() };
    let message = format!("the public summary is very hard to read (LIX {lix})");
    let help = "say it in shorter words and sentences, as to a customer on the telephone";
    vec![HARD_SUMMARY.finding(&postmortem.head.path, place, message).help(help)]
}

#[derive(Default)]
struct Counts {
    words: usize,
    long: usize,
    sentences: usize,
}

impl Counts {
    fn add(&mut self, text: &str) {
        for sentence in text.unicode_sentences() {
            self.sentences += 1;
            for word in sentence.unicode_words().filter(|word| word.chars().any(char::is_alphabetic)) {
                self.words += 1;
                self.long += usize::from(word.chars().filter(|c| c.is_alphabetic()).count() > SHORT);
            }
        }
    }

    /// The measure, rounded down.
    fn lix(&self) -> Option<usize> {
        (self.words >= FEWEST).then(|| self.words / self.sentences.max(1) + self.long * 100 / self.words)
    }
}
