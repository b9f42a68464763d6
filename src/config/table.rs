//! Tables of `site.toml` that know which of their keys have been asked for, so that what nobody asked for can be reported.

use std::fmt;

use toml::de::{DeTable, DeValue};

use super::CONFIG_PATH;
use super::value::Refusal;
use crate::diagnostic::{Diagnostic, RuleName, SourcePath, Span, Spanned, did_you_mean};

/// The rule on keys that no setting has.
pub const UNKNOWN_SETTING: RuleName = RuleName("unknown-setting");

/// The rule on values that a setting cannot have.
pub const INVALID_SETTING: RuleName = RuleName("invalid-setting");

/// What there is to say about the settings read so far.
pub(super) type Findings = Vec<Diagnostic>;

/// A finding in the configuration.
pub(super) fn finding(rule: RuleName, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(rule, &SourcePath::from(CONFIG_PATH), span, message)
}

/// The dotted name of a setting: `site.title`. Empty for the whole file.
#[derive(Debug, Clone)]
pub(super) struct Name(String);

impl Name {
    fn join(&self, key: &str) -> Self {
        if self.0.is_empty() { Self(key.to_owned()) } else { Self(format!("{}.{key}", self.0)) }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

/// A table of settings.
#[derive(Debug)]
pub(super) struct Table<'a> {
    /// Its name.
    pub(super) name: Name,
    /// Its header, or all of it where it is written inline.
    pub(super) span: Span,
    entries: &'a DeTable<'a>,
    asked: Vec<&'static str>,
}

impl<'a> Table<'a> {
    /// The table that is the whole file.
    pub(super) fn root(entries: &'a DeTable<'a>) -> Self {
        Self { name: Name(String::new()), span: Span::default(), entries, asked: Vec::new() }
    }

