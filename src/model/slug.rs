//! Names that are safe in a URL and in a file system.

use std::borrow::Cow;

/// Names that Windows keeps for devices, with any ending (Microsoft, "Naming Files, Paths, and Namespaces").
const DEVICES: [&str; 6] = ["aux", "con", "conin$", "conout$", "nul", "prn"];

/// Whether Windows keeps a name, given in lower case and without its ending, for a device.
pub(crate) fn is_device(name: &str) -> bool {
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    let is_port = port.is_some_and(|number| matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"));
    DEVICES.contains(&name) || is_port
}

/// `text` in `[a-z0-9-]`: other scripts transliterated, everything else a dash, dashes collapsed, at most 100 bytes. A name that Windows keeps
/// for a device ends in a dash. Empty where nothing is left.
#[must_use]
pub fn portable(text: &str) -> String {
    let mut slug = String::with_capacity(text.len().min(100));
    // Nearly all names are ASCII, and linking asks for tens of thousands of them.
    let plain = if text.is_ascii() { Cow::Borrowed(text) } else { deunicode::deunicode_with_tofu_cow(text, "[?]") };
    for byte in plain.bytes() {
        if slug.len() >= 100 {
            break;
        }
        if byte.is_ascii_alphanumeric() {
            slug.push(char::from(byte.to_ascii_lowercase()));
        } else if byte != b'\'' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if is_device(&slug) {
        slug.push('-');
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::portable;

    #[test]
    fn names_become_portable() {
        assert_eq!(portable("PM2019-009 - Kubernetes network"), "pm2019-009-kubernetes-network");
        assert_eq!(portable("License Manager Update 2018 > 2019"), "license-manager-update-2018-2019");
        assert_eq!(portable("Überlastung — Łódź"), "uberlastung-lodz");
        assert_eq!(portable("Let's Encrypt"), "lets-encrypt");
        assert_eq!(portable("../../etc"), "etc");
        assert_eq!(portable("???"), "");
        assert_eq!(["NUL", "com1", "COM", "nul-", "console"].map(portable), ["nul-", "com1-", "com", "nul-", "console"]);
    }
}
