//! `internal-link`

use std::net::IpAddr;

use crate::check::rule::declare_rule;
use crate::check::rules::privacy::is_below;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::knowledge::Target;
use crate::model::{Visibility, WrittenLink};

declare_rule! {
    /// A public document links to what the public cannot reach: a document that is not public, or a host of the organisation.
    ///
    /// ## Why
    ///
    /// The reader meets a page that is not there, and the address alone may tell more than was meant: the name of a system, a customer, an
    /// incident that was not published.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// The same limit was reached in [March](2024-03-17-checkout.md), see the [dashboard](https://grafana.corp.example.com/d/42).
    /// ```
    ///
    /// ## Instead
    ///
    /// Say what the reader has to know, and keep the link where only the organisation reads it:
    ///
    /// ```markdown
    /// The same limit was reached once before.
    ///
    /// > [!INTERNAL]
    /// > [March](2024-03-17-checkout.md), [dashboard](https://grafana.corp.example.com/d/42)
    /// ```
    ///
    /// Read are documents with `visibility: public`, without `[!INTERNAL]` and `[!REASONING]` quotes and internal regions. With
    /// `[editions.public]`, a document that says nothing of its visibility is internal. Hosts of the organisation are those without a dot,
    /// addresses of private networks, names below `.internal`, `.local`, `.corp`, `.lan`, `.intranet` and `.home.arpa`, and those listed.
    ///
    /// ## Options
    ///
    /// ```toml
    /// [privacy]
    /// internal_hosts = ["corp.example.com"]
    /// ```
    static INTERNAL_LINK = { name: "internal-link", group: Public, level: Error, in_draft: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let head = subject.head();
    if subject.document.visibility() != Visibility::Public || head.links.is_empty() {
        return Vec::new();
    }
    let withheld = &subject.document.head().withheld;
    let links = head.links.iter().zip(context.knowledge.references.of(subject.id));
    let seen = links.filter(|(link, _)| !withheld.hides(link.target.span));
    let tell = |(link, target): (&WrittenLink, &Target)| {
        let (what, help) = unreachable(context, link, target)?;
        let message = format!("the public cannot follow this link: {what}");
        Some(INTERNAL_LINK.finding(&head.path, link.target.span, message).help(help))
    };
    seen.filter_map(tell).collect()
}

/// Why the public cannot follow a link, if so, and what can be done.
fn unreachable(context: &Context<'_>, link: &WrittenLink, target: &Target) -> Option<(String, &'static str)> {
    match target {
        Target::Document { id, .. } => {
            let document = context.corpus.get(*id)?;
            let is_public = match document.visibility() {
                Visibility::Public => true,
                Visibility::Unstated => context.config.editions.public.is_none(),
                Visibility::Internal | Visibility::Unreadable => false,
            };
            let help = "give that document `visibility: public`, or put the link into a `> [!INTERNAL]` quote";
            (!is_public).then(|| (format!("`{}` is not public", document.head().path), help))
        }
        Target::External => {
            let host = host(&link.target.value)?;
            let help = "say what the reader has to know, and put the link into a `> [!INTERNAL]` quote";
            is_internal(&host, &context.config.privacy.internal_hosts).then(|| (format!("`{host}` is internal"), help))
        }
        Target::Attachment(_) | Target::Address(_) | Target::Foreign | Target::Broken => None,
    }
}

/// The host of an address, in lower case; nothing where there is none, or what stands there cannot be one.
fn host(address: &str) -> Option<String> {
    let (_, rest) = address.trim().split_once("//")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let with_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match with_port.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => with_port.split(':').next().unwrap_or_default(),
    };
    let host = host.trim_end_matches('.').to_lowercase();
    let is_host = !host.is_empty() && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':'));
    is_host.then_some(host)
}

/// Ends of names that only a private network knows.
const PRIVATE: [&str; 8] = ["corp", "home.arpa", "internal", "intranet", "lan", "local", "localdomain", "localhost"];

fn is_internal(host: &str, known: &[String]) -> bool {
    if let Ok(address) = host.parse::<IpAddr>() {
        return match address {
            IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_unspecified(),
            IpAddr::V6(v6) => v6.is_unique_local() || v6.is_loopback() || v6.is_unicast_link_local() || v6.is_unspecified(),
        };
    }
    !host.contains('.') || PRIVATE.iter().any(|name| is_below(host, name)) || known.iter().any(|name| is_below(host, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_an_address_is_found() {
        for (address, expected) in [
            ("https://ada@Grafana.Corp.net:8443/d?x#y", Some("grafana.corp.net")),
            ("http://[fd00::1]:80/", Some("fd00::1")),
            ("//wiki/page", Some("wiki")),
            ("mailto:ada@corp.net", None),
            ("https://<host>/", None),
            ("https:///x", None),
        ] {
            assert_eq!(host(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn private_hosts_are_told_from_those_of_the_world() {
        let known = ["acme.net".to_owned()];
        for host in [
            "wiki",
            "localhost",
            "a.localhost",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "127.0.0.1",
            "169.254.1.1",
            "::1",
            "fd00::1",
            "fe80::1",
            "db.internal",
            "x.home.arpa",
            "acme.net",
            "jira.acme.net",
        ] {
            assert!(is_internal(host, &known), "{host}");
        }
        for host in ["example.com", "internal.example.com", "8.8.8.8", "172.32.0.1", "2001:db8::1", "notacme.net", "arpa.net"] {
            assert!(!is_internal(host, &known), "{host}");
        }
    }
}
