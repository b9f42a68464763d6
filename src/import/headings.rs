//! Headings as our pages have them: the title in the metadata, sections below it, and headings that are headings.

use super::Outcome;
use super::draft::Draft;
use super::text;
use super::yaml::Yaml;
use crate::config::Config;
use crate::diagnostic::Span;
use crate::markdown::text::{on_one_line, plain_text};
use crate::markdown::{self, Block, BlockKind, Heading};

/// The level of sections.
const SECTION: u8 = 2;
/// The lowest level there is.
const LOWEST: u8 = 6;

/// Takes the title out of the body, where it stands as its first heading, and puts the others on the levels below it.
pub(super) fn settle(draft: &mut Draft, body: &str, config: &Config) -> String {
    let blocks = markdown::read(body, Span::new(0, body.len())).blocks;
    let mut edits: Vec<(Span, String)> = Vec::new();
    let mut rest: Vec<(&Block, &Heading)> = headings(&blocks).collect();
    if let Some((block, title)) = title(&blocks, config) {
        if draft.get("title").is_none() {
            draft.note(Outcome::Mapped, "the first heading", "title", "");
            draft.set("title", Yaml::text(&title));
        }
        if draft.get("title").and_then(Yaml::word).is_some_and(|told| on_one_line(told).eq_ignore_ascii_case(&title)) {
            edits.push((block.span, String::new()));
            rest.retain(|(other, _)| other.span != block.span);
        }
    }
    if let Some(highest) = rest.iter().map(|(_, heading)| heading.level).min().filter(|highest| *highest != SECTION) {
        draft.note(
            Outcome::Mapped,
            "headings",
            "",
            format!("the highest level is {SECTION} instead of {highest}: the first is that of the title"),
        );
        let level = |heading: &Heading| (heading.level + SECTION).saturating_sub(highest).min(LOWEST);
        edits.extend(rest.iter().filter_map(|(block, heading)| Some((block.span, on_level(block.span.slice(body), level(heading))?))));
    }
    edits.sort_by_key(|(span, _)| span.start);
    let mut out = String::with_capacity(body.len() + edits.len());
    let mut done = 0;
    for (span, text) in edits {
        out.push_str(body.get(done..span.start as usize).unwrap_or_default());
        out.push_str(&text);
        done = span.end as usize;
    }
    out.push_str(body.get(done..).unwrap_or_default());
    out
}

/// The headings that no list or quote holds.
fn headings(blocks: &[Block]) -> impl Iterator<Item = (&Block, &Heading)> {
    blocks.iter().filter_map(|block| if let BlockKind::Heading(heading) = &block.kind { Some((block, heading)) } else { None })
}

/// The heading of the first level that begins the text, if it is not the name of a section.
fn title<'b>(blocks: &'b [Block], config: &Config) -> Option<(&'b Block, String)> {
    let first = blocks.iter().find(|block| !matches!(block.kind, BlockKind::Comment(_)))?;
    let BlockKind::Heading(heading) = &first.kind else { return None };
    let text = on_one_line(&plain_text(&heading.content));
    (heading.level == 1 && !text.is_empty() && config.section_for(&text).is_none()).then_some((first, text))
}

/// A heading on another level, its words as they are written.
fn on_level(written: &str, level: u8) -> Option<String> {
    let hashes = "#".repeat(level.into());
    if written.trim_start().starts_with('#') {
        return Some(format!("{hashes}{}", written.trim_start().trim_start_matches('#')));
    }
    let (text, _underline) = written.trim_end().rsplit_once('\n')?;
    Some(format!("{hashes} {}", on_one_line(text)))
}

/// Takes bold lines that stand alone for headings, where they say the name of a section, and takes the marks out of headings that are bold as a
/// whole: word processors write them so.
pub(super) fn unbold(draft: &mut Draft, body: &str, config: &Config) -> String {
    let lines: Vec<(&str, bool)> = text::lines(body).collect();
    let titles = lines.iter().filter(|(line, is_code)| !is_code && line.starts_with("# ")).count();
    // Where sections are of the first level, all are; below a title they are of the second.
    let level = if titles > 1 { "#" } else { "##" };
    let is_blank = |n: Option<usize>| n.and_then(|n| lines.get(n)).is_none_or(|(line, _)| line.trim().is_empty());
    let mut out = String::with_capacity(body.len());
    for (n, (line, is_code)) in lines.iter().enumerate() {
        let content = line.trim();
        let hashes = content.len() - content.trim_start_matches('#').len();
        let words = content.get(hashes..).unwrap_or_default().trim();
        let bare = words.strip_prefix("**").and_then(|rest| rest.strip_suffix("**")).filter(|bare| !bare.contains("**")).map(str::trim);
        match bare {
            _ if *is_code => out.push_str(line),
            // A heading of nothing is an empty line of a word processor.
            _ if (1..=6).contains(&hashes) && words.trim_matches(['*', ' ']).is_empty() => {}
            Some(bare) if (1..=6).contains(&hashes) && !bare.is_empty() => {
                out.extend([&"#".repeat(hashes), " ", bare, "\n"]);
            }
            Some(bare)
                if hashes == 0
                    && is_blank(n.checked_sub(1))
                    && is_blank(Some(n + 1))
                    && config.section_for(bare.trim_end_matches(':')).is_some() =>
            {
                draft.note(Outcome::Guessed, format!("**{bare}**"), "heading", "a bold line that stands alone and names a section");
                out.extend([level, " ", bare.trim_end_matches(':'), "\n"]);
            }
            _ => out.push_str(line),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Format;

    fn settled(body: &str) -> (String, Option<String>) {
        let mut draft = Draft::new(Format::Hugo, "a", "");
        let body = settle(&mut draft, body, &Config::default());
        (body, draft.get("title").and_then(Yaml::word).map(str::to_owned))
    }

    #[test]
    fn the_title_leaves_the_body_and_no_heading_is_of_its_level() {
        assert_eq!(settled("# A *b*\n\n## Summary\nc"), ("\n\n## Summary\nc".into(), Some("A b".into())));
        assert_eq!(
            settled("A\n===\n\nSummary\n=======\n\nx\n---\n# Impact\n\n###### y\n> # z"),
            ("\n\n## Summary\n\n### x\n## Impact\n\n###### y\n> # z".into(), Some("A".into()))
        );
        assert_eq!(settled("# Summary\ntext"), ("## Summary\ntext".into(), None));
    }

    #[test]
    fn bold_lines_that_name_a_section_are_headings() {
        let mut draft = Draft::new(Format::Confluence, "a", "");
        let body =
            unbold(&mut draft, "# **A**\n##\n\n**Summary:**\n\nx **b**\n\n**Nobody knows**\n\n```\n# **A**\n```\n", &Config::default());
        assert_eq!(body, "# A\n\n## Summary\n\nx **b**\n\n**Nobody knows**\n\n```\n# **A**\n```\n");
    }
}
