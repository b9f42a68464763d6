//! How much somebody wrote: `>= 150,000 ETH`, `about 4,000 customers`, `~$30M`, `1.2–1.5 million users`, `none`.
//!
//! Whatever is not plainly one quantity stays words: a wrong number in a sum is worse than none.

use super::vocabulary::{CURRENCIES, MAGNITUDES, NOT_KNOWN, NOUGHT, QUALIFIERS, Qualifier, UNITS_END};
use crate::diagnostic::Spanned;
use crate::frontmatter::Node;
use crate::model::{Amount, Decimal, Extent, Quantity, Reading};

/// The amount a value of the metadata holds.
pub(super) fn amount(node: &Node) -> Option<Amount> {
    let text = node.text()?;
    Some(Amount { written: Spanned::new(text.to_owned(), node.span), reading: reading(text) })
}

/// What a text on an amount comes to.
#[must_use]
pub fn reading(text: &str) -> Reading {
    let lower = text.trim().trim_end_matches('.').to_lowercase();
    let answer = lower.split_once(':').map_or(lower.as_str(), |(answer, _)| answer).trim();
    if NOUGHT.contains(&answer) {
        return Reading::Quantity(Quantity { extent: Extent::exactly(Decimal::ZERO), unit: String::new() });
    }
    if NOT_KNOWN.contains(&answer) {
        return Reading::Unknown;
    }
    quantity(text.trim()).map_or(Reading::Words, Reading::Quantity)
}

/// A number as far as it has been read, and the rest of the text.
struct Read<'a> {
    number: Decimal,
    /// The power of ten that a word behind it stands for: "million".
    magnitude: Option<u8>,
    /// The currency before it.
    currency: Option<&'static str>,
    rest: &'a str,
}

fn quantity(text: &str) -> Option<Quantity> {
    let (qualifiers, text) = qualifiers(text);
    let first = number(text)?;
    let (extent, last) = match second(first.rest, &qualifiers) {
        Some(second) => {
            // In `1.2–1.5 million` the word is meant for both.
            let low = first.number.times_ten_to(first.magnitude.or(second.magnitude).unwrap_or(0))?;
            let high = second.number.times_ten_to(second.magnitude.unwrap_or(0))?;
            let currency = first.currency.or(second.currency).filter(|code| second.currency.is_none_or(|other| other == *code));
            if first.currency.is_some() && currency.is_none() {
                return None;
            }
            (Extent::between(low, high)?, Read { currency, ..second })
        }
        None if qualifiers.contains(&Qualifier::Between) => return None,
        None => (Extent::exactly(first.number.times_ten_to(first.magnitude.unwrap_or(0))?), first),
    };
    let (extent, rest) = match last.rest.strip_prefix('+') {
        Some(rest) => (Extent::at_least(extent.ends().0), rest),
        None => (extent, last.rest),
    };
    Some(Quantity { extent: qualified(extent, &qualifiers)?, unit: unit(rest, last.currency)? })
}

/// The words and signs before a number that qualify it, and what stands behind them.
fn qualifiers(mut text: &str) -> (Vec<Qualifier>, &str) {
    let mut found = Vec::new();
    while let Some((rest, qualifier)) = QUALIFIERS.iter().find_map(|(words, qualifier)| Some((after(text, words)?, *qualifier))) {
        found.push(qualifier);
        text = rest.trim_start();
    }
    (found, text)
}

/// What stands behind a word or sign at the head of a text; a word ends where letters do.
fn after<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let head = text.get(..words.len()).filter(|head| head.eq_ignore_ascii_case(words))?;
    let rest = text.get(words.len()..)?;
    let runs_on = head.ends_with(char::is_alphabetic) && rest.starts_with(char::is_alphanumeric);
    (!runs_on).then_some(rest)
}

