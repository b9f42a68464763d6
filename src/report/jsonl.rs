//! One JSON object to a line, one line for each finding: the objects of the JSON format without the array around them.

use super::json::line;
use super::place::Places;
use crate::diagnostic::Diagnostic;

pub(super) fn write(findings: &[Diagnostic], places: &mut Places<'_, '_>) -> String {
    findings.iter().map(|finding| line(finding, places) + "\n").collect()
}

#[cfg(test)]
mod tests {
    use crate::report::sample::{Sample, hostile, ordinary};
    use crate::report::{Format, Style, write};

    fn told(sample: &Sample) -> String {
        write(Format::Jsonl, &sample.findings, &|path| sample.text(path), Style::default())
    }

    #[test]
    fn a_line_is_an_object() {
        let mut sample = ordinary();
        sample.findings.drain(..3);
        assert_eq!(
            told(&sample),
            r#"{"rule":"duplicate-id","level":"error","message":"the id `INC-7` is taken","path":"content/postmortems/dns.md","start":{"line":2,"column":5,"offset":9},"end":{"line":2,"column":10,"offset":14},"label":"","labels":[{"path":"content/postmortems/2024-03-17-checkout.md","start":{"line":2,"column":5,"offset":8},"end":{"line":2,"column":10,"offset":13},"text":"first used here"}],"help":"give one of the two another id","fix":null}
{"rule":"skipped-input","level":"hint","message":"not published","path":"content/graph.svg","start":{"line":1,"column":1,"offset":0},"end":{"line":1,"column":1,"offset":0},"label":"","labels":[],"help":null,"fix":null}
"#
        );
    }

    #[test]
    fn the_lines_are_the_array_of_the_json_format() {
        for sample in [ordinary(), hostile()] {
            let lines: Vec<serde_json::Value> = told(&sample).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            let array = write(Format::Json, &sample.findings, &|path| sample.text(path), Style::default());
            assert_eq!(serde_json::Value::from(lines), serde_json::from_str::<serde_json::Value>(&array).unwrap());
        }
    }
}
