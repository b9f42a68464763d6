//! `personal-data`

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{is_below, masked};
use crate::check::pattern::pattern;
use crate::check::rule::declare_rule;
use crate::check::{Context, Run, Subject};
use crate::diagnostic::{Diagnostic, Span};

declare_rule! {
    /// A mail address of a person, a telephone number, the number of a payment card or of a bank account.
    ///
    /// ## Why
    ///
    /// A postmortem needs none of them, and most laws on data protection ask for a reason. They come in with pasted logs, tickets and
    /// signatures, and stay in copies and in the history of the repository.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// - 14:12 Ada (ada.lovelace@corp.example.io, +44 20 7123 4567) is paged
    /// ```
    ///
    /// ## Instead
    ///
    /// Name people by their role, or by an id of `[people]` in `site.toml`; that goes for `owner` and `authors`, too. Of customers' data say what
    /// kind it is and how much of it there was.
    ///
    /// ```markdown
    /// - 14:12 The database on-call is paged
    /// ```
    ///
    /// The whole file is looked at, code included. Addresses of a role (`support@`, `security@`, `noreply@` and others), of machines, and of
    /// hosts kept for examples are left alone. Telephone numbers are known by the international form, numbers of cards and accounts by their
    /// check digits.
    ///
    /// ## Options
    ///
    /// Addresses that anybody may read, one by one or all of a host:
    ///
    /// ```toml
    /// [privacy]
    /// public_addresses = ["ada@example.com", "@press.example.com"]
    /// ```
    static PERSONAL_DATA = { name: "personal-data", group: Privacy, level: Warning, run: Run::Document(find) }
}

fn find(context: &Context<'_>, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let path = &subject.head().path;
    let text = context.text(path);
    let tell = |(what, range): Found| {
        let shown = shown(text.get(range.clone()).unwrap_or_default());
        let finding = PERSONAL_DATA.finding(path, Span::new(range.start, range.end), format!("this is {what}: `{shown}`"));
        finding.help("name people by their role or by an id of `[people]`, and say of data what kind it is").unquoted()
    };
    personal_data(text, &context.config.privacy.public_addresses).into_iter().map(tell).collect()
}

/// What it is, such as "a mail address", and where.
type Found = (&'static str, Range<usize>);

/// The personal data of a text, one kind after the other; addresses that anybody may read are none.
pub(in crate::check) fn personal_data(text: &str, public_addresses: &[String]) -> Vec<Found> {
    let mut found = addresses(text, public_addresses);
    found.extend(telephone_numbers(text));
    found.extend(cards(text));
    found.extend(accounts(text));
    found
}

/// As much of it as may be repeated.
pub(in crate::check) fn shown(written: &str) -> String {
    match written.split_once('@') {
        Some((name, host)) => format!("{}@{host}", masked(name)),
        None => masked(written),
    }
}

static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?-u)\b[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b"));

/// Parts of a name before the `@` that make it the address of a role, a program or nobody.
const ROLES: [&str; 96] = [
    "abuse",
    "account",
    "accounts",
    "admin",
    "administrator",
    "alert",
    "alerts",
    "all",
    "api",
    "app",
    "billing",
    "bot",
    "bugs",
    "bugtraq",
    "build",
    "careers",
    "cert",
    "ci",
    "community",
    "compliance",
    "contact",
    "csirt",
    "customer",
    "daemon",
    "data",
    "deploy",
    "dev",
    "developers",
    "devops",
    "disclosure",
    "dpo",
    "ec2",
    "email",
    "engineering",
    "events",
    "example",
    "feedback",
    "foo",
    "ftp",
    "gdpr",
    "git",
    "github",
    "hello",
    "help",
    "helpdesk",
    "hostmaster",
    "hr",
    "incident",
    "incidents",
    "info",
    "infra",
    "infrastructure",
    "it",
    "jobs",
    "legal",
    "list",
    "lists",
    "mail",
    "mailer",
    "marketing",
    "me",
    "media",
    "name",
    "news",
    "newsletter",
    "nobody",
    "noc",
    "noreply",
    "notifications",
    "office",
    "oncall",
    "operations",
    "ops",
    "platform",
    "postgres",
    "postmaster",
    "press",
    "privacy",
    "psirt",
    "reply",
    "report",
    "reports",
    "root",
    "sales",
    "security",
    "service",
    "services",
    "someone",
    "sre",
    "status",
    "support",
    "system",
    "team",
    "ubuntu",
    "user",
    "webmaster",
];

/// Last parts of what looks like an address and is none: a file, a unit of systemd, or a host nobody can write to.
const ENDINGS: [&str; 30] = [
    "conf",
    "corp",
    "css",
    "example",
    "gif",
    "git",
    "html",
    "internal",
    "invalid",
    "jpeg",
    "jpg",
    "js",
    "json",
    "lan",
    "local",
    "localdomain",
    "log",
    "md",
    "mount",
    "png",
    "py",
    "service",
    "sh",
    "socket",
    "svg",
    "test",
    "timer",
    "ts",
    "webp",
    "yaml",
];

/// Hosts kept for examples (RFC 2606), and hosts whose addresses are no persons.
const HOSTS: [&str; 6] = ["example.com", "example.net", "example.org", "gserviceaccount.com", "noreply.github.com", "noreply.gitlab.com"];

fn addresses(text: &str, public: &[String]) -> Vec<Found> {
    let is_told = |range: &Range<usize>| {
        let address = text.get(range.clone()).unwrap_or_default().to_ascii_lowercase();
        let Some((name, host)) = address.split_once('@') else { return false };
        let is_role = name.split(['.', '+', '_', '-', '%']).any(|part| ROLES.contains(&part));
        let is_nobody =
            host.rsplit('.').next().is_some_and(|ending| ENDINGS.contains(&ending)) || HOSTS.iter().any(|known| is_below(host, known));
        let is_public = public.iter().any(|known| known.strip_prefix('@').map_or(*known == address, |host_known| host == host_known));
        !is_role && !is_nobody && !is_public && !is_part_of_something(text, range)
    };
    ADDRESS.find_iter(text).map(|found| found.range()).filter(is_told).map(|range| ("a mail address", range)).collect()
}

/// Whether what looks like an address is part of a longer thing: `https://token@host`, `git+ssh://…`, `host:path`, `@ada@social.example`.
fn is_part_of_something(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let is_path =
        after.strip_prefix([':', '/']).is_some_and(|path| path.starts_with(|c: char| c.is_alphanumeric() || c == '/' || c == '~'));
    before.ends_with(['/', '@', ':', '=', '\\', '.', '_']) && !before.ends_with("mailto:") || is_path || after.starts_with('@')
}

static TELEPHONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u)\+[1-9][0-9]{0,2}(?:[ .-]?\([0-9]{1,4}\))?(?:[ .-][0-9]{2,5}){2,5}\b"));

