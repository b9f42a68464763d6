//! What a file's name says: its stem, a readable title, a day.

use super::moment::{self, Day};
use super::vocabulary::EXTENSIONS;
use crate::diagnostic::SourcePath;
use crate::markdown::text::on_one_line;

/// The name of a document without its extensions; the folder's for an `index` file.
pub(super) fn stem(path: &SourcePath) -> &str {
    let stem = without_extensions(path.file_name());
    let folder = path.folder().rsplit('/').next().unwrap_or_default();
    if matches!(stem, "index" | "_index") && !folder.is_empty() { folder } else { stem }
}

fn without_extensions(mut name: &str) -> &str {
    while let Some((stem, extension)) = name.rsplit_once('.') {
        if stem.is_empty() || !EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)) {
            break;
        }
        name = stem;
    }
    name
}

/// The name as a title: without a leading date, with blanks for dashes. A name that is nothing but a date or an identifier stays as it is.
pub(super) fn title(path: &SourcePath) -> String {
    let stem = stem(path);
    let words = if is_identifier(stem) { stem.to_owned() } else { words(after_date(stem)) };
    let words = if words.is_empty() { stem.trim().to_owned() } else { words };
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Untitled".to_owned(),
    }
}

/// Whether a name is a UUID, which dashes are a part of.
pub(super) fn is_identifier(stem: &str) -> bool {
    let groups: Vec<_> = stem.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]) && groups.concat().bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn after_date(stem: &str) -> &str {
    match moment::prefix(stem) {
        Ok(Some((written, len))) if matches!(written.day, Some(Day::Full(_))) => stem.get(len..).unwrap_or_default(),
        _ => stem,
    }
}

fn words(name: &str) -> String {
    // " - " is a dash between words; a dash without blanks joins them.
    let parts = name.split(" - ").map(|part| on_one_line(&part.replace(['-', '_'], " ")));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" – ")
}

/// The first full date in a text: `2025-09-29-flags-is-down`, "Shai-Hulud attack on November 24th, 2025"; else the first month with its
/// year.
pub(super) fn day_in(text: &str) -> Option<Day> {
    let mut month = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let begins = c.is_alphanumeric() && !before.is_alphanumeric();
        before = c;
        if !begins {
            continue;
        }
        let Ok(Some((written, _))) = moment::prefix(text.get(at..).unwrap_or_default()) else { continue };
        match written.day {
            Some(Day::Full(_)) => return written.day,
            Some(Day::Month { .. }) => month = month.or(written.day),
            _ => {}
        }
    }
    month
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_becomes_a_title() {
        for (path, expected_stem, expected_title) in [
            ("postmortems/2025-09-29-flags-is-down.md", "2025-09-29-flags-is-down", "Flags is down"),
            ("2020-02-12.html.md.erb", "2020-02-12", "2020-02-12"),
            ("a/2021-06-03--database_full.markdown", "2021-06-03--database_full", "Database full"),
            ("PM2022-009 - Bad AWS AMI", "PM2022-009 - Bad AWS AMI", "PM2022 009 – Bad AWS AMI"),
            ("2024-02-28-decide is down.md", "2024-02-28-decide is down", "Decide is down"),
            ("04f5afd8-09fc-4314-9c60-7f942faca125.md", "04f5afd8-09fc-4314-9c60-7f942faca125", "04f5afd8-09fc-4314-9c60-7f942faca125"),
            ("postmortems/2026-03-17-dns/index.md", "2026-03-17-dns", "Dns"),
            ("index.md", "index", "Index"),
            ("v1.2.3 outage.md", "v1.2.3 outage", "V1.2.3 outage"),
            ("über-uns.md", "über-uns", "Über uns"),
            (".md", ".md", ".md"),
            ("", "", "Untitled"),
            ("---.md", "---", "---"),
        ] {
            let path = SourcePath::from(path);
            assert_eq!((stem(&path), title(&path).as_str()), (expected_stem, expected_title));
        }
    }

    #[test]
    fn a_day_is_found_in_words() {
        let full = |year, month, day| Some(Day::Full(jiff::civil::date(year, month, day)));
        assert_eq!(day_in("2025-09-29-flags-is-down"), full(2025, 9, 29));
        assert_eq!(day_in("Shai-Hulud attack on November 24th, 2025"), full(2025, 11, 24));
        assert_eq!(day_in("Several outages in October 2025"), Some(Day::Month { year: 2025, month: 10 }));
        assert_eq!(day_in("In May 2025 and on 2025-06-01"), full(2025, 6, 1));
        assert_eq!(day_in("PM2019-009 - Kubernetes"), None);
        assert_eq!(day_in("99999-01-01 and May be"), None);
    }
}
