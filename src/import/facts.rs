//! The table at the head of a report that says how bad it was and when: page properties of Confluence, "Key information" of GitLab. It stays where it is;
//! what it says is read into fields that nothing else has filled.

use super::Outcome;
use super::draft::Draft;
use super::fields;
use super::yaml::Yaml;
use crate::config::Config;
use crate::diagnostic::Span;
use crate::markdown::text::{on_one_line, plain_text};
use crate::markdown::{self, BlockKind, TableRow};
use crate::parse;

/// The fields that such a table fills.
const FIELDS: [&str; 8] =
    ["severity", "started_at", "detected_at", "declared_at", "acknowledged_at", "mitigated_at", "resolved_at", "services"];

/// Reads the first table of the body, if it has two columns.
pub(super) fn take(draft: &mut Draft, body: &str, config: &Config) {
    let blocks = markdown::read(body, Span::new(0, body.len())).blocks;
    let table = blocks.iter().find_map(|block| if let BlockKind::Table(table) = &block.kind { Some(table) } else { None });
    let Some(table) = table.filter(|table| table.header.cells.len() == 2) else { return };
    for row in std::iter::once(&table.header).chain(&table.rows) {
        let Some((key, value)) = pair(row) else { continue };
        let field = config.fields.canonical(key.trim_end_matches(':')).filter(|field| FIELDS.contains(field)).map(str::to_owned);
        let Some(field) = field.filter(|field| draft.get(field).is_none()) else { continue };
        let from = format!("table: {key}");
        match field.as_str() {
            "severity" => fields::severity(draft, &from, &value, config),
            "services" => {
                for service in value.split(',').map(str::trim).filter(|service| !service.is_empty()) {
                    fields::add(draft, "", "services", &fields::service(service, config));
                }
                draft.note(Outcome::Guessed, from, field, "read from a table of the text");
            }
            field if parse::moment(&value).is_some() => {
                draft.note(Outcome::Guessed, from, field, "read from a table of the text");
                draft.set(field, Yaml::text(value));
            }
            _ => {}
        }
    }
}

fn pair(row: &TableRow) -> Option<(String, String)> {
    let [key, value] = row.cells.as_slice() else { return None };
    let [key, value] = [key, value].map(|cell| on_one_line(&plain_text(&cell.content)));
    (!key.is_empty() && !value.is_empty()).then_some((key, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Format;

    #[test]
    fn a_table_at_the_head_fills_what_nothing_else_has() {
        let mut draft = Draft::new(Format::Confluence, "a", "");
        draft.set("resolved_at", Yaml::text("2020-01-02"));
        let text = "Text.\n\n| **Severity** | SEV2 |\n|---|---|\n| Start time: | 2020-01-02 10:00 UTC |\n| Resolved at | 2020-01-03 |\n| Detected | soon |\n| Services | a, b |\n";
        take(&mut draft, text, &Config::default());
        let fields: Vec<(&str, &Yaml)> = draft.fields.iter().map(|(key, value)| (key.as_str(), value)).collect();
        assert_eq!(
            fields,
            [
                ("resolved_at", &Yaml::text("2020-01-02")),
                ("severity", &Yaml::text("sev2")),
                ("started_at", &Yaml::text("2020-01-02 10:00 UTC")),
                ("services", &Yaml::texts(["a", "b"]))
            ]
        );
    }
}
