//! What is said of causes; shared by the rules that ask for it.

pub(super) mod cause_without_action;
pub(super) mod human_error_cause;
pub(super) mod missing_procedural_cause;
pub(super) mod pending_cause;
pub(super) mod unaddressed_problem;
pub(super) mod untested_cause;

use crate::model::{Cause, Postmortem};

/// The root causes that something can be done about: leaves of the taxonomy, apart from those that say the cause is not known.
pub(super) fn known_causes(postmortem: &Postmortem) -> impl Iterator<Item = &Cause> {
    postmortem.root_causes.iter().filter(|cause| cause.known && !cause.path.value.starts_with("unknown/"))
}
