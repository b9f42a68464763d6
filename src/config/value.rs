//! What single settings may say: each check takes the text as written and gives the value as it is meant, or a reason why not.

use std::fmt::Display;

use super::{Colour, HistoryShown};
use crate::diagnostic::did_you_mean;

/// Why a value will not do: words that follow the name of the setting ("must be …"), and perhaps how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) what: String,
    pub(super) help: Option<String>,
}

impl Refusal {
    pub(super) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Any text.
#[expect(clippy::unnecessary_wraps, reason = "it stands where a check is asked for")]
pub(super) fn any(text: &str) -> Result<String, Refusal> {
    Ok(text.to_owned())
}

/// Text that says something.
pub(super) fn filled(text: &str) -> Result<String, Refusal> {
    if text.trim().is_empty() { Err(Refusal::new("must not be empty")) } else { Ok(text.to_owned()) }
}

/// What is shown of the history of incidents.
pub(super) fn history(text: &str) -> Result<HistoryShown, Refusal> {
    let known = HistoryShown::ALL.into_iter().find(|shown| shown.word() == text);
    known.ok_or_else(|| Refusal::new("must be `off`, `dates` or `words`"))
}

/// The address a site is published at, ending in `/`; the error says what it must be.
///
/// Only `http` and `https` addresses without user name, query or fragment will do: everything else is joined to it.
pub fn base_url(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://").unwrap_or_default();
    if !["http", "https"].iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        return Err("must begin with `https://` or `http://`");
    }
    let host = rest.split('/').next().unwrap_or_default();
    if host.is_empty() || host.starts_with(':') {
        return Err("must name a host");
    }
    if host.contains('@') {
        return Err("must not hold a user name or password");
    }
    if rest.contains(['?', '#']) {
        return Err("must not hold a query or a fragment");
    }
    // What RFC 3986 does not let stand in an address unescaped; other scripts are let through, as browsers do.
    if rest.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')) {
        return Err("must not hold blanks or characters that an address cannot hold");
    }
    Ok(format!("{}://{}/", scheme.to_lowercase(), rest.trim_end_matches('/')))
}

/// The address at which a file is edited, with `{path}` for its path in the project; the error says what it must be.
pub(super) fn edit_url(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if text.matches("{path}").count() != 1 {
        return Err("must have `{path}` once, where the path of the file is to stand");
    }
    let end = text.find(['?', '#', '{']).unwrap_or(text.len());
    let (site, rest) = text.split_at(end);
    base_url(site)?;
    if rest.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '|')) {
        return Err("must not hold blanks or characters that an address cannot hold");
    }
    Ok(text.to_owned())
}

/// A language tag in the form of BCP 47; whether the language exists is not asked.
pub(super) fn language(text: &str) -> Result<String, Refusal> {
    let mut subtags = text.split('-');
    let primary = subtags.next().unwrap_or_default();
    let fits = |subtag: &str| (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if (2..=8).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic()) && subtags.all(fits) {
        Ok(text.to_owned())
    } else {
        Err(Refusal::new("must be a language tag such as `en` or `pt-BR`"))
    }
}

/// A time zone that is in the time zone database, under the name it has there.
pub(super) fn time_zone(text: &str) -> Result<String, Refusal> {
    let database = jiff::tz::db();
    if let Ok(zone) = database.get(text) {
        return Ok(zone.iana_name().unwrap_or(text).to_owned());
    }
    let names: Vec<_> = database.available().collect();
    let meant = did_you_mean(text, names.iter().map(jiff::tz::TimeZoneName::as_str));
    Err(Refusal {
        what: format!("names no time zone: `{text}`"),
        help: Some(
            meant.map_or_else(|| "write `UTC` or a name such as `Europe/Paris`".to_owned(), |name| format!("did you mean `{name}`?")),
        ),
    })
}

/// The time zone with this name, under the name that the time zone database has for it.
///
/// # Errors
/// There is no such time zone: why it is none, and which is meant, as a clause.
pub fn zone(name: &str) -> Result<String, String> {
    time_zone(name).map_err(|Refusal { what, help }| format!("it {what}; {}", help.unwrap_or_default()))
}

