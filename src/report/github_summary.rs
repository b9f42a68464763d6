//! The summary of a job on GitHub Actions: Markdown with the counts and a table of findings, gravest first.
//!
//! GitHub throws away a summary of more than 1 MiB as a whole, so the table ends well before.

use std::fmt::Write as _;

use super::place::Places;
use super::visible::visible;
use super::{counted, summary};
use crate::diagnostic::{Diagnostic, Level, SourcePath};

/// Rows of the table at most.
const ROWS: usize = 500;

/// Bytes of the table at most; the rest of the 1 MiB is for what other programs of the step add.
const BYTES: usize = 512 * 1024;

/// Characters of a cell at most.
const CELL: usize = 300;

/// The findings of a check of so many `documents`, as Markdown for the file that `$GITHUB_STEP_SUMMARY` names. `texts` gives the text of a
/// file, where it has one.
#[must_use]
pub fn github_summary<'a>(findings: &[Diagnostic], texts: &dyn Fn(&SourcePath) -> Option<&'a str>, documents: usize) -> String {
    let mut places = Places::new(texts);
    let mut text = String::from("### Afterword: ");
    text.push_str(&summary(findings, documents).replacen('\n', "\n\n", 1));
    if findings.is_empty() {
        return text.trim_end().to_owned() + "\n";
    }
    text.push_str("\n| Level | Rule | Place | Message |\n| --- | --- | --- | --- |\n");
    let gravest_first = [Level::Error, Level::Warning, Level::Hint].into_iter();
    let rows = gravest_first.flat_map(|level| findings.iter().filter(move |finding| finding.level == level));
    let mut told = 0;
    for finding in rows.take(ROWS) {
        let row = row(finding, &mut places);
        if text.len() + row.len() > BYTES {
            break;
        }
        text.push_str(&row);
        told += 1;
    }
    if told < findings.len() {
        let _ = writeln!(text, "\nand {} more", counted(findings.len() - told, "finding"));
    }
    text
}

fn row(finding: &Diagnostic, places: &mut Places<'_, '_>) -> String {
    let start = places.extent(&finding.primary).start;
    let (path, message) = (cell(finding.primary.path.as_str()), cell(&finding.message));
    format!("| {} | {} | {path}:{}:{} | {message} |\n", finding.level.word(), finding.rule, start.line, start.column)
}

/// Text in which nothing is Markdown, HTML, mathematics or the end of a cell: what could be is written as a character reference.
fn cell(text: &str) -> String {
    let text = visible(text);
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars().take(CELL) {
        if matches!(c, '&' | '<' | '>' | '|' | '\\' | '`' | '*' | '_' | '~' | '[' | ']' | '{' | '}' | '!' | '#' | '@' | '$' | ':') {
            let _ = write!(escaped, "&#{};", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    if text.chars().nth(CELL).is_some() {
        escaped.push('…');
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample::{Sample, hostile, ordinary};

    fn told(sample: &Sample) -> String {
        github_summary(&sample.findings, &|path| sample.text(path), 12)
    }

    #[test]
    fn counts_and_a_table_the_gravest_first() {
        assert_eq!(
            told(&ordinary()),
            r"### Afterword: 3 errors, 1 warning, 1 hint in 3 of 12 files

`afterword check --fix` mends 1 of them

| Level | Rule | Place | Message |
| --- | --- | --- | --- |
| error | broken-link | content/postmortems/2024-03-17-checkout.md:8:11 | the file &#96;../missing.md&#35;cause&#96; does not exist |
| error | broken-link | content/postmortems/2024-03-17-checkout.md:8:44 | the file &#96;x.md&#96; does not exist |
| error | duplicate-id | content/postmortems/dns.md:2:5 | the id &#96;INC-7&#96; is taken |
| warning | renamed-field | content/postmortems/2024-03-17-checkout.md:3:1 | &#96;start&#96; is now &#96;started&#95;at&#96; |
| hint | skipped-input | content/graph.svg:1:1 | not published |
"
        );
    }

    #[test]
    fn no_findings_are_a_line() {
        assert_eq!(github_summary(&[], &|_| None, 12), "### Afterword: no findings in 12 files\n");
    }

    #[test]
    fn nothing_leaves_its_cell() {
        let mut sample = hostile();
        sample.findings.truncate(1);
        sample.findings[0].message = "`a` | <img src=x> [b](c) &amp; \\| $x$ @d #1 **e**\n| f |".into();
        assert_eq!(
            told(&sample),
            r"### Afterword: 1 error in 1 of 12 files

`afterword check --fix` mends 1 of them

| Level | Rule | Place | Message |
| --- | --- | --- | --- |
| error | unknown-term | &#92;u&#123;3a&#125;&#58;error&#58;&#58;a&#92;u&#123;1b&#125;&#91;2J,b&#58;c.md:1:1 | &#96;a&#96; &#124; &#60;img src=x&#62; &#91;b&#93;(c) &#38;amp; &#92;&#124; &#36;x&#36; &#64;d &#35;1 &#42;&#42;e&#42;&#42;&#92;n&#124; f &#124; |
"
        );
    }

    #[test]
    fn what_is_too_much_is_counted() {
        let mut sample = ordinary();
        sample.findings = vec![sample.findings[0].clone(); 503];
        let many = told(&sample);
        assert_eq!(many.lines().filter(|line| line.starts_with("| warning ")).count(), 500);
        assert_eq!(many.lines().last(), Some("and 3 findings more"));
        sample.findings.iter_mut().for_each(|finding| finding.message = "`".repeat(9999));
        let long = told(&sample);
        let rows = long.lines().filter(|line| line.starts_with("| warning ")).count();
        assert!(long.len() <= BYTES + 100 && long.len() > BYTES - 10_000, "{}", long.len());
        assert_eq!(long.lines().last().unwrap(), format!("and {} findings more", 503 - rows));
    }
}
