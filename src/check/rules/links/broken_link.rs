//! `broken-link`

use std::collections::BTreeMap;

use crate::check::guess::Guesses;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run};
use crate::diagnostic::{Diagnostic, SourcePath, Spanned};
use crate::knowledge::Target;
use crate::markdown::LinkOrigin;
use crate::model::{Head, Related, WrittenLink};

declare_rule! {
    /// A link leads to a document or file that does not exist. So does an image, an entry of `related`, or a reference without a
    /// definition.
    ///
    /// ## Why
    ///
    /// What a postmortem leans on has to be there for the reader, and a link that leads nowhere is not counted where it should be: the other
    /// document does not know that it is mentioned.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// The same fault as in [the first outage](../2019-checkout.md), see [[CS-2019-009]] and [the log][log].
    /// ```
    ///
    /// ## Instead
    ///
    /// Write the path of the file as seen from this one, with or without `.md`, or name a document by id, slug, file name or title in
    /// double square brackets:
    ///
    /// ```markdown
    /// The same fault as in [the first outage](2019-checkout.md), see [[CS-2019-002]] and [the log][log].
    ///
    /// [log]: https://example.org/log
    /// ```
    ///
    /// Addresses of other sites are not followed: a check has to say the same without a network.
    static BROKEN_LINK = { name: "broken-link", group: Links, level: Error, run: Run::Corpus(find) }
}

/// How many guesses at the file that was meant one run may make.
const GUESSES: usize = 50;

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut library = Library::new(context);
    let mut findings = Vec::new();
    for (id, targets) in context.knowledge.references.iter() {
        let Some(document) = context.corpus.get(id) else { continue };
        let head = document.head();
        let broken = head.links.iter().zip(targets).filter(|(_, target)| **target == Target::Broken);
        findings.extend(broken.map(|(link, _)| report_link(head, link, &mut library)));
    }
    for postmortem in &context.corpus.postmortems {
        let unknown = postmortem.related.iter().filter(|related| is_unknown(context, related));
        findings.extend(unknown.map(|related| report_name(&postmortem.head, &related.id, &mut library)));
    }
    findings
}

fn is_unknown(context: &Context<'_>, related: &Related) -> bool {
    !related.id.value.contains("://") && context.knowledge.references.named(&related.id).is_none()
}

fn report_link(head: &Head, link: &WrittenLink, library: &mut Library<'_>) -> Diagnostic {
    if link.origin == LinkOrigin::Wiki {
        let name = link.target.clone().map(|target| target.split('#').next().unwrap_or_default().trim().to_owned());
        return report_name(head, &name, library);
    }
    let target = link.target.value.trim();
    let what = if link.image { "the image" } else { "the file" };
    let finding = BROKEN_LINK.finding(&head.path, link.target.span, format!("{what} `{target}` does not exist"));
    match library.file(head, target) {
        Some(meant) => finding.help(format!("is `{meant}` meant?")),
        None => finding.help("a path is read from the folder of the document, or from `content` where it begins with `/`"),
    }
}

fn report_name(head: &Head, name: &Spanned<String>, library: &mut Library<'_>) -> Diagnostic {
    let finding = BROKEN_LINK.finding(&head.path, name.span, format!("no document is called `{}`", name.value));
    match library.name(&name.value) {
        Some(meant) => finding.help(format!("is `{meant}` meant?")),
        None => finding.help("a document is named by its id, slug, file name or title"),
    }
}

/// What documents are called, for guesses.
struct Library<'a> {
    files: BTreeMap<&'a str, &'a SourcePath>,
    names: Vec<&'a str>,
    guesses: Guesses,
}

impl<'a> Library<'a> {
    fn new(context: &Context<'a>) -> Self {
        let mut files = BTreeMap::new();
        let mut names = Vec::new();
        for (_, document) in context.corpus.documents() {
            let head = document.head();
            files.entry(head.path.file_name()).or_insert(&head.path);
            names.push(head.slug.value.as_str());
        }
        names.extend(context.corpus.postmortems.iter().map(|postmortem| postmortem.id.value.as_str()));
        Self { files, names, guesses: Guesses::new(GUESSES) }
    }

