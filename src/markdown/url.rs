//! Addresses that may be put into a page. What is not surely harmless cannot be made into one.

use std::fmt;

/// An address that is safe to follow: relative, `http`, `https` or `mailto`, and made of characters an attribute and a validator take.
///
/// Text becomes an address only by [`SafeUrl::new`], so a page cannot hold any other kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafeUrl {
    text: Box<str>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Relative,
    Web,
    Mail,
}

impl SafeUrl {
    /// The address that `text` stands for, or nothing where following it could do harm.
    ///
    /// Schemes are compared as browsers read them: without control characters, and blanks make no other scheme of one. Refused are other
    /// schemes, `//host` (it leaves the site while looking like a path) and backslashes (browsers take them for slashes). Characters that
    /// RFC 3986 does not allow are written in percent-encoding.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let cleaned: String = text.chars().filter(|c| !c.is_control()).collect();
        let cleaned = cleaned.trim();
        if cleaned.contains('\\') || cleaned.starts_with("//") {
            return None;
        }
        let head = cleaned.split(['/', '?', '#']).next().unwrap_or_default();
        let kind = match head.split_once(':') {
            None => Kind::Relative,
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("mailto") => Kind::Mail,
            Some((scheme, "")) if is_web(scheme) && has_host(cleaned) => Kind::Web,
            Some(_) => return None,
        };
        Some(Self { text: encoded(cleaned, kind).into(), kind })
    }

    /// The address as text; it must still be escaped where it is written into HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it leads to the web by a scheme of its own, most often to another site.
    #[must_use]
    pub fn is_external(&self) -> bool {
        self.kind == Kind::Web
    }

    /// Whether it has no scheme, so that it leads somewhere in this site.
    #[must_use]
    pub fn is_relative(&self) -> bool {
        self.kind == Kind::Relative
    }
}

impl fmt::Display for SafeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Whether two slashes and a host follow the scheme.
fn has_host(url: &str) -> bool {
    let rest = url.split_once(':').map_or("", |(_, rest)| rest);
    rest.strip_prefix("//")
        .is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '[' | '.' | '_' | '~' | '-' | '%')))
}

/// The address with every character percent-encoded that may not stand where it does (RFC 3986, section 2). An encoding that is already
/// there is kept.
fn encoded(url: &str, kind: Kind) -> String {
    let host = url.find("://").filter(|_| kind == Kind::Web).map(|colon| colon + 3);
    let host_end = host.map_or(0, |host| after(url, host).find(['/', '?', '#']).map_or(url.len(), |length| host + length));
    let fragment = url.find('#').unwrap_or(url.len());
    let mut text = String::with_capacity(url.len());
    for (at, c) in url.char_indices() {
        let stays = match c {
            '%' => after(url, at + 1).bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2,
            '[' | ']' => at < host_end,
            '#' => at == fragment,
            _ => c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/?".contains(c),
        };
        if stays {
            text.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                push_hex(byte, &mut text);
            }
        }
    }
    text
}

/// A path, decoded, as it stands in an address: whatever else than letters, digits and the few marks of RFC 3986, section 2.3, is percent-encoded.
pub(crate) fn percent_encode(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            push_hex(byte, &mut text);
        }
    }
    text
}

fn push_hex(byte: u8, text: &mut String) {
    text.push('%');
    for digit in [byte >> 4, byte & 15] {
        text.push(char::from_digit(digit.into(), 16).unwrap_or('0').to_ascii_uppercase());
    }
}

fn after(text: &str, offset: usize) -> &str {
    text.get(offset..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stands_in_an_address_letter_by_letter() {
        assert_eq!(percent_encode("/a b/é/100%?#.md"), "/a%20b/%C3%A9/100%25%3F%23.md");
        assert_eq!(percent_encode("/x\r\ny"), "/x%0D%0Ay");
    }

    #[test]
    fn harmless_addresses_pass() {
        for (text, expected) in [
            ("", ""),
            ("a/b.md#c", "a/b.md#c"),
            ("/x?y=1&z=2", "/x?y=1&z=2"),
            ("#top", "#top"),
            ("  ../x y.md ", "../x%20y.md"),
            ("https://a.b/c", "https://a.b/c"),
            ("HTTP://localhost:80/", "HTTP://localhost:80/"),
            ("http://[::1]:80/[x]", "http://[::1]:80/%5Bx%5D"),
            ("http://a/[b]", "http://a/%5Bb%5D"),
            ("[x]", "%5Bx%5D"),
            ("a?x=http://[b]", "a?x=http://%5Bb%5D"),
            ("mailto:a@b.c?subject=x y", "mailto:a@b.c?subject=x%20y"),
            ("https://é.x/ü?ß#中", "https://%C3%A9.x/%C3%BC?%C3%9F#%E4%B8%AD"),
            ("a%20b%zz%4", "a%20b%25zz%254"),
            ("a#b#c", "a#b%23c"),
            ("a\"b<c>`{|}^'", "a%22b%3Cc%3E%60%7B%7C%7D%5E'"),
            ("x/javascript:alert(1)", "x/javascript:alert(1)"),
            ("?javascript:alert(1)", "?javascript:alert(1)"),
            ("javascript%3Aalert(1)", "javascript%3Aalert(1)"),
            ("a\u{202e}b", "a%E2%80%AEb"),
        ] {
            let address = SafeUrl::new(text).unwrap();
            assert_eq!((address.as_str(), address.to_string().as_str()), (expected, expected), "{text:?}");
            assert_eq!(SafeUrl::new(expected), Some(address), "what it is written as is the same address");
        }
    }

    #[test]
    fn others_do_not() {
        for text in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " \u{1}java\tscript\n:alert(1)",
            "\u{0}javascript:alert(1)",
            "java script:alert(1)",
            "\u{200b}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:https://x",
            "//evil.example/x",
            "/\t/evil.example",
            "\\\\evil.example",
            "/\\evil.example",
            "https:\\\\evil.example",
            "https:evil.example",
            "https:///evil.example",
            "https://",
            "https:",
            "ht tp://x",
            "http:javascript:alert(1)",
            ":x",
            "10:32",
            "view-source:https://x",
        ] {
            assert_eq!(SafeUrl::new(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_address_knows_where_it_leads() {
        let kind = |text| SafeUrl::new(text).map(|url| (url.is_external(), url.is_relative())).unwrap();
        assert_eq!([kind("a"), kind("https://a"), kind("mailto:a")], [(false, true), (true, false), (false, false)]);
    }
}
