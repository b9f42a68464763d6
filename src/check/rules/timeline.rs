//! Rules about when things happened, and what they share.

pub(super) mod ambiguous_time;
pub(super) mod conflicting_milestone;
pub(super) mod event_outside_incident;
pub(super) mod late_audit;
pub(super) mod missing_milestone_event;
pub(super) mod nonstandard_time;
pub(super) mod premature_resume;
pub(super) mod shrinking_rollout;
pub(super) mod timeline_without_leadup;
pub(super) mod unordered_milestones;
pub(super) mod unordered_timeline;
pub(super) mod unreadable_date;
pub(super) mod zoneless_time;

use crate::model::Moment;

/// In seconds.
const DAY: i64 = 86_400;

/// A moment for a message, in UTC and as exactly as it was written.
fn show(moment: &Moment) -> String {
    match moment.time() {
        Some(time) => format!("{}T{time}Z", moment.date()),
        None => moment.date(),
    }
}
