//! `/schema/*.json`: what holds of our own formats, as JSON Schema (draft 7). They are written by hand beside the types; the tests hold them to
//! the keys of rows, and `tests/formats` to their values.

/// Of `/incidents.json`.
pub const INCIDENTS: &str = include_str!("schema/incidents.json");
/// Of `/actions.json`.
pub const ACTIONS: &str = include_str!("schema/actions.json");
/// Of the `index.json` beside the page of an incident.
pub const INCIDENT: &str = include_str!("schema/incident.json");
/// Of the `drill.json` beside the pages of a drill.
pub const DRILL: &str = include_str!("schema/drill.json");
/// All of them.
pub const ALL: [&str; 4] = [INCIDENTS, ACTIONS, INCIDENT, DRILL];
