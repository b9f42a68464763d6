//! Directives: comments that begin `afterword:`, and the words of `> [!WORD]`.
//!
//! `<!-- afterword: allow rule: reason -->` is read into [`Allowance`]s. `<!-- afterword: internal -->` … `<!-- afterword: end -->` and
//! `> [!INTERNAL]` stay in the text, where `edition` finds them; here it is only checked that every region is closed and every word known,
//! since a directive that is not understood could show what was meant to be hidden.

use super::finding::Findings;
use super::vocabulary::MARKERS;
use super::{UNKNOWN_DIRECTIVE, field};
use crate::diagnostic::{Span, Spanned, did_you_mean};
use crate::markdown::{Block, BlockKind, Inline, InlineKind};
use crate::model::Allowance;

/// Reads the directives of a text.
pub(super) fn read(blocks: &[Block], source: &str, findings: &mut Findings<'_>) -> Vec<Allowance> {
    let mut reader = Reader { source, findings, allowances: Vec::new() };
    let head = reader.file_head(blocks);
    reader.blocks(blocks, head);
    reader.allowances
}

struct Reader<'a, 'f, 'p> {
    source: &'a str,
    findings: &'f mut Findings<'p>,
    allowances: Vec<Allowance>,
}

/// What a comment asks for.
enum Directive<'a> {
    Allow { rules: Vec<&'a str>, reason: &'a str },
    Internal,
    End,
}

/// Why a comment that looks like a directive is none.
struct Refusal {
    message: String,
    help: String,
}

