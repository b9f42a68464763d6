//! Names that are safe in a URL and in a file system.

/// `text` in `[a-z0-9-]`: other scripts transliterated, everything else a dash, dashes collapsed, at most 100 bytes. Empty where nothing is
/// left.
#[must_use]
pub fn portable(text: &str) -> String {
    let mut slug = String::with_capacity(text.len().min(100));
    for c in deunicode::deunicode(text).chars() {
        if slug.len() >= 100 {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if c != '\'' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
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
    }
}
