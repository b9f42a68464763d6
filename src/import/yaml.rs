//! Metadata as YAML that a person goes on editing: plain words where they are safe, texts of several lines as blocks.

use std::fmt::Write as _;

use crate::frontmatter::{Node, ScalarKind, Value};

/// The longest list on one line, in bytes.
const LINE: usize = 100;

/// A value to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Yaml {
    /// A number or a truth value, as it is written.
    Plain(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// Keys and values.
    Map(Vec<(String, Self)>),
}

impl Yaml {
    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A list of texts.
    pub(super) fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// What was read of somebody else's metadata.
    pub(super) fn of_node(node: &Node) -> Self {
        match &node.value {
            Value::Scalar(scalar) => match scalar.kind {
                ScalarKind::Null => Self::Plain("null".to_owned()),
                ScalarKind::Bool(value) => Self::Plain(value.to_string()),
                ScalarKind::Integer | ScalarKind::Float if is_number(&scalar.text) => Self::Plain(scalar.text.to_string()),
                _ => Self::text(&*scalar.text),
            },
            Value::Sequence(items) => Self::List(items.iter().map(Self::of_node).collect()),
            Value::Mapping(mapping) => {
                Self::Map(mapping.entries.iter().map(|entry| (entry.key.value.to_string(), Self::of_node(&entry.value))).collect())
            }
        }
    }

    /// A value of JSON. What is nested deeper than a list of words stays JSON, as a text.
    pub(super) fn of_json(value: &serde_json::Value) -> Self {
        use serde_json::Value as Json;
        let is_word = |value: &Json| !(value.is_array() || value.is_object());
        match value {
            Json::Null => Self::Plain("null".to_owned()),
            Json::Bool(value) => Self::Plain(value.to_string()),
            Json::Number(number) => Self::Plain(number.to_string()),
            Json::String(text) => Self::text(text.as_str()),
            Json::Array(items) if items.iter().all(is_word) => Self::List(items.iter().map(Self::of_json).collect()),
            nested => Self::text(nested.to_string()),
        }
    }

    /// The words of a value that is one word or text.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Plain(text) if text == "null" => None,
            Self::Plain(text) | Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The words of a list, or of a word alone, as people write `tags: dns`. Nothing where something else is among them.
    pub(super) fn words(&self) -> Option<Vec<String>> {
        match self {
            Self::List(items) => items.iter().filter(|item| !item.is_empty()).map(|item| item.word().map(str::to_owned)).collect(),
            Self::Map(_) => None,
            word => word.word().map(|word| vec![word.to_owned()]),
        }
    }

    /// Whether nothing is said.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Plain(_) | Self::Text(_) => self.word().is_none(),
            Self::List(items) => items.iter().all(Self::is_empty),
            Self::Map(entries) => entries.is_empty(),
        }
    }
}

/// The lines of a mapping.
pub(super) fn mapping(entries: &[(String, Yaml)]) -> String {
    let mut out = String::new();
    for (key, value) in entries {
        entry(&mut out, key, value, 0);
    }
    out
}

/// A mapping on one line.
pub(super) fn flow(entries: &[(&str, &str)]) -> String {
    let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key}: {}", scalar(value))).collect();
    format!("{{{}}}", entries.join(", "))
}

fn entry(out: &mut String, name: &str, value: &Yaml, indent: usize) {
    let _ = write!(out, "{}:", key(name));
    after_colon(out, value, indent);
}

/// A value behind its key, the line ended.
fn after_colon(out: &mut String, value: &Yaml, indent: usize) {
    let pad = " ".repeat(indent + 2);
    match value {
        Yaml::Plain(text) => {
            let _ = writeln!(out, " {text}");
        }
        Yaml::Text(text) => out.push_str(&block(text, &pad).unwrap_or_else(|| format!(" {}\n", scalar(text)))),
        Yaml::List(items) => {
            if let Some(line) = one_line(items) {
                let _ = writeln!(out, " {line}");
            } else {
                out.push('\n');
                for value in items {
                    item(out, value, indent + 2);
                }
            }
        }
        Yaml::Map(entries) if entries.is_empty() => out.push_str(" {}\n"),
        Yaml::Map(entries) => {
            out.push('\n');
            for (name, value) in entries {
                out.push_str(&pad);
                entry(out, name, value, indent + 2);
            }
        }
    }
}