/// What is known of a number with its qualifiers; nothing where they contradict each other: "at least up to 5", "up to 5+".
fn qualified(extent: Extent, qualifiers: &[Qualifier]) -> Option<Extent> {
    let (low, high) = extent.ends();
    let has = |qualifier| qualifiers.contains(&qualifier);
    let bounded = match (has(Qualifier::AtLeast), has(Qualifier::AtMost)) {
        (true, true) => return None,
        (true, false) => Extent::at_least(low),
        (false, true) => Extent::at_most(high?),
        (false, false) => extent,
    };
    Some(if has(Qualifier::About) { bounded.roughly() } else { bounded })
}

/// The number at the head of a text, with the currency before it and the magnitude behind it.
fn number(text: &str) -> Option<Read<'_>> {
    let sign = CURRENCIES.iter().find_map(|(sign, code)| Some((after(text, sign)?, *code)));
    let (text, currency) = sign.map_or((text, None), |(rest, code)| (rest.trim_start(), Some(code)));
    let (number, rest) = digits(text)?;
    let attached = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
    let word = rest.get(..attached).unwrap_or_default();
    if let Some(power) = magnitude(word, currency).filter(|_| !word.is_empty()) {
        return Some(Read { number, magnitude: Some(power), currency, rest: rest.get(attached..)? });
    }
    let spaced = rest.trim_start();
    let long = MAGNITUDES.iter().filter(|(word, _)| word.len() > 2).find_map(|(word, power)| Some((after(spaced, word)?, *power)));
    let (rest, magnitude) = long.map_or((rest, None), |(rest, power)| (rest, Some(power)));
    Some(Read { number, magnitude, currency, rest })
}

/// The power of ten of letters that follow digits at once. `5m` are minutes as easily as millions: only money is meant without doubt.
fn magnitude(letters: &str, currency: Option<&str>) -> Option<u8> {
    let is_plain = currency.is_some() || !matches!(letters, "m" | "b" | "B");
    MAGNITUDES.iter().find(|(word, _)| is_plain && word.eq_ignore_ascii_case(letters)).map(|(_, power)| *power)
}

/// The other end of a range, behind a dash or "to"; behind "between", "and" will do.
fn second<'a>(rest: &'a str, qualifiers: &[Qualifier]) -> Option<Read<'a>> {
    let joins: &[&str] = if qualifiers.contains(&Qualifier::Between) { &["and"] } else { &["-", "–", "—", "to"] };
    let rest = rest.trim_start();
    joins.iter().find_map(|join| number(after(rest, join)?.trim_start()))
}

