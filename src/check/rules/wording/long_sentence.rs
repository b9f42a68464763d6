//! `long-sentence`

use unicode_segmentation::UnicodeSegmentation;

use super::public_summary;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;

declare_rule! {
    /// A sentence of a public summary has more than 30 words.
    ///
    /// ## Why
    ///
    /// Many read a public summary in a hurry, on a small screen, or in a language that is not their own. Guides to plain language ask for 15 to
    /// 20 words a sentence; beyond 30 most readers have to begin again.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// summary: >-
    ///   On 3 March between 14:05 and 14:47 UTC customers who tried to pay by card in our shops in Europe saw an error because a certificate
    ///   that our payment provider uses had expired, which we noticed from an alert.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// summary: >-
    ///   On 3 March, customers in Europe could not pay by card for 42 minutes. A certificate of our payment provider had expired. An alert told
    ///   us within four minutes.
    /// ```
    ///
    /// Only documents with `visibility: public` are read, and of them the `summary` in the metadata and the section of this name.
    static LONG_SENTENCE = { name: "long-sentence", group: Wording, level: Warning, in_draft: Hint, run: Run::Document(find) }
}

/// The words a sentence may have.
const MOST: usize = 30;

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let mut findings = Vec::new();
    for passage in public_summary(context, postmortem) {
        for (start, sentence) in passage.text.split_sentence_bound_indices() {
            let words = sentence.unicode_words().count();
            if words > MOST {
                let span = passage.place(start, start + sentence.trim_end().len());
                let message = format!("this sentence of the public summary has {words} words");
                let finding = LONG_SENTENCE.finding(&postmortem.head.path, span, message);
                findings.push(finding.help(format!("most readers follow up to {MOST}; make two of it")));
            }
        }
    }
    findings
}
