//! Changes to plans and acknowledgements, from the metadata. Nothing here is refused: what is no mapping is taken for the words of it.

use super::field::Fields;
use super::moment;
use super::vocabulary::is_nothing;
use crate::diagnostic::Spanned;
use crate::frontmatter::{Mapping, Node};
use crate::model::{Acknowledgement, PlanKind, PlanUpdate};

/// The changes of `plan_updates`: texts, or mappings of `document`, `change`, `link`, `date` and `type`. `none: reason` is no change.
pub(super) fn updates(fields: &Fields<'_>) -> Vec<PlanUpdate> {
    fields.items("plan_updates").filter_map(update).collect()
}

/// The plan that was followed, from `plan_used`; of several the first.
pub(super) fn used(fields: &Fields<'_>) -> Option<Spanned<String>> {
    let node = fields.items("plan_used").find(|node| node.text().is_some_and(|text| !is_nothing(text)))?;
    Some(Spanned::new(node.text()?.to_owned(), node.span))
}

fn update(item: &Node) -> Option<PlanUpdate> {
    let Some(mapping) = item.mapping() else {
        let change = item.text().filter(|text| !is_nothing(text))?;
        return Some(PlanUpdate { change: change.to_owned(), ..PlanUpdate::default() });
    };
    let kind = words(mapping, &["type", "kind"]).to_lowercase();
    let update = PlanUpdate {
        document: words(mapping, &["document", "plan", "doc", "runbook", "playbook", "name"]),
        change: words(mapping, &["change", "changes", "what", "text", "description", "note"]),
        link: words(mapping, &["link", "url", "href", "proof"]),
        date: moment(&words(mapping, &["date", "on", "at", "when"])).and_then(|moment| moment.day()),
        kind: PlanKind::ALL.iter().copied().find(|known| kind.trim_end_matches('s') == known.word()),
    };
    (!update.document.is_empty() || !update.change.is_empty()).then_some(update)
}

/// Those of `acknowledgements` who agreed to be named: mappings of `name`, `link` and `for` whose `consent` is true. Whoever did not is left out
/// here, so that no page, feed or search can name them.
pub(super) fn acknowledgements(fields: &Fields<'_>) -> Vec<Acknowledgement> {
    let agreed = |mapping: &&Mapping| ["true", "yes"].contains(&words(mapping, &["consent"]).to_lowercase().as_str());
    let thanked = fields.items("acknowledgements").filter_map(Node::mapping).filter(agreed);
    let thanked = thanked.map(|mapping| Acknowledgement {
        name: words(mapping, &["name", "who"]),
        link: words(mapping, &["link", "url", "href"]),
        contribution: words(mapping, &["for", "contribution", "what"]),
    });
    thanked.filter(|thanked| !thanked.name.is_empty()).collect()
}

/// The text under the first of some keys that holds one; empty where none does.
fn words(mapping: &Mapping, keys: &[&str]) -> String {
    let entry = keys.iter().find_map(|key| {
        let entry = mapping.entries.iter().find(|entry| entry.key.value.trim().eq_ignore_ascii_case(key))?;
        entry.value.text()
    });
    entry.unwrap_or_default().to_owned()
}
