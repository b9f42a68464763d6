//! `overdue-review`

use jiff::civil::Date;

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Spanned};
use crate::knowledge::deadline;
use crate::model::{Milestone, Postmortem, Status};
use crate::parse::moment;

declare_rule! {
    /// A review was to be held by a day that has passed: the first one, or the look back at whether the measures held.
    ///
    /// ## Why
    ///
    /// What people know of an incident is gone within days. A draft that waits for its review for months is reviewed by nobody, and a look
    /// back that is not held leaves open whether anything that was done had its effect.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// status: draft
    /// resolved_at: 2024-03-17T12:15Z
    /// review:
    ///   due: 2024-03-24
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// status: reviewed
    /// resolved_at: 2024-03-17T12:15Z
    /// review:
    ///   due: 2024-03-24
    ///   held_on: 2024-03-22
    /// review_on: 2024-09-17
    /// ```
    ///
    /// When the look back of `review_on` has been held, note it in `review.held_on`, and set the day of the next or remove the field.
    ///
    /// ## Options
    ///
    /// A review has to be held by its own `due`, else by the deadline of the severity, in days after `resolved_at`. There is none by default.
    ///
    /// ```toml
    /// [deadlines.review]
    /// sev1 = 5
    /// sev2 = 10
    /// ```
    static OVERDUE_REVIEW = { name: "overdue-review", group: Metadata, level: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let held = days(context, postmortem, "held_on").last().map(|held| held.value);
    let finding = if postmortem.status < Status::Reviewed {
        if held.is_some() { None } else { first_review(context, postmortem) }
    } else {
        look_back(context, postmortem, held)
    };
    finding.into_iter().collect()
}

fn first_review(context: &Context<'_>, postmortem: &Postmortem) -> Option<Diagnostic> {
    let own = days(context, postmortem, "due").pop();
    let by_severity = || {
        let due = deadline(postmortem, context.config, &context.config.deadlines.review)?;
        Some(Spanned::new(due, postmortem.milestones.get(&Milestone::Resolved)?.span))
    };
    let due = own.or_else(by_severity).filter(|due| due.value < context.today)?;
    let message = format!("the review was to be held by `{}`, and the document is {}", due.value, told(postmortem.status));
    let finding = OVERDUE_REVIEW.finding(&postmortem.head.path, due.span, message);
    Some(finding.help("hold the review, note the day in `review.held_on` and set the status to `reviewed`"))
}

fn told(status: Status) -> &'static str {
    if status == Status::Draft { "a draft" } else { "still in review" }
}

fn look_back(context: &Context<'_>, postmortem: &Postmortem, held: Option<Date>) -> Option<Diagnostic> {
    let entry = context.entries(&postmortem.head, "review_on").next()?;
    let day = moment(entry.value.text()?)?.day().filter(|day| *day < context.today && held.is_none_or(|held| held < *day))?;
    let message = format!("the look back was to be held on `{day}`, and no later review is noted");
    let finding = OVERDUE_REVIEW.finding(&postmortem.head.path, entry.value.span, message);
    Some(finding.help("look whether the measures held, note the day in `review.held_on`, and set the next `review_on` or remove it"))
}

/// The days under a key of the field `review`, earliest first; several where it is a list of reviews.
fn days(context: &Context<'_>, postmortem: &Postmortem, key: &str) -> Vec<Spanned<Date>> {
    let reviews = context.entries(&postmortem.head, "review").flat_map(|entry| entry.value.mappings());
    let days = reviews.filter_map(|review| {
        let node = &review.get(key)?.value;
        Some(Spanned::new(moment(node.text()?)?.day()?, node.span))
    });
    let mut days: Vec<_> = days.collect();
    days.sort_by_key(|day| day.value);
    days
}
