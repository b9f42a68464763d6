//! Every word of `site.toml` with the keys that lead to it, whatever it means.

use toml::de::{DeTable, DeValue};

use crate::diagnostic::Span;

/// A text of `site.toml`: a value, or a key itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The keys that lead to it, the one itself among them: `tags`, `dns`, `description`. Places in lists have none.
    pub keys: Vec<String>,
    /// Whether it is the last of the keys, and not what stands there.
    pub is_key: bool,
    /// The text.
    pub text: String,
    /// Where it is written, with its quotation marks.
    pub span: Span,
}

/// All keys and texts of the `text` of a `site.toml`, in order of place; of one that is not TOML what can be made out.
#[must_use]
pub fn stated(text: &str) -> Vec<Stated> {
    let (document, _) = DeTable::parse_recoverable(text);
    let mut all = Vec::new();
    of_table(document.get_ref(), &mut Vec::new(), &mut all);
    all.sort_by_key(|stated| (stated.span, !stated.is_key));
    all
}

fn of_table(table: &DeTable<'_>, keys: &mut Vec<String>, all: &mut Vec<Stated>) {
    for (key, value) in table {
        keys.push(key.get_ref().to_string());
        let span = Span::new(key.span().start, key.span().end);
        all.push(Stated { keys: keys.clone(), is_key: true, text: key.get_ref().to_string(), span });
        of_value(value, keys, all);
        keys.pop();
    }
}

fn of_value(value: &toml::Spanned<DeValue<'_>>, keys: &mut Vec<String>, all: &mut Vec<Stated>) {
    match value.get_ref() {
        DeValue::String(text) => {
            let span = Span::new(value.span().start, value.span().end);
            all.push(Stated { keys: keys.clone(), is_key: false, text: text.to_string(), span });
        }
        DeValue::Array(items) => items.iter().for_each(|item| of_value(item, keys, all)),
        DeValue::Table(table) => of_table(table, keys, all),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_with_its_keys() {
        let text = "[tags.dns]\ndescription = 'a \"b\"'\nx = [1, ['c'], {d = 'e'}]\n[[nav]]\ntitle = \"\\u0041\"\n";
        let written = |stated: Stated| {
            let kind = if stated.is_key { "key" } else { "text" };
            format!("{kind} {} {:?} {}", stated.keys.join("."), stated.text, stated.span.slice(text))
        };
        let all: Vec<String> = stated(text).into_iter().map(written).collect();
        assert_eq!(
            all,
            [
                "key tags \"tags\" tags",
                "key tags.dns \"dns\" dns",
                "key tags.dns.description \"description\" description",
                "text tags.dns.description \"a \\\"b\\\"\" 'a \"b\"'",
                "key tags.dns.x \"x\" x",
                "text tags.dns.x \"c\" 'c'",
                "key tags.dns.x.d \"d\" d",
                "text tags.dns.x.d \"e\" 'e'",
                "key nav \"nav\" nav",
                "key nav.title \"title\" title",
                "text nav.title \"A\" \"\\u0041\"",
            ]
        );
    }
}
