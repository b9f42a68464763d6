//! `metrics.json`: everything the metrics page says, for other programs. Its keys are the fields of [`crate::knowledge::Metrics`].

use crate::site::Site;

/// The figures of a site.
pub(in crate::render) fn metrics_json(site: &Site) -> Vec<u8> {
    serde_json::to_vec(site.metrics()).unwrap_or_default()
}
