//! MkDocs: admonitions, folded blocks and tabs, whose content is indented, and keys of the front matter.
//!
//! Admonitions by <https://python-markdown.github.io/extensions/admonition/>, folded ones and tabs by <https://facelessuser.github.io/pymdown-extensions/>
//! (`details`, `tabbed`, `snippets`), their kinds by <https://squidfunk.github.io/mkdocs-material/reference/admonitions/>, keys by
//! <https://www.mkdocs.org/user-guide/writing-your-docs/>.

use super::draft::Draft;
use super::fields::Means;
use super::{Outcome, text};
use crate::markdown::text::capitalised;
use crate::markdown::write::prefixed;

/// What keys mean to MkDocs.
pub(super) fn means(key: &str) -> Option<Means> {
    Some(match key {
        "date" => Means::Written,
        "template" | "hide" | "icon" | "search" | "status" | "subtitle" | "hero" => Means::Theirs,
        _ => return None,
    })
}

/// The marker of ours for each kind; of a kind that has not the name of its marker, the name is written down.
const KINDS: [(&str, &str); 18] = [
    ("note", "NOTE"),
    ("tip", "TIP"),
    ("important", "IMPORTANT"),
    ("warning", "WARNING"),
    ("caution", "CAUTION"),
    ("info", "NOTE"),
    ("abstract", "NOTE"),
    ("summary", "NOTE"),
    ("question", "NOTE"),
    ("example", "NOTE"),
    ("quote", "NOTE"),
    ("hint", "TIP"),
    ("success", "TIP"),
    ("attention", "WARNING"),
    ("failure", "CAUTION"),
    ("danger", "CAUTION"),
    ("error", "CAUTION"),
    ("bug", "CAUTION"),
];

/// Blocks of MkDocs as alerts and headings of Markdown.
pub(super) fn body(draft: &mut Draft, body: &str) -> String {
    let lines: Vec<(&str, bool)> = text::lines(body).collect();
    converted(draft, &lines, 0)
}

fn converted(draft: &mut Draft, lines: &[(&str, bool)], depth: usize) -> String {
    const DEEPEST: usize = 16;
    let mut out = String::new();
    let mut n = 0;
    while let Some((line, is_code)) = lines.get(n) {
        n += 1;
        let opening = if *is_code || depth > DEEPEST { None } else { opening(line) };
        let Some(Opening { indent, mark, kind, title }) = opening else {
            if !is_code && line.contains("--8<--") {
                draft.note(Outcome::Kept, "--8<--", "", "the file that is to stand here was not read; put its text here");
            }
            out.push_str(line);
            continue;
        };
        let from = n;
        let belongs = |(line, _): &(&str, bool)| line.trim().is_empty() || width(line) >= indent + 4;
        n += lines.get(n..).unwrap_or_default().iter().take_while(|line| belongs(line)).count();
        let inner = lines.get(from..n).unwrap_or_default();
        let content: Vec<String> = inner.iter().map(|(line, _)| dedented(line, indent + 4)).collect();
        let content: Vec<(&str, bool)> = content.iter().map(String::as_str).zip(inner.iter().map(|(_, is_code)| *is_code)).collect();
        let content = converted(draft, &content, depth + 1);
        let pad = " ".repeat(indent);
        let block = if mark == "===" {
            format!("**{}**\n\n{}\n", title.unwrap_or_default(), content.trim_matches('\n'))
        } else {
            let known = KINDS.iter().find(|(known, _)| *known == kind).map(|(_, marker)| *marker);
            let marker = known.unwrap_or("NOTE");
            let shown = match title {
                Some(title) => title,
                None if kind.eq_ignore_ascii_case(marker) => String::new(),
                None => capitalised(&kind),
            };
            let head = if shown.is_empty() { String::new() } else { format!("**{shown}**\n\n") };
            prefixed(&format!("[!{marker}]\n{head}{}\n", content.trim_matches('\n')), "> ", "> ")
        };
        draft.note(Outcome::Mapped, format!("{mark} {kind}").trim_end(), if mark == "===" { "a bold line" } else { "an alert" }, "");
        out.push_str(&prefixed(&block, &pad, &pad));
        out.push('\n');
    }
    out
}

struct Opening {
    indent: usize,
    mark: &'static str,
    kind: String,
    /// Nothing where the kind stands for it; empty where none is to be shown.
    title: Option<String>,
}

fn opening(line: &str) -> Option<Opening> {
    let content = line.trim();
    let mark = ["!!!", "???+", "???", "==="]
        .into_iter()
        .find(|mark| content.strip_prefix(mark).is_some_and(|rest| rest.starts_with([' ', '"'])))?;
    let rest = content.get(mark.len()..)?.trim_start_matches('!').trim();
    let (kinds, title) = match rest.split_once('"') {
        Some((kinds, title)) => (kinds.trim(), Some(title.strip_suffix('"')?.to_owned())),
        None => (rest, None),
    };
    let kind = kinds.split(' ').next().unwrap_or_default().to_lowercase();
    let is_word = kind.chars().all(|c| c.is_alphanumeric() || c == '-');
    let is_whole = if mark == "===" { kind.is_empty() && title.is_some() } else { is_word && !kind.is_empty() };
    is_whole.then(|| Opening { indent: width(line), mark, kind, title })
}

/// How far a line is indented, a tab being four.
fn width(line: &str) -> usize {
    line.chars().take_while(|c| matches!(c, ' ' | '\t')).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

fn dedented(line: &str, columns: usize) -> String {
    let width = width(line);
    let content = line.trim_start_matches([' ', '\t']);
    format!("{}{content}", " ".repeat(width.saturating_sub(columns)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Format;

    #[test]
    fn blocks_of_mkdocs_become_alerts_and_bold_lines() {
        let mut draft = Draft::new(Format::Mkdocs, "a", "");
        let text = "a\n!!! note\n    b\n\n    c\n\n??? bug \"D `e`\"\n    f\n    !!! danger \"\"\n        g\n=== \"Tab\"\n\n    h\n\n!!! other kinds\n\ti\n```\n!!! note\n```\n=== x\n";
        assert_eq!(
            body(&mut draft, text),
            "a\n> [!NOTE]\n> b\n>\n> c\n\n> [!CAUTION]\n> **D `e`**\n>\n> f\n> > [!CAUTION]\n> > g\n\n**Tab**\n\nh\n\n> [!NOTE]\n> **Other**\n>\n> \
             i\n\n```\n!!! note\n```\n=== x\n"
        );
    }
}