/// A folder below the project folder, without `.` parts and without a `/` at the end; `.` is the project folder itself.
pub(super) fn folder(text: &str) -> Result<String, Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::new("must not be empty"));
    }
    // A backslash or a colon would make it another folder on another system.
    if text.starts_with('/') || text.contains(['\\', ':']) || text.contains(char::is_control) {
        return Err(Refusal::new("must be a path below the project folder, with `/` between its parts"));
    }
    let parts: Vec<_> = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.contains(&"..") {
        return Err(Refusal::new("must not leave the project folder"));
    }
    Ok(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}

/// One folder name.
pub(super) fn folder_name(text: &str) -> Result<String, Refusal> {
    match folder(text) {
        Ok(name) if name == text && name != "." && !name.contains('/') => Ok(name),
        _ => Err(Refusal::new("must be the name of one folder")),
    }
}

/// Endings of pictures that browsers show everywhere.
const PICTURES: [&str; 8] = ["avif", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"];

/// A picture below the folder of the content or the assets of the theme.
pub(super) fn picture(text: &str) -> Result<String, Refusal> {
    let path = folder(text)?;
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_ascii_lowercase());
    if ending.is_some_and(|ending| PICTURES.contains(&ending.as_str())) {
        Ok(path)
    } else {
        Err(Refusal::new("must be a picture: its name ends in `.svg`, `.png`, `.webp`, `.avif`, `.jpg`, `.gif` or `.ico`"))
    }
}

/// A colour.
pub(super) fn colour(text: &str) -> Result<Colour, Refusal> {
    Colour::parse(text).ok_or_else(|| Refusal::new("must be a colour such as `#0a6b5e`"))
}

/// A glob.
pub(super) fn glob(text: &str) -> Result<String, Refusal> {
    // Alternatives may nest, and are compiled by recursion: no real glob comes near this.
    const LONGEST: usize = 1000;
    if text.len() > LONGEST {
        return Err(Refusal::new(format!("must not be longer than {LONGEST} bytes")));
    }
    match globset::Glob::new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(Refusal::new(format!("is no glob: {}", error.kind()))),
    }
}

/// A host, in lower case.
pub(super) fn host(text: &str) -> Result<String, Refusal> {
    let host = text.trim().trim_start_matches("*.").trim_start_matches('.').to_lowercase();
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    if host.split('.').all(is_label) { Ok(host) } else { Err(Refusal::new("must be a host, such as `corp.example.com`")) }
}

/// A mail address, or `@` and a host for all of its addresses, in lower case.
pub(super) fn address(text: &str) -> Result<String, Refusal> {
    let address = text.trim().to_lowercase();
    let is_address = address.rsplit_once('@').is_some_and(|(_, at)| host(at).is_ok());
    if is_address { Ok(address) } else { Err(Refusal::new("must be a mail address, or `@` and a host for all of its addresses")) }
}

/// A word that can stand in an address as it is: lower-case ASCII letters and digits with single hyphens between them.
pub(super) fn slug(text: &str) -> Result<String, Refusal> {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if text.split('-').all(is_part) {
        Ok(text.to_owned())
    } else {
        Err(Refusal::new("must be lower-case letters, digits and single hyphens"))
    }
}

/// Where an entry of the navigation leads: a path of the site, or an address of a scheme that does no harm.
pub(super) fn link(text: &str) -> Result<String, Refusal> {
    let lower = text.to_ascii_lowercase();
    let is_path = text.starts_with('/') && !text.starts_with("//") && !text.starts_with("/\\");
    let is_address = ["https://", "http://", "mailto:"].iter().any(|scheme| lower.len() > scheme.len() && lower.starts_with(scheme));
    if (is_path || is_address) && !text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        Ok(text.to_owned())
    } else {
        Err(Refusal::new("must be a path such as `/incidents/` or an address that begins with `https://`"))
    }
}

