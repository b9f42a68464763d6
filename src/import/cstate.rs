//! cState, a status page made with Hugo: keys of the front matter, and updates with their times.
//!
//! Keys by its archetype (`title`, `date`, `resolved`, `resolvedWhen`, `severity`: down, disrupted or notice, `affected`, `section`), the shortcode `track` by
//! `layouts/shortcodes/track.html`, both in <https://github.com/cstate/cstate>. Updates are paragraphs, the newest first, each with the time it was written at; some
//! sites give each a heading.

use super::draft::Draft;
use super::fields::Means;
use super::{Outcome, hugo, text};
use crate::diagnostic::Span;
use crate::markdown::text::plain_text;
use crate::markdown::write::prefixed;
use crate::markdown::{self, Block, BlockKind};
use crate::model::Moment;
use crate::parse;

/// What keys mean to cState.
pub(super) fn means(key: &str) -> Option<Means> {
    Some(match key {
        "date" => Means::Field("started_at"),
        "resolvedwhen" => Means::Field("resolved_at"),
        "section" | "informational" | "pin" => Means::Theirs,
        key => return hugo::means(key),
    })
}

/// An update with its time.
struct Update {
    at: Moment,
    written: String,
    text: String,
}

/// Paragraphs with a time as a timeline, oldest first; the rest before it.
pub(super) fn body(draft: &mut Draft, body: &str) -> String {
    let blocks = markdown::read(body, Span::new(0, body.len())).blocks;
    let (mut prose, mut updates) = (Vec::new(), Vec::new());
    for group in groups(&blocks) {
        told(draft, group, body, &mut prose, &mut updates);
    }
    if updates.is_empty() {
        return hugo::body(draft, body);
    }
    // Of two at the same time the one further down was written first, where the newest stands at the top.
    if updates.first().zip(updates.last()).is_some_and(|(first, last): (&Update, &Update)| first.at.at >= last.at.at) {
        updates.reverse();
    }
    updates.sort_by_key(|update| update.at.at);
    draft.note(Outcome::Mapped, "{{<track>}}", "Timeline", "");
    let mut out = prose.join("\n\n");
    out.push_str("\n\n## Timeline\n\n");
    for update in updates {
        out.push_str(&prefixed(&format!("{} [comms] {}\n", update.written, update.text.trim()), "- ", "  "));
    }
    hugo::body(draft, &out)
}

/// Blocks that belong together: a heading with what follows it, or one by itself. Rules stand between updates and say nothing.
fn groups(blocks: &[Block]) -> Vec<&[Block]> {
    let mut groups = Vec::new();
    let mut rest = blocks;
    while let Some(first) = rest.first() {
        let is_end = |block: &Block| matches!(block.kind, BlockKind::Heading(_) | BlockKind::Rule);
        let end = if matches!(first.kind, BlockKind::Heading(_)) {
            rest.iter().skip(1).position(is_end).map_or(rest.len(), |at| at + 1)
        } else {
            1
        };
        let (group, after) = rest.split_at(end);
        groups.push(group);
        rest = after;
    }
    groups
}

/// Tells a group as updates, or as prose where it has no time.
fn told(draft: &mut Draft, group: &[Block], body: &str, prose: &mut Vec<String>, updates: &mut Vec<Update>) {
    let mut pending = Vec::new();
    let mut label = None;
    let before = updates.len();
    for (n, block) in group.iter().enumerate() {
        if let (0, BlockKind::Heading(heading)) = (n, &block.kind) {
            label = Some(plain_text(&heading.content));
            continue;
        }
        let (text, time) = without_track(draft, block.span.slice(body));
        pending.push(text);
        if let Some((written, at)) = time {
            let head = label.take().filter(|_| updates.len() == before).map(|label| format!("**{}.** ", label.trim_end_matches('.')));
            updates.push(Update { at, written, text: head.unwrap_or_default() + &std::mem::take(&mut pending).join("\n\n") });
        }
    }
    if updates.len() == before {
        prose.extend(group.iter().filter(|block| !matches!(block.kind, BlockKind::Rule)).map(|block| block.span.slice(body).to_owned()));
    } else if let Some(last) = updates.last_mut() {
        // What follows the time under the same heading goes on with the update.
        for text in &pending {
            last.text.extend(["\n\n", text.as_str()]);
        }
    }
}

/// A text without the mark of its time, and the time.
fn without_track(draft: &mut Draft, text: &str) -> (String, Option<(String, Moment)>) {
    let mut time = None;
    let text = text::replace_marks(text, ("{{<", ">}}"), |inner| {
        let (words, _) = text::arguments(inner.trim());
        let [name, written] = words.as_slice() else { return None };
        if name != "track" || time.is_some() {
            return None;
        }
        // No page shows thousandths, and no person writes them.
        let written = written.replace(".000", "");
        let Some(at) = parse::moment(&written) else {
            draft.note(Outcome::Guessed, format!("track {written}"), "", "it is no time, so that the update has none");
            return None;
        };
        time = Some((written, at));
        Some(String::new())
    });
    (text.trim().to_owned(), time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Format;

    fn converted(text: &str) -> String {
        body(&mut Draft::new(Format::Cstate, "a", ""), text)
    }

    #[test]
    fn updates_become_a_timeline_oldest_first() {
        assert_eq!(
            converted(
                "*Post-mortem*\n\nA node went away.\n\n---\n\n*Update* - Fixed. {{< track \"2018-04-13 17:30:00\" >}}\n\n*Investigating* - We look.\n{{< track \
                 \"2018-04-13 15:54:00\" >}}\n\n*Before* - x"
            ),
            "*Post-mortem*\n\nA node went away.\n\n*Before* - x\n\n## Timeline\n\n- 2018-04-13 15:54:00 [comms] *Investigating* - We look.\n- \
             2018-04-13 17:30:00 [comms] *Update* - Fixed.\n"
        );
    }

    #[test]
    fn what_stands_under_the_heading_of_an_update_belongs_to_it() {
        assert_eq!(
            converted(
                "Down.\n\n## Update\n\nBack at ten. {{< track \"2019-03-17T11:41:00.000Z\" >}}\n\n- a\n- b\n\n## Root cause\n\nWho knows."
            ),
            "Down.\n\n## Root cause\n\nWho knows.\n\n## Timeline\n\n- 2019-03-17T11:41:00Z [comms] **Update.** Back at ten.\n\n  - a\n  - b\n"
        );
        assert_eq!(converted("a {{< track \"soon\" >}}"), "a {{< track \"soon\" >}}");
    }
}
