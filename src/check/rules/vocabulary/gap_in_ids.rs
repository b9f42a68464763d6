//! `gap-in-ids`

use std::collections::BTreeMap;

use crate::check::rule::declare_rule;
use crate::check::{Context, Run};
use crate::diagnostic::Diagnostic;
use crate::model::Postmortem;

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

/// Fewer ids are no series.
const FEWEST: usize = 5;

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut series: BTreeMap<String, BTreeMap<u32, &Postmortem>> = BTreeMap::new();
    for postmortem in &context.corpus.postmortems {
        if context.entries(&postmortem.head, "id").next().is_none() {
            continue;
        }
        let Some((prefix, number)) = postmortem.id.value.trim().rsplit_once('-') else { continue };
        if let Ok(number) = number.parse::<u32>() {
            series.entry(prefix.to_lowercase()).or_default().entry(number).or_insert(postmortem);
        }
    }
    series.values().filter(|members| is_consecutive(members)).flat_map(gaps).collect()
}

/// Whether most of the numbers from the first to the last are taken.
fn is_consecutive(members: &BTreeMap<u32, &Postmortem>) -> bool {
    let (Some(first), Some(last)) = (members.keys().next(), members.keys().next_back()) else { return false };
    members.len() >= FEWEST && u64::from(last - first) + 1 < 2 * members.len() as u64
}

fn gaps(members: &BTreeMap<u32, &Postmortem>) -> Vec<Diagnostic> {
    let pairs = members.iter().zip(members.iter().skip(1));
    let gaps = pairs.filter(|((before, _), (after, _))| *after - *before > 1).map(|((before, earlier), (after, next))| {
        let missing = match after - before {
            2 => format!("the number before `{}` is", next.id.value),
            more => format!("the {} numbers before `{}` are", more - 1, next.id.value),
        };
        let message = format!("{missing} missing; the last one is `{}`", earlier.id.value);
        GAP_IN_IDS
            .finding(&next.head.path, next.id.span, message)
            .help("write the missing one up, however briefly, or say elsewhere what became of it")
    });
    gaps.collect()
}
