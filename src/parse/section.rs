//! The body in sections: by headings, and by bold labels where a house writes `- **Impact**: …`.

use std::collections::{HashMap, HashSet};

use super::inline;
use crate::config::Config;
use crate::diagnostic::Span;
use crate::markdown::text::plain_text;
use crate::markdown::{Block, BlockKind, Heading, Inline, InlineKind, List, ListItem, slug};
use crate::model::{SectionOrigin, each_definition};

/// A body taken apart, before timelines and actions are found in it.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// What stands before the first section.
    pub(super) lead: Vec<Block>,
    /// The sections in order.
    pub(super) sections: Vec<Draft>,
    /// The footnotes.
    pub(super) footnotes: Vec<Block>,
}

/// A section whose content is still blocks.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) key: Option<String>,
    /// The key of the section itself or of the nearest section above it that has one.
    pub(super) topic: Option<String>,
    /// Whether there are sections below it.
    pub(super) has_children: bool,
    pub(super) title: Vec<Inline>,
    pub(super) id: Box<str>,
    pub(super) level: u8,
    pub(super) origin: SectionOrigin,
    pub(super) heading_span: Span,
    pub(super) span: Span,
    pub(super) attributes: Vec<(Box<str>, Box<str>)>,
    pub(super) blocks: Vec<Block>,
}

/// The sections of a page: headings only.
pub(super) fn by_headings(blocks: Vec<Block>, end: usize) -> Outline {
    let mut outline = headings(blocks);
    close(&mut outline.sections, end);
    outline
}

/// The sections of a postmortem: headings and labels, each with the canonical section it is.
pub(super) fn by_headings_and_labels(blocks: Vec<Block>, end: usize, source: &str, config: &Config) -> Outline {
    let mut outline = headings(blocks);
    for section in &mut outline.sections {
        section.key = key(&plain_text(&section.title), config);
    }
    inherit(&mut outline.sections);
    let mut labels = Labels { source, config, ids: Ids::new(&outline) };
    let (lead, mut sections) = labels.take(std::mem::take(&mut outline.lead), 2, None);
    outline.lead = lead;
    for mut section in std::mem::take(&mut outline.sections) {
        let (own, labelled) = labels.take(std::mem::take(&mut section.blocks), (section.level + 1).min(6), section.topic.as_deref());
        section.blocks = own;
        sections.push(section);
        sections.extend(labelled);
    }
    inherit(&mut sections);
    close(&mut sections, end);
    outline.sections = sections;
    outline
}

fn headings(blocks: Vec<Block>) -> Outline {
    let mut outline = Outline::default();
    for block in blocks {
        match block.kind {
            BlockKind::Heading(heading) => outline.sections.push(Draft::new(heading, block.span)),
            BlockKind::Footnote { .. } => outline.footnotes.push(block),
            _ => outline.sections.last_mut().map_or(&mut outline.lead, |section| &mut section.blocks).push(block),
        }
    }
    outline
}

impl Draft {
    fn new(heading: Heading, span: Span) -> Self {
        Self {
            key: None,
            topic: None,
            has_children: false,
            title: heading.content,
            id: heading.id,
            level: heading.level,
            origin: SectionOrigin::Heading,
            heading_span: span,
            span,
            attributes: heading.attributes,
            blocks: Vec::new(),
        }
    }
}

fn key(heading: &str, config: &Config) -> Option<String> {
    config.section_for(heading).map(|section| section.key.clone())
}

/// Sets what a section has from those above it.
fn inherit(sections: &mut [Draft]) {
    let mut above: Vec<(u8, Option<String>)> = Vec::new();
    for section in sections.iter_mut() {
        while above.last().is_some_and(|(level, _)| *level >= section.level) {
            above.pop();
        }
        let inherited = || above.last().and_then(|(_, topic)| topic.clone());
        section.topic = section.key.clone().or_else(inherited);
        above.push((section.level, section.topic.clone()));
    }
    let mut below = None;
    for section in sections.iter_mut().rev() {
        section.has_children = below.is_some_and(|level| level > section.level);
        below = Some(section.level);
    }
}

/// A section ends where the next begins.
fn close(sections: &mut [Draft], end: usize) {
    let mut end = end;
    for section in sections.iter_mut().rev() {
        let start = section.heading_span.range().start;
        section.span = Span::new(start, end.max(section.heading_span.range().end));
        end = start;
    }
}