/// One item of a list over several lines.
fn item(out: &mut String, value: &Yaml, indent: usize) {
    let pad = " ".repeat(indent);
    match value {
        Yaml::Map(entries) if !entries.is_empty() => {
            for (n, (name, value)) in entries.iter().enumerate() {
                let _ = write!(out, "{pad}{}", if n == 0 { "- " } else { "  " });
                entry(out, name, value, indent + 2);
            }
        }
        value => {
            let _ = write!(out, "{pad}-");
            after_colon(out, value, indent);
        }
    }
}

/// A list of words on one line, where it is short.
fn one_line(items: &[Yaml]) -> Option<String> {
    let words: Option<Vec<String>> = items
        .iter()
        .map(|item| match item {
            Yaml::Plain(text) => Some(text.clone()),
            Yaml::Text(text) => Some(scalar(text)),
            Yaml::List(_) | Yaml::Map(_) => None,
        })
        .collect();
    let line = format!("[{}]", words?.join(", "));
    (line.len() <= LINE).then_some(line)
}

/// A text of several lines as a literal block (YAML 1.2 §8.1.2), where it can be one: no line of it begins or ends in a way that a reader of YAML or
/// an editor would change.
fn block(text: &str, pad: &str) -> Option<String> {
    let lines: Vec<&str> = text.split('\n').collect();
    let plain = |line: &&str| line.chars().all(is_printable) && !line.ends_with([' ', '\t']) && !line.starts_with('\t');
    let begins_plainly = lines.first().is_some_and(|first| !first.is_empty() && !first.starts_with(' '));
    if lines.len() < 2 || !begins_plainly || text.ends_with('\n') || !lines.iter().all(plain) {
        return None;
    }
    let mut block = " |-\n".to_owned();
    for line in lines {
        let _ = writeln!(block, "{}{line}", if line.is_empty() { "" } else { pad });
    }
    Some(block)
}

fn key(name: &str) -> String {
    // A merge key, in quotes as well.
    let name = if name == "<<" { "<<_" } else { name };
    let is_plain =
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if is_plain && !means_something_else(name) { name.to_owned() } else { quoted(name) }
}

