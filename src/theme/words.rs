//! What pages say, in the language of the site: messages in Fluent, one file a language, those of a site laid over the built-in ones message by
//! message.
//!
//! A message without values is made once, when the theme is; the others are made where they are shown. Dates, numbers and lists are put
//! together of messages, too, so that a language is one file and no code.

mod labelled;

use std::borrow::Cow;
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::ParserError;
use foldhash::{HashMap, HashMapExt};
use unic_langid::{CharacterDirection, LanguageIdentifier};

use super::{DEFAULT, TEMPLATE_ERROR, builtin};
use crate::diagnostic::{Diagnostic, SourcePath, Span};
use crate::knowledge::{Grouping, Taxonomy, sentence_case};

/// A value that a message prints or chooses by: a text, or a number.
pub use fluent_bundle::FluentValue as Given;
pub use labelled::Labelled;

/// The language that every message has, and that is spoken where a language lacks one.
const ENGLISH: &str = "en";

/// What stands for the thousands mark and the decimal mark until the message is made: noncharacters, which no text has. How numbers are written
/// is told to the bundle by a function without an environment, so it cannot know the marks of the language.
const THOUSANDS: char = '\u{fdd0}';
const DECIMALS: char = '\u{fdd1}';

/// The messages of one language.
pub struct Words {
    /// Those without values.
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

/// A file of messages.
struct MessageFile<'a> {
    language: LanguageIdentifier,
    source: SourcePath,
    text: &'a str,
}

