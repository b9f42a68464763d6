//! `unknown-field`

use std::collections::BTreeMap;

use crate::check::rule::declare_rule;
use crate::check::{Context, Run};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, SourcePath, Span, did_you_mean};

declare_rule! {
    /// A key of the metadata that no field answers to.
    ///
    /// ## Why
    ///
    /// A misspelt key is silently without effect: `severty: sev1` leaves the incident without a severity. The key is kept and handed to
    /// templates, so a key of your own does no harm; it is only worth a word that nothing built in reads it.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// severty: sev1
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// severity: sev1
    /// ```
    ///
    /// ## Options
    ///
    /// Each key is told once, at the first file that has it, with the number of files. A key that is meant can be listed, another name for a
    /// field can be taught, and below `x` anything goes:
    ///
    /// ```toml
    /// [fields]
    /// extra = ["pager_policy"]
    /// sev = "severity"
    /// ```
    static UNKNOWN_FIELD = { name: "unknown-field", group: Metadata, level: Warning, run: Run::Corpus(find) }
}

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut keys: BTreeMap<&str, (&SourcePath, Span, usize)> = BTreeMap::new();
    for (_, document) in context.corpus.documents() {
        let head = document.head();
        for entry in head.extra.iter().filter(|entry| !is_welcome(context.config, &entry.key.value)) {
            let first = keys.entry(&entry.key.value).or_insert((&head.path, entry.key.span, 0));
            first.2 += 1;
            // Postmortems come before pages, whatever their paths.
            if head.path < *first.0 {
                (first.0, first.1) = (&head.path, entry.key.span);
            }
        }
    }
    keys.into_iter().map(|(key, (path, span, files))| report(context.config, key, path, span, files)).collect()
}

/// Whether the site keeps such a key without a word.
fn is_welcome(config: &Config, key: &str) -> bool {
    key == "x" || config.fields.is_extra(key)
}

fn report(config: &Config, key: &str, path: &SourcePath, span: Span, files: usize) -> Diagnostic {
    let message = if files == 1 { format!("unknown field `{key}`") } else { format!("unknown field `{key}`, in {files} files") };
    let finding = UNKNOWN_FIELD.finding(path, span, message);
    match did_you_mean(key, config.fields.known.keys().map(String::as_str)) {
        Some(meant) => finding.help(format!("is `{meant}` meant?")),
        None => finding.help("a key of your own can be listed in site.toml: [fields] extra"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::sample::{entry, page, postmortem, told};
    use crate::model::Corpus;

    #[test]
    fn a_key_is_told_once_at_its_first_file() {
        let config = crate::check::sample::config();
        let mut first = postmortem("content/postmortems/a.md");
        first.head.extra = vec![entry("severty", "sev1", 4), entry("pager", "x", 30), entry("x", "", 40)];
        let mut second = postmortem("content/postmortems/b.md");
        second.head.extra = vec![entry("pager", "x", 4), entry("weight", "5", 20)];
        let mut about = page("content/about.md");
        about.head.extra = vec![entry("pager", "x", 8)];
        let corpus = Corpus { postmortems: vec![Arc::new(first), Arc::new(second)], pages: vec![Arc::new(about)] };
        assert_eq!(
            told(&UNKNOWN_FIELD, &corpus, &config),
            "content/about.md:8..13: unknown field `pager`, in 3 files\n  \
               help: a key of your own can be listed in site.toml: [fields] extra\n\
             content/postmortems/a.md:4..11: unknown field `severty`\n  \
               help: is `severity` meant?\n"
        );
    }
}