    /// Whether nothing stands in it.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The setting with this key, if it is there.
    pub(super) fn ask(&mut self, key: &'static str) -> Option<Setting<'a>> {
        self.asked.push(key);
        let (written, value) = self.entries.get_key_value(key)?;
        Some(Setting::new(&self.name, written, value))
    }

    /// A text, if it is there and `check` takes it.
    pub(super) fn text<T>(
        &mut self,
        key: &'static str,
        check: impl FnOnce(&str) -> Result<T, Refusal>,
        findings: &mut Findings,
    ) -> Option<T> {
        self.ask(key)?.text(check, findings).map(|text| text.value)
    }

    /// A text that has to be there.
    pub(super) fn required_text<T>(
        &mut self,
        key: &'static str,
        check: impl FnOnce(&str) -> Result<T, Refusal>,
        findings: &mut Findings,
    ) -> Option<Spanned<T>> {
        let setting = self.ask(key);
        if setting.is_none() {
            findings.push(finding(INVALID_SETTING, self.span, format!("{} has no `{key}`", self.name)));
        }
        setting?.text(check, findings)
    }

    /// The texts of a list that `check` takes; nothing if the list is not there.
    pub(super) fn texts<T>(
        &mut self,
        key: &'static str,
        check: impl Fn(&str) -> Result<T, Refusal>,
        findings: &mut Findings,
    ) -> Option<Vec<Spanned<T>>> {
        let items = self.ask(key)?.items(findings)?;
        Some(items.iter().filter_map(|item| item.text(&check, findings)).collect())
    }

    /// A switch, if it is there.
    pub(super) fn flag(&mut self, key: &'static str, findings: &mut Findings) -> Option<bool> {
        self.ask(key)?.flag(findings)
    }

    /// A table, if it is there.
    pub(super) fn table(&mut self, key: &'static str, findings: &mut Findings) -> Option<Table<'a>> {
        self.ask(key)?.table(findings)
    }

    /// The settings of a table whose keys the site chooses, in the order of the file; nothing if the table is not there.
    pub(super) fn entries(&mut self, key: &'static str, findings: &mut Findings) -> Option<Vec<Setting<'a>>> {
        self.table(key, findings).map(Table::others)
    }

    /// The tables of a list of tables (`[[nav]]`); nothing if the list is not there.
    pub(super) fn tables(&mut self, key: &'static str, findings: &mut Findings) -> Option<Vec<Table<'a>>> {
        let items = self.ask(key)?.items(findings)?;
        Some(items.iter().filter_map(|item| item.table(findings)).collect())
    }

    /// The settings whose keys the site chooses: all that were not asked for by name, in the order of the file.
    pub(super) fn others(self) -> Vec<Setting<'a>> {
        let mut others: Vec<_> = self
            .entries
            .iter()
            .filter(|(key, _)| !self.asked.contains(&&**key.get_ref()))
            .map(|(key, value)| Setting::new(&self.name, key, value))
            .collect();
        others.sort_by_key(|setting| setting.key_span);
        others
    }

    /// Reports every key that was not asked for.
    pub(super) fn finish(self, findings: &mut Findings) {
        let known = self.asked.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let help = if self.name.0.is_empty() { format!("the settings are {known}") } else { format!("{} has {known}", self.name) };
        let asked = self.asked.clone();
        for setting in self.others() {
            let mut unknown =
                finding(UNKNOWN_SETTING, setting.key_span, format!("there is no setting {}", setting.name)).help(help.clone());
            if let Some(meant) = did_you_mean(setting.key, asked.iter().copied()) {
                unknown = unknown.labelled(format!("did you mean `{meant}`?"));
            }
            findings.push(unknown);
        }
    }
}

/// A value of the file with its name.
#[derive(Debug)]
pub(super) struct Setting<'a> {
    /// Its name.
    pub(super) name: Name,
    /// The last part of the name.
    pub(super) key: &'a str,
    /// Where the key is written.
    pub(super) key_span: Span,
    /// Where the value is written; the header for a table with one.
    pub(super) span: Span,
    value: &'a DeValue<'a>,
}

type Written<T> = toml::Spanned<T>;

impl<'a> Setting<'a> {
    fn new(table: &Name, key: &'a Written<toml::de::DeString<'a>>, value: &'a Written<DeValue<'a>>) -> Self {
        let span = |range: std::ops::Range<usize>| Span::new(range.start, range.end);
        Self {
            name: table.join(key.get_ref()),
            key: key.get_ref(),
            key_span: span(key.span()),
            span: span(value.span()),
            value: value.get_ref(),
        }
    }

    /// The text, if it is one and `check` takes it.
    pub(super) fn text<T>(&self, check: impl FnOnce(&str) -> Result<T, Refusal>, findings: &mut Findings) -> Option<Spanned<T>> {
        let DeValue::String(text) = self.value else { return self.mistyped("text", findings) };
        match check(text) {
            Ok(value) => Some(Spanned::new(value, self.span)),
            Err(refusal) => {
                findings.push(self.refused(refusal));
                None
            }
        }
    }

    /// The table, if it is one.
    pub(super) fn table(&self, findings: &mut Findings) -> Option<Table<'a>> {
        let DeValue::Table(entries) = self.value else { return self.mistyped("a table", findings) };
        Some(Table { name: self.name.clone(), span: self.span, entries, asked: Vec::new() })
    }

    /// Whether it is a table, where it may be one or a text.
    pub(super) fn is_table(&self) -> bool {
        matches!(self.value, DeValue::Table(_))
    }

    fn flag(&self, findings: &mut Findings) -> Option<bool> {
        let DeValue::Boolean(flag) = self.value else { return self.mistyped("true or false", findings) };
        Some(*flag)
    }

    /// The number of days, items and the like: whole, and not below nought.
    pub(super) fn whole_number(&self, findings: &mut Findings) -> Option<u16> {
        let number = match self.value {
            DeValue::Integer(number) => u16::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        if number.is_none() {
            findings.push(finding(INVALID_SETTING, self.span, format!("{} must be a whole number from 0 to {}", self.name, u16::MAX)));
        }
        number
    }

    /// The texts of a list that `check` takes, or of a single text.
    pub(super) fn text_or_texts<T>(&self, check: impl Fn(&str) -> Result<T, Refusal>, findings: &mut Findings) -> Vec<Spanned<T>> {
        if let DeValue::String(_) = self.value {
            return self.text(check, findings).into_iter().collect();
        }
        let items = self.items(findings).unwrap_or_default();
        items.iter().filter_map(|item| item.text(&check, findings)).collect()
    }

    fn items(&self, findings: &mut Findings) -> Option<Vec<Self>> {
        let DeValue::Array(items) = self.value else { return self.mistyped("a list", findings) };
        let item = |value: &'a Written<DeValue<'a>>| Self {
            name: self.name.clone(),
            key: self.key,
            key_span: self.key_span,
            span: Span::new(value.span().start, value.span().end),
            value: value.get_ref(),
        };
        Some(items.iter().map(item).collect())
    }

    /// The finding that the value will not do.
    fn refused(&self, refusal: Refusal) -> Diagnostic {
        self.refused_at(self.span, refusal)
    }

    /// The finding that the key will not do.
    pub(super) fn refused_key(&self, refusal: Refusal) -> Diagnostic {
        self.refused_at(self.key_span, refusal)
    }

    fn refused_at(&self, span: Span, refusal: Refusal) -> Diagnostic {
        let mut found = finding(INVALID_SETTING, span, format!("{} {}", self.name, refusal.what));
        found.help = refusal.help.map(Into::into);
        found
    }

    fn mistyped<T>(&self, wanted: &str, findings: &mut Findings) -> Option<T> {
        let found = match self.value {
            DeValue::String(_) => "text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        findings.push(finding(INVALID_SETTING, self.span, format!("{} must be {wanted}, not {found}", self.name)));
        None
    }
}
