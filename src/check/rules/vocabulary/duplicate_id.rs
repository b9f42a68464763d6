//! `duplicate-id`

use std::collections::HashMap;

use crate::check::rule::declare_rule;
use crate::check::{Context, Run};
use crate::diagnostic::Diagnostic;
use crate::model::Postmortem;

declare_rule! {
    /// Two postmortems have the same `id`.
    ///
    /// ## Why
    ///
    /// The id is what other documents, trackers and people refer to. When two incidents share one, every reference to it is a coin toss:
    /// links go to whichever file comes first.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// # content/postmortems/2024-03-01-checkout.md
    /// id: INC-2024-007
    /// # content/postmortems/2024-05-12-dns.md
    /// id: INC-2024-007
    /// ```
    ///
    /// ## Instead
    ///
    /// Give the later one an id of its own. Case and surrounding blanks do not make a difference. A postmortem without an `id` goes by its
    /// file name.
    static DUPLICATE_ID = { name: "duplicate-id", group: Vocabulary, level: Error, run: Run::Corpus(find) }
}

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut first: HashMap<String, &Postmortem> = HashMap::new();
    let mut findings = Vec::new();
    for postmortem in &context.corpus.postmortems {
        if context.entries(&postmortem.head, "id").next().is_none() {
            continue;
        }
        let id = postmortem.id.value.trim();
        match first.get(&id.to_lowercase()) {
            None => {
                first.insert(id.to_lowercase(), postmortem);
            }
            Some(other) => {
                let message = format!("the id `{id}` is taken by `{}`", other.head.path);
                let finding = DUPLICATE_ID.finding(&postmortem.head.path, postmortem.id.span, message);
                findings.push(finding.also(&other.head.path, other.id.span, "first used here").help("give one of the two another id"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::sample::{config, entry, postmortem, told};
    use crate::diagnostic::Spanned;
    use crate::model::Corpus;

    fn with_id(path: &str, id: &str) -> Arc<Postmortem> {
        let mut document = postmortem(path);
        let entry = entry("ID", id, 4);
        document.id = Spanned::new(id.to_owned(), entry.value.span);
        document.head.metadata.entries.push(entry);
        Arc::new(document)
    }

    #[test]
    fn both_files_are_named() {
        let postmortems = vec![with_id("content/a.md", "INC-7"), with_id("content/b.md", "inc-7"), with_id("content/c.md", "INC-8")];
        assert_eq!(
            told(&DUPLICATE_ID, &Corpus { postmortems, pages: Vec::new() }, &config()),
            "content/b.md:8..13: the id `inc-7` is taken by `content/a.md`\n  \
               content/a.md:8..13: first used here\n  \
               help: give one of the two another id\n"
        );
    }

    #[test]
    fn a_shared_file_name_is_no_shared_id() {
        let postmortems = vec![Arc::new(postmortem("content/2024/dns.md")), Arc::new(postmortem("content/2025/dns.md"))];
        assert_eq!(told(&DUPLICATE_ID, &Corpus { postmortems, pages: Vec::new() }, &config()), "");
    }
}