/// Finds sections that are written as bold labels.
///
/// A label is believed more or less easily by where it stands. Under no canonical heading, a list all of whose items are labelled is a list
/// of sections if at least half of the labels are names of sections, and so is a paragraph that begins with such a label and a colon.
/// Under a canonical heading items such as `**Detection**: worked` are about that section, so only a label that is a paragraph of its own
/// counts, as the sub-heading it looks like, or one that names a section which belongs within that section (`SectionKind::within`).
struct Labels<'a> {
    source: &'a str,
    config: &'a Config,
    ids: Ids,
}

/// A bold label: its words, and how much of the flat text of the paragraph it takes.
struct Label {
    words: String,
    len: usize,
    /// Whether text follows it in the same paragraph.
    goes_on: bool,
}

impl Labels<'_> {
    /// What stands before the first label, and a section for each label. `topic` is the canonical section that the blocks stand in.
    fn take(&mut self, blocks: Vec<Block>, level: u8, topic: Option<&str>) -> (Vec<Block>, Vec<Draft>) {
        let lists_are_sections = self.most_labels_are_sections(&blocks, topic);
        let mut own = Vec::new();
        let mut sections: Vec<Draft> = Vec::new();
        for block in blocks {
            match block.kind {
                BlockKind::List(list) if lists_are_sections && list.items.iter().all(|item| label_of(item).is_some()) => {
                    for item in list.items {
                        self.item_sections(item, level, topic, &mut sections);
                    }
                }
                BlockKind::List(mut list) if lists_are_sections && !sections.is_empty() => {
                    let slipped = self.split_off_sections(&mut list, topic);
                    if let Some(section) = sections.last_mut().filter(|_| !list.items.is_empty()) {
                        section.blocks.push(Block { span: block.span, kind: BlockKind::List(list) });
                    }
                    for item in slipped {
                        self.item_sections(item, level, topic, &mut sections);
                    }
                }
                BlockKind::Paragraph(content) if self.is_section(&content, topic) => {
                    let paragraph = Block { span: block.span, kind: BlockKind::Paragraph(content) };
                    sections.extend(self.section(vec![paragraph], block.span, level));
                }
                _ => sections.last_mut().map_or(&mut own, |section| &mut section.blocks).push(block),
            }
        }
        (own, sections)
    }

    /// Whether a label in the text of a section, or of none, names a section of its own.
    fn names_section(&self, label: &Label, topic: Option<&str>) -> bool {
        let kind = self.config.section_for(&label.words);
        kind.is_some_and(|kind| topic.is_none() || kind.within.as_deref() == topic)
    }

    fn most_labels_are_sections(&self, blocks: &[Block], topic: Option<&str>) -> bool {
        let lists = blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::List(list) => list.items.iter().map(label_of).collect::<Option<Vec<_>>>(),
            _ => None,
        });
        let labels: Vec<_> = lists.flatten().collect();
        let known = labels.iter().filter(|label| self.names_section(label, topic)).count();
        known > 0 && known * 2 >= labels.len()
    }

    fn is_section(&self, content: &[Inline], topic: Option<&str>) -> bool {
        label(content).is_some_and(|label| {
            let topic = if label.goes_on { topic } else { None };
            self.names_section(&label, topic)
        })
    }

    /// The section of an item, and those of the items at the end of its own list that are labelled as sections too: they slipped in a level
    /// too deep.
    fn item_sections(&mut self, item: ListItem, level: u8, topic: Option<&str>, sections: &mut Vec<Draft>) {
        let Some(mut section) = self.section(item.blocks, item.span, level) else { return };
        let mut slipped = Vec::new();
        if let Some(Block { kind: BlockKind::List(list), .. }) = section.blocks.last_mut() {
            slipped = self.split_off_sections(list, topic);
            if list.items.is_empty() {
                section.blocks.pop();
            }
        }
        sections.push(section);
        for item in slipped {
            self.item_sections(item, level, topic, sections);
        }
    }

    /// Takes the items at the end of a list that are labelled as sections out of it.
    fn split_off_sections(&self, list: &mut List, topic: Option<&str>) -> Vec<ListItem> {
        let names_section = |item: &ListItem| label_of(item).is_some_and(|label| self.names_section(&label, topic));
        let sections = list.items.iter().rev().take_while(|item| names_section(item)).count();
        list.items.split_off(list.items.len() - sections)
    }

    /// The section of blocks whose first begins with a label.
    fn section(&mut self, mut blocks: Vec<Block>, span: Span, level: u8) -> Option<Draft> {
        let first = blocks.first_mut()?;
        let BlockKind::Paragraph(content) = &mut first.kind else { return None };
        let label = label(content)?;
        let (head, rest) = inline::split(std::mem::take(content), label.len, self.source);
        let rest = inline::trim(rest, self.source);
        let heading_span = Span::new(span.range().start, inline::cover(&head).unwrap_or(span).range().end);
        match inline::cover(&rest) {
            Some(place) => *first = Block { span: place, kind: BlockKind::Paragraph(rest) },
            None => drop(blocks.remove(0)),
        }
        let colon = head_len(&head, &label.words);
        let (title, behind) = inline::split(head, colon, self.source);
        let title = unwrap_strong(title, inline::marks(behind));
        Some(Draft {
            key: key(&label.words, self.config),
            topic: None,
            has_children: false,
            id: self.ids.make(&label.words),
            title,
            level,
            origin: SectionOrigin::Label,
            heading_span,
            span,
            attributes: Vec::new(),
            blocks,
        })
    }
}

