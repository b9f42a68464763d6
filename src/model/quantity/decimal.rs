//! Numbers as people write them, exact: whole numbers and decimal fractions, none below zero.

use std::cmp::Ordering;
use std::fmt;

/// A decimal number that is not negative, exactly as it was written: `mantissa` times ten to the power of minus `scale`.
///
/// There is room for every amount of a token with eighteen decimal places up to 10^20 of them. Sums keep the longer fraction of the two, so
/// that whether a sum has room does not depend on the order of its parts.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    mantissa: u128,
    scale: u8,
}

/// More digits behind the point than any token has are not read.
const MAX_SCALE: u8 = 30;

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self { mantissa: 0, scale: 0 };

    /// A whole number.
    #[must_use]
    pub fn whole(number: u128) -> Self {
        Self { mantissa: number, scale: 0 }
    }

    /// The number that digits before and behind the point are; nothing where a character is no digit or there is no room for it.
    #[must_use]
    pub fn from_digits(whole: &str, fraction: &str) -> Option<Self> {
        let scale = u8::try_from(fraction.len()).ok().filter(|scale| *scale <= MAX_SCALE)?;
        let mantissa = whole.bytes().chain(fraction.bytes()).try_fold(0_u128, |number, byte| {
            let digit = byte.is_ascii_digit().then(|| u128::from(byte - b'0'))?;
            number.checked_mul(10)?.checked_add(digit)
        })?;
        Some(Self { mantissa, scale })
    }

    /// The number times ten to a power, as "million" asks for.
    #[must_use]
    pub fn times_ten_to(self, power: u8) -> Option<Self> {
        let shifted = self.scale.min(power);
        Some(Self { mantissa: self.mantissa.checked_mul(ten_to(power - shifted)?)?, scale: self.scale - shifted })
    }

    /// The sum, where there is room for it.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let mantissa = self.mantissa_at(scale)?.checked_add(other.mantissa_at(scale)?)?;
        Some(Self { mantissa, scale })
    }

    /// Whether it is nought.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// The same as a whole number, where it is one and there is room for it.
    #[must_use]
    pub fn to_whole(self) -> Option<u64> {
        let is_whole = self.fraction().bytes().all(|digit| digit == b'0');
        u64::try_from(self.integer()).ok().filter(|_| is_whole)
    }

    /// The digits before the point.
    fn integer(self) -> u128 {
        ten_to(self.scale).map_or(0, |one| self.mantissa / one)
    }

    /// The digits behind the point, as written.
    fn fraction(self) -> String {
        let rest = ten_to(self.scale).map_or(self.mantissa, |one| self.mantissa % one);
        if self.scale == 0 { String::new() } else { format!("{rest:0width$}", width = usize::from(self.scale)) }
    }

    /// The mantissa with a fraction of `scale` digits, which is no shorter than the number's own.
    fn mantissa_at(self, scale: u8) -> Option<u128> {
        self.mantissa.checked_mul(ten_to(scale - self.scale)?)
    }
}

fn ten_to(power: u8) -> Option<u128> {
    10_u128.checked_pow(u32::from(power))
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        match (self.mantissa_at(scale), other.mantissa_at(scale)) {
            (Some(own), Some(others)) => own.cmp(&others),
            // Only the one with the shorter fraction can lack room, and then it is the larger.
            (None, _) => Ordering::Greater,
            (_, None) => Ordering::Less,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

/// `513,774.16`, and round numbers in words: `30 million`, `1.25 billion`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ROUND: [(u128, &str); 2] = [(1_000_000_000, "billion"), (1_000_000, "million")];
        let (whole, fraction) = (self.integer(), self.fraction());
        let is_whole = fraction.bytes().all(|digit| digit == b'0');
        let round = ROUND.into_iter().find(|(one, _)| is_whole && whole >= *one && whole % (one / 100) == 0);
        if let Some((one, word)) = round {
            let hundredths = format!("{:02}", whole % one / (one / 100));
            let point = if hundredths == "00" { "" } else { "." };
            return write!(f, "{}{point}{} {word}", grouped(whole / one), hundredths.trim_end_matches('0'));
        }
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{}{point}{fraction}", grouped(whole))
    }
}

/// The digits of a whole number, three by three.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        Decimal::from_digits(whole, fraction).unwrap()
    }

    #[test]
    fn numbers_are_printed_as_people_read_them() {
        for (number, text) in [
            ("0", "0"),
            ("7.50", "7.50"),
            ("999", "999"),
            ("1000", "1,000"),
            ("513774.16", "513,774.16"),
            ("1000000", "1 million"),
            ("32700000.00", "32.7 million"),
            ("1230000", "1.23 million"),
            ("1234000", "1,234,000"),
            ("1000000.5", "1,000,000.5"),
            ("1234000000", "1,234 million"),
            ("20050000000", "20.05 billion"),
        ] {
            assert_eq!(decimal(number).to_string(), text);
        }
    }

    #[test]
    fn numbers_are_compared_by_what_they_are_worth() {
        assert_eq!(decimal("1.50"), decimal("1.5"));
        assert!(decimal("0.999999999999999999") < decimal("1"));
        let largest = Decimal::whole(u128::MAX);
        assert!(largest > decimal("34028236692093846346337460743176821145.4") && decimal("0.5") < largest);
    }

    #[test]
    fn a_whole_number_has_no_fraction() {
        let whole = ["12", "12.00", "12.5", "0", "18446744073709551616"].map(|text| decimal(text).to_whole());
        assert_eq!(whole, [Some(12), Some(12), None, Some(0), None]);
    }

    #[test]
    fn what_has_no_room_is_no_number() {
        assert_eq!(Decimal::from_digits("340282366920938463463374607431768211456", ""), None);
        assert_eq!(Decimal::from_digits("1", &"0".repeat(31)), None);
        assert_eq!(Decimal::from_digits("1x", ""), None);
        assert_eq!(Decimal::whole(u128::MAX).checked_add(decimal("1")), None);
        assert_eq!(Decimal::whole(u128::MAX).checked_add(decimal("0.0")), None, "whatever else is added");
        assert_eq!(Decimal::whole(u128::MAX).times_ten_to(6), None);
        assert_eq!(decimal("1.25").times_ten_to(6), Some(Decimal::whole(1_250_000)));
        assert_eq!(decimal("1.25").times_ten_to(1), Some(decimal("12.5")));
    }
}
