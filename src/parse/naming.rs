//! People named in a text, and what stands in their place: to the public their role, to the organisation the name for an `@id`.
//!
//! A place is changed only where words stand: in the text itself and in values of the metadata, not in code, addresses, keys or raw HTML.

use super::field::Fields;
use crate::config::{Config, Naming, Person};
use crate::diagnostic::Span;
use crate::frontmatter::{Mapping, Node, Value};
use crate::markdown::text::capitalised;
use crate::markdown::{self, Block, Inline, InlineKind};
use crate::model::{ActionItem, Named};

/// Fields whose values are keys or addresses, or become such: a role in their place would be another incident, another page, another term.
const KEYS: [&str; 12] =
    ["id", "slug", "aliases", "kind", "severity", "services", "tags", "trigger", "related", "source", "archive", "plan_used"];

/// The same of what entries of other fields say.
const KEYS_WITHIN: [&str; 9] = ["id", "path", "url", "link", "href", "address", "hash", "tx", "commit"];

/// Finds who is named in the `body` of a `source` and in its metadata. In English a role is given its article.
pub(super) fn read(fields: &Fields<'_>, metadata: &Mapping, (blocks, body): (&[Block], Span), source: &str, config: &Config) -> Vec<Named> {
    if config.people.is_empty() {
        return Vec::new();
    }
    let is_english = config.site.language.split(['-', '_']).next().is_some_and(|language| language.eq_ignore_ascii_case("en"));
    let mut reader = Reader { source, config, is_english, addresses: Vec::new(), named: Vec::new() };
    // Whoever is thanked by name has agreed to it; whoever is named in what they are thanked for has not.
    let thanks = fields.get("acknowledgements").map(|node| node.span);
    for entry in &metadata.entries {
        let is_key = config.fields.canonical(&entry.key).is_some_and(|field| KEYS.contains(&field))
            || config.taxonomies.iter().any(|taxonomy| *taxonomy.field == *entry.key.value);
        if Some(entry.value.span) == thanks {
            reader.thanks(&entry.value);
        } else {
            reader.value(&entry.value, is_key);
        }
    }
    let mut words = Vec::new();
    markdown::walk::texts(blocks, &mut |inlines| runs(inlines, &mut words));
    words.sort_unstable();
    // An address may be the text of its link, too.
    markdown::walk::links(blocks, &mut |_, link, _| reader.addresses.push(link.target_span));
    reader.addresses.sort_unstable();
    reader.within(body, &words, Place::Text);
    reader.named
}

/// Marks those that say who sees to an action.
pub(super) fn mark_owners(named: &mut [Named], actions: &[ActionItem]) {
    if named.is_empty() {
        return;
    }
    let mut owners: Vec<Span> = actions.iter().filter_map(|action| Some(action.owner.as_ref()?.span)).collect();
    owners.sort_unstable();
    for named in named {
        named.is_owner = holding(&owners, named.span).is_some();
    }
}

/// The stretch that a place lies in; they are in order.
fn holding(stretches: &[Span], span: Span) -> Option<&Span> {
    let begun = stretches.partition_point(|stretch| stretch.start <= span.start);
    stretches.get(..begun).and_then(<[Span]>::last).filter(|stretch| stretch.contains(span))
}

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Metadata,
}

struct Reader<'a> {
    source: &'a str,
    config: &'a Config,
    is_english: bool,
    /// Where links lead, in order.
    addresses: Vec<Span>,
    named: Vec<Named>,
}