/// The label an item begins with.
fn label_of(item: &ListItem) -> Option<Label> {
    match &item.blocks.first()?.kind {
        BlockKind::Paragraph(content) => label(content),
        _ => None,
    }
}

/// The label a paragraph begins with: strong text that has a colon inside or behind it, or is the whole paragraph.
fn label(content: &[Inline]) -> Option<Label> {
    let InlineKind::Strong(strong) = &content.first()?.kind else { return None };
    let bold = plain_text(strong);
    let words = bold.trim().trim_end_matches(':').trim_end();
    let flat = plain_text(content);
    let behind = flat.get(bold.len()..)?;
    let rest = behind.trim_start();
    let after_colon = rest.strip_prefix(':').map(str::trim_start);
    if words.is_empty() || (after_colon.is_none() && !bold.trim_end().ends_with(':') && !rest.is_empty()) {
        return None;
    }
    let rest = after_colon.unwrap_or(rest);
    Some(Label { words: words.to_owned(), len: flat.len() - rest.len(), goes_on: !rest.is_empty() })
}

/// How much of the flat text of `head` is its words, without the colon behind them.
fn head_len(head: &[Inline], words: &str) -> usize {
    let flat = plain_text(head);
    flat.find(words).map_or(flat.len(), |at| at + words.len())
}

/// The title of a label: what stands in the strong text.
fn unwrap_strong(title: Vec<Inline>, marks: Vec<Inline>) -> Vec<Inline> {
    let unwrapped = title.into_iter().flat_map(|inline| match inline.kind {
        InlineKind::Strong(content) => content,
        _ => vec![inline],
    });
    unwrapped.chain(marks).collect()
}

/// The fragments of a document.
struct Ids {
    taken: HashSet<Box<str>>,
    /// The next number to try for a fragment that is taken, so that each is tried once.
    next: HashMap<String, usize>,
}

impl Ids {
    fn new(outline: &Outline) -> Self {
        let mut taken: HashSet<Box<str>> = outline.sections.iter().map(|section| section.id.clone()).collect();
        let parts = [&outline.lead, &outline.footnotes].into_iter().chain(outline.sections.iter().map(|section| &section.blocks));
        parts.for_each(|blocks| each_definition(blocks, &mut |entry| _ = taken.insert(entry.id.clone())));
        Self { taken, next: HashMap::new() }
    }

