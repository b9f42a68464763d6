//! What a site answers with.

/// A thing of the site that has an address. The numbers are places in the site's own lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// `/`
    Home,
    /// `/incidents/<slug>/`
    Incident(usize),
    /// A page of `content/` at its path.
    Page(usize),
    /// A list of postmortems and the number of its page, from 1: `/incidents/`, `/incidents/2026/`, `/tags/dns/page/2/`.
    List(Listing, usize),
    /// The terms of a taxonomy: `/causes/`.
    Taxonomy(usize),
    /// `/search/`
    Search,
    /// `/404.html`
    NotFound,
    /// `/feed.xml`
    Feed,
    /// `/sitemap.xml`
    Sitemap,
    /// `/robots.txt`
    Robots,
    /// `/_headers`, for hosts that read it.
    Headers,
    /// A style sheet, script or icon of the theme.
    Asset(usize),
    /// A file of the search bundle.
    SearchFile(usize),
    /// A file beside the documents.
    Attachment(usize),
}

/// Which postmortems a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listing {
    /// All.
    All,
    /// Those with a term.
    Term {
        /// The taxonomy.
        taxonomy: usize,
        /// The term.
        term: usize,
    },
}

/// The way from an address to the top of the site: "./" at the top, "../" one folder down.
#[must_use]
pub fn root_of(url: &str) -> String {
    match url.matches('/').count() {
        0 => "./".into(),
        depth => "../".repeat(depth),
    }
}

#[cfg(test)]
mod tests {
    use super::root_of;

    #[test]
    fn the_way_up_is_as_long_as_the_way_down() {
        assert_eq!(["", "404.html", "tags/", "causes/change/config/"].map(root_of), ["./", "./", "../", "../../../"]);
    }
}
