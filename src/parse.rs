//! One file, understood: metadata and text to the words of [`crate::model`].
//!
//! Nothing here fails. What cannot be understood is a finding, and the field, row or item it stands in is left out or kept as text; the
//! document is there all the same. In reading order: `field` sorts the metadata, `title` and `name` say what the document is called,
//! `directive` reads the comments meant for us, `naming` finds who is named, `section` takes the body apart, `body` finds `timeline` and `action` in it, and
//! `milestone`, `cause`, `record`, `involved`, `evidence` and `training` say what it came to. `moment` and `quantity` read every point in time and every amount;
//! `vocabulary` holds the words people use.

mod action;
mod body;
mod cause;
mod directive;
mod evidence;
mod field;
mod finding;
mod inline;
mod involved;
mod milestone;
mod moment;
mod name;
mod naming;
mod plan;
mod quantity;
mod record;
mod section;
mod setting;
#[cfg(test)]
mod tests;
mod timeline;
mod title;
mod training;
mod vocabulary;

use std::sync::Arc;

use jiff::tz::TimeZone;
use unicode_segmentation::UnicodeSegmentation as _;

use self::field::Fields;
use self::finding::Findings;
use self::section::Outline;
use crate::config::{ActionAspect, Config};
use crate::diagnostic::{RuleName, SourcePath, Span, Spanned};
use crate::frontmatter::{self, Entry, FrontMatter, Mapping, Node};
use crate::markdown::text::plain_text;
use crate::markdown::walk::LinkRole;
use crate::markdown::{self, Block};
use crate::model::{AnyDocument, Head, Moment, Page, Parsed, Postmortem, Severity, Stage, WrittenLink};

pub use self::directive::DIRECTIVES;
pub use self::quantity::reading as quantity;
pub use self::vocabulary::MARKERS;
pub(crate) use self::vocabulary::is_nothing;

/// Metadata that cannot be read as text in its language.
pub const UNREADABLE_FRONT_MATTER: RuleName = RuleName("unreadable-front-matter");
/// Two keys of the metadata for one field.
pub const DUPLICATE_FIELD: RuleName = RuleName("duplicate-field");
/// A date or time that is none.
pub const UNREADABLE_DATE: RuleName = RuleName("unreadable-date");
/// A word where only certain others can stand.
pub const INVALID_VALUE: RuleName = RuleName("invalid-value");
/// A time that clocks showed twice, or never.
pub const AMBIGUOUS_TIME: RuleName = RuleName("ambiguous-time");
/// A milestone that metadata and timeline tell differently.
pub const CONFLICTING_MILESTONE: RuleName = RuleName("conflicting-milestone");
/// A directive or marker that is not understood, or a region that is not closed.
pub const UNKNOWN_DIRECTIVE: RuleName = RuleName("unknown-directive");
/// A reference that leads nowhere.
pub const BROKEN_LINK: RuleName = RuleName("broken-link");
/// Text that is nested too deeply, or links too much, to be read whole.
pub const EXCESSIVE_MARKUP: RuleName = RuleName("excessive-markup");

/// What a file is to the site; its place says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A postmortem.
    Postmortem,
    /// Another page.
    Page,
}

/// Understands one file. Total and linear in the length of `text`; findings are sorted.
#[must_use]
pub fn document(path: &SourcePath, text: &str, role: Role, config: &Config) -> Parsed {
    document_in_part(path, text, role, config, &|_| {})
}

/// The same, as though what `take_out` takes out of the metadata had never been written.
#[must_use]
pub fn document_in_part(path: &SourcePath, text: &str, role: Role, config: &Config, take_out: &dyn Fn(&mut Mapping)) -> Parsed {
    let mut findings = Findings::new(path);
    let mut front = frontmatter::parse(text);
    take_out(&mut front.metadata);
    let mut markdown = markdown::read(text, front.body);
    findings.of_text(&front, &markdown);
    let directives = directive::read(&front.metadata, &markdown.blocks, text, &mut findings);
    let fields = field::gather(&front.metadata, config, &mut findings);
    let given = title::Given {
        title: fields.text("title", &mut findings).and_then(|_| fields.get("title")),
        summary: fields.get("summary").and_then(Node::text),
    };
    let named = naming::read(&fields, &front.metadata, (&markdown.blocks, front.body), text, config);
    let title = title::take(&given, &mut markdown.blocks, text, path, config);
    let head = Head {
        path: path.clone(),
        title: title.inlines,
        title_text: title.text,
        slug: setting::slug(&fields, path, &mut findings),
        language: setting::language(&fields, &mut findings),
        aliases: fields.list("aliases", &mut findings),
        metadata: front.metadata.clone(),
        extra: fields.extra.clone(),
        allowances: directives.allowances,
        body_span: front.body,
        withheld: directives.withheld,
        named,
        words: words(&markdown.blocks),
        links: links(&markdown.blocks),
    };
    let file = File { text, front: &front, config, head, fields };
    let blocks = markdown.blocks;
    let end = front.body.range().end;
    let document = match role {
        Role::Postmortem => {
            let outline = section::by_headings_and_labels(blocks, end, text, config);
            AnyDocument::Postmortem(Arc::new(postmortem(file, outline, &mut findings)))
        }
        Role::Page => AnyDocument::Page(Arc::new(page(file, section::by_headings(blocks, end), &mut findings))),
    };
    Parsed { document, findings: findings.into_sorted() }
}