/// Digits in groups of three or without groups, and a fraction. `1,5` is no number here: it may be one and a half, or a slip.
fn digits(text: &str) -> Option<(Decimal, &str)> {
    let count = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut end = count(text);
    let mut whole = text.get(..end).filter(|digits| !digits.is_empty())?.to_owned();
    if end <= 3 {
        let separator =
            text.get(end..)?.chars().next().filter(|c| matches!(c, ',' | '\'' | '’' | '_' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'));
        while let Some(group) = separator.and_then(|separator| text.get(end..)?.strip_prefix(separator)).filter(|group| count(group) == 3) {
            whole.push_str(group.get(..3)?);
            end = text.len() - group.len() + 3;
        }
    }
    let rest = text.get(end..)?;
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(behind) if count(behind) > 0 => behind.split_at_checked(count(behind))?,
        _ => ("", rest),
    };
    // A comma, a point or a digit that goes on from here shows that the number was read wrongly.
    let runs_on = rest.strip_prefix([',', '.', '\'', '_']).is_some_and(|behind| behind.starts_with(|c: char| c.is_ascii_digit()));
    (!runs_on).then_some((Decimal::from_digits(&whole, fraction)?, rest))
}

/// What is counted: a few words, or the currency that stood before the number; nothing where more is told than that.
fn unit(rest: &str, currency: Option<&'static str>) -> Option<String> {
    const LONGEST: usize = 4;
    let words: Vec<&str> = rest.split_whitespace().collect();
    let is_word = |word: &&str| {
        let plain = word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '\'');
        plain && word.starts_with(char::is_alphabetic) && !UNITS_END.contains(&word.to_lowercase().as_str())
    };
    let code = CURRENCIES.iter().find(|(name, _)| name.eq_ignore_ascii_case(rest.trim())).map(|(_, code)| *code);
    match (currency, code) {
        (Some(before), None) => words.is_empty().then(|| before.to_owned()),
        (Some(before), Some(behind)) => (before == behind).then(|| before.to_owned()),
        (None, Some(code)) => Some(code.to_owned()),
        (None, None) => (words.len() <= LONGEST && words.iter().all(is_word)).then(|| words.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, text: &str) {
        let told = match reading(written) {
            Reading::Quantity(quantity) => quantity.text(),
            Reading::Unknown => "?".to_owned(),
            Reading::Words => "…".to_owned(),
        };
        assert_eq!(told, text, "{written}");
    }

    #[test]
    fn quantities_are_read_as_people_write_them() {
        check("18,400", "18,400");
        check("513,774.16 ETH", "513,774.16 ETH");
        check("513774.16", "513,774.16");
        check("18 400 users", "18,400 users");
        check("18'400", "18,400");
        check("150_000", "150,000");
        check("596 wallets", "596 wallets");
        check("31 support tickets", "31 support tickets");
        check("1.2 million users", "1.2 million users");
        check("3 000 000 sessions", "3 million sessions");
        check("4k requests", "4,000 requests");
        check("5M rows", "5 million rows");
        check("40min", "40 min");
        check("5m", "5 m");
        check("5 MB", "5 MB");
    }

    #[test]
    fn bounds_are_kept() {
        check(">= 150,000 ETH", "at least 150,000 ETH");
        check("≥150,000 ETH", "at least 150,000 ETH");
        check("at least about 40", "at least about 40");
        check("more than 40 customers", "at least 40 customers");
        check("4,000+ customers", "at least 4,000 customers");
        check("~377000", "about 377,000");
        check("About 513,774 ETH", "about 513,774 ETH");
        check("up to 134", "up to 134");
        check("fewer than 20 users", "up to 20 users");
        check("1.2–1.5 million users", "1.2 million to 1.5 million users");
        check("between 5 and 10 hosts", "5 to 10 hosts");
        check("~5 to 10", "about 5 to 10");
        check("at least 5-10 hosts", "at least 5 hosts");
    }

    #[test]
    fn money_is_known_by_its_sign_or_its_name() {
        for written in ["~$30M", "about US$30 million", "≈ 30 million USD", "~30,000,000 US dollars", "~ USD 30m"] {
            check(written, "about US$30 million");
        }
        check("€ 1.5bn", "€1.5 billion");
        check("$1.2M–$1.5M", "US$1.2 million to 1.5 million");
        check("$1.2–1.5M", "US$1.2 million to 1.5 million");
        check("$5–€10", "…");
        check("$30,000 EUR", "…");
    }

    #[test]
    fn none_and_unknown_are_different_answers() {
        for written in ["none", "None.", "0", "nobody", "none: the database was not reached"] {
            check(written, "none");
        }
        for written in ["unknown", "Not known", "?", "unknown: not published", "TBD"] {
            check(written, "?");
        }
    }

    #[test]
    fn what_is_no_single_quantity_stays_words() {
        for written in [
            "three projects robbed; 596 wallets vulnerable",
            "596 wallets; 3 projects",
            "153,037 ETH lost, about 32 million USD at the time",
            "files of 134 customers",
            "1 in 3 payments",
            "12 % of users",
            "40 of 50 hosts",
            "3 per second",
            "18,40",
            "1.234.567",
            "1,234,56",
            "2017-07-19",
            "10–5",
            "between 5",
            "at least up to 5",
            "≥ ≤ 5",
            "up to 5+",
            "-5",
            "n/a: an internal service",
            "9".repeat(60).as_str(),
            "at least",
            "",
        ] {
            check(written, "…");
        }
    }
}
