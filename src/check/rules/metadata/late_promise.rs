//! `late-promise`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::Status;
use crate::parse::moment;

declare_rule! {
    /// The next word was promised for a day that has passed, and the postmortem is not closed.
    ///
    /// ## Why
    ///
    /// Those who wait for news plan by the date they were given. A promise that passes without a word costs more trust than the incident did,
    /// even where there is nothing new to say.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// status: in-review
    /// next_update: 2024-03-24
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// status: closed
    /// ```
    ///
    /// Give the update and promise the next, or close the document. A document that says nothing of its status is not closed.
    static LATE_PROMISE = { name: "late-promise", group: Metadata, level: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem().filter(|postmortem| postmortem.status != Status::Closed) else { return Vec::new() };
    let late = context.entries(&postmortem.head, "next_update").filter_map(|entry| {
        let day = moment(entry.value.text()?)?.day().filter(|day| *day < context.today)?;
        let message = format!("the next word was promised for `{day}`, and the document is not closed");
        let finding = LATE_PROMISE.finding(&postmortem.head.path, entry.value.span, message);
        Some(finding.help("give the update and promise the next, or close the document"))
    });
    late.collect()
}
