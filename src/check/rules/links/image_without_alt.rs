//! `image-without-alt`

use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::Diagnostic;
use crate::model::WrittenLink;

declare_rule! {
    /// An image without a description.
    ///
    /// ## Why
    ///
    /// Who hears the page instead of seeing it, searches it, or reads it where the image did not load, learns nothing of what it shows; and what
    /// a graph shows is often the proof of the whole account.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ![](error-rate.png)
    /// ```
    ///
    /// ## Instead
    ///
    /// Say what is to be seen, not that it is an image:
    ///
    /// ```markdown
    /// ![Errors rise from 0 to 32% at 10:02 and fall back at 10:42](error-rate.png)
    /// ```
    static IMAGE_WITHOUT_ALT = { name: "image-without-alt", group: Links, level: Warning, run: Run::Document(find) }
}

fn find(_: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let head = subject.head();
    let images = head.links.iter().filter(|link| link.image && link.wordless);
    let report = |link: &WrittenLink| {
        let finding =
            IMAGE_WITHOUT_ALT.finding(&head.path, link.span, format!("the image `{}` has no description", link.target.value.trim()));
        finding.help("say between the brackets what is to be seen in it")
    };
    images.map(report).collect()
}