impl Reader<'_, '_, '_> {
    /// The comments before everything else cover the whole file. Gives their number.
    fn file_head(&mut self, blocks: &[Block]) -> usize {
        let mut head = 0;
        for block in blocks {
            let BlockKind::Comment(comment) = &block.kind else { break };
            if let Some(Ok(Directive::Allow { rules, reason })) = directive(comment) {
                self.allow(&rules, reason, block.span, Span::new(0, self.source.len()));
            }
            head += 1;
        }
        head
    }

    /// Reads the blocks of one container; allowances among the first `head` have been read.
    fn blocks(&mut self, blocks: &[Block], head: usize) {
        let mut regions = Regions::default();
        let following = following(blocks);
        for (at, block) in blocks.iter().enumerate() {
            match &block.kind {
                BlockKind::Comment(comment) => {
                    let directive = self.comment(comment, block.span, &mut regions);
                    if let Some(Directive::Allow { rules, reason }) = directive.filter(|_| at >= head) {
                        self.allow_next(&rules, reason, block.span, following.get(at).copied().flatten());
                    }
                }
                BlockKind::Heading(heading) => self.inlines(&heading.content, block.span),
                BlockKind::Paragraph(content) => self.inlines(content, block.span),
                BlockKind::List(list) => list.items.iter().for_each(|item| self.blocks(&item.blocks, 0)),
                BlockKind::Table(table) => {
                    for cell in std::iter::once(&table.header).chain(&table.rows).flat_map(|row| &row.cells) {
                        self.inlines(&cell.content, block.span);
                    }
                }
                BlockKind::Quote(quote) => {
                    if let Some(marker) = &quote.marker {
                        self.marker(marker);
                    }
                    self.blocks(&quote.blocks, 0);
                }
                BlockKind::Definitions(entries) => {
                    for entry in entries {
                        self.inlines(&entry.term, block.span);
                        entry.definitions.iter().for_each(|blocks| self.blocks(blocks, 0));
                    }
                }
                BlockKind::Footnote { blocks, .. } => self.blocks(blocks, 0),
                BlockKind::Html(_) => self.open_comment(block.span),
                BlockKind::Code(_) | BlockKind::Rule => {}
            }
        }
        self.close(&regions);
    }

    /// The inlines of the block at `block`, which an allowance among them covers.
    fn inlines(&mut self, inlines: &[Inline], block: Span) {
        let mut regions = Regions::default();
        for inline in inlines {
            if let InlineKind::Comment(comment) = &inline.kind
                && let Some(Directive::Allow { rules, reason }) = self.comment(comment, inline.span, &mut regions)
            {
                self.allow(&rules, reason, inline.span, block);
            }
            if matches!(inline.kind, InlineKind::Text(_) | InlineKind::Html(_)) {
                self.open_comment(inline.span);
            }
            self.inlines(inline.content(), block);
        }
        self.close(&regions);
    }

    /// A comment that is opened in a stretch of text and not closed is no comment: what was meant to be hidden would be printed.
    fn open_comment(&mut self, span: Span) {
        const OPENING: &str = "<!--";
        let text = span.slice(self.source);
        if !text.contains('<') {
            return;
        }
        let Some(at) = text.find(OPENING).filter(|at| !text.get(..*at).unwrap_or_default().ends_with('\\')) else { return };
        let start = span.range().start + at;
        let help = "close it with `-->` in the same paragraph, or before the next heading or list; to show the characters, write `\\<!--`";
        let message = "this comment is not closed, so it is shown as text".to_owned();
        self.refuse(Span::new(start, start + OPENING.len()), Refusal { message, help: help.to_owned() });
    }

    /// Reads one comment, keeps track of regions, and gives back an allowance.
    fn comment<'c>(&mut self, comment: &'c str, span: Span, regions: &mut Regions) -> Option<Directive<'c>> {
        match directive(comment)? {
            Err(refusal) => self.refuse(span, refusal),
            Ok(Directive::Internal) => {
                if let Some(open) = regions.open {
                    let finding = self.findings.error(UNKNOWN_DIRECTIVE, span, "this internal region is inside another one");
                    let path = self.findings.path();
                    self.findings.push(
                        finding.also(path, open, "opened here").help("close the first with `<!-- afterword: end -->`, or remove this one"),
                    );
                } else {
                    regions.open = Some(span);
                }
            }
            Ok(Directive::End) => {
                if regions.open.take().is_none() {
                    let message = "nothing is open that this could end".to_owned();
                    let help = "a region opens and ends in the same list item, quote or paragraph, or outside of all".to_owned();
                    self.refuse(span, Refusal { message, help });
                }
            }
            Ok(allow) => return Some(allow),
        }
        None
    }

    fn close(&mut self, regions: &Regions) {
        if let Some(open) = regions.open {
            let message = "this internal region is never closed".to_owned();
            let help = "write `<!-- afterword: end -->` behind its last block, in the same list item, quote or paragraph".to_owned();
            self.refuse(open, Refusal { message, help });
        }
    }

    /// An allowance covers the block behind it; several in a row cover the same one.
    fn allow_next(&mut self, rules: &[&str], reason: &str, comment: Span, next: Option<Span>) {
        match next {
            Some(block) => self.allow(rules, reason, comment, block),
            None => self.refuse(
                comment,
                Refusal {
                    message: "no block follows that this could cover".to_owned(),
                    help: "put the comment before the block it is for, or at the head of the file for all of it".to_owned(),
                },
            ),
        }
    }

    fn allow(&mut self, rules: &[&str], reason: &str, comment: Span, covers: Span) {
        for rule in rules {
            let at = comment.slice(self.source).find(rule).map(|at| comment.range().start + at);
            let span = at.map_or(comment, |at| Span::new(at, at + rule.len()));
            self.allowances.push(Allowance { rule: Spanned::new((*rule).to_owned(), span), reason: reason.to_owned(), covers });
        }
    }

    fn marker(&mut self, marker: &Spanned<Box<str>>) {
        if MARKERS.contains(&&*marker.value) {
            return;
        }
        let list = field::one_of(MARKERS);
        let help = match did_you_mean(&marker.value, MARKERS.iter().copied()) {
            Some(near) => format!("did you mean `[!{near}]`? The words are {list}"),
            None => format!("the words are {list}"),
        };
        self.refuse(marker.span, Refusal { message: format!("`[!{}]` marks nothing that is known", marker.value), help });
    }

    fn refuse(&mut self, span: Span, refusal: Refusal) {
        self.findings.push(self.findings.error(UNKNOWN_DIRECTIVE, span, refusal.message).help(refusal.help));
    }
}

/// An end of a region that only the organisation reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Boundary {
    /// It begins here.
    Begin,
    /// It ends here.
    End,
}

