//! The template engine, set so that a mistake in a template cannot pass unseen into a page.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_bundle::FluentArgs;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value, escape_formatter};

use super::words::{Given, Words};
use crate::diagnostic::did_you_mean;

/// Instructions one page may take. The largest page there is, a taxonomy of tens of thousands of terms, takes about a million.
const FUEL: u64 = 20_000_000;

/// What stands for the first text that is HTML until a message is escaped, the next character for the second: for private use, and in no message.
const FIRST_HTML: u32 = 0xf_0000;

/// An environment without templates. `assets` is what the function `asset("name")` answers: a site-relative address; `words` is what `t("…")`
/// answers.
pub(super) fn strict(assets: BTreeMap<String, String>, words: Arc<Words>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(escaping);
    environment.set_formatter(print);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_reload(false);
    // Without it an error has no range and does not say which name was undefined. What it costs before there is an error cannot be measured.
    environment.set_debug(true);
    // A line that holds only a tag leaves nothing in the page, and an included file ends as it is written.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build() {
        environment.set_syntax(syntax);
    }
    environment.add_function("asset", move |name: &str| -> Result<String, Error> {
        assets.get(name).cloned().ok_or_else(|| {
            let hint = did_you_mean(name, assets.keys().map(String::as_str)).map(|near| format!(", did you mean `{near}`?"));
            Error::new(ErrorKind::InvalidOperation, format!("the theme has no asset `{name}`{}", hint.unwrap_or_default()))
        })
    });
    let within = Arc::clone(&words);
    environment.add_filter("within", move |name: &str| within.within(name));
    environment.add_function("t", move |id: &str, values: Kwargs| say(&words, id, &values));
    environment
}

/// A message with values: texts, numbers, and HTML that a template has set, which is printed as it is while the message around it is escaped.
fn say(words: &Words, id: &str, values: &Kwargs) -> Result<Value, Error> {
    let mut args = FluentArgs::new();
    let mut html: Vec<(char, String)> = Vec::new();
    for name in values.args() {
        let value: Value = values.get(name)?;
        let given = match (value.as_str(), value.as_i64()) {
            (Some(text), _) if value.is_safe() => {
                let mark = u32::try_from(html.len()).ok().and_then(|n| char::from_u32(FIRST_HTML + n)).unwrap_or_default();
                html.push((mark, text.to_owned()));
                Given::from(mark.to_string())
            }
            (Some(text), _) => Given::from(text.to_owned()),
            (_, Some(number)) => Given::from(number),
            _ => {
                return Err(unprintable(format!(
                    "`{name}` of the message `{id}` is a {}; only text and numbers can be printed",
                    value.kind()
                )));
            }
        };
        args.set(name.to_owned(), given);
    }
    let said = words.say(id, &args).map_err(unprintable)?;
    if html.is_empty() {
        return Ok(Value::from(said));
    }
    let mut said = quick_xml::escape::escape(&said).into_owned();
    for (mark, text) in html {
        said = said.replace(mark, &text);
    }
    Ok(Value::from_safe_string(said))
}

/// Whether a template of this name prints HTML, the one format whose escaping is known here.
pub(super) fn is_html(name: &str) -> bool {
    name.rsplit('.').next() == Some("html")
}

/// The engine's own rule leaves unknown endings unescaped; here they get a format that nothing can be printed in.
fn escaping(name: &str) -> AutoEscape {
    if is_html(name) { AutoEscape::Html } else { AutoEscape::Custom(Cow::Borrowed("unknown")) }
}

/// Prints texts and numbers. Anything else in a page is a mistake: an absent value, a whole list, a bare `True`.
fn print(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.kind() {
        ValueKind::Number => escape_formatter(out, state, value),
        ValueKind::String => match (state.auto_escape(), value.as_str()) {
            // The engine's own escaping also turns every `/` into `&#x2f;`, which protects nothing here and triples each address.
            (AutoEscape::Html, Some(text)) if !value.is_safe() => Ok(out.write_str(&quick_xml::escape::escape(text))?),
            _ => escape_formatter(out, state, value),
        },
        ValueKind::None => Err(unprintable("an absent value (none) is printed; test it with `{% if %}` first")),
        ValueKind::Undefined => Err(unprintable("nothing is printed; give the `if` expression an `else`")),
        kind => Err(unprintable(format!("a {kind} is printed; only text and numbers can be"))),
    }
}

fn unprintable(why: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidOperation, why)
}