    /// The path, as seen from a document, of the file that a broken target probably means: one of that name in another folder, else one
    /// with a similar name.
    fn file(&mut self, from: &Head, target: &str) -> Option<String> {
        let path = target.split(['#', '?']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        let with_ending = format!("{name}.md");
        let meant = match self.files.get(name).or_else(|| self.files.get(with_ending.as_str())) {
            Some(path) => path,
            None => self.files.get(self.guesses.nearest(name, self.files.keys().copied())?)?,
        };
        Some(meant.seen_from(from.path.folder()))
    }

    fn name(&mut self, name: &str) -> Option<&'a str> {
        self.guesses.nearest(name, self.names.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::sample::{config, page, postmortem, told, written_link};
    use crate::diagnostic::Span;
    use crate::model::Corpus;

    fn corpus(links: &[(&str, LinkOrigin)], related: &[&str]) -> Corpus {
        let mut from = postmortem("content/postmortems/a.md");
        from.head.links = links.iter().enumerate().map(|(n, (target, origin))| written_link(target, *origin, n * 40)).collect();
        let relation = |(n, id): (usize, &&str)| Related { id: Spanned::new((*id).to_owned(), Span::new(900 + n, 901 + n)), why: None };
        from.related = related.iter().enumerate().map(relation).collect();
        let mut other = postmortem("content/postmortems/2019-checkout.md");
        other.id = Spanned::new("CS-2019-002".to_owned(), Span::new(0, 3));
        Corpus { postmortems: vec![Arc::new(from), Arc::new(other)], pages: vec![Arc::new(page("content/about.md"))] }
    }

    #[test]
    fn what_leads_somewhere_is_not_spoken_of() {
        use LinkOrigin::{Autolink, Inline, Wiki};
        let links = [
            ("2019-checkout.md", Inline),
            ("../about", Inline),
            ("graph.png", Inline),
            ("/incidents/", Inline),
            ("https://example.org/x.md", Autolink),
            ("{{< ref x >}}", Inline),
            ("CS-2019-002", Wiki),
        ];
        assert_eq!(told(&BROKEN_LINK, &corpus(&links, &["cs-2019-002", "https://example.org/1"]), &config()), "");
    }

    #[test]
    fn the_file_meant_is_guessed() {
        use LinkOrigin::{Inline, Wiki};
        let links = [
            ("about.md", Inline),
            ("../2019-chekcout.md#x", Inline),
            ("nowhere/at-all.md", Inline),
            ("CS-2019-020#root-cause", Wiki),
            ("Something else", Wiki),
        ];
        assert_eq!(
            told(&BROKEN_LINK, &corpus(&links, &["CS-2019-003"]), &config()),
            "content/postmortems/a.md:0..8: the file `about.md` does not exist\n  \
               help: is `../about.md` meant?\n\
             content/postmortems/a.md:40..61: the file `../2019-chekcout.md#x` does not exist\n  \
               help: is `2019-checkout.md` meant?\n\
             content/postmortems/a.md:80..97: the file `nowhere/at-all.md` does not exist\n  \
               help: a path is read from the folder of the document, or from `content` where it begins with `/`\n\
             content/postmortems/a.md:120..142: no document is called `CS-2019-020`\n  \
               help: is `CS-2019-002` meant?\n\
             content/postmortems/a.md:160..174: no document is called `Something else`\n  \
               help: a document is named by its id, slug, file name or title\n\
             content/postmortems/a.md:900..901: no document is called `CS-2019-003`\n  \
               help: is `CS-2019-002` meant?\n"
        );
    }

    #[test]
    fn an_image_is_called_an_image() {
        let mut corpus = corpus(&[("missing.svg", LinkOrigin::Inline)], &[]);
        if let Some(from) = corpus.postmortems.first_mut() {
            Arc::make_mut(from).head.links.iter_mut().for_each(|link| link.image = true);
        }
        assert!(told(&BROKEN_LINK, &corpus, &config()).contains("the image `missing.svg` does not exist"));
    }
}
