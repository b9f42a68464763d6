//! `zoneless-time`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{Clock, Moment, Postmortem};

declare_rule! {
    /// A time without a zone, in a document that names none anywhere.
    ///
    /// Off by default: many houses live in one zone, which `site.timezone` names for all their documents.
    ///
    /// ## Why
    ///
    /// `14:05` is another moment in Copenhagen than in Denver. Logs, vendors' status pages and readers elsewhere have their own clocks, and a
    /// timeline that is laid beside theirs has to say which one it keeps.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// - 2024-03-17 14:05 [started] Errors begin
    /// ```
    ///
    /// ## Instead
    ///
    /// Write UTC, or name the zone once: in the metadata (`timezone: Europe/Copenhagen`), in the heading of the timeline or of its column of
    /// times, or with the time itself.
    ///
    /// ```markdown
    /// - 2024-03-17 14:05Z [started] Errors begin
    /// ```
    ///
    /// ## Options
    ///
    /// A profile may ask for it where the site does not:
    ///
    /// ```toml
    /// [profiles.security.rules]
    /// zoneless-time = "warning"
    /// ```
    static ZONELESS_TIME = { name: "zoneless-time", group: Timeline, level: Off, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let stated = context.entries(&postmortem.head, "timezone").any(|entry| !entry.value.is_empty());
    if stated || times(postmortem).any(|(at, _)| at.clock != Clock::Assumed) {
        return Vec::new();
    }
    let Some((_, span)) = times(postmortem).min_by_key(|(_, span)| *span) else { return Vec::new() };
    let written = span.slice(context.text(&postmortem.head.path)).trim_matches(['"', '\'']);
    let finding = ZONELESS_TIME.finding(&postmortem.head.path, span, format!("`{written}` has no zone, and the document names none"));
    let help = format!("write it in UTC, or name the zone once: `timezone: {}` is what is assumed", context.config.site.zone());
    vec![finding.help(help)]
}

/// Every time of day that the document tells, and where.
fn times(postmortem: &Postmortem) -> impl Iterator<Item = (&Moment, Span)> {
    let milestones = postmortem.milestones.values().map(|at| (&at.value, at.span));
    let events = postmortem.timeline.iter().filter_map(|event| Some((event.when.as_ref()?, event.written.span)));
    milestones.chain(events).filter(|(at, _)| at.has_time())
}
