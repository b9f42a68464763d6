//! Which stretches of a file are not for everybody.

use std::fmt;

use jiff::civil::Date;

use crate::diagnostic::Span;

/// Why a stretch is not for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// Only the organisation reads it.
    Internal,
    /// What responders thought at the time: for the organisation, and for those who train with the incident.
    Reasoning,
    /// A comment: no page of any edition shows it, and in public not even the blanks around it tell of it.
    Comment,
}

/// Until when something is withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Until {
    /// Until a day has come.
    Day(Date),
    /// Until actions of the document are done, by their ids.
    Done(Vec<String>),
}

impl fmt::Display for Until {
    /// "until 2026-12-01", "until A1 and A2 are done".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "until {day}"),
            Self::Done(ids) => match ids.as_slice() {
                [only] => write!(f, "until {only} is done"),
                [most @ .., last] => write!(f, "until {} and {last} are done", most.join(", ")),
                [] => f.write_str("until nobody knows when"),
            },
        }
    }
}

/// The stretches of a file that are not for the public.
///
/// They are places in the file, so that whatever is moved out of the text while it is read (sections, events, actions, footnotes, links) is
/// withheld with the stretch it was written in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Withheld {
    /// Sorted; they may overlap.
    stretches: Vec<(Span, Secrecy)>,
    /// Sorted, none within or beside another.
    internal: Vec<Span>,
    /// The same with what responders thought, and with comments.
    all: Vec<Span>,
    /// What is withheld for a time, in order.
    held: Vec<(Span, Until)>,
    /// Whether something that seems to withhold is not understood.
    is_doubtful: bool,
}

impl Withheld {
    /// What is withheld by stretches in any order, which may overlap, and for a time by others.
    #[must_use]
    pub fn new(mut stretches: Vec<(Span, Secrecy)>, mut held: Vec<(Span, Until)>, is_doubtful: bool) -> Self {
        stretches.sort_by_key(|(span, _)| *span);
        held.sort_by_key(|(span, _)| *span);
        let internal = stretches.iter().filter(|(_, secrecy)| *secrecy == Secrecy::Internal).map(|(span, _)| *span).collect();
        let all = merged(stretches.iter().map(|(span, _)| *span).collect());
        Self { internal: merged(internal), all, stretches, held, is_doubtful }
    }

    /// Whether something that is written at `span` is withheld from the public as a whole. What is withheld for a time is none of it: one day it
    /// is read as it is.
    #[must_use]
    pub fn hides(&self, span: Span) -> bool {
        let begun = self.all.partition_point(|stretch| stretch.start <= span.start);
        self.all.get(..begun).and_then(<[Span]>::last).is_some_and(|stretch| stretch.contains(span))
    }

    /// Whether something that seems to withhold is not understood, so that nobody can tell what is for the public.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.is_doubtful
    }

    /// What the public does not read, in order.
    #[must_use]
    pub fn from_the_public(&self) -> &[Span] {
        &self.all
    }

    /// What is withheld for a time, and until when, in order.
    #[must_use]
    pub fn held(&self) -> &[(Span, Until)] {
        &self.held
    }

    /// Why a stretch that the public does not read is withheld; where there are several reasons, the gravest.
    #[must_use]
    pub fn secrecy(&self, stretch: Span) -> Secrecy {
        let first = self.stretches.partition_point(|(span, _)| span.start < stretch.start);
        let begun = self.stretches.get(first..).unwrap_or_default().iter().take_while(|(span, _)| span.start <= stretch.end);
        let within = begun.filter(|(span, _)| stretch.contains(*span));
        let is = |secrecy: Secrecy| within.clone().any(|(_, other)| *other == secrecy);
        [Secrecy::Internal, Secrecy::Reasoning].into_iter().find(|secrecy| is(*secrecy)).unwrap_or(Secrecy::Comment)
    }

    /// What nobody but the organisation reads, in order.
    #[must_use]
    pub fn internal(&self) -> &[Span] {
        &self.internal
    }
}

/// Stretches in order, none within or beside another.
pub(crate) fn merged(mut stretches: Vec<Span>) -> Vec<Span> {
    stretches.sort_by_key(|stretch| (stretch.start, std::cmp::Reverse(stretch.end)));
    stretches.dedup_by(|next, kept| {
        let meets = next.start <= kept.end;
        kept.end = if meets { kept.end.max(next.end) } else { kept.end };
        meets
    });
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_within_is_hidden() {
        let stretches = [(20, 25, Secrecy::Internal), (5, 10, Secrecy::Reasoning), (24, 30, Secrecy::Internal), (6, 8, Secrecy::Internal)];
        let withheld = Withheld::new(stretches.map(|(from, to, secrecy)| (Span::new(from, to), secrecy)).to_vec(), Vec::new(), false);
        let hidden = [(4, 6), (5, 10), (7, 8), (9, 11), (12, 13), (20, 30), (29, 31)].map(|(from, to)| withheld.hides(Span::new(from, to)));
        assert_eq!(hidden, [false, true, true, false, false, true, false]);
        assert_eq!(withheld.from_the_public(), [Span::new(5, 10), Span::new(20, 30)]);
        assert_eq!(withheld.internal(), [Span::new(6, 8), Span::new(20, 30)]);
        let secrecy = [(5, 10), (20, 30), (5, 7), (12, 13)].map(|(from, to)| withheld.secrecy(Span::new(from, to)));
        assert_eq!(secrecy, [Secrecy::Internal, Secrecy::Internal, Secrecy::Comment, Secrecy::Comment]);
    }
}
