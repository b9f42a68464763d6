//! What would become of a file, as a unified diff.

use annotate_snippets::renderer::{AnsiColor, DEFAULT_ERROR_STYLE, DEFAULT_NOTE_STYLE};
use similar::TextDiff;

use super::visible::visible;
use super::{Colour, Style};
use crate::diagnostic::SourcePath;

/// The lines in which two texts of a file differ, with three around them.
#[must_use]
pub fn difference(path: &SourcePath, old: &str, new: &str, style: Style) -> String {
    let path = visible(path.as_str());
    let diff = TextDiff::from_lines(old, new);
    let unified = diff.unified_diff().context_radius(3).header(&format!("a/{path}"), &format!("b/{path}")).to_string();
    let lines = unified.split_inclusive('\n').map(|line| coloured(line, style.colour));
    lines.collect()
}

fn coloured(line: &str, colour: Colour) -> String {
    let words = line.trim_end_matches(['\n', '\r']);
    let text = visible(words);
    let style = match (colour, words.chars().next()) {
        (Colour::Always, Some('-')) => DEFAULT_ERROR_STYLE,
        (Colour::Always, Some('+')) => AnsiColor::Green.on_default().bold(),
        (Colour::Always, Some('@')) => DEFAULT_NOTE_STYLE,
        _ => return format!("{text}\n"),
    };
    format!("{style}{text}{style:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown_and_nothing_in_it_reaches_the_terminal() {
        let path = SourcePath::from("content/a.md");
        let old = "---\nstart: x\n---\n\u{1b}[2J\nlast";
        let new = "---\nstarted_at: x\n---\n\u{1b}[2J\nlast\n\n## Impact\n";
        assert_eq!(
            difference(&path, old, new, Style::default()),
            r"--- a/content/a.md
+++ b/content/a.md
@@ -1,5 +1,7 @@
 ---
-start: x
+started_at: x
 ---
 \u{1b}[2J
-last
\ No newline at end of file
+last
+
+## Impact
"
        );
        assert_eq!(difference(&path, old, old, Style::default()), "");
        let told = difference(&path, "a\n", "b\n", Style { colour: Colour::Always, width: 80 });
        assert!(told.contains("\u{1b}[32mb") || told.contains("+b\u{1b}[0m"), "{told:?}");
    }
}
