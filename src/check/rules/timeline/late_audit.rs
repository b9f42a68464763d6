//! `late-audit`

use crate::check::rule::declare_rule;
use crate::check::rules::timeline::show;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Spanned};
use crate::model::{Moment, Postmortem};

declare_rule! {
    /// An audit of the fix that is dated after the fix went live.
    ///
    /// ## Why
    ///
    /// A fix that is written in haste is the likeliest code to fail next, and an audit can only hold it back while it is not live. A date
    /// after that is a slip, or the audit was of something else and should say so.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// fixes:
    ///   - commit: 4d30b4e
    ///     deployed_at: 2024-03-19T10:00Z
    /// verification:
    ///   - kind: audit
    ///     by: an audit firm
    ///     at: 2024-03-26
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// fixes:
    ///   - commit: 4d30b4e
    ///     deployed_at: 2024-03-28T10:00Z
    /// verification:
    ///   - kind: audit
    ///     by: an audit firm
    ///     at: 2024-03-26
    /// ```
    ///
    /// The fix went live at the last `deployed_at` of `fixes`; where there is none, at the first event of the kind `rollout` or `resume`.
    static LATE_AUDIT = { name: "late-audit", group: Timeline, level: Error, run: Run::Document(find) }
}

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let mut audits = postmortem.records.audits().filter_map(|audit| audit.at).peekable();
    if audits.peek().is_none() {
        return Vec::new();
    }
    let Some(live) = postmortem.fix_went_live() else { return Vec::new() };
    let late = audits.filter(|audit| live.value.certainly_before(&audit.value));
    late.map(|audit| report(postmortem, audit, live)).collect()
}

fn report(postmortem: &Postmortem, audit: Spanned<Moment>, live: Spanned<Moment>) -> Diagnostic {
    let path = &postmortem.head.path;
    let message = format!("the audit is dated `{}`, after the fix went live on `{}`", show(&audit.value), show(&live.value));
    let finding = LATE_AUDIT.finding(path, audit.span, message).labelled("the audit");
    finding.also(path, live.span, "the fix goes live").help("correct the date, or say by another `kind` what was verified afterwards")
}