/// The refusal of a word that is none of `known`. `what` is a noun: "section".
pub(super) fn unknown<'k>(word: &str, what: impl Display, known: impl IntoIterator<Item = &'k str>) -> Refusal {
    // A longer list would not be read, and comparing every word with every other takes too long in a large file full of mistakes.
    const MOST_TOLD: usize = 16;
    const MOST_COMPARED: usize = 250;
    let known: Vec<_> = known.into_iter().take(MOST_COMPARED).collect();
    let refusal = Refusal::new(format!("names no {what}: `{word}`"));
    if let Some(meant) = did_you_mean(word, known.iter().copied()) {
        return refusal.help(format!("did you mean `{meant}`?"));
    }
    match known.len() {
        1..=MOST_TOLD => refusal.help(format!("there is {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))),
        _ => refusal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_ends_in_a_slash() {
        assert_eq!(base_url("https://example.org").as_deref(), Ok("https://example.org/"));
        assert_eq!(base_url(" HTTP://example.org:8080/kb// ").as_deref(), Ok("http://example.org:8080/kb/"));
        assert_eq!(base_url("https://пример.рф/база").as_deref(), Ok("https://пример.рф/база/"));
        for wrong in [
            "",
            "example.org",
            "//example.org",
            "ftp://example.org/",
            "javascript://example.org",
            "https://",
            "https:///x",
            "https://:80/",
            "https://me:secret@example.org/",
            "https://example.org/?q",
            "https://example.org/#top",
            "https://exam ple.org/",
            "https://a\"b/",
            "https://a\\b/",
        ] {
            assert!(base_url(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn folders_stay_below_the_project() {
        assert_eq!(folder("./docs//pm/").as_deref(), Ok("docs/pm"));
        assert_eq!(folder("."), Ok(".".to_owned()));
        for wrong in ["", " ", "/srv", "..", "docs/../..", "docs/..", "C:\\site", "C:/site", "docs\\pm", "a\0b"] {
            assert!(folder(wrong).is_err(), "{wrong}");
        }
        assert_eq!(folder_name("dark").as_deref(), Ok("dark"));
        for wrong in ["a/b", ".", "..", "dark/", ""] {
            assert!(folder_name(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn slugs_stand_in_addresses_as_they_are() {
        for right in ["company", "root-cause", "2024", "a-1"] {
            assert_eq!(slug(right).as_deref(), Ok(right));
        }
        for wrong in ["", "-a", "a-", "a--b", "A", "é", "a/b", "a.b", "a b", "a_b"] {
            assert!(slug(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn links_use_a_harmless_scheme() {
        for right in ["/incidents/", "/", "https://example.org/x", "HTTPS://example.org", "mailto:x@example.org"] {
            assert_eq!(link(right).as_deref(), Ok(right));
        }
        for wrong in ["", "incidents/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "data:text/html,x", "https://", "/a b"]
        {
            assert!(link(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn languages_have_the_form_of_a_tag() {
        for right in ["en", "pt-BR", "zh-Hant-TW", "de-1996"] {
            assert_eq!(language(right).as_deref(), Ok(right));
        }
        for wrong in ["", "e", "english language", "en_GB", "en-", "12", "en\"onload="] {
            assert!(language(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_time_zone_is_found_whatever_its_case() {
        assert_eq!(time_zone("utc").as_deref(), Ok("UTC"));
        assert_eq!(time_zone("europe/berlin").as_deref(), Ok("Europe/Berlin"));
        assert_eq!(time_zone("Europe/Berln").unwrap_err().help.as_deref(), Some("did you mean `Europe/Berlin`?"));
        assert!(time_zone("../../etc/passwd").is_err());
    }

    #[test]
    fn a_glob_that_nests_too_deeply_is_refused() {
        assert_eq!(glob("postmortems/**/*.md").as_deref(), Ok("postmortems/**/*.md"));
        assert_eq!(glob("{a,{b,c}}").as_deref(), Ok("{a,{b,c}}"));
        assert!(glob("[a").is_err());
        assert!(glob(&"{".repeat(100_000)).is_err());
        assert!(glob(&format!("{}a{}", "{".repeat(499), "}".repeat(499))).is_ok());
    }
}
