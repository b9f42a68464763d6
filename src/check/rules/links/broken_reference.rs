//! `broken-reference`

use std::collections::HashSet;

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::config::Causes;
use crate::diagnostic::{Diagnostic, Spanned, did_you_mean};
use crate::model::{ActionDetail, DocumentId, DocumentRef, Postmortem};

declare_rule! {
    /// Something is named that is not there: an action in `hold_until`, a cause in the column *Cause* of the actions, an incident on a reading
    /// path (`training.reading`).
    ///
    /// ## Why
    ///
    /// A document that waits for an action which does not exist waits for ever, or for nothing. An action whose cause is misspelt is missing
    /// where one looks what is done about that cause. A reading path passes over an incident that it cannot find.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ---
    /// hold_until: [A3]
    /// root_causes: [change/config]
    /// ---
    ///
    /// ## Action items
    ///
    /// | ID | Action | Cause |
    /// |---|---|---|
    /// | A1 | Check the configuration before it is loaded | change/confg |
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// ---
    /// hold_until: [A1]
    /// root_causes: [change/config]
    /// ---
    ///
    /// ## Action items
    ///
    /// | ID | Action | Cause |
    /// |---|---|---|
    /// | A1 | Check the configuration before it is loaded | change/config |
    /// ```
    ///
    /// A cause is a root cause or contributing cause of the document, or a leaf of the taxonomy. Words that do not look like one are left alone.
    static BROKEN_REFERENCE = { name: "broken-reference", group: Links, level: Error, run: Run::Document(find) }
}

/// So many ids are compared with one that is not known: no list of actions is longer, but for one made to hold us up.
const MOST: usize = 100;

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return unknown_incidents(context, subject) };
    let mut findings = unknown_actions(context, postmortem);
    findings.extend(unknown_causes(context, postmortem));
    findings
}

/// Entries of a reading path that name no incident.
fn unknown_incidents(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let DocumentRef::Page(page) = subject.document else { return Vec::new() };
    let named = page.reading().iter().map(|entry| &entry.incident);
    let unknown = named.filter(|name| !matches!(context.knowledge.references.named(name), Some(DocumentId::Postmortem(_))));
    let report = |name: &Spanned<String>| {
        let ids = context.corpus.postmortems.iter().map(|postmortem| postmortem.id.value.as_str());
        let finding = BROKEN_REFERENCE.finding(&page.head.path, name.span, format!("there is no incident `{}`", name.value));
        match did_you_mean(name, ids) {
            Some(meant) => finding.help(format!("is `{meant}` meant?")),
            None => finding.help("`training.reading` names incidents by id, slug, file name or title"),
        }
    };
    unknown.map(report).collect()
}

fn unknown_actions(context: &Context<'_>, postmortem: &Postmortem) -> Vec<Diagnostic> {
    let ids: Vec<&str> = postmortem.actions.iter().filter_map(|action| Some(action.id.as_ref()?.value.trim())).collect();
    let named = context.entries(&postmortem.head, "hold_until").flat_map(|entry| entry.value.items());
    let named = named.filter_map(|node| Some((node.span, node.text()?)));
    let known: HashSet<String> = ids.iter().map(|id| id.to_ascii_lowercase()).collect();
    let unknown = named.filter(|(_, id)| !known.contains(&id.to_ascii_lowercase()));
    let report = |(span, id): (_, &str)| {
        let finding = BROKEN_REFERENCE.finding(&postmortem.head.path, span, format!("no action of the document has the id `{id}`"));
        match did_you_mean(id, ids.iter().copied().take(MOST)) {
            Some(meant) => finding.help(format!("is `{meant}` meant?")),
            None => finding.help("`hold_until` names actions by the ids in their table"),
        }
    };
    unknown.map(report).collect()
}

fn unknown_causes(context: &Context<'_>, postmortem: &Postmortem) -> Vec<Diagnostic> {
    let causes = &context.config.causes;
    let own = postmortem.root_causes.iter().chain(&postmortem.contributing).map(|cause| cause.path.value.to_ascii_lowercase());
    let own: HashSet<String> = own.collect();
    let mut findings = Vec::new();
    for cause in postmortem.actions.iter().filter_map(|action| action.detail(ActionDetail::Cause)) {
        for word in cause.value.split([',', ';']).map(str::trim).filter(|word| looks_like_a_leaf(word)) {
            let is_known = causes.resolve(word).is_some() || own.contains(&word.to_ascii_lowercase());
            if is_known {
                continue;
            }
            findings.extend(unknown_cause(postmortem, causes, cause, word));
        }
    }
    findings
}

/// Words of a cause's path, `change/config` or `rollout-plan`. A lone word may be anything.
fn looks_like_a_leaf(word: &str) -> bool {
    let is_kebab =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') && !part.starts_with('-');
    word.matches('/').count() <= 1 && word.contains(['/', '-']) && word.split('/').all(is_kebab)
}

/// A finding where the word begins with a branch of the taxonomy or is nearly one of its leaves; else it is a word of the author's own.
fn unknown_cause(postmortem: &Postmortem, causes: &Causes, cause: &Spanned<String>, word: &str) -> Option<Diagnostic> {
    let leaves = causes.branches.iter().flat_map(|branch| branch.leaves.iter().map(move |leaf| (&branch.id, &leaf.id)));
    let is_path = word.contains('/');
    let names: Vec<String> = leaves.map(|(branch, leaf)| if is_path { format!("{branch}/{leaf}") } else { leaf.clone() }).collect();
    let meant = did_you_mean(word, names.iter().map(String::as_str));
    let branch = word.split_once('/').is_some_and(|(branch, _)| causes.branches.iter().any(|known| known.id == branch));
    if meant.is_none() && !branch {
        return None;
    }
    let message = format!("neither the document nor the taxonomy has a cause `{word}`");
    let finding = BROKEN_REFERENCE.finding(&postmortem.head.path, cause.span, message);
    Some(match meant {
        Some(meant) => finding.help(format!("is `{meant}` meant?")),
        None => finding.help("`afterword explain unknown-term` says how a cause is added to the taxonomy"),
    })
}
