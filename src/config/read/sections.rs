//! `[sections.<key>]`: further headings for a section, other words for it, or a section of the site's own.

use std::collections::BTreeMap;

use super::super::heading::{HeadingIndex, fold};
use super::super::table::{Findings, INVALID_SETTING, Setting, finding};
use super::super::value;
use super::super::{Config, SectionKind};
use super::{CONFIG_PATH, key, set};
use crate::diagnostic::{SourcePath, Span, Spanned};

/// Lays the sections of the site over the built-in ones; new ones come last.
pub(super) fn sections(entries: &[Setting<'_>], config: &mut Config, findings: &mut Findings) {
    let sections = &mut config.sections;
    let mut positions: BTreeMap<String, usize> = sections.iter().enumerate().map(|(at, section)| (section.key.clone(), at)).collect();
    let mut claims = Claims::new(sections);
    for entry in entries {
        let Some(written) = Written::read(entry, findings) else { continue };
        let at = match positions.get(&written.key) {
            Some(at) => *at,
            None if written.title.is_some() => {
                positions.insert(written.key.clone(), sections.len());
                sections.push(SectionKind { key: written.key.clone(), ..SectionKind::default() });
                sections.len() - 1
            }
            None => {
                let mut refusal = value::unknown(&written.key, "section", positions.keys().map(String::as_str));
                refusal.what.push_str(", and a new one needs a `title`");
                findings.push(entry.refused_key(refusal));
                continue;
            }
        };
        let mut granted = |heading: &Spanned<String>| claims.grant(heading, at, sections, findings);
        let title = written.title.filter(&mut granted);
        let aliases: Vec<_> = written.aliases.into_iter().filter(&mut granted).collect();
        let Some(section) = sections.get_mut(at) else { continue };
        if let Some(title) = title {
            let former = std::mem::replace(&mut section.title, title.value);
            section.aliases.extend(Some(former).filter(|former| !former.is_empty()));
        }
        set(&mut section.prompt, written.prompt);
        section.aliases.extend(aliases.into_iter().map(|alias| alias.value));
    }
    for (at, section) in sections.iter_mut().enumerate() {
        section.aliases.retain(|alias| claims.is_of(alias, at));
    }
    // A new section whose title was refused has no name to go by.
    sections.retain(|section| !section.title.is_empty());
    config.headings = HeadingIndex::new(sections);
}

/// What the site has written of a section.
struct Written {
    key: String,
    title: Option<Spanned<String>>,
    prompt: Option<String>,
    aliases: Vec<Spanned<String>>,
}

impl Written {
    fn read(entry: &Setting<'_>, findings: &mut Findings) -> Option<Self> {
        let mut table = entry.table(findings)?;
        let title = table.ask("title").and_then(|title| title.text(value::filled, findings));
        let prompt = table.text("prompt", value::any, findings);
        let aliases = table.texts("aliases", value::filled, findings).unwrap_or_default();
        table.finish(findings);
        Some(Self { key: key(entry, findings)?, title, prompt, aliases })
    }
}

/// Whose each folded heading is.
struct Claims(BTreeMap<String, Claim>);

/// The position of a section, and by what right it has a heading.
enum Claim {
    /// It is its title.
    Title(usize),
    /// It is a built-in alias, which the site may give to another.
    BuiltIn(usize),
    /// The site says so, here.
    Site(usize, Span),
}

impl Claims {
    fn new(sections: &[SectionKind]) -> Self {
        let mut claims = BTreeMap::new();
        for (at, section) in sections.iter().enumerate() {
            claims.extend(section.aliases.iter().map(|alias| (fold(alias), Claim::BuiltIn(at))));
            claims.insert(fold(&section.title), Claim::Title(at));
        }
        Self(claims)
    }

    /// Gives a heading to the section at `at`, unless it says nothing, is the title of another or has been given to another before.
    fn grant(&mut self, heading: &Spanned<String>, at: usize, sections: &[SectionKind], findings: &mut Findings) -> bool {
        let folded = fold(heading);
        let key = |at: usize| sections.get(at).map_or("", |section| section.key.as_str());
        let invalid = |what: String| finding(INVALID_SETTING, heading.span, format!("the heading `{}` {what}", heading.value));
        let refusal = match self.0.get(&folded) {
            _ if folded.is_empty() => invalid("says nothing but numbers, punctuation or remarks".to_owned()),
            Some(Claim::Title(other)) if *other != at => invalid(format!("is the title of the section `{}`", key(*other))),
            Some(Claim::Site(other, first)) if *other != at => {
                let taken = invalid(format!("already stands for the section `{}`", key(*other)));
                taken.also(&SourcePath::from(CONFIG_PATH), *first, "given to it here")
            }
            Some(Claim::Title(_)) => return true,
            _ => {
                self.0.insert(folded, Claim::Site(at, heading.span));
                return true;
            }
        };
        findings.push(refusal);
        false
    }

    /// Whether a heading belongs to the section at `at`.
    fn is_of(&self, heading: &str, at: usize) -> bool {
        match self.0.get(&fold(heading)) {
            Some(Claim::Title(owner) | Claim::BuiltIn(owner) | Claim::Site(owner, _)) => *owner == at,
            None => false,
        }
    }
}
