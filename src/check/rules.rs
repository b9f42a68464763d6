//! The rules, one file each, and the list of them.
//!
//! A new rule is a file below its group, a `mod` line, and a line in [`RULES`].

use super::{Group, Rule};
use crate::diagnostic::{Diagnostic, RuleName};

mod actions;
mod causes;
pub(super) mod directives {
    pub(super) mod unknown_directive;
    pub(in crate::check) mod unused_allowance;
}
mod files {
    pub(super) mod excessive_markup;
    pub(super) mod skipped_input;
    pub(super) mod unreadable_file;
}
mod impact {
    pub(super) mod missing_impact_dimension;
    pub(super) mod unquantified_impact;
}
mod links {
    pub(super) mod broken_anchor;
    pub(super) mod broken_link;
    pub(super) mod broken_reference;
    pub(super) mod image_without_alt;
    pub(super) mod orphaned_attachment;
}
mod metadata {
    pub(super) mod aliased_field;
    pub(super) mod altered_evidence;
    pub(super) mod duplicate_field;
    pub(super) mod incomplete_evidence;
    pub(super) mod incomplete_review;
    pub(super) mod invalid_address;
    pub(super) mod invalid_value;
    pub(super) mod late_promise;
    pub(super) mod missing_evidence;
    pub(super) mod missing_field;
    pub(super) mod overdue_review;
    pub(super) mod unknown_field;
    pub(super) mod unplayable_drill;
    pub(super) mod unreadable_front_matter;
}
pub(super) mod privacy;
pub(super) mod public {
    pub(super) mod incomplete_correction;
    pub(super) mod incomplete_first_update;
    pub(in crate::check) mod internal_host;
    pub(super) mod internal_link;
    pub(super) mod late_report;
    pub(super) mod missing_next_update;
    pub(in crate::check) mod name_in_public;
    pub(super) mod unfinished_public_report;
    pub(super) mod unseen_text;
}
pub(super) use public::name_in_public::named_in_settings;
pub use public::name_in_public::published;
mod recurrence {
    pub(super) mod unlinked_recurrence;
}
mod sections;
pub(super) mod settings {
    pub(super) mod incomplete_history;
    pub(in crate::check) mod invalid_setting;
    pub(in crate::check) mod stale_baseline;
    pub(in crate::check) mod unknown_setting;
    pub(super) mod unreadable_config;
}
mod site {
    pub(super) mod route_collision;
    pub(super) mod template_error;
}
mod timeline;
mod vocabulary {
    pub(super) mod duplicate_id;
    pub(super) mod gap_in_ids;
    pub(super) mod near_duplicate_tag;
    pub(super) mod unknown_term;
}
mod wording;

