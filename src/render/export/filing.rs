//! An incident in the forms that others ask for: written once, filed everywhere.
//!
//! Every form is made of what one edition says (`account`). What it does not say is `not stated`, never left out, nought or "none": that there
//! was none and that nobody knows are answers of their own. Nothing is inferred, legal categories least of all.

mod account;
mod ccadb;
mod customer_mail;
mod dora;
mod exec_brief;
mod markdown;
mod status_line;
mod veris;

use std::fmt;

use super::drill_json;
use crate::markdown::text::on_one_line;
use crate::report::is_hidden;
use crate::site::Site;
use account::Account;

/// What stands where the incident says nothing.
const NOT_STATED: &str = "not stated";

/// A form that an incident can be told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// One page for management, in Markdown.
    ExecBrief,
    /// A message to customers, in plain text.
    CustomerMail,
    /// One line for a status page or a chat.
    StatusLine,
    /// The full incident report of the CCADB, in Markdown.
    Ccadb,
    /// A record of VERIS 1.4.1, in JSON.
    Veris,
    /// A sheet of the fields that a report of a major ICT-related incident has under DORA, in Markdown.
    Dora,
    /// A drill that replays it, in JSON.
    Drill,
}

impl Form {
    /// All, in order.
    pub const ALL: [Self; 7] = [Self::ExecBrief, Self::CustomerMail, Self::StatusLine, Self::Ccadb, Self::Veris, Self::Dora, Self::Drill];

    /// The word on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::ExecBrief => "exec-brief",
            Self::CustomerMail => "customer-mail",
            Self::StatusLine => "status-line",
            Self::Ccadb => "ccadb",
            Self::Veris => "veris",
            Self::Dora => "dora",
            Self::Drill => "drill",
        }
    }

    /// Whether it is meant for people outside the organisation who are not told anything else.
    #[must_use]
    pub fn is_for_everybody(self) -> bool {
        matches!(self, Self::CustomerMail | Self::StatusLine)
    }
}

/// Why an incident cannot be told in a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// The site has no such incident.
    NoIncident,
    /// VERIS describes security incidents, and its kind, as written, is another or none.
    NoSecurityIncident(Option<String>),
    /// VERIS asks for the year, between 1950 and 2050.
    NoYear,
    /// Nothing in its timeline can be asked for before it is told.
    NoDrill,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const KINDS: &str = "VERIS describes security incidents (`kind: security` or `smart-contract`)";
        match self {
            Self::NoIncident => f.write_str("there is no such incident"),
            Self::NoSecurityIncident(Some(kind)) => write!(f, "{KINDS}, and this one is of kind `{kind}`"),
            Self::NoSecurityIncident(None) => write!(f, "{KINDS}, and this one says no kind"),
            Self::NoYear => f.write_str("VERIS asks for the year of the incident, 1950 to 2050, and this one says none"),
            Self::NoDrill => f.write_str(
                "a drill asks before each thing that responders did, and no event of the timeline says so (`[decision]`, `[action]`, `[contain]`)",
            ),
        }
    }
}

impl std::error::Error for Unfit {}

/// The incident at a place of a site in a form. It ends with a line end.
///
/// # Errors
/// The form is not one for this incident.
pub fn file(site: &Site, n: usize, form: Form) -> Result<String, Unfit> {
    let account = Account::of(site, n).ok_or(Unfit::NoIncident)?;
    Ok(match form {
        Form::ExecBrief => exec_brief::exec_brief(&account),
        Form::CustomerMail => customer_mail::customer_mail(&account),
        Form::StatusLine => status_line::status_line(&account),
        Form::Ccadb => ccadb::ccadb(&account),
        Form::Veris => veris::veris(&account)?,
        Form::Dora => dora::dora(&account),
        Form::Drill => drill_json(site, n).ok_or(Unfit::NoDrill)?,
    })
}

/// A text on one line, without characters that show nothing or move others.
fn plain(text: &str) -> String {
    let mut line = on_one_line(text);
    line.retain(|c| !is_hidden(c));
    line
}

/// The text, where there is any.
fn filled(text: &str) -> Option<String> {
    Some(plain(text)).filter(|text| !text.is_empty())
}

/// The words, or that there are none.
fn or_not_stated(words: Option<String>) -> String {
    words.unwrap_or_else(|| NOT_STATED.to_owned())
}

/// Words with a full stop.
fn sentence(words: &str) -> String {
    if words.ends_with(['.', '!', '?', '…']) { words.to_owned() } else { format!("{words}.") }
}

/// The parts as sentences one after the other, where there are any.
fn sentences(parts: impl IntoIterator<Item = String>) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().map(|part| sentence(&part)).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_text_is_one_line_that_shows_itself() {
        assert_eq!(plain(" a\r\n\tb\u{85}c\u{2028}d "), "a b c d");
        assert_eq!(plain("\u{1b}[31mred\u{7} \u{202e}txt.exe \u{feff}👩\u{200d}💻"), "[31mred txt.exe 👩\u{200d}💻");
    }
}