/// A text on one line: as it is where no reader of YAML takes it for anything else, inside of brackets too, else in quotes.
fn scalar(text: &str) -> String {
    let inside = |(at, c): (usize, char)| match c {
        ',' | '[' | ']' | '{' | '}' | '"' | '`' | '\\' => false,
        ':' => text.get(at + 1..).is_some_and(|rest| rest.starts_with(|next: char| next.is_alphanumeric() || next == '/')),
        '#' => !text.get(..at).is_some_and(|before| before.ends_with(' ')),
        c => is_printable(c) && !c.is_control(),
    };
    let begins = text.starts_with(|c: char| c.is_alphanumeric() || c == '/');
    let is_plain = begins && !text.ends_with(char::is_whitespace) && text.char_indices().all(inside) && !means_something_else(text);
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// A text in double quotes: those of JSON are those of YAML (YAML 1.2 §1.3), which allows fewer characters to stand for themselves.
pub(super) fn quoted(text: &str) -> String {
    let json = serde_json::Value::String(text.to_owned()).to_string();
    json.chars().fold(String::with_capacity(json.len()), |mut out, c| {
        if is_printable(c) && c != '\t' {
            out.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
        out
    })
}

/// What may stand for itself (YAML 1.2 §5.1), but for the ends of lines that editors know and the byte order mark.
fn is_printable(c: char) -> bool {
    matches!(c, '\t' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..)
        && !matches!(c, '\u{2028}' | '\u{2029}')
}

/// Words that YAML, of today or of once, takes for no text.
fn means_something_else(text: &str) -> bool {
    const WORDS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) || is_number(text)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_based = digits.get(..2).is_some_and(|head| ["0x", "0o", "0b"].iter().any(|base| head.eq_ignore_ascii_case(base)));
    is_based || (digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') && digits.replace('_', "").parse::<f64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontmatter;

    fn lines(entries: &[(&str, Yaml)]) -> String {
        let entries: Vec<(String, Yaml)> = entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        mapping(&entries)
    }

    #[test]
    fn what_is_printed_is_what_a_person_writes() {
        let updates = Yaml::List(vec![Yaml::Map(vec![
            ("at".into(), Yaml::text("2020-01-02T03:04Z")),
            ("text".into(), Yaml::text("One: two.\n\nThree.")),
        ])]);
        let printed = lines(&[
            ("title", Yaml::text("Orders failed")),
            ("draft", Yaml::Plain("true".into())),
            ("tags", Yaml::texts(["dns", "a b", "yes", "1.0", "c, d"])),
            ("source", Yaml::text("https://example.org/a")),
            ("updates", updates),
            ("x", Yaml::Map(vec![("lay out".into(), Yaml::text("a: b")), ("empty".into(), Yaml::Map(vec![]))])),
        ]);
        assert_eq!(
            printed,
            "title: Orders failed\ndraft: true\ntags: [dns, a b, \"yes\", \"1.0\", \"c, d\"]\nsource: https://example.org/a\nupdates:\n  - at: \
             2020-01-02T03:04Z\n    text: |-\n      One: two.\n\n      Three.\nx:\n  \"lay out\": \"a: b\"\n  empty: {}\n"
        );
    }

    /// Whatever a text holds, it is read back as it was.
    #[test]
    fn every_text_is_read_back() {
        let texts = [
            "",
            " a",
            "a ",
            "- a",
            "a\nb",
            "a\n b\n",
            " a\nb",
            "a\t\nb",
            "#",
            "a #b",
            "a#b",
            "a: b",
            "a:",
            "'",
            "\"",
            "*a",
            "&a",
            "!a",
            "|",
            ">",
            "%",
            "@",
            "`",
            "---",
            "...",
            "null",
            "~",
            "007",
            "0x1F",
            "1e3",
            ".5",
            "\u{0}",
            "\u{7f}",
            "\u{85}",
            "\u{2028}",
            "\u{feff}",
            "\u{1f600}",
            "{{< a >}}",
            "[a](b)",
            "a\r\nb",
            "2020-01-02",
            "Ünï",
            "\\",
            "a\\nb",
            "? a",
            "=",
        ];
        for text in texts {
            let inner = Yaml::List(vec![Yaml::text(text), Yaml::Map(vec![(text.to_owned(), Yaml::text(text))])]);
            let document = format!("---\n{}---\n", lines(&[("a", Yaml::text(text)), ("b", Yaml::texts([text, text])), ("c", inner)]));
            let read = frontmatter::parse(&document);
            assert_eq!(read.problems, [], "{document}");
            let of = |node: &Node| match &node.value {
                Value::Scalar(scalar) => scalar.text.to_string(),
                _ => "no text".to_owned(),
            };
            let value = |key: &str| &read.metadata.get(key).unwrap().value;
            assert_eq!(of(value("a")), text, "{document}");
            let Value::Sequence(items) = &value("b").value else { panic!("{document}") };
            assert_eq!(of(&items[1]), text, "{document}");
            let Value::Sequence(items) = &value("c").value else { panic!("{document}") };
            let entry = &items[1].mapping().unwrap().entries[0];
            assert_eq!((&*entry.key.value, of(&entry.value)), (text, text.to_owned()), "{document}");
        }
    }

    #[test]
    fn numbers_keep_their_digits() {
        assert_eq!(
            ["1", "-1.5", "1_000", "0x1f", "nan", "inf", "1a", ".", ""].map(is_number),
            [true, true, true, true, false, false, false, false, false]
        );
        assert_eq!(Yaml::of_json(&serde_json::json!({"a": 1})), Yaml::text("{\"a\":1}"));
    }
}
