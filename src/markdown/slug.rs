//! Words to the part of an address: `[a-z0-9-]`, whatever script they are written in.

/// The longest slug, in bytes; a longer text is cut between words where it can be.
const MAX_BYTES: usize = 96;

/// The slug of a text: lower case, other scripts spelt in Latin letters, everything else a single hyphen. Empty where nothing is left.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if c.is_ascii() {
            push_hyphen(&mut slug);
        } else {
            spell(c, &mut slug);
        }
        if slug.len() > MAX_BYTES {
            let end = slug.get(..=MAX_BYTES).and_then(|head| head.rfind('-')).unwrap_or(MAX_BYTES);
            slug.truncate(end);
            break;
        }
    }
    if slug.ends_with('-') {
        slug.pop();
    }
    slug
}

/// Spells one character in Latin letters. A character that stands for a word ends in a blank and so in a hyphen.
fn spell(c: char, slug: &mut String) {
    for spelt in deunicode::deunicode_char(c).unwrap_or_default().chars() {
        if spelt.is_ascii_alphanumeric() {
            slug.push(spelt.to_ascii_lowercase());
        } else if !matches!(spelt, '\'' | '`' | '"') {
            push_hyphen(slug);
        }
    }
}

fn push_hyphen(slug: &mut String) {
    if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_a_slug() {
        for (text, expected) in [
            ("What went wrong?", "what-went-wrong"),
            ("  5 Whys -- & more!  ", "5-whys-more"),
            ("Auslöser: Überlast", "ausloser-uberlast"),
            ("Хронология", "khronologiia"),
            ("影響", "ying-xiang"),
            ("🔥 Fire", "fire-fire"),
            ("DNS/TLS_v1.2", "dns-tls-v1-2"),
            ("it's", "it-s"),
            ("«…»", ""),
            ("\u{0}\u{202e}", ""),
            ("", ""),
        ] {
            assert_eq!(slug(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        assert_eq!(slug(&"word ".repeat(1000)), ["word"; 19].join("-"));
        assert_eq!(slug(&"x".repeat(1000)).len(), MAX_BYTES);
    }
}