impl Words {
    /// The messages for `language`: the built-in English ones, under those of the language, under those of the language and region; at each step
    /// those of the site, `own`, go before the built-in ones. `own` are the paths of files below the folder of the theme `theme`, and their bytes;
    /// only `messages/**` is looked at.
    ///
    /// Total: what cannot be read is a finding, and what it would have replaced stands.
    pub(super) fn load<'a>(theme: &str, language: &str, own: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> (Self, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let built_in = built_in();
        let english = built_in.iter().find(|file| file.language == english()).map_or("", |file| file.text);
        let known = LazyCell::new(|| variables(english));
        let mut files = built_in;
        for (path, bytes) in own {
            let Some(name) = path.strip_prefix("messages/") else { continue };
            let source = SourcePath::from(format!("themes/{theme}/{path}"));
            match read(name, source, bytes) {
                Ok(file) => {
                    findings.extend(faults(&file, &known));
                    files.push(file);
                }
                Err(finding) => findings.push(*finding),
            }
        }
        (Self::of(language, &files), findings)
    }

    /// The built-in messages in English, for what is not for the readers of a site: copies for machines and forms that others prescribe.
    #[must_use]
    pub fn english() -> &'static Self {
        static WORDS: LazyLock<Words> = LazyLock::new(|| Words::of(ENGLISH, &built_in()));
        &WORDS
    }

    /// The messages of `files`, later files before earlier ones, for a language.
    fn of(language: &str, files: &[MessageFile<'_>]) -> Self {
        let language: LanguageIdentifier = language.parse().unwrap_or_else(|_| english());
        let alone = LanguageIdentifier::from_parts(language.language, None, None, &[]);
        let mut bundle = FluentBundle::new_concurrent(vec![language.clone()]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(|value, _| if let Given::Number(number) = value { Some(marked(number)) } else { None }));
        let mut ids = BTreeSet::new();
        let mut layers = vec![english(), alone, language.clone()];
        layers.dedup();
        for layer in layers {
            for file in files.iter().filter(|file| file.language == layer) {
                // What could not be read was told when the file was looked at.
                let resource = FluentResource::try_new(file.text.to_owned()).unwrap_or_else(|(resource, _)| resource);
                ids.extend(resource.entries().filter_map(id).map(str::to_owned));
                bundle.add_resource_overriding(resource);
            }
        }
        let mut words = Self { plain: HashMap::new(), bundle };
        let plain = ids.into_iter().filter_map(|id| Some((words.made(&id, None)?, id)));
        words.plain = plain.map(|(text, id)| (id, text)).collect();
        words
    }

    /// A message without values. One that is not there is its own name, so that a page shows what is missing.
    #[must_use]
    pub fn get<'a>(&'a self, id: &'a str) -> &'a str {
        self.plain.get(id).map_or(id, String::as_str)
    }

    /// A message without values, where it is there.
    #[must_use]
    pub fn plain(&self, id: &str) -> Option<&str> {
        self.plain.get(id).map(String::as_str)
    }

    /// The messages without values whose names begin so, as far as they say something else than the built-in English ones.
    #[must_use]
    pub fn unlike_english(&self, prefix: &str) -> BTreeMap<&str, &str> {
        let own = self.plain.iter().filter(|(id, text)| id.starts_with(prefix) && Self::english().plain(id) != Some(text.as_str()));
        own.map(|(id, text)| (id.as_str(), text.as_str())).collect()
    }

    /// A message with values.
    #[must_use]
    pub fn with(&self, id: &str, values: &[(&str, Given<'_>)]) -> String {
        let args = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.say(id, &args).unwrap_or_else(|_| id.to_owned())
    }

    /// A message that counts something: "4,120 incidents".
    #[must_use]
    pub fn count(&self, id: &str, count: usize) -> String {
        self.with(id, &[("count", count.into())])
    }

    /// The name of a word of the program, such as a status.
    #[must_use]
    pub fn name<L: Labelled>(&self, of: L) -> &str {
        self.plain.get(&format!("{}-{}", L::KIND, of.word())).map_or_else(|| of.name(), String::as_str)
    }

    /// The name of a word that authors may choose as they like: its message, called `prefix` and the word, where there is one; else the word as it is written.
    #[must_use]
    pub fn named(&self, prefix: &str, word: &str) -> String {
        let id = format!("{prefix}-{}", word.to_lowercase().replace([' ', '_'], "-"));
        self.plain(&id).map_or_else(|| sentence_case(word), str::to_owned)
    }

    /// What a taxonomy groups by, for one term: "Service".
    #[must_use]
    pub fn term<'w>(&'w self, taxonomy: &'w Taxonomy) -> &'w str {
        grouping(taxonomy.grouping).map_or(&taxonomy.name, |(one, _)| self.get(one))
    }

    /// The same for several: "Services".
    #[must_use]
    pub fn terms<'w>(&'w self, taxonomy: &'w Taxonomy) -> &'w str {
        grouping(taxonomy.grouping).map_or(&taxonomy.plural, |(_, several)| self.get(several))
    }

    /// A name as it stands within a sentence: some languages write it in small letters there.
    #[must_use]
    pub fn within(&self, name: &str) -> String {
        if self.get("names-within-sentences") == "lower" { name.to_lowercase() } else { name.to_owned() }
    }

    /// A number with its thousands set apart: "45,149".
    #[must_use]
    pub fn number(&self, number: usize) -> String {
        let mut digits = number.to_string();
        group(&mut digits, self.get("thousands-mark"));
        digits
    }

    /// "a, b and c"
    #[must_use]
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [only] => only.clone(),
            [most @ .., last] => format!("{}{}{last}", most.join(self.get("list-comma")), self.get("list-and")),
        }
    }

    /// "a, b, c"
    #[must_use]
    pub fn row(&self, items: &[String]) -> String {
        items.join(self.get("list-comma"))
    }

    /// A message with values, or what it lacks.
    pub(super) fn say(&self, id: &str, values: &FluentArgs<'_>) -> Result<String, String> {
        if let Some(plain) = self.plain.get(id) {
            return Ok(plain.clone());
        }
        self.made(id, Some(values)).ok_or_else(|| {
            let wanted = self.bundle.get_message(id).and_then(|message| message.value()).map(names).unwrap_or_default();
            let absent: Vec<String> =
                wanted.into_iter().filter(|name| values.get(*name).is_none()).map(|name| format!("`{name}`")).collect();
            if absent.is_empty() {
                format!("there is no message `{id}`")
            } else {
                format!("the message `{id}` needs {}", absent.join(", "))
            }
        })
    }

    /// The message, where it is there and nothing it prints is missing.
    fn made(&self, id: &str, values: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut missing = Vec::new();
        let made = self.bundle.format_pattern(pattern, values, &mut missing);
        missing.is_empty().then(|| self.with_marks(made))
    }

    /// A text with the marks of numbers that this language has.
    fn with_marks(&self, made: Cow<'_, str>) -> String {
        if !made.contains([THOUSANDS, DECIMALS]) {
            return made.into_owned();
        }
        made.replace(THOUSANDS, self.get("thousands-mark")).replace(DECIMALS, self.get("decimal-mark"))
    }
}