    fn make(&mut self, words: &str) -> Box<str> {
        let wanted = Some(slug(words)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "section".to_owned());
        if self.taken.insert(wanted.as_str().into()) {
            return wanted.into();
        }
        let number = self.next.entry(wanted.clone()).or_insert(2);
        loop {
            let id: Box<str> = format!("{wanted}-{number}").into();
            *number += 1;
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::{postmortem, show_sections};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(show_sections(&postmortem(text).0), expected, "{text}");
    }

    #[test]
    fn a_list_of_labels_is_a_list_of_sections() {
        check(
            "# T\n\n- **Key events**\n  - First detected 2026-03-17 08:56\n  - Resolved 2026-03-17 09:56\n\n- **Time to repair**: 1h\n\n- **Identified**:\n\nVia user\n\n- **Impact:** Some\n\n  more\n\nand more\n",
            &[
                "2* timeline #key-events \"Key events\" [events 0..2]",
                "2* - #time-to-repair \"Time to repair\" [1h]",
                "2* detection #identified \"Identified\" [Via user]",
                "2* impact #impact \"Impact\" [Some / more / and more]",
            ],
        );
    }

    #[test]
    fn other_bold_beginnings_are_no_sections() {
        check("# T\n\n- **Impact**: a\n- **Error rates**: b\n- **Anything**: c\n", &[]);
        check("# T\n\n- **Impact**: a\n- plain\n", &[]);
        check("# T\n\n- **Impact** was low\n", &[]);
        check(
            "## What went well\n\n- **Detection**: worked\n- **Communication**: good\n",
            &["2 went-well #what-went-well \"What went well\" [Detection: worked / Communication: good]"],
        );
        check(
            "## Summary\n\n**Impact:** none\n\n**Severity:** high\n",
            &["2 summary #summary \"Summary\" [Impact: none / Severity: high]"],
        );
    }

    #[test]
    fn labels_of_what_belongs_within_a_section_are_sections_below_it() {
        check(
            "## Lessons learned\n\n- **What went well:** a\n- **What didn’t go well:**\n- **Additional:** b\n",
            &[
                "2 lessons #lessons-learned \"Lessons learned\" []",
                "3* went-well #what-went-well \"What went well\" [a]",
                "3* went-wrong #what-didnt-go-well \"What didn’t go well\" []",
                "3* - #additional \"Additional\" [b]",
            ],
        );
        check(
            "## Lessons learned\n\n- **Detection:** a\n- **Impact:** b\n",
            &["2 lessons #lessons-learned \"Lessons learned\" [Detection: a / Impact: b]"],
        );
    }

    #[test]
    fn a_bold_paragraph_is_a_section_where_it_looks_like_one() {
        check(
            "# T\n\nlead\n\n**Summary:** It broke.\n\nMore.\n\n**Severity:** high\n\n**What happened?**:\n\nThis.\n",
            &[
                "2* summary #summary \"Summary\" [It broke. / More. / Severity: high]",
                "2* what-happened #what-happened \"What happened?\" [This.]",
            ],
        );
        check(
            "## Timeline\n\n### October 21, 2025 - Redis\n\n**Root causes:**\n\n- a\n\n**Timeline:**\n\n- **21:45 UTC** - Deploy\n",
            &[
                "2 timeline #timeline \"Timeline\" []",
                "3 - #october-21-2025-redis \"October 21, 2025 - Redis\" []",
                "4* root-cause #root-causes \"Root causes\" [a]",
                "4* timeline #timeline-2 \"Timeline\" [events 0..1]",
            ],
        );
    }

    #[test]
    fn labels_that_slipped_a_level_down_are_sections_all_the_same() {
        check(
            "# T\n\n- **Impact**: a\n- **Context**:\n  - b\n\n  - **Resolution**: c\n\n",
            &["2* impact #impact \"Impact\" [a]", "2* leadup #context \"Context\" [b]", "2* resolution #resolution \"Resolution\" [c]"],
        );
        check(
            "# T\n\n- **Impact**: a\n- **Context**: d\n\n```\ncode\n```\n\n- b\n- **Resolution**: c\n",
            &[
                "2* impact #impact \"Impact\" [a]",
                "2* leadup #context \"Context\" [d / code / b]",
                "2* resolution #resolution \"Resolution\" [c]",
            ],
        );
    }

    #[test]
    fn fragments_are_unique_and_sections_meet() {
        let text = "# T\n\n- **Impact**: a\n- **Impact**: b\n\n## Impact\n\nc\n\n### Deeper {#own key=v}\n\nd\n";
        let (postmortem, _) = postmortem(text);
        let sections = &postmortem.body.sections;
        assert_eq!(sections.iter().map(|section| &*section.id).collect::<Vec<_>>(), ["impact-2", "impact-3", "impact", "own"]);
        assert_eq!(sections[3].attributes, [("key".into(), "v".into())]);
        for pair in sections.windows(2) {
            assert_eq!(pair[0].span.end, pair[1].span.start);
            assert!(pair[0].span.contains(pair[0].heading_span));
        }
        assert_eq!(sections[3].span.end as usize, text.len());
    }
}
