//! Which stretches of a document are not for the public: `> [!INTERNAL]` quotes and their like, and what stands between
//! `<!-- afterword: internal -->` and `<!-- afterword: end -->`.
//!
//! They are found as places in the file, so that whatever was moved out of the text while it was read (sections, events, actions, footnotes,
//! links) is withheld with the stretch it was written in.

use crate::diagnostic::Span;
use crate::markdown::{Block, BlockKind, Inline, InlineKind};
use crate::model::DocumentRef;
use crate::parse::{Boundary, WITHHELD_MARKERS, boundary};

/// The withheld stretches of a file, sorted, none within another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Withheld(Vec<Span>);

impl Withheld {
    /// Whether something that is written at `span` is withheld as a whole.
    #[must_use]
    pub fn hides(&self, span: Span) -> bool {
        let begun = self.0.partition_point(|stretch| stretch.start <= span.start);
        self.0.get(..begun).and_then(<[Span]>::last).is_some_and(|stretch| stretch.contains(span))
    }
}

/// What the public does not read of a document that it may read. A region that is never closed goes on to the end of what it was opened in.
#[must_use]
pub fn withheld(document: DocumentRef<'_>) -> Withheld {
    let mut stretches = Vec::new();
    let body = document.body();
    // A region may go on through headings, which parsing has made sections of.
    let mut region = Region::default();
    region.blocks(&body.lead, &mut stretches);
    for section in &body.sections {
        inlines(&section.title, &mut stretches);
        for blocks in section.prose() {
            region.blocks(blocks, &mut stretches);
        }
    }
    region.close(Span::at(usize::MAX), &mut stretches);
    blocks(&body.footnotes, &mut stretches);
    if let DocumentRef::Postmortem(postmortem) = document {
        postmortem.timeline.iter().for_each(|event| blocks(&event.content, &mut stretches));
        postmortem.actions.iter().for_each(|action| inlines(&action.content, &mut stretches));
    }
    stretches.sort_by_key(|stretch| (stretch.start, std::cmp::Reverse(stretch.end)));
    stretches.dedup_by(|next, kept| {
        let meets = next.start <= kept.end;
        kept.end = if meets { kept.end.max(next.end) } else { kept.end };
        meets
    });
    Withheld(stretches)
}

/// The region among siblings that is open, from its comment on.
#[derive(Default)]
struct Region(Option<Span>);

impl Region {
    /// Blocks one after another.
    fn blocks(&mut self, blocks: &[Block], stretches: &mut Vec<Span>) {
        for block in blocks {
            match &block.kind {
                BlockKind::Comment(comment) => self.comment(comment, block.span, stretches),
                BlockKind::Quote(quote) if quote.marker.as_ref().is_some_and(|marker| WITHHELD_MARKERS.contains(&&*marker.value)) => {
                    stretches.push(block.span);
                }
                _ => within(block, stretches),
            }
        }
    }

    fn comment(&mut self, comment: &str, span: Span, stretches: &mut Vec<Span>) {
        match boundary(comment) {
            Some(Boundary::Begin) => self.0 = self.0.or(Some(span)),
            Some(Boundary::End) => self.close(span, stretches),
            None => {}
        }
    }

    fn close(&mut self, end: Span, stretches: &mut Vec<Span>) {
        stretches.extend(self.0.take().map(|begin| begin.to(end)));
    }
}

/// The blocks of one container.
fn blocks(blocks: &[Block], stretches: &mut Vec<Span>) {
    let mut region = Region::default();
    region.blocks(blocks, stretches);
    if let Some(last) = blocks.last() {
        region.close(last.span, stretches);
    }
}

/// The content of one block, each container by itself.
fn within(block: &Block, stretches: &mut Vec<Span>) {
    match &block.kind {
        BlockKind::Heading(heading) => inlines(&heading.content, stretches),
        BlockKind::Paragraph(content) => inlines(content, stretches),
        BlockKind::List(list) => list.items.iter().for_each(|item| blocks(&item.blocks, stretches)),
        BlockKind::Table(table) => {
            let rows = std::iter::once(&table.header).chain(&table.rows);
            rows.flat_map(|row| &row.cells).for_each(|cell| inlines(&cell.content, stretches));
        }
        BlockKind::Quote(quote) => blocks(&quote.blocks, stretches),
        BlockKind::Definitions(entries) => {
            for entry in entries {
                inlines(&entry.term, stretches);
                entry.definitions.iter().for_each(|definition| blocks(definition, stretches));
            }
        }
        BlockKind::Footnote { blocks: content, .. } => blocks(content, stretches),
        BlockKind::Code(_) | BlockKind::Html(_) | BlockKind::Comment(_) | BlockKind::Rule => {}
    }
}

