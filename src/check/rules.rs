//! The rules, one file each, and the list of them.
//!
//! A new rule is a file below its group, a `mod` line, and a line in [`RULES`].

use super::Rule;
use crate::diagnostic::RuleName;

pub(super) mod directives {
    pub(super) mod unknown_directive;
    pub(in crate::check) mod unused_allowance;
}
mod files {
    pub(super) mod excessive_markup;
    pub(super) mod skipped_input;
    pub(super) mod unreadable_file;
}
mod links {
    pub(super) mod broken_anchor;
    pub(super) mod broken_link;
}
mod metadata {
    pub(super) mod duplicate_field;
    pub(super) mod invalid_value;
    pub(super) mod missing_field;
    pub(super) mod unknown_field;
    pub(super) mod unreadable_front_matter;
}
mod sections;
pub(super) mod settings {
    pub(in crate::check) mod invalid_setting;
    pub(in crate::check) mod stale_baseline;
    pub(in crate::check) mod unknown_setting;
    pub(super) mod unreadable_config;
}
mod site {
    pub(super) mod route_collision;
    pub(super) mod template_error;
}
mod timeline {
    pub(super) mod ambiguous_time;
    pub(super) mod conflicting_milestone;
    pub(super) mod unordered_timeline;
    pub(super) mod unreadable_date;
}
mod vocabulary {
    pub(super) mod duplicate_id;
    pub(super) mod unknown_term;
}

/// Every rule, sorted by name.
pub static RULES: &[&Rule] = &[
    &timeline::ambiguous_time::AMBIGUOUS_TIME,
    &links::broken_anchor::BROKEN_ANCHOR,
    &links::broken_link::BROKEN_LINK,
    &timeline::conflicting_milestone::CONFLICTING_MILESTONE,
    &metadata::duplicate_field::DUPLICATE_FIELD,
    &vocabulary::duplicate_id::DUPLICATE_ID,
    &sections::empty_section::EMPTY_SECTION,
    &files::excessive_markup::EXCESSIVE_MARKUP,
    &settings::invalid_setting::INVALID_SETTING,
    &metadata::invalid_value::INVALID_VALUE,
    &sections::leftover_placeholder::LEFTOVER_PLACEHOLDER,
    &metadata::missing_field::MISSING_FIELD,
    &sections::missing_section::MISSING_SECTION,
    &site::route_collision::ROUTE_COLLISION,
    &files::skipped_input::SKIPPED_INPUT,
    &settings::stale_baseline::STALE_BASELINE,
    &site::template_error::TEMPLATE_ERROR,
    &directives::unknown_directive::UNKNOWN_DIRECTIVE,
    &metadata::unknown_field::UNKNOWN_FIELD,
    &settings::unknown_setting::UNKNOWN_SETTING,
    &vocabulary::unknown_term::UNKNOWN_TERM,
    &timeline::unordered_timeline::UNORDERED_TIMELINE,
    &settings::unreadable_config::UNREADABLE_CONFIG,
    &timeline::unreadable_date::UNREADABLE_DATE,
    &files::unreadable_file::UNREADABLE_FILE,
    &metadata::unreadable_front_matter::UNREADABLE_FRONT_MATTER,
    &directives::unused_allowance::UNUSED_ALLOWANCE,
];

/// The rule whose findings depend on every other rule.
pub(super) const UNUSED_ALLOWANCE: RuleName = directives::unused_allowance::UNUSED_ALLOWANCE.name;

/// The rule of this name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    let place = RULES.binary_search_by(|rule| rule.name.0.cmp(name)).ok()?;
    RULES.get(place).copied()
}
