//! `missing-impact-dimension`

use crate::check::rule::declare_rule;
use crate::check::rules::metadata::missing_field::holds_something;
use crate::check::rules::sections::{is_reasoned_none, labels, prose_under};
use crate::check::{Context, Run, Subject};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::model::Postmortem;

declare_rule! {
    /// A dimension of impact that the profile of a postmortem names is not spoken of.
    ///
    /// ## Why
    ///
    /// A reader who finds nothing on data cannot know whether none was lost or nobody looked. `none` and `unknown` are both answers, and
    /// different ones.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// impact:
    ///   users: about 4,000
    ///   downtime: 40 minutes
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// impact:
    ///   users: about 4,000
    ///   downtime: 40 minutes
    ///   data: none
    ///   financial: unknown
    ///   reputation: "n/a: an internal service"
    /// ```
    ///
    /// A dimension may also be a label or heading in the section on impact (`**Data.** None was lost.`). Case, plurals and the usual other
    /// words (`customers`, `cost`, `outage`) do not matter.
    ///
    /// ## Options
    ///
    /// The built-in profiles for incidents name `users`, `downtime`, `data`, `financial` and `reputation`. In a draft this is a warning.
    ///
    /// ```toml
    /// [profiles.outage]
    /// impact = ["requests"]
    /// drop_impact = ["reputation"]
    /// ```
    static MISSING_IMPACT_DIMENSION = {
        name: "missing-impact-dimension",
        group: Impact,
        level: Error,
        in_draft: Warning,
        run: Run::Document(find),
    }
}

/// Other words for dimensions of impact, in the singular.
const OTHER_WORDS: &[(&str, &[&str])] = &[
    ("user", &["account", "audience", "client", "customer", "people", "person", "subscriber", "tenant", "visitor"]),
    ("request", &["call", "error", "query", "traffic"]),
    ("downtime", &["availability", "degradation", "duration", "outage", "unavailability"]),
    ("data", &["record"]),
    ("financial", &["cost", "finance", "fund", "loss", "monetary", "money", "revenue"]),
    ("reputation", &["brand", "press", "reputational", "trust"]),
];

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let Some(profile) = context.profile(postmortem).filter(|profile| !profile.impact.is_empty()) else { return Vec::new() };
    if is_told_elsewhere(context, profile, postmortem) || answers_for_all(postmortem) {
        return Vec::new();
    }
    let keys = postmortem.impact.iter().map(|(dimension, _)| dimension.value.to_lowercase());
    let labels: Vec<String> = keys.chain(labels(postmortem, "impact")).collect();
    let spoken: Vec<&str> = labels.iter().flat_map(|label| label.split(|c: char| !c.is_alphanumeric())).map(singular).collect();
    let missing: Vec<String> =
        profile.impact.iter().filter(|dimension| !is_spoken_of(dimension, &spoken)).map(|dimension| format!("`{dimension}`")).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let key = context.entries(&postmortem.head, "impact").next().map(|entry| entry.key.span);
    let section = || Some(postmortem.body.sections.iter().find(|section| section.key.as_deref() == Some("impact"))?.heading_span);
    let span = key.or_else(section).unwrap_or(postmortem.head.title.span);
    let message = format!("nothing is said of the impact on {}", missing.join(", "));
    let finding = MISSING_IMPACT_DIMENSION.finding(&postmortem.head.path, span, message);
    let help = format!("the profile `{}` asks for it under `impact`; `none`, `unknown` and `n/a: reason` are answers", profile.name);
    vec![finding.help(help)]
}

/// Whether `missing-field` says that there is no impact at all.
fn is_told_elsewhere(context: &Context<'_>, profile: &Profile, postmortem: &Postmortem) -> bool {
    let is_asked = profile.fields.iter().chain(&profile.reviewed_fields).any(|field| field == "impact");
    is_asked && !context.entries(&postmortem.head, "impact").any(|entry| holds_something(&entry.value))
}

/// Whether one answer is given for all dimensions: `impact: none`, or `n/a: reason` under the heading.
fn answers_for_all(postmortem: &Postmortem) -> bool {
    let is_answer = |text: &str| ["none", "unknown"].contains(&text.trim().to_lowercase().as_str()) || is_reasoned_none(text);
    postmortem.impact.iter().any(|(dimension, words)| dimension.value == "summary" && is_answer(&words.value))
        || prose_under(postmortem, "impact").first().is_some_and(|passage| is_reasoned_none(&passage.text))
}

fn is_spoken_of(dimension: &str, spoken: &[&str]) -> bool {
    let dimension = dimension.to_lowercase();
    let own: Vec<&str> = dimension.split('-').map(singular).collect();
    let others = own.iter().flat_map(|word| OTHER_WORDS.iter().filter(move |(known, _)| known == word)).flat_map(|(_, words)| *words);
    own.iter().all(|word| spoken.contains(word)) || others.into_iter().any(|word| spoken.contains(word))
}

fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_have_other_words_and_plurals() {
        let spoken = |label: &str, dimension| is_spoken_of(dimension, &label.split(' ').map(singular).collect::<Vec<_>>());
        assert!(spoken("affected customers", "users") && spoken("user", "users") && spoken("users", "user"));
        assert!(spoken("data and money", "data") && spoken("data and money", "financial"));
        assert!(spoken("safety of life", "safety") && !spoken("users", "downtime") && spoken("error budget", "error-budget"));
    }
}
