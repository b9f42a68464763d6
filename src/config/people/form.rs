//! The ways to write a name.

use super::Manner;
use super::reading::{Gap, next_word, signs};

/// The fewest letters of a name that is found without the blank: fewer may be a word like others (`Mark Down`).
const JOINED: usize = 10;

/// A way to write a name.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) id: String,
    pub(super) manner: Manner,
    /// What stands between its words.
    pub(super) seams: Vec<Seam>,
    /// Whether a full stop behind it belongs to it.
    pub(super) ends_in_stop: bool,
    pub(super) demand: Demand,
}

/// What may stand between two words of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seam {
    /// They are one part of the name: `Jean-Luc`, `O'Brien`.
    Within,
    /// They are two parts.
    Parts,
    /// The first is an abbreviation, as `Dr.` is.
    Abbreviation,
    /// The first is a letter that stands for a name.
    Letter,
    /// The first is an initial where the name has a word, so the full stop is there.
    Initial,
    /// The surname goes before the other names.
    Reversed,
    /// These very signs.
    Signs(String),
}

impl Seam {
    pub(super) fn may_be(&self, signs: &str) -> bool {
        use Gap::{Apostrophe, Blank, CommaAndBlank, Joint, Stop, StopAndBlank};
        let gap = Gap::of(signs);
        match self {
            Self::Within => matches!(gap, Blank | Joint | Stop | Apostrophe),
            Self::Parts => matches!(gap, Blank | Joint | Stop),
            Self::Abbreviation => matches!(gap, Blank | Joint | Stop | StopAndBlank),
            Self::Letter => matches!(gap, Joint | Stop | StopAndBlank),
            Self::Initial => matches!(gap, Stop | StopAndBlank),
            Self::Reversed => matches!(gap, Blank | Joint | Stop | CommaAndBlank),
            Self::Signs(own) => own == signs,
        }
    }
}

/// What else must be so of a way to write a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Demand {
    Nothing,
    /// It has these very letters.
    Spelt(String),
    /// The first word is a capital where a blank follows: `a. ` begins an item of a list.
    Capital,
    /// The first word has a capital, the last one is one, and a full stop follows.
    CapitalsAndStop,
}

/// A part of a name: one word, or several that a hyphen or an apostrophe holds together.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub(super) words: Vec<String>,
    pub(super) seams: Vec<Seam>,
}

impl Part {
    fn of(words: Vec<String>) -> Self {
        Self { words, seams: Vec::new() }
    }

    fn letters(&self) -> usize {
        self.words.iter().map(|word| word.chars().count()).sum()
    }

    /// The first letter, where the script has capitals.
    fn initial(&self) -> Option<Self> {
        let first = self.words.first()?.chars().next().filter(|c| c.is_lowercase())?;
        Some(Self::of(vec![first.to_string()]))
    }

    pub(super) fn join(mut self, seam: Seam, next: &Self) -> Self {
        self.words.extend(next.words.iter().cloned());
        self.seams.push(seam);
        self.seams.extend(next.seams.iter().cloned());
        self
    }
}

/// The parts of a name, and what stands between them.
pub(super) fn parts(name: &str) -> (Vec<Part>, Vec<Seam>) {
    let (mut parts, mut seams): (Vec<Part>, Vec<Seam>) = (Vec::new(), Vec::new());
    let mut end = 0;
    while let Some(word) = next_word(name, end, String::new()) {
        let between = signs(name, end..word.range.start);
        let is_letter = parts.last().is_some_and(|part| part.letters() == 1);
        match (Gap::of(&between), parts.last_mut()) {
            (_, None) => parts.push(Part::of(vec![word.folded])),
            (Gap::Joint | Gap::Stop | Gap::Apostrophe, Some(part)) => {
                part.words.push(word.folded);
                part.seams.push(Seam::Within);
            }
            (gap, Some(_)) => {
                seams.push(match gap {
                    Gap::StopAndBlank if is_letter => Seam::Letter,
                    Gap::StopAndBlank => Seam::Abbreviation,
                    Gap::CommaAndBlank => Seam::Reversed,
                    Gap::Other => Seam::Signs(between),
                    _ => Seam::Parts,
                });
                parts.push(Part::of(vec![word.folded]));
            }
        }
        end = word.range.end;
    }
    (parts, seams)
}

/// What is near to a name of several parts.
pub(super) fn near(parts: &[Part]) -> Vec<(Part, Demand)> {
    let ([first, middle @ .., last], mut near) = (parts, Vec::new()) else { return Vec::new() };
    if first.letters() < 2 || last.letters() < 2 {
        return near;
    }
    let short = first.clone().join(Seam::Parts, last);
    let is_long = |part: &Part| part.letters() >= JOINED || part.initial().is_none();
    let joined = |part: &Part| is_long(part).then(|| Part::of(vec![part.words.concat()]));
    let whole = middle.iter().chain([last]).fold(first.clone(), |whole, part| whole.join(Seam::Parts, part));
    near.extend(joined(&whole).into_iter().chain(joined(&short)).map(|part| (part, Demand::Nothing)));
    near.push((last.clone().join(Seam::Reversed, first), Demand::Nothing));
    if !middle.is_empty() {
        near.push((short, Demand::Nothing));
        let others = middle.iter().fold(first.clone(), |others, part| others.join(Seam::Parts, part));
        near.push((last.clone().join(Seam::Reversed, &others), Demand::Nothing));
    }
    let Some(initial) = first.initial() else { return near };
    near.push((initial.clone().join(Seam::Initial, last), Demand::Capital));
    if let [second, rest @ ..] = middle {
        let rest = rest.iter().chain([last]);
        let others = rest.fold(second.clone(), |others, part| others.join(Seam::Parts, part));
        near.push((initial.clone().join(Seam::Initial, &others), Demand::Capital));
        let initials: Vec<Part> = middle.iter().filter_map(Part::initial).collect();
        let initials = initials.iter().chain([last]).fold(initial, |all, part| all.join(Seam::Initial, part));
        near.push((initials, Demand::Capital));
    }
    if let Some(initial) = last.initial() {
        near.push((first.clone().join(Seam::Parts, &initial), Demand::CapitalsAndStop));
    }
    near
}
