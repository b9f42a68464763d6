//! `incomplete-review`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::frontmatter::{Entry, Node};
use crate::model::Status;
use crate::parse::moment;

declare_rule! {
    /// A postmortem is reviewed, and its field `review` does not say when the review was held.
    ///
    /// ## Why
    ///
    /// A status is set with one word; a review takes people in a room. The day, who was there and where the notes are is what shows that it
    /// took place, and what a later reader asks of it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// status: reviewed
    /// review:
    ///   due: 2024-03-24
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// status: reviewed
    /// review:
    ///   due: 2024-03-24
    ///   held_on: 2024-03-22
    ///   present: [payments, support, platform]
    /// ```
    ///
    /// A date alone (`review: 2024-03-22`) is read as the day, and `n/a: reason` is an answer. A document that says nothing of its status
    /// counts as reviewed. That there is such a field at all is asked by `missing-field`.
    static INCOMPLETE_REVIEW = { name: "incomplete-review", group: Metadata, level: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem().filter(|postmortem| postmortem.status >= Status::Reviewed) else { return Vec::new() };
    let given = context.entries(&postmortem.head, "review").filter(|entry| !entry.value.is_empty());
    let incomplete = given.filter(|entry| !entry.value.items().iter().chain([&entry.value]).any(is_held));
    let tell = |entry: &Entry| {
        let message =
            format!("the document is {}, and `{}` does not say when the review was held", postmortem.status.word(), entry.key.value);
        let finding = INCOMPLETE_REVIEW.finding(&postmortem.head.path, entry.key.span, message);
        finding.help("add `held_on: ` and the day; `n/a: reason` is an answer")
    };
    incomplete.map(tell).collect()
}

/// Whether a value says when a review was held, or why none was.
fn is_held(review: &Node) -> bool {
    let held_on = review.mapping().map(|mapping| mapping.get("held_on").is_some_and(|held_on| held_on.value.text().is_some()));
    held_on.unwrap_or_else(|| review.text().is_some_and(|text| moment(text).is_some() || text.to_lowercase().starts_with("n/a")))
}
