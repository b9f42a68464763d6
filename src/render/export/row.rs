//! Rows for other programs, the same in the exports and on the command line: as JSON, and as CSV for spreadsheets.

use serde::Serialize;
use serde_json::Value;

/// A row of an export. As JSON it is an object whose keys are always all there, `null` where nothing is known; keys are added in time, never
/// renamed or removed. As CSV it is flat, and columns are added at the end.
pub trait Row: Serialize {
    /// The names of the columns.
    fn columns() -> Vec<String>;

    /// The cells of the row, one for each column; empty where nothing is known. They are the values of the keys that are named as columns are.
    fn cells(&self) -> Vec<String> {
        // Rows are made of words, numbers and lists of words, which JSON has.
        let row = serde_json::to_value(self).unwrap_or_default();
        Self::columns().iter().map(|name| row.get(name).map_or_else(String::new, text)).collect()
    }
}

/// Rows as a JSON array, one object to a line.
#[must_use]
pub fn json<R: Row>(rows: &[R]) -> String {
    // Rows are made of words and numbers, which JSON has; writing to memory does not fail.
    let lines: Vec<String> = rows.iter().filter_map(|row| serde_json::to_string(row).ok()).collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

/// Rows as CSV (RFC 4180) in UTF-8: a line of names, then the rows, lines ended by CR LF.
///
/// A cell that begins with `=`, `+`, `-`, `@`, a tab or a line break gets a single quote in front. Spreadsheets take such a cell for a formula
/// and run it when the file is opened (OWASP, "CSV Injection"), and what stands in a document may have been written by an attacker: a ticket that
/// was pasted, a quote. With the quote it is text.
#[must_use]
pub fn csv<R: Row>(rows: &[R]) -> String {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    // Every row has a cell for each column, and writing to memory does not fail.
    let _ = writer.write_record(R::columns());
    for row in rows {
        let _ = writer.write_record(row.cells().into_iter().map(harmless));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => list(&values.iter().map(text).collect::<Vec<_>>()),
        value => value.to_string(),
    }
}

/// Several values in one cell.
pub(super) fn list<T: AsRef<str>>(values: &[T]) -> String {
    values.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("; ")
}

/// A value in a cell.
pub(super) fn cell<T: ToString>(value: Option<&T>) -> String {
    value.map(T::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Pair {
        word: String,
        number: Option<u8>,
    }

    impl Row for Pair {
        fn columns() -> Vec<String> {
            vec!["word".into(), "number".into()]
        }
    }

    fn pair(word: &str, number: Option<u8>) -> Pair {
        Pair { word: word.into(), number }
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        let rows = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "a=1", "say \"so\", twice\nand again"].map(|word| pair(word, None));
        assert_eq!(
            csv(&rows),
            "word,number\r\n'=1+1,\r\n'+1,\r\n'-1,\r\n'@SUM(A1),\r\n'\t=1,\r\na=1,\r\n\"say \"\"so\"\", twice\nand again\",\r\n"
        );
    }

    #[test]
    fn json_has_a_line_for_each_row() {
        assert_eq!(json::<Pair>(&[]), "[]\n");
        let rows = [pair("a", Some(1)), pair("b\n", None)];
        assert_eq!(json(&rows), "[\n{\"word\":\"a\",\"number\":1},\n{\"word\":\"b\\n\",\"number\":null}\n]\n");
        assert_eq!(csv(&rows), "word,number\r\na,1\r\n\"b\n\",\r\n");
        assert_eq!(csv::<Pair>(&[]), "word,number\r\n");
    }
}
