//! `broken-anchor`

use crate::check::guess::Guesses;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::knowledge::Target;
use crate::model::{DocumentId, WrittenLink};

declare_rule! {
    /// A link names a heading that its document does not have.
    ///
    /// ## Why
    ///
    /// The reader lands at the top of a long page and has to search for what the link promised. It usually means that a heading was
    /// reworded after the link was written.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// See [why it spread](2019-07-02-waf.md#root-cuase).
    /// ```
    ///
    /// ## Instead
    ///
    /// Name a heading the way pages do, in lower case with hyphens, or give the heading an id that survives rewording:
    ///
    /// ```markdown
    /// See [why it spread](2019-07-02-waf.md#root-cause).
    ///
    /// ## Why one rule took down every region {#root-cause}
    /// ```
    static BROKEN_ANCHOR = { name: "broken-anchor", group: Links, level: Error, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let (id, head) = (subject.id, subject.head());
    let mut guesses = Guesses::new(20);
    let targets = context.knowledge.references.of(id);
    let broken = head.links.iter().zip(targets).filter_map(|(link, target)| match target {
        Target::Document { id: to, fragment, found: false } => Some((link, *to, fragment)),
        _ => None,
    });
    let mut report = |(link, to, fragment): (&WrittenLink, DocumentId, &String)| {
        let target = context.corpus.get(to)?;
        let message = if to == id {
            format!("no heading of this document is called `#{fragment}`")
        } else {
            format!("no heading of `{}` is called `#{fragment}`", target.head().path)
        };
        let finding = BROKEN_ANCHOR.finding(&head.path, link.target.span, message);
        let headings = target.body().sections.iter().map(|section| &*section.id);
        Some(match guesses.nearest(fragment, headings) {
            Some(meant) => finding.help(format!("is `#{meant}` meant?")),
            None => finding,
        })
    };
    broken.filter_map(&mut report).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::sample::{config, postmortem, section, told, written_link};
    use crate::markdown::LinkOrigin;
    use crate::model::Corpus;

    #[test]
    fn the_heading_meant_is_guessed() {
        let mut from = postmortem("content/a.md");
        Arc::make_mut(&mut from.body).sections = vec![section("", "Impact", "x", 0)];
        let links = ["b.md#root-cuase", "b.md#appendix", "b.md#root-cause", "b.md", "#imapct", "#impact"];
        from.head.links = links.iter().enumerate().map(|(n, target)| written_link(target, LinkOrigin::Inline, n * 20)).collect();
        let mut to = postmortem("content/b.md");
        Arc::make_mut(&mut to.body).sections = vec![section("root-cause", "Root cause", "x", 0)];
        let corpus = Corpus { postmortems: vec![Arc::new(from), Arc::new(to)], pages: Vec::new() };
        assert_eq!(
            told(&BROKEN_ANCHOR, &corpus, &config()),
            "content/a.md:0..15: no heading of `content/b.md` is called `#root-cuase`\n  \
               help: is `#root-cause` meant?\n\
             content/a.md:20..33: no heading of `content/b.md` is called `#appendix`\n\
             content/a.md:80..87: no heading of this document is called `#imapct`\n  \
               help: is `#impact` meant?\n"
        );
    }
}
