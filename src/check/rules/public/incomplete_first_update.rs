//! `incomplete-first-update`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;

declare_rule! {
    /// The first public word on a security incident does not say when the next one comes, or, where contracts on a chain are concerned,
    /// nothing of funds.
    ///
    /// ## Why
    ///
    /// The first statement is read by people who are afraid for what is theirs. They want to know whether it is safe, what to do and what not to
    /// do, and when they will hear more; whoever is not told asks elsewhere, and is answered by the attacker.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// kind: smart-contract
    /// updates:
    ///   - at: 2024-03-17T14:20Z
    ///     text: We are looking into reports about the bridge.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// kind: smart-contract
    /// updates:
    ///   - at: 2024-03-17T14:20Z
    ///     text: The bridge is paused. Funds in the vaults are safe; do not use links that promise a refund.
    ///     next_by: 2024-03-17T15:20Z
    /// ```
    ///
    /// Only the kinds `security` and `smart-contract` are asked, and only where `updates` holds something.
    static INCOMPLETE_FIRST_UPDATE = { name: "incomplete-first-update", group: Public, level: Hint, run: Run::Document(find) }
}

/// Parts of the words in which people speak of funds.
const FUNDS: [&str; 12] =
    ["asset", "balance", "collateral", "coin", "deposit", "ether", "fund", "loss", "lost", "stolen", "token", "wallet"];

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let kind = postmortem.kind.as_ref().map_or("", |kind| kind.value.as_str());
    let is_on_chain = kind == "smart-contract";
    if !is_on_chain && kind != "security" {
        return Vec::new();
    }
    let updates = context.entries(&postmortem.head, "updates").find_map(|entry| entry.value.items().first());
    let Some((update, said)) = updates.and_then(|update| Some((update, update.mapping()?))) else { return Vec::new() };
    let says = |key: &str| said.get(key).and_then(|entry| entry.value.text());
    let mut missing = Vec::new();
    if says("next_by").is_none() {
        missing.push("when the next one comes");
    }
    let speaks_of_funds = |text: &str| FUNDS.iter().any(|word| text.to_lowercase().contains(word));
    if is_on_chain && says("text").is_some_and(|text| !speaks_of_funds(text)) {
        missing.push("whether funds are safe");
    }
    if missing.is_empty() {
        return Vec::new();
    }
    let message = format!("the first update does not say {}", missing.join(" and "));
    let finding = INCOMPLETE_FIRST_UPDATE.finding(&postmortem.head.path, update.span, message);
    vec![finding.help("say what happened, what is safe, what to do and not to do, and with `next_by` when more will be said")]
}