/// The end of an internal region that a comment is, if it is one.
pub(crate) fn boundary(comment: &str) -> Option<Boundary> {
    match directive(comment)?.ok()? {
        Directive::Internal => Some(Boundary::Begin),
        Directive::End => Some(Boundary::End),
        Directive::Allow { .. } => None,
    }
}

/// For each block the next one behind it that is no comment.
fn following(blocks: &[Block]) -> Vec<Option<Span>> {
    let mut next = None;
    let mut following: Vec<_> = blocks
        .iter()
        .rev()
        .map(|block| if matches!(block.kind, BlockKind::Comment(_)) { next } else { next.replace(block.span) })
        .collect();
    following.reverse();
    following
}

/// The regions of one list of siblings.
#[derive(Default)]
struct Regions {
    open: Option<Span>,
}

/// What a comment asks for; nothing where it is only a comment.
fn directive(comment: &str) -> Option<Result<Directive<'_>, Refusal>> {
    const NAME: &str = "afterword";
    const VERBS: [&str; 3] = ["allow", "internal", "end"];
    let comment = comment.trim();
    let word = comment.split(|c: char| c == ':' || c.is_whitespace()).next().unwrap_or_default();
    let body = comment.strip_prefix(word).unwrap_or_default().trim_start().strip_prefix(':');
    if word != NAME {
        // "Afterwards: …" is a comment like any other, "Afterwrod: internal" is not.
        let verb = body.unwrap_or_default().trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let meant = did_you_mean(word, [NAME]).is_some() && did_you_mean(verb, VERBS).is_some();
        return meant.then(|| Err(unknown(format!("`{word}` is not how a directive begins"))));
    }
    let Some(body) = body.map(str::trim) else { return Some(Err(unknown("a directive begins `afterword:`, with a colon".to_owned()))) };
    let (verb, rest) = body.split_once(|c: char| c.is_whitespace() || c == ':').unwrap_or((body, ""));
    Some(match (verb, rest.trim()) {
        ("internal", "") => Ok(Directive::Internal),
        ("end", "" | "internal") => Ok(Directive::End),
        ("internal" | "end", _) => Err(unknown(format!("`{verb}` stands alone"))),
        ("allow", rest) => allow(rest),
        _ => Err(unknown(match did_you_mean(verb, VERBS) {
            Some(near) => format!("there is no directive `{verb}`; did you mean `{near}`?"),
            None => format!("there is no directive `{verb}`"),
        })),
    })
}

/// `rule: reason` or `rule, rule: reason`.
fn allow(text: &str) -> Result<Directive<'_>, Refusal> {
    let (rules, reason) = text.split_once(':').unwrap_or((text, ""));
    let rules: Vec<&str> = rules.split(',').map(str::trim).collect();
    let is_name = |rule: &&str| !rule.is_empty() && rule.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    if !rules.iter().all(is_name) {
        return Err(unknown("`allow` names a rule as findings do, in lower case with dashes".to_owned()));
    }
    if reason.trim().is_empty() {
        return Err(Refusal {
            message: "this allowance gives no reason".to_owned(),
            help: "write `<!-- afterword: allow rule-name: why it is right here -->`".to_owned(),
        });
    }
    Ok(Directive::Allow { rules, reason: reason.trim() })
}

