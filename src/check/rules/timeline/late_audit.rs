//! `late-audit`

use crate::check::rule::declare_rule;
use crate::check::rules::timeline::show;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Spanned};
use crate::frontmatter::Mapping;
use crate::model::{EventKind, Moment, Postmortem};
use crate::parse;

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

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let audits = mappings(context, postmortem, "verification").filter(|entry| says(entry, "kind", "audit"));
    let mut audits = audits.filter_map(|entry| moment_in(entry, "at")).peekable();
    if audits.peek().is_none() {
        return Vec::new();
    }
    let Some(live) = went_live(context, postmortem) else { return Vec::new() };
    let late = audits.filter(|audit| live.value.certainly_before(&audit.value));
    late.map(|audit| report(postmortem, audit, live)).collect()
}

fn report(postmortem: &Postmortem, audit: Spanned<Moment>, live: Spanned<Moment>) -> Diagnostic {
    let path = &postmortem.head.path;
    let message = format!("the audit is dated `{}`, after the fix went live on `{}`", show(&audit.value), show(&live.value));
    let finding = LATE_AUDIT.finding(path, audit.span, message).labelled("the audit");
    finding.also(path, live.span, "the fix goes live").help("correct the date, or say by another `kind` what was verified afterwards")
}

/// When the whole of the fix was live.
fn went_live(context: &Context<'_>, postmortem: &Postmortem) -> Option<Spanned<Moment>> {
    let deployed = mappings(context, postmortem, "fixes").filter_map(|fix| moment_in(fix, "deployed_at"));
    let is_live = |kind: Option<EventKind>| matches!(kind, Some(EventKind::Rollout | EventKind::Resume));
    let events = postmortem.timeline.iter().filter(|event| is_live(event.kind));
    let events = events.filter_map(|event| Some(Spanned::new(event.when?, event.written.span)));
    deployed.max_by_key(|live| live.value.at).or_else(|| events.min_by_key(|live| live.value.at))
}

/// The mappings of a field that is a list of them.
fn mappings<'a>(context: &Context<'a>, postmortem: &'a Postmortem, field: &'a str) -> impl Iterator<Item = &'a Mapping> {
    context.entries(&postmortem.head, field).flat_map(|entry| entry.value.mappings())
}

fn says(mapping: &Mapping, key: &str, word: &str) -> bool {
    mapping.get(key).and_then(|entry| entry.value.text()).is_some_and(|text| text.eq_ignore_ascii_case(word))
}

fn moment_in(mapping: &Mapping, key: &str) -> Option<Spanned<Moment>> {
    let value = &mapping.get(key)?.value;
    Some(Spanned::new(parse::moment(value.text()?)?, value.span))
}