/// Numbers in the international form (ITU-T E.123), in groups, 8 to 15 digits.
fn telephone_numbers(text: &str) -> Vec<Found> {
    let is_number = |range: &Range<usize>| {
        let written = text.get(range.clone()).unwrap_or_default();
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let has_length = match digits.as_bytes().first() {
            // North America, Russia and Kazakhstan have one length.
            Some(b'1' | b'7') => digits.len() == 11,
            _ => (8..=15).contains(&digits.len()),
        };
        // "+200 000 000" is an amount, 555 stands in films.
        let is_amount = written.split([' ', '.', '-']).skip(1).any(|group| group == "000");
        let is_fiction = digits.starts_with('1') && (digits.get(1..4) == Some("555") || digits.get(4..7) == Some("555"));
        has_length && !is_amount && !is_fiction && stands_alone(text, range)
    };
    TELEPHONE.find_iter(text).map(|found| found.range()).filter(is_number).map(|range| ("a telephone number", range)).collect()
}

static CARD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?-u)\b(?:[2-6][0-9]{3}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{4}(?:[ -]?[0-9]{3})?|3[47][0-9]{2}[ -][0-9]{6}[ -][0-9]{5})\b")
});

/// Numbers that payment services give out for tests.
const TEST_CARDS: [&str; 8] = [
    "378282246310005",
    "371449635398431",
    "4012888888881881",
    "4111111111111111",
    "4242424242424242",
    "5105105105105100",
    "5555555555554444",
    "6011111111111117",
];

/// Numbers of payment cards in groups: the prefix of a network (ISO/IEC 7812) and a right check digit.
fn cards(text: &str) -> Vec<Found> {
    let is_card = |range: &Range<usize>| {
        let digits: String = text.get(range.clone()).unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        let prefix = |length| digits.get(..length).and_then(|prefix| prefix.parse::<u32>().ok()).unwrap_or_default();
        let is_network = matches!(prefix(1), 4)
            || matches!(prefix(2), 34 | 37 | 51..=55 | 62 | 65)
            || matches!(prefix(4), 2221..=2720 | 3528..=3589 | 6011);
        is_network && has_check_digit(&digits) && !TEST_CARDS.contains(&digits.as_str()) && stands_alone(text, range)
    };
    CARD.find_iter(text).map(|found| found.range()).filter(is_card).map(|range| ("the number of a payment card", range)).collect()
}

/// The sum of Luhn (ISO/IEC 7812-1, annex B): every second digit from the right counts twice.
fn has_check_digit(digits: &str) -> bool {
    let values = digits.bytes().rev().map(|digit| u32::from(digit.saturating_sub(b'0')));
    let sum: u32 = values
        .zip([false, true].into_iter().cycle())
        .map(|(value, twice)| if twice { value * 2 / 10 + value * 2 % 10 } else { value })
        .sum();
    sum.is_multiple_of(10)
}

static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    let countries = COUNTRIES.map(|(country, _)| country).join("|");
    pattern(&format!("(?-u)(?:{countries})[0-9]{{2}}(?:[A-Z0-9]{{11,30}}|(?: [A-Z0-9]{{4}}){{2,7}}(?: [A-Z0-9]{{1,3}})?)"))
});

