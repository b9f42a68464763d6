//! `gap-in-ids`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run};
use crate::diagnostic::Diagnostic;
use crate::knowledge::Gap;

declare_rule! {
    /// Ids are numbered one after the other, and a number in between is missing.
    ///
    /// ## Why
    ///
    /// Where every incident gets the next number, a missing one is an incident that was never written up, or a document that was lost.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// id: INC-2024-005   # and no document is INC-2024-004
    /// ```
    ///
    /// ## Instead
    ///
    /// Write the missing one up, however briefly: the profile `minor` asks for little.
    ///
    /// ```yaml
    /// id: INC-2024-004
    /// kind: minor
    /// ```
    ///
    /// ## Options
    ///
    /// Off by default, since many houses take their numbers from a tracker that also counts other things. Looked at are ids that end in a
    /// number behind a hyphen, five at least with the same beginning, where most of the numbers between the first and the last are taken.
    ///
    /// ```toml
    /// [rules]
    /// gap-in-ids = "warning"
    /// ```
    static GAP_IN_IDS = { name: "gap-in-ids", group: Vocabulary, level: Off, run: Run::Corpus(find) }
}

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    context.knowledge.gaps_in_ids.iter().filter_map(|gap| report(context, *gap)).collect()
}

fn report(context: &Context<'_>, gap: Gap) -> Option<Diagnostic> {
    let postmortem = |place: usize| context.corpus.postmortems.get(place);
    let (earlier, next) = (postmortem(gap.earlier)?, postmortem(gap.later)?);
    let missing = match gap.missing() {
        1 => format!("the number before `{}` is", next.id.value),
        missing => format!("the {missing} numbers before `{}` are", next.id.value),
    };
    let message = format!("{missing} missing; the last one is `{}`", earlier.id.value);
    let finding = GAP_IN_IDS.finding(&next.head.path, next.id.span, message);
    Some(finding.help("write the missing one up, however briefly, or say elsewhere what became of it"))
}