impl Reader<'_> {
    fn value(&mut self, node: &Node, is_key: bool) {
        match &node.value {
            Value::Scalar(_) if is_key => self.within(node.span, &[], Place::Metadata),
            Value::Scalar(_) => self.within(node.span, &[node.span], Place::Metadata),
            Value::Sequence(items) => items.iter().for_each(|item| self.value(item, is_key)),
            Value::Mapping(mapping) => {
                for entry in &mapping.entries {
                    // What an impact is on is a key, and is shown.
                    self.within(entry.key.span, &[entry.key.span], Place::Metadata);
                    self.value(&entry.value, KEYS_WITHIN.contains(&&*entry.key.value));
                }
            }
        }
    }

    /// The value of `acknowledgements`, but for the names of those who are thanked and where they are found.
    fn thanks(&mut self, node: &Node) {
        match &node.value {
            Value::Scalar(_) => {}
            Value::Sequence(items) => items.iter().for_each(|item| self.thanks(item)),
            Value::Mapping(mapping) => {
                let said = mapping.entries.iter().filter(|entry| !matches!(&*entry.key.value, "name" | "who" | "link" | "url" | "href"));
                said.for_each(|entry| self.value(&entry.value, false));
            }
        }
    }

    /// Whoever is named between two places; `words` are the stretches of it that can be changed, in order.
    fn within(&mut self, region: Span, words: &[Span], place: Place) {
        let text = region.slice(self.source);
        for naming in self.config.people.named_in(text) {
            let start = region.start as usize;
            let span = Span::new(start + naming.range.start, start + naming.range.end);
            let can_change = holding(words, span).is_some() && holding(&self.addresses, span).is_none();
            let stands = |words: String| (can_change && can_stand(&words, place)).then(|| words.into_boxed_str());
            let before = near(text, naming.range.start);
            let role = Some(naming.person.role.trim()).filter(|role| naming.is_sure() && !role.is_empty());
            let in_public = role.and_then(|role| stands(if self.is_english { with_article(role, before) } else { role.to_owned() }));
            let internally = name_for(&naming, span.slice(self.source)).and_then(stands);
            self.named.push(Named { span, in_public, internally, is_owner: false });
        }
    }
}

/// What stands before a place: as much as can tell how a sentence begins there. Whole lines may be as long as the file.
fn near(text: &str, at: usize) -> &str {
    const NEAR: usize = 240;
    let from = (at.saturating_sub(NEAR)..at).find(|from| text.is_char_boundary(*from)).unwrap_or(at);
    text.get(from..at).unwrap_or_default()
}

/// The name that stands for an id.
fn name_for(naming: &Naming<'_>, written: &str) -> Option<String> {
    let Person { name, .. } = naming.person;
    (written.starts_with('@') && name != naming.id).then(|| name.clone())
}

/// Whether words are words wherever they come to stand, and no markup.
fn can_stand(words: &str, place: Place) -> bool {
    let is_harmless = |c: char| {
        c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.') || (place == Place::Text && matches!(c, '\'' | '’' | '(' | ')' | ','))
    };
    words.chars().all(is_harmless)
}

/// "the on-call engineer", "The on-call engineer" where a sentence begins; no article where there is one.
fn with_article(role: &str, before: &str) -> String {
    let has_article = |words: &str, articles: &[&str]| {
        articles.iter().any(|article| {
            words.len() > article.len() && words.get(..article.len()).is_some_and(|first| first.eq_ignore_ascii_case(article))
        })
    };
    let last_word = before.trim_end().rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let role = uncapitalised(role);
    if before.ends_with(' ') && ["the", "our", "a", "an"].iter().any(|article| last_word.eq_ignore_ascii_case(article)) {
        return role;
    }
    let role = if has_article(&role, &["the ", "a ", "an ", "our "]) { role } else { format!("the {role}") };
    if begins_sentence(before) { capitalised(&role) } else { role }
}

/// Whether a place is the beginning of a sentence, a list item, a cell or an event, as far as what stands before it in the text can tell.
fn begins_sentence(before: &str) -> bool {
    let (above, line) = before.rsplit_once('\n').map_or(("", before), |(above, line)| (above, line));
    let cell = line.rsplit('|').next().unwrap_or_default();
    let marks = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '"' | '\'' | '“' | '‘' | '(' | '[' | '>');
    match cell.trim_end_matches(marks).chars().next_back() {
        Some('.' | '!' | '?') => true,
        Some(_) => is_preamble(cell),
        // Nothing but marks: a line that goes on from the one above, or a new one.
        None if line.len() == cell.len() => {
            let above = above.rsplit('\n').next().unwrap_or_default().trim_end_matches(marks);
            above.is_empty() || above.ends_with(['.', '!', '?', '|'])
        }
        None => true,
    }
}

/// Whether words are what stands before an item or event: marks of a list, a time, a kind in brackets.
fn is_preamble(words: &str) -> bool {
    let mut in_brackets = false;
    words.split_whitespace().all(|word| {
        let was_in_brackets = in_brackets || word.starts_with('[');
        in_brackets = was_in_brackets && !word.ends_with(']');
        let is_zone = || word.len() <= 5 && word.chars().all(|c| c.is_ascii_uppercase() || !c.is_alphabetic());
        was_in_brackets || word.chars().any(|c| c.is_ascii_digit()) || is_zone()
    })
}

/// Words without a capital at the beginning, unless they begin with an abbreviation.
fn uncapitalised(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}

