//! Colours of sRGB, and how well one can be read on another.

use std::fmt;

/// A colour of sRGB: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// `#ffffff`
    pub const WHITE: Self = Self([255; 3]);
    /// `#000000`
    pub const BLACK: Self = Self([0; 3]);

    /// The colour written as `#0a6b5e`, or with a digit each as `#abc`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Option<Vec<u8>> = text.strip_prefix('#')?.chars().map(|c| u8::try_from(c.to_digit(16)?).ok()).collect();
        match *digits? {
            [r, g, b] => Some(Self([r, g, b].map(|digit| digit * 17))),
            [r1, r2, g1, g2, b1, b2] => Some(Self([(r1, r2), (g1, g2), (b1, b2)].map(|(high, low)| high * 16 + low))),
            _ => None,
        }
    }

    /// The relative luminance, 0 for black to 1 for white, [as WCAG 2.2 defines it][1].
    ///
    /// [1]: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// How far two colours are apart, 1 for the same to 21 for black on white: the [contrast ratio of WCAG 2.2][1].
    ///
    /// [1]: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, another) = (self.luminance(), other.luminance());
        (one.max(another) + 0.05) / (one.min(another) + 0.05)
    }

    /// The colour mixed with `end`, as little of it as will do, in hundredths: the first mixture that has a contrast of `ratio` with each of
    /// `grounds`, and `end` itself where none has.
    #[must_use]
    pub fn toward(self, end: Self, grounds: &[Self], ratio: f64) -> Self {
        let mixed = (0..=100).map(|hundredths| self.mixed(end, hundredths));
        mixed.into_iter().find(|colour| grounds.iter().all(|ground| colour.contrast(*ground) >= ratio)).unwrap_or(end)
    }

    fn mixed(self, end: Self, hundredths: u32) -> Self {
        let channel = |at: usize| {
            let [from, to] = [self, end].map(|colour| u32::from(colour.0.get(at).copied().unwrap_or_default()));
            u8::try_from((from * (100 - hundredths) + to * hundredths + 50) / 100).unwrap_or(u8::MAX)
        };
        Self([channel(0), channel(1), channel(2)])
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn a_colour_is_read_and_written() {
        assert_eq!(colour("#0A6b5e").to_string(), "#0a6b5e");
        assert_eq!(colour("#1c9").to_string(), "#11cc99");
        for wrong in ["", "#", "0a6b5e", "#0a6b5", "#0a6b5ef0", "#0a6b5g", "teal", "#٣٣٣"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    /// Pairs whose figures are well known: #767676 is the lightest grey that can be read on white, #777777 is not.
    #[test]
    fn the_contrast_is_that_of_wcag() {
        let contrast = |one: &str, other: &str| format!("{:.2}", colour(one).contrast(colour(other)));
        assert_eq!(contrast("#000", "#fff"), "21.00");
        assert_eq!(contrast("#777777", "#ffffff"), "4.48");
        assert_eq!(contrast("#ffffff", "#767676"), "4.54");
        assert_eq!(contrast("#ff0000", "#ffffff"), "4.00");
        assert_eq!(contrast("#0000ff", "#ffffff"), "8.59");
    }

    #[test]
    fn a_colour_is_mixed_until_it_can_be_read_and_no_further() {
        let (teal, night) = (colour("#0a6b5e"), colour("#131519"));
        let lighter = teal.toward(Colour::WHITE, &[night], 4.5);
        assert!(lighter.contrast(night) >= 4.5, "{lighter}");
        let less = (0..100).map(|n| teal.mixed(Colour::WHITE, n)).take_while(|mixed| *mixed != lighter).last().unwrap();
        assert!(less.contrast(night) < 4.5, "{less}");
        assert_eq!(teal.toward(Colour::BLACK, &[colour("#fff")], 4.5), teal, "it can be read as it is");
        assert_eq!(teal.toward(Colour::BLACK, &[colour("#777")], 21.0), Colour::BLACK);
    }
}
