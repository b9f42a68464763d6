//! What an incident changed in plans, and who is thanked for their help.

use super::timeline::words;
use jiff::civil::Date;

/// A change to a response plan, runbook, role or tool because of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlanUpdate {
    /// The document that was changed, where it is named.
    pub document: String,
    /// What was changed; may be empty.
    pub change: String,
    /// Where the change can be seen: an address, or a document of the site. May be empty.
    pub link: String,
    /// When.
    pub date: Option<Date>,
    /// What sort of thing was changed.
    pub kind: Option<PlanKind>,
}

words! {
    /// What sort of thing a change to a plan changed.
    PlanKind {
        /// How something is done: plans, runbooks, communication protocols.
        Procedure = "procedure", "Procedures";
        /// Who does what.
        Role = "role", "Roles";
        /// What it is done with.
        Tool = "tool", "Tools";
        /// Who can be reached, and how.
        Contact = "contact", "Contacts";
    }
}

/// Somebody who helped and is thanked by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The name.
    pub name: String,
    /// A page of theirs; may be empty.
    pub link: String,
    /// What for; may be empty.
    pub contribution: String,
}
