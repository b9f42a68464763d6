//! `unseen-text`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::frontmatter::Entry;
use crate::model::Visibility;

declare_rule! {
    /// Something says that it is internal, and the site has no public edition, so it is shown nowhere.
    ///
    /// ## Why
    ///
    /// Without `[editions.public]` a site has one edition, and nobody has said for whom it is. What is marked as internal is left out of it, since it may be
    /// published for everybody. Whoever has written it looks for it in vain.
    ///
    /// ## Example
    ///
    /// A document of a site without `[editions.public]`:
    ///
    /// ```markdown
    /// > [!INTERNAL]
    /// > The handover names the cluster.
    /// ```
    ///
    /// ## Instead
    ///
    /// Say in `site.toml` that there is a public edition. The other one, which `afterword build` writes, is then for the organisation and has everything:
    ///
    /// ```toml
    /// [editions.public]
    /// base_url = "https://incidents.example.com/"
    /// ```
    ///
    /// Where the one edition is for the organisation and will remain so, take out the marks.
    static UNSEEN_TEXT = { name: "unseen-text", group: Public, level: Hint, in_draft: Hint, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    if context.config.editions.public.is_some() {
        return Vec::new();
    }
    let head = subject.document.head();
    let (place, what) = if subject.document.visibility() == Visibility::Internal {
        let said = head.fields(&context.config.fields, "visibility").next().map(Entry::span);
        (said.unwrap_or(head.title.span), "this document is".to_owned())
    } else {
        match head.withheld.internal() {
            [] => return Vec::new(),
            [passage] => (*passage, "what is marked here as internal is".to_owned()),
            [first, _] => (*first, "what is marked here and in one other place as internal is".to_owned()),
            [first, others @ ..] => (*first, format!("what is marked here and in {} other places as internal is", others.len())),
        }
    };
    let message = format!("{what} shown nowhere: the site has no `[editions.public]`");
    let help = "write `[editions.public]` with a `base_url` into site.toml, and the internal edition shows it";
    vec![UNSEEN_TEXT.finding(&head.path, place, message).help(help)]
}