fn unknown(message: String) -> Refusal {
    Refusal {
        message,
        help: "the directives are `afterword: allow rule-name: reason`, `afterword: internal` and `afterword: end`".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::{check_findings, postmortem};

    /// The allowances of a text: rule, reason, what it covers.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, &str)]) {
        let (postmortem, findings) = postmortem(text);
        assert_eq!(findings, [""; 0], "{text}");
        let allowances: Vec<_> = postmortem
            .head
            .allowances
            .iter()
            .map(|allowance| {
                assert_eq!(allowance.rule.span.slice(text), allowance.rule.value);
                (allowance.rule.value.as_str(), allowance.reason.as_str(), allowance.covers.slice(text).trim_end())
            })
            .collect();
        assert_eq!(allowances, expected, "{text}");
    }

    #[test]
    fn a_comment_that_is_not_closed_is_no_comment() {
        for text in ["a <!-- b\n\nc", "<!-- a\n\nb", "- a\n\n  <!-- b"] {
            let findings = postmortem(text).1;
            assert!(matches!(findings.as_slice(), [one] if one.contains("not closed")), "{text}: {findings:?}");
        }
        check_findings("a <!-- b --> c `<!--` \\<!-- d\n\n    <!-- code\n\n&lt;!-- e", &[]);
    }

    #[test]
    fn an_allowance_covers_what_comes_next() {
        check(
            "# T\n\n<!-- afterword: allow broken-link: moved on purpose -->\n[a](b)\n\nc\n",
            &[("broken-link", "moved on purpose", "[a](b)")],
        );
        check("x\n\n<!-- afterword: allow a-b: c -->\n<!-- afterword: allow d: e -->\n\n- f\n", &[("a-b", "c", "- f"), ("d", "e", "- f")]);
        check("x\n\n<!-- afterword: allow a, b: c: d -->\n\ny\n", &[("a", "c: d", "y"), ("b", "c: d", "y")]);
        check("- a <!-- afterword: allow b: c -->\n- d\n", &[("b", "c", "a <!-- afterword: allow b: c -->")]);
        check("> <!-- afterword: allow b: c -->\n>\n> d\n", &[("b", "c", "d")]);
    }

    #[test]
    fn an_allowance_before_everything_covers_the_file() {
        let text = "---\ntitle: T\n---\n<!-- afterword: allow a: b -->\n<!-- words -->\n<!-- afterword: allow c: d -->\n\nx";
        check(text, &[("a", "b", text), ("c", "d", text)]);
        check("x\n\n<!-- just words -->\n<!-- afterwards: more -->\n\ny", &[]);
    }

    #[test]
    fn a_region_is_closed_where_it_was_opened() {
        check_findings(
            "a\n\n<!-- afterword: internal -->\n\nb\n\n<!-- afterword: end -->\n\n<!-- afterword:internal -->c<!-- afterword:end -->",
            &[],
        );
        check_findings(
            "- <!-- afterword: internal -->\n\nb\n\n<!-- afterword: end -->\n",
            &[
                "unknown-directive \"<!-- afterword: internal -->\": this internal region is never closed",
                "unknown-directive \"<!-- afterword: end -->\": nothing is open that this could end",
            ],
        );
        check_findings(
            "x\n\n<!-- afterword: internal -->\n\n<!-- afterword: internal -->\n\nb\n\n<!-- afterword: end -->\n",
            &["unknown-directive \"<!-- afterword: internal -->\": this internal region is inside another one"],
        );
    }

    #[test]
    fn a_directive_that_is_not_understood_is_told() {
        for (comment, message) in [
            ("afterword: internl", "there is no directive `internl`; did you mean `internal`?"),
            ("afterword: hide", "there is no directive `hide`"),
            ("afterword internal", "a directive begins `afterword:`, with a colon"),
            ("aftrword: internal", "`aftrword` is not how a directive begins"),
            ("Afterword: internal", "`Afterword` is not how a directive begins"),
            ("afterword: internal note", "`internal` stands alone"),
            ("afterword: allow", "`allow` names a rule as findings do, in lower case with dashes"),
            ("afterword: allow Broken Link: x", "`allow` names a rule as findings do, in lower case with dashes"),
            ("afterword: allow broken-link", "this allowance gives no reason"),
            ("afterword: allow broken-link: ", "this allowance gives no reason"),
            ("afterword: allow broken-link: x", "no block follows that this could cover"),
        ] {
            let text = format!("x\n\n<!-- {comment} -->\n");
            check_findings(&text, &[&format!("unknown-directive \"<!-- {comment} -->\": {message}")]);
        }
    }

    #[test]
    fn a_marker_is_one_of_those_known() {
        check_findings("> [!NOTE]\n> a\n\n> [!internal]\n> b\n\n> [!Reasoning]\n> c\n\n> [not] a marker\n", &[]);
        check_findings("- > [!INTERNEL]\n  > a\n", &["unknown-directive \"[!INTERNEL]\": `[!INTERNEL]` marks nothing that is known"]);
    }
}
