//! `internal-host`

use regex::Regex;

use crate::check::passage;
use crate::check::pattern::pattern;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{DocumentRef, Visibility};

declare_rule! {
    /// The public reads the name of a host that only the organisation can reach, in words or in code.
    ///
    /// ## Why
    ///
    /// Names of hosts tell an attacker what there is and how it is called, and tell the reader nothing. A command is the usual place
    /// where one is left over: it was copied as it was run.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// We restarted db1.corp.example.com by hand.
    /// ```
    ///
    /// ## Instead
    ///
    /// ```markdown
    /// We restarted the primary database by hand.
    ///
    /// > [!INTERNAL]
    /// > It was db1.corp.example.com.
    /// ```
    ///
    /// ## Options
    ///
    /// Only documents with `visibility: public` are looked at, and only for the hosts that the site calls its own. Links to such hosts are
    /// told by `internal-link`.
    ///
    /// ```toml
    /// [privacy]
    /// internal_hosts = ["corp.example.com"]
    /// ```
    static INTERNAL_HOST = { name: "internal-host", group: Public, level: Error, in_draft: Warning, run: Run::Corpus(find) }
}

fn find(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(hosts) = hosts(context.config) else { return Vec::new() };
    let documents = context.corpus.documents().map(|(_, document)| document);
    documents
        .filter(|document| document.visibility() == Visibility::Public)
        .flat_map(|document| find_in(context, document, &hosts))
        .collect()
}

/// The hosts that a site calls its own; nothing where it names none.
pub(in crate::check) fn hosts(config: &Config) -> Option<Regex> {
    let known: Vec<String> = config.privacy.internal_hosts.iter().map(|host| regex::escape(host)).collect();
    (!known.is_empty()).then(|| pattern(&format!(r"(?i-u)\b(?:[a-z0-9_-]+\.)*(?:{})\b", known.join("|"))))
}

fn find_in(context: &Context<'_>, document: DocumentRef<'_>, hosts: &Regex) -> Vec<Diagnostic> {
    let head = document.head();
    let text = context.text(&head.path);
    let withheld = &document.head().withheld;
    let mut places = Vec::new();
    // What is written where words or code stand, code and all.
    for passage in passage::of_public(document, withheld) {
        let start = passage.span.range().start;
        let found = hosts.find_iter(passage.span.slice(text)).map(|found| Span::new(start + found.start(), start + found.end()));
        places.extend(found.filter(|span| is_whole(text, *span) && !withheld.hides(*span)));
    }
    let mut links: Vec<Span> = head.links.iter().map(|link| link.target.span).collect();
    links.sort_unstable();
    let is_link = |span: &Span| {
        let begun = links.partition_point(|link| link.start <= span.start);
        links.get(..begun).and_then(<[Span]>::last).is_some_and(|link| link.contains(*span))
    };
    places.retain(|span| !is_link(span));
    places.sort_unstable();
    places.dedup();
    let tell = |span: Span| {
        let finding = INTERNAL_HOST.finding(&head.path, span, format!("the internal host `{}` is named in public", span.slice(text)));
        finding.help("say what it is for, and put the name into a `> [!INTERNAL]` quote")
    };
    places.into_iter().map(tell).collect()
}

/// Whether it is the whole of a name, and not the host of a mail address.
pub(in crate::check) fn is_whole(text: &str, span: Span) -> bool {
    let (before, after) = (text.get(..span.range().start).unwrap_or_default(), text.get(span.range().end..).unwrap_or_default());
    let goes_on = after.strip_prefix(['.', '-']).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()));
    !before.ends_with(['@', '.', '-']) && !goes_on
}
