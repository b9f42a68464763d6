//! `verbless-action`

use super::name;
use crate::check::passage::is_among;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::ActionItem;

declare_rule! {
    /// An action does not begin with a verb.
    ///
    /// ## Why
    ///
    /// "Better monitoring" is a wish, "the alert on rejections" a thing, "how could we have seen it?" a question. A verb in front says what
    /// will be done, and whoever owns the action knows where to begin.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// - Better monitoring of payment providers
    /// - We should look at the timeouts
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// - Alert when a provider rejects more than one payment in ten
    /// - Compare every timeout with the answer times of the last month
    /// ```
    ///
    /// No list of verbs is complete, so that this is told only of actions that begin with a word which certainly is none: an article, a
    /// pronoun, a question word, a comparative. Only documents with a profile are looked at.
    static VERBLESS_ACTION = { name: "verbless-action", group: Actions, level: Hint, run: Run::Document(find) }
}

/// Words that begin no command.
const NO_VERBS: [&str; 52] = [
    "a",
    "additional",
    "all",
    "an",
    "any",
    "are",
    "better",
    "can",
    "could",
    "did",
    "does",
    "each",
    "every",
    "everybody",
    "everyone",
    "faster",
    "here",
    "how",
    "i",
    "if",
    "is",
    "it",
    "its",
    "more",
    "new",
    "no",
    "nobody",
    "our",
    "should",
    "some",
    "somebody",
    "someone",
    "that",
    "the",
    "their",
    "there",
    "these",
    "they",
    "this",
    "those",
    "was",
    "we",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "who",
    "why",
    "will",
    "would",
];

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = context.profiled(subject) else { return Vec::new() };
    let verbless = postmortem.actions.iter().filter(|action| begins_with_no_verb(&action.text));
    let tell = |action: &ActionItem| {
        let finding = VERBLESS_ACTION.finding(&postmortem.head.path, action.span, format!("{} does not begin with a verb", name(action)));
        finding.help("say what will be done: `alert`, `document`, `remove`")
    };
    verbless.map(tell).collect()
}

fn begins_with_no_verb(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    // "A/B-test the page", "IT signs the contract": what a hyphen or slash goes on with, or capitals, is a word of its own.
    let goes_on = text.get(word.len()..).is_some_and(|rest| rest.starts_with(['-', '/', '.']));
    let is_acronym = word.len() > 1 && word.chars().all(char::is_uppercase);
    !goes_on && !is_acronym && is_among(word, &NO_VERBS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order() {
        assert!(NO_VERBS.is_sorted());
    }

    #[test]
    fn only_what_certainly_is_no_verb_is_told() {
        for text in ["We should look at it", "we've agreed", "The alert", "**How** could we", "(Better) monitoring", "Is it possible?"] {
            assert!(begins_with_no_verb(text), "{text}");
        }
        for text in ["Alert on it", "Monitoring of it", "IT signs", "A/B-test the page", "All-hands", "", "- ", "Übe es", "Timeout of 3 s"]
        {
            assert!(!begins_with_no_verb(text), "{text}");
        }
    }
}
