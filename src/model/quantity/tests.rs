//! Sums of bounded quantities.

use super::*;

fn whole(number: u128) -> Decimal {
    Decimal::whole(number)
}

#[track_caller]
fn check(parts: &[Option<Extent>], unit: &str, text: &str) {
    assert_eq!(parts.iter().copied().collect::<Sum>().text(unit), text);
}

#[test]
fn a_sum_keeps_the_bounds_of_its_parts() {
    let exact = Some(Extent::exactly(whole(500)));
    let least = Some(Extent::at_least(whole(20)));
    let about = Some(Extent::exactly(whole(30_000_000)).roughly());
    let range = Extent::between(whole(1_200_000), whole(1_500_000));
    check(&[], "ETH", "none");
    check(&[exact, exact], "ETH", "1,000 ETH");
    check(&[exact, least], "ETH", "at least 520 ETH");
    check(&[about, exact], "USD", "about US$30,000,500");
    check(&[about, least], "USD", "at least about US$30,000,020");
    check(&[range], "users", "1.2 million to 1.5 million users");
    check(&[range, exact], "users", "1,200,500 to 1,500,500 users");
    check(&[Some(Extent::at_most(whole(134)))], "customers", "up to 134 customers");
    check(&[Some(Extent::at_most(whole(134))), exact], "", "500 to 634");
}

#[test]
fn what_is_unknown_makes_a_sum_a_floor_and_is_counted() {
    let exact = Some(Extent::exactly(whole(500)));
    let sum: Sum = [exact, None, exact, None].into_iter().collect();
    assert_eq!((sum.text("ETH").as_str(), sum.known, sum.unknown), ("at least 1,000 ETH", 2, 2));
    check(&[None], "ETH", "unknown");
    check(&[None, Some(Extent::exactly(Decimal::ZERO))], "ETH", "unknown");
}

#[test]
fn a_sum_without_room_says_so() {
    let largest = Some(Extent::exactly(whole(u128::MAX)));
    check(&[largest, Some(Extent::exactly(whole(1)))], "ETH", "more than can be added up");
    check(&[largest, largest, None], "ETH", "more than can be added up");
    check(&[largest, Some(Extent::at_least(Decimal::ZERO))], "", "at least 340,282,366,920,938,463,463,374,607,431,768,211,455");
}

/// Numbers that look like chance and are the same each time (xorshift, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    /// A number of up to nine digits, up to three of them behind the point.
    fn decimal(&mut self) -> Decimal {
        let (whole, fraction) = (self.below(1_000_000).to_string(), self.below(1000).to_string());
        let places = usize::try_from(self.below(4)).unwrap();
        Decimal::from_digits(&whole, fraction.get(..places.min(fraction.len())).unwrap()).unwrap()
    }

    /// A bounded number, and a number within the bounds.
    fn part(&mut self) -> (Extent, Decimal) {
        let (a, b) = (self.decimal(), self.decimal());
        let (low, high) = (a.min(b), a.max(b));
        match self.below(4) {
            0 => (Extent::exactly(a), a),
            1 => (Extent::at_least(low), high),
            2 => (Extent::at_most(high), low),
            _ => (Extent::between(low, high).unwrap(), if self.below(2) == 0 { low } else { high }),
        }
    }
}

#[test]
fn the_sum_of_any_values_within_the_bounds_is_within_the_bounds_of_the_sum() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for _ in 0..2000 {
        let count = chance.below(6) + 1;
        let parts: Vec<_> = (0..count).map(|_| chance.part()).collect();
        let unknown = chance.below(3);
        let hidden = if unknown == 0 { Decimal::ZERO } else { chance.decimal() };
        let sum: Sum = parts.iter().map(|(part, _)| Some(*part)).chain((0..unknown).map(|_| None)).collect();
        let actual = parts.iter().fold(hidden, |total, (_, value)| total.checked_add(*value).unwrap());
        let Total::Extent(total) = sum.total() else { panic!("there is room") };
        let (low, high) = total.ends();
        assert!(low <= actual && high.is_none_or(|high| actual <= high), "{actual} in {parts:?}");
        assert_eq!(high.is_none(), unknown > 0 || parts.iter().any(|(part, _)| part.ends().1.is_none()));
    }
}

#[test]
fn the_order_of_the_parts_does_not_matter() {
    let mut chance = Chance(42);
    for round in 0..2000 {
        let count = chance.below(6) + 2;
        let mut parts: Vec<Option<Extent>> = (0..count)
            .map(|_| {
                let (part, _) = chance.part();
                [Some(part), Some(part.roughly()), None].into_iter().nth(usize::try_from(chance.below(3)).unwrap()).unwrap()
            })
            .collect();
        // Every other round there is hardly room for the sum, or none.
        if round % 2 == 0 {
            parts.push(Some(Extent::exactly(Decimal::whole(u128::MAX / 1000))));
            parts.push(Some(Extent::exactly(Decimal::from_digits("0", "5").unwrap())));
        }
        let forth: Sum = parts.iter().copied().collect();
        for _ in 0..parts.len() {
            let (a, b) = (chance.below(count), chance.below(count));
            parts.swap(usize::try_from(a).unwrap(), usize::try_from(b).unwrap());
        }
        let other: Sum = parts.iter().copied().collect();
        let back: Sum = parts.iter().rev().copied().collect();
        assert!(forth == other && forth == back && forth.text("ETH") == back.text("ETH"), "{parts:?}");
    }
}