/// Every rule, sorted by name.
pub static RULES: &[&Rule] = &[
    &actions::action_without_cause::ACTION_WITHOUT_CAUSE,
    &actions::action_without_status::ACTION_WITHOUT_STATUS,
    &metadata::aliased_field::ALIASED_FIELD,
    &metadata::altered_evidence::ALTERED_EVIDENCE,
    &timeline::ambiguous_time::AMBIGUOUS_TIME,
    &wording::blameful_wording::BLAMEFUL_WORDING,
    &links::broken_anchor::BROKEN_ANCHOR,
    &links::broken_link::BROKEN_LINK,
    &links::broken_reference::BROKEN_REFERENCE,
    &causes::cause_without_action::CAUSE_WITHOUT_ACTION,
    &timeline::conflicting_milestone::CONFLICTING_MILESTONE,
    &wording::counterfactual::COUNTERFACTUAL,
    &sections::crowded_lessons::CROWDED_LESSONS,
    &metadata::duplicate_field::DUPLICATE_FIELD,
    &vocabulary::duplicate_id::DUPLICATE_ID,
    &sections::empty_section::EMPTY_SECTION,
    &timeline::event_outside_incident::EVENT_OUTSIDE_INCIDENT,
    &files::excessive_markup::EXCESSIVE_MARKUP,
    &privacy::exposed_secret::EXPOSED_SECRET,
    &vocabulary::gap_in_ids::GAP_IN_IDS,
    &wording::hard_summary::HARD_SUMMARY,
    &causes::human_error_cause::HUMAN_ERROR_CAUSE,
    &links::image_without_alt::IMAGE_WITHOUT_ALT,
    &actions::incomplete_actions::INCOMPLETE_ACTIONS,
    &public::incomplete_correction::INCOMPLETE_CORRECTION,
    &metadata::incomplete_evidence::INCOMPLETE_EVIDENCE,
    &public::incomplete_first_update::INCOMPLETE_FIRST_UPDATE,
    &settings::incomplete_history::INCOMPLETE_HISTORY,
    &metadata::incomplete_review::INCOMPLETE_REVIEW,
    &sections::incomplete_section::INCOMPLETE_SECTION,
    &public::internal_host::INTERNAL_HOST,
    &public::internal_link::INTERNAL_LINK,
    &metadata::invalid_address::INVALID_ADDRESS,
    &settings::invalid_setting::INVALID_SETTING,
    &metadata::invalid_value::INVALID_VALUE,
    &timeline::late_audit::LATE_AUDIT,
    &metadata::late_promise::LATE_PROMISE,
    &public::late_report::LATE_REPORT,
    &sections::leftover_placeholder::LEFTOVER_PLACEHOLDER,
    &wording::long_sentence::LONG_SENTENCE,
    &metadata::missing_evidence::MISSING_EVIDENCE,
    &metadata::missing_field::MISSING_FIELD,
    &impact::missing_impact_dimension::MISSING_IMPACT_DIMENSION,
    &timeline::missing_milestone_event::MISSING_MILESTONE_EVENT,
    &public::missing_next_update::MISSING_NEXT_UPDATE,
    &actions::missing_prevention::MISSING_PREVENTION,
    &causes::missing_procedural_cause::MISSING_PROCEDURAL_CAUSE,
    &sections::missing_section::MISSING_SECTION,
    &public::name_in_public::NAME_IN_PUBLIC,
    &vocabulary::near_duplicate_tag::NEAR_DUPLICATE_TAG,
    &timeline::nonstandard_time::NONSTANDARD_TIME,
    &links::orphaned_attachment::ORPHANED_ATTACHMENT,
    &actions::overdue_action::OVERDUE_ACTION,
    &metadata::overdue_review::OVERDUE_REVIEW,
    &causes::pending_cause::PENDING_CAUSE,
    &privacy::personal_data::PERSONAL_DATA,
    &timeline::premature_resume::PREMATURE_RESUME,
    &site::route_collision::ROUTE_COLLISION,
    &timeline::shrinking_rollout::SHRINKING_ROLLOUT,
    &files::skipped_input::SKIPPED_INPUT,
    &settings::stale_baseline::STALE_BASELINE,
    &site::template_error::TEMPLATE_ERROR,
    &timeline::timeline_without_leadup::TIMELINE_WITHOUT_LEADUP,
    &causes::unaddressed_problem::UNADDRESSED_PROBLEM,
    &sections::unanswered_checklist::UNANSWERED_CHECKLIST,
    &actions::unchanged_response::UNCHANGED_RESPONSE,
    &actions::unchecked_effectiveness::UNCHECKED_EFFECTIVENESS,
    &actions::unclassified_action::UNCLASSIFIED_ACTION,
    &actions::undated_action::UNDATED_ACTION,
    &wording::undefined_acronym::UNDEFINED_ACRONYM,
    &public::unfinished_public_report::UNFINISHED_PUBLIC_REPORT,
    &directives::unknown_directive::UNKNOWN_DIRECTIVE,
    &metadata::unknown_field::UNKNOWN_FIELD,
    &settings::unknown_setting::UNKNOWN_SETTING,
    &vocabulary::unknown_term::UNKNOWN_TERM,
    &recurrence::unlinked_recurrence::UNLINKED_RECURRENCE,
    &actions::unmeasured_action::UNMEASURED_ACTION,
    &timeline::unordered_milestones::UNORDERED_MILESTONES,
    &timeline::unordered_timeline::UNORDERED_TIMELINE,
    &actions::unowned_action::UNOWNED_ACTION,
    &metadata::unplayable_drill::UNPLAYABLE_DRILL,
    &actions::unprioritised_action::UNPRIORITISED_ACTION,
    &impact::unquantified_impact::UNQUANTIFIED_IMPACT,
    &settings::unreadable_config::UNREADABLE_CONFIG,
    &timeline::unreadable_date::UNREADABLE_DATE,
    &files::unreadable_file::UNREADABLE_FILE,
    &metadata::unreadable_front_matter::UNREADABLE_FRONT_MATTER,
    &public::unseen_text::UNSEEN_TEXT,
    &causes::untested_cause::UNTESTED_CAUSE,
    &directives::unused_allowance::UNUSED_ALLOWANCE,
    &actions::verbless_action::VERBLESS_ACTION,
    &timeline::zoneless_time::ZONELESS_TIME,
];

/// The rule whose findings depend on every other rule.
pub(super) const UNUSED_ALLOWANCE: RuleName = directives::unused_allowance::UNUSED_ALLOWANCE.name;

/// The rule that asks what a piece of evidence says.
pub const INCOMPLETE_EVIDENCE: RuleName = metadata::incomplete_evidence::INCOMPLETE_EVIDENCE.name;
/// The rule that looks for the files of evidence.
pub const MISSING_EVIDENCE: RuleName = metadata::missing_evidence::MISSING_EVIDENCE.name;
/// The rule that compares the files of evidence with their hashes.
pub const ALTERED_EVIDENCE: RuleName = metadata::altered_evidence::ALTERED_EVIDENCE.name;

/// Findings of one rule in one file, in order, one for each place. A word may be reached twice: the text of an action is in its row and in a
/// field of its own.
fn told_once(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by_key(|finding| finding.primary.span);
    findings.dedup_by_key(|finding| finding.primary.span);
    findings
}

/// What `[rules]` and `--only` may name: every rule, then every group.
pub fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.name.0).chain(Group::ALL.map(Group::word))
}

/// The rule of this name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    let place = RULES.binary_search_by(|rule| rule.name.0.cmp(name)).ok()?;
    RULES.get(place).copied()
}
