//! The list of post-mortems that Dan Luu keeps: <https://github.com/danluu/post-mortems>, a `README.md` of paragraphs under headings, each a link with the name of a company and
//! a few sentences: `[Company](https://…). What happened.`

use std::collections::BTreeMap;

use super::draft::Draft;
use super::markdown::beginning;
use super::yaml::Yaml;
use super::{Format, Imported, Outcome, Skipped, fields, html};
use crate::config::Config;
use crate::diagnostic::Span;
use crate::markdown::text::{on_one_line, plain_text};
use crate::markdown::{self, BlockKind, Inline, InlineKind, LinkOrigin};

/// Parts of the list that are no incidents.
const OTHERS: [&str; 5] = ["table of contents", "other lists of postmortems", "analysis", "contributors", "contributing"];

/// What the headings of the list say of the cause.
const CAUSES: [(&str, &str); 4] = [
    ("config errors", "change/config"),
    ("hardware/power failures", "infrastructure/hardware"),
    ("conflicts", "software/concurrency"),
    ("time", "software/time"),
];

/// Makes a draft of every entry.
#[must_use]
pub fn read(text: &str, config: &Config) -> Imported {
    let mut imported = Imported::default();
    let mut heading = String::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for block in &markdown::read(text, Span::new(0, text.len())).blocks {
        match &block.kind {
            BlockKind::Heading(found) => {
                heading = if found.level == 1 { String::new() } else { on_one_line(&plain_text(&found.content)) };
                if OTHERS.contains(&heading.to_lowercase().as_str()) {
                    imported.skipped.push(Skipped {
                        from: heading.clone(),
                        why: "this part of the list has no incidents".to_owned(),
                        wants_review: false,
                    });
                }
            }
            BlockKind::Comment(_) | BlockKind::Html(_) | BlockKind::Rule => {}
            _ if OTHERS.contains(&heading.to_lowercase().as_str()) => {}
            BlockKind::Paragraph(content) if !heading.is_empty() => match entry(content, block.span, text) {
                Some(entry) => {
                    let id = entry.source.clone().unwrap_or_else(|| format!("{heading}: {}", entry.company));
                    let count = seen.entry(id.clone()).or_default();
                    *count += 1;
                    let id = if *count == 1 { id } else { format!("{id} ({count})") };
                    imported.drafts.push(draft(id, entry, &heading, block.span.slice(text), config));
                }
                None => imported.skipped.push(unread(block.span.slice(text))),
            },
            _ => imported.skipped.push(unread(block.span.slice(text))),
        }
    }
    imported
}

fn unread(text: &str) -> Skipped {
    Skipped { from: beginning(&on_one_line(text)), why: "it does not begin with the name of a company".to_owned(), wants_review: true }
}

struct Entry {
    company: String,
    source: Option<String>,
    description: String,
}

/// The parts of a paragraph: a link and what follows it, or a name, a full stop and the rest.
fn entry(content: &[Inline], span: Span, text: &str) -> Option<Entry> {
    let first = content.first()?;
    if let InlineKind::Link(link) = &first.kind
        && link.origin == LinkOrigin::Inline
    {
        let rest = text.get(first.span.end as usize..span.end as usize)?;
        let description = rest.trim_start_matches(['.', ',', ':', ' ', '\n']).trim();
        let company = on_one_line(&plain_text(&link.content));
        return Some(Entry { company, source: Some(link.target.to_string()), description: description.to_owned() })
            .filter(|entry| !entry.company.is_empty());
    }
    let (company, description) = span.slice(text).split_once(". ")?;
    let is_name = company.split_whitespace().count() <= 4 && !company.contains(['[', '<', '*', '`']);
    is_name.then(|| Entry { company: company.trim().to_owned(), source: None, description: description.trim().to_owned() })
}

fn draft(id: String, entry: Entry, heading: &str, written: &str, config: &Config) -> Draft {
    let Entry { company, source, description } = entry;
    let mut draft = Draft::new(Format::Danluu, id, written);
    let description = html::to_markdown(&mut draft, &description);
    let plain = markdown::read(&description, Span::new(0, description.len()));
    let begins = beginning(&on_one_line(&markdown::text::block_text(&plain.blocks)));
    let title = if begins.is_empty() { format!("{company}: a post-mortem") } else { format!("{company}: {begins}") };
    draft.note(Outcome::Mapped, "company and first sentence", "title", "");
    draft.set("title", Yaml::text(title));
    draft.note(Outcome::Mapped, "danluu/post-mortems", "kind", "a summary of somebody else's incident");
    draft.set("kind", Yaml::text("catalogue"));
    match source {
        Some(source) => {
            draft.note(Outcome::Mapped, "link", "source", "");
            draft.set("source", Yaml::text(source));
        }
        None => draft.note(Outcome::Guessed, &company, "company", "the entry has no link, and begins with what may be a name"),
    }
    if config.taxonomies.iter().any(|taxonomy| taxonomy.field.eq_ignore_ascii_case("company")) {
        draft.note(Outcome::Mapped, "company", "company", "");
        draft.set("company", Yaml::text(company));
    } else {
        draft.keep("company", Yaml::text(company), "no field answers to it");
    }
    let lower = heading.to_lowercase();
    if lower != "uncategorized" {
        fields::add(&mut draft, "heading", "tags", &lower);
    }
    let cause = CAUSES.iter().find(|(name, _)| *name == lower).and_then(|(_, cause)| config.causes.resolve(cause));
    if let Some(cause) = cause {
        draft.note(
            Outcome::Guessed,
            format!("heading {heading}"),
            "root_causes",
            format!("`{cause}` is the nearest leaf to the heading it stands under"),
        );
        fields::add(&mut draft, "", "root_causes", &cause);
    }
    if !description.is_empty() {
        draft.body = format!("## Summary\n\n{description}\n");
    }
    draft
}
