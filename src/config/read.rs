//! Reads `site.toml`.

use super::Config;
use crate::diagnostic::Diagnostic;

/// The path of the configuration below the project folder.
pub const CONFIG_PATH: &str = "site.toml";

/// Reads the text of `site.toml`; an empty text gives the defaults. Total: what cannot be read is a finding, and the default stands.
#[must_use]
pub fn parse(text: &str) -> (Config, Vec<Diagnostic>) {
    todo!("{text}")
}