/// The messages on what is grouped by, for one term and for several; a grouping of the site's own has names of its own.
fn grouping(grouping: Grouping) -> Option<(&'static str, &'static str)> {
    match grouping {
        Grouping::Year => Some(("term-year", "terms-year")),
        Grouping::Severity => Some(("term-severity", "terms-severity")),
        Grouping::Service => Some(("term-services", "terms-services")),
        Grouping::Cause => Some(("term-causes", "terms-causes")),
        Grouping::Tag => Some(("term-tags", "terms-tags")),
        Grouping::Trigger => Some(("term-triggers", "terms-triggers")),
        Grouping::Owner => Some(("term-owners", "terms-owners")),
        Grouping::Custom => None,
    }
}

/// A number that is printed without marks between its thousands.
#[must_use]
pub fn ungrouped(number: u64) -> Given<'static> {
    let Given::Number(FluentNumber { value, options }) = Given::from(number) else { return Given::None };
    FluentNumber::new(value, FluentNumberOptions { use_grouping: false, ..options }).into()
}

/// Whether a language is written from right to left.
#[must_use]
pub fn is_rtl(language: &str) -> bool {
    language.parse::<LanguageIdentifier>().is_ok_and(|language| language.character_direction() == CharacterDirection::RTL)
}

fn english() -> LanguageIdentifier {
    ENGLISH.parse().unwrap_or_default()
}

/// The built-in message files.
fn built_in() -> Vec<MessageFile<'static>> {
    let files = builtin::FILES.iter().filter_map(|(path, bytes)| Some((*path, path.strip_prefix("messages/")?, *bytes)));
    files.filter_map(|(path, name, bytes)| read(name, SourcePath::from(format!("themes/{DEFAULT}/{path}")), bytes).ok()).collect()
}

/// A file of messages by its name, `pt-BR.ftl`.
fn read<'a>(name: &str, source: SourcePath, bytes: &'a [u8]) -> Result<MessageFile<'a>, Box<Diagnostic>> {
    let Some(language) = name.strip_suffix(".ftl").and_then(|tag| tag.parse().ok()) else {
        let message = format!("`{name}` is not called like a language");
        return Err(Box::new(
            Diagnostic::new(TEMPLATE_ERROR, &source, Span::at(0), message).help("a file of messages is called `en.ftl` or `pt-BR.ftl`"),
        ));
    };
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(MessageFile { language, source, text }),
        Err(error) => {
            let message = "the messages are not UTF-8 text";
            Err(Box::new(Diagnostic::new(TEMPLATE_ERROR, &source, Span::at(error.valid_up_to()), message.to_owned())))
        }
    }
}

/// What is wrong with a file: what cannot be read, and values that messages ask for and nobody gives. `known` are the values of each message.
fn faults(file: &MessageFile<'_>, known: &BTreeMap<String, BTreeSet<String>>) -> Vec<Diagnostic> {
    let fault = |span, message| Diagnostic::new(TEMPLATE_ERROR, &file.source, span, message);
    let (resource, errors) = match fluent_syntax::parser::parse_runtime(file.text) {
        Ok(resource) => (resource, Vec::new()),
        Err((resource, errors)) => (resource, errors),
    };
    let unread = |ParserError { pos, kind, .. }: ParserError| {
        let told = kind.to_string();
        // One byte is pointed at, whatever letter it is part of.
        fault(Span::new(pos.start, pos.end).within(file.text), format!("syntax error: {}", decapitalised(&told)))
    };
    let mut findings: Vec<Diagnostic> = errors.into_iter().map(unread).collect();
    for entry in &resource.body {
        let Entry::Message(message) = entry else { continue };
        let (Some(known), Some(pattern)) = (known.get(message.id.name), &message.value) else { continue };
        for name in names(pattern).into_iter().filter(|name| !known.contains(*name)) {
            let at = name.as_ptr() as usize - file.text.as_ptr() as usize;
            let message = format!("`{}` is given no `${name}`", message.id.name);
            let given = known.iter().map(|name| format!("`${name}`")).collect::<Vec<_>>().join(", ");
            let help = if known.is_empty() { "it is given nothing".to_owned() } else { format!("it is given {given}") };
            findings.push(fault(Span::new(at, at + name.len()), message).help(help));
        }
    }
    findings
}