/// The length of an IBAN by country, where it is used most (registry of ISO 13616).
const COUNTRIES: [(&str, usize); 40] = [
    ("AE", 23),
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("BR", 29),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("RS", 22),
    ("SA", 24),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("TR", 26),
    ("UA", 29),
];

/// Accounts that standards and manuals print.
const TEST_ACCOUNTS: [&str; 4] = ["DE89370400440532013000", "GB29NWBK60161331926819", "GB33BUKB20201555555555", "GB82WEST12345698765432"];

fn accounts(text: &str) -> Vec<Found> {
    let is_account = |range: &Range<usize>| {
        let written: String = text.get(range.clone()).unwrap_or_default().chars().filter(|c| *c != ' ').collect();
        let has_length = COUNTRIES.iter().any(|(country, length)| written.starts_with(country) && written.len() == *length);
        has_length && remainder(&written) == 1 && !TEST_ACCOUNTS.contains(&written.as_str()) && stands_alone(text, range)
    };
    ACCOUNT.find_iter(text).map(|found| found.range()).filter(is_account).map(|range| ("the number of a bank account", range)).collect()
}

/// The remainder of an IBAN divided by 97 (ISO 7064): the first four characters behind the others, letters as 10 to 35.
fn remainder(account: &str) -> u32 {
    let (head, tail) = account.split_at_checked(4).unwrap_or_default();
    let values = tail.chars().chain(head.chars()).filter_map(|c| c.to_digit(36));
    values.fold(0, |remainder, value| (remainder * if value < 10 { 10 } else { 100 } + value) % 97)
}

/// Whether a number is not part of a longer one, a name or a calculation.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|before| before.chars().next_back());
    let mut after = text.get(range.end..).unwrap_or_default().chars();
    let is_joint = |c: char| c.is_alphanumeric() || matches!(c, '-' | '+' | '/' | '_' | '.' | ',');
    let goes_on =
        after.next().is_some_and(|c| c.is_alphanumeric() || c == '_' || is_joint(c) && after.next().is_some_and(char::is_alphanumeric));
    !before.is_some_and(is_joint) && !goes_on
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(find: impl Fn(&str) -> Vec<Found>, text: &str, expected: &[&str]) {
        let found: Vec<&str> = find(text).into_iter().map(|(_, range)| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn mail_addresses_of_persons_are_found() {
        let public = ["ada@corp.net".to_owned(), "@press.net".to_owned()];
        let find = |text: &str| addresses(text, &public);
        check(find, "<grace.hopper@corp.net>, mailto:alan+x@sub.corp.co.uk.", &["grace.hopper@corp.net", "alan+x@sub.corp.co.uk"]);
        for text in [
            "support@corp.net, db-team@corp.net, no-reply@corp.net, ada@corp.net, anybody@press.net",
            "git@github.com:a/b.git, https://alan@corp.net/x, icon@2x.png, getty@tty1.service, @alan@social.net, alan@corp.net:/etc",
            "alan@example.org, alan@db.internal, x@p.iam.gserviceaccount.com, 1+alan@users.noreply.github.com, a @ b.net, alan@host",
        ] {
            check(find, text, &[]);
        }
    }

    #[test]
    fn telephone_numbers_are_found_in_their_international_form() {
        check(
            telephone_numbers,
            "call +44 20 7123 4567 or +49 (30) 1234-5678, +1 212-664-7665.",
            &["+44 20 7123 4567", "+49 (30) 1234-5678", "+1 212-664-7665"],
        );
        for text in [
            "+200 000 000 users",
            "+1 212 555 0100",
            "1+44 20 7123 4567",
            "+12 34",
            "+1234567890",
            "+02:00",
            "+44 20 7123 4567/8",
            "+1 10 20 30",
        ] {
            check(telephone_numbers, text, &[]);
        }
    }

    #[test]
    fn cards_and_accounts_are_known_by_their_check_digits() {
        check(cards, "4539 1488 0343 6467 and 4539-1488-0343-6467", &["4539 1488 0343 6467", "4539-1488-0343-6467"]);
        for text in ["4539 1488 0343 6468", "4111 1111 1111 1111", "4539148803436467", "9539 1488 0343 6467", "x-4539 1488 0343 6467"] {
            check(cards, text, &[]);
        }
        check(
            accounts,
            "FR14 2004 1010 0505 0001 3M02 606, NL91ABNA0417164300.",
            &["FR14 2004 1010 0505 0001 3M02 606", "NL91ABNA0417164300"],
        );
        for text in ["NL92ABNA0417164300", "DE89 3704 0044 0532 0130 00", "XX91ABNA0417164300", "NL91ABNA04171643001"] {
            check(accounts, text, &[]);
        }
    }

    #[test]
    fn no_text_takes_long() {
        for unit in ["a@", "a.", "+1 ", "4539 ", "AB12 ", "+49 (30) "] {
            let text = unit.repeat(20_000);
            assert!(
                addresses(&text, &[]).is_empty()
                    && telephone_numbers(&text).is_empty()
                    && cards(&text).is_empty()
                    && accounts(&text).is_empty()
            );
        }
    }
}
