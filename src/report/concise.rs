//! A line for each finding: `path:line:column: level[rule] message`.

use std::fmt::Write as _;

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_INFO_STYLE, DEFAULT_WARNING_STYLE};

use super::place::Places;
use super::visible::visible;
use super::{Colour, Style};
use crate::diagnostic::{Diagnostic, Level};

pub(super) fn write(findings: &[Diagnostic], places: &mut Places<'_, '_>, style: Style) -> String {
    let mut text = String::new();
    for finding in findings {
        let start = places.extent(&finding.primary).start;
        let (path, message) = (visible(finding.primary.path.as_str()), visible(&finding.message));
        let level = level(finding.level, style.colour);
        let _ = writeln!(text, "{path}:{}:{}: {level}[{}] {message}", start.line, start.column, finding.rule);
    }
    text
}

/// The word for a level, coloured as in the full format.
fn level(level: Level, colour: Colour) -> String {
    let style = match (colour, level) {
        (Colour::Never, _) | (Colour::Always, Level::Off) => return level.word().to_owned(),
        (Colour::Always, Level::Error) => DEFAULT_ERROR_STYLE,
        (Colour::Always, Level::Warning) => DEFAULT_WARNING_STYLE,
        (Colour::Always, Level::Hint) => DEFAULT_INFO_STYLE,
    };
    format!("{style}{}{style:#}", level.word())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::{hostile, ordinary};
    use crate::report::{Format, write};

    #[test]
    fn a_line_for_each() {
        let sample = ordinary();
        let told = write(Format::Concise, &sample.findings, &|path| sample.text(path), Style::default());
        assert_eq!(
            told,
            r"content/postmortems/2024-03-17-checkout.md:3:1: warning[renamed-field] `start` is now `started_at`
content/postmortems/2024-03-17-checkout.md:8:11: error[broken-link] the file `../missing.md#cause` does not exist
content/postmortems/2024-03-17-checkout.md:8:44: error[broken-link] the file `x.md` does not exist
content/postmortems/dns.md:2:5: error[duplicate-id] the id `INC-7` is taken
content/graph.svg:1:1: hint[skipped-input] not published
"
        );
    }

    #[test]
    fn a_line_stays_a_line() {
        let sample = hostile();
        let told = write(Format::Concise, &sample.findings, &|path| sample.text(path), Style::default());
        assert_eq!(told.lines().count(), sample.findings.len(), "{told}");
    }

    #[test]
    fn levels_are_coloured_where_asked_for() {
        let sample = ordinary();
        let style = Style { colour: Colour::Always, width: 80 };
        let told = write(Format::Concise, &sample.findings[..1], &|path| sample.text(path), style);
        assert!(told.contains(" \u{1b}[1m\u{1b}[33mwarning\u{1b}[0m[renamed-field] "), "{told:?}");
    }
}
