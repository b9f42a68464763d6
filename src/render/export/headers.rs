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

/// The headers a host should send. An edition that is for the organisation is for no search engine.
pub(in crate::render) fn headers(site: &Site) -> String {
    let robots = if site.is_internal() { "  X-Robots-Tag: noindex\n" } else { "" };
    format!(
        "/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n  Cross-Origin-Opener-Policy: same-origin\n  \
         Cross-Origin-Resource-Policy: same-origin\n  X-Frame-Options: DENY\n{robots}\n/assets/*\n  \
         Cache-Control: public, max-age=31536000, immutable\n"
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn pages_carry_the_policy_of_the_header() {
        let partial = include_str!("../../../themes/default/templates/partials/csp.html");
        assert!(partial.contains(page_policy!()), "{partial}");
    }
}
