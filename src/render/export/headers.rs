//! `/_headers`, which Netlify and Cloudflare Pages read.

use crate::site::Site;

/// What pages may load (design decision 14): their own files, and nothing inline. Pages carry it in a `meta` element too.
macro_rules! page_policy {
    () => {
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'"
    };
}

/// The content security policy as a header, which can say more than a page: nobody may frame it.
pub const CONTENT_SECURITY_POLICY: &str = concat!(page_policy!(), "; frame-ancestors 'none'");

/// What a host should send with every file.
pub const HEADERS: [(&str, &str); 6] = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Frame-Options", "DENY"),
];

/// How long the files below `/assets/` hold, whose names change with their bytes.
pub const ASSETS_CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// The headers a host should send. An edition that is for the organisation is for no search engine.
pub(in crate::render) fn headers(site: &Site) -> String {
    let everywhere = HEADERS.map(|(name, value)| format!("  {name}: {value}\n")).concat();
    let robots = if site.is_internal() { "  X-Robots-Tag: noindex\n" } else { "" };
    format!("/*\n{everywhere}{robots}\n/assets/*\n  Cache-Control: {ASSETS_CACHE_CONTROL}\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn pages_carry_the_policy_of_the_header() {
        let partial = include_str!("../../../themes/default/templates/partials/csp.html");
        assert!(partial.contains(page_policy!()), "{partial}");
    }
}
