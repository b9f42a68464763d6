//! `route-collision`

use crate::check::Run;
use crate::check::rule::declare_rule;

declare_rule! {
    /// Two files claim the same address.
    ///
    /// ## Why
    ///
    /// Only one page can be at an address; which one a reader gets should not depend on the order of files. Addresses differ only if they
    /// differ in more than case, and a year and a slug share one namespace.
    ///
    /// ## Example
    ///
    /// ```text
    /// content/postmortems/2024/dns.md    /incidents/dns/
    /// content/postmortems/2025/DNS.md    /incidents/dns/
    /// ```
    ///
    /// ## Instead
    ///
    /// Rename one of the files, or give one of them a `slug`:
    ///
    /// ```yaml
    /// slug: dns-2025
    /// ```
    ///
    /// An old address that should lead to a page goes under `aliases`, and may be claimed by one page only. A site with two pages at one
    /// address is never published.
    static ROUTE_COLLISION = { name: "route-collision", group: Site, level: Error, run: Run::Elsewhere }
}