fn decapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn id<'a>(entry: &Entry<&'a str>) -> Option<&'a str> {
    if let Entry::Message(message) = entry { Some(message.id.name) } else { None }
}

/// The messages of a file with the values that each prints or chooses by, those of messages within it included.
fn variables(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = fluent_syntax::parser::parse_runtime(text).unwrap_or_else(|(resource, _)| resource);
    let messages = resource.body.iter().filter_map(|entry| if let Entry::Message(message) = entry { Some(message) } else { None });
    let messages: BTreeMap<&str, &Pattern<&str>> =
        messages.filter_map(|message| Some((message.id.name, message.value.as_ref()?))).collect();
    let all = |(id, pattern): (&&str, &&Pattern<&str>)| {
        let (mut met, mut open, mut found) = (BTreeSet::from([*id]), vec![*pattern], BTreeSet::new());
        while let Some(pattern) = open.pop() {
            let named = named(pattern);
            found.extend(named.values.into_iter().map(str::to_owned));
            open.extend(named.messages.into_iter().filter(|id| met.insert(id)).filter_map(|id| messages.get(id).copied()));
        }
        ((*id).to_owned(), found)
    };
    messages.iter().map(all).collect()
}

/// What a pattern names.
#[derive(Default)]
struct Named<'a> {
    /// The values that it prints or chooses by.
    values: BTreeSet<&'a str>,
    /// The messages within it.
    messages: BTreeSet<&'a str>,
}

/// The values that a pattern prints or chooses by, without those of messages within it.
fn names<'a>(pattern: &Pattern<&'a str>) -> BTreeSet<&'a str> {
    named(pattern).values
}

fn named<'a>(pattern: &Pattern<&'a str>) -> Named<'a> {
    fn of_inline<'a>(inline: &InlineExpression<&'a str>, named: &mut Named<'a>) {
        match inline {
            InlineExpression::VariableReference { id } => _ = named.values.insert(id.name),
            InlineExpression::MessageReference { id, .. } => _ = named.messages.insert(id.name),
            InlineExpression::Placeable { expression } => of_expression(expression, named),
            InlineExpression::FunctionReference { arguments, .. } => {
                for inline in &arguments.positional {
                    of_inline(inline, named);
                }
            }
            _ => {}
        }
    }
    fn of_expression<'a>(expression: &Expression<&'a str>, named: &mut Named<'a>) {
        match expression {
            Expression::Inline(inline) => of_inline(inline, named),
            Expression::Select { selector, variants } => {
                of_inline(selector, named);
                for variant in variants {
                    of_pattern(&variant.value, named);
                }
            }
        }
    }
    fn of_pattern<'a>(pattern: &Pattern<&'a str>, named: &mut Named<'a>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                of_expression(expression, named);
            }
        }
    }
    let mut found = Named::default();
    of_pattern(pattern, &mut found);
    found
}

/// A number with stand-ins for its marks.
fn marked(number: &FluentNumber) -> String {
    let written = number.value.to_string();
    let (whole, part) = written.split_once('.').map_or((written.as_str(), None), |(whole, part)| (whole, Some(part)));
    let mut digits = whole.to_owned();
    if number.options.use_grouping {
        group(&mut digits, THOUSANDS.encode_utf8(&mut [0; 4]));
    }
    if let Some(part) = part {
        digits.push(DECIMALS);
        digits.push_str(part);
    }
    digits
}

/// Puts `mark` between the thousands of a whole number.
fn group(digits: &mut String, mark: &str) {
    let first = usize::from(digits.starts_with('-'));
    let mut at = digits.len();
    while at > first + 3 {
        at -= 3;
        digits.insert_str(at, mark);
    }
}

#[cfg(test)]
mod tests;