/// A postmortem as though the entries of its metadata that are `out` had never been written, with its text as it was read; nothing where more hangs on
/// one of them than what it says itself, so that the file has to be read anew.
#[must_use]
pub fn without(postmortem: &Postmortem, config: &Config, out: &dyn Fn(&Entry) -> bool) -> Option<Postmortem> {
    let mut left = postmortem.clone();
    for entry in postmortem.head.metadata.entries.iter().filter(|entry| out(entry)) {
        let is_alone = config.fields.canonical(&entry.key).is_none_or(|field| take_field(&mut left, field));
        if !is_alone || field::taxonomies(&entry.key, config).next().is_some() {
            return None;
        }
        let place = entry.span();
        left.head.named.retain(|named| !place.contains(named.span));
    }
    left.head.metadata.entries.retain(|entry| !out(entry));
    left.head.extra.retain(|entry| !out(entry));
    Some(left)
}

/// Takes out what a field says; false where something else hangs on it.
fn take_field(postmortem: &mut Postmortem, field: &str) -> bool {
    match field {
        "owner" => postmortem.owner = None,
        "authors" => postmortem.authors.clear(),
        "effort_hours" => postmortem.effort_minutes = None,
        "plan_used" => postmortem.plan_used = None,
        "plan_updates" => postmortem.plan_updates.clear(),
        "training" => postmortem.training = None,
        // These are in the metadata alone.
        "roles" | "facilitator" | "review" | "source" | "archive" | "publish_after" | "hold_until" | "imported_from" | "x" => {}
        _ => return false,
    }
    true
}

/// The moment a text names, a date alone included; UTC where it has no zone. Nothing where it is no moment or its day is not known.
#[must_use]
pub fn moment(text: &str) -> Option<Moment> {
    let written = moment::whole(text).ok()??;
    moment::settle(&written, &moment::Anchor::in_zone(&TimeZone::UTC)).map(|settled| settled.moment)
}

/// What a column of a table of actions says of them, by its header.
#[must_use]
pub fn action_aspect(header: &str) -> Option<ActionAspect> {
    action::aspect(header)
}

/// Every link of the text, in order of place.
fn links(blocks: &[Block]) -> Vec<WrittenLink> {
    let mut links = Vec::new();
    markdown::walk::links(blocks, &mut |inline, link, role| {
        links.push(WrittenLink {
            target: Spanned::new(link.target.clone(), link.target_span),
            origin: link.origin,
            span: inline.span,
            image: role == LinkRole::Image,
            wordless: plain_text(&link.content).trim().is_empty(),
        });
    });
    links.sort_by_key(|link| link.target.span);
    links
}

/// A file whose metadata and title are known.
struct File<'a> {
    text: &'a str,
    front: &'a FrontMatter,
    config: &'a Config,
    head: Head,
    fields: Fields<'a>,
}

fn page(file: File<'_>, outline: Outline, findings: &mut Findings<'_>) -> Page {
    Page {
        visibility: setting::visibility(&file.fields, file.front, file.text, findings),
        status: setting::status(&file.fields, file.front, file.text, findings),
        training: training::of_page(&file.fields, findings),
        head: file.head,
        body: body::prose(outline),
    }
}

