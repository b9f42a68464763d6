//! `untested-cause`

use super::known_causes;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::{ActionDetail, ActionItem, Cause};

declare_rule! {
    /// The cause lies in code, and no action adds a test for it.
    ///
    /// ## Why
    ///
    /// A fault in code that was found by an incident can be found again by a machine, each time somebody is about to bring it back. Without a
    /// test, the mend lasts until the next rewrite.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// | ID | Action | Kind |
    /// |---|---|---|
    /// | A1 | Refuse an empty list of providers | prevent |
    /// ```
    ///
    /// in a document with `root_causes: [software/input-handling]`.
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// | ID | Action | Kind | Area |
    /// |---|---|---|---|
    /// | A1 | Refuse an empty list of providers | prevent | code |
    /// | A2 | Feed the parser lists that are empty, too long and cut off | prevent | test |
    /// ```
    ///
    /// An action is about a test if a column `Area` says so, or if it speaks of tests, fuzzing or coverage in its words, its criterion or its
    /// proof.
    ///
    /// ## Options
    ///
    /// Only documents with a profile are looked at, for causes of the branches `software` and `contract`, and for `change/code-defect`.
    static UNTESTED_CAUSE = { name: "untested-cause", group: Causes, level: Warning, in_draft: Hint, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    // Where there is no action at all, that is told by `cause-without-action`.
    if context.profile(postmortem).is_none() || postmortem.actions.is_empty() || postmortem.actions.iter().any(is_about_a_test) {
        return Vec::new();
    }
    let Some(cause) = known_causes(postmortem).find(|cause| is_in_code(cause)) else { return Vec::new() };
    let message = format!("the cause `{}` lies in code, and no action adds a test for it", cause.path.value);
    let finding = UNTESTED_CAUSE.finding(&postmortem.head.path, cause.path.span, message);
    vec![finding.help("add a test that fails while the fault is there, as an action of the area `test`")]
}

fn is_in_code(cause: &Cause) -> bool {
    let path = cause.path.value.as_str();
    path.starts_with("software/") || path.starts_with("contract/") || path == "change/code-defect"
}

fn is_about_a_test(action: &ActionItem) -> bool {
    let details = [ActionDetail::Area, ActionDetail::Proof].into_iter().filter_map(|detail| action.detail(detail));
    let texts = details.chain(&action.done_when).map(|text| text.value.as_str());
    texts.chain([action.text.as_str()]).any(speaks_of_tests)
}

fn speaks_of_tests(text: &str) -> bool {
    const BEGINNINGS: [&str; 4] = ["coverage", "fuzz", "retest", "test"];
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .into_iter()
        .any(|word| BEGINNINGS.iter().any(|known| word.get(..known.len()).is_some_and(|head| head.eq_ignore_ascii_case(known))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_known_by_their_words() {
        for text in ["Add unit tests", "Regression-test the parser", "Raise branch coverage", "Fuzzing of lists", "TEST"] {
            assert!(speaks_of_tests(text), "{text}");
        }
        for text in ["Attest the build", "Use the latest version", "Contest the bill", ""] {
            assert!(!speaks_of_tests(text), "{text}");
        }
    }
}
