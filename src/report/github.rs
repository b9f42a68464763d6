//! Workflow commands of GitHub Actions, gravest first: GitHub turns ten of each level into annotations and leaves the rest in the log.
//!
//! A command is `::error file=…,line=…::message`. In the message `%`, CR and LF are percent-encoded, in properties `:` and `,` too (the
//! runner's `ActionCommand.cs` decodes exactly these).

use std::fmt::Write as _;

use super::counted;
use super::place::{Extent, Places};
use super::visible::visible;
use crate::diagnostic::{Diagnostic, Level};

/// The annotations that GitHub shows of each level, for each step.
const SHOWN: usize = 10;

pub(super) fn write(findings: &[Diagnostic], places: &mut Places<'_, '_>) -> String {
    let mut text = String::new();
    let mut unseen = 0;
    for level in [Level::Error, Level::Warning, Level::Hint] {
        let of_level = findings.iter().filter(|finding| finding.level == level);
        let mut count = 0_usize;
        for finding in of_level {
            count += 1;
            command(&mut text, finding, places.extent(&finding.primary));
        }
        unseen += count.saturating_sub(SHOWN);
    }
    if unseen > 0 {
        let _ = writeln!(text, "and {} that GitHub shows here only", counted(unseen, "finding"));
    }
    text
}

fn command(text: &mut String, finding: &Diagnostic, place: Extent) {
    let name = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Hint | Level::Off => "notice",
    };
    let (start, end) = (place.start, place.end);
    let _ = write!(text, "::{name} file={},line={},endLine={}", property(finding.primary.path.as_str()), start.line, end.line);
    // Columns are refused for more than one line.
    if start.line == end.line {
        let _ = write!(text, ",col={},endColumn={}", start.column, end.column);
    }
    let _ = write!(text, ",title={}::{}", property(finding.rule.0), data(&finding.message));
    if let Some(help) = &finding.help {
        let _ = write!(text, "%0A{}", data(help));
    }
    text.push('\n');
}

fn data(value: &str) -> String {
    visible(value).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(value: &str) -> String {
    data(value).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::{hostile, ordinary};
    use crate::report::{Format, Style, write};

    #[test]
    fn a_command_for_each_the_gravest_first() {
        let sample = ordinary();
        let told = write(Format::Github, &sample.findings, &|path| sample.text(path), Style::default());
        assert_eq!(
            told,
            r"::error file=content/postmortems/2024-03-17-checkout.md,line=8,endLine=8,col=11,endColumn=30,title=broken-link::the file `../missing.md#cause` does not exist%0Ais `dns.md` meant?
::error file=content/postmortems/2024-03-17-checkout.md,line=8,endLine=8,col=44,endColumn=48,title=broken-link::the file `x.md` does not exist
::error file=content/postmortems/dns.md,line=2,endLine=2,col=5,endColumn=10,title=duplicate-id::the id `INC-7` is taken%0Agive one of the two another id
::warning file=content/postmortems/2024-03-17-checkout.md,line=3,endLine=3,col=1,endColumn=6,title=renamed-field::`start` is now `started_at`
::notice file=content/graph.svg,line=1,endLine=1,col=1,endColumn=1,title=skipped-input::not published
"
        );
    }

    #[test]
    fn nothing_in_a_finding_is_a_command_of_its_own() {
        let sample = hostile();
        let told = write(Format::Github, &sample.findings[..1], &|path| sample.text(path), Style::default());
        assert_eq!(
            told,
            r"::error file=\u{3a}%3Aerror%3A%3Aa\u{1b}[2J%2Cb%3Ac.md,line=1,endLine=1,col=1,endColumn=7,title=unknown-term::\u{1b}[31m\n::set-output name=a::b\r\n##\u{5b}add-mask]\u{202e}\u{7f}%250A::warning::x%0A\u{1b}[31m\n::set-output name=a::b\r\n##\u{5b}add-mask]\u{202e}\u{7f}%250A::warning::x
"
        );
    }

    #[test]
    fn what_github_leaves_out_is_counted() {
        let sample = ordinary();
        let many: Vec<Diagnostic> = (0..12).flat_map(|_| sample.findings.iter().take(2).cloned()).collect();
        let told = write(Format::Github, &many, &|path| sample.text(path), Style::default());
        assert_eq!(told.lines().last(), Some("and 4 findings that GitHub shows here only"));
    }
}
