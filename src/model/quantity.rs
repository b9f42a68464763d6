//! How much, with what is not known of it: bounds that stay through every sum.

mod decimal;

use crate::diagnostic::Spanned;

pub use decimal::Decimal;

/// How much of something, as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The words.
    pub written: Spanned<String>,
    /// What they come to.
    pub reading: Reading,
}

/// What words on an amount come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A quantity.
    Quantity(Quantity),
    /// They say that it is not known.
    Unknown,
    /// They are no single quantity: "three projects robbed; 596 wallets vulnerable".
    Words,
}

/// A number of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// How many.
    pub extent: Extent,
    /// Of what, as written (`ETH`, `customers`), currencies by their ISO 4217 code; may be empty.
    pub unit: String,
}

/// What is known of a number: the least and the most it can be. Where it is written as about so much, the two are about so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    low: Decimal,
    high: Option<Decimal>,
    about: bool,
}

impl Extent {
    /// `18,400`
    #[must_use]
    pub fn exactly(number: Decimal) -> Self {
        Self { low: number, high: Some(number), about: false }
    }

    /// `>= 150,000`
    #[must_use]
    pub fn at_least(number: Decimal) -> Self {
        Self { low: number, high: None, about: false }
    }

    /// `up to 134`
    #[must_use]
    pub fn at_most(number: Decimal) -> Self {
        Self { low: Decimal::ZERO, high: Some(number), about: false }
    }

    /// `1.2–1.5 million`; nothing where the first is larger than the second.
    #[must_use]
    pub fn between(low: Decimal, high: Decimal) -> Option<Self> {
        (low <= high).then_some(Self { low, high: Some(high), about: false })
    }

    /// The same, its ends being about so much.
    #[must_use]
    pub fn roughly(self) -> Self {
        Self { about: true, ..self }
    }

    /// What is left when parts of it are not known: its least.
    #[must_use]
    pub fn floor(self) -> Self {
        Self { high: None, ..self }
    }

    /// Whether it is exactly nought.
    #[must_use]
    pub fn is_none(self) -> bool {
        !self.about && self.high.is_some_and(Decimal::is_zero)
    }

    /// The number, where it is known exactly.
    #[must_use]
    pub fn exact(self) -> Option<Decimal> {
        self.high.filter(|high| !self.about && *high == self.low)
    }

    /// Whether its ends are only about so much.
    #[must_use]
    pub fn is_rough(self) -> bool {
        self.about
    }

    /// The least and the most it can be; no most where there is no limit.
    #[must_use]
    pub fn ends(self) -> (Decimal, Option<Decimal>) {
        (self.low, self.high)
    }

    /// What is known of the sum of two; nothing where there is no room for its least. A most without room is no limit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let low = self.low.checked_add(other.low)?;
        let high = self.high.zip(other.high).and_then(|(own, others)| own.checked_add(others));
        Some(Self { low, high, about: self.about || other.about })
    }

    /// "at least 513,774.16 ETH", "about US$30 million", "none".
    #[must_use]
    pub fn text(self, unit: &str) -> String {
        let (prefix, suffix) = affixes(unit);
        let about = if self.about { "about " } else { "" };
        let Self { low, high, .. } = self;
        let (qualifier, numbers) = match high {
            Some(_) if self.is_none() => return "none".to_owned(),
            Some(high) if high == low => ("", low.to_string()),
            Some(high) if low.is_zero() => ("up to ", high.to_string()),
            Some(high) => ("", format!("{low} to {high}")),
            None if low.is_zero() => return "unknown".to_owned(),
            None => ("at least ", low.to_string()),
        };
        format!("{qualifier}{about}{prefix}{numbers}{suffix}")
    }
}

/// Signs of currencies, by their codes.
const CURRENCIES: [(&str, &str); 3] = [("USD", "US$"), ("EUR", "€"), ("GBP", "£")];

/// What stands before and behind a number of a unit.
#[must_use]
pub fn affixes(unit: &str) -> (&str, String) {
    match CURRENCIES.iter().find(|(code, _)| *code == unit) {
        Some((_, sign)) => (sign, String::new()),
        None if unit.is_empty() => ("", String::new()),
        None => ("", format!(" {unit}")),
    }
}

impl Quantity {
    /// "at least 513,774.16 ETH"
    #[must_use]
    pub fn text(&self) -> String {
        self.extent.text(&self.unit)
    }
}

impl Amount {
    /// The quantity, where it is one.
    #[must_use]
    pub fn quantity(&self) -> Option<&Quantity> {
        match &self.reading {
            Reading::Quantity(quantity) => Some(quantity),
            Reading::Unknown | Reading::Words => None,
        }
    }

    /// The words for it: as it is read, else as it is written.
    #[must_use]
    pub fn text(&self) -> String {
        self.quantity().map_or_else(|| self.written.value.clone(), Quantity::text)
    }
}

/// Amounts of one thing put together. Nothing of it is ever a guess: what is not known makes it a floor, and a total without room for its digits
/// says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    total: Total,
    /// How many of the amounts are known.
    pub known: usize,
    /// How many are not.
    pub unknown: usize,
}

/// What known amounts come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Total {
    /// A number.
    Extent(Extent),
    /// More digits than there is room for.
    TooLarge,
}

impl Default for Sum {
    fn default() -> Self {
        Self { total: Total::Extent(Extent::exactly(Decimal::ZERO)), known: 0, unknown: 0 }
    }
}

impl Sum {
    /// Adds an amount; nothing is one that is not known.
    pub fn add(&mut self, part: Option<Extent>) {
        let Some(part) = part else {
            self.unknown += 1;
            return;
        };
        self.known += 1;
        self.total = match self.total {
            Total::Extent(total) => total.checked_add(part).map_or(Total::TooLarge, Total::Extent),
            Total::TooLarge => Total::TooLarge,
        };
    }

    /// What all of it comes to, what is not known included.
    #[must_use]
    pub fn total(&self) -> Total {
        match self.total {
            Total::Extent(total) if self.unknown > 0 => Total::Extent(total.floor()),
            total => total,
        }
    }

    /// "at least 513,774.16 ETH"
    #[must_use]
    pub fn text(&self, unit: &str) -> String {
        match self.total() {
            Total::Extent(total) => total.text(unit),
            Total::TooLarge => "more than can be added up".to_owned(),
        }
    }
}

impl FromIterator<Option<Extent>> for Sum {
    fn from_iter<I: IntoIterator<Item = Option<Extent>>>(parts: I) -> Self {
        let mut sum = Self::default();
        parts.into_iter().for_each(|part| sum.add(part));
        sum
    }
}

#[cfg(test)]
mod tests;