/// The inlines of one container.
fn inlines(content: &[Inline], stretches: &mut Vec<Span>) {
    let mut region = Region::default();
    for inline in content {
        match &inline.kind {
            InlineKind::Comment(comment) => region.comment(comment, inline.span, stretches),
            _ => inlines(inline.content(), stretches),
        }
    }
    if let Some(last) = content.last() {
        region.close(last.span, stretches);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::AnyDocument;
    use crate::parse::{Role, document};

    /// The withheld stretches of a postmortem, as they are written.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let parsed = document(&"content/postmortems/a.md".into(), text, Role::Postmortem, &crate::config::Config::default());
        let AnyDocument::Postmortem(postmortem) = parsed.document else { panic!("no postmortem") };
        let Withheld(stretches) = withheld(DocumentRef::Postmortem(&postmortem));
        let written = stretches.iter().map(|stretch| text.get(stretch.start as usize..text.len().min(stretch.end as usize)).unwrap());
        assert_eq!(written.collect::<Vec<_>>(), expected, "{text}");
    }

    const BEGIN: &str = "<!-- afterword: internal -->";
    const END: &str = "<!-- afterword: end -->";

    #[test]
    fn a_marked_quote_is_withheld_wherever_it_stands() {
        check("a\n\n> [!INTERNAL]\n> b\n\n> c\n\n> [!NOTE]\n> d\n", &["> [!INTERNAL]\n> b"]);
        check("- a\n\n  > > [!reasoning]\n  > > b\n\n  c\n", &["> [!reasoning]\n  > > b"]);
        check("> [!NOTE]\n> > [!INTERNAL]\n> > b\n>\n> c\n", &["> [!INTERNAL]\n> > b"]);
        check("a[^1]\n\n[^1]: b\n\n    > [!INTERNAL]\n    > c\n", &["> [!INTERNAL]\n    > c"]);
    }

    #[test]
    fn a_region_goes_through_headings_events_and_actions() {
        let region = format!("{BEGIN}\n\n## Timeline\n\n- 2024-03-17 14:05 b\n\n## Actions\n\n- c\n\n[^1]: d\n\n{END}");
        check(&format!("a[^1]\n\n{region}\n\ne\n"), &[&region]);
    }

    #[test]
    fn a_region_among_words_ends_among_them() {
        let region = format!("{BEGIN}b *c*{END}");
        check(&format!("a {region} d\n"), &[&region]);
        check(&format!("## Timeline\n\n- 2024-03-17 14:05 a {region}\n"), &[&region]);
        check(&format!("| a |\n|---|\n| {region} |\n"), &[&region]);
    }

    #[test]
    fn what_is_withheld_of_an_action_is_withheld() {
        check("## Actions\n\n- a\n\n  > [!INTERNAL]\n  > b\n\n- c\n", &["> [!INTERNAL]\n  > b"]);
    }

    #[test]
    fn a_region_that_is_not_closed_goes_on_to_the_end_of_its_container() {
        check(&format!("a\n\n{BEGIN}\n\nb\n\n## C\n\nd\n"), &[&format!("{BEGIN}\n\nb\n\n## C\n\nd\n")]);
        check(&format!("- a\n\n  {BEGIN}\n\n  b\n\nc\n"), &[&format!("{BEGIN}\n\n  b")]);
    }

    #[test]
    fn only_what_lies_within_is_hidden() {
        let withheld = Withheld(vec![Span::new(5, 10), Span::new(20, 30)]);
        let hidden = [(4, 6), (5, 10), (7, 8), (9, 11), (12, 13), (20, 30), (29, 31)].map(|(from, to)| withheld.hides(Span::new(from, to)));
        assert_eq!(hidden, [false, true, true, false, false, true, false]);
    }
}
