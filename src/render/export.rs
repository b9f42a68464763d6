//! Machine formats, one file each.

mod atom;
mod headers;
mod robots;
mod sitemap;

pub(super) use atom::atom;
pub use headers::CONTENT_SECURITY_POLICY;
pub(super) use headers::headers;
pub(super) use robots::robots;
pub(super) use sitemap::sitemap;

/// `text` without the characters that XML 1.0 (§2.2) does not allow.
fn xml_text(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)).collect()
}
