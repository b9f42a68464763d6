//! `incomplete-section`

use super::{State, is_reasoned_none, labels, prose_under, state, title};
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::Postmortem;

declare_rule! {
    /// A section does not speak of everything that the profile of a postmortem expects in it.
    ///
    /// ## Why
    ///
    /// An evaluation of the response that tells only how fast it was leaves out what was decided on what knowledge, and whether people knew of
    /// each other. What is not asked for by name is left out most easily where it went badly.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## Response
    ///
    /// **Speed.** The alert was answered within three minutes.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// ## Response
    ///
    /// **Speed.** The alert was answered within three minutes.
    ///
    /// **Effectiveness.** The first rollback missed two clusters.
    ///
    /// **Decisions.** The provider was left on, because nobody could see that it was the only one affected.
    ///
    /// **Coordination.** none: one person was enough
    /// ```
    ///
    /// A part is there if a heading below, a bold label, an item or the first cell of a row begins with its word. `n/a: reason` answers for
    /// the whole section.
    ///
    /// ## Options
    ///
    /// ```toml
    /// [profiles.outage.parts]
    /// response = ["Speed", "Effectiveness", "Decision", "Coordination"]
    /// ```
    ///
    /// An empty list asks for nothing. A section that is missing or empty is told by `missing-section` and `empty-section`.
    static INCOMPLETE_SECTION = {
        name: "incomplete-section",
        group: Sections,
        level: Warning,
        in_draft: Hint,
        run: Run::Document(find),
    }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let Some(postmortem) = subject.postmortem() else { return Vec::new() };
    let Some(profile) = context.profile(postmortem) else { return Vec::new() };
    profile.parts.iter().filter_map(|(key, parts)| incomplete(context, postmortem, key, parts)).collect()
}

fn incomplete(context: &Context<'_>, postmortem: &Postmortem, key: &str, parts: &[String]) -> Option<Diagnostic> {
    let section = postmortem.body.sections.iter().find(|section| section.key.as_deref() == Some(key))?;
    let labels = labels(postmortem, key);
    let is_there = |part: &&String| labels.iter().any(|label| begins_with(label, &part.to_lowercase()));
    let missing: Vec<String> = parts.iter().filter(|part| !is_there(part)).map(|part| format!("`{part}`")).collect();
    let answers_for_all = || prose_under(postmortem, key).first().is_some_and(|passage| is_reasoned_none(&passage.text));
    if missing.is_empty() || !matches!(state(context, postmortem, key), State::Filled) || answers_for_all() {
        return None;
    }
    let message = format!("the section `{}` does not speak of {}", title(context, key), missing.join(", "));
    let finding = INCOMPLETE_SECTION.finding(&postmortem.head.path, section.heading_span, message);
    Some(finding.help("begin a paragraph with each of these words in bold, or write `n/a: reason`"))
}

fn begins_with(label: &str, part: &str) -> bool {
    label.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(part)
}