fn postmortem(file: File<'_>, outline: Outline, findings: &mut Findings<'_>) -> Postmortem {
    let File { text, front, config, mut head, mut fields } = file;
    let stated = setting::zone(&fields, findings).or_else(|| timeline::zone_named(&outline.sections));
    let clock = moment::Anchor {
        stated: stated.is_some(),
        ..moment::Anchor::in_zone(&stated.or_else(|| moment::zone::named(config.site.zone())).unwrap_or(TimeZone::UTC))
    };
    let mut told = milestone::from_metadata(&fields, &clock, findings);
    let anchor = milestone::anchor(&told, &clock, &head.path, &head.title_text);
    let (body, timeline, actions) = body::read(outline, anchor, text, findings);
    naming::mark_owners(&mut head.named, &actions);
    milestone::complete(&mut told, &timeline, findings);
    milestone::settle_date(&mut told);
    let mut detection = cause::detection(&fields, findings);
    if let Some(by) = timeline.detected_by {
        let detection = detection.get_or_insert_with(|| crate::model::Detection { span: by.span, ..Default::default() });
        detection.by.get_or_insert(by);
    }
    Postmortem {
        id: fields.text("id", findings).unwrap_or_else(|| head.slug.clone()),
        kind: fields.text("kind", findings).or_else(|| config.content.profile.clone().map(|kind| Spanned::new(kind, Span::default()))),
        status: setting::status(&fields, front, text, findings),
        visibility: setting::visibility(&fields, front, text, findings),
        severity: fields.text("severity", findings).map(|word| severity(word, config)),
        summary: summary(&fields, text, findings),
        date: milestone::date(&told, &timeline, &body, &clock, &head),
        milestones: told.milestones,
        services: fields.list("services", findings),
        tags: fields.list("tags", findings),
        trigger: fields
            .text("trigger", findings)
            .map(|word| word.map(|word| config.causes.trigger(&word).map_or(word.clone(), |trigger| trigger.id.clone()))),
        root_causes: cause::causes(&fields, "root_causes", &config.causes, findings),
        contributing: cause::causes(&fields, "contributing", &config.causes, findings),
        detection,
        impact: cause::impact(&fields, findings),
        impact_windows: record::impact_windows(&fields, &clock, findings),
        effort_minutes: record::effort_minutes(&fields, findings),
        published_at: told.published_at,
        updates: record::updates(&fields, &clock, findings),
        stage: fields.get("stage").and_then(|node| field::chosen(node, "stage", Stage::ALL, Stage::word, findings)),
        next_update: record::moment(&fields, "next_update", &clock, findings),
        corrections: record::corrections(&fields, &clock, findings),
        review_on: record::moment(&fields, "review_on", &clock, findings),
        owner: fields.text("owner", findings),
        authors: fields.list("authors", findings),
        related: cause::related(&fields, findings),
        records: involved::records(&fields, &clock, findings),
        evidence: evidence::evidence(&fields, &clock, findings),
        plan_used: plan::used(&fields),
        plan_updates: plan::updates(&fields),
        acknowledgements: plan::acknowledgements(&fields),
        training: training::of_postmortem(&fields, findings),
        custom: std::mem::take(&mut fields.custom),
        timeline: timeline.events.into(),
        actions,
        body: Arc::new(body),
        head,
    }
}

/// The severity with its step on the site's scale, by id or name; case, blanks and hyphens do not matter.
fn severity(word: Spanned<String>, config: &Config) -> Severity {
    let folded = |word: &str| word.to_lowercase().replace(['-', '_', ' '], "");
    let wanted = folded(&word.value);
    let step = config.severities.iter().position(|term| folded(&term.id) == wanted || folded(&term.name) == wanted);
    Severity { word, step }
}

fn summary(fields: &Fields<'_>, text: &str, findings: &mut Findings<'_>) -> Option<Spanned<Vec<markdown::Inline>>> {
    let plain = fields.text("summary", findings)?;
    let node = fields.get("summary")?;
    Some(Spanned::new(title::inlines(node, text), plain.span)).filter(|summary| !plain_text(&summary.value).trim().is_empty())
}

/// The words of a text, for the time it takes to read; code blocks and comments are not counted. In other scripts than ours the words are those of
/// UAX #29.
fn words(blocks: &[Block]) -> usize {
    let mut words = 0;
    markdown::walk::inlines(blocks, &mut |inline| {
        if let markdown::InlineKind::Text(text) | markdown::InlineKind::Code(text) = &inline.kind {
            words += if text.is_ascii() { ascii_words(text) } else { text.unicode_words().count() };
        }
    });
    words
}

/// The words of a text in nothing but ASCII: what stands between blanks and has a letter or digit.
fn ascii_words(text: &str) -> usize {
    text.split_ascii_whitespace().filter(|word| word.bytes().any(|byte| byte.is_ascii_alphanumeric())).count()
}
