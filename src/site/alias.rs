//! Old addresses of documents: what stands under `aliases`. At each of them is a page that leads on to the document.

use super::{OutPath, Site};
use crate::diagnostic::{Diagnostic, Span};
use crate::knowledge::percent_decode;
use crate::model::{DocumentId, DocumentRef, Head};
use crate::parse::INVALID_VALUE;

/// An old address and where it leads: always to a document of this site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old address, as that of a page or a file: `2019/outage/`, `old.html`.
    pub from: String,
    /// The document.
    pub to: DocumentId,
    /// Which of its aliases it is.
    alias: usize,
}

impl Redirect {
    /// Where the alias is written.
    pub(super) fn span(&self, head: &Head) -> Span {
        head.aliases.get(self.alias).map_or_else(Span::default, |alias| alias.span)
    }
}

/// The old addresses of all documents, in order of path, and what is wrong with the others. The address that a document has is no old one.
pub(super) fn redirects(site: &Site) -> (Vec<Redirect>, Vec<Diagnostic>) {
    let (mut redirects, mut findings) = (Vec::new(), Vec::new());
    let postmortems = site.gists.iter().enumerate().filter(|(_, gist)| gist.has_aliases).map(|(n, _)| DocumentId::Postmortem(n));
    for to in postmortems.chain((0..site.corpus().pages.len()).map(DocumentId::Page)) {
        let Some(head) = site.corpus().get(to).map(DocumentRef::head) else { continue };
        for (n, alias) in head.aliases.iter().enumerate() {
            match address(alias, site.base_url()) {
                Ok(from) if from == site.document_url(to) => {}
                Ok(from) => redirects.push(Redirect { from, to, alias: n }),
                Err(flaw) => findings.push(
                    Diagnostic::new(INVALID_VALUE, &head.path, alias.span, format!("`{}` cannot lead here: it has {flaw}", alias.value))
                        .help("write an old path of this site, such as `/2019/outage/` or `/old.html`"),
                ),
            }
        }
    }
    (redirects, findings)
}

/// The address that an alias stands for, or what it has that it must not have. It is taken from the top of the site, whether or not it begins
/// with `/`; a whole address of this site is one, too. What does not end in `.html` is a folder, as hosts take it.
fn address(alias: &str, base: Option<&str>) -> Result<String, &'static str> {
    let alias = alias.trim();
    let own = base.and_then(|base| alias.strip_prefix(base.trim_end_matches('/'))).filter(|path| path.is_empty() || path.starts_with('/'));
    let path = own.unwrap_or(alias);
    if path.starts_with("//") || path.split('/').next().is_some_and(|first| first.contains(':')) {
        return Err("a scheme or a host that is not this site's");
    }
    let path = percent_decode(path);
    if path.contains(['?', '#']) {
        return Err("a query or a fragment, which hosts do not look at");
    }
    if path.contains('%') {
        return Err("a percent sign that stands for nothing");
    }
    let path = path.strip_prefix('/').unwrap_or(&path);
    let path = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/')).unwrap_or(path);
    let is_page = path.rsplit_once('.').is_some_and(|(_, ending)| ["html", "htm"].iter().any(|page| ending.eq_ignore_ascii_case(page)));
    let url = if path.is_empty() || path.ends_with('/') || is_page { path.to_owned() } else { format!("{path}/") };
    let file = if is_page { url.clone() } else { format!("{url}index.html") };
    OutPath::new(&file).map(|_| url).map_err(|bad| bad.flaw)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_old_address_is_taken_from_the_top_of_the_site() {
        let base = Some("https://example.org/kb/");
        for (alias, url) in [
            ("/2019/outage/", "2019/outage/"),
            ("2019/outage", "2019/outage/"),
            (" /old.html ", "old.html"),
            ("/a/OLD.HTM", "a/OLD.HTM"),
            ("/a/index.html", "a/"),
            ("/post.php", "post.php/"),
            ("/caf%C3%A9%20au%20lait", "café au lait/"),
            ("https://example.org/kb/a", "a/"),
            ("https://example.org/kb", ""),
            ("/", ""),
        ] {
            assert_eq!(address(alias, base).as_deref(), Ok(url), "{alias}");
        }
    }

    #[test]
    fn an_alias_that_leaves_the_site_or_cannot_be_a_file_is_refused() {
        let base = Some("https://example.org/kb/");
        for alias in [
            "https://evil.example/a",
            "https://example.org/kbx/a",
            "https://example.org.evil.example/",
            "//evil.example/",
            "/%2Fevil.example/",
            "\\\\evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "../a",
            "/a/%2e%2e/b",
            "/a/../b",
            "/a//b",
            "/a?p=1",
            "/a%3Fp=1",
            "/a#b",
            "/a%23b",
            "/100%/",
            "/a%00",
            "/a\nb",
            "/a:b",
            "/*",
            "/con/",
            "/.afterword-manifest",
        ] {
            assert!(address(alias, base).is_err(), "{alias}");
        }
        assert!(address("https://example.org/a", None).is_err());
    }
}
