//! `late-report`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::knowledge::report::{first_word, full_report_due, report_due};
use crate::model::{Moment, Visibility};

declare_rule! {
    /// The first public word on an incident, or the full report after a preliminary one, is later than the site means it to be.
    ///
    /// ## Why
    ///
    /// Whoever was affected looks for an explanation in the first days. A report that comes when nobody asks any more, or stays preliminary for
    /// good, looks like something that was to be forgotten.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// visibility: public
    /// stage: preliminary
    /// detected_at: 2024-03-01T10:00Z
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// visibility: public
    /// stage: full
    /// detected_at: 2024-03-01T10:00Z
    /// public_at: 2024-03-01T14:20Z
    /// ```
    ///
    /// The first public word is `public_at`, the first of `updates` or `published_at`, whichever came first.
    ///
    /// ## Options
    ///
    /// The deadlines are days after `detected_at`, else after `started_at`. There are none by default; CCADB asks for these.
    ///
    /// ```toml
    /// [deadlines.report]
    /// preliminary = 3
    /// full = 14
    /// ```
    static LATE_REPORT = { name: "late-report", group: Public, level: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let public = subject.postmortem().filter(|postmortem| postmortem.visibility == Visibility::Public);
    let Some(postmortem) = public else { return Vec::new() };
    let head = &postmortem.head;
    let mut findings = Vec::new();
    if let Some(due) = report_due(postmortem, context.config.deadlines.report.preliminary) {
        let message = match first_word(postmortem).map(Moment::civil_date) {
            Some(said) if said > due => Some(format!("the first public word was due on `{due}` and came on `{said}`")),
            None if due < context.today => Some(format!("the first public word was due on `{due}`, and none is told")),
            _ => None,
        };
        let help = "say in `public_at` or `updates` when something was first said in public";
        findings.extend(message.map(|message| LATE_REPORT.finding(&head.path, head.title.span, message).help(help)));
    }
    if let Some((due, stage)) = full_report_due(postmortem, context.config).filter(|due| *due < context.today).zip(postmortem.stage) {
        let message = format!("the full report was due on `{due}`, and this one is preliminary");
        let finding = LATE_REPORT.finding(&head.path, stage.span, message);
        findings.push(finding.help("complete the report and write `stage: full`, or say with `next_update` when it comes"));
    }
    findings
}
