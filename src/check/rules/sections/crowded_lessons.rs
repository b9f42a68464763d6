//! `crowded-lessons`

use super::list_items;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::markdown::ListItem;

declare_rule! {
    /// The section on what was learned has more than five points.
    ///
    /// ## Why
    ///
    /// What is to be remembered has to be short enough to be remembered. Five lessons are read and told on; twelve are a list, and a reader
    /// cannot see which of them matter.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Lessons learned
    ///
    /// - Timeouts are configuration, and are changed like it.
    /// - The status page takes long.
    /// - Dashboards are hard to find.
    /// - Runbooks name hosts.
    /// - Alerts do not name the provider.
    /// - Handing over at noon went well.
    /// ```
    ///
    /// ## Instead
    ///
    /// Keep what would also hold for another system or team. What went well and what went wrong have sections of their own, and what will be
    /// done is an action.
    ///
    /// ```markdown
    /// ## Lessons learned
    ///
    /// - Timeouts are configuration, and are changed like it.
    /// - An alert that names no provider costs ten minutes.
    /// ```
    ///
    /// Only documents with a profile are looked at, and only the points right under the heading.
    static CROWDED_LESSONS = { name: "crowded-lessons", group: Sections, level: Warning, in_draft: Hint, run: Run::Document(find) }
}

/// How many points a reader is expected to take along.
const MOST: usize = 5;

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = context.profiled(subject) else { return Vec::new() };
    let sections = postmortem.body.sections.iter().filter(|section| section.key.as_deref() == Some("lessons"));
    let crowded = sections.filter_map(|section| {
        let points: Vec<&ListItem> = list_items(section).collect();
        let sixth = points.get(MOST)?;
        let message = format!("{} lessons are more than a reader takes along", points.len());
        let finding = CROWDED_LESSONS.finding(&postmortem.head.path, section.heading_span, message);
        let finding = finding.also(&postmortem.head.path, sixth.span, "the sixth");
        Some(finding.help("keep the five that would also hold for another system or team"))
    });
    crowded.collect()
}