/// The stretches of nothing but words in a text, across its line ends.
fn runs(inlines: &[Inline], runs: &mut Vec<Span>) {
    let mut open: Option<Span> = None;
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(_) | InlineKind::SoftBreak => open = Some(open.map_or(inline.span, |run| run.to(inline.span))),
            _ => runs.extend(open.take()),
        }
    }
    runs.extend(open);
}

#[cfg(test)]
mod tests {
    use crate::config;
    use crate::diagnostic::SourcePath;
    use crate::parse::{Role, document};

    const SETTINGS: &str = "[people.ada]\nname = 'Ada Lovelace'\nrole = 'On-call engineer'\n[people.dba]\nname = 'D. Bee'\nrole = 'DBA'\n\
                            [people.nobody]\nname = 'No Role'\n[people.mark]\nname = 'Mark'\nrole = 'Lead'\n[people.odd]\nname = 'Odd One'\nrole = 'a *star*'\n\
                            [taxonomies.company]\n";

    /// Each place with what the public and what the organisation reads there.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        let (config, _) = config::parse(SETTINGS);
        let parsed = document(&SourcePath::from("content/a.md"), text, Role::Page, &config);
        let named = &parsed.document.borrowed().head().named;
        let named: Vec<_> = named
            .iter()
            .map(|named| (named.span.slice(text), named.in_public.as_deref().unwrap_or("-"), named.internally.as_deref().unwrap_or("-")))
            .collect();
        assert_eq!(named, expected, "{text:?}");
    }

    #[test]
    fn a_role_stands_for_a_name() {
        check(
            "By @ada and Ada\nLovelace.",
            &[("@ada", "the on-call engineer", "Ada Lovelace"), ("Ada\nLovelace", "the on-call engineer", "-")],
        );
        check("By Ada Love\u{ad}lace, `ada.lovelace`.", &[("Ada Love\u{ad}lace", "the on-call engineer", "-"), ("ada.lovelace", "-", "-")]);
        check("It failed. @dba, then the @dba", &[("@dba", "The DBA", "D. Bee"), ("@dba", "DBA", "D. Bee")]);
        check(
            "---\ntitle: Ada Lovelace saw\nsummary: 'as @ada saw'\n---\n",
            &[("Ada Lovelace", "The on-call engineer", "-"), ("@ada", "the on-call engineer", "Ada Lovelace")],
        );
    }

    #[test]
    fn a_sentence_begins_where_nothing_but_a_time_stands_before() {
        let capital = |text: &str| check(text, &[("@ada", "The on-call engineer", "Ada Lovelace")]);
        for text in [
            "@ada",
            "- @ada",
            "- **@ada**",
            "a\n\n@ada",
            "a.\n@ada",
            "- 14:05 [decision] @ada",
            "- 2024-03-17 14:05 UTC: @ada",
            "1. @ada",
            "> @ada",
        ] {
            capital(text);
        }
        capital("| a | b |\n|---|---|\n| 14:05 | @ada |\n");
        for text in ["a\n@ada", "It was (@ada", "a, @ada", "at 14:05 @ada"] {
            check(text, &[("@ada", "the on-call engineer", "Ada Lovelace")]);
        }
    }

    #[test]
    fn a_name_stays_where_no_words_can_stand_and_nobody_is_sure() {
        check(
            "---\nslug: ada-lovelace\ntags: [dns, Ada_Lovelace]\ncompany: Ada Lovelace\nevidence: [{path: ada-lovelace.txt, note: by @dba}]\n---\nA. Lovelace",
            &[
                ("ada-lovelace", "-", "-"),
                ("Ada_Lovelace", "-", "-"),
                ("Ada Lovelace", "-", "-"),
                ("ada-lovelace", "-", "-"),
                ("@dba", "the DBA", "D. Bee"),
                ("A. Lovelace", "-", "-"),
            ],
        );
        check(
            "`@ada` <https://x.example/@ada> @nobody Mark @odd",
            &[("@ada", "-", "-"), ("@ada", "-", "-"), ("@nobody", "-", "No Role"), ("Mark", "-", "-"), ("@odd", "-", "Odd One")],
        );
        check("---\nacknowledgements: [{name: Ada Lovelace, consent: true}]\n---\n", &[]);
        check(
            "---\nacknowledgements: [{name: Ada Lovelace, consent: true, contribution: 'with @dba'}]\nimpact: {Ada Lovelace: 3}\n---\n",
            &[("@dba", "the DBA", "D. Bee"), ("Ada Lovelace", "The on-call engineer", "-")],
        );
    }
}
